"""A small graph, written by hand, with what makes stores stumble: namesakes, aliases, quotes, line breaks."""

from __future__ import annotations

import json
from typing import Any

from kg.confidence import agree
from kg.graph import KnowledgeGraph
from kg.stores.open import Store
from kg.types import Appearance, Document, Entity, Evidence, Relation

HARSH = "王`强'\"\\\n}) DETACH DELETE n //\u202e\u200f 🀄"
"""A name that breaks any statement it is pasted into, with right-to-left marks and a rare character."""

_DOCUMENTS = [
    Document(
        id="d1", text="", title="县委全会召开", source="news/d1.txt", date="2021-03-31", locale="松阳县"
    ),
    Document(id="d2", text="", title="考察团来访", source="news/d2.txt", date="2021-06-02", locale="松阳县"),
    Document(id="d3", text="", title="无日期"),
]

_ENTITIES = [
    Entity("region-331100", "Region", "丽水市", level="prefecture", code="331100"),
    Entity("region-331124", "Region", "松阳县", ("松阳",), level="county", code="331124", place="丽水市"),
    Entity("region-331123", "Region", "遂昌县", ("遂昌",), level="county", code="331123", place="丽水市"),
    Entity("region-xp", "Region", "西屏街道", level="township", place="松阳县"),
    Entity("official-mo", "Official", "莫靓", ("莫靓同志",), place="松阳县", score=0.985),
    Entity("official-li", "Official", "李汉勤", place="松阳县"),
    Entity("official-wang-1", "Official", "王强", place="松阳县"),
    Entity("official-wang-2", "Official", "王强", place="遂昌县"),
    Entity("person-harsh", "Person", HARSH),
    Entity("organization-zju", "Organization", "浙江大学", ("浙大",)),
    Entity("organization-bureau", "Organization", "松阳县经信局"),
    Entity("company-a", "Company", "浙江甲钢管有限公司", ("甲钢管",)),
    Entity("company-b", "Company", "乙茶业有限公司"),
    Entity("company-c", "Company", "丙投资集团"),
    Entity("project-1", "Project", "不锈钢管扩建项目"),
    Entity("park-1", "Park", "松阳县工业园区"),
    Entity("park-2", "Park", "空园区"),
    Entity("event-1", "Event", "县委十届七次全会"),
    Entity("event-2", "Event", "茶商大会"),
]


def relation(type: str, head: str, tail: str, title: str = "", *documents: str) -> Relation:
    """A relation with one sentence of evidence for each document."""
    dates = {d.id: d.date for d in _DOCUMENTS}
    documents = documents or ("d1",)
    sure = {"d1": 0.9, "d2": 0.8, "d3": 0.7}
    evidence = tuple(Evidence(d, 3, 9, f"{d}：{type}“{title}”", "手写", dates[d], sure[d]) for d in documents)
    seen = sorted(e.date for e in evidence if e.date)
    return Relation(
        id=f"{type}-{head}-{tail}-{title}",
        type=type,
        head=head,
        tail=tail,
        title=title,
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
        evidence=evidence,
        score=agree(sure[d] for d in documents),
    )


def small_graph(*, without: tuple[str, ...] = (), extra: tuple[Relation, ...] = ()) -> KnowledgeGraph:
    """The graph, if wished without some entities (by id) and with some more relations."""
    relations = [
        relation("PART_OF", "region-331124", "region-331100"),
        relation("PART_OF", "region-331123", "region-331100"),
        relation("PART_OF", "region-xp", "region-331124"),
        relation("LEADS", "official-mo", "region-331124", "县长", "d1", "d2"),
        relation("SERVES_IN", "official-mo", "region-331124", "县委副书记", "d1"),
        relation("LEADS", "official-li", "region-331124", "县委书记", "d1"),
        relation("SERVES_IN", "official-wang-1", "organization-bureau", "副局长", "d2"),
        relation("LEADS", "official-wang-2", "region-331123", "县长", "d3"),
        relation("SERVES_IN", "person-harsh", "company-c", HARSH, "d3"),
        relation("PART_OF", "organization-bureau", "organization-zju"),
        relation("LOCATED_IN", "park-1", "region-331124"),
        relation("LOCATED_IN", "project-1", "park-1"),
        relation("LOCATED_IN", "company-a", "park-1"),
        relation("LOCATED_IN", "company-b", "region-xp"),
        relation("INVESTS_IN", "company-a", "project-1", "", "d2"),
        relation("INVESTS_IN", "company-c", "company-b", "", "d2"),
        relation("INVESTS_IN", "company-c", "region-331124"),
        relation("INVESTS_IN", "company-b", "region-331123"),
        relation("BUILDS", "company-a", "project-1"),
        relation("BUILDS", "company-c", "park-2"),
        relation("COOPERATES_WITH", "region-331124", "organization-zju", "", "d2"),
        relation("COOPERATES_WITH", "company-b", "company-a"),
        relation("ATTENDS", "official-mo", "event-1"),
        relation("ATTENDS", "official-mo", "event-2", "", "d2"),
        relation("ATTENDS", "official-li", "event-1"),
        relation("ATTENDS", "official-li", "event-2", "", "d2"),
        relation("ATTENDS", "official-wang-1", "event-1"),
        relation("ATTENDS", "official-wang-2", "event-2", "", "d2"),
        relation("VISITS", "official-mo", "company-a", "", "d1", "d2"),
        relation("VISITS", "official-li", "company-b", "", "d2"),
        *extra,
    ]
    appearances = [
        Appearance("official-mo", "d1", ("县长", "莫靓"), 3),
        Appearance("official-mo", "d2", ("莫靓",), 1),
        Appearance("region-331124", "d1", ("我县", "松阳县"), 5),
        Appearance("person-harsh", "d3", (HARSH,), 1),
    ]
    return KnowledgeGraph(
        documents=_DOCUMENTS,
        entities=[e for e in _ENTITIES if e.id not in without],
        relations=[r for r in relations if r.head not in without and r.tail not in without],
        appearances=[a for a in appearances if a.entity not in without],
    )


def contents(store: Store) -> dict[str, list[Any]]:
    """All that a store holds, in an order of its own."""
    nodes = store.query("MATCH (n) RETURN n").rows
    edges = store.query("MATCH ()-[r]->() RETURN r").rows
    return {"nodes": sorted(nodes, key=json.dumps), "edges": sorted(edges, key=json.dumps)}
