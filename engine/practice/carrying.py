"""How far off an answer may be only because few digits were carried from step to step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial, reduce
from itertools import product

import numpy as np

from engine.activations import make_activation
from engine.arrays import Array
from engine.practice.exercises import Exercise, right_value
from engine.worked.expressions import (
    Apply,
    Constant,
    Expression,
    Jacobian,
    Operation,
    Product,
    Symbol,
    children,
)
from engine.worked.worked import Worked

LEAST = 0.01
"""What counts as close whatever the digits, as a share of the right answer."""
MARGIN = 1.5
"""How much further off than our own rounding a learner's may be, who rounds in other places."""


@dataclass(frozen=True)
class Road:
    """One way to work an exercise with few digits.

    Attributes:
        digits:      the significant digits that are carried.
        rounds:      what is rounded: the "results" of the steps, also the "operations" within them, or also
                     the "terms" of matrix products.
        given:       whether the numbers that the calculation starts from are rounded too.
        alternative: whether a step is taken by its other formula where it has one.
    """

    digits: int
    rounds: str = "operations"
    given: bool = False
    alternative: bool = False


ROADS = tuple(
    Road(*choices)
    for choices in product((3, 4), ("results", "operations", "terms"), (False, True), (False, True))
)
"""The ways on which learners differ."""


def rounded(value: Array, digits: int) -> Array:
    """Every number with so many significant digits; 0, infinities and NaN stay."""
    with np.errstate(all="ignore"):
        size = np.floor(np.log10(np.abs(value)))
        shift = 10.0 ** (digits - 1 - np.where(np.isfinite(size), size, 0))
        nearest = np.rint(value * shift) / shift
    return np.where(np.isfinite(nearest), nearest, value)


def carried(worked: Worked, exercise: Exercise, road: Road) -> float:
    """The answer on this road; NaN or infinite where rounding leads to a division by 0, say."""
    values = dict(worked.values)
    if road.given:
        values |= {part.key: rounded(part.value, road.digits) for part in worked.given}
    for step in worked.steps:
        formula = step.alternative if road.alternative and step.alternative is not None else step.formula
        values[step.key] = rounded(_carried(formula, values, road), road.digits)
        if step.key == exercise.step:
            break
    return float(values[exercise.step][exercise.row, exercise.column])


def _carried(node: Expression, values: Mapping[str, Array], road: Road) -> Array:
    if road.rounds == "results" or not isinstance(node, Operation) or isinstance(node, Constant):
        return node.value(values)
    inside = [_carried(child, values, road) for child in children(node)]
    with np.errstate(all="ignore"):
        match node:
            case Product() if road.rounds == "terms":
                return reduce(partial(_matmul, digits=road.digits), inside)
            case Apply(expr=Symbol(letter="z") as z, derivative=True):
                value = _back(node, z, values, np.ones_like(inside[0]))
            case Jacobian(Z=Symbol(letter="z") as z):
                value = _back(node, z, values, inside[1])
            case _:
                value = node.combine(*inside)
        return rounded(value, road.digits)


def _back(node: Apply | Jacobian, z: Symbol, values: Mapping[str, Array], dA: Array) -> Array:
    """dZ from dA, with σ′ computed as a(1 − a): by hand it is the rounded a that is at hand."""
    a = replace(z, letter="a", layer=(z.layer or 0) + 1)
    dZ = np.empty_like(dA)
    make_activation(node.function, **dict(node.parameters)).vjp(values[z.key], values[a.key], dA, dZ)
    return dZ


def _matmul(A: Array, B: Array, digits: int) -> Array:
    """A B (m, n) from A (m, k) and B (k, n), every product and the sum rounded."""
    terms = rounded(A[:, :, None] * B[None, :, :], digits)  # (m, k, n)
    return rounded(terms.sum(axis=1), digits)


@lru_cache(maxsize=16)
def close_within(worked: Worked, exercise: Exercise) -> float:
    """How far from the right answer few digits may lead: max(1 %, 1.5 times the largest error of ROADS).

    A road on which the answer is not finite doesn't count.
    """
    right = right_value(worked, exercise)
    errors = (abs(carried(worked, exercise, road) - right) for road in ROADS)
    return max(LEAST * abs(right), MARGIN * max(filter(np.isfinite, errors), default=0.0))
