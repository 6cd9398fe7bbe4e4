"""Names that LAC tore or left out, told by its words around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.annotate.lac import Token
from kg.annotate.name_shapes import NameShapes

_ITEM = re.compile(r"[\u4e00-\u9fff]{2,3}(?=、)")
_WORD_TAGS = frozenset({"n", "v", "vn", "a", "an", "ad", "d"})

_NO_NAME_TAGS = frozenset({"v", "d", "ad", "a", "m", "r", "c", "p", "f", "TIME"})

Candidate = tuple[int, int, bool]


def torn_names(text: str, tokens: Sequence[Token], shapes: NameShapes) -> Iterator[Candidate]:
    """Names in several words: 代|双双, 古|文|成说; and what fills a list of names: 甲、铁|成林、乙.

    Args:
        text: The text the offsets speak of.
        tokens: LAC's words, in order.
        shapes: Tells names from other words.
    """
    for number, first in enumerate(tokens[:-1]):
        if first.tag != "PER":
            continue
        if first.end - first.start > 1:
            yield from _between(text, tokens[number + 1 : number + 6], shapes)
            continue
        start, second = first.start, tokens[number + 1]
        whole = text[start : second.end]
        if second.tag == "PER" and second.start == first.end and len(whole) in (2, 3):
            if shapes.plausible(whole):
                yield start, second.end, True
            continue
        name = text[start : start + 3]
        if shapes.plausible(name) and not shapes.too_long(name) and shapes.speaks(text, start + 3):
            yield start, start + 3, False


def _between(text: str, following: Sequence[Token], shapes: NameShapes) -> Iterator[Candidate]:
    """What stands between two names of a list and is no single word."""
    if not following or text[following[0].start : following[0].end] != "、":
        return
    item = _ITEM.match(text, following[0].end)
    if item is None or not shapes.plausible(item.group()):
        return
    word = any((t.start, t.end) == item.span() for t in following)
    if not word and any(t.tag == "PER" and t.start == item.end() + 1 for t in following):
        yield (*item.span(), True)


def cuts_words(tokens: Sequence[Token], starts: Sequence[int], start: int, end: int) -> bool:
    """Whether a stretch is a word, or one and the beginning of the next: 连续|任, 项目分|为, 项目责|任.

    Args:
        tokens: LAC's words, in order.
        starts: Where each begins.
        start: Where the stretch begins.
        end: Where it ends.
    """
    first = tokens[bisect_right(starts, start) - 1]
    last = tokens[bisect_right(starts, end - 1) - 1]
    if first.start == start and first.end >= end and first.tag in _NO_NAME_TAGS:
        return True  # 连续|任
    common = first.start == start and first.end - start > 1 and first.tag in _WORD_TAGS
    return common and last.start > start and last.end > end and last.tag in _WORD_TAGS
