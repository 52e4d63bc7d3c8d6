"""The page of sweeps as a person uses it, in a real browser."""

import json
import re
from pathlib import Path

import pytest

import engine
from engine import Run
from tests.browser.driving import Playground

SMALL = "data=circle&vary=activations&vals=tanh,relu&vary2=learning_rate&vals2=0.03,0.3&seeds=3&epochs=6"
LONG = "data=circle&vary=noise&vals=0,0.1,0.2,0.3&seeds=50&epochs=200"
READY = 60_000


def expect(locator):
    from playwright.sync_api import expect as playwright_expect

    return playwright_expect(locator)


class Sweep:
    """The page, driven as a person would."""

    def __init__(self, page, origin):
        self.page, self.origin = page, origin
        self.root = page.locator('[data-role="sweep"]')

    def open(self, query=""):
        self.page.goto(f"{self.origin}/experiments{'?' if query else ''}{query}")
        self.root.wait_for()
        return self

    def ends(self, state="done"):
        self.page.locator(f'[data-role="sweep"][data-state="{state}"]').wait_for(timeout=READY)
        return self

    def press(self, key):
        self.page.locator(f".st-key-{key}").get_by_role("button").click()

    def cell(self, row, column):
        return self.root.locator(f'[data-role="cell"][data-place="{row},{column}"]')

    @property
    def runs(self):
        return self.root.locator('[data-role="run"]')

    def saved(self, name):
        with self.page.expect_download() as saving:
            self.root.get_by_role("button", name=name, exact=True).click()
        return Path(saving.value.path())


@pytest.fixture
def sweep(empty_page, server):
    return Sweep(empty_page(), server.origin)


def test_relu_against_sigmoid_is_there_after_one_press_in_the_sidebar(playground, server):
    playground.page.get_by_role("link", name="Experiments").click()
    sweep = Sweep(playground.page, server.origin).ends()
    expect(sweep.cell(0, 0)).to_have_attribute("aria-label", re.compile("Activation Sigmoid: 0 of 10"))
    expect(sweep.cell(0, 1)).to_have_attribute("aria-label", re.compile(r"Activation ReLU: [5-9] of 10"))
    expect(sweep.root).to_have_attribute("data-total", "20")


def test_a_run_of_a_cell_opens_in_the_playground_with_the_same_bits(sweep):
    sweep.open(SMALL).ends()
    sweep.cell(1, 1).click()
    expect(sweep.runs).to_have_count(3)
    chip = sweep.runs.nth(0)
    run = Run.from_link(sweep.origin + chip.get_attribute("href").removeprefix("."))
    (outcome,) = engine.sweep([run.experiment], epochs=6)
    assert run.experiment.activations == ("relu", "relu")
    chip.click()
    sweep.page.locator('[data-role="player"][data-frame="6"]').wait_for(timeout=READY)
    shown = Playground(sweep.page).shown()
    assert shown.losses == (outcome.train_loss, outcome.test_loss)


def keep(sweep):
    """Keep the median run of the selected cell, and what is said of it."""
    sweep.root.get_by_role("button", name="Keep for comparing").click()
    expect(sweep.root.get_by_role("status")).to_contain_text("The playground’s Compare has")
    return sweep.root.get_by_role("status").text_content()


def test_a_run_of_a_cell_is_kept_without_leaving_and_opens_from_compare_to_the_same_bits(sweep):
    sweep.open(SMALL).ends()
    sweep.cell(1, 1).click()
    run = Run.from_link(sweep.root.locator('[data-role="open"]').get_attribute("href").removeprefix("./?"))
    (outcome,) = engine.sweep([run.experiment], epochs=6)
    seed = run.experiment.seed
    said = (
        f"2-4-2-1 ReLU, SGD 0.3, seed {seed}, at epoch 6. The playground’s Compare has 1 of at most 12 runs."
    )
    assert keep(sweep) == f"Kept: {said}"
    assert "/experiments" in sweep.page.url
    expect(sweep.root.locator('[data-role="keep"]')).to_be_focused()
    sweep.page.reload()
    sweep.ends()
    sweep.page.get_by_role("link", name="Playground", exact=True).click()
    player = Playground(sweep.page)
    player.root.locator('[data-action="compare"]').click()
    cards = sweep.page.locator(".st-key-compare .card")
    expect(cards).to_have_count(2)
    expect(cards.nth(1).locator("img")).to_have_attribute("src", re.compile("^data:image/png"))
    cards.nth(1).get_by_role("button", name="Open").click()
    player.until("shown.frame === 6")
    shown = player.shown()
    assert shown.losses == (outcome.train_loss, outcome.test_loss)


def test_what_is_kept_already_is_said_and_what_was_kept_by_hand_never_gives_way(sweep):
    sweep.open(SMALL).ends()
    keep(sweep)
    sweep.root.get_by_role("button", name="Keep for comparing").click()
    expect(sweep.root.get_by_role("status")).to_contain_text("It was kept already: ")
    sweep.page.evaluate("""() => {
      const shelf = JSON.parse(sessionStorage["backprop-shelf"]), { record } = shelf[0];
      const more = (k) => ({ ...shelf[0], id: `x${k}`, record: { ...record, link: `seed=${100 + k}` } });
      const others = Array.from({ length: 11 }, (_, k) => more(k));
      sessionStorage["backprop-shelf"] = JSON.stringify([...shelf, ...others]);
    }""")
    sweep.cell(0, 1).click()
    sweep.root.get_by_role("button", name="Keep for comparing").click()
    expect(sweep.root.get_by_role("status")).to_contain_text("12 runs are kept, which is as many as fit")
    shelf = json.loads(sweep.page.evaluate('sessionStorage["backprop-shelf"]'))
    assert len(shelf) == 12
    assert all(one["byHand"] for one in shelf)


DENIED = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"


def test_an_unencrypted_page_copies_its_link_too_and_shows_it_selected_where_that_is_forbidden(sweep):
    sweep.page.add_init_script(DENIED)
    sweep.open(SMALL).ends()
    link = sweep.root.locator('[data-action="copy-link"]')
    link.click()
    expect(link).to_have_text("Copied")
    expect(link).to_be_focused()
    expect(link).to_have_text("Link")
    sweep.page.evaluate("document.execCommand = () => false")
    link.click()
    field = sweep.root.get_by_role("textbox", name="Copy this address:")
    expect(field).to_be_focused()
    expect(field).to_have_value(sweep.page.url)
    assert field.evaluate("(field) => field.selectionEnd - field.selectionStart") == len(sweep.page.url)


def test_a_cell_of_the_heatmap_is_chosen_by_keyboard(sweep):
    sweep.open(f"{SMALL}&view=heatmap").ends()
    sweep.cell(0, 0).focus()
    sweep.page.keyboard.press("End")
    expect(sweep.cell(1, 1)).to_be_focused()
    expect(sweep.root.locator(".chosen")).to_contain_text("Activation ReLU, Learning rate 0.3")


@pytest.mark.parametrize("view", ["multiples", "heatmap", "strips"])
def test_a_phone_scrolls_no_view_sideways(empty_page, server, view):
    page = empty_page(viewport={"width": 390, "height": 844}, has_touch=True)
    four = SMALL.replace("vals2=0.03,0.3", "vals2=0.01,0.03,0.1,0.3")
    sweep = Sweep(page, server.origin).open(f"{four}&view={view}").ends()
    grid = sweep.root.locator(".grid")
    expect(grid).not_to_have_attribute("role", "region")
    assert grid.evaluate("(grid) => grid.scrollWidth - grid.clientWidth") <= 0
    sweep.cell(1, 3).click()
    expect(sweep.root.locator(".chosen")).to_contain_text("Activation ReLU, Learning rate 0.3")


def test_in_forced_colours_the_chosen_cell_and_the_median_run_stand_out(empty_page, server):
    sweep = Sweep(empty_page(forced_colors="active"), server.origin).open(SMALL).ends()
    frames = sweep.root.locator('[data-role="cell"] .frame')
    strokes = frames.evaluate_all("(frames) => frames.map((frame) => getComputedStyle(frame).stroke)")
    assert strokes[0] not in strokes[1:]
    grounds = sweep.runs.evaluate_all("(runs) => runs.map((run) => getComputedStyle(run).backgroundColor)")
    assert len({*grounds}) == 2


def test_by_keyboard_a_cell_is_chosen_and_its_run_opened(sweep):
    sweep.open(SMALL).ends()
    sweep.cell(0, 0).focus()
    for key, place in (("ArrowRight", (0, 1)), ("ArrowDown", (1, 1))):
        sweep.page.keyboard.press(key)
        expect(sweep.cell(*place)).to_be_focused()
        expect(sweep.cell(*place)).to_have_attribute("aria-checked", "true")
    sweep.page.keyboard.press("Enter")
    expect(sweep.runs.first).to_be_focused()
    sweep.page.keyboard.press("Enter")
    sweep.page.locator('[data-role="player"][data-frame="6"]').wait_for(timeout=READY)


def test_cancel_drops_what_waits_and_keeps_what_is_done(sweep):
    sweep.open(LONG)
    if sweep.page.locator(".st-key-run_sweep").count():
        sweep.press("run_sweep")
    sweep.page.wait_for_function(
        "(root) => Number(root.dataset.done) >= 3", arg=sweep.root.element_handle(), timeout=READY
    )
    sweep.press("cancel_sweep")
    sweep.ends("cancelled")
    done = int(sweep.root.get_attribute("data-done"))
    assert 3 <= done < 200
    expect(sweep.cell(0, 3)).to_have_attribute("data-state", "waiting")
    expect(sweep.page.locator(".st-key-run_sweep")).to_be_visible()
    assert int(sweep.root.get_attribute("data-done")) == done


def test_views_are_chosen_and_survive_a_reload_with_the_link(sweep):
    sweep.open(SMALL).ends()
    sweep.root.get_by_role("button", name="Strips").click()
    expect(sweep.root).to_have_attribute("data-view", "strips")
    sweep.page.wait_for_url(re.compile("view=strips"))
    sweep.page.reload()
    sweep.ends()
    expect(sweep.root).to_have_attribute("data-view", "strips")
    expect(sweep.root).to_have_attribute("data-total", "12")
    expect(sweep.root.locator('[data-role="cell"]')).to_have_count(4)


def test_pictures_and_the_table_are_saved_with_what_they_show(sweep):
    sweep.open(SMALL).ends()
    svg = sweep.saved("SVG").read_text("utf-8")
    assert "Backprop Playground" in svg
    assert "var(" not in svg
    assert sweep.saved("PNG").read_bytes().startswith(b"\x89PNG")
    page = sweep.saved("HTML").read_text("utf-8")
    assert "median test loss" in page
    assert "Backprop Playground" in page
    lines = sweep.saved("CSV").read_text("utf-8").splitlines()
    assert len(lines) == 1 + 12
    assert lines[0].startswith("Activation,Learning rate,seed,epoch,train_loss")


def test_a_preset_begins_with_one_press_and_a_value_can_be_added(sweep):
    sweep.open(SMALL).ends()
    sweep.page.locator('[data-action="preset"][data-name="batch"]').click()
    expect(sweep.root).to_have_attribute("data-total", "45")
    sweep.ends()
    expect(sweep.root.locator('[data-role="cell"]')).to_have_count(9)


def test_a_press_is_answered_while_runs_are_trained(sweep):
    sweep.open(LONG)
    if sweep.page.locator(".st-key-run_sweep").count():
        sweep.press("run_sweep")
    sweep.ends("running")
    sweep.page.locator('[data-role="sweep"][data-state="running"]:not([data-done="0"])').wait_for()
    sweep.root.get_by_role("button", name="Heatmap").click()
    expect(sweep.root).to_have_attribute("data-view", "heatmap")
    sweep.press("cancel_sweep")
    sweep.ends("cancelled")


def test_a_cell_that_is_pressed_while_pictures_come_is_chosen(sweep):
    sweep.open(LONG)
    if sweep.page.locator(".st-key-run_sweep").count():
        sweep.press("run_sweep")
    sweep.page.locator('[data-role="sweep"][data-state="running"]:not([data-done="0"])').wait_for()
    place = sweep.cell(0, 3).evaluate("(cell) => cell.getBoundingClientRect().toJSON()")
    sweep.page.mouse.move(place["x"] + 20, place["y"] + 40)
    sweep.page.mouse.down()
    drawn = sweep.cell(0, 3).element_handle()
    sweep.page.wait_for_timeout(1200)  # two pictures come
    assert drawn.evaluate("(cell) => cell.isConnected")
    sweep.page.mouse.up()
    expect(sweep.cell(0, 3)).to_have_attribute("aria-checked", "true")
    done = sweep.root.get_attribute("data-done")
    expect(sweep.root).not_to_have_attribute("data-done", done)
    sweep.press("cancel_sweep")


def test_what_the_picture_says_is_heard_too(sweep):
    sweep.open(SMALL).ends()
    expect(sweep.root.get_by_role("radiogroup")).to_have_accessible_name("Median run of each cell")
    for row in range(2):
        for column in range(2):
            expect(sweep.cell(row, column)).to_have_accessible_name(re.compile("median test loss"))
    assert json.loads(sweep.root.get_by_role("progressbar").get_attribute("aria-valuenow")) == 12
