"""What is said of two runs side by side in numbers, as text."""

from __future__ import annotations

import numpy as np

from engine.numbers import significant
from pages.playground.below import epoch_text
from pages.playground.compare.pair import Side
from pages.playground.description import ACCURACY, SCORES

Rows = list[tuple[str, str, str]]
MISSING = "–"


def results(a: Side, b: Side) -> Rows:
    """Of each number its name and what it is in both runs."""
    first, second = _numbers(a), _numbers(b)
    return [(name, first.get(name, MISSING), second.get(name, MISSING)) for name in {**first, **second}]


def reached(side: Side) -> str:
    """How far a run has come, in a few words."""
    moment = side.timeline[side.timeline.frame]
    tested = np.isfinite(moment.test_loss)
    loss = f"test loss {_number(moment.test_loss)}" if tested else f"train loss {_number(moment.train_loss)}"
    return f"epoch {epoch_text(side.epoch)} · {loss}"


def _numbers(side: Side) -> dict[str, str]:
    timeline = side.timeline
    moment, theta = timeline[timeline.frame], timeline.trainer.net.theta
    score = SCORES.get(side.run.experiment.problem.kind, ACCURACY)
    epochs, losses = side.losses()
    known = np.isfinite(losses)
    best = int(np.argmin(np.where(known, losses, np.inf)))
    reached = f"{100 * moment.test_metric:.1f} %" if score["unit"] else _number(moment.test_metric)
    return {
        "Epoch": epoch_text(side.epoch),
        "Train loss": _number(moment.train_loss),
        "Test loss": _number(moment.test_loss),
        score["label"]: reached if np.isfinite(moment.test_metric) else MISSING,
        "Lowest loss of its curve": _number(losses[best]),
        "… at epoch": epoch_text(float(epochs[best])) if known.any() else MISSING,
        "Weights and biases": f"{theta.size:,}",
        "Largest |w|": _number(np.abs(theta).max()),
    }


def _number(value: float) -> str:
    return significant(float(value), 4) if np.isfinite(value) else MISSING
