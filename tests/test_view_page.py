"""The page as a person uses it: search, cards, clicks, keys, address."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from browser import click_node, drawn, look_for, opened, state, where
from county_graph import county_graph
from playwright.sync_api import Browser, Page, expect
from view_graphs import gold_graph

from kg.view import write_html
from kg.view.start import start_state


@pytest.fixture(scope="module")
def county_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The viewer of a made-up graph with prefectures and counties."""
    path = tmp_path_factory.mktemp("viewer") / "counties.html"
    write_html(county_graph(3000), path)
    return path


def overlaps(page: Page) -> list[str]:
    """Pairs of names in the picture that lie on each other."""
    labels = page.evaluate("KG.picture.labels().map(l => ({box: l.box, text: l.lines[0].text}))")
    assert labels
    return [
        f"{a['text']} and {b['text']}"
        for a, b in combinations(labels, 2)
        if a["box"][0] < b["box"][2] - 0.01
        and b["box"][0] < a["box"][2] - 0.01
        and a["box"][1] < b["box"][3] - 0.01
        and b["box"][1] < a["box"][3] - 0.01
    ]


@pytest.mark.parametrize("size", [(1400, 900), (1920, 1080), (390, 844)], ids=str)
def test_no_name_lies_on_another_at_first(
    browser: Browser, gold_page: Path, county_page: Path, size: tuple[int, int]
) -> None:
    """At the first view, and one step nearer, all names can be read, and there are some dozens of them."""
    for path in (gold_page, county_page):
        with opened(browser, path, viewport={"width": size[0], "height": size[1]}) as page:
            assert overlaps(page) == []
            assert page.evaluate("KG.picture.labels().length") >= 12
            page.click("#closer")
            page.wait_for_timeout(100)
            assert overlaps(page) == []


def test_the_first_view_is_an_overview(browser: Browser, county_page: Path) -> None:
    """Regions stand for what lies in them, with their numbers; a few hundred signs at most."""
    with opened(browser, county_page) as page:
        bubbles = page.evaluate("KG.picture.view().bubbles.map(b => [b.node.kind.name, b.count])")
        assert bubbles
        assert {kind for kind, _ in bubbles} == {"Region"}
        shown = page.evaluate("KG.picture.view().grounds.map(g => [g.node.name, g.count])")
        assert ["浙江省", 3000] in shown
        assert 20 < len(drawn(page)) < 400
        expect(page.locator("#count")).to_contain_text("of 3,000 entities")
        name = page.evaluate("KG.picture.view().bubbles.sort((a, b) => b.r - a.r)[0].node.name")
        x, y = where(page, name)
        page.mouse.click(x, y)
        expect(page.locator("#panel h2")).to_have_text(name)
        inside = page.evaluate("KG.picture.view().grounds.map(g => g.node.name)")
        assert name in inside


def test_the_wheel_zooms_and_a_drag_moves(browser: Browser, county_page: Path) -> None:
    """What was under the pointer stays there; what comes near opens."""
    with opened(browser, county_page) as page:
        before = page.evaluate("KG.picture.camera.scale")
        page.mouse.move(700, 450)
        page.mouse.wheel(0, -400)
        page.wait_for_timeout(100)
        assert page.evaluate("KG.picture.camera.scale") > before * 1.5
        name = drawn(page)[0]
        x, y = where(page, name)
        page.mouse.move(700, 700)
        page.mouse.down()
        page.mouse.move(640, 660, steps=4)
        page.mouse.up()
        page.wait_for_timeout(100)
        moved = where(page, name)
        assert (round(moved[0] - x), round(moved[1] - y)) == (-60, -40)
        assert page.locator("#panel").is_hidden()


def test_search_finds_a_county_and_its_secretary(browser: Browser, gold_page: Path) -> None:
    """Enter takes the first hit, whose card names the neighbour, the sentence, the document and the date."""
    with opened(browser, gold_page) as page:
        look_for(page, "松阳县")
        panel = page.locator("#panel")
        expect(panel.locator("h2")).to_have_text("松阳县")
        expect(panel).to_contain_text("地区 Region")
        expect(panel).to_contain_text("Who held office here")
        expect(panel).to_contain_text("李汉勤")
        quote = panel.locator("blockquote", has_text="时任松阳县委书记李汉勤").first
        expect(quote).to_contain_text("s10 · 2026-02-26")
        assert "李汉勤" in quote.locator("mark").all_text_contents()
        assert state(page)["node"] == "Region-松阳县"
        assert overlaps(page) == []


def test_an_official_has_a_list_of_offices(browser: Browser, gold_page: Path) -> None:
    """The card lists the offices with their days, the earliest first."""
    with opened(browser, gold_page) as page:
        look_for(page, "莫靓")
        offices = page.locator("#panel .offices li")
        expect(offices.first).to_be_visible()
        told = offices.all_text_contents()
        assert any("县长" in line and "松阳县" in line for line in told)
        days = [re.findall(r"\d{4}[-\d]*", line)[0] for line in told]
        assert days == sorted(days)


def test_pinyin_and_aliases_find(browser: Browser, gold_page: Path) -> None:
    """Initials and syllables list the entity, an alias tells itself, arrow keys and clicks take one."""
    with opened(browser, gold_page) as page:
        for text in ("syx", "songyangxian", "songy"):
            page.fill("#search", text)
            assert "松阳县" in page.locator("#hits .name").all_text_contents()
        page.fill("#search", "松阳经济开发区")
        hit = page.locator("#hits li", has_text="Park").first
        expect(hit).to_be_visible()
        hit.click()
        expect(page.locator("#panel h2")).to_have_text("浙江松阳经济开发区")
        expect(page.locator("#hits")).to_be_hidden()
        page.fill("#search", "松阳县")
        second = page.locator("#hits li .name").nth(1).text_content()
        page.press("#search", "ArrowDown")
        page.press("#search", "ArrowDown")
        page.press("#search", "Enter")
        expect(page.locator("#panel h2")).to_have_text(second or "")
        page.fill("#search", "qqqq")
        expect(page.locator("#hits")).to_contain_text("Nothing of this name")


def test_clicks_in_the_picture_open_nodes_and_relations(browser: Browser, gold_page: Path) -> None:
    """A node and a line both open their cards; a double click brings in neighbours."""
    with opened(browser, gold_page) as page:
        look_for(page, "翁伟荣")
        page.click(".near .step >> nth=0")
        expect(page.locator("#whole")).to_be_visible()
        assert len(drawn(page)) < 20
        middle = page.evaluate(
            "KG.picture.locateEdge(KG.shown().edges.find(e => e.title.includes('局长') && e.head.name === '翁伟荣'))"
        )
        page.mouse.click(middle["x"], middle["y"])
        panel = page.locator("#panel")
        expect(panel.locator("h2")).to_have_text("领导")
        expect(panel).to_contain_text("丽水市经信局局长")
        expect(panel.locator("blockquote")).not_to_have_count(0)
        assert "edge" in state(page)
        click_node(page, "丽水市经信局")
        expect(panel.locator("h2")).to_have_text("丽水市经信局")
        before = len(drawn(page))
        page.mouse.dblclick(*where(page, "丽水市经信局"))
        assert state(page)["open"] == "Organization-%E4%B8%BD%E6%B0%B4%E5%B8%82%E7%BB%8F%E4%BF%A1%E5%B1%80"
        assert len(drawn(page)) >= before
        assert "翁伟荣" in drawn(page)
        page.click("#whole")
        assert len(drawn(page)) > 50


def test_depth_and_expansion_are_bounded(browser: Browser, county_page: Path) -> None:
    """One, two and three steps bring in ever more, never more than some hundreds, and the rest is counted."""
    with opened(browser, county_page) as page:
        look_for(page, page.evaluate("KG.model.important[0].name"))
        sizes = []
        for depth in range(3):
            page.locator(".near .step").nth(depth).click()
            page.wait_for_timeout(150)
            sizes.append(len(drawn(page)))
            expect(page.locator(".near .step").nth(depth)).to_have_attribute("aria-pressed", "true")
        assert sizes[0] < sizes[1] < sizes[2] <= 200
        expect(page.locator("#cut")).to_contain_text("neighbours more, not drawn")
        assert state(page)["depth"] == "3"


def test_the_address_holds_the_view(browser: Browser, gold_page: Path) -> None:
    """Back and forward return to what was seen, filters and camera too; the address opens the same elsewhere."""
    graph = gold_graph()
    fragment = "#" + start_state(graph, focus="松阳县", types=["Official", "Region", "Organization"])
    with opened(browser, gold_page, fragment=fragment) as page:
        panel = page.locator("#panel h2")
        expect(panel).to_have_text("松阳县")
        expect(page.locator("#whole")).to_be_visible()
        assert page.evaluate("[...new Set(KG.shown().nodes.map(n => n.kind.name))].sort()") == [
            "Official",
            "Organization",
            "Region",
        ]
        page.locator("#panel .end", has_text="李汉勤").first.click()
        expect(panel).to_have_text("李汉勤")
        page.go_back()
        expect(panel).to_have_text("松阳县")
        page.go_forward()
        expect(panel).to_have_text("李汉勤")
        page.click("#whole")
        page.click("#closer")
        page.wait_for_timeout(400)
        address = page.evaluate("location.hash")
        assert "at=" in address
        names = sorted(drawn(page))
    with opened(browser, gold_page, fragment=address) as page:
        expect(page.locator("#panel h2")).to_have_text("李汉勤")
        assert sorted(drawn(page)) == names


def test_a_page_can_begin_with_a_view(browser: Browser, tmp_path: Path) -> None:
    """What the command line asks for is shown when the address says nothing; the whole graph is still there."""
    graph = gold_graph()
    path = tmp_path / "viewer.html"
    write_html(graph, path, start=start_state(graph, focus="松阳县", depth=2, since="2021"))
    with opened(browser, path) as page:
        expect(page.locator("#panel h2")).to_have_text("松阳县")
        assert page.evaluate("KG.state().depth") == 2
        assert page.evaluate("KG.state().filter.since") == "2021"
        page.click("#hidden")
        page.click("#whole")
        expect(page.locator("#count")).to_contain_text(f"of {graph.nx.number_of_nodes()} entities")


def test_everything_can_be_done_by_keyboard(browser: Browser, gold_page: Path) -> None:
    """Search, walk from node to node, neighbourhood, boxes, and out again, without a mouse."""
    with opened(browser, gold_page) as page:
        page.keyboard.press("/")
        page.keyboard.type("syx")
        page.keyboard.press("Enter")
        expect(page.locator("#panel h2")).to_have_text("松阳县")
        page.locator("#canvas").focus()
        page.keyboard.press("Enter")
        assert state(page)["near"] == "Region-松阳县"
        page.keyboard.press("2")
        assert state(page)["depth"] == "2"
        page.keyboard.press("n")
        said = page.locator("#said").text_content() or ""
        chosen = page.locator("#panel h2").text_content() or ""
        assert chosen
        assert said.startswith(chosen)
        page.keyboard.press("e")
        assert "open" in state(page)
        page.keyboard.press("w")
        assert "near" not in state(page)
        x = page.evaluate("KG.picture.camera.x")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("+")
        page.wait_for_timeout(100)
        assert page.evaluate("KG.picture.camera.x") > x
        for key, box in (("f", "filters"), ("a", "ask"), ("t", "time"), ("d", "take"), ("?", "help")):
            page.locator("#canvas").focus()
            page.keyboard.press(key)
            expect(page.locator(f"#{box}")).to_be_visible()
            expect(page.locator(f"#open-{box}")).to_have_attribute("aria-expanded", "true")
            page.keyboard.press("Escape")
            expect(page.locator(f"#{box}")).to_be_hidden()
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()


def test_every_control_has_a_name(browser: Browser, gold_page: Path) -> None:
    """Whatever can be operated says what it is, with all boxes open, in both languages."""
    with opened(browser, gold_page) as page:
        look_for(page, "松阳县")
        expect(page.locator("#panel blockquote").first).to_be_visible()
        for _ in range(2):
            for box in ("filters", "ask", "time", "take", "help"):
                page.click(f"#open-{box}")
                nameless = page.evaluate("""() => [...document.querySelectorAll(
                    'button, input, select, textarea, canvas, [role=listbox], aside, nav, section')]
                    .filter(e => e.offsetParent && !(e.getAttribute('aria-label') || e.labels?.length
                      || e.getAttribute('aria-labelledby') || e.textContent.trim())).map(e => e.outerHTML)""")
                assert nameless == []
                page.keyboard.press("Escape")
            page.click("#language")
        assert page.evaluate("document.documentElement.lang") == "en"
