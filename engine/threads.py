"""Small matrix products are fastest on one processor; here BLAS is held to one thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import ThreadpoolController

SMALL_PRODUCT = 2_000_000
"""Multiplications below which starting threads costs more than they save (measured, see tests/benchmarks)."""

_lock = threading.Lock()
_holders = 0
_controller: ThreadpoolController | None = None
_threads_before: list[int] = []


def _set(counts: list[int]) -> None:
    assert _controller is not None
    for library, count in zip(_controller.lib_controllers, counts, strict=True):
        library.set_num_threads(count)


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold BLAS to one thread inside the block, for the whole process, and give the threads back after it.

    Blocks may nest and may overlap in several Python threads: the last one to leave restores.
    """
    global _holders, _controller
    with _lock:
        if _holders == 0:
            if _controller is None:
                _controller = ThreadpoolController().select(user_api="blas")
            _threads_before[:] = [library.num_threads for library in _controller.lib_controllers]
            _set([1] * len(_threads_before))
        _holders += 1
    try:
        yield
    finally:
        with _lock:
            _holders -= 1
            if _holders == 0:
                _set(_threads_before)
