"""Watches a run: looks at it every few frames, and notes what keeps it from learning, from when to when."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.analysis.kinds import CLEAR, GIVEN, KINDS, Facts, Kind, Levels, Units
from engine.analysis.looks import Look, look, read_losses

if TYPE_CHECKING:
    from engine.network import Network
    from engine.runs.timeline import Timeline

EARLY = 100
EVERY = {"epoch": (20, 40), "mini-batch": (50, 100)}
"""Frames from one look to the next, up to frame EARLY and later: few, as looks take time from training."""


@dataclass(frozen=True)
class Diagnosis:
    """That something keeps the network from learning, from one frame to another.

    Attributes:
        kind:  a name in KINDS.
        unit:  the number of the hidden unit that it is about, layer after layer; None: the run.
        since: the first frame of the looks that told it.
        until: the first frame of the looks that no longer did; None while it lasts.
    """

    kind: str
    unit: int | None
    since: int
    until: int | None = None

    def holds_at(self, frame: int) -> bool:
        """Whether it is so at a frame."""
        return self.since <= frame and (self.until is None or frame < self.until)


class Hysteresis:
    """Signs, each of which counts once it was given in a few looks in a row, until it was clear in as many.

    Attributes:
        on:    which count now.
        ended: (sign, since, until) of those that counted once.
        since: the first frame of the looks in a row that gave each of those that count.
    """

    def __init__(self, patience: Sequence[int]) -> None:
        self.patience = np.array(patience, dtype=np.int64)
        self.on = np.zeros(len(patience), dtype=bool)
        self.since = np.zeros(len(patience), dtype=np.int64)
        self.ended: list[tuple[int, int, int]] = []
        self._run, self._began = self.since.copy(), self.since.copy()

    def begin(self, sign: int, since: int, until: int | None) -> None:
        """Take what was found out before the first look."""
        if until is None:
            self.on[sign], self.since[sign] = True, since
        else:
            self.ended.append((sign, since, until))

    def take(self, frame: int, levels: Levels) -> None:
        """Take the levels of the next look."""
        turns = levels == np.where(self.on, CLEAR, GIVEN)  # towards the other state
        self._began[turns & (self._run == 0)] = frame
        self._run = np.where(turns, self._run + 1, 0)
        for k in np.flatnonzero(self._run >= self.patience):
            if self.on[k]:
                self.ended.append((int(k), int(self.since[k]), int(self._began[k])))
            else:
                self.since[k] = self._began[k]
            self.on[k] = not self.on[k]
            self._run[k] = 0


class Watch:
    """What is found out about a run, a function of its frames alone: rewinding and replay change nothing.

    It follows a Timeline, which tells it of every frame that is recorded or dropped.

    Attributes: version: grows whenever the diagnoses change.
    """

    def __init__(self, net: Network) -> None:
        widths = tuple(W.shape[1] for W in net.W[:-1])
        self.units = Units(widths, net.activations[:-1])
        counts = [sum(widths) if kind.units else 1 for kind in KINDS.values()]
        self._signs = [
            (kind, k if kind.units else None)
            for kind, count in zip(KINDS.values(), counts, strict=True)
            for k in range(count)
        ]
        self._looks: list[tuple[int, bytes]] = []
        self._base: tuple[int, tuple[Diagnosis, ...]] = (-1, ())  # what was told of the frames up to one
        self.version = 0
        self._begin_again()

    def _begin_again(self) -> None:
        self._state = Hysteresis([kind.patience for kind, _ in self._signs])
        base, told = self._base
        for one in told:
            self._state.begin(self._signs.index((KINDS[one.kind], one.unit)), one.since, one.until)
        for frame, levels in self._looks:
            if frame > base:
                self._state.take(frame, np.frombuffer(levels, dtype=np.int8))
        self._tell()

    def _tell(self) -> None:
        state = self._state
        found = [self._diagnosis(*entry) for entry in state.ended]
        found += [self._diagnosis(int(k), int(state.since[k]), None) for k in np.flatnonzero(state.on)]
        self.found = tuple(found)
        self.version += 1

    def _diagnosis(self, sign: int, since: int, until: int | None) -> Diagnosis:
        kind, unit = self._signs[sign]
        return Diagnosis(kind.name, unit, since, until)

    def levels(self, seen: Look) -> Levels:
        """The level of every sign in a look."""
        return np.hstack([kind.levels(seen, self.units) for kind in KINDS.values()]).astype(np.int8)

    def recorded(self, timeline: Timeline, frame: int) -> None:
        """Look at a frame at which the timeline's trainer stands, if it is one's turn."""
        if not is_due(timeline, frame):
            return
        levels = self.levels(look_at(timeline, frame))
        if self._looks and self._looks[-1][0] >= frame:
            self._looks = [entry for entry in self._looks if entry[0] != frame]
            insort(self._looks, (frame, levels.tobytes()))
            if not any(is_due(timeline, later) for later in range(frame + 1, self._base[0])):
                self._base = -1, ()  # all that was told of has been seen
            self._begin_again()
            return
        self._looks.append((frame, levels.tobytes()))
        before = self._state.on.copy()
        self._state.take(frame, levels)
        if (before != self._state.on).any():
            self._tell()

    def diagnoses(self, timeline: Timeline) -> tuple[Diagnosis, ...]:
        """All that was found about the timeline that it follows, and whether its run has overflowed."""
        stop = timeline.stopped
        if stop is None or stop.kind != "diverged":
            return self.found
        if any(one.kind == "divergence" and one.until is None for one in self.found):
            return self.found
        return *self.found, Diagnosis("divergence", None, stop.frame)

    def dropped(self, length: int) -> None:
        """Forget the frames from this one on."""
        kept, base = bisect_left(self._looks, (length, b"")), self._base[0]
        if kept < len(self._looks) or length <= base:
            del self._looks[kept:]
            if length <= base:
                self._base = -1, ()
            self._begin_again()

    def resume(self, frame: int, told: Iterable[Diagnosis]) -> None:
        """Go on from a frame with what was found up to it, until all before it is seen again."""
        self._base = frame, tuple(told)
        self._begin_again()

    def found_by(self, frame: int) -> list[Diagnosis]:
        """What was found up to a frame; what ended later still lasts there."""
        found = [one for one in self.found if one.since <= frame]
        return [replace(one, until=None) if (one.until or 0) > frame else one for one in found]

    def evidence(self, seen: Look, kind: Kind, units: Iterable[int]) -> Facts:
        """The numbers of a look that tell a diagnosis."""
        return kind.evidence(seen, self.units, list(units))


def look_at(timeline: Timeline, frame: int) -> Look:
    """Look at a frame at which the timeline's trainer stands, measured."""
    moment, series = timeline[frame], (timeline.progress, timeline.train_losses, timeline.test_losses)
    epochs, train, test = (np.asarray(values)[: frame + 1] for values in series)  # views, not to outlive this
    losses = read_losses(epochs, train, test, moment.train_metric, moment.test_metric)
    return look(timeline.trainer, timeline.pace_before(frame).settings, frame, losses)


def is_due(timeline: Timeline, frame: int) -> bool:
    """Whether a recorded frame is one of those that are looked at."""
    if frame % EVERY["epoch"][0] and frame % EVERY["mini-batch"][0]:
        return False
    early, late = EVERY[timeline.pace_before(frame).unit]
    return frame % (late if frame > EARLY else early) == 0
