"""One server and one browser for all browser tests; a fresh context, watched for errors, for each."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.driving import CHROMIUM_FLAGS, Playground, Server, find_chromium, serve

HERE = Path(__file__).parent
WAIT = 10_000
"""Milliseconds to wait for a condition, long enough for a busy machine."""

STREAMLITS_OWN = re.compile(r"/[^/]+/_stcore/(health|host-config)$")
"""Streamlit requests these below a deep link first, where both are 404, and then at the root."""
STREAMLITS_CLOSING = re.compile(
    r'Exception in ASGI application\nTraceback.*?Cannot call "send" once a close message has been sent\.\n',
    re.DOTALL,
)
"""Streamlit's server logs this where a page closes its connection just as it is about to do so itself."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def missing(reason: str) -> None:
    if os.environ.get("BROWSER_REQUIRED") == "1":
        pytest.fail(f"{reason}, and BROWSER_REQUIRED is 1")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        missing("playwright is not installed")
    if (chromium := find_chromium()) is None:
        missing("no Chromium was found on the path or in CHROMIUM")
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("server") / "log.txt") as server:
        yield server


class Watcher:
    """Collects what must not happen on a page: errors, and requests that leave the origin."""

    def __init__(self, page: Any, origin: str) -> None:
        self.origin = urlsplit(origin)
        self.problems: list[str] = []
        self.urls: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("response", self._response)
        page.on("websocket", lambda socket: self._request(socket.url))

    def _console(self, message: Any) -> None:
        # A 404 in the console is judged by its response, which names the address.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console error: {message.text}")

    def _response(self, response: Any) -> None:
        own = response.status == 404 and STREAMLITS_OWN.search(urlsplit(response.url).path)
        if response.status >= 400 and not own:
            self.problems.append(f"status {response.status}: {response.url}")

    def _request(self, url: str) -> None:
        self.urls.append(url)
        address = urlsplit(url)
        inside = address.scheme in ("data", "blob") or (
            address.netloc == self.origin.netloc and address.scheme in ("http", "ws")
        )
        if not inside:
            self.problems.append(f"left the origin: {url}")


@pytest.fixture(scope="session")
def context_of(browser: Any) -> Iterator[Callable[..., Any]]:
    """context_of(**options): one context for all tests with these options, so that its cache is used.

    Every page is a user of its own to the server all the same.
    """
    made: dict[str, Any] = {}

    def context_of(**options: Any) -> Any:
        options = {"viewport": {"width": 1440, "height": 900}} | options
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options)
            made[key].set_default_timeout(WAIT)
        return made[key]

    yield context_of
    for context in made.values():
        context.close()


@pytest.fixture
def empty_page(context_of: Callable[..., Any], server: Server) -> Iterator[Callable[..., Any]]:
    """empty_page(**context options) is a page of its own; none may meet an error by the end of the test."""
    opened: list[tuple[Any, Watcher]] = []
    logged = server.log.stat().st_size

    def empty_page(**options: Any) -> Any:
        page = context_of(**options).new_page()
        opened.append((page, Watcher(page, server.origin)))
        return page

    yield empty_page
    for page, _ in opened:
        page.close()
    for _, watcher in opened:
        assert len(watcher.urls) > 3, "the requests were not recorded"
        assert watcher.problems == []
    with server.log.open("rb") as log:
        log.seek(logged)
        text = STREAMLITS_CLOSING.sub("", log.read().decode(errors="replace"))
        assert "Traceback" not in text, text


@pytest.fixture
def visit(empty_page: Callable[..., Any], server: Server) -> Callable[..., Playground]:
    """visit(path="/", **context options) opens the playground in a page of its own."""

    def visit(path: str = "/", **options: Any) -> Playground:
        return Playground(empty_page(**options)).open(server.origin + path)

    return visit


@pytest.fixture
def playground(visit: Callable[..., Playground]) -> Playground:
    """The playground as it opens, at 1440 × 900."""
    return visit()
