"""A run is an experiment and a journal of what was changed at which frame: equal runs agree to the bit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter
from typing import Any, Self

from engine.arrays import RefusalError, brief, check_count
from engine.data.own import Table
from engine.runs.experiment import LIVE, TABLE, Experiment, experiment_query, lacks_table, with_table
from engine.runs.journal import (
    MOST_ENTRIES,
    MOST_FRAME,
    Entry,
    ParameterSet,
    ParametersFrozen,
    SettingChanged,
)
from engine.runs.link_values import BETWEEN, NUMBER, WHOLE, listed
from engine.runs.links import from_query, from_text, open_query, to_text
from engine.runs.provenance import run_summary_html
from engine.runs.rows import in_words, rows

CHANGEABLE = tuple(name for name in LIVE if name != "frozen")
"""The fields that a SettingChanged may name; what is frozen has an entry of its own."""


@dataclass(frozen=True)
class Run:
    """An experiment as it was at frame 0, what was changed since, and the frame at which the run stands.

    Args:
        experiment: holds at frame 0; the parameters that it freezes are frozen from there on.
        journal:    entries in the order of their frames, at most 1,000; of those with one key (a field or
                    parameter at one frame) the last one counts, and stands alone.
        frame:      any, also one before the last entries: then the run has been rewound.
    Raises: ValueError for an entry that the experiment can't have, or out of order.
    """

    experiment: Experiment
    journal: tuple[Entry, ...] = ()
    frame: int = 0

    def __post_init__(self) -> None:
        check_count("frame", self.frame, least=0, most=MOST_FRAME)
        if not isinstance(self.experiment, Experiment):
            raise ValueError(f"experiment must be an Experiment. Got {brief(self.experiment)}.")
        if not isinstance(self.journal, tuple) or not all(isinstance(entry, Entry) for entry in self.journal):
            raise ValueError(f"journal must be a tuple of entries. Got {brief(self.journal)}.")
        if len(self.journal) > MOST_ENTRIES:
            raise ValueError(f"A journal must have at most {MOST_ENTRIES} entries. Got {len(self.journal)}.")
        frames = [entry.frame for entry in self.journal]
        if frames != sorted(frames):
            raise ValueError(
                f"The entries of a journal must be in the order of their frames. Got {brief(frames)}."
            )
        object.__setattr__(self, "journal", folded(self.journal))
        self._check_entries()

    def _check_entries(self) -> None:
        count = self.experiment.parameter_count
        for entry in self.journal:
            match entry:
                case SettingChanged(field=field) if field not in CHANGEABLE:
                    raise ValueError(
                        f"A setting that changes must be one of {', '.join(CHANGEABLE)}. Got {brief(field)}."
                    )
                case ParameterSet(index=index) if index >= count:
                    raise ValueError(f"The index of a parameter must be below {count}. Got {index}.")
        for _ in self.moments:  # making them checks the values
            pass

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        return run_summary_html(self)

    @cached_property
    def moments(self) -> tuple[tuple[int, Experiment], ...]:
        """Each experiment with the frame from which on it holds: the journal without weights set by hand."""
        moments = [(0, self.experiment)]
        settings = [entry for entry in self.journal if not isinstance(entry, ParameterSet)]
        for frame, entries in groupby(settings, attrgetter("frame")):
            changes = dict(map(_change, entries))
            try:
                moments.append((frame, replace(moments[-1][1], **changes)))
            except RefusalError as refusal:
                raise RefusalError(refusal.name, refusal.said, refusal.label, f"At frame {frame}: ") from None
            except ValueError as error:
                raise ValueError(f"At frame {frame}: {error}") from None
        return tuple(moments)

    def at(self, frame: int) -> Experiment:
        """The experiment that holds at a frame, and by which the next one is trained."""
        return next(experiment for start, experiment in reversed(self.moments) if start <= frame)

    @property
    def present(self) -> Experiment:
        """The experiment that holds at the run's own frame: what controls show."""
        return self.at(self.frame)

    def standing_at(self, frame: int) -> Self:
        """The same run at another frame; what has been checked needn't be checked again."""
        other = copy(self)
        object.__setattr__(other, "frame", check_count("frame", frame, least=0, most=MOST_FRAME))
        return other

    def to_link(self) -> str:
        """The query string of a link to this run, without its question mark; from_link gives an equal run."""
        return to_text(run_query(self))

    @classmethod
    def from_link(cls, text: str, table: Table | None = None) -> Self:
        """The run of a link: an address, a query string or a TensorFlow Playground hash.

        What is missing is fitted as the controls would fit it.

        Args:   table: the one that the link was made with, if it was made with any.
        Raises: ValueError, in one sentence, for a value that can't be read or that doesn't suit the others.
        """
        query = from_text(text)[0]
        return cls(
            from_query(Experiment, query, partial(Experiment.fitted, **with_table(query, table))),
            *_read_extent(query),
        )


@dataclass(frozen=True)
class Opened:
    """A run as a link gives it: refusals say what was not taken, notes what has no counterpart here."""

    run: Run
    refusals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def open_link(text: str, table: Table | None = None) -> Opened:
    """The run of a link that people write by hand: a bad value costs that value alone, and is named."""
    try:
        query, notes = from_text(text)
    except ValueError as error:
        return Opened(Run(Experiment()), (str(error),))
    return replace(open_parameters(query, table), notes=notes)


def open_parameters(query: Mapping[str, str], table: Table | None = None) -> Opened:
    """The run of a link's parameters, where a bad value costs that value alone.

    A table that is lacking costs what only suits that table: the data, the inputs, the output and the
    journal; the other settings stand.
    """
    if lacking := lacks_table(query, table):
        rest = {name: text for name, text in query.items() if name not in OF_A_TABLE}
        opened = open_parameters(rest)
        return replace(opened, refusals=(lacking, *opened.refusals))
    experiment, refusals = open_query(partial(Experiment.fitted, **with_table(query, table)), query)
    try:
        return Opened(Run(experiment, *_read_extent(query)), refusals)
    except ValueError as error:
        return Opened(Run(experiment), (*refusals, in_words(error, Experiment)))


JOURNAL, FRAME = "journal", "frame"
OF_A_TABLE = {TABLE, JOURNAL, FRAME} | {
    rows(Experiment)[name].link
    for name in ("dataset", "classes", "features", "output_activation", "loss", "frozen")
}
"""The parameters of a link that say nothing without the table that it was made with."""
BETWEEN_ENTRIES = BETWEEN * 2
SET, FREEZE = "set", "freeze"
LONGEST_JOURNAL = 300_000
_INDICES = listed(WHOLE)


def run_query(run: Run) -> dict[str, str]:
    """The parameters of a link to a run: of its experiment, journal (30~lr~0.1~~45~set~7~-0.5) and frame."""
    query = experiment_query(run.experiment)
    if run.journal:
        query[JOURNAL] = BETWEEN_ENTRIES.join(map(_write_entry, run.journal))
    if run.frame:
        query[FRAME] = WHOLE.write(run.frame)
    return query


def _write_entry(entry: Entry) -> str:
    match entry:
        case SettingChanged(field=field, value=value):
            row = rows(Experiment)[field]
            said = row.link, row.link_format.write(value)
        case ParameterSet(index=index, value=value):
            said = SET, f"{WHOLE.write(index)}{BETWEEN}{NUMBER.write(value)}"
        case ParametersFrozen(indices=indices):
            said = FREEZE, _INDICES.write(indices)
        case _:
            raise TypeError(f"An entry must be one of the journal's kinds. Got {entry!r}.")
    return BETWEEN.join((WHOLE.write(entry.frame), *said))


def _read_extent(query: Mapping[str, str]) -> tuple[tuple[Entry, ...], int]:
    """Journal and frame of a link's parameters. Raises: ValueError."""
    text = query.get(JOURNAL, "")
    if len(text) > LONGEST_JOURNAL or text.count(BETWEEN_ENTRIES) >= MOST_ENTRIES:
        raise ValueError(f"{JOURNAL} in the link must have at most {MOST_ENTRIES} entries.")
    entries = tuple(map(_read_entry, text.split(BETWEEN_ENTRIES) if text else ()))
    try:
        frame = WHOLE.read(query.get(FRAME, "0"))
    except ValueError:
        raise ValueError(f"{FRAME} in the link can't be read. Got {query[FRAME][:40]!r}.") from None
    return entries, frame


_FIELDS = {rows(Experiment)[name].link: name for name in CHANGEABLE}


def _read_entry(text: str) -> Entry:
    try:
        frame_text, name, value = text.split(BETWEEN, 2)
        frame = WHOLE.read(frame_text)
        if name == SET:
            index, _, number = value.partition(BETWEEN)
            return ParameterSet(frame, WHOLE.read(index), NUMBER.read(number))
        if name == FREEZE:
            return ParametersFrozen(frame, _INDICES.read(value))
        field = _FIELDS[name]
        return SettingChanged(frame, field, rows(Experiment)[field].link_format.read(value))
    except (ValueError, KeyError):
        raise ValueError(f"{JOURNAL} in the link can't be read. Got {text[:40]!r}.") from None


def folded(journal: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries without those that a later one of the same frame replaces."""
    kept: dict[tuple[Any, ...], Entry] = {}
    for entry in journal:
        kept.pop(entry.key, None)
        kept[entry.key] = entry
    return tuple(kept.values())


def _change(entry: Entry) -> tuple[str, Any]:
    match entry:
        case SettingChanged(field=field, value=value):
            return field, value
        case ParametersFrozen(indices=indices):
            return "frozen", indices
    raise TypeError(f"An entry must change a setting. Got {entry!r}.")
