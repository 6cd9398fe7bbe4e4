"""Confidence: how rules that agree add up, what a threshold leaves out, and whether scores keep their word."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kg.calibration import calibration, format_calibration
from kg.cli import main
from kg.confidence import above, agree, graph_above, load_scores
from kg.document_json import document_dict
from kg.errors import SchemaError
from kg.evaluate import score_folder
from kg.graph import KnowledgeGraph
from kg.pipeline import build, extract
from kg.schema import load_schema
from kg.types import Document, DocumentGraph, Entity, Evidence, Link, Relation

DATA = Path(__file__).parent.parent / "data"


def test_agreeing_finds_raise_confidence() -> None:
    """Two finds leave the product of their doubts, and none makes certain."""
    assert agree([0.8]) == 0.8
    assert agree([0.8, 0.5]) == agree([0.5, 0.8]) == 0.9
    assert agree([0.9] * 9) == 0.99


def _document_graph() -> DocumentGraph:
    evidence = Evidence("d", 0, 3, "甲乙丙", "rule")
    return DocumentGraph(
        document=Document("d", ""),
        entities=(
            Entity("e1", "Company", "甲公司", score=0.9),
            Entity("e2", "Project", "乙项目", score=0.4),
            Entity("e3", "Region", "丙县", score=0.9),
        ),
        links=(
            Link("BUILDS", "e1", "e2", evidence, score=0.9),
            Link("LOCATED_IN", "e1", "e3", evidence, score=0.9),
            Link("INVESTS_IN", "e1", "e3", evidence, score=0.3),
        ),
    )


def test_threshold_on_a_document() -> None:
    """What is below goes, what has such an end goes too, and all of it is told with the reason."""
    graph = above(_document_graph(), 0.5)
    assert [e.name for e in graph.entities] == ["甲公司", "丙县"]
    assert [link.type for link in graph.links] == ["LOCATED_IN"]
    assert [(d.item, d.reason) for d in graph.dropped] == [
        ("Project 乙项目", "confidence below 0.5"),
        ("甲公司 BUILDS 乙项目", "an end has a confidence below 0.5"),
        ("甲公司 INVESTS_IN 丙县", "confidence below 0.5"),
    ]
    assert above(_document_graph(), 0.0) == _document_graph()


def test_threshold_on_a_graph() -> None:
    """The same holds for the graph of all documents, whose confidence survives its JSON."""
    document = _document_graph()
    graph = KnowledgeGraph(
        entities=document.entities,
        relations=[
            Relation(str(n), k.type, k.head, k.tail, "", None, None, (k.evidence,), k.score)
            for n, k in enumerate(document.links)
        ],
    )
    assert KnowledgeGraph.from_dict(graph.to_dict()).to_dict() == graph.to_dict()
    assert [r.score for r in KnowledgeGraph.from_dict(graph.to_dict()).relations] == [0.9, 0.9, 0.3]
    kept, dropped = graph_above(graph, 0.5)
    assert [r.type for r in kept.relations] == ["LOCATED_IN"]
    assert {e.id for e in kept.entities} == {"e1", "e3"}
    assert len(dropped) == 3
    assert graph_above(graph, 0.0) == (graph, [])


def test_a_second_sentence_makes_a_post_surer(tmp_path: Path) -> None:
    """Who is named with an office twice holds it more surely, and two documents that agree more surely still."""
    once = "松阳县县长莫小川到西屏街道调研。"
    twice = once + "莫小川县长要求加快项目建设。"
    scores = []
    for name, text in (("once", once), ("twice", twice)):
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        (graph,) = extract([path])
        scores += [link.score for link in graph.links if link.type == "LEADS"]
    assert 0.8 < scores[0] < scores[1] <= 0.99
    build([tmp_path], tmp_path / "out")
    (relation,) = (
        r for r in KnowledgeGraph.load(tmp_path / "out" / "graph.json").relations if r.type == "LEADS"
    )
    assert relation.score >= scores[1]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("entities:\n  Compny: {list: 0.5}\n", 2, 'no type "Compny"; did you mean "Company"'),
        ("relations:\n  LEADS:\n    post: 2\n", 3, "from 0 to 1"),
        ("links: {}\n", 1, 'unknown key "links"'),
    ],
)
def test_mistakes_in_the_scores(tmp_path: Path, text: str, line: int, message: str) -> None:
    """A type that does not exist and a number that is no share are told with their line."""
    (tmp_path / "scores.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError) as error:
        load_scores(tmp_path, load_schema())
    assert f"scores.yaml:{line}:" in str(error.value)
    assert message in str(error.value)


def test_the_longest_beginning_counts(tmp_path: Path) -> None:
    """A rule's score is that of the longest key it begins with, else its own."""
    (tmp_path / "scores.yaml").write_text('entities:\n  Project: {"head:": 0.8, "head:项目": 0.6}\n')
    scores = load_scores(tmp_path, load_schema())
    assert [scores.entity("Project", rule, 0.1) for rule in ("head:项目", "head:工程", "list")] == [
        0.6,
        0.8,
        0.1,
    ]


def test_surer_bands_are_better() -> None:
    """On the samples precision rises with confidence, and the surest finds are nearly all right."""
    found = {g.document.id: document_dict(g) for g in extract([DATA / "samples"])}
    scores = score_folder(DATA / "gold", found)
    for kind in ("entities", "relations"):
        bands = [b for b in calibration(scores) if b.kind == kind and b.found >= 20]
        assert len(bands) >= 4
        for low, high in pairwise(bands):
            assert high.precision > low.precision - 0.03, (low, high)
        assert bands[-1].precision >= 0.97
        assert bands[0].precision <= 0.9
    surer = score_folder(DATA / "gold", found, min_score=0.9)
    assert surer.dropped > 0
    for kind in ("entities", "relations"):
        assert surer.row(kind).precision > scores.row(kind).precision
        assert surer.row(kind).recall < scores.row(kind).recall


def test_calibration_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table has a line a band, and what a threshold leaves out is counted."""
    gold, predicted = tmp_path / "gold", tmp_path / "predicted"
    for folder in (gold, predicted):
        folder.mkdir()
    entities = (
        '{"id": "a", "type": "Company", "name": "甲"%s}, {"id": "b", "type": "Company", "name": "%s"%s}'
    )
    graph = '{"entities": [' + entities + '], "relations": []}'
    (gold / "d.json").write_text(graph % ("", "乙", ""), encoding="utf-8")
    (predicted / "d.json").write_text(graph % (', "score": 0.97', "丙", ', "score": 0.62'), encoding="utf-8")
    command = ["evaluate", str(gold), "--predicted", str(predicted), "--calibration"]
    assert main(command) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["entities", "0.60–0.70", "1", "0", "0.000"] in lines
    assert ["entities", "0.95–1.00", "1", "1", "1.000"] in lines
    assert main([*command, "--min-score", "0.9"]) == 0
    captured = capsys.readouterr()
    assert "0.60–0.70" not in captured.out
    assert captured.err.startswith("dropped: 1 ")
    assert "entities" in format_calibration(score_folder(gold, predicted))


def test_threshold_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`kg extract` and `kg build` leave out what is less sure and say how much that is."""
    text = tmp_path / "d01.txt"
    text.write_bytes((DATA / "samples" / "d01.txt").read_bytes())
    assert main(["extract", str(text), "-o", str(tmp_path / "graphs"), "--min-score", "0.9"]) == 0
    assert "confidence below 0.9" in capsys.readouterr().err
    report = build([text], tmp_path / "out", min_score=0.9)
    dropped = [d for d in report.dropped if d.step == "confidence"]
    assert dropped
    graph = KnowledgeGraph.load(tmp_path / "out" / "graph.json")
    assert min(e.score for e in graph.entities) >= 0.9
    assert min(r.score for r in graph.relations) >= 0.9


def test_deixis_is_a_cause(tmp_path: Path) -> None:
    """An entity that its text only points at is missed for that reason."""
    (tmp_path / "d.json").write_text(
        '{"entities": [{"id": "a", "type": "Organization", "name": "松阳县委", "mentions": ["县委"]},'
        '{"id": "b", "type": "Region", "name": "松阳县", "mentions": ["我县", "松阳县"]},'
        '{"id": "c", "type": "Project", "name": "甲项目", "mentions": ["该项目"]}], "relations": []}',
        encoding="utf-8",
    )
    assert [e.cause for e in score_folder(tmp_path, {}).errors] == ["deixis", "not found", "deixis"]
