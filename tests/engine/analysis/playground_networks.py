"""Random networks such as the playground has: every activation with every loss, its features and targets."""

from dataclasses import dataclass

import numpy as np

from engine import ACTIVATIONS, LOSSES, Network
from engine.data.features import FEATURES, apply_features
from engine.initializers import INITIALIZERS

PAIRS = [
    (hidden, output, loss)
    for hidden in ACTIVATIONS
    for output in ACTIVATIONS
    for loss, row in LOSSES.items()
    if row.output in (None, output)
]
"""Every hidden activation with every output activation and every loss that fits it."""
STARTS = [name for name in INITIALIZERS if name not in ("zeros", "constant")]


@dataclass
class Case:
    """A network with its data, and the words that name it in a failure."""

    net: Network
    X: np.ndarray
    Y: np.ndarray
    loss: str
    penalty: dict[str, float]

    def __str__(self):
        names = [g.name for g in self.net.activations]
        return f"{self.net.dims} {names} {self.loss} {self.penalty}, {len(self.X)} samples"


def playground_network(number):
    """The network of a number: its functions are PAIRS[number], the rest is drawn with the number as seed."""
    hidden, output, loss = PAIRS[number % len(PAIRS)]
    rng = np.random.default_rng(number)
    width = int(rng.integers(2, 4)) if output == "softmax" else int(rng.choice((1, 1, 3)))
    features = rng.choice(list(FEATURES), rng.integers(1, 6), replace=False)
    X = apply_features(rng.uniform(-6, 6, (int(rng.choice((1, 5, 20, 60))), 2)), [str(f) for f in features])
    widths = rng.integers(1, 5, int(rng.integers(1, 4))).tolist()
    net = Network(
        (X.shape[1], *widths, width),
        (hidden,) * len(widths) + (output,),
        initializer=str(rng.choice(STARTS)),
        rng=rng,
    )
    Y = np.eye(width)[rng.integers(0, width, len(X))] if width > 1 else rng.integers(0, 2, (len(X), 1)) * 1.0
    if loss not in ("bce", "cce"):
        Y = 2 * Y - 1
    penalty = [{}, {"l1": 0.01}, {"l2": 0.1}][int(rng.integers(3))]
    return Case(net, X, Y, loss, penalty)
