"""Chromium for the viewer's tests: opens a page, and fails the test on any request or message."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_MISSING = "no Chromium; install it with: apt-get install chromium fonts-noto-cjk"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser; skips the test without one, unless KG_REQUIRE asks for it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        if "chromium" in os.environ.get("KG_REQUIRE", "").split(","):
            pytest.fail(_MISSING)
        pytest.skip(_MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, path: Path, **options: Any) -> Iterator[Page]:
    """The page of a file; afterwards nothing but the file may have been asked for, nothing said, nothing run."""
    options = {
        "viewport": {"width": 1400, "height": 900},
        "reduced_motion": "reduce",
        "locale": "en",
    } | options
    fragment = options.pop("fragment", "")
    context = browser.new_context(**options)
    troubles: list[str] = []
    page = context.new_page()
    page.on("request", lambda r: troubles.append(f"request {r.url[:200]}") if _foreign(r.url, path) else None)
    page.on("console", lambda message: troubles.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.goto(path.as_uri() + fragment)
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    yield page
    page.wait_for_timeout(100)
    context.close()
    assert troubles == []


def look_for(page: Page, text: str) -> None:
    """Types into the search box and takes the first hit."""
    page.fill("#search", text)
    page.press("#search", "Enter")


def where(page: Page, name: str) -> tuple[float, float]:
    """Where the first node of this name is drawn, in pixels of the window."""
    at = page.evaluate("n => KG.picture.locate(KG.shown().nodes.find(e => e.name === n))", name)
    assert at, f"{name} is not drawn"
    return at["x"], at["y"]


def click_node(page: Page, name: str) -> None:
    """Clicks where the node of this name is drawn."""
    page.mouse.click(*where(page, name))


def drawn(page: Page) -> list[str]:
    """Names of the nodes and bubbles in the picture."""
    names: list[str] = page.evaluate("KG.shown().nodes.map(node => node.name)")
    return names


def state(page: Page) -> dict[str, str]:
    """What the address says."""
    found: dict[str, str] = page.evaluate("Object.fromEntries(new URLSearchParams(location.hash.slice(1)))")
    return found


def _foreign(url: str, path: Path) -> bool:
    return url.split("#")[0] != path.as_uri()
