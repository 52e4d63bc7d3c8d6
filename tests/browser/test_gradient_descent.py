"""The gradient-descent page as a person uses it, in a real browser."""

import re
import statistics
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.browser.tour.page import BOX

MOST_MS = 300
APP_AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PLACES = (0.15, 0.7, 0.3, 0.55, 0.25, 0.8, 0.4)

ASKED = """() => addEventListener("pointerdown", () => {
  globalThis.askedAt = performance.now();
}, { capture: true, once: true })"""
DRAWN = """root => {
  globalThis.drawnAt = [];
  const observer = new MutationObserver(() => drawnAt.push(performance.now()));
  observer.observe(root, { attributes: true, attributeFilter: ["data-eta"] });
}"""


def expect(locator):
    from playwright.sync_api import expect as playwright_expect

    return playwright_expect(locator)


class Stage:
    """The page with the stage, driven as a person would."""

    def __init__(self, page):
        self.page = page
        self.root = page.locator('[data-role="stage"][data-step]')

    def press(self, action):
        self.root.locator(f'[data-action="{action}"]').click()

    def control(self, key):
        return self.page.locator(f".st-key-{key}")

    def choose(self, key, label):
        self.control(key).get_by_role("combobox").click()
        self.page.get_by_role("option", name=label, exact=True).click()

    def type(self, key, text):
        """Key by key, as a person does: a select box can take a text for the shown one and what was added."""
        field = self.control(key).locator("input")
        field.click()
        field.press_sequentially(text)
        field.press("Enter")

    def preset(self, label):
        self.control("descent_preset").get_by_text(label, exact=True).click()

    def has(self, **values):
        for name, value in values.items():
            expect(self.root).to_have_attribute(f"data-{name.replace('_', '-')}", str(value))

    def value(self, name):
        return self.root.get_attribute(f"data-{name}")

    def theory(self, label):
        return self.root.locator(".theory tr", has_text=label).locator("td").last


@pytest.fixture
def stage(empty_page, server):
    """The page as it opens, at 1440 × 900."""
    stage = Stage(empty_page())
    stage.page.goto(f"{server.origin}/gradient-descent")
    stage.root.wait_for()
    return stage


def test_the_slides_example_is_played_at_both_step_sizes_and_says_its_steps(stage):
    stage.preset("η = 0.1, small")
    stage.has(eta="0.1", steps="76", steps_f="37", steps_grad="76", regime="monotone")
    expect(stage.root.locator(".curves")).to_contain_text("step 37")
    expect(stage.root.locator(".curves")).to_contain_text("step 76")
    expect(stage.theory("steps, predicted")).to_have_text("76 / 76")
    stage.press("play")
    stage.has(playing="true")
    stage.page.wait_for_function("root => +root.dataset.step >= 3", arg=stage.root.element_handle())
    stage.press("pause")
    stage.has(playing="false")

    stage.preset("η = 0.2, best")
    stage.has(eta="0.2", step="0", steps="38", steps_f="20", steps_grad="38", regime="zig-zag")
    expect(stage.root.locator(".curves")).to_contain_text("step 20")
    expect(stage.theory("steps, predicted")).to_have_text("38 / 38")
    for _ in range(2):
        stage.press("step")
    stage.has(step="2")
    expect(stage.root.locator(".place")).to_contain_text("(1.2, 1.2)")
    stage.press("step-back")
    stage.has(step="1")
    stage.root.locator('[data-role="scrubber"]').press("End")
    stage.has(step="38")


def test_all_is_in_view_without_scrolling_and_keys_play_and_step(stage):
    box = stage.root.bounding_box()
    assert box["y"] + box["height"] <= 900
    expect(stage.control("controls")).to_be_in_viewport(ratio=1)
    stage.page.keyboard.press("ArrowRight")
    stage.has(step="1")
    stage.page.keyboard.press("ArrowLeft")
    stage.has(step="0")
    stage.page.keyboard.press("Space")
    stage.has(playing="true")
    stage.page.keyboard.press("Space")
    stage.has(playing="false")
    stage.page.keyboard.press("Shift+R")
    stage.has(step="0")


def test_theory_and_race_show_all_their_rows_without_scrolling(stage):
    stage.root.locator(".race tr").nth(5).wait_for()
    for part in (".theory", ".race"):
        hidden = stage.root.locator(part).evaluate("part => part.scrollHeight - part.clientHeight")
        assert hidden == 0, f"{part} hides {hidden} px, and its scroll bar covers its corners"


@pytest.mark.parametrize(
    "query", ["?on=himmelblau&up=1&eta=0.01", "?on=himmelblau&rule=momentum&eta=0.005&from=-3~-3"]
)
def test_the_place_that_a_theory_holds_near_is_within_its_panel(empty_page, server, query):
    stage = Stage(empty_page())
    stage.page.goto(f"{server.origin}/gradient-descent{query}")
    stage.root.wait_for()
    title = stage.root.locator('[data-show="theory-title"]')
    expect(title).to_contain_text("near the")
    assert title.evaluate("title => title.scrollWidth <= title.clientWidth")


def test_a_low_screen_and_a_narrow_one_show_plane_and_transport_whole(stage):
    for width, height in ((1366, 768), (1152, 800), (1280, 720), (1152, 720), (1024, 768)):
        stage.page.set_viewport_size({"width": width, "height": height})
        stage.page.wait_for_function(
            "([root, width]) => root.getBoundingClientRect().right < width"
            " && root.querySelector('.place').getBoundingClientRect().bottom < innerHeight",
            arg=[stage.root.element_handle(), width],
        )
        panel, last = (
            stage.root.locator(part).bounding_box() for part in (".map", '[data-action="save-svg"]')
        )
        assert last["x"] + last["width"] <= panel["x"] + panel["width"]
        theory, race = (stage.root.locator(part).bounding_box() for part in (".theory", ".race"))
        assert theory["y"] == pytest.approx(race["y"], abs=1), "one above the other leaves a hole beside them"


def test_on_a_phone_play_stays_in_view_beside_curves_theory_and_race(empty_page, server):
    stage = Stage(empty_page(viewport={"width": 390, "height": 844}, has_touch=True))
    stage.page.goto(f"{server.origin}/gradient-descent")
    stage.root.wait_for()
    play = stage.root.locator('[data-action="play"]')
    expect(play).to_be_in_viewport(ratio=1)
    for part in (".why", ".curves", ".theory", ".race"):
        stage.root.locator(part).evaluate("part => part.scrollIntoView({ block: 'center' })")
        expect(play).to_be_in_viewport(ratio=1)
        play.click(trial=True)  # nothing covers it


def test_the_start_is_dragged_and_clicked_and_the_controls_follow(stage):
    left, top, width, height = stage.root.locator('[data-role="start"]').evaluate(BOX)
    x, y = left + width / 2, top + height / 2
    mouse = stage.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - 60, y + 40, steps=4)
    mouse.move(x - 120, y + 80, steps=4)
    mouse.up()
    expect(stage.root).to_have_attribute("data-start", re.compile(r"^0\.\d+,1\.\d+$"))
    expect(stage.control("start").locator("input")).to_have_value(re.compile(r"\(.+, .+\)"))
    expect(stage.page).to_have_url(re.compile("from="))
    plane = stage.root.locator(".plane > svg").bounding_box()
    mouse.click(plane["x"] + 120, plane["y"] + plane["height"] - 120)
    expect(stage.root).to_have_attribute("data-start", re.compile(r"-\d.*,-\d"))


def test_the_step_size_is_dragged_quickly_and_the_zoom_stays(stage):
    stage.press("zoom-in")
    expect(stage.root).not_to_have_attribute("data-window", "-4.48,4.48,-4,4")
    window = stage.value("window")
    canvas = stage.root.locator(".plane canvas").element_handle()
    axis = stage.root.locator(".axis svg").bounding_box()
    stage.root.evaluate(DRAWN)
    taken = []
    for place in PLACES:
        before, count = stage.value("eta"), stage.page.evaluate("drawnAt.length")
        stage.page.evaluate(ASKED)
        stage.page.mouse.click(axis["x"] + axis["width"] * place, axis["y"] + 50)
        expect(stage.root).not_to_have_attribute("data-eta", before)
        taken.append(stage.page.evaluate("count => drawnAt[count] - askedAt", count))
        field = stage.control("step_size").locator("input")
        expect(field).to_have_value(re.compile(rf"^{re.escape(stage.value('eta'))}\s?$"))
        # A request that comes while the page runs waits for the end of that
        expect(stage.page.locator(APP_AT_REST)).to_be_visible()
    assert statistics.median(taken) < MOST_MS, taken
    assert stage.value("window") == window
    assert canvas.evaluate("node => node.isConnected"), "the canvas was made anew"


def test_a_typed_step_size_moves_the_run_and_a_wrong_one_gets_one_sentence(stage):
    stage.type("step_size", "0.25")
    stage.has(eta="0.25", regime="divergent")
    stage.type("step_size", "-1")
    expect(stage.control("step_size_typed").get_by_role("alert")).to_contain_text(
        "must be above 0 and at most"
    )
    expect(stage.root.locator('[data-role="why"]')).not_to_contain_text("must be above 0 and at most")
    stage.has(eta="0.25")


def test_the_false_convergence_is_one_click_away_and_explained(stage):
    stage.preset("η = 0.25, false stop")
    stage.has(eta="0.25", steps="1", steps_f="1", stopped_by="tol_f")
    expect(stage.root.locator('[data-role="why"]')).to_contain_text("False convergence")


def test_a_race_is_opened_and_has_six_rules_with_their_steps(stage):
    rows = stage.root.locator(".race tr[data-racer]")
    expect(rows).to_have_count(6)
    for k, steps in enumerate(("38", "76", "13", "49", "249", "1")):  # each when it is there
        expect(rows.nth(k)).to_have_attribute("data-steps", steps)
    expect(rows.nth(5)).to_have_attribute("data-place", "1")
    stage.press("race")
    stage.has(racing="true")
    expect(stage.root.locator(".plane path[data-racer]")).to_have_count(6)
    stage.press("race")
    stage.has(racing="false")
    expect(stage.root.locator(".plane path[data-racer]")).to_have_count(0)


def test_a_path_from_or_to_far_outside_is_drawn_to_its_shown_step(empty_page, server):
    stage = Stage(empty_page())
    stage.page.goto(f"{server.origin}/gradient-descent?race=gradient~0.5~0~gradient~0.2~0")
    stage.root.wait_for()
    scrubber, marks = stage.root.locator('[data-role="scrubber"]'), stage.root.locator("path[data-racer]")
    expect(stage.root.locator(".race table")).not_to_contain_text("walking")
    expect(stage.root.locator('.race [data-racer="0"]')).to_contain_text("runs away")
    stage.press("race")
    stage.has(racing="true", step="8")
    expect(marks).to_have_count(2)
    scrubber.press("End")
    stage.has(step="313")
    expect(marks).to_have_count(1)  # the other has left the range of numbers
    stage.press("race")
    stage.has(racing="false")

    for _ in range(18):
        stage.press("zoom-in")
    scrubber.press("End")
    stage.has(step="38")
    plane = stage.root.locator(".plane > svg")
    expect(plane).not_to_contain_text("outside the picture")
    expect(plane.locator('path[fill="none"][stroke-width="3"]')).to_have_attribute(
        "d", re.compile(r"^M[^L]+(L[^L]+){38}$")
    )


def test_surface_and_rule_are_chosen_and_the_page_below_follows(stage):
    stage.choose("rule", "Adam")
    expect(stage.root.locator(".theory h2")).to_have_text("Adam")
    stage.choose("surface", "Parabola: x²")
    expect(stage.root.locator('[data-show="map-title"]')).to_have_text("The graph and the path")
    stage.choose("surface", "Himmelblau")
    expect(stage.root.locator('[data-show="map-title"]')).to_have_text("Level curves and path")
    expect(stage.page.locator(".st-key-surface_3d .js-plotly-plot")).to_be_visible()
    expect(stage.page).to_have_url(re.compile("on=himmelblau"))


def test_the_stage_is_saved_as_a_picture(stage):
    with stage.page.expect_download() as download:
        stage.press("save-png")
    assert download.value.suggested_filename == "gradient-descent-step-0.png"
    with stage.page.expect_download() as download:
        stage.press("save-svg")
    assert download.value.suggested_filename == "gradient-descent-step-0.svg"
    written = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Level curves" in written
    assert "var(--" not in written
    assert {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(written)} >= {
        "g",
        "text",
        "image",
    }


def test_the_picture_of_a_race_says_who_races_and_how_many_steps_each_needs(stage):
    expect(stage.root.locator(".race table")).not_to_contain_text("walking")
    stage.press("race")
    stage.has(racing="true")
    with stage.page.expect_download() as download:
        stage.press("save-svg")
    drawn = ElementTree.fromstring(Path(download.value.path()).read_text(encoding="utf-8"))
    texts = ["".join(element.itertext()) for element in drawn.iter() if element.tag.endswith("}text")]
    assert texts[:2] == ["Race from (3, 3)", "every rule at step 8 of 249"]
    at = texts.index("Fixed step, η = 0.1")
    assert texts[at + 1].startswith("76 steps, f = 2.23·10⁻¹³")
    assert texts[texts.index("Newton, η = 1") + 1] == "1 step, f = 0"
    assert "Step size η" not in texts, "the step size of the run is none of the race's"
    assert texts[-1].startswith(
        "f = x₁² + x₁·x₂ + 4·x₂² · race of 6 rules, from (3, 3), until ‖∇f‖ < 10⁻⁶, at most"
    )
