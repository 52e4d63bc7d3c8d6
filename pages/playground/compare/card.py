"""What is said of a run that is kept: its settings in words, and how far it has come."""

from __future__ import annotations

from math import isfinite
from typing import Any

from engine import Run, Timeline
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.runs.contrast import settings_said, value_said

WORTH_KEEPING = 50
"""Epochs of training that are kept by themselves when a change begins another run."""


def card_of(timeline: Timeline, score: dict[str, str]) -> dict[str, Any]:
    """The card of the timeline's present frame, as the browser keeps it beside the run.

    Args: score: label and unit of what is measured besides the loss.
    """
    moment, run = timeline[timeline.frame], timeline.run.standing_at(timeline.frame)
    return {
        "name": name_of(run),
        "settings": settings_said(run),
        "epoch": moment.progress,
        "loss": LOSSES[run.experiment.loss].label,
        "train_loss": _finite(moment.train_loss),
        "test_loss": _finite(moment.test_loss),
        "score": _finite(moment.test_metric * (100 if score["unit"] else 1)),
        **{f"score_{key}": value for key, value in score.items()},
    }


def _finite(number: float) -> float | None:
    """A number as JSON has it, which knows neither NaN nor ∞."""
    return number if isfinite(number) else None


def name_of(run: Run) -> str:
    """What a run is called until somebody calls it otherwise: "2-4-2-1 tanh, SGD 0.03"."""
    e = run.experiment
    kinds = {ACTIVATIONS[name].label for name in e.activations}
    widths = "-".join(map(str, e.dims))
    if len(kinds) == 1:
        widths += f" {kinds.pop()}"
    return f"{widths}, {value_said(e, 'optimizer')} {value_said(e, 'learning_rate')}"
