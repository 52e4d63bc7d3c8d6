"""A run is kept frame by frame, so that it can be rewound and goes on from any moment as it did before."""

import math
from array import array
from collections.abc import Callable, MutableSequence
from dataclasses import dataclass
from typing import Any

from engine.arrays import Array, check_choice, check_count, check_number
from engine.runs.settings import Settings
from engine.runs.stopping import Stop, StopConditions, diverged
from engine.training import Record, Trainer

UNITS = ("epoch", "mini-batch")
Metric = Callable[[Array, Array], float]
Pace = tuple[int, str, Settings]  # speed, unit, settings


@dataclass(frozen=True)
class Frame:
    """One moment of a run."""

    frame: int
    epoch: int
    step: int
    progress: float  # epochs done, with the fraction of the present one
    train_loss: float
    test_loss: float
    train_metric: float  # NaN where undefined
    test_metric: float
    learning_rate: float
    clipped: int  # steps of this frame only


class Timeline:
    """A trainer with a memory: frame 0 is the initial weights, and each later frame comes `speed` epochs, or
    mini-batches, after the one before.

    The last `whole` frames keep the trainer's whole state. Of the older ones every stride-th does, at most
    `sparse` of them, and the stride doubles as the run grows. So memory is bounded, and a frame in between is
    rebuilt by training again from the last state before it, which gives the same numbers bit for bit.

    Args:
        trainer, settings: the trainer before its first step, and the settings that it was made with.
        speed, unit, stop: see configure.
        metric:            metric(outputs, Y) -> float, e.g. accuracy.
    Attributes:
        trainer: as it is at `frame`, the present one.
        stopped: the Stop that says why training doesn't continue after the last frame, or None.
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
        whole: int = 600,
        sparse: int = 128,
    ) -> None:
        self.trainer, self.frame = trainer, 0
        self._settings_in_force = settings
        self.configure(settings, speed, unit, stop)
        moment = self.epochs, self.steps, self.progress = array("q"), array("q"), array("d")
        losses = self.train_losses, self.test_losses = array("d"), array("d")
        metrics = self.train_metrics, self.test_metrics = array("d"), array("d")
        step = self.learning_rates, self.clipped = array("d"), array("q")
        self._paces: list[Pace] = []
        self._series: tuple[MutableSequence[Any], ...] = (*moment, *losses, *metrics, *step, self._paces)
        self._metric, self._whole, self._sparse, self._stride = metric, whole, sparse, 1
        self._states: dict[int, dict[str, Any]] = {}
        self._pinned: set[int] = set()  # frames that no replay reaches: a weight was set there by hand
        self._append(trainer.measure(), self._pace)

    @property
    def last(self) -> int:
        """The newest frame recorded."""
        return len(self.epochs) - 1

    def __getitem__(self, frame: int) -> Frame:
        values = [series[frame] for series in self._series[:-1]]  # all but the pace
        values[-1] -= self.clipped[max(frame - 1, 0)]
        return Frame(frame, *values)

    def configure(
        self, settings: Settings, speed: int, unit: str = "epoch", stop: StopConditions | None = None
    ) -> None:
        """Train the frames to come with other settings; frames recorded ahead are dropped when it trains.

        Args:
            settings: of the optimiser.
            speed:    epochs, or mini-batches, per frame.
            unit:     "epoch" or "mini-batch".
            stop:     conditions that end training; None for none.
        """
        self._pace: Pace = check_count("speed", speed), check_choice("unit", unit, UNITS), settings
        self.speed, self.unit, self.settings = self._pace
        self.stop = stop or StopConditions()
        self.stopped: Stop | None = None

    def advance(self) -> bool:
        """Advance by one frame: train it, or replay it if it was recorded with the present settings.

        Returns: False if training stops here, at a stop condition or because numbers overflowed. Then
        `stopped` says why, and the trainer is as it was, at the last finite moment.
        """
        following = self.frame + 1
        if following <= self.last and self._paces[following] == self._pace:
            self.seek(following)
            return True
        if self.frame == self.last:
            self.stopped = self.stopped or self.stop.met(self.epochs, self.train_losses, self.test_metrics)
            if self.stopped:
                return False
        self._truncate(following)
        self._states.setdefault(self.frame, self.trainer.state())
        self._use(self.settings)
        record = self._train()
        if not (record.finite and math.isfinite(float(self.trainer.net.theta.sum()))):
            self.stopped = diverged(self.frame, record.epoch, record.train_loss)
            self._restore(self.frame)
            return False
        self.frame = following
        self._append(record, self._pace)
        return True

    def edit(self, index: int, value: float) -> float:
        """Set a parameter by hand at the present frame, which is measured again; later frames are dropped.

        Args:
            index: into theta.
            value: from −1e6 to 1e6.
        Returns: the value before.
        Raises:  ValueError for any other value.
        """
        theta, frame, pace = self.trainer.net.theta, self.frame, self._paces[self.frame]
        old = float(theta[index])
        theta[index] = check_number("A weight", value, least=-1e6, most=1e6)
        self._truncate(frame)
        self._pinned.add(frame)
        self._append(self.trainer.measure(), pace)
        return old

    def _train(self) -> Record:
        if self.unit == "mini-batch":
            return self.trainer.steps(self.speed)
        left = self.stop.epoch - self.trainer.epochs_done if self.stop.epoch else self.speed
        return self.trainer.epochs(max(1, min(self.speed, left)))

    def seek(self, frame: int) -> None:
        """Go to a recorded frame; the trainer is then, bit for bit, as it was there the first time."""
        if not 0 <= frame <= self.last:
            raise ValueError(f"frame must be between 0 and {self.last}. Got {frame}.")
        nearest = max(kept for kept in self._states if kept <= frame)
        at = self.frame if nearest <= self.frame <= frame else nearest
        if at != self.frame:
            self._restore(at)
        while at < frame:
            at += 1
            self._use(self._paces[at][2])
            self.trainer.steps(self.steps[at] - self.steps[at - 1])
        self.frame = frame

    def _restore(self, frame: int) -> None:
        self._use(self._paces[frame][2])
        self.trainer.load_state(self._states[frame])
        self.trainer.measure()  # so that its outputs belong to this frame

    def _use(self, settings: Settings) -> None:
        if settings != self._settings_in_force:
            settings.apply(self.trainer)
            self._settings_in_force = settings

    def _truncate(self, length: int) -> None:
        if length > self.last:
            return
        self.stopped = None
        for series in self._series:
            del series[length:]
        self._states = {frame: state for frame, state in self._states.items() if frame < length}
        self._pinned = {frame for frame in self._pinned if frame < length}

    def _append(self, record: Record, pace: Pace) -> None:
        """Record the trainer's present moment as the newest frame, and thin out the old states."""
        trainer, newest = self.trainer, len(self.epochs)
        sides = zip(trainer.outputs(), (trainer.Y, trainer.Y_test), strict=True)
        metrics = [self._metric(A, Y) if self._metric and len(Y) else math.nan for A, Y in sides]
        moment, losses = (record.epoch, record.step, trainer.progress), (record.train_loss, record.test_loss)
        values = (*moment, *losses, *metrics, record.learning_rate, record.clipped, pace)
        for series, value in zip(self._series, values, strict=True):
            series.append(value)
        self._states[newest] = trainer.state()
        leaving = newest - self._whole
        if leaving > 0 and leaving % self._stride and leaving not in self._pinned:
            self._states.pop(leaving, None)
        if leaving // self._stride > self._sparse:
            self._stride *= 2
            self._states = {
                frame: state
                for frame, state in self._states.items()
                if frame > leaving or frame % self._stride == 0 or frame in self._pinned
            }
