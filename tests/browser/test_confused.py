"""Confused samples in a real browser: a file is trained, a cell pressed, and one of its samples worked."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from engine import Run, replay
from pages.playground.opening import OPENING
from pages.playground.own_data.making import make_table, usual_choices
from pages.playground.own_data.reading import read_sheet
from pages.playground.session import Session
from tests.browser.driving import Playground
from tests.browser.test_own_data import IRIS, send, use
from tests.browser.test_playground import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
MISLABELLED = IRIS.replace("setosa", "virginica", 1)
"""Whatever is learned, the first row will be taken for a setosa."""


def learned(playground: Playground, epochs: int = 30) -> int:
    send(playground, "flowers.csv", MISLABELLED.encode())
    use(playground)
    playground.play_until(f"shown.epoch >= {epochs}")
    epoch = playground.pause().epoch
    playground.figure("confusion_train", epoch).locator(".nsewdrag").wait_for()
    return epoch


def cell(playground: Playground, words: str) -> Any:
    return playground.control("confused").get_by_role("option", name=re.compile(words))


def press(playground: Playground, words: str) -> None:
    """Press a cell of whichever matrix has samples there, as a person would: at its place on the chart."""
    option = cell(playground, words).first
    option.wait_for(state="attached")
    option.scroll_into_view_if_needed()
    playground.page.wait_for_timeout(700)  # until the chart lies where it stays
    box = option.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if playground.page.evaluate("navigator.maxTouchPoints"):
        playground.page.touchscreen.tap(x, y)
    else:
        playground.page.mouse.click(x, y)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["mouse", "touch"])
def test_a_file_is_trained_a_cell_pressed_and_its_sample_worked_with_the_same_numbers(
    visit: Any, options: dict[str, Any]
) -> None:
    playground = visit(**options)
    learned(playground)
    frame = playground.shown().frame
    press(playground, "true virginica, predicted setosa: 1")
    table = playground.control("confused").locator("table")
    expect(table.locator("tbody tr")).to_have_count(1)
    number, *inputs, true, predicted, said = (
        table.locator("tbody tr").locator("th, td:not(.act)").all_inner_texts()
    )
    assert (number, *inputs) == ("1", "5.1", "3.5", "1.4", "0.2")
    assert (true, predicted) == ("virginica", "setosa")
    table.get_by_role("button", name="Work row 1 on Backprop").click()
    board = playground.page.locator('[data-role="board"][data-step]')
    board.wait_for()
    shown = board.locator(".figures figure").first.locator(".cell")
    expect(shown).to_have_count(4)

    sheet = read_sheet(MISLABELLED.encode(), "flowers.csv")
    session = Session(OPENING)
    session.set(table=make_table(sheet, usual_choices(sheet)).table)
    experiment = session.experiment
    train, test = experiment.table.rows(experiment.train_share, experiment.data_seed)
    x = np.concatenate((session.data.X, session.data.X_test))[[*train, *test].index(0)]
    np.testing.assert_allclose(
        [float(text.replace("−", "-")) for text in shown.all_inner_texts()], x, atol=5e-5
    )
    timeline = replay(Run(experiment))
    for _ in range(frame):
        timeline.advance()
    setosa = float(timeline.trainer.net.predict(x[None])[0, 0])
    assert said == f"{setosa:.4g}"
    for _ in range(5):  # forward through three layers, two steps each
        before = board.get_attribute("data-index")
        board.locator('[data-action="next"]').click()
        expect(board).not_to_have_attribute("data-index", before or "")
    expect(board.locator('[data-row="result"]')).to_contain_text(f"{setosa:.4f}")


def test_the_keyboard_comes_to_the_cells_and_the_list_says_the_rest(playground: Playground) -> None:
    epoch = learned(playground, 5)
    first = playground.control("confused").get_by_role("option").first
    first.focus()
    shown = playground.shown()
    playground.page.keyboard.press("ArrowRight")
    playground.page.keyboard.press("ArrowLeft")
    playground.page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-selected", "true")
    heading = playground.control("confused").get_by_role("heading")
    expect(heading).to_have_text(re.compile(r"Training: true setosa, predicted setosa: \d+ samples?"))
    expect(playground.control("confused")).to_contain_text(f"At epoch {epoch}.")
    assert playground.shown() == shown  # the arrows moved no frame
    playground.choose("confused_cell", option_of(playground, "Test: true setosa, predicted setosa"))
    expect(heading).to_have_text(re.compile("^Test: true setosa, predicted setosa"))


def option_of(playground: Playground, begins: str) -> str:
    """The whole label of an option of the select box."""
    playground.control("confused_cell").get_by_role("combobox").click()
    label = playground.page.get_by_role("option", name=re.compile(f"^{begins}")).first.inner_text()
    playground.page.keyboard.press("Escape")
    return str(label)
