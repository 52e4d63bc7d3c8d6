"""The places of labels in the plane from above: where each covers least, on a phone as on a wide screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pages.figures.landscape.records import Floats

Box = tuple[float, float, float, float]
"""Left, low, right and high of a label in px."""
SIZES = ((190.0, 250.0), (270.0, 250.0), (430.0, 250.0), (900.0, 250.0))
"""Width and height of the plotting area in px: on a phone 320 px wide, on larger ones, and on wide screens.

The same figure is shown on all of them, so a label must fit in all."""
LETTER, WIDE, NARROW = 7.8, 12.0, 4.5
"""Px of a letter of 14 px: most of them, m and its like, and i and its like."""
LINE, PAD = 18.0, 6.0
"""Px of a label: the height of a line, and what the padding adds to width and height."""
BESIDE, ABOVE = 13.0, 4.0
"""Px between a point and a label beside it; and how much higher or lower than the point a label begins."""
ROWS = 5
"""Labels that fit above each other: as many as there are at most, with four racers and their start."""
SIDES = (
    *((1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1)),
    *((across, up * row) for row in range(2, ROWS + 1) for across in (1, -1) for up in (1, -1)),
    *((across, up * row) for row in range(1, ROWS + 1) for across in (2, -2) for up in (1, -1)),
)
"""The places of a label as (right, up) of its point, in its widths and heights, the usual ones first."""
OUTSIDE, OVER_LABEL, DEAR, AWAY = 1000.0, 500.0, 50.0, 20.0
"""What it costs to leave the picture, to cover another label, and to be a width or height away from the
point; to cover a point of a path costs 1, and that of another label DEAR."""
ROUNDS = 3
"""Times that every label is placed: first beside those before it, then beside all others."""


@dataclass(frozen=True)
class Label:
    """What a label says, line by line, and its point (2,) as shares of the picture's sides."""

    said: tuple[str, ...]
    at: Floats

    def box(self, side: tuple[int, int], size: tuple[float, float]) -> Box:
        """Where it lies in a picture of this size."""
        (across, up), (x, y) = np.sign(side), self.at * size
        right, higher = self.shift(side)
        left = x + right - self.width * (1 - across) / 2
        low = y + higher - self.height * (1 - up) / 2
        return left, low, left + self.width, low + self.height

    def shift(self, side: tuple[int, int]) -> tuple[float, float]:
        """Px to the right and up from the point to the label's nearest corner or edge."""
        across, up = side
        near = BESIDE * np.sign(across), (ABOVE if across else BESIDE) * np.sign(up)
        return (
            near[0] + (across - np.sign(across)) * self.width,
            near[1] + (up - np.sign(up)) * self.height,
        )

    @property
    def width(self) -> float:
        """About how many px it is wide."""
        return max(map(width_of, self.said)) + PAD

    @property
    def height(self) -> float:
        """How many px it is high."""
        return LINE * len(self.said) + PAD


def width_of(text: str) -> float:
    """About how many px a line of a label is wide."""
    return sum(WIDE if c in "mwMW" else NARROW if c in "fijlrt .:,·" else LETTER for c in text)


def is_away(side: tuple[int, int]) -> bool:
    """Whether a label on this side doesn't touch its point, and needs a line to it."""
    return max(map(abs, side)) > 1


def free_sides(labels: Sequence[Label], points: Floats) -> list[tuple[int, int]]:
    """The side of each label on which it covers least at the worst of SIZES, chosen one after the other.

    Args:
        labels: each keeps off the others, and off the points of the others.
        points: (T, 2) the points to leave free, as shares of the picture's sides.
    """
    boxes = np.array(
        [[[label.box(side, size) for side in SIDES] for size in SIZES] for label in labels]
    )  # (labels, sizes, sides, 4)
    alone = [_costs(label, labels, points, boxes[k]) for k, label in enumerate(labels)]  # (sizes, sides) each
    chosen: dict[int, int] = {}
    for _ in range(ROUNDS):
        for k in range(len(labels)):
            taken = [boxes[j, :, side, None] for j, side in chosen.items() if j != k]  # (sizes, 1, 4) each
            over = sum((_overlap(boxes[k], other) for other in taken), np.zeros(alone[k].shape))
            chosen[k] = int(np.argmin((alone[k] + OVER_LABEL * over).max(axis=0)))
    return [SIDES[chosen[k]] for k in range(len(labels))]


def _costs(label: Label, labels: Sequence[Label], points: Floats, boxes: Floats) -> Floats:
    """What each side costs on each screen, (sizes, sides), beside no other label.

    Its points are those to leave free, and those of the other labels, each as dear as DEAR of them.
    """
    others = np.reshape([other.at for other in labels if other is not label], (-1, 2))
    dear = np.append(np.ones(len(points)), np.full(len(others), DEAR))
    x, y = (np.concatenate((points, others)) * np.array(SIZES)[:, None]).T[:, :, :, None]  # (T, sizes, 1)
    left, low, right, high = np.moveaxis(boxes, -1, 0)
    covered = np.tensordot(dear, (x > left) & (x < right) & (y > low) & (y < high), axes=1)
    width, height = np.array(SIZES).T[:, :, None]
    outside = (left < 0) | (right > width) | (low < 0) | (high > height)
    away = np.maximum(np.abs(SIDES) - 1, 0).sum(axis=1)
    costs: Floats = covered + AWAY * away + OUTSIDE * outside
    return costs


def _overlap(boxes: Floats, other: Floats) -> NDArray[np.bool_]:
    """Which boxes (…, 4) overlap others."""
    left, low, right, high = np.moveaxis(boxes, -1, 0)
    l, w, r, h = np.moveaxis(other, -1, 0)
    overlap: NDArray[np.bool_] = (left < r) & (right > l) & (low < h) & (high > w)
    return overlap
