"""What the tour needs of a browser; each engine's module gives it in the words of its own protocol."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

WIDTH, HEIGHT = 1440, 900
"""Of the page in px, in every engine."""

START_SECONDS = 30
WAIT_SECONDS = 30
"""Longest wait for a condition: software draws here, and other processes may run beside it."""

KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Home": "\ue011", "End": "\ue010"}
KEYS |= {"ArrowLeft": "\ue012", "ArrowRight": "\ue014", "ControlOrMeta": "\ue009"}
"""Named keys, and the signs that stand for them in WebDriver."""

Step = tuple[float, float] | str
"""A place to move the pointer to, in px from the window's left and top, or "down" or "up"."""

Found = TypeVar("Found")


class Driver(Protocol):
    """A browser with one page.

    Attributes:
        name: of the engine, as it calls itself.
    """

    name: str

    def open(self, url: str) -> None:
        """Load a page; what it shows later is waited for by the caller."""

    def run(self, function: str, *values: Any) -> Any:
        """What a JavaScript function, asynchronous or not, returns for values that JSON can hold."""

    def point(self, *steps: Step) -> None:
        """Move and press the mouse."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other: single characters, or names in KEYS."""

    def problems(self) -> list[str]:
        """Errors in the console, and those that nobody caught, since the last call."""

    def files(self) -> list[Path]:
        """What the page has saved so far."""

    def screenshot(self) -> bytes:
        """The page as a PNG."""


def soon(
    ask: Callable[[], Found | None], complaint: Callable[[], str], seconds: float = WAIT_SECONDS
) -> Found:
    """What a question is answered with, as soon as that is true.

    Raises: AssertionError with the complaint if it doesn't become so in time.
    """
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        if time.monotonic() > deadline:
            raise AssertionError(complaint())
        time.sleep(0.05)
    return found


@contextmanager
def process(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended with the block."""
    with subprocess.Popen(command, **options) as running:
        try:
            yield running
        finally:
            running.terminate()
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()
