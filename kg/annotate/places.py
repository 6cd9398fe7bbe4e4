"""Names of administrative divisions in a text, from the gazetteer and from LAC's place names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.annotate.lac import Token
from kg.gazetteer import Gazetteer

_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,9}?(?:街道|镇|乡|苏木)$")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,6}(?:村|嘎查|社区)$")
_SUFFIXES = tuple("省市县区旗州盟镇乡村") + ("街道", "苏木", "嘎查", "社区", "自治区", "特别行政区", "地区", "林区")
_NOT_AFTER = frozenset("路街道桥河江山湖人话菜")


@dataclass(frozen=True, slots=True)
class Place:
    """A name of a division in a text.

    Attributes:
        start: First code point.
        end: One past the last.
        name: As it stands there.
        codes: Gazetteer codes it may mean; empty for a village or township that is not listed.
        full: Whether it is written with its suffix (松阳县, not 松阳).
        sure: Whether the words around it leave no doubt that it is a place here.
    """

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    full: bool
    sure: bool


def find_places(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Place]:
    """All division names in a text, in order, without overlap.

    Args:
        text: The text the tokens' offsets speak of.
        tokens: LAC's words, in order.
        gazetteer: The divisions.
    """
    tag_at: list[str] = [""] * (len(text) + 1)
    starts, ends = set(), set()
    for token in tokens:
        starts.add(token.start)
        ends.add(token.end)
        for position in range(token.start, token.end):
            tag_at[position] = token.tag
    found: list[Place] = []
    taken = bytearray(len(text))
    for start, end, name, codes in gazetteer.iter_matches(text):
        full = name.endswith(_SUFFIXES) and len(name) > 1
        at_words = start in starts and end in ends
        tags = {tag_at[i] for i in range(start, end)}
        if "PER" in tags and (start not in starts or not full):
            continue
        named = bool(tags & {"LOC", "ORG", "nz"})
        if full:
            if not named and not (start in starts or end in ends):
                continue
            sure = named or at_words
        else:
            if gazetteer.ambiguous(name) and not (tags == {"LOC"} and at_words):
                continue
            if not named and not at_words:
                continue
            if start not in starts and not named:
                continue
            if text[end : end + 1] in _NOT_AFTER and end not in ends:
                continue
            sure = tags <= {"LOC", "ORG"} and start in starts
        found.append(Place(start, end, name, codes, full, sure))
        taken[start:end] = b"\1" * (end - start)
    for token in tokens:
        if token.tag in ("LOC", "ORG", "n", "nz") and not all(taken[token.start : token.end]):
            place = _unlisted(text, token, taken)
            if place is not None:
                found.append(place)
                taken[place.start : place.end] = b"\1" * (place.end - place.start)
    return sorted(found, key=lambda p: p.start)


def _unlisted(text: str, token: Token, taken: bytearray) -> Place | None:
    """A village, or a township of another time, that LAC sees and the gazetteer does not list."""
    start = token.start
    while start < token.end and taken[start]:
        start += 1
    word = text[start : token.end]
    if token.tag == "LOC" and (_VILLAGE.fullmatch(word) or _TOWNSHIP.fullmatch(word)) and not any(taken[start : token.end]):
        return Place(start, token.end, word, (), True, True)
    return None
