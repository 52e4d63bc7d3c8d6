"""Mounts the board of the backprop page: stepper, diagram, the step's formula and numbers, its matrices."""

from __future__ import annotations

import streamlit as st

from pages.live.assets import code, socket
from pages.live.backprop_session import BackpropSession
from pages.shell.widgets import follow

SHARED = tuple(f"player/{name}" for name in ("format", "protocol", "marks", "colors", "keys", "watch"))
"""Scripts of the player that the board uses too."""
SCRIPTS = ("stepper", "diagram", "matrices", "panel", "board")


def board_code() -> None:
    """Bring the board's code to the browser; once on the page, anywhere."""
    code("backprop", SCRIPTS, shared=SHARED)(key="board_code")


@st.fragment
def board(user: BackpropSession) -> None:
    """Show the board. Its requests rerun this fragment only; the page follows when it comes to rest."""

    def answer() -> None:
        request = st.session_state.get("board", {}).get("request")
        if isinstance(request, dict):
            user.answer(request)

    follow(user)
    socket("backprop")(key="board", data=user.payload(), on_request_change=answer)
