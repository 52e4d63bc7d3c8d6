"""A class at once: users over the WebSocket alone, whose CPU is told apart from the server's."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks.measuring import cpu_seconds, environment_without_blas_variables, quantile
from tests.benchmarks.users import Users
from tests.browser.driving import serve

SETTLE_SECONDS = 2
GREEDY = (
    {"features": ["x1", "x2", "x1_squared", "x2_squared", "x1x2", "sin_x1", "sin_x2"]},
    {"widths": [16] * 8},
    {"activations": ["gelu"] * 8},
)
"""What the one greedy user builds: 7-16×8-1."""


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Serve the app to many users at once, without a browser, and measure the server."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(serve(folder / "log.txt", environment_without_blas_variables()))
        start = time.monotonic()
        users = Users(
            server.origin,
            options.sessions,
            options.hidden,
            greedy=GREEDY if options.greedy else (),
            presses=options.presses,
        )
        stack.enter_context(users)
        entered = time.monotonic() - start
        time.sleep(SETTLE_SECONDS)
        process, clients = psutil.Process(server.process.pid), psutil.Process()
        before = cpu_seconds([process]), cpu_seconds([clients])
        users.start_counting()
        time.sleep(options.seconds)
        rates, frames = users.frames_per_second(), users.frames()
        after = cpu_seconds([process]), cpu_seconds([clients])
        return {
            "entered_s": entered,
            "opening_s": sorted(users.opening_s),
            "rates": rates,
            "frames_per_second": sum(rates),
            "server_cpu_ms_per_frame": 1000 * (after[0] - before[0]) / max(frames, 1),
            "clients_cpu_ms_per_frame": 1000 * (after[1] - before[1]) / max(frames, 1),
            "bytes_per_frame": users.bytes_per_frame(),
            "play_ms": sorted(users.play_ms),
            "control_ms": sorted(users.control_ms),
        }


def report(result: dict[str, Any]) -> str:
    """Print the figures of a class."""
    rates = result["rates"][1:] if len(result["rates"]) > 1 else result["rates"]
    lines = [
        f"opening     first pictures within {max(result['opening_s']):.1f} s,"
        f" all in after {result['entered_s']:.1f} s",
        f"frames/s    {result['frames_per_second']:.0f} in all; each {statistics.median(rates):.1f} median,"
        f" {min(rates):.1f} to {max(rates):.1f}; the first user {result['rates'][0]:.1f}",
        f"CPU         server {result['server_cpu_ms_per_frame']:.2f} ms a frame,"
        f" clients {result['clients_cpu_ms_per_frame']:.2f} ms",
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
