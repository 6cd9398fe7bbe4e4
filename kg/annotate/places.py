"""Names of administrative divisions in a text, from the gazetteer and from LAC's place names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.annotate.lac import Token
from kg.annotated import Place
from kg.gazetteer import Division, Gazetteer

_UNLISTED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:村|嘎查|社区)|[\u4e00-\u9fff]{2,9}?(?:街道|镇|乡|苏木)")
_KIND_OF_VILLAGE = re.compile(
    r"^[一二三四五六七八九十两几多\d][县市区镇乡村]|^[镇乡县市区本该全各农山渔]村|^[新老旧邻外大小]村|^通村|[极特深]贫[乡村]|^(?:[\u4e00-\u9fff]{1,3}族)[乡镇]$|自然村|行政村|小山村|^山村$|第[一二三四五]村|城中村|新农村|示范|美丽乡村|明星村|贫困村|文明村|社会|部落"
)
_BELOW = re.compile(r"(?:(?![和与及等的各])[\u4e00-\u9fff]){2,4}?(?:社区|村|嘎查)(?![民委支党集级])")
_TOWNSHIPS = ("镇", "乡", "街道", "苏木")
_SUFFIXES = (*"省市县区旗州盟镇乡村", "街道", "苏木", "嘎查", "社区", "自治区", "地区")
_NOT_AFTER = frozenset("路桥河江山湖人话菜县市区镇乡村")
_NAMES = frozenset({"LOC", "ORG", "nz", "PER"})


class Words:
    """LAC's words by position: which tags cover a stretch, and whether it begins and ends with words."""

    def __init__(self, length: int, tokens: Sequence[Token]) -> None:
        self.tag: list[str] = [""] * (length + 1)
        self.starts: set[int] = set()
        self.ends: set[int] = set()
        for token in tokens:
            self.starts.add(token.start)
            self.ends.add(token.end)
            for position in range(token.start, token.end):
                self.tag[position] = token.tag

    def tags(self, start: int, end: int) -> set[str]:
        """The tags of the words that cover a stretch."""
        return set(self.tag[start:end])


def find_places(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Place]:
    """All division names in a text, in order, without overlap.

    Args:
        text: The text the tokens' offsets speak of.
        tokens: LAC's words, in order.
        gazetteer: The divisions.
    """
    words = Words(len(text), tokens)
    found: list[Place] = []
    taken = bytearray(len(text))
    for start, end, name, codes in gazetteer.iter_matches(text):
        place = _place(text, start, end, name, codes, words, gazetteer)
        if place is not None:
            found.append(place)
            taken[start:end] = b"\1" * (end - start)
    unlisted = [p for t in tokens if t.tag == "LOC" and (p := _unlisted(text, t, taken)) is not None]
    unlisted += _below_townships(text, found, words, taken)
    for name in sorted({p.name for p in unlisted}, key=lambda n: (-len(n), n)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * len(name)
                found.append(Place(start, end, name, (), True, True))
            start = text.find(name, end)
    return sorted(found, key=lambda p: p.start)


def _below_townships(text: str, places: Sequence[Place], words: Words, taken: bytearray) -> list[Place]:
    """栖凤街道者贵社区: a village or community right after its township, whatever the tagger makes of it."""
    found = []
    for place in places:
        below = _BELOW.match(text, place.end) if place.full and place.name.endswith(_TOWNSHIPS) else None
        if below is None or any(taken[below.start() : below.end()]) or below.end() not in words.ends:
            continue
        if not _KIND_OF_VILLAGE.search(below.group()):
            found.append(Place(*below.span(), below.group(), (), True, True))
    return found


def short_forms(
    text: str, tokens: Sequence[Token], places: Sequence[Place], divisions: Sequence[Division]
) -> list[Place]:
    """Divisions the document is about written without their suffix (王村口, 华埠, 龙泉).

    Args:
        text: The text the offsets speak of.
        tokens: LAC's words, in order.
        places: What was found before; it is not touched.
        divisions: The document's own county, its townships, and what else it names in full.
    """
    words = Words(len(text), tokens)
    taken = bytearray(len(text))
    for place in places:
        taken[place.start : place.end] = b"\1" * (place.end - place.start)
    found: list[Place] = []
    for division in divisions:
        name = division.short
        if len(name) < 2 or name == division.name:
            continue
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            named = bool(words.tags(start, end) & _NAMES)
            fits = start in words.starts and (end in words.ends or named or division.name in text)
            # 新兴产业, 平安稳定: a township's short name may be a common word.
            if division.level == "township" and not named and end in words.ends and start in words.starts:
                fits = len(name) > 2 or division.name in text
            if fits and not any(taken[start:end]) and text[end : end + 1] not in _NOT_AFTER:
                found.append(Place(start, end, name, (division.code,), False, end in words.ends))
            start = text.find(name, end)
    return sorted(found, key=lambda p: p.start)


def _place(
    text: str, start: int, end: int, name: str, codes: tuple[str, ...], words: Words, gazetteer: Gazetteer
) -> Place | None:
    known = tuple(c for c in codes if c in gazetteer.by_code)
    if not known:
        return None
    full = (
        len(name) > 1
        and name.endswith(_SUFFIXES)
        and any(name in (d.name,) or d.short != name for d in (gazetteer.by_code[c] for c in known))
    )
    tags = words.tags(start, end)
    begins, ends = start in words.starts, end in words.ends
    if full:
        if len(name) == 2 and not (begins and (ends or tags == {"ORG"}) and tags <= _NAMES):
            return None
        whole = (begins and ends) or (len(name) > 3 and (begins or ends))
        # 来都昌县中医院 as one verb: nobody says 都昌县 and means something else.
        county = (
            len(name) > 2 and name[-1] in "县旗州" and not gazetteer.ambiguous(name) and text.count(name) > 1
        )
        if not tags & _NAMES and not whole and not county:
            return None
        return Place(start, end, name, known, True, bool(tags & _NAMES))
    if gazetteer.ambiguous(name) and not (tags == {"LOC"} and begins and ends):
        return None
    if "PER" in tags and not (begins and ends):
        return None
    if not begins or not (tags & _NAMES or ends) or (text[end : end + 1] in _NOT_AFTER and not ends):
        return None
    return Place(start, end, name, known, False, tags <= {"LOC", "ORG"})


def _unlisted(text: str, token: Token, taken: bytearray) -> Place | None:
    """A village, or a township of another time, that LAC sees and the gazetteer does not list."""
    start = token.start
    while start < token.end and taken[start]:
        start += 1
    word = text[start : token.end]
    if _KIND_OF_VILLAGE.search(word):
        return None
    below = start > 0 and (bool(taken[start - 1]) or text.count(word) > 1)
    if not word.endswith(("村", "嘎查", "社区")) and not below:
        return None
    if (
        _UNLISTED.fullmatch(word)
        and len(word) > 2 - word.endswith("村")
        and not any(taken[start : token.end])
    ):
        return Place(start, token.end, word, (), True, True)
    return None
