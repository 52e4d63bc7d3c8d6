"""Native widgets and views under Streamlit: what they show, what the user chose, what must run again."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from pages.live.view import View
from pages.shell.controls import is_shown, use_of
from pages.shell.downloads import hand_over_files
from pages.shell.number_field import page_is_run, take_typed, used_meanwhile

OPENED = "backprop_popover_opened"
BUILDING = "backprop_popover_building"
OUTDATED = "backprop_outdated_widgets"
SHOWN = "backprop_shown_by_widgets"
PAGE, ARRIVING = "backprop_page_on_show", "backprop_arriving"
VALUES, WHOLE = "backprop_widget_values", "backprop_whole_page_is_run"


def show(key: str, value: Any) -> None:
    """Make the widget of this key show a value of the experiment; call it before the widget is made.

    The value is set only where the browser shows another one, because a value that is set arrives late and
    overwrites what the user has typed meanwhile. Until it arrives, the browser keeps sending its old value
    with every message, as if the user had chosen it. That old value is noted, so that user_chose can tell.
    """
    browser = st.session_state.get(key, value)
    if browser == value or st.session_state.get(BUILDING):
        _outdated().pop(key, None)
    else:
        _outdated()[key] = browser
    if browser != value:
        st.session_state[key] = value
    st.session_state.setdefault(SHOWN, {})[key] = value


def user_chose(key: str) -> bool:
    """Whether a new value was chosen by the user, and not sent by a browser that lags or catches up."""
    value, outdated = st.session_state[key], _outdated()
    catches_up = value == st.session_state.get(SHOWN, {}).get(key)
    return not catches_up and (key not in outdated or value != outdated[key])


@contextmanager
def popover(label: str, key: str, *, width: int) -> Iterator[bool]:
    """A popover; its widgets are built in the browser when it opens, and then show what they were given.

    It yields whether it is there: the link may hide it, and what is in it.
    """
    if not is_shown(key, label):
        yield False
        return

    def opened() -> None:
        st.session_state[OPENED] = key

    with st.popover(label, key=key, width=width, on_change=opened, **use_of(key, False, None)):
        st.session_state[BUILDING] = st.session_state.get(OPENED) == key
        try:
            yield True
        finally:
            st.session_state[BUILDING] = False


def heading(text: str, width: Any = "stretch") -> None:
    """Head a part of the page: a screen reader goes from heading to heading."""
    st.html(f'<h2 class="part-heading">{html.escape(text)}</h2>', width=width)


def come_to(page: str) -> None:
    """Note which page is about to run."""
    st.session_state[ARRIVING] = st.session_state.get(PAGE) != page
    st.session_state[PAGE] = page
    st.session_state[VALUES], st.session_state[WHOLE] = _widget_values(), True
    page_is_run(arriving())


def arriving() -> bool:
    """Whether the user has just come to the page; then the main view is shown first, and alone."""
    return bool(st.session_state.get(ARRIVING))


def come_again(seconds: float = 0.3) -> None:
    """Run the page once more after `seconds`, so that the browser can paint what it has."""
    shown = False

    @st.fragment(run_every=seconds)
    def again() -> None:
        nonlocal shown
        if shown:
            st.rerun()
        shown = True

    again()


def page_done() -> None:
    """Call this at the end of the page's run."""
    hand_over_files()
    st.session_state[OPENED] = None
    st.session_state[WHOLE] = False


def mount_view(socket: Callable[..., Any], key: str, view: View[Any], payload: Callable[[], bytes]) -> None:
    """Mount a view in its fragment: a request runs this fragment alone, and the page if it must follow.

    Args:
        socket:  the component that carries the view's data.
        key:     of the component in the session state, where its requests arrive.
        payload: returns what is sent next.
    """

    def answer() -> None:
        take_typed()
        view.answer(st.session_state.get(key, {}).get("request"))

    follow(view)
    socket(key=key, data=payload(), on_request_change=answer)


def follow(view: View[Any]) -> None:
    """Call this first in a view's fragment: run the whole page if it must follow the view or its own widgets.

    The browser bundles what happens at nearly the same time into one message. If a view's request comes
    together with a user's choice, only the view is run, and the page would keep showing the old choice.
    """
    must, view.redraw = view.redraw, False
    if st.session_state.get(WHOLE, True):  # the page is being run, and follows; a rerun of it may get lost
        return
    _note_who_caught_up()
    if must or _used_meanwhile():
        st.rerun(scope="app")


def _note_who_caught_up() -> None:
    """Forget the old value of a widget whose browser has sent the new one: chosen again, it is a choice."""
    for key in [*_outdated()]:
        if st.session_state.get(key) == st.session_state[SHOWN].get(key):
            del _outdated()[key]


def _used_meanwhile() -> bool:
    """Whether a widget's value differs from the page's last run, and from what it was given since."""
    before, shown = st.session_state[VALUES], st.session_state.get(SHOWN, {})
    return used_meanwhile() or any(
        key in before and value not in (before[key], shown.get(key))
        for key, value in _widget_values().items()
    )


def _widget_values() -> dict[str, Any]:
    """The values of the page's widgets; the requests of views are not among them."""
    plain = (str, int, float, bool, type(None))
    values = {str(key): value for key, value in st.session_state.items() if isinstance(value, plain)}
    return {key: value for key, value in values.items() if not key.startswith("backprop_")}


def _outdated() -> dict[str, Any]:
    outdated: dict[str, Any] = st.session_state.setdefault(OUTDATED, {})
    return outdated
