"""Answers to the exercises of examples, presets and random networks: who is right, and who is accused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine import make_optimizer
from pages.backprop.controls import playing_of
from pages.playground.presets import PRESETS
from pages.playground.session import Session
from tests.engine.practice.fairness import Fairness
from tests.engine.practice.students import Task, examples, random_task

NETWORKS = 200
STRAYS = 5
"""Numbers away from every slip, for each exercise."""
SLIP_DIGITS = (3, 5, 12)
NEVER = (
    "rounded: unfair",
    "4 digits carried: unknown",
    "4 digits carried: accused",
    "3 digits carried: accused",
    "slip: not named",
    "near slip: named alone",
    "stray: accused",
)
"""What must not happen even once."""
MOST_UNKNOWN = 0.01
"""Share of the answers with three digits carried that may fit nothing."""
SAMPLES = 6
"""Training points of a preset: nobody works more by hand."""


class Answers:
    """What came of all answers."""

    name = "answers"

    def __init__(self, networks: int) -> None:
        self.found = Fairness()
        for task in (*examples(), *presets(), *map(random_task, range(networks))):
            self.found.take(task, STRAYS, SLIP_DIGITS)

    def report(self) -> bool:
        """Print the figures; says whether all was well."""
        count, cases = self.found.count, self.found.cases
        for what in sorted(count):
            print(f"{what:26} {count[what]:7}")
        for what in NEVER:
            for case in cases.get(what, [])[:5]:
                print("   ", what, *case)
        carried = sum(number for what, number in count.items() if what.startswith("3 digits carried"))
        few = count["3 digits carried: unknown"] <= MOST_UNKNOWN * carried
        return few and not any(count[what] for what in NEVER)


def presets() -> Iterator[Any]:
    """The presets' networks as they start, with their first training points and plain gradient descent."""
    for name, preset in PRESETS.items():
        played = playing_of(Session(preset.experiment))
        X, Y = played.X[:SAMPLES], played.Y[:SAMPLES]
        assert played.loss is not None
        rule = make_optimizer("sgd", played.optimizer.learning_rate)
        yield Task(name, played.net, X, Y, played.loss.name, rule)
