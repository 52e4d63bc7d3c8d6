"""Sessions take turns: one works at a time, for a short while, and what it leaves waits for its next turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from threading import Lock, get_ident
from typing import ClassVar, Generic, TypeVar

from engine.runs.slices import Slices

ALONE, TOGETHER = 0.05, 0.015
"""Seconds of one turn: while nobody waits, and while other sessions do."""
HEAD_START = 0.3
"""Seconds by which what answers a press counts as waiting longer. With more, one who moves a control without
end would take more than a quarter of the time."""

T = TypeVar("T")


class Turns:
    """The turns of one session, in line with all other sessions of this process.

    Threads that train at the same time would fight for the interpreter and get less done than one alone.
    Of those that wait, the session goes first whose last turn is longest ago, with a head start for presses:
    whoever has rested, and now presses Play, needn't wait for all who have been playing.
    """

    _guard = Lock()
    _waiting: ClassVar[list[tuple[float, int, Lock]]] = []
    """When the session's last turn ended, less its head start, a number that settles ties, and the lock that
    holds it back."""
    _arrivals = count()
    _taken = False
    _thread = 0
    """In which the present turn is."""
    _present: ClassVar[Turns]
    """Whose turn it is."""

    def __init__(self) -> None:
        """Nothing has been done for this session yet."""
        self._last = self._head_start = 0.0
        self._turn = Turn()

    @contextmanager
    def next(self, head_start: float = HEAD_START) -> Iterator[Turn]:
        """Wait for this session's turn; it ends with the block. A turn within a turn is a part of it.

        Args: head_start: in seconds; none for what goes on by itself, such as the next frames of a run.
        """
        if Turns._thread == get_ident():
            yield Turn()
            return
        self._head_start = head_start
        self._begin()
        try:
            yield self._turn
        finally:
            self._hand_on()

    @classmethod
    def give_way(cls) -> None:
        """Within a turn that is over, let others have theirs first; what runs in no turn just goes on."""
        if cls._thread == get_ident() and cls._waiting and cls._present._turn.over:
            session = cls._present
            session._hand_on()
            session._begin()

    def _begin(self) -> None:
        self._wait()
        Turns._thread, Turns._present = get_ident(), self
        self._turn = Turn()

    def _wait(self) -> None:
        with Turns._guard:
            if not Turns._taken:
                Turns._taken = True
                return
            gate = Lock()
            gate.acquire()
            heappush(Turns._waiting, (self._last - self._head_start, next(Turns._arrivals), gate))
        gate.acquire()  # until another session's turn has ended

    def _hand_on(self) -> None:
        Turns._thread = 0
        self._last = time.monotonic()
        with Turns._guard:
            if Turns._waiting:
                heappop(Turns._waiting)[-1].release()
            else:
                Turns._taken = False

    @classmethod
    def waiting(cls) -> int:
        """How many sessions wait now."""
        return len(cls._waiting)


class Turn:
    """The time that one answer may take, from now on."""

    def __init__(self) -> None:
        """Begin now."""
        self._start = time.monotonic()

    @property
    def over(self) -> bool:
        """Whether it's time to answer with what there is."""
        return time.monotonic() - self._start >= (TOGETHER if Turns.waiting() else ALONE)


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
