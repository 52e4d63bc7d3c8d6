"""How scripts write numbers and arrays: so that Python reads back the same bits."""

import textwrap
from collections.abc import Iterable

import numpy as np

from engine.arrays import Array
from engine.export.plan import Plan
from engine.runs.provenance import run_summary
from engine.runs.run import Run

WIDTH = 100
"""Characters of a line with numbers."""


def number(value: float) -> str:
    """A number or switch; a whole one without its point."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    whole = float(value).is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else repr(float(value))


def indented(lines: Iterable[str], depth: int = 1) -> list[str]:
    """Lines inside a block."""
    return ["    " * depth + line if line else line for line in lines]


def array(name: str, values: Array) -> list[str]:
    """Lines that make a vector, or a matrix row by row, of these numbers."""
    if values.ndim == 1:
        return [f"{name} = np.array([", *indented(_wrapped(map(number, values))), "])"]
    rows = (f"[{', '.join(map(number, row))}]" for row in values)
    return [f"{name} = np.array([", *indented(_wrapped(rows)), "], dtype=float)"]


def _wrapped(words: Iterable[str]) -> list[str]:
    """Words with commas, as many to a line as fit."""
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > WIDTH:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word + ","
    return lines


def once(texts: Iterable[str]) -> list[str]:
    """The lines of the texts, each text once, with two empty lines around it."""
    lines = []
    for text in dict.fromkeys(text for text in texts if text):
        lines += ["", "", *text.splitlines()]
    return lines


def heading(run: Run, p: Plan, needs: str) -> list[str]:
    """What a script says of itself first."""
    per_epoch = p.steps / p.epochs if p.epochs else 1
    steps = {0: 0} | {change.frame: change.step for change in p.changes}
    said = in_a_comment(run_summary(run.standing_at(max(steps)), lambda frame: steps[frame] / per_epoch))
    epochs = "1 epoch" if p.epochs == 1 else f"{p.epochs} epochs"
    words = textwrap.wrap(f"{said}.", WIDTH, break_on_hyphens=False)
    return [
        f'"""{epochs} of training, written out. It needs {needs}, and prints the loss at the end.',
        "",
        *words,
        '"""',
        "",
    ]


def in_a_comment(text: str) -> str:
    """Words that can't end a comment or a docstring, whatever somebody has called their data."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain.replace("\\", "/").replace('"', "'")
