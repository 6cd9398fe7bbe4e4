"""How well entities are told apart and joined in data/worlds: python scripts/evaluate_worlds.py.

Twice: with the true entities of each document, and with those that the whole line finds in its text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from pair_scores import HEAD, Row, scores

from kg.ids import name_key
from kg.passages import without_text
from kg.pipeline import extract
from kg.resolve.resolve import Resolution, resolve
from kg.resources import data_dir
from kg.types import Document, DocumentGraph, Entity, Evidence, Link

_PEOPLE = frozenset({"Official", "Person"})


def truths(folder: Path) -> list[dict[str, Any]]:
    """The true graph of each document, with the id in the world of each entity."""
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def true_graph(truth: dict[str, Any]) -> DocumentGraph:
    """A truth as a document graph."""
    entities = tuple(
        Entity(
            e["id"],
            e["type"],
            e["name"],
            aliases=tuple(m for m in e["mentions"] if e["type"] == "Company" and m != e["name"]),
            level=e.get("level"),
            code=e["world"].removeprefix("region-") if e["type"] == "Region" else None,
            mentions=tuple(e["mentions"]),
        )
        for e in truth["entities"]
    )
    links = tuple(
        Link(
            r["type"],
            r["head"],
            r["tail"],
            Evidence(truth["doc"], 0, 1, "", "truth", truth["date"]),
            r.get("title", ""),
        )
        for r in truth["relations"]
    )
    document = Document(truth["doc"], "", date=truth["date"], locale=truth["locale"])
    return DocumentGraph(document, entities, links)


def rows_of(
    result: Resolution, graphs: Iterable[DocumentGraph], truths: Sequence[dict[str, Any]]
) -> list[Row]:
    """Type, true and found entity for each true entity of each document.

    A found entity is a true one when its type and one of its names fit; what is not found stands alone, so that it
    costs recall.
    """
    by_doc = {graph.document.id: graph for graph in graphs}
    rows: list[Row] = []
    for truth in truths:
        graph = by_doc[truth["doc"]]
        for entity in truth["entities"]:
            if entity["type"] == "Region":
                continue
            found = _found(entity, graph)
            id = result.ids[truth["doc"], found.id] if found else f"missed {truth['doc']} {entity['id']}"
            kind = "People" if entity["type"] in _PEOPLE else entity["type"]
            rows.append((kind, entity["world"], id))
    return rows


def _found(true: dict[str, Any], graph: DocumentGraph) -> Entity | None:
    keys = {name_key(form) for form in (true["name"], *true["mentions"])}
    kinds = _PEOPLE if true["type"] in _PEOPLE else {true["type"]}
    fitting = [e for e in graph.entities if e.type in kinds]
    named = [e for e in fitting if name_key(e.name) in keys]
    called = [e for e in fitting if keys & {name_key(form) for form in (*e.mentions, *e.aliases)}]
    return next(iter(named or called), None)


def _called(graph: DocumentGraph, id: str) -> DocumentGraph:
    return replace(graph, document=replace(graph.document, id=id))


def evaluate(folder: Path, *, whole_line: bool) -> tuple[Resolution, list[Row]]:
    """Resolves a world's documents.

    Args:
        folder: With documents.jsonl and truth.jsonl.
        whole_line: From the texts, otherwise from the true entities.
    """
    known = truths(folder)
    if whole_line:
        # the documents of a file come in its order
        found = extract([folder / "documents.jsonl"], workers=1)
        graphs = [
            _called(without_text(graph), truth["doc"]) for graph, truth in zip(found, known, strict=True)
        ]
    else:
        graphs = [true_graph(truth) for truth in known]
    result = resolve(graphs)
    return result, rows_of(result, graphs, known)


def main() -> None:
    for name in ("tuned", "held_out"):
        for whole_line in (False, True):
            print(f"{name}, {'from the texts' if whole_line else 'true entities of each document'}")
            print(HEAD)
            result, rows = evaluate(data_dir() / "worlds" / name, whole_line=whole_line)
            for type, figures in scores(rows).items():
                print(f"{type:14}{figures.line}")
            print(f"{sum(near.asked for near in result.record.near)} pairs to be decided by people\n")


if __name__ == "__main__":
    main()
