"""An exercise asks a learner for one number of the worked calculation."""

from dataclasses import dataclass

import numpy as np

from engine.numbers import significant
from engine.worked.expressions import Symbol
from engine.worked.worked import Step, Worked

ZERO = 1e-12
"""A result nearer to 0 than this is 0 up to rounding."""
SCANNED = 4
"""Rows that are searched for an entry to ask for, whatever the size of the batch."""


@dataclass(frozen=True)
class Exercise:
    """One entry to compute: its step's key, row and column from 0 with samples as rows, and its symbol."""

    step: str
    row: int
    column: int
    symbol: Symbol


def exercises(worked: Worked) -> tuple[Exercise, ...]:
    """A handful of entries to compute, in the order of the steps.

    An activation, the loss, the error delta of every layer, one gradient of weights, one of biases and one
    new weight, as far as the calculation has them. Entries that are not finite are left out.
    """
    last = len(worked.activations) - 1
    chosen = {
        Symbol("a", 1),
        Symbol("L"),
        Symbol("W", 0, mark="d"),
        Symbol("b", max(0, last - 1), mark="d"),
        Symbol("W", last, mark="new"),
        *(Symbol("delta", l) for l in range(last + 1)),
    }
    found = (_exercise(step) for step in worked.steps if step.result.symbol in chosen)
    return tuple(exercise for exercise in found if exercise is not None)


def _exercise(step: Step) -> Exercise | None:
    """Ask for the largest entry, off the diagonal if possible: only there does a wrong transpose show.

    Of activations it asks for the middle one: the largest is often saturated, 1.000 whatever was computed.
    """
    result = step.result
    sizes = np.abs(result.value[:SCANNED])
    sizes[~np.isfinite(sizes)] = -1.0
    if sizes.max() < 0:
        return None
    off = sizes.copy()
    np.fill_diagonal(off, -1.0)
    sizes = off if min(off.shape) > 1 and off.max() > ZERO else sizes
    order = np.argsort(sizes, axis=None)
    worth = order[np.sort(sizes, axis=None) > ZERO]
    index = order[-1] if result.name != "a" or not worth.size else worth[len(worth) // 2]
    row, column = np.unravel_index(int(index), sizes.shape)
    return Exercise(step.key, int(row), int(column), result.symbol)


def right_value(worked: Worked, exercise: Exercise) -> float:
    """The right answer."""
    return float(worked.step(exercise.step).result.value[exercise.row, exercise.column])


def answer_text(value: float) -> str:
    """An answer as it is shown: four significant digits, with a true minus sign."""
    return significant(value, 4)
