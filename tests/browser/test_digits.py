"""Handwritten digits in a real browser: learned, looked at, drawn, recognised, saved and kept."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from pages.playground.opening import OPENING
from pages.playground.own_data.ready import ready_table, suiting
from tests.browser.driving import Playground
from tests.browser.test_playground import expect
from tests.pages.playground.handwriting import WRITTEN, strokes_of

LINK = OPENING.changed(table=ready_table("digits"), **suiting(OPENING, OPENING, "digits")).to_link()
THREE = strokes_of(WRITTEN[3][0])[0]
LEARNED = "parseFloat(root.querySelector('[data-show=\"metric\"]').textContent) >= 95"


def press(playground: Playground, act: str) -> None:
    playground.page.locator(f'[data-action="digit-{act}"]').click()


def source(playground: Playground) -> Any:
    return playground.root.locator('[data-show="digit-which"]')


def verdict(playground: Playground) -> Any:
    return playground.root.locator('[data-role="verdict"]')


def draw(playground: Playground, spots: list[tuple[float, float]]) -> None:
    pad = playground.root.locator(".digit-pad")
    pad.scroll_into_view_if_needed()
    box, mouse = pad.bounding_box(), playground.page.mouse
    for k, (x, y) in enumerate(spots):
        mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
        if k == 0:
            mouse.down()
    mouse.up()


def learn(playground: Playground) -> None:
    playground.play_until(f"shown.epoch >= 40 && {LEARNED}")
    playground.pause()


def test_digits_are_chosen_learned_to_95_percent_looked_at_drawn_and_recognised(
    playground: Playground,
) -> None:
    with playground.taking():
        playground.page.locator('[data-action="dataset"][data-name="digits"]').click()
    expect(playground.layer(1)).to_have_attribute("data-width", "32")
    expect(playground.layer(1)).to_have_attribute("data-fold", "weights")
    expect(playground.root.locator(".map")).to_be_hidden()
    learn(playground)
    expect(source(playground)).to_have_text("test digit 1 of 899")
    press(playground, "next")
    expect(source(playground)).to_have_text("test digit 2 of 899")
    press(playground, "back")
    expect(source(playground)).to_have_text("test digit 1 of 899")
    press(playground, "yours")
    expect(verdict(playground)).to_have_text("Draw a digit.")
    draw(playground, THREE)
    expect(verdict(playground)).to_contain_text("It is a 3, ")
    bars = playground.root.locator(".digit-bars tbody td:last-child").all_text_contents()
    assert sum(map(float, bars)) == pytest.approx(1, abs=0.006)
    press(playground, "clear")
    expect(verdict(playground)).to_have_text("Draw a digit.")


def test_a_digit_is_drawn_by_the_keys_alone_and_a_stroke_is_taken_back(
    visit: Callable[..., Playground],
) -> None:
    playground = visit(f"/?{LINK}")
    learn(playground)
    press(playground, "yours")
    pad = playground.root.locator(".digit-pad")
    pad.focus()
    for key in (
        ("ArrowLeft",) * 3 + (" ",) + ("ArrowRight",) * 6 + ("ArrowDown", "ArrowDown", "ArrowLeft") * 4
    ):
        pad.press(key)
    pad.press(" ")
    expect(verdict(playground)).to_contain_text("It is a 7, ")
    assert not playground.shown().playing, "the space bar puts the pen down and doesn't play"
    pad.press("Backspace")
    expect(verdict(playground)).to_have_text("Draw a digit.")


def test_a_finger_on_the_pad_draws_and_does_not_scroll_the_page(visit: Callable[..., Playground]) -> None:
    playground = visit(f"/?{LINK}", viewport={"width": 390, "height": 844}, has_touch=True)
    press(playground, "yours")
    pad = playground.root.locator(".digit-pad")
    assert pad.evaluate("pad => getComputedStyle(pad).touchAction") == "none"
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    session, scrolled = (
        playground.page.context.new_cdp_session(playground.page),
        "() => document.querySelector('[data-testid=stMain]').scrollTop",
    )
    before = playground.page.evaluate(scrolled)
    for kind, share in (("touchStart", 0.9), ("touchMove", 0.6), ("touchMove", 0.3), ("touchEnd", None)):
        at = (
            []
            if share is None
            else [{"x": box["x"] + box["width"] / 2, "y": box["y"] + share * box["height"]}]
        )
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    expect(verdict(playground)).to_contain_text("It is ")
    assert playground.page.evaluate(scrolled) == before


def test_a_link_to_digits_opens_with_them_and_a_reload_goes_on_at_the_same_bits(
    visit: Callable[..., Playground],
) -> None:
    playground = visit(f"/?{LINK}")
    expect(playground.layer(1)).to_have_attribute("data-fold", "weights")
    playground.play_until("shown.epoch >= 5")
    before = playground.pause()
    playground.page.wait_for_timeout(500)
    playground.page.reload()
    playground.root.wait_for()
    after = playground.until("shown.epoch === given.epoch", epoch=before.epoch)
    assert after.losses == before.losses
    expect(playground.root.locator(".digit-pad")).to_be_visible()


def test_the_saved_picture_has_the_drawing_in_place_of_the_map(visit: Callable[..., Playground]) -> None:
    playground = visit(f"/?{LINK}")
    press(playground, "yours")
    draw(playground, THREE)
    with playground.page.expect_download() as saved:
        playground.page.locator('[data-action="save-png"]').click()
    picture = Image.open(io.BytesIO(saved.value.path().read_bytes())).convert("L")
    assert picture.width >= 1500
    right = picture.crop((int(0.66 * picture.width), 0, picture.width, picture.height // 2))
    assert sum(right.histogram()[:80]) > 5000, "the strokes are dark"
