"""Predicted against true values of a regression; of a perfect network all points lie on the diagonal."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from pages.figures.numbers import value_text
from pages.figures.theme import Theme, template

Floats = NDArray[np.float64]

PLOT = 300  # px, side of the square on a wide screen; on a phone it is 278
LEFT, RIGHT, BOTTOM = 68, 20, 54  # px
TOP, SUBTITLE = 72, 22  # px
SMALL = "font-size:14px;font-weight:400"


def predicted_true(
    true: ArrayLike, predicted: ArrayLike, is_train: ArrayLike, theme: Theme, *, title: str
) -> go.Figure:
    """A point per sample, both axes on the same scale; hovering shows both values.

    Made for a column of about 500 px and for a phone.

    Args:
        true: (N,) targets.
        predicted: (N,) outputs of the network. Points with a value that isn't finite are left out, as the
            subtitle says.
        is_train: (N,) True for the training data.
        theme: LIGHT or DARK.
        title: up to about 40 characters, to fit a phone.
    Raises: ValueError if the three arrays differ in length.
    """
    x, y = (np.asarray(values, dtype=np.float64).ravel() for values in (true, predicted))
    train = np.asarray(is_train, dtype=np.bool_).ravel()
    if not len(x) == len(y) == len(train):
        lengths = f"{len(x)}, {len(y)} and {len(train)}"
        raise ValueError(f"true, predicted and is_train must have the same length. Got {lengths}.")
    finite = np.isfinite(x) & np.isfinite(y)
    left_out = len(x) - int(finite.sum())
    ends = _common_range(np.concatenate([x[finite], y[finite]]))

    traces = [
        {
            "type": "scatter",
            "x": ends,
            "y": ends,
            "hoverinfo": "skip",
            "legendrank": 1001,  # drawn first, so below the points, but last in the legend
            "line": {"color": theme.ink3, "dash": "6px,4px", "width": 1.6},
            "mode": "lines",
            "name": "y = x",
        }
    ]
    styles = [
        ("train", train, {"color": theme.train, "symbol": "circle", "size": 7.5}),
        ("test", ~train, {"color": theme.test, "symbol": "square-open", "size": 7}),
    ]
    for name, part, marker in styles:
        shown = part & finite
        if not shown.any():
            continue
        line = {"width": 1.4} if name == "test" else {"width": 1, "color": theme.ground}
        traces.append(
            {
                "type": "scatter",
                "x": x[shown],
                "y": y[shown],
                "customdata": [
                    [value_text(a), value_text(b)] for a, b in zip(x[shown], y[shown], strict=True)
                ],
                "hovertemplate": "true <b>%{customdata[0]}</b><br>predicted <b>%{customdata[1]}</b>",
                "marker": {**marker, "line": line},
                "mode": "markers",
                "name": name,
            }
        )
    said = f"{left_out} of {len(x)} points left out: not finite"
    note = f'<br><span style="color:{theme.warn};{SMALL}">{said}</span>' if left_out else ""
    top = TOP + (SUBTITLE if note else 0)
    axis = {"constrain": "domain", "fixedrange": True, "nticks": 6, "range": ends}
    layout = {
        "height": top + PLOT + BOTTOM,
        "hovermode": "closest",
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "entrywidth": 44,  # leaves room for a wider font in a saved picture
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "margin": {"t": top, "b": BOTTOM, "l": LEFT, "r": RIGHT},
        "showlegend": True,
        "paper_bgcolor": theme.ground,  # Streamlit 1.62 overrides a background that only the template sets
        "plot_bgcolor": theme.ground,
        "template": template(theme),
        "title": {
            "text": title + note,
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 20 if note else 12, "l": 8},
        },
        "xaxis": {**axis, "constraintoward": "left", "title": {"text": "true value"}},
        "yaxis": {
            **axis,
            "constraintoward": "top",
            "scaleanchor": "x",
            "title": {"text": "predicted value"},
        },
    }
    return go.Figure(traces, layout)


def _common_range(values: Floats) -> list[float]:
    """The range of both axes, a little wider than the values; −1 … 1 if there are none."""
    if not values.size:
        return [-1.0, 1.0]
    low, high = float(values.min()), float(values.max())
    room = 0.05 * (high - low) or 1.0
    return [low - room, high + room]
