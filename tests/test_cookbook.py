"""The queries of data/queries give the same answers on the embedded store and on a real Neo4j."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import empty_store
from cookbook_graph import cookbook_graph

from kg.errors import QueryError
from kg.stores.open import Store, named_queries

PARAMETERS: dict[str, dict[str, str]] = {
    "attendance": {"event": "全会"},
    "career": {"name": "莫靓"},
    "connection": {"one": "莫靓", "other": "浙江大学"},
    "county-companies": {"county": "松阳"},
    "county-investors": {"county": "松阳县"},
    "county-projects": {"county": "松阳县"},
    "document-facts": {"document": "d5"},
    "neighbours": {"name": "吴伟"},
    "timeline": {"name": "吴伟"},
    "town-heads": {"county": "松阳县"},
    "trips": {"person": "莫靓"},
    "visitors": {"county": "松阳县"},
    "who-led": {"county": "松阳县", "on": "2022-03-01"},
}

EXPECTED: dict[str, list[list[Any]]] = {
    "attendance": [
        ["县委十届七次全会", "李汉勤", ["松阳县 县委书记", "西屏街道 街道党工委书记"], "official-li"],
        ["县委十届七次全会", "王强", ["松阳县经信局 副局长"], "official-wang-1"],
        ["县委十届七次全会", "莫靓", ["松阳县 县委副书记", "松阳县 县长"], "official-mo"],
    ],
    "career": [
        ["official-mo", "2021-03-31", "松阳县", "县委副书记", "2021-03-31", "", ""],
        ["official-mo", "2021-03-31", "松阳县", "县长", "2021-06-02", "2022-03-01", "吴伟"],
    ],
    "connection": [
        [["莫靓", "松阳县", "浙江大学"], ["LEADS", "COOPERATES_WITH"], 2],
        [["莫靓", "松阳县", "浙江大学"], ["SERVES_IN", "COOPERATES_WITH"], 2],
    ],
    "cooperation": [
        ["浙江大学", "松阳县", "2021-06-02"],
        ["浙江甲钢管有限公司", "丙投资集团", "2021-06-02"],
        ["浙江甲钢管有限公司", "乙茶业有限公司", "2021-03-31"],
    ],
    "county-companies": [
        ["乙茶业有限公司", "松阳县工业园区", "company-b"],
        ["乙茶业有限公司", "西屏街道", "company-b"],
        ["浙江甲钢管有限公司", "松阳县工业园区", "company-a"],
    ],
    "county-heads": [
        ["松阳县", "代县长", "吴伟", "2023-05-04", "region-331124"],
        ["松阳县", "县委书记", "李汉勤", "2021-03-31", "region-331124"],
        ["遂昌县", "县长", "王强", "", "region-331123"],
    ],
    "county-investors": [
        ["丙投资集团", "乙茶业有限公司"],
        ["丙投资集团", "松阳县"],
        ["浙江甲钢管有限公司", "不锈钢管扩建项目"],
    ],
    "county-offices": [
        ["吴伟", "代县长", "LEADS", "2022-03-01", "2023-05-04"],
        ["莫靓", "县长", "LEADS", "2021-03-31", "2021-06-02"],
        ["李汉勤", "县委书记", "LEADS", "2021-03-31", "2021-03-31"],
        ["莫靓", "县委副书记", "SERVES_IN", "2021-03-31", "2021-03-31"],
    ],
    "county-projects": [["不锈钢管扩建项目", ["浙江甲钢管有限公司"], ["浙江甲钢管有限公司"], "project-1"]],
    "cross-county-cooperation": [["松阳县", "浙江甲钢管有限公司", "遂昌县", "丙投资集团", "2021-06-02"]],
    "document-facts": [
        ["吴伟", "LEADS", "代县长", "松阳县", "LEADS-official-wu-region-331124-代县长"],
        ["吴伟", "LEADS", "党工委书记", "松阳县工业园区", "LEADS-official-wu-park-1-党工委书记"],
        ["吴伟", "VISITS", "", "浙江甲钢管有限公司", "VISITS-official-wu-company-a-"],
    ],
    "event-sizes": [["县委十届七次全会", 3, "event-1"]],
    "evidence": [
        [
            "LEADS",
            "县长",
            ["d1：LEADS“县长”", "d2：LEADS“县长”"],
            ["d1", "d2"],
            "LEADS-official-mo-region-331124-县长",
        ],
        [
            "SERVES_IN",
            "县委副书记",
            ["d1：SERVES_IN“县委副书记”"],
            ["d1"],
            "SERVES_IN-official-mo-region-331124-县委副书记",
        ],
    ],
    "handovers": [
        ["松阳县", "县长", "莫靓", "2021-06-02", "吴伟", "2022-03-01"],
        ["西屏街道", "街道党工委书记", "李汉勤", "2022-03-01", "", "2022-03-01"],
    ],
    "mentions": [["县委全会召开", "2021-03-31", 5, ["我县", "松阳县"], "d1", "region-331124"]],
    "met": [
        ["李汉勤", 2, ["县委十届七次全会", "茶商大会"], "official-mo", "official-li"],
        ["王强", 1, ["县委十届七次全会"], "official-mo", "official-wang-1"],
        ["王强", 1, ["茶商大会"], "official-mo", "official-wang-2"],
    ],
    "most-connected": [
        ["李汉勤", "松阳县", 5, 3, "official-li"],
        ["莫靓", "松阳县", 4, 4, "official-mo"],
        ["吴伟", "松阳县", 4, 3, "official-wu"],
        ["王强", "松阳县", 2, 2, "official-wang-1"],
        ["王强", "遂昌县", 2, 2, "official-wang-2"],
    ],
    "namesakes": [["王强", 2, ["松阳县", "遂昌县"], ["official-wang-1", "official-wang-2"]]],
    "neighbours": [
        ["吴伟", "LEADS", "代县长", "松阳县", 2],
        ["吴伟", "LEADS", "党工委书记", "松阳县工业园区", 1],
        ["吴伟", "SERVES_IN", "副县长", "遂昌县", 1],
        ["吴伟", "VISITS", "", "浙江甲钢管有限公司", 1],
    ],
    "offices-of": [
        ["official-mo", "县委副书记", "松阳县", "2021-03-31", "2021-03-31"],
        ["official-mo", "县长", "松阳县", "2021-03-31", "2021-06-02"],
    ],
    "owners": [
        ["丙投资集团", "浙江甲钢管有限公司", 1],
        ["丙投资集团", "乙茶业有限公司", 2],
        ["浙江甲钢管有限公司", "乙茶业有限公司", 1],
    ],
    "park-companies": [
        ["松阳县工业园区", 2, ["乙茶业有限公司", "浙江甲钢管有限公司"], "park-1"],
        ["空园区", 0, [], "park-2"],
    ],
    "park-neighbours": [
        ["松阳县工业园区", "不锈钢管扩建项目", "乙茶业有限公司"],
        ["松阳县工业园区", "不锈钢管扩建项目", "浙江甲钢管有限公司"],
        ["松阳县工业园区", "乙茶业有限公司", "浙江甲钢管有限公司"],
    ],
    "projects-by-builder": [
        ["丙投资集团", "空园区", ""],
        ["浙江甲钢管有限公司", "不锈钢管扩建项目", "松阳县工业园区"],
    ],
    "projects-by-prefecture": [["丽水市", 1, ["不锈钢管扩建项目"], "region-331100"]],
    "renamed-bodies": [
        ["遂昌县农业农村局", "农业局", "2019-01", "", "", "遂昌县", "organization-ny"],
        ["遂昌县国土资源局", "", "", "遂昌县农业农村局", "2019-01", "遂昌县", "organization-gt"],
    ],
    "served-in-counties": [["吴伟", ["松阳县", "遂昌县"], "official-wu"]],
    "several-offices": [["吴伟", 2, ["松阳县", "松阳县工业园区"], ["代县长", "党工委书记"], "official-wu"]],
    "timeline": [
        [
            "2021-03-31",
            "吴伟",
            "SERVES_IN",
            "副县长",
            "遂昌县",
            "d1：副县长",
            "SERVES_IN-official-wu-region-331123-副县长",
        ],
        [
            "2022-03-01",
            "吴伟",
            "LEADS",
            "代县长",
            "松阳县",
            "d4：代县长",
            "LEADS-official-wu-region-331124-代县长",
        ],
        [
            "2023-05-04",
            "吴伟",
            "LEADS",
            "党工委书记",
            "松阳县工业园区",
            "d5：党工委书记",
            "LEADS-official-wu-park-1-党工委书记",
        ],
        [
            "2023-05-04",
            "吴伟",
            "VISITS",
            "",
            "浙江甲钢管有限公司",
            "d5：VISITS",
            "VISITS-official-wu-company-a-",
        ],
    ],
    "together": [
        ["李汉勤", "莫靓", 2, "official-li", "official-mo"],
        ["李汉勤", "王强", 1, "official-li", "official-wang-1"],
        ["李汉勤", "王强", 1, "official-li", "official-wang-2"],
        ["王强", "莫靓", 1, "official-mo", "official-wang-1"],
        ["王强", "莫靓", 1, "official-mo", "official-wang-2"],
    ],
    "top-investors": [
        ["丙投资集团", 2, ["乙茶业有限公司", "松阳县"], "company-c"],
        ["乙茶业有限公司", 1, ["遂昌县"], "company-b"],
        ["浙江甲钢管有限公司", 1, ["不锈钢管扩建项目"], "company-a"],
    ],
    "town-heads": [["西屏街道", "", "", "region-xp"]],
    "trips": [["2021-03-31", "浙江甲钢管有限公司", 2, "official-mo"]],
    "visited-by-heads": [
        ["乙茶业有限公司", "李汉勤", "松阳县", ["遂昌县"]],
        ["乙茶业有限公司", "李汉勤", "西屏街道", ["遂昌县"]],
        ["浙江甲钢管有限公司", "吴伟", "松阳县", ["不锈钢管扩建项目"]],
        ["浙江甲钢管有限公司", "莫靓", "松阳县", ["不锈钢管扩建项目"]],
    ],
    "visitors": [
        ["莫靓", "浙江甲钢管有限公司", "2021-03-31"],
        ["李汉勤", "乙茶业有限公司", "2021-06-02"],
        ["吴伟", "浙江甲钢管有限公司", "2023-05-04"],
    ],
    "visits": [
        ["莫靓", "浙江甲钢管有限公司", 2, "2021-06-02"],
        ["吴伟", "浙江甲钢管有限公司", 1, "2023-05-04"],
        ["李汉勤", "乙茶业有限公司", 1, "2021-06-02"],
    ],
    "well-supported": [
        ["吴伟", "LEADS", "代县长", "松阳县", 2, "LEADS-official-wu-region-331124-代县长"],
        ["莫靓", "LEADS", "县长", "松阳县", 2, "LEADS-official-mo-region-331124-县长"],
        ["莫靓", "VISITS", "", "浙江甲钢管有限公司", 2, "VISITS-official-mo-company-a-"],
    ],
    "who-led": [
        ["吴伟", "代县长", "2022-03-01", "2023-05-04", "", "region-331124"],
        ["李汉勤", "县委书记", "2021-03-31", "2021-03-31", "", "region-331124"],
    ],
}


@pytest.fixture(params=["embedded", "neo4j"], scope="module")
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the cookbook's graph."""
    with empty_store(request, tmp_path_factory.mktemp("book")) as opened:
        opened.load(cookbook_graph())
        yield opened


def test_cookbook_is_complete() -> None:
    """Every query of the cookbook has questions in both languages and an expected answer here."""
    queries = named_queries()
    assert len(queries) >= 25
    assert set(queries) == set(EXPECTED)
    for query in queries.values():
        assert query.question.isascii()
        assert not query.question_zh.isascii()
        assert set(query.parameters) == set(re.findall(r"\$(\w+)", query.cypher))


@pytest.mark.parametrize("name", EXPECTED)
def test_cookbook(book: Store, name: str) -> None:
    """Each query of the cookbook gives the expected answer, in the expected order, on both stores."""
    query = named_queries()[name]
    assert book.query(query.cypher, query.parameters | PARAMETERS.get(name, {})).rows == EXPECTED[name]


@pytest.mark.parametrize(
    ("on", "heads"),
    [
        ("2021-03-30", []),
        ("2021-03-31", ["李汉勤", "莫靓"]),
        ("2021-12-31", ["李汉勤", "莫靓"]),
        ("2022-03-01", ["吴伟", "李汉勤"]),
        ("2030", ["吴伟", "李汉勤"]),
    ],
)
def test_who_led(book: Store, on: str, heads: list[str]) -> None:
    """Who is first seen after the day does not lead yet; who was followed by then leads no longer."""
    query = named_queries()["who-led"]
    rows = book.query(query.cypher, {"county": "松阳", "on": on}).rows
    assert sorted(row[0] for row in rows) == heads


def test_cookbook_takes_aliases(book: Store) -> None:
    """A short name finds what the full name finds."""
    query = named_queries()["county-offices"]
    assert book.query(query.cypher, {"county": "松阳"}).rows == EXPECTED["county-offices"]


def test_cookbook_file_without_question(tmp_path: Path) -> None:
    """A query without its two questions is refused by name."""
    (tmp_path / "bare.cypher").write_text("// Only one?\nRETURN 1\n", encoding="utf-8")
    with pytest.raises(QueryError, match=r"bare\.cypher"):
        named_queries(tmp_path)
