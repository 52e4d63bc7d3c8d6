"""Data of one's own in a real browser: pasted, uploaded, refused, trained, and there again after a reload."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest

from pages.playground.own_data.ready import FOLDER
from tests.browser.driving import Playground
from tests.browser.test_playground import expect

IRIS = gzip.decompress((FOLDER / "iris.csv.gz").read_bytes()).decode()
SOON = 20_000


def way(playground: Playground, name: str) -> None:
    playground.page.locator(f'[data-action="own-data"][data-name="{name}"]').click()


def paste(playground: Playground, text: str) -> None:
    way(playground, "paste")
    area = playground.control("paste").locator("textarea")
    area.fill(text)
    area.press("Control+Enter")


def use(playground: Playground) -> None:
    button = playground.control("own_use").get_by_role("button")
    expect(button).to_be_enabled()
    button.click()
    playground.root.wait_for()


def send(playground: Playground, name: str, content: bytes) -> None:
    way(playground, "upload")
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    playground.control("upload").locator("input[type=file]").set_input_files(file)


def test_four_pasted_columns_and_three_classes_are_trained_and_stay_after_a_reload(
    playground: Playground,
) -> None:
    paste(playground, IRIS)
    expect(playground.control("own_target").get_by_role("combobox")).to_have_value("species")
    use(playground)
    inputs = playground.root.locator('[data-role="input"][aria-pressed="true"]')
    expect(inputs).to_have_count(4)
    expect(inputs.first).to_have_attribute("aria-label", "sepal length across")
    expect(inputs.first).to_have_attribute("title", re.compile(r"^sepal length \(cm\), across the map\."))
    expect(playground.root.locator(".map-legend")).to_contain_text("versicolor")
    playground.play_until("shown.epoch >= 40")
    before = playground.pause()
    assert before.train_loss < 0.6
    playground.page.wait_for_timeout(500)
    playground.page.reload()
    playground.root.wait_for()
    after = playground.until("shown.epoch === given.epoch", epoch=before.epoch)
    assert after.losses == before.losses
    expect(playground.root.locator('[data-role="input"][aria-pressed="true"]')).to_have_count(4)


def test_a_file_is_used_and_its_remarks_are_said(playground: Playground) -> None:
    lines = IRIS.strip().split("\n")
    notes = [f"{line},{'note' if not k else f'windy {k}'}" for k, line in enumerate(lines)]
    send(playground, "flowers.csv", "\r\n".join(notes).encode("utf-16"))
    expect(playground.control("own_data")).to_contain_text("flowers.csv: 150 rows, 6 columns, comma")
    expect(playground.control("own_data")).to_contain_text("“note” can't be an input")
    playground.choose("own_target", "species")
    use(playground)
    expect(playground.control("dataset").get_by_role("combobox")).to_have_value("flowers.csv")


@pytest.mark.parametrize("content", [b"PK\x03\x04zip", b"", bytes(range(256)) * 20])
def test_a_file_that_is_no_table_costs_one_sentence_and_nothing_else(
    playground: Playground, content: bytes
) -> None:
    with playground.taking():
        playground.layer(1).locator('[data-action="add-neuron"]').click()
    before = playground.widths(), playground.shown().losses
    send(playground, "flowers.csv", content)
    expect(playground.control("own_data").get_by_role("alert")).to_contain_text("flowers.csv must")
    expect(playground.control("own_use").get_by_role("button")).to_be_disabled()
    playground.control("own_cancel").get_by_role("button").click()
    playground.root.wait_for()
    assert (playground.widths(), playground.shown().losses) == before


def test_a_ready_table_is_one_press_and_says_its_source(playground: Playground) -> None:
    with playground.taking():
        playground.page.locator('[data-action="dataset"][data-name="penguins"]').click()
    expect(playground.control("data")).to_contain_text("palmerpenguins, CC0")
    playground.play_until("shown.epoch >= 10")
    playground.pause()


def test_the_panel_is_opened_and_left_by_keyboard(playground: Playground) -> None:
    page: Any = playground.page
    button = page.locator('[data-action="own-data"][data-name="paste"]')
    button.press("Enter")
    expect(playground.control("paste").locator("textarea")).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")
    playground.control("own_cancel").get_by_role("button").press("Enter")
    playground.root.wait_for()
    expect(button).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("sign", ["?", "#"])
def test_a_link_without_its_table_waits_for_it_through_a_reload_and_a_wrong_one(
    playground: Playground, visit: Callable[..., Playground], sign: str
) -> None:
    send(playground, "flowers.csv", IRIS.encode())
    use(playground)
    with playground.taking():
        playground.layer(1).locator('[data-action="add-neuron"]').click()
    playground.play_until("shown.epoch >= 20")
    playground.pause()
    playground.control("take_with_you").get_by_role("button").click()
    link = playground.page.get_by_role("dialog").locator("code").first.inner_text()
    playground.page.keyboard.press("Escape")
    before = playground.shown()

    other = visit(f"/{sign}" + link.partition("?")[2])
    expect(other.notice).to_contain_text("which a link doesn't carry: open it first")
    other.page.reload()
    other.root.wait_for()
    send(other, "flowers.csv", IRIS.replace("5.1", "5.2", 1).encode())
    button = other.control("own_use").get_by_role("button")
    expect(button).to_be_enabled()
    button.click()
    expect(other.control("own_data").get_by_role("alert")).to_contain_text("waits for another table")
    send_again = {"name": "flowers.csv", "mimeType": "text/csv", "buffer": IRIS.encode()}
    other.control("upload").locator("input[type=file]").set_input_files(send_again)
    expect(other.control("own_data").get_by_role("alert")).to_have_count(0)
    use(other)
    after = other.until("shown.frame === given.frame", frame=before.frame)
    assert after.losses == before.losses
    assert other.widths() == playground.widths()
