"""Everything that can be pressed is large enough for a pointer, and on a touch screen for a finger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.driving import Server

PAGES = {
    "/": '[data-role="player"][data-frame]',
    "/backprop": '[data-role="board"] .phase',
    "/gradient-descent": '[data-role="stage"] .race tr',
    "/loss-landscape": ".js-plotly-plot .modebar-btn",
    "/experiments": '[data-role="sweep"] [data-role="run"]',
}

SLOW = 40_000
"""Milliseconds to wait for a page's last part: a landscape is measured before it is drawn."""

MEASURE = """least => {
  const found = [];
  const SELECTOR = "button, input, select, textarea, summary, a[href], [role='slider']";
  const FIELDS = "[data-testid='stSelectbox'] [role='group'], [data-testid='stTextInputRootElement'], "
    + "[data-testid='stMultiSelect'] .react-aria-ComboBox, .number-field .box";
  // A link that shows with the keyboard only; links in a line of text; cells that are only pointed at.
  const LEFT_OUT = "[data-testid='stSkipToContent'], p a, .mx.small *";
  // What shares a row or a column with others of its kind has one side that a finger may find smaller.
  const IN_A_ROW = ".bar button, .head .row button, .input, .neuron";
  function boxOf(node) {
    if (node.matches("[type='checkbox'], [type='radio']")) return node.closest("label");
    const slider = node.matches("[data-testid='stSlider'] input") && node.closest("[role='group']");
    if (slider) return slider.firstElementChild;
    if (node.matches(".marker")) return node.ownerSVGElement; // it can be pressed anywhere
    return node.matches("input, [aria-haspopup='listbox']") && node.closest(FIELDS) || node;
  }
  function judge(node) {
    const { width, height, right } = boxOf(node).getBoundingClientRect();
    const needed = node.matches(IN_A_ROW) ? 24 : least, seen = width && height && right > 0;
    if (!seen || Math.min(width, height) + 0.1 >= needed) return;
    const name = node.getAttribute("aria-label") || node.textContent || node.dataset.testid;
    found.push(`${Math.round(width)} x ${Math.round(height)} ${node.localName}: ${name}`);
  }
  (function walk(root) {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (!node.matches(SELECTOR) || node.matches(LEFT_OUT)) continue;
      // The camera of a figure shows while one points at it.
      if (node.matches(".modebar-btn") || node.checkVisibility({ visibilityProperty: true })) judge(node);
    }
  })(document);
  return found;
}"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("least", "options"),
    [
        (24, {}),
        (44, {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}),
        (44, {"viewport": {"width": 1024, "height": 768}, "has_touch": True, "is_mobile": True}),
    ],
    ids=["desk", "phone", "tablet"],
)
def test_all_that_can_be_pressed_is_large_enough(
    empty_page: Callable[..., Any], server: Server, path: str, least: int, options: dict[str, Any]
) -> None:
    page = empty_page(**options)
    page.goto(server.origin + path)
    page.locator(PAGES[path]).first.wait_for(state="attached", timeout=SLOW)
    small = page.evaluate(MEASURE, least)
    assert not small, "\n".join(small)
