"""The surface in space with the path of a descent on it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from pages.figures.descent_path import DescentPath, Floats
from pages.figures.numbers import exact_text
from pages.figures.regimes import regimes
from pages.figures.theme import Theme, colour_bar_below, space_axis, template

HEIGHT = 460  # px
MOST_POINTS = 1_000  # of a drawn path


def surface_3d(
    x: ArrayLike,
    y: ArrayLike,
    z: ArrayLike,
    descent: DescentPath,
    theme: Theme,
    *,
    title: str,
) -> go.Figure:
    """A surface of two coordinates with the path of a descent, drawn up to where it leaves the picture.

    Args:
        x: (c,) first coordinates; y: (r,) second ones; z: (r, c) f there, cut off at its 99th percentile.
        descent: the steps; the marked one is a large point, the regime colours the line.
        theme: LIGHT or DARK.
        title: up to about 40 characters, to fit a phone.
    Raises: ValueError if the shape of z is not (r, c).
    """
    x, y, z = (np.asarray(values, dtype=np.float64) for values in (x, y, z))
    path, heights, mark = descent.points, descent.values, descent.mark
    if z.shape != (len(y), len(x)):
        raise ValueError(f"z must have shape {(len(y), len(x))}. Got {z.shape}.")
    colours = regimes(theme)
    finite = z[np.isfinite(z)]
    low, high = float(finite.min()), float(np.quantile(finite, 0.99))
    high = max(high, low + 1e-9)
    scale = [[k / (len(colours.levels) - 1), colour] for k, colour in enumerate(colours.levels)]
    lift = 0.012 * (high - low)
    inside = visible(path, heights, (x.min(), x.max()), (y.min(), y.max()), high)[:MOST_POINTS]
    line = colours.line(descent.regime)
    steps = np.arange(len(path))[inside]
    figure = go.Figure(
        go.Surface(
            x=x,
            y=y,
            z=np.minimum(z, high),
            cmin=low,
            cmax=high,
            colorscale=scale,
            colorbar={**colour_bar_below("f", theme), "nticks": 6},
            contours={
                "z": {"show": True, "start": low, "end": high, "size": (high - low) / 14, "color": theme.ink3}
            },
            hovertemplate="x₁ %{x}<br>x₂ %{y}<br>f %{z}<extra></extra>",
            lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
            name="f",
        )
    )
    figure.add_trace(
        go.Scatter3d(
            x=path[inside, 0],
            y=path[inside, 1],
            z=heights[inside] + lift,
            customdata=[[int(k), exact_text(heights[k], 4)] for k in steps],
            hovertemplate="step %{customdata[0]}<br>f %{customdata[1]}<extra></extra>",
            line={"color": line, "width": 6},
            marker={"color": line, "size": 3.5},
            mode="lines+markers",
            name="path",
        )
    )
    if mark in steps:
        figure.add_trace(
            go.Scatter3d(
                x=path[mark : mark + 1, 0],
                y=path[mark : mark + 1, 1],
                z=heights[mark : mark + 1] + lift,
                hoverinfo="skip",
                marker={"color": theme.accent, "size": 8, "line": {"color": theme.ground, "width": 2}},
                mode="markers",
                name=f"step {mark}",
            )
        )
    figure.update_layout(
        height=HEIGHT,
        margin={"t": 40, "b": 54, "l": 8, "r": 8},
        paper_bgcolor=theme.ground,
        showlegend=False,
        template=template(theme),
        title={"text": title, "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12, "l": 8}},
        scene={
            "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.75},
            "camera": {"center": {"x": 0, "y": 0, "z": -0.12}, "eye": {"x": -1.19, "y": -1.61, "z": 1.64}},
            "xaxis": space_axis("x₁", x.min(), x.max(), theme),
            "yaxis": space_axis("x₂", y.min(), y.max(), theme),
            "zaxis": space_axis("f", low, high + 2 * lift, theme),
        },
        uirevision="surface",
    )
    return figure


def visible(
    path: Floats, heights: Floats, across: tuple[float, float], along: tuple[float, float], highest: float
) -> NDArray[np.intp]:
    """Indices of the steps before the first one outside the picture."""
    with np.errstate(invalid="ignore"):
        outside = ~(
            (path[:, 0] >= across[0])
            & (path[:, 0] <= across[1])
            & (path[:, 1] >= along[0])
            & (path[:, 1] <= along[1])
            & (heights <= highest * 1.02 + 1e-9)
        )
    first = int(np.argmax(outside)) if outside.any() else len(path)
    return np.arange(first)
