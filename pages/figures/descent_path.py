"""The path of a descent: from above, on the graph of a function of one variable, and step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from pages.figures.landscape.look import common_layout, shades
from pages.figures.loss_history import log_axis, thinned
from pages.figures.numbers import exact_text
from pages.figures.regimes import regimes
from pages.figures.theme import Theme

Floats = NDArray[np.floating[Any]]

PLANE, CURVES = 520, 330  # px, heights of the figures
BANDS = 16  # between level curves
MOST_POINTS = 2_000  # of a drawn path or curve
FAR = 1e4  # a path is drawn up to the first point farther out than FAR times the picture's size


@dataclass(frozen=True, eq=False)
class DescentPath:
    """The points (k + 1, d) of a descent, f there (k + 1,), the step to mark, and the regime that colours it.

    Raises: ValueError if points and values differ in length.
    """

    points: Floats
    values: Floats
    mark: int = 0
    regime: str | None = None

    def __post_init__(self) -> None:
        if len(self.points) != len(self.values):
            lengths = f"{len(self.points)} and {len(self.values)}"
            raise ValueError(f"points and values must have the same length. Got {lengths}.")


def descent_plane(
    x: ArrayLike,
    y: ArrayLike,
    z: ArrayLike,
    path: DescentPath,
    theme: Theme,
    *,
    title: str,
) -> go.Figure:
    """Level curves of f with every step of a descent; both axes have the same unit.

    The levels lie at equal steps of √(f − lowest), so that they are no denser far from the minimum.

    Args:
        x: (c,) first coordinates; y: (r,) second ones; z: (r, c) f there.
        path: the steps; the marked one is a large point, the regime colours the line.
        theme: LIGHT or DARK.
        title: up to about 40 characters, to fit a phone.
    """
    x, y, z = (np.asarray(one, dtype=np.float64) for one in (x, y, z))
    roots = np.sqrt(z - np.nanmin(z))
    high = max(float(np.nanquantile(roots, 0.99)), 1e-12)
    figure = go.Figure(
        go.Contour(
            x=x,
            y=y,
            z=np.minimum(roots, high),
            customdata=[[exact_text(value, 5) for value in row] for row in z.tolist()],
            colorscale=shades(theme),
            zmin=0,
            zmax=high,
            showscale=False,
            contours={"start": high / BANDS, "end": high, "size": high / BANDS, "coloring": "fill"},
            line={"color": theme.ink3, "width": 0.7, "smoothing": 0.9},
            hovertemplate="x₁ %{x}<br>x₂ %{y}<br>f <b>%{customdata}</b><extra></extra>",
            name="f",
        )
    )
    _add_path(figure, path.points[:, 0], path.points[:, 1], path, theme)
    figure.update_layout(
        height=PLANE,
        margin={"t": 44, "b": 52, "l": 60, "r": 12},
        **common_layout(theme, title, "descent"),
        xaxis={"range": [x[0], x[-1]], "constrain": "domain", **_named("x₁")},
        yaxis={"range": [y[0], y[-1]], "constrain": "domain", "scaleanchor": "x", **_named("x₂")},
    )
    return figure


def descent_graph(x: ArrayLike, f: ArrayLike, path: DescentPath, theme: Theme, *, title: str) -> go.Figure:
    """The graph of a function of one variable with every step of a descent on it.

    Args:
        x: (c,) coordinates; f: (c,) the function there; the others as for descent_plane.
    """
    x, f = (np.asarray(one, dtype=np.float64) for one in (x, f))
    low, high = float(np.nanmin(f)), float(np.nanmax(f))
    room = 0.08 * max(high - low, 1e-12)
    figure = go.Figure(
        go.Scatter(
            x=x,
            y=f,
            hovertemplate="x %{x}<br>f <b>%{y}</b><extra></extra>",
            line={"color": theme.ink2, "width": 2.2},
            mode="lines",
            name="f",
        )
    )
    _add_path(figure, path.points[:, 0], path.values, path, theme)
    figure.update_layout(
        height=CURVES,
        margin={"t": 44, "b": 52, "l": 68, "r": 12},
        **common_layout(theme, title, "descent"),
        xaxis={"range": [x[0], x[-1]], **_named("x")},
        yaxis={"range": [low - room, high + room], **_named("f")},
    )
    return figure


def descent_curves(
    heights: ArrayLike, norms: ArrayLike, theme: Theme, *, name: str, mark: int = 0, title: str
) -> go.Figure:
    """f and ‖∇f‖ by step on a logarithmic axis; values that are not above 0 are left out.

    Args:
        heights: (k + 1,) f, or how far f lies above its lowest value; norms: (k + 1,) ‖∇f‖.
        theme: LIGHT or DARK.
        name: of the heights, e.g. "f − f*".
        mark: the step to mark with a vertical line.
        title: up to about 40 characters, to fit a phone.
    """
    curves = [np.asarray(one, dtype=np.float64) for one in (heights, norms)]
    curves = [np.where(np.isfinite(one) & (one > 0), one, np.nan) for one in curves]
    kept = thinned(curves, MOST_POINTS)
    seen = np.concatenate(curves)
    seen = seen[np.isfinite(seen)]
    _, axis = log_axis(seen, zeros=False) if seen.size else (0, {"type": "log"})
    figure = go.Figure()
    looks = ((name, theme.train, "solid"), ("‖∇f‖", theme.test, "7px,3.5px"))
    for curve, (label, colour, dash) in zip(curves, looks, strict=True):
        figure.add_trace(
            go.Scatter(
                x=kept,
                y=curve[kept],
                customdata=[exact_text(value, 4) for value in curve[kept].tolist()],
                hovertemplate="<b>%{customdata}</b>",
                line={"color": colour, "dash": dash, "width": 2.2},
                mode="lines" if len(kept) > 1 else "markers",
                name=label,
            )
        )
    figure.add_vline(x=mark, line={"color": theme.accent, "width": 2})
    figure.update_layout(
        height=CURVES,
        hovermode="x unified",
        margin={"t": 56, "b": 52, "l": 76, "r": 20},
        **common_layout(theme, title, "descent", legend=True),
        xaxis={"range": [0, max(4, len(curves[0]) - 1)], "tickformat": ",d", **_named("step")},
        yaxis={"showgrid": False, "title": {"text": f"{name}, ‖∇f‖, log scale"}, **axis},
    )
    return figure


def _add_path(figure: go.Figure, x: Floats, y: Floats, path: DescentPath, theme: Theme) -> None:
    """Join the steps up to the first one far outside the picture; the marked step gets a large point."""
    ends = [figure.data[0].x[[0, -1]], figure.data[0].y[[0, -1]]]
    size = max(float(np.ptp(end)) + float(np.abs(end).max()) for end in ends)
    with np.errstate(invalid="ignore"):
        lost = ~((np.abs(x) < FAR * size) & (np.abs(y) < FAR * size))
    steps = np.arange(int(np.argmax(lost)) if lost.any() else len(x))[:MOST_POINTS]
    colour, mark = regimes(theme).line(path.regime), path.mark
    figure.add_trace(
        go.Scatter(
            x=x[steps],
            y=y[steps],
            customdata=[[int(k), exact_text(path.values[k], 5)] for k in steps],
            hovertemplate="<b>step %{customdata[0]}</b><br>f %{customdata[1]}<extra></extra>",
            line={"color": colour, "width": 2.4},
            marker={"color": theme.ground, "size": 7, "line": {"color": colour, "width": 2}},
            mode="lines+markers",
            name="path",
        )
    )
    if mark in steps:
        figure.add_trace(
            go.Scatter(
                x=x[mark : mark + 1],
                y=y[mark : mark + 1],
                hoverinfo="skip",
                marker={"color": theme.accent, "size": 15, "line": {"color": theme.ground, "width": 2}},
                mode="markers",
                name=f"step {mark}",
            )
        )


def _named(name: str) -> dict[str, object]:
    return {"nticks": 8, "showgrid": False, "title": {"text": name}, "zeroline": False}
