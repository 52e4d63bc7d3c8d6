"""What a screen reader is told, and each page's main job done by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


HEAR = """region => {
  region.heard = [];
  const hear = () => { if (region.textContent) region.heard.push(region.textContent); };
  new MutationObserver(hear).observe(region, { childList: true });
}"""
HEARD = """async (region, count) => {
  while (region.heard.length < count) await new Promise(requestAnimationFrame);
  return region.heard;
}"""


def spoken(root):
    """The polite live region of a view."""
    return root.locator('[data-role="spoken"]')


def losses_shown(playground):
    """Epoch and losses as they stand above the diagram, as one sentence has them."""
    shown = playground.root.locator(".metrics").inner_text()
    train, test = re.findall(r"loss\s+([\d.]+)", shown)
    return f"training loss {train}, test loss {test}."


def test_the_player_says_once_where_it_was_paused_and_nothing_while_it_plays(playground):
    region = spoken(playground.root)
    expect(region).to_be_empty()
    playground.play_until("shown.frame > 20")
    expect(region).to_be_empty()
    epoch = playground.pause().epoch
    expect(region).to_have_text(f"Paused at epoch {epoch}: {losses_shown(playground)}")


def test_the_player_says_each_step_scrub_and_reset_where_it_comes_to_rest(playground):
    region, page = spoken(playground.root), playground.page
    for key, epoch in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        playground.until("shown.epoch === given.epoch", epoch=epoch)
        expect(region).to_have_text(f"Epoch {epoch}: {losses_shown(playground)}")
    scrubber = playground.root.locator('[data-role="scrubber"]')
    expect(scrubber).to_have_attribute("aria-valuetext", "epoch 1")
    scrubber.press("Home")
    playground.until("shown.epoch === 0")
    expect(region).to_have_text(f"Epoch 0: {losses_shown(playground)}")
    region.evaluate(HEAR)
    for count in (1, 2):  # where nothing changes, a press is answered too
        playground.press("reset")
        heard = region.evaluate(HEARD, count)
        assert heard == count * [f"Reset to epoch 0: {losses_shown(playground)}"]


@pytest.mark.parametrize("plays", [False, True])
def test_a_data_set_that_is_chosen_is_answered_by_one_sentence(playground, plays):
    region, root = spoken(playground.root), playground.root
    if plays:
        playground.play_until("shown.frame > 20")
    for live in (region, playground.notice):
        live.evaluate(HEAR)
    with playground.taking():
        playground.page.locator('[data-action="dataset"][data-name="xor"]').click()
    expect(playground.notice).to_have_text("New network from seed 0, at epoch 0.")
    playground.page.wait_for_timeout(1000)  # longer than the player waits before it speaks
    assert region.evaluate("region => region.heard") == []
    assert playground.notice.evaluate("region => region.heard") == ["New network from seed 0, at epoch 0."]
    root.press("ArrowRight")
    expect(region).to_have_text(re.compile("^Epoch 1: "))


def test_what_is_said_of_a_neuron_follows_the_step(playground):
    region, page = spoken(playground.root), playground.page
    neuron = playground.root.get_by_role("button", name="Hidden 1, neuron 1")
    neuron.focus()
    page.keyboard.press("Enter")
    expect(region).to_have_text(re.compile(r"^Weight.*: [+−]\d"))
    before = region.inner_text()
    page.keyboard.press("ArrowRight")
    expect(region).to_have_text(
        re.compile(r"^Epoch 1: training loss [\d.]+, test loss [\d.]+\. Weight.*: [+−]\d")
    )
    assert before not in region.inner_text()


def test_map_and_curve_say_what_they_show_and_have_their_numbers_in_tables(playground):
    playground.play_until("shown.epoch > 30")
    epoch = playground.pause().epoch
    curve = playground.root.get_by_role("img", name=re.compile("^Loss by epoch"))
    expect(curve).to_have_attribute("aria-label", re.compile(rf"from .* to .* at epoch {epoch}\.$"))
    expect(playground.root.locator(".plot")).to_have_attribute(
        "aria-label", re.compile("^Output over the plane")
    )
    table = playground.root.get_by_role(
        "table", name=re.compile(rf"^Loss by epoch: 20 of {epoch + 1} frames$")
    )
    expect(table.get_by_role("row")).to_have_count(21)
    expect(playground.root.get_by_role("table", name=re.compile("^Output at 5 × 5 places"))).to_have_count(1)


@pytest.fixture
def stage(empty_page, server):
    """The page of gradient descent, once its stage is drawn."""
    page = empty_page()
    page.goto(server.origin + "/gradient-descent")
    page.locator('[data-role="stage"][data-step]').wait_for()
    return page.locator('[data-role="stage"]')


def place_shown(stage):
    """What stands below the plane, as one sentence has it."""
    x, f, norm = stage.locator(".place span").all_inner_texts()
    last = stage.locator('[data-show="of"]').inner_text()
    return f"{last}: {x}, {f}, norm of the gradient = {norm.partition(' = ')[2]}."


def test_gradient_descent_is_done_by_the_keyboard_alone_and_says_where_it_stands(stage):
    page, region = stage.page, spoken(stage)
    expect(region).to_be_empty()
    eta = stage.get_by_role("slider", name="Step size")
    expect(eta).to_have_attribute("aria-valuetext", "0.200, zig-zag")
    eta.focus()
    page.keyboard.press("ArrowLeft")
    expect(eta).to_have_attribute("aria-valuetext", "0.199, zig-zag")
    expect(eta).to_be_focused()
    start = stage.get_by_role("slider", name="Start")
    expect(start).to_have_attribute("aria-valuetext", "(3, 3)")
    start.focus()
    page.keyboard.press("ArrowLeft")
    expect(start).not_to_have_attribute("aria-valuetext", "(3, 3)")
    expect(start).to_be_focused()
    expect(region).to_have_text(f"Step 0 {place_shown(stage)}")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    expect(region).to_have_text(f"Step 1 {place_shown(stage)}")
    page.keyboard.press("Space")
    expect(region).to_be_empty()
    expect(region).to_have_text(re.compile(r"^Ended at step (\d+) of \1: "), timeout=40_000)
    page.keyboard.press("Shift+R")
    expect(region).to_have_text(f"Step 0 {place_shown(stage)}")
    curves = stage.get_by_role("img", name=re.compile(r"^Steps 0 to \d+ on a logarithmic scale: f from"))
    expect(curves).to_have_count(1)
    for table in ("Theory", "Race from"):
        rows = stage.get_by_role("table", name=table).get_by_role("row")
        expect(rows.first.get_by_role("rowheader")).to_have_count(1)


@pytest.fixture
def board(empty_page, server):
    """The backprop page with a network of 2, 2 and 2 neurons, once its board is drawn."""
    page = empty_page()
    page.goto(server.origin + "/backprop?net=classic")
    page.locator('[data-role="board"][data-step]').wait_for()
    return page.locator('[data-role="board"]')


def test_backprop_is_walked_and_answered_by_the_keyboard_alone(board):
    page, region = board.page, spoken(board)
    expect(region).to_be_empty()
    board.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    expect(region).to_have_text(re.compile(r"^Forward 2: .*\. Result"))
    back = board.get_by_role("button", name="Back", exact=True)
    back.focus()
    page.keyboard.press("Enter")
    expect(region).to_have_text(re.compile(r"^Forward 1: .*\. Result"))
    expect(back).to_be_disabled()
    expect(board.get_by_role("button", name="Next")).to_be_focused()
    result = board.get_by_role("table", name="result")
    cells = result.get_by_role("row").first.get_by_role("cell")
    assert cells.count() > 1
    second = result.get_by_role("button", name=re.compile("^1, 2: "))
    second.focus()
    page.keyboard.press("Enter")
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(second).to_be_focused()
    expect(region).to_have_text(re.compile(r"(Chosen is|at) 1, 2: [+−]?\d"))
    assert "grid" not in board.aria_snapshot()


def test_what_is_wider_than_its_room_is_scrolled_by_the_keyboard(empty_page, server):
    page = empty_page(viewport={"width": 390, "height": 844})
    page.goto(server.origin + "/backprop?net=seed004_mlp&step=z1")
    page.locator('[data-role="board"][data-step]').wait_for()
    lines = page.locator('[data-role="board"] .eqn[tabindex="0"]')
    expect(lines.first).to_be_visible()
    lines.first.focus()
    expect(lines.first).to_be_focused()
    assert lines.first.evaluate("node => node.scrollWidth > node.clientWidth")


def test_an_answer_is_typed_and_judged_by_the_keyboard_alone(board):
    page = board.page
    page.get_by_role("textbox", name="Your answer").focus()
    page.keyboard.type("12345")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Not yet")


def test_the_playground_is_worked_by_the_keyboard_alone(playground):
    page, root = playground.page, playground.root
    for key, action in (("Space", "play"), ("Space", "pause")):
        page.keyboard.press(key)
        playground.until("shown.playing === given.playing", playing=action == "play")
    page.keyboard.press("ArrowRight")
    select = root.get_by_role("combobox", name="Activation of hidden layer 1")
    with playground.taking():
        select.focus()
        page.keyboard.type("Re")
    expect(select).to_be_focused()
    expect(select).to_have_value("relu")
    fewer = root.get_by_role("button", name="One neuron fewer in hidden layer 2")
    fewer.focus()
    with playground.taking():
        page.keyboard.press("Enter")
    expect(root.get_by_role("button", name="One neuron more in hidden layer 2")).to_be_focused()
    root.get_by_role("button", name="Hidden 1, neuron 2").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(spoken(root)).to_have_text(re.compile(r"^Weight.*: [+−]\d"))
    page.keyboard.press("Escape")
    scrubber = root.get_by_role("slider", name="Frame")
    scrubber.focus()
    page.keyboard.press("Home")
    expect(scrubber).to_have_attribute("aria-valuetext", "epoch 0")


def test_after_a_choice_in_a_popover_space_plays_and_the_focus_stays_there(playground):
    page = playground.page
    playground.open_more()
    box = playground.control("initializer").get_by_role("combobox")
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    with playground.taking():
        page.keyboard.press("Enter")
    expect(playground.control("initializer").locator('[data-testid="stSelectbox"]:focus')).to_have_count(1)
    page.keyboard.press("Space")
    playground.until("shown.playing")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(playground.control("seed")).to_be_visible()


def test_a_landscape_is_read_by_the_keyboard_alone(empty_page, server):
    page = empty_page()
    page.goto(server.origin + "/loss-landscape")
    page.locator('[data-role="landscape"][data-working="0"]').wait_for(timeout=60_000)
    picture = page.get_by_role(
        "img", name=re.compile(r"^Level curves and path, frame 60: colours .* 0\.0\d+ to")
    )
    expect(picture).to_have_count(1)
    cameras = page.get_by_role("button", name=re.compile("^Download plot as a PNG: "))
    expect(cameras).to_have_count(4)
    assert len({camera.get_attribute("aria-label") for camera in cameras.all()}) == 4
    summary = page.locator("summary", has_text="Numbers: Level curves")
    summary.focus()
    page.keyboard.press("Space")
    table = page.get_by_role("table", name="Level curves and path, frame 60")
    expect(table.get_by_role("row")).to_have_count(21)
    slider = page.get_by_role("slider", name="Frame")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    region = page.locator('[data-role="spoken"]')
    expect(region).to_have_text(
        re.compile(r"^Frame 59\. The path: true loss .* at frame 59, where the plane"), timeout=40_000
    )
    expect(page.get_by_role("table", name="Level curves and path, frame 59")).to_be_visible()
