"""A link straight to a page, opened as the very first thing that a server is asked for."""

import pytest

from tests.browser.driving import serve


@pytest.mark.parametrize(
    ("path", "key"),
    [("/backprop", "backprop"), ("/loss-landscape", "landscape"), ("/experiments", "experiments")],
)
def test_a_link_to_a_page_opens_it_in_its_shell(browser, tmp_path, path, key):
    with serve(tmp_path / "log.txt") as fresh:
        page = browser.new_page()
        page.goto(fresh.origin + path)
        page.get_by_test_id("stSidebar").get_by_role("link", name="Playground").wait_for(timeout=20_000)
        page.locator(f".st-key-{key}").wait_for(timeout=20_000)
        assert page.get_by_role("dialog").count() == 0
        assert page.url.endswith(path) or f"{path}?" in page.url
        page.close()
