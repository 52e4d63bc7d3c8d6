"""A run is kept frame by frame, so that it can be rewound and goes on from any moment as it did before."""

import math
from array import array
from collections.abc import Callable, MutableSequence, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, brief, check_choice, check_count, check_number, check_type, rule_of
from engine.data.datasets import DataSplit
from engine.network import Network
from engine.runs.checkpoint import read_checkpoint, write_checkpoint
from engine.runs.experiment import LIVE, Experiment
from engine.runs.journal import (
    LARGEST_WEIGHT,
    MOST_ENTRIES,
    Entry,
    ParameterSet,
    ParametersFrozen,
    SettingChanged,
)
from engine.runs.run import Run, folded
from engine.runs.settings import UNITS, Settings
from engine.runs.slices import Slices, finish
from engine.runs.stopping import Lows, Stop, StopConditions, diverged
from engine.runs.work import SLICE, step_work
from engine.training import Record, Trainer

Metric = Callable[[Array, Array], float]
Standing = tuple[dict[str, Any], Settings]
"""A trainer's whole state, and the settings that it was trained with last."""
WHOLE, SPARSE, LEAST_KEPT = 600, 128, 32
"""Frames that keep their whole state, the newest and of the older ones; at least, however large they are."""
MOST_NUMBERS = 4500
"""Parameters of the largest network of which so many frames are kept: 65 MB of the newest with Adam."""
MOST_VISITED = 4
"""Rebuilt frames whose states are kept, so that going back to them takes no time."""
MOST_STEPS = 60
"""Frames whose last step is kept while it is watched: those ahead of what is shown, and as many before."""


@dataclass(frozen=True)
class LastStep:
    """The last mini-batch's step of a frame: it led from theta on by step, and nothing is set by hand yet."""

    theta: Array  # (P,)
    step: Array  # (P,) what was added to theta


class Follower(Protocol):
    """Who is told of a timeline's frames."""

    def recorded(self, timeline: "Timeline", frame: int) -> None:
        """The trainer stands, measured, at a frame whose numbers have just been recorded."""

    def dropped(self, length: int) -> None:
        """The frames from this one on are given up."""


@dataclass(frozen=True)
class Pace:
    """How frames are trained: how far each goes, with which settings, and when training ends."""

    speed: int
    unit: str
    settings: Settings
    stop: StopConditions


@dataclass(frozen=True)
class Frame:
    """One moment of a run."""

    frame: int
    epoch: int
    step: int
    progress: float  # the epochs done, with the share of the present one
    train_loss: float
    test_loss: float
    penalty: float  # not in the losses
    train_metric: float  # NaN where undefined
    test_metric: float
    learning_rate: float
    clipped: int  # steps of this frame only


class Timeline:
    """A trainer with a memory. Frame 0 is the initial weights; each further frame is `speed` epochs on,
    or `speed` mini-batches.

    The last `whole` frames keep the trainer's whole state, 600 unless given, fewer of a large network; of the
    older ones every stride-th does, `sparse` at most, with a stride that doubles as the run grows. So memory
    is bounded, and a frame between is rebuilt by training again from the state before it, which gives the
    same numbers to the bit.

    What is changed holds from the frame at which training goes on; frames recorded ahead give way then.

    Args:
        trainer, settings: the trainer at its first moment, and the settings that it has been made with.
        speed, unit, stop: see configure.
        metric:            metric(outputs, Y) -> float, e.g. accuracy.
        run:               what the trainer was made from, for a timeline that keeps a journal; see replay.
        follower:          told of each frame that is recorded, from frame 0 on, and of those given up.
    Attributes:
        trainer: stands at `frame`, the present one.
        stopped: why training can't go on past the last frame, a Stop, or None.
        follower: who is told of its frames, or None.
        revision: grows whenever frames are recorded or given up, and when something is changed.
        unrecorded: the frame of the first change that the full journal doesn't hold any more, or None.
        watching: whether the last step of each frame is noted; a frame that is sought is then trained again
                  from the one before it, if its step isn't known.
        epochs, steps, progress, train_losses …: one entry per frame.
    """

    def __init__(
        self,
        trainer: Trainer,
        settings: Settings,
        *,
        speed: int = 1,
        unit: str = "epoch",
        stop: StopConditions | None = None,
        metric: Metric | None = None,
        whole: int | None = None,
        sparse: int | None = None,
        run: Run | None = None,
        follower: Follower | None = None,
    ) -> None:
        check_type("trainer", trainer, Trainer)
        if metric is not None and not callable(metric):
            raise ValueError(f"metric must be a function of outputs and Y. Got {brief(metric)}.")
        if run is not None:
            check_type("run", run, Run)
        whole, sparse = (
            bounded(most, trainer.net.theta.size) if given is None else check_count(name, given)
            for name, given, most in (("whole", whole, WHOLE), ("sparse", sparse, SPARSE))
        )
        self.trainer, self.frame, self.revision = trainer, 0, 0
        self.stopped: Stop | None = None
        self.unrecorded: int | None = None
        self.watching = False
        self._last_steps: dict[int, LastStep] = {}
        self._settings_in_force = self._first_settings = settings
        self._paces = [(0, pace_of(speed, unit, settings, stop))]  # from which frame on each holds
        self._edits: dict[int, dict[int, float]] = {}  # parameters written by hand, by frame and index
        self._unedited: dict[int, dict[str, Any]] = {}  # states at these frames, before anything was written
        self._wanted: tuple[Pace, Experiment | None] | None = None  # chosen, but not yet trained with
        self._journal: list[Entry] = list(run.journal) if run else []
        self._moments: list[tuple[int, Experiment]] = []  # from which frame on each experiment holds
        moment = self.epochs, self.steps, self.progress = array("q"), array("q"), array("d")
        losses = self.train_losses, self.test_losses, self.penalties = array("d"), array("d"), array("d")
        metrics = self.train_metrics, self.test_metrics = array("d"), array("d")
        step = self.learning_rates, self.clipped = array("d"), array("q")
        self._series: tuple[MutableSequence[Any], ...] = (*moment, *losses, *metrics, *step)
        self._metric, self._whole, self._sparse, self._stride = metric, whole, sparse, 1
        self._lows, self.follower = Lows(), follower
        self._run: Run | None = None
        self._states: dict[int, dict[str, Any]] = {}
        self._told = 0  # frames after 0 and before this one have numbers that resume was given
        self._visited: dict[int, dict[str, Any]] = {}
        rows = min(trainer.batch_size, trainer.samples)
        work = step_work(rows, trainer.net.theta.size, len(trainer.net.W))
        self._slice = max(1, SLICE // work)  # mini-batches
        self._first = trainer.state()  # before anything is written by hand
        if run:
            self._follow(run)
        self._write_edits(0)
        self._append(trainer.measure())

    @property
    def last(self) -> int:
        """The newest frame recorded."""
        return len(self.epochs) - 1

    def __repr__(self) -> str:
        moment = self[self.frame]
        test = "" if math.isnan(moment.test_loss) else f", test loss {moment.test_loss:.4g}"
        losses = f"train loss {moment.train_loss:.4g}{test}"
        return f"Timeline(frame {self.frame} of {self.last}, epoch {moment.progress:.6g}, {losses})"

    def __getitem__(self, frame: int) -> Frame:
        values = [series[frame] for series in self._series]
        values[-1] -= self.clipped[max(frame - 1, 0)]
        return Frame(frame, *values)

    def records(self) -> dict[str, NDArray[Any]]:
        """All frames as columns, one entry per frame, named as in Frame: pandas.DataFrame takes it as it is.

        Frames that resume was told of have NaN where it was told nothing, until they are trained again.
        """
        columns = {"frame": np.arange(len(self.epochs))}
        names = [row.name for row in fields(Frame) if row.name != "frame"]
        columns |= {name: np.array(series) for name, series in zip(names, self._series, strict=True)}
        columns["clipped"] = np.diff(columns["clipped"], prepend=columns["clipped"][:1])
        return columns

    @property
    def pace(self) -> Pace:
        """How the frame after the present one is trained."""
        return self._wanted[0] if self._wanted else self._pace_at(self.frame)

    def pace_before(self, frame: int) -> Pace:
        """How a recorded frame was trained; frame 0 has the pace that the first frame is trained with."""
        return self._pace_at(max(frame - 1, 0))

    def _pace_at(self, frame: int) -> Pace:
        return next(pace for start, pace in reversed(self._paces) if start <= frame)

    @property
    def experiment(self) -> Experiment:
        """The experiment by which training goes on: the newest choice, or the journal up to this frame."""
        wanted = self._wanted[1] if self._wanted else None
        return wanted or self.experiment_at(self.frame)

    def experiment_at(self, frame: int) -> Experiment:
        """The experiment with the journal applied up to a frame. Raises: ValueError without a journal."""
        if not self._moments:
            raise ValueError("A timeline must be made by replay to have an experiment and a journal.")
        first = self._moments[0][1]
        return next((made for start, made in reversed(self._moments) if start <= frame), first)

    @property
    def journal(self) -> tuple[Entry, ...]:
        """What was changed by hand, also at later frames; those give way to a change not yet trained with."""
        wanted = self._entries_of(self.experiment) if self._wanted else []
        if not wanted:
            return tuple(self._journal)
        return folded([*(entry for entry in self._journal if entry.frame <= self.frame), *wanted])

    def changed_at(self) -> list[int]:
        """The frames at which the journal has entries, each once."""
        return sorted({entry.frame for entry in self._journal})

    @property
    def run(self) -> Run:
        """The run up to the present frame, or to where its journal ends. Raises: ValueError without one."""
        end = self.frame if self.unrecorded is None else min(self.frame, self.unrecorded)
        first = self.experiment if self.frame == 0 else self.experiment_at(0)
        journal = self.journal
        if self._run is None or (self._run.experiment, self._run.journal) != (first, journal):
            self._run = Run(first, journal)
        return self._run.standing_at(end)

    def configure(
        self, settings: Settings, speed: int, unit: str = "epoch", stop: StopConditions | None = None
    ) -> None:
        """Train on with other settings, from the frame that stands then; frames recorded ahead give way then.

        A frame is as many epochs (or mini-batches, see unit) as speed says; stop ends the training.
        """
        self._wanted = pace_of(speed, unit, settings, stop), None
        self.stopped = None
        self.revision += 1

    def change(self, experiment: Experiment) -> None:
        """Train on with other live settings, from the frame that stands then; the journal tells of them.

        Raises: ValueError for an experiment that differs in more than live settings.
        """
        check_type("experiment", experiment, Experiment)
        if not self.experiment_at(0).same_run(experiment):
            raise ValueError("Only live settings may change within a run.")
        self._wanted = _pace_of(experiment), experiment
        self.stopped = None
        self.revision += 1

    def _entries_of(self, experiment: Experiment) -> list[Entry]:
        """What the journal says of an experiment that holds from the present frame on; nothing at frame 0."""
        present, frame = self.experiment_at(self.frame), self.frame
        names = (
            [name for name in LIVE if getattr(experiment, name) != getattr(present, name)] if frame else []
        )
        return [
            ParametersFrozen(frame, experiment.frozen) if name == "frozen"
            else SettingChanged(frame, name, getattr(experiment, name))
            for name in names
        ]  # fmt: skip

    def _adopt(self) -> None:
        """Let what was wanted hold from the present frame on."""
        if self._wanted is None:
            return
        pace, experiment = self._wanted
        unchanged = (
            experiment == self.experiment_at(self.frame) if experiment else pace == self._pace_at(self.frame)
        )
        if not unchanged:
            entries = self._entries_of(experiment) if experiment else []
            self.forget_later()
            for entry in entries:
                self._note(entry)
            if experiment:
                self._moments = [
                    *(moment for moment in self._moments if moment[0] < self.frame),
                    (self.frame, experiment),
                ]
            self._paces = [*(kept for kept in self._paces if kept[0] < self.frame), (self.frame, pace)]
        self._wanted = None

    def _note(self, entry: Entry) -> None:
        """Enter something into the journal, in place of what it replaces."""
        kept = folded([*self._journal, entry])
        if len(kept) <= MOST_ENTRIES and self.unrecorded is None:
            self._journal = list(kept)
        elif self.unrecorded is None:
            self.unrecorded = self.frame

    def _follow(self, run: Run) -> None:
        """Take experiments, paces and edits from a run whose journal is this timeline's."""
        self._run, self._moments = run, list(run.moments)
        self._paces = [(start, _pace_of(experiment)) for start, experiment in self._moments]
        self._edits = {}
        for entry in self._journal:
            if isinstance(entry, ParameterSet):
                self._edits.setdefault(entry.frame, {})[entry.index] = entry.value

    def forget_later(self) -> None:
        """Drop the frames after the present one, and all that was changed there."""
        frame = self.frame
        self.revision += 1
        self._truncate(frame + 1)
        self._paces = [moment for moment in self._paces if moment[0] <= frame]
        self._moments = [moment for moment in self._moments if moment[0] <= frame]
        self._edits = {at: values for at, values in self._edits.items() if at <= frame}
        self._unedited = {at: state for at, state in self._unedited.items() if at <= frame}
        self._journal = [entry for entry in self._journal if entry.frame <= frame]
        if self.unrecorded is not None and self.unrecorded > frame:
            self.unrecorded = None

    def advance(self) -> bool:
        """Go one frame on: train it, or go through it again if it is recorded with the present settings.

        Returns: False if training stops here, at a stop condition or because numbers left the range. Then
        `stopped` says why, and the trainer stands where it stood, at the last finite moment.
        """
        return finish(self._advancing(None))

    def advancing(self) -> Slices[bool]:
        """What advance does, in slices of bounded work; the result is the same to the bit.

        Between two slices the timeline stands at its frame as if nothing had begun: it may be read, and the
        work may be dropped or go on later.

        Raises: RuntimeError if it goes on although the revision has changed meanwhile.
        """
        return self._advancing(self._slice)

    def _advancing(self, most: int | None) -> Slices[bool]:
        if self.frame < self.last or not self._stops():
            self._adopt()
        if self.frame < self.last:
            yield from self._seeking(self.frame + 1, most)
            return True
        if self._stops():
            return False
        pace, frame = self.pace, self.frame
        home = self._standing()
        self._states.setdefault(frame, home[0])
        last_step = yield from self._train([(pace.settings, self._steps_of(pace), None)], home, most)
        record = self.trainer.measure()
        if not (record.finite and math.isfinite(float(self.trainer.net.theta.sum()))):
            self.stopped = diverged(frame, record.epoch, record.train_loss)
            self.frame = frame
            self._restore(frame)
            return False
        self.frame = frame + 1
        if self._write_edits(self.frame):
            record = self.trainer.measure()
        self._append(record)
        self._note_last_step(last_step)
        return True

    def _stops(self) -> bool:
        """Whether training stops at the last frame; `stopped` then says why."""
        self.stopped = self.stopped or self.pace.stop.met(
            self.epochs, self.train_losses, self.test_metrics, self._lows
        )
        return self.stopped is not None

    def edit(self, index: int, value: float) -> None:
        """Write a parameter by hand at the present frame, which is measured anew; later frames are dropped.

        Args:   index: into theta; value: any number from −1e6 to 1e6.
        Raises: ValueError for any other.
        """
        check_count("index", index, least=0, most=self.trainer.net.theta.size - 1)
        written = check_number("A weight", value, least=-LARGEST_WEIGHT, most=LARGEST_WEIGHT)
        self._adopt()
        self.forget_later()
        frame = self.frame
        self._unedited.setdefault(frame, self.trainer.state())
        self.trainer.net.theta[index] = written
        self._edits.setdefault(frame, {})[index] = written
        if self._moments:
            self._note(ParameterSet(frame, index, written))
        self._truncate(frame)
        self._append(self.trainer.measure())

    def undo(self) -> None:
        """Take back the newest change, and go to its frame as it was before.

        Raises: ValueError if there is none, or if the journal is full and doesn't hold the newest change.
        """
        self.revision += 1
        if self._wanted:
            self._wanted = None
            return
        if not self._journal or self.unrecorded is not None:
            raise ValueError("There is nothing to undo.")
        entry, first = self._journal[-1], self.experiment_at(0)
        if entry.frame <= self.last:
            self.seek(entry.frame)
            self.forget_later()
        self._journal.remove(entry)
        self._follow(Run(first, tuple(self._journal)))
        if isinstance(entry, ParameterSet) and entry.frame == self.frame:
            self._train_again()

    def _train_again(self) -> None:
        """Make the present frame anew: as it was before anything was written, or from the one before it."""
        frame = self.frame
        before = self._unedited.get(frame, self._first if frame == 0 else None)
        if before is None:
            self.seek(frame - 1)
            self._truncate(frame)
            self.advance()
        else:
            self._stand((before, self.pace_before(frame).settings))
            self._write_edits(frame)
            self._truncate(frame)
            self._append(self.trainer.measure())

    def checkpoint(self) -> str:
        """The trainer's state at the present frame, for resume."""
        return write_checkpoint(self.trainer.state())

    def resume(
        self,
        frame: int,
        checkpoint: str,
        losses: Array,
        *,
        clipped: int = 0,
        last_step: LastStep | None = None,
    ) -> None:
        """Go from frame 0 of a run that is only begun to a later frame, without training up to it.

        From there the run goes on as it did before, to the bit. Of the frames between the losses are taken as
        given until one of them is sought: it's trained again then.

        Args:   losses:    (frame, 2) training and test losses of the frames before it; NaN where not known.
                clipped:   steps of this frame whose gradient was clipped.
                last_step: that of this frame, where it was watched.
        Raises: ValueError for what doesn't suit this run at this frame; the timeline stays at frame 0.
        """
        check_count("frame", frame, least=0)
        if self.last or np.shape(losses) != (frame, 2):
            raise ValueError(f"losses must be two for each of {frame} frames. Got {np.shape(losses)}.")
        if frame == 0:
            return
        try:
            self._use(self._pace_at(frame - 1).settings)
            state, steps = read_checkpoint(checkpoint, self.trainer), self._steps_up_to(frame)
            per_epoch = self.trainer.steps_per_epoch
            moment = *divmod(steps[-1], per_epoch), steps[-1]
            if (state["epoch"], state["position"], state["step"]) != moment:
                raise ValueError(f"A checkpoint at frame {frame} must be {steps[-1]} steps old.")
            self.trainer.load_state(state)
        except ValueError:
            self._restore(0)
            raise
        epochs, position = np.divmod(steps[1:-1], per_epoch)
        before, unknown = check_count("clipped", clipped, least=0), np.full(frame - 1, math.nan)
        told = (
            *(epochs, steps[1:-1], epochs + position / per_epoch, losses[1:, 0], losses[1:, 1]),
            *(unknown, unknown, unknown, unknown, np.full(frame - 1, state["clipped"] - before)),
        )
        for series, values in zip(self._series, told, strict=True):
            series.extend(values.tolist())
        self._lows.restart(self.train_losses)
        self.frame = self._told = frame
        self._append(self.trainer.measure())
        self._note_last_step(last_step)

    def _steps_up_to(self, frame: int) -> NDArray[np.int64]:
        """The mini-batches trained at frames 0 … frame, as their paces have it."""
        steps, per_epoch = np.zeros(1, dtype=np.int64), self.trainer.steps_per_epoch
        ends = [start for start, _ in self._paces[1:]] + [frame]
        for (start, pace), end in zip(self._paces, ends, strict=True):
            count = np.arange(1, min(end, frame) - start + 1) * pace.speed
            if pace.unit == "epoch":
                epochs = steps[-1] // per_epoch + count
                further = np.minimum(epochs, pace.stop.epoch or epochs) * per_epoch
            else:
                further = steps[-1] + count
            steps = np.concatenate((steps, further))
        if (np.diff(steps) <= 0).any():
            raise ValueError(f"Training stops before frame {frame}.")
        return steps

    def _write_edits(self, frame: int) -> bool:
        """Write what was set by hand at a frame; says whether that was anything."""
        for index, value in self._edits.get(frame, {}).items():
            self.trainer.net.theta[index] = value
        return frame in self._edits

    def _steps_of(self, pace: Pace) -> int:
        """The number of mini-batches from the present frame to the next."""
        if pace.unit == "mini-batch":
            return pace.speed
        left = pace.stop.epoch - self.trainer.epochs_done if pace.stop.epoch else pace.speed
        return self.trainer.steps_in(max(1, min(pace.speed, left)))

    def _train(
        self, legs: Sequence[tuple[Settings, int, int | None]], home: Standing, most: int | None
    ) -> Slices[LastStep | None]:
        """Train leg after leg, each of so many mini-batches; most is their number between two pauses.

        Args:
            legs: settings, mini-batches, and the frame at its end, if what was set by hand there is written.
            home: where the trainer stands during a pause.
        Returns: the very last step, if it is watched.
        """
        revision, total, done, paused_at = self.revision, sum(leg[1] for leg in legs), 0, 0
        measured_away, last_step = False, None
        for settings, steps, frame in legs:
            self._use(settings)
            while steps:
                if most is not None and done - paused_at >= most:
                    away, paused_at = self._standing(), done
                    self._stand(home)
                    if measured_away:
                        self.trainer.measure()
                    measured_away = False
                    yield done / total
                    if self.revision != revision:
                        raise RuntimeError("The timeline has changed since this work was begun.")
                    home = self._standing()
                    self._stand(away)
                part = steps if most is None else min(steps, most - (done - paused_at))
                if self.watching and done + part == total:
                    last_step = self._train_watched(part)
                else:
                    self.trainer.train(part)
                steps, done = steps - part, done + part
            if frame is not None:
                self._write_edits(frame)
                if frame < self._told:
                    self._correct(frame, self.trainer.measure())
                    measured_away = True
        return last_step

    def _train_watched(self, steps: int) -> LastStep:
        """Train on so many mini-batches, and note what the last of them does."""
        if steps > 1:
            self.trainer.train(steps - 1)
        before = self.trainer.net.theta.copy()
        self.trainer.train(1)
        return LastStep(before, self.trainer.net.theta - before)

    def _note_last_step(self, last_step: LastStep | None) -> None:
        if last_step is None:
            return
        self._last_steps.pop(self.frame, None)
        self._last_steps[self.frame] = last_step
        if len(self._last_steps) > MOST_STEPS:
            del self._last_steps[next(iter(self._last_steps))]

    def last_step(self) -> LastStep | None:
        """The last step of the present frame.

        None at frame 0, which has none, if it isn't watched, and where a run was resumed without it.
        """
        return self._last_steps.get(self.frame) if self.watching else None

    def has_state(self, frame: int) -> bool:
        """Whether a frame was trained here and its state is kept, so that the next can be trained again."""
        return frame in self._states and frame >= self._told

    def watch(self, watching: bool) -> None:
        """Note each frame's last step from now on, or no more."""
        self.watching = watching
        if not watching:
            self._last_steps.clear()

    def seek(self, frame: int) -> None:
        """Go to any recorded frame; the trainer then stands there, to the bit as it stood the first time."""
        finish(self._seeking(frame, None))

    def seeking(self, frame: int) -> Slices[None]:
        """What seek does, in slices of bounded work: see advancing."""
        return self._seeking(frame, self._slice)

    def _seeking(self, frame: int, most: int | None) -> Slices[None]:
        if not isinstance(frame, int | np.integer) or not 0 <= frame <= self.last:
            raise ValueError(f"frame must be {rule_of(least=0, most=self.last)}. Got {brief(frame)}.")
        trained = self.watching and frame > self._told and frame not in self._last_steps
        if frame == self.frame and not trained:
            return
        latest = frame - 1 if trained else frame  # from which frame on it is trained at the latest
        nearest = self._nearest_state(latest)
        start = self.frame if nearest <= self.frame <= latest else nearest
        home = self._standing()
        if start != self.frame:
            self._load(start)
        legs = [
            (self._pace_at(at).settings, self.steps[at + 1] - self.steps[at], at + 1)
            for at in range(start, frame)
        ]
        last_step = yield from self._train(legs, home, most)
        self.trainer.measure()  # so that its outputs are those of this moment
        self.frame = frame
        if trained:
            self._note_last_step(last_step)
        if frame not in self._states:
            self._visited.pop(frame, None)
            self._visited[frame] = self.trainer.state()
            if len(self._visited) > MOST_VISITED:
                del self._visited[next(iter(self._visited))]

    def kept_theta(self, frame: int) -> Array | None:
        """The parameters (P,) at a frame whose state is kept; None at one that must be trained again."""
        state = self._states.get(frame)
        return None if state is None else state["theta"].copy()

    def _nearest_state(self, frame: int) -> int:
        """The newest frame up to this one whose state is kept."""
        if frame in self._states:
            return frame
        return max(kept for kept in (*self._states, *self._visited) if kept <= frame)

    def _correct(self, frame: int, record: Record) -> None:
        """Put the trained numbers of a frame in place of those that were told."""
        for series, value in zip(self._series, self._values(record), strict=True):
            series[frame] = value
        if frame % self._stride == 0:
            self._states[frame] = self.trainer.state()
        if self.follower:
            self.follower.recorded(self, frame)

    def _restore(self, frame: int) -> None:
        self._load(frame)
        self.trainer.measure()

    def _load(self, frame: int) -> None:
        state = self._states.get(frame) or self._visited[frame]
        before = self._pace_at(frame - 1).settings if frame else self._first_settings
        self._stand((state, before))  # the optimiser's memory is that of the steps up to this frame

    def _standing(self) -> Standing:
        return self.trainer.state(), self._settings_in_force

    def _stand(self, standing: Standing) -> None:
        state, settings = standing
        self._use(settings)
        self.trainer.load_state(state)

    def _use(self, settings: Settings) -> None:
        if settings != self._settings_in_force:
            settings.apply(self.trainer)
            self._settings_in_force = settings

    def _truncate(self, length: int) -> None:
        if length > self.last:
            return
        self.stopped, self._told = None, min(self._told, length)
        if self.follower:
            self.follower.dropped(length)
        for series in self._series:
            del series[length:]
        self._lows.restart(self.train_losses)
        self._states = {frame: state for frame, state in self._states.items() if frame < length}
        self._visited = {frame: state for frame, state in self._visited.items() if frame < length}
        self._last_steps = {frame: step for frame, step in self._last_steps.items() if frame < length}

    def _values(self, record: Record) -> tuple[float, ...]:
        """What the series hold of the trainer's present moment."""
        trainer = self.trainer
        sides = zip(trainer.outputs(), (trainer.Y, trainer.Y_test), strict=True)
        metrics = [self._metric(A, Y) if self._metric and len(Y) else math.nan for A, Y in sides]
        moment = record.epoch, record.step, trainer.progress
        losses = record.train_loss, record.test_loss, record.penalty
        return (*moment, *losses, *metrics, record.learning_rate, record.clipped)

    def _append(self, record: Record) -> None:
        """Record the trainer's present moment as the newest frame, and thin out the old states."""
        newest = len(self.epochs)
        self.revision += 1
        for series, value in zip(self._series, self._values(record), strict=True):
            series.append(value)
        self._lows.append(record.train_loss)
        self._states[newest] = self.trainer.state()
        leaving = newest - self._whole
        if leaving > 0 and leaving % self._stride:
            self._states.pop(leaving, None)
        if leaving // self._stride > self._sparse:
            self._stride *= 2
            self._states = {
                frame: state
                for frame, state in self._states.items()
                if frame > leaving or frame % self._stride == 0
            }
        if self.follower:
            self.follower.recorded(self, newest)


def bounded(most: int, parameters: int) -> int:
    """How many states of a network are kept, so that all take no more memory than `most` of 4,500 parameters.

    max(min(most, 32), ⌊most · min(1, 4500 / P)⌋)
    """
    return max(min(most, LEAST_KEPT), most * MOST_NUMBERS // max(parameters, MOST_NUMBERS))


def _pace_of(experiment: Experiment) -> Pace:
    return pace_of(experiment.speed, experiment.unit, experiment.settings, experiment.stop_conditions)


def pace_of(speed: int, unit: str, settings: Settings, stop: StopConditions | None) -> Pace:
    """The pace, checked."""
    check_type("settings", settings, Settings)
    unit, stop = check_choice("unit", unit, UNITS), StopConditions() if stop is None else stop
    check_type("stop", stop, StopConditions)
    return Pace(check_count("speed", speed), unit, settings, stop)


def replay(
    run: Run, data: DataSplit | None = None, follower: Callable[[Network], Follower] | None = None
) -> Timeline:
    """A timeline at frame 0 that follows the run's journal: advance() applies each entry at its frame.

    Args:   data: the experiment's own, where it has been made already; follower: makes one for its network.
    Raises: ValueError for what is no Run, such as an Experiment: Run(experiment) is one.
    """
    check_type("run", run, Run)
    experiment = run.experiment
    trainer = experiment.trainer(data)
    return Timeline(
        trainer,
        experiment.settings,
        speed=experiment.speed,
        unit=experiment.unit,
        stop=experiment.stop_conditions,
        metric=experiment.metric,
        run=run,
        follower=follower(trainer.net) if follower else None,
    )
