"""What the README says is so."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main
from kg.cli.texts import register
from kg.document_json import document_dict
from kg.evaluate import score_folder
from kg.pipeline import extract
from kg.stores.open import open_store

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_ROUNDING = 0.005


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [content for name, content in fenced if name == language]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the samples have been built, as by make demo."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").symlink_to(ROOT / "data")
    (folder / "schemas").symlink_to(ROOT / "schemas")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["build", "data/samples", "-o", "out"]) == 0
    return folder


Shell = Callable[[str, Path], str]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Carries out a line of the README in a folder; returns what it prints."""

    def run(line: str, folder: Path) -> str:
        monkeypatch.chdir(folder)
        program, *arguments = shlex.split(line)
        assert program == "kg"
        capsys.readouterr()
        assert main(arguments) == 0
        return capsys.readouterr().out

    return run


def test_the_first_query_has_this_answer(demo: Path, shell: Shell) -> None:
    """The first query prints the table below it."""
    (query,) = (block for block in blocks("sh") if "RETURN o.name" in block)
    lines = [line.rstrip() for line in shell(query.strip(), demo).splitlines()]
    assert lines == blocks("")[0].splitlines()


def test_the_cookbook_commands_run(demo: Path, shell: Shell) -> None:
    """The commands on the cookbook print what they are about."""
    (block,) = (block for block in blocks("sh") if "kg query --list" in block)
    for line in block.splitlines():
        answer = shell(line, demo)
        assert "松阳县" in answer or "莫靓" in answer


def test_the_python_examples_run(demo: Path) -> None:
    """The examples of the library run as they stand."""
    whole, pipeline, _ = blocks("python")  # the third is carried out in test_serve
    out = subprocess.run(
        [sys.executable, "-c", whole], cwd=demo, capture_output=True, text=True, check=True
    ).stdout
    assert "['李汉勤', '县委书记']" in out
    out = subprocess.run(
        [sys.executable, "-c", pipeline], cwd=demo, capture_output=True, text=True, check=True
    ).stdout
    assert "('莫靓', 'Person')" in out


def test_a_new_relation_needs_only_yaml(tmp_path: Path, shell: Shell) -> None:
    """A relation type that the code has never seen is found, stored and queried."""
    schemas, texts = tmp_path / "my-schemas", tmp_path / "my-news"
    shutil.copytree(ROOT / "schemas", schemas)
    for block in blocks("yaml"):
        head, _, content = block.partition("\n")
        with (tmp_path / head.removeprefix("# ")).open("a", encoding="utf-8") as file:
            file.write(content)
    sentence, head, tail = re.search(r"^From “(.*)” this makes (.*) → (.*)\.$", README, re.MULTILINE).groups()  # type: ignore[union-attr]
    texts.mkdir()
    (texts / "news.txt").write_text(sentence, encoding="utf-8")
    (block,) = (block for block in blocks("sh") if "schema check" in block)
    *made, query = (shell(line, tmp_path) for line in block.splitlines())
    assert made[0].startswith("my-schemas: ")
    assert query.splitlines()[1].split() == [head, tail]


def test_the_accuracy_is_reached() -> None:
    """The table claims no more than `kg evaluate` gives."""
    found = {g.document.id: document_dict(g) for g in extract([ROOT / "data" / "samples"])}
    scores = score_folder(ROOT / "data" / "gold", found)
    for kind in ("entities", "relations"):
        claimed = re.search(rf"^\| {kind} \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", README, re.MULTILINE)
        assert claimed is not None
        row = scores.row(kind)
        for figure, reached in zip(claimed.groups(), (row.precision, row.recall, row.f1), strict=True):
            assert float(figure) <= reached + _ROUNDING


def test_every_command_is_listed() -> None:
    """The table of commands has every command of the program."""
    import typer

    app = typer.Typer()
    register(app)
    commands = [command.callback.__name__ for command in app.registered_commands if command.callback]
    for name in [*commands, "query", "load", "view", "export", "serve", "schema check"]:
        assert f"| `kg {name}" in README


def test_linked_files_exist() -> None:
    """Every relative link and picture of the README leads somewhere."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_commands_on_doubts_run(demo: Path, shell: Shell) -> None:
    """kg review and kg why, as the README has them, work on the graph of the samples."""
    (block,) = (block for block in blocks("sh") if "kg review out --list" in block)
    lines = [line.partition("#")[0].strip() for line in block.splitlines()]
    assert "--list" not in lines[0]
    assert "云中马公司" in shell("kg review out --list", demo)
    assert "县长" in shell(next(line for line in lines if line.startswith("kg why")), demo)


def test_the_graph_in_cypher_is_described(demo: Path) -> None:
    """Every property of nodes and relationships is named where the graph is described, and the query runs."""
    described = README[README.index("## The graph in Cypher") : README.index("## Neo4j")]
    (query,) = blocks("cypher")
    with open_store(demo / "out") as store:
        rows = store.query("MATCH (n) UNWIND keys(n) AS key RETURN DISTINCT key").rows
        rows += store.query("MATCH ()-[r]->() UNWIND keys(r) AS key RETURN DISTINCT key").rows
        answer = store.query(query)
    assert {key for (key,) in rows if not re.search(rf"[`{{ ]{key}[`,}}]", described)} == set()
    assert answer.columns == ["sentence", "score", "r.documents"]
    assert all("莫靓" in sentence and 0 < score < 1 for sentence, score, _ in answer.rows)
    assert answer.rows
