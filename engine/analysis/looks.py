"""A look at a network that learns: a few numbers of its layers, its units and its losses at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import inf, isfinite, isnan, nan

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation
from engine.analysis.next_step import next_step
from engine.arrays import Array
from engine.network import Network
from engine.runs.settings import Settings
from engine.training import Trainer

Counts = NDArray[np.int64]
WINDOW = 20
"""Steps between the losses that tell whether they fall: so many frames, or more where frames are short."""
WINDOW_EPOCHS = 10
"""Epochs that these losses cover at least."""
PATIENCE_EPOCHS = 100
"""Epochs within which a network should have learned something."""


@dataclass(frozen=True, eq=False)
class Look:
    """What is found at one frame. Norms are Euclidean; a layer's weights are taken together with its biases.

    Attributes:
        samples:        N, the training samples.
        gradient_norms: (L,) ‖∂L/∂W[l], ∂L/∂b[l]‖ over all training samples, without penalties.
        weight_norms:   (L,) ‖W[l], b[l]‖.
        step_norms:     (L,) of the step that the optimiser would take next over all training samples.
        active:         (H,) for how many samples each hidden unit, layer after layer, passes a gradient.
        apart:          (H,) how far each unit's weights, in and out, are from those of the most alike unit of
                        its layer: see distances; 0 for twins, infinite for a unit that is alone.
        losses:         what the losses say.
    """

    frame: int
    epoch: float
    samples: int
    gradient_norms: Array
    weight_norms: Array
    step_norms: Array
    active: Counts
    apart: Array
    losses: Losses

    @cached_property
    def step_ratio(self) -> float:
        """The largest of ‖step‖ / ‖weights‖ over the layers: by which share of itself a layer moves."""
        with np.errstate(all="ignore"):
            ratios = self.step_norms / self.weight_norms
        return max((ratio for ratio in ratios.tolist() if isfinite(ratio)), default=0.0)

    @cached_property
    def gradient_ratios(self) -> Array:
        """(L,) ‖gradient‖ / ‖weights‖; 0 where a layer's weights are all 0."""
        with np.errstate(all="ignore"):
            return np.where(self.weight_norms > 0, self.gradient_norms / self.weight_norms, 0.0)

    @property
    def gradient_ratio(self) -> float:
        """The largest of these."""
        return float(self.gradient_ratios.max())

    @property
    def backward_ratio(self) -> float:
        """‖∂L/∂W[first]‖ / ‖∂L/∂W[last]‖; NaN where one of them is 0, as nothing passes there at all."""
        first, last = float(self.gradient_norms[0]), float(self.gradient_norms[-1])
        return first / last if first > 0 and last > 0 else nan


@dataclass(frozen=True)
class Losses:
    """What the losses of a run say at one frame; NaN where that can't be known yet.

    Attributes:
        first, train, test: at frame 0, and now.
        score, test_score:  accuracy, or R² of a regression, for the training and the test samples.
        rise, fall:         the mean rise and fall of the training loss between neighbours of the last frames,
                            as shares of its mean: (1/WINDOW) Σ max(±ΔL, 0) / mean L.
        gain:               by which share the best training loss of the last PATIENCE_EPOCHS is below the
                            best before them.
        best_test, train_then, best_epoch: the lowest test loss; training loss and epoch of its frame.
    """

    first: float
    train: float
    test: float
    score: float
    test_score: float
    rise: float
    fall: float
    gain: float
    best_test: float
    train_then: float
    best_epoch: float


def active_samples(activations: Sequence[Activation], outputs: Sequence[Array]) -> Counts:
    """For how many samples each unit, layer after layer, passes a gradient.

    A unit passes none, or less than 2 % of the most, where its output lies outside the bounds `alive` of
    ACTIVATIONS: a ReLU that gives 0, a tanh or sigmoid on the flat part of its curve. A leaky ReLU always
    passes one, a step never. NaN counts as active, as nothing is known of it.

    Args:    outputs: A (N, width) of each layer.
    Returns: (H,)
    """
    widths = [A.shape[1] for A in outputs]
    bounds = np.array([g.alive for g in activations])
    bounds[np.isinf(bounds)] = nan  # no output lies outside
    least, most = np.repeat(bounds, widths, axis=0).T
    A = np.concatenate(outputs, axis=1)
    outside = ((least >= A) | (most <= A)).view(np.uint8)  # such numbers are added faster than truth values
    active: Counts = len(A) - np.add.reduce(outside, axis=0, dtype=np.uint32).astype(np.int64)
    return active


def distances(net: Network, l: int) -> Array:
    """How far each unit of hidden layer l (from 0) is from the most alike one, by its weights in and out.

    apart[j] = min over k ≠ j of max |c[j] − c[k]|     c[j] = (W[l][:, j], b[l][j], W[l+1][j, :])
    """
    onward = net.W[l + 1].T
    columns = np.concatenate((net.parameters.blocks[l], onward))  # (fan_in + 1 + fan_out, width)
    between = np.abs(columns[:, :, None] - columns[:, None, :]).max(axis=0)
    np.fill_diagonal(between, inf)
    nearest: Array = between.min(axis=0)
    return nearest


def norms(vector: Array, sizes: Sequence[int]) -> Array:
    """The Euclidean norm of each part of a vector, which has parts of these sizes."""
    starts = [0, *accumulate(sizes[:-1])]
    lengths: Array = np.sqrt(np.add.reduceat(vector * vector, starts))
    return lengths


def look(trainer: Trainer, settings: Settings, frame: int, losses: Losses) -> Look:
    """Look at a trainer that was just measured; nothing of it changes.

    Args: settings: with which the next step would be taken; losses: of the frames up to this one.
    """
    net, A = trainer.net, trainer.activations()
    sizes = [block.size for block in net.parameters.blocks]
    gradient = trainer.gradient()
    gradient_norms = norms(gradient, sizes)
    if settings.plain and not settings.frozen:
        step_norms = settings.rate_at(trainer.epochs_done) * gradient_norms
    else:
        step_norms = norms(next_step(trainer, settings, gradient), sizes)
    hidden = range(len(net.W) - 1)
    return Look(
        frame,
        trainer.progress,
        trainer.samples,
        gradient_norms,
        norms(net.theta, sizes),
        step_norms,
        active_samples(net.activations[:-1], A[1:-1]) if hidden else np.array([], dtype=np.int64),
        np.concatenate([distances(net, l) for l in hidden]) if hidden else np.array([]),
        losses,
    )


def read_losses(epochs: Array, train: Array, test: Array, score: float, test_score: float) -> Losses:
    """What the losses of frames 0 … n say at the last of them.

    Args:
        epochs: done at each frame; train, test: the losses.
        score, test_score: at the last frame.
    """
    rise, fall = movement(epochs, train)
    since = int(np.searchsorted(epochs, epochs[-1] - PATIENCE_EPOCHS, side="right"))
    gain = nan
    if since > 1:  # frame 0 alone is no best of its time
        before = float(train[:since].min())
        gain = 1 - float(train[since:].min()) / before if before else 0.0
    best = _lowest(test)
    moments = float(train[0]), float(train[-1]), float(test[-1])
    lowest = float(test[best]), float(train[best]), float(epochs[best])
    return Losses(*moments, score, test_score, rise, fall, gain, *lowest)


def _lowest(test: Array) -> int:
    """The first frame with the lowest test loss; the last one where there is none. Most have no NaN."""
    best = int(np.argmin(test))
    if isnan(test[best]):
        return len(test) - 1 if np.isnan(test).all() else int(np.nanargmin(test))
    return best


def movement(epochs: Array, train: Array) -> tuple[float, float]:
    """The mean rise and the mean fall of the training loss over the last frames, as shares of its mean.

    They are read at WINDOW + 1 frames in equal distances, which cover WINDOW_EPOCHS at least; NaN before.
    """
    end = len(train) - 1
    start = int(np.searchsorted(epochs, epochs[end] - WINDOW_EPOCHS, side="right")) - 1
    stride = max(1, -(-(end - start) // WINDOW))
    if start < 0 or end < stride * WINDOW:
        return nan, nan
    seen = train[end - stride * WINDOW :: stride]
    changes, level = np.diff(seen), WINDOW * float(seen.mean())
    if not 0 < level < inf:
        return nan, nan
    return float(changes[changes > 0].sum()) / level, float(-changes[changes < 0].sum()) / level
