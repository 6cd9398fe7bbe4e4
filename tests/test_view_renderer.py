"""The drawing part by itself, on a page of somebody else's."""

from __future__ import annotations

import json
from pathlib import Path

from browser import opened
from playwright.sync_api import Browser

from kg.view import renderer

GRAPH = {
    "nodes": [
        {
            "id": "o",
            "name": "莫靓",
            "kind": {"name": "Official", "zh": "官员", "shape": "dot", "colour": "#0072B2"},
        },
        {
            "id": "r",
            "name": "</script>松阳县",
            "kind": {"name": "Region", "zh": "地区", "shape": "square", "colour": "#009E73"},
        },
        {"id": "x"},
    ],
    "edges": [
        {"head": "o", "tail": "r", "type": "LEADS", "title": "县长"},
        {"head": "o", "tail": "x", "type": "VISITS"},
        {"head": "o", "tail": "nobody", "type": "VISITS"},
    ],
}


def page_with(path: Path, graph: object) -> None:
    """A page of one canvas."""
    data = json.dumps(graph).replace("<", "\\u003c")
    path.write_text(
        '<!doctype html><meta charset="utf-8"><canvas id="c" style="width:800px;height:500px" tabindex="0"></canvas>'
        f"<script>{renderer()}</script><script>globalThis.got = [];"
        f"globalThis.drawing = kgView.drawGraph(document.getElementById('c'), {data}, {{on: {{"
        "node: (n) => got.push(n && n.id), edge: (e) => got.push(e.type), open: (n) => got.push('open ' + n.id) }});"
        "document.documentElement.dataset.ready = 'true';</script>",
        encoding="utf-8",
    )


def test_a_graph_is_drawn_and_can_be_clicked(browser: Browser, tmp_path: Path) -> None:
    """Nodes, relations and names are there; clicks and double clicks give back what was given."""
    path = tmp_path / "page.html"
    page_with(path, GRAPH)
    with opened(browser, path) as page:
        assert page.evaluate("drawing.picture.labels().map(l => l.lines[0].text)")[:2] == [
            "莫靓",
            "</script>松…",
        ]
        find = "id => drawing.picture.locate(drawing.picture.view().nodes.find(n => n.node.id === id).node)"
        at = page.evaluate(find, "r")
        page.mouse.click(at["x"], at["y"])
        at = page.evaluate("drawing.picture.locateEdge(drawing.picture.view().edges[1])")
        page.mouse.click(at["x"], at["y"])
        at = page.evaluate(find, "x")
        page.mouse.dblclick(at["x"], at["y"])
        page.mouse.click(30, 30)
        assert page.evaluate("got") == ["r", "VISITS", "x", "open x", None]
        assert page.evaluate("drawing.picture.view().edges.length") == 2
        page.evaluate("drawing.choose('o'); drawing.fit()")


def test_nothing_is_drawn_without_complaint(browser: Browser, tmp_path: Path) -> None:
    """An empty answer is an empty picture."""
    path = tmp_path / "page.html"
    page_with(path, {"nodes": [], "edges": []})
    with opened(browser, path) as page:
        assert page.evaluate("drawing.picture.view().nodes.length") == 0
