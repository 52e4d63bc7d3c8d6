"""A run of gradient descent to take along: its pictures and every step, as one HTML page."""

from __future__ import annotations

import html
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from engine.arrays import Array
from pages.figures.camera import camera_config
from pages.figures.descent_path import descent_curves, descent_graph, descent_plane
from pages.figures.provenance import with_provenance
from pages.figures.surface_3d import surface_3d
from pages.figures.theme import Theme
from pages.figures.walk import Walk
from pages.gradient_descent.session import DescentSession, height_name, heights, regime_of
from pages.gradient_descent.theory import why

SIDE = 61
"""Points of the surface along one side, in space."""
FINE = 121
"""And from above."""


def space(user: DescentSession, colours: Theme) -> go.Figure:
    """The surface in space with the path up to the shown step."""
    title = f"{user.surface.label} in space, step {user.shown}"
    figure = surface_3d(*_ground(user, SIDE), _walk(user), colours, title=title)
    return with_provenance(figure, user.provenance, colours)


def figures(user: DescentSession, colours: Theme) -> dict[str, go.Figure]:
    """The run from above or on its graph, by step, and in space if it has two coordinates."""
    run, walk, flat = user.run, _walk(user), user.surface.dimension == 2
    if flat:
        title = f"Level curves and path, step {user.shown}"
        first = descent_plane(*_ground(user, FINE), walk, colours, title=title)
    else:
        left, right = (user.window or user.home())[:2]
        x = np.linspace(left, right, 4 * FINE)
        title = f"The graph and the path, step {user.shown}"
        first = descent_graph(x, user.surface.value(x[:, None]), walk, colours, title=title)
    name = height_name(run)
    title = f"{name} and ‖∇f‖, step by step"
    curves = descent_curves(
        heights(run), run.gradient_norms, colours, name=name, mark=user.shown, title=title
    )
    made = {
        "gradient-descent": with_provenance(first, user.provenance, colours),
        "gradient-descent-curves": with_provenance(curves, user.provenance, colours),
    }
    return made | ({"gradient-descent-3d": space(user, colours)} if flat else {})


def _walk(user: DescentSession) -> Walk:
    run = user.run
    return Walk(run.points, run.values, user.shown, regime_of(run, user.theory))


def _ground(user: DescentSession, side: int) -> tuple[Array, Array, Array]:
    left, right, low, high = user.window or user.home()
    x, y = np.linspace(left, right, side), np.linspace(low, high, side)
    return x, y, user.surface.value(np.stack(np.meshgrid(x, y), axis=-1))


def standalone(user: DescentSession, colours: Theme) -> str:
    """The run as one HTML page that needs nothing else: why it went so, its pictures, and every step."""
    pictures = [
        figure.to_html(full_html=False, include_plotlyjs=k == 0, config=camera_config(name, "svg"))
        for k, (name, figure) in enumerate(figures(user, colours).items())
    ]
    table = steps_table(user).to_html(index=False, border=0, float_format="{:.6g}".format, na_rep="")
    title = html.escape(f"Gradient descent · {user.provenance}")
    said = why(user.run, user.theory, user.settings)
    style = (
        f"body{{background:{colours.ground};color:{colours.ink};max-width:1080px;margin:24px auto;"
        "padding:0 16px;font:16px system-ui,sans-serif;font-variant-numeric:tabular-nums}"
        ".steps{overflow-x:auto}table{border-collapse:collapse;white-space:nowrap}"
        f"th,td{{padding:2px 14px;text-align:right;border-bottom:1px solid {colours.line}}}"
    )
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8">{viewport}<title>{title}</title>'
        f"<style>{style}</style><body><h1>{html.escape(user.surface.label)}</h1><p>{title}</p>"
        f"<p><b>{html.escape(said['title'])}</b> {html.escape(said['text'])}</p>"
        f'{"".join(pictures)}<div class="steps">{table}</div></body></html>'
    )


def steps_table(user: DescentSession) -> pd.DataFrame:
    """Every step: the point, f, the gradient, its norm, the step size that led there, and the change of f."""
    run = user.run
    names = ["x"] if user.surface.dimension == 1 else ["x₁", "x₂"]
    columns: dict[str, np.ndarray[Any, Any]] = {"step": np.arange(len(run.values))}
    columns |= {name: run.points[:, d] for d, name in enumerate(names)}
    columns["f"] = run.values
    columns |= {f"∂f/∂{name}": run.gradients[:, d] for d, name in enumerate(names)}
    columns["‖∇f‖"] = run.gradient_norms
    columns["η"] = np.concatenate(([np.nan], run.step_sizes))
    columns["Δf"] = np.concatenate(([np.nan], np.diff(run.values)))
    return pd.DataFrame(columns)
