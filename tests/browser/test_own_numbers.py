"""Numbers of one's own on the backprop page, typed by a person in a real browser and opened by another."""

import re

import pytest

from tests.browser.test_backprop import Board, expect

LECTURE = {
    "own_X": "(16, −6)",
    "own_W1": "[[.1, .2], [.3, -.4]]",
    "own_b1": "(.5, −.5)",
    "own_W2": "[[.2, -.3, .1], [.4, .1, -.2]]",
    "own_b2": "(0, .1, −.1)",
    "own_Y": "class 2",
}
SHOWN = {"z1": ["0.3000", "5.1000"], "z2": ["2.1000", "0.5200", "−1.0900"]}
PATIENCE = 60_000  # ms, of a person who waits for a page to load on a busy computer
ANOTHER_S = {"locale": "de-DE"}
"""Of another person's browser, a context of its own: it writes numbers with commas, and the page doesn't."""
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True}


@pytest.fixture
def visit_board(empty_page, server):
    """visit_board(query, **context options)."""

    def visit(query="", **options):
        page = empty_page(**options)
        page.set_default_timeout(PATIENCE)
        return Board(page, server.origin).open(query)

    return visit


def field(board, key):
    return board.control(key).locator("textarea, input").first


def wait_for_change(board, before):
    """Wait until the address has changed and the page is at rest: its boxes may be made anew until then."""
    expect(board.page).not_to_have_url(before)
    expect(board.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def type_in(board, key, text, *, by="Tab"):
    """Type into a field, leave it, and wait until that is done."""
    before = board.page.url
    field(board, key).fill(text)
    field(board, key).press(by)
    wait_for_change(board, before)


def choose_in_editor(board, key, label):
    before = board.page.url
    board.choose(key, label)
    wait_for_change(board, before)


def begin(board):
    """Come to the fields; Streamlit loads the code of its text areas when the first one is shown."""
    board.control("gradient_check").wait_for()
    board.choose("network", "Your own numbers")
    expect(board.page).to_have_url(re.compile("net=own"))
    field(board, "own_X").wait_for()


def type_the_lecture(board):
    begin(board)
    type_in(board, "own_widths", "2-2-3", by="Enter")
    choose_in_editor(board, "own_activation_1", "ReLU")
    choose_in_editor(board, "own_activation_2", "Softmax")
    for key, text in LECTURE.items():
        type_in(board, key, text)


def shows_the_lecture(board):
    """Its z₁, z₂ and loss, read from the board."""
    for step, texts in SHOWN.items():
        board.root.locator(f'[data-action="step"][data-key="{step}"]').click()
        board.has(step=step)
        expect(board.row("result").locator("[data-entry]")).to_have_text(texts)
    board.root.locator('[data-action="step"][data-key="L"]').click()
    board.has(step="L")
    expect(board.row("result").locator("[data-entry]")).to_have_text("1.8009")
    assert float(board.value("loss-before")) == pytest.approx(1.800859, abs=5e-7)


def test_the_lecture_s_network_is_typed_worked_and_opened_from_its_link(visit_board):
    board = visit_board()
    type_the_lecture(board)
    shows_the_lecture(board)
    link = board.page.url
    assert len(link) < 2000
    other = visit_board("?" + link.partition("?")[2], **ANOTHER_S)
    assert other.page.context != board.page.context
    shows_the_lecture(other)
    other.page.locator(".st-key-own_numbers summary").click()
    expect(field(other, "own_W1")).to_have_value("0.1, 0.2\n0.3, -0.4")
    expect(field(other, "own_Y")).to_have_value("0, 1, 0")


def test_a_refused_text_is_told_at_its_field_and_read_once_the_way_of_typing_is_chosen(visit_board):
    board = visit_board("?net=own&own_dims=2~2&own=1~2~1~2~0.1~0.2~0.3~-0.4~0~0")
    board.page.locator(".st-key-own_numbers summary").click()
    type_in(board, "own_widths", "2-3", by="Enter")
    field(board, "own_W1").fill("1 2; 3 4; 5 6")
    field(board, "own_W1").press("Control+Enter")
    alert = board.control("own_W1").get_by_role("alert")
    expect(alert).to_contain_text("W[1] must have 2 rows and 3 columns. Got 3 rows and 2 columns.")
    expect(field(board, "own_W1")).to_have_value("1 2; 3 4; 5 6")
    board.page.get_by_text("a row per neuron", exact=True).click()
    expect(alert).to_have_count(0)
    expect(board.page).to_have_url(re.compile("own=1~2~1~2~0~1~3~5~2~4~6~"))
    board.page.reload()
    board.root.wait_for()
    board.page.locator(".st-key-own_numbers summary").click()
    expect(field(board, "own_W1")).to_have_value("1, 2\n3, 4\n5, 6")


def test_open_fields_leave_the_board_where_it_is(visit_board):
    board = visit_board("?net=own")
    top = board.root.bounding_box()["y"]
    board.page.locator(".st-key-own_numbers summary").click()
    expect(field(board, "own_W1")).to_be_visible()
    assert board.root.bounding_box()["y"] == top
    assert board.control("own_numbers").bounding_box()["y"] > top


def test_keys_in_a_field_leave_the_board_alone(visit_board):
    board = visit_board()
    begin(board)
    board.has(index=0)
    field(board, "own_W1").focus()
    for key in ("ArrowRight", "End", "Space"):
        board.page.keyboard.press(key)
    board.has(index=0)


def test_on_a_phone_every_field_is_within_the_screen(visit_board):
    board = visit_board("?net=own", **PHONE)
    field(board, "own_X").wait_for()
    boxes = [box.bounding_box() for box in board.control("own_numbers").locator("textarea, input").all()]
    assert len(boxes) > 5
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
