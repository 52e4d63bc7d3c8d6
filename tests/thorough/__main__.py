"""python -m tests.thorough [links]: hostile links and messages; exits with 1 if one raises or takes long.

Of each kind it prints the CPU time of one: median, 99th percentile, longest, and the slowest.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.thorough.links import MAY_REFUSE, OPENERS, hostile_links
from tests.thorough.messages import SESSIONS, hostile_messages

LINKS = 20_000
MOST = 0.25
"""Seconds of CPU time that one may take."""


@dataclass
class Sweep:
    """What came of one kind of input."""

    name: str
    seconds: list[float] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    failures: list[str] = field(default_factory=list)

    def take(self, given: Any, act: Callable[[Any], None], *, may_refuse: bool) -> None:
        """Give it to act, and note how long it took and whether it raised."""
        start = time.thread_time()
        try:
            act(given)
        except ValueError as error:
            if not may_refuse:
                self.failures.append(f"{error!r} for {str(given)[:300]}")
        except Exception as error:
            self.failures.append(f"{error!r} for {str(given)[:300]}")
        took = time.thread_time() - start
        self.seconds.append(took)
        self.slowest = max(self.slowest, (took, str(given)[:300]))

    def report(self) -> bool:
        """Print the figures; says whether all was well."""
        middle, most = np.percentile(self.seconds, (50, 99)) * 1000
        longest, given = self.slowest
        print(f"{self.name:18} {len(self.seconds):6} median {middle:6.1f} ms, 99 % {most:6.1f} ms, ", end="")
        print(f"longest {1000 * longest:6.1f} ms" + (f": {given}" if longest > MOST else ""))
        for failure in self.failures[:5]:
            print("   ", failure)
        return not self.failures and longest <= MOST


def sweep_links(count: int) -> Iterable[Sweep]:
    """Each link, opened on every page."""
    sweeps = {name: Sweep(name) for name in OPENERS}
    for link in hostile_links(count):
        for name, opener in OPENERS.items():
            sweeps[name].take(link, opener, may_refuse=name in MAY_REFUSE)
    return sweeps.values()


def sweep_messages() -> Iterable[Sweep]:
    """Each message to a session that has met all before it, as far as these left it in one piece."""
    for name, make in SESSIONS.items():
        sweep, session = Sweep(f"{name}: messages"), make()
        for message in hostile_messages(name, session):
            sweep.take(message, session.answer, may_refuse=False)
        yield sweep


def main(count: int) -> int:
    """Run all sweeps."""
    sweeps = [*sweep_messages(), *sweep_links(count)]
    failed = [sweep.name for sweep in sweeps if not sweep.report()]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LINKS))
