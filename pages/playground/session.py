"""One user's run: an experiment, its timeline, and the answers to the player."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from engine import Experiment
from engine.analysis.diagnostics import explain_stuck
from engine.data.datasets import DataSplit
from engine.data.features import COORDINATES, FEATURES
from engine.runs.provenance import summary
from engine.runs.timeline import Timeline
from engine.threads import one_blas_thread
from pages.live.protocol import pack, single
from pages.live.view import View
from pages.playground.description import described
from pages.playground.painter import Painter

MOST_FRAMES = 30
"""Most frames in one answer, so that payloads stay small and a closed tab soon costs nothing."""
SECONDS_PER_ANSWER = 0.25
"""Seconds of training after which an answer is sent, however few frames it holds."""


class Session(View[Experiment]):
    """The experiment of one user, trained as far as the player has asked for.

    What the player shows counts: training goes on from the frame that a request names.

    Attributes:
        run:        number of the present run; a reset or a new network starts the next one.
        timeline, data: of the present run.
        shown:      the frame that the player showed when it last asked.
        reached:    the newest frame that it has shown; training may be one answer ahead of it.
        edits:      weights set by hand, newest last: frame, index into theta, and the value before.
    """

    def __init__(self, experiment: Experiment | None = None) -> None:
        """Build the first run, with its frame 0."""
        super().__init__(experiment or Experiment())
        self.run = 0
        self._start(self.settings)

    @property
    def experiment(self) -> Experiment:
        """The settings of this view, by their usual name."""
        return self.settings

    def _start(self, experiment: Experiment) -> None:
        data = experiment.data()
        with one_blas_thread():
            timeline = experiment.timeline(data)
        self.settings = experiment
        self.data: DataSplit = data
        self.timeline: Timeline = timeline
        self.painter = Painter(experiment)
        self._described = described(experiment, timeline, self.painter)
        self.run += 1
        self.shown = self.reached = 0
        self.edits: list[tuple[int, int, float]] = []
        self.payload = self.picture()

    def change(self, experiment: Experiment) -> None:
        """Take another experiment: in the same run if only live settings differ, otherwise in a new one."""
        if experiment == self.experiment:
            return
        if self.experiment.same_run(experiment):
            self.settings = experiment
            self.timeline.configure(
                experiment.settings, experiment.speed, experiment.unit, experiment.stop_conditions
            )
            self.generation += 1
            self.notice = None
            self.payload = self.picture()
        else:
            self._start(experiment)
            self.notice = f"New network from seed {experiment.seed}, at epoch 0."
            self.payload = self.picture()

    def show_all(self) -> None:
        """Send the whole picture next, for a player that may have only just opened."""
        self.payload = self.picture()

    def act(self, kind: object, request: Mapping[str, Any], repeated: bool) -> None:
        """Do what the player asks and set the payload; a request about an earlier run gets the picture."""
        if request.get("run") == self.run:
            self.shown = self._known_frame(request.get("shown"), self.shown)
            current = request.get("generation") == self.generation
            self.reached = max(self.shown, self.reached if current else 0)
            if kind == "frames" and current:  # after a live change the player asks again from what it shows
                self._answer_frames(request)
                return
            if kind == "inspect":
                self.payload = self._inspection(request.get("neuron"))
                return
            if kind == "frame":
                self._answer_frame(self._known_frame(request.get("at"), self.shown))
                return
            if not repeated:
                self._act_once(kind, request)
        self.payload = self.picture()

    def _act_once(self, kind: object, request: Mapping[str, Any]) -> None:
        if kind == "settle":
            self.redraw = True
        elif kind == "reset":
            self._start(self.experiment)
            self.notice = None
            self.redraw = True
        elif kind == "new-weights":
            self.change(replace(self.experiment, seed=self.experiment.seed + 1))
            self.redraw = True
        elif kind in ("edit", "set", "undo", "freeze"):
            self.redraw = True
            self._edit(str(kind), request)

    def _edit(self, kind: str, request: Mapping[str, Any]) -> None:
        if kind == "edit":
            self.change(self.experiment.changed(**read_edit(request.get("change"))))
        elif kind == "set":
            index, value = self._weight(request), request.get("value")
            if not isinstance(value, int | float):
                raise ValueError(f"A weight must be a number. Got {value!r}.")
            self._write(index, value)
            self.notice = "Edited by hand: a shared link won't include this edit."
        elif kind == "undo":
            if not self.edits:
                raise ValueError("There is nothing to undo.")
            frame, index, old = self.edits.pop()
            self.shown = min(frame, self.timeline.last)
            self._write(index, old)
            self.edits.pop()
            self.notice = f"Undone: back at frame {self.shown}, before the edit."
        else:
            index = self._weight(request)
            others = tuple(k for k in self.experiment.frozen if k != index)
            frozen = tuple(sorted((*others, index))) if request.get("on") else others
            self.change(replace(self.experiment, frozen=frozen))

    def _weight(self, request: Mapping[str, Any]) -> int:
        """The index into theta of the weight or bias that a request names."""
        l, i, j = (request.get(name) for name in "lij")
        if not (isinstance(l, int) and isinstance(i, int) and isinstance(j, int)):
            raise ValueError(f"A weight must be named by layer, from and to. Got {l}, {i}, {j}.")
        return self.timeline.trainer.net.parameters.index(l, i, j)

    def _write(self, index: int, value: float) -> None:
        """Write a weight at the shown frame; training goes on from there, as a new generation."""
        with one_blas_thread():
            self.timeline.seek(self.shown)
            self.edits.append((self.shown, index, self.timeline.edit(index, value)))
        self.reached = self.shown
        self.generation += 1
        self.notice = None

    def _inspection(self, neuron: object) -> bytes:
        """The details of the shown frame: the gradient over all training points, every point's output and
        loss, and one neuron's map in full resolution."""
        timeline, trainer = self.timeline, self.timeline.trainer
        with one_blas_thread():
            timeline.seek(self.shown)
            net, X, Y = trainer.net, trainer.X, trainer.Y
            gradient = net.backward(net.forward(X), Y, trainer.loss)
            everyone = net.forward(np.concatenate((X, trainer.X_test)))
            targets = np.concatenate((Y, trainer.Y_test))
            with np.errstate(all="ignore"):
                losses = trainer.loss.rows(everyone.Z[-1], everyone.A[-1], targets)
            blocks = [
                ("gradient", single(gradient.theta)),
                ("outputs", single(everyone.A[-1])),
                ("losses", single(losses)),
            ]
            match neuron:
                case [int(l), int(j)] if 0 <= l < len(net.W) and 0 <= j < net.dims[l + 1]:
                    blocks.append(("neuron", self.painter.neuron_map(net, l, j)))
                case _:
                    neuron = None
        header = self._header(self.shown) | {"inspected": self.shown, "neuron": neuron}
        return pack(header, blocks, [])

    def _known_frame(self, value: object, otherwise: int) -> int:
        return min(max(value, 0), self.timeline.last) if isinstance(value, int) else otherwise

    def _answer_frames(self, request: Mapping[str, Any]) -> None:
        after = self._known_frame(request.get("after"), self.shown)
        wanted = request.get("count")
        count = min(max(wanted, 1), MOST_FRAMES) if isinstance(wanted, int) else MOST_FRAMES
        painted: list[bytes] = []
        deadline = time.monotonic() + SECONDS_PER_ANSWER
        with one_blas_thread():
            self.timeline.seek(after)
            while len(painted) < count and time.monotonic() < deadline and self.timeline.advance():
                painted.append(self.painter.paint(self.timeline))
        self.payload = pack(self._header(after + 1), [], painted)

    def _answer_frame(self, frame: int) -> None:
        with one_blas_thread():
            self.timeline.seek(frame)
            painted = self.painter.paint(self.timeline)
        self.payload = pack(self._header(frame), [], [painted])

    def picture(self) -> bytes:
        """The whole state as a payload: the shown frame, the points, and the curves so far."""
        timeline, seen = self.timeline, slice(self.reached + 1)
        with one_blas_thread():
            timeline.seek(min(self.shown, timeline.last))
            painted = self.painter.paint(timeline)
        data = self.data
        places = np.concatenate((data.X, data.X_test))
        targets = np.concatenate((data.target, data.target_test))
        blocks = [
            ("points", single(np.column_stack((places[:, :2], targets)))),
            ("beyond", single(places[:, 2:])),
            ("inputs", self.painter.input_tiles()),
            ("history.frame", np.arange(len(timeline.progress[seen]), dtype=np.int32)),
            ("history.epoch", single(timeline.progress[seen])),
            ("history.train_loss", single(timeline.train_losses[seen])),
            ("history.test_loss", single(timeline.test_losses[seen])),
        ]
        return pack(self._header(timeline.frame) | {"notice": self.notice}, blocks, [painted])

    @property
    def subject(self) -> str:
        """The experiment in one line."""
        return summary(self.experiment)

    def _stuck(self) -> str | None:
        """One sentence if at the timeline's current frame the network can't learn any more, else None."""
        trainer = self.timeline.trainer
        return explain_stuck(trainer.net.activations, trainer.activations())

    def _header(self, first: int) -> dict[str, Any]:
        experiment, timeline = self.experiment, self.timeline
        return self._described | {
            **self.header(),
            "run": self.run,
            "first": first,
            "last": timeline.last,
            "stopped": timeline.stopped.sentence if timeline.stopped else None,
            "notice": None,
            "stuck": self._stuck(),
            "speed": experiment.speed,
            "unit": experiment.unit,
            "frozen": list(experiment.frozen),
            "undo": len(self.edits),
            "frame_blocks": self.painter.layout(timeline),
        }


def read_edit(change: object) -> dict[str, Any]:
    """The fields of Experiment that an edit in the player's diagram changes, with their new values.

    Raises: ValueError for anything but {"widths": …}, {"activations": …} or {"features": …}.
    """
    fields = {"widths": "hidden", "activations": "activations", "features": "features"}
    if isinstance(change, dict) and len(change) == 1:
        (name, value), *_ = change.items()
        if name in fields and isinstance(value, list):
            if name == "features":  # in the table's order, not the order of clicks
                value = [feature for feature in FEATURES | COORDINATES if feature in value]
            return {fields[name]: tuple(value)}
    raise ValueError(f"An edit must change widths, activations or features. Got {change!r}.")
