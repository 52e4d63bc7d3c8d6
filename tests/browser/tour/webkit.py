"""WebKit as GTK has it, driven by classic WebDriver, whose server starts MiniBrowser."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.driving import free_port
from tests.browser.tour.actions import key_actions, pointer_actions
from tests.browser.tour.driver import HEIGHT, START_SECONDS, WIDTH, Step, process, soon

SCREEN = f"{WIDTH + 60}x{HEIGHT + 200}x24"

SOFTWARE = {"GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
"""The processor draws pages, and WebGL; putting pages together by software OpenGL takes thrice as long."""

CALL = """
  const done = arguments[1];
  (async () => (FUNCTION)(...JSON.parse(arguments[0])))().then(
    (value) => done(JSON.stringify({ value: [value] })),
    (error) => done(JSON.stringify({ error: String(error) })),
  );
"""

WATCH = """() => {
  if (globalThis.met) return;
  globalThis.met = [];
  const { error } = console;
  console.error = (...words) => { met.push(words.join(" ")); error(...words); };
  addEventListener("error", (event) => met.push(event.message || `not loaded: ${event.target.src}`), true);
  addEventListener("unhandledrejection", (event) => met.push(String(event.reason)));
}"""


class WebKit:
    """A MiniBrowser with one page, as a Driver."""

    name = "WebKit"

    def __init__(self, address: str, capabilities: dict[str, Any], downloads: Path) -> None:
        self._downloads = downloads
        self._address = address
        session = self._ask("POST", "/session", capabilities={"alwaysMatch": capabilities})
        self._address += f"/session/{session['sessionId']}"
        bars = 0
        for _ in range(2):  # what the window's own bars take is known once it has a size
            self._ask("POST", "/window/rect", x=0, y=0, width=WIDTH, height=HEIGHT + bars)
            bars += HEIGHT - self.run("() => innerHeight")

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        data = None if method in ("GET", "DELETE") else json.dumps(body).encode()
        request = urllib.request.Request(self._address + path, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.read().decode()}") from error

    def open(self, url: str) -> None:
        self._ask("POST", "/url", url=url)
        self.run(WATCH)

    def run(self, function: str, *values: Any) -> Any:
        script = CALL.replace("FUNCTION", function)
        answer = json.loads(self._ask("POST", "/execute/async", script=script, args=[json.dumps(values)]))
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"][0]

    def point(self, *steps: Step) -> None:
        self._ask("POST", "/actions", actions=pointer_actions(steps))

    def press(self, *keys: str) -> None:
        self._ask("POST", "/actions", actions=key_actions(keys))

    def problems(self) -> list[str]:
        return self.run("() => globalThis.met?.splice(0) || []")

    def files(self) -> list[Path]:
        return [file for file in self._downloads.iterdir() if file.suffix != ".wkdownload"]

    def screenshot(self) -> bytes:
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def close(self) -> None:
        """End the session, and MiniBrowser with it."""
        self._ask("DELETE", "")


def find() -> tuple[str, str, str] | None:
    """The paths of WebKitWebDriver, MiniBrowser (it lies beside the library) and Xvfb, if all are there."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browser = next(Path("/usr/lib").glob("**/webkit2gtk-4.*/MiniBrowser"), None)
    return (driver, str(browser), screen) if driver and browser and screen else None


@contextmanager
def _screen(binary: str) -> Iterator[str]:
    """A screen that nobody sees, as DISPLAY has it."""
    reader, writer = os.pipe()
    command = [binary, "-displayfd", str(writer), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with process(command, pass_fds=[writer], stderr=subprocess.DEVNULL):
        os.close(writer)
        with os.fdopen(reader) as said:
            yield f":{said.readline().strip()}"


@contextmanager
def start(paths: tuple[str, str, str], folder: Path, options: tuple[str, ...] = ()) -> Iterator[WebKit]:
    """A MiniBrowser with a home of its own in a folder, until the block ends.

    Args:
        options: more of MiniBrowser's own.
    """
    driver, browser, screen = paths
    downloads, settings = folder / "downloads", folder / ".config"
    downloads.mkdir()
    settings.mkdir()
    (settings / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{downloads}"\n', encoding="utf-8")
    own = SOFTWARE | {"HOME": str(folder), "XDG_CONFIG_HOME": str(settings)}
    port = free_port()
    address = f"http://127.0.0.1:{port}"

    def listens() -> bool:
        try:
            with urllib.request.urlopen(f"{address}/status", timeout=5):
                return True
        except OSError:
            return False

    capabilities = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation", *options]}}
    with (
        _screen(screen) as display,
        process([driver, f"--port={port}"], env={**os.environ, **own, "DISPLAY": display}),
    ):
        soon(listens, lambda: f"{driver} does not listen", START_SECONDS)
        page = WebKit(address, capabilities, downloads)
        try:
            yield page
        finally:
            page.close()
