"""Mounts the player: the component that draws everything that moves."""

from __future__ import annotations

from functools import cache

import streamlit as st

from pages.live.assets import component
from pages.live.session import Session

SCRIPTS = (
    "format",
    "protocol",
    "colors",
    "marks",
    "diagram",
    "map",
    "curve",
    "timeline",
    "controls",
    "inspector",
    "player",
)


@cache
def _component():
    return component("player", SCRIPTS)


@st.fragment
def player(session: Session) -> None:
    """Show the player. Its requests rerun this fragment only; the page follows when it has to."""

    def answer() -> None:
        request = st.session_state["player"].get("request")
        if isinstance(request, dict):
            session.answer(request)

    if session.redraw:
        session.redraw = False
        st.rerun(scope="app")
    _component()(key="player", data=session.payload, on_request_change=answer)
