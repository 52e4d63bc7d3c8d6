"""Writes numbers for figures: − and not a hyphen, and powers of ten with Plotly's superscript."""

from __future__ import annotations

import math
from collections.abc import Callable

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def minus(text: str) -> str:
    """A number's text with −, not a hyphen."""
    return text.replace("-", "−")


def significant(value: float, digits: int) -> str:
    """A number with at most `digits` significant digits, without zeros at its end."""
    return minus(f"{value:.{digits}g}")


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
        return minus(f"{value:.4f}")
    digits, exponent = f"{value:.3e}".split("e")
    return f"{minus(digits)}·{ten(int(exponent))}"


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
        text = f"{value:+.{places}f}" if value else f"{0:.{places}f}"
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
