"""How formulas are laid out: which way matrices lie, how letters are written, what binds tighter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.worked.expressions import (
    Apply,
    Constant,
    Difference,
    Expression,
    Hadamard,
    Jacobian,
    Negative,
    Number,
    Over,
    Product,
    Scaled,
    Sum,
    Symbol,
    Total,
    children,
    transpose,
)

Array = np.ndarray[Any, Any]

SCALARS = ("L",)
"""Names of plain numbers: never transposed, no brackets."""
LETTERS = {"delta": "δ"}
"""Letters that the engine spells out."""
LEVELS = {
    Sum: 1,
    Difference: 1,
    Negative: 1,
    Hadamard: 2,
    Total: 3,
    Product: 3,
    Scaled: 3,
    Over: 3,
    Jacobian: 3,
}
"""How tightly an operation binds; all else binds tightest."""
TIGHTEST = 4


@dataclass(frozen=True)
class Convention:
    """Which way matrices lie on paper. The engine's own: samples are rows, weights are in×out.

    Attributes:
        samples_are: "rows" or "columns"; biases and their gradients lie as samples do.
        weights_are: "in×out" or "out×in"; their gradients lie as they do.
    """

    samples_are: str = "rows"
    weights_are: str = "in×out"

    def turns(self, symbol: Symbol) -> bool:
        """Whether the matrix of this symbol lies the other way round than in the engine."""
        if symbol.name in SCALARS:
            return False
        return self.weights_are == "out×in" if symbol.is_weights else self.samples_are == "columns"

    @property
    def label(self) -> str:
        """In words, as "samples are rows, W is in×out"."""
        return f"samples are {self.samples_are}, W is {self.weights_are}"


OWN = Convention()


def oriented(expression: Expression, result: Symbol, convention: Convention) -> Expression:
    """The right-hand side of `result = expression` so that the result comes out as the convention has it."""
    return transpose(expression) if convention.turns(result) else expression


def laid(symbol: Symbol, value: Array, convention: Convention) -> Array:
    """The matrix of this symbol as the convention has it."""
    return value.T if convention.turns(symbol) else value


def is_bare(node: Expression) -> bool:
    """Whether a node is written without brackets: a symbol, a number, or a derivative at a symbol."""
    looked_up = isinstance(node, Apply) and node.derivative and isinstance(node.expr, Symbol)
    return isinstance(node, Symbol | Number | Constant) or looked_up


def has_in_between(node: Expression) -> bool:
    """Whether there is anything to compute inside the top operation."""
    return any(not is_bare(child) for child in children(node))
