"""The spaCy pipeline: LAC's words, divisions, names with telling endings, offices, people, fixed terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate.lac import Lac, Token
from kg.annotate.locale import find_locale, read_places
from kg.annotate.matching import longest
from kg.annotate.names import NameFinder
from kg.annotate.people import PeopleFinder
from kg.annotate.places import find_places, short_forms
from kg.annotate.titles import TitleFinder
from kg.annotated import (
    LOCALE,
    MENTIONS,
    NAMES,
    PEOPLE,
    PLACES,
    SEEN,
    TEXT,
    TITLES,
    WORDS,
    Locale,
    Name,
    Place,
    common_digits,
)
from kg.errors import MissingError
from kg.gazetteer import Division, Gazetteer
from kg.resources import schemas_dir
from kg.schema import load_schema
from kg.sentences import pieces

_BATCH = 64
_COUNTIES = 4  # of so many counties the townships are known by their short names
# 陕州大道 is no visit to 陕州区: a short name that goes on like this is part of another name.
_SITE = re.compile(
    r"大道|[东南西北中]?路(?![径线过])|[东南西北]站|地铁|火车站|高铁站|机场|广场|大厦|大酒店|大桥|国际[酒文会博]|[\u4e00-\u9fff]{2}大厦"
    r"|院|分公司|商会|籍|[\u4e00-\u9fff]{0,3}(?:新闻网|日报|晚报|晨报|网讯|电视台|广播|在线)|\d{1,2}月\d{1,2}日[讯电]"
)
_PERSON_LABELS = frozenset({"PERSON", "PER", "NR"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_ORGANIZATION_LABELS = frozenset({"ORG", "NORP"})


def nlp(*, schemas: Path | None = None, ner: str | None = None) -> Language:
    """A Chinese spaCy pipeline whose Docs carry the mentions in ``doc.spans["mentions"]``.

    The spans' labels are entity types of the schema, and ``Title`` for offices; ``span.id_`` names
    the rule that found it. Texts should have been cleaned (`kg.clean`): the pipeline takes them as
    they are.

    Args:
        schemas: Folder with the schema; the one that comes with the program when None.
        ner: Name of an installed spaCy pipeline that shall supply the names of persons, places and
            organizations instead of LAC (``zh_core_web_trf``). Words still come from LAC.

    Raises:
        MissingError: When that pipeline is not installed.
        SchemaError: When the schema does not hold.
    """
    folder = schemas or schemas_dir()
    pipeline = spacy.blank("zh")
    config = {"schemas": str(folder)}
    pipeline.add_pipe("kg_words", config={"ner": ner or ""})
    pipeline.add_pipe("kg_places")
    ruler: Any = pipeline.add_pipe("span_ruler", name="kg_terms", config={"spans_key": "terms"})
    ruler.add_patterns([dict(term) for term in load_schema(folder).terms])
    pipeline.add_pipe("kg_titles", config=config)
    pipeline.add_pipe("kg_names", config=config)
    pipeline.add_pipe("kg_people", config=config)
    pipeline.add_pipe("kg_mentions")
    return pipeline


class Words:
    """LAC's words in ``doc.user_data["kg.words"]``; many documents are tagged in one batch."""

    def __init__(self, ner: str) -> None:
        self._lac = Lac()
        self._other = _other_pipeline(ner) if ner else None

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Tags documents, ``batch_size`` at a time."""
        for docs in _batches(stream, batch_size):
            texts = [doc.text for doc in docs]
            cuts = [pieces(text) for text in texts]
            tagged = iter(
                self._lac.tag([text[a:b] for text, cut in zip(texts, cuts, strict=True) for a, b in cut])
            )
            for doc, text, cut in zip(docs, texts, cuts, strict=True):
                words = [
                    Token(start + token.start, start + token.end, token.tag)
                    for start, _ in cut
                    for token in next(tagged)
                ]
                doc.user_data[TEXT] = text
                doc.user_data[WORDS] = _renamed(words, text, self._other) if self._other else words
                yield doc


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


class Places:
    """Division names in ``doc.user_data["kg.places"]``."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        text, words = doc.user_data[TEXT], doc.user_data[WORDS]
        places = find_places(text, words, self._gazetteer)
        locale = find_locale(text, places, self._gazetteer)
        ends, starts = {p.end for p in places}, {p.start for p in places if p.full}
        places = [p for p in places if self._likely(p, locale, text, p.start in ends or p.end in starts)]
        near = self._near(locale, [p.codes for p in places if (p.full or p.sure) and len(p.codes) == 1])
        own = {d.short for d in near if d.level == "township"}
        places = [p for p in places if p.full or p.name not in own or p.codes[0] in {d.code for d in near}]
        places = sorted([*places, *short_forms(text, words, places, near)], key=lambda p: p.start)
        doc.user_data[PLACES] = places
        doc.user_data[LOCALE] = locale
        doc.user_data[SEEN] = list(read_places(places, locale, self._gazetteer))
        return doc

    def _likely(self, place: Place, locale: Locale, text: str, beside: bool) -> bool:
        """富县 and 和县 are counties, and words and chance meetings of words more often."""
        if locale.division is None:
            return True
        if not place.full and not any(
            self._fits_short(code, locale.division.code, text) for code in place.codes
        ):
            return False
        if len(place.codes) != 1 or len(place.codes[0]) != 6:
            return True
        near = common_digits(place.codes[0], locale.division.code)
        if not place.full:
            return near >= 2 or self._gazetteer.by_code[place.codes[0]].name in text
        if len(place.name) == 2:
            body = text.startswith(("县委", "县长", "政府", "人民政府", "县政府", "县人"), place.end)
            return near >= 4 or text.count(place.name) > 1 or body or beside
        if near < 2 and place.name.endswith("区"):  # 革命老区振兴区
            return place.sure and not self._gazetteer.ambiguous(place.name[:-1])
        return near >= 2 or place.sure

    def _fits_short(self, code: str, local: str, text: str) -> bool:
        """Whether a short name may mean this division: a district is called so in its own city (西湖, 开平)."""
        division = self._gazetteer.by_code[code]
        if len(code) != 6 or not division.name.endswith("区") or division.name in text:
            return True
        return common_digits(code, local) >= 4

    def _near(self, locale: Locale, named: Sequence[tuple[str, ...]]) -> list[Division]:
        """Divisions that the document may call by their short names: its own, and what it names in full."""
        codes = [code for (code,) in named]
        if locale.division is not None:
            codes += [
                locale.division.code,
                *(a.code for a in self._gazetteer.ancestors(locale.division.code)),
            ]
        counties = list(dict.fromkeys(code for code in codes if len(code) == 6))
        for county in counties[:_COUNTIES]:
            codes += self._gazetteer.children.get(county, [])
        return [self._gazetteer.by_code[code] for code in dict.fromkeys(codes)]


class Titles:
    """Offices in ``doc.spans["titles"]``."""

    def __init__(self, schemas: Path) -> None:
        self._finder = TitleFinder(schemas)

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[TITLES] = self._finder.find(doc.user_data[TEXT])
        return doc


class Names:
    """Organizations, companies, parks, projects and events."""

    def __init__(self, schemas: Path) -> None:
        self._finder = NameFinder(schemas)

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[NAMES] = self._finder.find(
            doc.user_data[TEXT], doc.user_data[WORDS], doc.user_data[PLACES], doc.user_data[TITLES]
        )
        return doc


class People:
    """Personal names."""

    def __init__(self, schemas: Path) -> None:
        self._finder = PeopleFinder(schemas)

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[PEOPLE] = self._finder.find(
            doc.user_data[TEXT], doc.user_data[WORDS], doc.user_data[TITLES], doc.user_data[PLACES]
        )
        return doc


def mentions(doc: Doc) -> Doc:
    """Joins what the components found into ``doc.spans["mentions"]``; a longer name covers the shorter."""
    found: list[Name] = [*doc.user_data[NAMES], *doc.user_data[PEOPLE]]
    found += [Name(s.start_char, s.end_char, s.label_, "term", 1.0) for s in doc.spans["terms"]]
    found += [
        _region(place)
        for place in doc.user_data[PLACES]
        if place.full
        or ((place.sure or len(place.codes[0]) < 9) and not _SITE.match(doc.user_data[TEXT], place.end))
    ]
    kept = longest(found, len(doc.user_data[TEXT]))
    kept += doc.user_data[TITLES]
    kept.sort(key=lambda n: (n.start, n.end))
    doc.user_data[MENTIONS] = kept
    doc.spans["mentions"] = SpanGroup(doc, name="mentions", spans=list(_spans(doc, kept)))
    return doc


def _region(place: Place) -> Name:
    return Name(place.start, place.end, "Region", "place", 0.95 if place.full else 0.8 if place.sure else 0.5)


def _spans(doc: Doc, names: Sequence[Name]) -> Iterator[Span]:
    for name in names:
        span = doc.char_span(
            name.start, name.end, label=name.type, alignment_mode="expand", span_id=name.rule
        )
        if span is not None:
            yield span


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


@Language.factory("kg_words", default_config={"ner": ""})
def _make_words(nlp: Language, name: str, ner: str) -> Words:
    return Words(ner)


@Language.factory("kg_places")
def _make_places(nlp: Language, name: str) -> Places:
    return Places(_gazetteer())


@Language.factory("kg_titles")
def _make_titles(nlp: Language, name: str, schemas: str) -> Titles:
    return Titles(Path(schemas))


@Language.factory("kg_names")
def _make_names(nlp: Language, name: str, schemas: str) -> Names:
    return Names(Path(schemas))


@Language.factory("kg_people")
def _make_people(nlp: Language, name: str, schemas: str) -> People:
    return People(Path(schemas))


@Language.component("kg_mentions")
def _mentions(doc: Doc) -> Doc:
    return mentions(doc)
