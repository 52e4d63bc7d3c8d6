"""Small matrix products are fastest on one processor, so BLAS is held to one thread for them.

Between two products the other threads spin, so that they answer at once; on a computer with other work to do
they take its time, and each product waits for the slowest. A mini-batch step is many products with little
between them, so all of these run on one thread. Passes over all samples do where their products are small.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import ThreadpoolController

SMALL_PRODUCT = 2_000_000
"""Multiplications below which starting threads costs more than they save (measured, see tests/benchmarks)."""

_BLAS = ThreadpoolController().select(user_api="blas")  # looked up once, because that takes milliseconds
_lock = threading.Lock()
_limit = _BLAS.limit(limits=None)  # no limit yet
_holders = 0


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold BLAS to one thread inside the block, for the whole process, and give the threads back after it.

    Blocks may nest and may overlap in several Python threads: the last one to leave restores.
    """
    global _holders, _limit
    with _lock:
        if _holders == 0:
            _limit = _BLAS.limit(limits=1)
        _holders += 1
    try:
        yield
    finally:
        with _lock:
            _holders -= 1
            if _holders == 0:
                _limit.restore_original_limits()
