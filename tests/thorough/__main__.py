"""python -m tests.thorough [part …]: long sweeps of links, files, presses, gradients, races, diagnoses, …

Without a part, all of PARTS. Of each kind it prints the CPU time of one: median, 99th percentile, longest,
and the slowest. It exits with 1 if a link, a file, a message or a press raises or takes long, if a gradient
check or the end of a race is wrong, if healthy runs give false alarms or a suggestion doesn't help, or if an
answer is judged unfairly.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from engine.arrays import check_choice
from tests.engine.descent.plain_rules import RACES
from tests.thorough import answers, gradients
from tests.thorough.diagnoses import sweep_diagnoses
from tests.thorough.files import FILES, damaged_files, open_file
from tests.thorough.links import MAY_REFUSE, OPENERS, hostile_links
from tests.thorough.messages import SESSIONS, hostile_messages
from tests.thorough.presses import Pressed
from tests.thorough.races import check_race

LINKS, EXPERIMENTS = 20_000, 200
MOST = 0.25
"""Seconds of CPU time that a link or a message may take."""


class Report(Protocol):
    """What can be told of a part."""

    def report(self) -> bool:
        """Print the figures; says whether all was well."""


@dataclass
class Sweep:
    """What came of one kind of input."""

    name: str
    most: float = MOST
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
        print(f"longest {1000 * longest:6.1f} ms" + (f": {given}" if longest > self.most else ""))
        for failure in self.failures[:5]:
            print("   ", failure)
        return not self.failures and longest <= self.most


def sweep_links(count: int = LINKS) -> Iterable[Sweep]:
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


def sweep_files(count: int = FILES) -> Iterable[Sweep]:
    """Each damaged run file, opened and trained one frame further."""
    sweep = Sweep("run files")
    for text in damaged_files(count):
        sweep.take(text, open_file, may_refuse=True)
    return [sweep]


def sweep_presses(experiments: int = EXPERIMENTS) -> Iterable[Sweep]:
    """Each kind of press in the playground, at settings drawn by lot from all that are allowed."""
    sweeps: dict[str, Sweep] = {}
    for seed in range(experiments):
        pressed = Pressed(random.Random(seed))
        for name, message in pressed.presses():
            sweep = sweeps.setdefault(name, Sweep(f"press: {name}"))
            sweep.take(message, pressed.press, may_refuse=False)
    return sweeps.values()


def sweep_gradients(count: int = gradients.NETWORKS) -> Iterable[Sweep]:
    """The gradient check of random networks; a sweep of right numbers, not of speed."""
    sweep = Sweep("gradient checks", most=math.inf)
    for number in range(count):
        sweep.take(number, gradients.check_network, may_refuse=False)
    return [sweep]


def sweep_races() -> Iterable[Sweep]:
    """Every rule on every surface, to the end."""
    sweep = Sweep("races", most=math.inf)
    for pair in RACES:
        sweep.take(pair, lambda pair: check_race(*pair), may_refuse=False)
    return [sweep]


PARTS: dict[str, Callable[[], Iterable[Report]]] = {
    "messages": sweep_messages,
    "presses": sweep_presses,
    "links": sweep_links,
    "files": sweep_files,
    "gradients": sweep_gradients,
    "races": sweep_races,
    "diagnoses": sweep_diagnoses,
    "answers": lambda: [answers.Answers(answers.NETWORKS)],
}


def main(parts: Iterable[str]) -> int:
    """Run these parts; says 1 if one of them found a fault."""
    chosen = [check_choice("Every part", part, PARTS) for part in parts]
    found = [sweep.report() for part in chosen for sweep in PARTS[part]()]
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PARTS))
