"""All pages on three screens, by the finder and by axe-core; python -m tests.screens looks at all others."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from engine import Experiment
from engine.data.datasets import MAX_CLASSES
from engine.runs.experiment import MAX_LAYERS, MAX_WIDTH
from tests.browser.conftest import missing
from tests.screens.axe import AXE, MISSING, find_violations
from tests.screens.finder import Finding, find_faults
from tests.screens.known import KNOWN, Known, surprises
from tests.screens.states import LARGEST, POPOVER, SHOWN, STATES, TEN_CLASSES, settle
from tests.screens.walk import THEMES, movements, opened, resize, settled

SIZES = (1440, 900), (1024, 768), (390, 844)
OPENING = {state.page: state for state in STATES if state.name == "as it opens"}
SHADOW = "(inner) => { document.querySelector('div').attachShadow({ mode: 'open' }).innerHTML = inner; }"
POPOVERS = {page: [state for state in STATES if state.page == page and state.again] for page in SHOWN}


@pytest.fixture(scope="module")
def shown(browser, server):
    """shown(page, theme) is a page as it opens; every page is opened once in each theme."""
    pages = {}
    with ExitStack() as stack:

        def shown(page, theme):
            if (page, theme) not in pages:
                visit = opened(browser, server.origin, OPENING[page], SIZES[0], theme)
                pages[page, theme] = stack.enter_context(visit)
            return pages[page, theme]

        yield shown


def are_known(found, page, *, axe):
    known = [entry for entry in KNOWN if entry.page == page and entry.what.startswith("axe ") == axe]
    if lines := surprises(found, known):
        pytest.fail("\n".join(lines), pytrace=False)


def test_the_states_that_are_looked_at_are_the_largest():
    assert Experiment.from_link(TEN_CLASSES).outputs == MAX_CLASSES
    assert Experiment.from_link(LARGEST).hidden == (MAX_WIDTH,) * MAX_LAYERS


@pytest.mark.parametrize("page", SHOWN)
def test_nothing_overlaps_or_is_cut_or_small_or_moves(shown, page):
    view, state, found = shown(page, "light"), OPENING[page], []
    for size in SIZES:
        resize(view, state, size)
        faults = settled(view, find_faults) + (movements(view, state) if state.moves else [])
        found += [Finding(page, state.name, "x".join(map(str, size)), "light", **fault) for fault in faults]
    are_known(found, page, axe=False)


@pytest.mark.parametrize("page", SHOWN)
def test_axe_finds_nothing_serious_with_popovers_open(shown, page):
    if not AXE.exists():
        missing(MISSING)
    found = []
    for theme in THEMES:
        view = shown(page, theme)
        resize(view, OPENING[page], SIZES[0])
        for state in (OPENING[page], *POPOVERS[page]):
            state.act(view)
            settle(view)
            faults = find_violations(view, POPOVER if state.again else None)
            found += [Finding(page, state.name, "1440x900", theme, **fault) for fault in faults]
            if state.again:
                view.keyboard.press("Escape")
                view.locator(POPOVER).wait_for(state="detached")
    are_known(found, page, axe=True)


def test_a_new_fault_and_one_that_is_gone_are_told():
    entry = Known("backprop", "axe color-contrast", "span", "somebody else's")
    contrast = Finding("backprop", "a", "b", "light", "axe color-contrast: Too little", ".st-key-a span")
    name = Finding("backprop", "a", "b", "light", "axe button-name: None", "button")
    assert surprises([contrast], [entry]) == []
    assert surprises([contrast, name], [entry]) == [str(name)]
    assert surprises([], [entry]) == [f"no longer found: {entry}"]
    assert surprises([contrast], []) == [str(contrast)]


def test_axe_looks_into_shadow_roots_and_tells_what_is_serious(browser):
    if not AXE.exists():
        missing(MISSING)
    page = browser.new_page()
    page.set_content('<!doctype html><html lang="en"><title>A</title><main><h1>B</h1><div></div></main>')
    page.evaluate(SHADOW, '<button data-action="play"></button>')
    [violation] = find_violations(page)
    assert violation["what"].startswith("axe button-name: ")
    assert violation["where"] == "[play] button"
    page.close()
