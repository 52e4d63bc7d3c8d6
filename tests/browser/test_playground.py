"""The playground as a person uses it, in a real browser."""

import re

import pytest

PAUSE_LASTS = 40  # drawings of the browser; in that time the player would play about 20 frames

DRAWN = """(root, selector) => {
  const canvas = root.querySelector(selector), { width, height } = canvas;
  const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, width, height).data.buffer);
  return new Set(pixels).size;
}"""

PLAYS_AND_FREEZES = """async root => {
  const button = root.querySelector('[data-action="pause"]'), at = root.dataset.frame;
  button.click();
  for (let k = 0; k < 40; k++) await new Promise(requestAnimationFrame);
  return [at, root.dataset.frame];
}"""


def expect(locator):
    from playwright.sync_api import expect as playwright_expect

    return playwright_expect(locator)


def test_the_page_opens_with_network_and_data_in_view(playground):
    assert playground.shown().frame == playground.shown().epoch == 0
    assert playground.widths() == [4, 2]
    assert playground.root.evaluate(DRAWN, ".network") > 50
    assert playground.root.evaluate(DRAWN, ".plot") > 50
    box = playground.root.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    for key in ("controls", "data"):
        expect(playground.control(key)).to_be_in_viewport()


def test_training_is_played_paused_stepped_and_rewound(playground):
    first = playground.shown()
    playground.watch()
    playground.press("play")
    playground.until("shown.playing && shown.frame >= 5")
    expect(playground.root.locator('[data-action="pause"]')).to_be_visible()
    low = playground.until("shown.train < given.half", half=first.train_loss / 2)
    assert low.epoch == low.frame
    assert low.test_loss < first.test_loss
    paused = playground.pause()
    playground.let_frames_pass(PAUSE_LASTS)
    assert playground.shown() == paused
    seen = {frame: (epoch, *losses) for frame, epoch, *losses in playground.watched()}
    assert list(seen) == list(range(1, paused.frame + 1)), "frames were skipped or came twice"
    assert all(epoch == frame for frame, (epoch, *_) in seen.items())

    # The figures below follow to the frame at which the player is paused.
    for key in ("weights", "losses"):
        expect(playground.control(key).locator("svg.main-svg").first).to_be_visible()
    expect(playground.figure("weights", paused.epoch)).to_be_visible()
    assert playground.shown() == paused

    playground.press("step")
    stepped = playground.until("shown.frame > given.frame", frame=paused.frame)
    assert stepped.frame == paused.frame + 1
    assert stepped.losses != paused.losses
    expect(playground.figure("weights", stepped.epoch)).to_be_visible()
    assert playground.shown() == stepped

    playground.press("step-back")
    assert playground.until("shown.frame === given.frame", frame=paused.frame) == paused

    playground.press("reset")
    assert playground.until("shown.frame === 0") == first
    expect(playground.figure("weights", 0)).to_be_visible()
    playground.press("step")
    assert playground.until("shown.frame === 1").losses == seen[1][1:]

    playground.press("new-weights")
    other = playground.until("shown.frame === 0 && shown.train !== given.loss", loss=first.train_loss)
    assert other.epoch == 0
    playground.press("step")
    playground.until("shown.frame === 1")


def test_pause_freezes_at_the_frame_that_is_shown_at_the_press(playground):
    playground.play_until("shown.frame >= 10")
    at, after = playground.root.evaluate(PLAYS_AND_FREEZES)
    assert after == at


def test_speed_and_learning_rate_act_without_a_reset(playground):
    playground.watch()
    playground.play_until("shown.frame >= 10")
    playground.type("speed", "3")
    playground.until("shown.epoch - shown.frame > 20")
    with playground.taking():
        playground.type("learning_rate", "0.005")
    expect(playground.control("learning_rate").locator("input")).to_have_value("0.005")
    with playground.taking():
        playground.choose("optimizer", "Adam")
    at = playground.shown()
    assert at.playing
    playground.until("shown.frame > given.frame + 45", frame=at.frame)
    playground.pause()
    seen = [(frame, epoch) for frame, epoch, *_ in playground.watched()]
    steps = [
        (frame - before, epoch - epoch_before)
        for (before, epoch_before), (frame, epoch) in zip([(0, 0), *seen], seen, strict=False)
    ]
    slow = steps.index((1, 3))
    assert set(steps[:slow]) == {(1, 1)}
    assert set(steps[slow:]) == {(1, 3)}
    expect(playground.control("speed").locator("input")).to_have_value("3")


def test_a_learning_rate_that_is_no_positive_number_gets_one_sentence_and_changes_nothing(playground):
    playground.press("step")
    before = playground.until("shown.frame === 1")
    for wrong in ("abc", "-1"):
        playground.type("learning_rate", wrong)
        expect(playground.refusal("learning_rate")).to_contain_text("Learning rate must be")
        expect(playground.refusal("learning_rate")).to_contain_text(wrong)
        expect(playground.control("learning_rate").locator("input")).to_have_value("0.03")
        assert playground.shown() == before
    assert playground.refusal("learning_rate").inner_text().count(". ") <= 1
    expect(playground.notice).not_to_contain_text("learning_rate")


def test_another_width_makes_a_new_network_and_says_so(playground):
    playground.play_until("shown.frame >= 10")
    playground.layer(1).locator('[data-action="add-neuron"]').click()
    expect(playground.layer(1)).to_have_attribute("data-width", "5")
    assert playground.until("shown.frame === 0").epoch == 0
    expect(playground.notice).to_contain_text("New network")
    playground.layer(2).locator('[data-action="remove-neuron"]').click()
    expect(playground.layer(2)).to_have_attribute("data-width", "1")

    playground.press("step")
    playground.until("shown.frame === 1")
    playground.open_more()
    for key, value in (("width_1", "5"), ("width_2", "1"), ("seed", "0")):
        expect(playground.control(key).locator("input")).to_have_value(value)
    playground.type("width_1", "7")
    expect(playground.layer(1)).to_have_attribute("data-width", "7")
    assert playground.until("shown.frame === 0").epoch == 0
    assert playground.widths() == [7, 1]
    expect(playground.notice).to_contain_text("New network")


def test_the_controls_under_more_show_the_network_as_it_is_after_training(playground):
    playground.play_until("shown.frame >= 5")
    playground.pause()
    expect(playground.figure("weights", playground.shown().epoch)).to_be_visible()
    playground.open_more()
    for key, value in (("width_1", "4"), ("width_2", "2"), ("activation_1", "tanh"), ("seed", "0")):
        expect(playground.control(key).locator("input")).to_have_value(value)
    expect(playground.control("features").locator("button[aria-pressed=true]")).to_have_count(2)


def test_controls_that_were_shown_under_more_undo_nothing_after_it_is_closed(playground):
    playground.open_more()
    playground.close_more()
    first = playground.shown()
    playground.press("new-weights")
    other = playground.until("shown.frame === 0 && shown.train !== given.loss", loss=first.train_loss)
    playground.press("step")
    playground.until("shown.frame === 1")
    playground.press("step-back")
    assert playground.until("shown.frame === 0") == other
    playground.layer(1).locator('[data-action="add-neuron"]').click()
    expect(playground.layer(1)).to_have_attribute("data-width", "5")
    playground.press("step")
    playground.until("shown.frame === 1")
    playground.play_until("shown.frame >= 30")
    assert playground.widths() == [5, 2]


def test_three_classes_get_a_softmax_output_of_three_neurons(playground):
    two_classes = playground.shown()
    playground.choose("dataset", "Spiral, 3 arms")
    expect(playground.control("output_activation").locator("input")).to_have_value("Softmax")
    expect(playground.control("dataset").locator("input")).to_have_value("Spiral, 3 arms")
    expect(playground.root.locator('[data-role="neuron"][data-layer="3"]')).to_have_count(3)
    first = playground.until("shown.frame === 0 && shown.train !== given.loss", loss=two_classes.train_loss)
    assert first.epoch == 0
    playground.play_until("shown.frame >= 20")
    assert playground.root.evaluate(DRAWN, ".plot") > 50


def test_keys_play_pause_step_and_reset(playground):
    first, keyboard = playground.shown(), playground.page.keyboard
    keyboard.press("Space")
    playground.until("shown.playing && shown.frame >= 5")
    keyboard.press("Space")
    paused = playground.until("!shown.playing")
    keyboard.press("ArrowRight")
    playground.until("shown.frame === given.next", next=paused.frame + 1)
    keyboard.press("ArrowLeft")
    assert playground.until("shown.frame === given.frame", frame=paused.frame) == paused
    keyboard.press("Shift+R")
    assert playground.until("shown.frame === 0") == first


def test_the_space_presses_a_focused_button_and_plays_everywhere_else(playground):
    keyboard = playground.page.keyboard
    playground.press("step")
    playground.until("shown.frame === 1")
    keyboard.press("Space")  # the button has the keyboard since it was clicked
    stepped = playground.until("shown.frame === 2")
    assert not stepped.playing
    new_data = playground.control("new_data").get_by_role("button")
    new_data.focus()
    with playground.taking():
        keyboard.press("Space")
    assert not playground.until("shown.frame === 0").playing
    playground.root.locator('[data-action="play"]').focus()
    keyboard.press("Space")
    playground.until("shown.playing && shown.frame >= 5")
    keyboard.press("Space")
    playground.until("!shown.playing")
    playground.root.locator('[data-role="scrubber"]').focus()
    keyboard.press("Space")
    playground.until("shown.playing")


def escape_until(condition, page):
    """Press Escape until that has been enough: what closes stays on the page for a moment."""
    for _ in range(20):
        page.keyboard.press("Escape")
        page.wait_for_timeout(250)
        if condition():
            return
    raise AssertionError("Escape does not lead there")


def test_escape_closes_what_is_open_and_then_leads_to_the_player(playground):
    page, focused = playground.page, playground.root.and_(playground.page.locator(":focus"))
    playground.open_more()
    playground.close_more()
    escape_until(lambda: focused.count() == 1, page)
    box = playground.control("optimizer").get_by_role("combobox")
    box.click()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(focused).to_have_count(0)
    expect(box).to_have_value("SGD")
    escape_until(lambda: focused.count() == 1, page)
    page.keyboard.press("Space")
    playground.until("shown.playing")


def test_keys_typed_into_a_field_leave_the_player_alone(playground):
    playground.press("step")
    before = playground.until("shown.frame === 1")
    for key in ("learning_rate", "speed"):
        field = playground.control(key).locator("input")
        field.click()
        for typed in ("Space", "ArrowLeft", "ArrowRight", "Shift+R"):
            field.press(typed)
        playground.let_frames_pass(10)
        field.press("Escape")
    assert playground.shown() == before


def test_the_scrubber_rewinds_and_training_goes_on_from_there_as_it_went_before(playground):
    playground.watch()
    playground.play_until("shown.frame >= 40")
    end = playground.pause()
    first_time = {row[0]: row for row in playground.watched()}
    scrubber = playground.root.locator('[data-role="scrubber"]')
    scrubber.fill("12")
    rewound = playground.until("shown.frame === 12")
    assert rewound.losses == first_time[12][2:]
    expect(playground.figure("weights", 12)).to_be_visible()
    playground.watch()
    playground.play_until("shown.frame >= given.end", end=end.frame)
    playground.pause()
    again = [row for row in playground.watched() if row[0] <= end.frame]
    assert [row[0] for row in again] == list(range(13, end.frame + 1))
    assert again == [first_time[row[0]] for row in again]

    box = scrubber.bounding_box()
    playground.page.mouse.click(box["x"] + 2, box["y"] + box["height"] / 2)
    playground.until("shown.frame <= 1 && !shown.playing")


def test_the_dark_scheme_is_dark_and_trains(visit):
    playground = visit(color_scheme="dark")
    expect(playground.root).to_have_attribute("data-theme", "dark")
    luminance = """root => {
      const [r, g, b] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\\d+/g);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    }"""
    assert playground.root.evaluate(luminance) < 60
    playground.play_until("shown.frame >= 10")
    playground.pause()
    expect(playground.figure("weights", playground.shown().epoch)).to_be_visible()


USUAL = ((1920, 1080), (1440, 900), (1366, 768), (1280, 720), (1152, 720), (1024, 768))
LARGEST = (
    "/?data=blobs&k=10&in=x1~x2~x1_squared~x2_squared~x1x2~sin_x1~sin_x2&out=softmax&loss=cce"
    f"&net={'~'.join(['16'] * 8)}&act={'~'.join(['tanh'] * 8)}"
)

OUTSIDE = """root => {
  const panel = root.querySelector(".panel").getBoundingClientRect();
  const parts = ".transport *, .map-head *, .map-legend *, .legend *, .timeline *, .plot";
  return [...root.querySelectorAll(parts)].filter(node => {
    const { width, left, right, bottom } = node.getBoundingClientRect();
    if (!width || node.matches("input, .fill")) return false;
    return left < panel.left - 1 || right > panel.right + 1 || bottom > panel.bottom + 1;
  }).map(node => node.outerHTML.slice(0, 80));
}"""

CLIPPED = """root => {
  const wide = node => node.scrollWidth > node.clientWidth + 1;
  const high = node => node.scrollHeight > node.clientHeight + 1;
  const boxes = [...root.querySelectorAll(".legend, .map-head, .transport, .inspector")];
  const lines = [...root.querySelectorAll(".metric b, .metric .name, .switch, .named")];
  return [...boxes.filter(node => wide(node) || high(node)), ...lines.filter(wide)]
    .map(node => node.className + ": " + node.textContent);
}"""


def sized(playground, width, height):
    """The page at another size of its window, once the player has taken it up."""
    playground.page.set_viewport_size({"width": width, "height": height})
    playground.let_frames_pass(12)


def bottom_of(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("path", ["/", LARGEST], ids=["first", "largest"])
def test_on_any_usual_screen_everything_that_moves_is_in_view(visit, path):
    playground = visit(path)

    def box(selector):
        return playground.root.locator(selector).bounding_box()

    for width, height in USUAL:
        sized(playground, width, height)
        where = f"{width} × {height}"
        boxes = [control.bounding_box() for control in playground.control("controls").locator("> div").all()]
        bottoms = [round(box["y"] + box["height"]) for box in boxes if box]
        rows = sorted(set(bottoms))
        assert [bottoms.count(row) for row in rows] == ([10] if width > 1100 else [5, 5]), where
        assert bottom_of(playground.root.locator(".timeline")) <= height, where
        below = 0 if height >= 900 else 101  # of a low window: the probe's second line, the inside tabs
        assert bottom_of(playground.root) <= height + below, where
        assert bottom_of(playground.control("new_data")) <= height, where
        plot, legend, curve, right = (box(name) for name in (".plot", ".map-legend", ".curve", ".right"))
        assert plot["width"] == pytest.approx(plot["height"], abs=1)
        assert plot["y"] + plot["height"] <= curve["y"]
        assert legend["y"] + legend["height"] <= curve["y"] + 8
        assert plot["x"] + plot["width"] <= legend["x"]
        assert legend["x"] + legend["width"] <= right["x"] + right["width"]
        assert curve["height"] >= 120
        assert plot["width"] >= 190
        assert playground.root.evaluate(OUTSIDE) == [], where
        assert playground.root.evaluate(CLIPPED) == [], where


@pytest.mark.parametrize("width", [320, 360, 390, 600, 720, 820])
def test_on_a_narrow_screen_play_is_in_the_first_view_and_nothing_is_cut_off(visit, width):
    playground = visit(viewport={"width": width, "height": 640}, has_touch=True)
    playground.let_frames_pass(6)
    assert bottom_of(playground.root.locator('[data-action="play"]')) <= 300
    assert playground.root.evaluate(OUTSIDE) == []
    assert playground.root.evaluate(CLIPPED) == []
    for part in ("html", '[data-testid="stMain"]'):
        overflow = playground.page.locator(part).evaluate("part => part.scrollWidth - part.clientWidth")
        assert overflow <= 0, part


def test_on_a_phone_play_stays_in_view_as_far_as_the_player_goes(visit):
    playground = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    playground.root.locator(".inspector").scroll_into_view_if_needed()
    expect(playground.root.locator('[data-action="play"]')).to_be_in_viewport()
    playground.root.locator('[data-action="play"]').click()
    playground.until("shown.playing && shown.frame >= 3")


STILL = """async root => {
  const moving = ".fill, .thumb, .network, .over, svg *, [data-show], [data-show] *, [data-scalar], .ticks *";
  const nodes = [...root.querySelectorAll("*")].filter(node => !node.matches(moving));
  const places = () => nodes.map(node => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return [left, top, right, bottom].map(Math.round).join();
  });
  const first = places();
  for (let k = 0; k < 90; k++) await new Promise(requestAnimationFrame);
  const last = places();
  return nodes.filter((_, k) => first[k] !== last[k]).map(node => node.outerHTML.slice(0, 80));
}"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (320, 640)])
def test_nothing_moves_while_it_plays(visit, width, height):
    playground = visit(viewport={"width": width, "height": height})
    playground.play_until("shown.frame >= 3")
    assert playground.root.evaluate(STILL) == []


def test_every_page_has_a_title_a_heading_and_a_sentence_of_its_own(playground, server):
    seen, paths = set(), ("/", "/gradient-descent", "/backprop", "/loss-landscape", "/experiments")
    for path in paths:
        playground.page.goto(server.origin + path)
        heading = playground.page.get_by_role("heading", level=1)
        expect(heading).to_have_count(1)
        expect(heading).to_be_in_viewport()
        name = heading.inner_text()
        expect(playground.page).to_have_title(f"{name} · Backprop Playground")
        sentence = playground.control("heading").locator("p")
        expect(sentence).to_be_in_viewport()
        seen.add((name, sentence.inner_text()))
    assert len({name for name, _ in seen}) == len({said for _, said in seen}) == len(paths)


def test_on_a_phone_the_player_comes_first_and_nothing_scrolls_sideways(visit):
    playground = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    boxes = [playground.control(key).bounding_box() for key in ("player", "thumbnails", "hidden_layers")]
    tops = [box["y"] for box in boxes]
    assert tops == sorted(tops), "not in the order player, data, network"
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"] + 1
    for part in ("html", '[data-testid="stMain"]'):
        overflow = playground.page.locator(part).evaluate("part => part.scrollWidth - part.clientWidth")
        assert overflow <= 0, part
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    playground.play_until("shown.frame >= 10")
    playground.pause()


def test_a_long_frame_says_how_far_it_is_and_gives_way_to_another_run_at_once(visit):
    deep = "&".join(("net=" + "~".join(["16"] * 8), "act=" + "~".join(["gelu"] * 8)))
    playground = visit(f"/?{deep}&batch=1&speed=40")
    aside = playground.root.locator('[data-show="aside"]')
    playground.press("play")
    expect(aside).to_contain_text(re.compile(r"Frame 1: \d+ %"))
    playground.pause()
    assert playground.shown().frame == 0
    with playground.taking():
        playground.page.locator('[data-action="dataset"][data-name="xor"]').click()
    expect(aside).to_have_text("")


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 720), (1440, 900)])
def test_the_data_sets_label_is_in_sight_and_the_data_column_ends_above_the_fold(visit, width, height):
    playground = visit(viewport={"width": width, "height": height})
    label = playground.control("dataset").locator("label").bounding_box()
    assert label["height"] >= 20
    assert label["width"] >= 50
    end = playground.control("data").bounding_box()
    assert end["y"] + end["height"] <= height
