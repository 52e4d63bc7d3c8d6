"""What the neurons show, computed in Chromium, held against the engine."""

import json
from pathlib import Path

import pytest

from engine import ACTIVATIONS
from pages.live.assets import bundle
from tests.pages.playground.test_pictures import hold, session_with

COMPUTED = Path(__file__).parents[1] / "pages" / "playground" / "player" / "computed.js"

COMPUTE = """([how, text]) => {
  %s
  return computed(Uint8Array.from(text.match(/../g), (byte) => parseInt(byte, 16)), how === "quick");
}"""


@pytest.fixture(scope="module")
def chromium(browser):
    """chromium(script, given=text) is what a page computes, as the script for Node prints it."""
    page, compute = browser.new_page(), COMPUTE % bundle(COMPUTED)
    yield lambda _, given: json.dumps(page.evaluate(compute, given.split()))
    page.close()


@pytest.mark.parametrize("name", [*ACTIVATIONS])
def test_chromium_shows_of_every_activation_what_the_engine_computes(name, chromium):
    hold(chromium, session_with(hidden=(8, 8), activations=(name,) * 2))
