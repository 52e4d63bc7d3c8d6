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

    def points(self, pixels: int) -> Array:
        """(pixels², D) the points at the pixels' centres, the top row, with the largest v, first."""
        check_count("pixels", pixels)
        shares = (np.arange(pixels) + 0.5) / pixels
        u = self.x[0] + (self.x[1] - self.x[0]) * shares
        v = self.y[1] - (self.y[1] - self.y[0]) * shares
        v, u = (values.ravel() for values in np.meshgrid(v, u, indexing="ij"))
        return np.asarray(self.origin + np.outer(u, self.across) + np.outer(v, self.up))

    def places(self, X: object) -> Array:
        """(N, 2) u and v of the nearest point of the plane to each point of X (N, D)."""
        return np.asarray((as_matrix("X", X) - self.origin) @ np.column_stack((self.across, self.up)))

    def distances(self, X: object, deviation: Array) -> Array:
        """(N,) how far each point of X lies from the plane, on average over the other D − 2 directions.

            distance = √(Σ_d ((x_d − nearest_d) / deviation_d)² / (D − 2))

        It is 0 where there are only two directions.

        Args: deviation: (D,) by which a difference in each coordinate is counted.
        """
        points = as_matrix("X", X)
        nearest = self.origin + self.places(points) @ np.stack((self.across, self.up))
        apart = ((points - nearest) / deviation) ** 2
        return np.asarray(np.sqrt(apart.sum(axis=1) / max(points.shape[1] - 2, 1)))


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
