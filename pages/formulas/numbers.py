"""Writes numbers as books do: so many decimals, a power of ten where it is needed, − and not a hyphen."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

MOST_ROWS, MOST_COLUMNS = 6, 8
"""Of a matrix that is written out; the rest is counted."""


def written(x: float, digits: int) -> str:
    """A number with so many decimals; a tiny or huge one with a power of ten, and −, not a hyphen."""
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    if x == 0:
        return f"{0:.{digits}f}"  # −0 is 0
    if 0.5 * 10.0**-digits <= abs(x) < 1e6:
        return f"{x:.{digits}f}".replace("-", "−")
    return scientific(x, min(2, digits))


def scientific(x: float, digits: int) -> str:
    """A number with a power of ten and so many decimals before it."""
    mantissa, _, exponent = f"{x:.{digits}e}".partition("e")
    return f"{mantissa}·10{superscript(int(exponent))}".replace("-", "−")


def constant(x: float, digits: int = 4) -> str:
    """A constant as it is, without zeros at its end; "0.0040" would be a waste."""
    if not math.isfinite(x):
        return written(x, digits)
    text = f"{x:.{max(digits, 4)}g}"
    return written(x, digits) if "e" in text else text.replace("-", "−")


def superscript(exponent: int) -> str:
    """A whole number as small raised digits."""
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def cut(array: Array, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS) -> tuple[Array, int, int]:
    """The beginning of a matrix, and how many rows and columns more it has; one more is not left out."""
    shown_rows = len(array) if len(array) <= rows + 1 else rows
    shown_columns = array.shape[1] if array.shape[1] <= columns + 1 else columns
    head = array[:shown_rows, :shown_columns]
    return head, len(array) - shown_rows, array.shape[1] - shown_columns
