"""What one document says of an entity that tells it from others of its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.gazetteer import Gazetteer
from kg.ids import name_key
from kg.types import DocumentGraph, Entity

PEOPLE = frozenset({"Official", "Person"})
OFFICES = frozenset({"LEADS", "SERVES_IN"})
_COUNTY_DIGITS = 6
_EVERYWHERE = re.compile(r"全国|中国|世界|国际|党的|中共中央")
# These run through many counties, and there is one of each name.
_LINE = re.compile(r"(?:铁路|高铁|高速|高速公路|公路|国道|省道|运河)(?:项目|工程)?$")


@dataclass(frozen=True, slots=True)
class Claim:
    """An entity as one document names it.

    Attributes:
        doc_id: The document.
        entity: As linking found it.
        group: Only claims of one group can be one entity.
        scopes: Places, companies or bodies that tell it from others of its group; two claims that
            share one are the same. Codes of divisions are given as digits.
        home: The document's own county, for claims without scopes; "" when it is not known.
    """

    doc_id: str
    entity: Entity
    group: str
    scopes: frozenset[str]
    home: str

    @property
    def ref(self) -> str:
        """Where the entity is in its document: ``d03#e5``."""
        return f"{self.doc_id}#{self.entity.id}"


class Reader:
    """Reads the claims of a document graph.

    Args:
        gazetteer: For codes and for places inside names.
        generic: Names of bodies that every county has (``人民医院``).
    """

    def __init__(self, gazetteer: Gazetteer, generic: frozenset[str]) -> None:
        self._gazetteer = gazetteer
        self._generic = generic

    def claims(self, graph: DocumentGraph) -> list[Claim]:
        """One claim for each entity of a document, in its order."""
        document = _Document(graph, self._gazetteer)
        return [self._claim(document, entity) for entity in graph.entities]

    def _claim(self, document: _Document, entity: Entity) -> Claim:
        if entity.type in PEOPLE:
            group, scopes = f"people {name_key(entity.name)}", document.offices(entity.id)
        elif entity.type == "Region":
            group, scopes = _region(entity)
        else:
            group, scopes = f"{entity.type} {name_key(entity.name)}", self._scopes(document, entity)
        return Claim(document.graph.document.id, entity, group, scopes, document.home)

    def _scopes(self, document: _Document, entity: Entity) -> frozenset[str]:
        if entity.type == "Company":
            return frozenset({""})
        if entity.type == "Organization":
            place = document.located.get(entity.id)
            if entity.name not in self._generic:
                return frozenset({""})
            return frozenset({place}) if place else frozenset()
        place = "" if self._says_where(document, entity.name) else document.county(entity.id)
        if entity.type == "Event":
            year = (document.graph.document.date or "")[:4]
            # Without a date, or without a place that is missing too, only the group speaks for it.
            return frozenset({f"{place} {year}".strip()}) if year else frozenset()
        return frozenset({place})

    def _says_where(self, document: _Document, name: str) -> bool:
        """Whether a name holds its own place: 浙江松阳经济开发区, 全国人民代表大会, 衢丽铁路."""
        if _EVERYWHERE.match(name) or _LINE.search(name):
            return True
        for start, _, word, codes in self._gazetteer.iter_matches(name):
            known = document.codes.intersection(codes) or codes
            if start < 3 and len(known) == 1 and not self._gazetteer.ambiguous(word):
                return True
        return False


class _Document:
    """The places of one document."""

    def __init__(self, graph: DocumentGraph, gazetteer: Gazetteer) -> None:
        self.graph = graph
        self._gazetteer = gazetteer
        self._by_id = {e.id: e for e in graph.entities}

    @cached_property
    def home(self) -> str:
        """Code of the division that the document speaks from, its name when no code is known, or ""."""
        locale = self.graph.document.locale
        if not locale:
            return ""
        codes = {e.code for e in self.graph.entities if e.name == locale and e.code}
        codes = codes or {d.code for d in self._gazetteer.named(locale) if d.name == locale}
        return codes.pop() if len(codes) == 1 else locale

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the divisions that the document names."""
        return frozenset(e.code for e in self.graph.entities if e.code)

    @cached_property
    def located(self) -> Mapping[str, str]:
        """Entity to the code of the county, or larger division, it is in."""
        found: dict[str, str] = {}
        for link in self.graph.links:
            if link.type == "LOCATED_IN":
                code = self._code(self._by_id[link.tail])
                if code:
                    found.setdefault(link.head, code)
        return found

    def county(self, entity: str) -> str:
        """The county that a text puts something in, else the document's own."""
        place = self.located.get(entity, "")
        return place if len(place) == _COUNTY_DIGITS else self.home

    def offices(self, person: str) -> frozenset[str]:
        """What somebody holds offices in: codes of counties, else companies and bodies."""
        return frozenset(
            self._office(self._by_id[link.tail])
            for link in self.graph.links
            if link.head == person and link.type in OFFICES
        )

    def _office(self, body: Entity) -> str:
        if body.type == "Company":
            return f"Company {name_key(body.name)}"
        return self._code(body) or self.located.get(body.id) or f"{body.type} {name_key(body.name)}"

    def _code(self, entity: Entity) -> str:
        if entity.type != "Region":
            return ""
        if entity.code:
            return entity.code[:_COUNTY_DIGITS]
        # A village or township that the gazetteer does not list is in its parent.
        above = {
            e.code for e in self.graph.entities if e.type == "Region" and e.name == entity.place and e.code
        }
        return above.pop()[:_COUNTY_DIGITS] if len(above) == 1 else self.home


def _region(entity: Entity) -> tuple[str, frozenset[str]]:
    if entity.code:
        return f"Region {entity.code}", frozenset({""})
    return f"Region {entity.name}", frozenset({entity.place or ""})
