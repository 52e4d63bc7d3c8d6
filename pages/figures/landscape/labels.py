"""The labels of start and current frame in the plane from above, each where it covers least."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.figures.landscape.records import Floats, Ground, Track, loss_text
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
    x, y = np.asarray(ground.x, dtype=np.float64), np.asarray(ground.y, dtype=np.float64)
    corner, size = np.array([x[0], y[0]]), np.array([x[-1] - x[0], y[-1] - y[0]])
    paths = np.concatenate([track.points for track in tracks])
    labels = [("start", float(first.true_losses[0]), start)]
    if first.now.frame:
        names = [track.name if len(tracks) > 1 else f"{unit} {first.now.frame}" for track in tracks]
        labels += [
            (name, track.now.true_loss, np.array(track.now.point))
            for name, track in zip(names, tracks, strict=True)
        ]
    taken: list[tuple[float, ...]] = []
    lines = min(len(tracks), 2)  # a racer's name and its loss side by side are too wide for a phone
    between = ": " if lines == 1 else "<br>"
    for name, loss, at in labels:
        others = np.array([other for *_, other in labels if other is not at]).reshape(-1, 2)
        obstacles = np.concatenate((paths, np.repeat(others, 50, axis=0)))
        letters = len(f"{name}: {plain(loss)}") if lines == 1 else max(len(name), len(plain(loss)))
        here, there = (at - corner) / size, (obstacles - corner) / size
        (across, up), box = free_side(here, there, letters, taken, lines=lines)
        taken.append(box)
        figure.add_annotation(
            x=float(at[0]),
            y=float(at[1]),
            text=f"{name}{between}{loss_text(loss)}",
            align="left",
            bgcolor=theme.ground,
            borderpad=2,
            font={"color": theme.ink, "size": 14},
            name="label",
            opacity=0.9,
            showarrow=False,
            xanchor={-1: "right", 0: "center", 1: "left"}[across],
            xshift=13 * across,
            yanchor={-1: "top", 0: "middle", 1: "bottom"}[up],
            yshift=(13 if across == 0 else 4) * up,
        )


def free_side(
    at: Floats, points: Floats, letters: int, taken: Sequence[tuple[float, ...]] = (), *, lines: int = 1
) -> tuple[tuple[int, int], tuple[float, ...]]:
    """The side of a point on which a label covers least, as (right, up) of −1, 0 or 1, and the label's box.

    Args:
        at, points: (2,) the point and (T, 2) the points to leave free, as shares of the picture's sides.
        letters: length of the label's longest line.
        taken: boxes (left, low, right, high) of other labels.
        lines: of the label.
    """
    width, height = 0.04 + 0.026 * letters, 0.03 + 0.07 * lines
    choices: list[tuple[float, tuple[int, int], tuple[float, ...]]] = []
    for across, up in ((1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1)):
        left = float(at[0]) + 0.02 * across - {1: 0.0, 0: width / 2, -1: width}[across]
        low = float(at[1]) + 0.02 * up - {1: 0.0, 0: height / 2, -1: height}[up]
        right, high = left + width, low + height
        x, y = points[:, 0], points[:, 1]
        cost = float(((x > left) & (x < right) & (y > low) & (y < high)).sum())
        cost += 1000.0 * (left < 0 or right > 1 or low < 0 or high > 1)
        cost += 500.0 * sum(left < r and right > l and low < h and high > w for l, w, r, h in taken)
        choices.append((cost, (across, up), (left, low, right, high)))
    _, side, box = min(choices, key=lambda choice: choice[0])
    return side, box
