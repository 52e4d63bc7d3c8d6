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
from pages.shell.widgets import come_to

SIDEBAR_WIDTH = 200
FIELDS = Path(__file__).with_name("fields")
FIRST = "playground"
PAGES = {
    FIRST: ("Playground", "hub"),
    "gradient-descent": ("Gradient descent", "trending_down"),
    "backprop": ("Backprop", "undo"),
    "loss-landscape": ("Loss landscape", "landscape"),
}
"""Address of each page, which is its file's name too -> title and icon, in the sidebar's order."""

_OPENED: ContextVar[bool] = ContextVar("opened", default=False)


def theme() -> Theme:
    """The colours of the user's browser: dark if Streamlit says so, otherwise light."""
    return THEMES.get(st.context.theme.type or "light", LIGHT)


@cache
def _one_thread_for_good() -> ExitStack:
    """Keep BLAS to one thread while the app runs: threads that spin waiting for work starve the browser."""
    held = ExitStack()
    held.enter_context(one_blas_thread())
    return held


def open_page() -> None:
    """Configure the app, list its pages in the sidebar, and run the chosen one."""
    _one_thread_for_good()
    st.set_page_config(
        "Backprop Playground", page_icon=_logo(LIGHT, 30), layout="wide", initial_sidebar_state=SIDEBAR_WIDTH
    )
    st.html(Path(__file__).with_name("page.css"))
    page_code(FIELDS)(key="fields_code")
    st.logo(_logo(theme(), 150), size="large", icon_image=_logo(theme(), 30))
    pages = [
        st.Page(
            f"pages/{name}.py", title=title, icon=f":material/{icon}:", default=name == FIRST, url_path=name
        )
        for name, (title, icon) in PAGES.items()
    ]
    with st.sidebar:
        for page in pages:
            st.page_link(page)
    page = st.navigation(pages, position="hidden")
    come_to(page.url_path)
    inside = _OPENED.set(True)
    try:
        page.run()
    finally:
        _OPENED.reset(inside)
    _run_again_when_reconnected()


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


def _logo(theme: Theme, width: int) -> str:
    """Two neurons joined by a positive and a negative link; the name beside them shows if width allows."""
    negative, _, _, _, positive = theme.diverging
    font = 'font-family="Source Sans, system-ui, sans-serif" font-weight="700" font-size="15"'
    link = 'fill="none" stroke-width="2.2" stroke'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="33" viewBox="0 -1 {width} 33">'
        f'<path d="M14 7.5h5a4 4 0 0 1 4 4V16" {link}="{theme.ink}"/>'
        f'<path d="M16 22.5h-5a4 4 0 0 1-4-4V14" stroke-dasharray="3 2.2" {link}="{theme.ink}"/>'
        f'<rect x="1" y="1" width="13" height="13" rx="3.5" fill="{negative}"/>'
        f'<rect x="16" y="16" width="13" height="13" rx="3.5" fill="{positive}"/>'
        f'<text x="40" y="12" {font} fill="{theme.ink}">Backprop</text>'
        f'<text x="40" y="28" {font} fill="{theme.ink}">Playground</text></svg>'
    )
