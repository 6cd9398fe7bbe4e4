"""Searching names, constraints and indexes, on the embedded store and on a real Neo4j."""

from __future__ import annotations

import pytest
from small_graph import HARSH, small_graph

from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.stores import search
from kg.stores.open import Store
from kg.types import Entity


def _ids(store: Store, text: str, **options: int) -> list[str]:
    return [row[0] for row in store.search(text, **options).rows]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("松阳", ["region-331124", "organization-bureau", "park-1"]),
        ("阳县工", ["park-1"]),
        ("工业园", ["park-1"]),
        ("浙大", ["organization-zju"]),
        ("靓同志", ["official-mo"]),
        ("强", ["official-wang-1", "official-wang-2", "person-harsh"]),
        ("  王强 ", ["official-wang-1", "official-wang-2"]),
        ("detach del", ["person-harsh"]),
        ("🀄", ["person-harsh"]),
        ("浙学", []),
        ("阳松", []),
        ('" OR *:*', []),
    ],
)
def test_search(shared: Store, text: str, ids: list[str]) -> None:
    """A piece of a name or alias finds what holds it and nothing else, the best first, on both stores."""
    found = shared.search(text)
    assert found.columns == ["id", "labels", "name", "aliases", "place"]
    assert [row[0] for row in found.rows] == ids


def test_search_row(shared: Store) -> None:
    """A hit says what it is and where, as two people may have one name."""
    assert shared.search("王强").rows[1] == ["official-wang-2", ["Official"], "王强", [], "遂昌县"]


def test_search_limit(shared: Store) -> None:
    """A limit keeps the best and says that there are more."""
    found = shared.search("松阳", limit=1)
    assert ([row[0] for row in found.rows], found.truncated) == (["region-331124"], True)


def test_search_by_index_equals_scan(shared: Store) -> None:
    """For every pair of Chinese characters in a name, the index finds what looking at each finds."""
    pairs = {
        name[i : i + 2] for e in small_graph().entities for name in (e.name, *e.aliases) for i in range(9)
    }
    pairs = {pair for pair in pairs if search.is_indexed(pair)}
    assert len(pairs) > 50
    for pair in pairs:
        answers = [
            shared.query(search.statement(index=index), search.parameters(pair)).rows
            for index in (True, False)
        ]
        assert answers[0] == answers[1] != []


def test_search_follows_changes(store: Store) -> None:
    """After a name changed, the new one is found and the old one no longer."""
    store.load(KnowledgeGraph(entities=[Entity("c", "Company", "竹源茶厂", ("竹茶",))]))
    assert _ids(store, "竹源") == ["c"]
    store.load(KnowledgeGraph(entities=[Entity("c", "Company", "箬寮茶厂", ("竹茶",))]))
    assert (_ids(store, "竹源"), _ids(store, "箬寮"), _ids(store, "竹茶")) == ([], ["c"], ["c"])


def test_search_does_not_join_names(store: Store) -> None:
    """The end of one name and the beginning of the next are no hit."""
    store.load(KnowledgeGraph(entities=[Entity("c", "Company", "甲松", ("阳乙",))]))
    assert _ids(store, "松阳") == []
    assert _ids(store, "松\n阳") == []


def test_search_without_index(loaded: Store) -> None:
    """A store whose index is missing is searched all the same."""
    if loaded.uri.startswith("bolt"):
        loaded.query("DROP INDEX entity_names", write=True)
    else:
        loaded._server.get_database("kg").command("sql", "DROP INDEX entity_names")  # type: ignore[attr-defined]
    assert _ids(loaded, "松阳") == ["region-331124", "organization-bureau", "park-1"]
    loaded.load(small_graph())
    assert loaded.query("SHOW INDEXES YIELD name WHERE name = 'entity_names' RETURN count(*)").rows == [[1]]


def test_nothing_to_search(shared: Store) -> None:
    """An empty text is an error that says what is wanted."""
    with pytest.raises(QueryError, match="a piece of a name"):
        shared.search(" \n")


def test_harsh_search(shared: Store) -> None:
    """A name that would break a statement is found by itself."""
    assert _ids(shared, HARSH) == ["person-harsh"]


def test_constraints_and_indexes(loaded: Store) -> None:
    """Unique ids, the index of names and the full-text index are in the database after a load."""
    constraints = loaded.query("SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties").rows
    assert ["UNIQUENESS", ["Document"], ["id"]] in constraints
    assert ["UNIQUENESS", ["Entity"], ["id"]] in constraints
    indexes = loaded.query("SHOW INDEXES YIELD name, type, labelsOrTypes, properties, state").rows
    assert ["entity_name", "RANGE", ["Entity"], ["name"], "ONLINE"] in indexes
    assert ["entity_names", "FULLTEXT", ["Entity"], ["names"], "ONLINE"] in indexes
