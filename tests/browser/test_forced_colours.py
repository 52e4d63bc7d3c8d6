"""In forced colours every part of a control stays in sight; wishes for contrast and less motion are heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.driving import Server

SLOW = 40_000
"""Milliseconds to wait for a page's last part: some come after what is measured for them."""

READ = """() => {
  const nodes = [];
  (function walk(root) {
    for (const node of root.querySelectorAll("*")) {
      nodes.push(node);
      if (node.shadowRoot) walk(node.shadowRoot);
    }
  })(document);
  const probe = document.createElement("i");
  document.body.append(probe);
  probe.style.color = "Canvas";
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  // A selector may end in a pseudo-element; what it finds first is read.
  return (selectors) => selectors.map((selector) => {
    const [place, pseudo] = selector.split("::"), node = nodes.find((one) => one.matches(place));
    if (!node) return null;
    const style = getComputedStyle(node, pseudo && "::" + pseudo), clear = "rgba(0, 0, 0, 0)";
    const line = parseFloat(style.borderTopWidth) ? style.borderTopColor : canvas;
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth);
    const ring = ringed ? style.outlineColor : canvas;
    const ground = style.backgroundColor === clear ? canvas : style.backgroundColor;
    return { canvas, line, ring, ground, image: style.backgroundImage, text: style.color };
  });
}"""

PLAYER, STAGE, BOARD = (f'[data-role="{role}"]' for role in ("player", "stage", "board"))
ON, OFF = '[aria-pressed="true"]', '[aria-pressed="false"]'
SLIDER = '[data-testid="stSlider"] [role="group"] > div'
TOGGLE = '[data-testid="stCheckbox"] label'
RADIO = '[data-testid="stRadioOption"]'

WAIT_FOR = {
    "/": f"{PLAYER}[data-frame]",
    "/backprop": f"{BOARD} .phase",
    "/gradient-descent": f"{STAGE} .race tr",
    "/loss-landscape": '.landscape-readouts [data-role="progress"]',
}
EDGED = {
    "/": [
        f"{PLAYER} .switch{OFF} i",
        f"{PLAYER} .switch{ON} i",
        f"{PLAYER} .track",
        f"{PLAYER} .thumb",
        f"{PLAYER} .inspector",
        f"{PLAYER} .scale .bar",
        f"{PLAYER} .save-map",
        f"{PLAYER} .named",
        f"{PLAYER} .head .row button",
        '.item[aria-checked="true"]',
        f"{SLIDER} > div:first-child",
        f"{TOGGLE} > div:first-of-type",
    ],
    "/backprop": [f"{BOARD} .bar i", f"{BOARD} .bar .now i", f"{BOARD} .switch{OFF} i", f"{BOARD} .icon"],
    "/gradient-descent": [
        f"{STAGE} .switch{OFF} i",
        f"{STAGE} .track",
        f"{STAGE} .thumb",
        f"{STAGE} .why",
        f"{STAGE} .zoom",
        f"{RADIO} > div > div:first-child",
        f"{TOGGLE} > div:first-of-type",
    ],
    "/loss-landscape": [f"{SLIDER} > div:first-child", f"{TOGGLE} > div:first-of-type"],
}
"""Page -> what has a line around it, in another colour than the system's ground."""
FILLED = {
    "/": [
        f"{PLAYER} .icon.main",
        f"{PLAYER} .fill",
        f"{PLAYER} .switch{ON} i",
        f"{PLAYER} .switch{OFF} i::after",
        '.item[aria-checked="true"] span',
        f"{SLIDER} > div[data-rac]",
        f"{TOGGLE} > div:first-of-type > div",
        '[data-testid="stButtonGroup"] [aria-checked="true"]',
    ],
    "/backprop": [
        f"{BOARD} .next",
        f"{BOARD} .bar .done i",
        f"{BOARD} .bar .now i",
        f"{BOARD} .switch{OFF} i::after",
        f"{BOARD} .cell",
        '[data-testid="stButtonGroup"] [aria-checked="true"]',
    ],
    "/gradient-descent": [
        f"{STAGE} .icon.main",
        f"{STAGE} .fill",
        f"{STAGE} .switch{OFF} i::after",
        f"{RADIO}:has(:checked) > div > div:first-child",
        f"{TOGGLE}:has(:checked) > div:first-of-type",
    ],
    "/loss-landscape": [f"{SLIDER} > div[data-rac]", f"{TOGGLE} > div:first-of-type > div"],
}
"""Page -> what is filled with another colour than the system's ground."""
EMPTY = {
    "/": [
        f"{PLAYER} .switch{OFF} i",
        f"{PLAYER} .track",
        '[data-testid="stButtonGroup"] [aria-checked="false"]',
    ],
    "/backprop": [f"{BOARD} button:not(.now, .done) > i"],
    "/gradient-descent": [f"{RADIO}:not(:has(:checked)) > div > div:first-child"],
    "/loss-landscape": [],
}
"""Page -> what differs from its filled counterpart by being empty."""
PAINTED = {
    "/": [f"{PLAYER} .scale .bar", f"{PLAYER} .scale .bar::after", f"{PLAYER} .input{OFF}::before"],
    "/backprop": [f"{BOARD} mtable.numbers"],
    "/gradient-descent": [f"{STAGE} .race .bar"],
    "/loss-landscape": ['.landscape-readouts [data-role="progress"] dd + dd'],
}
"""Page -> what keeps its gradient: scales, bars, "+" marks, brackets."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", WAIT_FOR)
def test_in_forced_colours_every_part_of_a_control_is_in_sight(
    empty_page: Callable[..., Any], server: Server, path: str, scheme: str
) -> None:
    page = empty_page(forced_colors="active", color_scheme=scheme)
    page.goto(server.origin + path)
    page.locator(WAIT_FOR[path]).first.wait_for()
    if path == "/backprop":
        for _ in range(3):
            page.locator(f'{BOARD} [data-action="next"]').click()
        page.locator(f"{BOARD} .bar .done").first.wait_for()

    def read(selectors: list[str]) -> dict[str, dict[str, str]]:
        look = f"selectors => ({READ})()(selectors)"
        page.wait_for_function(
            f"selectors => ({look})(selectors).every(Boolean)", arg=selectors, timeout=SLOW
        )
        found = page.evaluate(look, selectors)
        return dict(zip(selectors, found, strict=True))

    for selector, seen in read(EDGED[path]).items():
        assert {seen["line"], seen["ring"]} != {seen["canvas"]}, selector
    for selector, seen in read(FILLED[path]).items():
        assert seen["ground"] != seen["canvas"], selector
        assert seen["ground"] != seen["text"] or "next" not in selector, selector
    for selector, seen in read(EMPTY[path]).items():
        assert seen["ground"] == seen["canvas"], selector
    for selector, seen in read(PAINTED[path]).items():
        assert "gradient" in seen["image"], selector


@pytest.mark.parametrize(("theme", "scheme"), [("light", "dark"), ("dark", "light")])
def test_charts_keep_their_ground_with_their_colours(
    empty_page: Callable[..., Any], server: Server, theme: str, scheme: str
) -> None:
    page = empty_page(forced_colors="active", color_scheme=scheme)
    page.goto(f"{server.origin}/loss-landscape?embed=true&embed_options={theme}_theme")
    grounds = {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 19, 24)"}
    page.wait_for_function(
        """ground => {
          const chart = document.querySelector(".js-plotly-plot"); // it is drawn anew while it is measured
          return chart && getComputedStyle(chart).backgroundColor === ground;
        }""",
        arg=grounds[theme],
        timeout=SLOW,
    )


@pytest.mark.parametrize(("scheme", "ground"), [("light", 255), ("dark", 0)])
def test_drawings_take_the_systems_ground_and_the_datas_colours_that_go_with_it(
    visit: Callable[..., Any], scheme: str, ground: int
) -> None:
    playground = visit(forced_colors="active", color_scheme=scheme)
    assert playground.root.get_attribute("data-theme") == scheme
    corner = playground.root.locator("canvas.network").evaluate(
        "canvas => [...canvas.getContext('2d').getImageData(1, 1, 1, 1).data]"
    )
    assert corner == [ground, ground, ground, 255]


def test_who_asks_for_more_contrast_gets_full_texts_and_stronger_lines(visit: Callable[..., Any]) -> None:
    usual, more = visit(), visit(contrast="more")

    def styles(playground: Any) -> list[str]:
        caption = playground.page.locator('[data-testid="stCaptionContainer"]').first
        read = playground.root.evaluate(
            "root => ['line', 'ink2', 'hatch'].map(k => getComputedStyle(root).getPropertyValue('--' + k))"
        )
        return [caption.evaluate("node => getComputedStyle(node).opacity"), *read]

    assert styles(usual) == ["0.76", "#d9dee4", "#45515e", "22%"]
    assert styles(more) == ["1", "#5f6b78", "#17212b", "55%"]


def test_who_asks_for_less_motion_sees_no_transitions(visit: Callable[..., Any]) -> None:
    page = visit(reduced_motion="reduce").page
    longest = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll("*")].flatMap((node) => {
          const { transitionDuration, animationDuration } = getComputedStyle(node);
          return `${transitionDuration}, ${animationDuration}`.split(", ").map(parseFloat);
        }))"""
    )
    assert longest <= 0.001
