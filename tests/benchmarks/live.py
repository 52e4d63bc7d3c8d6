"""How smoothly the player plays in headless Chromium: frames a second, gaps, blanks, time to answer a press.

The app is served without any BLAS variable set, as on a fresh machine. One page trains 2-8×6-1, or what
--hidden says, at 1440 × 900; with --sessions N there are N − 1 more users, who ask over the WebSocket as the
player does.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from pages.playground.inside import VIEWS
from tests.benchmarks import classroom
from tests.benchmarks.measuring import cpu_seconds, environment_without_blas_variables, quantile
from tests.benchmarks.users import Users
from tests.browser.driving import CHROMIUM_FLAGS, Playground, find_chromium, serve

HIDDEN = (8,) * 6
PRESSES = 5
BOUNDS = {"share_of_rate": 28 / 30, "gap_p95_ms": 60.0, "play_ms": 150.0}

OBSERVE = """async ([root, seconds]) => {
  const empty = (canvas) => {
    const row = canvas.getContext("2d").getImageData(0, canvas.height >> 1, canvas.width, 1).data;
    return !row.some((value) => value);
  };
  const canvases = [...root.querySelectorAll("canvas")].filter((one) => one.width > 100 && !empty(one));
  const changes = [], long = { ms: 0 };
  new PerformanceObserver((list) => { for (const task of list.getEntries()) long.ms += task.duration; })
    .observe({ entryTypes: ["longtask"] });
  let drawings = 0, blank = 0, last = +root.dataset.frame;
  const start = performance.now();
  for (let now = start; now - start < 1000 * seconds; ) {
    await new Promise(requestAnimationFrame);
    now = performance.now();
    drawings += 1;
    const frame = root.isConnected ? +root.dataset.frame : NaN;
    const bad = Number.isNaN(frame) || canvases.some((canvas) => !canvas.isConnected || !canvas.width)
      || (drawings % 20 === 0 && canvases.some(empty));
    if (bad) blank += 1;
    if (frame === frame && frame !== last) changes.push([now - start, frame - last]);
    last = frame === frame ? frame : last;
  }
  return { canvases: canvases.length, drawings, blank, changes, long: long.ms };
}"""

PRESS_PLAY = """async root => {
  const frame = root.dataset.frame, start = performance.now();
  root.querySelector('[data-action="play"]').click();
  while (root.dataset.frame === frame && performance.now() - start < 5000) {
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame); // by now it is on the screen
  return performance.now() - start;
}"""

PRESS_PAUSE = """async root => {
  const frame = root.dataset.frame;
  root.querySelector('[data-action="pause"]').click();
  for (let k = 0; k < 40; k++) await new Promise(requestAnimationFrame);
  return root.dataset.frame - frame;
}"""


def measure(playground: Playground, server: psutil.Process, seconds: float) -> dict[str, Any]:
    """The figures of one page that plays for `seconds`."""
    page, root = playground.page, playground.root.element_handle()
    playground.press("step")
    playground.until("shown.frame === 1")
    play, moved = [], []
    for _ in range(PRESSES):
        play.append(root.evaluate(PRESS_PLAY))
        playground.until("shown.playing && shown.frame >= given.next", next=playground.shown().frame + 5)
        moved.append(root.evaluate(PRESS_PAUSE))
    after_reset = []
    for _ in range(PRESSES):
        playground.press("reset")
        playground.until("shown.frame === 0 && !shown.playing")
        after_reset.append(root.evaluate(PRESS_PLAY))
        playground.until("shown.playing && shown.frame >= 5")
    playground.until("shown.frame >= 60")  # past the small first answers
    browser = [p for p in psutil.Process().children(recursive=True) if p.pid != server.pid]
    before, start = (cpu_seconds([server]), cpu_seconds(browser)), time.monotonic()
    seen = page.evaluate(OBSERVE, [root, seconds])
    elapsed = time.monotonic() - start
    after = (cpu_seconds([server]), cpu_seconds(browser))
    times = [at for at, _ in seen["changes"]]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    windows = [sum(k <= at / 1000 < k + 1 for at in times) for k in range(int(seconds))]
    return {
        "frames_per_second": statistics.median(windows),
        "windows": windows,
        "gap_p50_ms": quantile(gaps, 0.5),
        "gap_p95_ms": quantile(gaps, 0.95),
        "gap_max_ms": max(gaps, default=float("nan")),
        "blank": seen["blank"],
        "drawings": seen["drawings"],
        "canvases": seen["canvases"],
        "skipped": sum(advance - 1 for _, advance in seen["changes"] if advance > 1),
        "play_ms": statistics.median(play),
        "play_all_ms": play,
        "play_after_reset_ms": statistics.median(after_reset),
        "pause_moved": sum(map(abs, moved)),
        "long_tasks_ms": seen["long"],
        "server_cpu_percent": 100 * (after[0] - before[0]) / elapsed,
        "browser_cpu_percent": 100 * (after[1] - before[1]) / elapsed,
        "server_memory_mb": server.memory_info().rss / 1e6,
    }


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Serve the app, open the page, let the other users in, and measure."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(serve(folder / "log.txt", environment_without_blas_variables()))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        asked = {"net": "~".join(map(str, options.hidden)), "rate": options.rate}
        asked |= {"inside": options.inside} if options.inside else {}
        playground = Playground(page).open(f"{server.origin}/?{urlencode(asked)}")
        users = stack.enter_context(Users(server.origin, options.sessions - 1, options.hidden))
        profiler = page.context.new_cdp_session(page) if options.profile else None
        if profiler:
            profiler.send("Profiler.enable")
            profiler.send("Profiler.start")
        users.start_counting()
        result = measure(playground, psutil.Process(server.process.pid), options.seconds)
        result |= {"hidden": options.hidden, "rate": options.rate}
        result["other_users_frames_per_second"] = users.frames_per_second()
        if profiler:
            options.profile.write_text(json.dumps(profiler.send("Profiler.stop")["profile"]))
        browser.close()
    return result


def report(result: dict[str, Any]) -> str:
    """Print the figures; those with a bound are marked as reached or missed."""
    least = BOUNDS["share_of_rate"] * result["rate"]
    bounds = {
        "frames_per_second": result["frames_per_second"] >= least,
        "gap_p95_ms": result["gap_p95_ms"] <= BOUNDS["gap_p95_ms"],
        "blank": result["blank"] == 0,
        "play_ms": result["play_ms"] <= BOUNDS["play_ms"],
        "pause_moved": result["pause_moved"] == 0,
    }
    mark = {name: "reached" if good else "NOT REACHED" for name, good in bounds.items()}
    others = " ".join(f"{rate:.1f}" for rate in result["other_users_frames_per_second"])
    return "\n".join(
        [
            f"2-{'-'.join(map(str, result['hidden']))}-1, 1440 × 900, headless Chromium, software rendering",
            f"frames/s    {result['frames_per_second']:.1f} median of {result['windows']}"
            f"   (bound {least:.0f}: {mark['frames_per_second']})",
            "gap         "
            + " / ".join(f"{result[f'gap_{name}_ms']:.0f}" for name in ("p50", "p95", "max"))
            + f" ms p50 / p95 / max   (bound p95 60: {mark['gap_p95_ms']})",
            f"blank       {result['blank']} of {result['drawings']} drawings of {result['canvases']} canvases"
            f"   (bound 0: {mark['blank']})",
            f"skipped     {result['skipped']} frames",
            f"Play        {result['play_ms']:.0f} ms to the first new frame, median of {PRESSES}"
            f"   (bound 150: {mark['play_ms']}); {result['play_after_reset_ms']:.0f} ms right after a reset",
            f"Pause       moved {result['pause_moved']} frames   (bound 0: {mark['pause_moved']})",
            f"CPU         server {result['server_cpu_percent']:.0f} % of one core,"
            f" browser {result['browser_cpu_percent']:.0f} %;"
            f" {result['long_tasks_ms']:.0f} ms in long tasks of the page",
            f"memory      server {result['server_memory_mb']:.0f} MB",
            *([f"others      {others} frames/s each"] if others else []),
        ]
    )


def read_widths(text: str) -> tuple[int, ...]:
    return tuple(int(width) for width in text.split(","))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser("python -m tests.benchmarks live", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--sessions", type=int, default=1)
    parser.add_argument("--hidden", type=read_widths, default=HIDDEN, help="widths such as 4,2")
    parser.add_argument("--no-browser", action="store_true", help="users over the WebSocket alone")
    parser.add_argument("--copies", type=int, default=1, help="with --no-browser: of the app, behind nginx")
    parser.add_argument("--presses", action="store_true", help="they press Play and move a control, too")
    parser.add_argument("--greedy", action="store_true", help="the first trains 7-16×8-1")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rate", type=int, choices=(30, 60), default=30, help="frames a second wanted")
    parser.add_argument("--inside", choices=VIEWS, help="with this inside view open")
    parser.add_argument("--profile", type=Path, help="write the page's CPU profile (.cpuprofile)")
    options = parser.parse_args(arguments)
    if options.no_browser:
        classroom.main(options)
        return
    result = run(options)
    print(json.dumps(result, indent=1) if options.json else report(result))
