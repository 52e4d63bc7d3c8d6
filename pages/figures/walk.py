"""A run of gradient descent as the figures draw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Walk:
    """The points (k + 1, d) of a run, f there (k + 1,), the step that is shown, and the regime of its path.

    Raises: ValueError if points and values differ in length.
    """

    points: Floats
    values: Floats
    mark: int = 0
    regime: str | None = None

    def __post_init__(self) -> None:
        if len(self.points) != len(self.values):
            lengths = f"{len(self.points)} and {len(self.values)}"
            raise ValueError(f"points and values must have the same length. Got {lengths}.")
