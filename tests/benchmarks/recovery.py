"""How soon a class is back after its server was killed: every tab hands over the run that it has kept.

Each user plays FRAMES frames and keeps a checkpoint, over the WebSocket as the player does. Then the server
is killed and started again at the same address, and all users connect and hand over their runs at once. Times
are from the moment at which the new server answers to each user's answer, at the frame where the run stood.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.measuring import environment_without_blas_variables
from tests.benchmarks.users import _User
from tests.browser.driving import free_port, serve

FRAMES = 60


async def entered(origin: str, client: str) -> tuple[Any, _User, dict[str, Any]]:
    """A connection on which the page has run, and the header of the first payload."""
    import websockets

    address = origin.replace("http", "ws") + "/_stcore/stream"
    socket = await websockets.connect(address, max_size=None, subprotocols=["streamlit"])
    user = _User(socket, client)
    await user.send(b"")
    header = await user.payload()
    await user.finished()
    return socket, user, header


async def kept(origin: str, client: str) -> dict[str, Any]:
    """Play, and what the browser would keep of the run, with its curve left out."""
    socket, user, header = await entered(origin, client)
    while header["first"] + header["count"] - 1 < FRAMES:
        last = header["first"] + header["count"] - 1
        await user.ask(header, kind="frames", after=last, count=FRAMES - last)
        header = await user.answer()
    await user.ask(header, kind="keep")
    header = await user.answer()
    await socket.close()
    unknown = b64encode(np.full(header["kept"]["frame"], np.nan).tobytes()).decode()
    return header["kept"] | {"curve": {"every": 1, "train": unknown, "test": unknown}}


async def restored(origin: str, client: str, record: dict[str, Any]) -> float:
    """Hand the run over; seconds until it is back. Raises: RuntimeError if it isn't."""
    start = time.monotonic()
    socket, user, header = await entered(origin, client)
    await user.ask(header, kind="restore", record=record)
    header = await user.answer()
    if header["first"] != record["frame"]:
        raise RuntimeError(f"The run was not restored: {header['notice']}")
    took = time.monotonic() - start
    await socket.close()
    return took


def run(count: int) -> list[float]:
    """The seconds after which each of so many users is back."""
    port, names = free_port(), [f"user{k}" for k in range(count)]
    environment = environment_without_blas_variables()

    async def together(*calls: Any) -> list[Any]:
        return await asyncio.gather(*calls)

    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        with serve(log, environment, port=port) as server:
            records = asyncio.run(together(*(kept(server.origin, name) for name in names)))
            server.process.kill()
        with serve(log, environment, port=port) as server:
            calls = [restored(server.origin, *pair) for pair in zip(names, records, strict=True)]
            return asyncio.run(together(*calls))


def main(words: list[str]) -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks recovery", description=__doc__)
    parser.add_argument("--users", type=int, default=30)
    seconds = run(parser.parse_args(words).users)
    middle, last = statistics.median(seconds), max(seconds)
    print(f"{len(seconds)} users are back, half of them after {middle:.1f} s, the last after {last:.1f} s")
