"""Work in slices: a generator that pauses after each bit of it; its caller decides when it goes on."""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")
Slices = Generator[float, None, T]
"""Yields the share of the work that is done, 0 to 1, and returns the result."""


def finish(slices: Slices[T]) -> T:
    """All of the work at once."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            result: T = end.value
            return result
