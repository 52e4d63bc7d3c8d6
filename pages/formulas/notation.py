"""How formulas stand on paper: which way matrices lie, what functions are called, what binds tighter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.worked.expressions import (
    DERIVATIVE,
    Apply,
    Difference,
    Expression,
    Hadamard,
    Jacobian,
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

SCALARS = ("L", "N", "eta", "t")
"""Names that are no matrices: never turned, no brackets."""
FUNCTION_SIGNS = {
    "sigmoid": "σ",
    "relu": "ReLU",
    "leaky_relu": "LReLU",
    "elu": "ELU",
    "softplus": "softplus",
    "gelu": "GELU",
    "gelu_tanh": "GELU",
    "silu": "SiLU",
    "linear": "id",
    "log_softmax": "log softmax",
    "huber": "H",
}
"""How a function is written where its name is not what books write."""
LEVELS = {Sum: 1, Difference: 1, Hadamard: 2, Total: 3, Product: 3, Scaled: 3, Over: 3, Jacobian: 3}
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

    def turns(self, name: str) -> bool:
        """Whether the matrix of this name lies the other way round than in the engine."""
        if name in SCALARS:
            return False
        return self.weights_are == "out×in" if name.endswith("W") else self.samples_are == "columns"

    @property
    def label(self) -> str:
        """In words, as "samples are rows, W is in×out"."""
        return f"samples are {self.samples_are}, W is {self.weights_are}"


OWN = Convention()


def oriented(expression: Expression, result: str, convention: Convention) -> Expression:
    """The right-hand side of `result = expression` so that the result comes out as the convention has it."""
    return transpose(expression) if convention.turns(result) else expression


def laid(name: str, value: Array, convention: Convention) -> Array:
    """A matrix of this name as the convention has it."""
    return value.T if convention.turns(name) else value


def is_bare(node: Expression) -> bool:
    """Whether there is nothing in a node left to compute but a look at a derivative."""
    looked_up = (
        isinstance(node, Apply) and node.function.startswith(DERIVATIVE) and isinstance(node.expr, Symbol)
    )
    return isinstance(node, Symbol | Number) or looked_up


def has_in_between(node: Expression) -> bool:
    """Whether computing what is inside the top operation says anything new."""
    return any(not is_bare(child) for child in children(node))
