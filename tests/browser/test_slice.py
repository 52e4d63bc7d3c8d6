"""The map of points with many inputs in a real browser: its axes, its sliders, PCA, and what keeps them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from tests.browser.driving import Playground
from tests.browser.test_playground import expect
from tests.screens.states import made_table, pasted

FIVE = "data=seed_004&in=x1~x2~x3~x4~x5&out=softmax&loss=cce"
MEASURE = """([slider, root, values]) => new Promise((done) => {
  const plot = root.querySelector(".plot"), times = [];
  let k = 0, last = performance.now(), before = "";
  function next(now) {
    times.push(now - last);
    last = now;
    if (k === values.length) return done(times.slice(1));
    slider.value = values[k++];
    slider.dispatchEvent(new Event("input"));
    requestAnimationFrame(next);
  }
  requestAnimationFrame(next);
})"""


@pytest.fixture
def iris(playground: Playground) -> Playground:
    with playground.taking():
        playground.page.locator('[data-action="dataset"][data-name="iris"]').click()
    expect(playground.root.locator(".slice")).to_be_visible()
    return playground


def axis(playground: Playground, name: str) -> Any:
    return playground.root.locator(f'[data-axis="{name}"]')


def sliders(playground: Playground) -> Any:
    return playground.root.locator('[data-role="held"]')


def names(playground: Playground) -> list[str]:
    return [str(name) for name in sliders(playground).evaluate_all("all => all.map(one => one.ariaLabel)")]


def picture(playground: Playground) -> str:
    """What is painted on the map."""
    return str(playground.root.locator(".plot").evaluate("plot => plot.toDataURL()"))


def probe_point(playground: Playground) -> list[str]:
    return [
        str(text)
        for text in playground.root.locator('[data-role="probe-input"]').evaluate_all(
            "all => all.map(one => one.value)"
        )
    ]


def test_points_in_the_plane_have_no_such_controls(playground: Playground) -> None:
    expect(playground.root.locator(".slice")).to_be_hidden()
    expect(axis(playground, "up")).to_be_hidden()


def test_axes_are_chosen_and_the_others_are_held_on_sliders(iris: Playground) -> None:
    assert names(iris) == ["sepal length (cm), held", "sepal width (cm), held"]
    before = picture(iris)
    axis(iris, "across").select_option(label="sepal width (cm)")
    expect(sliders(iris).first).to_have_attribute("aria-label", "petal length (cm), held")
    assert names(iris) == ["petal length (cm), held", "sepal length (cm), held"]
    iris.page.wait_for_function(
        "([plot, before]) => plot.toDataURL() !== before",
        arg=[iris.root.locator(".plot").element_handle(), before],
    )
    axis(iris, "up").select_option(label="sepal width (cm)")  # the same one: the axes swap
    expect(axis(iris, "across")).to_have_value("1")
    expect(axis(iris, "up")).to_have_value("3")


def test_a_slider_is_the_probe_s_other_input_in_the_column_s_unit(iris: Playground) -> None:
    slider = sliders(iris).first
    slider.fill("6.5")
    expect(iris.root.locator(".held output").first).to_have_text("6.50 cm")
    expect(iris.root.locator('[data-role="probe-input"]').nth(2)).to_have_value("6.50")
    field = iris.root.locator('[data-role="probe-input"]').nth(3)
    field.fill("2.9")
    field.press("Enter")
    expect(iris.root.locator(".held output").nth(1)).to_have_text("2.90 cm")
    slider.focus()
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "6.51 cm")


def test_the_map_follows_a_slider_without_waiting_for_the_server(iris: Playground) -> None:
    iris.play_until("shown.frame >= 40")
    iris.pause()
    before = picture(iris)
    iris.page.context.set_offline(True)
    slider = sliders(iris).first
    slider.evaluate("one => { one.value = one.max; one.dispatchEvent(new Event('input')); }")
    iris.let_frames_pass(3)
    assert picture(iris) != before
    iris.page.context.set_offline(False)
    arguments = [slider.element_handle(), iris.root.element_handle(), [5 + k / 30 for k in range(60)]]
    times = iris.page.evaluate(MEASURE, arguments)
    assert np.median(times) < 34, f"{np.median(times):.1f} ms from one picture to the next"


def test_pca_names_its_axes_and_its_loadings(iris: Playground) -> None:
    iris.press("pca")
    root, page = iris.root, iris.page
    expect(root.locator(".slice-axes b")).to_have_attribute("title", re.compile(r"of the variance\)$"))
    expect(sliders(iris)).to_have_count(0)
    label = root.locator(".plot")
    page.wait_for_function(
        "plot => plot.ariaLabel.includes('Loadings of the 1st component')", arg=label.element_handle()
    )
    expect(root.locator(".slice-held")).to_contain_text("The two shown keep 9")
    iris.press("pca")
    expect(sliders(iris)).to_have_count(2)


def test_the_choice_is_kept_over_a_reload_and_in_the_link(visit: Any) -> None:
    playground = visit(f"/?{FIVE}&map=x4~x5")
    expect(axis(playground, "across")).to_have_value("3")
    expect(axis(playground, "up")).to_have_value("4")
    axis(playground, "across").select_option("0")
    expect(sliders(playground).first).to_have_attribute("aria-label", "x₂, held")
    playground.page.wait_for_function(
        '() => Object.values(sessionStorage).some((text) => text.includes(\'"across":0,"up":4\'))'
    )
    playground.page.reload()
    playground.root.wait_for()
    expect(axis(playground, "across")).to_have_value("0")
    expect(axis(playground, "up")).to_have_value("4")


def test_the_probe_is_dragged_on_the_chosen_plane_only(visit: Any) -> None:
    playground = visit(f"/?{FIVE}&map=x3~x5")
    before = probe_point(playground)
    plot = playground.root.locator(".plot")
    side = plot.bounding_box()["width"]
    plot.click(position={"x": side / 4, "y": side / 4})
    expect(playground.root.locator('[data-role="probe-input"]').nth(2)).not_to_have_value(before[2])
    after = probe_point(playground)
    assert [after[k] for k in (0, 1, 3)] == [before[k] for k in (0, 1, 3)]
    assert after[4] != before[4]


def test_each_input_of_the_diagram_says_what_the_map_does_with_it(iris: Playground) -> None:
    inputs = iris.root.locator('[data-role="input"]')
    expect(inputs.locator("small")).to_have_text(
        ["across", "up", re.compile(r"at 5\.88$"), re.compile(r"at 3\.05$")]
    )
    expect(inputs.nth(2)).to_have_attribute(
        "title", "sepal length (cm), held at 5.88 cm. Take this input out"
    )
    sliders(iris).first.fill("6.5")
    expect(inputs.nth(2).locator("small")).to_have_text(re.compile(r"at 6\.50?$"))
    axis(iris, "up").select_option(label="sepal length (cm)")
    expect(inputs.locator("small").nth(2)).to_have_text("up")
    iris.press("pca")
    expect(inputs.locator("small")).to_have_count(0)


def test_of_thirty_columns_the_inputs_are_chosen_from_a_list_and_more_than_eight_are_one_block(playground):
    page, root = playground.page, playground.root
    pasted(made_table(30, values=False))(page)
    listed = root.locator(".input-choice")
    expect(root.locator('[data-role="input"]')).to_have_count(8)
    listed.locator("summary").click()
    for name in ("measure 9 (mm)", "measure 10 (mm)"):
        listed.get_by_role("button", name=name, exact=True).click()
    expect(listed.locator("summary")).to_have_text("10 of 30")
    expect(root.locator('[data-role="inputs"]')).to_contain_text("10 columns")
    expect(listed).to_have_attribute("open", "")  # it stays open while several are chosen
    page.keyboard.press("Space")  # the last one still has the focus
    expect(listed.locator("summary")).to_have_text("9 of 30")
    page.keyboard.press("Escape")
    expect(listed).not_to_have_attribute("open", "")
    expect(listed.locator("summary")).to_be_focused()
    playground.play_until("shown.frame >= 3")
