"""A step of training is a list of calls: built once, then gone through again and again.

    for f, args in step:
        f(*args)

Every step computes the same quantities and writes them into the same arrays; only the numbers in them are
new. So which function is called next, and with which arrays, is settled once. For a small network this halves
the time of a step, most of which Python would spend on finding that out anew.

An activation, a loss and an optimiser are therefore written down as their calls, one a line. The array that
a call writes to stands last, and what it computes stands beside it:

    def _tanh_slope(Z, A, out):
        yield np.multiply, A, A, out  # a²
        yield np.subtract, 1, out, out  # tanh′(z) = 1 − a²

That is the only definition, whether the calls are made at once (perform) or kept for later (build). Arrays
for what lies between are made when the lines are listed, not when they are called. Lines may depend on shapes
and settings, but not on the numbers in the arrays, which aren't there yet: what has to look at them, such as
clipping, is a function of its own that a line calls.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from engine.arrays import Array

Calls = Iterator[tuple[Any, ...]]
"""Lines (function, arguments ...), in the order in which they are made."""
Built = list[tuple[Callable[..., object], tuple[Any, ...]]]
"""The same, ready to be made any number of times."""
NAMED = np.maximum, np.minimum
"""These take the array that they write to by its name only, out."""


def build(calls: Iterable[tuple[Any, ...]]) -> Built:
    """List the calls in the form in which NumPy answers them fastest; none is made."""
    return [_ready(*call) for call in calls]


def build_each(calls: Calls, own: Sequence[Array], others: Iterable[Sequence[Array]]) -> list[Built]:
    """Build the same calls once for each of the others, whose arrays take the places of own.

    A line with none of own among its arguments is made ready once, for all of them: mini-batches differ in
    few lines. A line must name an array of own itself: a view of it would show every mini-batch the first's.
    """
    lines = list(calls)
    ready, places = build(lines), [id(array) for array in own]
    different = [i for i, (_, *args) in enumerate(lines) if not set(places).isdisjoint(map(id, args))]
    built = []
    for arrays in others:
        theirs = dict(zip(places, arrays, strict=True))
        built.append(ready.copy())
        for i in different:
            f, *args = lines[i]
            built[-1][i] = _ready(f, *(theirs.get(id(x), x) for x in args))
    return built


def run(built: Built) -> None:
    """Make the calls, in their order."""
    for f, args in built:
        f(*args)


def perform(calls: Calls) -> None:
    """Make each call as soon as it is listed, for what is computed only once."""
    for f, *args in calls:
        if f in NAMED:
            f(*args[:-1], out=args[-1])
        else:
            f(*args)


def _ready(f: Callable[..., object], *args: Any) -> tuple[Callable[..., object], tuple[Any, ...]]:
    """A call without what NumPy would do anew each time: look up a method, make an array of a number."""
    if f is np.dot:
        return args[0].dot, args[1:]
    if not isinstance(f, np.ufunc):
        return f, args
    *operands, out = args
    precision = next(x.dtype for x in args if isinstance(x, np.ndarray))
    operands = [np.array(x, precision) if isinstance(x, int | float) else x for x in operands]
    return (partial(f, *operands, out=out), ()) if f in NAMED else (f, (*operands, out))


def row_sums(A: Array, out: Array) -> None:
    """Write Σₖ A[n, k] into out (N, 1)."""
    np.add.reduce(A, axis=1, out=out, keepdims=True)


def row_maxima(A: Array, out: Array) -> None:
    """Write maxₖ A[n, k] into out (N, 1)."""
    np.maximum.reduce(A, axis=1, out=out, keepdims=True)
