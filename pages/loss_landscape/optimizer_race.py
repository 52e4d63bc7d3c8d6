"""The race of optimisers: same start, same data, same mini-batches in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine import Experiment, Run, replay
from engine.runs.experiment import STOP_FIELDS
from engine.runs.slices import Slices
from engine.runs.stopping import StopConditions
from engine.runs.timeline import Timeline
from pages.figures.landscape.records import Track
from pages.figures.theme import LETTERS, SHAPES
from pages.live.turns import Turn
from pages.loss_landscape.settings import KINDS, RacingOptimizer, racer_label
from pages.loss_landscape.training_path import TrainingPath, reading_path
from pages.playground.user import Session


class OptimizerRace:
    """Up to four optimisers from the same start, on the same mini-batches in the same order.

    Attributes:
        progress: the share of all epochs that has been trained; 1 once the paths are there.
        paths:    every racer's path, as far as it can be shown; none before.
    """

    def __init__(
        self, experiment: Experiment, user: Session, racers: Sequence[RacingOptimizer], epochs: int
    ) -> None:
        """Nothing is trained yet."""
        self.epochs, self.racers = epochs, tuple(racers)
        self.paths: tuple[TrainingPath, ...] = ()
        self.timelines: list[Timeline] = []
        self.progress = 0.0
        self._rest: Slices[None] | None = self._racing(experiment, user)

    def work(self, turn: Turn) -> None:
        """Train until the turn is over."""
        while self._rest is not None:
            share = next(self._rest, None)
            if share is None:
                self._rest, self.progress = None, 1.0
            else:
                self.progress = max(self.progress, min(share, 0.999))
            if turn.over:
                return

    def _racing(self, experiment: Experiment, user: Session) -> Slices[None]:
        """Train one epoch of every racer in turn, then read their paths as far as they can be shown."""
        for racer in self.racers:
            self.timelines.append(replay(Run(experiment_of(experiment, racer)), user.data))
            yield 0.0
        running = list(self.timelines)
        while running:
            for line in list(running):
                yield from self._shares(line)
                if line.stopped or line.last >= self.epochs:
                    running.remove(line)
        paths = []
        for line, racer in zip(self.timelines, self.racers, strict=True):
            paths.append(
                (yield from reading_path(line, line.last, KINDS[racer[0]].label, racer_label(racer)))
            )
        self.paths = tuple(paths)

    def _shares(self, line: Timeline) -> Slices[None]:
        """One epoch of one racer; the shares are those of the whole race."""
        for share in line.advancing():
            done = sum(1.0 if one.stopped else one.last / self.epochs for one in self.timelines)
            yield (done + share / self.epochs) / len(self.timelines)

    def results(self, tracks: Sequence[Track], threshold: float) -> list[dict[str, Any]]:
        """One row per racer: its losses and distance at the end, and when it reached the threshold."""
        rows: list[dict[str, Any]] = []
        for line, path, track in zip(self.timelines, self.paths, tracks, strict=True):
            reached = np.flatnonzero(np.array(line.train_losses) <= threshold)
            rows.append(
                {
                    "optimiser": f"{LETTERS[SHAPES[len(rows)]]} {path.label}",
                    "true loss": float(track.true_losses[-1]),
                    "loss on plane": float(track.plane_losses[-1]),
                    "distance from the plane": float(track.distances[-1]),
                    "epochs to loss": int(reached[0]) if reached.size else None,
                    "end": path.ended or f"ran {path.last} epochs",
                }
            )
        return rows


def experiment_of(experiment: Experiment, racer: RacingOptimizer) -> Experiment:
    """The experiment with the racer's optimiser and learning rate, by epochs and without stop conditions."""
    kind, rate = KINDS[racer[0]], racer[1]
    changes: dict[str, Any] = {"optimizer": kind.optimizer, "optimizer_parameters": kind.parameters}
    never = {field: getattr(StopConditions(), name) for name, field in STOP_FIELDS.items()}
    return replace(experiment, learning_rate=rate, speed=1, unit="epoch", **changes, **never)
