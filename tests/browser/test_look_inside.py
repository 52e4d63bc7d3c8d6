"""Opening the network: hovering, editing, sharing and saving, in a real browser."""

import re
import struct
from itertools import pairwise
from urllib.parse import urlsplit

from tests.browser.test_playground import expect

FORMULA = ".detail"
WEIGHT = '[data-role="weight-value"]'
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def neuron(playground, l, j):
    return playground.root.get_by_role("button", name=f"Hidden {l}, neuron {j}", exact=True)


def test_hovering_a_neuron_shows_its_formula_with_numbers_at_once_and_also_while_it_plays(playground):
    neuron(playground, 1, 3).hover()
    detail = playground.root.locator(FORMULA)
    expect(detail).to_contain_text("Hidden 1 · neuron 3")
    expect(detail).to_contain_text(re.compile(r"a = tanh\(−?\d\.\d{4}\) ≈ −?\d\.\d{4}"))
    heading = playground.root.locator(".map-head h2")
    expect(heading).to_have_text("Hidden 1 · neuron 3")
    playground.press("play")
    neuron(playground, 2, 1).hover()
    expect(detail).to_contain_text("Hidden 2 · neuron 1")
    playground.until("shown.frame > 20")
    playground.pause()


def test_a_neurons_formula_is_reached_by_keyboard_and_its_weights_from_there(playground):
    neuron(playground, 1, 2).focus()
    detail = playground.root.locator(FORMULA)
    expect(detail).to_contain_text("Hidden 1 · neuron 2")
    playground.page.keyboard.press("Enter")
    expect(detail).to_contain_text("Gradient ∂L/∂w")
    expect(detail).to_contain_text("Over all 250 training points")
    playground.page.keyboard.press("Escape")
    expect(detail).to_contain_text("Hidden 1 · neuron 2")


def open_weight(playground):
    """The first weight into hidden 1, neuron 1, ready to be typed."""
    neuron(playground, 1, 1).focus()
    playground.page.keyboard.press("Enter")
    playground.page.keyboard.press("Enter")
    field = playground.root.locator(WEIGHT)
    expect(field).to_be_focused()
    return field


def test_a_weight_can_be_typed_and_taken_back_and_everything_follows(playground):
    playground.play_until("shown.frame >= 30")
    before = playground.pause()
    field = open_weight(playground)
    field.fill("4.5")
    field.press("Enter")
    edited = playground.until("shown.train !== given.loss", loss=before.train_loss)
    assert (edited.frame, edited.epoch) == (before.frame, before.epoch)
    expect(playground.figure("weights", before.epoch)).to_contain_text("+4.50")
    playground.root.locator('[data-action="undo"]').first.click()
    assert playground.until("shown.train !== given.loss", loss=edited.train_loss).losses == before.losses


def test_a_typed_weight_that_is_no_number_gets_one_sentence_and_changes_nothing(playground):
    before = playground.shown()
    field = open_weight(playground)
    for nonsense in ("1e", "-"):
        field.press("ControlOrMeta+a")
        field.press_sequentially(nonsense)
        field.press("Enter")
        expect(playground.root.locator('.detail [role="alert"]')).to_contain_text(
            "A weight must be a number, like 0.5, 1.2e-3 or 1/3."
        )
        field.click()
    playground.page.keyboard.press("Escape")
    assert playground.shown() == before


def test_arrows_step_a_weight_from_what_is_typed_and_from_where_it_is(playground):
    field = open_weight(playground)
    field.fill("1/2")
    field.press("ArrowUp")
    expect(field).to_have_value("0.6000")
    for _ in range(3):
        field.press("ArrowDown")
    expect(field).to_have_value("0.3000")
    expect(field).to_be_focused()


def test_a_frozen_weight_says_so_and_stays_while_the_others_train(playground):
    field = open_weight(playground)
    value = field.input_value()
    playground.root.locator('[data-action="freeze"]').first.click()
    expect(playground.root.locator(".detail .frozen")).to_have_text("frozen")
    playground.page.keyboard.press("Escape")
    playground.play_until("shown.frame >= 30")
    playground.pause()
    assert field.input_value() == value


def test_rewinding_and_playing_again_shows_the_very_same_losses(playground):
    playground.choose("optimizer", "Adam")
    playground.watch()
    playground.play_until("shown.frame >= 60")
    playground.pause()
    first = {frame: losses for frame, _, *losses in playground.watched()}
    playground.root.locator('[data-role="scrubber"]').fill("20")
    playground.until("shown.frame === 20")
    playground.watch()
    playground.play_until("shown.frame >= 50")
    playground.pause()
    again = {frame: losses for frame, _, *losses in playground.watched()}
    assert all(again[frame] == first[frame] for frame in range(25, 50))


def test_a_stop_condition_stops_and_says_why(playground):
    playground.open_more()
    playground.type("stop_epoch", "12")
    playground.page.wait_for_url("**/*stope=12*")
    playground.close_more()
    playground.press("play")
    playground.until("shown.epoch === 12 && !shown.playing")
    expect(playground.root.get_by_role("status")).to_contain_text("Stopped at epoch 12")


def test_divergence_stops_with_one_sentence_and_can_be_rewound(visit):
    playground = visit("/?act=relu~relu&out=linear&loss=mse&lr=10")
    playground.press("play")
    playground.until("!shown.playing && shown.frame > 0")
    expect(playground.root.get_by_role("status")).to_contain_text("grew beyond all bounds")
    at = playground.shown()
    playground.press("step-back")
    playground.until("shown.frame === given.frame", frame=at.frame - 1)


def test_mini_batches_are_steps_of_their_own(playground):
    playground.open_more()
    with playground.taking():
        playground.choose("unit", "mini-batches")
    playground.close_more()
    playground.press("step")
    playground.until("shown.frame === 1 && Math.abs(shown.epoch - 0.04) < 1e-9")


def test_the_link_in_the_address_bar_rebuilds_the_same_run(visit):
    playground = visit("/")
    with playground.taking():
        playground.page.locator('[data-action="dataset"][data-name="spiral"]').click()
    with playground.taking():
        playground.choose("optimizer", "Adam")
    with playground.taking():
        playground.press("new-weights")
    playground.page.wait_for_url("**/?data=spiral&noise=0.1&seed=1&opt=adam*")
    playground.press("step")
    losses = playground.until("shown.frame === 1").losses
    other = visit("/?" + urlsplit(playground.page.url).query)
    other.press("step")
    assert other.until("shown.frame === 1").losses == losses


def test_a_link_that_cannot_be_read_opens_the_default_and_says_so(visit):
    playground = visit("/?net=99")
    assert playground.widths() == [4, 2]
    expect(playground.root.get_by_role("status")).to_contain_text("The link can't be opened")


def test_the_picture_has_three_times_the_pixels_of_the_player_without_the_closed_views(playground):
    box, closed = (playground.root.locator(part).bounding_box() for part in (".panel", ".inside"))
    with playground.page.expect_download() as download:
        playground.press("save-png")
    picture = download.value
    assert picture.suggested_filename == "backprop-circle-2-4-2-1-epoch-0.png"
    head = picture.path().read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    assert (width, height) == (round(3 * box["width"]), round(3 * (box["height"] - closed["height"])))


def test_a_narrow_player_saves_a_wide_picture_and_stays_narrow(playground):
    playground.page.set_viewport_size({"width": 1024, "height": 768})
    playground.page.wait_for_function("root => root.clientWidth < 720", arg=playground.root.element_handle())
    before = playground.root.locator(".panel").bounding_box()
    with playground.page.expect_download() as download:
        playground.press("save-png")
    head = download.value.path().read_bytes()[:24]
    width, height = struct.unpack(">II", head[16:24])
    assert width == 3 * 1028
    assert height < width * 0.7, "as low as the window asks for"
    assert playground.root.locator(".panel").bounding_box() == before


def test_nothing_moves_while_numbers_change_or_something_is_hovered(playground):
    places = """root => [...root.querySelectorAll(".transport button, .metric, .map, .curve, .inspector, h2")]
      .map(part => { const box = part.getBoundingClientRect(); return [box.x, box.y, box.height]; })"""
    before = playground.root.evaluate(places)
    playground.play_until("shown.frame >= 40")
    neuron(playground, 1, 1).hover()
    assert playground.root.evaluate(places) == before
    playground.pause()


def test_the_parts_of_the_player_do_not_overlap_on_a_phone(visit):
    playground = visit(**PHONE)
    boxes = playground.root.evaluate(
        """root => [".transport", ".timeline", ".map", ".curve", ".stage", ".inspector"].map(part => {
          const box = root.querySelector(part).getBoundingClientRect();
          return [part, box.left, box.top, box.right, box.bottom];
        })"""
    )
    for (part, left, _, right, bottom), (following, _, top, _, _) in pairwise(boxes):
        assert bottom <= top + 1, (part, following)
        assert left >= 0, part
        assert right <= 390, part


def test_a_preset_opens_and_is_named_until_something_is_changed(playground):
    playground.choose("preset", "Three arms")
    playground.until("shown.frame === 0")
    expect(playground.layer(1)).to_have_attribute("data-width", "8")
    expect(playground.control("confusion_test")).to_be_visible()
    playground.press("new-weights")
    expect(playground.control("preset").locator("input")).to_have_attribute("placeholder", "your own")
