"""What 县, 市, 镇 and 我县 stand for: the document's own county, its parents, and the places in focus."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.annotate.places import Place
from kg.gazetteer import Division, Gazetteer

_DEICTIC = re.compile(
    r"(?<![\u4e00-\u9fff])(县|市|区|旗|州)(?=委|政府|人民政府|人大|政协|长|领导|直|城|里|上|第)"
    r"|[我全本该](县|市|区|旗|州)|(?<=[、，。；：“”\n\t的和与由])(县|市|区|旗|州)(?=[委政人]|[\u4e00-\u9fff]{2,8}(?:局|委|办|中心))"
    r"|副(县|市|区|旗|州)长|(?<![\u4e00-\u9fff])(县|市|区|旗|州)长"
)
_KINDS = {"县": "county", "旗": "county", "区": "county", "市": "prefecture", "州": "prefecture", "盟": "prefecture"}
_COUNTY, _HIGHER = "county", frozenset({"prefecture", "province"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A division named at a position of the text."""

    start: int
    end: int
    division: Division
    full: bool


class Context:
    """The divisions of one document and what its deictic forms mean.

    Attributes:
        locale: The division that 我县 / 本市 stand for, or None.
        letter: The kind the text speaks from (县, 市, 区, 旗 …), or "".
        seen: Every division named, with one reading each, by position.
        notes: How the locale was found.
    """

    def __init__(self, text: str, title: str, places: Sequence[Place], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._text = text
        letters = Counter(next(g for g in m.groups() if g) for m in _DEICTIC.finditer(text))
        self.letter = letters.most_common(1)[0][0] if letters else ""
        self.notes: list[str] = []
        self.locale = self._locale(places, letters, len(title))
        self.seen = list(self._read(places))
        self._starts = [s.start for s in self.seen]

    def _locale(self, places: Sequence[Place], letters: Counter[str], title_end: int) -> Division | None:
        votes: Counter[str] = Counter()
        for place in places:
            counties = {c for c in place.codes if len(c) == 6}
            weight = 2.0 if place.full else 1.0
            if place.start < title_end:
                weight += 1
            if re.match(r"委|政府|人民政府|人大|政协|县长|市长|区长|经济|工业|产业", self._text[place.end : place.end + 3]):
                weight += 1
            if not place.sure:
                weight *= 0.3
            for code in counties:
                votes[code] += weight / len(counties)
            townships = {c[:6] for c in place.codes if len(c) == 9} & self._gazetteer.by_code.keys()
            for code in townships:
                votes[code] += 0.8 / len(townships) if len(townships) < 9 else 0.02
            for code in place.codes:
                if len(code) == 4:
                    votes[code] += weight * (0.8 if self.letter in ("市", "州", "盟") else 0.2)
        if not votes:
            return None
        if self.letter:
            for code in votes:
                if not self._gazetteer.by_code[code].name.endswith(self.letter):
                    votes[code] *= 0.4
        best, weight = max(votes.items(), key=lambda item: (item[1], item[0]))
        division = self._gazetteer.by_code[best]
        self.notes.append(f"locale {division.name} ({best}): named most, weight {weight:.1f}; text speaks of {self.letter or 'no kind'}")
        return division

    def _read(self, places: Sequence[Place]) -> Iterable[Seen]:
        """Picks one reading for each place: near the locale, or near what was named before."""
        near = [self.locale.code] if self.locale else []
        chosen: dict[str, str] = {}
        for place in sorted(places, key=lambda p: (not p.full, p.start)):
            if not place.codes:
                continue
            name = place.name
            if name not in chosen:
                code = self._choose(place, near)
                if code is None:
                    continue
                chosen[name] = code
                if place.full and len(code) <= 6:
                    near.append(code)
        for place in sorted(places, key=lambda p: p.start):
            code = chosen.get(place.name)
            if code and place.codes:
                yield Seen(place.start, place.end, self._gazetteer.by_code[code], place.full)

    def _choose(self, place: Place, near: Sequence[str]) -> str | None:
        """The reading that shares most of its code with the locale; a township must lie in a named county."""

        def shared(code: str) -> int:
            return max((_common(code, other) for other in near), default=0)

        local = near[0] if near else ""
        ranked = sorted(place.codes, key=lambda c: (-_common(c, local), -shared(c), len(c), c))
        best = ranked[0]
        if len(best) == 9 and len(place.codes) > 1 and shared(best) < 6:
            return None
        if len(best) == 6 and not place.full and len(place.codes) > 1:
            exact = [c for c in place.codes if len(c) == 4]
            if exact and shared(best) < 6:
                return exact[0]
        return best

    def resolve(self, letter: str, position: int) -> Division | None:
        """The division that 县, 市, 镇 … stands for at a position.

        Args:
            letter: 县, 市, 区, 旗, 州, 盟, 省, 镇, 乡, 村 or 街道.
            position: Where it stands in the text.

        Returns:
            None when the document leaves it open.
        """
        if letter in ("镇", "乡", "街道", "村", "苏木"):
            return self.before(position, lambda d: d.name.endswith(letter))
        if letter == "省":
            return self._ancestor("province")
        locale = self.locale
        if locale is not None and locale.name.endswith(letter):
            return locale
        named = self.before(position, lambda d: d.name.endswith(letter) and d.level in ("county", "prefecture"))
        if letter in ("市", "州", "盟"):
            above = self._ancestor("prefecture")
            if above is not None and above.name.endswith(letter):
                return above if named is None or named.level == "prefecture" or self._mentions(above) else named
            if above is None and letter == "市":
                province = self._ancestor("province")
                if province is not None and province.name.endswith("市"):
                    return province
        if letter == "区" and named is None:
            province = self._ancestor("province")
            return province if province is not None and province.name.endswith("自治区") else None
        return named

    def before(self, position: int, wanted: object = None) -> Division | None:
        """The last division named before a position that fits, first in its own paragraph."""
        fits = wanted if callable(wanted) else (lambda d: True)
        index = bisect_left(self._starts, position)
        for seen in reversed(self.seen[:index]):
            if fits(seen.division):
                return seen.division
        return None

    def named(self, name: str) -> Division | None:
        """A division of this full name: the one nearest to the locale, if there is one of it only there."""
        found = self._gazetteer.named(name)
        if not found:
            return None
        local = self.locale.code if self.locale else ""
        return max(found, key=lambda d: (_common(d.code, local), -len(d.code)))

    def in_name(self, name: str) -> list[Division]:
        """The divisions a name begins with or holds, from left to right: 浙江松阳经济开发区 → 浙江省, 松阳县."""
        found = []
        for start, _, word, codes in self._gazetteer.iter_matches(name):
            reading = [s.division for s in self.seen if s.division.code in codes]
            if reading:
                found.append(reading[0])
            elif self.locale is not None and self.locale.code in codes:
                found.append(self.locale)
            elif start == 0 and not self._gazetteer.ambiguous(word):
                code = sorted(codes, key=lambda c: (-_common(c, self.locale.code if self.locale else ""), len(c), c))[0]
                if len(code) <= 6:
                    found.append(self._gazetteer.by_code[code])
        return found

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """All larger divisions, nearest first."""
        return self._gazetteer.ancestors(code) if code in self._gazetteer.by_code else ()

    def division(self, code: str) -> Division | None:
        """The division of a code."""
        return self._gazetteer.by_code.get(code)

    def _ancestor(self, level: str) -> Division | None:
        if self.locale is None:
            return None
        line = (self.locale, *self._gazetteer.ancestors(self.locale.code))
        return next((d for d in line if d.level == level), None)

    def _mentions(self, division: Division) -> bool:
        return any(s.division == division for s in self.seen)


def _common(code: str, other: str) -> int:
    """How much of an administrative code two divisions share: 0, 2 (province), 4, 6 or 9 digits."""
    return next((n for n in (9, 6, 4, 2) if len(code) >= n and code[:n] == other[:n] and len(other) >= n), 0)
