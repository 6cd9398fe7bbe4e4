"""Entities out of forms that were joined: name, aliases, place, id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.confidence import agree
from kg.gazetteer import Gazetteer
from kg.ids import name_key, stable_id
from kg.resolve.body_names import BodyName, BodyNames
from kg.resolve.firm_names import FirmName
from kg.resolve.forms import Form, Known, ThingName
from kg.resolve.names import Names, canonical_name
from kg.resolve.reader import PEOPLE
from kg.types import Entity


def all_known(forms: Iterable[Form]) -> Known:
    """What several forms know together."""
    first, *rest = (form.known for form in forms)
    for known in rest:
        first = first.with_(known)
    return first


class Maker:
    """Makes the entities of a graph.

    Args:
        gazetteer: For names of places.
        bodies: Knows how bodies were renamed and merged.
        names: Knows which names are told.
    """

    def __init__(self, gazetteer: Gazetteer, bodies: BodyNames, names: Names) -> None:
        self._names = names
        self._gazetteer = gazetteer
        self._bodies = bodies

    def entities(self, forms: Sequence[Form], groups: Iterable[Sequence[int]]) -> list[Entity]:
        """One entity for each group of forms; ids follow from name and place, then from the first form.

        Args:
            forms: Of one kind.
            groups: Indices of forms, in order of their first.
        """
        made: list[Entity] = []
        taken: set[str] = set()
        bodies: dict[str, Known] = {}
        for group in groups:
            members = [forms[i] for i in group]
            entity = self._entity(members, "")
            if entity.id in taken:
                entity = self._entity(members, " ".join(members[0].key))
            taken.add(entity.id)
            made.append(entity)
            bodies[entity.id] = all_known(members)
        return self._merged(made, bodies)

    def _merged(self, made: list[Entity], known: Mapping[str, Known]) -> list[Entity]:
        """Bodies that a reform merged get the id of what came of them, and when that was, where it is known too."""
        places = {
            (place, name.kind): entity.id
            for entity in made
            for place in known[entity.id].places
            for name in known[entity.id].names
            if isinstance(name, BodyName)
        }
        ended: dict[str, tuple[str, str]] = {}
        for (place, kind), id in sorted(places.items()):
            for change in self._bodies.merger(kind):
                if (place, change.after) in places:
                    ended[id] = (places[place, change.after], change.on)
        return [
            replace(
                e, properties=(*e.properties, ("merged_into", ended[e.id][0]), ("merged_on", ended[e.id][1]))
            )
            if e.id in ended
            else e
            for e in made
        ]

    def scope(self, known: Known) -> str:
        """What tells best who or what it is: a county before a larger division, a division before a body."""
        scopes = {*known.places, *known.bodies} or known.homes
        return min(scopes, key=lambda s: (not s.isdigit(), -len(s) if s.isdigit() else 0, s), default="")

    def _entity(self, forms: Sequence[Form], more: str) -> Entity:
        known = all_known(forms)
        members = [entity for form in forms for _, entity in form.claims]
        type = "Official" if any(e.type == "Official" for e in members) else members[0].type
        code = next((e.code for e in members if e.code), None)
        if type == "Region":
            return self._region(members, code, more)
        name = canonical_name(members)
        properties: Mapping[str, str] = {}
        if type == "Organization":
            name, properties = self._renamed(known, forms, name)
        scope = self._told_by(type, known)
        own = (type, name_key(name), scope, more) if more else (type, name_key(name), scope)
        return Entity(
            id=stable_id(*own),
            type=type,
            name=name,
            aliases=self._names.aliases(type, name, members),
            level=members[0].level,
            place=self._place(type, known, scope),
            mentions=tuple(sorted({form for e in members for form in e.mentions})),
            score=agree(e.score for e in members),
            properties=tuple(sorted(properties.items())),
        )

    def _region(self, members: Sequence[Entity], code: str | None, more: str) -> Entity:
        first = next((e for e in members if e.code), members[0])
        above = self._gazetteer.parent(code) if code in self._gazetteer.by_code and code else None
        place = (above.name if above else None) if code else first.place
        return Entity(
            id=f"region-{code}"
            if code
            else stable_id("Region", first.name, place or "", *filter(None, [more])),
            type="Region",
            name=first.name,
            aliases=self._names.aliases("Region", first.name, members),
            level=first.level,
            code=code,
            place=place,
            mentions=tuple(sorted({form for e in members for form in e.mentions})),
            score=agree(e.score for e in members),
        )

    def _told_by(self, type: str, known: Known) -> str:
        """The scope of an id: stays the same when a firm's or an event's further documents tell more of it."""
        if type in PEOPLE:
            return self.scope(known)
        if type == "Company":
            firm = min(
                (n for n in known.names if isinstance(n, FirmName)), key=lambda n: (not n.legal, n.key)
            )
            return "" if firm.legal and firm.places else self.scope(known) if known.places else ""
        if type == "Organization":
            return self.scope(known) if known.places else ""
        where = "" if any(isinstance(n, ThingName) and n.where for n in known.names) else self.scope(known)
        return f"{where} {known.span[0][:4]}".strip() if type == "Event" else where

    def _place(self, type: str, known: Known, scope: str) -> str | None:
        """The name of the region that it has most to do with: for people the county of the latest office."""
        if type in PEOPLE and known.places:
            latest = max(known.places.items(), key=lambda kv: (len(kv[0]) >= 6, kv[1][1], kv[0]))[0]
            return self._named(latest)
        if type in PEOPLE or type == "Company":
            only = known.places or known.homes
            if type == "Company" and not known.places:
                return None
            return self._named(next(iter(only))) if len(only) == 1 else None
        return self._named(scope.partition(" ")[0]) if scope else None

    def _named(self, scope: str) -> str | None:
        if scope in self._gazetteer.by_code:
            return self._gazetteer.by_code[scope].name
        return scope if scope and not scope.isdigit() and " " not in scope else None

    def _renamed(self, known: Known, forms: Sequence[Form], name: str) -> tuple[str, Mapping[str, str]]:
        """The latest name of a body that was renamed, and when that was; when it was merged into another."""
        kinds = {n.kind for n in known.names if isinstance(n, BodyName)}
        last = {self._bodies.last_name(kind) for kind in kinds}
        if len(kinds) > 1 and len(last) == 1 and last <= kinds:
            newest = [
                e
                for form in forms
                for _, e in form.claims
                if any(isinstance(n, BodyName) and n.kind in last for n in form.known.names)
            ]
            changes = sorted(
                (c.on, c.before[0])
                for c in self._bodies.changes
                if len(c.before) == 1 and c.before[0] in kinds
            )
            return canonical_name(newest), {
                "renamed_on": ", ".join(on for on, _ in changes),
                "formerly": ", ".join(before for _, before in changes),
            }
        return name, {}
