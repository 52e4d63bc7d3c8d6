"""What an impatient pupil does: nothing is lost and nothing comes back."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.driving import Playground, Server, serve
from tests.browser.test_playground import expect

LINGERING = """
import time
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
finish = ScriptRunner._on_script_finished
def linger(self, context, event, *rest):
    finish(self, context, event, *rest)
    if event.name == "FRAGMENT_STOPPED_WITH_SUCCESS":
        time.sleep(0.5)
ScriptRunner._on_script_finished = linger
"""
"""A server whose thread lingers after a view's run, as on a busy machine: what is asked then runs on it."""


@pytest.fixture(scope="module")
def lingering_server(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("lingering") / "log.txt", before=LINGERING) as server:
        yield server


def test_a_preset_chosen_after_a_thumbnail_is_the_preset(playground):
    for name in ("spiral", "moons"):
        thumbnail = playground.page.locator(f'[data-action="dataset"][data-name="{name}"]')
        thumbnail.click()
        expect(thumbnail).to_have_attribute("aria-checked", "true")
        playground.choose("preset", "Six hills")
        playground.page.wait_for_url("**/?data=hills&*")
        playground.choose("preset", "Three arms")
        playground.page.wait_for_url("**/?data=spiral3&*")
        expect(playground.control("dataset").locator("input")).to_have_value("Spiral, 3 arms")


def test_every_press_of_a_plus_button_counts(playground):
    for _ in range(8):
        mouse, box = playground.page.mouse, None
        while box is None:  # for a moment there is none: the diagram is laid out anew
            box = playground.layer(1).locator('[data-action="add-neuron"]').bounding_box()
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        mouse.down()
        playground.let_frames_pass(6)
        mouse.up()
        playground.let_frames_pass(4)
    expect(playground.layer(1)).to_have_attribute("data-width", "12")


def test_an_accepted_value_takes_an_earlier_refusal_away(playground):
    playground.type("learning_rate", "-1")
    expect(playground.refusal("learning_rate")).to_contain_text("Learning rate must be above 0")
    playground.type("learning_rate", "0.5")
    playground.page.wait_for_url("**/*lr=0.5*")
    expect(playground.refusal("learning_rate")).to_have_count(0)


def test_one_can_go_to_gradient_descent_and_back_and_play(playground):
    sidebar = playground.page.get_by_test_id("stSidebar")
    sidebar.get_by_role("link", name="Gradient descent").click()
    playground.page.locator('[data-role="stage"]').wait_for()
    sidebar.get_by_role("link", name="Playground").click()
    playground.root.wait_for()
    playground.play_until("shown.frame >= 10")
    playground.pause()


def test_nothing_is_asked_while_a_page_is_being_left_so_that_the_link_is_followed(playground):
    """Streamlit joins what waits into one run, of the page from which the newest message came."""
    playground.root.evaluate("""root => {
      const link = [...document.querySelectorAll("a")].find(({ pathname }) => pathname.endsWith("/backprop"));
      const step = root.querySelector('[data-action="step"]');
      link.click();
      for (let k = 0; k < 5; k++) step.click();
    }""")
    playground.page.locator('[data-role="board"][data-step]').wait_for()


def test_a_link_is_followed_while_a_view_keeps_having_its_page_run(playground):
    """Each step has the page follow."""
    playground.root.evaluate("""root => {
      const step = root.querySelector('[data-action="step"]');
      globalThis.stepping = setInterval(() => step.click(), 20);
    }""")
    playground.page.wait_for_timeout(1000)
    playground.page.get_by_role("link", name="Backprop", exact=True).click()
    playground.page.locator('[data-role="board"][data-step]').wait_for()
    playground.page.evaluate("clearInterval(globalThis.stepping)")


def test_a_page_asked_for_right_after_a_view_s_run_stands_in_its_own_place(lingering_server, context_of):
    """Streamlit leaves the thread in the view's place on the page; what was written there emptied it."""
    page, errors = context_of().new_page(), []
    page.on("pageerror", lambda error: errors.append(error))
    playground = Playground(page).open(lingering_server.origin)
    for _ in range(3):
        playground.press("step")
        page.wait_for_timeout(200)
        playground.choose("preset", "Six hills")
        page.wait_for_url("**/?data=hills&*")
        playground.press("step")
        page.wait_for_timeout(200)
        playground.choose("preset", "Three arms")
        page.wait_for_url("**/?data=spiral3&*")
    playground.press("step")
    page.wait_for_timeout(200)
    page.get_by_role("link", name="Backprop", exact=True).click()
    page.locator('[data-role="board"][data-step]').wait_for()
    assert errors == []
    page.close()
