"""The graph as compact columns for the page: what is drawn, and apart from it the evidence (assets/model.js reads them)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kg.graph import KnowledgeGraph
from kg.schema import EntityType, Schema
from kg.types import Relation
from kg.view.layout import Layout
from kg.view.readings import readings_of, surname_readings

_SURE = 100
"""Confidence is written in hundredths."""


def graph_data(
    graph: KnowledgeGraph, relations: Sequence[Relation], layout: Layout, schema: Schema
) -> dict[str, Any]:
    """Everything but the evidence, as lists of equal length; entities and relations are named by position.

    Only types that occur are listed, in the schema's order. Dates are positions in the sorted list ``dates``,
    texts that are often the same positions in ``words``, and -1 is nothing. The days of an entity are those of
    the documents that name it; the page adds those of its relations.

    Args:
        graph: The graph.
        relations: Its relations, which it sorts anew at each call.
        layout: Where its entities stand.
        schema: For the names and looks of types.
    """
    entities = list(graph.entities)
    kinds = _in_order({e.type for e in entities}, schema.entities)
    links = _in_order({r.type for r in relations}, schema.relations)
    kind_at, link_at = _positions(kinds), _positions(links)
    node_at = _positions(e.id for e in entities)
    spans = _spans(graph)
    dates = sorted({day for span in spans.values() for day in span} | _days(relations))
    date_at = {day: i for i, day in enumerate(dates)}
    words = sorted(
        {w for e in entities for w in (e.level, e.code, e.place) if w}
        | {r.title for r in relations if r.title}
    )
    word_at = _positions(words)
    looks = [(name, entity_type(schema, name)) for name in kinds]
    people = [e.name for e in entities if e.type in ("Official", "Person")]
    grounds = [(node_at[c.entity], c) for c in layout.circles]
    return {
        "kinds": [[name, look.zh, look.colour, look.shape] for name, look in looks],
        "levels": {key: level.zh for t in schema.entities.values() for key, level in t.levels.items()},
        "links": [[name, relation_zh(schema, name)] for name in links],
        "dates": dates,
        "words": words,
        "nodes": {
            "id": [e.id for e in entities],
            "kind": [kind_at[e.type] for e in entities],
            "name": [e.name for e in entities],
            "aliases": [[i, *e.aliases] for i, e in enumerate(entities) if e.aliases],
            "level": [word_at.get(e.level or "", -1) for e in entities],
            "code": [word_at.get(e.code or "", -1) for e in entities],
            "place": [word_at.get(e.place or "", -1) for e in entities],
            "x": [round(layout.positions[e.id][0]) for e in entities],
            "y": [round(layout.positions[e.id][1]) for e in entities],
            "parent": [node_at.get(layout.parents[e.id] or "", -1) for e in entities],
            "score": [round(e.score * _SURE) for e in entities],
            "first": [date_at[spans[e.id][0]] if e.id in spans else -1 for e in entities],
            "last": [date_at[spans[e.id][1]] if e.id in spans else -1 for e in entities],
        },
        "edges": {
            "link": [link_at[r.type] for r in relations],
            "head": [node_at[r.head] for r in relations],
            "tail": [node_at[r.tail] for r in relations],
            "title": [word_at.get(r.title, -1) for r in relations],
            "score": [round(r.score * _SURE) for r in relations],
            "first": [date_at[r.first_seen] if r.first_seen else -1 for r in relations],
            "last": [date_at[r.last_seen] if r.last_seen else -1 for r in relations],
        },
        "grounds": {
            "node": [at for at, _ in grounds],
            "x": [round(c.x) for _, c in grounds],
            "y": [round(c.y) for _, c in grounds],
            "radius": [round(c.radius) for _, c in grounds],
            "depth": [c.depth for _, c in grounds],
        },
        "readings": readings_of(text for e in entities for text in (e.name, *e.aliases)),
        "surnames": surname_readings(people),
    }


def evidence_data(graph: KnowledgeGraph, relations: Sequence[Relation]) -> dict[str, Any]:
    """What is read on a click only: documents, quotes by relation, documents by entity.

    A document that the graph does not list is given as -1; a quote's date only where its document has none.
    """
    documents = list(graph.documents.values())
    document_at = _positions(d.id for d in documents)
    seen_in: dict[str, list[int]] = defaultdict(list)
    for appearance in graph.appearances:
        if appearance.doc_id in document_at:
            seen_in[appearance.entity].append(document_at[appearance.doc_id])
    flat = [v for r in relations for v in r.evidence]
    where = [document_at.get(v.doc_id, -1) for v in flat]
    dated = [at >= 0 and bool(documents[at].date) for at in where]
    return {
        "title": [d.title for d in documents],
        "date": [d.date or "" for d in documents],
        "source": [d.source for d in documents],
        "counts": [len(r.evidence) for r in relations],
        "quote": [v.quote for v in flat],
        "document": where,
        "own": [
            [i, v.date] for i, (v, known) in enumerate(zip(flat, dated, strict=True)) if v.date and not known
        ],
        "seen": [seen_in[e.id] for e in graph.entities],
    }


def entity_type(schema: Schema, name: str) -> EntityType:
    """The type of this name; a plain grey dot for one that the schema does not know."""
    return schema.entities.get(name) or EntityType(name, name, "", "#7F7F7F", "dot")


def relation_zh(schema: Schema, name: str) -> str:
    """The Chinese name of a relation type, or its own where the schema does not know it."""
    return schema.relations[name].zh if name in schema.relations else name


def _in_order(present: set[str], known: dict[str, Any]) -> list[str]:
    return [name for name in known if name in present] + sorted(present - known.keys())


def _positions(names: Iterable[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}


def _days(relations: Sequence[Relation]) -> set[str]:
    return {day for r in relations for day in (r.first_seen, r.last_seen) if day}


def _spans(graph: KnowledgeGraph) -> dict[str, tuple[str, str]]:
    """Entity id to the first and last day of the documents that name it."""
    day_of = {d.id: d.date for d in graph.documents.values() if d.date}
    days: dict[str, list[str]] = defaultdict(list)
    for appearance in graph.appearances:
        day = day_of.get(appearance.doc_id)
        if day is not None:
            days[appearance.entity].append(day)
    return {entity: (min(found), max(found)) for entity, found in days.items()}
