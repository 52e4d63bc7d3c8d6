"""The race of optimisers: same start, same data, same mini-batches in the same order."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine import Experiment, Run, replay
from engine.runs.experiment import STOP_FIELDS
from engine.runs.stopping import StopConditions
from engine.threads import one_blas_thread
from pages.figures.landscape.records import Track
from pages.figures.theme import LETTERS, SHAPES
from pages.loss_landscape.settings import KINDS, RacingOptimizer, racer_label
from pages.loss_landscape.training_path import TrainingPath, read_path
from pages.playground.user import Session


class OptimizerRace:
    """Up to four optimisers from the same start, on the same mini-batches in the same order."""

    def __init__(
        self, experiment: Experiment, user: Session, racers: Sequence[RacingOptimizer], epochs: int
    ) -> None:
        """Set up a timeline per racer; nothing is trained yet."""
        self.epochs, self.racers = epochs, tuple(racers)
        experiments = [experiment_of(experiment, racer) for racer in racers]
        self.timelines = [replay(Run(one), user.data) for one in experiments]
        self._paths: tuple[TrainingPath, ...] = ()

    @property
    def progress(self) -> float:
        """The share of all epochs that has been trained, 0 to 1."""
        done = [1.0 if line.stopped else line.last / self.epochs for line in self.timelines]
        return sum(done) / len(done)

    def work(self, seconds: float) -> None:
        """Train for about this many seconds, one epoch of every racer in turn."""
        end = time.monotonic() + seconds
        with one_blas_thread():
            while self.progress < 1:
                for line in self.timelines:
                    if line.last < self.epochs and not line.stopped:
                        line.advance()
                if time.monotonic() > end:
                    return

    def paths(self) -> tuple[TrainingPath, ...]:
        """Every racer's path, as far as it can be shown; call it once progress is 1."""
        if not self._paths:
            with one_blas_thread():
                self._paths = tuple(
                    read_path(line, line.last, KINDS[racer[0]].label, racer_label(racer))
                    for line, racer in zip(self.timelines, self.racers, strict=True)
                )
        return self._paths

    def results(self, tracks: Sequence[Track], threshold: float) -> list[dict[str, Any]]:
        """One row per racer: its losses and distance at the end, and when it reached the threshold."""
        rows: list[dict[str, Any]] = []
        for line, path, track in zip(self.timelines, self.paths(), tracks, strict=True):
            reached = np.flatnonzero(np.array(line.train_losses) <= threshold)
            rows.append(
                {
                    "optimiser": f"{LETTERS[SHAPES[len(rows)]]} {path.label}",
                    "true loss": float(track.true_losses[-1]),
                    "loss on plane": float(track.plane_losses[-1]),
                    "off the plane": float(track.distances[-1]),
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
