"""What stands below the stage: the surface in space, and every step in a table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.figures.provenance import with_provenance
from pages.figures.surface_3d import surface_3d
from pages.live.descent_session import DescentSession, regime_of
from pages.ui.shell import theme

SIDE = 61
"""Points of the surface along one side."""


def descent_standing(user: DescentSession) -> None:
    """Draw the surface in space and list the steps; they follow when the stage comes to rest."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="standing_controls"):
        picture = st.segmented_control(
            "Camera saves",
            list(PICTURE_FORMATS),
            default="png",
            format_func=PICTURE_FORMATS.__getitem__,
            key="descent_picture",
            required=True,
        )
        table = steps_table(user)
        st.download_button(
            "Steps as CSV",
            lambda: table.to_csv(index=False).encode(),
            "gradient-descent-steps.csv",
            "text/csv",
            key="steps_csv",
            on_click="ignore",
        )
    with st.container(horizontal=True, key="descent_pictures"):
        if user.surface.dimension == 2:
            with st.container(width=560):
                _space(user, picture or "png")
        with st.container(key="steps_table"):
            st.dataframe(
                table,
                key="steps",
                hide_index=True,
                height=460,
                column_config={
                    name: st.column_config.NumberColumn(format="%.6g")
                    for name in table.columns
                    if name != "step"
                },
            )


def _space(user: DescentSession, picture: str) -> None:
    run, (left, right, low, high) = user.run, user.window or user.home()
    x, y = np.linspace(left, right, SIDE), np.linspace(low, high, SIDE)
    z = user.surface.value(np.stack(np.meshgrid(x, y), axis=-1))
    figure = surface_3d(
        x,
        y,
        z,
        run.points,
        run.values,
        theme(),
        mark=user.shown,
        regime=regime_of(run, user.theory),
        title=f"{user.surface.label} in space, step {user.shown}",
    )
    st.plotly_chart(
        with_provenance(figure, user.provenance, theme()),
        theme=None,
        key="surface_3d",
        config=camera_config("gradient-descent-3d", picture),
    )


def steps_table(user: DescentSession) -> pd.DataFrame:
    """Every step: the point, f, the gradient, its norm, the step size that led there, and the change of f."""
    run = user.run
    names = ["x"] if user.surface.dimension == 1 else ["x₁", "x₂"]
    columns = {"step": np.arange(len(run.values))}
    columns |= {name: run.points[:, d] for d, name in enumerate(names)}
    columns["f"] = run.values
    columns |= {f"∂f/∂{name}": run.gradients[:, d] for d, name in enumerate(names)}
    columns["‖∇f‖"] = run.gradient_norms
    columns["η"] = np.concatenate(([np.nan], run.step_sizes))
    columns["Δf"] = np.concatenate(([np.nan], np.diff(run.values)))
    return pd.DataFrame(columns)
