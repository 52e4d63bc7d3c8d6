"""The nginx configuration in .deploy: two copies of the app behind one address, in a real nginx."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.behind_nginx import Deployed, behind_nginx, find_nginx
from tests.browser.conftest import STREAMLITS_OWN, missing
from tests.browser.driving import Playground


@pytest.fixture(scope="module")
def deployed(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    if find_nginx() is None:
        missing("nginx is not installed")
    with behind_nginx(tmp_path_factory.mktemp("nginx"), copies=2) as deployed:
        yield deployed


def answer(deployed: Deployed, path: str, data: bytes | None = None, cookie: str = "") -> tuple[int, Any]:
    """Status and headers."""
    asked = urllib.request.Request(deployed.origin + path, data, {"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(asked, timeout=10) as got:
            return got.status, got.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def test_each_browser_keeps_to_one_copy(deployed, browser):
    already = len(deployed.requests())
    contexts = [browser.new_context() for _ in range(3)]
    for context in contexts:
        page = context.new_page()
        Playground(page).open(deployed.origin)
        for title in ("Gradient descent", "Backprop", "Loss landscape"):
            page.get_by_role("link", name=title, exact=True).first.click()
            page.wait_for_url(re.compile(title.lower().replace(" ", "-")))
        page.wait_for_function("!document.querySelector('[data-testid=\"stException\"]')")
    for context in contexts:
        context.close()  # nginx logs a WebSocket at its end
    deadline = time.monotonic() + 10
    while sum("_stcore/stream" in path for *_, path in deployed.requests()[already:]) < len(contexts):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    copies = defaultdict(set)
    for copy, cookie, status, path in deployed.requests()[already:]:
        copies[cookie].add(copy)
        assert status < 400 or STREAMLITS_OWN.search(path), path
    assert copies.pop("-"), "the first request of each has none yet"
    assert len(copies) == len(contexts)
    assert {len(of_one) for of_one in copies.values()} == {1}


def test_both_copies_have_some_of_the_browsers(deployed):
    already = len(deployed.requests())
    for _ in range(60):
        _, headers = answer(deployed, "/_stcore/health")
        given = [cookie.partition(";")[0] for cookie in headers.get_all("Set-Cookie")]
        answer(deployed, "/_stcore/health", cookie="; ".join(given))
    by_copy = Counter(copy for copy, cookie, *_ in deployed.requests()[already:] if cookie != "-")
    assert len(by_copy) == 2
    assert min(by_copy.values()) >= 10, "of 60, by lot"


def test_a_run_plays_and_its_picture_is_saved_behind_nginx(deployed, browser):
    with browser.new_context() as context:
        playground = Playground(context.new_page()).open(deployed.origin)
        playground.press("play")
        playground.until("shown.frame >= 10")
        playground.press("pause")
        with playground.page.expect_download() as download:
            playground.press("save-png")
        assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_headers_say_who_may_frame_the_app_and_that_types_are_not_guessed(deployed):
    status, headers = answer(deployed, "/")
    assert status == 200
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "HttpOnly" in headers["Set-Cookie"]


def test_figures_about_the_server_are_closed_and_large_uploads_are_refused(deployed):
    assert answer(deployed, "/_stcore/metrics")[0] == 404
    assert answer(deployed, "/backprop/_stcore/metrics")[0] == 404
    assert answer(deployed, "/", b"x" * 7_000_000)[0] == 413
