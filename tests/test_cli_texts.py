"""The commands that read texts: extract, evaluate, explain, schema check."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from cli_run import ROOT, run, three_texts

from kg.evaluate import format_table, score_folder


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three texts."""
    return three_texts(tmp_path_factory.mktemp("cli") / "texts")


def test_extract_writes_the_format_of_the_gold(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each document's file has the keys of a gold graph, ids in order, and evidence that is in the text."""
    code, text, err = run(capsys, "extract", texts, "-o", tmp_path / "graphs")
    assert (code, text, err.split()[:2]) == (0, "", ["3", "documents"])
    assert {path.name for path in (tmp_path / "graphs").iterdir()} == {"d01.json", "s02.json", "s03.json"}
    graph = json.loads((tmp_path / "graphs" / "s03.json").read_text(encoding="utf-8"))
    gold = json.loads((ROOT / "data" / "gold" / "s03.json").read_text(encoding="utf-8"))
    assert set(graph) == set(gold)
    assert (graph["doc"], graph["locale"]) == (gold["doc"], gold["locale"])
    assert [e["id"] for e in graph["entities"]] == [f"e{n}" for n in range(1, len(graph["entities"]) + 1)]
    assert all(e["level"] for e in graph["entities"] if e["type"] == "Region")
    assert {"head", "type", "tail", "evidence", "rule", "score"} <= set(graph["relations"][0])
    assert {r["title"] for r in graph["relations"] if r["type"] == "LEADS"} > {"县委书记"}
    original = re.sub(r"\s", "", (texts / "s03.txt").read_text(encoding="utf-8"))
    assert all(re.sub(r"\s", "", r["evidence"]) in original for r in graph["relations"])


def test_extract_skips_what_it_cannot_read(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bad file among good ones is told on stderr and the exit code is still 0."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(bytes(range(256)) * 8)
    code, _, err = run(capsys, "extract", texts / "s03.txt", bad, "-o", tmp_path / "graphs")
    assert code == 0
    assert re.search(r"^skipped: .*bad\.txt: not a text file", err, re.MULTILINE)


def test_evaluate_scores_what_extract_wrote(
    texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Extracting now and scoring files give the same table, that of the library."""
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in ("s02", "s03"):
        shutil.copy(ROOT / "data" / "gold" / f"{name}.json", gold)
    shutil.copytree(texts, tmp_path / "samples")
    run(capsys, "extract", texts, "-o", tmp_path / "graphs")
    _, now, _ = run(capsys, "evaluate", gold)
    _, given, _ = run(capsys, "evaluate", gold, "--predicted", tmp_path / "graphs")
    scores = score_folder(gold, tmp_path / "graphs")
    assert now == given == format_table(scores) + "\n"
    _, text, _ = run(capsys, "evaluate", gold, "--predicted", tmp_path / "graphs", "--json")
    assert json.loads(text)["entities"]["f1"] == round(scores.row("entities").f1, 4)
    _, text, _ = run(capsys, "evaluate", gold, "--predicted", tmp_path / "graphs", "--errors")
    assert all(str(error) in text for error in scores.errors)


def test_evaluate_finds_the_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without texts beside the gold it says how to give them."""
    (tmp_path / "gold").mkdir()
    code, _, err = run(capsys, "evaluate", tmp_path / "gold")
    assert (code, "--docs" in err) == (1, True)


def test_explain(texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the terminal text and relations; with --html a page."""
    code, text, _ = run(capsys, "explain", texts / "s03.txt")
    assert code == 0
    assert re.search(r"李汉勤\s+LEADS\s+松阳县\s+县委书记", text)
    code, text, _ = run(capsys, "explain", texts / "s03.txt", "--html", tmp_path / "s03.html")
    assert (code, text) == (0, "")
    assert '<mark class="Official"' in (tmp_path / "s03.html").read_text(encoding="utf-8")


def test_schema_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The program's schema holds; a mistake in one's own is told with file and line."""
    code, text, _ = run(capsys, "schema", "check")
    assert (code, "entity types" in text) == (0, True)
    shutil.copytree(ROOT / "schemas", tmp_path / "mine")
    relations = tmp_path / "mine" / "relations.yaml"
    relations.write_text(
        relations.read_text(encoding="utf-8").replace("tail: [Event]", "tail: [Evnt]"), encoding="utf-8"
    )
    code, _, err = run(capsys, "schema", "check", "--schemas", tmp_path / "mine")
    assert code == 1
    assert re.match(r'error: .*relations\.yaml:\d+: .*"Evnt"', err)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pronoun:", "pronouns:", r'visits\.yaml:1: lacks "pronoun"'),
        ("'(?", "'((?", r"visits\.yaml:\d+: not a reg"),
    ],
)
def test_schema_check_reads_the_wording(
    old: str, new: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry that a step needs and does not find, or that is no regular expression, is told."""
    shutil.copytree(ROOT / "schemas", tmp_path / "mine")
    visits = tmp_path / "mine" / "wording" / "visits.yaml"
    visits.write_text(visits.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    code, _, err = run(capsys, "schema", "check", "--schemas", tmp_path / "mine")
    assert code == 1
    assert re.match(rf"error: .*{message}", err)
