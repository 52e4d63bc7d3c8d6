"""One short tour of the four pages in three engines: Chromium, Firefox and WebKit."""

import pytest

from tests.browser.conftest import missing
from tests.browser.tour import chromium, firefox, webkit
from tests.browser.tour.page import Page

PLAYER, STAGE = '[data-role="player"][data-frame]', '[data-role="stage"][data-step]'
BOARD, LANDSCAPE = '[data-role="board"][data-step]', '[data-role="landscape"]'
PLANE = ".st-key-land_picture_plane"
SCRUBBER = '[data-role="scrubber"]'
LEAVING = "Cannot send rerun backMessage when disconnected from server."
"""Streamlit says so, as an error, when a page is left while it is busy."""
MANY_COLOURS = 300
"""Of a picture that is shown 480 px wide; a blank one has a few."""
MOST_ROW = 26
"""Px of a row of numbers 17 px high; engines differ in what they add above and below."""
PAUSE_LASTS = 40  # drawings of the browser, in which the player would play about 20 frames


def _chromium(request, folder):
    return chromium.start(request.getfixturevalue("browser"), folder)


def _firefox(request, folder):
    pytest.importorskip("websockets")
    binary = firefox.find() or missing("no Firefox was found on the path or in FIREFOX")
    return firefox.start(binary, folder)


def _webkit(request, folder):
    paths = webkit.find() or missing("WebKitWebDriver, MiniBrowser and Xvfb were not all found")
    return webkit.start(paths, folder)


ENGINES = {"chromium": _chromium, "firefox": _firefox, "webkit": _webkit}


@pytest.fixture(scope="module", params=ENGINES)
def driver(request, tmp_path_factory):
    with ENGINES[request.param](request, tmp_path_factory.mktemp(request.param)) as driver:
        yield driver


@pytest.fixture
def page(driver, server):
    """The page in an engine; no test may end with an error in its console."""
    yield Page(driver, server.origin)
    assert [problem for problem in driver.problems() if problem != LEAVING] == []


def test_training_is_pointed_at_played_paused_rewound_and_saved(page):
    page.open("/")
    page.until(PLAYER, "({ dataset }) => dataset.frame === '0'")
    first = page.data(PLAYER, "trainLoss")
    assert page.painted("canvas.network")
    assert page.painted("canvas.plot")
    page.hover('[aria-label="Hidden 1, neuron 3"]')
    page.says(".map-head h2", "Hidden 1 · neuron 3")
    page.says(".detail", "a = tanh(")
    page.hover("canvas.plot")
    page.says(".detail", "loss")

    page.action("play")
    page.until(PLAYER, "({ dataset }) => +dataset.frame >= 10 && dataset.playing === 'true'")
    page.action("pause")
    page.until(PLAYER, "({ dataset }) => dataset.playing === 'false'")
    paused = page.data(PLAYER, "frame")
    page.let_pictures_pass(PAUSE_LASTS)
    assert page.data(PLAYER, "frame") == paused
    page.drag(SCRUBBER, (0.05, 0.5), (0.0, 0.5))
    page.until(PLAYER, "({ dataset }) => dataset.frame === '0'")
    assert page.data(PLAYER, "trainLoss") == first

    page.action("save-png")
    assert page.colours(page.saved(r"backprop-circle.*\.png")) > MANY_COLOURS


def test_a_typed_number_acts_and_outlives_a_reload(page):
    page.open("/")
    page.until(PLAYER, "({ dataset }) => dataset.frame === '0'")
    page.type("speed", "3")
    page.until("html", "() => location.search.includes('speed=3')")
    page.action("step")
    page.until(PLAYER, "({ dataset }) => dataset.frame === '1' && dataset.epoch === '3'")
    page.reload()
    page.until(PLAYER, "({ dataset }) => dataset.frame")
    page.until(".st-key-speed input", "({ value }) => value === '3'")


def test_a_descent_is_dragged_played_rewound_and_saved(page):
    page.open("/gradient-descent")
    page.until(STAGE, "({ dataset }) => dataset.step === '0'")
    assert page.painted(".plane > canvas")
    start = page.data(STAGE, "start")
    page.drag('[data-role="start"]', (0.5, 0.5), (-3, 3), (-6, 6))
    page.until(STAGE, "({ dataset }, start) => dataset.start !== start", start)
    page.action("play")
    page.until(STAGE, "({ dataset }) => +dataset.step >= 2")
    page.action("pause")
    page.until(STAGE, "({ dataset }) => dataset.playing === 'false'")
    page.click(SCRUBBER, 0.01)
    page.until(STAGE, "({ dataset }) => dataset.step === '0'")
    page.action("save-png")
    assert page.colours(page.saved(r"gradient-descent.*\.png")) > MANY_COLOURS


def test_backprop_is_stepped_through_by_pointer_and_keys_and_its_entries_are_pointed_at(page):
    page.open("/backprop")
    page.until(BOARD, "({ dataset }) => dataset.index === '0'")
    page.box(".picture svg path")
    assert page.box('[data-row="numbers"] mtd')[3] <= MOST_ROW, "rows of a matrix stand far apart"
    page.action("next")
    page.until(BOARD, "({ dataset }) => dataset.index === '1'")
    page.driver.press("End")
    page.until(BOARD, "({ dataset }) => +dataset.index === dataset.count - 1")
    page.driver.press("Home")
    page.until(BOARD, "({ dataset }) => dataset.index === '0'")
    page.hover('[data-row="formula"] [data-term^="W"]')
    page.until('[data-row="numbers"] [data-term^="W"].lit', "() => true")


def test_the_landscape_is_pointed_at_and_saved(page):
    page.open("/loss-landscape")
    page.until(LANDSCAPE, "({ dataset }) => dataset.progress === '1.00'")
    page.box(f"{PLANE} .contourlayer path")
    page.hover(f"{PLANE} .nsewdrag", 0.6, 0.6)
    page.says(f"{PLANE} .hoverlayer", "loss")
    page.click(f"{PLANE} .modebar-btn")
    assert page.colours(page.saved(r"loss-landscape.*\.png")) > MANY_COLOURS
