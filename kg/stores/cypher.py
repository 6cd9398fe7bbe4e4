"""The property graph: which labels, relationship types and properties a KnowledgeGraph has in a Cypher store,
and the statements that write them.

Labels and types are the schema's and are checked; everything else travels in parameters.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.schema import Schema
from kg.stores.items import Edge, Items, Node, Shape
from kg.tenure import End, Tenure
from kg.types import Appearance, Document, Entity, Evidence, Relation

ENTITY = "Entity"
DOCUMENT = "Document"
MENTIONED_IN = "MENTIONED_IN"
_RESERVED = (ENTITY, DOCUMENT, MENTIONED_IN)

CONSTRAINTS = (
    f"CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:{ENTITY}) REQUIRE n.id IS UNIQUE",
    f"CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:{DOCUMENT}) REQUIRE n.id IS UNIQUE",
    f"CREATE INDEX entity_name IF NOT EXISTS FOR (n:{ENTITY}) ON (n.name)",
)
NAMES_INDEX = "entity_names"
FULLTEXT = (
    f"CREATE FULLTEXT INDEX {NAMES_INDEX} IF NOT EXISTS FOR (n:{ENTITY}) ON EACH [n.names] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
)
"""Over names and aliases, by pairs of Chinese characters; the embedded store has its own way to make it."""

_EVIDENCE = tuple(field.name for field in fields(Evidence))
_LONGEST_NAME = 1000  # characters; a server's index takes no value above some 8,000 bytes


def labels(entity: Entity, schema: Schema) -> tuple[str, ...]:
    """The labels of an entity's node, sorted: ``("County", "Entity", "Region")``.

    Raises:
        StoreError: When the schema does not know its type or level.
    """
    definition = schema.entities.get(entity.type)
    if definition is None:
        raise StoreError(f"entity {entity.id} is of type {entity.type}, which the schema does not define")
    if entity.level is None:
        return tuple(sorted((ENTITY, _name(entity.type))))
    level = definition.levels.get(entity.level)
    if level is None:
        raise StoreError(f"entity {entity.id} has level {entity.level}, which the schema does not define")
    return tuple(sorted((ENTITY, _name(entity.type), _name(level.label))))


def _name(name: str) -> str:
    """A name that may stand in a statement."""
    if not name.isidentifier() or name in _RESERVED:
        raise StoreError(
            f"{name!r} cannot be a label or relationship type: use letters, digits and _, "
            f"and none of {', '.join(_RESERVED)}"
        )
    return name


def documents(graph: KnowledgeGraph) -> Items[Document]:
    """The Document nodes, by id."""
    keys = ("id", "title", "source", "date", "locale")
    return Items(
        graph.documents,
        lambda _: (DOCUMENT,),
        lambda d: Node((DOCUMENT,), _present({key: getattr(d, key) for key in keys})),
    )


def entities(graph: KnowledgeGraph, schema: Schema) -> Items[Entity]:
    """The Entity nodes, by id.

    A name too long for an index is shortened in ``name`` and whole in ``names``, which has the name and the
    aliases, one a line, for full-text search.

    Raises:
        StoreError: When the schema does not know a type or level.
    """
    known: dict[tuple[str, str | None], tuple[str, ...]] = {}
    for e in graph.entities:
        if (e.type, e.level) not in known:
            known[e.type, e.level] = labels(e, schema)
    return Items(
        {e.id: e for e in graph.entities},
        lambda e: known[e.type, e.level],
        lambda e: Node(known[e.type, e.level], _present(_entity(e))),
    )


def _entity(entity: Entity) -> dict[str, Any]:
    name = entity.name
    return dict(entity.properties) | {
        "id": entity.id,
        "name": name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…",
        "code": entity.code,
        "level": entity.level,
        "place": entity.place,
        "aliases": list(entity.aliases),
        "score": entity.score,
        "names": "\n".join(" ".join(each.split()) for each in (name, *entity.aliases)),
    }


def relations(graph: KnowledgeGraph, schema: Schema) -> Items[Relation]:
    """The relationships between entities, by id; an office that passed on has ``ended_on`` and ``ended_by``.

    Raises:
        StoreError: When the schema does not know a type.
    """
    by_id = {r.id: r for r in graph.relations}
    for r in by_id.values():
        if r.type not in schema.relations:
            raise StoreError(f"relation {r.id} is of type {r.type}, which the schema does not define")
    names = {type: _name(type) for type in {r.type for r in by_id.values()}}
    passed_on = Tenure(schema.folder).ends(graph)
    return Items(
        by_id,
        lambda r: (names[r.type], r.head, r.tail),
        lambda r: Edge((names[r.type], r.head, r.tail), _present(_relation(r, passed_on.get(r.id)))),
    )


def mentions(graph: KnowledgeGraph) -> Items[Appearance]:
    """The MENTIONED_IN relationships, by what they join."""
    return Items(
        {mention_key(a.entity, a.doc_id): a for a in graph.appearances},
        lambda a: (MENTIONED_IN, a.entity, a.doc_id),
        lambda a: Edge((MENTIONED_IN, a.entity, a.doc_id), {"surfaces": list(a.surfaces), "count": a.count}),
    )


def mention_key(entity: str, document: str) -> str:
    """A key for a relationship that has no id of its own."""
    return json.dumps([entity, document])


def _relation(relation: Relation, end: End | None) -> dict[str, Any]:
    sentences: dict[str, float] = {}  # a sentence that several documents have is as sure as its surest find
    for e in relation.evidence:
        sentences[e.quote] = max(e.score, sentences.get(e.quote, 0.0))
    return {
        "id": relation.id,
        "title": relation.title,
        "first_seen": relation.first_seen,
        "last_seen": relation.last_seen,
        "ended_on": end and end.on,
        "ended_by": end and end.by,
        "score": relation.score,
        "evidence": list(sentences),
        "evidence_scores": list(sentences.values()),
        "documents": sorted({e.doc_id for e in relation.evidence}),
        "evidence_json": json.dumps([_evidence(e) for e in relation.evidence], ensure_ascii=False),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {name: getattr(evidence, name) for name in _EVIDENCE}


def _present(properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of node or relationship is read and written.

    ``$rows`` are made by ``row``, for ``create`` by ``new_row``.

    Attributes:
        stored: Statement for what is there: labels or ends, and properties. It leaves out what has no id and
            is thus the user's own.
        create: Gives the statement that makes items of the same shape, whose names must have been checked.
        update: Statement that replaces properties.
        delete: Statement that removes.
        is_edge: Whether of a shape only the type stands in ``create``.
    """

    stored: str
    create: Callable[[Shape], str]
    update: str
    delete: str
    is_edge: bool = False


def _nodes(label: str) -> Kind:
    match = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.key}})"
    return Kind(
        stored=(
            f"MATCH (n:{label}) WHERE n.id IS NOT NULL "
            "RETURN labels(n) AS labels, properties(n) AS properties"
        ),
        create=lambda shape: (
            f"UNWIND $rows AS row CREATE (n:{':'.join(f'`{name}`' for name in shape)}) SET n = row"
        ),
        update=f"{match} SET n = row.properties",
        delete=f"{match} DETACH DELETE n",
    )


def _edges(pattern: str, tail: str, *, mine: str, same: str) -> Kind:
    match = (
        f"UNWIND $rows AS row MATCH (a:{ENTITY} {{id: row.head}})-{pattern}->(b:{tail} {{id: row.tail}}) "
        f"WHERE {same}"
    )
    return Kind(
        stored=(
            f"MATCH (a:{ENTITY})-{pattern}->(b:{tail}) "
            f"WHERE a.id IS NOT NULL AND b.id IS NOT NULL AND {mine} "
            "RETURN [type(r), a.id, b.id] AS ends, properties(r) AS properties"
        ),
        create=lambda shape: (
            f"UNWIND $rows AS row MATCH (a:{ENTITY} {{id: row.head}}) MATCH (b:{tail} {{id: row.tail}}) "
            f"CREATE (a)-[r:`{shape[0]}`]->(b) SET r = row.properties"
        ),
        update=f"{match} SET r = row.properties",
        delete=f"{match} DELETE r",
        is_edge=True,
    )


DOCUMENT_NODES = _nodes(DOCUMENT)
ENTITY_NODES = _nodes(ENTITY)
RELATION_EDGES = _edges("[r]", ENTITY, mine="r.id IS NOT NULL", same="type(r) = row.type AND r.id = row.id")
MENTION_EDGES = _edges(f"[r:{MENTIONED_IN}]", DOCUMENT, mine="true", same="true")
