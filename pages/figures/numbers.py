"""Writes numbers for figures: − and not a hyphen, and powers of ten with Plotly's superscript."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def minus(text: str) -> str:
    """A number's text with −, not a hyphen."""
    return text.replace("-", "−")


def significant(value: float, digits: int) -> str:
    """A number with at most `digits` significant digits, without zeros at its end; −0 is 0."""
    return minus(f"{value + 0.0:.{digits}g}")


def fixed(value: float, decimals: int) -> str:
    """A number with `decimals` decimals; what is rounded to 0 has no minus."""
    return minus(f"{round(value, decimals) + 0.0:.{decimals}f}")


def power(exponent: int) -> str:
    """A power of ten: 10⁻⁸."""
    return f"10<sup>{minus(str(exponent))}</sup>"


def power_in_words(exponent: int) -> str:
    """A power of ten where there is no markup: 10⁻⁸."""
    return f"10{str(exponent).translate(RAISED)}"


def value_text(value: float, ten: Callable[[int], str] = power) -> str:
    """A value with four decimals, or as a power of ten where these would say nothing; ten writes that."""
    if math.isnan(value):
        return "–"
    if value == 0 or 1e-3 <= abs(value) < 1e6:
        return fixed(value, 4)
    digits, exponent = f"{value:.3e}".split("e")
    return f"{minus(digits)}·{ten(int(exponent))}"


def exact_text(value: float, digits: int = 8) -> str:
    """A number with at most `digits` significant digits; a tiny or huge one as a power of ten."""
    if value == 0 or 1e-4 <= abs(value) < 1e6 or not math.isfinite(value):
        return significant(value, digits)
    front, exponent = f"{value:.{digits - 1}e}".split("e")
    front = front.rstrip("0").removesuffix(".")
    return f"{minus(front)}·{power(int(exponent))}"


def column_writer(values: Sequence[float], decimals: int = 4) -> Callable[[float], str]:
    """Writes the numbers of a column alike: whole, or all with these decimals, so that they stand in line.

    One that these decimals wouldn't show is a power of ten. In a column with both signs what is only
    rounding, less than a float resolves of the largest number, is 0; a column without negative numbers has
    sizes, which may well be that small. NaN is "–".
    """
    finite = [abs(value) for value in values if math.isfinite(value)]
    signed_column = any(value < 0 for value in values)
    noise = max(finite, default=0.0) * sys.float_info.epsilon if signed_column else 0.0
    if all(size <= noise or (size.is_integer() and size < 1e6) for size in finite):
        decimals = 0
    shown = 10.0 ** (1 - decimals)

    def write(value: float) -> str:
        if math.isinf(value):
            return "∞" if value > 0 else "−∞"
        if abs(value) <= noise or decimals == 0 or shown <= abs(value) < 1e6:
            return "–" if math.isnan(value) else fixed(0.0 if abs(value) <= noise else value, decimals)
        return fixed(0.0, decimals) if value == 0 else value_text(value, power_in_words)

    return write


def scientific(value: float) -> str:
    """A number with two digits and its power of ten: 1.3·10⁻⁸."""
    if not math.isfinite(value):
        return "not compared" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    if value == 0:
        return "0"
    digits, exponent = f"{value:.1e}".split("e")
    raised = power(int(exponent)) if int(exponent) else ""
    front = minus(digits.removesuffix(".0"))
    return raised if front == "1" and raised else f"{front}·{raised}" if raised else front


def signed(value: float, decimals: int = 2) -> str:
    """A number with its sign, in at most `decimals` + 3 characters: +0.37, −12.4; a huge one as +3·10⁷."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+∞" if value > 0 else "−∞"
    for places in range(decimals, -1, -1):
        text = f"{value:+.{places}f}" if round(value, places) else f"{0:.{places}f}"
        if len(text) <= decimals + 3:
            return minus(text)
    digit, exponent = f"{value:+.0e}".split("e")
    front = minus(digit[0]) if digit[1:] == "1" else f"{minus(digit)}·"
    return front + power(int(exponent))


def tick(exponent: float) -> str:
    """The label of a tick at 10 to this exponent on a logarithmic axis: 0.002, 500, 10⁻⁶, 2·10⁵."""
    if -4 <= exponent < 5:
        return f"{10**exponent:.3g}" if exponent < 3 else f"{10**exponent:.0f}"
    mantissa = 10 ** (exponent - math.floor(exponent))
    raised = power(math.floor(exponent))
    return raised if mantissa < 1.05 else f"{mantissa:.2g}·{raised}"
