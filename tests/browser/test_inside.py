"""The inside views in a real browser: they open, move, are rewound with the run, and survive a reload."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from engine import Experiment, Run, replay
from pages.playground.inside import VIEWS
from tests.browser.test_playground import expect
from tests.browser.test_saved_pictures import saved

RUN = Experiment(dataset="circle", hidden=(4, 2), activations=("relu", "tanh"))
LABELS = {name: view.label for name, view in VIEWS.items()}
PIXELS = "root => root.querySelector('.inside-panel canvas').toDataURL()"


def inside(playground):
    return playground.root.locator('[data-role="inside"]')


def tab(playground, view):
    return playground.root.get_by_role("tab", name=LABELS[view])


def at_rest(playground):
    """The open view's picture once the shown frame's numbers have come: the same twice, a while apart."""
    before = None
    for _ in range(60):
        playground.let_frames_pass(12)
        now = playground.root.evaluate(PIXELS)
        if now == before and playground.root.get_attribute("data-answering") == "false":
            return now
        before = now
    raise AssertionError("The view doesn't come to rest.")


def rows(playground):
    """The rows of the table for screen readers."""
    return playground.root.locator('[data-table="inside"] tbody tr').evaluate_all(
        "all => all.map(row => [...row.children].map(cell => cell.textContent))"
    )


@pytest.mark.parametrize("view", LABELS)
def test_it_opens_by_key_moves_while_it_plays_is_rewound_and_survives_a_reload(visit, view):
    playground = visit("/?" + RUN.to_link())
    root, page = playground.root, playground.page
    expect(inside(playground)).to_have_attribute("data-view", "")
    height = root.locator(".middle").bounding_box()["height"]
    tab(playground, "weights").focus()
    for _ in range(list(LABELS).index(view)):
        page.keyboard.press("ArrowRight")
    expect(tab(playground, view)).to_be_focused()
    page.keyboard.press("Enter")
    expect(inside(playground)).to_have_attribute("data-view", view)
    expect(tab(playground, view)).to_have_attribute("aria-selected", "true")
    expect(root.get_by_role("tabpanel", name=LABELS[view])).to_be_visible()
    assert root.locator(".middle").bounding_box()["height"] < height
    assert root.locator(".timeline").bounding_box()["y"] < 900, "all stays in view"
    at_rest(playground)

    playground.play_until("shown.frame >= 6")
    seen = set()
    for _ in range(6):
        playground.let_frames_pass(6)
        seen.add(root.evaluate(PIXELS))
    assert len(seen) > 2, "it moves while it plays"
    frame = playground.pause().frame
    last = at_rest(playground)

    scrubber = root.locator('[data-role="scrubber"]')
    scrubber.press("Home")
    playground.until("shown.frame === 0")
    first = at_rest(playground)
    assert first != last
    scrubber.fill(str(frame))
    playground.until("shown.frame === given.frame", frame=frame)
    if view != "norms":  # whose curves go further than what is shown by now
        assert at_rest(playground) == last, "rewound, it shows the same"
    table = rows(playground)
    assert table

    page.wait_for_function(
        "view => Object.values(sessionStorage).some(kept => "
        "kept.includes('checkpoint') && kept.includes(view))",
        arg=f'"view":"{view}"',
    )
    page.reload()
    root.wait_for()
    expect(inside(playground)).to_have_attribute("data-view", view)
    playground.until("shown.frame === given.frame", frame=frame)
    at_rest(playground)
    if view != "norms":  # of the past it has only what this server has trained
        expect(root.locator('[data-table="inside"] tbody tr').first).to_be_attached()
        assert rows(playground) == table


def test_a_lesson_without_the_views_has_their_room_too(visit):
    with_views, without = (
        visit(query).root.locator(".middle").bounding_box()["height"] for query in ("/", "/?hide=inside")
    )
    assert without == with_views + 45


def test_the_weights_table_says_what_the_engine_says_at_a_frame_gone_back_to(visit):
    playground = visit("/?inside=weights&inside_layer=2&" + RUN.to_link())
    playground.play_until("shown.frame >= 12")
    playground.pause()
    for _ in range(3):
        playground.press("step-back")
    at_rest(playground)
    frame = playground.shown().frame
    playground.page.wait_for_timeout(500)
    timeline = replay(Run(RUN))
    timeline.watch(True)
    for _ in range(frame):
        timeline.advance()
    net, said = timeline.trainer.net, rows(playground)
    of = dict.fromkeys(("weight", "gradient", "last step"))
    of |= {
        "weight": net.theta,
        "gradient": timeline.trainer.gradient(),
        "last step": timeline.last_step().step,
    }
    for name, *cells in said:
        kind, row = name.split(", ")
        i = 4 if row == "bias" else int(row.removeprefix("from ")) - 1
        numbers = [of[kind][net.parameters.index(1, i, j)] for j in range(2)]
        printed = [float(cell.replace("−", "-")) for cell in cells]
        np.testing.assert_allclose(printed, numbers, rtol=6e-4)
    assert len(said) == 15


def test_arrow_keys_lead_from_tab_to_tab_and_escape_closes(visit):
    playground = visit("/?inside=weights&" + RUN.to_link())
    root, page = playground.root, playground.page
    tab(playground, "weights").focus()
    for view in ("distributions", "norms", "hidden-space", "weights"):
        page.keyboard.press("ArrowRight")
        expect(tab(playground, view)).to_be_focused()
        expect(inside(playground)).to_have_attribute("data-view", view)
    page.keyboard.press("ArrowLeft")
    expect(inside(playground)).to_have_attribute("data-view", "hidden-space")
    assert playground.shown().frame == 0, "arrows move the tabs, not the frame"
    page.keyboard.press("Escape")
    expect(inside(playground)).to_have_attribute("data-view", "")
    expect(tab(playground, "hidden-space")).to_be_focused()
    expect(root.locator(".inside-panel")).to_be_hidden()


def test_layers_and_the_mini_batchs_gradient_are_chosen_and_the_copied_link_brings_them(visit):
    playground = visit("/?inside=weights&" + RUN.to_link())
    root, page = playground.root, playground.page
    root.get_by_role("group", name="Layer").get_by_role("button", name="Output").click()
    expect(root.locator(".inside-caption")).to_contain_text("Rows: from hidden 2. Columns: to output.")
    playground.play_until("shown.frame >= 3")
    playground.pause()
    root.get_by_role("button", name="Mini-batch’s gradient").click()
    expect(root.locator(".inside-caption")).to_contain_text(
        re.compile(r"Cosine of both gradients before it: .?\d")
    )
    page.evaluate(
        "() => { navigator.clipboard.write = async items => { "
        "window.copied = await (await items[0].getType('text/plain')).text(); }; }"
    )
    playground.press("copy-link")
    page.wait_for_function("() => window.copied")
    query = parse_qs(urlsplit(page.evaluate("() => window.copied")).query)
    assert [query[name] for name in ("inside", "inside_layer", "inside_batch")] == [["weights"], ["3"], ["1"]]


def test_the_norms_of_frames_played_before_it_was_open_come_by_themselves(visit):
    playground = visit("/?" + RUN.to_link())
    playground.play_until("shown.frame >= 40")
    frame = playground.pause().frame
    tab(playground, "norms").click()
    expect(playground.root.locator('[data-table="inside"] caption')).to_contain_text("of")
    at_rest(playground)
    playground.press("step-back")
    expect(playground.root.locator('[data-table="inside"] tbody th').first).to_have_text(re.compile("^[01]$"))
    assert frame >= 40


def test_on_a_phone_the_parts_stand_below_each_other_and_nothing_scrolls_sideways(visit):
    playground = visit(
        "/?inside=weights&" + RUN.to_link(),
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    for view in LABELS:
        tab(playground, view).tap()
        expect(inside(playground)).to_have_attribute("data-view", view)
        at_rest(playground)
        box = playground.root.locator(".inside-panel canvas").bounding_box()
        assert box["width"] <= 390
        assert box["height"] > 280
        assert playground.page.evaluate("() => document.documentElement.scrollWidth") == 390
        for button in playground.root.locator(".inside button:visible").all():
            size = button.bounding_box()
            assert min(size["width"], size["height"]) >= 44, button.inner_text()


def test_the_saved_picture_has_the_open_view(visit):
    playground = visit("/?" + RUN.to_link())
    sizes = []
    for view in ("", "weights"):
        if view:
            tab(playground, view).click()
            at_rest(playground)
        picture = saved(playground.page, playground.root.locator('[data-action="save-png"]').click)
        data = picture.path().read_bytes()
        sizes.append(int.from_bytes(data[20:24], "big"))
    panel = playground.root.locator(".panel").bounding_box()["height"]
    bar = 45
    assert abs(sizes[1] - 3 * panel) <= 3
    assert abs(sizes[0] - 3 * (panel - bar)) <= 6
