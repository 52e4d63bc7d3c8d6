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


def number_text(x: float, digits: int, raised: Callable[[int], str] = superscript, *, extra: int = 0) -> str:
    """A number with `digits` decimals, a tiny or huge one with a power of ten; raised writes the exponent.

    extra: this many digits more in either case, where a calculation needs them.
    """
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    return _joined(*_written(x, digits, extra), raised)


def scientific(x: float, digits: int, raised: Callable[[int], str] = superscript) -> str:
    """A number with a power of ten; `digits` are the decimals before it."""
    return _joined(*_with_power(x, digits), raised)


def constant(x: float, digits: int = 4, raised: Callable[[int], str] = superscript, *, extra: int = 0) -> str:
    """A constant with at least four significant digits below 10⁴, without zeros at its end: "0.004"."""
    if not math.isfinite(x):
        return number_text(x, digits)
    return _joined(*_constant(x, digits, extra), raised)


def as_printed(x: float, digits: int, extra: int = 0) -> float:
    """The number that a reader finds where number_text has written x."""
    return _value(*_written(x, digits, extra)) if math.isfinite(x) else x


def constant_as_printed(x: float, digits: int, extra: int = 0) -> float:
    """The number that a reader finds where constant has written x."""
    return _value(*_constant(x, digits, extra)) if math.isfinite(x) else x


def last_digit(x: float, digits: int, extra: int = 0) -> float:
    """The worth of one unit of the last digit that number_text writes of x: 0.01 for two decimals."""
    mantissa, exponent = _written(x, digits, extra)
    return 10.0 ** ((exponent or 0) - len(mantissa.partition(".")[2]))


def digits_used(values: Array, digits: int, extra: int) -> int:
    """How many of the extra digits tell these numbers better; the others would only be zeros."""

    def read(fewer: int) -> list[float]:
        return [as_printed(float(x), digits, fewer) for x in values.flat if math.isfinite(x)]

    return next(fewer for fewer in range(extra + 1) if fewer == extra or read(fewer) == read(extra))


Written = tuple[str, int | None]
"""A number as its digits, and the power of ten after them if there is one."""


def _written(x: float, digits: int, extra: int) -> Written:
    if x == 0:
        return f"{0:.{digits}f}", None  # −0 is 0
    if 0.5 * 10.0**-digits <= abs(x) < 1e6:
        return f"{x:.{digits + extra}f}", None
    return _with_power(x, min(2, digits) + extra)


def _constant(x: float, digits: int, extra: int) -> Written:
    text = f"{x:.{max(digits, 4) + extra}g}"
    if "e" not in text:
        return text, None
    if 1 <= abs(x) < 1e6:
        return f"{x:.{max(digits, 1) + extra}f}".rstrip("0").rstrip("."), None
    mantissa, exponent = _with_power(x, min(2, digits) + extra)
    kept = len(_with_power(x, min(2, digits))[0])  # the zeros among the extra digits are not printed
    return mantissa[:kept] + mantissa[kept:].rstrip("0"), exponent


def _with_power(x: float, digits: int) -> Written:
    mantissa, _, exponent = f"{x:.{digits}e}".partition("e")
    return mantissa, int(exponent)


def _joined(mantissa: str, exponent: int | None, raised: Callable[[int], str]) -> str:
    return minus(mantissa) + ("" if exponent is None else f"·10{raised(exponent)}")


def _value(mantissa: str, exponent: int | None) -> float:
    return float(f"{mantissa}e{exponent or 0}")


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
    """Four decimals, or two digits and a power of ten for a number too small or too large for them."""
    return with_power(f"{x:.4f}" if 1e-3 <= x < 1e4 else f"{x:.1e}") if x else "0"


def signed(x: float) -> str:
    """Four decimals, always with a sign."""
    return minus(f"{round(x, 4) + 0.0:+.4f}")


def magnitude(x: float) -> str:
    """One digit and the power of ten, for the size of a rounding error: 3·10⁻⁹."""
    return "0" if x == 0 else with_power(f"{x:.0e}")


def cut(array: Array, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS) -> tuple[Array, int, int]:
    """The top left of a matrix, and how many rows and columns are cut off; it never cuts off just one."""
    shown_rows = len(array) if len(array) <= rows + 1 else rows
    shown_columns = array.shape[1] if array.shape[1] <= columns + 1 else columns
    head = array[:shown_rows, :shown_columns]
    return head, len(array) - shown_rows, array.shape[1] - shown_columns
