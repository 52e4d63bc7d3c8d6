"""Checks of shape and value, with one wording for every error in the engine."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf, isfinite
from reprlib import Repr
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


def as_matrix(name: str, value: object, *, columns: int | None = None, rows: int | None = None) -> Array:
    """Return value as a float64 matrix; every other shape is refused.

    Args:
        name:  how the error names it, e.g. "X".
        value: anything NumPy reads as a matrix of numbers.
        columns, rows: how many it must have; None takes any number, but at least one row.
    Raises: ValueError for another shape. Nothing is ever broadcast silently: (N,) is not (N, 1).
    """
    try:
        matrix = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a matrix of real numbers, every row of one length.") from None
    fits = matrix.ndim == 2 and len(matrix) and rows in (None, len(matrix))
    if not fits or columns not in (None, matrix.shape[1]):
        expected = f"({'N' if rows is None else rows}, {'D' if columns is None else columns})"
        raise ValueError(f"{name} must have shape {expected} with at least one row. Got {matrix.shape}.")
    return matrix


def carve(shapes: Sequence[tuple[int, int]], dtype: type = np.float64) -> tuple[Array, list[Array]]:
    """One block of memory, and matrices of these shapes laid out in it one after another."""
    sizes = [height * width for height, width in shapes]
    memory: Array = np.empty(sum(sizes), dtype)
    starts = accumulate(sizes, initial=0)
    return memory, [memory[i : i + h * w].reshape(h, w) for i, (h, w) in zip(starts, shapes, strict=False)]


_BRIEF = Repr()
_BRIEF.maxstring = _BRIEF.maxother = _BRIEF.maxlong = 60
_BRIEF.maxtuple = _BRIEF.maxlist = _BRIEF.maxdict = 12


def brief(value: object) -> str:
    """The repr of a value for an error sentence, with an end even where the value has hardly any."""
    return _BRIEF.repr(value)


def check_finite(name: str, value: Array) -> None:
    """Refuse NaN and infinity in data that a network is to be trained on."""
    if not np.isfinite(value).all():
        row = int(np.argwhere(~np.isfinite(value))[0][0])
        raise ValueError(f"{name} must be finite everywhere. Got {value[row]} in row {row}.")


def check_choice(name: str, value: object, options: Iterable[object]) -> str:
    """Return value, as text, if it is one of the options."""
    options = list(options)
    if value not in options:
        raise ValueError(f"{name} must be one of {', '.join(map(str, options))}. Got {brief(value)}.")
    return str(value)


def check_number(
    name: str, value: object, *, above: float = -inf, least: float = -inf, most: float = inf
) -> float:
    """Return value as a finite float within its bounds (above is exclusive, least and most inclusive)."""
    bounds = {">": above, ">=": least, "<=": most}
    rule = " and ".join(f"{sign} {bound:.10g}" for sign, bound in bounds.items() if isfinite(bound))
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise ValueError(
            f"{name} must be a {f'number {rule}' if rule else 'finite number'}. Got {brief(value)}."
        )
    try:
        number = float(value)
    except OverflowError:
        number = inf
    if not (isfinite(number) and above < number and least <= number <= most):
        raise ValueError(f"{name} must be {rule or 'a finite number'}. Got {number:.10g}.")
    return number


def check_count(name: str, value: object, *, least: int = 1, most: float = inf) -> int:
    """Return value as an int within its bounds; 3.0 is refused, because a count is an int."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(f"{name} must be a whole number >= {least}. Got {brief(value)}.")
    check_number(name, value, least=least, most=most)
    return int(value)


def as_generator(rng: np.random.Generator | int | None) -> np.random.Generator:
    """A Generator from itself, from an int seed, or from seed 0 for None."""
    return np.random.default_rng(0 if rng is None else rng)
