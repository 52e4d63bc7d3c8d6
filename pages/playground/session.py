"""One user's run: an experiment, its timeline, and the answers to the player."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from engine import OPTIMIZERS, Experiment, ParameterSet, Run, replay
from engine.analysis.next_step import next_step
from engine.analysis.watch import Watch
from engine.arrays import Array, brief, check_choice
from engine.data.datasets import Dataset, DataSplit
from engine.data.own import Table
from engine.data.own_units import feature_scales
from engine.numbers import read_number
from engine.runs.experiment import REGULARIZATIONS
from engine.runs.journal import MOST_ENTRIES
from engine.runs.links import to_text
from engine.runs.provenance import run_summary
from engine.runs.slices import Slices
from engine.runs.timeline import Timeline
from engine.threads import one_blas_thread
from pages.live.protocol import pack, single
from pages.live.turns import HEAD_START, Turn, Unfinished
from pages.live.view import View
from pages.playground.compare.card import WORTH_KEEPING, card_of
from pages.playground.description import class_labels, described
from pages.playground.diagnoses import suggestion, told, tried, watch_of
from pages.playground.input_axes import input_axes
from pages.playground.inside import Inside, InsidePainter, changed_inside, fitted_inside, inside_query
from pages.playground.link import OWN_UNITS, OpenedLink, opened_link, opened_text
from pages.playground.map_plane import MapPlane, PlaneView, changed_plane, fitted_plane, plane_query
from pages.playground.norms import past_norms
from pages.playground.opening import link_query
from pages.playground.painter import Painter
from pages.playground.probe import (
    Probe,
    fitted_probe,
    moved_probe,
    probe_query,
    usual_probe,
)
from pages.playground.recovery import (
    Record,
    address_query,
    kept,
    long_table,
    read_record,
    read_run_file,
    run_file,
)
from pages.playground.samples import Cell, places_in

MOST_FRAMES = 30
FEW_FRAMES = 5
"""What the player asks for after Play, so that the answer is quick."""
"""Most frames in one answer, so that payloads stay small and a closed tab soon costs nothing."""
RATES = (30, 60)
"""Frames a second to choose from."""
MOST_VALUES = 100
"""Most values of one edit; there are fewer layers and features."""
NUDGE = 0.1
"""What ↑ and ↓ add to a weight or take from it."""
FULL = f"The journal of this run is full ({MOST_ENTRIES:,} entries): link and undo end here."


class Session(View[Experiment]):
    """The experiment of one user, trained as far as the player has asked for.

    What the player shows counts: training goes on from the frame that a request names.

    Attributes:
        run:        number of the present run; a reset or a new network starts the next one.
        timeline, data: of the present run.
        shown:      the frame that the player showed when it last asked.
        reached:    the newest frame that it has shown; training may be one answer ahead of it.
        known:      how many frames' losses it has, from frame 0 on; the picture holds those that follow.
        ground:     the name of what it can compute maps from; the picture brings what it lacks.
        diagnosed:  the version of the diagnoses that it has.
        goal:       the frame to which a view that opens goes on by itself; 0 for none.
        plays:      whether it plays from there.
        rate:       frames a second at which it plays; how a run is looked at, not a part of it.
        restored:   whether the browser's kept run was gone on with, when it last asked for that.
        works:      whether the probe's point is to be worked, number by number, on the page for that.
        takes:      whether the panel is open from which the run is taken along.
        compares:   whether the runs that the tab has kept are shown in place of the player.
        probe:      the point at which the run is looked at, with a target; like the rate no part of the run.
        cell:       of the confusion matrix, whose samples are listed below and ringed on the map; or None.
        scales:     (D,) and (D,): μ and σ by which a table's columns are standardised; None if they aren't.
        awaited:    the short fingerprint of the table that the visit's link lacks; "" for none.
        waiting:    the parameters of that link.
        own_units:  whether weights are read in the units of a standardised table's columns.
        inside:     what adds the numbers of the open inside view to the frames; no part of the run either.
        plane:      which plane the map shows of more than two inputs; no part of the run either.
    """

    BY_ITSELF = ("keep", "whole", "norms", "table")

    def __init__(
        self,
        run: Run | Experiment | None = None,
        *,
        plays: bool = False,
        probe: Probe | None = None,
        inside: Inside | None = None,
        plane: MapPlane | None = None,
    ) -> None:
        """Build the first run, with its frame 0; a view goes on to the run's own frame."""
        run = run if isinstance(run, Run) else Run(run or Experiment())
        super().__init__(run.experiment)
        self.run, self.known, self.restored = 0, 0, False
        self.works = self.takes = self.compares = False
        self.rate = RATES[0]
        self.own_units = False
        self.awaited, self.waiting, self._waits_at = "", dict[str, str](), (0, 0)
        self.probe, self._probes = probe or usual_probe(run.experiment, plane), 0
        self._plane = plane or MapPlane()
        self._problem: Dataset | None = None
        self.ground: object = None
        self.diagnosed: object = None
        self._unfinished = Unfinished[bool]()
        self._subject: tuple[object, str] = None, ""
        self._aside: dict[str, Any] = {}  # what answers the last request beside the picture
        self._refused: list[int] | None = None  # the weight or bias at which the notice is to be said
        self._opened, self._openings = inside or Inside(), itertools.count(1)
        self._left: dict[str, Any] = {}  # of the run before this one, until the player has heard of it
        self._start(run)
        self.goal, self.plays = run.frame, plays
        self.payload = self.picture()

    @property
    def experiment(self) -> Experiment:
        """What the controls show: the experiment with the journal applied up to the shown frame."""
        return self.settings

    def set_rate(self, rate: int) -> None:
        """Play at another of RATES, from now on. Raises: ValueError for any other."""
        check_choice("rate", rate, RATES)
        self.rate = rate
        self.payload = self.picture()

    @property
    def edited(self) -> bool:
        """Whether weights have been set by hand up to the shown frame."""
        journal = self.timeline.journal
        return any(isinstance(entry, ParameterSet) and entry.frame <= self.shown for entry in journal)

    def _start(self, run: Run, record: Record | None = None) -> None:
        """Begin a run, or go on with the one of a record. Raises: ValueError, with nothing changed."""
        experiment = run.experiment
        data = experiment.data()
        with one_blas_thread():
            timeline = record.timeline(data) if record else replay(run, data, Watch)
        self._left = self._leaving() if self.run else {}
        self.settings = timeline.experiment
        self.data: DataSplit = data
        self.timeline: Timeline = timeline
        self._plane = fitted_plane(record.plane if record else self._plane, experiment.problem)
        if not record and experiment.problem.held and self._problem not in (None, experiment.problem):
            self.probe = usual_probe(experiment, self._plane)  # other columns: the slice is at their means
        self._problem = experiment.problem
        self.probe = fitted_probe(record.probe if record else self.probe, experiment, self._plane)
        self._probes += 1
        self.scales = _scales(experiment)
        axes = input_axes(experiment, data)
        self.plane = PlaneView(experiment, data, axes, self._plane)
        self.painter = Painter(experiment, timeline.trainer.net, self.probe)
        self._opened = fitted_inside(record.inside if record else self._opened, len(timeline.trainer.net.W))
        seen = self.plane.seen_from(self.probe.point)
        self.inside = InsidePainter(experiment, timeline, self._opened, self._openings, seen)
        self.painter.inside = self.inside
        self._described = described(experiment, timeline, self.painter)
        self._described["dataset"] |= axes.described()
        self.run += 1
        self._unfinished.drop()
        self.shown = self.reached = timeline.frame
        self.known, self.goal, self.plays = 0, 0, False
        self.cell: Cell | None = None

    def _leaving(self) -> dict[str, Any]:
        """What is told of the run that another one follows, if much would be lost: it is kept by itself."""
        if self.timeline.progress[min(self.shown, self.timeline.last)] <= WORTH_KEEPING:
            return {}
        self.stand_at_shown()
        record = kept(self.timeline)
        if record is None or "long_table" in record:
            return {}
        return {"left": {"run": self.run, "kept": record, "card": self.card}}

    @property
    def card(self) -> dict[str, Any]:
        """What is said of the run at the frame at which the timeline stands, where it is kept."""
        return card_of(self.timeline, self._described["metric"])

    @property
    def own_scales(self) -> tuple[Array, Array] | None:
        """The scales if weights are to be read in the data's own units, and aren't in them already."""
        return self.scales if self.own_units else None

    def _own_scales(self) -> dict[str, list[float]] | None:
        """The same as the player is told."""
        scales = self.own_scales
        return scales and {"mean": scales[0].tolist(), "deviation": scales[1].tolist()}

    def change(self, experiment: Experiment) -> None:
        """Take another experiment: in the same run if only live settings differ, otherwise in a new one."""
        if experiment == self.experiment:
            return
        if self.experiment.same_run(experiment):
            self.settings = experiment
            self.timeline.change(experiment)
            self.reached = self.shown  # what comes after it will be trained anew
            self.generation += 1
            self.notice = None
        else:
            self._start(Run(experiment))
            self.notice = f"New network from seed {experiment.seed}, at epoch 0."
        self.payload = self.picture()

    def _follow_timeline(self) -> None:
        """Show where the timeline stands after a change; the player's later frames are out of date."""
        self.settings = self.timeline.experiment
        self.shown = self.reached = self.timeline.frame
        self.generation += 1
        self.notice = FULL if self.timeline.unrecorded is not None else None

    def show_all(self) -> None:
        """Send the whole picture next, for a player that may have only just opened."""
        self.known, self.ground, self.diagnosed = 0, None, None
        self.payload = self.picture()

    def show_again(self) -> None:
        """Send the picture next, for a player that has been there before; of the curve only what it lacks."""
        self.payload = self.picture()

    def act(self, kind: object, request: Mapping[str, Any], repeated: bool) -> None:
        """Do what the player asks and set the payload; a request about an earlier run gets the picture."""
        self._refused, self._aside = None, {}
        self.ground, self.diagnosed = request.get("ground"), request.get("diagnosed")
        if kind in ("restore", "open"):
            self._take_over(str(kind), request, repeated)
            return
        if request.get("run") == self.run:
            self._left = {}
            if not self.works:  # else its frame is about to be worked, however the player plays on
                self.shown = self._known_frame(request.get("shown"), self.shown)
            current = request.get("generation") == self.generation
            self.reached = max(self.shown, self.reached if current else 0)
            self.known = self._known_frame(request.get("known"), 0) if current else self.shown
            if kind == "whole":
                self.show_all()
                return
            if kind == "frames" and current:  # after a live change the player asks again from what it shows
                self._answer_frames(request)
                return
            if kind == "frame":
                self._answer_frame(self._known_frame(request.get("at"), self.shown))
                return
            if kind == "probe":
                if not repeated:
                    self._move_probe(request)
                self._answer_frame(self.shown)
                return
            if kind == "plane":
                if not repeated:
                    self._show_plane(request.get("change"))
                self._answer_frame(self.shown)
                return
            if kind == "inside":
                if not repeated:
                    self._open_inside(request)
                self._answer_frame(self.shown)
                return
            if kind == "norms":
                self._answer_norms(request)
                return
            if kind == "table":
                self._aside = {"table": long_table(self.timeline.run.experiment.table)}
                self.payload = pack(self._header(self.shown) | self._aside, [], [])
                return
            needs_frame = kind in ("inspect", "settle", "keep", "keep-run", "link")
            if needs_frame and not self._reaches(min(self.shown, self.timeline.last)):
                self.payload = self._not_yet(self.shown)
                return
            if kind == "inspect":
                self.payload = self._inspection()
                return
            if kind in ("keep", "keep-run", "link"):
                self._answer_aside(str(kind))
                return
            if not repeated:
                self._act_once(kind, request)
        self.payload = self.picture()

    def _move_probe(self, request: Mapping[str, Any]) -> None:
        """Look at another point. Raises: ValueError, with nothing changed."""
        change = request.get("change")
        if not isinstance(change, Mapping):
            raise ValueError(f"A move of the probe must be a record. Got {brief(change)}.")
        probe = moved_probe(self.probe, change, self.timeline.run.experiment, self.data)
        self.painter.look_at(probe)
        self.probe = probe
        self._probes += 1
        self.inside.look_along(self.plane.seen_from(probe.point))

    def _open_inside(self, request: Mapping[str, Any]) -> None:
        """Open another inside view, or close it. Raises: ValueError, with nothing changed."""
        change = request.get("change")
        if not isinstance(change, Mapping):
            raise ValueError(f"A change of the inside views must be a record. Got {brief(change)}.")
        layers = len(self.timeline.trainer.net.W)
        self._opened = changed_inside(self._opened, change, layers)
        self.inside.look_at(self._opened)

    def _show_plane(self, change: object) -> None:
        """Show another plane on the map; a probe that was never moved stands on it.

        Raises: ValueError, with nothing changed.
        """
        experiment = self.timeline.run.experiment
        plane = changed_plane(self._plane, change, experiment.problem)
        if self.probe.point == usual_probe(experiment, self._plane).point:
            self.probe = replace(self.probe, point=usual_probe(experiment, plane).point)
            self.painter.look_at(self.probe)
            self._probes += 1
        self._plane, self.plane = plane, self.plane.showing(plane)
        self.inside.look_along(self.plane.seen_from(self.probe.point))

    @property
    def classes(self) -> list[str]:
        """What the data calls the class that each output stands for; none where there is one output."""
        several = self.timeline.trainer.net.dims[-1] > 1
        return class_labels(self.timeline.run.experiment.problem) if several else []

    @property
    def probe_sample(self) -> tuple[Array, Array]:
        """(1, D) the network's inputs at the probe, and (1, K) what its output layer should say there."""
        return self.painter.sample

    def choose_cell(self, cell: Cell | None) -> None:
        """List the samples of another cell of the confusion matrix, or of none."""
        self.cell = cell
        self.payload = self.picture()

    def work_sample(self, at: int, frame: int | None = None) -> None:
        """Put the probe at a data point, those for training first, and have it worked number by number.

        Args:   frame: at which; the player may have gone on since the samples of that one were listed.
        Raises: ValueError, with nothing changed, if there is no such point.
        """
        self._move_probe({"change": {"at": at}})
        self.shown = self._known_frame(frame, self.shown)
        self.works = self.redraw = True
        self.payload = self.picture()

    @property
    def untouched(self) -> bool:
        """Whether this is still the run that the visit has begun with, as its link has it."""
        return (self.run, self.generation) == (1, 0)

    def _take_over(self, kind: str, request: Mapping[str, Any], repeated: bool) -> None:
        """Go on with what the browser brings when it meets this session: a run that it kept, or a link."""
        if kind == "restore" and not repeated:
            self.restored = self.restore(request.get("record"), anyway=request.get("anyway") is True)
        elif kind == "open" and not repeated and self.untouched:
            self._open(request.get("link"))
        self._aside = {"restored": self.restored} if kind == "restore" else {}
        self.payload = self.picture()

    def restore(self, given: object, *, anyway: bool = False) -> bool:
        """Go on with a run that a browser has kept; says whether it did.

        Args:   anyway: also if the address is another run's, or something was done here already.
        Raises: ValueError for a record that can't be read, with nothing changed.
        """
        record = read_record(given)
        table = record.run.experiment.table
        own = address_query(self.timeline.run) == address_query(record.run) or (
            table is not None and table.short_fingerprint == self.awaited
        )
        if not (anyway or (self.untouched and own)):
            return False
        self._start(record.run, record)
        epoch = f"{self.timeline[self.shown].progress:.10g}"
        self.notice = f"Back at epoch {epoch}: this tab had kept the run." if record.run.frame else None
        self.redraw = True
        return True

    def run_file(self) -> str:
        """The text of a file of the run at the shown frame. Raises: ValueError if it can't be saved."""
        self.stand_at_shown()
        return run_file(self.timeline, self.probe, self._opened, self._plane)

    def stand_at_shown(self) -> None:
        """Have the timeline stand at the shown frame."""
        with one_blas_thread():
            self.timeline.seek(min(self.shown, self.timeline.last))

    def open_file(self, text: str | bytes) -> None:
        """Go on with the run of a file, from its frame. Raises: ValueError, with nothing changed."""
        record = read_run_file(text)
        self._start(record.run, record)
        self.notice = f"Run file opened, at epoch {self.timeline[self.shown].progress:.10g}."
        self.redraw = True
        self.payload = self.picture()

    @property
    def link(self) -> str:
        """The query string of a link to the shown frame, with what is looked at there."""
        timeline = self.timeline
        query = link_query(timeline.run.standing_at(self.shown))
        experiment = timeline.run.experiment
        query |= plane_query(self._plane, experiment.problem)
        query |= probe_query(self.probe, experiment, self._plane)
        units = {OWN_UNITS: "1"} if self.own_units else {}
        return to_text(query | inside_query(self._opened) | units)

    def wait_for(self, awaited: str, query: Mapping[str, str]) -> None:
        """Keep the parameters of a link until the table with this short fingerprint comes; "" for none."""
        self.awaited, self.waiting = awaited, dict(query)
        self._waits_at = self.run, self.generation

    @property
    def waits(self) -> bool:
        """Whether a link waits for its table, and nothing was done since."""
        return bool(self.awaited) and (self.run, self.generation) == self._waits_at

    def open_awaited(self, table: Table) -> bool:
        """Open the link that waits for this table, with all that it says; whether there is one.

        Raises: ValueError, with nothing changed, if it can't be opened.
        """
        if not self.awaited or table.short_fingerprint != self.awaited:
            return False
        self._look_as(opened_link(self.waiting, table))
        self.wait_for("", {})
        self.payload = self.picture()
        return True

    def _look_as(self, opened: OpenedLink) -> None:
        """Begin a link's run, and look at it as the link says. Raises: ValueError, with nothing changed."""
        self._start(opened.run)
        self._plane, self.plane = opened.plane, self.plane.showing(opened.plane)
        self._probes += 1
        self.probe = opened.probe
        self.painter.look_at(opened.probe)
        self._opened = opened.inside
        self.inside.look_at(opened.inside)
        self.inside.look_along(self.plane.seen_from(opened.probe.point))
        self.goal, self.plays = opened.run.frame, opened.plays
        self.notice = " ".join(opened.refusals) or None
        self.redraw = True

    def _open(self, link: object) -> None:
        """Open a link of which the server has seen nothing: what stands behind an address's #."""
        opened, query = opened_text(link if isinstance(link, str) else "")
        self._look_as(opened)
        if opened.awaited:
            self.wait_for(opened.awaited, query)

    def _answer_aside(self, kind: str) -> None:
        """Answer what changes nothing: what to keep of the shown frame, or the link to it."""
        timeline = self.timeline
        if kind == "keep":  # every picture tells that anew
            told = {"kept": kept(timeline)}
        elif kind == "keep-run":
            if timeline.unrecorded is not None:
                raise ValueError(f"This run can't be kept: {FULL}")
            record = kept(timeline) or {}
            if "long_table" in record:
                raise ValueError("A run with so large a table isn't kept here: save it under Take with you.")
            self._aside = {"card": self.card}
            told = self._aside | {"kept": record}
        else:
            told = self._aside = {"link": self.link}
        self.payload = pack(self._header(self.shown) | told, [], [])

    def _act_once(self, kind: object, request: Mapping[str, Any]) -> None:
        if kind == "settle":
            self.settings = self.timeline.experiment
            self.redraw = True
        elif kind == "reset":
            self._start(Run(self.experiment))
            self.notice = None
            self.redraw = True
        elif kind == "work":
            self.works = self.redraw = True
        elif kind == "compare":
            self.compares = self.redraw = True
        elif kind == "new-weights":
            self.change(replace(self.experiment, seed=self.experiment.seed + 1))
            self.redraw = True
        elif kind == "try":
            self.redraw = True
            self._try(request.get("diagnosis"))
        elif kind in ("edit", "set", "undo", "freeze"):
            self.redraw = True
            self._edit(str(kind), request)

    def _try(self, kind: object) -> None:
        """Take what is suggested against a diagnosis, as if it had been chosen in the controls."""
        chosen = suggestion(str(kind), self.timeline, self.shown)
        experiment, anew = tried(self.experiment, chosen)
        if anew:
            self._start(Run(experiment))
            self.notice = f"Tried: {chosen.label}."
        else:
            self.change(experiment)

    def _edit(self, kind: str, request: Mapping[str, Any]) -> None:
        if kind == "edit":
            self.change(
                self.experiment.changed(**read_edit(request.get("change"), self.experiment.problem.features))
            )
        elif kind == "set":
            index = self._weight(request)
            self._refused = [request[name] for name in "lij"]
            with one_blas_thread():
                self.timeline.seek(self.shown)
                self.timeline.edit(index, self._wanted_value(index, request))
            self._refused = None
            self._follow_timeline()
        elif kind == "undo":
            with one_blas_thread():
                self.timeline.seek(min(self.shown, self.timeline.last))
                self.timeline.undo()
            self._follow_timeline()
            self.notice = f"Undone: back at frame {self.shown}, before the change."
        else:
            index = self._weight(request)
            others = tuple(k for k in self.experiment.frozen if k != index)
            frozen = tuple(sorted((*others, index))) if request.get("on") else others
            self.change(replace(self.experiment, frozen=frozen))

    def _weight(self, request: Mapping[str, Any]) -> int:
        """The index into theta of the weight or bias that a request names."""
        l, i, j = (request.get(name) for name in "lij")
        if not (isinstance(l, int) and isinstance(i, int) and isinstance(j, int)):
            raise ValueError(f"A weight must be named by layer, from and to. Got {brief((l, i, j))}.")
        return self.timeline.trainer.net.parameters.index(l, i, j)

    def _wanted_value(self, index: int, request: Mapping[str, Any]) -> float:
        """What a parameter is to be: as typed, or else as it is; then a step up or down, if asked for."""
        value, by = request.get("value"), request.get("by")
        if value is None and by is not None:
            value = float(self.timeline.trainer.net.theta[index])
        if isinstance(value, str):
            value = read_number(value, "A weight" if self._is_weight(index) else "A bias")
        if not isinstance(value, int | float):
            raise ValueError(f"A weight must be a number. Got {brief(value)}.")
        return float(f"{value + NUDGE * (1 if by > 0 else -1):.12g}") if isinstance(by, int) and by else value

    def _is_weight(self, index: int) -> bool:
        return bool(self.timeline.trainer.net.parameters.weight_mask()[index])

    def _inspection(self) -> bytes:
        """The details of the shown frame, at which the timeline stands.

        Gradient and next step over all training points, and every point's output and loss.
        """
        timeline, trainer = self.timeline, self.timeline.trainer
        with one_blas_thread():
            gradient = trainer.gradient()
            blocks = [
                ("gradient", single(gradient)),
                ("step", single(next_step(trainer, timeline.pace.settings, gradient))),
                ("outputs", single(np.concatenate(trainer.outputs()))),
                ("losses", single(trainer.sample_losses())),
            ]
        return pack(self._header(self.shown) | {"inspected": self.shown}, blocks, [])

    def show_frame(self, frame: object) -> None:
        """Take note of the frame that the player showed at last, for the pages that follow it."""
        self.shown = self._known_frame(frame, self.shown)
        self.reached = max(self.shown, self.reached)
        self.payload = self.picture()

    def _known_frame(self, value: object, otherwise: int) -> int:
        return min(max(value, 0), self.timeline.last) if isinstance(value, int) else otherwise

    def _answer_frames(self, request: Mapping[str, Any]) -> None:
        after = self._known_frame(request.get("after"), self.shown)
        wanted = request.get("count")
        count = min(max(wanted, 1), MOST_FRAMES) if isinstance(wanted, int) else MOST_FRAMES
        painted: list[bytes] = []
        head_start = HEAD_START if count <= FEW_FRAMES else 0.0
        with one_blas_thread(), self.turns.next(head_start) as turn:
            if not self._reach(after, turn):
                self.payload = self._not_yet(after + 1)
                return
            went: bool | None = True
            unit = ""  # frames of one payload are cut up alike
            while len(painted) < count and not (painted and turn.over):
                went = self._go_on("advance", self.timeline.frame, self.timeline.advancing, turn)
                if not went:
                    break
                if painted and self.timeline.pace.unit != unit:
                    self.timeline.seek(self.timeline.frame - 1)  # it comes with the next payload
                    break
                unit = self.timeline.pace.unit
                painted.append(self.painter.paint(self.timeline))
        if went is None and not painted:
            self.payload = self._not_yet(after + 1)
        else:
            self.payload = pack(self._header(after + 1), [], painted)

    def _answer_frame(self, frame: int) -> None:
        with one_blas_thread(), self.turns.next() as turn:
            if not self._reach(frame, turn):
                self.payload = self._not_yet(frame)
                return
            painted = self.painter.paint(self.timeline)
        self.payload = pack(self._header(frame), [], [painted])

    def _answer_norms(self, request: Mapping[str, Any]) -> None:
        """Tell the norms of frames that were shown before that view was open, as many as a turn allows."""
        upto, after = (self._known_frame(request.get(name), 0) for name in ("upto", "next"))
        with one_blas_thread(), self.turns.next() as turn:
            told, blocks = past_norms(self.timeline, upto, after, lambda at: self._reach(at, turn), turn)
            self._reach(self.shown, turn)  # the header tells of that frame
        self.payload = pack(self._header(self.shown) | {"norms": told}, blocks, [])

    def _reaches(self, frame: int) -> bool:
        with one_blas_thread(), self.turns.next() as turn:
            return self._reach(frame, turn)

    def _reach(self, frame: int, turn: Turn) -> bool:
        """Whether the timeline gets to a frame within a turn; if not, the next request goes on."""

        def seeking() -> Slices[bool]:
            yield from self.timeline.seeking(frame)
            return True

        return bool(self._go_on("seek", frame, seeking, turn))

    def _go_on(self, kind: str, frame: int, begin: Callable[[], Slices[bool]], turn: Turn) -> bool | None:
        """Begin or go on with work on the timeline; gives its result, or None if some is left."""

        def key() -> object:
            return self.run, kind, frame, self.timeline.revision

        return self._unfinished.go_on(key, begin, turn)

    def _not_yet(self, first: int) -> bytes:
        """A payload without a frame: the one that was asked for is being made."""
        return pack(self._header(first) | {"working": self._unfinished.share}, [], [])

    def picture(self) -> bytes:
        """The whole state as a payload: the shown frame, the points, and what the player lacks.

        It tells what was asked for last too, as a run of the page may send it in place of the answer.
        """
        timeline, lacking = self.timeline, range(self.known, self.reached + 1)
        seen = slice(lacking.start, lacking.stop)
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
            ("history.frame", np.array(lacking, dtype=np.int32)),
            ("history.epoch", single(timeline.progress[seen])),
            ("history.train_loss", np.array(timeline.train_losses[seen])),  # too large for single precision
            ("history.test_loss", np.array(timeline.test_losses[seen])),  # where a run diverges
        ]
        if self.ground != self.painter.ground_name:
            blocks += self.painter.ground
        told: dict[str, Any] = {"described": self._described, "notice": self.notice, "kept": kept(timeline)}
        told |= self._aside | self._left
        if self.cell is not None:
            told["marked"] = places_in(self.cell, timeline.trainer, timeline.experiment)
        return pack(self._header(timeline.frame) | told, blocks, [painted])

    @property
    def subject(self) -> str:
        """The run in one line: the experiment, and what was changed since, up to the shown frame."""
        timeline = self.timeline
        frame = min(self.shown, timeline.last)
        of = self.run, self.generation, sum(entry.frame <= frame for entry in timeline.journal)
        if self._subject[0] != of:
            self._subject = of, run_summary(timeline.run.standing_at(frame), timeline.progress.__getitem__)
        return self._subject[1]

    @property
    def _picture_provenance(self) -> str:
        """How the player's pictures were made: the run, and the plane that the map shows of it."""
        words = self.plane.words(self.probe.point)
        said = f"{self.subject} · {words}" if words else self.subject
        return self.provenance.replace(self.subject, said, 1)

    def _diagnoses(self) -> Mapping[str, Any]:
        """What keeps the network from learning, and its numbers at the timeline's present frame."""
        timeline = self.timeline
        state = self.run, self.generation, watch_of(timeline).version, timeline.stopped is not None
        return told(timeline, ".".join(str(int(part)) for part in state), self.diagnosed)

    def _header(self, first: int) -> dict[str, Any]:
        timeline = self.timeline
        experiment, settings = timeline.experiment, timeline.pace.settings
        return {
            **self.header(),
            "provenance": self._picture_provenance,
            "run": self.run,
            "first": first,
            "last": timeline.last,
            "stopped": timeline.stopped.sentence if timeline.stopped else None,
            "notice": None,
            "refused": self._refused,
            "working": None,
            **self._diagnoses(),
            "fps": self.rate,
            "own_scales": self._own_scales(),
            "probe": {
                "number": self._probes,
                "point": self.probe.point,
                "inputs": self.painter.probe_inputs,
                "target": self.probe.target,
            },
            "plane": self.plane.header(),
            "inside": self.inside.header(),
            "speed": experiment.speed,
            "unit": experiment.unit,
            "optimizer": OPTIMIZERS[experiment.optimizer].label,
            "plain_step": settings.plain,
            "penalty": REGULARIZATIONS[experiment.regularization] if settings.l1 or settings.l2 else None,
            "frozen": list(experiment.frozen),
            "undo": 0 if timeline.unrecorded is not None else len(timeline.journal),
            "journal": len(timeline.journal),
            "goal": self.goal,
            "plays": self.plays,
            "changes": [at for at in timeline.changed_at() if first <= at <= timeline.frame],
            "scalars": list(self.painter.scalars(timeline)),
            "frame_blocks": self.painter.layout(timeline),
        }


def read_edit(change: object, known: Iterable[str]) -> dict[str, Any]:
    """The fields of Experiment that an edit in the player's diagram changes, with their new values.

    Args:   known: the features that there are, in their order.
    Raises: ValueError for anything but {"widths": …}, {"activations": …} or {"features": …}.
    """
    fields = {"widths": "hidden", "activations": "activations", "features": "features"}
    if isinstance(change, dict) and len(change) == 1:
        (name, value), *_ = change.items()
        if name in fields and isinstance(value, list) and len(value) <= MOST_VALUES:
            if name == "features":  # in the table's order, not the order of clicks
                value = [feature for feature in known if feature in value]
            return {fields[name]: tuple(value)}
    raise ValueError(f"An edit must change widths, activations or features. Got {brief(change)}.")


def _scales(e: Experiment) -> tuple[Array, Array] | None:
    """By what the inputs are standardised; the same for all of a run."""
    if e.table is None or not e.table.standardised:
        return None
    return feature_scales(e.table, e.features, e.train_share, e.data_seed)
