"""The loss-landscape page as a person uses it, in a real browser."""

import re
from pathlib import Path

import pytest


def expect(locator):
    from playwright.sync_api import expect as playwright_expect

    return playwright_expect(locator)


class View:
    """The page, driven as a person would."""

    def __init__(self, page):
        self.page = page
        self.root = page.locator('[data-role="landscape"]')

    def control(self, key):
        return self.page.locator(f".st-key-{key}")

    def choose(self, key, label):
        self.control(key).get_by_role("combobox").click()
        self.page.get_by_role("option", name=label, exact=True).click()

    def save(self):
        self.control("land_html").get_by_role("button").click()

    @property
    def plane(self):
        """The picture from above; Streamlit may keep an old one behind it for a while."""
        return self.control("land_picture_plane").first

    def cell(self, role):
        return self.root.locator(f'[data-role="{role}"]')

    def measured(self):
        """Wait until the picture is as fine as it gets."""
        expect(self.root).to_have_attribute("data-working", "0", timeout=30_000)
        expect(self.root).to_have_attribute("data-progress", "1.00")
        return self


@pytest.fixture
def view(playground):
    """The landscape of a network that was trained in the playground, by way of the sidebar."""
    playground.play_until("shown.frame >= 20")
    shown = playground.pause()
    expect(
        playground.figure("weights", shown.epoch)
    ).to_be_visible()  # the server knows the frame at which it is paused
    playground.page.get_by_role("link", name="Loss landscape").click()
    view = View(playground.page)
    view.root.wait_for()
    view.trained = shown.frame
    return view.measured()


def test_the_landscape_of_a_trained_network_shows_its_path_says_how_true_it_is_and_is_saved(view):
    expect(view.root).to_have_attribute("data-frame", str(view.trained))
    expect(view.root).to_have_attribute("data-points", "81")
    expect(view.cell("explained")).to_contain_text(re.compile(r"\d+\.\d %"))
    expect(view.cell("distance")).to_contain_text(re.compile(r"\d\.\d{4}"))
    expect(view.cell("plane-loss")).to_contain_text(re.compile(r"\d\.\d"))
    expect(view.cell("true-loss")).to_contain_text(f"at epoch {view.trained}")
    expect(view.cell("progress")).to_contain_text("100 % measured")
    plane = view.plane
    expect(plane.locator(".contourlayer path").first).to_be_attached()
    expect(plane.locator(".scatterlayer .trace path.js-line").first).to_be_attached()
    expect(plane).to_contain_text("start")
    made = plane.get_by_text("Backprop Playground")  # saved with the picture, and not shown beside it
    expect(made).to_be_attached()
    expect(made).to_be_hidden()
    expect(view.page.get_by_text("No run yet")).to_have_count(0)
    view.control("land_save").get_by_role("button").first.click()
    with view.page.expect_download(timeout=30_000) as download:
        view.save()
    assert download.value.suggested_filename == "loss-landscape.html"
    assert "Plotly.newPlot(" in Path(download.value.path()).read_text(encoding="utf-8")


def test_no_width_needs_sideways_scrolling_or_lets_numbers_run_together(view):
    for width in (1152, 1024, 820, 720, 390, 320):
        view.page.set_viewport_size({"width": width, "height": 800})
        view.page.wait_for_function(
            """width => {
              const main = document.querySelector('[data-testid="stMain"]');
              const texts = [...document.querySelectorAll(".landscape-readouts :is(dd, dt)")];
              const fits = ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth;
              return innerWidth === width && fits(main) && texts.every(fits);
            }""",
            arg=width,
        )


NO_WEBGL = """() => {
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind.includes("webgl") ? null : getContext.call(this, kind, ...rest);
  };
}"""


def test_without_webgl_the_picture_in_space_says_so_in_the_pages_words_and_keeps_title_and_camera(
    empty_page, server
):
    page = empty_page()
    page.add_init_script(f"({NO_WEBGL})()")
    page.goto(f"{server.origin}/loss-landscape")
    page.wait_for_function(
        """() => {
          const message = document.querySelector(".st-key-land_room_space .no-webgl");
          const said = message && getComputedStyle(message, "::before").content;
          return said && said.includes("WebGL is missing or switched off");
        }""",
        timeout=30_000,
    )
    space = page.locator(".st-key-land_room_space")
    message = space.locator(".no-webgl")
    expect(message.locator("p").first).to_be_hidden()  # Plotly's words and address
    expect(space.get_by_text("The same plane in space").first).to_be_visible()
    space.locator(".modebar-btn").first.click(trial=True)  # nothing covers it


def test_a_press_on_save_is_not_lost_while_the_page_runs_again(view):
    view.control("land_save").get_by_role("button").first.click()
    for _ in range(3):  # the page runs again after each file, just when the next press comes
        with view.page.expect_download(timeout=30_000):
            view.save()


def test_plane_frame_and_race_are_chosen_and_stand_in_the_address(view):
    view.choose("land_plane", "two weights")
    expect(view.page).to_have_url(re.compile("plane=weights"))
    expect(view.control("land_first")).to_be_visible()
    view.measured()
    view.control("land_frame_number").get_by_role("slider").press("ArrowLeft")
    expect(view.root).to_have_attribute("data-frame", str(view.trained - 1))
    expect(view.page).to_have_url(re.compile(f"frame={view.trained - 1}"))
    expect(view.cell("distance")).not_to_contain_text("0.0000")
    view.control("land_race").locator("label").click()
    table = view.control("land_results").locator('[data-testid="stDataFrame"]')
    expect(table).to_be_visible(timeout=30_000)
    view.measured()
    expect(view.plane).to_contain_text("Adam")
    expect(view.page).to_have_url(re.compile("race=1"))


def test_a_visitor_who_opens_this_page_first_sees_a_trained_network(empty_page, server):
    page = empty_page()
    page.goto(f"{server.origin}/loss-landscape?plane=random&dir=3")
    view = View(page)
    expect(page.get_by_text("No run yet: trained 60 epochs here")).to_be_visible(timeout=30_000)
    view.measured()
    expect(view.control("land_directions").locator("input")).to_have_value("3")


def test_the_race_is_run_rewound_and_read_by_the_keyboard_alone(view):
    keys = view.page.keyboard
    view.control("land_race").locator("input").focus()
    keys.press("Space")
    table = view.control("land_results")
    expect(table.get_by_text("Numbers: How the race ended")).to_be_visible(timeout=30_000)
    epoch = view.control("land_frame_number").locator("input")
    epoch.focus()
    keys.press("Home")
    expect(view.root).to_have_attribute("data-frame", "0")
    table.locator("summary").focus()
    keys.press("Enter")
    expect(table.get_by_role("row").filter(has_text="Adam")).to_be_visible()


def test_the_playground_goes_on_from_the_frame_that_was_chosen_here(view, playground):
    slider = view.control("land_frame_number").get_by_role("slider")
    slider.press("Home")
    expect(view.root).to_have_attribute("data-frame", "0")
    for _ in range(3):
        slider.press("ArrowRight")
    expect(view.root).to_have_attribute("data-frame", "3")
    view.measured()
    view.page.get_by_role("link", name="Playground").first.click()
    playground.root.wait_for()
    shown = playground.until("shown.frame === 3")
    assert not shown.playing
    playground.page.get_by_role("link", name="Loss landscape").click()
    view.root.wait_for()
    expect(view.root).to_have_attribute("data-frame", "3")


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_the_picture_is_in_the_first_view_and_comes_before_its_controls(view, size):
    width, height = size
    view.page.set_viewport_size({"width": width, "height": height})
    view.page.reload()
    view.measured()
    expect(view.plane.locator(".contourlayer path").first).to_be_visible()
    picture = view.control("land_room_plane").first.bounding_box()
    bottom = picture["y"] + picture["height"]
    assert bottom <= height
    assert bottom <= view.control("controls").bounding_box()["y"]
