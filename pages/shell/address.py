"""The address bar: read when a page opens, and written to as the user makes choices."""

from __future__ import annotations

import streamlit as st


def opened() -> dict[str, str]:
    """The parameters of the address that was opened."""
    return dict(st.query_params)


def keep(query: dict[str, str]) -> None:
    """Write the parameters into the address, so that copying it shares what is shown."""
    if opened() != query:
        st.query_params.from_dict(query)
