"""What keeps a network from learning, one row per diagnosis: its sign, its reason and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, isnan

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation
from engine.analysis.looks import Counts, Look
from engine.arrays import Array
from engine.numbers import with_power

Levels = NDArray[np.int8]
CLEAR, BETWEEN, GIVEN = 0, 1, 2
"""A sign is given, or clear; between the two a diagnosis stays as it was."""
LEARNED = 0.9
"""A training score, accuracy or R², from which on nothing keeps the network from learning."""
Facts = tuple[tuple[str, str], ...]


def level(value: float, given: float, clear: float) -> int:
    """GIVEN from one threshold on, CLEAR from the other on, BETWEEN otherwise and for NaN.

    Args: given, clear: the sign is a large value if given > clear, otherwise a small one.
    """
    if given > clear:
        return GIVEN if value >= given else CLEAR if value <= clear else BETWEEN
    return GIVEN if value <= given else CLEAR if value >= clear else BETWEEN


def levels(values: Array | Counts, given: float, clear: float) -> Levels:
    """The level of each value, where small values are the sign: given < clear."""
    return (BETWEEN + (values <= given) * 1 - (values >= clear) * 1).astype(np.int8)


@dataclass(frozen=True)
class Units:
    """The hidden units of a network in the order of a look's numbers: layer after layer."""

    widths: tuple[int, ...]
    activations: tuple[Activation, ...]  # of the hidden layers

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """The layer l and the number j of each unit, both from 0."""
        return tuple((l, j) for l, width in enumerate(self.widths) for j in range(width))

    @cached_property
    def rectifiers(self) -> NDArray[np.bool_]:
        """(H,) which units may die."""
        return self._where(_is_rectifier)

    @cached_property
    def bounded(self) -> NDArray[np.bool_]:
        """(H,) which units may saturate."""
        return self._where(_is_bounded)

    def _where(self, test: Callable[[Activation], bool]) -> NDArray[np.bool_]:
        return np.repeat([test(g) for g in self.activations], self.widths).astype(bool)


def _is_rectifier(g: Activation) -> bool:
    """Whether it gives 0, with slope 0, on one side."""
    return g.alive == (0.0, inf)


def _is_bounded(g: Activation) -> bool:
    """Whether it has flat ends on both sides."""
    return -inf < g.alive[0] and g.alive[1] < inf


def _unlearned(look: Look) -> int:
    """Given while the training score is below LEARNED, clear from there on."""
    return level(-look.losses.score, -LEARNED + 1e-9, -LEARNED)


def _inactive(look: Look) -> Levels:
    """Given for units that pass no gradient for any sample, clear if they do for one in a hundred."""
    return levels(look.active, 0, max(1.0, look.samples / 100))


def dead(look: Look, units: Units) -> Levels:
    """ReLU units that give 0 for every training sample."""
    return np.where(units.rectifiers, _inactive(look), CLEAR).astype(np.int8)


def saturated(look: Look, units: Units) -> Levels:
    """Units on the flat part of their curve for every training sample, while the network hasn't learned."""
    flat = np.where(units.bounded, _inactive(look), CLEAR)
    return np.minimum(flat, _unlearned(look)).astype(np.int8)


def symmetric(look: Look, units: Units) -> Levels:
    """Units of one layer with the same weights in and out: each gets the gradient of its twin."""
    return levels(look.apart, 1e-9, 1e-6)


def vanishing(look: Look, units: Units) -> int:
    """The first layer's gradient is hundreds of times smaller than the last one's."""
    return min(level(look.backward_ratio, 1 / 300, 1 / 100), _unlearned(look))


def exploding(look: Look, units: Units) -> int:
    """A layer's gradient is ten times as long as its weights: a rate of 0.1 moves them by their own size."""
    return min(level(look.gradient_ratio, 10, 3), _unlearned(look))


def diverging(look: Look, units: Units) -> int:
    """The loss is ten times what it was at the start."""
    return level(look.losses.train, 10 * look.losses.first, 5 * look.losses.first)


def too_high(look: Look, units: Units) -> int:
    """Large steps bring no progress: the loss goes up and down, or is larger than it was at the start."""
    losses = look.losses
    large = min(level(look.step_ratio, 0.1, 0.03), level(losses.rise - 0.7 * losses.fall, 0, -1e-3))
    shaken = level(min(losses.rise, losses.fall), 0.06, 0.03)
    worse = level(losses.train, 1.2 * losses.first, 1.05 * losses.first)
    hardly = level(losses.train, 0.5 * losses.first, 0.4 * losses.first)
    return min(max(large, shaken, worse), hardly, _unlearned(look))


def too_low(look: Look, units: Units) -> int:
    """The loss falls at every step, and has hardly fallen: each step moves the weights by almost nothing."""
    losses = look.losses
    slow = level(look.step_ratio, 3e-5, 1e-4)
    falls = level(losses.rise - 0.1 * losses.fall, -1e-7, 0)
    little = level(losses.train, 0.8 * losses.first, 0.7 * losses.first)
    return min(slow, falls, little, _unlearned(look))


def overfitting(look: Look, units: Units) -> int:
    """The test loss has risen from its lowest while the training loss fell, and the scores part."""
    losses = look.losses
    if isnan(losses.test) or not losses.best_test > 0:
        return BETWEEN
    risen = level(losses.test / losses.best_test, 1.25, 1.1)
    fallen = GIVEN if losses.train < losses.train_then else CLEAR
    return min(risen, fallen, level(losses.score - losses.test_score, 0.05, 0.03))


def plateau(look: Look, units: Units) -> int:
    """The training loss has not fallen by 1 % in a hundred epochs, although steps are taken."""
    return min(level(look.losses.gain, 0.01, 0.03), level(look.step_ratio, 3e-5, 1e-5), _unlearned(look))


def _written(value: float, digits: int) -> str:
    return with_power(f"{value:.{digits}g}")


def _active(look: Look, units: Units, places: Sequence[int]) -> Facts:
    return tuple((f"neuron {units.places[k][1] + 1}", f"{look.active[k]} of {look.samples}") for k in places)


def _apart(look: Look, units: Units, places: Sequence[int]) -> Facts:
    def difference(value: float) -> str:
        return "0" if value == 0 else _written(value, 2)

    return tuple((f"neuron {units.places[k][1] + 1}", difference(look.apart[k])) for k in places)


def _backward(look: Look, units: Units, places: Sequence[int]) -> Facts:
    first, last = (_written(float(look.gradient_norms[l]), 3) for l in (0, -1))
    ratio = _written(look.backward_ratio, 2)
    return ("gradient, first layer", first), ("gradient, output", last), ("first / output", ratio)


def _gradients(look: Look, units: Units, places: Sequence[int]) -> Facts:
    largest = int(np.nanargmax(look.gradient_ratios))
    gradient, weights = float(look.gradient_norms[largest]), float(look.weight_norms[largest])
    return (
        (f"gradient, layer {largest + 1}", _written(gradient, 3)),
        ("weights", _written(weights, 3)),
        ("gradient / weights", _written(gradient / weights, 2)),
    )


def _steps(look: Look, units: Units, places: Sequence[int]) -> Facts:
    losses = look.losses
    return (
        ("step / weights", _written(look.step_ratio, 2)),
        ("loss at the start", _written(losses.first, 4)),
        ("loss now", _written(losses.train, 4)),
    )


def _gap(look: Look, units: Units, places: Sequence[int]) -> Facts:
    losses = look.losses
    return (
        ("training loss", _written(losses.train, 4)),
        ("test loss", _written(losses.test, 4)),
        (f"lowest, at epoch {losses.best_epoch:.6g}", _written(losses.best_test, 4)),
    )


def _gain(look: Look, units: Units, places: Sequence[int]) -> Facts:
    return (
        ("loss now", _written(look.losses.train, 4)),
        ("training score", _written(look.losses.score, 3)),
        ("step / weights", _written(look.step_ratio, 2)),
    )


@dataclass(frozen=True)
class Kind:
    """One thing that keeps a network from learning.

    Attributes:
        name:     as in `data-kind`.
        title:    of a card; {units} stands for the units, as "Two dead ReLU units".
        reason:   why that is, in plain words.
        levels:   how strong the sign is in a look: (H,) for units, otherwise one.
        evidence: what is told of a look, by numbers.
        patience: looks in a row that must give the sign until it counts, or be clear until it no longer does.
        mark, column, one: where it is about single units, the word beside each, the name of their numbers,
                  and the title if it is one unit.
        short:    otherwise, the title in two or three words.
    """

    name: str
    title: str
    reason: str
    levels: Callable[[Look, Units], Levels | int]
    evidence: Callable[[Look, Units, Sequence[int]], Facts]
    patience: int = 2
    mark: str = ""
    column: str = ""
    one: str = ""
    short: str = ""

    @property
    def units(self) -> bool:
        """Whether it is about single units, not about the run."""
        return bool(self.mark)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "divergence", "The loss grows beyond all bounds",
            "Each step overshoots more than the last, so the loss grows instead of falling. "
            "A smaller learning rate keeps the steps short of the other side of the valley.",
            diverging, _steps, patience=1, short="loss diverges",
        ),
        Kind(
            "symmetric", "{n} neurons can't part",
            "Neurons of one layer with the same weights get the same gradient, so they stay the same: "
            "together they can do no more than one. A random start tells them apart.",
            symmetric, _apart, mark="alike", column="distance", one="One neuron can't part",
        ),
        Kind(
            "dead", "{n} dead ReLU units",
            "z is below 0 at every point, so output and gradient are 0 and no step can change them. "
            "Large steps are a common cause.",
            dead, _active, mark="dead", column="points active", one="One dead ReLU unit",
        ),
        Kind(
            "saturated", "{n} saturated units",
            "At every point the unit is on a flat part of its curve, where the slope is almost 0, "
            "so almost no gradient passes. Large weights are a common cause.",
            saturated, _active, mark="flat", column="points active", one="One saturated unit",
        ),
        Kind(
            "too_high", "The learning rate is too high",
            "Each step jumps across the valley instead of going down into it, so the loss goes up and down "
            "or stays above where it began.",
            too_high, _steps, short="rate too high",
        ),
        Kind(
            "vanishing", "The gradient vanishes",
            "On its way back the gradient is multiplied by small slopes in each layer, so the first layers "
            "hardly learn.",
            vanishing, _backward, short="gradient vanishes",
        ),
        Kind(
            "exploding", "The gradient explodes",
            "Each layer multiplies by large weights, forward and on the way back, so the gradient is far "
            "longer than the weights are: any usual step throws them far away.",
            exploding, _gradients, patience=1, short="gradient explodes",
        ),
        Kind(
            "too_low", "The learning rate is too low",
            "The loss falls with every step, but each step moves the weights by so little that it takes "
            "ages.",
            too_low, _steps, short="rate too low",
        ),
        Kind(
            "overfitting", "The network learns by heart",
            "The training loss still falls, but the test loss has been rising: the network fits what is "
            "peculiar to the training points.",
            overfitting, _gap, patience=3, short="learns by heart",
        ),
        Kind(
            "plateau", "The loss has stopped falling",
            "In a hundred epochs the training loss has not fallen by 1 %, though much is still wrong: the "
            "ground is flat here, or it is a minimum that is not good.",
            plateau, _gain, short="plateau",
        ),
    )
}  # fmt: skip
"""The cause before what follows from it: the first one that is found is told first."""
