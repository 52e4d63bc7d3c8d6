"""Mounts the stage of gradient descent: step-size axis, contour with the path, curves, theory, race."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.figures.regimes import regime_css
from pages.gradient_descent.session import ASPECT, DescentSession
from pages.live.assets import code, socket
from pages.shell.widgets import mount_view

FOLDER = Path(__file__).with_name("stage")


def stage_code() -> None:
    """Send the stage's code to the browser, once per page."""
    style = regime_css(".descent") + f".descent{{--aspect:{ASPECT};}}\n"
    code(FOLDER, style=style)(key="stage_code", on_wake_change=lambda: None)


@st.fragment
def descent_stage(session: DescentSession) -> None:
    """Show the stage. Its requests rerun this fragment only; the page follows when it has to."""
    mount_view(socket("stage"), "descent_stage", session, lambda: session.payload)
