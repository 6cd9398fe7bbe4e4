"""People decide: the queue, the file of decisions, what a rebuild does with them; kg why and kg enrich beside it."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from made_graphs import document, named, official

from kg.cli import main
from kg.decisions import Verdict, read_decisions, verdict, write_decisions
from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.pipeline import build
from kg.resolve.enrich import read_table
from kg.resolve.resolve import resolve
from kg.review import decide, questions, undo
from kg.stores.open import open_store

TEXTS = {
    "a.txt": "松阳县召开工业大会\n\n2021年3月31日，松阳县委书记李汉勤到浙江云中马股份有限公司调研。"
    "浙江云中马股份有限公司位于松阳县。县长莫靓陪同。\n",
    "b.txt": "遂昌县走访企业\n\n2021年4月2日，遂昌县县长王强会见云中马公司客人。遂昌县农业农村局局长李伟参加考察。\n",
    "c.txt": "松阳县简讯\n\n2021年5月6日，松阳县委书记李汉勤出席全县安全生产工作会议。\n",
}
SHORT, FULL = "云中马公司", "浙江云中马股份有限公司"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts and their graph."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    build([folder / "texts"], folder / "out", workers=1)
    return folder


@pytest.fixture
def work(built: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return shutil.copytree(built, tmp_path / "work")


def rebuilt(work: Path, **more: Any) -> KnowledgeGraph:
    build([work / "texts"], work / "out", workers=1, **more)
    return KnowledgeGraph.load(work / "out" / "graph.json")


def firms(graph: KnowledgeGraph) -> list[str]:
    return sorted(e.name for e in graph.entities if e.type == "Company")


def test_the_queue_shows_both_sides_with_their_sentences(built: Path) -> None:
    """A doubtful pair comes with names, contexts, documents and a sentence of each side."""
    (question,) = questions(built / "out")
    assert {question.left.name, question.right.name} == {SHORT, FULL}
    sides = {side["name"]: side for side in (question.to_dict()["left"], question.to_dict()["right"])}
    assert "王强会见云中马公司客人" in sides[SHORT]["sentence"]
    assert (sides[FULL]["documents"], sides[FULL]["context"]) == (["a"], "松阳县 331124")


def test_a_decision_outlives_rebuilds_and_is_undone(work: Path) -> None:
    """Same joins in every build into the same folder; undone, the pair is in doubt again."""
    out = work / "out"
    made = decide(out, SHORT, FULL, "same", day="2026-01-02")
    assert questions(out) == []
    assert firms(rebuilt(work)) == [FULL]
    assert firms(rebuilt(work)) == [FULL]
    assert read_decisions(out / "decisions.tsv") == (made,)
    assert undo(out, FULL, SHORT) == made
    assert firms(rebuilt(work)) == [SHORT, FULL]
    assert len(questions(out)) == 1


@pytest.mark.parametrize("word", ["different", "unsure"])
def test_decided_pairs_are_not_asked_again(work: Path, word: str) -> None:
    """Different and unsure leave both alone and out of the queue, also after a rebuild."""
    decide(work / "out", SHORT, FULL, word)
    assert questions(work / "out") == []
    assert firms(rebuilt(work)) == [SHORT, FULL]
    assert questions(work / "out") == []


def test_decisions_in_a_file_of_ones_own(work: Path) -> None:
    """A shared file works for any build; one that is missing is an error."""
    file = work / "shared.tsv"
    decide(work / "out", SHORT, FULL, "same", decisions=file)
    assert not (work / "out" / "decisions.tsv").exists()
    assert firms(rebuilt(work, decisions=file)) == [FULL]
    with pytest.raises(InputError, match=r"none\.tsv: no such file"):
        rebuilt(work, decisions=work / "none.tsv")


def test_a_decision_whose_side_is_gone_is_told(work: Path) -> None:
    """The build says so, in the report too; the line stays in the file."""
    decide(work / "out", SHORT, FULL, "same")
    (work / "texts" / "b.txt").unlink()
    report = build([work / "texts"], work / "out", workers=1)
    (note,) = report.notes
    assert "decision not applied" in note
    assert "no document names 云中马公司 (遂昌县 331123) any more" in note
    assert json.loads((work / "out" / "report.json").read_text(encoding="utf-8"))["notes"] == [note]
    assert len(read_decisions(work / "out" / "decisions.tsv")) == 1


def _key(name: str, title: str) -> tuple[str, str, str]:
    return ("People", name, f"松阳县 331124 {title}")


def test_decisions_beat_everything_that_was_seen() -> None:
    """Two that one office makes one stay two, and two that a veto keeps apart become one, when a person says so."""
    graphs = [official("a", "李伟", "县长", "松阳县"), official("b", "李伟", "副县长", "松阳县")]
    apart = verdict("different", _key("李伟", "县长"), _key("李伟", "副县长"))
    assert len(resolve(graphs).graph.find("李伟")) == 1
    assert len(resolve(graphs, decisions=[apart]).graph.find("李伟")) == 2
    parts = [document("a", named("Project", "厂房一期")), document("b", named("Project", "厂房二期"))]
    keys = [("Project", f"厂房{n}期", "松阳县 331124") for n in "一二"]
    assert len([e for e in resolve(parts).graph.entities if e.type == "Project"]) == 2
    joined = resolve(parts, decisions=[verdict("same", *keys)])
    assert len([e for e in joined.graph.entities if e.type == "Project"]) == 1


def test_different_holds_through_a_third() -> None:
    """What two decided to be different both resemble joins one of them, never both."""
    graphs = [
        official(id, "李伟", title, "松阳县")
        for id, title in (("a", "县长"), ("b", "副县长"), ("c", "县委书记"))
    ]
    apart = verdict("different", _key("李伟", "县长"), _key("李伟", "副县长"))
    result = resolve(graphs, decisions=[apart])
    assert result.ids["a", "李伟"] != result.ids["b", "李伟"]
    assert not result.record.notes


def test_different_holds_for_bare_names() -> None:
    """Two bare names that fit the same person, but are decided to be different, do not both join him."""
    told = document(
        "c",
        named("Official", "李伟"),
        links=[("SERVES_IN", "李伟", "松阳县", "副县长"), ("SERVES_IN", "李伟", "遂昌县", "副县长")],
    )
    graphs = [
        told,
        document("a", named("Person", "李伟")),
        document("b", named("Person", "李伟"), at="遂昌县"),
    ]
    assert len({resolve(graphs).ids[id, "李伟"] for id in "abc"}) == 1
    sides = [("People", "李伟", "松阳县 331124"), ("People", "李伟", "遂昌县 331123")]
    ids = resolve(graphs, decisions=[verdict("different", *sides)]).ids
    assert ids["a", "李伟"] != ids["b", "李伟"]


def test_contradictions_are_told() -> None:
    """One is two, two is three, one is not three: the sames are left out and named, the different holds."""
    graphs = [
        official(id, "李伟", title, "松阳县")
        for id, title in (("a", "县长"), ("b", "副县长"), ("c", "县委书记"))
    ]
    keys = [_key("李伟", title) for title in ("县长", "副县长", "县委书记")]
    made = [
        verdict("same", keys[0], keys[1]),
        verdict("same", keys[1], keys[2]),
        verdict("different", keys[0], keys[2]),
    ]
    result = resolve(graphs, decisions=made)
    assert len(result.record.notes) == 2
    assert all("contradicts others" in note for note in result.record.notes)
    assert result.ids["a", "李伟"] != result.ids["c", "李伟"]


def test_the_file_of_decisions(tmp_path: Path) -> None:
    """What is written is read; comments and empty lines may stand between; order of sides does not matter."""
    one, other = ("Company", "甲公司", ""), ("Company", "甲有限公司", "松阳县 331124")
    made = verdict("same", other, one, day="2026-01-02")
    assert made == Verdict("same", one, other, "2026-01-02")
    path = tmp_path / "decisions.tsv"
    write_decisions(path, [made])
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[-1] == "same\tCompany\t甲公司\t\t甲有限公司\t松阳县 331124\t2026-01-02"
    path.write_text(f"# ours\n\n{text}", encoding="utf-8")
    assert read_decisions(path) == (made,)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("same\tCompany\t甲", "3 columns instead of 7"),
        ("equal\tCompany\t甲\t\t乙\t\t", '"equal" is no verdict; legal: same, different, unsure'),
        ("same\tCompany\t甲\t\t甲\t\t", "both sides are the same"),
        ("same\tCompany\t甲\t\t乙\t\t\ndifferent\tCompany\t乙\t\t甲\t\t", "but line 1 says same; keep one"),
    ],
)
def test_mistakes_in_the_file(tmp_path: Path, line: str, message: str) -> None:
    """Each is one error with file and line."""
    path = tmp_path / "decisions.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"decisions\.tsv:\d: ") as caught:
        read_decisions(path)
    assert message in str(caught.value)


def test_review_at_the_terminal(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Keys decide; another key is asked again; the end of the input quits."""
    out = str(work / "out")
    monkeypatch.setattr("sys.stdin", io.StringIO("x\ns\n"))
    assert main(["review", out]) == 0
    shown = capsys.readouterr()
    assert "王强会见云中马公司客人" in shown.out
    assert "1 decided" in shown.err
    assert [made.verdict for made in read_decisions(work / "out" / "decisions.tsv")] == ["same"]
    assert main(["review", out]) == 0
    assert "nothing to decide" in capsys.readouterr().err


def test_review_without_a_terminal(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--list, --json, --set and --undo need no keys; what is wrong is one line and exit code 1."""
    out = str(work / "out")
    assert main(["review", out, "--list"]) == 0
    assert SHORT in capsys.readouterr().out
    assert main(["review", out, "--json"]) == 0
    (pair,) = json.loads(capsys.readouterr().out)
    assert main(["review", out, "--set", pair["left"]["id"], pair["right"]["id"], "different"]) == 0
    assert main(["review", out, "--undo", SHORT, FULL]) == 0
    assert main(["review", out, "--set", SHORT, FULL, "perhaps"]) == 1
    assert main(["review", out, "--set", SHORT, "无此公司", "same"]) == 1
    assert main(["review", out, "--undo", SHORT, FULL]) == 1
    errors = capsys.readouterr().err
    assert '"perhaps" is no verdict' in errors
    assert "无此公司: no name, entity or form" in errors
    assert "no decision on" in errors


def test_why(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The grounds name what was joined, on what grounds, and what was nearly joined."""
    out = str(work / "out")
    assert main(["why", out, SHORT, "--json"]) == 0
    (grounds,) = json.loads(capsys.readouterr().out)
    assert [joined["name"] for joined in grounds["joined"]] == [SHORT]
    assert [(near["name"], near["asked"]) for near in grounds["not_joined"]] == [(FULL, True)]
    decide(work / "out", SHORT, FULL, "same")
    rebuilt(work)
    assert main(["why", out, FULL]) == 0
    assert "decided by a person" in capsys.readouterr().out
    assert main(["why", out, "无此公司"]) == 1


def test_enrich(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns get into graph and store, survive a rebuild, and what is not sure is told."""
    out = work / "out"
    table = work / "companies.csv"
    table.write_text(
        "name,place,type,uscc,wikidata\n云中马股份有限公司,松阳县,Company,91331124X,\n李汉勤,松阳县,Official,,Q1\n"
        "无此公司,,Company,1,\n",
        encoding="utf-8",
    )
    assert main(["enrich", str(out), "--with", str(table), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["left"] == ["line 4, 无此公司: no entity of this name"]
    assert sorted(map(tuple, map(dict.items, told["joined"].values()))) == [
        (("uscc", "91331124X"),),
        (("wikidata", "Q1"),),
    ]
    for again in (False, True):
        if again:
            report = build([work / "texts"], out, workers=1)
            assert report.notes == ("tables/companies.csv: line 4, 无此公司: no entity of this name",)
        (firm,) = (e for e in KnowledgeGraph.load(out / "graph.json").entities if e.name == FULL)
        assert firm.properties == (("uscc", "91331124X"),)
        with open_store(out) as store:
            assert store.query("MATCH (c:Company) WHERE c.uscc IS NOT NULL RETURN c.name, c.uscc").rows == [
                [FULL, "91331124X"]
            ]
    assert main(["export", str(out), "-f", "csv", "-o", str(work / "csv")]) == 0
    assert '"91331124X"' in (work / "csv" / "nodes.csv").read_text(encoding="utf-8")
    table.write_text("name,wikidata\n李汉勤,Q2\n", encoding="utf-8")
    assert main(["enrich", str(out), "--with", str(table)]) == 0
    properties = {e.name: e.properties for e in KnowledgeGraph.load(out / "graph.json").entities}
    assert (properties["李汉勤"], properties[FULL]) == ((("wikidata", "Q2"),), ())


def test_rows_that_fit_two_are_not_guessed(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name of two entities without a place is reported; two rows that contradict each other set nothing."""
    (work / "texts" / "d.txt").write_text(
        "遂昌县简讯\n\n2021年5月7日，遂昌县副县长莫靓出席全县农业工作会议。\n", encoding="utf-8"
    )
    rebuilt(work)
    table = work / "people.csv"
    table.write_text(
        "name,place,type,born\n莫靓,,Official,1970\n王强,遂昌县,,1971\n王强,遂昌,,1972\n", encoding="utf-8"
    )
    assert main(["enrich", str(work / "out"), "--with", str(table), "--json"]) == 0
    left = json.loads(capsys.readouterr().out)["left"]
    assert "line 2, 莫靓: not sure which" in left[0]
    assert left[1:] == ["line 4, 王强 (遂昌): says otherwise than line 3 in born"]
    assert not any(e.properties for e in KnowledgeGraph.load(work / "out" / "graph.json").entities)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("firm,uscc\n甲,1\n", r"t\.csv:1: no column name"),
        ("name,code\n甲,1\n", r't\.csv:1: column "code" cannot be a property'),
        ("name,a b\n甲,1\n", r't\.csv:1: column "a b" cannot be a property'),
        ("name,uscc\n甲\n", r"t\.csv:2: 1 fields where the header has 2"),
        ("name,type,uscc\n甲,Firm,1\n", r't\.csv:2: type "Firm"; legal: Company'),
    ],
)
def test_mistakes_in_a_table(tmp_path: Path, text: str, message: str) -> None:
    """Each is one error with file and line."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_table(path)
