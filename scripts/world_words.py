"""Out of which words the made-up worlds make their names: data/worlds/words.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from kg.resources import data_dir


@dataclass(frozen=True, slots=True)
class Names:
    """What names of people are made of.

    Attributes:
        surnames: By how many bear them.
        first: First characters of given names of two.
        last: Second characters of them.
        single: Given names of one character.
    """

    surnames: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    single: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What other names are made of.

    Attributes:
        brands: Characters of brands.
        trades: What firms do.
        roles: What subsidiaries do.
        sites: Where works are.
        works: What is built.
        parks: Kinds of parks.
        meetings: Annual events.
    """

    brands: tuple[str, ...]
    trades: tuple[str, ...]
    roles: tuple[str, ...]
    sites: tuple[str, ...]
    works: tuple[str, ...]
    parks: tuple[str, ...]
    meetings: tuple[str, ...]


@cache
def _sections() -> dict[str, dict[str, tuple[str, ...]]]:
    data = yaml.safe_load((data_dir() / "worlds" / "words.yaml").read_text(encoding="utf-8"))
    return {name: {key: tuple(text.split()) for key, text in lists.items()} for name, lists in data.items()}


def people() -> Names:
    """For all worlds."""
    return Names(**_sections()["people"])


def words(world: str) -> Words:
    """For a world: ``tuned`` or ``held_out``."""
    return Words(**_sections()[world])
