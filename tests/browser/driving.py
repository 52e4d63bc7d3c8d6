"""Serves the app, finds a browser, and drives the playground by the names of its controls."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 60


def find_chromium() -> str | None:
    """The path of a Chromium: the one that the variable CHROMIUM names, or the first on the path."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """The app as it is served: its address, its process, and what it has logged."""

    origin: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def serve(
    log: Path,
    environment: dict[str, str] | None = None,
    *,
    port: int | None = None,
    before: str = "",
    options: tuple[str, ...] = (),
) -> Iterator[Server]:
    """The app on a free port, or on this one, by the interpreter that runs this, until the block ends.

    Args:
        before:  Python that is run before the server starts, to make it slow or faulty.
        options: more of Streamlit's own.
    Raises: RuntimeError with the server's words if it ends or stays silent.
    """
    port = port or free_port()
    start = f"{before}\nfrom streamlit.web.cli import main\nmain()"
    command = [sys.executable, "-c", start, "run", "app.py", "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none", *options]
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=environment or dict(os.environ)
        )
    server = Server(f"http://localhost:{port}", process, log)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.origin}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start. Its log: {server.log.read_text(errors='replace')}")


@dataclass(frozen=True)
class Shown:
    """What the player shows at one moment; `run` counts networks and live changes, as "3.1"."""

    run: str = field(compare=False)
    epoch: int
    frame: int
    playing: bool
    train_loss: float
    test_loss: float

    @property
    def losses(self) -> tuple[float, float]:
        """Training and test loss, to compare moments to the bit."""
        return self.train_loss, self.test_loss


READ = """root => {
  const { run, epoch, frame, playing, trainLoss, testLoss } = root.dataset;
  const at = { run, epoch: +epoch, frame: +frame, playing: playing === "true" };
  return { ...at, train: +trainLoss, test: +testLoss };
}"""

WATCH = """root => {
  const seen = (root.seen = []);
  const observer = new MutationObserver(() => {
    const { epoch, frame, trainLoss, testLoss } = root.dataset;
    seen.push([+frame, +epoch, +trainLoss, +testLoss]);
  });
  observer.observe(root, { attributes: true, attributeFilter: ["data-frame", "data-epoch"] });
}"""

LET_FRAMES_PASS = """async ([root, count]) => {
  for (let k = 0; k < count; k++) await new Promise(requestAnimationFrame);
}"""


class Playground:
    """A page with the playground, driven as a person would."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.root = page.locator('[data-role="player"][data-frame]')
        self.notice = self.root.get_by_role("status")

    def open(self, url: str) -> Playground:
        """Load the page and wait until the player shows a frame."""
        self.page.goto(url)
        self.root.wait_for()
        return self

    # What the player shows

    def shown(self) -> Shown:
        values = self.root.evaluate(READ)
        return Shown(
            values["run"],
            values["epoch"],
            values["frame"],
            values["playing"],
            values["train"],
            values["test"],
        )

    def until(self, condition: str, **values: Any) -> Shown:
        """Wait until a condition on `shown` (epoch, frame, playing, train, test) and `given` holds."""
        try:
            self.page.wait_for_function(
                f"([root, given]) => {{ const shown = ({READ})(root); return {condition}; }}",
                arg=[self.root.element_handle(), values],
            )
        except Exception as error:
            last = self.shown()
            raise AssertionError(
                f"{condition} did not come true with {values}: {last}, {self.notice.text_content()!r}"
            ) from error
        return self.shown()

    @contextmanager
    def taking(self) -> Iterator[None]:
        """Do something that changes the run, and wait until the player shows the change."""
        before = self.shown().run
        yield
        self.until("shown.run !== given.before", before=before)

    def let_frames_pass(self, count: int) -> None:
        """Let the browser draw `count` times: 60 are a second, or 30 frames of the player."""
        self.page.evaluate(LET_FRAMES_PASS, [self.root.element_handle(), count])

    def watch(self) -> None:
        """Record every change of the shown frame from now on."""
        self.root.evaluate(WATCH)

    def watched(self) -> list[tuple[int, int, float, float]]:
        """Frame, epoch, training loss and test loss of every change since watch()."""
        return [tuple(row) for row in self.root.evaluate("root => root.seen")]

    def layer(self, l: int) -> Any:
        """The header of hidden layer l, counted from 1."""
        return self.root.locator(f'[data-role="layer"][data-layer="{l}"]')

    def widths(self) -> list[int]:
        """Widths of the hidden layers."""
        layers = self.root.locator('[data-role="layer"]')
        return [int(width) for width in layers.evaluate_all("all => all.map(one => one.dataset.width)")]

    def figure(self, key: str, epoch: int) -> Any:
        """The figure below the player once it shows this epoch; Streamlit may keep the old one beside it."""
        return self.control(key).filter(has_text=re.compile(rf"epoch {epoch}(?!\d)")).first

    # What one does

    def press(self, action: str) -> None:
        self.root.locator(f'[data-action="{action}"]').click()

    def play_until(self, condition: str, **values: Any) -> Shown:
        self.press("play")
        return self.until(condition, **values)

    def pause(self) -> Shown:
        self.press("pause")
        return self.until("!shown.playing")

    def control(self, key: str) -> Any:
        return self.page.locator(f".st-key-{key}")

    def choose(self, key: str, label: str) -> None:
        """Choose an option of a native select box."""
        self.control(key).get_by_role("combobox").click()
        self.page.get_by_role("option", name=label, exact=True).click()

    def refusal(self, key: str) -> Any:
        """Why what was typed into a number field or a select box is refused."""
        return self.page.locator(f".st-key-{key}, .st-key-{key}_typed").get_by_role("alert")

    def type(self, key: str, text: str) -> None:
        """Type into a number field or a select box, and confirm."""
        field = self.control(key).locator("input")
        field.click()
        field.fill(text)
        field.press("Enter")

    def open_more(self) -> None:
        """Open the popover with what is needed less often."""
        self.control("more").get_by_role("button").first.click()
        self.control("seed").wait_for()

    def close_more(self) -> None:
        """Press Escape, again where the popover was not ready for it."""
        for _ in range(20):
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(250)
            if not self.control("seed").count():
                return
        raise AssertionError("More stays open")
