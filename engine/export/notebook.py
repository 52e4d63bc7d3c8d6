"""A run as a notebook that imports this engine and goes on with it."""

import html
import json
from dataclasses import dataclass
from typing import Literal

from engine.arrays import check_count, check_type
from engine.export.data_code import MOST_NUMBERS
from engine.export.text import in_a_comment
from engine.runs.provenance import summary
from engine.runs.run import Run

MARKS = r"\`*_[]()#!|~$"
"""What means something in Markdown, or begins a formula."""
MOST_FRAMES = 10_000
"""Frames that a notebook goes on by; in the notebook any number can be written."""


@dataclass(frozen=True)
class Cell:
    """A cell: words in Markdown, or code."""

    kind: Literal["markdown", "code"]
    text: str


def notebook(run: Run, *, further: int = 50) -> str:
    """A Jupyter notebook, as JSON text of nbformat 4, that trains up to the run's frame and then goes on.

    Its cells need this engine beside the notebook, and what it imports; the last one needs pandas. The
    run stands in it as its link, with its journal, and a table of one's own as its numbers: so the notebook
    goes on with the same bits.

    Args:
        run:     as it stands at its frame.
        further: the number of frames that one cell goes on by.
    Raises: ValueError for what is no Run, a number out of range, a table too large for a notebook.
    """
    check_count("further", further, most=MOST_FRAMES)
    numbered: list[dict[str, object]] = [
        {
            "cell_type": cell.kind,
            "id": f"cell-{i}",
            "metadata": {},
            "source": cell.text.splitlines(keepends=True),
        }
        | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {})
        for i, cell in enumerate(cells(run, further), 1)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    made = {"cells": numbered, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def cells(run: Run, further: int) -> list[Cell]:
    """What the notebook says and does, cell by cell. Raises: ValueError, as notebook does."""
    check_type("run", run, Run)
    table, link = run.experiment.table, f"Run.from_link({run.to_link()!r}"
    if table is not None and table.X.size > MOST_NUMBERS:
        rule = f"A notebook can hold at most {MOST_NUMBERS:,} numbers of data"
        raise ValueError(f"{rule}. Got {table.X.size:,}.")
    imports = "import engine"
    if table is not None:
        imports += "\nfrom engine.data.own import Table"
    given = "" if table is None else f"table = Table.from_json_value({table.to_json_value()!r})\n"
    named = ")" if table is None else ", table=table)"
    return [
        _words(f"# A run to go on with\n\n{_plain(summary(run.experiment))}"),
        _words(
            "This needs the folder `engine` beside it, NumPy and threadpoolctl, and at the end pandas.",
        ),
        _code(imports),
        _words(
            "The run: its experiment, what was changed by hand since, and the frame at which it stands.",
        ),
        _code(f"{given}run = engine.{link}{named}\nrun"),
        _words("Training up to this frame gives the same numbers, to the bit, as on the page."),
        _code(
            "timeline = engine.replay(run)\n"
            "while timeline.frame < run.frame and timeline.advance():\n"
            "    pass\n"
            "timeline",
        ),
        _words(f"From here it goes on, {further} frames at a time. Run this cell again for more."),
        _code(
            f"for _ in range({further}):\n"
            "    if not timeline.advance():\n"
            "        break\n"
            "timeline.stopped or timeline",
        ),
        _words(
            "The weights and biases of each layer, as `W[l]` (fan_in, fan_out) and `b[l]` (fan_out,).",
        ),
        _code("net = timeline.trainer.net\nnet.W[0], net.b[0]"),
        _words("The history, one row a frame, for pandas."),
        _code("import pandas as pd\n\nhistory = pd.DataFrame(timeline.records())\nhistory.tail()"),
    ]


def _words(text: str) -> Cell:
    return Cell("markdown", text)


def _code(text: str) -> Cell:
    return Cell("code", text)


def _plain(text: str) -> str:
    """Words in which Markdown finds nothing to format, whatever somebody has called their data."""
    plain = in_a_comment(text)
    return "".join(f"&#{ord(sign)};" if sign in MARKS else html.escape(sign) for sign in plain)
