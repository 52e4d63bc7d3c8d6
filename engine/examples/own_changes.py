"""Changes one thing of a network with numbers of one's own; the numbers that still fit stay."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array, as_matrix, check_choice
from engine.examples.own import MOST_SAMPLES, OwnNetwork, check_widths
from engine.losses import LOSSES
from engine.parameters import Parameters


def with_matrix(own: OwnNetwork, name: str, value: Array) -> OwnNetwork:
    """The network with another X, Y, W[l] or b[l], as OwnNetwork.matrices names and shapes them.

    Another number of samples in X cuts Y or fills it up, as `with_widths` fills.

    Raises: ValueError, in one sentence, for another shape, or a number or count that OwnNetwork refuses.
    """
    given = own.matrices()
    check_choice("name", name, given)
    value = as_matrix(
        name, value, columns=given[name].shape[1], rows=None if name == "X" else len(given[name])
    )
    if name == "X" and len(value) > MOST_SAMPLES:
        raise ValueError(f"{name} must have at most {MOST_SAMPLES} samples. Got {len(value)}.")
    given[name] = value
    if name == "X":
        given["Y"] = _targets(given["Y"], len(value), own.widths[-1], own.loss)
    return replace(own, numbers=tuple(float(x) for part in given.values() for x in part.ravel()))


def with_widths(own: OwnNetwork, widths: tuple[int, ...]) -> OwnNetwork:
    """The network with other widths: the numbers that still fit stay, the others are 0.

    Layers are matched from the front as long as both their widths stay, and the others from the back; a new
    layer has the activation of the layer before it, and the output keeps its own. For softmax and
    cross-entropy a target without a class gets class 1.

    Raises: ValueError, in one sentence, for widths that OwnNetwork refuses.
    """
    check_widths(widths)
    before, now = list(pairwise(own.widths)), list(pairwise(widths))
    same = [a == b for a, b in zip(before, now, strict=False)]
    front = same.index(False) if False in same else len(same)
    old, new, activations = own.matrices(), Parameters(widths, "shared"), list[str]()
    for l, block in enumerate(new.blocks):
        source = l if l < front else l + len(before) - len(now)
        if l < front or source >= front:
            activations.append(own.activations[source])
            _overlap(old[f"W[{source + 1}]"], block[:-1])
            _overlap(old[f"b[{source + 1}]"], block[-1:])
        else:
            activations.append(activations[-1] if activations else own.activations[0])
    activations[-1] = own.activations[-1]
    X = np.zeros((own.samples, widths[0]))
    _overlap(old["X"], X)
    Y = _targets(old["Y"], own.samples, widths[-1], own.loss)
    biases = [block[-1] for block in new.blocks]
    return OwnNetwork.of(X, Y, new.W, biases, activations, own.loss, own.learning_rate)


def with_activation(own: OwnNetwork, layer: int, name: str) -> OwnNetwork:
    """The network with another activation in a layer, counted from 0.

    A loss that the new output forbids gives way to the usual one of that output. A new softmax brings its
    cross-entropy along, unless the targets don't suit it.

    Raises: ValueError, in one sentence, if the targets don't suit the loss.
    """
    activations = (*own.activations[:layer], name, *own.activations[layer + 1 :])
    output = ACTIVATIONS[activations[-1]]
    if output.name == "softmax" != own.activations[-1]:
        with suppress(ValueError):
            return replace(own, activations=activations, loss=output.usual_loss)
    loss = own.loss if LOSSES[own.loss].output in (None, output.name) else output.usual_loss
    return replace(own, activations=activations, loss=loss)


def _targets(old: Array, rows: int, columns: int, loss: str) -> Array:
    """Y with other numbers of samples and outputs."""
    Y = np.zeros((rows, columns))
    _overlap(old, Y)
    if loss == "cce":
        Y[Y.sum(axis=1) == 0, 0] = 1
    return Y


def _overlap(old: Array, new: Array) -> None:
    """Copy what both matrices have room for."""
    rows, columns = np.minimum(old.shape, new.shape)
    new[:rows, :columns] = old[:rows, :columns]
