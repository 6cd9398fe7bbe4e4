"""How the viewer does with graphs of growing size, in headless Chromium; prints a table.

    python scripts/bench_view.py               500, 5,000 and 50,000 entities
    python scripts/bench_view.py 20000 --tries 5

Each graph has 2.5 relations an entity and a sentence or two on each. Of some tries the best counts: other work on
the machine makes a figure worse and never better. Writing is told in seconds of one processor, the rest as it was.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from county_graph import county_graph

from kg.view import write_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LIMITS = {"write": 10.0, "megabytes": 12.0, "ready": 2.0, "frames": 30.0}
"""Seconds of a processor to write, size of the file, seconds to the first view, pictures a second while it is dragged."""
SIZES = (500, 5_000, 50_000)

_DRAG = """() => new Promise((done) => {
  const canvas = document.getElementById("canvas");
  const box = canvas.getBoundingClientRect();
  const send = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, clientX: box.left + x, clientY: box.top + y, button: 0, buttons: 1, bubbles: true }));
  canvas.setPointerCapture = () => {};
  let [x, y] = [box.width / 2, box.height / 2];
  const [begin, before] = [performance.now(), KG.picture.frames()];
  let turn = 0;
  send("pointerdown", x, y);
  const step = () => {
    turn += 1;
    x += 9 * Math.cos(turn / 25);
    y += 6 * Math.sin(turn / 25);
    send("pointermove", x, y);
    const seconds = (performance.now() - begin) / 1000;
    if (seconds < 2) return requestAnimationFrame(step);
    send("pointerup", x, y);
    done((KG.picture.frames() - before) / seconds);
  };
  requestAnimationFrame(step);
})"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one try gave.

    Attributes:
        ready: Seconds from asking for the file until the page could be used and had painted.
        frames: Whole redraws a second while the picture is dragged.
        drawn: Signs in the picture at most.
        card: Seconds from a click to the first sentence of evidence.
    """

    ready: float
    frames: float
    drawn: int
    card: float


def share_of_a_core(seconds: float = 0.4) -> float:
    """How much of a core this process gets just now, from 0 to 1: 0.5 when it waits as long as it works."""
    wall, own = time.perf_counter(), time.process_time()
    while time.perf_counter() - wall < seconds:
        pass
    return min(1.0, (time.process_time() - own) / (time.perf_counter() - wall))


def measure_page(browser: Browser, path: Path) -> Measured:
    """Opens a page in a window of its own, drags its picture at two distances, opens a card."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en")
    page = context.new_page()
    begin = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-ready]", timeout=60_000)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    ready = time.perf_counter() - begin
    rates, signs = [], []
    for _ in range(2):
        rates.append(page.evaluate(_DRAG))
        signs.append(page.evaluate("KG.shown().nodes.length"))
        page.evaluate("KG.picture.zoom(4, 700, 420)")
        page.wait_for_timeout(100)
    begin = time.perf_counter()
    page.fill("#search", page.evaluate("KG.model.important[9].name"))
    page.press("#search", "Enter")
    page.wait_for_selector("#panel blockquote")
    card = time.perf_counter() - begin
    context.close()
    return Measured(ready, min(rates), max(signs), card)


def main() -> int:
    """Measures, prints a table, and fails when a limit is not held."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="numbers of entities")
    parser.add_argument("--tries", type=int, default=3)
    arguments = parser.parse_args()
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for name in names if (found := shutil.which(name))), None)
    held = True
    print(f"share of a core that this process gets: {share_of_a_core():.2f}")
    print("entities  relations  write s     MB  first view s  redraws/s  first card s  drawn")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for size in arguments.sizes:
            graph = county_graph(size)
            path = Path(folder) / f"{size}.html"
            seconds = []
            for _ in range(arguments.tries):
                begin = time.process_time()
                write_html(graph, path)
                seconds.append(time.process_time() - begin)
            tries = [measure_page(browser, path) for _ in range(arguments.tries)]
            ready, frames = min(t.ready for t in tries), max(t.frames for t in tries)
            megabytes = path.stat().st_size / 1e6
            held &= min(seconds) <= LIMITS["write"] and megabytes <= LIMITS["megabytes"]
            held &= ready <= LIMITS["ready"] and frames >= LIMITS["frames"]
            print(
                f"{graph.nx.number_of_nodes():8,}  {graph.nx.number_of_edges():9,}  {min(seconds):7.1f}  "
                f"{megabytes:5.1f}  {ready:12.2f}  {frames:9.0f}  {min(t.card for t in tries):12.2f}  "
                f"{max(t.drawn for t in tries):5}"
            )
        browser.close()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
