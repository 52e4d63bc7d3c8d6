"""What the loss-landscape figures draw: paths, the measured plane, the range and ticks of its losses."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pages.figures.numbers import power, significant, tick, value_text

Floats = NDArray[np.floating[Any]]
DEEPEST = 1e-12
"""A logarithmic scale goes down to this share of its highest loss at most."""
TALLEST = 20.0
"""In space a path on a linear scale is drawn up to so many times the scale's high end: a path that has left
all bounds would leave no height for the plane."""


@dataclass(frozen=True, eq=False)
class Moment:
    """The current frame of a path: point is its projection onto the plane, distance how far off it lies."""

    frame: int
    point: tuple[float, float]
    true_loss: float
    plane_loss: float
    distance: float


@dataclass(frozen=True, eq=False)
class Track:
    """A path of training: frames (T,), its projection onto the plane (T, 2), both losses and distances (T,).

    label is its full text, e.g. "Adam, η = 0.02"; name is short enough for a label, e.g. "Adam".
    """

    label: str
    frames: NDArray[np.int64]
    points: Floats
    true_losses: Floats
    plane_losses: Floats
    distances: Floats
    now: Moment
    name: str


@dataclass(frozen=True)
class Axis:
    """A direction of the plane: its name, a short one for the picture in space, its share of the variance.

    markup is the name in Plotly's markup, if it has any.
    """

    name: str
    short: str
    explained: float | None = None
    markup: str = ""

    @property
    def title(self) -> str:
        """The name, and the share of the path's variance along the axis if it is known."""
        if self.explained is None:
            return self.markup or self.name
        return f"{self.name} ({100 * self.explained:.1f} % of the variance)"


@dataclass(frozen=True, eq=False)
class Ground:
    """The measured plane: coordinates (c,) and (r,), losses (r, c), its two axes, and the range of colours.

    scale is the lowest and the highest loss that the colours tell apart.
    """

    x: ArrayLike
    y: ArrayLike
    losses: ArrayLike
    axes: tuple[Axis, Axis]
    scale: tuple[float, float]
    log: bool

    def seen(self, losses: ArrayLike) -> Floats:
        """Losses as drawn: cut off at the scale's ends, log₁₀ if log; NaN where they are not finite."""
        low, high = self.scale
        values = np.asarray(losses, dtype=np.float64)
        values = np.where(np.isfinite(values), np.clip(values, low, high), np.nan)
        return np.log10(values) if self.log else values

    @property
    def top(self) -> float:
        """The highest true loss that is drawn in space, where a path may lie far above the plane."""
        return self.scale[1] / DEEPEST if self.log else TALLEST * self.scale[1]

    def heights(self, losses: ArrayLike) -> Floats:
        """True losses as drawn in space, where paths may lie below and above the scale: cut off at `top`."""
        lowest = self.scale[1] * DEEPEST if self.log else -math.inf
        return replace(self, scale=(lowest, self.top)).seen(losses)

    @property
    def texts(self) -> list[list[str]]:
        """Every loss as text."""
        return [[loss_text(loss) for loss in row] for row in np.asarray(self.losses).tolist()]

    @property
    def ends(self) -> tuple[float, float]:
        """The scale as it is drawn."""
        low, high = self.seen(self.scale)
        return float(low), float(high)

    def ticks(self, most: int = 7, lowest: float = math.inf, highest: float = -math.inf) -> dict[str, object]:
        """Plotly's settings for at most `most` ticks of drawn losses, labelled with the losses themselves.

        lowest, highest: where the axis begins and ends, if that is beyond the scale's ends.
        """
        low, high = self.ends
        low, high = min(low, lowest), max(high, highest)
        values, texts = (loss_ticks if self.log else even_ticks)(low, high, most)
        return {"tickmode": "array", "tickvals": values, "ticktext": texts}


def scale_of(grid: ArrayLike, path: ArrayLike, *, log: bool) -> tuple[float, float]:
    """The range of losses that colours and level curves cover: from a grid (r, c) and a path (T,) on it.

    A few extreme values would leave no colours for all others. So a logarithmic range leaves out the lowest
    thousandth of the grid, and a linear one its highest three hundredths.
    """
    grid, path = (np.asarray(values, dtype=np.float64) for values in (grid, path))
    around = grid[np.isfinite(grid)]
    every = np.concatenate((around, path[np.isfinite(path)]))
    if not every.size:
        return 0.1, 1.0
    if log:
        positive = every[every > 0]
        if not positive.size:
            return 0.1, 1.0
        high, deep = float(positive.max()), around[around > 0]
        lows = [float(np.quantile(deep, 0.001))] if deep.size else []
        low = min([*lows, *(path[np.isfinite(path) & (path > 0)].tolist())], default=high)
        return max(min(low, high / 1.01), high * DEEPEST), high
    low, high = float(every.min()), float(np.quantile(around if around.size else every, 0.97))
    return low, max(high, low + max(1e-9, 1e-6 * abs(low)))


def loss_ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    """At most `most` ticks of an axis of log₁₀ loss from low to high, and their labels."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    choices = [
        [math.log10(f) + d for d in decades[:: max(1, every)] for f in factors]
        for factors, every in (
            (range(10, 100, 1), 1),
            (range(1, 10), 1),
            ((1, 2, 5), 1),
            ((1, 3), 1),
            *(((1,), every) for every in range(1, 20)),
        )
    ]
    inside = [[e for e in choice if low - 1e-9 <= e <= high + 1e-9] for choice in choices]
    exponents = next((choice for choice in inside if len(choice) <= most), inside[-1])
    if len(exponents) < 2:
        exponents = [float(e) for e in np.linspace(low, high, 4)]
    return exponents, [tick(exponent) for exponent in exponents]


def even_ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    """At most `most` ticks of a linear axis, at 1, 2 or 5 times a power of ten apart, and their labels."""
    least = (high - low) / most
    power = 10 ** math.floor(math.log10(least))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= least)
    values = [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return values, [significant(value, 6) for value in values]


def loss_text(loss: float, ten: Callable[[int], str] = power) -> str:
    """A loss as text, also an infinite one; ten writes a power of ten."""
    return "∞" if math.isinf(loss) else value_text(loss, ten)
