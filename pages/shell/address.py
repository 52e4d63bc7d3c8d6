"""The address bar: read when a page opens, and written to as the user makes choices."""

from __future__ import annotations

import streamlit as st

KEPT = ("hide", "lock", "only", "rate", "own_units", "zip")
"""Parameters by which a page is set up, mostly by a teacher; they belong to no run."""
BESIDES = "address_besides"


def opened() -> dict[str, str]:
    """The parameters of the address that was opened."""
    return dict(st.query_params)


def keep(query: dict[str, str], besides: dict[str, str] | None = None) -> None:
    """Write the parameters into the address, so that copying it shares what is shown; KEPT ones stay.

    Args: besides: what it has to say as soon as it says anything, where an address without any is another.
    """
    present = opened()
    wanted = query | {name: value for name, value in present.items() if name in KEPT}
    if wanted and besides:
        wanted = besides | wanted
    st.session_state[BESIDES] = besides or {}
    if present != wanted:
        st.query_params.from_dict(wanted)


def kept_besides() -> dict[str, str]:
    """What was to be said besides when the address was last written."""
    besides: dict[str, str] = st.session_state.get(BESIDES, {})
    return besides
