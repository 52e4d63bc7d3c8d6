"""A teacher's link, a page framed in another one, and a printed page."""

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

VIEWS = {
    "/": "player",
    "/gradient-descent": "stage",
    "/backprop": "board",
    "/loss-landscape": "landscape",
}


def view(page, path="/"):
    found = page.locator(f'[data-role="{VIEWS[path.partition("?")[0]]}"]').first
    expect(found).to_be_visible()
    return found


@pytest.fixture
def open_page(empty_page, server):
    """open_page(path, **context options) is any page, as soon as its view is there."""

    def open_page(path, **options):
        page = empty_page(**options)
        page.goto(server.origin + path)
        view(page, path)
        return page

    return open_page


def test_a_link_locks_and_hides_controls_buttons_and_keys(visit):
    player = visit("/?lock=learning_rate~speed~step~reset&hide=loss~new-weights~step-back&lr=0.1")
    page = player.page
    rate = page.locator(".st-key-learning_rate input")
    expect(rate).to_have_value("0.1")
    expect(rate).to_be_disabled()
    expect(page.locator(".st-key-speed input")).to_be_disabled()
    expect(page.locator(".st-key-optimizer input")).to_be_enabled()
    expect(page.locator(".st-key-loss")).to_have_count(0)
    step = page.locator('[data-action="step"]')
    expect(step).to_be_disabled()
    expect(step).to_have_attribute("title", re.compile("link to this page locks it"))
    expect(page.locator('[data-action="new-weights"]')).to_be_hidden()
    root = view(page)
    root.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+R"):
        page.keyboard.press(key)
    expect(root).to_have_attribute("data-frame", "0")
    page.keyboard.press("Space")  # play is free
    expect(root).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("lock=.*speed.*"))
    expect(page).to_have_url(re.compile("hide=loss"))


def test_a_locked_button_stays_locked_when_the_view_turns_it_into_another(visit):
    player = visit("/?lock=pause")
    root, page = view(player.page), player.page
    page.locator('[data-action="play"]').click()
    expect(root).to_have_attribute("data-playing", "true")
    expect(page.locator('[data-action="pause"]')).to_be_disabled()
    page.keyboard.press("Space")
    expect(root).to_have_attribute("data-playing", "true")


def padlock_of(node, pseudo):
    """Whether a control's part shows a padlock, and in which colour."""
    return node.evaluate(
        """(node, pseudo) => {
          const { content, maskImage, backgroundColor, width } = getComputedStyle(node, pseudo);
          const shown = content !== "none" && maskImage.includes("svg") && parseFloat(width) >= 14;
          return shown && backgroundColor;
        }""",
        pseudo,
    )


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_a_locked_control_shows_a_padlock_and_says_who_locked_it(options, visit):
    page = visit("/?lock=learning_rate~speed", **options).page
    help_of = '[data-testid="stTooltipHoverTarget"] button'
    mark = page.locator(f".st-key-learning_rate {help_of}")
    field = page.locator(".st-key-speed .box")
    ground = "rgb(255, 255, 255)" if options.get("color_scheme") == "dark" else "rgb(0, 0, 0)"
    assert padlock_of(mark, "::before") == padlock_of(field, "::before") == ground
    expect(mark.locator("svg")).to_be_hidden()
    mark.focus()
    expect(page.get_by_role("tooltip")).to_have_text("The link to this page locks it.")
    speed = page.get_by_role("textbox", name="Epochs / frame", description="The link to this page locks it.")
    expect(speed).to_be_disabled()
    free = page.locator(f".st-key-loss {help_of}")  # it explains its options
    assert not padlock_of(free, "::before")
    assert not padlock_of(page.locator(".st-key-hidden_layers .box"), "::before")


WEIGHT = '[data-role="weight-value"]'
LOCKED = re.compile("link to this page locks it")


def hold_weight(page, *, by_key):
    """Hold the first weight of the first hidden neuron, from the keyboard or with the mouse."""
    page.get_by_role("button", name="Hidden 1, neuron 1", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    if by_key:
        return
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    box = page.get_by_role("button", name="Hidden 1, neuron 1", exact=True).bounding_box()
    page.mouse.click(box["x"] + 1, box["y"] + box["height"] - 1)  # the bias, at its lower left corner


@pytest.mark.parametrize("by_key", [True, False])
def test_a_link_can_lock_typing_a_weight_and_still_show_it(by_key, visit):
    page = visit("/?lock=set-weight~freeze").page
    root = view(page)
    hold_weight(page, by_key=by_key)
    detail = page.locator(".detail")
    expect(detail).to_contain_text(LOCKED)
    expect(detail.locator("b").first).to_have_text(re.compile(r"[+−]?\d\.\d{4}"))
    expect(page.locator(WEIGHT)).to_have_count(0)
    expect(page.locator('[data-action="freeze"]')).to_be_disabled()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-journal", "0")


def test_without_a_lock_the_same_presses_lead_to_the_field(visit):
    page = visit().page
    view(page)
    hold_weight(page, by_key=False)
    expect(page.locator(WEIGHT)).to_be_focused()


def test_a_link_can_lock_or_hide_the_timeline(visit):
    page = visit("/?lock=scrub&frame=5").page
    root, scrubber = view(page), page.locator('[data-role="scrubber"]')
    expect(root).to_have_attribute("data-frame", "5")
    expect(scrubber).to_be_disabled()
    expect(scrubber).to_have_attribute("title", LOCKED)
    box = scrubber.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + box["height"] / 2)
    scrubber.evaluate("(node) => node.focus()")
    page.keyboard.press("Home")
    expect(root).to_have_attribute("data-frame", "5")
    page.goto(page.url.replace("lock=", "hide="))
    view(page)
    expect(page.locator(".timeline").first).to_be_hidden()
    expect(page.locator('[data-action="step"]')).to_be_enabled()


@pytest.mark.parametrize(
    ("action", "holds"),
    [("discretize", "false"), ("test-data", "true"), ("log-scale", "true")],
)
def test_a_link_can_lock_a_switch(action, holds, visit):
    page = visit(f"/?lock={action}").page
    view(page)
    switch = page.locator(f'[data-action="{action}"]')
    expect(switch).to_be_disabled()
    expect(switch).to_have_attribute("title", LOCKED)
    switch.click(force=True)
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).to_have_attribute("aria-pressed", holds)


def test_a_link_can_lock_start_step_size_and_timeline_of_gradient_descent(open_page):
    page = open_page("/gradient-descent?lock=start~step_size~scrub")
    stage = view(page, "/gradient-descent")
    expect(stage).to_have_attribute("data-drawn", re.compile("."))
    plane, marker = page.locator(".plane"), page.locator('[data-role="eta"]')
    before = (page.locator('[data-show="x"]').inner_text(), marker.get_attribute("aria-valuenow"))
    plane.click(position={"x": 60, "y": 60})
    axis = page.locator(".axis svg").bounding_box()
    page.mouse.click(axis["x"] + axis["width"] * 0.9, axis["y"] + 50)
    marker.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-role="start"]')).to_be_disabled()
    expect(page.locator('[data-role="scrubber"]')).to_be_disabled()
    expect(marker).to_have_attribute("aria-disabled", "true")
    page.locator('[data-action="step"]').click()  # by now the others would have acted
    expect(page.locator('[data-show="step"]')).to_have_text("01")
    page.locator('[data-action="step-back"]').click()
    expect(page.locator('[data-show="step"]')).to_have_text("00")
    assert (page.locator('[data-show="x"]').inner_text(), marker.get_attribute("aria-valuenow")) == before


@pytest.mark.parametrize("path", VIEWS)
def test_the_dialog_offers_every_action_of_the_page(path, open_page):
    page = open_page(path)
    page.get_by_role("button", name="Link for a lesson").click()
    dialog = page.get_by_role("dialog", name="Link for a lesson")
    expect(dialog.locator("tbody tr").nth(3)).to_be_visible()
    named = dialog.locator("input[type=radio]").evaluate_all("(nodes) => nodes.map((node) => node.name)")
    actions = page.locator("[data-action]").evaluate_all(
        "(nodes) => nodes.map((node) => node.dataset.action)"
    )
    assert {f"lesson-{action}" for action in actions} <= set(named)


@pytest.mark.parametrize("path", VIEWS)
def test_the_view_can_stand_alone(path, open_page):
    page = open_page(path + "?only=player")
    expect(page.get_by_test_id("stSelectbox")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page).to_have_url(re.compile("only=player"))


@pytest.mark.parametrize("path", VIEWS)
def test_a_framed_page_has_no_navigation_and_no_sideways_scroll(path, open_page):
    page = open_page(path + "?embed=true", viewport={"width": 900, "height": 600})
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 900
    if path == "/":
        box = view(page).bounding_box()
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["width"] <= 900
        assert box["y"] + box["height"] <= 600


def test_a_teacher_makes_a_link_that_locks_the_learning_rate(visit):
    page = visit("/?lr=0.3").page
    view(page)
    page.get_by_role("button", name="Link for a lesson").click()
    dialog = page.get_by_role("dialog", name="Link for a lesson")
    dialog.get_by_role("radio", name="Learning rate: Lock").check()
    dialog.get_by_role("radio", name="Step: Hide", exact=True).check()
    link = dialog.get_by_role("textbox", name="Link for a lesson").input_value()
    assert {"lock=learning_rate", "hide=step", "lr=0.3"} <= {*re.split("[?&]", link)}
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.goto(link)
    rate = page.locator(".st-key-learning_rate input")
    expect(rate).to_have_value("0.3")
    expect(rate).to_be_disabled()
    expect(page.locator('[data-action="step"]')).to_be_hidden()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Backprop").click()
    expect(page).to_have_url(
        re.compile("/backprop.*lock=learning_rate")
    )  # a teacher's link holds on all pages


def test_a_printed_page_is_light_and_has_no_controls(visit, tmp_path):
    player = visit("/", color_scheme="dark")
    page, root = player.page, view(player.page)
    expect(root).to_have_attribute("data-theme", "dark")
    page.evaluate(
        """() => addEventListener("beforeprint", () => {
          const roots = [...document.querySelectorAll("*")].map((node) => node.shadowRoot);
          const player = roots.find((root) => root?.querySelector(".player")).querySelector(".player");
          window.paper = [player.dataset.theme, player.clientWidth];
        })"""
    )
    file = tmp_path / "page.pdf"
    page.pdf(path=file, format="A4", print_background=True)
    assert page.evaluate("window.paper") == ["light", 880]
    expect(root).to_have_attribute("data-theme", "dark")
    assert root.evaluate("(node) => node.style.width") == ""
    page.emulate_media(media="print")
    for hidden in (".st-key-controls", ".st-key-data", '[data-testid="stSidebar"]'):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".st-key-losses .main-svg").first).to_be_attached()
    cut = "(node) => getComputedStyle(node).clipPath"
    assert page.locator(".st-key-losses").evaluate(cut) == "none", "a figure is printed whole"
    assert page.locator("h1").evaluate("(node) => getComputedStyle(node).position") == "static"
    if shutil.which("pdftotext"):
        words = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
        assert "Train loss" in words
        assert "Learning rate" not in words


@pytest.mark.parametrize(("path", "label"), [("/", "Circle"), ("/gradient-descent", "η = 0.2, best")])
def test_a_framed_page_offers_its_presets_below_the_view(path, label, open_page):
    page = open_page(path + "?embed=true", viewport={"width": 900, "height": 600})
    preset = page.get_by_test_id("stMain").get_by_test_id("stSelectbox").filter(has_text="Preset")
    expect(preset).to_be_visible()
    expect(preset.locator("input")).to_have_value(label)
    assert preset.bounding_box()["y"] > view(page, path).bounding_box()["y"]


FRAME = """sandbox => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", sandbox);
  Object.assign(frame, { src: "%s/?embed=true", width: 900, height: 600 });
  document.body.replaceChildren(frame);
}"""
FORBIDDING = "allow-scripts allow-same-origin"


@pytest.mark.parametrize(
    ("around", "says"),
    [
        ("server", "The page around this one doesn't allow downloads."),
        ("elsewhere", "If no file has come, the page around this one doesn't allow downloads."),
    ],
)
def test_a_frame_that_forbids_downloads_shows_the_picture_to_copy(around, says, empty_page, server):
    page = empty_page()
    if around == "server":
        page.goto(server.origin + "/_stcore/health")
    page.evaluate(FRAME % server.origin, FORBIDDING)
    frame = page.frame_locator("iframe")
    frame.locator('[data-action="save-png"]').click()
    dialog = frame.get_by_role("dialog", name="Saving")
    expect(dialog).to_contain_text(says)
    picture = dialog.get_by_role("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("(node) => node.naturalWidth") > 800
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_a_page_of_its_own_saves_without_a_word(visit):
    page = visit().page
    with page.expect_download():
        page.locator('[data-action="save-png"]').click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_on_a_phone_the_open_menu_covers_the_heading_and_closes_once_a_page_is_chosen(empty_page, server):
    page = empty_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(server.origin + "/gradient-descent")
    page.locator('[data-role="stage"][data-drawn]').wait_for()
    page.get_by_test_id("stExpandSidebarButton").click()
    link = page.get_by_role("link", name="Backprop", exact=True)
    expect(link).to_be_visible()
    layers = page.evaluate(
        """() => [".st-key-heading h1", '[data-testid="stSidebar"]']
          .map((place) => +getComputedStyle(document.querySelector(place)).zIndex)"""
    )
    assert layers[0] < layers[1]
    link.click()
    page.locator('[data-role="board"][data-drawn]').wait_for()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    expect(page.get_by_role("heading", name="Backprop", level=1)).to_be_in_viewport()
