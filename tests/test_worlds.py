"""Entities across documents, measured: the written worlds, made-up documents by the thousand, time that grows linearly."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from bench_resolve import run
from evaluate_worlds import evaluate, true_graph, truths
from make_worlds import main as make_worlds
from pair_scores import Scores, scores

from kg.resolve.resolve import resolve
from kg.resources import data_dir

WORLDS = data_dir() / "worlds"


@cache
def figures(world: str, whole_line: bool) -> dict[str, Scores]:
    """Scores by type."""
    return scores(evaluate(WORLDS / world, whole_line=whole_line)[1])


def test_pair_scores() -> None:
    """Figures of a case worked out by hand: three of A, one of them with B."""
    rows = [("T", "A", "1"), ("T", "A", "1"), ("T", "A", "2"), ("T", "B", "2")]
    found = scores(rows)["T"]
    assert (found.precision, found.recall) == (0.5, pytest.approx(1 / 3))
    assert (found.b3_precision, found.b3_recall) == (0.75, pytest.approx((2 / 3 * 2 + 1 / 3 + 1) / 4))


@pytest.mark.parametrize("world", ["tuned", "held_out"])
def test_what_the_worlds_hold(world: str) -> None:
    """150 documents and more over 12 counties and 6 years, with homonyms, transfers, reforms and subsidiaries."""
    known = truths(WORLDS / world)
    assert len(known) >= 150
    assert len({truth["locale"] for truth in known}) == 12
    assert {truth["date"][:4] for truth in known} == {str(year) for year in range(2017, 2023)}
    entities = [(t["locale"], e) for t in known for e in t["entities"]]
    people: dict[str, set[str]] = {}
    places: dict[str, set[str]] = {}
    for locale, entity in entities:
        if entity["type"] == "Official":
            people.setdefault(entity["name"], set()).add(entity["world"])
            places.setdefault(entity["world"], set()).add(locale)
    assert sum(len(ids) > 1 for ids in people.values()) >= 5
    assert sum(len(found) > 1 for found in places.values()) >= 3
    assert sum(r["type"] == "OWNS" for t in known for r in t["relations"]) >= 3
    names: dict[str, set[str]] = {}
    for _, entity in entities:
        if entity["type"] == "Organization":
            names.setdefault(entity["world"], set()).add(entity["name"])
    assert (
        sum(any("农业局" in n for n in of) and any("农业农村局" in n for n in of) for of in names.values())
        >= 2
    )


def test_the_worlds_are_what_their_generator_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files follow from the generator, byte for byte."""
    monkeypatch.setattr("sys.argv", ["make_worlds.py", "-o", str(tmp_path)])
    make_worlds()
    for name in ("tuned", "held_out"):
        for file in ("documents.jsonl", "truth.jsonl"):
            assert (tmp_path / name / file).read_bytes() == (WORLDS / name / file).read_bytes(), (name, file)


@pytest.mark.parametrize(
    ("world", "whole_line", "precision", "recall"),
    [
        ("tuned", False, 0.97, 0.98),
        ("held_out", False, 0.98, 0.97),
        ("tuned", True, 0.97, 0.81),
        ("held_out", True, 0.97, 0.76),
    ],
)
def test_floors(world: str, whole_line: bool, precision: float, recall: float) -> None:
    """Pairs over all types; from the texts, what is not found in them counts as not joined."""
    found = figures(world, whole_line)["all"]
    assert found.precision >= precision
    assert found.recall >= recall


@pytest.mark.parametrize("type", ["People", "Organization", "Company", "Project", "Park", "Event"])
def test_floors_by_type(type: str) -> None:
    """On the world held out, with the true entities of each document."""
    found = figures("held_out", False)[type]
    assert found.precision >= 0.97
    assert found.recall >= 0.95


@cache
def made_up(mentions: int) -> tuple[dict[str, Scores], float]:
    """Scores by type and seconds of resolving, of so many mentions of a fifth as many entities."""
    _, rows, seconds = run(mentions, mentions // 5)
    return scores(rows), seconds


def test_made_up_documents() -> None:
    """Slips, short names and homonyms in 20,000 mentions: the precision and recall asked of a million."""
    found, _ = made_up(20_000)
    assert found["all"].precision >= 0.98
    assert found["all"].recall >= 0.92
    for type, figures_of_type in found.items():
        assert figures_of_type.precision >= 0.96, type
        assert figures_of_type.recall >= 0.92, type


def test_time_grows_with_the_number() -> None:
    """Four times the mentions, of four times the entities, take less than seven times as long; squared would be 16."""
    assert made_up(20_000)[1] < 7 * made_up(5_000)[1]


@pytest.mark.parametrize(
    ("row", "world", "whole_line"),
    [
        ("`data/worlds/held_out`, true", "held_out", False),
        ("the same from the texts", "held_out", True),
        ("`data/worlds/tuned`", "tuned", False),
    ],
)
def test_the_readme_claims_no_more(row: str, world: str, whole_line: bool) -> None:
    """The figures of the README are reached."""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    (line,) = (line for line in readme.splitlines() if line.startswith(f"| {row}"))
    precision, recall = (float(cell) for cell in line.split("|")[2:4])
    found = figures(world, whole_line)["all"]
    assert found.precision >= precision - 0.005
    assert found.recall >= recall - 0.005


def test_a_world_in_parts_is_the_same() -> None:
    """Documents read backwards resolve to the same entities and the same doubts."""
    forwards, _ = evaluate(WORLDS / "held_out", whole_line=False)
    backwards = resolve([true_graph(truth) for truth in reversed(truths(WORLDS / "held_out"))])
    assert backwards.ids == forwards.ids
    assert json.dumps(backwards.graph.to_dict()) == json.dumps(forwards.graph.to_dict())
    assert backwards.record == forwards.record
