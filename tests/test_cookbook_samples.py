"""The queries of data/queries answer, with their defaults, on the graph of data/samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.pipeline import build
from kg.stores.open import build_embedded, named_queries, open_store


@pytest.fixture(scope="module")
def samples_graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of data/samples."""
    out = tmp_path_factory.mktemp("built") / "out"
    build([Path(__file__).parent.parent / "data" / "samples"], out, workers=1)
    return KnowledgeGraph.load(out / "graph.json")


def test_cookbook_on_the_samples(
    tmp_path_factory: pytest.TempPathFactory, neo4j_uri: str, samples_graph: KnowledgeGraph
) -> None:
    """With its defaults each query has an answer on data/samples, the same on both stores."""
    folder = tmp_path_factory.mktemp("samples")
    build_embedded(samples_graph, folder / "store")
    with open_store(folder) as embedded, open_store(neo4j_uri, read_only=False) as neo4j:
        neo4j.query("MATCH (n) DETACH DELETE n", write=True)
        neo4j.load(samples_graph)
        for name, query in named_queries().items():
            answers = [store.query(query.cypher, query.parameters).rows for store in (embedded, neo4j)]
            assert answers[0] == answers[1], name
            assert answers[0], f"{name} has no answer on data/samples"
        neo4j.query("MATCH (n) DETACH DELETE n", write=True)
