"""Filters, questions, the time slider, and what can be taken away, in the real page."""

from __future__ import annotations

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from browser import drawn, look_for, opened, state
from county_graph import county_graph
from playwright.sync_api import Browser, Page, expect
from small_graph import HARSH, relation, small_graph
from view_graphs import gold_graph

from kg.graph import KnowledgeGraph
from kg.stores.open import Store
from kg.view import write_html
from kg.view.layout import belongings


@pytest.fixture(scope="module")
def gold_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The viewer of the written samples."""
    path = tmp_path_factory.mktemp("viewer") / "松阳县.html"
    write_html(gold_graph(), path, title="松阳县/工业")
    return path


@pytest.fixture(scope="module")
def counties() -> KnowledgeGraph:
    """A made-up graph with prefectures, counties, confidence and days."""
    return county_graph(1500)


@pytest.fixture(scope="module")
def county_page(counties: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its viewer."""
    path = tmp_path_factory.mktemp("viewer") / "counties.html"
    write_html(counties, path)
    return path


def told(page: Page) -> tuple[int, int]:
    """How many entities and relations the page says may be seen."""
    text = (page.text_content("#count") or "").replace(",", "")
    found = re.search(r"of (\d+) entities · (\d+) relations", text)
    assert found, text
    return int(found[1]), int(found[2])


def ask(page: Page, start: str, goal: str, button: str) -> None:
    """Fills the box of questions with two names and presses a button."""
    if page.locator("#ask").is_hidden():
        page.click("#open-ask")
    for field, name in (("#ask-from", start), ("#ask-to", goal)):
        page.fill(field, name)
        page.press(field, "Enter")
    page.click(button)


def test_the_legend_hides_and_shows_types(browser: Browser, gold_page: Path) -> None:
    """A press hides the nodes of a type, the count says how many, a second press or "hidden" brings them back."""
    with opened(browser, gold_page) as page:
        graph = gold_graph()
        officials = graph.counts()["entities"]["Official"]
        people = page.locator("#legend button", has_text="官员")
        expect(people).to_contain_text(str(officials))
        people.click()
        expect(people).to_have_attribute("aria-pressed", "false")
        expect(people).to_contain_text(f"0 / {officials}")
        assert not page.evaluate("KG.shown().nodes.filter(n => n.kind.name === 'Official').length")
        assert told(page)[0] == graph.nx.number_of_nodes() - officials
        expect(page.locator("#hidden")).to_have_text(f"{officials} hidden")
        assert state(page)["hide"] == "Official"
        people.click()
        assert told(page)[0] == graph.nx.number_of_nodes()
        people.click()
        page.click("#hidden")
        expect(people).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#hidden")).to_be_hidden()


def test_filters_of_relation_day_county_and_confidence(
    browser: Browser, county_page: Path, counties: KnowledgeGraph
) -> None:
    """Each filter leaves exactly what the graph says, the numbers tell it, and all can be cleared."""
    entities, relations = list(counties.entities), counties.relations
    with opened(browser, county_page) as page:
        page.click("#open-filters")
        visits = page.locator("#filters label", has_text="VISITS")
        visits.locator("input").uncheck()
        assert told(page) == (len(entities), sum(r.type != "VISITS" for r in relations))
        visits.locator("input").check()

        page.locator("#filter-score").fill("0.8")
        sure = {e.id for e in entities if e.score >= 0.8}
        assert told(page)[0] == len(sure)
        assert told(page)[1] == sum(r.score >= 0.8 and {r.head, r.tail} <= sure for r in relations)
        page.click("#filters .clear")

        page.locator("#filter-since").focus()
        page.keyboard.type("2024-06")
        page.keyboard.press("Tab")
        page.keyboard.type("2024-06-30")
        page.keyboard.press("Enter")
        during = [r for r in relations if r.last_seen >= "2024-06-01" and r.first_seen <= "2024-06-30"]
        assert told(page)[1] == len(during) > 10
        page.click("#hidden")

        county = next(e for e in entities if e.level == "county")
        page.select_option("#filter-county", county.id)
        here = {county.id}
        parents = belongings(counties)
        while more := {child for child, parent in parents.items() if parent in here} - here:
            here |= more
        assert 1 < len(here) < len(entities)
        assert told(page)[0] == len(here)
        assert set(page.evaluate("KG.shown().nodes.map(n => n.id)")) <= here
        page.click("#filters .clear")
        assert told(page) == (len(entities), len(relations))
        expect(page.locator("#hidden")).to_be_hidden()


def test_paths_between_two_nodes(browser: Browser, gold_page: Path) -> None:
    """The shortest paths are listed and drawn, each step a relation of the graph; no path is said to be none."""
    graph = gold_graph()
    with opened(browser, gold_page) as page:
        ask(page, "翁伟荣", "李汉勤", "#ask-run")
        ways = page.locator("#ask .way")
        expect(ways).to_have_count(3)
        undirected = graph.nx.to_undirected()
        by_name = {e.name: e.id for e in graph.entities}
        lengths = []
        for way in ways.all():
            names = way.locator("li").all_text_contents()
            assert (names[0], names[-1]) == ("翁伟荣", "李汉勤")
            assert all(undirected.has_edge(by_name[a], by_name[b]) for a, b in pairwise(names))
            lengths.append(len(names))
            assert set(names) <= set(drawn(page))
        assert lengths == sorted(lengths)
        assert state(page)["paths"] == "3"
        page.locator("#ask .way button", has_text="松阳县").first.click()
        expect(page.locator("#panel h2")).to_have_text("松阳县")
        page.go_back()
        page.go_back()
        assert "from" not in state(page)
        ask(page, "翁伟荣", "临沂市", "#ask-run")
        expect(page.locator("#ask .answer")).to_have_text("No path between them, as filtered")


def test_ends_of_a_path_can_be_picked_on_cards(browser: Browser, gold_page: Path) -> None:
    """ "Path from here" and "Path to here" ask without typing, and the address brings the answer back."""
    with opened(browser, gold_page) as page:
        look_for(page, "莫靓")
        page.click("#panel .from")
        expect(page.locator("#ask-from")).to_have_value("莫靓")
        look_for(page, "丽水市")
        page.click("#panel .to")
        expect(page.locator("#ask .way")).not_to_have_count(0)
        expect(page.locator("#ask .way").first).to_contain_text("松阳县")
        fragment = page.evaluate("location.hash")
        names = sorted(drawn(page))
    with opened(browser, gold_page, fragment=fragment) as page:
        assert sorted(drawn(page)) == names
        page.click("#open-ask")
        expect(page.locator("#ask .way")).not_to_have_count(0)


def test_common_neighbours_and_the_most_central(browser: Browser, gold_page: Path) -> None:
    """What two have in common is what the graph says; the most central of what is shown leads to its card."""
    graph = gold_graph()
    with opened(browser, gold_page) as page:
        ask(page, "莫靓", "李汉勤", "#ask-common")
        undirected = graph.nx.to_undirected()
        both = set(undirected["Official-莫靓"]) & set(undirected["Official-李汉勤"])
        listed = page.locator("#ask .way li").all_text_contents()
        assert sorted(listed) == sorted(graph.entity(i).name for i in both)
        assert both
        page.click("#whole")
        look_for(page, "松阳县")
        page.click(".near .step >> nth=0")
        page.click("#ask-central")
        first = page.locator("#ask .central li").first
        expect(first).to_contain_text("松阳县")
        expect(first).to_contain_text("%")
        page.locator("#ask .central button").nth(1).click()
        expect(page.locator("#panel h2")).not_to_have_text("松阳县")


def test_two_entities_are_needed(browser: Browser, gold_page: Path) -> None:
    """A name that was typed but not chosen is no end of a path."""
    with opened(browser, gold_page) as page:
        page.click("#open-ask")
        page.fill("#ask-from", "莫靓")
        page.click("#ask-run")
        expect(page.locator("#ask .answer")).to_have_text("Choose two entities from the lists")


def test_the_slider_plays_the_graph_by_day(
    browser: Browser, county_page: Path, counties: KnowledgeGraph
) -> None:
    """The slider shows what was seen up to a day, playing goes on from there, and the end shows all."""
    with opened(browser, county_page) as page:
        page.click("#open-time")
        slider = page.locator("#time-slider")
        slider.focus()
        page.keyboard.press("Home")
        few = told(page)[1]
        day = page.text_content("#time-day") or ""
        assert few == sum(r.first_seen <= day for r in counties.relations) < len(counties.relations) / 10
        assert state(page)["until"] == day
        for _ in range(20):
            page.keyboard.press("ArrowRight")
        later = told(page)[1]
        assert later > few
        page.click("#time-play")
        expect(page.locator("#time-play")).to_have_text("Stop")
        page.wait_for_timeout(700)
        page.click("#time-play")
        expect(page.locator("#time-play")).to_have_text("Play")
        assert told(page)[1] > later
        slider.focus()
        page.keyboard.press("End")
        expect(page.locator("#time-day")).to_have_text("All days")
        assert told(page)[1] == len(counties.relations)
        assert "until" not in state(page)


def test_pictures_and_table_can_be_saved(browser: Browser, gold_page: Path) -> None:
    """PNG twice as sharp as the screen, SVG that is well-formed and holds the names, CSV with what is drawn."""
    with opened(browser, gold_page) as page:
        look_for(page, "松阳县")
        page.click(".near .step >> nth=0")
        page.click("#open-take")
        files = {}
        for kind in ("png", "svg", "csv"):
            with page.expect_download() as saved:
                page.click(f"#take-{kind}")
            assert saved.value.suggested_filename == f"松阳县 工业.{kind}"
            files[kind] = Path(saved.value.path()).read_bytes()
        size = page.evaluate("[KG.picture.camera.width, KG.picture.camera.height]")
        assert struct.unpack(">II", files["png"][16:24]) == pytest.approx([2 * side for side in size], abs=1)
        drawing = ET.fromstring(files["svg"])
        texts = {element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")}
        assert {"松阳县", "李汉勤", "莫靓"} <= texts
        rows = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"))))
        shown = page.evaluate("KG.shown().edges.map(e => [e.head.name, e.link.name, e.title, e.tail.name])")
        assert sorted(
            [r["head"], r["relation"], r["title"], r["tail"]] for r in rows if r["relation"]
        ) == sorted(shown)
        assert len(shown) > 20


def test_the_link_is_copied(browser: Browser, gold_page: Path) -> None:
    """A click copies the address of the view."""
    with opened(browser, gold_page, permissions=["clipboard-read", "clipboard-write"]) as page:
        look_for(page, "松阳县")
        page.click("#open-take")
        page.click("#take-link")
        expect(page.locator("#take-status")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize(
    "fragment",
    ["", "near=region-331124", "near=region-331124&without=ATTENDS&since=2021-06", "near=person-harsh"],
)
def test_the_copied_query_gives_what_is_shown(
    browser: Browser, tmp_path: Path, store: Store, fragment: str
) -> None:
    """The Cypher that a click copies runs on both stores and gives exactly the nodes and relations drawn."""
    graph = small_graph(extra=(relation("LEADS", "official-mo", "organization-bureau", "局'长\\"),))
    store.load(graph)
    path = tmp_path / "viewer.html"
    write_html(graph, path)
    with opened(
        browser, path, fragment=f"#{fragment}", permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        page.click("#open-take")
        page.click("#take-cypher")
        expect(page.locator("#take-status")).to_have_text("Copied")
        cypher = page.evaluate("navigator.clipboard.readText()")
        assert cypher == page.input_value("#cypher-text")
        nodes = page.evaluate("KG.shown().nodes.map(n => n.id)")
        edges = page.evaluate("KG.shown().edges.map(e => [e.head.id, e.link.name, e.tail.id, e.title])")
    rows = store.query(cypher).rows
    got = {
        (a["properties"]["id"], r["type"], b["properties"]["id"], r["properties"].get("title") or "")
        for a, r, b in rows
        if r
    }
    assert got == {tuple(edge) for edge in edges}
    assert {row[0]["properties"]["id"] for row in rows} == set(nodes)
    assert edges


def test_a_query_of_strange_names_is_safe(browser: Browser, tmp_path: Path, store: Store) -> None:
    """Ids and offices full of quotes are literals: they are found, and nothing else happens."""
    graph = small_graph()
    harsh = [r for r in graph.relations if r.title == HARSH]
    assert harsh
    store.load(graph)
    path = tmp_path / "viewer.html"
    write_html(graph, path)
    fragment = "#near=person-harsh&score=0.1"
    with opened(browser, path, fragment=fragment) as page:
        page.click("#open-take")
        cypher = page.input_value("#cypher-text")
    rows = store.query(cypher).rows
    assert HARSH in [r["properties"].get("title") for _, r, _ in rows if r]
