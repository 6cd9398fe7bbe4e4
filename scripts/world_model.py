"""A made-up world of counties: people with careers, bodies that are reorganised, firms with subsidiaries, works, events.

Counties are real, everybody and everything in them is invented. The same seed gives the same world. Homonyms are on
purpose: officials of one name in neighbouring counties, firms of one brand in two places, the same annual meeting.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from kg.gazetteer import Division, Gazetteer

YEARS = (2017, 2022)


@dataclass(slots=True)
class Tenure:
    """An office that somebody holds for a time: title, what it is held in, from month to month (inclusive)."""

    title: str
    relation: str
    body: str
    county: str
    start: str
    end: str


@dataclass(slots=True)
class Thing:
    """Something of the world.

    Attributes:
        id: Its identity.
        type: Entity type.
        name: Full name.
        county: Code of its county.
        shorts: Short names in use.
        start: First month, "" for always.
        end: Last month, "" for always.
        tenures: Offices of a person, in order.
        parent: A firm's parent, a work's builder.
        names: Names of a body by the month they begin with.
    """

    id: str
    type: str
    name: str
    county: str
    shorts: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    tenures: list[Tenure] = field(default_factory=list)
    parent: str = ""
    names: tuple[tuple[str, str], ...] = ()

    def name_at(self, month: str) -> str:
        """What it is called in a month."""
        known = [name for since, name in self.names if since <= month]
        return known[-1] if known else self.name

    def there(self, month: str) -> bool:
        """Whether it exists in a month."""
        return (not self.start or self.start <= month) and (not self.end or month <= self.end)

    def offices(self, month: str) -> list[Tenure]:
        """Offices held in a month."""
        return [t for t in self.tenures if t.start <= month <= t.end]


@dataclass(slots=True)
class World:
    """All of it.

    Attributes:
        counties: Code to division.
        things: Id to thing.
        of_county: Code and type to ids.
    """

    counties: dict[str, Division]
    things: dict[str, Thing]
    of_county: dict[tuple[str, str], list[str]]

    def of(self, county: str, type: str) -> list[Thing]:
        """Things of a county."""
        return [self.things[i] for i in self.of_county.get((county, type), ())]


def choose_counties(
    gazetteer: Gazetteer, rng: random.Random, *, prefectures: int, each: int
) -> list[Division]:
    """Counties of some prefectures, so that officials have neighbours to move to."""
    below: dict[str, list[Division]] = {}
    for division in gazetteer.by_code.values():
        if division.level == "county" and division.name.endswith(("县", "市")) and len(division.name) > 2:
            below.setdefault(division.code[:4], []).append(division)
    able = sorted(code for code, found in below.items() if len(found) >= each and code[2:] != "90")
    return [c for code in rng.sample(able, prefectures) for c in rng.sample(below[code], each)]
