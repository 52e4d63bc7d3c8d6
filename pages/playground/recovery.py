"""What a browser or a file keeps of a run, so that a reload or another server can go on with it."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine import Run, Timeline, replay
from engine.analysis.watch import Diagnosis, Watch
from engine.arrays import Array, check_count
from engine.data.datasets import DataSplit
from engine.data.own import Table
from engine.runs.file import MOST_FRAMES, read_run, write_run
from engine.runs.links import to_text
from engine.runs.run import run_query
from engine.runs.timeline import LastStep
from pages.playground.diagnoses import kept_diagnoses, read_diagnoses, watch_of
from pages.playground.inside import Inside, read_inside
from pages.playground.map_plane import USUAL_PLANE, MapPlane, read_plane
from pages.playground.opening import OPENING, link_query
from pages.playground.probe import Probe, read_probe

LONGEST_ADDRESS = 2000
"""Most characters that the address bar gets: some programs cut a longer link."""
MOST_LOSSES = 20_001
"""Most losses that a record has of one curve; of a longer one it has every k-th."""
LONGEST_TABLE = 200_000
"""Most characters of a table that each picture has for the browser to keep, some 4,000 rows of five."""
LONGEST_KEPT = 16_000_000
"""Most characters of one that it keeps at all: it asks for that once. A message has room for 32 million."""
LONGEST_STEP = 1_000_000
"""Most bytes of a last step; that of the largest network, of 100 inputs and 50 classes, has 621,344."""


def address_query(run: Run) -> dict[str, str]:
    """The parameters that stand for a run in the address bar: without its journal where that is too long.

    What the playground opens with needs none; writing some would cost the address what stands behind its #.
    """
    whole = run.standing_at(0)
    if whole == Run(OPENING):
        return {}
    query = link_query(whole)
    return query if len(to_text(query)) <= LONGEST_ADDRESS else link_query(Run(run.experiment))


def kept(timeline: Timeline) -> dict[str, Any] | None:
    """What the browser is to keep of the timeline's present frame; None where the journal is full."""
    if timeline.unrecorded is not None:
        return None
    frame, last_step = timeline[timeline.frame], timeline.last_step()
    known = {"last_step": _packed_step(last_step)} if last_step else {}
    table = timeline.run.experiment.table
    if text := kept_table(table):
        known["table"] = text
    elif table is not None and table.X.size * 4 <= LONGEST_KEPT:
        known["long_table"] = table.fingerprint
    return known | {
        "frame": frame.frame,
        "epoch": frame.progress,
        "link": to_text(run_query(timeline.run.standing_at(0))),
        "checkpoint": timeline.checkpoint() if frame.frame else "",
        "clipped": frame.clipped,
        "found": kept_diagnoses(timeline),
    }


@lru_cache(maxsize=16)
def kept_table(table: Table | None) -> str:
    """A table as the browser keeps it, in JSON; "" for none, and for one that is too large."""
    if table is None or table.X.size * 4 > LONGEST_TABLE:  # a number has at least four characters: "0.0,"
        return ""
    text = _table_text(table)
    return text if len(text) <= LONGEST_TABLE else ""


def long_table(table: Table | None) -> tuple[str, str | None]:
    """The name and the text of a table that is sent once; None for one that is too long for that, too."""
    if table is None:
        return "", None
    text = _table_text(table)
    return table.fingerprint, text if len(text) <= LONGEST_KEPT else None


def _table_text(table: Table) -> str:
    return json.dumps(table.to_json_value(), ensure_ascii=False, separators=(",", ":"))


def _read_table(text: object) -> Table | None:
    if text is None:
        return None
    try:
        if not isinstance(text, str) or len(text) > LONGEST_KEPT:
            raise ValueError
        return Table.from_json_value(json.loads(text))
    except (ValueError, RecursionError):
        raise ValueError("The kept table can't be read.") from None


@dataclass(frozen=True, eq=False)
class Record:
    """A run as a browser or a file has kept it: at its frame, with the losses of the frames before it."""

    run: Run
    checkpoint: str
    losses: Array
    clipped: int
    probe: Probe
    inside: Inside
    last_step: Array | None
    """(2, P) of its frame, θ before it and what it has added, where an inside view has watched it."""
    found: tuple[Diagnosis, ...] = ()
    plane: MapPlane = USUAL_PLANE

    def timeline(self, data: DataSplit) -> Timeline:
        """The run's timeline at its frame. Raises: ValueError if the checkpoint doesn't suit the run."""
        timeline, known = replay(self.run, data, Watch), self.last_step
        fits = known is not None and known.shape[1] == timeline.trainer.net.theta.size
        last_step = LastStep(known[0], known[1]) if known is not None and fits else None
        timeline.resume(
            self.run.frame, self.checkpoint, self.losses, clipped=self.clipped, last_step=last_step
        )
        if self.run.frame:
            watch_of(timeline).resume(self.run.frame, self.found)
        return timeline


def read_record(given: object) -> Record:
    """A record that comes from a browser, and so possibly anything. Raises: ValueError, in one sentence.

    Expected are the fields of `kept`, of which "found" and "table" may be missing; in "probe" its point and
    target, if there is one; in "inside" the open view with layer and batch, if there is one; in "plane" the
    inputs that the map shows, if they were chosen; and in "curve" every k-th training and test loss before
    the frame, from frame 0 on: {"every": k, "train": …, "test": …}, in base64 as float64, little-endian.
    """
    if not isinstance(given, Mapping):
        raise ValueError("The kept run must be a record.")
    link, checkpoint, curve = given.get("link"), given.get("checkpoint"), given.get("curve")
    if not (isinstance(link, str) and isinstance(checkpoint, str) and isinstance(curve, Mapping)):
        raise ValueError("The kept run must have a link, a checkpoint and a curve.")
    frame = check_count("The kept frame", given.get("frame"), least=0, most=MOST_FRAMES)
    clipped = check_count("clipped", given.get("clipped", 0), least=0)
    run = replace(Run.from_link(link, _read_table(given.get("table"))), frame=frame)
    probe = read_probe(given.get("probe"), run.experiment)
    inside = read_inside(given.get("inside"), run.experiment)
    last_step = _read_step(given.get("last_step"))
    found = read_diagnoses(given.get("found", []), sum(run.experiment.hidden), frame)
    plane = read_plane(given.get("plane"), run.experiment)
    return Record(run, checkpoint, _losses(curve, frame), clipped, probe, inside, last_step, found, plane)


def run_file(timeline: Timeline, probe: Probe, inside: Inside, plane: MapPlane) -> str:
    """The text of a run file of the timeline's present frame, and how it is looked at. Raises: ValueError."""
    view = {
        "probe": {"point": list(probe.point), "target": probe.target},
        "inside": asdict(inside),
        "plane": asdict(plane),
        "found": kept_diagnoses(timeline),
    }
    return write_run(timeline, view)


def read_run_file(text: str | bytes) -> Record:
    """The record of a run file, which is possibly anything. Raises: ValueError, in one sentence."""
    saved = read_run(text)
    view, experiment, frame = saved.view, saved.run.experiment, saved.run.frame
    probe = read_probe(view.get("probe"), experiment)
    inside = read_inside(view.get("inside"), experiment)
    found = read_diagnoses(view.get("found", []), sum(experiment.hidden), frame)
    plane = read_plane(view.get("plane"), experiment)
    return Record(saved.run, saved.checkpoint, saved.losses, saved.clipped, probe, inside, None, found, plane)


def _packed_step(last_step: LastStep) -> str:
    """θ before a step and what it has added, in base64 as float64, little-endian."""
    return b64encode(np.concatenate((last_step.theta, last_step.step)).astype("<f8").tobytes()).decode()


def _read_step(text: object) -> Array | None:
    """(2, P) of a last step that was kept, possibly anything; None where there is none that can be read."""
    try:
        raw = b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return None
    if not raw or len(raw) % 16 or len(raw) > LONGEST_STEP:
        return None
    numbers = np.frombuffer(raw, dtype="<f8").reshape(2, -1)
    return numbers if np.isfinite(numbers).all() else None


def _losses(curve: Mapping[str, Any], frame: int) -> Array:
    """(frame, 2) losses; those between the ones kept lie on a straight line."""
    every = check_count("every", curve.get("every"), least=1)
    known = np.arange(0, frame, every)
    if len(known) > MOST_LOSSES:
        raise ValueError(f"The kept curve must have at most {MOST_LOSSES} losses. Got {len(known)}.")
    columns = [_numbers(curve.get(name), len(known)) for name in ("train", "test")]
    if every > 1 and frame:
        columns = [np.interp(np.arange(frame), known, column) for column in columns]
    return np.column_stack(columns)


def _numbers(text: object, count: int) -> Array:
    try:
        raw = b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        raw = b""
    if len(raw) != 8 * count:
        raise ValueError(f"The kept curve must have {count} losses.")
    return np.frombuffer(raw, dtype="<f8")
