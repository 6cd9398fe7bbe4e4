"""A made-up graph of any size that looks like county news: for load tests and for measuring stores."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg.graph import KnowledgeGraph
from kg.ids import stable_id
from kg.types import Appearance, Document, Entity, Evidence, Relation

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹"
_GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建文辉力鹏飞宇浩凯"
_PLACES = "松遂云龙青景庆缙莲安泰平永新古大石清溪东西南北山江海河湖林泉"
_TRADES = ("钢管", "茶业", "竹业", "电子", "机械", "食品", "建材", "医药", "新能源", "纺织")
_OFFICES = ("县长", "县委书记", "副县长", "县委常委", "局长", "副局长", "镇长", "镇党委书记", "主任")
_SENTENCE = "{date}，{head}{verb}{tail}，要求各有关部门认真落实项目推进责任，确保年内完成阶段性目标任务。"
_SHAPES = (
    ("LEADS", "Official", "Region"),
    ("SERVES_IN", "Official", "Region"),
    ("VISITS", "Official", "Company"),
    ("VISITS", "Official", "Project"),
    ("ATTENDS", "Official", "Event"),
    ("LOCATED_IN", "Company", "Region"),
    ("LOCATED_IN", "Project", "Region"),
    ("INVESTS_IN", "Company", "Project"),
    ("BUILDS", "Company", "Project"),
    ("COOPERATES_WITH", "Company", "Company"),
)
_SHARES = {"Official": 40, "Company": 25, "Project": 15, "Event": 10, "Region": 10}


def synthetic_graph(nodes: int, *, seed: int = 1) -> KnowledgeGraph:
    """A graph with this many nodes (one in ten a document) and five times as many edges.

    Four fifths of the edges are relations with one to three sentences of evidence, the rest mentions.
    The same arguments give the same graph.
    """
    rng = random.Random(seed)
    documents = [
        Document(f"news/{i:06}.txt", "", f"全县第{i}次工作会议召开", f"news/{i:06}.txt", _day(rng), "松阳县")
        for i in range(max(1, nodes // 10))
    ]
    entities = list(_entities(rng, nodes - len(documents)))
    by_type: dict[str, list[Entity]] = {}
    for entity in entities:
        by_type.setdefault(entity.type, []).append(entity)
    relations: dict[str, Relation] = {}
    while len(relations) < 4 * nodes:
        relation = _relation(rng, by_type, documents)
        relations[relation.id] = relation
    pairs: dict[tuple[str, str], Entity] = {}
    while len(pairs) < nodes:
        entity, document = rng.choice(entities), rng.choice(documents)
        pairs[entity.id, document.id] = entity
    appearances = (
        Appearance(entity.id, document, (entity.name,), rng.randint(1, 9))
        for (_, document), entity in pairs.items()
    )
    return KnowledgeGraph(
        documents=documents, entities=entities, relations=relations.values(), appearances=appearances
    )


def _entities(rng: random.Random, count: int) -> Iterator[Entity]:
    types, weights = list(_SHARES), list(_SHARES.values())
    for i, type in enumerate([*types, *rng.choices(types, weights, k=count - len(types))]):
        place = "".join(rng.choices(_PLACES, k=2))
        name, aliases = {
            "Official": (rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=2)), ()),
            "Company": (f"{place}{rng.choice(_TRADES)}有限公司", (f"{place}公司",)),
            "Project": (f"年产{rng.randint(1, 900)}万吨{rng.choice(_TRADES)}项目", ()),
            "Event": (f"{place}第{rng.randint(1, 99)}次全体会议", ()),
            "Region": (f"{place}县", (place,)),
        }[type]
        level = "county" if type == "Region" else None
        yield Entity(stable_id(type, str(i)), type, name, aliases, level=level, place=f"{place}市")


def _relation(rng: random.Random, by_type: dict[str, list[Entity]], documents: list[Document]) -> Relation:
    type, head_type, tail_type = rng.choice(_SHAPES)
    head, tail = rng.choice(by_type[head_type]), rng.choice(by_type[tail_type])
    title = rng.choice(_OFFICES) if type in ("LEADS", "SERVES_IN") else ""
    evidence = []
    for document in rng.sample(documents, min(len(documents), rng.choice((1, 1, 1, 2, 3)))):
        text = _SENTENCE.format(date=document.date, head=head.name, verb=title or "调研", tail=tail.name)
        start = rng.randint(0, 2000)
        evidence.append(Evidence(document.id, start, start + len(text), text, "synthetic", document.date))
    evidence.sort(key=lambda e: (e.date or "", e.doc_id))
    return Relation(
        id=stable_id(type, head.id, tail.id, title),
        type=type,
        head=head.id,
        tail=tail.id,
        title=title,
        first_seen=evidence[0].date,
        last_seen=evidence[-1].date,
        evidence=tuple(evidence),
    )


def _day(rng: random.Random) -> str:
    return f"{rng.randint(2010, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
