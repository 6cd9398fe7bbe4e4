"""A made-up graph of any size over real divisions: for the viewer's tests and measurements.

Counties lie in their prefectures and provinces; officials, bodies, firms, projects, parks and events belong to
counties of very different size, and one relation in ten leaves its county.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from kg.gazetteer import Gazetteer
from kg.graph import KnowledgeGraph
from kg.ids import stable_id
from kg.types import Appearance, Document, Entity, Evidence, Relation

RELATIONS_A_NODE = 2.5
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾单任解仇查翟盖"
_GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建文辉力鹏飞宇浩凯国志荣海峰雪梅春晓东"
_PLACES = "松遂云龙青景庆缙莲安泰平永新古大石清溪东西南北山江海河湖林泉"
_TRADES = ("钢管", "茶业", "竹业", "电子", "机械", "食品", "建材", "医药", "新能源", "纺织", "旅游", "物流")
_BODIES = ("经信局", "发改局", "农业农村局", "财政局", "教育局", "文旅局", "交通局", "人民医院", "投资集团")
_MEETINGS = ("招商推介会", "项目集中开工仪式", "经济工作会议", "人大会议", "乡村振兴现场会", "茶商大会")
_OFFICES = (
    "县长",
    "县委书记",
    "副县长",
    "县委常委",
    "局长",
    "副局长",
    "镇长",
    "镇党委书记",
    "主任",
    "党组书记",
)
_WORK = (
    "要求压实责任、倒排工期",
    "强调要优化营商环境",
    "听取了项目进展的汇报",
    "看望慰问一线职工",
    "指出差距与不足",
)
_AIMS = ("确保年内投产", "力争早日见效", "推动产业转型升级", "助力共同富裕", "打造样板工程", "带动群众增收")
_SHARES = {
    "Official": 38,
    "Organization": 12,
    "Company": 22,
    "Project": 14,
    "Park": 3,
    "Event": 8,
    "Person": 3,
}
_VERBS = {
    "LEADS": "主持", "SERVES_IN": "任职于", "LOCATED_IN": "位于", "PART_OF": "隶属", "VISITS": "到访",
    "ATTENDS": "出席", "INVESTS_IN": "投资", "BUILDS": "承建", "COOPERATES_WITH": "签约合作",
}  # fmt: skip
_HOME = {"Official": "LEADS", "Person": "SERVES_IN", "Organization": "PART_OF"}
_OTHERS = (
    ("SERVES_IN", "Official", "Organization"), ("VISITS", "Official", "Company"),
    ("VISITS", "Official", "Project"), ("ATTENDS", "Official", "Event"), ("INVESTS_IN", "Company", "Project"),
    ("BUILDS", "Company", "Project"), ("COOPERATES_WITH", "Company", "Company"), ("LOCATED_IN", "Project", "Park"),
    ("LOCATED_IN", "Company", "Park"),
)  # fmt: skip


def county_graph(nodes: int, *, seed: int = 1) -> KnowledgeGraph:
    """A graph with about this many entities and two and a half times as many relations.

    Each relation has one or two sentences of evidence. The same arguments give the same graph.
    """
    rng = random.Random(seed)
    regions, counties = _regions(max(4, nodes // 160))
    documents = [_document(rng, i, rng.choice(counties)) for i in range(max(8, nodes // 5))]
    weights = [rng.paretovariate(1.1) for _ in counties]
    members: dict[str, dict[str, list[Entity]]] = {c.id: {t: [] for t in _SHARES} for c in counties}
    people: list[Entity] = []
    homes = rng.choices(counties, weights, k=nodes - len(regions))
    types = rng.choices(list(_SHARES), list(_SHARES.values()), k=len(homes))
    for number, (home, type) in enumerate(zip(homes, types, strict=True)):
        entity = _entity(rng, type, number, home)
        members[home.id][type].append(entity)
        people.append(entity)
    relations: dict[str, Relation] = {}

    def add(type: str, head: Entity, tail: Entity) -> None:
        made = _relation(rng, type, head, tail, documents)
        if head is not tail:
            relations[made.id] = made

    parents = {r.code: r for r in regions}
    for region in regions:
        code = (region.code or "").removesuffix("00").removesuffix("00")
        if len(code) > 2:
            add("PART_OF", region, parents[code[:-2].ljust(6, "0")])
    for home, entity in zip(homes, people, strict=True):
        add(_HOME.get(entity.type, "LOCATED_IN"), entity, home)
    while len(relations) < RELATIONS_A_NODE * nodes:
        type, head_type, tail_type = rng.choice(_OTHERS)
        home = rng.choices(counties, weights)[0]
        away = home if rng.random() < 0.9 else rng.choice(counties)
        heads, tails = members[home.id][head_type], members[away.id][tail_type]
        if heads and tails:
            add(type, heads[int(len(heads) * rng.random() ** 2)], tails[int(len(tails) * rng.random() ** 2)])
    appearances = {
        (end, v.doc_id): Appearance(end, v.doc_id, (), 1)
        for r in relations.values()
        for v in r.evidence
        for end in (r.head, r.tail)
    }
    return KnowledgeGraph(
        documents=documents,
        entities=[*regions, *people],
        relations=relations.values(),
        appearances=appearances.values(),
    )


def _regions(count: int) -> tuple[list[Entity], list[Entity]]:
    """So many counties from Zhejiang on, with what they lie in; and the counties alone."""
    known = Gazetteer.load().by_code
    codes = sorted(c for c, d in known.items() if d.level == "county" and c >= "3303")[:count]
    wanted = sorted({code[:n] for code in codes for n in (2, 4, 6)})
    regions = [
        Entity(
            f"region-{code.ljust(6, '0')}",
            "Region",
            known[code].name,
            (known[code].short,) if known[code].short != known[code].name else (),
            level=known[code].level,
            code=code.ljust(6, "0"),
        )
        for code in wanted
    ]
    return regions, [r for r in regions if r.level == "county"]


def _document(rng: random.Random, number: int, county: Entity) -> Document:
    day = f"{rng.randint(2012, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    title = f"{county.name}{rng.choice(_MEETINGS)}召开，{rng.choice(_AIMS)}"
    return Document(
        f"news/{number:06}", "", f"https://www.example.cn/{number:06}.html", title, day, county.name
    )


def _entity(rng: random.Random, type: str, number: int, home: Entity) -> Entity:
    place = "".join(rng.choices(_PLACES, k=2))
    short = home.aliases[0] if home.aliases else home.name
    trade = rng.choice(_TRADES)
    person = rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2))))
    name, aliases = {
        "Official": (person, ()),
        "Person": (person, ()),
        "Organization": (f"{home.name}{rng.choice(_BODIES)}", ()),
        "Company": (f"{short}{place}{trade}有限公司", (f"{place}{trade}",)),
        "Project": (f"年产{rng.randint(1, 900)}万吨{trade}项目", ()),
        "Park": (f"{short}{place}工业园区", (f"{place}园区",)),
        "Event": (f"{home.name}第{rng.randint(1, 99)}次{rng.choice(_MEETINGS)}", ()),
    }[type]
    score = round(0.6 + 0.4 * rng.random(), 2)
    return Entity(stable_id(type, str(number)), type, name, aliases, place=home.name, score=score)


def _relation(
    rng: random.Random, type: str, head: Entity, tail: Entity, documents: Sequence[Document]
) -> Relation:
    title = rng.choice(_OFFICES) if type in ("LEADS", "SERVES_IN") else ""
    evidence = []
    for document in rng.sample(documents, rng.choice((1, 1, 1, 2))):
        text = (
            f"{document.date}，{head.name}{_VERBS[type]}{tail.name}{title}，"
            f"{rng.choice(_WORK)}，{rng.choice(_AIMS)}，累计投入{rng.randint(10, 99999)}万元。"
        )
        evidence.append(Evidence(document.id, 0, len(text), text, "made-up", document.date))
    evidence.sort(key=lambda e: (e.date or "", e.doc_id))
    return Relation(
        stable_id(type, head.id, tail.id, title),
        type,
        head.id,
        tail.id,
        title,
        evidence[0].date,
        evidence[-1].date,
        tuple(evidence),
        score=round(0.5 + 0.5 * rng.random(), 2),
    )
