"""The run that the landscape shows: the playground's as it is now, or a copy that is trained here."""

from __future__ import annotations

import time
from dataclasses import dataclass

from engine import Experiment
from engine.analysis.landscape import Path, Plane, follow
from engine.arrays import Array
from engine.network import Network
from engine.runs.timeline import Timeline
from engine.threads import one_blas_thread
from pages.loss_landscape.walk import Walk, read_walk
from pages.playground.user import Session

FIRST_FRAMES = 60
FIRST_SECONDS = 1.5
"""So long at most the page trains by itself when there is no run yet."""


@dataclass(frozen=True, eq=False)
class Run:
    """A training run with what its loss is measured on.

    Attributes:
        net:    a network of its shape, to set to any parameters.
        here:   the frame where the playground stands, or the last one of a copy.
        note:   one sentence if the run is not the playground's, or was cut short.
        edited: whether weights were set by hand.
    """

    experiment: Experiment
    timeline: Timeline
    net: Network
    walk: Walk
    here: int
    note: str
    edited: bool

    def follow(self, thetas: Array, plane: Plane) -> Path:
        """Project parameters (T, P) and measure them, where they are and where the plane shows them."""
        trainer = self.timeline.trainer
        return follow(self.net, trainer.X, trainer.Y, trainer.loss, thetas, plane)


def take_up(user: Session, frame: int) -> Run:
    """The playground's run up to where it was played; where it stands at its first frame, a copy is trained.

    Args:
        frame: so far the copy is trained, if that can be done in a short time.
    """
    timeline, last, note = user.timeline, min(user.reached, user.timeline.last), ""
    own = last == 0
    if own:
        timeline = _copy(user, frame)
        last = timeline.last
        unit = "epochs" if user.experiment.unit == "epoch" else "frames"
        count = f"{timeline[last].progress:g}" if unit == "epochs" else str(last)
        note = f"No run yet: trained {count} {unit} here; the playground itself stays as it is."
    with one_blas_thread():
        walk = read_walk(timeline, last, "path", "path")
    if walk.ended:
        note = f"{note} The path {walk.ended}.".strip()
    here = min(last if own else user.shown, walk.last)
    edited = bool(user.edits) and not own
    return Run(user.experiment, timeline, user.experiment.network(), walk, here, note, edited)


def _copy(user: Session, frame: int) -> Timeline:
    """A fresh timeline of the same experiment, trained to some frames in a bounded time."""
    timeline = user.experiment.timeline(user.data)
    wanted, end = max(FIRST_FRAMES, min(frame, 600)), time.monotonic() + FIRST_SECONDS
    with one_blas_thread():
        while timeline.last < wanted and timeline.advance() and time.monotonic() < end:
            pass
    return timeline
