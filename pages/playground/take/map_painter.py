"""Paints the map of a run, frame by frame, in colours of a palette: what an animation is made of."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Any

import numpy as np

from engine import Experiment, Network, apply_features, neuron_maps
from engine.analysis.planes import Plane
from engine.data.datasets import DataSplit
from pages.figures.theme import CLASS_SHAPES, SHAPES, Theme
from pages.live.protocol import MAP
from pages.playground.painter import map_range

Array = np.ndarray[Any, Any]

SHADES = 128
"""Of one output, from its lowest value to its highest."""
AREA_SHADES = 16
"""Of each class's area, from unsure to sure."""
MOST_SMOOTHED = 2_000_000
"""Most pixels of all outputs together that are smoothed for one picture, so that it takes no 50 ms."""
MOST_POINTS = 500
"""Most points on the map, evenly chosen: more would hide it."""
CAPTION = 28
"""Height in px of the line below the map."""
CLEAR = 255
"""In the layer of the points: the map shows through."""
CORNERS = {
    "circle": (24, 0, 1),
    "diamond": (4, 0, 1),
    "triangle-up": (3, -1 / 4, 1),
    "square": (4, 1 / 8, 1),
    "triangle-down": (3, 1 / 4, 1),
    "cross": (8, 0, 0.35),
    "pentagon": (5, -1 / 4, 1),
    "star": (10, -1 / 4, 0.5),
    "x": (8, 1 / 8, 0.35),
    "hexagon": (6, 0, 1),
}
"""Of each shape: how many corners, the turn of the first, and how far every other one is from the middle."""


class MapPainter:
    """Paints what a network says over the plane, with the points, as one byte a pixel.

    Attributes:
        palette: (256 · 3,) red, green and blue of each byte.
    """

    def __init__(
        self, experiment: Experiment, data: DataSplit, colours: Theme, size: int, plane: Plane
    ) -> None:
        """Lay out the grid, the colours and the points.

        Args:
            size:  of the map's side, in px.
            plane: that the map shows.
        """
        problem = experiment.problem
        self.size, self._plane, self._colours = size, plane, colours
        self._kind, self._outputs = problem.kind, experiment.outputs
        low, high = map_range(experiment)
        self._center, self._scale = (low + high) / 2, (high - low) / 2
        self._inputs = apply_features(plane.points(MAP).astype(np.float32), experiment.features)
        shades = diverging_shades(colours) if self._outputs == 1 else _areas(colours)
        self._ground, self._ink, self._marks = len(shades), len(shades) + 1, len(shades) + 2
        fixed = [rgb(colour) for colour in (colours.ground, colours.ink, *colours.marks)]
        self.palette = np.zeros((256, 3), dtype=np.uint8)
        self.palette[: len(shades) + len(fixed)] = [*shades, *fixed]
        self._points = self._layer(data)

    def paint(self, net: Network, caption: str) -> Array:
        """(size + CAPTION, size) bytes: the map of a network, and a line below it."""
        outputs = neuron_maps(net, self._inputs)[-1].astype(np.float32)  # (MAP², K)
        values = self._shades(outputs)
        picture = self.blank()
        picture[: self.size] = np.where(self._points == CLEAR, values, self._points)
        return written(picture, caption, self.size, self._ink)

    def blank(self) -> Array:
        """A picture without anything, of the same size."""
        return np.full((self.size + CAPTION, self.size), self._ground, dtype=np.uint8)

    def _shades(self, outputs: Array) -> Array:
        """(size, size) bytes for outputs (MAP², K)."""
        maps = outputs.T.reshape(-1, MAP, MAP)
        side = min(self.size, int((MOST_SMOOTHED / len(maps)) ** 0.5))
        smooth = [_resized(output, side) for output in maps]
        shades = self._scaled(smooth[0]) if len(maps) == 1 else self._likeliest(np.stack(smooth))
        at = (np.arange(self.size) * side) // self.size
        whole: Array = shades[np.ix_(at, at)]
        return whole

    def _scaled(self, output: Array) -> Array:
        with np.errstate(invalid="ignore"):
            share = np.clip((output - self._center) / self._scale, -1, 1) / 2 + 0.5
            shade = (share * (SHADES - 1)).round()
        known: Array = np.where(np.isnan(shade), self._ground, shade).astype(np.uint8)
        return known

    def _likeliest(self, outputs: Array) -> Array:
        """(n, n) bytes for (K, n, n) outputs: the likeliest class's area, paler where it is less sure.

        Beyond ten, classes share the colours; the shapes of their points tell them apart.
        """
        count = len(outputs)
        with np.errstate(invalid="ignore"):
            sure = np.clip((outputs.max(axis=0) - 1 / count) / (1 - 1 / count), 0, 1)
            area = outputs.argmax(axis=0) % len(self._colours.areas)
            shade = area * AREA_SHADES + (sure * (AREA_SHADES - 1)).round()
            known: Array = np.where(np.isnan(shade), self._ground, shade).astype(np.uint8)
        return known

    def _layer(self, data: DataSplit) -> Array:
        """(size, size) bytes of the points, those for training over those for testing, CLEAR elsewhere."""
        from PIL import Image, ImageDraw  # Streamlit brings it, and the app does without

        layer = Image.new("L", (self.size, self.size), CLEAR)
        draw, radius = ImageDraw.Draw(layer), max(2.5, self.size / 110)
        for X, target, train in ((data.X_test, data.target_test, False), (data.X, data.target, True)):
            places = self._plane.places(X) if len(X) else X
            chosen = np.unique(np.linspace(0, len(X) - 1, min(len(X), MOST_POINTS // 2)).astype(int))
            for n in chosen:
                (u, v), (left, right), (low, high) = places[n], self._plane.x, self._plane.y
                at = (u - left) / (right - left) * self.size, (high - v) / (high - low) * self.size
                shape, fill, edge = self._mark(float(target[n]), train)
                draw.polygon(_corners(shape, *at, radius), fill=fill, outline=edge)
        return np.asarray(layer)

    def _mark(self, target: float, train: bool) -> tuple[str, int, int]:
        """Shape, filling and outline of a point: the colour is outside in one for testing."""
        if self._kind == "regression":
            return SHAPES[0], int(self._scaled(np.array(target))), self._ink if train else self._ground
        k = int(target)
        shape, colour = CLASS_SHAPES[k], self._marks + k % len(SHAPES)  # beyond ten, colours come again
        return (shape, colour, self._ground) if train else (shape, self._ground, colour)


def written(picture: Array, caption: str, below: int, ink: int) -> Array:
    """A picture with a line of text, this many px from its top, in this byte of the palette."""
    from PIL import Image, ImageDraw

    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"  # no grey between the colours of the palette
    draw.text((4, below + 6), caption, fill=ink, font=_font())
    return np.asarray(image)


def _font() -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size=15)


def _resized(values: Array, size: int) -> Array:
    """(size, size) values of a map (MAP, MAP), smoothed."""
    from PIL import Image

    image = Image.fromarray(np.ascontiguousarray(values))
    return np.asarray(image.resize((size, size), Image.Resampling.BILINEAR))


def _corners(shape: str, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    count, turn, inner = CORNERS[shape]
    angles = [2 * pi * (k / count + turn) for k in range(count)]
    radii = [radius * (inner if k % 2 else 1.15) for k in range(count)]
    return [(x + r * cos(angle), y + r * sin(angle)) for angle, r in zip(angles, radii, strict=True)]


def rgb(colour: str) -> tuple[int, ...]:
    """Red, green and blue of a colour such as #de7a1e."""
    return tuple(bytes.fromhex(colour[1:]))


def _mixed(stops: Sequence[str], count: int) -> Array:
    """(count, 3) colours from the first stop to the last."""
    colours = np.array([rgb(stop) for stop in stops], dtype=np.float64)
    at = np.linspace(0, len(stops) - 1, count)
    columns = [np.interp(at, np.arange(len(stops)), column) for column in colours.T]
    return np.stack(columns, axis=1).round().astype(np.uint8)


def diverging_shades(colours: Theme) -> Array:
    """(SHADES, 3) colours from the lowest value to the highest."""
    return _mixed(colours.diverging, SHADES)


def _areas(colours: Theme) -> Array:
    return np.concatenate([_mixed((colours.zero, area), AREA_SHADES) for area in colours.areas])
