"""Each answer works for a short turn, and what it leaves unfinished goes on in the next one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

from engine.runs.slices import Slices

ALONE, TOGETHER = 0.05, 0.015
"""Seconds of one turn: alone on the server, and while other sessions are being answered too."""

T = TypeVar("T")


class Turn:
    """The time that one answer may take."""

    present = 0
    """How many turns are being taken now, by all sessions."""
    _lock = Lock()

    def __init__(self) -> None:
        """Begin now."""
        self._start = time.monotonic()

    @property
    def over(self) -> bool:
        """Whether it's time to answer with what there is."""
        return time.monotonic() - self._start >= (ALONE if Turn.present < 2 else TOGETHER)

    @classmethod
    @contextmanager
    def taken(cls) -> Iterator[Turn]:
        """A turn, counted until it ends."""
        with cls._lock:
            cls.present += 1
        try:
            yield cls()
        finally:
            with cls._lock:
                cls.present -= 1


class Unfinished(Generic[T]):
    """Work in slices that one session has begun: at most one piece of it waits for the next turn.

    Attributes:
        share: how much of it is done, 0 to 1, or None while nothing waits.
    """

    def __init__(self) -> None:
        """Nothing waits."""
        self.share: float | None = None
        self._key: object = None
        self._slices: Slices[T] | None = None

    def go_on(self, key: Callable[[], object], begin: Callable[[], Slices[T]], turn: Turn) -> T | None:
        """Go on with the work until it is done, or else until the turn is over, after one slice at least.

        Args:
            key:   says what the work is about; if that has changed since the last turn, it begins again.
            begin: makes the slices; their result is not None.
        Returns: the result, or None if work is left.
        """
        if self._slices is not None and self._key == key():
            slices = self._slices
            self.drop()
        else:  # what waits gives way only to something that has to wait too
            slices = begin()
        try:
            share = next(slices)
            while not turn.over:
                share = next(slices)
        except StopIteration as end:
            result: T = end.value
            return result
        self.share, self._key, self._slices = share, key(), slices
        return None

    def drop(self) -> None:
        """Forget what waits."""
        self.share = self._key = self._slices = None
