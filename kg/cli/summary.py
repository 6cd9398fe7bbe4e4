"""Queries worth trying on a graph that was just built, ready to be copied into a shell."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    from kg.pipeline import BuildReport


def queries(report: BuildReport) -> list[str]:
    """Three commands whose answers are not empty, as far as the graph allows."""
    graph = KnowledgeGraph.load(report.out / "graph.json")
    store = "" if report.out == Path("out") else f" --store {shlex.quote(str(report.out))}"
    county = _most(graph, "LEADS", tail=True, level="county")
    person = _most(graph, "ATTENDS", tail=False, level=None)
    leaders = f"(c:County {{name:'{county}'}})" if county else "(c)"
    return [
        f'kg query "MATCH (o:Official)-[r:LEADS]->{leaders} RETURN o.name, r.title, r.last_seen"{store}',
        'kg query "MATCH (c:Company)-[:LOCATED_IN]->(r:Region) '
        f'RETURN r.name, count(c) AS companies ORDER BY companies DESC LIMIT 5"{store}',
        f"kg query --named met --param person={shlex.quote(person)}{store}" if person else "kg query --list",
    ]


def _most(graph: KnowledgeGraph, type: str, *, tail: bool, level: str | None) -> str:
    """The name at that end of most relations of a type."""
    ends = (graph.entity(r.tail if tail else r.head) for r in graph.relations if r.type == type)
    names = Counter(e.name for e in ends if e.level == level and not set(e.name) & set("'\"`$\\"))
    return min(names, key=lambda name: (-names[name], name), default="")
