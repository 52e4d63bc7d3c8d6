"""Signs that a network can't learn any more: units that are dead or saturated for every sample."""

from collections.abc import Sequence
from math import isinf

from engine.activations import Activation
from engine.arrays import Array


def stuck_units(activation: Activation, A: Array) -> int:
    """How many units of a layer, whose outputs are A (N, width), pass (almost) no gradient for any sample.

    A ReLU unit is dead if it gives 0 for all samples; a tanh or sigmoid unit is saturated if it lies outside
    the bounds `alive` of ACTIVATIONS for all samples. A leaky ReLU always passes a gradient, a step never.
    """
    least, most = activation.alive
    if isinf(least) and isinf(most):
        return 0
    return int(((least >= A) | (most <= A)).all(axis=0).sum())


def explain_stuck(activations: Sequence[Activation], A: Sequence[Array]) -> str | None:
    """What to say of the first hidden layer whose units are all stuck, so that nothing below learns; or None.

    Args:
        activations: of all L layers.
        A:           A[0] … A[L] for all training samples.
    """
    for l, g in enumerate(activations[:-1], start=1):
        if stuck_units(g, A[l]) == A[l].shape[1]:
            least, most = g.alive
            if least == most:
                return (
                    f"Stuck: a {g.label.lower()} has slope 0 everywhere, so hidden layer {l} passes no "
                    "gradient; choose an activation that has a slope."
                )
            dead, flat = (
                f"dead: every unit gives {least:g}",
                "saturated: every unit is on a flat part of its curve",
            )
            return (
                f"Stuck: hidden layer {l} is {dead if isinf(most) else flat} for every training point, so no "
                "gradient passes. Try new weights, another initialiser or a smaller learning rate."
            )
    return None
