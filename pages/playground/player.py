"""Mounts the player: the component that draws everything that moves."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.live.assets import code, socket
from pages.playground.session import Session
from pages.shell.widgets import mount_view

FOLDER = Path(__file__).with_name("player")
STYLES = ("diagnosis.css", "digit.css", "inside.css", "slice.css")
"""Rules of the parts that lie about the player's own."""


def player_code() -> None:
    """Send the player's code to the browser, once per page."""
    style = "".join((FOLDER / name).read_text("utf-8") for name in STYLES)
    code(FOLDER, style=style)(key="player_code", on_wake_change=lambda: None)


@st.fragment
def player(session: Session) -> None:
    """Show the player. Its requests rerun this fragment only; the page follows when it has to."""
    mount_view(socket("player"), "player", session, lambda: session.payload)
