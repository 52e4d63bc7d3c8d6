"""Where the runs of sweeps are trained: in this process, unless the server's environment says otherwise.

BACKPROP_WORKERS=2                                two processes of this machine
BACKPROP_DASK_SCHEDULER=tcp://192.168.1.20:8786   the workers of a Dask scheduler
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import Executor
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from engine.runs.workers import Workers

WORKERS, SCHEDULER = "BACKPROP_WORKERS", "BACKPROP_DASK_SCHEDULER"
RETRIES = 3
"""How often Dask begins a run anew whose worker died."""
PATIENCE = 10
"""Seconds to wait for the scheduler."""


def executor() -> Executor | None:
    """The executor for sweeps of this server, made with the first one; None: they run in turns with the rest.

    Raises: ValueError, in one sentence, if the environment asks for one that can't be had.
    """
    address, count = os.environ.get(SCHEDULER, ""), os.environ.get(WORKERS, "")
    if address:
        return _dask(address)
    if not count.isdecimal() or int(count) < 1 or not _starts_alone():
        return None
    return _workers(int(count))


def forget_executor() -> None:
    """Make a new connection to the scheduler with the next sweep: the present one has failed."""
    _dask.cache_clear()


def _starts_alone() -> bool:
    """Whether a new process may read this one's main file, as it does when it begins.

    app.py opens no page then. On a server that has run nothing yet, a page's own file stands in its place
    for one run.
    """
    return Path(getattr(sys.modules["__main__"], "__file__", None) or "app.py").name != "experiments.py"


@cache
def _workers(count: int) -> Workers:
    return Workers(count)


@cache
def _dask(address: str) -> Executor:
    try:
        distributed: Any = import_module("distributed")  # not needed to run the app
    except ImportError:
        raise ValueError(f"{SCHEDULER} needs the package distributed, which is not installed.") from None
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ValueError(f"The Dask scheduler at {address} doesn't answer: {type(error).__name__}.") from None
    made: Executor = client.get_executor(pure=False, retries=RETRIES)
    return made
