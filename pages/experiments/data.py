"""What the browser gets of a sweep: the cells with curves, maps and counts, as far as they are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np

from engine import LOSSES, Outcome
from engine.analysis.spread import Spread, has_test, spread
from engine.runs.experiment import experiment_query
from engine.runs.links import to_text
from engine.runs.rows import rows
from pages.experiments.maps import map_of, side_for
from pages.experiments.plan import Cell
from pages.experiments.session import SweepSession
from pages.experiments.settings import VIEWS
from pages.experiments.variables import variables
from pages.figures.alternative import thinned

TEST_LOSS, TRAINING_LOSS, LOSS = "test loss", "training loss", "loss"
MOST_MOMENTS = 75
"""Most moments of a curve: more can't be told apart in a cell."""
Drawn = dict[int, tuple[object, dict[str, Any]]]
"""Cells that were sent before, by their place, each with what it was made from."""


def sweep_data(user: SweepSession, drawn: Drawn) -> dict[str, Any]:
    """The whole picture; cells that haven't changed are taken from those drawn before."""
    s, known = user.settings, variables()
    axes = [
        {"label": known[name].label, "values": list(map(known[name].said, values))}
        for name, values in ((s.vary, s.values), (s.vary_2, s.values_2))
        if name
    ]
    cells = [_cell(user, place, drawn) for place in range(len(user.cells))]
    return {
        "state": user.state,
        "done": user.done,
        "total": user.total,
        "success": s.success,
        "seeds": s.seeds,
        "epochs": s.epochs,
        "view": s.view,
        "views": [{"name": name, "label": label} for name, label in VIEWS.items()],
        "down": axes[0] if s.vary_2 else None,
        "across": axes[-1],
        "cells": cells,
        "judged": common([cell["judged"] for cell in cells if cell["count"]]),
        "caveat": caveat(user),
        **_axes(user),
        "provenance": user.provenance,
        "notice": user.notice or "",
        "kept": user.kept,
    }


def common(judged: Sequence[str]) -> str:
    """What the losses of several cells are."""
    kinds = {*judged}
    return LOSS if len(kinds) > 1 else kinds.pop() if kinds else TEST_LOSS


def judged_by(outcomes: Sequence[Outcome]) -> str:
    """Which loss the runs of a cell are judged by."""
    return TEST_LOSS if all(map(has_test, outcomes)) else TRAINING_LOSS


def caveat(user: SweepSession) -> str:
    """One sentence if the losses of the cells are not of one kind; otherwise ""."""
    kinds = {cell.experiments[0].loss: None for cell in user.cells if cell.experiments}
    if len(kinds) < 2:
        return ""
    names = ", ".join(LOSSES[name].label for name in kinds)
    return f"The losses are of different kinds, not to be compared: {names}."


def _axes(user: SweepSession) -> dict[str, Any]:
    """Half the side of the maps and the names of their axes; no side where the maps differ in these."""
    problems = [cell.experiments[0].problem for cell in user.cells if cell.experiments] or [user.base.problem]
    axes = [(problem.domain, problem.coordinate_labels[:2]) for problem in problems]
    domain, inputs = axes[0]
    return {"domain": domain if all(one == axes[0] for one in axes) else None, "inputs": list(inputs)}


def _cell(user: SweepSession, place: int, drawn: Drawn) -> dict[str, Any]:
    cell, done = user.cells[place], user.done_of(place)
    made_from = (cell, len(done), [outcome.seconds for outcome in done], user.settings.success)
    if place not in drawn or drawn[place][0] != made_from:
        drawn[place] = made_from, _drawn(user, cell, done)
    return drawn[place][1]


def _drawn(user: SweepSession, cell: Cell, done: Sequence[Outcome]) -> dict[str, Any]:
    known = variables()
    said = [known[name].said(text) for name, text in zip(user.varied, cell.values, strict=True)]
    told: dict[str, Any] = {"row": cell.row, "column": cell.column, "said": said, "refusal": cell.refusal}
    told |= {"count": len(done), "wanted": len(cell.experiments)}
    if not done:
        return told
    found, success = spread(done, user.settings.success), user.settings.success
    middle = done[found.median]
    moments = thinned(found.curve.shape[1], MOST_MOMENTS)
    query = to_text(experiment_query(replace(done[0].experiment, seed=0)))
    return told | {
        "judged": judged_by(done),
        "successes": found.successes,
        "quartiles": [_brief(value) for value in found.quartiles.tolist()],
        "moments": moments,
        "curve": [[_brief(value) for value in row] for row in found.curve[:, moments].tolist()],
        "map": map_of(middle.experiment, middle.theta, side_for(len(user.cells))),
        "query": query,
        "runs": _runs(done, found, success),
        "median": found.order.index(found.median),
        "seconds": _brief(median(outcome.seconds for outcome in done)),
    }


def _runs(done: Sequence[Outcome], found: Spread, success: float) -> list[dict[str, Any]]:
    """The runs from best to worst."""
    return [
        {
            "seed": done[k].experiment.seed,
            "epoch": done[k].epoch,
            "loss": _brief(float(found.losses[k])),
            "succeeded": bool(found.losses[k] <= success),
            "overflowed": done[k].stopped == "diverged",
        }
        for k in found.order
    ]


def _brief(value: float) -> float | None:
    """Five digits of a number; None for one that JSON has no word for."""
    return float(f"{value:.5g}") if np.isfinite(value) else None


def held_fixed(user: SweepSession) -> list[str]:
    """What all cells have in common in words, what belongs together in one line."""
    varied = {*user.varied, "seed"}
    groups: dict[str, list[str]] = {}
    for name, row in rows(type(user.base)).items():
        if name not in varied and row.words is not None and (words := row.words(user.base)):
            groups.setdefault(row.group, []).append(words)
    return [", ".join(words) for words in groups.values()]
