"""On a phone the main buttons of a page stay in sight, and hide nothing that is in use."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

PHONES = [(390, 844), (360, 640)]
MAIN = {
    "/": ("player", '[data-action="play"]'),
    "/gradient-descent": ("stage", '[data-action="play"]'),
    "/backprop": ("board", '[data-action="next"]'),
    "/loss-landscape": ("landscape", ".st-key-land_scrubber"),
}
WALK = """async (button) => {
  let page = button;
  while (!page.matches('[data-testid="stMain"]')) page = page.parentElement || page.getRootNode().host;
  const frame = () => new Promise(requestAnimationFrame);
  const lost = [];
  for (let y = 0; y < page.scrollHeight; y += 150) {
    page.scrollTo(0, y);
    await frame(), await frame();
    const { left, right, top, bottom } = button.getBoundingClientRect();
    let seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    while (seen?.shadowRoot) seen = seen.shadowRoot.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const covered = !seen || !(button.contains(seen) || seen.contains(button));
    if (top < 0 || bottom > innerHeight || covered) lost.push([y, Math.round(top), Math.round(bottom)]);
  }
  return lost;
}"""


@pytest.fixture
def phone(empty_page, server):
    """phone(path, size) is a page on a phone, and its main button."""

    def phone(path, size):
        width, height = size
        page = empty_page(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True)
        page.goto(server.origin + path)
        role, button = MAIN[path]
        page.locator(f'[data-role="{role}"]').first.wait_for(timeout=40_000)
        found = page.locator(button).first
        found.wait_for(state="attached")
        return page, found

    return phone


@pytest.mark.parametrize("size", PHONES)
@pytest.mark.parametrize("path", MAIN)
def test_the_main_button_stays_in_sight_wherever_a_phone_has_scrolled_to(phone, path, size):
    _, button = phone(path, size)
    assert button.evaluate(WALK) == []


def test_play_works_from_beside_the_controls_and_the_page_stays_where_it_is(phone):
    page, play = phone("/", PHONES[0])
    control = page.locator(".st-key-optimizer")
    control.scroll_into_view_if_needed()
    bar = page.locator(".transport[data-docked]")
    expect(bar).to_be_visible()
    before = control.bounding_box()
    play.click()
    expect(page.locator('[data-role="player"]')).to_have_attribute("data-playing", "true")
    page.locator('[data-action="pause"]').click()
    assert control.bounding_box() == before
    page.emulate_media(media="print")
    expect(bar).not_to_have_css("position", "fixed")
    expect(page.locator(".place-of-bar")).to_be_hidden()


def test_a_list_opens_above_the_bar(phone):
    page, _ = phone("/", PHONES[1])
    control = page.locator(".st-key-learning_rate")
    control.scroll_into_view_if_needed()
    expect(page.locator(".transport[data-docked]")).to_be_visible()
    control.locator('[aria-haspopup="listbox"]').first.click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    options.first.click()
    expect(control.locator("input")).to_have_value("0.00001")


TOP_OF_FOCUSED = """() => {
  let node = document.activeElement;
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement; // a picture among others
  return node.getBoundingClientRect().top;
}"""


def test_the_keyboard_brings_no_control_under_the_bar(phone):
    page, _ = phone("/", PHONES[1])
    bar = page.locator(".transport")
    page.locator(".st-key-learning_rate input").focus()
    for way in ("Tab", "Shift+Tab"):
        for _ in range(8):
            page.keyboard.press(way)
            focused = page.evaluate(TOP_OF_FOCUSED)
            under = bar.bounding_box()
            assert focused >= under["y"] + under["height"] - 1
