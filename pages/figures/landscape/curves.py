"""Curves by frame: a path's true loss, its loss on the plane, and its distance from the plane."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.figures.landscape.look import common_layout, path_style
from pages.figures.landscape.records import Floats, Track, loss_text, loss_ticks
from pages.figures.theme import SHAPES, Theme

HEIGHT = 190  # px


def landscape_losses(
    tracks: Sequence[Track], theme: Theme, *, log: bool, title: str, unit: str = "frame"
) -> go.Figure:
    """By frame the true loss, solid, and the loss at the path's projection onto the plane, dotted."""
    figure, alone = go.Figure(), len(tracks) == 1
    values = np.concatenate([(t.true_losses, t.plane_losses) for t in tracks], axis=1)
    positive = values[np.isfinite(values) & (values > 0)]
    log = log and positive.size > 0
    for k, track in enumerate(tracks):
        colour, _ = path_style(theme, k, alone=alone)
        pairs = (
            (track.plane_losses, track.now.plane_loss, "on the plane", "2.5px,2.5px", colour),
            (track.true_losses, track.now.true_loss, "true", "solid", theme.ink if alone else colour),
        )
        for losses, now, name, dash, line in pairs:
            _curve(
                figure,
                track,
                losses,
                now,
                name=name if alone else f"{track.label}, {name}",
                line={"color": line, "dash": dash, "width": 2.4},
                symbol=SHAPES[k] if dash == "solid" else f"{SHAPES[k]}-open",
                unit=unit,
                legend=alone,
                log=log,
            )
    axis: dict[str, object] = {"rangemode": "tozero", "nticks": 5}
    if log:
        low, high = math.log10(positive.min()), math.log10(positive.max())
        low, high = min(low, high - 0.05) - 0.04, high + 0.04
        exponents, texts = loss_ticks(low, high, 5)
        axis = {"type": "log", "range": [low, high], "ticktext": texts}
        axis |= {"tickmode": "array", "tickvals": [10**exponent for exponent in exponents]}
    _against_frames(figure, tracks, theme, title, "training loss", axis, unit, legend=alone)
    return figure


def landscape_distances(
    tracks: Sequence[Track], theme: Theme, *, title: str, unit: str = "frame"
) -> go.Figure:
    """By frame the distance ‖θ − projection‖ of the path from the plane."""
    figure, alone = go.Figure(), len(tracks) == 1
    for k, track in enumerate(tracks):
        colour, dash = path_style(theme, k, alone=alone)
        line = {"color": theme.ink if alone else colour, "dash": dash, "width": 2.4}
        _curve(
            figure,
            track,
            track.distances,
            track.now.distance,
            name=track.label,
            line=line,
            symbol=SHAPES[k],
            unit=unit,
            legend=False,
            log=False,
        )
    highest = max(float(t.distances.max(initial=0.0)) for t in tracks)
    axis = {"range": [0, max(1.06 * highest, 1e-6)], "nticks": 5}
    _against_frames(figure, tracks, theme, title, "distance", axis, unit, legend=False)
    return figure


def _curve(
    figure: go.Figure,
    track: Track,
    values: Floats,
    now: float,
    *,
    name: str,
    line: dict[str, object],
    symbol: str,
    unit: str,
    legend: bool,
    log: bool,
) -> None:
    shown = np.where(np.isfinite(values) & ((values > 0) | (not log)), values, np.nan)
    figure.add_trace(
        go.Scatter(
            x=track.frames,
            y=shown,
            customdata=[loss_text(value) for value in values.tolist()],
            hovertemplate="<b>%{customdata}</b>",
            line=line,
            mode="lines" if len(shown) > 1 else "markers",
            name=name,
            showlegend=legend,
        )
    )
    if math.isfinite(now) and (now > 0 or not log):
        figure.add_trace(
            go.Scatter(
                x=[track.now.frame],
                y=[now],
                cliponaxis=False,
                hoverinfo="skip",
                marker={"color": line["color"], "size": 10, "symbol": symbol, "line": {"width": 2}},
                mode="markers",
                name=f"{name}, {unit} {track.now.frame}",
                showlegend=False,
            )
        )


def _against_frames(
    figure: go.Figure,
    tracks: Sequence[Track],
    theme: Theme,
    title: str,
    name: str,
    axis: dict[str, object],
    unit: str,
    *,
    legend: bool,
) -> None:
    last = max(int(track.frames[-1]) for track in tracks)
    figure.add_vline(
        x=max(track.now.frame for track in tracks), line={"color": theme.accent, "width": 2}, layer="below"
    )
    figure.update_layout(
        height=HEIGHT,
        hovermode="x unified",
        margin={"t": 40, "b": 48, "l": 76, "r": 16},
        **common_layout(theme, title, "curve", legend=legend),
        xaxis={
            "fixedrange": True,
            "nticks": 8,
            "range": [0, 1.02 * max(last, 1)],
            "title": {"text": unit},
        },
        yaxis={"fixedrange": True, "title": {"text": name}, **axis},
    )
