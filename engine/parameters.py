"""All weights and biases live in one flat vector theta; W[l] and b[l] are windows onto it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np

from engine.arrays import Array

Bias = Literal["shared", "none", "per_sample"]
BIASES: tuple[Bias, ...] = ("shared", "none", "per_sample")


class Parameters:
    """A flat vector and its views per layer: for each layer first W[l], row by row, then b[l].

    With shared biases a layer's W and b lie one after the other as one (fan_in + 1, fan_out) block:
    the bias is the weight of an input that is always 1, so Z = [A 1] @ block is one product, and
    [A 1]ᵀ @ dZ is dW and db at once.

    Args:
        dims:    widths from the input to the output.
        bias:    "shared" (fan_out,), "none", or "per_sample" (samples, fan_out).
        samples: rows of the per-sample biases.
        dtype:   float64, or float32 for pictures.
    Attributes:
        theta:  (P,) owns the memory.
        blocks: per layer (fan_in + 1, fan_out), or (fan_in, fan_out) without shared biases.
        W, b:   per layer (fan_in, fan_out) and the bias, or None.
    """

    __slots__ = ("W", "b", "blocks", "blocks_T", "theta")

    def __init__(
        self, dims: Sequence[int], bias: Bias, samples: int | None = None, dtype: type = np.float64
    ) -> None:
        """Make zeros of the right size and lay the views over them."""
        extra = {"shared": 1, "none": 0, "per_sample": samples or 0}[bias]
        layers = list(pairwise(dims))
        self.theta: Array = np.zeros(sum((n + extra) * m for n, m in layers), dtype=dtype)
        W: list[Array] = []
        b: list[Array | None] = []
        blocks: list[Array] = []
        start = 0
        for fan_in, fan_out in layers:
            whole = self.theta[start : start + (fan_in + extra) * fan_out].reshape(fan_in + extra, fan_out)
            start += whole.size
            W.append(whole[:fan_in])
            b.append({"shared": whole[-1], "none": None, "per_sample": whole[fan_in:]}[bias])
            blocks.append(whole if bias == "shared" else whole[:fan_in])
        self.W, self.b, self.blocks = tuple(W), tuple(b), tuple(blocks)
        self.blocks_T = tuple(block.T for block in blocks)

    def weight_mask(self) -> Array:
        """(P,) vector: 1 at every weight, 0 at every bias; what L1 and L2 act on."""
        mask = np.zeros_like(self.theta)
        at = 0
        for weights, bias in zip(self.W, self.b, strict=True):
            mask[at : at + weights.size] = 1
            at += weights.size + (0 if bias is None else bias.size)
        return mask

    def index(self, l: int, i: int, j: int) -> int:
        """Where W[l][i, j] stands in theta; i = fan_in means the bias b[l][j].

        Raises: ValueError where there is no such weight or bias.
        """
        ok = 0 <= l < len(self.W) and 0 <= j < self.W[l].shape[1]
        if not ok or not 0 <= i < self.blocks[l].shape[0]:
            raise ValueError(f"There must be a weight (layer, from, to). Got ({l}, {i}, {j}).")
        return sum(int(block.size) for block in self.blocks[:l]) + i * int(self.W[l].shape[1]) + j
