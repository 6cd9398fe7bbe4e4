"""kg serve: others on this machine can read the graph, with the password, and do nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import javascript_client
import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, Neo4jError
from serving import Served, served
from small_graph import HARSH, contents, small_graph

from kg.errors import StoreError
from kg.stores.embedded import EmbeddedStore
from kg.stores.open import build_embedded, open_store

_ENDLESS = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c RETURN count(a + b + c)"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small graph."""
    folder = tmp_path_factory.mktemp("serve") / "out"
    build_embedded(small_graph(), folder / "store")
    (folder / "viewer.html").write_text("<title>图谱</title>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(out: Path) -> Iterator[Served]:
    """kg serve, with small limits."""
    with served(out, "--timeout", "1", "--limit", "5") as running:
        yield running


WRITES = [
    "CREATE (:Note {text: 'x'})",
    "CREATE (:Entity {id: 'x'})",
    "MATCH (n:County) SET n.name = 'x'",
    "MATCH (n:County) REMOVE n.name",
    "MATCH (a:County) CREATE (a)-[:OWNS]->(a)",
    "MERGE (n:Entity {id: 'x'}) RETURN n",
    "MATCH ()-[r]->() DELETE r",
    "MATCH (n) DETACH DELETE n",
    "DROP INDEX entity_name",
    "CREATE INDEX x FOR (n:Entity) ON (n.place)",
    "CREATE USER other SET PASSWORD 'password'",
    "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
]


def test_python_client(server: Served, out: Path) -> None:
    """The neo4j driver of another process reads, and every kind of write is refused and changes nothing."""
    program = (
        "import sys\n"
        "from neo4j import GraphDatabase\n"
        "address, user, password = sys.argv[1:]\n"
        "with GraphDatabase.driver(address, auth=(user, password)) as driver:\n"
        "    records, *_ = driver.execute_query('MATCH (n:County) RETURN n.name AS name ORDER BY name')\n"
        "    print(*[record['name'] for record in records])\n"
    )
    arguments = [sys.executable, "-c", program, server.bolt, server.user, server.password]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["松阳县", "遂昌县"]
    with GraphDatabase.driver(server.bolt, auth=(server.user, server.password)) as driver:
        for statement in WRITES:
            with driver.session() as session, pytest.raises(Neo4jError) as caught:
                session.run(statement).consume()
            assert caught.value.code == "Neo.ClientError.Security.Forbidden"
            with driver.session() as session, pytest.raises(Neo4jError) as caught:
                session.execute_write(lambda work, text=statement: work.run(text).consume())
            assert caught.value.code == "Neo.ClientError.Security.Forbidden"
        [record], *_ = driver.execute_query(
            "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)"
        )
    assert list(record) == [22, 34]


def test_the_example_of_the_readme(server: Served) -> None:
    """The example of a Neo4j client runs as it stands, with this address and password."""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(from neo4j.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    example = example.replace("bolt://127.0.0.1:7687", server.bolt)
    program = f"password = {server.password!r}\n{example}"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert "松阳县" in done.stdout


def test_bolt_needs_the_password(server: Served) -> None:
    """Without the password, or as another user, nobody is let in."""
    for auth in ((server.user, "wrong"), ("root", server.password), ("root", ""), None):
        with GraphDatabase.driver(server.bolt, auth=auth) as driver, pytest.raises((AuthError, Neo4jError)):
            driver.execute_query("RETURN 1")


def test_javascript_client(server: Served) -> None:
    """npm's neo4j-driver reads the same, and cannot write."""
    assert javascript_client.ask(server.bolt, server.user, server.password) == {
        "leaders": [["李汉勤", "县委书记", "松阳县"], ["莫靓", "县长", "松阳县"]],
        "nodes": 22,
        "write": "Neo.ClientError.Security.Forbidden",
    }


def test_only_loopback(server: Served) -> None:
    """Both addresses are on 127.0.0.1."""
    assert server.host.startswith("127.0.0.1:")
    assert server.bolt.startswith("bolt://127.0.0.1:")
    listening = (
        [
            int(line.split()[1].rpartition(":")[2], 16)
            for name in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{name}").read_text(encoding="ascii").splitlines()[1:]
            if line.split()[3] == "0A" and not line.split()[1].partition(":")[0].endswith("0100007F")
        ]
        if Path("/proc/net/tcp").exists()
        else []
    )
    assert not {int(address.rpartition(":")[2]) for address in (server.host, server.bolt)} & set(listening)


@pytest.mark.parametrize("path", ["/", "/viewer", "/about", "/assets/page.js", "/assets/page.css", "/x"])
def test_wrong_host(server: Served, path: str) -> None:
    """A request under another host name is refused, whatever it asks for (DNS rebinding)."""
    for host in ("evil.example", f"evil.example:{server.host.rpartition(':')[2]}", "127.0.0.1", None):
        status, _, content = server.request("GET", path, Host=host, Cookie=server.cookie())
        assert status == 403
        assert "Host" in content
    body = json.dumps({"cypher": "RETURN 1"})
    status, _, _ = server.request(
        "POST", "/query", body, Host="evil.example", Cookie=server.cookie(), Content_Type="application/json"
    )
    assert status == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1", None]
)
def test_wrong_origin(server: Served, origin: str | None) -> None:
    """A POST of another page, or of no page, is refused, even with the cookie."""
    for path, kind in (("/query", "application/json"), ("/login", "application/x-www-form-urlencoded")):
        status, headers, content = server.request(
            "POST", path, "{}", Origin=origin, Cookie=server.cookie(), Content_Type=kind
        )
        assert status == 403
        assert "Origin" in content
        assert "Set-Cookie" not in headers
    if origin is not None:
        assert server.request("GET", "/about", Origin=origin, Cookie=server.cookie())[0] == 403


def test_missing_password(server: Served) -> None:
    """Without a cookie there is nothing but the login page; a made-up one does not help."""
    port = server.host.rpartition(":")[2]
    for cookie in (None, "", f"kg-{port}=x", f"kg-{port}=", "kg=1; =", f"kg-{port}=\xe4"):
        status, _, content = server.request("GET", "/", Cookie=cookie)
        assert status == 401
        assert 'type="password"' in content
        for path in ("/viewer", "/about", "/assets/page.js", "/x"):
            assert server.request("GET", path, Cookie=cookie)[0] == 401
        body = json.dumps({"cypher": "RETURN 1"})
        status, _, content = server.request(
            "POST", "/query", body, Cookie=cookie, Content_Type="application/json"
        )
        assert (status, content) == (401, "log in first\n")


def test_wrong_password(server: Served) -> None:
    """A wrong password gives the login page again, no cookie, and takes its time."""
    begin = time.perf_counter()
    for body in ("password=wrong", "password=", "", "password=%ff%00"):
        status, headers, content = server.request(
            "POST", "/login", body, Content_Type="application/x-www-form-urlencoded"
        )
        assert status == 401
        assert "Set-Cookie" not in headers
        assert 'type="password"' in content
    assert time.perf_counter() - begin > 4 * 0.4


def test_headers(server: Served) -> None:
    """Every answer says that nothing foreign may run in it, frame it or read it."""
    cookie = server.cookie()
    for path in ("/", "/about", "/assets/page.js", "/viewer", "/x"):
        _, headers, _ = server.request("GET", path, Cookie=cookie)
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers
        assert "Python" not in headers["Server"]
    _, headers, _ = server.request("GET", "/", Cookie=cookie)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")


def test_viewer(server: Served) -> None:
    """The viewer of the folder is there."""
    status, _, content = server.request("GET", "/viewer", Cookie=server.cookie())
    assert (status, content) == (200, "<title>图谱</title>")


def test_answer(server: Served) -> None:
    """A question with parameters gives rows, and a graph with the ends that the rows do not name."""
    found = server.ask(
        "MATCH (o:Official)-[r:LEADS]->(c:County {name: $county}) RETURN o.name AS name, r ORDER BY name",
        {"county": "松阳县"},
    )
    assert found["columns"] == ["name", "r"]
    assert [row[0] for row in found["rows"]] == ["李汉勤", "莫靓"]
    assert not found["truncated"]
    graph = found["graph"]
    assert {node["key"] for node in graph["nodes"]} == {"official-li", "official-mo", "region-331124"}
    assert {(e["type"], e["head"], e["tail"]) for e in graph["edges"]} == {
        ("LEADS", "official-li", "region-331124"),
        ("LEADS", "official-mo", "region-331124"),
    }
    assert server.ask("RETURN $text AS text", {"text": HARSH})["rows"] == [[HARSH]]
    path = server.ask("MATCH p = (:Official {name: '莫靓'})-[:VISITS]->(c) RETURN {way: [p]} AS way")
    assert {edge["type"] for edge in path["graph"]["edges"]} == {"VISITS"}


def test_row_limit(server: Served) -> None:
    """Not more rows than the limit, which the answer says."""
    found = server.ask("MATCH (n) RETURN n.id")
    assert len(found["rows"]) == 5
    assert found["truncated"] is True


def test_time_limit(server: Served) -> None:
    """A question that takes too long is stopped, and others are answered afterwards."""
    begin = time.perf_counter()
    found = server.ask(_ENDLESS)
    assert time.perf_counter() - begin < 10
    assert "took longer than its time limit" in found["error"]["message"]
    assert server.ask("RETURN 1 AS one")["rows"] == [[1]]


def test_side_by_side(server: Served) -> None:
    """A long question does not keep others waiting."""
    waiting = threading.Thread(target=server.ask, args=(_ENDLESS,))
    waiting.start()
    begin = time.perf_counter()
    assert server.ask("RETURN 1 AS one")["rows"] == [[1]]
    assert time.perf_counter() - begin < 0.9
    waiting.join()


@pytest.mark.parametrize("statement", WRITES)
def test_writes_are_refused(server: Served, statement: str) -> None:
    """The page takes no statement that may write, administer or read files."""
    error = server.ask(statement)["error"]
    assert "not allowed in a read-only query" in error["message"]
    assert error["line"] == 1
    assert server.ask("MATCH (n) RETURN count(n)")["rows"] == [[22]]


@pytest.mark.parametrize(
    ("cypher", "line", "column", "caret"),
    [
        ("MATCH (n) RETURN m", 1, 18, " " * 17 + "^"),
        ("MATCH (n)\nRETRUN n", 2, 1, "^"),
        ("MATCH (n {name: '松阳'}) SET n.x = 1", 1, 24, " " * 17 + "\u3000\u3000" + " " * 4 + "^"),
        ("MATCH (n)\n\tRETURN n.", 2, 11, " " * 10 + "^"),
        ("MATCH (n) RETURN 'x", 1, 18, " " * 17 + "^"),
    ],
)
def test_error_position(server: Served, cypher: str, line: int, column: int, caret: str) -> None:
    """An error says where it is: line, column, and a caret below the line."""
    error = server.ask(cypher)["error"]
    assert (error["line"], error["column"], error["caret"]) == (line, column, caret)
    assert error["source"] == cypher.split("\n")[line - 1].replace("\t", " ")
    assert error["message"]


def test_error_without_a_place(server: Served) -> None:
    """An error of no place, such as a missing parameter, is a message."""
    assert "county" in server.ask("RETURN $county")["error"]["message"]
    assert server.ask("")["error"] == {"message": "the query is empty"}
    assert "object" in server.ask("RETURN 1", [1])["error"]["message"]
    for value in (10**30, "\ud800", json.loads("[" * 800 + "]" * 800)):
        assert "message" in server.ask("RETURN $x", {"x": value}).get("error", {"message": ""})


@pytest.mark.parametrize("body", ["", "{", "[]", "1", '{"cypher": 1}', "\x00", "[" * 100_000])
def test_bad_requests(server: Served, body: str) -> None:
    """What is no question is an error, and the server goes on."""
    status, _, content = server.request(
        "POST", "/query", body, Cookie=server.cookie(), Content_Type="application/json"
    )
    assert status == 400 or "error" in json.loads(content)


def test_other_requests(server: Served) -> None:
    """Forms, long bodies, unknown pages and paths out of the assets are refused."""
    cookie = server.cookie()
    body = '{"cypher": "RETURN 1"}'
    assert server.request("POST", "/query", body, Cookie=cookie, Content_Type="text/plain")[0] == 415
    assert server.request("POST", "/about", "{}", Cookie=cookie, Content_Type="application/json")[0] == 404
    for length in ("99999999", "-1", "x", None):
        status, _, _ = server.request("POST", "/query", "", Cookie=cookie, Content_Length=length)
        assert status == 413
    for path in ("/assets/../server.py", "/assets/%2e%2e/server.py", "/assets/login.html", "/assets/", "//x"):
        assert server.request("GET", path, Cookie=cookie)[0] == 404
    assert server.request("PUT", "/", Cookie=cookie)[0] == 501


def test_the_store_is_as_before(tmp_path: Path) -> None:
    """While it is served nobody else opens the store; afterwards it is as it was."""
    build_embedded(small_graph(), tmp_path / "store")
    with open_store(tmp_path) as store:
        before = contents(store)
    with served(tmp_path), pytest.raises(StoreError, match="in use by process"), open_store(tmp_path):
        raise AssertionError("opened")
    with open_store(tmp_path) as store:
        assert contents(store) == before


def test_shared_is_for_reading(tmp_path: Path) -> None:
    """A shared store cannot be open for writing; a taken port is one clear error."""
    build_embedded(small_graph(), tmp_path / "store")
    with pytest.raises(ValueError, match="for reading"):
        EmbeddedStore(tmp_path / "store", shared=True, read_only=False)
    with served(tmp_path) as running:
        port = running.bolt.rpartition(":")[2]
        build_embedded(small_graph(), tmp_path / "other")
        with pytest.raises(StoreError, match="cannot be opened"):
            EmbeddedStore(tmp_path / "other", shared=True, port=int(port))


def test_a_request_far_too_long_is_answered(server: Served) -> None:
    """Who still sends when the answer is ready gets it, instead of a broken connection."""
    for _ in range(5):
        status, _, told = server.request("POST", "/query", "x" * 9_000_000, Cookie=server.cookie())
        assert (status, told) == (413, "at most 1000000 bytes, with Content-Length\n")
