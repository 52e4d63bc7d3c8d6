"""Mounts the player: the component that draws everything that moves."""

from __future__ import annotations

import streamlit as st

from pages.live.assets import code, socket
from pages.live.session import Session
from pages.shell.widgets import follow

SCRIPTS = (
    "format",
    "protocol",
    "colors",
    "marks",
    "network",
    "diagram",
    "points",
    "legend",
    "map",
    "curve",
    "timeline",
    "controls",
    "focus",
    "inspector",
    "weight",
    "pointing",
    "frames",
    "edits",
    "keys",
    "watch",
    "readouts",
    "picture",
    "player",
)


def player_code() -> None:
    """Bring the player's code to the browser; once on the page, anywhere."""
    code("player", SCRIPTS)(key="player_code")


@st.fragment
def player(session: Session) -> None:
    """Show the player. Its requests rerun this fragment only; the page follows when it has to."""

    def answer() -> None:
        request = st.session_state.get("player", {}).get("request")
        if isinstance(request, dict):
            session.answer(request)

    follow(session)
    socket("player")(key="player", data=session.payload, on_request_change=answer)
