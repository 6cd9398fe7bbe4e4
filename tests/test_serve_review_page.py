"""The page of doubtful pairs in Chromium: decide by keys and buttons, undo, come to the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import chromium
from made_doubts import EVIL, REASON, REASONS, with_doubts
from playwright.sync_api import Page, expect
from serving import Served, served
from small_graph import small_graph

from kg.decisions import read_decisions
from kg.stores.open import build_embedded


@contextmanager
def review_page(server: Served, locale: str) -> Iterator[Page]:
    """The page, reached from the one after login; nothing foreign may be asked for, nothing of the data run."""
    troubles: list[str] = []
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1200, "height": 900}, locale=locale)
        page = context.new_page()
        page.on("request", lambda r: r.url.startswith(server.page) or troubles.append(r.url))
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda m: "status of 40" in m.text or troubles.append(m.text))
        page.goto(server.page)
        page.fill("#password", server.password)
        page.click("button")
        page.click("nav a[href='/review']")
        page.wait_for_url(f"{server.page}review")
        page.wait_for_selector("html[data-ready]", timeout=30_000)
        yield page
        context.close()
    assert troubles == []


def verdicts(out: Path) -> list[str]:
    return [each.verdict for each in read_decisions(out / "decisions.tsv")]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_doubts(tmp_path_factory.mktemp("page") / "out")


def test_decide_and_undo(out: Path) -> None:
    """Three pairs by key and by button; one is undone and decided anew; the file says what was pressed."""
    with served(out) as server, review_page(server, "en") as page:
        expect(page.locator("#counted")).to_have_text("0 of 3 decided")
        expect(page.locator("#about")).to_contain_text(
            "decisions.tsv; they take effect with the next kg build"
        )
        expect(page.locator("#kind")).to_have_text("Company · score 9")
        expect(page.get_by_role("article", name=EVIL)).to_contain_text("2021-06-02 · 考察团来访 · d2")
        firm = page.get_by_role("article", name="甲钢管")
        expect(firm.locator("blockquote").first).to_have_text("县长考察甲钢管的车间。")
        assert page.locator("mark").all_text_contents() == ["甲钢管", EVIL] or (
            page.locator("mark").all_text_contents() == [EVIL, "甲钢管"]
        )
        assert page.locator("#reasons li").all_text_contents() == [REASON, *REASONS]
        if os.environ.get("KG_SCREENSHOTS"):
            page.screenshot(path=str(Path(os.environ["KG_SCREENSHOTS"]) / "serve-review.png"))

        expect(page.locator("#undo")).to_be_disabled()
        page.keyboard.press("z")
        page.keyboard.press("Control+s")
        page.keyboard.down("d")
        page.keyboard.down("d")  # held down: the browser repeats it
        expect(page.locator("#status")).to_contain_text("Kept: Different: ")
        expect(page.locator("#counted")).to_have_text("1 of 3 decided")
        page.keyboard.down("d")
        page.keyboard.up("d")
        assert verdicts(out) == ["different"]
        page.keyboard.press("z")
        expect(page.locator("#status")).to_contain_text("Undone: ")
        expect(page.locator("#kind")).to_have_text("Company · score 9")
        assert verdicts(out) == []

        page.keyboard.press("s")
        expect(page.locator("#kind")).to_have_text("Company · score 8.5")
        page.get_by_role("button", name="Unsure").click()
        expect(page.locator("#kind")).to_have_text("Company · score 8")
        assert verdicts(out) == ["same", "unsure"]
        page.get_by_role("button", name="Different").press("Enter")
        expect(page.locator("#status")).to_contain_text("Nothing waits to be decided.")
        expect(page.locator("#pair")).to_be_hidden()
        assert page.evaluate("document.activeElement.id") == "status"
        assert page.evaluate("document.getElementById('progress').position") == 1
        page.keyboard.press("s")
        assert verdicts(out) == ["same", "unsure", "different"]

        page.get_by_role("button", name="Undo: ").last.click()
        expect(page.get_by_role("article", name=EVIL)).to_be_visible()
        assert verdicts(out) == ["unsure", "different"]


def test_chinese(out: Path) -> None:
    """In a Chinese browser the page speaks Chinese; what cannot be kept is said."""
    (out / "decisions.tsv").unlink(missing_ok=True)
    with served(out) as server, review_page(server, "zh-CN") as page:
        expect(page.locator("#kind")).to_have_text("企业 · 得分 9")
        expect(page.locator("#counted")).to_have_text("已核对 0 / 3")
        assert page.locator("#reasons li").all_text_contents() == [
            REASON,
            "行业不同 -4",
            "在同一县 (331124) +2",
        ]
        (out / "decisions.tsv").write_text("same\n", encoding="utf-8")
        page.get_by_role("button", name="相同").click()
        expect(page.get_by_role("alert")).to_contain_text("decisions.tsv:1: 1 columns")
        (out / "decisions.tsv").unlink()
        page.keyboard.press("u")
        expect(page.locator("#status")).to_contain_text("已保存：不确定：")
        assert verdicts(out) == ["unsure"]


def test_no_queue(tmp_path: Path) -> None:
    """A folder without a queue: the page says so, and there is nothing to press."""
    build_embedded(small_graph(), tmp_path / "store")
    with served(tmp_path) as server, review_page(server, "en") as page:
        expect(page.get_by_role("alert")).to_contain_text("no queue (no resolution.json)")
        expect(page.locator("#verdicts")).to_be_hidden()
        expect(page.locator("#undo")).to_be_disabled()
