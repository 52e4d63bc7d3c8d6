"""A chart for those who can't see it: one sentence on what it shows, and its numbers as a table of texts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np
import pandas as pd

from pages.figures.numbers import column_writer, power_in_words, value_text

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
    cells = [shown.iloc[:, k].tolist() for k in range(shown.shape[1])]
    columns = [map(cell_writer(column), column) for column in cells]
    return {
        "chart": chart,
        "title": alternative.title,
        "said": alternative.said,
        "note": note,
        "heads": [str(name) for name in table.columns],
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }


def thinned(count: int, most: int = MOST_ROWS) -> list[int]:
    """The places of at most `most` of `count` rows, evenly from the first to the last."""
    places: list[int] = np.linspace(0, count - 1, min(count, most)).round().astype(int).tolist()
    return places


def cell_writer(column: Sequence[object], decimals: int = 4) -> Callable[[object], str]:
    """Writes the cells of a column; all numbers that aren't whole by their type are written alike."""
    write = column_writer([float(value) for value in column if _is_float(value)], decimals)
    return lambda value: write(value) if _is_float(value) else cell_text(value)


def _is_float(value: object) -> TypeGuard[float]:
    return isinstance(value, float | np.floating)


def cell_text(value: object) -> str:
    """A cell that stands for itself: a whole number as it is, any other as number_said has it."""
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
