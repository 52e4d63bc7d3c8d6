"""The whole history of the loss: training data solid, test data dashed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from pages.figures.numbers import tick, value_text
from pages.figures.theme import Theme, template

Floats = NDArray[np.float64]

MOST_POINTS = 5_000  # of a drawn curve
HEIGHT = 330  # px
ROW = 18  # px of a row of the legend


def loss_history(
    epochs: ArrayLike,
    train: ArrayLike,
    test: ArrayLike,
    theme: Theme,
    *,
    log: bool = True,
    penalty: ArrayLike | None = None,
    mark: float | None = None,
    title: str,
) -> go.Figure:
    """Loss over all epochs; hovering over an epoch shows both values.

    Args:
        epochs: (n,) rising.
        train: (n,) loss over the training data; a value that isn't finite leaves a gap.
        test: (n,) loss over the test data; NaN throughout if there is none.
        theme: LIGHT or DARK.
        log: whether the loss axis is logarithmic; a loss of 0 is then drawn on its lower edge.
        penalty: (n,) what training adds to the loss; their sum is a dotted line.
        mark: the epoch that the player shows; a vertical line.
        title: up to about 40 characters, to fit a phone.
    Raises: ValueError if the arrays differ in length.
    """
    given = (epochs, train, test) if penalty is None else (epochs, train, test, penalty)
    epoch, *curves = (np.asarray(values, dtype=np.float64).ravel() for values in given)
    if len({len(epoch), *map(len, curves)}) > 1:
        lengths = ", ".join(str(len(values)) for values in (epoch, *curves))
        raise ValueError(f"epochs, train, test and penalty must have the same length. Got {lengths}.")
    if penalty is not None:
        curves[2] = curves[0] + curves[2]

    keep = thinned(curves, MOST_POINTS)
    epoch, curves = epoch[keep], [np.where(np.isfinite(c[keep]), c[keep], np.nan) for c in curves]
    seen = np.concatenate(curves)
    positive = seen[seen > 0]  # NaN > 0 is False
    log = log and positive.size > 0
    zeros = bool((seen <= 0).any())
    lowest, loss_axis = log_axis(positive, zeros) if log else (0.0, {"rangemode": "tozero", "nticks": 6})

    traces = []
    styles = [
        ("train loss", theme.train, "solid", "circle"),
        ("test loss", theme.test, "7px,3.5px", "square"),
        ("with penalty", theme.train, "dot", "circle-open"),
    ]
    for curve, (name, colour, dash, symbol) in zip(curves, styles, strict=False):
        if np.isnan(curve).all():
            continue
        traces.append(
            {
                "type": "scatter",
                "x": epoch,
                "y": np.maximum(curve, lowest) if log else curve,
                "customdata": [value_text(value) for value in curve],
                "hovertemplate": "<b>%{customdata}</b>",
                "line": {"color": colour, "dash": dash, "width": 2.2},
                "marker": {"color": colour, "size": 8, "symbol": symbol},
                "mode": "lines" if len(epoch) > 1 else "markers",
                "name": name,
            }
        )
    marks = []
    if mark is not None:
        ends = {"x0": mark, "x1": mark, "y0": 0, "y1": 1, "yref": "y domain"}
        marks = [{"type": "line", "xref": "x", **ends, "line": {"color": theme.accent, "width": 2}}]
    second_row = 0 if penalty is None else ROW  # of the legend, on a phone
    start, end = (float(epoch[0]), float(epoch[-1])) if len(epoch) else (0.0, 0.0)
    layout = {
        "height": HEIGHT + second_row,
        "hovermode": "x unified",
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "entrywidth": 90,  # leaves room for a wider font in a saved picture
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "margin": {"t": 72 + second_row, "b": 52, "l": 68, "r": 20},
        "shapes": marks,
        "showlegend": True,
        "paper_bgcolor": theme.ground,  # Streamlit 1.62 overrides a background that only the template sets
        "plot_bgcolor": theme.ground,
        "template": template(theme),
        "title": {"text": title, "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12, "l": 8}},
        "xaxis": go.layout.XAxis(
            {
                "fixedrange": True,
                "hoverformat": ",.2~f",  # a mini-batch is part of an epoch
                **({"nticks": 8} if end - start > 8 else {"dtick": 1}),  # no ticks between two epochs
                "range": [start, max(end, start + 1)],
                "showgrid": False,
                "tickformat": ",d",
                "title": {"text": "epoch"},
                "unifiedhovertitle": {"text": "epoch %{x:,.2~f}"},
            },
            skip_invalid=True,  # Plotly names the epoch on hover since 6.2; before, it shows the bare number
        ),
        "yaxis": {"fixedrange": True, "title": {"text": "loss, log scale" if log else "loss"}, **loss_axis},
    }
    return go.Figure(traces, layout)


def thinned(curves: Sequence[Floats], most: int) -> NDArray[np.intp]:
    """Indices of at most `most` points that keep both ends and every extreme of every curve."""
    n = len(curves[0])
    if n <= most:
        return np.arange(n)
    kept = {0, n - 1}
    for part in np.array_split(np.arange(n), (most - 2) // (2 * len(curves))):
        for curve in curves:
            values = curve[part]
            finite = part[np.isfinite(values)]
            if finite.size:
                kept |= {int(finite[np.argmin(curve[finite])]), int(finite[np.argmax(curve[finite])])}
    return np.array(sorted(kept))


def log_axis(positive: Floats, zeros: bool) -> tuple[float, dict[str, object]]:
    """Lowest value and settings of a logarithmic axis; with zeros it gets a decade at the bottom for them."""
    low, high = math.log10(positive.min()), math.log10(positive.max())
    low, high = min(low, high - 0.3) - 0.04 - (1 if zeros else 0), high + 0.04
    decades = range(math.floor(low), math.ceil(high) + 1)
    factors = (1, 2, 5) if high - low < 2.3 else (1,)
    every = max(1, math.ceil((high - low) / 7))
    exponents = [math.log10(f) + d for d in decades if d % every == 0 for f in factors]
    shown = [e for e in exponents if low + (0.5 if zeros else 0) <= e <= high]
    return 10**low, {
        "range": [low, high],
        "ticktext": (["0"] if zeros else []) + [tick(e) for e in shown],
        "tickvals": ([10**low] if zeros else []) + [10**e for e in shown],
        "type": "log",
    }
