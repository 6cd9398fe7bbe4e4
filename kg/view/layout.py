"""Where each entity stands on the page: inside the region it belongs to, regions inside larger regions.

Every entity gets one place to belong to (a county's prefecture, a company's park, an official's office);
that makes a tree, and the tree is drawn as circles inside circles.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.graph import KnowledgeGraph
from kg.types import Entity, Relation
from kg.view.packing import enclose, pack

_LEVELS = ("country", "province", "prefecture", "county", "township", "village")
_STRENGTH = {"PART_OF": 6, "LOCATED_IN": 6, "LEADS": 5, "SERVES_IN": 5, "BUILDS": 2, "INVESTS_IN": 2}
"""How much a relation says of where its head belongs; the types not named here count 1."""
_STRONG = 5
_OWNER_IS_HEAD = frozenset({"OWNS"})
"""Relations whose tail belongs to the head; in all others the head belongs to the tail."""
_LABEL_ROOM = 11.0
_RIM = 12.0
_GOLDEN = math.pi * (3 - math.sqrt(5))
_WIDE = 1.6
"""Screens are wider than high, and so is the whole."""


@dataclass(frozen=True, slots=True)
class Circle:
    """The ground of a region with all that belongs to it.

    Attributes:
        entity: Id of the region.
        x: Centre.
        y: Centre, downwards as on a screen.
        radius: In the units of x and y; a lone entity is some 10 across.
        depth: 0 for a region inside no other.
    """

    entity: str
    x: float
    y: float
    radius: float
    depth: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A fixed place for each entity.

    Attributes:
        positions: Entity id to (x, y), y downwards.
        sizes: Entity id to the radius of its sign, growing with its number of relations.
        circles: The grounds of the regions, outer ones first.
    """

    positions: dict[str, tuple[float, float]]
    sizes: dict[str, float]
    circles: tuple[Circle, ...]


def lay_out(graph: KnowledgeGraph) -> Layout:
    """Places all entities of a graph; the same graph always gives the same places.

    Args:
        graph: Any knowledge graph; relation types the layout has never heard of are fine.

    Returns:
        Positions, sizes and the circles of the regions.
    """
    parents = belongings(graph)
    children: dict[str | None, list[str]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    sizes = {n: min(24.0, 7 + 1.9 * math.sqrt(d)) for n, d in sorted(graph.nx.degree())}

    order: list[tuple[str | None, int]] = [(None, -1)]
    for parent, depth in order:
        order.extend((child, depth + 1) for child in children[parent])

    radius: dict[str | None, float] = {}
    hub_at: dict[str | None, tuple[float, float]] = {}
    offset: dict[str, tuple[float, float]] = {}
    for index in range(len(order) - 1, -1, -1):
        at = order[index][0]
        hub = 0.0 if at is None else sizes[at] + _LABEL_ROOM
        members = children[at]
        places = pack(
            [radius[m] for m in members],
            hub=hub,
            turn=index * _GOLDEN,
            stretch=_WIDE if at is None else 1.0,
        )
        circles = [(0.0, 0.0, hub)] if hub else []
        circles += [(x, y, radius[m]) for m, (x, y) in zip(members, places, strict=True)]
        x, y, reach = enclose(circles) if circles else (0.0, 0.0, 0.0)
        radius[at] = reach + (_RIM if members and _is_region(graph, at) else 0.0)
        hub_at[at] = (-x, -y)
        offset.update({m: (mx - x, my - y) for m, (mx, my) in zip(members, places, strict=True)})

    centre: dict[str | None, tuple[float, float]] = {None: (0.0, 0.0)}
    positions: dict[str, tuple[float, float]] = {}
    grounds: list[Circle] = []
    for at, depth in order:
        if at is None:
            continue
        base = centre[parents[at]]
        x, y = base[0] + offset[at][0], base[1] + offset[at][1]
        centre[at] = (x, y)
        positions[at] = (x + hub_at[at][0], y + hub_at[at][1])
        if children[at] and _is_region(graph, at):
            grounds.append(Circle(at, x, y, radius[at], depth))
    return Layout(positions, sizes, tuple(grounds))


def belongings(graph: KnowledgeGraph) -> dict[str, str | None]:
    """For each entity the one it belongs to, or None for those that belong to nothing; without cycles.

    Regions go by their codes, then by PART_OF. The others go by their strongest relation (where it lies, what
    a person leads), then the region that tells homonyms apart, then weaker relations, then the county their
    documents speak from.
    """
    regions = {e.name: e.id for e in graph.entities if e.type == "Region"}
    by_code = {_short(e.code): e.id for e in graph.entities if e.type == "Region" and e.code}
    locales = _locales(graph)
    wishes: dict[str, list[tuple[float, int, int, str]]] = defaultdict(list)
    for relation in graph.relations:
        for child, parent, strength in _says(relation):
            if child != parent and _may_hold(graph.entity(child), graph.entity(parent)):
                rank = _rank(graph.entity(parent))
                wishes[child].append((-strength, -rank, -len(relation.evidence), parent))

    parents: dict[str, str | None] = dict.fromkeys((e.id for e in graph.entities), None)
    # Regions first, then the firmly placed: a weak wish must not close a circle against a strong one.
    for entity in sorted(
        graph.entities, key=lambda e: (e.type != "Region", min(wishes[e.id], default=(0,))[0], e.id)
    ):
        by_relation = sorted(wishes[entity.id])
        strong = [w[3] for w in by_relation if -w[0] >= _STRONG]
        weak = [w[3] for w in by_relation if -w[0] < _STRONG]
        code = _short(entity.code) if entity.type == "Region" and entity.code else ""
        coded = [by_code[code[:n]] for n in (9, 6, 4, 2) if n < len(code) and code[:n] in by_code]
        named = [regions[entity.place]] if entity.place in regions else []
        local = [regions[name] for name in locales.get(entity.id, ()) if name in regions]
        for parent in (*coded, *strong, *named, *weak, *(local if entity.type != "Region" else ())):
            if not _inside(parent, entity.id, parents):
                parents[entity.id] = parent
                break
    return parents


def _says(relation: Relation) -> list[tuple[str, str, float]]:
    strength = _STRENGTH.get(relation.type, 1)
    child, parent = relation.head, relation.tail
    if relation.type in _OWNER_IS_HEAD:
        child, parent = parent, child
    return [(child, parent, strength), (parent, child, min(strength, _STRONG - 1) / 4)]


def _may_hold(child: Entity, parent: Entity) -> bool:
    """A region belongs to larger regions only."""
    return child.type != "Region" or (parent.type == "Region" and _rank(parent) < _rank(child))


def _rank(entity: Entity) -> int:
    """Depth in the administrative tree; what is not a region counts as deepest, it tells most."""
    return _LEVELS.index(entity.level) if entity.level in _LEVELS else len(_LEVELS)


def _short(code: str) -> str:
    """An administrative code without the zeros that fill it up: 331100 is 3311."""
    while len(code) in (4, 6) and code.endswith("00"):
        code = code[:-2]
    return code


def _inside(candidate: str, entity_id: str, parents: dict[str, str | None]) -> bool:
    at: str | None = candidate
    while at is not None:
        if at == entity_id:
            return True
        at = parents[at]
    return False


def _locales(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """Entity id to the counties its documents speak from, the most frequent first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for appearance in graph.appearances:
        document = graph.documents.get(appearance.doc_id)
        if document is not None and document.locale:
            found[appearance.entity][document.locale] += appearance.count
    return {e: sorted(c, key=lambda name: (-c[name], name)) for e, c in found.items()}


def _is_region(graph: KnowledgeGraph, entity_id: str | None) -> bool:
    return entity_id is not None and graph.entity(entity_id).type == "Region"
