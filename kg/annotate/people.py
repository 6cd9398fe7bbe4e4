"""Personal names: found once beside an office or among the words of a person, then wherever they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.annotate.candidates import GAP, Candidates
from kg.annotate.lac import Token
from kg.annotate.name_shapes import NameShapes
from kg.annotated import Name, Place
from kg.wording import load_wording

_QUOTED = re.compile(r"“[^“”，。\n]{0,10}$")
_UNQUOTED = re.compile(r"[^“”，。\n]{0,10}”")
_BOOK = re.compile(r"《[^《》\n]{1,60}》")


class PeopleFinder:
    """Finds personal names; holds the lexicons and the wording."""

    def __init__(self, schemas: Path) -> None:
        words = load_wording(schemas, "people")
        self._shapes = NameShapes(schemas, words)
        self._candidates = Candidates(self._shapes, words)
        self._courtesy = words["courtesy"]
        self._doctrine = words["doctrine"]
        self._two_sides = words["two sides"]

    def find(
        self, text: str, tokens: Sequence[Token], titles: Sequence[Name], places: Iterable[Place]
    ) -> list[Name]:
        """Personal names in a text, in order, without overlap.

        Args:
            text: The text the offsets speak of.
            tokens: LAC's words, in order.
            titles: Offices already found; a name next to one is sure.
            places: Division names; they are no persons.
        """
        placed = bytearray(len(text))
        short_places: set[tuple[int, int]] = set()
        namesakes: set[str] = set()
        for place in places:
            placed[place.start : place.end] = b"\1" * (place.end - place.start)
            if not place.full:
                short_places.add((place.start, place.end))
        ends = {t.end for t in titles}
        starts = {t.start for t in titles}
        sure: dict[str, float] = {}
        weak: Counter[str] = Counter()
        things = _things(text, tokens)
        for start, end, trusted in self._candidates.find(text, tokens, titles):
            name = text[start:end]
            beside = end in starts or any(
                start - n in ends and GAP.fullmatch(text, start - n, start) for n in range(11)
            )
            if not beside and (name in things or _only_quoted(text, name)):
                continue
            if any(placed[start:end]):
                if not (beside and (start, end) in short_places):
                    continue
                namesakes.add(name)  # 区长吴忠: not the city of this name
            speaks = self._shapes.speaks(text, end) or bool(self._courtesy.match(text, end))
            usual = self._shapes.usual(name)
            if beside or trusted:
                sure[name] = max(sure.get(name, 0), 0.95 if beside else 0.9)
            elif speaks and usual:
                sure[name] = max(sure.get(name, 0), 0.85)
            elif usual:
                weak[name] += 1
        _listed(text, sure, weak)
        for name, times in weak.items():
            if self._shapes.plausible(name) and (times >= 2 or len(name) == 3):
                sure.setdefault(name, 0.7)
        for start, end in short_places:
            if text[start:end] in namesakes:
                placed[start:end] = bytes(end - start)
        return self._everywhere(text, sure, placed)

    def _everywhere(self, text: str, sure: dict[str, float], placed: bytearray) -> list[Name]:
        """Every place where a sure name stands; of two that overlap the longer."""
        taken = bytearray(placed)
        for book in _BOOK.finditer(text):
            taken[book.start() : book.end()] = b"\1" * len(book.group())
        found = []
        for name in sorted(sure, key=lambda n: (-len(n), n)):
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                if (
                    not any(taken[start:end])
                    and not self._doctrine.match(text, end)
                    and not self._two_sides.match(text, end)
                ):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(Name(start, end, "Person", "person", sure[name]))
                start = text.find(name, end)
        return sorted(found, key=lambda n: n.start)


def _things(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    """Words that LAC takes for a person here and for a thing elsewhere in the text at least as often."""
    taken = Counter(text[t.start : t.end] for t in tokens if t.tag == "PER")
    things = Counter(text[t.start : t.end] for t in tokens if t.tag in ("n", "nz", "vn"))
    return frozenset(word for word, times in taken.items() if things[word] >= times)


def _only_quoted(text: str, name: str) -> bool:
    """Whether a name stands in short quotations alone: “谢师恩”活动, nicknames and slogans."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not _QUOTED.search(text, max(0, start - 11), start) or not _UNQUOTED.match(text, end):
            return False
        start = text.find(name, end)
    return True


def _listed(text: str, sure: dict[str, float], weak: Counter[str]) -> None:
    """A name in a list with a sure one (A、B、C) is sure as well."""
    changed = True
    while changed:
        changed = False
        for name in [n for n in weak if n not in sure]:
            around = re.search(
                rf"([\u4e00-\u9fff]{{2,4}})、{re.escape(name)}|{re.escape(name)}、([\u4e00-\u9fff]{{2,4}})",
                text,
            )
            neighbours = [g for g in around.groups() if g] if around else []
            if any(n.startswith(s) or n.endswith(s) for n in neighbours for s in sure):
                sure[name] = 0.85
                changed = True
