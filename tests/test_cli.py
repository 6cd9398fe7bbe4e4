"""The command line: what each command prints where, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from cli_run import run, three_texts

from kg.cli import main
from kg.cli.terminal import shown
from kg.graph import KnowledgeGraph

LEADERS = (
    "MATCH (o:Official)-[r:LEADS]->(c:County {name:'松阳县'}) "
    "RETURN o.name AS name, r.title AS title ORDER BY title"
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three texts."""
    return three_texts(tmp_path_factory.mktemp("cli") / "texts")


@pytest.fixture(scope="module")
def built(texts: Path) -> Path:
    """The graph that the command line builds of them."""
    out = texts.parent / "out"
    assert main(["build", str(texts), "-o", str(out)]) == 0
    return out


def test_build_prints_a_summary(texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary counts, times and names the viewer; its three queries can be copied and give rows."""
    out = tmp_path / "the graph"
    code, text, err = run(capsys, "build", texts, "-o", out)
    assert (code, err) == (0, "")
    assert "3 documents" in text
    assert re.search(r"^relations\s+LEADS\s+[1-9]", text, re.MULTILINE)
    assert re.search(r"^seconds: recall \d", text, re.MULTILINE)
    assert "3 new, 0 changed, 0 unchanged, 0 removed; 3 read" in text
    assert str(out / "viewer.html") in text
    commands = [line.strip() for line in text.splitlines() if line.startswith("  kg query")]
    assert len(commands) == 3
    for command in commands:
        code, answer, _ = run(capsys, *shlex.split(command)[1:], "--json")
        assert (code, json.loads(answer) != []) == (0, True)


def test_build_as_json(texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the report is one JSON value."""
    _, text, _ = run(capsys, "build", texts, "-o", tmp_path / "out", "--json")
    assert json.loads(text)["counts"]["documents"] == {"Document": 3}


def test_query_as_table(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows in columns on stdout, their number on stderr."""
    code, text, err = run(capsys, "query", LEADERS, "--store", built)
    assert code == 0
    lines = [line.split() for line in text.splitlines()]
    assert lines[0] == ["name", "title"]
    assert ["李汉勤", "县委书记"] in lines
    assert err.startswith(f"{len(lines) - 1} row")


def test_query_as_json(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json stdout is one list of objects."""
    _, text, _ = run(capsys, "query", LEADERS, "--store", built, "--json")
    assert {"name": "李汉勤", "title": "县委书记"} in json.loads(text)


def test_query_parameters(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """name=text is text even if it looks like a number, name:=JSON is JSON."""
    values = ["--param", "a=331124", "--param", "b:=[1, 2]"]
    _, text, _ = run(capsys, "query", "RETURN $a AS a, $b AS b", "--store", built, "--json", *values)
    assert json.loads(text) == [{"a": "331124", "b": [1, 2]}]
    for wrong in ("x", "=1", "x:=[1"):
        assert run(capsys, "query", "RETURN 1", "--store", built, "--param", wrong)[0] == 2


def test_query_limits(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table ends after 100 rows and says so; --limit 0 is all, JSON is all anyway."""
    many = "UNWIND range(1, 150) AS i RETURN i"
    code, text, err = run(capsys, "query", many, "--store", built)
    assert (code, len(text.splitlines())) == (0, 101)
    assert "only the first 100 rows" in err
    _, text, err = run(capsys, "query", many, "--store", built, "--limit", "0")
    assert len(text.splitlines()) == 151
    assert "only" not in err
    _, text, _ = run(capsys, "query", many, "--store", built, "--json")
    assert len(json.loads(text)) == 150


def test_search_finds_a_part_of_a_name(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--search finds entities whose name or alias holds the text."""
    assert main(["query", "--search", "松阳", "--store", str(built), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "松阳县" in [row["name"] for row in found]
    assert all("松阳" in row["name"] + "".join(row["aliases"]) for row in found)


def test_export_writes_graphml(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is exported can be read by networkx, with every entity; an unknown format is one error."""
    target = tmp_path / "graph.graphml"
    assert main(["export", str(built), "--format", "graphml", "--output", str(target)]) == 0
    graph = KnowledgeGraph.load(built / "graph.json")
    assert {e.name for e in graph.entities} <= {
        d.get("name") for _, d in nx.read_graphml(target).nodes(data=True)
    }
    assert main(["export", str(built), "--format", "xls"]) == 1
    assert 'no format "xls"' in capsys.readouterr().err


def test_named_queries(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The cookbook is listed, its queries run with other parameters, unknown ones are told."""
    _, text, _ = run(capsys, "query", "--list")
    assert "county-offices" in text
    _, text, _ = run(capsys, "query", "--list", "--json")
    assert "county-offices" in {q["name"] for q in json.loads(text)}
    named = ["query", "--store", built, "--json", "--named"]
    _, text, _ = run(capsys, *named, "county-offices", "--param", "county=松阳")
    assert "李汉勤" in {row["name"] for row in json.loads(text)}
    code, _, err = run(capsys, *named, "nonsense")
    assert (code, err.startswith('error: no query "nonsense" in the cookbook; there are: ')) == (1, True)
    code, _, err = run(capsys, *named, "county-offices", "--param", "country=松阳县")
    assert (code, err.strip()) == (1, 'error: "county-offices" has no parameter country; it has: county')


def test_query_reads_only(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What writes is refused, with --write it is done."""
    copy = tmp_path / "out"
    shutil.copytree(built, copy)
    create = "CREATE (n:Note {id: 'n1'}) RETURN n.id AS id"
    code, text, err = run(capsys, "query", create, "--store", copy)
    assert (code, text) == (1, "")
    assert "CREATE is not allowed" in err
    assert run(capsys, "query", create, "--store", copy, "--write")[0] == 0
    _, text, _ = run(capsys, "query", "MATCH (n:Note) RETURN n.id AS id", "--store", copy, "--json")
    assert json.loads(text) == [{"id": "n1"}]


def test_load_into_another_store(built: Path, neo4j_uri: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A built graph is loaded into Neo4j, again without a change, and answers as the embedded store."""
    try:
        code, _, err = run(capsys, "load", built, "--to", neo4j_uri)
        assert (code, "0 removed" in err) == (0, True)
        _, _, err = run(capsys, "load", built, "--to", neo4j_uri)
        assert "0 created, 0 updated, 0 removed" in err
        _, here, _ = run(capsys, "query", LEADERS, "--store", built, "--json")
        _, there, _ = run(capsys, "query", LEADERS, "--store", neo4j_uri, "--json")
        assert json.loads(there) == json.loads(here) != []
    finally:
        run(capsys, "query", "MATCH (n) DETACH DELETE n", "--store", neo4j_uri, "--write")


def test_view_writes_the_page(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The viewer is made again from graph.json."""
    shutil.copy(built / "graph.json", tmp_path)
    code, _, err = run(capsys, "view", tmp_path, "--no-open")
    assert (code, err.strip()) == (0, f"viewer: {tmp_path / 'viewer.html'}")
    assert (tmp_path / "viewer.html").read_bytes() == (built / "viewer.html").read_bytes()


def test_view_opens_a_browser(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --no-open the page is handed to the browser; where there is none, that is said."""
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url))
    _, _, err = run(capsys, "view", built)
    assert opened == [(built / "viewer.html").resolve().as_uri()]
    assert "no browser could be started" in err


ERRORS = {
    "missing path": (["build", "{tmp}/nothing"], r"nothing: no such file or folder"),
    "empty folder": (["build", "{tmp}"], r"no documents in this folder"),
    "not a build": (["build", "{texts}", "-o", "{texts}"], r"choose another folder"),
    "no store": (["query", "RETURN 1", "--store", "{tmp}"], r"no graph store here"),
    "no server": (["query", "RETURN 1", "--store", "bolt://127.0.0.1:1"], r"no graph store answers"),
    "bad Cypher": (["query", "MATCH (n RETURN n", "--store", "{built}"], r"line 1, column \d+"),
    "no address": (["load", "{built}", "--to", "{tmp}"], r"not an address"),
    "no graph": (["view", "{tmp}", "--no-open"], r"no graph here"),
    "no gold": (["evaluate", "{tmp}/gold"], r"gold: no such folder"),
    "no pipeline": (["extract", "{texts}", "-o", "{tmp}/x", "--ner", "zh_none"], r"zh_none.*not installed"),
    "no schema": (["build", "{texts}", "-o", "{tmp}/x", "--schemas", "{tmp}"], r"entities\.yaml"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_errors_are_one_line(
    case: str, texts: Path, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a user can mend is one line on stderr and exit code 1; nothing is written."""
    arguments, message = ERRORS[case]
    filled = [a.format(tmp=tmp_path, texts=texts, built=built) for a in arguments]
    code, text, err = run(capsys, *filled)
    assert (code, text) == (1, "")
    assert re.match(f"error: .*{message}", err)
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["build"], ["query"], ["query", "RETURN 1", "--named", "met"], ["build", "--x"]],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage is exit code 2."""
    assert run(capsys, *arguments)[0] == 2


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    """Every command has an example that begins with its name."""
    _, text, _ = run(capsys, "--help")
    listed = re.findall(r"^  (\w+) {2,}", text[text.index("Commands:") :], re.MULTILINE)
    assert {"build", "extract", "explain", "evaluate", "query", "load", "view", "schema"} <= set(listed)
    for command in listed:
        words = ["schema", "check"] if command == "schema" else [command]
        code, text, _ = run(capsys, *words, "--help")
        assert code == 0
        assert f"kg {' '.join(words)} " in text[text.index("Example:") :]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version can be asked for."""
    assert run(capsys, "--version")[1].startswith("kg ")


def test_interrupt_is_quiet(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends with an exit code, without a traceback; only what was read is kept."""

    def interrupt(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.pipeline.resolve", interrupt)
    code, text, err = run(capsys, "build", texts, "-o", tmp_path / "out")
    assert code != 0
    assert "Traceback" not in text + err
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["readings"]


def test_a_closed_pipe_is_no_error(built: Path) -> None:
    """`kg query … | head -1` ends without a message."""
    program = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]
    query = ["query", "UNWIND range(1, 20000) AS i RETURN i", "--limit", "0", "--store", str(built)]
    # Rich wraps to no width here, and the answer is larger than a pipe's buffer.
    with subprocess.Popen(
        [*program, *query],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "80"},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read().replace("20000 rows\n", "") == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "true"),
        (["a", None, 1], "a, , 1"),
        (
            {"labels": ["County", "Entity", "Region"], "properties": {"name": "松阳县"}},
            "(:County:Region 松阳县)",
        ),
        ({"type": "LEADS", "properties": {"title": "县长"}, "head": "a", "tail": "b"}, "[:LEADS 县长]"),
        ({"a": 1}, '{"a": 1}'),
    ],
)
def test_cells(value: object, expected: str) -> None:
    """Nodes and relationships are short in a table."""
    assert shown(value) == expected
