"""A run as one file: what it is, where it stands and how it got there, as JSON that anybody can read."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.arrays import Array, brief, check_count
from engine.data.datasets import DataSplit
from engine.network import Network
from engine.runs.experiment import MOST_LISTED, Experiment
from engine.runs.journal import MOST_ENTRIES, Entry, ParameterSet, ParametersFrozen, SettingChanged
from engine.runs.provenance import run_summary
from engine.runs.run import Run
from engine.runs.timeline import Follower, Timeline, replay

FORMAT = "Backprop Playground run"
VERSION = 1
"""Of what is written here; it grows when an older reader would no longer understand a file."""
LONGEST_FILE = 20_000_000
"""Most characters of a file."""
MOST_FRAMES = 1_000_000
"""Most frames of a run that can be kept: at 30 a second nine hours."""
MOST_LOSSES = 50_001
"""Most losses that a file has of one curve; of a longer one it has every k-th."""
ENTRY_KINDS = {"value": SettingChanged, "set": ParameterSet, "freeze": ParametersFrozen}
"""What only an entry of that kind has in a file."""


@dataclass(frozen=True, eq=False)
class SavedRun:
    """A run as a file has it.

    Attributes:
        run:        stands at the frame at which it was saved.
        checkpoint: the trainer there, as text; "" at frame 0.
        losses:     (frame, 2) training and test losses of the frames before it; NaN where not known.
        clipped:    steps of its frame whose gradient was clipped.
        view:       what whoever saved it has noted besides, possibly anything that JSON can hold.
    """

    run: Run
    checkpoint: str
    losses: Array
    clipped: int = 0
    view: Mapping[str, Any] = field(default_factory=dict)

    def timeline(
        self, data: DataSplit | None = None, follower: Callable[[Network], Follower] | None = None
    ) -> Timeline:
        """The run's timeline at its frame; it goes on to the bit as if it had never been saved.

        Args:   data, follower: see replay.
        Raises: ValueError if the checkpoint doesn't suit the run.
        """
        timeline = replay(self.run, data, follower)
        timeline.resume(self.run.frame, self.checkpoint, self.losses, clipped=self.clipped)
        return timeline


def write_run(timeline: Timeline, view: Mapping[str, Any] | None = None) -> str:
    """The run of a timeline at its present frame, as the text of a file; read_run gives it back.

    Args:   view: what else is to be noted.
    Raises: ValueError for a run whose journal is full, or that is too long for a file.
    """
    if timeline.unrecorded is not None:
        raise ValueError(f"A run can be saved up to its {MOST_ENTRIES:,} changes. This one has had more.")
    frame, run = timeline[timeline.frame], timeline.run
    check_count("The frame of a saved run", frame.frame, least=0, most=MOST_FRAMES)
    every = 1 + frame.frame // MOST_LOSSES
    kept = slice(0, frame.frame + 1, every)
    said = {
        "format": FORMAT,
        "version": VERSION,
        "summary": run_summary(run, timeline.progress.__getitem__),
        "frame": frame.frame,
        "epoch": frame.progress,
        "experiment": json.loads(run.experiment.to_json()),
        "journal": [_entry_value(entry) for entry in run.journal],
        "history": {
            "every": every,
            "train_loss": list(map(_finite, timeline.train_losses[kept])),
            "test_loss": list(map(_finite, timeline.test_losses[kept])),
        },
        "clipped": frame.clipped,
        "checkpoint": json.loads(timeline.checkpoint()) if frame.frame else None,
        "view": dict(view or {}),
    }
    text = json.dumps(said, separators=(",", ":"), allow_nan=False)
    if len(text) > LONGEST_FILE:
        raise ValueError(f"A run file may have {LONGEST_FILE:,} characters. This one has {len(text):,}.")
    return text


def read_run(text: str | bytes) -> SavedRun:
    """The run of a file, which is possibly anything. Whether its checkpoint suits shows in its timeline.

    Raises: ValueError, in one sentence, for whatever is no run that can go on.
    """
    given = _record("A run file", _parsed(text))
    if given.get("format") != FORMAT:
        raise ValueError(f'The file must be a run that was saved here: its format must be "{FORMAT}".')
    if given.get("version") != VERSION:
        raise ValueError(f"version of a run file must be {VERSION}. Got {brief(given.get('version'))}.")
    experiment = Experiment.from_json(json.dumps(_record("experiment", given.get("experiment"))))
    frame = check_count("frame", given.get("frame"), least=0, most=MOST_FRAMES)
    journal = tuple(_entry(value) for value in _listed("journal", given.get("journal"), MOST_ENTRIES))
    checkpoint = _record("checkpoint", given.get("checkpoint")) if frame else None
    return SavedRun(
        run=Run(experiment, journal, frame),
        checkpoint=json.dumps(checkpoint, separators=(",", ":")) if checkpoint else "",
        losses=_losses(_record("history", given.get("history")), frame),
        clipped=check_count("clipped", given.get("clipped"), least=0, most=2**53),
        view=_record("view", given.get("view", {})),
    )


def _parsed(text: str | bytes) -> object:
    if len(text) > LONGEST_FILE:
        raise ValueError(f"A run file may have {LONGEST_FILE:,} characters. This one has {len(text):,}.")
    try:
        written = text if isinstance(text, str) else text.decode("utf-8-sig")
        return json.loads(written, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ValueError("The file can't be read: a run file is JSON text, and this one isn't.") from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def _record(name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} must be a record. Got {brief(value)}.")
    return value


def _listed(name: str, value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        got = f"{len(value):,}" if isinstance(value, list) else brief(value)
        raise ValueError(f"{name} must be a list of at most {most:,} entries. Got {got}.")
    return value


def _finite(loss: float) -> float | None:
    """A loss as JSON has it: NaN and infinity are no numbers there."""
    return loss if math.isfinite(loss) else None


def _entry_value(entry: Entry) -> dict[str, Any]:
    match entry:
        case SettingChanged(field=name, value=value):
            return {"frame": entry.frame, "field": name, "value": value}
        case ParameterSet(index=index, value=value):
            return {"frame": entry.frame, "set": index, "to": value}
        case ParametersFrozen(indices=indices):
            return {"frame": entry.frame, "freeze": indices}
    raise TypeError(f"An entry must be one of the journal's kinds. Got {entry!r}.")


def _entry(given: object) -> Entry:
    value = _record("An entry of the journal", given)
    kind = next((made for name, made in ENTRY_KINDS.items() if name in value), None)
    frame: Any = value.get("frame")
    if kind is SettingChanged:
        return SettingChanged(frame, value.get("field", ""), _fixed(value["value"]))
    if kind is ParameterSet:
        return ParameterSet(frame, value["set"], value.get("to"))  # type: ignore[arg-type]  # it checks
    if kind is ParametersFrozen:
        return ParametersFrozen(frame, tuple(_listed("freeze", value["freeze"], MOST_LISTED)))
    kinds = ", ".join(ENTRY_KINDS)
    raise ValueError(f"An entry of the journal must have one of {kinds}. Got {brief(value)}.")


def _fixed(value: object, depth: int = 2) -> object:
    """A setting's value with tuples for lists, as an experiment has it."""
    if isinstance(value, list) and depth:
        return tuple(_fixed(part, depth - 1) for part in _listed("value", value, MOST_LISTED))
    return value


def _losses(history: Mapping[str, Any], frame: int) -> Array:
    """(frame, 2) losses; those between the ones in the file lie on a straight line."""
    every = check_count("every", history.get("every"), most=MOST_FRAMES)
    known = np.arange(0, frame + 1, every)
    columns = [_curve(name, history.get(name), len(known)) for name in ("train_loss", "test_loss")]
    if not np.isfinite(columns[0]).all():
        raise ValueError("train_loss must be a number at every frame.")
    if every > 1:
        columns = [np.interp(np.arange(frame + 1), known, column) for column in columns]
    return np.column_stack(columns)[:frame]


def _curve(name: str, values: object, count: int) -> Array:
    """(count,) losses of a file, NaN for null."""
    losses: Sequence[object] = _listed(name, values, MOST_LOSSES)
    if len(losses) != count:
        raise ValueError(f"{name} must have {count:,} losses. Got {len(losses):,}.")
    if not all(loss is None or isinstance(loss, float) or type(loss) is int for loss in losses):
        raise ValueError(f"{name} must be a list of numbers.")
    try:
        read = np.array(losses, dtype=np.float64)
    except OverflowError:
        raise ValueError(f"{name} must be a list of numbers up to 1e308.") from None
    if np.isinf(read).any():
        raise ValueError(f"{name} must be a list of numbers up to 1e308.")
    return read
