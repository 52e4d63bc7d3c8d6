"""The plane from above: the loss as level curves, and every path projected onto it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from pages.figures.landscape.labels import label_points
from pages.figures.landscape.look import HEIGHT, common_layout, level_curves, path_style, shades
from pages.figures.landscape.records import Ground, Track, loss_text
from pages.figures.theme import SHAPES, Theme, colour_bar_below

TOP, AXIS, BAR = 44, 60, 56
"""Px above the plot; and below it, for the axis and for the colour bar."""
PLOT = HEIGHT - TOP - AXIS - BAR
"""Px from the plot's bottom to its top."""


def landscape_plane(
    ground: Ground, tracks: Sequence[Track], theme: Theme, *, title: str, revision: str, unit: str = "frame"
) -> go.Figure:
    """The plane from above: level curves, every path's projection, its start and its current frame.

    Args:
        title: up to about 40 characters, to fit a phone.
        revision: a figure that is redrawn with the same revision keeps the user's zoom.
        unit: what the frames of the paths are called.
    """
    (low, high), alone = ground.ends, len(tracks) == 1
    figure = go.Figure(
        go.Contour(
            x=np.asarray(ground.x),
            y=np.asarray(ground.y),
            z=ground.seen(ground.losses),
            customdata=ground.texts,
            colorscale=shades(theme),
            zmin=low,
            zmax=high,
            colorbar={
                **colour_bar_below("training loss", theme, AXIS / PLOT, length=1.0),
                **ground.ticks(5),
            },
            contours={**level_curves(low, high), "coloring": "fill"},
            line={"color": theme.ink3, "width": 0.7, "smoothing": 0.9},
            hovertemplate=f"{ground.axes[0].title} %{{x}}<br>{ground.axes[1].title} %{{y}}"
            "<br>loss <b>%{customdata}</b><extra></extra>",
            name="training loss",
        )
    )
    for k, track in enumerate(tracks):
        _path_on_plane(figure, track, theme, k, alone=alone, unit=unit)
    label_points(figure, ground, tracks, theme, unit=unit)
    figure.update_layout(
        height=HEIGHT,
        margin={"t": TOP, "b": AXIS + BAR, "l": 68, "r": 12},
        **common_layout(theme, title, revision),
        xaxis=_across(ground.axes[0].title, ground.x),
        yaxis=_across(ground.axes[1].title, ground.y),
    )
    return figure


def _path_on_plane(figure: go.Figure, track: Track, theme: Theme, k: int, *, alone: bool, unit: str) -> None:
    colour, dash = path_style(theme, k, alone=alone)
    x, y, now = track.points[:, 0], track.points[:, 1], track.now
    halo = {"color": theme.ground, "width": 6}
    figure.add_trace(
        go.Scatter(x=x, y=y, hoverinfo="skip", line=halo, mode="lines", opacity=0.75, showlegend=False)
    )
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            customdata=[
                [frame, loss_text(true), loss_text(seen), distance]
                for frame, true, seen, distance in zip(
                    track.frames.tolist(), track.true_losses, track.plane_losses, track.distances, strict=True
                )
            ],
            hovertemplate=f"<b>{track.label}, {unit} %{{customdata[0]}}</b><br>true loss %{{customdata[1]}}"
            "<br>on the plane %{customdata[2]}<br>distance from the plane %{customdata[3]:.4g}"
            "<extra></extra>",
            line={"color": colour, "dash": dash, "width": 2.6},
            marker={"color": colour, "size": 5},
            mode="lines+markers" if len(x) <= 80 and alone else "lines",
            name=track.label,
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[now.point[0]],
            y=[now.point[1]],
            hoverinfo="skip",
            marker={
                "color": colour,
                "size": 15 if alone else 13,
                "symbol": SHAPES[k],
                "line": {"color": theme.ground, "width": 2},
            },
            mode="markers" if alone else "lines+markers",
            line={"color": colour, "dash": dash, "width": 2.6},
            name=track.label,
            showlegend=False,
        )
    )


def _across(name: str, values: ArrayLike) -> dict[str, object]:
    ends = np.asarray(values, dtype=float)[[0, -1]].tolist()
    return {"nticks": 7, "range": ends, "showgrid": False, "title": {"text": name}, "zeroline": False}
