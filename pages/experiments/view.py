"""Mounts the picture of a sweep and its presets, and keeps the picture going while runs are trained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from engine import Experiment
from engine.runs.rows import in_words
from pages.experiments.controls import run_button
from pages.experiments.data import Drawn, held_fixed, sweep_data
from pages.experiments.presets import OWN, OWN_LABEL, OWN_QUESTION, PRESETS
from pages.experiments.session import SweepSession
from pages.experiments.settings import VIEWS, SweepSettings
from pages.experiments.tables import cell_table, run_table
from pages.experiments.user import KEY
from pages.live.assets import code, component, socket
from pages.live.protocol import pack
from pages.playground.user import session
from pages.shell.chart import spoken
from pages.shell.downloads import csv_of, save
from pages.shell.shell import theme
from pages.shell.tables import number_table
from pages.shell.widgets import heading

HERE = Path(__file__).parent
TICK, CHARTS = 0.05, 0.5
"""Seconds between two pieces of work, and between two pictures of it."""
TURNS = 2
"""Turns of work in one piece."""
DRAWN = "sweep_drawn"
FOLLOW = "sweep_page_must_follow"
"""Set where the page around the picture has something to do: keep the link, hand over a file."""


def presets(user: SweepSession) -> None:
    """The presets, and what all cells have in common."""
    chosen = next((name for name in PRESETS if _wanted(name, user) == (user.base, user.settings)), "")
    items = [{"name": name, "label": row.label, "question": row.question} for name, row in PRESETS.items()]
    own = {"name": OWN, "label": OWN_LABEL, "question": OWN_QUESTION}
    data = {"items": [*items, own], "chosen": chosen, "held": held_fixed(user)}
    component(HERE / "starts")(key="sweep_starts", data=data, on_preset_change=_open_preset)


def _wanted(name: str, user: SweepSession) -> tuple[Experiment, SweepSettings]:
    """What a preset asks for; how it is looked at stays as the user has chosen."""
    row = PRESETS[name]
    return row.base, replace(row.settings, view=user.settings.view)


def _open_preset() -> None:
    """Take what a preset starts from and varies, and begin."""
    user: SweepSession = st.session_state[KEY]
    name = st.session_state.get("sweep_starts", {}).get("preset")
    try:
        if name == OWN:
            user.take(session(link=False).experiment, user.settings)
        elif name in PRESETS:
            user.take(*_wanted(name, user))
        else:
            return
    except ValueError as error:
        user.refuse(in_words(error, SweepSettings))
        return
    if user.small:
        user.run()


def picture_code() -> None:
    """Send the picture's code to the browser, once per page."""
    code(HERE / "sweep")(key="sweep_code", on_wake_change=lambda: None)


def picture(user: SweepSession) -> None:
    """The picture, drawn again twice a second while runs are trained, which goes on between."""
    if user.running and not user.done:  # so that the first picture already shows something
        _train(user)
    st.session_state[FOLLOW] = False
    busy = user.busy
    with st.container(key="sweep_card"):
        with st.container(key="sweep_button"):
            run_button(user)
        st.fragment(_show, run_every=CHARTS if busy else None)(user)
    if busy:
        st.fragment(_work, run_every=CHARTS if user.elsewhere else TICK)(user)
    spoken("sweep_spoken", _said(user))


def _show(user: SweepSession) -> None:
    drawn: Drawn = st.session_state.setdefault(DRAWN, {})

    def view_chosen() -> None:
        name = st.session_state.get("sweep", {}).get("view")
        if name in VIEWS:
            user.set(view=name)
            st.session_state[FOLLOW] = True

    def keep_wanted() -> None:
        user.keep(st.session_state.get("sweep", {}).get("keep"), theme())
        _train(user)
        st.session_state[FOLLOW] = user.busy

    def taken() -> None:
        user.taken(st.session_state.get("sweep", {}).get("taken"))

    def csv_wanted() -> None:
        save(csv_of(run_table(user)), "sweep.csv", "text/csv")
        st.session_state[FOLLOW] = True

    if st.session_state.get(FOLLOW):  # until the page has followed: such a rerun may get lost
        st.rerun()

    socket("sweep")(
        key="sweep",
        data=pack(sweep_data(user, drawn), [], []),
        on_view_change=view_chosen,
        on_csv_change=csv_wanted,
        on_keep_change=keep_wanted,
        on_taken_change=taken,
    )


def _train(user: SweepSession) -> None:
    for _ in range(TURNS):
        user.work()


def _work(user: SweepSession) -> None:
    _train(user)
    if not user.busy:
        st.rerun()


def _said(user: SweepSession) -> str:
    """What a screen reader says once the state has changed."""
    if user.running:
        return f"{user.wanted} of {user.total} runs are to be trained now."
    if user.state == "empty":
        return ""
    return f"{user.done} of {user.total} runs are done."


def tables(user: SweepSession) -> None:
    """What the picture shows, in numbers; while runs are trained the picture alone follows."""
    if user.running or not user.done:
        return
    with st.container(gap="xsmall", key="sweep_numbers"):
        heading("The cells in numbers")
        number_table("sweep_table", cell_table(user))
        st.caption("CSV, above, has every run with its link.")
