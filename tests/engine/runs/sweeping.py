"""What the tests of sweeps share: experiments, equality to the bit, a worker that dies once."""

import os
from pathlib import Path

from engine import Experiment, Outcome
from engine.data.own import Table
from engine.runs.sweep import trained


def some(count: int, **changes) -> list[Experiment]:
    """Experiments of several kinds, each with its own seed."""
    kinds = (
        {},
        {"optimizer": "adam", "learning_rate": 0.02, "batch_size": "all"},
        {"hidden": (8, 6, 4), "activations": ("relu",) * 3, "dataset": "spiral", "noise": 0.1},
        {"dataset": "spiral3", "output_activation": "softmax", "loss": "cce"},
    )
    return [Experiment(seed=k, **(kinds[k % len(kinds)] | changes)) for k in range(count)]


def table() -> Table:
    rows = [[float(k % 7), float(k * k % 11)] for k in range(40)]
    return Table("own", ("a", "b"), rows, "kind", [k % 2 for k in range(40)], ("no", "yes"))


def bits(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    """All of each outcome but its time, floats as their bytes."""
    return [
        (
            *(o.index, o.experiment, o.epoch, o.stopped, o.theta.tobytes(), o.losses.tobytes()),
            *(float(value).hex() for value in (o.train_loss, o.test_loss, o.test_metric)),
        )
        for o in outcomes
    ]


def dies_once(mark: str, experiment: Experiment, epochs: int, index: int) -> Outcome:
    """A run of a sweep that ends its worker the first time that run 5 begins."""
    if index == 5 and not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)
    return trained(experiment, epochs, index)
