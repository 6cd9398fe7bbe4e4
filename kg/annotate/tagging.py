"""LAC's words in spaCy documents, with the names of another pipeline where one is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.lac import Lac, Token
from kg.annotated import TEXT, WORDS
from kg.errors import MissingError
from kg.sentences import pieces

_BATCH = 64
_BRACKETS = re.compile(r"[（）()“”]|[^（）()“”]+")
_BRACKET = re.compile(r"[（）()“”]")
_PERSON_LABELS = frozenset({"PERSON", "PER", "NR"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_ORGANIZATION_LABELS = frozenset({"ORG", "NORP"})


class Characters:
    """A tokenizer: every character is a token, spaces and line ends too; keeps the text beside them."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self._vocab, words=list(text), spaces=[False] * len(text), user_data={TEXT: text})


class Tagger:
    """LAC's words in ``doc.user_data["kg.words"]``; many documents are tagged in one batch."""

    def __init__(self, ner: str) -> None:
        self._lac = Lac()
        self._other = _other_pipeline(ner) if ner else None

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Tags documents, ``batch_size`` at a time."""
        for docs in _batches(stream, batch_size):
            texts = [doc.user_data[TEXT] for doc in docs]
            cuts = [pieces(text) for text in texts]
            sentences = [text[a:b] for text, cut in zip(texts, cuts, strict=True) for a, b in cut]
            tagged = iter(self._lac.tag(sentences, (a for cut in cuts for a, _ in cut)))
            for doc, text, cut in zip(docs, texts, cuts, strict=True):
                words: list[Token] = []
                for start, end in cut:
                    found = next(tagged)
                    if _BRACKET.search(text, start, end):
                        found = [part for word in found for part in _at_brackets(text, word)]
                    words += found
                doc.user_data[WORDS] = _renamed(words, text, self._other) if self._other else words
                yield doc


def _at_brackets(text: str, word: Token) -> Sequence[Token]:
    """A word cut at its brackets: LAC takes （重庆）储能有限公司 for one."""
    if word.end - word.start == 1 or not _BRACKET.search(text, word.start, word.end):
        return (word,)
    return [
        Token(*piece.span(), "w" if _BRACKET.match(piece.group()) else "n" if word.tag == "w" else word.tag)
        for piece in _BRACKETS.finditer(text, word.start, word.end)
    ]


def _batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    documents = iter(stream)
    while batch := list(islice(documents, size)):
        yield batch


def _other_pipeline(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError:
        raise MissingError(
            f'spaCy pipeline "{name}" is not installed; get it with: python -m spacy download {name}'
        ) from None


def _renamed(words: list[Token], text: str, other: Language) -> list[Token]:
    """LAC's words with the names of another pipeline in place of LAC's own."""
    names = []
    for entity in other(text).ents:
        label = entity.label_.upper()
        if label in _PERSON_LABELS:
            names.append(Token(entity.start_char, entity.end_char, "PER"))
        elif label in _PLACE_LABELS:
            names.append(Token(entity.start_char, entity.end_char, "LOC"))
        elif label in _ORGANIZATION_LABELS:
            names.append(Token(entity.start_char, entity.end_char, "ORG"))
    covered = [(n.start, n.end) for n in names]
    kept = [
        Token(w.start, w.end, "n" if w.tag in ("PER", "LOC", "ORG") else w.tag)
        for w in words
        if not any(a < w.end and w.start < b for a, b in covered)
    ]
    return sorted([*kept, *names])
