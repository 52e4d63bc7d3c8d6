"""What stands below the stage: the surface in space, and every step in a table."""

from __future__ import annotations

import html

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.figures.provenance import with_provenance
from pages.figures.surface_3d import surface_3d
from pages.figures.theme import Theme
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
        colours = theme()
        st.download_button(
            "Run as HTML",
            lambda: standalone(user, colours).encode(),
            "gradient-descent.html",
            "text/html",
            key="descent_html",
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
    st.plotly_chart(
        space(user, theme()),
        theme=None,
        key="surface_3d",
        config=camera_config("gradient-descent-3d", picture),
    )


def space(user: DescentSession, colours: Theme) -> go.Figure:
    """The surface in space with the path up to the shown step."""
    run, (left, right, low, high) = user.run, user.window or user.home()
    x, y = np.linspace(left, right, SIDE), np.linspace(low, high, SIDE)
    z = user.surface.value(np.stack(np.meshgrid(x, y), axis=-1))
    figure = surface_3d(
        x,
        y,
        z,
        run.points,
        run.values,
        colours,
        mark=user.shown,
        regime=regime_of(run, user.theory),
        title=f"{user.surface.label} in space, step {user.shown}",
    )
    return with_provenance(figure, user.provenance, colours)


def standalone(user: DescentSession, colours: Theme) -> str:
    """The run as one HTML page that needs nothing else: the surface to turn, and every step."""
    picture = ""
    if user.surface.dimension == 2:
        picture = space(user, colours).to_html(
            full_html=False, include_plotlyjs=True, config=camera_config("gradient-descent-3d", "svg")
        )
    table = steps_table(user).to_html(index=False, border=0, float_format="{:.6g}".format, na_rep="")
    title = html.escape(f"Gradient descent · {user.provenance}")
    style = (
        f"body{{background:{colours.ground};color:{colours.ink};max-width:960px;margin:24px auto;"
        "font:16px system-ui,sans-serif;font-variant-numeric:tabular-nums}"
        "table{border-collapse:collapse;white-space:nowrap}"
        f"th,td{{padding:2px 14px;text-align:right;border-bottom:1px solid {colours.line}}}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<body><h1>{html.escape(user.surface.label)}</h1><p>{title}</p>{picture}{table}</body></html>"
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
