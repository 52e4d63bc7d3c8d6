"""The step that an optimiser would take next, were one mini-batch all of the training samples."""

import math

import numpy as np

from engine.arrays import Array
from engine.runs.settings import Settings
from engine.training import Trainer


def next_step(trainer: Trainer, settings: Settings, gradient: Array) -> Array:
    """What the next step adds to theta, from where the trainer stands; nothing moves, and no memory changes.

        g = gradient + l1·sign(W) + l2·W, the penalties at the weights only; scaled down where its norm over
            the parameters that aren't frozen is larger than clip_norm
        Δθ = what the optimiser makes of g with its memory; 0 for frozen parameters

    Args:
        settings: those of the next step, which need not be those of the last one.
        gradient: (P,) of the loss alone, over all training samples.
    Returns: (P,); for plain gradient descent −η·gradient.
    """
    optimizer, theta = settings.succeed(trainer.optimizer), trainer.net.theta.copy()
    optimizer.learning_rate = settings.rate_at(trainer.epochs_done)
    weights = trainer.net.parameters.weight_mask()
    with np.errstate(all="ignore"):  # of a run that diverges
        g = gradient + (settings.l1 * np.sign(theta) + settings.l2 * theta) * weights
        free = np.delete(g, settings.frozen)
        norm = math.sqrt(free @ free)
        if settings.clip_norm and norm > settings.clip_norm:
            g *= settings.clip_norm / norm
        optimizer.step(theta, g)
        step = theta - trainer.net.theta
    step[list(settings.frozen)] = 0.0
    return step
