"""The training that the landscape shows: the playground's as it is now, or a copy that is trained here."""

from __future__ import annotations

import time
from dataclasses import dataclass

from engine import Experiment, ParameterSet, replay
from engine.analysis.landscape import Path, Plane, following
from engine.arrays import Array
from engine.network import Network
from engine.runs.slices import Slices
from engine.runs.timeline import Timeline
from pages.loss_landscape.training_path import TrainingPath, reading_path
from pages.playground.user import Session

FIRST_FRAMES = 60
"""Frames that are trained automatically when the playground has trained none yet."""
FIRST_SECONDS = 1.5
"""Most seconds that this may take."""
MOST_FRAMES = 600
"""Most frames trained automatically when a link asks for a later one."""


@dataclass(frozen=True, eq=False)
class Recording:
    """A training run with its path, and a network on which the loss can be measured anywhere.

    Attributes:
        timeline: the playground's own, always left at the frame where it was, or that of a copy.
        net:      a network of the same shape, to be set to any parameters.
        copied:   whether it is a copy's.
        note:     one sentence if this is a copy, or if the path was cut short; otherwise "".
    """

    experiment: Experiment
    timeline: Timeline
    net: Network
    path: TrainingPath
    copied: bool
    note: str

    def following(self, thetas: Array, plane: Plane) -> Slices[Path]:
        """Project parameters (T, P) onto the plane, and measure the loss at them and at their projections."""
        trainer = self.timeline.trainer
        return following(self.net, trainer.X, trainer.Y, trainer.loss, thetas, plane)

    def is_edited(self, frame: int) -> bool:
        """Whether weights were set by hand up to a frame."""
        return any(
            isinstance(entry, ParameterSet) and entry.frame <= frame for entry in self.timeline.journal
        )


def recording(user: Session, frame: int) -> Slices[Recording]:
    """The playground's training up to the frame that was played; if there is none yet, that of a copy.

    Args:
        frame: a copy is trained up to this frame if FIRST_SECONDS suffice.
    """
    timeline, last, note = user.timeline, min(user.reached, user.timeline.last), ""
    copied = last == 0
    if copied:
        timeline = yield from _copying(user, frame)
        last = timeline.last
        unit = "epochs" if user.experiment.unit == "epoch" else "frames"
        count = f"{timeline[last].progress:g}" if unit == "epochs" else str(last)
        note = f"No run yet: trained {count} {unit} here; the playground itself stays as it is."
    path = yield from reading_path(timeline, last, "path", "path")
    if path.ended:
        note = f"{note} The path {path.ended}.".strip()
    return Recording(user.experiment, timeline, user.experiment.network(), path, copied, note)


def _copying(user: Session, frame: int) -> Slices[Timeline]:
    """A new timeline of the same run, trained for a bounded time, but one frame at least."""
    timeline = replay(user.timeline.run.standing_at(0), user.data)
    yield 0.0
    wanted, end = max(FIRST_FRAMES, min(frame, MOST_FRAMES)), time.monotonic() + FIRST_SECONDS
    while timeline.last < wanted:
        for share in timeline.advancing():
            yield (timeline.last + share) / wanted
        if timeline.stopped or time.monotonic() > end:
            break
    return timeline
