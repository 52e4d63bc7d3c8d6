"""What a script has to do at which mini-batch: a run's journal, counted in steps instead of frames."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from engine.arrays import check_count, check_type
from engine.runs.experiment import ALL, Experiment
from engine.runs.journal import ParameterSet
from engine.runs.run import Run
from engine.runs.settings import Settings

MOST_EPOCHS = 10**6
"""Beyond, no script would end."""


@dataclass(frozen=True)
class Change:
    """What changes after so many steps: the settings, parameters set by hand, or both."""

    frame: int
    step: int
    epoch: float  # the same in epochs
    settings: Settings  # that hold from here on
    parameters: tuple[tuple[int, float], ...]  # index into theta, and the number


@dataclass(frozen=True)
class Plan:
    """A run up to an epoch.

    Attributes:
        experiment: as at frame 0.
        rows, batch: the training samples, and those of a mini-batch.
        epochs, steps: to train, and all their mini-batches.
        first:       parameters set by hand before training: index into theta, and the number.
        changes:     in the order of their steps, from 1 on.
    """

    experiment: Experiment
    rows: int
    batch: int
    epochs: int
    steps: int
    first: tuple[tuple[int, float], ...]
    changes: tuple[Change, ...]

    @property
    def legs(self) -> list[tuple[int, Settings]]:
        """The settings, each with the step from which on it holds; none for what isn't trained with."""
        legs = [(0, self.experiment.settings)]
        for change in self.changes:
            if change.settings != legs[-1][1] and change.step < self.steps:
                legs.append((change.step, change.settings))
        return legs


def plan(run: Run, epochs: int) -> Plan:
    """Count a run's frames in mini-batches, as a timeline trains them.

    Stop conditions end no script, which trains as many epochs as it is told; but a frame ends at the epoch
    at which the run stops, as it did there.

    Raises: ValueError for what is no Run, epochs out of range, an entry at a frame that is never reached.
    """
    check_type("run", run, Run)
    check_count("epochs", epochs, least=0, most=MOST_EPOCHS)
    experiment = run.experiment
    rows = experiment.training_samples
    batch = rows if experiment.batch_size == ALL else min(experiment.batch_size, rows)
    per_epoch = -(-rows // batch)
    steps, before = 0, 0
    first: tuple[tuple[int, float], ...] = ()
    changes: list[Change] = []
    for frame, entries in groupby(run.journal, attrgetter("frame")):
        steps = _steps_at(run.at(before), steps, frame - before, per_epoch)
        if steps > epochs * per_epoch:
            break
        parameters = tuple((e.index, e.value) for e in entries if isinstance(e, ParameterSet))
        before = frame
        if steps == 0:
            first = parameters
        else:
            changes.append(Change(frame, steps, steps / per_epoch, run.at(frame).settings, parameters))
    start = run.at(0)
    return Plan(start, rows, batch, epochs, epochs * per_epoch, first, tuple(changes))


def _steps_at(experiment: Experiment, steps: int, frames: int, per_epoch: int) -> int:
    """How many mini-batches are done so many frames later, if `steps` are done now."""
    if frames == 0:
        return steps
    speed, stop = experiment.speed, experiment.stop_epoch
    if experiment.unit == "mini-batch":
        return steps + frames * speed
    done = steps // per_epoch
    if stop and done + (frames - 1) * speed >= stop:
        raise ValueError(f"A script can't change what training stops before: epoch {stop} ends this run.")
    epochs = done + frames * speed
    return (min(epochs, stop) if stop else epochs) * per_epoch
