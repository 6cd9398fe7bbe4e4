"""The page on other screens and elsewhere: languages, dark, small, on paper, in a notebook, empty."""

from __future__ import annotations

from pathlib import Path

from browser import look_for, opened, where
from playwright.sync_api import Browser, expect
from view_graphs import gold_graph

from kg.graph import KnowledgeGraph
from kg.view import to_html, write_html

PIXEL = """() => { const copy = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    copy.drawImage(document.getElementById("canvas"), 0, 0);
    return [...copy.getImageData(3, 3, 1, 1).data].slice(0, 3); }"""
"""Red, green and blue near the picture's corner."""


def test_the_interface_speaks_both_languages(browser: Browser, gold_page: Path) -> None:
    """A Chinese browser gets Chinese words, and a button changes them all."""
    with opened(browser, gold_page, locale="zh-CN") as page:
        expect(page.locator("#count")).to_contain_text("个实体")
        expect(page.locator("#open-filters")).to_have_text("筛选")
        look_for(page, "松阳县")
        expect(page.locator("#panel")).to_contain_text("任职者")
        page.click("#language")
        expect(page.locator("#count")).to_contain_text("entities")
        expect(page.locator("#panel")).to_contain_text("Who held office here")


def test_dark_and_light_follow_the_system(browser: Browser, gold_page: Path) -> None:
    """The picture's ground is dark on a dark system, also when that changes."""
    with opened(browser, gold_page, color_scheme="dark") as page:
        assert max(page.evaluate(PIXEL)) < 60
        page.emulate_media(color_scheme="light")
        page.wait_for_timeout(150)
        assert min(page.evaluate(PIXEL)) > 220


def test_types_differ_in_colour_and_shape(browser: Browser, gold_page: Path) -> None:
    """No two types share a sign, so that colour alone never tells."""
    with opened(browser, gold_page) as page:
        kinds = page.evaluate("KG.model.kinds.map(k => [k.colour, k.shape])")
        assert len({colour for colour, _ in kinds}) == len({shape for _, shape in kinds}) == len(kinds) == 8


def test_a_telephone_shows_picture_and_card(browser: Browser, gold_page: Path) -> None:
    """On a narrow screen nothing runs over the edge, fingers open a card, which leaves room for the picture."""
    with opened(browser, gold_page, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        name = page.evaluate(
            "KG.picture.view().nodes.find(n => n.x > 60 && n.x < 330 && n.y > 120 && n.y < 500).node.name"
        )
        page.touchscreen.tap(*where(page, name))
        expect(page.locator("#panel")).to_be_visible()
        box = page.locator("#panel").bounding_box()
        assert box is not None
        assert box["y"] > 300
        for button in ("filters", "ask", "take", "help"):
            page.click(f"#open-{button}")
            found = page.locator(f"#{button}").bounding_box()
            assert found is not None
            assert found["x"] >= 0
            assert found["x"] + found["width"] <= 390
            page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_paper_there_is_the_picture_and_the_card(
    browser: Browser, gold_page: Path, tmp_path: Path
) -> None:
    """Controls are not printed, and a long card is printed to its end."""
    with opened(browser, gold_page) as page:
        look_for(page, "松阳县")
        expect(page.locator("#panel blockquote").first).to_be_visible()
        page.emulate_media(media="print")
        for control in ("#bar", "#finder", "#tools", "#panel .actions"):
            expect(page.locator(control).first).to_be_hidden()
        expect(page.locator("#canvas")).to_be_visible()
        tall = page.evaluate(
            "[document.getElementById('panel').scrollHeight, document.getElementById('panel').clientHeight]"
        )
        assert tall[0] <= tall[1] + 2
        page.pdf(path=tmp_path / "page.pdf")
        assert (tmp_path / "page.pdf").stat().st_size > 20_000
    with opened(browser, gold_page, color_scheme="dark") as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert min(page.evaluate(PIXEL)) > 220
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert max(page.evaluate(PIXEL)) < 60


def test_a_notebook_s_frame_works(browser: Browser, tmp_path: Path) -> None:
    """Inside a sandboxed frame the page opens, finds and shows evidence, and the page round it stays as it is."""
    path = tmp_path / "notebook.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8><html data-ready>{to_html(gold_graph())._repr_html_()}",
        encoding="utf-8",
    )
    with opened(browser, path) as page:
        frame = page.frame_locator("iframe")
        expect(frame.locator("#count")).to_contain_text("entities")
        frame.locator("#search").fill("松阳县")
        frame.locator("#search").press("Enter")
        expect(frame.locator("#panel blockquote").first).to_be_visible()
        frame.locator("#closer").click()
        page.wait_for_timeout(400)
        assert page.url == path.as_uri()
        expect(frame.locator("#panel h2")).to_have_text("松阳县")


def test_an_empty_graph_says_so(browser: Browser, tmp_path: Path) -> None:
    """The page of a graph without entities opens and tells it, and its boxes open."""
    path = tmp_path / "viewer.html"
    write_html(KnowledgeGraph(), path)
    with opened(browser, path) as page:
        expect(page.locator("#count")).to_have_text("This graph has no entities.")
        page.click("#open-filters")
        page.click("#open-time")
        expect(page.locator("#time-day")).to_have_text("This graph has no dates")
