"""A small network with numbers of one's own: the example of a lecture, a book or an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from inspect import signature
from itertools import pairwise

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Array, brief, check_choice, check_number, rule_of
from engine.losses import LOSSES, Loss
from engine.network import Network
from engine.runs.link_values import NUMBER, NUMBERS, TEXT, WHOLE, listed
from engine.runs.rows import setting

MOST_SAMPLES = 5
MOST_LAYERS = 4
MOST_WIDTH = 8
MOST_PARAMETERS = 120
MOST_NUMBERS = 150
"""Most numbers in all; written in full they leave a link below 2,000 characters."""
LARGEST = 1e6
"""Largest absolute value of a number, so that no square of an output overflows."""


@dataclass(frozen=True)
class OwnNetwork:
    """A network, its samples and its loss, every number given; shared biases, at most MOST_PARAMETERS.

    Args:
        widths:        as Network's dims, at most MOST_LAYERS layers.
        activations:   one per layer, names in ACTIVATIONS.
        loss:          a name in LOSSES.
        learning_rate: η of the update, plain gradient descent.
        numbers:       X (N, D), Y (N, K), then every W[l] (fan_in, fan_out), then every b[l] (fan_out,), one
                       after the other, row by row; from their count follows N, 1 to MOST_SAMPLES.
    Raises: ValueError, in one sentence, for whatever doesn't go together.
    """

    widths: tuple[int, ...] = setting((2, 1), "own_dims", link_format=listed(WHOLE))
    activations: tuple[str, ...] = setting(("sigmoid",), "own_act", link_format=listed(TEXT))
    loss: str = setting("half_sse", "own_loss")
    learning_rate: float = setting(0.5, "own_eta", link_format=NUMBER)
    numbers: tuple[float, ...] = setting((1.0, 0.5, 1.0, 0.6, -0.4, 0.1), "own", link_format=NUMBERS)

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence."""
        check_widths(self.widths)
        layers = len(self.widths) - 1
        if len(self.activations) != layers:
            given = len(self.activations)
            raise ValueError(f"There must be one activation per layer, {layers}. Got {given}.")
        for name in self.activations:
            check_choice("activation", name, ACTIVATIONS)
        check_choice("loss", self.loss, LOSSES)
        LOSSES[self.loss].check_output(self.activations[-1], self.widths[-1])
        check_number("The learning rate", self.learning_rate, above=0, most=LARGEST)
        per_sample = self.widths[0] + self.widths[-1]
        samples, rest = divmod(len(self.numbers) - count_parameters(self.widths), per_sample)
        if rest or not 1 <= samples <= MOST_SAMPLES:
            least, given = count_parameters(self.widths), len(self.numbers)
            raise ValueError(
                f"There must be {least} weights and biases, and {per_sample} numbers for each of 1 to "
                f"{MOST_SAMPLES} samples. Got {given} numbers."
            )
        if len(self.numbers) > MOST_NUMBERS:
            raise ValueError(
                f"There must be at most {MOST_NUMBERS} numbers in X, Y, W and b. Got {len(self.numbers)}."
            )
        for number in self.numbers:
            check_number("Every number", number)
        for name, values in self.matrices().items():
            _check_values(name, values, self.loss if name == "Y" else "")

    @classmethod
    def of(
        cls,
        X: Array,
        Y: Array,
        W: Sequence[Array],
        b: Sequence[Array],
        activations: Sequence[str],
        loss: str,
        learning_rate: float,
    ) -> OwnNetwork:
        """The network with these matrices, shaped as in Network. Raises: ValueError as the class."""
        numbers = tuple(float(x) for part in (X, Y, *W, *b) for x in np.ravel(part))
        widths = (X.shape[1], *(weights.shape[1] for weights in W))
        return cls(widths, tuple(activations), loss, learning_rate, numbers)

    @classmethod
    def from_network(
        cls, net: Network, X: Array, Y: Array, loss: Loss | None, learning_rate: float
    ) -> OwnNetwork:
        """The numbers of a network, with as many of the samples as there may be.

        With a bias per sample only the first sample is taken; without biases they are 0. A network without a
        loss gets the usual one of its output. Raises: ValueError if the network is too large, or if an
        activation or the loss has a parameter that isn't the default: only their names are kept.
        """
        for activation in net.activations:
            _check_parameters(activation)
        if loss is not None:
            _check_parameters(loss)
        check_widths(net.dims)
        samples = 1 if net.bias == "per_sample" else MOST_SAMPLES
        room = (MOST_NUMBERS - count_parameters(net.dims)) // (net.dims[0] + net.dims[-1])
        rows = slice(max(1, min(samples, room)))
        pairs = zip(net.dims[1:], net.b, strict=True)
        b = [np.zeros(width) if bias is None else np.atleast_2d(bias)[0] for width, bias in pairs]
        activations = [activation.name for activation in net.activations]
        name = ACTIVATIONS[activations[-1]].usual_loss if loss is None else loss.name
        return cls.of(X[rows], Y[rows], net.W, b, activations, name, learning_rate)

    @property
    def samples(self) -> int:
        """N."""
        return (len(self.numbers) - count_parameters(self.widths)) // (self.widths[0] + self.widths[-1])

    def matrices(self) -> dict[str, Array]:
        """Copies of X (N, D), Y (N, K), W[l] and b[l] (1, fan_out), by name; here layers count from 1."""
        shapes = {"X": (self.samples, self.widths[0]), "Y": (self.samples, self.widths[-1])}
        layers = list(enumerate(pairwise(self.widths), start=1))
        shapes |= {f"W[{l}]": shape for l, shape in layers}
        shapes |= {f"b[{l}]": (1, fan_out) for l, (_, fan_out) in layers}
        ends = np.cumsum([height * width for height, width in shapes.values()])[:-1]
        parts = np.split(np.array(self.numbers), ends)
        return {name: part.reshape(shapes[name]) for name, part in zip(shapes, parts, strict=True)}

    def build(self) -> tuple[Network, Array, Array]:
        """The network with its numbers, X (N, D) and Y (N, K)."""
        net, given = Network(self.widths, self.activations), self.matrices()
        for l, (W, b) in enumerate(zip(net.W, net.b, strict=True), start=1):
            assert b is not None  # the biases are shared
            W[...], b[...] = given[f"W[{l}]"], given[f"b[{l}]"][0]
        return net, given["X"], given["Y"]


def one_hot(classes: Sequence[float], count: int) -> Array:
    """Targets (N, count) of class numbers, which count from 1: class 2 of 3 is the row 0, 1, 0.

    Raises: ValueError for a class that isn't a whole number from 1 to count.
    """
    for number in classes:
        if not (number.is_integer() and 1 <= number <= count):
            rule = rule_of(least=1, most=count)
            raise ValueError(f"A class must be a whole number {rule}. Got {number:g}.")
    return np.eye(count)[[int(number) - 1 for number in classes]]


def count_parameters(widths: Sequence[int]) -> int:
    """Number of weights and biases."""
    return sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(widths))


def check_widths(widths: Sequence[int]) -> None:
    """Refuse what is no small network."""
    if not 2 <= len(widths) <= MOST_LAYERS + 1:
        rule = f"2 to {MOST_LAYERS + 1} widths, the inputs first and the outputs last, like 2-2-3"
        raise ValueError(f"There must be {rule}. Got {len(widths)}.")
    for width in widths:
        if isinstance(width, bool) or not isinstance(width, int) or not 1 <= width <= MOST_WIDTH:
            rule = f"a whole number {rule_of(least=1, most=MOST_WIDTH)}"
            raise ValueError(f"Every width must be {rule}. Got {brief(width)}.")
    if (count := count_parameters(widths)) > MOST_PARAMETERS:
        raise ValueError(f"There must be at most {MOST_PARAMETERS} weights and biases. Got {count}.")


def _check_parameters(part: Activation | Loss) -> None:
    """Refuse a parameter that isn't the default: only the name of an activation or a loss is kept."""
    if isinstance(part, Loss):
        usual = dict(LOSSES[part.name].parameters)
    else:
        usual = {x.name: x.default for x in signature(part.make).parameters.values()} if part.make else {}
    for name, value in part.parameters:
        if value != usual[name]:
            raise ValueError(f"{part.label} must have its usual {name}, {usual[name]:g}. Got {value:g}.")


def _check_values(name: str, values: Array, loss: str) -> None:
    """Refuse a number that is too large, or a target for which the loss is not defined."""
    least, most = np.clip(LOSSES[loss].target_range, -LARGEST, LARGEST) if loss else (-LARGEST, LARGEST)
    for (i, j), value in np.ndenumerate(values):
        if not least <= value <= most:
            where = f"Row {i + 1}, column {j + 1} of {name}"
            why = f" with {LOSSES[loss].label.lower()}" if least > -LARGEST else ""
            rule = rule_of(least=least, most=most)
            raise ValueError(f"{where} must be {rule}{why}. Got {value:g}.")
