"""One thing to try against what keeps a network from learning: a change of the experiment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from engine.activations import ACTIVATIONS
from engine.initializers import INITIALIZERS
from engine.optimizers import OPTIMIZERS
from engine.runs.experiment import MAX_SEED, MAX_WIDTH, Experiment

USUAL_RATES = {"sgd": 0.03, "adagrad": 0.03, "sign": 0.003}
"""A learning rate that suits most networks here, by optimiser; 0.01 for those that aren't named."""
SMALL = 8
"""With fewer hidden neurons a plateau most likely means that the network is too small."""


@dataclass(frozen=True)
class Remedy:
    """Something to try.

    Attributes:
        label:   for a button, after "Try".
        changes: fields of Experiment with their new values.
        anew:    whether the run has to begin again for it, although the change could be made in the run.
    """

    label: str
    changes: Mapping[str, Any]
    anew: bool = False


def usual_rate(experiment: Experiment) -> float:
    """A learning rate that suits the experiment's optimiser."""
    return USUAL_RATES.get(experiment.optimizer, 0.01)


def _smaller_rate(experiment: Experiment, started_so: bool) -> Remedy:
    rate = float(f"{min(experiment.learning_rate / 10, usual_rate(experiment)):.3g}")
    return Remedy(f"learning rate {rate:g}, from the start", {"learning_rate": rate}, anew=True)


def _larger_rate(experiment: Experiment, started_so: bool) -> Remedy:
    rate = max(10 * experiment.learning_rate, usual_rate(experiment))
    return Remedy(f"learning rate {rate:g}", {"learning_rate": rate})


def _initializer(experiment: Experiment, started_so: bool) -> Remedy:
    """Random weights whose size suits the activations; smaller steps where the weights began with that."""
    rectified = any(ACTIVATIONS[name].alive[1] == inf for name in experiment.activations)
    name = "he_uniform" if rectified else "glorot_uniform"
    if experiment.initializer == name:
        return _smaller_rate(experiment, started_so)
    return Remedy(f"{INITIALIZERS[name].label} weights", {"initializer": name})


def _smaller_weights(experiment: Experiment, started_so: bool) -> Remedy:
    if experiment.initializer == "glorot_uniform":
        return _smaller_rate(experiment, started_so)
    return Remedy(f"{INITIALIZERS['glorot_uniform'].label} weights", {"initializer": "glorot_uniform"})


def _leaky(experiment: Experiment, started_so: bool) -> Remedy:
    leaky = tuple("leaky_relu" if name == "relu" else name for name in experiment.activations)
    return Remedy("leaky ReLU", {"activations": leaky})


def _with_slope(experiment: Experiment, started_so: bool) -> Remedy:
    if "step" in experiment.activations:
        sloped = tuple("tanh" if name == "step" else name for name in experiment.activations)
        return Remedy(ACTIVATIONS["tanh"].label, {"activations": sloped})
    return _initializer(experiment, started_so) if started_so else _smaller_rate(experiment, started_so)


def _rectified(experiment: Experiment, started_so: bool) -> Remedy:
    changes = {"activations": ("relu",) * len(experiment.hidden), "initializer": "he_uniform"}
    if all(experiment.changed(**{name: value}) == experiment for name, value in changes.items()):
        return Remedy("two hidden layers", {"hidden": experiment.hidden[:2]})
    return Remedy("ReLU with He weights", changes)


def _penalty(experiment: Experiment, started_so: bool) -> Remedy:
    rate = 0.1 if experiment.regularization == "none" else max(0.1, 3 * experiment.regularization_rate)
    changes = {"regularization": "l2", "regularization_rate": rate}
    return Remedy(f"L2 with rate {rate:g}, from the start", changes, anew=True)


def _way_on(experiment: Experiment, started_so: bool) -> Remedy:
    if sum(experiment.hidden) < SMALL:
        changes = {"hidden": (SMALL, SMALL), "activations": ("tanh", "tanh")}
        return Remedy(f"two layers of {SMALL} tanh neurons", changes)
    if experiment.optimizer != "adam":
        return Remedy(OPTIMIZERS["adam"].label, {"optimizer": "adam", "learning_rate": 0.01})
    wider = tuple(min(2 * width, MAX_WIDTH) for width in experiment.hidden)
    if wider == experiment.hidden:
        return Remedy("new weights", {"seed": (experiment.seed + 1) % MAX_SEED})
    return Remedy("wider layers", {"hidden": wider})


REMEDIES: dict[str, Callable[[Experiment, bool], Remedy]] = {
    "divergence": _smaller_rate,
    "symmetric": _initializer,
    "dead": _leaky,
    "saturated": _with_slope,
    "too_high": _smaller_rate,
    "vanishing": _rectified,
    "exploding": _smaller_weights,
    "too_low": _larger_rate,
    "overfitting": _penalty,
    "plateau": _way_on,
}


def remedy(kind: str, experiment: Experiment, since: int) -> Remedy:
    """What to try against a diagnosis.

    Args: kind: a name in KINDS; experiment: with which training goes on; since: the diagnosis' first frame.
    """
    return REMEDIES[kind](experiment, since == 0)
