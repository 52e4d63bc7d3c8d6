"""The plane in space: the loss as height, with every path's projection lying on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.figures.landscape.look import HEIGHT, common_layout, level_curves, path_style, shades
from pages.figures.landscape.records import Ground, Track
from pages.figures.theme import Theme, space_axis

SPACE_SHAPES = ("circle", "diamond", "square", "cross")  # Plotly draws no triangles in space


def landscape_space(
    ground: Ground, tracks: Sequence[Track], theme: Theme, *, title: str, revision: str
) -> go.Figure:
    """The plane in space, the loss as height, with every path's projection lying on it."""
    low, high = ground.ends
    lift = 0.014 * (high - low)
    x, y = np.asarray(ground.x), np.asarray(ground.y)
    figure = go.Figure(
        go.Surface(
            x=x,
            y=y,
            z=ground.seen(ground.losses),
            customdata=ground.texts,
            cmin=low,
            cmax=high,
            colorscale=shades(theme, in_space=True),
            showscale=False,
            contours={"z": {**level_curves(low, high), "color": theme.ink3, "show": True}},
            hovertemplate=f"{ground.axes[0].title} %{{x:.4g}}<br>{ground.axes[1].title} %{{y:.4g}}"
            "<br>loss %{customdata}<extra></extra>",
            lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
            name="training loss",
        )
    )
    for k, track in enumerate(tracks):
        colour, _ = path_style(theme, k, alone=len(tracks) == 1)
        heights = ground.seen(track.plane_losses) + lift
        figure.add_trace(
            go.Scatter3d(
                x=track.points[:, 0],
                y=track.points[:, 1],
                z=heights,
                customdata=np.column_stack((track.frames, track.plane_losses)),
                hovertemplate=f"{track.label}<br>frame %{{customdata[0]}}"
                "<br>loss on the plane %{customdata[1]:.4g}<extra></extra>",
                line={"color": colour, "width": 7},
                mode="lines",
                name=track.label,
            )
        )
        now = track.now
        figure.add_trace(
            go.Scatter3d(
                x=[track.points[0, 0], now.point[0]],
                y=[track.points[0, 1], now.point[1]],
                z=[heights[0], float(ground.seen(now.plane_loss)) + lift],
                hoverinfo="skip",
                marker={
                    "color": [theme.ground, colour],
                    "size": [5, 8],
                    "line": {"color": colour, "width": 3},
                    "symbol": ["circle", SPACE_SHAPES[k % len(SPACE_SHAPES)]],
                },
                mode="markers",
                name=f"{track.label}, start and frame {now.frame}",
            )
        )
    figure.update_layout(
        height=HEIGHT,
        margin={"t": 40, "b": 4, "l": 8, "r": 8},
        **common_layout(theme, title, revision),
        scene={
            "aspectmode": "manual",
            "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.75},
            "camera": {"center": {"x": 0, "y": 0, "z": -0.2}, "eye": {"x": -1.2, "y": -1.58, "z": 1.25}},
            "xaxis": space_axis(ground.axes[0].short, float(x[0]), float(x[-1]), theme),
            "yaxis": space_axis(ground.axes[1].short, float(y[0]), float(y[-1]), theme),
            "zaxis": space_axis("training loss", low, high + 2 * lift, theme) | ground.ticks(5),
        },
    )
    return figure
