"""Whatever a text holds, the page shows it as text, runs none of it and asks the network for nothing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import click_node, opened
from playwright.sync_api import Browser, Page, expect
from view_graphs import HOSTILE, gold_graph, hostile_graph

from kg.graph import KnowledgeGraph
from kg.types import Appearance, Document, Entity, Evidence, Relation
from kg.view import to_html, write_html
from kg.view.bundle import asset, bundle

hostile = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))


@pytest.fixture
def page_of(browser: Browser, tmp_path: Path, text: str) -> Iterator[Page]:
    """The page of a graph that bears the text everywhere; nothing of it may have run."""
    path = tmp_path / "viewer.html"
    write_html(hostile_graph(text), path, title=f"图{text}", start=f"since={text}")
    with opened(browser, path) as page:
        yield page
        assert page.evaluate("globalThis.ran === undefined && ({}).ran === undefined")
        assert page.locator("img, iframe, object, embed, b, script:not([id]):not(:last-of-type)").count() == 0


@hostile
def test_title_and_types(page_of: Page, text: str) -> None:
    """The heading, the window's title, entity types in the legend and relation types in the filter."""
    assert page_of.text_content("h1") == f"图{text}"
    assert page_of.title() == f"图{text}"
    assert text in page_of.locator("#legend .label").all_text_contents()
    page_of.click("#open-filters")
    assert text in page_of.locator("#filters .check > span:nth-child(2)").all_text_contents()


@hostile
def test_names_in_the_list_of_hits(page_of: Page, text: str) -> None:
    """Names, and the region beside them."""
    # What was typed goes through a one-line input, so a plain part of the text is looked for.
    page_of.fill("#search", text[0])
    expect(page_of.locator("#hits .name").first).to_be_visible()
    assert page_of.locator("#hits .name").all_text_contents() == [text] * 3
    assert text in (page_of.locator("#hits .soft").first.text_content() or "")


@hostile
def test_everything_in_a_node_s_card(page_of: Page, text: str) -> None:
    """Name, aliases, level, code, place, offices, sentences, documents' titles and days; no link to a script."""
    page_of.fill("#search", text[0])
    page_of.locator("#hits li", has_text="Official").click()
    assert page_of.text_content("#panel h2") == text
    expect(page_of.locator("#panel blockquote")).to_have_count(2)
    shown = page_of.text_content("#panel") or ""
    assert shown.count(f"句子{text}完") == 2
    assert f"又名{text}" in shown
    values = page_of.locator("#panel dd").all_text_contents()
    assert values.count(text) >= 3
    assert page_of.locator("#panel .office").first.text_content() == text
    assert text in page_of.locator("#panel cite").all_text_contents()[0]
    assert text in page_of.locator("#panel .document").all_text_contents()[0]
    assert page_of.locator("a").count() == 0


@hostile
def test_names_in_the_picture_and_on_a_relation(page_of: Page, text: str) -> None:
    """A click on the sign, the relation's card, the paths' list and what is said to screen readers."""
    page_of.fill("#search", text[0])
    page_of.locator("#hits li", has_text="Official").click()
    page_of.click(".near .step >> nth=0")
    click_node(page_of, text)
    page_of.locator("#panel .whole-edge").first.click()
    assert text in (page_of.text_content("#panel .triple") or "")
    page_of.locator("#canvas").focus()
    page_of.keyboard.press("n")
    assert (page_of.text_content("#said") or "").startswith(text)
    ids = page_of.evaluate("KG.model.nodes.map(n => n.id)")
    page_of.evaluate(
        "ids => { location.hash = new URLSearchParams({from: ids[0], to: ids[2], paths: 2}).toString(); }",
        ids,
    )
    page_of.click("#open-ask")
    expect(page_of.locator("#ask .answer")).not_to_be_empty()
    page_of.click("#ask-central")
    assert text in page_of.locator("#ask .central .end").all_text_contents()


@hostile
def test_what_is_taken_away(page_of: Page, text: str) -> None:
    """The drawing is well-formed, bears the text as text, and the file's name is a plain one."""
    page_of.fill("#search", text[0])
    page_of.locator("#hits li", has_text="Official").click()
    page_of.click(".near .step >> nth=0")
    page_of.click("#open-take")
    with page_of.expect_download() as saved:
        page_of.click("#take-svg")
    name = saved.value.suggested_filename
    assert re.fullmatch(r'[^\\/:*?"<>|\u2028\u2029]+\.svg', name)
    drawing = ET.fromstring(Path(saved.value.path()).read_text(encoding="utf-8"))
    kinds = {element.tag.split("}")[1] for element in drawing.iter()}
    assert kinds <= {"svg", "title", "rect", "circle", "polygon", "path", "text"}
    assert not [
        key for element in drawing.iter() for key in element.attrib if key.startswith("on") or "href" in key
    ]
    with page_of.expect_download() as saved:
        page_of.click("#take-csv")
    assert Path(saved.value.path()).read_bytes().startswith(b"\xef\xbb\xbfhead,")


SOURCES = {
    "https://www.example.cn/a?b=<i>&c='d": "https://www.example.cn/a?b=%3Ci%3E&c=%27d",
    "http://www.example.cn/": "http://www.example.cn/",
    "javascript:globalThis.ran=1": None,
    "JaVaScRiPt:globalThis.ran=1//http://": None,
    "data:text/html,<script>globalThis.ran=1</script>": None,
    "vbscript:x": None,
    "//www.example.cn/a": None,
    "news/甲.txt": None,
    "": None,
}


@pytest.mark.parametrize("source", SOURCES, ids=range(len(SOURCES)))
def test_only_web_pages_are_links(browser: Browser, tmp_path: Path, source: str) -> None:
    """A source is a link where it is http or https, to a window that knows nothing of this page, else text."""
    graph = KnowledgeGraph(
        documents=[Document("d", "", title="标题", source=source, date="2020-01-01")],
        entities=[Entity("a", "Official", "甲"), Entity("b", "Region", "乙")],
        relations=[Relation("r", "LEADS", "a", "b", "", None, None, (Evidence("d", 0, 1, "句", "t"),))],
        appearances=[Appearance("a", "d", ("甲",), 1)],
    )
    path = tmp_path / "viewer.html"
    write_html(graph, path)
    with opened(browser, path, fragment="#node=a") as page:
        expect(page.locator("#panel cite")).to_have_text("标题 · 2020-01-01")
        links = page.locator("#panel a")
        if SOURCES[source] is None:
            assert links.count() == 0
        else:
            assert links.count() == 2
            assert links.first.get_attribute("href") == SOURCES[source]
            assert links.first.get_attribute("rel") == "noopener noreferrer"
            assert links.first.get_attribute("target") == "_blank"


def test_markup_would_be_refused_by_the_page_itself(browser: Browser, tmp_path: Path) -> None:
    """Should a string ever become markup, the page's policy runs no script of it and loads nothing."""
    path = tmp_path / "viewer.html"
    write_html(gold_graph(), path)
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend',"
        '\'<img src="https://example.org/x.png" onerror="globalThis.ran=1"><a style="color:red">\')'
    )
    page.evaluate("fetch('https://example.org/').catch(() => 0)")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'ran=1'}))"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("globalThis.ran") is None
    assert any("img-src" in line or "default-src" in line for line in said)
    assert any("connect-src" in line for line in said)
    assert any("script-src" in line for line in said)
    assert {url.split("#")[0] for url in asked} <= {path.as_uri()}
    context.close()


def test_the_policy_allows_no_network() -> None:
    """Nothing is allowed but this page's own script and style, by their hashes."""
    found = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', to_html(gold_graph()))
    assert found
    rules = dict(rule.strip().split(" ", 1) for rule in found[1].split(";"))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    assert set(rules) == {"script-src", "style-src"}
    assert all(re.fullmatch(r"'sha256-[\w+/]+='", value) for value in rules.values())


def test_no_script_makes_markup_of_strings() -> None:
    """The scripts know no way to turn a string into markup or code, and no way into the network."""
    code = bundle("app") + bundle("small")
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc"
    network = r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(|@import|url\("
    assert re.findall(f"{banned}|{network}", code + asset("page.css")) == []
