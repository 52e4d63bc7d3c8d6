"""The experiment with which the playground opens, and what a link has to say because of it."""

from __future__ import annotations

from engine import Experiment, Run
from engine.runs.rows import rows
from engine.runs.run import run_query

OPENING = Experiment(noise=0.1)
"""What an address without any parameters opens. A link that leaves the noise out still means none."""


def link_query(run: Run) -> dict[str, str]:
    """The parameters of a link to a run: at least one, as an address without any opens OPENING."""
    return run_query(run) or {
        row.link: row.link_format.write(value)
        for name, row in rows(Experiment).items()
        if (value := getattr(run.experiment, name)) != getattr(OPENING, name)
    }
