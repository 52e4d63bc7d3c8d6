"""All weights and biases live in one flat vector theta; W[l] and b[l] are windows onto it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, ClassVar, Literal, Self, TypeVar

import numpy as np

from engine.arrays import Array, as_shaped, brief, carve, rule_of

Bias = Literal["shared", "none", "per_sample"]
BIASES: tuple[Bias, ...] = ("shared", "none", "per_sample")

View = TypeVar("View", bound=Array | None)


class Views(tuple[View, ...]):
    """W or b, layer by layer: views on theta. Numbers assigned to a layer are written into theta.

        W[l] = W[l] − η·dW[l]      so an update as books write it moves the network

    Raises: ValueError for a layer that isn't there, another shape, or numbers where there are no biases.
    """

    letter: ClassVar[str]

    def __setitem__(self, l: int, values: object) -> None:
        if not isinstance(l, int | np.integer) or not -len(self) <= l < len(self):
            rule = rule_of(least=0, most=len(self) - 1)
            raise ValueError(f"l in {self.letter}[l] must be {rule}. Got {brief(l)}.")
        numbers, view = self._numbers(l, values), self[l]
        if view is not None:
            view[...] = numbers

    def assign(self, values: object) -> None:
        """Write all layers; if one doesn't fit, none is written."""
        given = tuple(values) if isinstance(values, Iterable) else (values,)
        if len(given) != len(self):
            raise ValueError(f"{self.letter} must hold one array per layer, {len(self)}. Got {len(given)}.")
        numbers = [self._numbers(l, layer) for l, layer in enumerate(given)]
        for view, layer in zip(self, numbers, strict=True):
            if view is not None:
                view[...] = layer

    def _numbers(self, l: int, values: object) -> Array | None:
        """A copy, because the values may themselves be views on theta."""
        name, view = f"{self.letter}[{l}]", self[l]
        if view is not None:
            return as_shaped(name, values, view.shape).copy()
        if values is not None:
            raise ValueError(f"{name} must stay None, as the network has no biases. Got {brief(values)}.")
        return None


class Weights(Views[Array]):
    """W[l], (fan_in, fan_out)."""

    letter = "W"


class Biases(Views[Array | None]):
    """b[l], (fan_out,), (samples, fan_out) or None."""

    letter = "b"


class Parameters:
    """A flat vector theta (P,), all 0 at first, and its views: layer by layer W[l], row by row, then b[l].

    With shared biases a layer's W and b lie one after the other as one (fan_in + 1, fan_out) block:
    the bias is the weight of an input that is always 1, so Z = [A 1] @ block is one product, and
    [A 1]ᵀ @ dZ is dW and db at once.

    Args:       dims, bias, samples: as in Network; dtype: float64, or float32 for pictures.
    Attributes: theta owns the memory and stays the same array: assigning to it copies the numbers, so the
                views see them. W, b and blocks are tuples of views, and what is assigned to W[l] or b[l] is
                copied too; without shared biases a block is W[l] alone, and without any biases b[l] is None.
    """

    def __init__(
        self, dims: Sequence[int], bias: Bias, samples: int | None = None, dtype: type = np.float64
    ) -> None:
        self._arguments = tuple(dims), bias, samples, dtype
        extra = {"shared": 1, "none": 0, "per_sample": samples or 0}[bias]
        self._theta, layers = carve([(n + extra, m) for n, m in pairwise(dims)], dtype)
        self._theta[...] = 0
        self.W = Weights(layer[:fan_in] for layer, fan_in in zip(layers, dims[:-1], strict=True))
        self.b = Biases(
            {"shared": layer[-1], "none": None, "per_sample": layer[len(W) :]}[bias]
            for layer, W in zip(layers, self.W, strict=True)
        )
        self.blocks: tuple[Array, ...] = tuple(layers) if bias == "shared" else self.W
        self.blocks_T = tuple(block.T for block in self.blocks)

    @property
    def theta(self) -> Array:
        """The flat vector (P,)."""
        return self._theta

    @theta.setter
    def theta(self, values: object) -> None:
        self._theta[...] = as_shaped("theta", values, self._theta.shape)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        twin = type(self)(*self._arguments)  # a copied array would no longer be the memory of the views
        twin.theta = self._theta
        # so that whatever else refers to these, such as a Gradient, gets the twin's
        memo.update({id(self._theta): twin._theta, id(self.W): twin.W, id(self.b): twin.b})
        return twin

    def split(self, theta: Array) -> tuple[Array, ...]:
        """Views on another vector (P,), layer by layer like `blocks`; not for per-sample biases."""
        ends = np.cumsum([block.size for block in self.blocks])
        return tuple(np.split(theta, ends[:-1]))

    def weight_mask(self) -> Array:
        """(P,) vector: 1 at every weight, 0 at every bias; what L1 and L2 act on."""
        sizes = [(W.size, 0 if b is None else b.size) for W, b in zip(self.W, self.b, strict=True)]
        return np.concatenate([np.repeat((1.0, 0.0), size) for size in sizes])

    def index(self, l: int, i: int, j: int) -> int:
        """Where W[l][i, j] stands in theta; i = fan_in means the bias b[l][j].

        Raises: ValueError where there is no such weight or bias.
        """
        if not (0 <= l < len(self.W) and 0 <= i < len(self.blocks[l]) and 0 <= j < self.W[l].shape[1]):
            raise ValueError(f"There must be a weight (layer, from, to). Got ({l}, {i}, {j}).")
        return sum(int(block.size) for block in self.blocks[:l]) + i * int(self.W[l].shape[1]) + j
