"""Where a user's sweep is kept: made from the link that was opened, and written into the address."""

from __future__ import annotations

from functools import partial

import streamlit as st

from engine import Experiment
from engine.runs.experiment import experiment_query, with_table
from engine.runs.links import from_query, to_query
from engine.runs.rows import rows
from pages.experiments.session import SweepSession
from pages.experiments.settings import SweepSettings
from pages.playground.user import session
from pages.shell import address
from pages.shell.visit import visited

KEY = "sweep_session"


def sweep_session() -> SweepSession:
    """The user's sweep; on the first visit that of the link, or else of the first preset, which begins."""
    new = KEY not in st.session_state
    user = visited(KEY, lambda: _opened(address.opened()), SweepSession)
    if new and user.small:
        user.run()
    return user


def _opened(query: dict[str, str]) -> SweepSession:
    names = {row.link for settings in (Experiment, SweepSettings) for row in rows(settings).values()}
    if not names & query.keys():
        return SweepSession()
    table = session(link=False).experiment.table
    base = from_query(Experiment, query, partial(Experiment.fitted, **with_table(query, table)))
    return SweepSession(base, from_query(SweepSettings, query))


def keep_sweep_link() -> None:
    """Write the experiment and the sweep into the address bar."""
    user: SweepSession = st.session_state[KEY]
    address.keep(experiment_query(user.base) | to_query(user.settings), to_query_in_full(user.settings))


def to_query_in_full(settings: SweepSettings) -> dict[str, str]:
    """What is varied, also where it is the usual: an address that says anything says this."""
    return {"vary": settings.vary}
