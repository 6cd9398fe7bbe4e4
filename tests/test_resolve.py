"""One graph of many documents: what is joined, what is kept apart, and why."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

import pytest

from kg.gazetteer import Gazetteer
from kg.ids import name_key, stable_id
from kg.resolve.names import office, office_key
from kg.resolve.resolve import Resolution, resolve
from kg.types import Document, DocumentGraph, Entity, Evidence, Link

SONGYANG = Entity("songyang", "Region", "松阳县", level="county", code="331124", mentions=("我县", "松阳"))
SUICHANG = Entity("suichang", "Region", "遂昌县", level="county", code="331123")
LISHUI = Entity("lishui", "Region", "丽水市", level="prefecture", code="331100"[:4])
PLACES = {e.name: e for e in (SONGYANG, SUICHANG, LISHUI)}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def entity(type: str, name: str, *mentions: str, **more: str) -> Entity:
    """An entity whose id is its name."""
    return Entity(name, type, name, mentions=mentions or (name,), **more)  # type: ignore[arg-type]


def document(
    id: str,
    *entities: Entity,
    locale: str | None = "松阳县",
    date: str | None = "2021-03-31",
    links: Sequence[tuple[str, str, str] | tuple[str, str, str, str]] = (),
) -> DocumentGraph:
    """A document graph; links are type, head, tail and, if there is one, the office."""
    made = []
    for number, (type, head, tail, *title) in enumerate(links):
        evidence = Evidence(id, number, number + 1, f"{head}{tail}", "手写", date)
        made.append(Link(type, head, tail, evidence, title=title[0] if title else ""))
    here = (PLACES[locale],) if locale in PLACES and PLACES[locale] not in entities else ()
    return DocumentGraph(
        Document(id, "", date=date, locale=locale),
        (*entities, *here),
        tuple(made),
        {e.id: 2 for e in entities},
    )


def people(result: Resolution, name: str) -> list[tuple[str, str, int]]:
    """Type, place and number of documents of everybody with this name."""
    return sorted(
        (e.type, e.place or "", sum(a.entity == e.id for a in result.graph.appearances))
        for e in result.graph.find(name)
    )


def test_a_region_is_its_code(gazetteer: Gazetteer) -> None:
    """One division in two documents is one entity with a telling id, its parent and its short name."""
    result = resolve([document("a", SONGYANG), document("b", SONGYANG)], gazetteer=gazetteer)
    (region,) = result.graph.entities
    assert (region.id, region.place, region.aliases) == ("region-331124", "丽水市", ("松阳",))
    assert region.mentions == ("我县", "松阳")


def test_an_unlisted_village_is_its_name_and_parent(gazetteer: Gazetteer) -> None:
    """Villages of one name in two towns are two."""
    graphs = [
        document("a", entity("Region", "新村", level="village", place="古市镇")),
        document("b", entity("Region", "新村", level="village", place="古市镇")),
        document("c", entity("Region", "新村", level="village", place="大东坝镇")),
    ]
    found = resolve(graphs, gazetteer=gazetteer).graph.find("新村")
    assert sorted(e.place or "" for e in found) == ["古市镇", "大东坝镇"]


def test_officials_of_two_counties_are_two(gazetteer: Gazetteer) -> None:
    """李伟 of 松阳 and 李伟 of 遂昌 stay apart, with a decision that says why."""
    wei = entity("Official", "李伟")
    graphs = [
        document("a", wei, SONGYANG, links=[("LEADS", "李伟", "songyang", "县长")]),
        document("b", wei, SUICHANG, locale="遂昌县", links=[("LEADS", "李伟", "suichang", "县长")]),
        document("c", wei, SONGYANG, links=[("SERVES_IN", "李伟", "songyang", "县委副书记")]),
    ]
    result = resolve(graphs, gazetteer=gazetteer)
    assert people(result, "李伟") == [("Official", "松阳县", 2), ("Official", "遂昌县", 1)]
    apart = [d for d in result.decisions if d.verdict == "different"]
    assert [d.reason for d in apart] == ["one name, but 331123 and 331124"]
    assert {d.right for d in result.decisions if d.verdict == "same"} >= {"a#李伟", "c#李伟"}


def test_an_office_in_a_body_counts_for_its_county(gazetteer: Gazetteer) -> None:
    """The director of a bureau of 遂昌 is of 遂昌, also in a document of 松阳."""
    wei, bureau = entity("Official", "李伟"), entity("Organization", "遂昌县水利局")
    graph = document(
        "a",
        wei,
        bureau,
        SUICHANG,
        links=[("LEADS", "李伟", "遂昌县水利局", "局长"), ("LOCATED_IN", "遂昌县水利局", "suichang")],
    )
    assert people(resolve([graph], gazetteer=gazetteer), "李伟") == [("Official", "遂昌县", 1)]


def test_offices_of_one_document_join_two_places(gazetteer: Gazetteer) -> None:
    """Who holds offices in city and county is one with who holds either of them."""
    wei = entity("Official", "李伟")
    graphs = [
        document(
            "a", wei, SONGYANG, LISHUI, links=[("LEADS", "李伟", "songyang"), ("SERVES_IN", "李伟", "lishui")]
        ),
        document("b", wei, LISHUI, links=[("SERVES_IN", "李伟", "lishui")]),
        document("c", wei, SONGYANG, links=[("LEADS", "李伟", "songyang")]),
    ]
    assert people(resolve(graphs, gazetteer=gazetteer), "李伟") == [("Official", "松阳县", 3)]


def test_without_an_office_the_county_of_the_document_counts(gazetteer: Gazetteer) -> None:
    """A bare name is the official of the document's county, not of another, and never one of two."""
    wei = entity("Official", "李伟")
    holder = document("a", wei, SONGYANG, links=[("LEADS", "李伟", "songyang", "县长")])
    near, far = document("b", wei), document("c", wei, locale="遂昌县")
    result = resolve([holder, near, far], gazetteer=gazetteer)
    assert people(result, "李伟") == [("Official", "松阳县", 2), ("Official", "遂昌县", 1)]
    nowhere = resolve([holder, document("d", wei, locale=None)], gazetteer=gazetteer)
    assert len(people(nowhere, "李伟")) == 2


def test_a_person_and_an_official_of_one_place_are_one_official(gazetteer: Gazetteer) -> None:
    """Called an official once, a person is an official."""
    graphs = [
        document("a", entity("Official", "李伟"), SONGYANG, links=[("LEADS", "李伟", "songyang", "县长")]),
        document("b", entity("Person", "李伟")),
    ]
    assert people(resolve(graphs, gazetteer=gazetteer), "李伟") == [("Official", "松阳县", 2)]


def test_people_of_two_companies_are_two(gazetteer: Gazetteer) -> None:
    """Managers of one name in one county are told apart by their companies; a bare name is neither."""

    def manager(id: str, company: str) -> DocumentGraph:
        links = [("LEADS", "王强", company, "总经理")]
        return document(id, entity("Person", "王强"), entity("Company", company), links=links)

    graphs = [manager("a", "甲公司"), manager("b", "乙公司"), manager("c", "甲公司")]
    result = resolve([*graphs, document("d", entity("Person", "王强"))], gazetteer=gazetteer)
    assert sorted(count for *_, count in people(result, "王强")) == [1, 1, 2]


def test_bodies_that_every_county_has_are_told_by_place(gazetteer: Gazetteer) -> None:
    """人民法院 of two counties are two, 浙江大学 in two counties is one."""
    court, university = entity("Organization", "人民法院"), entity("Organization", "浙江大学")
    graphs = [document("a", court, university), document("b", court, university, locale="遂昌县")]
    graph = resolve(graphs, gazetteer=gazetteer).graph
    assert sorted(e.place or "" for e in graph.find("人民法院")) == ["松阳县", "遂昌县"]
    assert len(graph.find("浙江大学")) == 1


def test_ways_to_write_a_body_are_one(gazetteer: Gazetteer) -> None:
    """松阳县政府 and 松阳县人民政府 are one body; the longer name is canonical, the other an alias."""
    graphs = [
        document("a", entity("Organization", "松阳县政府", "县政府", "松阳县政府")),
        document("b", entity("Organization", "松阳县人民政府")),
    ]
    (body,) = (e for e in resolve(graphs, gazetteer=gazetteer).graph.entities if e.type == "Organization")
    assert (body.name, body.aliases) == ("松阳县人民政府", ("松阳县政府",))


def test_pointing_forms_are_no_aliases(gazetteer: Gazetteer) -> None:
    """该公司 and 公司 are mentions, 甲钢管 is another name."""
    company = entity("Company", "浙江甲钢管有限公司", "该公司", "公司", "甲钢管")
    (found,) = resolve([document("a", company, locale=None)], gazetteer=gazetteer).graph.entities
    assert found.aliases == ("甲钢管",)
    assert found.mentions == ("公司", "甲钢管", "该公司")


@pytest.mark.parametrize(
    ("type", "name", "expected"),
    [
        ("Project", "老旧小区改造项目", 2),
        ("Project", "衢丽铁路", 1),
        ("Park", "浙江松阳经济开发区", 1),
        ("Park", "工业园区", 2),
        ("Event", "全国人民代表大会", 1),
        ("Event", "县委全会", 2),
    ],
)
def test_places_of_projects_parks_and_events(
    gazetteer: Gazetteer, type: str, name: str, expected: int
) -> None:
    """A name that any county may use is one thing a county; one that says where it is, is one."""
    graphs = [document("a", entity(type, name)), document("b", entity(type, name), locale="遂昌县")]
    assert len(resolve(graphs, gazetteer=gazetteer).graph.find(name)) == expected


def test_a_project_is_where_the_text_puts_it(gazetteer: Gazetteer) -> None:
    """A report of one county on a project in another is about the project there."""
    project, links = entity("Project", "老旧小区改造项目"), [("LOCATED_IN", "老旧小区改造项目", "suichang")]
    graphs = [
        document("a", project, SUICHANG, links=links),
        document("b", project, locale="遂昌县"),
    ]
    (found,) = resolve(graphs, gazetteer=gazetteer).graph.find("老旧小区改造项目")
    assert found.place == "遂昌县"


def test_an_event_of_every_year_is_one_a_year(gazetteer: Gazetteer) -> None:
    """The plenary of 2021 is not that of 2022; two reports of one year are of one event."""
    event = entity("Event", "县委全会")
    graphs = [
        document(f"{n}", event, date=date) for n, date in enumerate(["2021-01-05", "2021-02", "2022-01-09"])
    ]
    assert len(resolve(graphs, gazetteer=gazetteer).graph.find("县委全会")) == 2


def test_a_relation_collects_its_evidence(gazetteer: Gazetteer) -> None:
    """One office in three documents is one relation, evidence by date, seen from the first to the last."""
    wei = entity("Official", "李伟")
    titles = {"b": ("2021-06-02", "松阳县县长"), "a": ("2022-10", "县长"), "c": ("2020-01-01", "县长")}
    graphs = [
        document(id, wei, SONGYANG, date=date, links=[("LEADS", "李伟", "songyang", title)])
        for id, (date, title) in titles.items()
    ]
    (relation,) = resolve(graphs, gazetteer=gazetteer).graph.relations
    assert (relation.title, relation.first_seen, relation.last_seen) == ("县长", "2020-01-01", "2022-10")
    assert [e.doc_id for e in relation.evidence] == ["c", "b", "a"]


def test_each_office_is_a_relation(gazetteer: Gazetteer) -> None:
    """Offices joined in a document have dates of their own in the graph."""
    wei = entity("Official", "李伟")
    graphs = [
        document("a", wei, SONGYANG, links=[("SERVES_IN", "李伟", "songyang", "县委常委、副县长")]),
        document("b", wei, SONGYANG, date="2023-01-01", links=[("SERVES_IN", "李伟", "songyang", "副县长")]),
    ]
    found = {r.title: r.last_seen for r in resolve(graphs, gazetteer=gazetteer).graph.relations}
    assert found == {"县委常委": "2021-03-31", "副县长": "2023-01-01"}


def test_a_symmetric_relation_has_one_direction(gazetteer: Gazetteer) -> None:
    """Cooperation told from either side is one relation."""
    one, other = entity("Company", "甲公司"), entity("Company", "乙公司")
    graphs = [
        document("a", one, other, links=[("COOPERATES_WITH", "甲公司", "乙公司")]),
        document("b", one, other, links=[("COOPERATES_WITH", "乙公司", "甲公司")]),
    ]
    (relation,) = resolve(graphs, gazetteer=gazetteer).graph.relations
    assert len(relation.evidence) == 2


def test_what_does_not_fit_the_schema_is_told(gazetteer: Gazetteer) -> None:
    """A relation that the schema does not allow, and one of a thing to itself, are dropped with reasons."""
    company, same = entity("Company", "甲公司"), Entity("twin", "Company", "甲公司")
    links = [("LEADS", "甲公司", "songyang", ""), ("OWNS", "甲公司", "twin")]
    result = resolve([document("a", company, same, SONGYANG, links=links)], gazetteer=gazetteer)
    assert result.graph.relations == []
    assert [d.reason for d in result.dropped] == [
        "the schema has no Company LEADS Region",
        "both ends are one entity",
    ]


def test_appearances_count_mentions(gazetteer: Gazetteer) -> None:
    """A document names an entity as often as its parts do."""
    (appearance,) = resolve([document("a", SONGYANG)], gazetteer=gazetteer).graph.appearances
    assert (appearance.entity, appearance.count) == ("region-331124", 2)
    assert appearance.surfaces == ("我县", "松阳")


def test_the_order_of_documents_does_not_matter(gazetteer: Gazetteer) -> None:
    """Many orders of five documents give the same graph, decisions included."""
    wei, plain = entity("Official", "李伟"), entity("Person", "李伟")
    graphs = [
        document(
            "a", wei, SONGYANG, LISHUI, links=[("LEADS", "李伟", "songyang"), ("SERVES_IN", "李伟", "lishui")]
        ),
        document("b", wei, LISHUI, links=[("SERVES_IN", "李伟", "lishui")]),
        document("c", plain),
        document("d", plain, locale="遂昌县"),
        document("e", wei, SUICHANG, locale="遂昌县", links=[("LEADS", "李伟", "suichang")]),
    ]
    results = {
        json.dumps([r.graph.to_dict(), [(d.left, d.right, d.reason) for d in r.decisions]], sort_keys=True)
        for r in (
            resolve(order, gazetteer=gazetteer)
            for order in itertools.islice(itertools.permutations(graphs), 0, None, 7)
        )
    }
    assert len(results) == 1


@pytest.mark.parametrize(
    ("title", "place", "expected"),
    [
        ("松阳县委书记", "松阳县", "县委书记"),
        ("中共松阳县委书记", "松阳县", "县委书记"),
        ("松阳县县长", "松阳县", "县长"),
        ("松阳县长", "松阳县", "县长"),
        ("松阳县副县长", "松阳县", "副县长"),
        ("淅川县人民政府副县长", "淅川县", "县人民政府副县长"),
        ("互助县委书记", "互助土族自治县", "县委书记"),
        ("县委常委", "松阳县", "县委常委"),
        ("百侯镇镇长", "百侯镇", "镇长"),
    ],
)
def test_office(title: str, place: str, expected: str) -> None:
    """An office loses the name of its own place."""
    assert office(title, entity("Region", place)) == expected


@pytest.mark.parametrize("title", ["丽水市经信局局长", "市经信局局长", "经信局局长", "局长"])
def test_office_key(title: str) -> None:
    """Ways to write the office of a body are one."""
    assert office_key(title, entity("Organization", "丽水市经信局")) == "局长"


def test_acting_heads_are_not_heads() -> None:
    """代县长 is another office than 县长."""
    assert office_key("代县长", SONGYANG) != office_key("县长", SONGYANG)


def test_ids_follow_from_content() -> None:
    """The same parts give the same id in every run; where parts are cut matters."""
    assert stable_id("Company", "甲公司") == "company-ad70c770eaf2"
    assert stable_id("Company", "甲", "乙") != stable_id("Company", "甲乙")
    assert stable_id("Company", "甲")[8:] != stable_id("Park", "甲")[5:]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("中共松阳县委", "松阳县委"),
        ("“茶商大会”", "茶商大会"),
        ("松阳县人民政府", "松阳县政府"),
        ("ＡＢＢ公司", "abb公司"),
    ],
)
def test_name_key(left: str, right: str) -> None:
    """Ways to write one name have one key."""
    assert name_key(left) == name_key(right)
