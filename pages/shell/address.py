"""The address bar: read when a page opens, and written to as the user makes choices."""

from __future__ import annotations

import streamlit as st

KEPT = ("hide", "lock", "only", "rate")
"""Parameters by which a page is set up, mostly by a teacher; they belong to no run."""


def opened() -> dict[str, str]:
    """The parameters of the address that was opened."""
    return dict(st.query_params)


def keep(query: dict[str, str]) -> None:
    """Write the parameters into the address, so that copying it shares what is shown; KEPT ones stay."""
    present = opened()
    wanted = query | {name: value for name, value in present.items() if name in KEPT}
    if present != wanted:
        st.query_params.from_dict(wanted)
