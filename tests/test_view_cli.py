"""`kg view`: writes the page with what it shows first, and opens it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from view_graphs import gold_graph, packed

from kg.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a built graph."""
    gold_graph().save(tmp_path / "graph.json")
    return tmp_path


def start_of(page: Path) -> dict[str, list[str]]:
    """What a page shows first."""
    found = re.search(' data-start="([^"]*)"', page.read_text(encoding="utf-8"))
    assert found
    return parse_qs(html.unescape(found[1]))


def test_focus_depth_types_and_days(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The options become the first view, the file has the whole graph, and the browser is given that file."""
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    arguments = [
        "--focus",
        "松阳县",
        "--depth",
        "2",
        "--types",
        "Official, Region",
        "--since",
        "2021",
        "--until",
        "2022-06",
    ]
    target = folder / "松阳.html"
    assert main(["view", str(folder), *arguments, "--title", "松阳", "-o", str(target)]) == 0
    start = start_of(target)
    assert (start["near"], start["depth"]) == (["Region-松阳县"], ["2"])
    assert (start["since"], start["until"]) == (["2021"], ["2022-06"])
    assert "Company" in start["hide"][0].split(",")
    assert "Official" not in start["hide"][0].split(",")
    assert "<h1>松阳</h1>" in target.read_text(encoding="utf-8")
    assert len(packed(target, "graph-data")["nodes"]["id"]) == gold_graph().nx.number_of_nodes()
    assert opened == [target.resolve().as_uri()]


def test_without_options_the_whole_is_shown(folder: Path) -> None:
    """The page lies beside the graph and begins with everything."""
    assert main(["view", str(folder), "--no-open"]) == 0
    assert start_of(folder / "viewer.html") == {}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--focus", "松阳市"], 'no entity called "松阳市" in this graph; did you mean'),
        (["--types", "Offical"], 'no entity of type "Offical" in this graph; there are: Company, Event'),
        (["--since", "last year"], '"last year" is no day'),
        (["-o", "nowhere/x.html"], "cannot write the viewer"),
    ],
    ids=["focus", "types", "since", "output"],
)
def test_what_cannot_be_shown_is_one_line(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    says: str,
) -> None:
    """A wrong name, type, day or place is said in one line, and nothing is written."""
    monkeypatch.chdir(folder)
    assert main(["view", str(folder), "--no-open", *arguments]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert says in lines[0]
    assert [path.name for path in folder.iterdir()] == ["graph.json"]
