"""Loading streams: what it holds besides the graph does not grow with the rows."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from synthetic_graph import synthetic_graph

from kg.graph import KnowledgeGraph
from kg.schema import load_schema
from kg.stores import cypher
from kg.stores.items import Node
from kg.stores.load import BATCH, load

_BYTES = 120  # for each item: its key, and whether it is there


class Counting:
    """A store that keeps nothing; what it is said to hold is made while it is read."""

    def __init__(self, graph: KnowledgeGraph | None = None) -> None:
        self.graph = graph
        self.rows = 0

    def make_indexes(self) -> None:
        """There are none."""

    def write(self, statement: str, rows: list[dict[str, Any]] | None = None) -> None:
        """Counts."""
        assert len(rows or ()) <= BATCH
        self.rows += len(rows or ())

    def read(self, statement: str) -> Iterator[dict[str, Any]]:
        """The rows that a store with the graph would give."""
        if self.graph is None:
            return
        kinds = (
            (cypher.DOCUMENT_NODES, cypher.documents(self.graph)),
            (cypher.ENTITY_NODES, cypher.entities(self.graph, load_schema())),
            (cypher.RELATION_EDGES, cypher.relations(self.graph, load_schema())),
            (cypher.MENTION_EDGES, cypher.mentions(self.graph)),
        )
        for kind, items in kinds:
            if kind.stored == statement:
                for item in items.values():
                    name = "labels" if isinstance(item, Node) else "ends"
                    yield {name: list(item.shape), "properties": item.properties}


def _peak(nodes: int, *, there: bool) -> tuple[int, int]:
    """The most bytes that loading took besides the graph, and the rows written."""
    graph, schema = synthetic_graph(nodes), load_schema()
    store = Counting(synthetic_graph(nodes, seed=2) if there else None)
    tracemalloc.start()
    try:
        load(store, graph, schema)
        return tracemalloc.get_traced_memory()[1], store.rows
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("there", [False, True], ids=["empty store", "other graph there"])
def test_memory_is_bounded(there: bool) -> None:
    """Four times the graph takes only the keys of the rest more, as one batch of rows at a time is made."""
    small, few = _peak(1500, there=there)
    large, many = _peak(6000, there=there)
    assert many > 3.5 * few
    assert (large - small) / (6 * 4500) < _BYTES * (3 if there else 1)
