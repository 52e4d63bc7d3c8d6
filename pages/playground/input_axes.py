"""The axes of a data set's inputs: how far they reach, and how their units become what the network sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine import Experiment
from engine.analysis.planes import Range, ranges
from engine.arrays import Array
from engine.data.datasets import DataSplit
from engine.data.own import mean_and_deviation


@dataclass(frozen=True, eq=False)
class InputAxes:
    """What is known of each of C coordinates.

        in the data's units = mean + deviation · coordinate

    Attributes:
        mean, deviation: (C,) 0 and 1 where the network sees the data's own units.
        reach:  from where to where the map shows each coordinate, as the network sees it.
        spread: (C,) the deviation over the training points, as the network sees them.
        usual:  (C,) the mean over the training points, as the network sees them.
    """

    mean: Array
    deviation: Array
    reach: tuple[Range, ...]
    spread: Array
    usual: Array

    def in_own_units(self, k: int, value: float) -> float:
        """Coordinate k in the data's units."""
        return float(self.mean[k] + self.deviation[k] * value)

    def as_seen(self, k: int, value: float) -> float:
        """Coordinate k, given in the data's units, as the network sees it."""
        return float((value - self.mean[k]) / self.deviation[k])

    def same_units(self, other: InputAxes) -> bool:
        """Whether another network sees these coordinates in the same units."""
        mine, others = ((axes.mean, axes.deviation) for axes in (self, other))
        return np.array_equal(mine, others)

    def described(self) -> dict[str, Any]:
        """What the player is told; no scales where the network sees the data's own units."""
        scaled = bool(self.mean.any() or (self.deviation != 1.0).any())
        scales = np.column_stack((self.mean, self.deviation)).tolist() if scaled else []
        return {
            "scales": scales,
            "ranges": [list(ends) for ends in self.reach],
            "spread": self.spread.tolist(),
        }


def input_axes(experiment: Experiment, data: DataSplit) -> InputAxes:
    """The axes of an experiment's data.

    Points in the plane, and the given five-input ones, have a square around 0. Columns of a table that has
    more than two reach as far as its rows do, each in its own units.
    """
    problem, table, count = experiment.problem, experiment.table, data.X.shape[1]
    mean, deviation = np.zeros(count), np.ones(count)
    if table is not None and table.standardised:
        own = table.scale(experiment.train_share, experiment.data_seed)
        mean[: len(own[0])], deviation[: len(own[1])] = own
    usual, spread = mean_and_deviation(data.X)
    if table is not None and table.standardised:
        usual, spread = np.zeros(count), np.ones(count)
    reach: tuple[Range, ...] = ((-problem.domain, problem.domain),) * count
    if table is not None and problem.held:
        ends = (np.array(ranges(table.X)) - mean[:, None]) / deviation[:, None]
        reach = tuple((float(low), float(high)) for low, high in ends)
    return InputAxes(mean, deviation, reach, spread, usual)
