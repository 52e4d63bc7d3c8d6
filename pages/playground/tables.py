"""Each activation as a table that the browser looks up, so that it needs no formula of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from engine import Network
from engine.activations import Activation

Array = np.ndarray[Any, Any]

FINE = range(-8, 12)
"""The binades [2^e, 2^(e+1)) that are cut into STEPS cells each; farther out one cell is enough."""
STEPS = 32
ZERO = 2.0**-131
"""Below it a number counts as zero, where an activation such as the step has a value of its own."""


def edges() -> Array:
    """(cells,) where each cell of |z| begins: the one of zero first, that of infinity alone last.

    Each is a number in single precision whose last 18 bits are 0: the others tell in which cell a z lies.
    """
    fine = [2.0**e * (1 + m / STEPS) for e in FINE for m in range(STEPS)]
    far = [2.0**e for e in range(FINE.stop, 128)]
    return np.array([0.0, ZERO, *fine, *far, np.inf], dtype=np.float32)


def _nodes() -> Array:
    """(3, cells) the |z| at which a cell's parabola meets the activation: Chebyshev's, inside the cell."""
    low = edges().astype(np.float64)
    high = np.append(low[1:-1], (2.0**128, np.inf))
    middle, half = low / 2 + high / 2, np.append(high[:-1] / 2 - low[:-1] / 2, 0.0)
    nodes: Array = middle + np.sqrt(0.75) * np.outer((-1, 0, 1), half)
    nodes[:, 0] = 0.0
    return nodes


def _values(activation: Activation, z: Array) -> Array:
    """The activation's values, from a network of one neuron."""
    net = Network((1, 1), (activation,), bias="none", initializer="zeros")
    net.theta[...] = 1.0
    return net.predict(z.reshape(-1, 1)).reshape(z.shape)


@lru_cache(maxsize=64)
def table(activation: Activation) -> Array:
    """(2, cells, 3) float32: in each cell g(z) ≈ c₀ + c₁·z + c₂·z², for z >= 0 first and then for z < 0.

    Between smooth neighbours it is good to about 3e-7; kinks and jumps are kept where they lie on an edge.

    Raises: ValueError for an activation that mixes the units of a row: it is no function of one number.
    """
    if activation.mixes:
        raise ValueError(f"A table needs an activation of one number. Got {activation.name}.")
    coefficients = np.zeros((2, edges().size, 3))
    finite = slice(1, -1)
    for side, sign in enumerate((1.0, -1.0)):
        z = sign * _nodes()
        g = _values(activation, z)
        coefficients[side, :, 0] = g[1]  # all there is to say of zero and infinity
        (z0, z1, z2), (g0, g1, g2) = z[:, finite], g[:, finite]
        with np.errstate(over="ignore", invalid="ignore"):
            slope = (g1 - g0) / (z1 - z0)
            bend = ((g2 - g1) / (z2 - z1) - slope) / (z2 - z0)
            parabola = g0 - z0 * slope + bend * z0 * z1, slope - bend * (z0 + z1), bend
            coefficients[side, finite] = np.stack(parabola, axis=1)
    with np.errstate(over="ignore"):
        return coefficients.astype(np.float32)


def tabled(net: Network) -> list[Activation]:
    """The activations of a network that have tables, each once."""
    return [activation for activation in dict.fromkeys(net.activations) if not activation.mixes]
