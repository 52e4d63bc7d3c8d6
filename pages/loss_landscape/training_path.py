"""The path of a training run through the space of its parameters, read from its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.runs.slices import Slices, finish
from engine.runs.timeline import Timeline

MOST_READ = 128
"""Most frames read of a path: a Timeline keeps as many whole, so none has to be trained again."""
AWAY_LOSS, AWAY_WEIGHT = 100.0, 1000.0
"""A path is cut once its loss exceeds AWAY_LOSS × the first loss, or a weight exceeds AWAY_WEIGHT."""


@dataclass(frozen=True, eq=False)
class TrainingPath:
    """A path of T frames: their numbers (T,), their epochs (T,), and theta at each (T, P).

    label is its full text and name a short one, as in figures.landscape.records.Track. last is the last
    frame; ended says in a few words why the path stops early, and is "" if it doesn't.
    """

    name: str
    label: str
    frames: np.ndarray[Any, np.dtype[np.int64]]
    epochs: Array
    thetas: Array
    last: int
    ended: str = ""


def read_path(timeline: Timeline, last: int, name: str, label: str) -> TrainingPath:
    """The path up to a frame, cut where it runs away; the timeline is put back to its frame."""
    return finish(reading_path(timeline, last, name, label))


def reading_path(timeline: Timeline, last: int, name: str, label: str) -> Slices[TrainingPath]:
    """The same in slices of bounded work; at a pause the timeline may stand at another frame than before."""
    present, frames = timeline.frame, milestones(last)
    thetas = np.empty((len(frames), timeline.trainer.net.theta.size))
    for row, frame in zip(thetas, frames.tolist(), strict=True):
        theta = timeline.kept_theta(frame)
        if theta is None:
            yield from timeline.seeking(frame)
            theta = timeline.trainer.net.theta
            yield frame / max(last, 1)
        row[...] = theta
    yield from timeline.seeking(present)
    losses = np.array(timeline.train_losses)[frames]
    epochs = np.array(timeline.progress)[frames]
    with np.errstate(invalid="ignore"):
        fine = (losses <= AWAY_LOSS * max(losses[0], 1e-3)) & (np.abs(thetas).max(axis=1) <= AWAY_WEIGHT)
    fine[0] = True
    kept = len(fine) if fine.all() else int(np.argmin(fine))
    ended = ""
    if kept < len(fine):
        ended = f"ran away after epoch {epochs[kept - 1]:g}"
    elif timeline.stopped and timeline.stopped.kind == "diverged" and last == timeline.last:
        ended = f"diverged after epoch {epochs[-1]:g}"
    return TrainingPath(
        name, label, frames[:kept], epochs[:kept], thetas[:kept], int(frames[kept - 1]), ended
    )


def milestones(last: int, most: int = MOST_READ) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Frames from 0 to last: all of them, or every 2nd, 4th, … as a Timeline thins out its past."""
    step = 1
    while last // step > most:
        step *= 2
    return np.union1d(np.arange(0, last + 1, step), [last])


def finding_theta(timeline: Timeline, frame: int) -> Slices[Array]:
    """The parameters at a frame; the timeline is put back to its frame."""
    kept = timeline.kept_theta(frame)
    if kept is not None:
        return kept
    present = timeline.frame
    yield from timeline.seeking(frame)
    theta = timeline.trainer.net.theta.copy()
    yield from timeline.seeking(present)
    return theta
