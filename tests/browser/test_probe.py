"""The probe in a real browser: mouse, touch, keys and typing move it, and its numbers are the engine's."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from engine import Experiment, apply_features, replay
from engine.runs.run import Run
from tests.browser.test_playground import expect

XOR = Experiment(dataset="xor", hidden=(4, 2), activations=("tanh", "tanh"))
FIVE = Experiment().changed(dataset="seed_004")


def numbers(root, name):
    """The numbers of an attribute, once the server has answered for the probe's present place."""
    expect(root).to_have_attribute(f"data-{name}", re.compile(r".+"))
    return [float(part) for part in root.get_attribute(f"data-{name}").split(",")]


def field(root, k):
    return root.locator(f'[data-role="probe-input"][data-index="{k}"]')


def typed(root, k, text):
    field(root, k).fill(text)
    field(root, k).press("Enter")


def has_moved(root, *point):
    """Wait until the network's inputs at the probe are these."""
    pattern = ",".join(
        rf"{value:.2f}".rstrip("0").rstrip(".").replace(".", r"\.") + r"\d*" for value in point
    )
    expect(root).to_have_attribute("data-inputs", re.compile(f"^{pattern}$"))
    return numbers(root, "inputs")


def holds(playground, experiment):
    """What is shown at the probe is what Network.predict says there at the shown frame."""
    root, frame = playground.root, playground.shown().frame
    timeline = replay(Run(experiment))
    for _ in range(frame):
        timeline.advance()
    output = timeline.trainer.net.predict([numbers(root, "inputs")])[0]
    np.testing.assert_array_equal(numbers(root, "output"), output)
    printed = root.locator(".probe .saying b").all_inner_texts()
    digits = 4 if len(output) == 1 else 3
    assert [text.replace("−", "-").lstrip("+") for text in printed] == [f"{v:.{digits}f}" for v in output]


def pixel(playground, x1, x2, domain=6):
    box = playground.root.locator(".plot").bounding_box()
    side = box["width"]
    return box["x"] + (x1 + domain) / (2 * domain) * side, box["y"] + (domain - x2) / (2 * domain) * side


def test_typed_clicked_dragged_and_stepped_the_probe_says_what_predict_says(visit):
    playground = visit("/?" + XOR.to_link())
    root, page, mouse = playground.root, playground.page, playground.page.mouse
    playground.play_until("shown.frame >= 20")
    playground.pause()

    typed(root, 0, "1")
    typed(root, 1, "1,0")
    assert has_moved(root, 1, 1) == [1, 1]
    holds(playground, XOR)
    root.get_by_role("button", name="Output, neuron 1").hover()
    expect(root.locator(".detail")).to_contain_text("✛ (1.00, 1.00)")
    output = root.locator(".probe .saying b").inner_text().lstrip("+")
    expect(root.locator(".detail .eq").last).to_contain_text(output)

    mouse.click(*pixel(playground, -5.8, 0))  # where no data point is
    x1, x2 = has_moved(root, -5.8, 0)
    assert abs(x1 + 5.8) < 0.05
    holds(playground, XOR)

    mouse.move(*pixel(playground, x1, x2))
    mouse.down()
    mouse.move(*pixel(playground, 0, 3), steps=4)
    mouse.move(*pixel(playground, 2, 3), steps=4)
    mouse.up()
    expect(field(root, 0)).to_have_value(re.compile(r"^(1\.9|2\.0)"))
    assert [round(value) for value in numbers(root, "inputs")] == [2, 3]
    holds(playground, XOR)

    typed(root, 0, "2")
    typed(root, 1, "3")
    has_moved(root, 2, 3)
    handle, frame = root.get_by_role("slider", name="Probe"), playground.shown().frame
    handle.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    assert has_moved(root, 1, 3.2) == [1, 3.2]
    assert playground.shown().frame == frame, "arrows move the probe, not the frame"
    expect(handle).to_have_attribute(
        "aria-valuetext", re.compile(r"^\(1\.00, 3\.20\): output .+, class .1, loss")
    )
    expect(root.locator('[data-role="spoken"]')).to_contain_text("Probe at x₁ 1.00, x₂ 3.20: output")
    holds(playground, XOR)


def test_the_loss_follows_the_target_and_a_data_point_is_used_with_its_class(visit):
    playground = visit("/?" + XOR.to_link())
    root = playground.root
    net, target = XOR.network(), root.locator('[data-role="probe-target"]')
    for value, y in (("0", 1), ("1", -1)):
        target.select_option(value)
        point = apply_features([numbers(root, "inputs")], XOR.features)
        loss = net.loss(net.forward(point), [[y]], XOR.loss)
        expect(root.locator(".probe .loss")).to_have_text(f"{loss:.4f}")
    use = root.get_by_role("button", name="Use point")
    expect(use).to_be_disabled()
    root.locator(".plot").focus()
    playground.page.keyboard.press("]")
    playground.page.keyboard.press("Enter")
    data = XOR.data()
    X, classes = np.concatenate((data.X, data.X_test)), np.concatenate((data.target, data.target_test))
    nearest = int(np.argmin(np.linalg.norm(X, axis=1)))
    expect(root).to_have_attribute("data-inputs", ",".join(map(str, X[nearest].tolist())))
    expect(target).to_have_value(str(int(classes[nearest])))
    far = int(np.argmax(np.linalg.norm(X, axis=1)))
    playground.page.mouse.click(*pixel(playground, *X[far]))
    use.click()
    expect(root).to_have_attribute("data-inputs", ",".join(map(str, X[far].tolist())))
    holds(playground, XOR)


def test_five_coordinates_are_typed_and_the_map_shows_the_slice_through_them(visit):
    playground = visit("/?" + FIVE.to_link())
    root = playground.root
    expect(root.locator('[data-role="probe-input"]')).to_have_count(5)
    for k, text in enumerate(["-8", "1", "−3", "10/2", "2e0"]):
        typed(root, k, text)
    assert has_moved(root, -8, 1, -3, 5, 2) == [-8, 1, -3, 5, 2]
    expect(root.locator(".probe .note")).to_have_text("")
    expect(root.locator(".held output")).to_have_text(["−3.0", "5.0", "2.0"])
    holds(playground, FIVE)
    playground.press("step")
    playground.until("shown.frame === 1")
    holds(playground, FIVE)
    playground.page.mouse.click(*pixel(playground, 4, -4, domain=9))
    expect(field(root, 0)).to_have_value(re.compile(r"^(3\.9|4\.0)"))
    assert numbers(root, "inputs")[2:] == [-3, 5, 2]
    holds(playground, FIVE)


def test_what_is_typed_and_is_no_number_gets_one_sentence_and_moves_nothing(playground):
    root = playground.root
    before = numbers(root, "inputs")
    typed(root, 0, "left")
    expect(playground.notice).to_have_text("x₁ must be a number, like 0.5, 1.2e-3 or 1/3. Got 'left'.")
    expect(field(root, 0)).to_have_value("1.60")
    assert numbers(root, "inputs") == before


def test_it_moves_while_it_plays_and_its_numbers_are_exact_again(visit):
    playground = visit("/?" + XOR.to_link())
    root = playground.root
    playground.play_until("shown.frame >= 5")
    typed(root, 0, "-1.25")
    has_moved(root, -1.25, -2.2)
    frame = playground.shown().frame
    playground.until("shown.frame >= given.frame + 45", frame=frame)
    numbers(root, "output")
    playground.pause()
    holds(playground, XOR)
    playground.root.locator('[data-role="scrubber"]').press("Home")
    playground.until("shown.frame === 0")
    holds(playground, XOR)


def test_the_probe_survives_a_reload_and_the_copied_link_brings_it(visit, context_of):
    playground = visit("/?" + XOR.to_link())
    root, page = playground.root, playground.page
    typed(root, 0, "0.5")
    typed(root, 1, "-4")
    root.locator('[data-role="probe-target"]').select_option("1")
    has_moved(root, 0.5, -4)
    page.wait_for_function(
        "() => (sessionStorage.getItem(Object.keys(sessionStorage).find(k => "
        "sessionStorage.getItem(k).includes('checkpoint'))) || '').includes('\"target\":1')"
    )
    page.reload()
    root.wait_for()
    has_moved(root, 0.5, -4)
    expect(root.locator('[data-role="probe-target"]')).to_have_value("1")
    page.evaluate(
        "() => { navigator.clipboard.write = async items => { "
        "window.copied = await (await items[0].getType('text/plain')).text(); }; }"
    )
    playground.press("copy-link")
    page.wait_for_function("() => window.copied")
    query = parse_qs(urlsplit(page.evaluate("() => window.copied")).query)
    assert (query["probe"], query["probe_target"]) == (["0.5~-4"], ["1"])


@pytest.mark.parametrize("by", ["tap", "drag"])
def test_a_finger_moves_it_by_a_tap_or_by_its_handle(visit, by):
    playground = visit(
        "/?" + XOR.to_link(), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    root, page = playground.root, playground.page
    root.locator(".plot").scroll_into_view_if_needed()
    if by == "tap":
        page.touchscreen.tap(*pixel(playground, 0, 5.8))
        assert [round(value) for value in has_moved(root, 0, 5.8)] == [0, 6]
    else:
        session = page.context.new_cdp_session(page)
        start, end = pixel(playground, 1.6, -2.2), pixel(playground, -3, 3)
        for kind, place in (("touchStart", start), ("touchMove", end), ("touchEnd", None)):
            points = [{"x": place[0], "y": place[1]}] if place else []
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        expect(field(root, 0)).to_have_value(re.compile(r"^−(3\.0|2\.9)"))
        assert [round(value) for value in numbers(root, "inputs")] == [-3, 3]
    holds(playground, XOR)


def test_the_figures_above_make_room_for_the_second_line_of_a_probe_with_many_classes(playground):
    root = playground.root
    expect(root).to_have_attribute("data-strip", "one")
    playground.page.locator('[data-action="dataset"][data-name="blobs"]').click()
    expect(root).to_have_attribute("data-strip", "two")
    stage, network = (root.locator(part) for part in (".stage", "canvas.network"))
    height = "one => one.clientHeight"
    playground.page.wait_for_function(
        "([network, stage]) => network.clientHeight <= stage.clientHeight",
        arg=[network.element_handle(), stage.element_handle()],
    )
    assert network.evaluate(height) == stage.evaluate(height)


@pytest.mark.parametrize("experiment", [XOR, FIVE], ids=["two inputs", "five inputs, softmax"])
def test_worked_on_the_page_for_that_the_point_has_the_numbers_of_the_probes_line(visit, experiment):
    playground = visit("/?" + experiment.to_link())
    root, page = playground.root, playground.page
    root.locator('[data-role="probe-target"]').select_option("1")
    typed(root, 0, "0.7")
    expect(root).to_have_attribute("data-inputs", re.compile(r"^0\.7,"))
    playground.play_until("shown.frame >= 5")
    root.get_by_role("button", name="Work this point").click()  # it pauses
    board = page.locator('[data-role="board"][data-step]')
    board.wait_for()
    expect(page).to_have_url(re.compile(r"/backprop\?.*at_probe=1"))
    expect(page.locator(".st-key-sample").get_by_role("combobox")).to_have_value("the probe")
    layers = len(experiment.dims) - 1
    for step in [f"{symbol}{l}" for l in range(1, layers + 1) for symbol in "za"][1:]:
        board.locator('[data-action="next"]').click()
        expect(board).to_have_attribute("data-step", step)
    result = board.locator('[data-row="result"] [role="cell"]')
    said, loss = result.all_inner_texts(), board.get_attribute("data-loss-before")
    expect(page).to_have_url(re.compile(f"step=a{layers}"))
    page.reload()
    expect(board).to_have_attribute("data-loss-before", loss, timeout=30_000)  # the tab hands over the run
    expect(result).to_have_text(said)
    page.get_by_role("link", name="Playground").first.click()
    root.wait_for()
    numbers(root, "output")
    printed = root.locator(".probe .saying b").all_inner_texts()
    decimals = 4 if len(said) == 1 else 3
    worked, short = ([float(text.replace("−", "-")) for text in texts] for texts in (said, printed))
    assert [f"{value:.{decimals}f}" for value in worked] == [f"{value:.{decimals}f}" for value in short]
    expect(root.locator(".probe .loss")).to_have_text(f"{float(loss):.4f}")
