"""Runs are kept, by a press or by themselves, outlive a reload, stand side by side, and are opened again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.driving import Playground
from tests.browser.test_playground import expect

RELU = "/?act=relu~relu&seed=3"


def play_to(playground: Playground, frame: int) -> Any:
    """Play to a frame or a little beyond, and pause there."""
    playground.play_until("shown.frame >= given.frame", frame=frame)
    return playground.pause()


def compare(playground: Playground) -> Any:
    """Open the panel with the kept runs."""
    playground.root.locator('[data-action="compare"]').click()
    shelf = playground.page.locator(".st-key-compare .shelf")
    expect(shelf).to_be_visible()
    return shelf


def cards(shelf: Any) -> Any:
    """The cards of the kept runs; the first one is that of the run which the player shows."""
    return shelf.locator(".card")


@pytest.fixture
def two_kept(visit: Callable[..., Playground]) -> tuple[Playground, Any]:
    """A run kept by key, one that was kept by itself, and a third one at its frame 0; and what was kept."""
    playground = visit(RELU)
    first = play_to(playground, 12)
    playground.page.keyboard.press("k")
    expect(playground.notice).to_contain_text("Kept: 2-4-2-1 ReLU, SGD 0.03")
    play_to(playground, 52)
    playground.press("new-weights")
    playground.until("shown.frame === 0")
    expect(playground.root.locator('[data-action="compare"]')).to_contain_text("compare 2")
    return playground, first


def test_two_kept_runs_stand_side_by_side_with_what_differs_said_large(two_kept):
    playground, first = two_kept
    page, shelf = playground.page, compare(playground)
    expect(cards(shelf)).to_have_count(3)
    large = page.locator(".st-key-compare .large")
    expect(large).to_contain_text("Seed: weights: A 3 / B 4")
    expect(page.locator(".st-key-compare .one img")).to_have_count(2)
    cards(shelf).nth(1).get_by_role("button", name="as B").click()
    expect(large).to_contain_text("No setting differs.")
    results = page.locator(".st-key-compare .results")
    expect(results.locator("tr").nth(1).locator("td").nth(1)).to_have_text(str(first.frame))
    expect(results).to_contain_text(f"{first.test_loss:.3g}"[:5])


def test_a_kept_run_opens_at_its_frame_and_goes_on(two_kept):
    playground, first = two_kept
    shelf = compare(playground)
    cards(shelf).nth(1).get_by_role("button", name=re.compile("^Open")).click()
    shown = playground.until("shown.frame === given.frame", frame=first.frame)
    assert (shown.train_loss, shown.test_loss) == (first.train_loss, first.test_loss)
    play_to(playground, first.frame + 3)


def test_kept_runs_outlive_a_reload_are_renamed_removed_and_brought_back(two_kept):
    playground, _ = two_kept
    playground.page.reload()
    playground.until("shown.frame >= 0")
    shelf = compare(playground)
    name = cards(shelf).nth(1).get_by_role("textbox")
    name.fill("my ReLU")
    name.press("Enter")
    cards(shelf).nth(1).get_by_role("button", name="Remove my ReLU").click()
    expect(cards(shelf)).to_have_count(2)
    shelf.get_by_role("button", name="Undo").click()
    expect(cards(shelf).nth(1).get_by_role("textbox")).to_have_value("my ReLU")
    shelf.get_by_role("button", name="Back to training").click()
    playground.until("shown.frame >= 0")


def test_both_reports_are_saved(two_kept, tmp_path):
    playground, _ = two_kept
    compare(playground)
    page = playground.page
    expect(page.locator(".st-key-compare .large")).to_be_visible()
    for key, begins in (("pair_md", "# Two runs side by side"), ("pair_html", "<!doctype html>")):
        with page.expect_download() as download:
            playground.control(key).get_by_role("button").click()
        download.value.save_as(path := tmp_path / key)
        assert path.read_text("utf-8").startswith(begins)


def test_with_nothing_kept_there_is_no_button_to_compare(visit):
    playground = visit("/")
    expect(playground.root.locator('[data-action="compare"]')).to_be_hidden()
    expect(playground.root.locator('[data-action="keep-run"]')).to_be_visible()
