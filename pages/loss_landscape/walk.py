"""Reads the path of a training run from its timeline, and leaves the timeline where it stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.runs.timeline import Timeline
from engine.threads import one_blas_thread

MOST_READ = 128
"""Frames of a path, no more than a Timeline keeps whole of its past: none has to be trained again."""
AWAY_LOSS, AWAY_WEIGHT = 100.0, 1000.0
"""A path is shown until its loss is so many times the first one, or a weight so large."""


@dataclass(frozen=True, eq=False)
class Walk:
    """A recorded path: frames (T,), epochs (T,), theta (T, P); ended says why it stops early, if it does.

    label is its full text, name the short one, as in figures.landscape.records.Track.
    """

    name: str
    label: str
    frames: np.ndarray[Any, np.dtype[np.int64]]
    epochs: Array
    thetas: Array
    last: int
    ended: str = ""


def read_walk(timeline: Timeline, last: int, name: str, label: str) -> Walk:
    """The path of a run up to a frame, cut where it runs away; the timeline is left where it stood."""
    present, frames = timeline.frame, milestones(last)
    thetas = np.empty((len(frames), timeline.trainer.net.theta.size))
    for row, frame in zip(thetas, frames.tolist(), strict=True):
        timeline.seek(frame)
        row[...] = timeline.trainer.net.theta
    timeline.seek(present)
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
    return Walk(name, label, frames[:kept], epochs[:kept], thetas[:kept], int(frames[kept - 1]), ended)


def milestones(last: int, most: int = MOST_READ) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Frames from 0 to last, evenly spread: all, or every 2nd, 4th, … as a Timeline thins out its past."""
    step = 1
    while last // step > most:
        step *= 2
    return np.union1d(np.arange(0, last + 1, step), [last])


def theta_at(timeline: Timeline, frame: int) -> Array:
    """The parameters at a frame; the timeline is left where it stood."""
    present = timeline.frame
    with one_blas_thread():
        timeline.seek(frame)
        theta = timeline.trainer.net.theta.copy()
        timeline.seek(present)
    return theta
