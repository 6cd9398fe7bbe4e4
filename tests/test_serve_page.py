"""The page of kg serve in Chromium: log in, ask, see the answer as a graph and as a table, and errors."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium
from playwright.sync_api import Page, expect
from serving import Served, served
from small_graph import HARSH, small_graph

from kg.graph import KnowledgeGraph
from kg.stores.open import build_embedded
from kg.types import Entity
from kg.view.page import write_html

_EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """kg serve of the small graph, in which one name is HTML."""
    out = tmp_path_factory.mktemp("page") / "out"
    small = small_graph()
    graph = KnowledgeGraph(
        documents=small.documents.values(),
        entities=[*small.entities, Entity("evil", "Company", _EVIL)],
        relations=small.relations,
        appearances=small.appearances,
    )
    build_embedded(graph, out / "store")
    write_html(graph, out / "viewer.html")
    with served(out, "--timeout", "2", "--limit", "50") as running:
        yield running


@pytest.fixture(scope="module")
def page(server: Served) -> Iterator[Page]:
    """The page after login; nothing foreign may be asked for, and nothing may run that is in the data."""
    troubles: list[str] = []
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1300, "height": 1000}, locale="zh-CN")
        opened = context.new_page()
        opened.on("request", lambda r: r.url.startswith(server.page) or troubles.append(r.url))
        opened.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.on("console", lambda m: "401" in m.text or troubles.append(m.text))
        opened.goto(server.page)
        opened.fill("#password", "wrong")
        opened.click("button")
        expect(opened.locator("#password")).to_be_visible()
        opened.fill("#password", f" {server.password} ")
        opened.click("button")
        opened.wait_for_selector("html[data-ready]", timeout=30_000)
        yield opened
        context.close()
    assert troubles == []


def ask(page: Page, cypher: str, parameters: str = "{}") -> None:
    """Asks, and waits until there is an answer or an error."""
    page.fill("#cypher", cypher)
    page.fill("#parameters", parameters)
    page.press("#cypher", "Control+Enter")
    expect(page.locator("#run")).to_be_enabled(timeout=20_000)


def test_graph(page: Page) -> None:
    """Nodes and relationships are drawn; a click shows what they have."""
    ask(page, "MATCH (o)-[r]->(c:County {name: $name}) RETURN o, r, c", json.dumps({"name": "松阳县"}))
    expect(page.locator("svg .node")).to_have_count(6)
    expect(page.locator("svg .edge")).to_have_count(6)
    page.get_by_text("LEADS 县长", exact=True).wait_for()
    page.locator("svg .node", has=page.get_by_text("Official 莫靓")).click()
    expect(page.locator("#details h2")).to_have_text("(:Official 莫靓)")
    expect(page.locator("#details")).to_contain_text("0.985")
    page.locator("svg .hit").first.dispatch_event("click")
    expect(page.locator("#details")).to_contain_text("evidence_scores")
    if os.environ.get("KG_SCREENSHOTS"):
        page.screenshot(path=str(Path(os.environ["KG_SCREENSHOTS"]) / "serve.png"))


def test_table(page: Page) -> None:
    """The same answer as a table; names stay text whatever is in them."""
    ask(
        page,
        "MATCH (n) WHERE n.id IN ['evil', 'person-harsh'] RETURN n.name AS name, n, 1.5 AS f ORDER BY n.id",
    )
    page.click("#as-table")
    assert page.locator("th").all_text_contents() == ["name", "n", "f"]
    rows = [row.locator("td").all_text_contents() for row in page.locator("tbody tr").all()]
    assert rows == [[_EVIL, f"(:Company {_EVIL})", "1.5"], [HARSH, f"(:Person {HARSH})", "1.5"]]
    page.click("#as-graph")
    expect(page.locator("svg .node")).to_have_count(2)


def test_limits(page: Page) -> None:
    """The page says when there are more rows, and when a question took too long."""
    ask(page, "MATCH (a), (b) RETURN a.id")
    expect(page.locator("#status")).to_contain_text("只显示前 50 行")
    expect(page.locator("tbody tr")).to_have_count(50)
    ask(
        page,
        "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c RETURN count(a + b + c)",
    )
    expect(page.locator("#message")).to_contain_text("time limit")
    expect(page.locator("#answer")).to_be_hidden()


def test_error_place(page: Page) -> None:
    """An error shows line, column and caret, and puts the cursor there."""
    ask(page, "MATCH (n)\nRETURN 2, m")
    expect(page.locator("#message")).to_contain_text("第 2 行第 11 列")
    assert page.locator("#place").text_content() == "RETURN 2, m\n          ^"
    assert page.evaluate("document.activeElement.selectionStart") == 20
    ask(page, "MATCH (n) DETACH DELETE n")
    expect(page.locator("#message")).to_contain_text("not allowed in a read-only query")
    ask(page, "RETURN $x", "{x")
    expect(page.locator("#message")).to_contain_text("参数不是 JSON")


def test_cookbook(page: Page) -> None:
    """A question of the cookbook fills in statement and parameters."""
    page.select_option("#cookbook", "who-led")
    assert "$county" in page.input_value("#cypher")
    assert "county" in json.loads(page.input_value("#parameters"))
    page.click("#run")
    expect(page.locator("#status")).to_contain_text("行")


def test_viewer(page: Page, server: Served) -> None:
    """The viewer of the whole graph opens from the page, and works under its own policy."""
    page.goto(server.page)
    page.click("nav a[href='/viewer']")
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    assert page.url.startswith(f"{server.page}viewer")
