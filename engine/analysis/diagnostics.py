"""Signs that a network can't learn any more: units that are dead or saturated for every sample."""

from collections.abc import Sequence

import numpy as np

from engine.activations import Activation
from engine.arrays import Array

REACH = {"tanh": (0.0, 0.995), "sigmoid": (0.5, 0.495)}
"""Centre and reach of the outputs beyond which the derivative is below 2 % of its largest value."""


def stuck_units(activation: Activation, A: Array) -> int:
    """How many units of a layer, whose outputs are A (N, width), pass (almost) no gradient for any sample.

    A ReLU unit is dead if it gives 0 for all samples; a tanh or sigmoid unit is saturated if it lies
    beyond its REACH for all samples. Other activations don't get stuck: a leaky ReLU always passes some.
    """
    if activation.name == "relu":
        return int((A <= 0).all(axis=0).sum())
    centre, reach = REACH.get(activation.name, (0.0, np.inf))
    return int((np.abs(A - centre) > reach).all(axis=0).sum())


def explain_stuck(activations: Sequence[Activation], A: Sequence[Array]) -> str | None:
    """One sentence if all units of some hidden layer are stuck, so that nothing below it can learn.

    Args:    activations of all layers; A[0] … A[L] for all training samples.
    """
    for l, g in enumerate(activations[:-1], start=1):
        if stuck_units(g, A[l]) == A[l].shape[1]:
            how = "dead: every unit gives 0" if g.name == "relu" else "saturated: every unit lies flat"
            return (
                f"Stuck: hidden layer {l} is {how} for every training point, so no gradient passes. "
                "Try new weights, another initialiser or a smaller learning rate."
            )
    return None
