"""Opens every state at every size in both themes, and looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.screens.finder import Finding, find_faults, landmarks, moved
from tests.screens.states import SHOWN, State, settle

Size = tuple[int, int]
SIZES: tuple[Size, ...] = (
    (1920, 1080),
    (1440, 900),
    (1366, 768),
    (1280, 720),
    (1152, 720),
    (1024, 768),
    (820, 1180),
    (720, 900),
    (600, 900),
    (390, 844),
    (360, 640),
    (320, 640),
)
THEMES = ("light", "dark")
PATIENCE = 60_000
"""Milliseconds to wait for a condition."""
MOMENT, MOMENTS = 300, 10
"""Milliseconds between two looks, and most looks until two find the same: views follow a new size late."""
REASON = 200
"""Most characters of Playwright's words that are repeated."""

Fault = dict[str, Any]
Look = Callable[[Any], list[Fault]]


def walk(
    browser: Any,
    origin: str,
    states: Iterable[State],
    sizes: Sequence[Size] = SIZES,
    themes: Sequence[str] = THEMES,
    pictures: Path | None = None,
    look: Look = find_faults,
) -> Iterator[Finding]:
    """Every fault that a look finds in these states; pictures are saved in the folder, if one is given.

    Whether anything moves is watched in the first theme only, as colours move nothing.
    """
    from playwright.sync_api import Error

    for state in states:
        for theme in themes:
            watch = state.moves is not None and theme == themes[0] and look is find_faults
            try:
                yield from _visit(browser, origin, state, sizes, theme, pictures, look, watch)
            except Error as error:
                reason = " ".join(str(error).split())[:REASON]
                yield Finding(state.page, state.name, "any size", theme, "it did not come about", reason)


def _visit(
    browser: Any,
    origin: str,
    state: State,
    sizes: Sequence[Size],
    theme: str,
    pictures: Path | None,
    look: Look,
    watch: bool,
) -> Iterator[Finding]:
    with opened(browser, origin, state, sizes[0], theme) as page:
        for size in sizes:
            at = state.page, state.name, "x".join(map(str, size)), theme
            if size != sizes[0]:
                resize(page, state, size)
            faults = settled(page, look)
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=pictures / ("-".join(at).replace(" ", "-") + ".png"))
            if watch:
                faults += movements(page, state)
            yield from (Finding(*at, **fault) for fault in faults)


@contextmanager
def opened(browser: Any, origin: str, state: State, size: Size, theme: str) -> Iterator[Any]:
    """The page in this state, in a browser of its own that has seen nothing before."""
    context = browser.new_context(viewport=_viewport(size), color_scheme=theme)
    context.set_default_timeout(PATIENCE)
    try:
        page = context.new_page()
        page.goto(origin + state.path)
        for part in SHOWN[state.page]:
            page.locator(part).first.wait_for()
        settle(page)
        state.act(page)
        settle(page)
        yield page
    finally:
        context.close()


def resize(page: Any, state: State, size: Size) -> None:
    """Give the window another size, and bring the state about again if that ends it."""
    if state.again:
        page.keyboard.press("Escape")
    page.set_viewport_size(_viewport(size))
    settle(page)
    if state.again:
        state.act(page)
        settle(page)


def settled(page: Any, look: Look) -> list[Fault]:
    """What a look finds once it finds the same twice."""
    found = look(page)
    for _ in range(MOMENTS):
        before = found
        page.wait_for_timeout(MOMENT)
        found = look(page)
        if found == before:
            break
    return found


def movements(page: Any, state: State) -> list[Fault]:
    """What moves, each once, wherever in the course of it it did."""
    assert state.moves is not None
    found: dict[str, Fault] = {}
    before = landmarks(page)
    for _ in state.moves(page):
        after = landmarks(page)
        for fault in moved(before, after):
            found.setdefault(fault["where"], fault)
        before = after
    return list(found.values())


def _viewport(size: Size) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}
