"""The graph as the compact lists that the page reads (assets/model.js names the columns)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg.graph import KnowledgeGraph
from kg.schema import EntityType, Schema
from kg.view.layout import Layout


def graph_data(graph: KnowledgeGraph, layout: Layout, schema: Schema) -> dict[str, Any]:
    """Types, documents, nodes, edges and grounds; they refer to each other by position in these lists.

    Only types that occur are listed, in the schema's order.
    """
    entities, relations = list(graph.entities), graph.relations
    kinds = _in_order({e.type for e in entities}, schema.entities)
    links = _in_order({r.type for r in relations}, schema.relations)
    kind_at = {name: i for i, name in enumerate(kinds)}
    link_at = {name: i for i, name in enumerate(links)}
    node_at = {e.id: i for i, e in enumerate(entities)}
    looks = [(name, entity_type(schema, name)) for name in kinds]
    return {
        "kinds": [[name, look.zh, look.colour, look.shape] for name, look in looks],
        "levels": {key: level.zh for t in schema.entities.values() for key, level in t.levels.items()},
        "links": [[name, relation_zh(schema, name)] for name in links],
        "documents": [[d.title, d.date, d.source] for d in graph.documents.values()],
        "nodes": [
            [
                e.id,
                kind_at[e.type],
                e.name,
                list(e.aliases),
                e.level,
                e.code,
                e.place,
                round(layout.positions[e.id][0]),
                round(layout.positions[e.id][1]),
                round(layout.sizes[e.id], 1),
            ]
            for e in entities
        ],
        "edges": [
            [link_at[r.type], node_at[r.head], node_at[r.tail], r.title, r.first_seen, r.last_seen]
            for r in relations
        ],
        "grounds": [
            [node_at[c.entity], round(c.x), round(c.y), round(c.radius), c.depth] for c in layout.circles
        ],
    }


def evidence_data(graph: KnowledgeGraph) -> dict[str, Any]:
    """What is read on a click only: quotes with their documents by edge, documents by node.

    A document that the graph does not list is given as -1.
    """
    document_at = {doc_id: i for i, doc_id in enumerate(graph.documents)}
    seen_in: dict[str, list[int]] = defaultdict(list)
    for appearance in graph.appearances:
        if appearance.doc_id in document_at:
            seen_in[appearance.entity].append(document_at[appearance.doc_id])
    return {
        "edges": [
            [[document_at.get(v.doc_id, -1), v.quote, v.date] for v in r.evidence] for r in graph.relations
        ],
        "nodes": [seen_in[e.id] for e in graph.entities],
    }


def entity_type(schema: Schema, name: str) -> EntityType:
    """The type of this name; a plain grey dot for one that the schema does not know."""
    return schema.entities.get(name) or EntityType(name, name, "", "#7F7F7F", "dot")


def relation_zh(schema: Schema, name: str) -> str:
    """The Chinese name of a relation type, or its own where the schema does not know it."""
    return schema.relations[name].zh if name in schema.relations else name


def _in_order(present: set[str], known: dict[str, Any]) -> list[str]:
    return [name for name in known if name in present] + sorted(present - known.keys())
