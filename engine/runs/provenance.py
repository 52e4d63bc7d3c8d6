"""Describes an experiment in the words of its controls; together they are the line under a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from engine.activations import ACTIVATIONS
from engine.runs.journal import ParameterSet
from engine.runs.link_values import NUMBER
from engine.runs.rows import rows

if TYPE_CHECKING:
    from engine.runs.experiment import Experiment
    from engine.runs.run import Run

Words = Callable[["Experiment"], str]
UNITS = {
    "epoch": {"one": "epoch", "many": "epochs"},
    "mini-batch": {"one": "mini-batch", "many": "mini-batches"},
}
PENALTIES = {"l1": "the L1 penalty", "l2": "the L2 penalty"}


number = NUMBER.write


def drawn(say: Words) -> Words:
    """Words that apply only to points drawn at random."""
    return lambda e: "" if e.problem.fixed else say(e)


def split(say: Words) -> Words:
    """Words that apply only where some points are for testing."""
    return lambda e: say(e) if e.problem.divided else ""


def if_set(field: str, said: str) -> Words:
    """A number with words before it; nothing where it is 0, which means off."""
    return lambda e: f"{said} {number(value)}" if (value := getattr(e, field)) else ""


def data(e: Experiment) -> str:
    """The data set, and which one it is where it is the user's own."""
    if e.table is not None:
        return f"{e.table.name}, table {e.table.short_fingerprint}"
    return f"{e.problem.label} of {e.problem.classes} classes" if e.problem.any_classes else e.problem.label


def points(e: Experiment) -> str:
    """How many points there are."""
    if e.table is not None:
        return f"{len(e.table.X)} rows"
    return "given points, all for training" if e.problem.fixed else f"{e.samples} points"


def inputs(e: Experiment) -> str:
    """The features."""
    table = e.problem.features
    if e.table is not None:
        seen = "standardised inputs" if e.table.standardised else "inputs"
        return f"{seen} {', '.join(table[name].label for name in e.features)} for {e.table.target_name}"
    return f"inputs {' '.join(table[name].label for name in e.features)}"


def activations(e: Experiment) -> str:
    """The activations of all layers; one that they share is said once."""
    named = [ACTIVATIONS[name].label for name in (*e.activations, e.output_activation)]
    return f"all {named[0]}" if len({*named}) == 1 < len(named) else ", ".join(named)


def parameters(table: Mapping[str, Any], choice: str) -> Words:
    """The parameters of an optimiser or of a schedule.

    Args: choice: the field that chooses from the table; the parameters' field is named after it.
    """

    def said(label: str, value: float | bool) -> str:
        text = ("off", "on")[value] if isinstance(value, bool) else number(value)
        return label.replace("…", text) if "…" in label else f"{label} {text}"

    def words(e: Experiment) -> str:
        labels = {row.name: row.label for row in table[getattr(e, choice)].parameters}
        given = getattr(e, f"{choice}_parameters")
        return ", ".join(said(labels[name], value) for name, value in given)

    return words


def frames(e: Experiment) -> str:
    """How much training a frame is, unless it is one epoch."""
    if (e.speed, e.unit) == (1, "epoch"):
        return ""
    return f"{e.speed} {UNITS[e.unit]['one' if e.speed == 1 else 'many']} a frame"


def penalty(e: Experiment) -> str:
    """The penalty in the loss; weight decay is not one."""
    return PENALTIES.get(e.regularization, "") if e.regularization_rate else ""


def summary(e: Experiment) -> str:
    """One line that describes an experiment completely enough to repeat its run."""
    return _joined(_groups(e))


def run_summary(run: Run, epoch_at: Callable[[int], float]) -> str:
    """The same for a run up to its frame: "sgd 0.03, sgd 0.1 from epoch 5", and the weights set by hand.

    Args: epoch_at: the epochs done at a frame.
    """
    return _joined(_run_groups(run, lambda frame: f"epoch {epoch_at(frame):.10g}"))


def _run_groups(run: Run, moment: Callable[[int], str]) -> dict[str, list[str]]:
    """The words of a run by group; moment says when a frame is."""
    groups = _groups(run.experiment)
    for group, said in _changes(run, moment):
        groups.setdefault(group, []).append(said)
    return groups


def changes_said(run: Run) -> list[str]:
    """What a run's journal has changed up to its frame: "SGD 0.1 from frame 5"."""
    return [said for _, said in _changes(run, lambda frame: f"frame {frame}")]


def _changes(run: Run, moment: Callable[[int], str]) -> list[tuple[str, str]]:
    """Group and words of each change; moment says when a frame is."""
    changes = []
    before = run.experiment
    for frame, e in run.moments[1:]:
        if frame > run.frame:
            break
        for row in rows(type(e)).values():
            if row.words is not None and (said := row.words(e)) != row.words(before):
                changes.append((row.group, f"{said or row.off} from {moment(frame)}"))
        before = e
    by_hand = [
        f"θ[{entry.index}] = {number(entry.value)} at {moment(entry.frame)}"
        for entry in run.journal
        if isinstance(entry, ParameterSet) and entry.frame <= run.frame
    ]
    return changes + ([("by hand", "by hand " + ", ".join(by_hand))] if by_hand else [])


GROUPS = {
    "data": "Data",
    "inputs": "Inputs",
    "net": "Network",
    "training": "Training",
    "start": "First weights",
    "penalty": "Regularisation",
    "schedule": "Schedule",
    "clip": "Clipping",
    "frozen": "Frozen",
    "frame": "A frame",
    "stop": "Stop",
    "by hand": "By hand",
}
"""What the groups of settings are called, each in front of its words."""


def summary_html(e: Experiment) -> str:
    """The same as an HTML table, for a notebook."""
    return _table(_groups(e))


def run_summary_html(run: Run) -> str:
    """A run up to its frame as an HTML table; what has changed is said with its frame."""
    return _table(_run_groups(run, lambda frame: f"frame {frame}") | {"": [f"at frame {run.frame}"]})


def _table(groups: dict[str, list[str]]) -> str:
    """A row per group; every word is text, whatever somebody has called their data."""
    lines = [
        f"<tr><th scope='row' style='text-align: left'>{escape(GROUPS.get(name, name))}</th>"
        f"<td style='text-align: left'>{escape(', '.join(words))}</td></tr>"
        for name, words in groups.items()
    ]
    return f"<table>{''.join(lines)}</table>"


def _groups(e: Experiment) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for row in rows(type(e)).values():
        if row.words is not None and (said := row.words(e)):
            groups.setdefault(row.group, []).append(said)
    return groups


def _joined(groups: dict[str, list[str]]) -> str:
    return " · ".join(", ".join(group) for group in groups.values())


def left_out(e: Experiment) -> list[str]:
    """What an experiment adds to the plain step of textbooks."""
    return [said for row in rows(type(e)).values() if row.left_out is not None and (said := row.left_out(e))]
