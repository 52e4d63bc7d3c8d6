"""Twenty-six letters from a pasted table in a real browser: trained, told apart, and found in the matrix."""

from __future__ import annotations

import math
import random
import re
import string
from collections.abc import Callable

import pytest

from tests.browser.driving import Playground
from tests.browser.test_own_data import paste, use
from tests.browser.test_playground import expect

SIZES = {"phone": {"width": 390, "height": 844}, "tablet": {"width": 1024, "height": 768}}


def letters() -> str:
    """A cloud of points for each letter, on a spiral."""
    rng = random.Random(1)
    rows = ["width,height,letter"]
    for k, letter in enumerate(string.ascii_uppercase):
        angle, radius = 2.4 * k, 5 * math.sqrt((k + 0.5) / 26)
        for _ in range(12):
            x, y = radius * math.cos(angle) + rng.gauss(0, 0.2), radius * math.sin(angle) + rng.gauss(0, 0.2)
            rows.append(f"{x:.3f},{y:.3f},{letter}")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("size", SIZES)
def test_twenty_six_classes_are_trained_and_found_in_the_confusion_matrix_by_keys(
    size: str, visit: Callable[..., Playground]
) -> None:
    playground = visit("/", viewport=SIZES[size])
    paste(playground, letters())
    expect(playground.control("own_target").get_by_role("combobox")).to_have_value("letter")
    use(playground)
    root, page = playground.root, playground.page
    expect(root.locator('[data-role="neuron"]')).to_have_count(4 + 2 + 26)
    legend = root.locator(".map-legend")
    expect(legend.locator("summary")).to_have_text("and 20 more")
    expect(legend.locator(".class-name")).to_have_text(list(string.ascii_uppercase))
    expect(root.locator(".probe .share")).to_have_count(5)
    playground.play_until("shown.epoch >= 5")
    playground.pause()
    shown = [float(text) for text in root.locator(".probe .saying b").all_inner_texts()]
    assert shown == sorted(shown, reverse=True)
    cell = page.locator('.confused .cell[tabindex="0"]').first
    cell.focus()
    for _ in range(25):
        page.keyboard.press("ArrowRight")
    focused = page.locator(".confused .cell:focus")
    expect(focused).to_have_attribute("aria-label", re.compile(r"^true A, predicted Z: \d+$"))
    box = focused.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= SIZES[size]["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
