"""When an office passed on: kinds of offices, ends by successors and by removals."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.resources import schemas_dir
from kg.tenure import End, Tenure
from kg.types import Entity, Evidence, Relation

TENURE = Tenure(schemas_dir())
COUNTY = Entity("county", "Region", "松阳县", ("松阳",), level="county")
TOWN = Entity("town", "Region", "大柘镇", ("大柘",), level="township")
VILLAGE = Entity("village", "Region", "田家寨村", level="village")
BUREAU = Entity("bureau", "Organization", "松阳县经信局")
FIRM = Entity("firm", "Company", "安徽云岭精密科技股份有限公司", ("云岭科技",))
OFFICE = Entity("office", "Organization", "松阳县水利局办公室")


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("县委书记", COUNTY, "书记"),
        ("中共松阳县委书记", COUNTY, "书记"),
        ("松阳县委书记", COUNTY, "书记"),
        ("书记", COUNTY, "书记"),
        ("县长", COUNTY, "县长"),
        ("代县长", COUNTY, "县长"),
        ("代理县长", COUNTY, "县长"),
        ("县人民政府县长", COUNTY, "县长"),
        ("松阳县人民政府代县长", COUNTY, "县长"),
        ("副县长", COUNTY, None),
        ("县委副书记", COUNTY, None),
        ("县纪委书记", COUNTY, None),
        ("团县委书记", COUNTY, None),
        ("县水利局局长", COUNTY, None),
        ("镇党委书记", TOWN, "书记"),
        ("大柘镇党委书记", TOWN, "书记"),
        ("遂昌县大柘镇镇长", TOWN, "镇长"),
        ("金渠镇田家寨村党支部书记", VILLAGE, "党支部书记"),
        ("市经信局局长", BUREAU, None),
        ("县经信局局长", BUREAU, "局长"),
        ("局长", BUREAU, "局长"),
        ("经信局党组书记", BUREAU, "党组书记"),
        ("党支部书记", BUREAU, "党支部书记"),
        ("办公室主任", BUREAU, None),
        ("办公室主任", OFFICE, "主任"),
        ("云岭科技董事长", FIRM, "董事长"),
        ("公司总经理", FIRM, "总经理"),
        ("车间主任", FIRM, None),
        ("项目经理", FIRM, None),
        ("负责人", FIRM, None),
    ],
)
def test_office_kind(title: str, body: Entity, kind: str | None) -> None:
    """Ways to write one office are one kind; what several may hold, or is another body's, is none."""
    assert TENURE.kind(title, body) == kind


def test_own_words(tmp_path: Path) -> None:
    """A schema folder may say which offices one person holds at a time; without the file the program's holds."""
    assert Tenure(tmp_path).kind("县长", COUNTY) == "县长"
    shutil.copytree(schemas_dir() / "lexicons", tmp_path / "lexicons")
    path = tmp_path / "lexicons" / "tenure.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("\n县长\n", "\n总河长\n", 1), encoding="utf-8")
    assert Tenure(tmp_path).kind("县长", COUNTY) is None
    assert Tenure(tmp_path).kind("总河长", COUNTY) == "总河长"


def held(person: str, title: str, *dates: str | None, body: Entity = COUNTY, rule: str = "post") -> Relation:
    """An office that was seen on these days."""
    evidence = tuple(
        Evidence(f"d{date}", i, i + 1, "…", rule, date) for i, date in enumerate(dates or (None,))
    )
    seen = sorted(date for date in dates if date)
    first, last = (seen[0], seen[-1]) if seen else (None, None)
    return Relation(
        f"{person}-{title}-{body.id}-{rule}", "LEADS", person, body.id, title, first, last, evidence
    )


def passed_on(*relations: Relation) -> dict[str, End]:
    """Person to the end of the office."""
    people = sorted({r.head for r in relations})
    entities = [COUNTY, TOWN, BUREAU, *(Entity(p, "Official", p) for p in people)]
    found = TENURE.ends(KnowledgeGraph(entities=entities, relations=relations))
    return {r.head: found[r.id] for r in relations if r.id in found}


def test_successor_ends() -> None:
    """The first day that the next holder is seen ends the time of the one before, whatever the title's form."""
    assert passed_on(
        held("甲", "县长", "2019-01-05", "2020-03-01"),
        held("乙", "代县长", "2021-02-01", "2021-02-03"),
        held("丙", "松阳县县长", "2022-05"),
        held("丁", "县委书记", "2023-01-01"),
    ) == {"甲": End("2021-02-01", "乙"), "乙": End("2022-05", "丙")}


def test_several_holders() -> None:
    """Offices that several hold, and offices of other bodies, end nobody's time."""
    assert passed_on(held("甲", "副县长", "2019-01-05"), held("乙", "副县长", "2021-02-01")) == {}
    assert passed_on(held("甲", "书记", "2019-01-05"), held("乙", "书记", "2021-02-01", body=TOWN)) == {}


def test_same_day() -> None:
    """Two holders on one day, or on days that may be one, do not end each other."""
    assert passed_on(held("甲", "县长", "2021-02-01"), held("乙", "县长", "2021-02-01")) == {}
    assert passed_on(held("甲", "县长", "2021-02"), held("乙", "县长", "2021-02-01")) == {}
    assert passed_on(held("甲", "县长", "2021-01"), held("乙", "县长", "2021-02-01")) == {
        "甲": End("2021-02-01", "乙")
    }


def test_seen_again() -> None:
    """Who is seen in the office after another still holds it, or holds it again."""
    assert passed_on(held("甲", "县长", "2019", "2022-01-01"), held("乙", "县长", "2020-05-01")) == {
        "乙": End("2022-01-01", "甲")
    }


def test_undated() -> None:
    """Without dates nobody comes later."""
    assert passed_on(held("甲", "县长"), held("乙", "县长", "2020-05-01")) == {}
    assert passed_on(held("甲", "县长", "2020-05-01"), held("乙", "县长")) == {}


def test_two_successors() -> None:
    """When two new holders are seen on one day, the end is known and who came next is not."""
    assert passed_on(
        held("甲", "县长", "2019"), held("乙", "县长", "2020-05-01"), held("丙", "县长", "2020-05-01")
    ) == {"甲": End("2020-05-01", None)}


def test_removal() -> None:
    """A removal ends the office on its day; who takes it from then on is the next holder."""
    lost = held("甲", "县长", "2023-06-29", rule="post:loses")
    assert passed_on(lost) == {"甲": End("2023-06-29", None)}
    assert passed_on(lost, held("乙", "县长", "2023-06-29", rule="post:takes")) == {
        "甲": End("2023-06-29", "乙")
    }
    assert passed_on(lost, held("乙", "县长", "2022-06-29")) == {"甲": End("2023-06-29", None)}


def test_promotion() -> None:
    """One person under two titles of an office does not follow himself."""
    assert passed_on(held("甲", "代县长", "2021-02-01"), held("甲", "县长", "2021-04-01")) == {}


def test_order_does_not_matter() -> None:
    """The ends are the same whatever the order of the relations."""
    relations = [held(p, "县长", d) for p, d in (("甲", "2019"), ("乙", "2020"), ("丙", "2021"))]
    assert passed_on(*relations) == passed_on(*reversed(relations))
