"""Runs drawn by lot that learn well: no diagnosis should find anything wrong with them."""

from collections.abc import Iterator
from itertools import count

import numpy as np

from engine import Experiment, Run, Timeline, replay
from engine.threads import one_blas_thread

EPOCHS = 200
CHOICES = {
    "dataset": ("circle", "xor", "gauss", "spiral", "moons", "checkerboard", "blobs", "rings"),
    "samples": (200, 500, 800),
    "noise": (0.0, 0.05, 0.1, 0.2),
    "activation": ("tanh", "relu", "leaky_relu", "sigmoid", "elu", "gelu", "softplus"),
    "optimizer": ("sgd", "sgd", "adam", "rmsprop"),
    "learning_rate": (0.003, 0.01, 0.03, 0.1, 0.3),
    "initializer": ("glorot_uniform", "he_uniform", "he_normal", "lecun_normal", "playground"),
    "batch_size": (5, 10, 20, 30),
}


def drawn(seed: int) -> Experiment:
    """An experiment drawn by lot."""
    rng = np.random.default_rng([17, seed])
    chosen = {name: values[rng.integers(len(values))] for name, values in CHOICES.items()}
    layers = int(rng.integers(1, 4))
    activation = chosen.pop("activation")
    return Experiment.fitted(
        **chosen,
        hidden=tuple(int(width) for width in rng.integers(3, 9, layers)),
        activations=(activation,) * layers,
        seed=seed,
        data_seed=seed,
    )


def trained(experiment: Experiment, epochs: int = EPOCHS) -> Timeline:
    """The experiment's timeline after so many epochs, or where it ends before."""
    with one_blas_thread():
        timeline = replay(Run(experiment))
        while timeline.frame < epochs and timeline.advance():
            pass
    return timeline


def is_healthy(timeline: Timeline) -> bool:
    """Whether the run has learned, and what it learned holds for the test points too."""
    end = timeline[timeline.frame]
    learned = timeline.frame == EPOCHS and end.train_metric >= 0.95
    return learned and abs(end.train_metric - end.test_metric) <= 0.05


def healthy_runs(wanted: int = 50) -> Iterator[tuple[int, Timeline]]:
    """The first so many healthy runs in the order of their seeds, each with its seed."""
    for seed in count():
        timeline = trained(drawn(seed))
        if is_healthy(timeline):
            yield seed, timeline
            wanted -= 1
        if wanted == 0:
            return
