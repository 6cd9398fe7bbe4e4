"""How fast a store takes a graph, compared with bare UNWIND … CREATE of the same rows over the driver.

    python scripts/bench_load.py                                   the embedded store, 5,000 nodes, 25,000 edges
    python scripts/bench_load.py --nodes 50000                     the full measurement
    python scripts/bench_load.py --store bolt://localhost:7687     a Neo4j, which must be empty and is emptied again

The bare load has its rows ready in memory and makes only the constraints without which no relation could be
joined; `kg` compares with what is there, has retries, an index of names and a full-text index.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from synthetic_graph import synthetic_graph

from kg.graph import KnowledgeGraph
from kg.schema import load_schema
from kg.stores import cypher
from kg.stores.embedded import EmbeddedStore
from kg.stores.open import Store, open_store

BATCH = 1000
_WARM_UP = 500
_Rows = list[tuple[str, list[dict[str, Any]]]]


def main() -> None:
    """Measures once and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--nodes", type=int, default=5000)
    parser.add_argument("--store", default="embedded", help="embedded, or the address of an empty Neo4j")
    parser.add_argument("--repeat", type=int, default=1, help="take the best of so many runs of each")
    arguments = parser.parse_args()
    graph = synthetic_graph(arguments.nodes)
    size = arguments.nodes + sum(graph.counts()["relations"].values()) + len(graph.appearances)
    rows = _rows(graph)

    def bare(store: Store) -> None:
        _bare(store, rows)

    def loaded(store: Store) -> None:
        store.load(graph)

    seconds = {"bare UNWIND CREATE": float("inf"), "kg load": float("inf"), "kg load again": float("inf")}
    for _ in range(arguments.repeat):
        # each after the same warm-up, as servers are slow at first
        with _store(arguments.store) as store:
            seconds["bare UNWIND CREATE"] = min(seconds["bare UNWIND CREATE"], _timed(bare, store))
        with _store(arguments.store) as store:
            seconds["kg load"] = min(seconds["kg load"], _timed(loaded, store))
            seconds["kg load again"] = min(seconds["kg load again"], _timed(loaded, store))
    for name, spent in seconds.items():
        print(f"{name:<20} {spent:8.2f} s  {size / spent:10,.0f} nodes and edges/s")
    print(f"ratio                {seconds['bare UNWIND CREATE'] / seconds['kg load']:8.2f}")
    print(f"peak memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MB")


def _timed(work: Callable[[Store], None], store: Store) -> float:
    begin = time.perf_counter()
    work(store)
    return time.perf_counter() - begin


@contextmanager
def _store(target: str) -> Iterator[Store]:
    """An empty store, warmed up."""
    if target == "embedded":
        with tempfile.TemporaryDirectory() as folder:
            with EmbeddedStore(Path(folder) / "warm", read_only=False, create=True) as store:
                store.load(synthetic_graph(_WARM_UP))
            with EmbeddedStore(Path(folder) / "store", read_only=False, create=True) as store:
                yield store
        return
    with open_store(target, read_only=False) as store:
        if store.query("MATCH (n) RETURN count(n)").rows != [[0]]:
            sys.exit(f"{target} is not empty; this script deletes everything, so give it an empty one")
        try:
            store.load(synthetic_graph(_WARM_UP))
            _empty(store)
            yield store
        finally:
            _empty(store)


def _empty(store: Store) -> None:
    store.query("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS", write=True)
    for kind in ("CONSTRAINT", "INDEX"):
        for name, type in store.query(
            f"SHOW {'CONSTRAINTS' if kind[0] == 'C' else 'INDEXES'} YIELD name, type"
        ).rows:
            if type != "LOOKUP":
                store.query(f"DROP {kind} `{name}` IF EXISTS", write=True)


def _rows(graph: KnowledgeGraph) -> _Rows:
    """Statements with all their rows, made beforehand."""
    schema = load_schema()
    kinds = (
        (cypher.DOCUMENT_NODES, cypher.documents(graph)),
        (cypher.ENTITY_NODES, cypher.entities(graph, schema)),
        (cypher.RELATION_EDGES, cypher.relations(graph, schema)),
        (cypher.MENTION_EDGES, cypher.mentions(graph)),
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, items in kinds:
        for item in items.values():
            found.setdefault(kind.create(item.shape), []).append(item.new_row())
    return list(found.items())


def _bare(store: Store, rows: _Rows) -> None:
    with store._driver.session(database=store._database) as session:
        for statement in cypher.CONSTRAINTS[:2]:
            session.run(statement).consume()
        for statement, all_rows in rows:
            for start in range(0, len(all_rows), BATCH):
                # in a transaction of its own: without one the embedded store takes twice the time
                with session.begin_transaction() as transaction:
                    transaction.run(statement, rows=all_rows[start : start + BATCH]).consume()
                    transaction.commit()


if __name__ == "__main__":
    main()
