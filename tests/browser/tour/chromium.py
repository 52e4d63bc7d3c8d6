"""Chromium, driven by Playwright as in the other tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.tour.driver import HEIGHT, WIDTH, Step


class Chromium:
    """A Chromium with one page, as a Driver."""

    name = "Chromium"

    def __init__(self, page: Any, downloads: Path) -> None:
        self._saved: list[Any] = []
        self._downloads = downloads
        self._page = page
        self._problems: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._problems.append(str(error)))
        page.on("download", lambda download: self._saved.append(download))

    def _console(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._problems.append(message.text)

    def open(self, url: str) -> None:
        self._page.goto(url)

    def run(self, function: str, *values: Any) -> Any:
        return self._page.evaluate(f"(values) => ({function})(...values)", list(values))

    def point(self, *steps: Step) -> None:
        for step in steps:
            match step:
                case "down":
                    self._page.mouse.down()
                case "up":
                    self._page.mouse.up()
                case (x, y):
                    self._page.mouse.move(x, y)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def problems(self) -> list[str]:
        met, self._problems = self._problems, []
        return met

    def files(self) -> list[Path]:
        self.run("() => 0")  # Playwright tells what has happened only while it is asked
        files = [self._downloads / download.suggested_filename for download in self._saved]
        for file, download in zip(files, self._saved, strict=True):
            if not file.exists():
                download.save_as(file)
        return files

    def screenshot(self) -> bytes:
        return self._page.screenshot()


@contextmanager
def start(browser: Any, folder: Path) -> Iterator[Chromium]:
    """A page of a running Chromium, until the block ends."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    try:
        yield Chromium(page, folder)
    finally:
        page.close()
