"""Fixtures that several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j_server import neo4j_server
from small_graph import small_graph

from kg.stores.embedded import EmbeddedStore
from kg.stores.open import Store, open_store


@pytest.fixture(scope="session")
def neo4j_uri() -> Iterator[str]:
    with neo4j_server() as uri:
        yield uri


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, open for writing."""
    if request.param == "embedded":
        with EmbeddedStore(tmp_path / "out" / "store", read_only=False, create=True) as opened:
            yield opened
        return
    with open_store(request.getfixturevalue("neo4j_uri"), read_only=False) as opened:
        yield opened
        opened.query("MATCH (n) DETACH DELETE n", write=True)


@pytest.fixture
def loaded(store: Store) -> Store:
    """A store with the small graph."""
    store.load(small_graph())
    return store
