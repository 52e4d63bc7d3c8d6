"""The shell of every page: title, logo, navigation, and the style rules around the components."""

from __future__ import annotations

from contextlib import ExitStack
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st

from engine.threads import one_blas_thread
from pages.figures.theme import LIGHT, THEMES, Theme
from pages.live.assets import page_code
from pages.live.turns import Turns
from pages.shell.connections import answer_at_once
from pages.shell.controls import known
from pages.shell.lesson import is_framed, kept, lesson
from pages.shell.lesson_dialog import lesson_dialog
from pages.shell.widgets import come_to

SIDEBAR_WIDTH = 200
TURNS = "backprop_turns"
FIELDS = Path(__file__).with_name("fields")
FIRST = "playground"
PAGES = {
    FIRST: ("Playground", "hub", "Watch a small neural network learn from example points: press Play."),
    "gradient-descent": (
        "Gradient descent",
        "trending_down",
        "A point steps down a surface: the size of its steps decides whether it arrives.",
    ),
    "backprop": (
        "Backprop",
        "undo",
        "How a network finds its gradients: one training step, worked out number by number.",
    ),
    "loss-landscape": (
        "Loss landscape",
        "landscape",
        "The loss of the playground's network as hills and valleys, with the path that training took.",
    ),
    "experiments": (
        "Experiments",
        "bar_chart",
        "Is it so, or was it the seed? Many runs side by side, and how far they differ.",
    ),
}
"""Address of each page, which is its file's name too -> title, icon and a sentence for newcomers, in the
sidebar's order."""

_OPENED: ContextVar[bool] = ContextVar("opened", default=False)


def theme() -> Theme:
    """The colours of the user's browser: dark if Streamlit says so, otherwise light."""
    return THEMES.get(st.context.theme.type or "light", LIGHT)


@cache
def _prepare_process() -> ExitStack:
    """What holds while the app runs: answers leave at once, and BLAS keeps to one thread.

    Threads of BLAS that spin waiting for work would starve the browser.
    """
    answer_at_once()
    held = ExitStack()
    held.enter_context(one_blas_thread())
    return held


def open_page() -> None:
    """Configure the app, list its pages in the sidebar, and run the chosen one, from the top of the page.

    A run that follows a view's on the same thread finds Streamlit still in the view's place, and would write
    the whole page into it; what waits on a thread is run there because `fastReruns` is off.

    A run of the page is a turn of its own: beside threads that train it would take several times as long, and
    as a page runs far more seldom than a view asks for frames, its turn comes before theirs.
    """
    _prepare_process()
    turns: Turns = st.session_state.setdefault(TURNS, Turns())
    with st._main, turns.next():
        _open_page()


def _open_page() -> None:
    st.set_page_config(page_icon=_logo(LIGHT), layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    pages = [
        st.Page(
            f"pages/{name}.py", title=title, icon=f":material/{icon}:", default=name == FIRST, url_path=name
        )
        for name, (title, icon, _) in PAGES.items()
    ]
    page = st.navigation(pages, position="hidden")
    st.set_page_config(f"{page.title} · Backprop Playground")
    st.html(Path(__file__).with_name("page.css"))
    page_code(FIELDS)(key="fields_code", data=lesson().data())
    if has_sidebar := not (is_framed() or lesson().alone):
        st.logo(_logo(theme()), size="large")
        _heading(page.title)
        with st.sidebar:
            for other in pages:
                st.page_link(other, query_params=kept())
    else:
        st.html(Path(__file__).with_name("framed.css"))
    come_to(page.url_path)
    known().clear()
    inside = _OPENED.set(True)
    try:
        page.run()
    finally:
        _OPENED.reset(inside)
    if has_sidebar:
        with st.sidebar:
            name = page.url_path or FIRST
            lesson_dialog(name, "player" if name == FIRST else "main view")
    _run_again_when_reconnected()


def _heading(title: str) -> None:
    """The page's name and its sentence for newcomers, in the band above the page that is empty otherwise."""
    (sentence,) = [said for name, _, said in PAGES.values() if name == title]
    with st.container(key="heading"):
        st.html(f"<h1>{title}</h1><p>{sentence}</p>")


@st.fragment(run_every=3600)
def _run_again_when_reconnected() -> None:
    """Nothing: where a page has a fragment that runs by itself, Streamlit runs the page after a reconnection.

    Otherwise a page at rest would go on showing what a restarted server knows nothing of.
    """


def in_shell() -> None:
    """Call this first on every page.

    On a server that has run nothing yet, Streamlit takes the files in pages/ for the pages and runs the one
    named like the address, without app.py. Then the shell is opened from here and runs the page inside it.
    That is why a page's file has the name of its address, hyphen included.
    """
    if not _OPENED.get():
        open_page()
        st.stop()


def _logo(theme: Theme) -> str:
    """Two neurons joined by a positive and a negative link.

    A picture keeps its colours when the theme changes: grey links show on both grounds, and the name
    beside them is text of the page, see page.css.
    """
    negative, _, _, _, positive = theme.diverging
    link = 'fill="none" stroke-width="2.2" stroke="#7b8794"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="33" viewBox="0 -1 30 33">'
        f'<path d="M14 7.5h5a4 4 0 0 1 4 4V16" {link}/>'
        f'<path d="M16 22.5h-5a4 4 0 0 1-4-4V14" stroke-dasharray="3 2.2" {link}/>'
        f'<rect x="1" y="1" width="13" height="13" rx="3.5" fill="{negative}"/>'
        f'<rect x="16" y="16" width="13" height="13" rx="3.5" fill="{positive}"/></svg>'
    )
