"""The backprop page as a person uses it, in a real browser."""

import re
import statistics

import pytest

MOST_MS = 200
NEXT = """async root => {
  const asked = performance.now(), before = root.dataset.index;
  root.querySelector('[data-action="next"]').click();
  while (root.dataset.index === before) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - asked;
}"""
CLIPPED = """root => [...root.querySelectorAll(".mx .cell, .name, .losses b, .switch, .title, .layer")]
  .filter(node => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0)
  .map(node => node.className + ": " + node.textContent)"""
SCALES = """async root => {
  await document.fonts.ready;
  return [...root.querySelectorAll(".eqn")].map(node => Number(node.style.getPropertyValue("--scale") || 1));
}"""
FONTS_COME = "() => { document.fonts.dispatchEvent(new Event('loadingdone')); }"
OVERLAPS = """root => {
  const boxes = [...root.querySelectorAll(".panel")].map(node => node.getBoundingClientRect());
  const beside = (a, b) => a.right <= b.left + 1 || a.bottom <= b.top + 1;
  const apart = (a, b) => beside(a, b) || beside(b, a);
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => !apart(a, b))).length;
}"""


def expect(locator):
    from playwright.sync_api import expect as playwright_expect

    return playwright_expect(locator)


class Board:
    """The page with the board, driven as a person would."""

    def __init__(self, page, origin):
        self.page, self.origin = page, origin
        self.root = page.locator('[data-role="board"][data-step]')

    def open(self, query=""):
        self.page.goto(f"{self.origin}/backprop{query}")
        self.root.wait_for()
        return self

    def press(self, action):
        self.root.locator(f'[data-action="{action}"]').click()

    def control(self, key):
        return self.page.locator(f".st-key-{key}")

    def choose(self, key, label):
        """Choose an option; a list that closes as its box is made anew is opened again."""
        from playwright.sync_api import TimeoutError as PlaywrightTimeout

        box = self.control(key).get_by_role("combobox")
        option = self.page.get_by_role("option", name=label, exact=True)
        for _ in range(3):
            if box.get_attribute("aria-expanded") != "true":
                box.click()
            try:
                option.click(timeout=4000)
                return
            except PlaywrightTimeout:
                continue
        option.click()

    def has(self, **values):
        for name, value in values.items():
            expect(self.root).to_have_attribute(f"data-{name.replace('_', '-')}", str(value))

    def value(self, name):
        return self.root.get_attribute(f"data-{name}")

    def row(self, name):
        return self.root.locator(f'[data-row="{name}"]')


@pytest.fixture
def visit_board(empty_page, server):
    """visit_board(query, **context options)."""
    return lambda query="", **options: Board(empty_page(**options), server.origin).open(query)


@pytest.fixture
def board(visit_board):
    """The page with seed 003, at 1440 × 900."""
    return visit_board("?net=seed003_bce")


def test_seed_003_is_walked_from_the_input_to_the_updated_weights_by_next(board):
    board.has(step="z1", phase="forward", index=0)
    count = int(board.value("count"))
    phases = [board.value("phase")]
    for k in range(1, count):
        board.press("next")
        board.has(index=k)
        phases.append(board.value("phase"))
    assert list(dict.fromkeys(phases)) == ["forward", "loss", "backward", "update"]
    expect(board.root.locator('[data-action="next"]')).to_be_disabled()
    board.has(step="new_b3", phase="update")
    board.press("back")
    board.has(step="new_W3")
    expect(board.row("result")).to_contain_text("1.5598")
    expect(board.row("result")).to_contain_text("1.2781")
    assert float(board.value("loss-after")) < float(board.value("loss-before"))
    expect(board.page).to_have_url(re.compile("step=new_W3"))


def test_seed_003_is_walked_by_the_arrow_keys(board):
    count = int(board.value("count"))
    for k in range(1, count):
        board.page.keyboard.press("ArrowRight")
        board.has(index=k)
    board.page.keyboard.press("ArrowLeft")
    board.has(index=count - 2)
    board.page.keyboard.press("Home")
    board.has(index=0)
    board.page.keyboard.press("End")
    board.has(index=count - 1)


def test_the_slides_demo_gives_the_printed_loss_and_its_errata_are_switched_on(board):
    before = board.value("stamp")
    board.choose("network", "5-7-4-3 softmax, cross-entropy")
    expect(board.root).not_to_have_attribute("data-stamp", before)
    expect(board.page).to_have_url(re.compile("net=seed004_mlp"))
    board.root.locator('[data-action="step"][data-key="L"]').click()
    board.has(step="L", phase="loss")
    expect(board.row("result").locator("[data-entry]")).to_have_text("1.1394")
    errata = board.root.locator('[data-role="erratum"]')
    expect(errata).to_have_count(0)
    board.control("errata").locator("label").click()
    expect(errata.first).to_contain_text("slides “Live demo (PyTorch)”")
    expect(errata.first).to_contain_text("Printed: L = 1/N * torch.sum( Y * A3 )")
    expect(errata.first.locator('[data-show="printed"]')).to_have_text("0.3374")
    expect(errata.first.locator('[data-show="right"]')).to_have_text("1.1394")
    expect(board.page).to_have_url(re.compile("errata=1"))
    board.has(step="L")
    board.root.locator('[data-action="step"][data-key="delta3"]').click()
    board.has(step="delta3")
    board.press("alternative")
    expect(board.root.locator('[data-role="alternative"]')).to_contain_text("Equal")


def test_a_step_pressed_just_before_a_control_is_kept(visit_board):
    board = visit_board("?net=seed004_mlp")
    for step in ("L", "a1", "delta3"):
        before = board.value("stamp")
        board.root.locator(f'[data-action="step"][data-key="{step}"]').click()
        board.control("errata").locator("label").click()
        expect(board.root).not_to_have_attribute("data-stamp", before)
        expect(board.page).to_have_url(re.compile(f"step={step}"))
        board.has(step=step)


def test_an_entry_of_the_result_is_chosen_and_worked_out(visit_board):
    board = visit_board("?step=delta2")
    expect(board.row("one-entry")).to_contain_text("0.11413=−0.0384")
    board.row("result").locator('[data-entry="0,1"]').click()
    board.has(entry="0,1")
    expect(board.row("one-entry")).to_contain_text("=−0.0413")
    expect(board.row("one-entry")).to_contain_text("1.2741")
    expect(board.page).to_have_url(re.compile(r"at=1\.2"))


def test_going_by_neuron_next_goes_entry_by_entry(visit_board):
    board = visit_board("?by=neuron&step=a1")
    expect(board.row("result")).to_contain_text("?")
    for entry in ("0,1", "0,2"):
        board.press("next")
        board.has(step="a1", entry=entry)
    expect(board.row("result")).not_to_contain_text("?")
    board.press("next")
    board.has(step="z2", entry="0,0")
    board.press("back")
    board.has(step="a1", entry="0,2")


def test_going_by_neuron_nothing_tells_the_neurons_that_are_still_to_come(visit_board):
    board = visit_board("?by=neuron&step=delta2")
    errors = board.root.locator(".picture .error")
    expect(errors.filter(has_text="−0.0384")).to_have_count(1)
    expect(errors.filter(has_text="−0.0413")).to_have_count(0)
    expect(board.root).not_to_contain_text("−0.0413")
    board.press("next")
    board.has(step="delta2", entry="0,1")
    expect(errors.filter(has_text="−0.0413")).to_have_count(1)


def test_the_convention_turns_the_matrices(visit_board):
    board = visit_board("?step=dW1")
    formula = board.row("formula").locator(".eqn").first
    expect(formula).to_contain_text("4×3")
    board.control("weights_are").get_by_text("out×in", exact=True).click()
    expect(formula).to_contain_text("3×4")
    board.has(step="dW1")
    board.press("both-notations")
    expect(board.row("formula").locator(".notation")).to_have_text(
        ["samples are rows, W is out×in", "samples are rows, W is in×out"]
    )


def test_a_term_lights_up_wherever_it_stands(visit_board):
    board = visit_board("?step=z2")
    board.row("formula").locator('[data-term="W2"]').hover()
    expect(board.row("numbers").locator('[data-term="W2"]')).to_have_class(re.compile("lit"))
    expect(board.root.locator('figure[data-term="W2"]')).to_have_class(re.compile("lit"))
    expect(board.root.locator('[data-links="2"]')).to_have_class(re.compile("lit"))


def test_formulas_are_measured_anew_when_fonts_have_come(visit_board):
    board = visit_board("?net=seed001&step=dW1")
    first = board.root.evaluate(SCALES)
    board.page.evaluate(FONTS_COME)
    assert board.root.evaluate(SCALES) == first
    panel = board.root.locator(".step")
    panel.evaluate("node => node.style.width = '420px'")  # as wider letters would, it leaves less room
    assert board.root.evaluate(SCALES) == first
    board.page.evaluate(FONTS_COME)
    narrow = board.root.evaluate(SCALES)
    assert narrow != first
    panel.evaluate("node => node.style.width = ''")
    board.page.evaluate(FONTS_COME)
    assert board.root.evaluate(SCALES) == first


def test_formulas_are_measured_anew_when_the_window_changes(visit_board):
    board = visit_board("?net=seed001&step=dW1")
    wide = board.root.evaluate(SCALES)
    board.page.set_viewport_size({"width": 1024, "height": 900})
    board.page.wait_for_function(
        "([root, wide]) => wide !== [...root.querySelectorAll('.eqn')]"
        ".map(node => Number(node.style.getPropertyValue('--scale') || 1)).join()",
        arg=[board.root.element_handle(), ",".join(f"{scale:g}" for scale in wide)],
    )
    narrow = board.root.evaluate(SCALES)
    board.page.evaluate(FONTS_COME)
    assert board.root.evaluate(SCALES) == narrow


def test_a_step_opens_in_time(board):
    board.page.wait_for_timeout(1500)
    times = [board.root.evaluate(NEXT) for _ in range(int(board.value("count")) - 1)]
    assert statistics.median(times) < MOST_MS


@pytest.mark.parametrize(
    ("width", "query"),
    [(1440, "?net=seed004_mlp&step=dW1"), (390, "?net=seed004_mlp&step=dW1"), (390, "?step=delta2")],
)
def test_nothing_overlaps_or_is_clipped(visit_board, width, query):
    board = visit_board(query, viewport={"width": width, "height": 900})
    assert board.root.evaluate(OVERLAPS) == 0
    assert board.root.evaluate(CLIPPED) == []
    assert board.page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_diagram_comes_before_the_step_and_the_controls_last(visit_board):
    board = visit_board("?net=seed003_bce", viewport={"width": 390, "height": 844})
    in_order = """root => {
      const nodes = [".steps", ".picture", ".step", ".matrices"].map((place) => root.querySelector(place));
      nodes.push(document.querySelector(".st-key-controls"));
      const tops = nodes.map((node) => node.getBoundingClientRect().y);
      return tops.every((y, k) => !k || tops[k - 1] <= y);
    }"""
    board.page.wait_for_function(in_order, arg=board.root.element_handle())


PLACES = """root => [".next", ".phases", ".picture", ".title + .line"].map((part) => {
  const { x, y } = root.querySelector(part).getBoundingClientRect();
  return [Math.round(x), Math.round(y)];
})"""


def at_rest(board):
    """The places once they are the same for a tenth of a second: a new width reaches the columns late."""
    before = None
    while (places := board.root.evaluate(PLACES)) != before:
        before = places
        board.page.wait_for_timeout(100)
    return places


def test_buttons_figure_and_formula_keep_their_places_from_step_to_step(visit_board):
    board = visit_board("?net=seed003_bce")
    for width in (1440, 1024, 390):
        board.page.set_viewport_size({"width": width, "height": 844})
        board.page.wait_for_function("width => innerWidth === width", arg=width)
        board.page.keyboard.press("Home")
        board.has(index=0)
        places = at_rest(board)
        for k in range(1, int(board.value("count"))):
            board.page.keyboard.press("ArrowRight")
            board.has(index=k)
            assert board.root.evaluate(PLACES) == places, f"{width} px, step {board.value('step')}"


def test_on_a_phone_next_stays_in_view_beside_the_whole_board(visit_board):
    board = visit_board("?net=seed003_bce", viewport={"width": 390, "height": 844})
    step_on = board.root.locator('[data-action="next"]')
    for part in (".picture", ".step", ".matrices"):
        board.root.locator(part).evaluate("part => part.scrollIntoView({ block: 'end' })")
        expect(step_on).to_be_in_viewport(ratio=1)
        step_on.click(trial=True)  # nothing covers it


def test_a_list_of_choices_that_goes_on_has_a_scroll_bar_that_is_seen(visit_board):
    board = visit_board("?net=seed003_bce")
    board.control("network").get_by_role("combobox").click()
    choices = board.page.get_by_role("listbox")
    expect(choices).to_be_visible()
    assert choices.evaluate("list => list.scrollHeight > list.clientHeight")
    thumb = choices.evaluate("list => getComputedStyle(list).scrollbarColor")
    assert not thumb.startswith("rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("width", [1440, 1152, 1024, 820])
def test_no_phase_s_progress_runs_into_the_next_phase(visit_board, width):
    board = visit_board("?net=seed003_bce", viewport={"width": width, "height": 768})
    apart = """root => [...root.querySelectorAll(".phase")].every((phase) => {
      const right = (node) => node.getBoundingClientRect().right;
      return [...phase.querySelectorAll(".name > *")].every((part) => right(part) <= right(phase) + 1);
    })"""
    assert board.root.evaluate(apart)


def test_an_answer_is_marked_and_its_slip_is_named(visit_board):
    board = visit_board("?net=seed003_bce")
    field, answer = board.control("answer_row").locator("input"), board.control("check_answer")
    expect(answer).to_contain_text("activations of hidden layer 1, neuron 3")
    field.fill("-1.6847")  # that is z
    field.press("Enter")
    expect(answer.get_by_role("alert")).to_contain_text("Not yet")
    expect(answer.get_by_role("alert")).to_contain_text("through the activation")
    field.fill("not a number")
    board.page.get_by_role("button", name="Check").click()
    expect(answer.get_by_role("alert")).to_contain_text("number")
    field.fill("0,156")
    board.page.get_by_role("button", name="Check").click()
    expect(answer.get_by_test_id("stAlert")).to_contain_text("Right")
    expect(answer).to_contain_text("1 of 8 solved")
    board.page.get_by_role("button", name="Next question").click()
    expect(answer).to_contain_text("2. What is")


def test_a_version_is_the_same_for_everybody_who_opens_its_link(visit_board):
    board = visit_board("?net=classic")
    own = board.root.locator(".matrices").inner_text()
    board.page.get_by_role("button", name="New numbers").click()
    expect(board.control("version").get_by_role("textbox")).to_have_value("1")
    expect(board.page).to_have_url(re.compile(r"[?&]version=1\b"))
    expect(board.root.locator(".matrices")).not_to_have_text(own, use_inner_text=True)
    drawn = board.root.locator(".matrices").inner_text()
    link = board.page.url
    other = visit_board("?" + link.partition("?")[2])
    expect(other.root.locator(".matrices")).to_have_text(drawn, use_inner_text=True)
    expect(other.control("version").get_by_role("textbox")).to_have_value("1")


def test_the_name_of_a_segment_leads_to_its_first_step(board):
    segment = board.root.get_by_role("button", name="To backward, layer 2")
    segment.click()
    board.has(step="da2", phase="backward")
    expect(board.page).to_have_url(re.compile("step=da2"))
    board.root.get_by_role("button", name="To update, layer 3").click()
    board.has(step="new_W3", phase="update")


def test_on_a_narrow_screen_the_segments_keep_their_labels_without_their_names(visit_board):
    board = visit_board("?net=seed003_bce", viewport={"width": 390, "height": 844})
    expect(board.root.locator(".segment-name").first).to_be_hidden()
    group = board.root.get_by_role("group", name="Backward, layer 2")
    expect(group).to_be_visible()
    group.get_by_role("button").first.click()
    board.has(step="da2")


def test_the_page_opens_on_the_smallest_example_and_the_address_names_it(visit_board):
    board = visit_board()
    expect(board.page).to_have_url(re.compile(r"net=one_neuron"))
    board.press("next")
    board.has(step="a1")
    expect(board.row("one-entry")).to_contain_text("σ")


def test_the_page_opens_on_the_network_that_has_just_been_trained(empty_page, server):
    page = empty_page()
    page.goto(f"{server.origin}/")
    player = page.locator('[data-role="player"][data-frame]')
    player.wait_for()
    player.locator('[data-action="step"]').click()
    expect(player).not_to_have_attribute("data-frame", "0")
    page.get_by_role("link", name="Backprop", exact=True).click()
    page.locator('[data-role="board"][data-step]').wait_for()
    expect(page).to_have_url(re.compile(r"/backprop\?.*net=playground"))


def test_the_focus_stays_at_the_gradient_check_when_its_button_goes(visit_board):
    widths = "net=16~16~16&act=tanh~tanh~tanh"
    board = visit_board()
    board.page.goto(f"{board.origin}/?{widths}")
    board.page.locator('[data-role="player"][data-frame]').wait_for()
    board.page.get_by_test_id("stSidebar").get_by_role("link", name="Backprop").click()
    board.choose("network", "The playground's network")
    button = board.page.get_by_role("button", name="Check the gradient")
    button.focus()
    button.press("Enter")
    expect(button).to_have_count(0)
    panel = board.page.locator(".st-key-gradient_check")
    expect(panel.locator(".js-plotly-plot").first).to_be_visible()
    board.page.wait_for_function(  # the panel may be drawn anew meanwhile
        "document.querySelector('.st-key-gradient_check')?.contains(document.activeElement)"
    )
