"""The graph of one document as the JSON that `kg extract` writes and `kg evaluate` reads."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from kg.types import DocumentGraph


def document_dict(graph: DocumentGraph) -> dict[str, Any]:
    """Plain data: document, date, locale, entities and relations, as data/README.md describes gold graphs.

    Entities are called e1, e2 … in order of their first mention. Both carry the ``score`` of their
    confidence, relations also the ``rule`` that found them.
    """
    ids = {entity.id: f"e{number}" for number, entity in enumerate(graph.entities, start=1)}
    return {
        "doc": _file_name(graph),
        "date": graph.document.date,
        "locale": graph.document.locale,
        "entities": [
            {
                "id": ids[e.id],
                "type": e.type,
                **({"level": e.level} if e.level else {}),
                "name": e.name,
                "mentions": list(e.mentions),
                "score": e.score,
            }
            for e in graph.entities
        ],
        "relations": [
            {
                "head": ids[link.head],
                "type": link.type,
                "tail": ids[link.tail],
                **({"title": link.title} if link.title else {}),
                **({"modality": link.modality} if link.modality != "fact" else {}),
                "evidence": link.evidence.quote,
                "rule": link.evidence.found_by,
                "score": link.score,
            }
            for link in graph.links
            if link.modality in ("fact", "former")
        ],
    }


def _file_name(graph: DocumentGraph) -> str:
    """The file's name where the id is derived from it (not for one of many records), else the id."""
    document = graph.document
    path = PurePath(document.source)
    last = PurePath(document.id).name
    return path.name if last in (path.name, path.stem) else document.id
