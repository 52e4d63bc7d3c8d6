"""A chart for those who can't see it: one sentence on what it shows, and its numbers as a table of texts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pages.figures.numbers import power_in_words, value_text

MOST_ROWS = 20
"""Most rows of the table: a screen reader reads every cell."""


@dataclass(frozen=True, eq=False)
class Alternative:
    """What a chart shows: title names it, said is one sentence, table has its numbers, however many."""

    title: str
    said: str
    table: pd.DataFrame


def data_of(alternative: Alternative, chart: str) -> dict[str, Any]:
    """What the browser gets of a chart's alternative: the chart's key and texts, of many rows only some."""
    table = alternative.table
    shown = table.iloc[thinned(len(table))]
    note = f"{len(shown)} of {len(table)} rows, evenly chosen." if len(shown) < len(table) else ""
    rows = [[cell_text(value) for value in row] for row in shown.itertuples(index=False)]
    return {
        "chart": chart,
        "title": alternative.title,
        "said": alternative.said,
        "note": note,
        "heads": [str(name) for name in table.columns],
        "rows": rows,
    }


def thinned(count: int, most: int = MOST_ROWS) -> list[int]:
    """The places of at most `most` of `count` rows, evenly from the first to the last."""
    places: list[int] = np.linspace(0, count - 1, min(count, most)).round().astype(int).tolist()
    return places


def cell_text(value: object) -> str:
    """A cell: a whole number as it is, any other with four decimals or as a power of ten."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if value is None:
        return "–"
    if isinstance(value, int | np.integer):
        return str(value).replace("-", "−")
    if isinstance(value, float | np.floating):
        return number_said(float(value))
    return str(value)


def number_said(value: float) -> str:
    """A number with four decimals, as a power of ten where these would say nothing, or whole."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value.is_integer() and abs(value) < 1e6:
        return str(int(value)).replace("-", "−")
    return value_text(value, power_in_words)
