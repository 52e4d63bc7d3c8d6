"""Take with you: the panel from which a run is saved, opened, and taken along in numbers and pictures."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from engine import Experiment
from engine.runs.rows import in_words
from pages.playground.own_data.bringing import bringing
from pages.playground.own_data.panel import open_way
from pages.playground.session import Session
from pages.playground.take.code import code_section
from pages.playground.take.film import cancel_film, film_part
from pages.playground.take.run_drop import run_drop
from pages.playground.take.tables import history, weights
from pages.playground.take.zip_part import page_address, zip_part
from pages.shell.controls import button, file_uploader
from pages.shell.downloads import csv_of, download, hand_over_files
from pages.shell.lesson import LOCKED, is_framed, lesson
from pages.shell.widgets import heading

ENTRY = "take_with_you"
OWN_DATA = "own-data"
REFUSED = "backprop_refused_file"
OPENER = "open_run"
NAME = "Take with you"


def take_entry(user: Session) -> None:
    """The button that opens the panel, in the band above the page."""

    def pressed() -> None:
        user.takes = user.redraw = True
        st.session_state.pop(REFUSED, None)

    if not (is_framed() or lesson().alone):
        with st.container(key=f"{ENTRY}_band"):
            button(NAME, key=ENTRY, icon=":material/download:", on_click=pressed, width="content")


def take_panel(user: Session) -> None:
    """Open what is dropped on the page, and show the panel if it is to be; call this at the page's end."""

    def open_run(content: bytes) -> None:
        if _is_off(ENTRY):
            user.refuse(LOCKED)
        else:
            _open_dropped(user, content)

    def open_table(content: bytes, name: str) -> None:
        if _is_off(OWN_DATA):
            user.refuse(LOCKED)
            return
        user.takes = False
        open_way("upload")
        bringing().read(content, name)

    def closed() -> None:
        user.takes = False
        cancel_film()

    run_drop(open_run, open_table, user.refuse)
    if user.takes:
        st.dialog(NAME, width="large", on_dismiss=closed)(lambda: _panel(user))()


def _is_off(name: str) -> bool:
    """Whether a teacher's link has taken away or locked what a drop would do."""
    asked = lesson()
    return name in asked.hide | asked.lock


def _open_dropped(user: Session, content: bytes) -> None:
    if (refusal := _refusal(user, content)) is not None:
        user.refuse(refusal)
    user.takes = False


def _refusal(user: Session, content: str | bytes) -> str | None:
    """Go on with the run of a file; for one that can't be opened the reason, and nothing is changed."""
    try:
        user.open_file(content)
    except ValueError as error:
        return f"This run file can't be opened: {in_words(error, Experiment)}"
    return None


def _panel(user: Session) -> None:
    if not user.takes:  # a run has been opened: the page shows it
        st.rerun()
    user.stand_at_shown()
    epoch = f"{user.timeline[user.timeline.frame].progress:.10g}"
    st.caption(f"{user.provenance} · epoch {epoch}")
    name = f"run-{user.experiment.dataset}-frame-{user.shown}"
    run, numbers, whole = st.columns(3, gap="medium")
    with run:
        _run_part(user, name)
    with numbers:
        _link_part(user)
        _number_part(user, name)
        film_part(user, name)
    with whole:
        zip_part(user, name)
    code_section(user)
    hand_over_files("saver_in_panel")


def _run_part(user: Session, name: str) -> None:
    heading("Run")
    try:
        text = user.run_file()
    except ValueError as error:
        st.info(str(error))
    else:
        download(
            "Save run",
            lambda: text,
            f"{name}.json",
            "application/json",
            key="save_run",
            width="stretch",
        )
        st.caption(
            "Settings, changes, losses and the network at this frame in one JSON file. Opened again, it goes "
            "on to the same numbers."
        )

    def chosen() -> None:
        given = st.session_state.get(OPENER)
        st.session_state.pop(REFUSED, None)
        if given is not None:
            refusal = _refusal(user, given.getvalue())
            st.session_state[REFUSED] = refusal
            user.takes = refusal is not None

    file_uploader("Open run", type="json", key=OPENER, on_change=chosen)
    if refusal := st.session_state.get(REFUSED):
        st.error(refusal)
    st.caption("The run of the file takes the place of this one. A file may also be dropped on the page.")


def _link_part(user: Session) -> None:
    heading("Link")
    st.code(f"{page_address()}?{user.link}", language=None, height=96, wrap_lines=True)
    if user.experiment.table is not None:
        st.caption("The link names the table and doesn't hold it: whoever opens it needs the run file.")


def _number_part(user: Session, name: str) -> None:
    heading("Numbers")
    tables: dict[str, tuple[str, Callable[[], str]]] = {
        "history": ("History (CSV)", lambda: csv_of(history(user))),
        "weights": ("Weights (CSV)", lambda: csv_of(weights(user))),
    }
    with st.container(horizontal=True):
        for key, (label, make) in tables.items():
            download(label, make, f"{name}-{key}.csv", "text/csv", key=f"save_{key}")
