"""The plane in space: the loss as height, and every path at the height of its true loss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.figures.landscape.look import HEIGHT, common_layout, level_curves, path_style, shades
from pages.figures.landscape.records import Floats, Ground, Track, loss_text
from pages.figures.theme import Theme, colour_bar_below, space_axis

SPACE_SHAPES = ("circle", "diamond", "square", "cross")  # Plotly draws no triangles in space
SEE_THROUGH = 0.82  # of the surface, so that a path below it is seen


def landscape_space(
    ground: Ground, tracks: Sequence[Track], theme: Theme, *, title: str, revision: str, unit: str = "frame"
) -> go.Figure:
    """The plane in space, the loss as height; every path at its true loss, above or below its shadow.

    The shadow is the path's projection, which lies on the plane; a thin line joins both at the path's mark.
    """
    low, high = ground.ends
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
            colorbar={**colour_bar_below("training loss", theme), **ground.ticks(5)},
            contours={"z": {**level_curves(low, high), "color": theme.ink3, "show": True}},
            hovertemplate=f"{ground.axes[0].title} %{{x}}<br>{ground.axes[1].title} %{{y}}"
            "<br>loss %{customdata}<extra></extra>",
            lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
            name="training loss",
            opacity=SEE_THROUGH,
        )
    )
    lowest, highest = low, high
    for k, track in enumerate(tracks):
        heights = ground.heights(np.append(track.true_losses, track.now.true_loss))
        lowest = min(lowest, float(np.nanmin(heights, initial=low)))
        highest = max(highest, float(np.nanmax(heights, initial=high)))
        colour, _ = path_style(theme, k, alone=len(tracks) == 1)
        _shadow(figure, ground, track, colour)
        _path(figure, track, heights, colour, unit)
        style = (colour, SPACE_SHAPES[k % len(SPACE_SHAPES)], theme.ground)
        _marks(figure, ground, track, heights, style, unit)
    room = 0.03 * (highest - lowest)
    figure.update_layout(
        height=HEIGHT,
        margin={"t": 40, "b": 54, "l": 8, "r": 8},
        **common_layout(theme, title, revision),
        scene={
            "aspectmode": "manual",
            "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.75},
            "camera": {"center": {"x": 0, "y": 0, "z": -0.2}, "eye": {"x": -1.63, "y": -2.15, "z": 1.7}},
            "xaxis": space_axis(
                ground.axes[0].markup or ground.axes[0].short, float(x[0]), float(x[-1]), theme
            ),
            "yaxis": space_axis(
                ground.axes[1].markup or ground.axes[1].short, float(y[0]), float(y[-1]), theme
            ),
            "zaxis": space_axis("training loss", lowest - room, highest + room, theme)
            | ground.ticks(5, lowest, highest),
        },
    )
    return figure


def _shadow(figure: go.Figure, ground: Ground, track: Track, colour: str) -> None:
    """The path's projection, lying on the plane."""
    figure.add_trace(
        go.Scatter3d(
            x=track.points[:, 0],
            y=track.points[:, 1],
            z=ground.seen(track.plane_losses),
            hoverinfo="skip",
            line={"color": colour, "dash": "dot", "width": 3},
            mode="lines",
            name=f"{track.label}, on the plane",
        )
    )


def _path(figure: go.Figure, track: Track, heights: Floats, colour: str, unit: str) -> None:
    """The path at its true losses; heights are those of its frames and, last, of its mark."""
    figure.add_trace(
        go.Scatter3d(
            x=track.points[:, 0],
            y=track.points[:, 1],
            z=heights[:-1],
            customdata=[
                [frame, loss_text(true), loss_text(seen)]
                for frame, true, seen in zip(
                    track.frames.tolist(), track.true_losses, track.plane_losses, strict=True
                )
            ],
            hovertemplate=f"{track.label}<br>{unit} %{{customdata[0]}}<br>true loss %{{customdata[1]}}"
            "<br>on the plane %{customdata[2]}<extra></extra>",
            line={"color": colour, "width": 7},
            mode="lines",
            name=track.label,
        )
    )


def _marks(
    figure: go.Figure, ground: Ground, track: Track, heights: Floats, style: tuple[str, str, str], unit: str
) -> None:
    """The path's start and its current frame, and from this a line to the plane."""
    now, (colour, shape, light) = track.now, style
    figure.add_trace(
        go.Scatter3d(
            x=[now.point[0]] * 2,
            y=[now.point[1]] * 2,
            z=[heights[-1], float(ground.seen(now.plane_loss))],
            hoverinfo="skip",
            line={"color": colour, "width": 3},
            mode="lines",
            name=f"{track.label}, true loss to plane",
        )
    )
    figure.add_trace(
        go.Scatter3d(
            x=[track.points[0, 0], now.point[0]],
            y=[track.points[0, 1], now.point[1]],
            z=[heights[0], heights[-1]],
            hoverinfo="skip",
            marker={
                "color": [light, colour],
                "size": [5, 8],
                "line": {"color": colour, "width": 3},
                "symbol": ["circle", shape],
            },
            mode="markers",
            name=f"{track.label}, start and {unit} {now.frame}",
        )
    )
