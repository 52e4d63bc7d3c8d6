"""Planes through a space of more than two inputs, on which the output of a network can be drawn as a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.analysis.components import Components
from engine.arrays import Array, as_matrix, check_count

MARGIN = 0.04
"""Share of a range that is left free on each side of it."""
Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Plane:
    """A rectangle of a plane through points with D coordinates.

        point(u, v) = origin + u · across + v · up

    Attributes:
        origin, across, up: (D,) each; the latter two are orthonormal.
        x, y: from where to where u goes, and v.
    """

    origin: Array
    across: Array
    up: Array
    x: Range
    y: Range

    def same(self, other: Plane) -> bool:
        """Whether the other one is this rectangle, to the bit."""
        vectors = zip(
            (self.origin, self.across, self.up), (other.origin, other.across, other.up), strict=True
        )
        return (self.x, self.y) == (other.x, other.y) and all(np.array_equal(a, b) for a, b in vectors)

    def points(self, pixels: int) -> Array:
        """(pixels², D) the points at the pixels' centres, the top row, with the largest v, first."""
        check_count("pixels", pixels)
        shares = (np.arange(pixels) + 0.5) / pixels
        u = self.x[0] + (self.x[1] - self.x[0]) * shares
        v = self.y[1] - (self.y[1] - self.y[0]) * shares
        v, u = (values.ravel() for values in np.meshgrid(v, u, indexing="ij"))
        return self._at(u, v)

    def lines(self, lines: int, steps: int) -> Array:
        """The points of a grid's lines: first those along which u is fixed, then those where v is.

            line k: u = low + (high − low) · k / (lines − 1), from one edge of the rectangle to the other

        Args:
            lines: each way, at least 2.
            steps: points of one line, at least 2, evenly apart.
        Returns: (2 · lines · steps, D), one line after the other.
        Raises:  ValueError for fewer lines or points.
        """
        check_count("lines", lines, least=2)
        check_count("steps", steps, least=2)
        u, v = np.meshgrid(np.linspace(*self.x, lines), np.linspace(*self.y, steps), indexing="ij")
        further_u, further_v = np.meshgrid(np.linspace(*self.x, steps), np.linspace(*self.y, lines))
        return self._at(np.append(u, further_u), np.append(v, further_v))

    def places(self, X: object) -> Array:
        """(N, 2) u and v of the nearest point of the plane to each point of X (N, D)."""
        return np.asarray((as_matrix("X", X) - self.origin) @ np.column_stack((self.across, self.up)))

    def _at(self, u: Array, v: Array) -> Array:
        return np.asarray(self.origin + np.outer(u, self.across) + np.outer(v, self.up))


def ranges(X: object) -> list[Range]:
    """From where to where each column of X (N, D) reaches, with a MARGIN; ±1 around a constant one."""
    matrix = as_matrix("X", X)
    return [_widened(low, high) for low, high in zip(matrix.min(axis=0), matrix.max(axis=0), strict=True)]


def slice_plane(point: Sequence[float], across: int, up: int, reach: Sequence[Range]) -> Plane:
    """The plane through a point along two of its coordinates, as far as these reach.

    The origin is the point with these two coordinates at 0, so that u and v are the coordinates themselves.
    """
    origin = np.array(point, dtype=np.float64)
    origin[[across, up]] = 0.0
    unit = np.eye(len(origin))
    return Plane(origin, unit[across], unit[up], reach[across], reach[up])


def components_plane(components: Components, X: object) -> Plane:
    """The plane of the first two components through the mean, as far as the points of X (N, D) reach on it.

    u and v have one scale: both ranges are equally long.
    """
    across, up = components.basis.T
    plane = Plane(components.mean, across, up, (0.0, 0.0), (0.0, 0.0))
    reach = ranges(plane.places(X))
    half = max(high - low for low, high in reach) / 2
    x, y = (((low + high) / 2 - half, (low + high) / 2 + half) for low, high in reach)
    return replace(plane, x=x, y=y)


def _widened(low: float, high: float) -> Range:
    if low == high:
        return float(low) - 1.0, float(high) + 1.0
    free = MARGIN * (high - low)
    return float(low - free), float(high + free)
