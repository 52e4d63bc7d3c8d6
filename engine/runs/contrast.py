"""What differs between two runs, and what doesn't, in the words of their controls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.runs import provenance
from engine.runs.provenance import number
from engine.runs.rows import rows
from engine.runs.schedules import SCHEDULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runs.experiment import Experiment
    from engine.runs.run import Run

BY_HAND = "Changed on the way"
"""What all entries of a journal are called together."""
UNCHANGED = "nothing"


@dataclass(frozen=True)
class Difference:
    """A setting that two runs don't share, with both of its values in words."""

    label: str
    first: str
    second: str


def differences(first: Run, second: Run) -> tuple[Difference, ...]:
    """The settings that differ, in the order of an experiment's fields; then what was changed on the way.

    A run is compared up to its frame.
    """
    one, other = settings_said(first), settings_said(second)
    return tuple(Difference(label, one[label], other[label]) for label in one if one[label] != other[label])


def shared(first: Run, second: Run) -> str:
    """What both have in common, in one line."""
    a, b = first.experiment, second.experiment
    said = [
        words
        for row in rows(type(a)).values()
        if row.words is not None and (words := row.words(a)) and words == row.words(b)
    ]
    return " · ".join(said)


def settings_said(run: Run) -> dict[str, str]:
    """Label -> value in words, of every setting of a run, and of its journal up to its frame."""
    experiment = run.experiment
    said = {label_of(name): value_said(experiment, name) for name in rows(type(experiment))}
    return said | {BY_HAND: "; ".join(provenance.changes_said(run)) or UNCHANGED}


def label_of(name: str) -> str:
    """What a setting is called: as its control, without what stands there in brackets."""
    from engine.runs.experiment import Experiment

    row = rows(Experiment)[name]
    return _LABELS.get(name) or row.label.partition(" (")[0]


def value_said(e: Experiment, name: str) -> str:
    """The value of one setting, by itself: "0.03", "ReLU", "4-2"."""
    if name in _SAID:
        return _SAID[name](e)
    value, options = getattr(e, name), rows(type(e))[name].bounds.get("options")
    if name in _OFF and not value:
        return "off"
    if isinstance(options, Mapping):
        option = options[value]
        return option if isinstance(option, str) else str(option.label)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return value if isinstance(value, str) else number(value)


def _activations(e: Experiment) -> str:
    named = [ACTIVATIONS[name].label for name in e.activations]
    return ", ".join(named if len({*named}) > 1 else named[:1]) or "none"


def _parameters(table: Mapping[str, object], choice: str) -> Callable[[Experiment], str]:
    words = provenance.parameters(table, choice)
    return lambda e: words(e) or "the usual ones"


_LABELS = {"regularization_rate": "Regularisation rate", "speed": "Speed"}
"""Where a control's label, read alone, would not say what it is."""
_OFF = ("clip_norm", "stop_epoch", "stop_loss", "stop_accuracy", "stop_plateau")
"""The settings that 0 turns off."""
_SAID: dict[str, Callable[[Experiment], str]] = {
    "dataset": provenance.data,
    "classes": lambda e: str(e.problem.classes) if e.problem.classes else "none",
    "noise": lambda e: f"{number(100 * e.noise)} %",
    "train_share": lambda e: f"{number(100 * e.train_share)} %",
    "features": lambda e: ", ".join(e.problem.features[name].label for name in e.features),
    "hidden": lambda e: "-".join(map(str, e.hidden)) or "none",
    "activations": _activations,
    "output_activation": lambda e: ACTIVATIONS[e.output_activation].label,
    "loss": lambda e: LOSSES[e.loss].label,
    "batch_size": lambda e: "all points" if e.batch_size == "all" else str(e.batch_size),
    "speed": lambda e: provenance.frames(e) or "1 epoch a frame",
    "optimizer_parameters": _parameters(OPTIMIZERS, "optimizer"),
    "schedule_parameters": _parameters(SCHEDULES, "schedule"),
}
"""What is said in another way than by its label among the options, or as a number."""
