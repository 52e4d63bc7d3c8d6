"""The losses of two runs on the same axes: one solid, one dashed, each marked at the end of its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages.figures.loss_history import log_axis, thinned
from pages.figures.numbers import value_text
from pages.figures.theme import Theme, template

Floats = NDArray[np.float64]

MOST_POINTS = 3_000
"""Of one drawn curve."""
HEIGHT = 300  # px
DASHES = ("solid", "8px,4px")


@dataclass(frozen=True, eq=False)
class Curve:
    """A run's losses: epochs (n,) rising, losses (n,); a loss that isn't finite leaves a gap.

    Attributes: letter: what stands at the end of its line.
    """

    letter: str
    name: str
    epochs: Floats
    losses: Floats


def loss_pair(curves: Sequence[Curve], theme: Theme, *, title: str) -> go.Figure:
    """Both curves on a logarithmic axis; a loss of 0 is drawn on its lower edge."""
    seen = np.concatenate([curve.losses[np.isfinite(curve.losses)] for curve in curves])
    positive = seen[seen > 0]
    log = positive.size > 0
    lowest, axis = log_axis(positive, bool((seen <= 0).any())) if log else (0.0, {"rangemode": "tozero"})
    traces, notes = [], []
    for curve, colour, dash in zip(curves, (theme.ink, theme.accent), DASHES, strict=True):
        keep = thinned([curve.losses], MOST_POINTS)
        epochs, losses = curve.epochs[keep], curve.losses[keep]
        shown = np.where(np.isfinite(losses), np.maximum(losses, lowest), np.nan)
        traces.append(
            {
                "type": "scatter",
                "x": epochs,
                "y": shown,
                "customdata": [value_text(loss) for loss in losses],
                "hovertemplate": "<b>%{customdata}</b>",
                "line": {"color": colour, "dash": dash, "width": 2.4},
                "mode": "lines" if len(epochs) > 1 else "markers",
                "name": f"{curve.letter} {curve.name}",
            }
        )
        if np.isfinite(shown[-1]):
            end = float(np.log10(shown[-1])) if log else float(shown[-1])
            notes.append(_end(curve.letter, float(epochs[-1]), end, colour))
    _part(notes)
    last = max(float(curve.epochs[-1]) for curve in curves)
    layout = {
        "height": HEIGHT,
        "hovermode": "x unified",
        "annotations": notes,
        "margin": {"t": 44, "b": 52, "l": 68, "r": 36},
        "showlegend": False,
        "paper_bgcolor": theme.ground,
        "plot_bgcolor": theme.ground,
        "template": template(theme),
        "title": {"text": title, "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12, "l": 8}},
        "xaxis": {
            "fixedrange": True,
            "range": [0, max(last, 1.0)],
            "showgrid": False,
            "tickformat": ",d",
            "title": {"text": "epoch"},
        },
        "yaxis": {"fixedrange": True, "title": {"text": "loss, log scale" if log else "loss"}, **axis},
    }
    return go.Figure(traces, layout)


def _end(letter: str, epoch: float, end: float, colour: str) -> dict[str, object]:
    return {
        "x": epoch,
        "y": end,
        "text": f"<b>{letter}</b>",
        "font": {"color": colour, "size": 18},
        "showarrow": False,
        "xanchor": "left",
        "xshift": 6,
        "yshift": 0,
    }


def _part(notes: list[dict[str, object]]) -> None:
    """Move the letters apart where the curves end at nearly the same place."""
    if len(notes) < len(DASHES):
        return
    (x1, y1), (x2, y2) = ((float(str(note["x"])), float(str(note["y"]))) for note in notes)
    if abs(y1 - y2) < 0.15 and abs(x1 - x2) < 0.1 * max(x1, x2, 1.0):
        up, down = (0, 1) if y1 >= y2 else (1, 0)
        notes[up]["yshift"], notes[down]["yshift"] = 9, -9
