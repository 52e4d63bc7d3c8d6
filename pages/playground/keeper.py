"""On pages without the player: hands over the run that the browser has kept, and the frame shown at last."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.live.assets import component
from pages.playground.session import Session
from pages.shell.number_field import page_must_follow

FOLDER = Path(__file__).with_name("keeper")
KEY = "run_keeper"


def run_keeper(session: Session, *, by_address: bool) -> None:
    """Mount it; the page runs again if the browser has something to tell.

    Args: by_address: whether the page's address holds an experiment, so that a kept run must be that one.
    """

    def restore() -> None:
        given = st.session_state.get(KEY, {}).get("restore")
        if given is None or not session.untouched:
            return
        try:
            session.restore(given, anyway=not by_address)
            page_must_follow()
        except ValueError as error:
            session.refuse(str(error))

    def show() -> None:
        left = st.session_state.get(KEY, {}).get("left")
        if isinstance(left, dict) and left.get("run") == session.run:
            session.show_frame(left.get("shown"))
            page_must_follow()

    data = {"session": session.name, "run": session.run, "shown": session.shown}
    component(FOLDER)(key=KEY, data=data, on_restore_change=restore, on_left_change=show)
