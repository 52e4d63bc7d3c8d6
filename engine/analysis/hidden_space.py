"""What a layer does to the plane: its points and the lines of its grid, as the layer's units see them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.analysis.components import principal_components
from engine.arrays import Array, as_matrix, check_count

TURN, TILT = 35.0, 25.0
"""Degrees by which a space of three units is turned about its third axis and seen from above."""
Kind = Literal["one", "units", "three", "components"]


@dataclass(frozen=True, eq=False)
class Projection:
    """How a layer's activations become points of a plane.

        coordinates = (A − mean) @ basis

    Attributes:
        kind:   "one" and "units": the coordinates are those of the units themselves; "three": an orthographic
                view of three; "components": the first two principal components.
        mean:   (width,) 0 but for components.
        basis:  (width, 2)
        shares: (2,) the share of the variance along each component; NaN otherwise.
    """

    kind: Kind
    mean: Array
    basis: Array
    shares: Array

    def __call__(self, A: object) -> Array:
        """(N, 2) coordinates of activations (N, width)."""
        matrix = as_matrix("A", A, columns=len(self.mean))
        with np.errstate(all="ignore"):
            return (matrix - self.mean) @ self.basis


def kind_of(width: int) -> Kind:
    """How a layer of so many units is shown in the plane."""
    kinds: dict[int, Kind] = {1: "one", 2: "units", 3: "three"}
    return kinds.get(check_count("width", width), "components")


def projection(A: object) -> Projection:
    """The projection for a layer whose activations are A: the units themselves if they are one, two or three.

    One unit has 0 as second coordinate. Three are seen from a place that stays:

        basis = [[cos t, −sin t · sin e], [sin t, cos t · sin e], [0, cos e]],  t = 35°, e = 25°

    More are shown along the two directions in which they vary most: their principal components.

    Args:    A: (N, width), finite; otherwise the components are NaN.
    Raises:  ValueError for what is no matrix.
    Source:  Goodfellow, Bengio & Courville (2016), section 2.12, for the components.
    """
    matrix = as_matrix("A", A)
    width = matrix.shape[1]
    kind, unknown = kind_of(width), np.full(2, np.nan)
    if kind != "components":
        return Projection(kind, np.zeros(width), _fixed(width), unknown)
    found = principal_components(matrix)
    return Projection(kind, found.mean, found.basis, found.shares)


def _fixed(width: int) -> Array:
    if width < 3:
        return np.eye(width, 2)
    turn, tilt = np.radians((TURN, TILT))
    return np.array([
        [np.cos(turn), -np.sin(turn) * np.sin(tilt)],
        [np.sin(turn), np.cos(turn) * np.sin(tilt)],
        [0.0, np.cos(tilt)],
    ])  # fmt: skip


def decision_line(W: Array, b: Array | None) -> Array:
    """Where the one unit that follows two has z = 0: the line that it draws in their plane.

        W[0, 0] · a1 + W[1, 0] · a2 + b[0] = 0

    Args:    W: (2, 1); b: (1,), or None for no bias.
    Returns: (3,) the coefficients of a1, a2 and 1.
    Raises:  ValueError for another shape of W.
    """
    if np.shape(W) != (2, 1):
        raise ValueError(f"W must have shape (2, 1) for a line. Got {np.shape(W)}.")
    return np.array([W[0, 0], W[1, 0], 0.0 if b is None else b[0]])
