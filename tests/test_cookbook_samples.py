"""The queries of data/queries answer, with their defaults, on the graph of data/samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.graph import KnowledgeGraph
from kg.pipeline import build
from kg.stores.open import build_embedded, named_queries, open_store


@pytest.fixture(scope="module")
def samples_graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of data/samples."""
    out = tmp_path_factory.mktemp("built") / "out"
    build([Path(__file__).parent.parent / "data" / "samples"], out, workers=1)
    return KnowledgeGraph.load(out / "graph.json")


_CONFERENCE = "全县智能制造新城建设动员会暨生态工业发展大会"
TOLD: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "attendance": ({}, ("中共崇义县委十四届六次全体会议", "刘琴", "崇义县政协 县政协主席")),
    "career": ({}, ("荆紫关镇", "党委书记", "2023-06-29")),
    "connection": ({"one": "莫靓", "other": "丽水市"}, ("莫靓", "松阳县", "丽水市", "LEADS", "PART_OF", "2")),
    "cooperation": ({}, ("上海禾木文化旅游发展有限公司", "响肠镇人民政府")),
    "county-companies": ({"county": "兴山县"}, ("宜昌昭陵电子材料有限公司", "兴山经济开发区")),
    "county-heads": ({}, ("兴山县", "县委书记", "向明远", "2023-04-12")),
    "county-investors": ({"county": "岳西县"}, ("安徽云岭精密科技股份有限公司", "高端轴承智能制造项目")),
    "county-offices": ({}, ("李汉勤", "县委书记", "LEADS")),
    "county-projects": ({"county": "岳西县"}, ("高端轴承智能制造项目", "安徽云岭精密科技股份有限公司")),
    "cross-county-cooperation": ({}, ("南湖区", "遂昌县")),
    "document-facts": ({"document": "d01"}, ("向明远", "LEADS", "县委书记", "兴山县")),
    "event-sizes": ({"county": "松阳县"}, (_CONFERENCE,)),
    "evidence": ({"one": "莫靓", "other": "松阳县"}, ("LEADS", "县长", "县委副书记、县长莫靓", "s02", "s03")),
    "handovers": ({}, ("荆紫关镇", "党委书记", "宋国栋", "王志刚")),
    "mentions": ({"name": "松阳县"}, ("我县", "松阳", "s05")),
    "met": ({"person": "莫靓"}, ("李汉勤", _CONFERENCE)),
    "most-connected": ({}, ("高晓峰", "太仆寺旗")),
    "namesakes": ({}, ()),
    "neighbours": ({"name": "遂昌县"}, ("南湖区", "COOPERATES_WITH")),
    "offices-of": ({"person": "莫靓"}, ("县长", "松阳县")),
    "owners": ({}, ("桂能控股集团有限公司", "广西桂能岑王抽水蓄能有限公司")),
    "park-companies": ({}, ("兴山经济开发区", "宜昌昭陵电子材料有限公司")),
    "park-neighbours": ({}, ("正阳工业园区", "新能源汽车热管理系统生产基地项目")),
    "projects-by-builder": ({}, ("北京云栈数据技术有限公司", "京北算力小镇项目")),
    "projects-by-prefecture": ({}, ("定西市", "引洮供水陇西城乡一体化工程")),
    "renamed-bodies": ({}, ("抚松县农业农村局", "农业局", "2019-01")),
    "served-in-counties": ({}, ("孟凡英", "抚松县", "靖宇县")),
    "several-offices": ({}, ("丁国柱", "江苏宏泰重型减速机股份有限公司", "泰兴市减速机行业协会")),
    "timeline": ({"name": "松阳县"}, ("李汉勤", "LEADS", "县委书记", "松阳县")),
    "together": ({}, ()),
    "top-investors": ({}, ("北京云栈数据技术有限公司", "京北算力小镇项目")),
    "town-heads": ({"county": "遂昌县"}, ("大柘镇", "镇党委书记", "苏欣")),
    "trips": ({"person": "向明远"}, ("2023-04-12", "峡口镇")),
    "visited-by-heads": ({}, ("内蒙古薯都种业有限公司", "高晓峰", "太仆寺旗")),
    "visitors": ({"county": "溆浦县"}, ("李伟", "思蒙镇")),
    "visits": ({}, ("乌日娜", "千斤沟镇")),
    "well-supported": ({}, ("李汉勤", "LEADS", "县委书记", "松阳县")),
    "who-led": ({"county": "松阳县", "on": "2021-06-01"}, ("莫靓", "县长", "2021-03-31")),
}
"""Query to parameters and what must stand together in one row: read in the texts, and in their gold graphs."""


def _cells(row: list[Any]) -> set[str]:
    return {str(cell) for value in row for cell in (value if isinstance(value, list) else [value])}


def test_cookbook_on_the_samples(
    tmp_path_factory: pytest.TempPathFactory, neo4j_uri: str, samples_graph: KnowledgeGraph
) -> None:
    """Each query tells what the samples say, and has an answer with its defaults, the same on both stores."""
    folder = tmp_path_factory.mktemp("samples")
    build_embedded(samples_graph, folder / "store")
    with open_store(folder) as embedded, open_store(neo4j_uri, read_only=False) as neo4j:
        neo4j.query("MATCH (n) DETACH DELETE n", write=True)
        neo4j.load(samples_graph)
        assert TOLD.keys() == named_queries().keys()
        for name, query in named_queries().items():
            parameters, told = TOLD[name]
            rows = embedded.query(query.cypher, query.parameters | parameters).rows
            assert rows == neo4j.query(query.cypher, query.parameters | parameters).rows, name
            assert any(set(told) <= _cells(row) for row in rows), f"{name} does not tell {told}"
            answers = [store.query(query.cypher, query.parameters).rows for store in (embedded, neo4j)]
            assert answers[0] == answers[1], name
            assert answers[0], f"{name} has no answer on data/samples"
        neo4j.query("MATCH (n) DETACH DELETE n", write=True)
