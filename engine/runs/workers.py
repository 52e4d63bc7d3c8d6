"""Processes of this machine to train in: an executor that goes on when one of them dies."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock
from typing import ParamSpec, TypeVar

from engine.arrays import check_count

P = ParamSpec("P")
T = TypeVar("T")


class Workers(Executor):
    """Worker processes, started with the first work and started anew after one of them was lost.

    A ProcessPoolExecutor takes no work any more once a worker has died; this takes a new one then. What the
    lost ones were at fails with BrokenProcessPool, and a sweep hands it in again. They are spawned: each
    begins as a new Python, so that no thread of this process is copied half-way into a lock.

    Args: count: how many, at least 1.
    """

    def __init__(self, count: int) -> None:
        """No process is started before there is work."""
        self._count = check_count("count", count)
        self._pool = self._new()
        self._renewing = Lock()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, mp_context=get_context("spawn"))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have fn(*args, **kwargs) called by a worker."""
        pool = self._pool
        try:
            return pool.submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            with self._renewing:  # of several that find it broken, one takes a new one
                if self._pool is pool:
                    self._pool = self._new()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes; what has begun is finished first."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)
