"""Writes the symbols of a layer in figures and plain text as formulas do: its number in brackets above."""

from __future__ import annotations

LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def indices(*index: int) -> str:
    """Indices that count from 0 as they stand below a symbol, from 1: 12, but 2,10."""
    digits = [str(k + 1) for k in index]
    return (",".join if len("".join(digits)) > len(digits) else "".join)(digits)


def symbol(letter: str, layer: int, below: str = "") -> str:
    """A symbol of a layer, which counts from 1, in Plotly's markup: a with [1] above and 2 below.

    below: an index, as `indices` writes it.
    """
    index = f"<sub>{below}</sub>" if below else ""
    return f"{letter}<sup>[{layer}]</sup>{index}"


def plain_symbol(letter: str, layer: int, below: str = "") -> str:
    """The same where there is no markup: a[1]₂, with the brackets on the line."""
    return f"{letter}[{layer}]{below.translate(LOW)}"
