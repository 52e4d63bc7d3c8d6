"""Numbers as people type them, in a browser with an English and with a German interface."""

from __future__ import annotations

import pytest

from tests.browser.test_look_inside import open_weight
from tests.browser.test_playground import expect

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "de-DE"])
# What is typed, and the number that it is; None where it is none, or can be read in two ways.
TYPED = {
    "0,5": 0.5,
    "−0,25": -0.25,
    "1/2": 0.5,
    "−0.2739": -0.2739,
    "2,5": 2.5,
    "0,05": 0.05,
    "1e-3": 0.001,
    "1.234,5": None,
    "abc": None,
    "": None,
}
# A select box offers the old value again when its text is taken out, so nothing is sent.
TYPED_IN_BOXES = {text: value for text, value in TYPED.items() if text}

FOCUSED_VIEW = """() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active?.dataset.role;
}"""


def shown(value):
    return f"{value:.10g}".replace("-", "−")


@LANGUAGES
def test_number_fields_take_every_way_of_writing_or_say_at_the_field_why_not(visit, locale):
    playground = visit(locale=locale)
    playground.open_more()
    for key in ("clip_norm", "stop_loss"):
        field, refusal = playground.control(key).locator("input"), playground.refusal(key)
        before = field.input_value()
        for text, value in TYPED.items():
            field.fill(text)
            field.press("Enter")
            if value is not None and value >= 0:
                before = shown(value)
                expect(field).to_have_value(before)
                expect(refusal).to_have_count(0)
                expect(field).to_have_attribute("aria-invalid", "false")
            else:
                got = f"Got '{text}'." if value is None else f"must be >= 0. Got {value}."
                expect(refusal).to_contain_text(got)
                expect(field).to_have_value(text)
                expect(field).to_have_attribute("aria-invalid", "true")
        field.press("Escape")
        expect(field).to_have_value(before)
        expect(refusal).to_have_count(0)
    expect(playground.notice).not_to_contain_text("must be")
    playground.page.wait_for_url("**/*clip=0.001*")


@LANGUAGES
def test_select_boxes_of_rates_do_too_and_show_the_old_value_after_a_refusal(visit, locale):
    playground = visit("/?reg=l2", locale=locale)
    for key in ("learning_rate", "regularization_rate"):
        box, refusal = playground.control(key).locator("input"), playground.refusal(key)
        before = box.input_value()
        for text, value in TYPED_IN_BOXES.items():
            playground.type(key, text)
            if value is not None and value >= 0:
                before = shown(value)
                expect(box).to_have_value(before)
                expect(refusal).to_have_count(0)
            else:
                expect(refusal).to_contain_text(f"Got '{text}'" if value is None else f"Got {value}")
                expect(box).to_have_value(before)


@LANGUAGES
def test_start_and_epsilon_of_a_descent_do_too(server, empty_page, locale):
    page = empty_page(locale=locale)
    page.goto(f"{server.origin}/gradient-descent")
    page.locator('[data-role="stage"][data-step]').wait_for()
    for key, template, show, least in (
        ("start", "{}; 1", "({}, 1)", -1),
        ("epsilon", "{}", "{}", 0),
    ):
        box = page.locator(f".st-key-{key} input")
        refusal = page.locator(f".st-key-{key}_typed").get_by_role("alert")
        before = box.input_value()
        for text, value in TYPED_IN_BOXES.items():
            box.click()
            box.fill(template.format(text))
            box.press("Enter")
            if value is not None and value >= least:
                before = "10⁻³" if (key, text) == ("epsilon", "1e-3") else show.format(shown(value))
                expect(box).to_have_value(before)
                expect(refusal).to_have_count(0)
            else:
                expect(refusal).to_contain_text(f"Got '{text}'" if value is None else f"Got {value}")
                expect(box).to_have_value(before)


@LANGUAGES
def test_an_answer_is_read_in_every_way_of_writing(server, empty_page, locale):
    page = empty_page(locale=locale)
    page.goto(f"{server.origin}/backprop?net=seed003_bce")
    answer = page.locator(".st-key-check_answer")
    field = answer.locator("input")
    for text, value in TYPED.items():
        field.fill(text)
        page.get_by_role("button", name="Check").click()
        said = answer.get_by_role("alert")
        expect(said).to_contain_text("number" if value is None else "Not yet")
        field.fill("1/")  # no number, so that the next verdict is told from this one
        page.get_by_role("button", name="Check").click()
        expect(said).to_contain_text("1/")


def test_a_number_is_taken_whole_where_the_box_shows_how_it_begins(playground):
    field = playground.control("learning_rate").locator("input")
    for text in ("0.2", "0.25", "0.255"):
        field.click()
        field.press_sequentially(text)
        field.press("Enter")
        expect(field).to_have_value(text)


def test_a_whole_number_has_steps_none_of_which_is_lost(playground):
    speed, field = playground.control("speed"), playground.control("speed").locator("input")
    speed.get_by_role("button", name="Increment").dispatch_event("click")
    for _ in range(3):
        speed.get_by_role("button", name="Increment").dispatch_event("click")
    expect(field).to_have_value("5")
    field.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown", "ArrowDown"):
        playground.page.keyboard.press(key)
    expect(field).to_have_value("2")
    field.fill("2,5")
    field.press("Enter")
    expect(playground.refusal("speed")).to_contain_text("must be a whole number. Got '2,5'.")
    field.press("Escape")
    expect(field).to_have_value("2")
    playground.page.wait_for_url("**/*speed=2*")


def test_what_is_being_typed_outlasts_a_run_of_the_page_and_counts_before_the_press_that_ends_it(playground):
    field = playground.control("speed").locator("input")
    field.fill("1")
    playground.page.keyboard.type("2")
    playground.page.keyboard.press("ArrowLeft")
    with playground.taking():  # the page is run, and the field has the focus
        playground.root.evaluate("root => root.querySelector('[data-action=\"new-weights\"]').click()")
    playground.page.wait_for_url("**/*seed=1*")
    expect(field).to_have_value("12")
    assert field.evaluate("field => field.selectionStart") == 1
    playground.layer(1).locator('[data-action="add-neuron"]').click()
    playground.page.wait_for_url("**/*speed=12*")
    expect(playground.layer(1)).to_have_attribute("data-width", "5")
    expect(field).to_have_value("12")


def test_escape_in_a_popover_brings_the_old_value_back_before_it_closes_the_popover(playground):
    playground.open_more()
    field = playground.control("stop_epoch").locator("input")
    field.fill("12")
    field.press("Escape")
    expect(field).to_have_value("0")
    playground.close_more()


def test_after_a_choice_space_plays(playground):
    playground.choose("optimizer", "Adam")
    playground.page.wait_for_function(f"({FOCUSED_VIEW})() === 'player'")
    playground.page.keyboard.press("Space")
    playground.until("shown.playing")
    playground.pause()
    box = playground.control("loss").get_by_role("combobox")
    box.click()
    playground.page.keyboard.press("Escape")
    playground.let_frames_pass(30)
    assert playground.page.evaluate(FOCUSED_VIEW) != "player", "nothing was chosen"
    box.click()
    playground.page.keyboard.press("ArrowDown")
    playground.page.keyboard.press("Enter")
    playground.page.wait_for_function(f"({FOCUSED_VIEW})() === 'player'")


@LANGUAGES
def test_a_weight_takes_every_way_of_writing_and_keeps_its_value_where_there_is_none(visit, locale):
    playground = visit(locale=locale)
    field, refusal = open_weight(playground), playground.root.locator('.detail [role="alert"]')
    before = field.input_value()
    for text, value in TYPED.items():
        field.click()
        field.fill(text)
        field.press("Enter")
        if value is None:
            expect(refusal).to_contain_text("A weight must be a number")
            expect(refusal).to_contain_text(f"Got '{text}'.")
        else:
            before = f"{value:.4f}"
            expect(refusal).to_be_empty()
        expect(field).to_have_value(before)
