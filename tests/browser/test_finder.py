"""What the finder finds on small pages made by hand: each kind of fault, and nothing on a clean page."""

from __future__ import annotations

import pytest

from tests.screens.finder import Finding, find_faults, folded, landmarks, moved

FORM = """
<style>
  body { font: 16px sans-serif; margin: 20px }
  p { margin: 0 0 16px }
  sub, sup { font-size: 9px }
  .narrow { width: 40px; white-space: nowrap }
  .cut { overflow: hidden }
  .scrolls { overflow: auto; margin: 0; height: 50px }
  .low { height: 25px }
  .above { margin-top: -30px }
  .floating { position: fixed; top: 90px; background: white }
  .page { position: absolute; inset: 0; overflow: auto }
  .tall { height: 900px }
  .away { position: fixed; left: -900px }
  .room { all: unset; position: absolute; inset: 0 }
</style>
<h1>Headline</h1>
<p>A text of some <b>length</b> with x<sub>1</sub> and y<sup>2</sup>.</p>
<label>Width <input value="4"></label> <button><b>Play</b></button>
<select><option>tanh</option></select>
"""
FAULTS = {
    "texts overlap": '<p>Below</p><p class="above">Above</p>',
    "text overlaps a control": '<button style="width: 200px">Go</button><i style="margin-left: -60px">A</i>',
    "text is cut": '<div class="narrow cut">A long text</div>',
    "text of 12 px": '<p style="font-size: 12px">Small</p>',
    "the page scrolls sideways": '<div style="width: 2000px">Wide</div>',
}
CUT = {
    "below": '<div class="low cut">A<br>B</div>',
    "by an ellipsis": '<div class="narrow cut" style="text-overflow: ellipsis">A long text</div>',
    "by a part above it": '<div class="narrow cut"><p style="width: 99px">A long text</p></div>',
    "by the edge of a drawing": '<svg width="50" height="30"><text x="20" y="20">A long text</text></svg>',
    "in a field": '<input class="narrow" value="A long text">',
    "in a select box": '<select class="narrow"><option>A long text</option></select>',
}
FINE = {
    "what scrolls": '<div class="narrow scrolls">A long text</div>',
    "what is scrolled out of view": '<div class="low cut"><pre class="scrolls">A\n\n\n\n\nB</pre></div>',
    "what is outside the window": '<p class="away" style="font-size: 9px">A</p>',
    "a field outside the window": '<input class="narrow away" value="A long text">',
    "what is hidden on purpose": '<div class="cut" style="width: 1px; height: 1px">For readers</div>',
    "what isn't shown": '<p style="visibility: hidden; font-size: 9px">A</p><p style="opacity: 0">B</p>',
    "what isn't in what cuts": '<div class="low cut"><b style="position: absolute">A<br>B</b></div>',
    "what floats above the page": '<p>Below</p><p class="floating">Above</p>',
    "room to press on without a ground": '<p>Text</p><button class="room"></button>',
    "close lines of one paragraph": '<p style="line-height: .8">One<br>two</p>',
    "the room of a font around its letters": '<p style="margin: 0">on</p><p style="margin: -9px 0 0">on</p>',
    "a long table in a region of its own": '<div role="region" tabindex="0" aria-label="Numbers"'
    ' style="height: 360px; overflow: auto"><p style="width: 2000px; height: 2000px">A</p></div>',
    "an icon's name": "<span style=\"font: 9px 'Material Symbols Rounded'\">arrow</span>",
}
SHADOW = "(inner) => { document.body.attachShadow({ mode: 'open' }).innerHTML = inner; }"


@pytest.fixture
def made(browser):
    """made(html) is a page with this body, in a window of 600 × 400."""
    page = browser.new_page(viewport={"width": 600, "height": 400})

    def made(html):
        page.set_content(f"<!doctype html>{html}")
        return page

    yield made
    page.close()


def kinds(page):
    return [fault["what"] for fault in find_faults(page)]


def test_a_clean_page_has_no_faults(made):
    assert find_faults(made(FORM)) == []


@pytest.mark.parametrize("what", FAULTS)
def test_each_kind_of_fault_is_found(made, what):
    assert kinds(made(FORM + FAULTS[what])) == [what]


@pytest.mark.parametrize("what", FAULTS)
def test_each_kind_of_fault_is_found_where_the_page_must_be_scrolled_to(made, what):
    page = made(f'{FORM}<main class="page"><div class="tall"></div>{FAULTS[what]}</main>')
    assert kinds(page) == [what]


@pytest.mark.parametrize("what", FAULTS)
def test_each_kind_of_fault_is_found_in_a_shadow_root(made, what):
    page = made("")
    page.evaluate(SHADOW, FORM + FAULTS[what])
    assert kinds(page) == [what]


@pytest.mark.parametrize("how", CUT)
def test_text_is_cut(made, how):
    assert kinds(made(FORM + CUT[how])) == ["text is cut"]


@pytest.mark.parametrize("what", FINE)
def test_no_fault_is(made, what):
    assert find_faults(made(FORM + FINE[what])) == []


def test_letters_are_measured_as_a_drawing_shows_them(made):
    label = '<text x="5" y="30" font-size="{}">Label</text>'
    drawing = '<svg viewBox="0 0 100 50" width="200" height="100">{}</svg>'
    assert kinds(made(drawing.format(label.format(6)))) == ["text of 12 px"]
    assert kinds(made(drawing.format(label.format(7)))) == []


def test_a_fault_says_where_it_is_and_how_much(made):
    html = '<div class="st-key-loss"><b data-show="test" style="font-size: 11px">0.5</b></div>'
    [fault] = find_faults(made(html))
    assert fault == {
        "what": "text of 11 px",
        "where": ".st-key-loss [test] b",
        "example": "“0.5”",
        "amount": 0,
    }
    scroller = '<main style="overflow: auto"><i style="display: block; width: 900px">Wide</i></main>'
    [fault] = find_faults(made(f'<section><div style="width: 640px">Wide</div></section>{scroller}'))
    assert fault == {"what": "the page scrolls sideways", "where": "div", "example": "", "amount": 48}


def test_what_moves_is_told_with_its_shift_and_once_for_all_that_is_in_it(made):
    button = '<button data-action="play">Play</button>'
    page = made(f'<div data-role="player">{button}</div><h2>Stays</h2>')
    before = landmarks(page)
    assert moved(before, landmarks(page)) == []
    page.evaluate("document.body.style.height = '2000px'")
    page.evaluate("scrollTo(0, 200)")
    assert moved(before, landmarks(page)) == []
    page.evaluate("document.querySelector('div').style.cssText = 'position: relative; left: 7px'")
    [fault] = moved(before, landmarks(page))
    assert fault == {"what": "it moves", "where": "[player] div", "example": "by (7, 0)", "amount": 7}


def test_a_fault_on_many_screens_is_one_line():
    found = [
        Finding("backprop", "as it opens", size, "light", "text is cut", "p", "“A”", amount)
        for size, amount in (("390x844", 3), ("320x640", 9))
    ]
    assert str(found[0]) == "backprop · as it opens · 390x844 · light · text is cut, 3 px: p “A”"
    assert folded(found) == ["backprop · as it opens · 390x844, 320x640 · light · text is cut, 9 px: p “A”"]
