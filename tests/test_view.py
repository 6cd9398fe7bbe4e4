"""The viewer's file: places, data, bundle, and what it shows first."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from county_graph import county_graph
from view_graphs import gold_graph, packed

from kg.errors import InputError, KgError, MissingError
from kg.graph import KnowledgeGraph
from kg.types import Document, Entity, Evidence, Relation
from kg.view import bundle as bundle_module
from kg.view import to_html, to_pyvis, write_html
from kg.view.bundle import bundle
from kg.view.layout import belongings, lay_out
from kg.view.packing import enclose, pack, rings
from kg.view.readings import readings_of, surname_readings
from kg.view.start import start_state


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
        "from view_graphs import gold_graph\nfrom kg.view import to_html\n"
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


def test_a_missing_pypinyin_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pypinyin the message tells what to install; likewise without pyvis for its Network."""
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(MissingError, match="pip install pypinyin"):
        to_html(gold_graph())
    monkeypatch.setitem(sys.modules, "pyvis.edge", None)
    with pytest.raises(MissingError, match="pip install pyvis"):
        to_pyvis(gold_graph())


def test_rings_do_not_overlap_and_keep_their_order() -> None:
    """Circles on rings lie apart, outside the hub and within the reach, the first ones nearest."""
    radii = [9.0] * 20 + [14.0] * 30 + [6.0] * 50
    places, reach = rings(radii, hub=10, turn=1)
    circles = [(0.0, 0.0, 10.0), *((x, y, r) for (x, y), r in zip(places, radii, strict=True))]
    for a, b in combinations(circles, 2):
        assert math.dist(a[:2], b[:2]) >= a[2] + b[2] - 1e-6
    far = [math.hypot(x, y) for x, y in places]
    assert all(b >= a - 1e-6 for a, b in pairwise(far))
    assert far[-1] + radii[-1] <= reach + 1e-6
    assert rings([5.0])[0] == [(0.0, 0.0)]


def test_a_large_graph_is_placed_without_overlap() -> None:
    """Counties lie in their prefectures and apart from each other, officials nearer the middle than firms."""
    graph = county_graph(3000)
    layout = lay_out(graph)
    at = {c.entity: c for c in layout.circles}
    for circle in layout.circles:
        parent = layout.parents[circle.entity]
        if parent is not None:
            outer = at[parent]
            apart = math.dist((circle.x, circle.y), (outer.x, outer.y))
            assert apart + circle.radius <= outer.radius + 1e-6
    for depth in {c.depth for c in layout.circles}:
        for a, b in combinations([c for c in layout.circles if c.depth == depth], 2):
            assert math.dist((a.x, a.y), (b.x, b.y)) >= a.radius + b.radius - 1e-6
    county = max(
        (c for c in layout.circles if graph.entity(c.entity).level == "county"), key=lambda c: c.radius
    )
    hub = layout.positions[county.entity]
    holders = set(layout.parents.values())

    def mean(type: str) -> float:
        own = [e.id for e in graph.entities if e.type == type and e.id not in holders]
        own = [entity_id for entity_id in own if layout.parents[entity_id] == county.entity]
        return sum(math.dist(layout.positions[i], hub) for i in own) / len(own)

    assert mean("Official") < mean("Organization") < mean("Event")


def test_the_data_are_complete(tmp_path: Path) -> None:
    """All entities, relations and sentences can be read back from the file; its text is none of theirs."""
    graph, path = gold_graph(), tmp_path / "viewer.html"
    write_html(graph, path)
    data, evidence = packed(path, "graph-data"), packed(path, "evidence-data")
    assert data["nodes"]["name"] == [e.name for e in graph.entities]
    assert {len(column) for key, column in data["nodes"].items() if key != "aliases"} == {
        graph.nx.number_of_nodes()
    }
    assert {len(column) for column in data["edges"].values()} == {graph.nx.number_of_edges()}
    assert evidence["counts"] == [len(r.evidence) for r in graph.relations]
    assert evidence["quote"] == [v.quote for r in graph.relations for v in r.evidence]
    assert "松阳县" not in path.read_text(encoding="utf-8")
    assert "quote" not in data


def test_a_sentence_keeps_its_own_day_where_its_document_has_none(tmp_path: Path) -> None:
    """The day of a quote is told when the document is undated or unknown."""
    quotes = (Evidence("d1", 0, 1, "甲", "t", "2020-01-01"), Evidence("gone", 0, 1, "乙", "t", "2021"))
    graph = KnowledgeGraph(
        documents=[Document("d1", "", title="无日期")],
        entities=[Entity("a", "Official", "甲"), Entity("b", "Region", "乙")],
        relations=[Relation("r", "LEADS", "a", "b", "", "2020-01-01", "2021", quotes)],
    )
    write_html(graph, tmp_path / "v.html")
    evidence = packed(tmp_path / "v.html", "evidence-data")
    assert (evidence["document"], evidence["own"]) == ([0, -1], [[0, "2020-01-01"], [1, "2021"]])


def test_readings_of_characters_and_of_family_names() -> None:
    """Characters have their readings without tones, persons' family names their own."""
    assert readings_of(["长兴abc", "绿"]) == {"兴": "xing", "绿": "lv lu", "长": "zhang chang"}
    assert surname_readings(["单国强", "尉迟恭", "王强", "任何"]) == {
        "任": "ren",
        "单": "shan",
        "尉迟": "yu chi",
    }


def test_a_notebook_shows_the_page_in_a_frame() -> None:
    """The page is a str, and as a cell's value a frame that cannot be left."""
    page = to_html(gold_graph(), title='a"b')
    assert page.startswith("<!doctype html>")
    frame = page._repr_html_()
    found = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox="([^"]*)" style="[^"]*"></iframe>', frame)
    assert found
    assert "allow-same-origin" not in found[2]
    assert "&lt;script" in found[1]


def test_only_plain_modules_can_be_bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other forms of import and export, and circles, are errors that name the module."""
    files = {
        "a.js": 'import { b } from "./b.js";\nexport function a() { return b; }',
        "b.js": "export const b = 1;",
        "default.js": "export default 1;",
        "circle.js": 'import { circle } from "./circle.js";\nexport const x = circle;',
    }
    monkeypatch.setattr(bundle_module, "asset", files.__getitem__)
    script = bundle("a", name="A")
    assert script.index("const b = 1") < script.index("function a")
    assert "globalThis.A = module_a;" in script
    assert "import" not in script
    assert "export" not in script
    with pytest.raises(KgError, match=r"default\.js: cannot be bundled: export default 1;"):
        bundle("default")
    with pytest.raises(KgError, match=r"circle\.js: imports itself"):
        bundle("circle")


def test_every_script_is_used() -> None:
    """What lies in assets is part of the page or of the renderer by itself."""
    folder = Path(bundle_module.__file__).parent / "assets"
    names = {path.stem for path in folder.glob("*.js")}
    both = bundle("app") + bundle("small")
    assert names == {name.replace("_", "-") for name in re.findall(r"const module_(\w+) =", both)}


def test_a_view_is_an_address() -> None:
    """Focus, types and days become the state that the page reads; what is wrong is named."""
    graph = gold_graph()
    assert start_state(graph) == ""
    assert start_state(graph, since="2021", until="2021-03-31") == "since=2021&until=2021-03-31"
    found = start_state(graph, focus="松阳县", depth=2)
    assert found == "node=Region-%E6%9D%BE%E9%98%B3%E5%8E%BF&near=Region-%E6%9D%BE%E9%98%B3%E5%8E%BF&depth=2"
    hidden = start_state(graph, types=["Official", "Region"])
    assert hidden == "hide=Company%2CEvent%2COrganization%2CPark%2CPerson%2CProject"
    with pytest.raises(InputError, match=r'no entity called "松阳市" in this graph; did you mean .*松阳县'):
        start_state(graph, focus="松阳市")
    with pytest.raises(InputError, match='no entity of type "County" in this graph; there are: Company, '):
        start_state(graph, types=["County"])
    with pytest.raises(InputError, match='"yesterday" is no day'):
        start_state(graph, since="yesterday")
    with pytest.raises(InputError, match="a depth of 4"):
        start_state(graph, focus="松阳县", depth=4)
