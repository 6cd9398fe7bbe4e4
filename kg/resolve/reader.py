"""Reads the forms of document graphs: what each document tells of an entity that it may be known by elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from kg.gazetteer import Gazetteer
from kg.ids import name_key
from kg.resolve.body_names import BodyNames
from kg.resolve.firm_names import FirmNames
from kg.resolve.forms import NO_SPAN, NO_SPANS, NOTHING, Form, Known, Span, both
from kg.resolve.names import office, office_key
from kg.resolve.titles import Titles, rank
from kg.types import DocumentGraph, Entity, Link

PEOPLE = frozenset({"Official", "Person"})
OFFICES = frozenset({"LEADS", "SERVES_IN"})
THINGS = frozenset({"Project", "Park", "Event"})
_COUNTY = 6
_FACTS = ("fact", "former")


class Reader:
    """Reads the forms of one document after the other.

    Args:
        gazetteer: For codes and for places inside names.
        bodies: Takes names of bodies apart.
        firms: Takes names of firms apart.
        works: Takes names of projects, parks and events apart.
        generic: Names of bodies that every county has (``人民医院``).
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        bodies: BodyNames,
        firms: FirmNames,
        works: Titles,
        generic: frozenset[str],
    ) -> None:
        self._gazetteer = gazetteer
        self._bodies = bodies
        self._firms = firms
        self._works = works
        self._generic = generic
        self._locales: dict[str, tuple[str, ...]] = {}
        self._known_in: dict[str, set[str]] = {}

    def learn(self, graph: DocumentGraph) -> None:
        """Keeps in mind which names a county's documents have, for those that do not tell their county."""
        if graph.document.locale and (home := _Document(graph, self).home):
            for key in _telling(graph):
                self._known_in.setdefault(key, set()).add(home)

    def home_by_names(self, graph: DocumentGraph) -> str:
        """The county whose documents have most of a document's names; "" below two names, or between two counties."""
        votes = Counter(home for key in _telling(graph) for home in self._known_in.get(key, ()))
        (first, most), (_, next_most) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
        return first if most > max(1, next_most) else ""

    def forms(self, graph: DocumentGraph) -> list[Form]:
        """One form for each entity of a document, in its order."""
        document = _Document(graph, self)
        return [self._form(document, entity) for entity in graph.entities]

    def locale(self, name: str) -> tuple[str, ...]:
        """Codes of the divisions that a document may speak from."""
        if name not in self._locales:
            self._locales[name] = tuple(d.code for d in self._gazetteer.named(name) if d.name == name)
        return self._locales[name]

    def place(self, code: str) -> str:
        """A code with its name, for reading: ``松阳县 331124``."""
        division = self._gazetteer.by_code.get(code)
        return f"{division.name} {code}" if division else code

    def division(self, body: Entity, codes: frozenset[str]) -> str:
        """The division that a body's name begins with, by the codes a document knows; "" when it is open."""
        found = self._bodies.read(body.name).codes
        if len(found) > 1:
            found = tuple(c for c in found if any(k.startswith(c) or c.startswith(k) for k in codes)) or found
        return found[0] if len(found) == 1 else ""

    def seat(self, body: Entity, codes: frozenset[str], located: str) -> tuple[str, str]:
        """The county, or larger division, of a body, and a key of the body: ``松阳县 331124 经济和信息化局``."""
        name = self._bodies.read(body.name)
        division = self.division(body, codes) or located
        if not division:
            return "", f"Organization {name_key(body.name)}"
        return division[:_COUNTY], f"{self.place(division)} {self._bodies.last_name(name.kind)}"

    def _form(self, document: _Document, entity: Entity) -> Form:
        kind = "People" if entity.type in PEOPLE else entity.type
        if kind == "People":
            known, context, weak = self._person(document, entity)
        elif kind == "Region":
            known, context, weak = self._region(entity)
        elif kind == "Company":
            known, context, weak = self._firm(document, entity)
        elif kind == "Organization":
            known, context, weak = self._body(document, entity)
        else:
            known, context, weak = self._thing(document, entity)
        return Form(kind, entity.name, context, weak, known, [(document.graph.document.id, entity)])

    def _person(self, document: _Document, person: Entity) -> tuple[Known, str, bool]:
        places: dict[str, Span] = {}
        bodies: set[str] = set()
        offices: dict[str, Span] = {}
        ranks: dict[int, Span] = {}
        for link in document.held.get(person.id, ()):
            body, span = document.by_id[link.tail], document.day(link)
            place, scope = document.seat(body)
            if place:
                places[place] = both(places.get(place, span), span)
                rung = rank(link.type, body, place, link.title)
                if rung:
                    ranks[rung] = both(ranks.get(rung, span), span)
            else:
                bodies.add(scope)
            for part in link.title.split("、"):
                title = office_key(office(part, body), body)
                key = f"{scope} {title}".strip()
                offices[key] = both(offices.get(key, span), span)
        homes = frozenset({document.home}) if document.home else NOTHING
        known = Known(
            frozenset({person.name}),
            frozenset({name_key(person.name)}),
            places or NO_SPANS,
            homes,
            frozenset(bodies),
            offices or NO_SPANS,
            ranks,
            document.span,
            document.links.get(person.id, NOTHING),
        )
        told = "；".join(sorted(offices)) or self.place(document.home)
        return known, told, not offices

    def _region(self, region: Entity) -> tuple[Known, str, bool]:
        code = {region.code: NO_SPAN} if region.code else NO_SPANS
        above = self._gazetteer.parent(region.code) if region.code in self._gazetteer.by_code else None
        parents = region.place or (above.name if above else "")
        known = Known(
            names=frozenset({region.name}),
            keys=frozenset({region.name}),
            places=code,
            homes=frozenset({parents}) if parents else NOTHING,
        )
        return known, region.code or region.place or "", False

    def _firm(self, document: _Document, firm: Entity) -> tuple[Known, str, bool]:
        name = self._firms.read(firm.name)
        place = document.located.get(firm.id, "")
        keys = {name.key, *(name_key(form) for form in firm.aliases)}
        home = document.home
        known = Known(
            frozenset({name}),
            frozenset(keys),
            {place: document.span} if place else NO_SPANS,
            frozenset({home}) if home else NOTHING,
            span=document.span,
            links=document.links.get(firm.id, NOTHING),
        )
        weak = not name.legal
        return known, self.place(place or (home if weak else "")), weak

    def _body(self, document: _Document, body: Entity) -> tuple[Known, str, bool]:
        name = self._bodies.read(body.name)
        place = self.division(body, document.codes) or document.located.get(body.id, "")
        weak = not name.codes and body.name in self._generic
        if weak and not place:
            place = document.home
        elif not name.codes and body.name not in self._generic:
            place = ""
        known = Known(
            frozenset({name}),
            frozenset({name_key(body.name)}),
            {place: document.span} if place else NO_SPANS,
            frozenset({document.home}) if document.home else NOTHING,
            span=document.span,
            links=document.links.get(body.id, NOTHING),
        )
        return known, self.place(place), False

    def _thing(self, document: _Document, thing: Entity) -> tuple[Known, str, bool]:
        name = self._works.read(thing.name.removeprefix("中共"), document.codes)
        place = document.located.get(thing.id, "")
        if len(place) < _COUNTY:
            place = document.home
        own = name.codes
        if len(own) > 1:
            own = tuple(c for c in own if any(c.startswith(k) or k.startswith(c) for k in document.codes))
        if own and not (place.startswith(own[0]) and place.isdigit()):
            place = own[0][:_COUNTY]
        where = "" if name.where and not name.codes else place
        known = Known(
            frozenset({name}),
            frozenset({name_key(thing.name), *(name_key(form) for form in thing.aliases)}),
            {place: document.span} if place else NO_SPANS,
            frozenset({document.home}) if document.home else NOTHING,
            span=document.span,
            links=document.links.get(thing.id, NOTHING),
        )
        day = document.span[0] if thing.type == "Event" else ""
        return known, " ".join(filter(None, (self.place(where), day))), thing.type == "Event" and not day


def _telling(graph: DocumentGraph) -> set[str]:
    """The names of people, firms and works of a document."""
    return {
        f"{'People' if e.type in PEOPLE else e.type} {name_key(e.name)}"
        for e in graph.entities
        if e.type not in ("Region", "Organization", "Event")
    }


class _Document:
    """The places and links of one document."""

    def __init__(self, graph: DocumentGraph, reader: Reader) -> None:
        self.graph = graph
        self._reader = reader
        self.by_id = {e.id: e for e in graph.entities}
        day = graph.document.date or ""
        self.span: Span = (day, day)

    @cached_property
    def home(self) -> str:
        """Code of the division that the document speaks from, its name when no code is known, or ""."""
        locale = self.graph.document.locale
        if not locale:
            return self._reader.home_by_names(self.graph)
        codes = {e.code for e in self.graph.entities if e.name == locale and e.code}
        if not codes:
            return found[0] if len(found := self._reader.locale(locale)) == 1 else locale
        return codes.pop() if len(codes) == 1 else locale

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the divisions that the document names."""
        return frozenset({e.code for e in self.graph.entities if e.code} | {self.home} - {""})

    @cached_property
    def located(self) -> Mapping[str, str]:
        """Entity to the code of the county, or larger division, it is in."""
        found: dict[str, str] = {}
        for link in self.graph.links:
            if link.type == "LOCATED_IN" and link.modality in _FACTS:
                code = self._code(self.by_id[link.tail])
                if code:
                    found.setdefault(link.head, code)
        return found

    @cached_property
    def held(self) -> Mapping[str, list[Link]]:
        """Person to the offices that the document tells of."""
        found: dict[str, list[Link]] = {}
        for link in self.graph.links:
            if link.type in OFFICES and link.modality in _FACTS:
                found.setdefault(link.head, []).append(link)
        return found

    @cached_property
    def links(self) -> Mapping[str, frozenset[str]]:
        """Entity to the keys of what it is linked to, but for places and what offices are held in."""
        found: dict[str, set[str]] = {}
        for link in self.graph.links:
            head, tail = self.by_id[link.head], self.by_id[link.tail]
            if "Region" not in (head.type, tail.type) and link.type not in OFFICES:
                found.setdefault(head.id, set()).add(f"{tail.type} {name_key(tail.name)}")
                found.setdefault(tail.id, set()).add(f"{head.type} {name_key(head.name)}")
            elif link.type in OFFICES and tail.type == "Company":
                found.setdefault(tail.id, set()).add(f"People {name_key(head.name)}")
        return {entity: frozenset(keys) for entity, keys in found.items()}

    def day(self, link: Link) -> Span:
        """The days that a link is seen on."""
        day = link.evidence.date or ""
        return (day, day)

    def seat(self, body: Entity) -> tuple[str, str]:
        """Where an office is held: the code of a county or larger division, and a key of the very body."""
        if body.type == "Company":
            return "", f"Company {name_key(body.name)}"
        if body.type == "Region":
            code = self._code(body)
            return code, self._reader.place(code) + ("" if body.code == code else f" {body.name}")
        if body.type != "Organization":
            return self.located.get(body.id, ""), f"{body.type} {name_key(body.name)}"
        return self._reader.seat(body, self.codes, self.located.get(body.id, ""))

    def _code(self, entity: Entity) -> str:
        if entity.type != "Region":
            return ""
        if entity.code:
            return entity.code[:_COUNTY]
        # A village or township that the gazetteer does not list is in its parent.
        above = {
            e.code for e in self.graph.entities if e.type == "Region" and e.name == entity.place and e.code
        }
        return above.pop()[:_COUNTY] if len(above) == 1 else self.home
