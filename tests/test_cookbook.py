"""The queries of data/queries give the same answers on the embedded store and on a real Neo4j."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kg.errors import QueryError
from kg.stores.open import Store, named_queries

EXPECTED: dict[str, list[list[Any]]] = {
    "connection": [
        [["莫靓", "松阳县", "浙江大学"], ["LEADS", "COOPERATES_WITH"], 2],
        [["莫靓", "松阳县", "浙江大学"], ["SERVES_IN", "COOPERATES_WITH"], 2],
    ],
    "cooperation": [
        ["浙江大学", "松阳县", "2021-06-02"],
        ["浙江甲钢管有限公司", "乙茶业有限公司", "2021-03-31"],
    ],
    "county-investors": [
        ["丙投资集团", "乙茶业有限公司"],
        ["丙投资集团", "松阳县"],
        ["浙江甲钢管有限公司", "不锈钢管扩建项目"],
    ],
    "county-offices": [
        ["莫靓", "县长", "LEADS", "2021-03-31", "2021-06-02"],
        ["李汉勤", "县委书记", "LEADS", "2021-03-31", "2021-03-31"],
        ["莫靓", "县委副书记", "SERVES_IN", "2021-03-31", "2021-03-31"],
    ],
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
    "met": [
        ["李汉勤", 2, ["县委十届七次全会", "茶商大会"], "official-mo", "official-li"],
        ["王强", 1, ["县委十届七次全会"], "official-mo", "official-wang-1"],
        ["王强", 1, ["茶商大会"], "official-mo", "official-wang-2"],
    ],
    "offices-of": [
        ["official-mo", "县委副书记", "松阳县", "2021-03-31", "2021-03-31"],
        ["official-mo", "县长", "松阳县", "2021-03-31", "2021-06-02"],
    ],
    "park-companies": [
        ["松阳县工业园区", 1, ["浙江甲钢管有限公司"], "park-1"],
        ["空园区", 0, [], "park-2"],
    ],
    "projects-by-builder": [
        ["丙投资集团", "空园区", ""],
        ["浙江甲钢管有限公司", "不锈钢管扩建项目", "松阳县工业园区"],
    ],
    "visits": [
        ["莫靓", "浙江甲钢管有限公司", 2, "2021-06-02"],
        ["李汉勤", "乙茶业有限公司", 1, "2021-06-02"],
    ],
}


def test_cookbook_is_complete() -> None:
    """Every query of the cookbook has questions in both languages and an expected answer here."""
    queries = named_queries()
    assert set(queries) == set(EXPECTED)
    for query in queries.values():
        assert query.question.isascii()
        assert not query.question_zh.isascii()
        assert set(query.parameters) == set(re.findall(r"\$(\w+)", query.cypher))


@pytest.mark.parametrize("name", EXPECTED)
def test_cookbook(shared: Store, name: str) -> None:
    """Each query of the cookbook gives the expected answer, in the expected order, on both stores."""
    query = named_queries()[name]
    assert shared.query(query.cypher, dict(query.parameters)).rows == EXPECTED[name]


def test_cookbook_takes_aliases(shared: Store) -> None:
    """A short name finds what the full name finds."""
    query = named_queries()["county-offices"]
    assert shared.query(query.cypher, {"county": "松阳"}).rows == EXPECTED["county-offices"]


def test_cookbook_file_without_question(tmp_path: Path) -> None:
    """A query without its two questions is refused by name."""
    (tmp_path / "bare.cypher").write_text("// Only one?\nRETURN 1\n", encoding="utf-8")
    with pytest.raises(QueryError, match=r"bare\.cypher"):
        named_queries(tmp_path)
