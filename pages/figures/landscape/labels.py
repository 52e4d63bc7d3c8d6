"""The labels of start and current frame in the plane from above."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.figures.landscape.places import Label, free_sides, is_away
from pages.figures.landscape.records import Ground, Track, loss_text
from pages.figures.landscape.words import plain
from pages.figures.theme import Theme


def label_points(
    figure: go.Figure, ground: Ground, tracks: Sequence[Track], theme: Theme, *, unit: str
) -> None:
    """Label the start and the current frame, in a race the racers, with their true losses, on free sides."""
    first = tracks[0]
    start = first.points[0]
    figure.add_trace(
        go.Scatter(
            x=[start[0]],
            y=[start[1]],
            hoverinfo="skip",
            marker={"color": theme.ground, "size": 12, "line": {"color": theme.ink, "width": 2.5}},
            mode="markers",
            name="start",
            showlegend=False,
        )
    )
    named = [("start", float(first.true_losses[0]), start)]
    if first.now.frame:
        names = [track.name if len(tracks) > 1 else f"{unit} {first.now.frame}" for track in tracks]
        named += [
            (name, track.now.true_loss, np.array(track.now.point))
            for name, track in zip(names, tracks, strict=True)
        ]
    x, y = np.asarray(ground.x, dtype=np.float64), np.asarray(ground.y, dtype=np.float64)
    corner, size = np.array([x[0], y[0]]), np.array([x[-1] - x[0], y[-1] - y[0]])
    labels = [Label((name, plain(loss)), (at - corner) / size) for name, loss, at in named]
    paths = (np.concatenate([track.points for track in tracks]) - corner) / size
    sides = free_sides(labels, paths)
    for label, side, (name, loss, at) in zip(labels, sides, named, strict=True):
        (across, up), (right, higher), away = np.sign(side).tolist(), label.shift(side), is_away(side)
        figure.add_annotation(
            x=float(at[0]),
            y=float(at[1]),
            text=f"{name}<br>{loss_text(loss)}",
            align="left",
            arrowcolor=theme.ink,
            arrowhead=0,
            arrowwidth=1,
            ax=right,
            ay=-higher,
            bgcolor=theme.ground,
            borderpad=2,
            font={"color": theme.ink, "size": 14},
            name="label",
            opacity=0.9,
            showarrow=away,
            standoff=8,
            xanchor={-1: "right", 0: "center", 1: "left"}[across],
            xshift=0 if away else right,
            yanchor={-1: "top", 0: "middle", 1: "bottom"}[up],
            yshift=0 if away else higher,
        )
