"""Scores of predicted graphs: the figures of the referee, and the causes of the errors."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import causes, format_causes, format_table, score_folder
from kg.resources import data_dir

REFEREE = Path(os.environ.get("KG_SCORE") or Path(__file__).parents[2] / "shared" / "tools" / "score.py")
GOLD = data_dir() / "gold"


def graph(entities: dict[str, tuple[str, str]], *relations: str, **accept: list[str]) -> dict[str, Any]:
    """A document graph of ``id: (type, name)`` and ``"head TYPE tail"``."""
    return {
        "entities": [
            {"id": key, "type": kind, "name": name, "accept": accept.get(key, [])}
            for key, (kind, name) in entities.items()
        ],
        "relations": [
            dict(zip(("head", "type", "tail"), relation.split(), strict=True)) for relation in relations
        ],
    }


TRUTH = graph(
    {
        "w": ("Official", "王强"),
        "l": ("Official", "李敏"),
        "s": ("Region", "松阳县"),
        "x": ("Region", "新兴镇"),
        "a": ("Company", "浙江甲科技有限公司"),
        "b": ("Company", "乙公司"),
        "j": ("Project", "甲项目"),
    },
    "w LEADS s",
    "l LEADS x",
    "a BUILDS j",
    "a COOPERATES_WITH b",
    "j LOCATED_IN x",
    "a INVESTS_IN j",
    b=["乙有限公司"],
)
GUESS = graph(
    {
        "1": ("Official", "王 强"),
        "2": ("Person", "李敏"),
        "3": ("Region", "松阳县"),
        "4": ("Region", "新兴镇"),
        "5": ("Company", "甲科技"),
        "6": ("Company", "「乙」有限公司"),
        "7": ("Project", "甲项目"),
        "8": ("Region", "浙江省"),
    },
    "1 LEADS 4",
    "2 LEADS 4",
    "5 BUILDS 7",
    "7 LOCATED_IN 4",
    "4 PART_OF 3",  # left out of account
    "3 PART_OF 8",  # left out of account
    "6 INVESTS_IN 7",
)


def folder(path: Path, **graphs: dict[str, Any]) -> Path:
    path.mkdir()
    for name, content in graphs.items():
        (path / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_figures_are_counted_by_type(tmp_path: Path) -> None:
    """The table has the figures that counting by hand gives."""
    scores = score_folder(folder(tmp_path / "gold", d=TRUTH), {"d": GUESS})
    # gold order: Official, Region, Company 2 each, Project 1, Person 0; 5 of 7 right, 8 predicted
    assert format_table(scores).split("\n") == [
        "                        P      R     F1   gold   pred",
        "Official            1.000  0.500  0.667      2      1",
        "Region              0.667  1.000  0.800      2      3",
        "Company             0.500  0.500  0.500      2      2",
        "Project             1.000  1.000  1.000      1      1",
        "Person              0.000  0.000  0.000      0      1",
        "entities            0.625  0.714  0.667      7      8",
        "LEADS               0.000  0.000  0.000      2      2",
        "BUILDS              0.000  0.000  0.000      1      1",
        "COOPERATES_WITH     0.000  0.000  0.000      1      0",
        "LOCATED_IN          1.000  1.000  1.000      1      1",
        "INVESTS_IN          0.000  0.000  0.000      1      1",
        "relations           0.200  0.167  0.182      6      5",
    ]


def test_errors_are_listed_with_their_causes(tmp_path: Path) -> None:
    """Each miss and each wrong prediction is one line, with what lies behind it."""
    scores = score_folder(folder(tmp_path / "gold", d=TRUTH), {"d": GUESS})
    assert [(str(error), error.cause) for error in scores.errors] == [
        ("d  missed  Official 李敏", "other type"),
        ("d  missed  Company 浙江甲科技有限公司", "boundary"),
        ("d  wrong   Person 李敏", "other type"),
        ("d  wrong   Company 甲科技", "boundary"),
        ("d  wrong   Region 浙江省", "not in gold"),
        ("d  missed  王强 LEADS 松阳县", "other tail"),
        ("d  missed  李敏 LEADS 新兴镇", "end not found"),
        ("d  missed  浙江甲科技有限公司 BUILDS 甲项目", "end not found"),
        ("d  missed  浙江甲科技有限公司 COOPERATES_WITH 乙公司", "end not found"),
        ("d  missed  浙江甲科技有限公司 INVESTS_IN 甲项目", "end not found"),
        ("d  wrong   王 强 LEADS 新兴镇", "other tail"),
        ("d  wrong   李敏 LEADS 新兴镇", "end not in gold"),
        ("d  wrong   甲科技 BUILDS 甲项目", "end not in gold"),
        ("d  wrong   「乙」有限公司 INVESTS_IN 甲项目", "other head"),
    ]


THREE = {"a": ("Company", "甲"), "b": ("Company", "乙"), "c": ("Company", "丙")}


@pytest.mark.parametrize(
    ("want", "got", "cause"),
    [
        (["a OWNS b"], ["b OWNS a"], "direction"),
        (["a OWNS b"], ["a INVESTS_IN b"], "other type"),
        (["a OWNS b"], ["a OWNS c"], "other tail"),
        (["a OWNS b"], ["c OWNS b"], "other head"),
        (["a OWNS b"], [], "not found"),
        (["a OWNS b", "a OWNS c"], ["a OWNS c"], "not found"),
        (["a COOPERATES_WITH b"], ["b COOPERATES_WITH a"], None),
    ],
)
def test_missed_relations_have_a_cause(
    tmp_path: Path, want: list[str], got: list[str], cause: str | None
) -> None:
    """A missed relation is told by the nearest unmatched one that was predicted instead."""
    scores = score_folder(folder(tmp_path / "gold", d=graph(THREE, *want)), {"d": graph(THREE, *got)})
    assert [error.cause for error in scores.errors if error.verdict == "missed"] == ([cause] if cause else [])


def test_causes_are_counted(tmp_path: Path) -> None:
    """The causes are a table with misses, wrong predictions and the types hit."""
    scores = score_folder(folder(tmp_path / "gold", d=TRUTH), {"d": GUESS})
    assert causes(scores) == {
        ("entities", "boundary"): (1, 1),
        ("entities", "other type"): (1, 1),
        ("entities", "not in gold"): (0, 1),
        ("relations", "end not found"): (4, 0),
        ("relations", "end not in gold"): (0, 2),
        ("relations", "other tail"): (1, 1),
        ("relations", "other head"): (0, 1),
    }
    lines = format_causes(scores).split("\n")
    assert lines[0].split() == ["cause", "missed", "wrong", "most", "often"]
    assert lines[2].split() == ["entities", "other", "type", "1", "1", "Official", "1,", "Person", "1"]


def test_matching_is_one_to_one(tmp_path: Path) -> None:
    """A name predicted twice is right once, and two gold entities of one name need two predictions."""
    twice = graph({"a": ("Person", "王强"), "b": ("Person", "王强")})
    once = graph({"a": ("Person", "王强")})
    row = score_folder(folder(tmp_path / "one", d=once), {"d": twice}).row("Person")
    assert (row.correct, row.gold, row.predicted) == (1, 1, 2)
    row = score_folder(folder(tmp_path / "two", d=twice), {"d": once}).row("Person")
    assert (row.correct, row.gold, row.predicted) == (1, 2, 1)


def test_a_document_without_prediction_is_all_missed(tmp_path: Path) -> None:
    """What was not predicted counts as empty, in a folder and in a mapping."""
    gold = folder(tmp_path / "gold", d=TRUTH, e=TRUTH)
    guess = folder(tmp_path / "guess", d=TRUTH)
    scores = score_folder(gold, guess)
    assert scores == score_folder(gold, {"d": TRUTH})
    assert scores.row("entities").recall == 0.5
    assert {error.doc for error in scores.errors} == {"e"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not a readable document graph"),
        ("[]", "not a document graph"),
        ('{"entities": [{"id": "a"}], "relations": []}', "KeyError: 'name'"),
        ('{"entities": [], "relations": [{"head": "a", "type": "OWNS", "tail": "b"}]}', "unknown entity a"),
        (json.dumps({"entities": TRUTH["entities"][:1] * 2, "relations": []}), "two entities have the id w"),
    ],
)
def test_broken_graphs_are_errors(tmp_path: Path, content: str, message: str) -> None:
    """A file that is no document graph is named with the fault, in one line."""
    gold, guess = folder(tmp_path / "gold", d=TRUTH), folder(tmp_path / "guess")
    (guess / "d.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        score_folder(gold, guess)
    assert str(caught.value).startswith(str(guess / "d.json"))
    assert "\n" not in str(caught.value)


def test_missing_folders_are_errors(tmp_path: Path) -> None:
    """A missing folder, and one without gold graphs, are not scored as 0."""
    gold = folder(tmp_path / "gold", d=TRUTH)
    with pytest.raises(InputError, match="gone: no such folder"):
        score_folder(tmp_path / "gone", gold)
    with pytest.raises(InputError, match="gone: no such folder"):
        score_folder(gold, tmp_path / "gone")
    with pytest.raises(InputError, match="no gold graphs"):
        score_folder(folder(tmp_path / "empty"), gold)


def perturbed(truth: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A graph with every kind of fault a prediction can have."""
    entities = [dict(entity) for entity in truth["entities"] if chance.random() > 0.15]
    for entity in entities:
        if entity.get("accept") and chance.random() < 0.5:
            entity["name"] = chance.choice(entity["accept"])
        fault = chance.random()
        if fault < 0.1:
            entity["type"] = chance.choice(["Organization", "Company", "Region", "Spaceship"])
        elif fault < 0.2:
            entity["name"] = entity["name"][1:] + "“ "
        elif fault < 0.3:
            entity["name"] = f"《{entity['name']}》"
    entities += [{**entity, "id": f"{entity['id']}x"} for entity in entities if chance.random() < 0.1]
    chance.shuffle(entities)
    ids = [entity["id"] for entity in entities]
    relations = [dict(r) for r in truth["relations"] if {r["head"], r["tail"]} <= set(ids)]
    for relation in relations:
        fault = chance.random()
        if fault < 0.15:
            relation["head"], relation["tail"] = relation["tail"], relation["head"]
        elif fault < 0.3:
            relation["tail"] = chance.choice(ids)
    types = ["PART_OF", "PART_OF", "COOPERATES_WITH", "LEADS", "ORBITS"]
    relations += [
        {"head": chance.choice(ids), "type": chance.choice(types), "tail": chance.choice(ids)}
        for _ in range(8)
        if ids
    ]
    relations += [r for r in relations if chance.random() < 0.1]
    return {"entities": entities, "relations": relations}


@pytest.mark.skipif(not REFEREE.is_file(), reason="the referee's score.py is not here (KG_SCORE names it)")
@pytest.mark.parametrize("seed", range(4))
def test_the_referee_prints_the_same(tmp_path: Path, seed: int) -> None:
    """Figures and error lines are those of the referee, to the letter, on faulty predictions."""
    chance = random.Random(seed)
    guesses = {
        path.stem: perturbed(json.loads(path.read_text(encoding="utf-8")), chance)
        for path in sorted(GOLD.glob("*.json"))
        if chance.random() > 0.05
    }
    command = [
        sys.executable,
        str(REFEREE),
        str(GOLD),
        str(folder(tmp_path / "guess", **guesses)),
        "--errors",
    ]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    scores = score_folder(GOLD, guesses)
    lines = [*map(str, scores.errors), *format_table(scores).split("\n")]
    assert printed.splitlines() == lines
    assert len(scores.errors) > 100
