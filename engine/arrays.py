"""Checks of shape and value, with one wording for every error in the engine."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf, isfinite
from reprlib import Repr
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
NUMBERS = (int, float, np.bool_, np.integer, np.floating)
"""What an array of objects may hold: NumPy would read None as NaN, and a text as a number."""


class RefusalError(ValueError):
    """Why a value is refused, in one sentence that begins with the value's name.

    Args:
        name: what the caller knows the value as, e.g. "learning_rate"; a page has its own word for it.
        said: the rule and what was got, e.g. "must be > 0. Got -1."
        label: what controls call it, where that is known, e.g. "β₁" for beta1.
        before: what stands before the name, e.g. "At frame 3: ".
    """

    def __init__(self, name: str, said: str, label: str = "", before: str = "") -> None:
        super().__init__(name, said, label, before)
        self.name, self.said, self.label, self.before = name, said, label, before

    def __str__(self) -> str:
        return f"{self.before}{self.name} {self.said}"


def as_matrix(name: str, value: object, *, columns: int | None = None, rows: int | None = None) -> Array:
    """Return value as a float64 matrix; every other shape is refused.

    Args:
        name:  how the error names it, e.g. "X".
        value: anything NumPy reads as a matrix of numbers.
        columns, rows: how many it must have; None takes any number, but at least one row.
    Raises: ValueError for another shape. Nothing is ever broadcast silently: (N,) is not (N, 1).
    """
    matrix = as_reals(name, value)
    fits = matrix.ndim == 2 and len(matrix) and rows in (None, len(matrix))
    if not fits or columns not in (None, matrix.shape[1]):
        expected = f"({'N' if rows is None else rows}, {'D' if columns is None else columns})"
        raise ValueError(f"{name} must have shape {expected} with at least one row. Got {matrix.shape}.")
    return matrix


def as_shaped(name: str, value: object, shape: tuple[int, ...]) -> Array:
    """Return value as a float64 array of exactly this shape. Raises: ValueError for any other."""
    array = as_reals(name, value)
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}. Got {array.shape}.")
    return array


def as_reals(name: str, value: object, *, keep_single: bool = False) -> Array:
    """Return value as a float64 array of any shape; with keep_single a float32 array as it is.

    Raises: ValueError for what holds anything but real numbers, in rows of one length. Complex numbers and
            masked arrays are refused too: NumPy would drop the imaginary parts, or the mask, and go on.
    """
    rows = value if isinstance(value, list | tuple) else (value,)
    if any(isinstance(row, np.ma.MaskedArray) for row in rows):
        raise ValueError(f"{name} must have no mask. Got a masked array; its filled() has none.")
    try:
        array = np.asarray(value)
        if keep_single and array.dtype == np.float32:
            return array
        numbers = array.dtype.kind in "biuf"  # bool, whole, real
        if numbers or (array.dtype.kind == "O" and all(isinstance(entry, NUMBERS) for entry in array.flat)):
            return np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError):
        pass  # rows of several lengths, or objects that are no numbers
    got = f"an array of {value.dtype}" if isinstance(value, np.ndarray) else brief(value)
    raise ValueError(f"{name} must hold real numbers, in rows of one length. Got {got}.")


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
    """The repr of a value for an error sentence: one line, and short even where the value is long."""
    return " ".join(line.strip() for line in _BRIEF.repr(value).splitlines())


def check_finite(name: str, value: Array) -> None:
    """Refuse NaN and infinity in data that a network is to be trained on."""
    if not np.isfinite(value).all():
        row = int(np.argwhere(~np.isfinite(value))[0][0])
        raise ValueError(f"{name} must be finite everywhere. Got {value[row]} in row {row}.")


def check_choice(name: str, value: object, options: Iterable[object]) -> str:
    """Return value, as text, if it is one of the options."""
    options = list(options)
    if isinstance(value, np.ndarray) or value not in options:  # an array would be compared entry by entry
        raise RefusalError(name, f"must be one of {', '.join(map(str, options))}. Got {brief(value)}.")
    return str(value)


def check_range(name: str, value: Array, *, least: float = -inf, most: float = inf, why: str = "") -> None:
    """Refuse an array (N, K), a row per sample, with an entry outside its bounds; NaN is let through."""
    outside = np.argwhere((value < least) | (value > most))
    if len(outside):
        row, column = outside[0]
        rule = f"{rule_of(least=least, most=most)}{why}"
        got = f"{value[row, column]:.10g}".replace("-", "−")  # as screens write it, which show this
        raise RefusalError(name, f"must be {rule}. Got {got} in sample {row + 1}.")


def rule_of(above: float = -inf, least: float = -inf, most: float = inf) -> str:
    """Bounds in words: "> 0", "between −1 and 1", "above 0 and at most 1,000"; "" for none.

    Args: above: is out of bounds itself; least and most are within, and "between" includes them.
    """
    if isfinite(most) and least == most:
        return _bound(most)
    if isfinite(most) and isfinite(least):
        return f"between {_bound(least)} and {_bound(most)}"
    if isfinite(most) and isfinite(above):
        return f"above {_bound(above)} and at most {_bound(most)}"
    bounds = {">": above, ">=": least, "<=": most}
    return " and ".join(f"{sign} {bound:.10g}" for sign, bound in bounds.items() if isfinite(bound))


def _bound(bound: float) -> str:
    """A bound as people write it: 0.000001, −1,000,000."""
    small = 0 < abs(bound) < 1
    text = np.format_float_positional(bound, trim="-") if small else f"{bound:,.10g}"
    return text.replace("-", "−")


def check_number(
    name: str, value: object, *, above: float = -inf, least: float = -inf, most: float = inf
) -> float:
    """Return value as a finite float within its bounds (above is exclusive, least and most inclusive)."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        rule = rule_of(above, least, most)
        kind = f"number {rule}" if rule else "finite number"
        raise RefusalError(name, f"must be a {kind}. Got {brief(value)}.")
    try:
        number = float(value)
    except OverflowError:
        number = inf
    if not (isfinite(number) and above < number and least <= number <= most):
        rule = rule_of(above, least, most) or "a finite number"
        raise RefusalError(name, f"must be {rule}. Got {number:.10g}.")
    return number


def check_count(name: str, value: object, *, least: int = 1, most: float = inf) -> int:
    """Return value as an int within its bounds; 3.0 is refused, because a count is an int."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        rule = rule_of(least=least, most=most)
        raise RefusalError(name, f"must be a whole number {rule}. Got {brief(value)}.")
    check_number(name, value, least=least, most=most)
    return int(value)


def check_type(name: str, value: object, kind: type) -> None:
    """Refuse a value of another type."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIOUn" else "a"  # an ndarray
        raise RefusalError(name, f"must be {article} {kind.__name__}. Got {brief(value)}.")


def check_flag(name: str, value: object) -> bool:
    """Return value as a bool; 1 and "no" are refused."""
    if not isinstance(value, bool | np.bool_):
        raise RefusalError(name, f"must be True or False. Got {brief(value)}.")
    return bool(value)


def check_list(name: str, value: object, of: str) -> tuple[Any, ...]:
    """Return the entries of a list of something; a text is refused, whose entries would be its letters."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise RefusalError(name, f"must be a list of {of}. Got {brief(value)}.")
    return tuple(value)


def as_generator(rng: object) -> np.random.Generator:
    """A Generator from itself, from a seed (a whole number >= 0), or from seed 0 for None."""
    if isinstance(rng, np.random.Generator):
        return rng
    seed = 0 if rng is None else rng
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        rule = "a seed (a whole number >= 0), a Generator or None"
        raise ValueError(f"rng must be {rule}. Got {brief(rng)}.")
    return np.random.default_rng(seed)
