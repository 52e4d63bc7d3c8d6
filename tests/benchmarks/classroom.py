"""A class at once: users over the WebSocket alone, whose CPU is told apart from the server's."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks.measuring import cpu_seconds, environment_without_blas_variables, quantile
from tests.benchmarks.users import Users
from tests.browser.behind_nginx import behind_nginx
from tests.browser.driving import serve

SETTLE_SECONDS = 2
GREEDY = (
    "in=x1~x2~x1_squared~x2_squared~x1x2~sin_x1~sin_x2"
    f"&net={'~'.join(['16'] * 8)}&act={'~'.join(['gelu'] * 8)}&batch=1&speed=42"
)
"""What the one greedy user opens: 7-16×8-1 at the most epochs a frame that the app allows it."""


@contextmanager
def served(folder: Path, copies: int) -> Iterator[tuple[str, list[psutil.Process], list[psutil.Process]]]:
    """The address, the processes of the app, and those of nginx if there is more than one copy."""
    environment = environment_without_blas_variables()
    if copies == 1:
        with serve(folder / "log.txt", environment) as server:
            yield server.origin, [psutil.Process(server.process.pid)], []
    else:
        with behind_nginx(folder, copies=copies, environment=environment) as deployed:
            nginx = psutil.Process(deployed.nginx.pid)
            apps = [psutil.Process(copy.pid) for copy in deployed.copies]
            yield deployed.origin, apps, [nginx, *nginx.children(recursive=True)]


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Serve the app to many users at once, without a browser, and measure the server."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        origin, apps, nginx = stack.enter_context(served(folder, options.copies))
        start = time.monotonic()
        users = Users(
            origin,
            options.sessions,
            options.hidden,
            greedy=GREEDY if options.greedy else "",
            presses=options.presses,
        )
        stack.enter_context(users)
        entered = time.monotonic() - start
        time.sleep(SETTLE_SECONDS)
        parts = {"server": apps, "nginx": nginx, "clients": [psutil.Process()]}
        before = {name: cpu_seconds(part) for name, part in parts.items()}
        users.start_counting()
        time.sleep(options.seconds)
        rates, frames = users.frames_per_second(), users.frames()
        spent = {name: cpu_seconds(part) - before[name] for name, part in parts.items()}
        return {
            "entered_s": entered,
            "opening_s": sorted(users.opening_s),
            "rates": rates,
            "frames_per_second": sum(rates),
            "cpu_ms_per_frame": {name: 1000 * cpu / max(frames, 1) for name, cpu in spent.items()},
            "bytes_per_frame": users.bytes_per_frame(),
            "play_ms": sorted(users.play_ms),
            "control_ms": sorted(users.control_ms),
        }


def report(result: dict[str, Any]) -> str:
    """Print the figures of a class."""
    spent = [(name, cpu) for name, cpu in result["cpu_ms_per_frame"].items() if cpu]
    rates = result["rates"][1:] if len(result["rates"]) > 1 else result["rates"]
    lines = [
        f"opening     first pictures within {max(result['opening_s']):.1f} s,"
        f" all in after {result['entered_s']:.1f} s",
        f"frames/s    {result['frames_per_second']:.0f} in all; each {statistics.median(rates):.1f} median,"
        f" {min(rates):.1f} to {max(rates):.1f}; the first user {result['rates'][0]:.1f}",
        "CPU         " + ", ".join(f"{name} {cpu:.2f}" for name, cpu in spent) + " ms a frame",
        f"wire        {result['bytes_per_frame'] / 1000:.1f} kB a frame",
    ]
    for name, times in (("Play", result["play_ms"]), ("control", result["control_ms"])):
        if times:
            lines.append(
                f"{name:11} {quantile(times, 0.5):.0f} / {quantile(times, 0.95):.0f} / {times[-1]:.0f} ms"
                f" p50 / p95 / max of {len(times)}"
            )
    return "\n".join(lines)


def main(options: argparse.Namespace) -> None:
    """Print the figures of a class, with the options of the benchmark "live"."""
    result = run(options)
    print(json.dumps(result, indent=1) if options.json else report(result))
