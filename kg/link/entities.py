"""The entities of one document: canonical names, full and short forms of one thing joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from itertools import count

from kg.gazetteer import Division
from kg.ids import name_key
from kg.types import Entity


@dataclass(slots=True)
class Draft:
    """An entity while its document is read."""

    id: str
    type: str
    name: str
    level: str | None = None
    code: str | None = None
    place: str | None = None
    aliases: set[str] = field(default_factory=set)
    surfaces: Counter[str] = field(default_factory=Counter)
    first: int = 0


class Registry:
    """Entities of a document by type and name; ids follow from type, name and place."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], Draft] = {}
        self.drafts: dict[str, Draft] = {}
        self._numbers = count(1)

    def region(self, division: Division, surface: str, position: int) -> Draft:
        """The entity of a division of the gazetteer."""
        return self._add("Region", division.name, surface, position, level=division.level, code=division.code)

    def unlisted_region(self, name: str, level: str, parent: str, surface: str, position: int) -> Draft:
        """The entity of a village or township that the gazetteer does not list."""
        return self._add("Region", name, surface, position, level=level, place=parent)

    def named(self, type: str, name: str, surface: str, position: int, *, place: str | None = None) -> Draft:
        """The entity of this type and name, new or known."""
        return self._add(type, name, surface, position, place=place)

    def find(self, type: str, name: str) -> Draft | None:
        """The entity of this type and name, if known."""
        return self._by_key.get((type, name_key(name)))

    def last(self, type: str, ending: str) -> str:
        """The name of the entity of this type found last that ends so; else ""."""
        names = (d.name for d in reversed(self.drafts.values()) if d.type == type)
        return next((n for n in names if n.endswith(ending) and n != ending), "")

    def retype(self, draft: Draft, type: str) -> None:
        """Turns a Person into an Official."""
        self._by_key.pop((draft.type, name_key(draft.name)), None)
        draft.type = type
        self._by_key[type, name_key(draft.name)] = draft

    def alias(self, draft: Draft, name: str) -> None:
        """Makes another name lead to the same entity."""
        draft.aliases.add(name)
        self._by_key.setdefault((draft.type, name_key(name)), draft)

    def finished(
        self, used: Set[str] | None = None, scores: Mapping[str, float] | None = None
    ) -> tuple[Entity, ...]:
        """All entities in order of first mention, with their confidence."""
        return tuple(
            Entity(
                id=d.id,
                type=d.type,
                name=d.name,
                aliases=tuple(sorted(d.aliases - {d.name})),
                level=d.level,
                code=d.code,
                place=d.place,
                mentions=tuple(sorted(d.surfaces)),
                score=(scores or {}).get(d.id, 1.0),
            )
            for d in sorted(self.drafts.values(), key=lambda d: (d.first, d.id))
            if used is None or d.id in used
        )

    def _add(
        self,
        type: str,
        name: str,
        surface: str,
        position: int,
        *,
        level: str | None = None,
        code: str | None = None,
        place: str | None = None,
    ) -> Draft:
        key = (type, code or name_key(name))
        draft = self._by_key.get(key)
        if draft is None:
            draft = Draft(f"e{next(self._numbers)}", type, name, level, code, place, first=position)
            self._by_key[key] = draft
            self.drafts[draft.id] = draft
        draft.surfaces[surface] += 1
        return draft
