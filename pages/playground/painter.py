"""Turns one moment of a network into the bytes of one frame; the browser paints the pictures from them."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

import numpy as np

from engine import Experiment, Network, Timeline, apply_features
from engine.data.features import grid
from pages.live.protocol import MAP, TILE, Blocks, describe, pack_blocks, single, tiles
from pages.playground.inside import InsidePainter
from pages.playground.probe import Probe, target_row
from pages.playground.tables import edges, table, tabled

Array = np.ndarray[Any, Any]
STRIDE = MAP // TILE
CENTRE = slice(STRIDE // 2, None, STRIDE)
FULL_WEIGHT = 0.7
"""The weight that has the full colour, where the weights from pixels are shown as pictures."""


def factors(maps: Array) -> tuple[Array, Array]:
    """What maps of inputs are products of; fifty times fewer numbers to send.

        maps[d, i, j] = rows[d, i] · columns[d, j]

    An input that depends on x1 alone is 1 times its value in each column; x1·x2 is the product that it says.

    Args:    maps: (D, n, n), each of which is such a product.
    Returns: rows and columns, (D, n) each.
    """
    at = np.abs(maps).reshape(len(maps), -1).argmax(axis=1)  # the largest value is a pivot that is safe
    (i, j), d = np.divmod(at, maps.shape[1]), np.arange(len(maps))
    pivots = maps[d, i, j][:, None]
    return maps[d, :, j] / np.where(pivots == 0, 1, pivots), maps[d, i]


def map_range(experiment: Experiment) -> tuple[float, float]:
    """From where to where the colours of the output go, for the whole run.

    The values of a table: from their lowest to their highest, both moved outwards to a round number, a tenth
    to a hundredth of the way between them. Otherwise the range that the targets have.
    """
    table = experiment.table
    if table is None or table.classes or np.ptp(table.target) == 0.0:
        return experiment.range
    low, high = float(table.target.min()), float(table.target.max())
    unit = 10.0 ** (floor(log10(high - low)) - 1)
    return float(f"{floor(low / unit) * unit:.12g}"), float(f"{ceil(high / unit) * unit:.12g}")


class Painter:
    """Makes the frames of one experiment, which share ground, scale and order of blocks.

    Attributes:
        ground:      what the browser computes all maps from: each input's factors at the map's rows and
                     columns, unless the inputs are the coordinates of points with more than two; and the
                     tables of the network's activations with the edges of their cells.
        ground_name: its name, which no other ground has.
        probe_inputs: the values of all the data set's features at the probe.
    """

    def __init__(self, experiment: Experiment, net: Network, probe: Probe) -> None:
        """Lay out the grid of the maps, and the activations' tables."""
        problem = self._problem = experiment.problem
        self._experiment = experiment
        self.metric_in_percent = problem.kind != "regression"
        self._places = grid(1 if problem.held else MAP, domain=problem.domain, held=problem.held)
        rows = columns = np.empty((0, MAP))
        if not problem.held:
            rows, columns = factors(apply_features(self._places, experiment.features).T.reshape(-1, MAP, MAP))
        activations = tabled(net)
        self.ground: Blocks = [
            ("rows", single(rows)),
            ("columns", single(columns)),
            ("edges", edges()),
            ("tables", single([table(activation) for activation in activations])),
        ]
        named = [(activation.name, activation.parameters) for activation in activations]
        self.ground_name = str((problem.domain, problem.held, experiment.features, named))
        self._layout: dict[object, list[list[Any]]] = {}
        self.inside: InsidePainter | None = None
        low, high = map_range(experiment)
        self.center, self.scale = (low + high) / 2, (high - low) / 2
        self.look_at(probe)

    def look_at(self, probe: Probe) -> None:
        """Take the numbers of the frames to come at this probe."""
        self._targets = target_row(probe, self._experiment)
        point = np.array([probe.point])
        self._seen = apply_features(point, self._experiment.features)
        self.probe_inputs = apply_features(point, tuple(self._problem.features))[0].tolist()

    @property
    def sample(self) -> tuple[Array, Array]:
        """(1, D) the inputs and (1, K) the targets at the probe, as copies."""
        return self._seen.copy(), self._targets.copy()

    def input_tiles(self) -> Array:
        """(features, TILE, TILE) maps of all features, each scaled to ±1 by its largest absolute value.

        None of points with more than two coordinates, whose maps follow the plane that is shown, and of
        pictures, which have no map.
        """
        names = tuple(self._problem.features)
        if self._problem.held:
            return np.empty((0, TILE, TILE), dtype=np.uint8)
        maps = apply_features(self._places, names).T.reshape(len(names), MAP, MAP)
        maps = maps[:, CENTRE, CENTRE]
        return tiles(maps / np.abs(maps).max(axis=(1, 2), keepdims=True))

    def blocks(self, timeline: Timeline) -> Blocks:
        """What the player draws the timeline's current frame from."""
        trainer = timeline.trainer
        trace = trainer.net.forward(self._seen)
        with np.errstate(all="ignore"):
            loss = trainer.loss.value(trace.Z[-1], trace.A[-1], self._targets)
        blocks = [
            ("scalars", np.array([*self.scalars(timeline).values()], dtype=np.float64)),
            ("theta", single(trainer.net.theta)),
            ("probe", np.concatenate([row[0] for row in trace.A[1:]])),  # float64: its digits are printed
            ("probe_loss", np.array([loss])),
        ]
        if timeline.pace.unit == "mini-batch":
            lit = np.zeros(trainer.samples, dtype=np.uint8)
            lit[trainer.last_batch()] = 1
            blocks.append(("lit", lit))
        return blocks if self.inside is None else [*blocks, *self.inside.blocks(trace)]

    def scalars(self, timeline: Timeline) -> dict[str, float]:
        """The single numbers of a frame by name; the header lists the names."""
        frame, settings = timeline[timeline.frame], timeline.pace.settings  # those of the next step
        return {
            "frame": frame.frame,
            "epoch": frame.progress,
            "train_loss": frame.train_loss,
            "test_loss": frame.test_loss,
            "penalty": timeline.trainer.penalty(settings.l1, settings.l2),
            "metric": frame.test_metric * (100 if self.metric_in_percent else 1),
            "learning_rate": settings.rate_at(timeline.trainer.epochs_done),
            "clipped": frame.clipped,
        }

    def layout(self, timeline: Timeline) -> list[list[Any]]:
        """The layout of a frame's blocks, for the header."""
        of = timeline.pace.unit, self.inside and self.inside.number
        if of not in self._layout:
            self._layout = {of: describe(self.blocks(timeline))}
        return self._layout[of]

    def paint(self, timeline: Timeline) -> bytes:
        """The bytes of one frame."""
        return pack_blocks(self.blocks(timeline))
