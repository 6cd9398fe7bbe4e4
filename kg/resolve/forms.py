"""Forms: a name with its context, under which documents speak of something; what resolution joins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kg.resolve.body_names import BodyName
from kg.resolve.firm_names import FirmName
from kg.types import Entity

Span = tuple[str, str]
"""The first and the last day, as exact as the news; "" where no day is known."""
NO_SPAN: Span = ("", "")
NOTHING: frozenset[str] = frozenset()
NO_SPANS: Mapping[str, Span] = {}


@dataclass(frozen=True, slots=True)
class ThingName:
    """The name of a project, park or event, taken apart.

    Attributes:
        core: Without its division, a pointing start (全县) and a last 项目 or 工程.
        number: Numbers, phases and directions in it; things that differ in these are two.
        codes: The division it begins with; several where divisions share a name.
        where: Whether it tells its own place, or needs none (衢丽铁路).
    """

    core: str
    number: str
    codes: tuple[str, ...]
    where: bool


_Key = TypeVar("_Key", str, int)

AnyName = BodyName | FirmName | ThingName | str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a form, or of several together.

    Attributes:
        names: Its names, taken apart.
        keys: Its names made comparable; aliases that a document states too.
        places: Code of a place it has to do with, or its name, to the days it was seen there: where offices are
            held, where a firm or a project stands.
        homes: The counties of documents that do not tell a place.
        bodies: Firms and bodies without a known place that offices are held in.
        offices: Place and office to the days it was seen.
        ranks: Rank of office to the days it was seen.
        span: The days of all documents.
        links: Keys of what documents link it to, but for places.
        documents: The documents' ids; empty for people and regions, which need none.
    """

    names: frozenset[AnyName] = frozenset()
    keys: frozenset[str] = NOTHING
    places: Mapping[str, Span] = field(default_factory=lambda: NO_SPANS)
    homes: frozenset[str] = NOTHING
    bodies: frozenset[str] = NOTHING
    offices: Mapping[str, Span] = field(default_factory=lambda: NO_SPANS)
    ranks: Mapping[int, Span] = field(default_factory=dict)
    span: Span = NO_SPAN
    links: frozenset[str] = NOTHING
    documents: frozenset[str] = NOTHING

    def with_(self, other: Known) -> Known:
        """Both together."""
        return Known(
            self.names | other.names,
            self.keys | other.keys,
            joined(self.places, other.places),
            self.homes | other.homes,
            self.bodies | other.bodies,
            joined(self.offices, other.offices),
            joined(self.ranks, other.ranks),
            both(self.span, other.span),
            self.links | other.links,
            self.documents | other.documents,
        )


@dataclass(slots=True)
class Form:
    """A name with its context.

    Attributes:
        kind: ``People`` for Official and Person, else the entity type.
        name: As the first document has it.
        context: What a document tells that it may be known by: offices, place, year; in words.
        weak: Whether it tells too little to join others by itself: a person without office, a firm's short name.
        known: What is known of it.
        claims: Document id and entity, one for each time a document speaks of it under this form.
    """

    kind: str
    name: str
    context: str
    weak: bool
    known: Known
    claims: list[tuple[str, Entity]]

    @property
    def key(self) -> tuple[str, str, str]:
        """Kind, name and context: the same in every build in which a document still says so."""
        return (self.kind, self.name, self.context)

    def add(self, other: Form) -> None:
        """Takes in the same form from another document."""
        mine, theirs = self.known, other.known
        if theirs.places == mine.places and theirs.links <= mine.links and theirs.keys <= mine.keys:
            # by far the most frequent case, and the cheap one
            self.known = replace(
                mine,
                homes=mine.homes | theirs.homes,
                offices=joined(mine.offices, theirs.offices),
                ranks=joined(mine.ranks, theirs.ranks),
                span=both(mine.span, theirs.span),
            )
        else:
            self.known = mine.with_(theirs)
        self.claims += other.claims

    def finish(self) -> None:
        """To be called when all documents have been read."""
        if self.kind not in ("People", "Region"):
            self.known = replace(self.known, documents=frozenset(doc_id for doc_id, _ in self.claims))


def both(one: Span, other: Span) -> Span:
    """The span from the first day of either to the last."""
    if one == other:
        return one
    starts = [s for s in (one[0], other[0]) if s]
    return (min(starts, default=""), max(one[1], other[1]))


def joined(one: Mapping[_Key, Span], other: Mapping[_Key, Span]) -> Mapping[_Key, Span]:
    """The spans of both by key."""
    if one == other or not other:
        return one
    if not one:
        return other
    result = dict(one)
    for key, span in other.items():
        result[key] = both(result[key], span) if key in result else span
    return result


def months(day: str) -> int:
    """The month of a day, counted from year 0; the middle of a year for a bare year."""
    return int(day[:4]) * 12 + (int(day[5:7]) if len(day) >= 7 else 6)


def overlap(one: Span, other: Span, *, slack: int = 0) -> bool:
    """Whether two spans have a month in common, or are nearer than some months; spans without days do not."""
    if not (one[0] and other[0]):
        return False
    return months(one[0]) <= months(other[1]) + slack and months(other[0]) <= months(one[1]) + slack
