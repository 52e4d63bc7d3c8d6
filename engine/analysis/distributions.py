"""How the numbers of a layer are spread: shares of them in bins, on round scales that rarely change."""

import math
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, check_count

ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
"""The ends that a scale may have, times a power of ten."""
MOST_DECADES = 8
"""Most powers of ten on a scale of sizes; what is smaller is counted in the lowest bin."""


@dataclass(frozen=True)
class Scale:
    """From where to where the bins reach."""

    low: float
    high: float


def round_up(value: float) -> float:
    """The next round number, one of ROUND times a power of ten, not below a positive value; 1 for others."""
    if not (0 < value < math.inf):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((k * power for k in ROUND if k * power >= value * (1 - 1e-12)), 10 * power)


def value_scale(values: Array, *, symmetric: bool) -> Scale:
    """A scale with round ends that holds all finite values and 0.

    Args: symmetric: whether it reaches as far to the left of 0 as to the right.
    """
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if symmetric:
        end = round_up(max(-low, high))
        return Scale(-end, end)
    return Scale(-round_up(-low) if low < 0 else 0.0, round_up(high) if high > 0 or low >= 0 else 0.0)


def size_scale(values: Array) -> Scale:
    """A scale of whole powers of ten for the sizes |v| of all values but 0: log10 from low to high."""
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    if not sizes.size:
        return Scale(-4.0, 0.0)
    high = float(math.floor(math.log10(sizes.max()))) + 1
    return Scale(max(float(math.floor(math.log10(sizes.min()))), high - MOST_DECADES), high)


def shares(values: Array, scale: Scale, bins: int) -> Array:
    """The share of the values in each of some equal bins; the ends take in what lies beyond them.

        share[k] = #{v: low + k·w ≤ v < low + (k + 1)·w} / #{v finite},  w = (high − low) / bins

    Args:    values: of any shape; those that aren't finite are left out.
    Returns: (bins,) of sum 1, or 0 where there are no values.
    """
    check_count("bins", bins)
    finite = values[np.isfinite(values)]
    if not finite.size:
        return np.zeros(bins)
    at = np.floor((finite - scale.low) * (bins / (scale.high - scale.low)))
    counts = np.bincount(np.clip(at, 0, bins - 1).astype(np.intp), minlength=bins)
    return counts / finite.size


def size_shares(values: Array, scale: Scale, bins: int) -> tuple[Array, float]:
    """The shares of log10|v| in bins of a scale of sizes, and the share of values that are exactly 0.

    Returns: (bins,) and a number that sum to 1, as a 0 has no place on a scale of powers.
    """
    finite = values[np.isfinite(values)]
    sizes = np.abs(finite[finite != 0])
    zero = 1 - sizes.size / finite.size if finite.size else 0.0
    return shares(np.log10(sizes), scale, bins) * (1 - zero), zero
