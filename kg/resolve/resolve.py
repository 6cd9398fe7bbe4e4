"""The graphs of single documents → one graph: the same entity over all of them, homonyms kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.confidence import agree
from kg.gazetteer import Gazetteer
from kg.graph import KnowledgeGraph
from kg.ids import name_key, stable_id
from kg.lexicon import load_lexicon
from kg.resolve.claims import PEOPLE, Claim, Reader
from kg.resolve.clusters import Cluster, clusters
from kg.resolve.merge import appearances, relations
from kg.resolve.names import aliases, canonical_name
from kg.resources import schemas_dir
from kg.schema import load_schema
from kg.types import DocumentGraph, Dropped, Entity


@dataclass(frozen=True, slots=True)
class Decision:
    """That two things are the same, or are not although they have one name.

    Attributes:
        left: Id of an entity of the graph.
        right: For ``same`` the entity in a document (``d03#e5``), for ``different`` another entity's id.
        verdict: ``same`` or ``different``.
        reason: Why.
    """

    left: str
    right: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The result of resolving.

    Attributes:
        graph: The one graph.
        decisions: One for each entity of a document that was joined to others, and for each pair of
            neighbours among the entities of one name.
        dropped: Relations that do not hold between the resolved entities.
    """

    graph: KnowledgeGraph
    decisions: tuple[Decision, ...]
    dropped: tuple[Dropped, ...]


def resolve(
    graphs: Iterable[DocumentGraph], *, schemas: Path | None = None, gazetteer: Gazetteer | None = None
) -> Resolution:
    """Joins document graphs; the same graphs in any order give the same result.

    Regions are the same by code. Companies and bodies are the same by name, bodies that every county has
    (人民医院) by name and place; projects, parks and events by name and place, events by year as well.
    Officials are the same by name and the county of their offices, other people by name and company; those
    of whom a document says neither belong to the only one of their name in the document's county.

    Args:
        graphs: One a document; document ids must differ.
        schemas: Folder with the schema, by default the program's.
        gazetteer: By default the program's.

    Raises:
        SchemaError: When the schema does not hold.
    """
    folder = schemas or schemas_dir()
    known = gazetteer or Gazetteer.load(schemas=folder)
    bodies = load_lexicon(folder / "lexicons" / "bodies.txt")
    reader = Reader(known, frozenset(name for names in bodies.values() for name in names))
    ordered = sorted(graphs, key=lambda g: g.document.id)
    groups: dict[str, list[Claim]] = defaultdict(list)
    for document_graph in ordered:
        for claim in reader.claims(document_graph):
            groups[claim.group].append(claim)
    entities: dict[str, Entity] = {}
    ids: dict[tuple[str, str], str] = {}
    decisions: list[Decision] = []
    for _, claims in sorted(groups.items()):
        found = [(_entity(cluster, known), cluster) for cluster in clusters(claims)]
        for entity, cluster in found:
            entities[entity.id] = entity
            ids |= {(claim.doc_id, claim.entity.id): entity.id for claim in cluster.claims}
        decisions += _decisions(found)
    edges, dropped = relations(ordered, ids, entities, load_schema(folder))
    graph = KnowledgeGraph(
        documents=(g.document for g in ordered),
        entities=entities.values(),
        relations=edges,
        appearances=appearances(ordered, ids),
    )
    return Resolution(graph, tuple(decisions), tuple(dropped))


def _entity(cluster: Cluster, gazetteer: Gazetteer) -> Entity:
    members = [claim.entity for claim in cluster.claims]
    types = {e.type for e in members}
    type = "Official" if "Official" in types else members[0].type
    code = members[0].code
    name = members[0].name if code else canonical_name(members)
    if code:
        above = gazetteer.parent(code) if code in gazetteer.by_code else None
        place = above.name if above else None
    else:
        place = _place(cluster.scope, gazetteer)
        homes = {claim.home for claim in cluster.claims}
        if place is None and type in PEOPLE and len(homes) == 1:
            place = _place(homes.pop(), gazetteer)
    return Entity(
        id=f"region-{code}" if code else stable_id(type, name_key(name), cluster.scope),
        type=type,
        name=name,
        aliases=aliases(type, name, members),
        level=members[0].level,
        code=code,
        place=place,
        mentions=tuple(sorted({form for e in members for form in e.mentions})),
        score=agree(e.score for e in members),
    )


def _place(scope: str, gazetteer: Gazetteer) -> str | None:
    """The name of the region in a scope: ``331124``, ``331124 2021`` (an event's), or a name."""
    first = scope.partition(" ")[0]
    if first in gazetteer.by_code:
        return gazetteer.by_code[first].name
    return first if first and not first.isdigit() and " " not in scope else None


def _decisions(found: list[tuple[Entity, Cluster]]) -> list[Decision]:
    made = [
        Decision(entity.id, claim.ref, "same", cluster.reasons[claim.ref])
        for entity, cluster in found
        if len(cluster.claims) > 1
        for claim in cluster.claims
    ]
    for (left, one), (right, other) in pairwise(found):
        reason = f"one name, but {_scopes(one)} and {_scopes(other)}"
        made.append(Decision(left.id, right.id, "different", reason))
    return made


def _scopes(cluster: Cluster) -> str:
    return ", ".join(sorted(cluster.scopes)) or "no known place"
