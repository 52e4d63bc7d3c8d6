"""What keeps a network from learning, in a real browser: the card, the marks, the jump, and what is tried."""

import re

import pytest

from engine import Experiment
from engine.analysis.watch import look_at
from pages.playground.presets import PRESETS
from tests.browser.test_playground import expect
from tests.engine.analysis.ill_runs import watched

DEAD = PRESETS["dead_relus"].experiment


def card(root, kind):
    return root.locator(f'[data-role="diagnosis"][data-kind="{kind}"]')


@pytest.fixture
def dead(visit):
    """The playground, paused some frames after its units have died."""
    playground = visit("/?" + DEAD.to_link())
    playground.play_until("shown.frame >= 45")
    playground.pause()
    expect(card(playground.root, "dead")).to_be_visible()
    return playground


def marked_pixels(playground):
    """How many pixels of the diagram have the colour in which something is wrong."""
    return playground.root.locator("canvas.network").evaluate(
        """canvas => {
          const player = canvas.closest(".player"), probe = document.createElement("canvas").getContext("2d");
          probe.fillStyle = getComputedStyle(player).getPropertyValue("--bad");
          probe.fillRect(0, 0, 1, 1);
          const bad = probe.getImageData(0, 0, 1, 1).data;
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let k = 0; k < data.length; k += 4) {
            if ([0, 1, 2].every((c) => Math.abs(data[k + c] - bad[c]) < 4)) count++;
          }
          return count;
        }"""
    )


def test_dead_units_are_told_marked_jumped_to_and_ended_by_what_is_tried(dead):
    root = dead.root
    frame = dead.shown().frame
    timeline, _ = watched(DEAD, frame)
    active = look_at(timeline, frame).active[6:]
    rows = card(root, "dead").locator("tr:not(.heads)")
    expect(rows).to_have_count(4)
    expect(card(root, "dead")).to_contain_text(f"at epoch {frame}")
    for j, count in enumerate(active):
        expect(rows.nth(j)).to_contain_text(f"neuron {j + 1}{count} of 250")
    expect(card(root, "dead").get_by_role("heading")).to_contain_text("Four dead ReLU units")
    expect(root.get_by_role("button", name="Hidden 2, neuron 1, dead")).to_be_visible()
    expect(root.get_by_role("button", name="Hidden 1, neuron 1", exact=True)).to_be_visible()
    expect(dead.notice).to_contain_text("Four dead ReLU units since epoch 20")
    expect(root.locator(".moments span").first).to_be_visible()
    assert marked_pixels(dead) > 500

    assert card(root, "dead").get_attribute("data-frame") == "20"
    rows.first.get_by_role("button", name="epoch 20").click()
    expect(root).to_have_attribute("data-frame", "20")
    expect(card(root, "dead")).to_contain_text("at epoch 20")
    dead.press("step-back")
    expect(root).to_have_attribute("data-frame", "19")
    expect(card(root, "dead")).to_have_count(0)
    assert marked_pixels(dead) == 0
    dead.press("step")
    expect(card(root, "dead")).to_be_visible()

    root.locator('[data-kind="dead"] [data-action="try"]').click()
    expect(root).to_have_attribute("data-frame", "0")
    expect(card(root, "dead")).to_have_count(0)
    expect(dead.page).to_have_url(re.compile("act=leaky_relu~leaky_relu|act=leaky_relu%7Eleaky_relu"))
    dead.play_until("shown.frame >= 45")
    dead.pause()
    expect(card(root, "dead")).to_have_count(0)


def test_all_of_it_works_by_keyboard_and_the_focus_is_never_lost(dead):
    root, page = dead.root, dead.page
    jump = card(root, "dead").locator('[data-action="jump"]').first
    jump.focus()
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-frame", "20")
    expect(card(root, "dead").locator('[data-action="jump"]').first).to_be_focused()
    card(root, "dead").locator('[data-action="try"]').focus()
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-frame", "0")
    expect(root).to_be_focused()


def test_on_a_very_wide_screen_the_card_takes_the_place_of_the_legend(dead):
    dead.page.set_viewport_size({"width": 1920, "height": 1080})
    expect(dead.root.locator(".legend")).to_be_hidden()
    button, room = card(dead.root, "dead").locator('[data-action="try"]'), dead.root.locator(".inspector")
    expect(button).to_be_visible()
    lies_within = """([button, room]) =>
        button.getBoundingClientRect().bottom <= room.getBoundingClientRect().bottom"""
    dead.page.wait_for_function(lies_within, arg=[button.element_handle(), room.element_handle()])


def test_what_the_link_locks_cannot_be_tried(visit):
    playground = visit("/?" + DEAD.to_link() + "&lock=activation~scrub")
    playground.play_until("shown.frame >= 45")
    playground.pause()
    button = card(playground.root, "dead").locator('[data-action="try"]')
    expect(button).to_be_disabled()
    expect(button).to_have_attribute("title", re.compile("locks"))
    expect(card(playground.root, "dead").locator('[data-action="jump"]').first).to_be_disabled()
    expect(card(playground.root, "too_high").locator('[data-action="try"]')).to_be_enabled()


def test_a_larger_rate_goes_on_with_the_run_and_undo_takes_it_back(visit):
    playground = visit("/?" + Experiment(learning_rate=1e-5).to_link())
    root = playground.root
    playground.play_until("shown.frame >= 45")
    playground.pause()
    card(root, "too_low").locator('[data-action="try"]').click()
    playground.play_until("shown.frame >= 80")
    playground.pause()
    expect(root).to_have_attribute("data-journal", "1")
    expect(card(root, "too_low")).to_have_count(0)
    root.locator('[data-action="undo"]').click()
    expect(root).to_have_attribute("data-journal", "0")


def test_nothing_moves_when_a_diagnosis_comes(visit):
    playground = visit("/?" + DEAD.to_link())
    parts = (".transport", ".stage", ".map", ".curve", ".probe", ".timeline", ".inspector", ".news")

    def boxes():
        return [playground.root.locator(part).bounding_box() for part in parts]

    before = boxes()
    playground.play_until("shown.frame >= 45")
    playground.pause()
    expect(card(playground.root, "dead")).to_be_visible()
    assert boxes() == before


def test_a_healthy_run_has_the_legend_where_a_card_would_stand(visit):
    playground = visit("/")
    playground.play_until("shown.frame >= 45")
    playground.pause()
    expect(playground.root.locator('[data-role="diagnosis"]')).to_have_count(0)
    expect(playground.root.locator(".legend").first).to_be_visible()
