"""What is one and what is two over many documents: the cases that county news is full of."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable

import pytest
from made_graphs import document, named, official

from kg.decisions import verdict
from kg.gazetteer import Gazetteer
from kg.resolve.resolve import Resolution, resolve
from kg.types import DocumentGraph


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def groups(result: Resolution, type: str) -> list[list[str]]:
    """The documents of each entity of a type; people are one type."""
    kinds = ("Official", "Person") if type == "People" else (type,)
    found: dict[str, list[str]] = {}
    for (doc_id, _), entity in result.ids.items():
        if result.graph.entity(entity).type in kinds:
            found.setdefault(entity, []).append(doc_id)
    return sorted(sorted(documents) for documents in found.values())


def firms(gazetteer: Gazetteer, *documents: DocumentGraph) -> list[list[str]]:
    return groups(resolve(documents, gazetteer=gazetteer), "Company")


def at(id: str, name: str, *aliases: str, place: str = "松阳县") -> DocumentGraph:
    """A document of a county on a firm that stands there."""
    return document(id, named("Company", name, *aliases), at=place, links=[("LOCATED_IN", name, place)])


def test_full_and_short_names_of_a_firm_are_one(gazetteer: Gazetteer) -> None:
    """云中马公司, 云中马 and 浙江云中马股份有限公司 of one county are one firm, whose name is the full one."""
    graphs = [
        at("a", "浙江云中马股份有限公司"),
        at("b", "云中马公司"),
        document("c", named("Company", "云中马")),
    ]
    result = resolve(graphs, gazetteer=gazetteer)
    assert groups(result, "Company") == [["a", "b", "c"]]
    (firm,) = (e for e in result.graph.entities if e.type == "Company")
    assert (firm.name, firm.aliases) == ("浙江云中马股份有限公司", ("云中马", "云中马公司"))


def test_a_subsidiary_is_another_firm(gazetteer: Gazetteer) -> None:
    """云中马销售有限公司 stays apart from its parent, and the short name goes to the parent."""
    graphs = [at("a", "浙江云中马股份有限公司"), at("b", "云中马销售有限公司"), at("c", "云中马公司")]
    assert firms(gazetteer, *graphs) == [["a", "c"], ["b"]]


def test_firms_of_two_trades_or_places_are_two(gazetteer: Gazetteer) -> None:
    """One brand does not make one firm: another trade, or another county in the name, is another."""
    assert firms(gazetteer, at("a", "鑫源茶业有限公司"), at("b", "鑫源机械有限公司")) == [["a"], ["b"]]
    two = [at("a", "松阳鑫源茶业有限公司"), at("b", "遂昌鑫源茶业有限公司", place="遂昌县")]
    assert firms(gazetteer, *two) == [["a"], ["b"]]


def test_full_names_of_one_document_are_two_firms(gazetteer: Gazetteer) -> None:
    """A document that names both in full means two, though one character differs."""
    pair = document("c", named("Company", "云中马钢管有限公司"), named("Company", "云中马钢营有限公司"))
    one, other = at("a", "云中马钢管有限公司"), at("b", "云中马钢营有限公司")
    assert firms(gazetteer, one, other) == [["a", "b"]]
    assert firms(gazetteer, one, other, pair) == [["a", "c"], ["b", "c"]]


def test_a_short_name_that_fits_two_firms_joins_neither(gazetteer: Gazetteer) -> None:
    """鑫源公司 may be the tea or the machine firm: people are asked."""
    graphs = [at("a", "鑫源茶业有限公司"), at("b", "鑫源机械有限公司"), at("c", "鑫源公司")]
    result = resolve(graphs, gazetteer=gazetteer)
    assert groups(result, "Company") == [["a"], ["b"], ["c"]]
    asked = [near for near in result.record.near if near.asked]
    assert {result.record.forms[n.left].name for n in asked} | {
        result.record.forms[n.right].name for n in asked
    } == {
        "鑫源公司",
        "鑫源茶业有限公司",
        "鑫源机械有限公司",
    }


def test_a_promotion_is_one_person(gazetteer: Gazetteer) -> None:
    """县长 → 县委书记 of one county."""
    graphs = [
        official("a", "李伟", "县长", "松阳县", on="2019-05-01"),
        official("b", "李伟", "县委书记", "松阳县", on="2021-05-01"),
    ]
    assert groups(resolve(graphs, gazetteer=gazetteer), "People") == [["a", "b"]]


def test_a_transfer_that_a_text_tells_is_one_person(gazetteer: Gazetteer) -> None:
    """A text that names both offices joins what the counties' own news tell."""
    told = document(
        "c",
        named("Official", "李伟"),
        links=[("LEADS", "李伟", "松阳县", "县委书记"), ("LEADS", "李伟", "眉县", "县长")],
    )
    graphs = [official("a", "李伟", "县长", "眉县"), official("b", "李伟", "县委书记", "松阳县"), told]
    assert groups(resolve(graphs[:2], gazetteer=gazetteer), "People") == [["a"], ["b"]]
    assert groups(resolve(graphs, gazetteer=gazetteer), "People") == [["a", "b", "c"]]


def test_a_transfer_that_time_and_name_tell(gazetteer: Gazetteer) -> None:
    """An uncommon name, leaders of neighbouring counties, one after the other: one person. A common name: two."""
    for name, expected in (("莫靓云", [["a", "b"]]), ("李伟", [["a"], ["b"]])):
        graphs = [
            official("a", name, "县长", "遂昌县", on="2018-02-01"),
            official("b", name, "县委书记", "松阳县", on="2020-03-01"),
        ]
        assert groups(resolve(graphs, gazetteer=gazetteer), "People") == expected


def test_two_counties_at_one_time_are_two_people(gazetteer: Gazetteer) -> None:
    """Nobody leads two counties at once, however uncommon the name."""
    graphs = [
        official("a", "莫靓云", "县长", "遂昌县", on="2018-02-01"),
        official("b", "莫靓云", "县长", "松阳县", on="2018-02-05"),
        official("c", "莫靓云", "县长", "遂昌县", on="2019-02-05"),
    ]
    assert groups(resolve(graphs, gazetteer=gazetteer), "People") == [["a", "c"], ["b"]]


def test_a_head_of_county_is_no_head_of_bureau(gazetteer: Gazetteer) -> None:
    """Two of one name in one county whose ranks leave no time to rise are kept apart and asked about."""
    bureau = document(
        "b",
        named("Official", "王敏"),
        named("Organization", "松阳县水利局"),
        links=[("LEADS", "王敏", "松阳县水利局", "局长")],
    )
    result = resolve([official("a", "王敏", "县委书记", "松阳县"), bureau], gazetteer=gazetteer)
    assert groups(result, "People") == [["a"], ["b"]]
    assert [near.asked for near in result.record.near] == [True]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("丽水市经信局", "丽水市经济和信息化局"), 1),
        (("松阳县农业局", "松阳县农业农村局"), 1),
        (("松阳县国土资源局", "松阳县自然资源和规划局"), 2),
        (("松阳县水利局", "遂昌县水利局"), 2),
        (("松阳县住房和城乡建设局", "松阳县住房和城乡建设橘"), 1),
        (("松阳县第一中学", "松阳县第二中学"), 2),
        (("松阳县第一中学", "松阳县一中"), 1),
        (("中共松阳县委", "松阳县委"), 1),
    ],
)
def test_bodies(gazetteer: Gazetteer, names: tuple[str, str], expected: int) -> None:
    """Short forms, slips and renamings are one body; divisions, numbers and mergers tell them apart."""
    graphs = [
        document(id, named("Organization", name), on="2020") for id, name in zip("ab", names, strict=True)
    ]
    assert len(groups(resolve(graphs, gazetteer=gazetteer), "Organization")) == expected


def test_a_renamed_body_has_its_last_name(gazetteer: Gazetteer) -> None:
    """It keeps the old name as an alias, and since when it has the new one."""
    graphs = [
        document("a", named("Organization", "松阳县农业局"), on="2017-05-01"),
        document("b", named("Organization", "松阳县农业农村局"), on="2020-05-01"),
    ]
    (body,) = (e for e in resolve(graphs, gazetteer=gazetteer).graph.entities if e.type == "Organization")
    assert (body.name, body.aliases) == ("松阳县农业农村局", ("松阳县农业局",))
    assert dict(body.properties) == {"formerly": "农业局", "renamed_on": "2019-01"}


def test_a_new_name_before_the_reform_is_asked_about(gazetteer: Gazetteer) -> None:
    """News of 2015 cannot name 农业农村局 unless the date is wrong."""
    graphs = [
        document(id, named("Organization", n), on="2015")
        for id, n in (("a", "松阳县农业局"), ("b", "松阳县农业农村局"))
    ]
    result = resolve(graphs, gazetteer=gazetteer)
    assert len(groups(result, "Organization")) == 2
    assert [near.asked for near in result.record.near] == [True]


def test_merged_bodies_know_what_came_of_them(gazetteer: Gazetteer) -> None:
    """国土资源局 and 规划局 went into one body, and each says so."""
    names = ("松阳县国土资源局", "松阳县规划局", "松阳县自然资源和规划局")
    graphs = [document(str(n), named("Organization", name)) for n, name in enumerate(names)]
    bodies = {
        e.name: e for e in resolve(graphs, gazetteer=gazetteer).graph.entities if e.type == "Organization"
    }
    assert len(bodies) == 3
    for name in names[:2]:
        assert dict(bodies[name].properties) == {"merged_into": bodies[names[2]].id, "merged_on": "2019-01"}


@pytest.mark.parametrize(
    ("type", "one", "other", "expected"),
    [
        ("Project", "松阳县老旧小区改造项目", "老旧小区改造工程", 1),
        ("Project", "标准厂房一期", "标准厂房二期", 2),
        ("Park", "松阳县经济开发区", "松阳经济开发区", 1),
        ("Park", "经济开发区", "经济开发区南片区", 2),
        ("Event", "松阳县安全生产工作会议", "全县安全生产工作会议", 1),
        ("Event", "县委十届六次全会", "县委十届七次全会", 2),
    ],
)
def test_works_and_events(gazetteer: Gazetteer, type: str, one: str, other: str, expected: int) -> None:
    """The county may be named or not; phases, parts and sessions are things of their own."""
    graphs = [document("a", named(type, one)), document("b", named(type, other), on="2021-04-02")]
    assert len(groups(resolve(graphs, gazetteer=gazetteer), type)) == expected


def test_the_meeting_of_another_year_is_another(gazetteer: Gazetteer) -> None:
    """An annual meeting is one a year."""
    event = named("Event", "松阳县茶商大会")
    graphs = [document("a", event, on="2020-04-01"), document("b", event, on="2021-04-01")]
    assert groups(resolve(graphs, gazetteer=gazetteer), "Event") == [["a"], ["b"]]


def test_a_document_without_county_is_placed_by_its_names(gazetteer: Gazetteer) -> None:
    """Two names that only one county's news have tell where a document is from; one is not enough."""
    one, other = official("a", "李伟", "县长", "松阳县"), official("b", "王敏", "副县长", "松阳县")
    two_names = document("c", named("Official", "李伟"), named("Official", "王敏"), at=None)
    one_name = document("d", named("Official", "李伟"), at=None)
    result = resolve([one, other, two_names, one_name], gazetteer=gazetteer)
    assert groups(result, "People") == [["a", "c"], ["b", "c"], ["d"]]


def _many() -> list[DocumentGraph]:
    return [
        at("a", "浙江云中马股份有限公司", "云中马"),
        at("b", "云中马公司"),
        at("c", "云中马销售有限公司"),
        at("d", "云中马", place="遂昌县"),
        official("e", "李伟", "县长", "松阳县", on="2019-05-01"),
        official("f", "李伟", "县委书记", "松阳县", on="2021-05-01"),
        official("g", "李伟", "副县长", "遂昌县", on="2020-05-01"),
        document("h", named("Official", "李伟"), named("Company", "云中马"), at=None),
        document("i", named("Organization", "松阳县经信局"), named("Event", "全县茶商大会")),
        document("j", named("Organization", "松阳县经济和信息化局"), named("Event", "松阳县茶商大会")),
    ]


def _plain(graphs: Iterable[DocumentGraph], gazetteer: Gazetteer) -> str:
    forms = [("Company", "云中马", "遂昌县 331123"), ("Company", "浙江云中马股份有限公司", "松阳县 331124")]
    result = resolve(graphs, gazetteer=gazetteer, decisions=[verdict("different", *forms, day="")])
    near = [(n.left, n.right, n.score, n.reasons) for n in result.record.near]
    return json.dumps([result.graph.to_dict(), [repr(f) for f in result.record.forms], near], sort_keys=True)


def test_order_does_not_matter(gazetteer: Gazetteer) -> None:
    """Ten orders of ten documents give the same graph, the same grounds and the same doubts."""
    graphs, rng = _many(), random.Random(5)
    assert len({_plain(rng.sample(graphs, len(graphs)), gazetteer) for _ in range(10)}) == 1
