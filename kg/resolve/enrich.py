"""Columns of a user's table joined to entities by name and place."""
from __future__ import annotations
from pathlib import Path
from kg.graph import KnowledgeGraph


def with_kept_tables(graph: KnowledgeGraph, out: Path, *, schemas: Path | None = None) -> tuple[KnowledgeGraph, tuple[str, ...]]:
    return graph, ()
