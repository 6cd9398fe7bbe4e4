"""The viewer: places, the file, and the page as a person uses it."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from browser import chromium, opened
from playwright.sync_api import Browser, Page, expect
from view_graphs import HOSTILE, gold_graph, hostile_graph, large_graph

from kg.errors import InputError, MissingError
from kg.graph import KnowledgeGraph
from kg.types import Entity, Evidence, Relation
from kg.view import page as page_module
from kg.view.layout import belongings, lay_out
from kg.view.packing import enclose, pack
from kg.view.page import to_html, to_pyvis, write_html


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the file."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def gold_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The viewer of the written samples."""
    path = tmp_path_factory.mktemp("viewer") / "viewer.html"
    write_html(gold_graph(), path)
    return path


def look_for(page: Page, text: str) -> None:
    """Types into the search box and takes the first hit."""
    page.fill("#search", text)
    page.press("#search", "Enter")


def click_node(page: Page, name: str) -> None:
    """Clicks where the node of this name is drawn."""
    at = page.evaluate("n => KG.now.picture.locate(KG.now.model.nodes.find(e => e.name === n))", name)
    page.mouse.click(at["x"], at["y"])


def drawn(page: Page) -> list[str]:
    """Names of the nodes in the picture."""
    names: list[str] = page.evaluate("[...KG.now.shown()].map(node => node.name)")
    return names


def test_packed_circles_do_not_overlap() -> None:
    """Circles of mixed sizes lie apart from each other and from the hub, inside their enclosing circle."""
    radii = [30.0, 5.0, 12.0, 5.0, 5.0, 30.0, 8.0] * 6
    placed = [(x, y, r) for (x, y), r in zip(pack(radii, hub=10, turn=1), radii, strict=True)]
    for a, b in combinations([(0.0, 0.0, 10.0), *placed], 2):
        assert math.dist(a[:2], b[:2]) >= a[2] + b[2] - 1e-6
    x, y, reach = enclose(placed)
    assert all(math.dist((x, y), c[:2]) + c[2] <= reach + 1e-6 for c in placed)
    assert reach < 3 * math.sqrt(sum(r * r for r in radii))


def test_a_county_lies_in_its_prefecture_and_its_people_in_it() -> None:
    """The circle of a region holds the circles of what belongs to it."""
    graph = gold_graph()
    layout = lay_out(graph)
    circles = {graph.entity(c.entity).name: c for c in layout.circles}
    inner, outer = circles["松阳县"], circles["丽水市"]
    assert math.dist((inner.x, inner.y), (outer.x, outer.y)) + inner.radius <= outer.radius
    for name in ("李汉勤", "赤寿区块"):
        place = layout.positions[graph.find(name)[0].id]
        assert math.dist(place, (inner.x, inner.y)) < inner.radius


def test_codes_place_regions_before_relations_do() -> None:
    """A county goes to the region whose code begins its own, whatever a text says."""
    regions = [
        Entity("p", "Region", "浙江省", level="province", code="330000"),
        Entity("c", "Region", "丽水市", level="prefecture", code="331100"),
        Entity("w", "Region", "温州市", level="prefecture", code="330300"),
        Entity("s", "Region", "松阳县", level="county", code="331124"),
    ]
    quote = (Evidence("d", 0, 1, "句", "t"),)
    graph = KnowledgeGraph(
        entities=regions, relations=[Relation("x", "PART_OF", "s", "w", "", None, None, quote)]
    )
    assert belongings(graph) == {"p": None, "c": "p", "w": "p", "s": "c"}


def test_circular_relations_end() -> None:
    """Organizations that are part of each other are still placed once each."""
    quote = (Evidence("d", 0, 1, "句", "t"),)
    graph = KnowledgeGraph(
        entities=[Entity(i, "Organization", i) for i in "abc"],
        relations=[
            Relation(h + t, "PART_OF", h, t, "", None, None, quote) for h, t in ("ab", "bc", "ca", "aa")
        ],
    )
    assert len(set(lay_out(graph).positions.values())) == 3


def test_the_page_is_the_same_in_another_process() -> None:
    """Neither hash seeds nor the clock reach the page."""
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests')\n"
        "from view_graphs import gold_graph\nfrom kg.view.page import to_html\n"
        "print(hashlib.sha256(to_html(gold_graph()).encode()).hexdigest())"
    )
    root = Path(__file__).parent.parent
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_pyvis_gets_everything() -> None:
    """The plain Network has all nodes and edges, parallel ones too, at fixed places and without titles."""
    graph = gold_graph()
    network = to_pyvis(graph)
    assert network.num_nodes() == graph.nx.number_of_nodes()
    assert network.num_edges() == graph.nx.number_of_edges()
    assert network.get_node("Region-松阳县")["label"] == "松阳县"
    assert all("x" in node and "title" not in node for node in network.nodes)
    assert "松阳县" in network.generate_html() or "\\u677e" in network.generate_html()


def test_a_file_that_cannot_be_written_is_one_error(tmp_path: Path) -> None:
    """The message names the file, and nothing is left behind."""
    with pytest.raises(InputError, match="nowhere"):
        write_html(gold_graph(), tmp_path / "nowhere" / "viewer.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="folder"):
        write_html(gold_graph(), tmp_path / "folder")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_missing_pyvis_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without pyvis, or without the file in it, the message tells what to install."""
    monkeypatch.setattr(page_module.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MissingError, match="pip install pyvis"):
        to_html(gold_graph())

    class Empty:
        submodule_search_locations = (str(tmp_path),)

    monkeypatch.setattr(page_module.importlib.util, "find_spec", lambda _: Empty)
    with pytest.raises(MissingError, match=r"vis-network\.min\.js"):
        to_html(gold_graph())


def test_search_finds_a_county_and_its_secretary(browser: Browser, gold_page: Path, tmp_path: Path) -> None:
    """Enter takes the first hit, whose card names the neighbour, the sentence, the document and the date."""
    with opened(browser, gold_page) as page:
        look_for(page, "松阳县")
        panel = page.locator("#panel")
        expect(panel.locator("h2")).to_have_text("松阳县")
        expect(panel).to_contain_text("地区 Region")
        expect(panel).to_contain_text("领导")
        expect(panel).to_contain_text("李汉勤")
        expect(panel.locator("blockquote", has_text="时任松阳县委书记李汉勤")).to_contain_text(
            "s10 · 2026-02-26"
        )
        assert page.evaluate("new URLSearchParams(location.hash.slice(1)).get('node')") == "Region-松阳县"
        shot = tmp_path / "viewer.png"
        page.screenshot(path=shot)
        assert shot.stat().st_size > 50_000


def test_the_list_of_hits_is_clickable_and_knows_aliases(browser: Browser, gold_page: Path) -> None:
    """Typing an alias lists its entity, and arrow keys or a click take one; nonsense is said to be nothing."""
    with opened(browser, gold_page) as page:
        page.fill("#search", "松阳经济开发区")
        hit = page.locator("#hits li", has_text="园区").first
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
        expect(page.locator("#hits")).to_contain_text("No entity of this name")


def test_the_legend_hides_and_shows_types(browser: Browser, gold_page: Path) -> None:
    """A press hides the nodes of a type and the count says so; a second press brings them back."""
    with opened(browser, gold_page) as page:
        everything = drawn(page)
        people = page.locator("#legend button", has_text="官员")
        people.click()
        assert people.get_attribute("aria-pressed") == "false"
        assert "李汉勤" in everything
        assert "李汉勤" not in drawn(page)
        assert "松阳县" in drawn(page)
        expect(page.locator("#count")).to_contain_text(f"of {len(everything)}")
        people.click()
        assert sorted(drawn(page)) == sorted(everything)


def test_clicks_in_the_picture_open_nodes_and_relations(browser: Browser, gold_page: Path) -> None:
    """A node and a line both open their cards; a double click shows the neighbourhood only."""
    with opened(browser, gold_page) as page:
        look_for(page, "翁伟荣")
        page.click(".near")
        expect(page.locator("#whole")).to_be_visible()
        assert len(drawn(page)) < 20
        where = "KG.now.picture.locate(KG.now.model.nodes.find(e => e.name === {!r}))"
        a = page.evaluate(where.format("翁伟荣"))
        b = page.evaluate(where.format("丽水市经信局"))
        page.mouse.click((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
        expect(page.locator("#panel h2")).to_have_text("领导")
        expect(page.locator("#panel")).to_contain_text("丽水市经信局局长")
        click_node(page, "丽水市经信局")
        expect(page.locator("#panel h2")).to_have_text("丽水市经信局")
        at = page.evaluate(where.format("丽水市经信局"))
        page.mouse.dblclick(at["x"], at["y"])
        expect(page.locator("#whole")).to_be_visible()
        assert "翁伟荣" in drawn(page)
        page.click("#whole")
        assert len(drawn(page)) > 500


def test_the_address_holds_the_view(browser: Browser, gold_page: Path) -> None:
    """An address with a node opens it, and the browser's back button returns to the node before."""
    with opened(
        browser,
        gold_page,
        fragment="#node=Region-%E6%9D%BE%E9%98%B3%E5%8E%BF&near=Region-%E6%9D%BE%E9%98%B3%E5%8E%BF",
    ) as page:
        expect(page.locator("#panel h2")).to_have_text("松阳县")
        expect(page.locator("#whole")).to_be_visible()
        page.locator("#panel .end", has_text="李汉勤").first.click()
        expect(page.locator("#panel h2")).to_have_text("李汉勤")
        page.go_back()
        expect(page.locator("#panel h2")).to_have_text("松阳县")


def test_the_interface_speaks_both_languages(browser: Browser, gold_page: Path) -> None:
    """A Chinese browser gets Chinese words, and a button changes them."""
    with opened(browser, gold_page, locale="zh-CN", color_scheme="dark") as page:
        expect(page.locator("#count")).to_contain_text("个实体")
        page.click("#language")
        expect(page.locator("#count")).to_contain_text("entities")


def test_a_telephone_shows_picture_and_card(browser: Browser, gold_page: Path) -> None:
    """On a narrow screen nothing runs over the edge and the card leaves room for the picture."""
    with opened(browser, gold_page, viewport={"width": 390, "height": 844}) as page:
        look_for(page, "松阳县")
        box = page.locator("#panel").bounding_box()
        assert box is not None
        assert box["y"] > 300
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(browser: Browser, tmp_path: Path, text: str) -> None:
    """A name, alias, title, type, date or sentence full of markup is shown as it is, and runs nothing."""
    path = tmp_path / "viewer.html"
    write_html(hostile_graph(text), path, title=f"图{text}")
    with opened(browser, path) as page:
        assert page.text_content("h1") == f"图{text}"
        assert page.title() == f"图{text}"
        names = page.locator("#legend .label").all_text_contents()
        assert text in names
        # What was typed goes through a one-line input, so a plain part of the text is looked for.
        page.fill("#search", text[0])
        expect(page.locator("#hits .name").first).to_be_visible()
        assert page.locator("#hits .name").all_text_contents() == [text] * 3
        page.locator("#hits li", has_text="官员").click()
        assert page.text_content("#panel h2") == text
        shown = page.text_content("#panel") or ""
        assert shown.count(f"句子{text}完") == 2
        assert f"又名{text}" in shown
        assert page.locator("#panel .office").first.text_content() == text
        assert text in page.locator("#panel cite").all_text_contents()[0]
        page.click(".near")
        click_node(page, text)
        assert page.evaluate("globalThis.ran === undefined && ({}).ran === undefined")
        assert page.locator("img, iframe, a, object, embed, b").count() == 0


def test_markup_would_be_refused_by_the_page_itself(browser: Browser, gold_page: Path) -> None:
    """Should a string ever become markup, the page's policy runs no script of it and loads nothing."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(gold_page.as_uri())
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend',"
        '\'<img src="https://example.org/x.png" onerror="globalThis.ran=1">\')'
    )
    page.evaluate("fetch('https://example.org/').catch(() => 0)")
    page.wait_for_timeout(300)
    assert page.evaluate("globalThis.ran") is None
    assert any("img-src" in line for line in said)
    assert any("connect-src" in line or "default-src" in line for line in said)
    context.close()


def test_an_empty_graph_says_so(browser: Browser, tmp_path: Path) -> None:
    """The page of a graph without entities opens and tells it."""
    path = tmp_path / "viewer.html"
    write_html(KnowledgeGraph(), path)
    with opened(browser, path) as page:
        expect(page.locator("#count")).to_have_text("This graph has no entities.")


def test_a_large_graph_opens_with_its_hubs(browser: Browser, tmp_path: Path) -> None:
    """Above 2,000 entities the page opens with the 600 best connected; a search brings in the others."""
    path = tmp_path / "viewer.html"
    write_html(large_graph(3000), path)
    with opened(browser, path) as page:
        assert len(drawn(page)) == 600
        expect(page.locator("#count")).to_contain_text("600 of 3050")
        assert "人物2999号" not in drawn(page)
        look_for(page, "人物2999号")
        assert "人物2999号" in drawn(page)
        expect(page.locator("#panel h2")).to_have_text("人物2999号")
