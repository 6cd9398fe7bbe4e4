"""Queries: values, the read-only guard and errors, on the embedded store and on a real Neo4j."""

from __future__ import annotations

import contextlib
import json
import threading
import time

import pytest
from small_graph import contents

from kg.errors import QueryError
from kg.stores.open import Store


def test_values_are_plain(shared: Store) -> None:
    """Nodes, relationships, paths, maps and dates come back as Python that JSON can carry."""
    answer = shared.query(
        "MATCH p = (a:Official {name: '李汉勤'})-[r:LEADS]->(b) "
        "RETURN p, r, {who: a, how: [r]} AS m, date('2021-03-31') AS d, 0.0 / 0.0 AS nan, null AS nothing, "
        "1.5 AS f"
    )
    assert answer.columns == ["p", "r", "m", "d", "nan", "nothing", "f"]
    path, edge, mixed, day, nan, nothing, number = json.loads(json.dumps(answer.rows[0], allow_nan=False))
    assert [step.get("labels", step.get("type")) for step in path] == [
        ["Entity", "Official"],
        "LEADS",
        ["County", "Entity", "Region"],
    ]
    assert path[1] == edge == mixed["how"][0]
    assert mixed["who"] == path[0]
    assert (day, nan, nothing, number) == ("2021-03-31", None, None, 1.5)


def test_relationship_alone_names_its_ends(shared: Store) -> None:
    """A relationship returned without its nodes still says which entities it joins."""
    rows = shared.query("MATCH ()-[r:BUILDS]->() RETURN r ORDER BY r.id").rows
    assert [(r["head"], r["tail"]) for (r,) in rows] == [("company-a", "project-1"), ("company-c", "park-2")]


def test_limit(shared: Store) -> None:
    """A limit cuts the rows and says so."""
    statement = "MATCH (n:Entity) RETURN n.id ORDER BY n.id"
    cut = shared.query(statement, limit=2)
    assert (cut.rows, cut.truncated) == ([["company-a"], ["company-b"]], True)
    whole = shared.query(statement, limit=19)
    assert (len(whole.rows), whole.truncated) == (19, False)


WRITES = [
    "CREATE (n:Entity {id: 'x'})",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n)\nDETACH DELETE n",
    "match (n) remove n.name",
    "MERGE (n:Entity {id: 'x'})",
    "FOREACH (x IN [1] | CREATE (:Entity))",
    "CALL { CREATE (n:Entity {id: 'x'}) RETURN n } RETURN n",
    "DROP CONSTRAINT entity_id IF EXISTS",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CALL db.createLabel('X')",
    "CALL dbms.listConfig()",
    "SHOW USERS",
    "INSERT (:Entity)",
    "ALTER USER neo4j SET PASSWORD 'x'",
    "START DATABASE neo4j",
    "RETURN 1; CREATE (n)",
    "RETURN 1.CREATE (n)",
    "RETURN 1e5CREATE (n)",
    "\\u0043REATE (n)",
    "RETURN '\\u0027 CREATE (n) //'",
    "RETURN 'a' /* ' */ CREATE (n) // '",
    "// CREATE\rCREATE (n)",
    "EXPLAIN CREATE (n)",
]


@pytest.mark.parametrize("statement", WRITES)
def test_writes_are_refused(shared: Store, statement: str) -> None:
    """Without write=True no statement changes anything, and the refusal says how to allow it."""
    before = contents(shared)
    with pytest.raises(QueryError, match=r"^line \d+, column \d+: .*(--write|cannot begin|space)"):
        shared.query(statement)
    assert contents(shared) == before


def test_refusal_names_keyword_and_place(shared: Store) -> None:
    """The refusal names the keyword, its line and its column."""
    with pytest.raises(
        QueryError, match=r"^line 2, column 3: SET is not allowed in a read-only query; use --write"
    ):
        shared.query("MATCH (n)\n  SET n.name = 1")


def test_rollback_behind_the_guard(shared: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a write that the guard misses is not kept."""
    monkeypatch.setattr("kg.stores.bolt.check_read_only", lambda cypher: None)
    before = contents(shared)
    with contextlib.suppress(QueryError):  # Neo4j refuses by itself
        shared.query("CREATE (:Entity {id: 'x'})")
    assert contents(shared) == before


READS = [
    "MATCH (n) WHERE n.set IS NULL RETURN n.create AS `DELETE` LIMIT 1",
    "MATCH (n) RETURN 'CREATE (n)' AS text, \"it's; DROP\" AS other LIMIT 1",
    "MATCH (n) // DELETE n\nRETURN /* SET */ n.id LIMIT 1",
    "WITH {set: 1, remove: $merge} AS map RETURN map.set",
    "MATCH (n:Set) RETURN n",
    "OPTIONAL MATCH (n:Entity) RETURN n.id UNION MATCH (n:Entity) RETURN n.id",
    "CALL db.labels() YIELD label RETURN label",
    "CALL { MATCH (n:Entity) RETURN n LIMIT 1 } RETURN n.id",
    "SHOW INDEXES",
    "EXPLAIN MATCH (n) RETURN n",
    "UNWIND [1, 2] AS x RETURN x",
    "RETURN 1 AS x;",
]


@pytest.mark.parametrize("statement", READS)
def test_reads_are_allowed(shared: Store, statement: str) -> None:
    """Keywords in strings, comments, names, labels, keys and parameters are no writes."""
    shared.query(statement, {"merge": 1})


def test_syntax_error(shared: Store) -> None:
    """A wrong statement gives the place and what was expected, in one line."""
    with pytest.raises(QueryError, match=r"^line 2, column 1: .*RETURN.*expect[^\n]*$"):
        shared.query("MATCH (n:Entity\nRETURN n")


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("RETURN $name", "name"),
        ("RETURN nobody", "nobody"),
        ("RETURN 1 / 0", "by zero"),
        ("RETURN 'open", "never closed"),
        ("  ", "empty"),
    ],
)
def test_query_errors(shared: Store, statement: str, message: str) -> None:
    """Missing parameters, unknown variables and the like are one-line QueryErrors."""
    with pytest.raises(QueryError, match=message) as caught:
        shared.query(statement)
    assert "\n" not in str(caught.value)


def test_unfit_parameter(shared: Store) -> None:
    """A parameter that Cypher cannot carry is a QueryError, not a crash."""
    with pytest.raises(QueryError):
        shared.query("RETURN $x", {"x": object()})
    with pytest.raises(QueryError):
        shared.query("RETURN $x", {"x": "\ud800"})


_ENDLESS = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c WITH a + b + c AS s "
)


@pytest.mark.parametrize("statement", [f"{_ENDLESS} RETURN count(s)", f"{_ENDLESS} RETURN s"])
def test_timeout(shared: Store, statement: str) -> None:
    """A query that takes too long is stopped, with one clear line, and the next one works."""
    begin = time.perf_counter()
    with pytest.raises(QueryError, match="longer than its time limit and was stopped"):
        shared.query(statement, timeout=0.5)
    assert time.perf_counter() - begin < 15
    assert shared.query("RETURN 1", timeout=5).rows == [[1]]
    assert shared.query("RETURN 1").rows == [[1]]


def test_timeout_of_writes(shared: Store) -> None:
    """A write that takes too long is stopped and leaves nothing."""
    before = contents(shared)
    with pytest.raises(QueryError, match="time limit"):
        shared.query(f"{_ENDLESS} CREATE (:Note {{s: s}})", write=True, timeout=0.5)
    assert contents(shared) == before


def test_timeouts_side_by_side(shared: Store) -> None:
    """Queries with different limits each keep their own."""
    failed: list[float] = []

    def ask(timeout: float) -> None:
        try:
            shared.query(f"{_ENDLESS} RETURN count(s)" if timeout < 1 else "RETURN 1", timeout=timeout)
        except QueryError:
            failed.append(timeout)

    threads = [threading.Thread(target=ask, args=(timeout,)) for timeout in (0.3, 20, 0.4, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(failed) == [0.3, 0.4]


def test_no_time(shared: Store) -> None:
    """A time limit of nothing is refused."""
    with pytest.raises(QueryError, match="more than 0 seconds"):
        shared.query("RETURN 1", timeout=0)


@pytest.mark.parametrize(
    ("cypher", "place"),
    [
        ("MATCH (n)\nRETRUN n", "line 2, column 1"),
        ("MATCH (m:m {m: 1})\nRETURN 'n', m.n, n", "line 2, column 18"),
        ("RETURN nothing(1)", "line 1, column 8"),
        ("RETURN 1 AS nothing, a.nothing(1)", "line 1, column 22"),
    ],
)
def test_every_fault_has_its_place(shared: Store, cypher: str, place: str) -> None:
    """Unknown words, variables and functions are told with line and column by both stores."""
    with pytest.raises(QueryError, match=rf"^{place}: "):
        shared.query(cypher)
