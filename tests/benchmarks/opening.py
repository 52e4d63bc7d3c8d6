"""How soon the first picture appears: the playground's when it is opened, other pages' from the sidebar.

Headless Chromium, one server, a new context (an empty cache) for every visit; the first visit, on a server
that has run nothing, is listed apart. Times are from entering the address, or clicking the link, to the
picture.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import environment_without_blas_variables
from tests.browser.driving import CHROMIUM_FLAGS, Playground, find_chromium, serve

FRAMES = 30
PAGES = {
    "Loss landscape": ".st-key-land_picture_plane .contourlayer path",
    "Gradient descent": '[data-role="stage"][data-drawn]',
    "Backprop": '[data-role="board"][data-drawn]',
}

NOTE = """(() => {
  const within = (root) => root.querySelector('[data-role="player"][data-frame]')
    || [...root.querySelectorAll("*")].some((one) => one.shadowRoot && within(one.shadowRoot));
  const look = () => {
    if (document.body && within(document)) window.firstPicture = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
"""Noted in the page: who asks it from outside is answered late while it loads the code for charts."""

WATCH = """([title, selector]) => {
  const within = (root) => root.querySelector(selector)
    || [...root.querySelectorAll("*")].some((one) => one.shadowRoot && within(one.shadowRoot));
  const link = [...document.querySelectorAll("a")].find((one) => one.textContent.trim().endsWith(title));
  return new Promise((done) => {
    const start = performance.now();
    link.click();
    const look = () => (within(document) ? done(performance.now() - start) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });
}"""


def main(words: list[str]) -> None:
    """Print, per page, the first visit and the median of the others."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks opening", description=__doc__)
    parser.add_argument("--visits", type=int, default=5, help="visits of every page")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(words)
    chromium = find_chromium()
    if chromium is None:
        parser.exit(1, "No Chromium on the path; the variable CHROMIUM may name one.\n")
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {"Playground": [], **{title: [] for title in PAGES}}
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "server.log", environment_without_blas_variables()) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        for _ in range(options.visits):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            visit(Playground(context.new_page()), server.origin, times)
            context.close()
    rows = {
        title: {"first": row[0], "median": statistics.median(row[1:] or row)} for title, row in times.items()
    }
    if options.json:
        print(json.dumps(rows))
        return
    print(
        f"ms until the first picture shows, 2-8-8-1, {options.visits} visits: the first, median of the others"
    )
    for title, row in rows.items():
        print(f"  {title:18}{row['first']:8.0f}{row['median']:8.0f}")


def visit(playground: Playground, origin: str, times: dict[str, list[float]]) -> None:
    """Open the playground, train a little, and go to every other page by its link."""
    page: Any = playground.page
    page.add_init_script(NOTE)
    page.goto(f"{origin}/?net=8~8", wait_until="commit")
    playground.root.wait_for()
    times["Playground"].append(page.evaluate("firstPicture"))
    page.locator(".st-key-losses .main-svg").first.wait_for()
    playground.play_until(f"shown.frame >= {FRAMES}")
    playground.pause()
    for title, selector in PAGES.items():
        page.wait_for_load_state("networkidle")
        times[title].append(page.evaluate(WATCH, [title, selector]))
        page.wait_for_timeout(3000)  # the pictures that follow are not to slow the next page
