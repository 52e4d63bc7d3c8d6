"""The data set of seed 004, whose points have five inputs and no place in the plane, in a real browser."""

import re

from tests.browser.test_playground import expect

DOMAIN = 9
FIRST = (-8, 1, -3, 5, 2)
HELD = ["x₃3.5", "x₄2.5", "x₅1.0"]
CAPTIONS = ["across", "up", "held at 3.5", "held at 2.5", "held at 1.0"]


def choose(playground, label):
    with playground.taking():
        playground.choose("dataset", label)


def place_of(playground, x1, x2):
    """Where a point lies on the map, in pixels from its upper left corner."""
    side = playground.root.locator(".plot").bounding_box()["width"]
    return {"x": (x1 + DOMAIN) / (2 * DOMAIN) * side, "y": (DOMAIN - x2) / (2 * DOMAIN) * side}


def test_five_inputs_are_shown_trained_and_left_again(playground):
    root, page = playground.root, playground.page
    tiles, cut = root.locator('[data-role="input"]'), root.locator(".slice")
    expect(tiles).to_have_count(7)
    expect(cut).to_be_hidden()
    choose(playground, "Five inputs")
    expect(tiles).to_have_count(5)
    names = tiles.locator("> span").evaluate_all("all => all.map(name => name.innerText)")
    assert names == [f"x{k}" for k in range(1, 6)]
    assert tiles.locator("small").all_inner_texts() == CAPTIONS
    expect(root.locator(".held")).to_have_text(HELD)
    expect(playground.control("noise").get_by_role("slider")).to_be_disabled()
    expect(root.locator('[data-action="test-data"]')).to_be_hidden()
    expect(root.locator('[data-show="test"]')).to_have_text("–")

    first = playground.shown()
    playground.play_until("shown.frame >= 30")
    assert playground.pause().train_loss < first.train_loss

    root.locator(".plot").hover(position=place_of(playground, *FIRST[:2]))
    detail = root.locator(".detail")
    expect(detail).to_contain_text("Training point 1")
    expect(detail).to_contain_text("off the slice")
    facts = detail.locator(".facts > div").evaluate_all("all => all.map(fact => fact.innerText.split('\\n'))")
    assert [name for name, _ in facts] == ["x1", "x2", "x3", "x4", "x5", "Class", "Predicted", "Loss"]
    assert [int(value.replace("−", "-")) for _, value in facts[:5]] == list(FIRST)

    root.get_by_role("button", name=re.compile("^x₄")).click()
    playground.page.wait_for_url("**/*in=x1~x2~x3~x5*")
    expect(root.locator('[data-role="input"][aria-pressed="true"]')).to_have_count(4)

    choose(playground, "Circle")
    expect(tiles).to_have_count(7)
    expect(root.locator('[data-role="input"][aria-pressed="true"]')).to_have_count(2)
    expect(cut).to_be_hidden()
    expect(root.locator('[data-action="test-data"]')).to_be_visible()
    playground.play_until("shown.frame >= 5 && Number.isFinite(shown.test)")
    playground.pause()
    page.wait_for_url(lambda url: "data=" not in url)


def test_everything_of_the_first_view_fits_without_scrolling(visit):
    playground = visit("/?data=seed_004&in=x1~x2~x3~x4~x5&out=softmax&loss=cce")
    for part in (playground.root.locator(".panel"), playground.control("new_data")):
        box = part.bounding_box()
        assert box["y"] + box["height"] <= 900
    head = playground.root.locator(".map-head").bounding_box()
    up = playground.root.locator('[data-axis="up"]').bounding_box()
    assert up["y"] + up["height"] <= head["y"] + head["height"] + 2
    held, curve = (playground.root.locator(part).bounding_box() for part in (".slice", ".curve"))
    assert held["y"] + held["height"] <= curve["y"]
