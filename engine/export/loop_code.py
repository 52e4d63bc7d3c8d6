"""The loop over epochs and mini-batches, with the changes of a run's journal at their steps."""

from collections.abc import Callable, Mapping
from itertools import groupby

from engine.export.plan import Change, Plan
from engine.export.text import indented, number

Setup = tuple[list[str], Mapping[str, str]]
"""Lines that make an optimiser anew, and the numbers that lines call by name."""


def loop_lines(
    p: Plan,
    *,
    setups: list[tuple[int, Setup]],
    parts: list[tuple[int, list[str]]],
    step: list[str],
    write: Callable[[int, float], list[str]],
) -> list[str]:
    """From the settings at first to the end of training.

    Args:
        setups: from which step on which settings hold, the first at step 0.
        parts:  from which step on which lines make the update, likewise.
        step:   the lines before the update, from the samples in `batch` to their gradient.
        write:  the lines that set a parameter by hand.
    """
    values: dict[str, str] = {}
    at = {step: _assigned(lines, named, values) for step, (lines, named) in setups}
    while_training, afterwards = [], []
    for change in p.changes:
        written = [line for index, value in change.parameters for line in write(index, value)]
        if change.step >= p.steps:
            afterwards += written
        elif lines := [*at.get(change.step, []), *written]:
            while_training += [f"if step == {change.step}:  # {_when(change)}", *indented(lines)]
    merged = [next(alike) for _, alike in groupby(parts, key=lambda part: part[1])]
    counts = bool(while_training) or len(merged) > 1  # whether anything asks for the number of the step
    body = [
        *while_training,
        f"batch = order[start : start + {p.batch}]",
        *step,
        *_branches(merged),
        *(["step += 1"] if counts else []),
    ]
    return [
        *at[0],
        "",
        f"rng = np.random.default_rng([{p.experiment.seed}, 1])  # draws the order of the samples",
        f"order = np.arange({p.rows})",
        *(["step = 0"] if counts else []),
        f"for epoch in range({p.epochs}):",
        "    rng.shuffle(order)",
        f"    for start in range(0, {p.rows}, {p.batch}):",
        *indented(body, 2),
        *afterwards,
    ]


def _assigned(lines: list[str], named: Mapping[str, str], values: dict[str, str]) -> list[str]:
    """Lines that give the numbers their names, those that have another value now."""
    new = {name: value for name, value in named.items() if values.get(name) != value}
    values.update(new)
    return [*(f"{name} = {value}" for name, value in new.items()), *lines]


def _when(change: Change) -> str:
    return f"after epoch {number(round(change.epoch, 3))}"


def _branches(merged: list[tuple[int, list[str]]]) -> list[str]:
    """Lines for each part of the training, each with the step from which on it holds."""
    if len(merged) == 1:
        return merged[0][1]
    lines = []
    for i, (_, part) in enumerate(merged[:-1]):
        lines += [f"{'elif' if i else 'if'} step < {merged[i + 1][0]}:", *indented(part)]
    return [*lines, "else:", *indented(merged[-1][1])]
