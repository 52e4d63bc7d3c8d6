"""What is shown below the stage: the surface in space, and a table of every step."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from pages.figures.alternative import Alternative, number_said
from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.gradient_descent.derivation import theory_derivation
from pages.gradient_descent.exports import space, standalone, steps_table
from pages.gradient_descent.session import DescentSession
from pages.shell.chart import chart, numbers_below
from pages.shell.controls import segmented_control
from pages.shell.downloads import csv_of, download
from pages.shell.shell import theme
from pages.shell.tables import number_table
from pages.shell.widgets import heading


def below_stage(user: DescentSession) -> None:
    """Derive the theory, draw the surface in space and list the steps; all follow the stage when it rests."""
    theory_derivation(user)
    heading(
        "The surface in space, and every step of the run"
        if user.surface.dimension == 2
        else "Every step of the run"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="figure_controls"):
        picture = segmented_control(
            "Camera saves",
            list(PICTURE_FORMATS),
            default="png",
            format_func=PICTURE_FORMATS.__getitem__,
            key="descent_picture",
            required=True,
        )
        table = steps_table(user)
        download(
            "Steps as CSV",
            lambda: csv_of(table),
            "gradient-descent-steps.csv",
            "text/csv",
            key="steps_csv",
        )
        colours = theme()
        download(
            "All as HTML",
            lambda: standalone(user, colours),
            "gradient-descent.html",
            "text/html",
            key="descent_html",
        )
    with st.container(horizontal=True, key="descent_pictures"):
        if user.surface.dimension == 2:
            with st.container(width=560):
                _space(user, picture or "png")
        with st.container(key="steps_table"):
            number_table("steps", table, decimals=6, height=460)
            numbers_below("steps", Alternative("Every step of the run", "", table))


def _space(user: DescentSession, picture: str) -> None:
    descent, shown = user.descent, min(user.shown, len(user.descent.values) - 1)
    title = f"{user.surface.label} in space, step {user.shown}"
    said = f"{title}: the surface with the path, f = {number_said(descent.values[shown])} at its end."
    axes = ["x₁", "x₂", "f"]
    places = np.column_stack((descent.points, descent.values))[: shown + 1]
    alternative = Alternative(title, said, pd.DataFrame(places, columns=axes))
    alternative.table.insert(0, "step", range(shown + 1))
    chart(
        "surface_3d", space(user, theme()), alternative, config=camera_config("gradient-descent-3d", picture)
    )
