"""A document explained: its text with entities marked, its relations below."""

from __future__ import annotations

from kg.explain import explain_html, facts, marked
from kg.schema import load_schema
from kg.types import Document, DocumentGraph, Entity, Evidence, Link

TEXT = "松阳县县长莫靓到<b>松阳经济开发区</b>调研。\n我县发展很快。"
COUNTY = Entity("e1", "Region", "松阳县", level="county", mentions=("县", "我县", "松阳", "松阳县"))
OFFICIAL = Entity("e2", "Official", "莫靓", mentions=("莫靓",))
PARK = Entity("e3", "Park", "松阳经济开发区", mentions=("松阳经济开发区",))
LEADS = Link("LEADS", "e2", "e1", Evidence("d", 0, 7, "松阳县县长<i>莫靓", "post"), title="县长")
GRAPH = DocumentGraph(
    Document("d", TEXT, title="<script>alert(1)</script>"),
    (COUNTY, OFFICIAL, PARK),
    (LEADS,),
    notes=("a < b",),
)


def test_the_text_is_whole_and_the_longest_forms_are_marked() -> None:
    """The stretches give the text again; 松阳经济开发区 is the park, 我县 the county, 县 alone nothing."""
    stretches = list(marked(GRAPH))
    assert "".join(s.text for s in stretches) == TEXT
    names = [(s.text, s.entity.name) for s in stretches if s.entity]
    assert names == [
        ("松阳县", "松阳县"),
        ("莫靓", "莫靓"),
        ("松阳经济开发区", "松阳经济开发区"),
        ("我县", "松阳县"),
    ]


def test_a_text_without_entities_is_one_stretch() -> None:
    """Nothing found, nothing marked."""
    assert [s.entity for s in marked(DocumentGraph(Document("d", "今天天气很好。"), (), ()))] == [None]


def test_facts_name_their_ends() -> None:
    """Relations are told in names, with office and evidence."""
    assert facts(GRAPH) == [("莫靓", "LEADS", "松阳县", "县长", "松阳县县长<i>莫靓")]


def test_the_page_escapes_everything() -> None:
    """No markup of the text, the title, the evidence or the notes gets into the page."""
    page = explain_html([GRAPH], load_schema())
    assert "&lt;b&gt;" in page
    for markup in ("<b>", "<i>", "<script", "a < b"):
        assert markup not in page
    assert '<mark class="Park" title="Park 松阳经济开发区">松阳经济开发区</mark>' in page
    assert "http" not in page.replace("http-equiv", "")
