"""python -m tests.screens [options]: looks at all pages on screens of many sizes, in light and dark.

It lists overlaps of text with text and with controls, text that is cut or under 13 px, sideways scroll of the
page, and what moves while something plays, and exits with 1 if there is any. What is painted on a canvas is
not read: look at the pictures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.driving import CHROMIUM_FLAGS, find_chromium, serve
from tests.screens.axe import AXE, MISSING, find_violations
from tests.screens.finder import Finding, find_faults, folded
from tests.screens.states import SHOWN, STATES
from tests.screens.walk import SIZES, THEMES, walk

NAMES = {f"{width}x{height}": (width, height) for width, height in SIZES}
AXE_SIZES = ["1440x900", "390x844"]
"""Roles and names don't change with every size; what a narrow screen shows instead of a wide one does."""


def main(words: list[str]) -> int:
    """Walk the chosen states and list what is found; says 1 if there is anything."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.screens",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", nargs="+", choices=SHOWN, default=list(SHOWN), help="pages to look at")
    parser.add_argument(
        "--states", nargs="+", metavar="STATE", help="states by name; all of them unless given"
    )
    parser.add_argument("--sizes", nargs="+", choices=NAMES, help="of the window; all of them unless given")
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=list(THEMES))
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="save a picture of each screen")
    parser.add_argument("--axe", action="store_true", help="run axe-core instead, at two sizes unless given")
    parser.add_argument(
        "--each", action="store_true", help="a line for each screen, rather than for each fault"
    )
    options = parser.parse_args(words)
    chromium = find_chromium()
    if chromium is None:
        parser.exit(1, "No Chromium on the path; the variable CHROMIUM may name one.\n")
    if options.axe and not AXE.exists():
        parser.exit(1, f"{MISSING}\n")
    look, usual = (find_violations, AXE_SIZES) if options.axe else (find_faults, list(NAMES))
    states = [
        state
        for state in STATES
        if state.page in options.pages and state.name in (options.states or [state.name])
    ]
    from playwright.sync_api import sync_playwright

    findings: list[Finding] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        sizes = [NAMES[name] for name in options.sizes or usual]
        for state in states:
            start = time.monotonic()
            found = list(walk(browser, server.origin, [state], sizes, options.themes, options.pictures, look))
            screens = len(sizes) * len(options.themes)
            print(f"{state.page} · {state.name}: {screens} screens in {time.monotonic() - start:.0f} s")
            for line in folded(found):
                print("   ", line, flush=True)
            findings += found
    print(f"{len(folded(findings))} faults.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
