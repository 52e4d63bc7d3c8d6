"""The race of optimisers: same start, same data, same mini-batches in the same order."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine import Experiment
from engine.runs.experiment import STOP_FIELDS
from engine.runs.stopping import StopConditions
from engine.threads import one_blas_thread
from pages.figures.landscape.records import Track
from pages.figures.theme import LETTERS, SHAPES
from pages.loss_landscape.settings import KINDS, Racer, racer_label
from pages.loss_landscape.walk import Walk, read_walk
from pages.playground.user import Session


class Race:
    """Up to four optimisers from the same start, on the same mini-batches in the same order."""

    def __init__(self, experiment: Experiment, user: Session, racers: Sequence[Racer], epochs: int) -> None:
        """Nothing is trained yet."""
        self.epochs, self.racers = epochs, tuple(racers)
        entries = [entry_of(experiment, racer) for racer in racers]
        self.timelines = [entry.timeline(user.data) for entry in entries]
        self._walks: tuple[Walk, ...] = ()

    @property
    def progress(self) -> float:
        """The share of all epochs that is trained."""
        done = [1.0 if line.stopped else line.last / self.epochs for line in self.timelines]
        return sum(done) / len(done)

    def work(self, seconds: float) -> None:
        """Train on for about so long, every racer in turn."""
        end = time.monotonic() + seconds
        with one_blas_thread():
            while self.progress < 1:
                for line in self.timelines:
                    if line.last < self.epochs and not line.stopped:
                        line.advance()
                if time.monotonic() > end:
                    return

    def walks(self) -> tuple[Walk, ...]:
        """Every racer's path, as far as it can be shown; call it when all is trained."""
        if not self._walks:
            with one_blas_thread():
                self._walks = tuple(
                    read_walk(line, line.last, KINDS[racer[0]].label, racer_label(racer))
                    for line, racer in zip(self.timelines, self.racers, strict=True)
                )
        return self._walks

    def standings(self, tracks: Sequence[Track], threshold: float) -> list[dict[str, Any]]:
        """One row per racer: where it ended, how far off the plane, and when it reached the threshold."""
        rows: list[dict[str, Any]] = []
        for line, walk, track in zip(self.timelines, self.walks(), tracks, strict=True):
            reached = np.flatnonzero(np.array(line.train_losses) <= threshold)
            rows.append(
                {
                    "optimiser": f"{LETTERS[SHAPES[len(rows)]]} {walk.label}",
                    "true loss": float(track.true_losses[-1]),
                    "loss on plane": float(track.plane_losses[-1]),
                    "off the plane": float(track.distances[-1]),
                    "epochs to loss": int(reached[0]) if reached.size else None,
                    "end": walk.ended or f"ran {walk.last} epochs",
                }
            )
        return rows


def entry_of(experiment: Experiment, racer: Racer) -> Experiment:
    """The experiment with the racer's optimiser and nothing else changed; it runs to the end."""
    kind, rate = KINDS[racer[0]], racer[1]
    changes: dict[str, Any] = {"optimizer": kind.optimizer, "optimizer_parameters": kind.parameters}
    never = {field: getattr(StopConditions(), name) for name, field in STOP_FIELDS.items()}
    return replace(experiment, learning_rate=rate, speed=1, unit="epoch", **changes, **never)
