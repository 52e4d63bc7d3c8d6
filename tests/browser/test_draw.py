"""A data set that is drawn by hand: with the mouse, with keys alone, in numbers, with a finger."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.driving import Playground

DOMAIN = 6.0
ZIGZAG = [(k / 12.5 - 1, 0.6 * (-1) ** k) for k in range(26)]
"""The way of a scribble around a place, in units of the plane."""


class Drawing:
    """The drawing, driven as a person would."""

    def __init__(self, playground: Playground) -> None:
        self.playground, self.page = playground, playground.page
        self.root = self.page.locator('[data-role="draw"]')
        self.plane = self.root.locator(".plane")
        self.refusal = self.root.locator(".refusal")  # a role is not found while it is empty
        self.said = self.root.locator('[data-role="drawing-spoken"]')

    def open(self) -> Drawing:
        self.page.locator('[data-action="own-data"][data-name="draw"]').click()
        self.plane.wait_for()
        self.root.locator("[data-action=class]").first.wait_for()
        return self

    def press(self, action: str) -> None:
        self.root.locator(f'[data-action="{action}"]').click()

    def at(self, x1: float, x2: float) -> tuple[float, float]:
        """The pixel of a place."""
        box = self.plane.bounding_box()
        return (
            box["x"] + (x1 + DOMAIN) / (2 * DOMAIN) * box["width"],
            box["y"] + (DOMAIN - x2) / (2 * DOMAIN) * box["height"],
        )

    def drag(self, places: list[tuple[float, float]]) -> None:
        self.page.mouse.move(*self.at(*places[0]))
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*self.at(*place))
        self.page.mouse.up()

    def scribble(self, x1: float, x2: float) -> None:
        self.drag([(x1 + right, x2 + up) for right, up in ZIGZAG])

    def click(self, x1: float, x2: float) -> None:
        self.page.mouse.click(*self.at(x1, x2))

    def count(self) -> int:
        """How many points there are, once the browser has drawn."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return int(self.root.get_attribute("data-points"))

    def kept(self) -> Any:
        """What the tab keeps."""
        return self.page.evaluate("() => JSON.parse(sessionStorage.getItem('backprop-drawing'))")

    def has(self, count: int) -> None:
        expect(self.root).to_have_attribute("data-points", str(count))


@pytest.fixture
def drawing(playground: Playground) -> Drawing:
    return Drawing(playground).open()


def use(drawing: Drawing) -> None:
    drawing.press("use-drawing")
    drawing.playground.root.wait_for()


def test_two_clusters_are_drawn_by_mouse_undone_erased_learned_and_kept_through_a_reload(drawing):
    drawing.scribble(-3, 2)
    first = drawing.count()
    assert first > 30
    drawing.page.keyboard.press("2")
    drawing.scribble(3, -2)
    both = drawing.count()
    drawing.click(0, 5)
    drawing.has(both + 1)
    drawing.page.keyboard.press("Control+z")
    drawing.has(both)
    drawing.press("undo-drawing")
    drawing.has(first)
    drawing.press("redo-drawing")
    drawing.has(both)

    drawing.press("eraser")
    drawing.drag([(-6, 2), (-4.2, 2), (-4.2, 2.8)])
    erased = drawing.count()
    assert 20 < erased < both
    drawing.press("use-drawing")

    playground = drawing.playground
    playground.root.wait_for()
    expect(playground.control("dataset").get_by_role("combobox")).to_have_value("drawing")
    playground.play_until("shown.train < 0.01")
    playground.pause()
    expect(playground.root.locator('[data-show="metric"]')).to_have_text("100.0")

    playground.page.reload()
    playground.root.wait_for()
    drawing.open().has(erased)


def test_keys_alone_draw_erase_and_choose_the_class(drawing):
    drawing.plane.focus()
    keys = drawing.page.keyboard
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp", "Space"):
        keys.press(key)
    drawing.has(1)
    expect(drawing.said).to_have_text("1 point of class 0 added, 1 point in all.")
    keys.press("2")
    keys.press("Enter")
    drawing.has(5)
    expect(drawing.said).to_have_text("4 points of class 1 added, 5 points in all.")
    keys.press("Delete")
    drawing.has(0)
    keys.press("Control+z")
    drawing.has(5)
    drawing.press("show-numbers")
    expect(drawing.page.get_by_label("x₁ of point 1", exact=True)).to_have_value("0.5")
    expect(drawing.page.get_by_label("x₂ of point 1", exact=True)).to_have_value("0.05")


def test_the_table_and_the_plane_are_one_drawing_and_its_numbers_are_learned_as_typed(drawing):
    drawing.click(-3, 2)
    drawing.page.keyboard.press("2")
    drawing.click(3, -2)
    drawing.press("show-numbers")
    field = drawing.page.get_by_label("x₁ of point 1", exact=True)
    field.fill("7")
    field.press("Tab")
    expect(drawing.refusal).to_have_text("x₁ must be a number from −6 to 6. Got 7.")
    field.fill("−0,30000000000000004")
    field.press("Tab")
    expect(drawing.refusal).to_be_empty()
    expect(drawing.page.get_by_label("x₂ of point 1", exact=True)).to_be_focused()
    assert drawing.kept()["points"][0]["x1"] == -0.30000000000000004
    drawing.page.get_by_label("Class of point 1", exact=True).select_option("1")
    drawing.press("use-drawing")
    expect(drawing.refusal).to_have_text("A drawing needs points of at least two classes.")
    drawing.page.keyboard.press("Escape")
    drawing.page.get_by_label("Delete point 2", exact=True).click()
    drawing.has(1)
    drawing.press("add-point")
    drawing.has(2)


def test_classes_are_added_named_and_learned_by_their_colours_and_shapes(drawing):
    drawing.click(-3, 2)
    drawing.press("add-class")
    drawing.click(3, -2)
    name = drawing.root.get_by_label("Name of the class")
    name.fill("0")
    name.press("Enter")
    expect(drawing.refusal).to_have_text("Another class has the name 0.")
    name.fill("cat")
    name.press("Enter")
    expect(drawing.root.locator("[data-action=class]").nth(2)).to_contain_text("cat")
    use(drawing)
    expect(drawing.playground.control("output_activation").get_by_role("combobox")).to_have_value("Softmax")


def test_the_key_0_chooses_the_tenth_class_which_the_list_then_shows(drawing):
    for count in range(3, 11):
        drawing.press("add-class")
        expect(drawing.root.locator("[data-action=class]")).to_have_count(count)
    expect(drawing.root.locator("[data-action=add-class]")).to_be_disabled()
    expect(drawing.plane).to_be_focused()
    for key, kind in (("0", 9), ("1", 0)):
        drawing.page.keyboard.press(key)
        chosen = drawing.root.locator("[data-action=class]").nth(kind)
        expect(chosen).to_have_attribute("aria-pressed", "true")
        expect(chosen).to_be_in_viewport(ratio=1)


def test_a_drawing_starts_from_the_data_set_and_survives_a_theme_and_the_other_controls(drawing):
    drawing.press("start-from")
    drawing.has(500)
    drawing.page.emulate_media(color_scheme="dark")
    expect(drawing.root).to_have_attribute("data-theme", "dark")
    drawing.playground.choose("optimizer", "Adam")
    expect(drawing.playground.control("optimizer").get_by_role("combobox")).to_have_value("Adam")
    drawing.has(500)
    drawing.press("undo-drawing")
    drawing.has(0)
    drawing.page.emulate_media(color_scheme="light")


def test_cancel_shows_the_player_as_it_was_and_the_drawing_waits(drawing):
    drawing.click(1, 1)
    drawing.has(1)
    drawing.page.get_by_role("button", name="Cancel").click()
    drawing.playground.root.wait_for()
    drawing.open().has(1)


def test_a_finger_draws_and_nothing_moves_under_it(visit: Callable[..., Playground]):
    phone: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    drawing = Drawing(visit(**phone)).open()
    drawing.plane.scroll_into_view_if_needed()
    before = drawing.plane.bounding_box()
    for k in range(3):
        drawing.page.touchscreen.tap(*drawing.at(k, 2))
    drawing.has(3)
    assert drawing.plane.bounding_box() == before
    drawing.press("show-numbers")
    heights = [drawing.page.get_by_label(f"x₂ of point {k}", exact=True).input_value() for k in (1, 2, 3)]
    assert all(re.fullmatch(r"(1\.9\d*|2|2\.0\d*)", height) for height in heights)


def test_a_full_drawing_takes_no_more_points_and_says_so(drawing):
    drawing.page.evaluate(
        """() => {
          const pointOf = (_, k) => ({ x1: (k % 100) / 20, x2: k / 5000, kind: k % 2 });
          const points = Array.from({ length: 19999 }, pointOf);
          sessionStorage.setItem("backprop-drawing", JSON.stringify({ points, classes: ["0", "1"] }));
        }"""
    )
    drawing.page.reload()
    drawing.playground.root.wait_for()
    drawing.open().has(19_999)
    drawing.scribble(-3, -3)
    drawing.has(20_000)
    expect(drawing.refusal).to_have_text("A drawing has room for 20,000 points, and no more.")
    use(drawing)
    expect(drawing.playground.control("data")).to_contain_text("10000 train, 10000 test points")
