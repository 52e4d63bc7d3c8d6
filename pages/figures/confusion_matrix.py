"""The confusion matrix: how often each true class was predicted as each class."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from pages.figures.theme import CLASS_SHAPES, LETTERS, SHAPES, Theme, template, text_on

Counts = NDArray[np.int64]

LEGEND = "points, % of their true class; framed: correct"
LEGEND_OF_MANY = "points; framed: correct"
SMALL = "font-size:14px;font-weight:400"

FEWEST, MOST = 2, len(CLASS_SHAPES)  # classes
MANY = len(SHAPES)  # with more classes than these a figure has its own width, and cells have counts alone
NARROW = 6  # with more classes than these a phone has no room for the sign %

CELL_HEIGHTS = ((3, 72), (6, 56), (MANY, 46), (20, 34), (MOST, 26))  # (most classes, px)
LONGEST = 14  # letters of a name where there are many
TITLE, AXIS_TITLE, ONE_LINE, TWO_LINES = 58, 34, 24, 42  # px
SIDE_TITLE, RIGHT, BOTTOM = 48, 16, 10  # px
STANDOFF = 14  # px between axis titles and names; leaves room for a wider font in a saved picture
PHONE = 366  # px, width of a figure on a phone
LETTER, SHAPE = 7, 20  # px, widths of a letter of 14 px, and of a shape with its space
SYMBOLS = "'Segoe UI Symbol','Apple Symbols','DejaVu Sans',sans-serif"  # one font, so that sizes agree


def confusion_matrix(counts: ArrayLike, labels: Sequence[str], theme: Theme, *, title: str) -> go.Figure:
    """A cell per pair of classes with its count and, below, its share of the true class in percent.

    A larger share is darker, or in the dark theme lighter; correct predictions are framed. Made for a
    column of about 500 px and for a phone; training and test data get a figure each. Of more than ten
    classes a figure has a width of its own, square cells without percent, and shortened names.

    Args:
        counts: (K, K) whole numbers, row = true class, column = predicted class; K is 2 to 50.
        labels: names of the classes, up to about 12 characters each.
        theme: LIGHT or DARK.
        title: up to about 40 characters, to fit a phone.
    Raises: ValueError if counts isn't square, K is out of range or the number of labels doesn't match.
    """
    table = np.asarray(counts, dtype=np.int64)
    K = len(table)
    if table.shape != (K, K) or not FEWEST <= K <= MOST:
        raise ValueError(f"counts must have shape (K, K) with K from {FEWEST} to {MOST}. Got {table.shape}.")
    if len(labels) != K:
        raise ValueError(f"labels must have {K} entries, one per class. Got {len(labels)}.")

    totals = table.sum(axis=1, keepdims=True)  # (K, 1)
    shares = table / np.maximum(totals, 1)  # (K, K)
    many = K > MANY
    legend = LEGEND_OF_MANY if many else LEGEND
    if many:
        labels = [label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…" for label in labels]
    escaped = [html.escape(label, quote=False) for label in labels]
    shapes = [
        f'<span style="color:{colour};font-family:{SYMBOLS}">{LETTERS[shape]}</span>'
        for colour, shape in ((theme.marks[k % MANY], CLASS_SHAPES[k]) for k in range(K))
    ]
    name_width = LETTER * max(len(label) for label in labels)
    left = SIDE_TITLE + SHAPE + name_width
    cell = next(height for most, height in CELL_HEIGHTS if most >= K)
    heads, head_height = _heads(shapes, escaped, name_width, cell if many else (PHONE - left - RIGHT) / K)
    top = TITLE + AXIS_TITLE + head_height
    plot_height = K * cell

    shading = {
        "type": "heatmap",
        "z": shares,
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, shade(theme, 0)], [1, shade(theme, 1)]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "customdata": [
            [
                f"true {escaped[i]}, predicted {escaped[j]}<br><b>{table[i, j]}</b> of {totals[i, 0]}"
                for j in range(K)
            ]
            for i in range(K)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    cells = list(np.ndindex(K, K))
    texts = {
        "type": "scatter",
        "x": [j for _, j in cells],
        "y": [i for i, _ in cells],
        "hoverinfo": "skip",
        "mode": "text",
        "text": [
            _count_text(table, i, j) if many else _cell_text(table, totals, i, j, "" if K > NARROW else "%")
            for i, j in cells
        ],
        "textfont": {
            "color": [
                text_on(shade(theme, shares[cell])) if table[cell] or cell[0] == cell[1] else theme.ink3
                for cell in cells
            ],
            "size": _size(K, int(table.max())),
        },
    }
    frame = {"type": "rect", "line": {"color": theme.ink, "width": 2}}
    shared = {
        "fixedrange": True,
        "showgrid": False,
        "showline": False,
        "tickfont": {"color": theme.ink},
        "ticks": "",
        "tickvals": list(range(K)),
    }
    layout = {
        "height": top + plot_height + BOTTOM,
        **({"width": left + K * cell + RIGHT} if many else {}),
        "margin": {"t": top, "b": BOTTOM, "l": left, "r": RIGHT},
        "shapes": [{**frame, "x0": k - 0.5, "x1": k + 0.5, "y0": k - 0.5, "y1": k + 0.5} for k in range(K)],
        "showlegend": False,
        "paper_bgcolor": theme.ground,  # Streamlit 1.62 overrides a background that only the template sets
        "plot_bgcolor": theme.ground,
        "template": template(theme),
        "title": {
            "text": f'{title}<br><span style="color:{theme.ink2};{SMALL}">{legend}</span>',
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 20, "l": 8},
        },
        "xaxis": {
            **shared,
            **({"tickangle": -90 * (heads[0] == escaped[0])} if many else {"autotickangles": [0, -90]}),
            "range": [-0.5, K - 0.5],
            "side": "top",
            "ticktext": heads,
            "title": {"text": "predicted class", "standoff": STANDOFF},
        },
        "yaxis": {
            **shared,
            "range": [K - 0.5, -0.5],
            "ticklabelstandoff": 4,
            "ticktext": [f"{shape} {name}" for shape, name in zip(shapes, escaped, strict=True)],
            "title": {"text": "true class", "standoff": STANDOFF},
        },
    }
    return go.Figure([shading, texts], layout)


def _heads(shapes: list[str], names: list[str], name_width: float, cell: float) -> tuple[list[str], float]:
    """The headings of the columns, and the height they need above cells of this width, in px."""
    if SHAPE + name_width <= cell:
        return [f"{shape} {name}" for shape, name in zip(shapes, names, strict=True)], ONE_LINE
    if name_width <= cell:
        return [f"{shape}<br>{name}" for shape, name in zip(shapes, names, strict=True)], TWO_LINES
    return names, name_width + 10  # turned on a phone, without shapes: a turned shape is another class's


def _size(K: int, largest: int) -> int:
    """The size of the letters in px: four digits have room in the smallest cells too."""
    if K > MANY:
        return 12 if largest < 1000 or K <= 20 else 10
    return 14 if K > NARROW else 15


def percent(count: int, total: int) -> str:
    """Share in whole percent, without the sign %: never 0 for some, never 100 for less than all."""
    if total == 0:
        return "–"
    if 0 < count * 200 < total:
        return "<1"
    if count < total and count * 200 >= total * 199:
        return ">99"
    return f"{count / total * 100:.0f}"


def shade(theme: Theme, share: float) -> str:
    """Colour of a cell: one hue, from nearly the background at 0 to the grey of captions at 1."""
    pale, full = (bytes.fromhex(colour[1:]) for colour in (theme.field, theme.ink3))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(pale, full, strict=True))


def _count_text(table: Counts, i: int, j: int) -> str:
    """The text of a small cell: its count; nothing for a confusion that never occurred."""
    count = int(table[i, j])
    if i == j:
        return f"<b>{count}</b>"
    return str(count) if count else ""


def _cell_text(table: Counts, totals: Counts, i: int, j: int, sign: str) -> str:
    """The text of a cell; a confusion that never occurred is a bare 0, so that the others stand out."""
    count, total = int(table[i, j]), int(totals[i, 0])
    if i != j and count == 0:
        return "0"
    share = html.escape(percent(count, total)) + (sign if total else "")
    number = f"<b>{count}</b>" if i == j else str(count)
    return f'{number}<br><span style="font-size:13px">{share}</span>'
