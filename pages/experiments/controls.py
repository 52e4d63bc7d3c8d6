"""The native controls of a sweep: what is varied, its values, the seeds, and how long each run is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from engine.runs.rows import in_words, rows
from engine.runs.sweep import MOST_EPOCHS
from pages.experiments.session import SweepSession
from pages.experiments.settings import MOST_SEEDS, MOST_SUCCESS, NOTHING, SweepSettings
from pages.experiments.user import KEY
from pages.experiments.variables import variables
from pages.shell.binding import bound, number, one_of
from pages.shell.controls import button, multiselect, selectbox

NONE = "nothing else"
ROWS = rows(SweepSettings)


def sweep_controls(user: SweepSession) -> None:
    """The row of controls."""
    s, known = user.settings, variables()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="controls"):
        selectbox(
            ROWS["vary"].label,
            format_func=lambda name: known[name].label,
            width=168,
            **one_of(known, "vary", s.vary, lambda name: _set(vary=name)),
        )
        _values("values", s.vary, s.values)
        selectbox(
            ROWS["vary_2"].label,
            format_func=lambda name: known[name].label if name else NONE,
            width=168,
            **one_of([NOTHING, *known], "vary_2", s.vary_2, lambda name: _set(vary_2=name)),
        )
        if s.vary_2:
            _values("values_2", s.vary_2, s.values_2)
        _number("seeds", s.seeds, 1, MOST_SEEDS, 1, 104)
        _number("epochs", s.epochs, 1, MOST_EPOCHS, 10, 112)
        _number("success", s.success, 0, MOST_SUCCESS, 0.01, 148)


def _values(key: str, name: str, values: tuple[str, ...]) -> None:
    variable = variables()[name]
    multiselect(
        ROWS[key].label,
        list(dict.fromkeys((*variable.offered, *values))),
        format_func=variable.said,
        accept_new_options=True,
        width=250,
        **_bound_list(key, list(values)),
    )


def _bound_list(key: str, values: list[str]) -> dict[str, Any]:
    return bound(key, values, lambda chosen: _set(**{key: tuple(chosen)}), default="default")


def _number(key: str, value: float, least: float, most: float, step: float, width: int) -> None:
    def write(chosen: float) -> None:
        user: SweepSession = st.session_state[KEY]
        try:
            user.change(user.settings.changed(**{key: chosen}))
        except ValueError as error:
            raise ValueError(in_words(error, SweepSettings)) from None

    number(key, ROWS[key].label, value, least, most, step, write=write, width=width)


def _set(**changes: Any) -> None:
    st.session_state[KEY].set(**changes)


def run_button(user: SweepSession) -> None:
    """Run, or Cancel while it runs."""
    if user.running:
        button("Cancel", key="cancel_sweep", on_click=user.cancel)
        return
    label = {"empty": "Run", "cancelled": "Go on"}.get(user.state, "Run again")
    button(label, key="run_sweep", icon=":material/play_arrow:", on_click=lambda: _run(user))


def _run(user: SweepSession) -> None:
    user.notice = None
    if user.state == "done":
        user.run_again()
    else:
        user.run()
