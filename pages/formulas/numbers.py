"""Writes numbers as books do: rounded to some decimals, with a power of ten if needed and a true minus."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from engine.numbers import minus, superscript, with_power

Array = np.ndarray[Any, Any]

MOST_ROWS, MOST_COLUMNS = 6, 8
"""Most rows and columns of a matrix that are written out; the others are only counted."""


def number_text(x: float, digits: int, raised: Callable[[int], str] = superscript) -> str:
    """A number with `digits` decimals, a tiny or huge one with a power of ten; raised writes the exponent."""
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    if x == 0:
        return f"{0:.{digits}f}"  # −0 is 0
    if 0.5 * 10.0**-digits <= abs(x) < 1e6:
        return minus(f"{x:.{digits}f}")
    return scientific(x, min(2, digits), raised)


def scientific(x: float, digits: int, raised: Callable[[int], str] = superscript) -> str:
    """A number with a power of ten; `digits` are the decimals before it."""
    mantissa, _, exponent = f"{x:.{digits}e}".partition("e")
    return f"{minus(mantissa)}·10{raised(int(exponent))}"


def constant(x: float, digits: int = 4, raised: Callable[[int], str] = superscript) -> str:
    """A constant with at least four significant digits below 10⁴, without zeros at its end: "0.004"."""
    if not math.isfinite(x):
        return number_text(x, digits)
    text = f"{x:.{max(digits, 4)}g}"
    if "e" not in text:
        return minus(text)
    if 1 <= abs(x) < 1e6:
        return minus(f"{x:.{max(digits, 1)}f}".rstrip("0").rstrip("."))
    return scientific(x, min(2, digits), raised)


def words(x: float) -> str:
    """A positive number with two digits and its power of ten: 1.3·10⁻⁸, 10⁻⁵."""
    if math.isnan(x):
        return "not a number"
    if x == 0 or not math.isfinite(x):
        return "0" if x == 0 else "∞"
    return with_power(f"{x:.1e}".replace(".0e", "e"))


def tolerance(x: float) -> str:
    """A number that is usually a power of ten, with four digits at most: 10⁻⁵, 0.0005, 2·10⁻⁶."""
    text = f"{x:.4g}"
    power = {"0.01": -2, "0.001": -3, "0.0001": -4}.get(text)
    return with_power(text) if power is None else f"10{superscript(power)}"


def short(x: float | None) -> str:
    """Four decimals, four significant digits for a small number, a dash for None."""
    if x is None:
        return "–"
    if 0 < x < 0.05:
        return with_power(f"{x:.4g}")
    return "∞" if math.isinf(x) else with_power(f"{x:.4f}" if x < 1e4 else f"{x:.1e}")


def small(x: float) -> str:
    """Four decimals, or two digits and a power of ten for a number too small for them."""
    return with_power(f"{x:.4f}" if x >= 1e-3 else f"{x:.1e}")


def signed(x: float) -> str:
    """Four decimals, always with a sign."""
    return minus(f"{x:+.4f}")


def magnitude(x: float) -> str:
    """One digit and the power of ten, for the size of a rounding error: 3·10⁻⁹."""
    return "0" if x == 0 else with_power(f"{x:.0e}")


def cut(array: Array, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS) -> tuple[Array, int, int]:
    """The top left of a matrix, and how many rows and columns are cut off; it never cuts off just one."""
    shown_rows = len(array) if len(array) <= rows + 1 else rows
    shown_columns = array.shape[1] if array.shape[1] <= columns + 1 else columns
    head = array[:shown_rows, :shown_columns]
    return head, len(array) - shown_rows, array.shape[1] - shown_columns
