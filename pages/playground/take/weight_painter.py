"""Paints the weights of the first layer as pictures, where the inputs are pixels: there is no map."""

from __future__ import annotations

from math import ceil, sqrt
from typing import Any

import numpy as np

from engine import Experiment, Network
from engine.analysis.planes import Plane
from engine.data.datasets import DataSplit
from pages.figures.theme import Theme
from pages.playground.painter import FULL_WEIGHT
from pages.playground.take.map_painter import CAPTION, SHADES, MapPainter, diverging_shades, rgb, written

Array = np.ndarray[Any, Any]


class WeightPainter:
    """Paints one picture of weights a unit, as one byte a pixel; see MapPainter.

    The colours go from −FULL_WEIGHT to +FULL_WEIGHT, as in the player; pixels that are no inputs are empty.

    Attributes:
        palette: (256 · 3,) red, green and blue of each byte.
    """

    def __init__(self, experiment: Experiment, colours: Theme, size: int) -> None:
        """Args: size: px of the side of all pictures together. Raises: ValueError if inputs are no pixels."""
        problem = experiment.problem
        if problem.picture is None:
            raise ValueError("The inputs must be the pixels of a picture.")
        self.size, self._shape = size, problem.picture
        self._at = [list(problem.coordinates).index(name) for name in experiment.features]
        self._ground, self._ink = SHADES, SHADES + 1
        self.palette = np.zeros((256, 3), dtype=np.uint8)
        shades = [*diverging_shades(colours), rgb(colours.ground), rgb(colours.ink)]
        self.palette[: len(shades)] = shades

    def paint(self, net: Network, caption: str) -> Array:
        """(size + CAPTION, size) bytes: the weights of each unit of the first layer, and a line below."""
        picture, (rows, columns) = self.blank(), self._shape
        W = net.W[0]  # (inputs, units)
        across = ceil(sqrt(W.shape[1]))
        side = self.size // across
        pixel = max(1, (side - 2) // max(rows, columns))
        for j in range(W.shape[1]):
            shades = np.full(rows * columns, self._ground, dtype=np.uint8)
            shades[self._at] = _shades(W[:, j])
            tile = np.kron(shades.reshape(rows, columns), np.ones((pixel, pixel), dtype=np.uint8))
            top, left = (j // across) * side + 1, (j % across) * side + 1
            picture[top : top + tile.shape[0], left : left + tile.shape[1]] = tile
        return written(picture, caption, self.size, self._ink)

    def blank(self) -> Array:
        """A picture without anything, of the same size."""
        return np.full((self.size + CAPTION, self.size), self._ground, dtype=np.uint8)


def _shades(weights: Array) -> Array:
    share = np.clip(np.nan_to_num(weights) / FULL_WEIGHT, -1, 1) / 2 + 0.5
    shades: Array = (share * (SHADES - 1)).round().astype(np.uint8)
    return shades


def painter_of(
    experiment: Experiment, data: DataSplit, colours: Theme, size: int, plane: Plane
) -> MapPainter | WeightPainter:
    """What paints a run: its map or, where the inputs are pixels, its weights. Args: see MapPainter."""
    if experiment.problem.picture is not None:
        return WeightPainter(experiment, colours, size)
    return MapPainter(experiment, data, colours, size, plane)
