"""Runs drawn by lot in which something keeps the network from learning, for each diagnosis."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np

from engine import Experiment, Network, Run, Timeline, replay
from engine.analysis.remedies import remedy
from engine.analysis.watch import Diagnosis, Watch
from engine.threads import one_blas_thread

Draw = dict[str, Any]


def _layers(rng: np.random.Generator, least: int, most: int, widths: tuple[int, int], name: str) -> Draw:
    layers = int(rng.integers(least, most + 1))
    hidden = tuple(int(width) for width in rng.integers(*widths, layers))
    return {"hidden": hidden, "activations": (name,) * layers}


def _one(rng: np.random.Generator, *values: Any) -> Any:
    return values[rng.integers(len(values))]


def _divergence(rng: np.random.Generator) -> Draw:
    return _layers(rng, 1, 3, (3, 8), _one(rng, "relu", "leaky_relu", "elu")) | {
        "output_activation": "linear", "loss": _one(rng, "mse", "half_mse"),
        "learning_rate": _one(rng, 3.0, 10.0, 30.0),
    }  # fmt: skip


def _symmetric(rng: np.random.Generator) -> Draw:
    name = _one(rng, "tanh", "sigmoid", "relu")
    return _layers(rng, 1, 3, (3, 8), name) | {"initializer": _one(rng, "zeros", "constant")}


def _dead(rng: np.random.Generator) -> Draw:
    return _layers(rng, 1, 3, (4, 8), "relu") | {
        "output_activation": "linear", "learning_rate": _one(rng, 0.3, 0.5, 1.0),
        "batch_size": _one(rng, 10, 30),
    }  # fmt: skip


def _saturated(rng: np.random.Generator) -> Draw:
    if rng.random() < 0.3:
        return _layers(rng, 1, 2, (3, 8), "step")
    name = _one(rng, "tanh", "sigmoid")
    if rng.random() < 0.4:
        return _layers(rng, 3, 5, (12, 16), name) | {"initializer": "uniform"}
    return _layers(rng, 2, 4, (4, 8), name) | {"learning_rate": _one(rng, 10.0, 30.0)}


def _too_high(rng: np.random.Generator) -> Draw:
    name = _one(rng, "tanh", "sigmoid", "elu")
    if rng.random() < 0.5:
        return _layers(rng, 1, 3, (3, 8), name) | {"optimizer": "adam", "learning_rate": _one(rng, 1.0, 3.0)}
    return _layers(rng, 1, 3, (3, 8), name) | {"learning_rate": _one(rng, 3.0, 10.0)}


def _vanishing(rng: np.random.Generator) -> Draw:
    return _layers(rng, 5, 8, (4, 8), "sigmoid") | {
        "output_activation": "sigmoid", "learning_rate": _one(rng, 0.03, 0.1, 0.3)
    }  # fmt: skip


def _exploding(rng: np.random.Generator) -> Draw:
    return _layers(rng, 6, 8, (8, 17), _one(rng, "leaky_relu", "elu", "relu")) | {
        "initializer": "normal", "output_activation": "linear", "loss": "mse",
        "learning_rate": _one(rng, 1e-3, 1e-5, 1e-7),
    }  # fmt: skip


def _too_low(rng: np.random.Generator) -> Draw:
    name = _one(rng, "tanh", "relu", "sigmoid")
    rate = {"optimizer": _one(rng, "sgd", "adam"), "learning_rate": _one(rng, 1e-5, 3e-6, 1e-6)}
    return _layers(rng, 1, 3, (3, 8), name) | rate


def _overfitting(rng: np.random.Generator) -> Draw:
    return _layers(rng, 2, 3, (10, 17), _one(rng, "tanh", "relu")) | {
        "dataset": _one(rng, "moons", "circle", "xor", "gauss"), "noise": 0.5, "train_share": 0.1,
        "optimizer": "adam", "learning_rate": _one(rng, 0.01, 0.03),
    }  # fmt: skip


def _plateau(rng: np.random.Generator) -> Draw:
    return _layers(rng, 1, 1, (1, 3), _one(rng, "tanh", "sigmoid")) | {
        "dataset": _one(rng, "circle", "spiral", "checkerboard"), "learning_rate": _one(rng, 0.03, 0.1),
    }  # fmt: skip


ILL = {
    "divergence": Experiment(
        activations=("relu", "relu"), output_activation="linear", loss="mse", learning_rate=10.0
    ),
    "symmetric": Experiment(initializer="constant", hidden=(4, 4)),
    "dead": Experiment(
        hidden=(6, 4), activations=("relu", "relu"), output_activation="linear", learning_rate=1.0,
        batch_size=30, seed=1,
    ),
    "saturated": Experiment(activations=("step", "step")),
    "too_high": Experiment(learning_rate=10.0),
    "vanishing": Experiment(
        hidden=(6,) * 6, activations=("sigmoid",) * 6, output_activation="sigmoid", loss="bce",
        learning_rate=0.3,
    ),
    "exploding": Experiment(
        hidden=(16,) * 6, activations=("relu",) * 6, output_activation="linear", loss="mse",
        initializer="normal", learning_rate=1e-5,
    ),
    "too_low": Experiment(learning_rate=1e-5),
    "overfitting": Experiment(
        dataset="moons", noise=0.5, train_share=0.1, hidden=(16, 16), optimizer="adam", learning_rate=0.01
    ),
    "plateau": Experiment(hidden=(), activations=()),
}  # fmt: skip
"""One run for each diagnosis that gives it."""

DRAWS = {
    "divergence": _divergence, "symmetric": _symmetric, "dead": _dead, "saturated": _saturated,
    "too_high": _too_high, "vanishing": _vanishing, "exploding": _exploding, "too_low": _too_low,
    "overfitting": _overfitting, "plateau": _plateau,
}  # fmt: skip


EPOCHS = 200


def watched(experiment: Experiment, epochs: int = EPOCHS) -> tuple[Timeline, Watch]:
    """The experiment's timeline after so many epochs, or at its end, and what was found about it."""
    watches: list[Watch] = []

    def follower(net: Network) -> Watch:
        watches.append(Watch(net))
        return watches[0]

    with one_blas_thread():
        timeline = replay(Run(experiment), follower=follower)
        while timeline.frame < epochs and timeline.advance():
            pass
    return timeline, watches[0]


def lasting(kind: str, timeline: Timeline, watch: Watch) -> list[Diagnosis]:
    """The diagnoses of one kind that hold at the end."""
    return [one for one in watch.diagnoses(timeline) if one.kind == kind and one.until is None]


def ends_with_remedy(kind: str, timeline: Timeline, watch: Watch) -> bool:
    """Whether what is suggested, tried, has ended the diagnosis after further epochs; it holds now."""
    since = min(one.since for one in lasting(kind, timeline, watch))
    old = timeline.experiment
    tried = remedy(kind, old, since)
    new = old.changed(**tried.changes)
    if tried.anew or not old.same_run(new):
        timeline, watch = watched(new)
    else:
        with one_blas_thread():
            timeline.change(new)
            while timeline.frame < 2 * EPOCHS and timeline.advance():
                pass
    return not lasting(kind, timeline, watch)


def drawn_ill(kind: str) -> Iterator[Experiment]:
    """Experiments in which this diagnosis is likely, in the order of their seeds."""
    for seed in count():
        rng = np.random.default_rng([29, seed])
        chosen = {"dataset": _one(rng, "circle", "xor", "moons"), "samples": 300} | DRAWS[kind](rng)
        yield Experiment.fitted(**chosen, seed=seed, data_seed=seed)
