"""Two runs that are to be compared, each at its frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine import Experiment, Run, Timeline
from engine.analysis.planes import Plane
from engine.data.own import Table
from engine.threads import one_blas_thread
from pages.playground.input_axes import input_axes
from pages.playground.map_plane import USUAL_PLANE, PlaneView
from pages.playground.probe import usual_probe
from pages.playground.recovery import read_record
from pages.playground.session import Session

Floats = NDArray[np.float64]
LONGEST_NAME = 60
THIS = "This run"


@dataclass(frozen=True, eq=False)
class Side:
    """A run as it stands beside another one.

    Attributes:
        name:     what the user calls it.
        timeline: stands at the frame that is shown.
        view:     which plane its map shows of more than two inputs.
        point:    the probe's, through which that plane goes.
    """

    name: str
    timeline: Timeline
    view: PlaneView
    point: tuple[float, ...]

    @property
    def plane(self) -> Plane:
        """What its map shows."""
        return self.view.seen_from(self.point)

    @property
    def seen(self) -> str:
        """Which plane that is, in words; "" for points in the plane."""
        return self.view.words(self.point)

    @property
    def run(self) -> Run:
        """The run, at its frame."""
        return self.timeline.run.standing_at(self.timeline.frame)

    @property
    def epoch(self) -> float:
        """The epochs done."""
        return self.timeline.progress[self.timeline.frame]

    def losses(self) -> tuple[Floats, Floats]:
        """Epochs and losses of the frames up to its own: of the test data, if there are any."""
        line, seen = self.timeline, slice(self.timeline.frame + 1)
        tested = bool(len(line.trainer.Y_test))
        losses = line.test_losses if tested else line.train_losses
        return np.array(line.progress[seen], dtype=np.float64), np.array(losses[seen], dtype=np.float64)


def read_side(given: object, user: Session) -> Side:
    """A side as the browser names it, and so possibly anything; None stands for the run of the player.

    Expected are its "name" and the "record" that the tab has kept.

    Raises: ValueError, in one sentence.
    """
    if given is None:
        user.stand_at_shown()
        return this_side(user)
    if not isinstance(given, Mapping) or not isinstance(name := given.get("name"), str):
        raise ValueError("A kept run must have a name and a record.")
    record = read_record(given.get("record"))
    experiment = record.run.experiment
    data = experiment.data()
    with one_blas_thread():
        timeline = record.timeline(data)
        timeline.seek(record.run.frame)
    view = PlaneView(experiment, data, input_axes(experiment, data), record.plane)
    return Side(name[:LONGEST_NAME].strip() or "A kept run", timeline, view, record.probe.point)


def this_side(user: Session) -> Side:
    """The run of the player at the frame at which its timeline stands."""
    return Side(THIS, user.timeline, user.plane, user.probe.point)


def unseen_side(name: str, timeline: Timeline) -> Side:
    """A run that nobody has looked at yet: its map shows the usual plane, through the usual probe."""
    experiment = timeline.experiment
    data = experiment.data()
    view = PlaneView(experiment, data, input_axes(experiment, data), USUAL_PLANE)
    return Side(name, timeline, view, usual_probe(experiment).point)


def on_one_plane(first: Side, second: Side) -> tuple[Side, Side]:
    """Both as they are, but for the second one's map: of the same inputs it shows the first one's plane.

    Where the two networks see one table in other units, as with another split, that is the plane through the
    same point in the data's own units, and components are those of each one's training rows.
    """
    if _columns(first.run.experiment) != _columns(second.run.experiment):
        return first, second
    seen, other = first.view.axes, second.view.axes
    if seen.same_units(other):
        return first, replace(second, view=first.view, point=first.point)
    point = tuple(other.as_seen(k, seen.in_own_units(k, value)) for k, value in enumerate(first.point))
    return first, replace(second, view=second.view.showing(first.view.plane), point=point)


def _columns(experiment: Experiment) -> tuple[tuple[str, ...], Table | None]:
    """What the coordinates of the points are."""
    table = experiment.table
    return experiment.problem.coordinates, table and replace(table, standardised=True)
