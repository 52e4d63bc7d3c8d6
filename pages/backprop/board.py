"""Mounts the board of the backprop page: stepper, diagram, the step's formula and numbers, its matrices."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.backprop.session import BackpropSession
from pages.live.assets import code, socket
from pages.shell.widgets import mount_view

FOLDER = Path(__file__).with_name("board")


def board_code() -> None:
    """Send the board's code to the browser, once per page."""
    code(FOLDER)(key="board_code", on_wake_change=lambda: None)


@st.fragment
def board(user: BackpropSession) -> None:
    """Show the board. Its requests rerun this fragment only; the page follows when it comes to rest."""
    mount_view(socket("board"), "board", user, user.payload)
