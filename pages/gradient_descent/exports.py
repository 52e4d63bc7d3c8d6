"""A descent to download: its pictures, a table of every step, and both as one HTML page."""

from __future__ import annotations

import html
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from engine.arrays import Array
from engine.descent.explanation import explain
from pages.figures.alternative import cell_writer
from pages.figures.camera import camera_config
from pages.figures.descent_path import DescentPath, descent_curves, descent_graph, descent_plane
from pages.figures.provenance import add_provenance
from pages.figures.surface_3d import surface_3d
from pages.figures.theme import Theme
from pages.gradient_descent.session import DescentSession, height_name, heights, regime_of

SIDE = 61
"""Grid points per side for the surface in space."""
FINE = 121
"""Grid points per side for the view from above; the graph of one variable has four times as many."""


def space(user: DescentSession, colours: Theme) -> go.Figure:
    """The surface in space with the path up to the shown step."""
    title = f"{user.surface.label} in space, step {user.shown}"
    figure = surface_3d(*_ground(user, SIDE), _path(user), colours, title=title)
    return add_provenance(figure, user.provenance, colours)


def figures(user: DescentSession, colours: Theme) -> dict[str, go.Figure]:
    """The path from above or on its graph, f and ‖∇f‖ by step, and in two variables the surface in space."""
    descent, path, flat = user.descent, _path(user), user.surface.dimension == 2
    if flat:
        title = f"Level curves and path, step {user.shown}"
        first = descent_plane(*_ground(user, FINE), path, colours, title=title)
    else:
        left, right = (user.window or user.home())[:2]
        x = np.linspace(left, right, 4 * FINE)
        title = f"The graph and the path, step {user.shown}"
        first = descent_graph(x, user.surface.value(x[:, None]), path, colours, title=title)
    name = height_name(descent)
    title = f"{name} and ‖∇f‖, step by step"
    curves = descent_curves(
        heights(descent), descent.gradient_norms, colours, name=name, mark=user.shown, title=title
    )
    made = {
        "gradient-descent": add_provenance(first, user.provenance, colours),
        "gradient-descent-curves": add_provenance(curves, user.provenance, colours),
    }
    return made | ({"gradient-descent-3d": space(user, colours)} if flat else {})


def _path(user: DescentSession) -> DescentPath:
    descent = user.descent
    return DescentPath(descent.points, descent.values, user.shown, regime_of(descent))


def _ground(user: DescentSession, side: int) -> tuple[Array, Array, Array]:
    left, right, low, high = user.window or user.home()
    x, y = np.linspace(left, right, side), np.linspace(low, high, side)
    return x, y, user.surface.value(np.stack(np.meshgrid(x, y), axis=-1))


def standalone(user: DescentSession, colours: Theme) -> str:
    """The descent as one self-contained HTML page: why it went as it did, its pictures, and every step."""
    pictures = [
        figure.to_html(full_html=False, include_plotlyjs=k == 0, config=camera_config(name, "svg"))
        for k, (name, figure) in enumerate(figures(user, colours).items())
    ]
    steps = steps_table(user)
    writers = {name: cell_writer(steps[name].tolist(), 6) for name in steps.columns}
    table = steps.to_html(index=False, border=0, formatters=writers)
    title = html.escape(f"Gradient descent · {user.provenance}")
    explanation = explain(user.descent)
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
        f"<p><b>{html.escape(explanation.title)}</b> {html.escape(explanation.text)}</p>"
        f'{"".join(pictures)}<div class="steps">{table}</div></body></html>'
    )


def steps_table(user: DescentSession) -> pd.DataFrame:
    """Every step: the point, f, its gradient and norm, the step size that led there, and the change of f."""
    descent = user.descent
    names = ["x"] if user.surface.dimension == 1 else ["x₁", "x₂"]
    columns: dict[str, np.ndarray[Any, Any]] = {"step": np.arange(len(descent.values))}
    columns |= {name: descent.points[:, d] for d, name in enumerate(names)}
    columns["f"] = descent.values
    columns |= {f"∂f/∂{name}": descent.gradients[:, d] for d, name in enumerate(names)}
    columns["‖∇f‖"] = descent.gradient_norms
    columns["η"] = np.concatenate(([np.nan], descent.step_sizes))
    columns["Δf"] = np.concatenate(([np.nan], np.diff(descent.values)))
    return pd.DataFrame(columns)
