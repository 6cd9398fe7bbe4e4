"""Where each entity stands on the page: inside the region it belongs to, regions inside larger regions.

Every entity gets one place to belong to (a county's prefecture, a company's park, an official's office);
that makes a tree, and the tree is drawn as circles inside circles.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

from kg.graph import KnowledgeGraph
from kg.types import Entity, Relation
from kg.view.packing import enclose, pack, rings

_LEVELS = ("country", "province", "prefecture", "county", "township", "village")
_STRENGTH = {"PART_OF": 6, "LOCATED_IN": 6, "LEADS": 5, "SERVES_IN": 5, "BUILDS": 2, "INVESTS_IN": 2}
"""How much a relation says of where its head belongs; the types not named here count 1."""
_STRONG = 5
_OWNER_IS_HEAD = frozenset({"OWNS"})
"""Relations whose tail belongs to the head; in all others the head belongs to the tail."""
_NEAREST = ("Official", "Person", "Organization", "Company", "Project", "Park", "Event")
"""Which types stand nearest the middle of their county, from inside out; others stand outside them."""
_LABEL_ROOM = 11.0
_RIM = 14.0
_GOLDEN = math.pi * (3 - math.sqrt(5))
_WIDE = 1.5
"""Screens are wider than high, and so is the whole."""
_TURNS = 8
_FEW = 60
"""Numbers of directions in which the whole is tried, and of circles up to which that is quick."""


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
        parents: Entity id to what it belongs to, see `belongings`.
    """

    positions: dict[str, tuple[float, float]]
    sizes: dict[str, float]
    circles: tuple[Circle, ...]
    parents: dict[str, str | None]


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
    entities = {e.id: e for e in graph.entities}
    turn_of = {name: i for i, name in enumerate(_NEAREST)}

    order: list[tuple[str | None, int]] = [(None, -1)]
    for parent, depth in order:
        order.extend((child, depth + 1) for child in children[parent])

    radius: dict[str | None, float] = {}
    hub_at: dict[str | None, tuple[float, float]] = {}
    offset: dict[str, tuple[float, float]] = {}
    for index in range(len(order) - 1, -1, -1):
        at = order[index][0]
        hub = 0.0 if at is None else sizes[at] + _LABEL_ROOM
        if not children[at]:
            radius[at], hub_at[at] = hub, (0.0, 0.0)
            continue
        # A region keeps its circle even where nothing lies in it: leaves are what is not a region.
        leaves = [m for m in children[at] if not children[m] and entities[m].type != "Region"]
        leaves.sort(key=lambda m: (turn_of.get(entities[m].type, len(turn_of)), -sizes[m], m))
        spots, core = rings([sizes[m] + _LABEL_ROOM for m in leaves], hub=hub, turn=index * _GOLDEN)
        groups = [m for m in children[at] if children[m] or entities[m].type == "Region"]
        # What belongs nowhere is one disc among the others.
        loose = [core] if at is None and leaves else []
        sides = [radius[m] for m in groups] + loose
        packed = _widest(sides) if at is None else pack(sides, hub=core, turn=index * _GOLDEN)
        base = packed.pop() if loose else (0.0, 0.0)
        circles = [(x, y, radius[m]) for m, (x, y) in zip(groups, packed, strict=True)]
        circles += [(*base, core)] if core else []
        x, y, reach = enclose(circles)
        radius[at] = reach + (_RIM if at is not None and entities[at].type == "Region" else 0.0)
        hub_at[at] = (-x, -y)
        offset.update({m: (mx - x, my - y) for m, (mx, my) in zip(groups, packed, strict=True)})
        offset.update(
            {m: (base[0] + mx - x, base[1] + my - y) for m, (mx, my) in zip(leaves, spots, strict=True)}
        )

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
        if children[at] and entities[at].type == "Region":
            grounds.append(Circle(at, x, y, radius[at], depth))
    return Layout(positions, sizes, tuple(grounds), parents)


def _widest(radii: list[float]) -> list[tuple[float, float]]:
    """The whole packed in some directions; the packing that a screen shows largest."""
    tries = _TURNS if len(radii) <= _FEW else 1
    best: tuple[float, list[tuple[float, float]]] = (math.inf, [])
    for turn in range(tries):
        packed = pack(radii, turn=math.pi * turn / tries, stretch=_WIDE)
        width, height = (
            max((p[i] + r for p, r in zip(packed, radii, strict=True)), default=0.0)
            - min((p[i] - r for p, r in zip(packed, radii, strict=True)), default=0.0)
            for i in (0, 1)
        )
        best = min(best, (max(width / _WIDE, height), packed))
    return best[1]


def belongings(graph: KnowledgeGraph) -> dict[str, str | None]:
    """For each entity the one it belongs to, or None for those that belong to nothing; without cycles.

    Regions go by their codes, then by PART_OF. The others go by their strongest relation (where it lies, what
    a person leads), then the region that tells homonyms apart, then weaker relations, then the county their
    documents speak from.
    """
    entities = {e.id: e for e in graph.entities}
    ranks = {e.id: _rank(e) for e in entities.values()}
    regions = {e.name: e.id for e in entities.values() if e.type == "Region"}
    by_code = {_short(e.code): e.id for e in entities.values() if e.type == "Region" and e.code}
    wishes: dict[str, list[tuple[float, int, int, str]]] = defaultdict(list)

    def wish(child: str, parent: str, strength: float, relation: Relation) -> None:
        if child != parent and _may_hold(entities[child], entities[parent]):
            wishes[child].append((-strength, -ranks[parent], -len(relation.evidence), parent))

    all_relations: list[Relation] = [data["relation"] for *_, data in graph.nx.edges(data=True)]
    for relation in all_relations:
        if _STRENGTH.get(relation.type, 1) >= _STRONG:
            wish(relation.head, relation.tail, _STRENGTH[relation.type], relation)
    placed = set(wishes)
    for relation in all_relations:
        for child, parent, strength in _says_weakly(relation):
            if child not in placed:
                wish(child, parent, strength, relation)
    locales = _locales(graph, placed)

    parents: dict[str, str | None] = dict.fromkeys(entities)
    # Regions first, then the firmly placed: a weak wish must not close a circle against a strong one.
    for entity in sorted(
        entities.values(), key=lambda e: (e.type != "Region", min(wishes[e.id], default=(0,))[0], e.id)
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


def _says_weakly(relation: Relation) -> list[tuple[str, str, float]]:
    """Who may belong to whom by a relation that does not say so."""
    strength = _STRENGTH.get(relation.type, 1)
    child, parent = relation.head, relation.tail
    if relation.type in _OWNER_IS_HEAD:
        child, parent = parent, child
    back = (parent, child, min(strength, _STRONG - 1) / 4)
    return [back] if strength >= _STRONG else [(child, parent, strength), back]


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


def _locales(graph: KnowledgeGraph, placed: Set[str]) -> dict[str, list[str]]:
    """Entity id to the counties its documents speak from, the most frequent first; not for the placed ones."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for appearance in graph.appearances:
        if appearance.entity in placed:
            continue
        document = graph.documents.get(appearance.doc_id)
        if document is not None and document.locale:
            counts = found[appearance.entity]
            counts[document.locale] = counts.get(document.locale, 0) + appearance.count
    return {e: sorted(c, key=lambda name: (-c[name], name)) for e, c in found.items()}
