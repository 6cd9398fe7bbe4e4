"""What speaks for and against two forms, or groups of forms, being one entity; schemas/resolution.yaml weighs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.resolve.body_names import BodyName, BodyNames
from kg.resolve.firm_names import FirmName
from kg.resolve.forms import Known, Span, ThingName, months, overlap
from kg.resolve.likeness import abbreviates, one_edit

Features = dict[str, str]
"""Feature to what it was seen in, for reading."""

_COUNTY, _PREFECTURE, _PROVINCE = 6, 4, 2
# Steps of rank to the months they take at least: from a deputy of a bureau to the head of a county.
_STEPS = {2: 0, 3: 24}
_FAR = 36
_LEADER = 4
_REFORM_BEFORE = 8
_LONG_NAME = 4
# The counties of Beijing, Tianjin, Shanghai and Chongqing have no prefecture of their own.
_WHOLE_PROVINCES = frozenset({"1101", "1201", "3101", "5001", "5002"})


@dataclass(frozen=True, slots=True)
class Compare:
    """Compares two of a kind.

    Attributes:
        bodies: Knows how bodies were renamed.
        common: Given names that many bear.
        generic: Kinds of bodies that every county has.
        no_brand: What is left of names of firms that every county has.
        numbers: Finds the numbers in a name.
    """

    bodies: BodyNames
    common: frozenset[str]
    generic: frozenset[str]
    no_brand: frozenset[str]
    numbers: Callable[[str], str]

    def features(self, kind: str, one: Known, other: Known) -> Features:
        """The features of a pair; the order of the two does not matter."""
        compare: Callable[[Known, Known], Features] = {
            "People": self._people,
            "Region": self._regions,
            "Organization": self._organizations,
            "Company": self._companies,
        }.get(kind, self._things)
        return compare(one, other)

    def _people(self, one: Known, other: Known) -> Features:
        found: Features = {}
        counties = one.places.keys() & other.places.keys()
        if offices := one.offices.keys() & other.offices.keys():
            found["same-office"] = min(offices)
        elif bodies := one.bodies & other.bodies:
            found["same-body"] = min(bodies)
        elif counties:
            found["same-county"] = min(counties)
        elif not one.offices or not other.offices:
            here = (one.places.keys() & other.homes) | (other.places.keys() & one.homes)
            if here:
                found["county-of-office"] = min(here)
            elif homes := one.homes & other.homes:
                found["same-home"] = min(homes)
        if not (one.places or one.homes or one.bodies) or not (other.places or other.homes or other.bodies):
            found["no-place"] = ""
        if links := one.links & other.links:
            found["shared-links"] = min(links)
        if one.places and other.places and not counties:
            self._two_counties(one, other, found)
        elif one.bodies and other.bodies and not (counties or one.bodies & other.bodies):
            found["other-firm"] = ""
        if self._far_in_rank(one, other):
            found["rank-gap"] = ""
        return found

    def _two_counties(self, one: Known, other: Known, found: Features) -> None:
        if near := _shared(one.places, other.places, _PREFECTURE, cities=True):
            found["same-prefecture"] = near
        elif near := _shared(one.places, other.places, _PROVINCE):
            found["same-province"] = near
        if not _nested(one.places, other.places):
            found["other-county"] = ""
        spans = [_whole(known.places.values()) for known in (one, other)]
        if all(start for start, _ in spans):
            if overlap(*spans):
                if "other-county" in found:
                    found["at-once"] = ""
            else:
                found["moved-on"] = ""
                first, then = (one, other) if spans[0][1] < spans[1][0] else (other, one)
                before, after = max(first.ranks, default=0), max(then.ranks, default=0)
                if _LEADER <= before <= after:
                    found["leaders"] = ""
        (name,) = {str(n) for n in one.names} or {""}
        found["common-name" if len(name) < 3 or name[1:] in self.common else "rare-name"] = ""

    @staticmethod
    def _far_in_rank(one: Known, other: Known) -> bool:
        """Whether the one is high and the other low, and not on the way up: low, and long before, or never."""
        for these, those in ((one.ranks, other.ranks), (other.ranks, one.ranks)):
            for high, span in these.items():
                for low, seen in those.items():
                    wait = _STEPS.get(high - low, _FAR) if high - low > 1 else None
                    if wait is None or not (span[0] and seen[1]):
                        continue
                    if months(seen[1]) + wait >= months(span[0]):
                        return True
        return False

    def _regions(self, one: Known, other: Known) -> Features:
        if one.places and other.places:
            same = one.places.keys() & other.places.keys()
            return {"same-code": min(same)} if same else {"other-code": ""}
        if same_parents := one.homes & other.homes:
            return {"same-parent": min(same_parents)}
        return {"same-parent": ""} if one.homes == other.homes else {"other-parent": ""}

    def _organizations(self, one: Known, other: Known) -> Features:
        found: Features = {}
        mine, theirs = _bodies(one), _bodies(other)
        kinds = {n.kind for n in mine}, {n.kind for n in theirs}
        placed = bool(one.places and other.places)
        if placed and not one.places.keys() & other.places.keys():
            found["other-division"] = ""
        if kinds[0] & kinds[1]:
            found["same-body" if placed else "same-name"] = ""
            # 人民医院 is in every county, 浙江大学 is not
            every = any(n.bare in self.generic for n in mine | theirs)
            unplaced = not placed and all(not n.codes for n in mine | theirs)
            if every and (unplaced or bool(one.places) != bool(other.places)):
                found["no-place"] = ""
        else:
            self._two_kinds(one, other, kinds, found)
        if links := one.links & other.links:
            found["shared-links"] = min(links)
        return found

    def _two_kinds(self, one: Known, other: Known, kinds: tuple[set[str], set[str]], found: Features) -> None:
        pairs = [(a, b) for a in sorted(kinds[0]) for b in sorted(kinds[1])]
        for a, b in pairs:
            if change := self.bodies.renaming(a, b):
                late = other if self.bodies.leads(a, b) else one
                fits = _after_reform(late.span, change.on)
                how = f"{change.before[0]} → {change.after} {change.on}"
                found["renamed" if fits else "renamed-out-of-time"] = how
                return
        if any(self._numbers_differ(a, b) for a, b in pairs):
            found["other-number"] = ""
        elif any(min(len(a), len(b)) > _LONG_NAME and one_edit(a, b) for a, b in pairs):
            found["typo"] = ""
        elif any(abbreviates(a, b) for a, b in pairs):
            found["abbreviated"] = ""
        if not one.documents.isdisjoint(other.documents):
            found["apart"] = ""

    def _companies(self, one: Known, other: Known) -> Features:
        found: Features = {}
        mine, theirs = _firms(one), _firms(other)
        pairs = [(a, b) for a in mine for b in theirs]
        self._firm_names(one, other, pairs, found)
        counties = one.places.keys() & other.places.keys()
        if counties or (one.homes & other.homes and not (one.places and other.places)):
            found["same-county"] = min(counties or one.homes & other.homes)
        elif _shared((*one.places, *one.homes), (*other.places, *other.homes), _PREFECTURE):
            found["same-prefecture"] = ""
        if one.places and other.places and not _nested(one.places, other.places):
            found["other-county"] = ""
        if any(
            (a.places and not b.places and _begins_with_place(a, other))
            or (b.places and not a.places and _begins_with_place(b, one))
            for a, b in pairs
        ):
            found["place-in-name"] = ""
        if links := one.links & other.links:
            found["shared-links"] = min(links)
        return found

    def _firm_names(
        self, one: Known, other: Known, pairs: list[tuple[FirmName, FirmName]], found: Features
    ) -> None:
        full = [(a, b) for a, b in pairs if a.legal and b.legal]
        equal = {a.key for a, _ in pairs} & {b.key for _, b in pairs}
        if any(a.key in equal and a.legal for a, _ in pairs):
            found["same-name"] = ""
        elif any(a.core == b.core for a, b in full):
            found["same-core"] = next(a.core for a, b in full if a.core == b.core)
        elif {a.key for a, _ in pairs if not a.legal} & other.keys or {
            b.key for _, b in pairs if not b.legal
        } & one.keys:
            found["same-short" if equal else "stated"] = ""
        elif any(a.legal != b.legal and _shortens(a, b) for a, b in pairs):
            found["short-of"] = ""
        elif any(not a.legal and not b.legal and a.core == b.core for a, b in pairs):
            found["same-short"] = ""
        elif any(_slip(a, b) for a, b in pairs):
            found["typo"] = ""
        if "same-name" not in found:
            if any(a.roles != b.roles for a, b in full):
                found["other-role"] = ""
            elif any(a.roles != b.roles for a, b in pairs) and "stated" not in found:
                found["role-missing"] = ""
            if any((a.core != b.core and a.stem == b.stem) or a.group != b.group for a, b in full):
                found["other-trade"] = ""
            if any(self._numbers_differ(a.core, b.core) for a, b in pairs):
                found["other-number"] = ""
            if full and not one.documents.isdisjoint(other.documents):
                found["apart"] = ""
        if any(a.places and b.places and not _within(a.places, b.places) for a, b in full):
            found["other-place-in-name"] = ""
        if any(
            len(n.stem) < 2 or n.core in self.no_brand for a, b in pairs for n in (a, b) if not n.places
        ) and not (one.places.keys() & other.places.keys() or "stated" in found):
            found["no-core"] = ""

    def _numbers_differ(self, one: str, other: str) -> bool:
        return self.numbers(one) != self.numbers(other)

    @staticmethod
    def _things(one: Known, other: Known) -> Features:
        found: Features = {}
        pairs = [(a, b) for a in _things(one) for b in _things(other)]
        if any(a.core == b.core and a.number == b.number for a, b in pairs) or one.keys & other.keys:
            found["same-name"] = ""
        elif any(a.number != b.number for a, b in pairs):
            found["other-number"] = ""
        elif any(min(len(a.core), len(b.core)) > _LONG_NAME and one_edit(a.core, b.core) for a, b in pairs):
            found["typo"] = ""
        elif any(_contains(a.core, b.core) for a, b in pairs):
            found["contained"] = ""
        counties = one.places.keys() & other.places.keys()
        where = any(a.where and b.where and not (a.codes or b.codes) for a, b in pairs)
        if counties:
            found["same-county"] = min(counties)
        elif where and "same-name" in found:
            found["says-where"] = ""
        elif one.places and other.places and not _nested(one.places, other.places):
            found["other-county"] = ""
        elif not one.places or not other.places:
            if not (one.places or other.places):
                found["same-county"] = ""
            else:
                found["no-place"] = ""
        _times(one.span, other.span, found)
        if "same-name" not in found and not one.documents.isdisjoint(other.documents):
            found["apart"] = ""
        if links := one.links & other.links:
            found["shared-links"] = min(links)
        return found


def _after_reform(late: Span, on: str) -> bool:
    """Whether the new name is not seen long before the reform; an old one lives on in what is told of the past."""
    return not late[0] or months(late[0]) >= months(on) - _REFORM_BEFORE


def _times(one: Span, other: Span, found: Features) -> None:
    if not (one[0] and other[0]):
        return
    if one[0][:4] > other[1][:4] or other[0][:4] > one[1][:4]:
        found["other-time"] = ""
        return
    found["same-time"] = ""
    if all(len(day) == 10 for day in (*one, *other)):
        apart = max(_day(one[0]) - _day(other[1]), _day(other[0]) - _day(one[1]))
        if apart <= 14:
            found["close"] = ""
        elif apart > 60:
            found["far"] = ""


def _day(date: str) -> int:
    return months(date) * 31 + int(date[8:10])


def _whole(spans: Iterable[Span]) -> Span:
    known = [s for s in spans if s[0]]
    return (min((s[0] for s in known), default=""), max((s[1] for s in known), default=""))


def _shared(one: Iterable[str], other: Iterable[str], length: int, *, cities: bool = False) -> str:
    """The first division of a level that both have places in; whole municipalities only when they are asked for."""
    starts = {code[:length] for code in one if len(code) >= length and code.isdigit()}
    both = starts & {code[:length] for code in other if len(code) >= length}
    return min(both if cities else both - _WHOLE_PROVINCES, default="")


def _nested(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a place of one lies in a place of the other."""
    codes = list(other)
    return any(a.startswith(b) or b.startswith(a) for a in one for b in codes)


def _within(codes: Iterable[str], others: Iterable[str]) -> bool:
    return _nested(codes, others)


def _begins_with_place(name: FirmName, of: Known) -> bool:
    """Whether a firm is named after a place of another, a county or a prefecture."""
    own = [code for code in name.places if len(code) > _PROVINCE]
    return _within(own, (*of.places, *of.homes))


def _slip(a: FirmName, b: FirmName) -> bool:
    """Whether one character of the names differs, and none of those that make the brand."""
    return (
        a.core[:2] == b.core[:2] and min(len(a.core), len(b.core)) >= _LONG_NAME and one_edit(a.core, b.core)
    )


def _shortens(a: FirmName, b: FirmName) -> bool:
    full, short = (a, b) if a.legal else (b, a)
    if short.core in (full.core, full.stem):
        return True
    return short.stem == full.stem and abbreviates(short.core, full.core)


def _contains(one: str, other: str) -> bool:
    """Whether the longer name says more of the same; what follows a name (开发区 + 华埠片区) is a part of it."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LONG_NAME and long.endswith(short)


def _bodies(known: Known) -> set[BodyName]:
    return {n for n in known.names if isinstance(n, BodyName)}


def _firms(known: Known) -> list[FirmName]:
    return sorted((n for n in known.names if isinstance(n, FirmName)), key=lambda n: n.key)


def _things(known: Known) -> list[ThingName]:
    return [n for n in known.names if isinstance(n, ThingName)]
