"""Where a user's session is kept, and all that other pages may import from the playground."""

from __future__ import annotations

from typing import Any

import streamlit as st

from engine import Experiment
from engine.data.own import Table
from engine.runs.rows import in_words
from engine.runs.run import JOURNAL
from pages.playground.compare.keepable import keeping
from pages.playground.keeper import run_keeper
from pages.playground.link import OWN_UNITS, RATE, opened_link
from pages.playground.opening import link_query
from pages.playground.recovery import LONGEST_ADDRESS, address_query
from pages.playground.session import RATES, Session
from pages.shell import address
from pages.shell.visit import visited

__all__ = [
    "KEY",
    "Session",
    "besides",
    "change",
    "keep_link",
    "keep_run",
    "keeping",
    "link",
    "session",
    "take",
    "use_table",
]

KEY = "backprop_session"


def session(link: bool = True) -> Session:
    """The user's session, made on the first visit from the link that was opened.

    Args:
        link: False on a page whose link doesn't hold an experiment.
    """
    return visited(KEY, lambda: _opened(address.opened() if link else {}), Session)


def _opened(query: dict[str, str]) -> Session:
    """The session of a link; what can't be in it is said, and costs no more than itself."""
    opened = opened_link(query)
    user = Session(
        opened.run, plays=opened.plays, probe=opened.probe, inside=opened.inside, plane=opened.plane
    )
    if opened.awaited:
        user.wait_for(opened.awaited, query)
    if rate := {str(rate): rate for rate in RATES}.get(query.get(RATE, "")):
        user.set_rate(rate)
    user.own_units = query.get(OWN_UNITS) == "1"
    if opened.refusals:
        user.refuse(f"The link can't be opened as it is: {' '.join(opened.refusals)}")
    return user


def link() -> dict[str, str]:
    """The parameters of a link to the user's run from frame 0; to its experiment if the journal is long."""
    return address_query(session().timeline.run)


def besides() -> dict[str, str]:
    """What a link has to say as soon as it says anything: what the playground opens with by itself."""
    return {} if link() else link_query(session().timeline.run)


def keep_link() -> None:
    """Write the experiment into the address bar, so that copying the address shares the run."""
    user = session()
    if user.waits:
        address.keep(
            user.waiting
        )  # for a reload before its table has come; what stood behind a # is gone by now
        return
    query, run = link(), user.timeline.run
    address.keep(query, besides())
    if run.journal and JOURNAL not in query:
        st.caption(
            f"This run's link has {len(run.to_link()):,} characters. The address bar has room for "
            f"{LONGEST_ADDRESS:,}, and shows the run without its changes: Link copies all of it."
        )


def keep_run(*, by_address: bool) -> None:
    """On a page without the player: have the browser hand over the run that it has kept; see run_keeper."""
    run_keeper(session(link=by_address), by_address=by_address)


def change(**changes: Any) -> None:
    """Change fields of the experiment; a wrong value is refused in one sentence and changes nothing."""
    session().set(**changes)


def set_rate(rate: int) -> None:
    """Play at another rate, and say so in the address, so that it is the same after a reload."""
    session().set_rate(rate)
    st.query_params[RATE] = str(rate)


def set_own_units(chosen: bool) -> None:
    """Have weights read in the data's own units, or not, and say so in the address."""
    session().own_units = chosen
    session().show_again()
    if chosen:
        st.query_params[OWN_UNITS] = "1"
    else:
        st.query_params.pop(OWN_UNITS, None)


def take(**changes: Any) -> None:
    """Change fields of the experiment. Raises: ValueError, with nothing changed, for a wrong value."""
    user = session()
    try:
        user.change(user.experiment.changed(**changes))
    except ValueError as error:
        raise ValueError(in_words(error, Experiment)) from None


def use_table(table: Table, *, anyway: bool = False) -> None:
    """Learn a table from now on; if the link that was opened waits for it, all of the link is opened.

    Args:   anyway: also if the link waits for another one, which it then does no longer.
    Raises: ValueError, with nothing changed, for a table that can't be taken, or that isn't the one.
    """
    user = session()
    if user.open_awaited(table):
        return
    if user.awaited and not anyway:
        raise ValueError(
            f"The link that was opened waits for another table ({user.awaited}). This one is "
            f"{table.short_fingerprint}: its file, columns or choices differ."
        )
    take(table=table)
    user.wait_for("", {})
