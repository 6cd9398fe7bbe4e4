"""Fixtures that several test files share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import chromium
from neo4j_server import neo4j_server
from playwright.sync_api import Browser
from small_graph import small_graph
from view_graphs import gold_graph

from kg.stores.embedded import EmbeddedStore
from kg.stores.open import Store, open_store
from kg.view import write_html

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

_KINDS = ["embedded", "neo4j"]


@pytest.fixture(scope="session")
def neo4j_uri() -> Iterator[str]:
    """The address of a Neo4j whose data the tests may delete."""
    with neo4j_server() as uri:
        yield uri


@pytest.fixture(params=_KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, open for writing."""
    with empty_store(request, tmp_path) as opened:
        yield opened


@pytest.fixture
def loaded(store: Store) -> Store:
    """A store of its own with the small graph."""
    store.load(small_graph())
    return store


@pytest.fixture(params=_KINDS, scope="module")
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the small graph for all tests of a file, which leave it as it is."""
    with empty_store(request, tmp_path_factory.mktemp("shared")) as opened:
        opened.load(small_graph())
        yield opened


@contextmanager
def empty_store(request: pytest.FixtureRequest, folder: Path) -> Iterator[Store]:
    """The store that the fixture's parameter names."""
    if request.param == "embedded":
        with EmbeddedStore(folder / "out" / "store", read_only=False, create=True) as opened:
            yield opened
        return
    with open_store(request.getfixturevalue("neo4j_uri"), read_only=False) as opened:
        yield opened
        opened.query("MATCH (n) DETACH DELETE n", write=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the file."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def gold_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The viewer of the written samples."""
    path = tmp_path_factory.mktemp("viewer") / "viewer.html"
    write_html(gold_graph(), path)
    return path
