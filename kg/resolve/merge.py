"""The relations of all documents as edges between resolved entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.confidence import agree
from kg.ids import stable_id
from kg.resolve.names import office, office_key
from kg.schema import Schema
from kg.types import Appearance, DocumentGraph, Dropped, Entity, Evidence, Relation

Ids = Mapping[tuple[str, str], str]
"""Document id and entity id in it, to the id of the resolved entity."""
Key = tuple[str, str, str, str]
"""Type, head, tail, and the office in its barest form."""


def relations(
    graphs: Iterable[DocumentGraph], ids: Ids, entities: Mapping[str, Entity], schema: Schema
) -> tuple[list[Relation], list[Dropped]]:
    """One relation for each type, head, tail and office, with all its evidence.

    Offices that a document joins (县委副书记、县长) are kept apart: each has its own dates. Documents that
    agree make a relation surer.

    Returns:
        The relations by id, and the links that are none between the resolved entities.
    """
    evidence: dict[Key, set[Evidence]] = {}
    titles: dict[Key, set[str]] = {}
    scores: dict[Key, dict[str, float]] = {}
    dropped = []
    for graph in graphs:
        doc_id = graph.document.id
        for link in graph.links:
            head, tail = entities[ids[doc_id, link.head]], entities[ids[doc_id, link.tail]]
            kind = schema.relations.get(link.type)
            reason = ""
            if kind is None or not kind.allows(head.type, tail.type):
                reason = f"the schema has no {head.type} {link.type} {tail.type}"
            elif head.id == tail.id:
                reason = "both ends are one entity"
            elif link.modality not in ("fact", "former"):
                reason = f"{link.modality}, not a fact"
            if kind is None or reason:
                dropped.append(Dropped(doc_id, f"{head.name} {link.type} {tail.name}", "resolve", reason))
                continue
            ends = (tail.id, head.id) if kind.symmetric and tail.id < head.id else (head.id, tail.id)
            for part in link.title.split("、") if kind.titled else ("",):
                title = office(part, tail)
                key = (link.type, *ends, office_key(title, tail))
                evidence.setdefault(key, set()).add(link.evidence)
                titles.setdefault(key, set()).add(title)
                said = scores.setdefault(key, {})
                said[doc_id] = max(link.score, said.get(doc_id, 0.0))
    found = [
        _relation(
            key,
            max(titles[key], key=lambda t: (len(t), t)),
            sorted(quotes, key=_order),
            agree(scores[key].values()),
        )
        for key, quotes in evidence.items()
    ]
    return sorted(found, key=lambda r: r.id), dropped


def appearances(graphs: Iterable[DocumentGraph], ids: Ids) -> list[Appearance]:
    """Which entity is named in which document, how and how often."""
    surfaces: dict[tuple[str, str], set[str]] = {}
    counts: dict[tuple[str, str], int] = {}
    for graph in graphs:
        for entity in graph.entities:
            key = (ids[graph.document.id, entity.id], graph.document.id)
            surfaces.setdefault(key, set()).update(entity.mentions)
            counts[key] = counts.get(key, 0) + graph.counts.get(entity.id, len(entity.mentions))
    return [Appearance(*key, tuple(sorted(forms)), counts[key]) for key, forms in sorted(surfaces.items())]


def _relation(key: Key, title: str, evidence: Sequence[Evidence], score: float) -> Relation:
    type, head, tail, _ = key
    dates = sorted(e.date for e in evidence if e.date)
    return Relation(
        id=stable_id(*key),
        type=type,
        head=head,
        tail=tail,
        title=title,
        first_seen=dates[0] if dates else None,
        last_seen=dates[-1] if dates else None,
        evidence=tuple(evidence),
        score=score,
    )


def _order(evidence: Evidence) -> tuple[str, str, int, int, str, str]:
    return (
        evidence.date or "",
        evidence.doc_id,
        evidence.start,
        evidence.end,
        evidence.quote,
        evidence.found_by,
    )
