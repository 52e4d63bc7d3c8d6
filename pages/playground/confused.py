"""Below the confusion matrices: the samples of the cell that was pressed, each to be worked on Backprop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from engine.data.metrics import Integers
from pages.live.assets import component
from pages.playground.description import class_labels
from pages.playground.samples import PARTS, Cell, Listed, Predictions, listed, predictions
from pages.playground.session import Session
from pages.shell.binding import one_of
from pages.shell.chart import spoken
from pages.shell.controls import is_shown, selectbox
from pages.shell.lesson import lesson

FOLDER = Path(__file__).with_name("confused")
KEY, CHOICE = "confused", "confused_cell"
WORK = "work-point"
"""The action of a view's button that a teacher's link takes away or locks: the list has the same."""


def confused_samples(user: Session, epoch: str) -> None:
    """Let a cell of the matrices be pressed or chosen, and list its samples at the shown frame."""
    said = predictions(user.timeline.trainer, user.experiment)
    labels = class_labels(user.experiment.problem)
    counts = {part: told.counts(len(labels)) for part, told in said.items()}
    if user.cell is not None and user.cell.part not in said:
        user.cell = None
    if not is_shown(CHOICE, "Samples of a cell"):
        return

    def acted() -> None:
        _act(user, st.session_state.get(KEY, {}))

    _choice(user, counts, labels)
    cell = user.cell
    rows = None if cell is None else _list(user, cell, said[cell.part], labels, epoch)
    component(FOLDER)(
        key=KEY,
        data={
            "run": user.run,
            "frame": user.timeline.frame,
            "matrices": [_matrix(part, counted, labels) for part, counted in counts.items()],
            "chosen": None if cell is None else [cell.part, cell.true, cell.predicted],
            "list": rows,
        },
        on_act_change=acted,
    )
    spoken("confused_said", rows["title"] if rows else "")


def _act(user: Session, state: Mapping[str, Any]) -> None:
    """Do what the browser asks: choose a cell, or work a sample. What makes no sense is ignored."""
    act = state.get("act")
    if not isinstance(act, Mapping) or act.get("run") != user.run:
        return
    part, i, j, place, frame = (act.get(name) for name in ("part", "true", "predicted", "place", "frame"))
    if isinstance(place, int):
        try:
            user.work_sample(place, frame if isinstance(frame, int) else None)
        except ValueError as error:
            user.refuse(str(error))
    elif part in PARTS and isinstance(i, int) and isinstance(j, int) and _suits(user, i, j):
        cell = Cell(part, i, j)
        user.choose_cell(None if cell == user.cell else cell)


def _suits(user: Session, i: int, j: int) -> bool:
    classes = user.experiment.problem.classes
    return 0 <= i < classes and 0 <= j < classes


def _name(cell: Cell, labels: list[str]) -> str:
    return f"{PARTS[cell.part]}: true {labels[cell.true]}, predicted {labels[cell.predicted]}"


def _choice(user: Session, counts: Mapping[str, Integers], labels: list[str]) -> None:
    """A select box with all cells that have samples: wrong predictions first, the most frequent on top."""
    cells = {
        Cell(part, i, j): int(counted[i, j])
        for part, counted in counts.items()
        for i in range(len(labels))
        for j in range(len(labels))
        if counted[i, j] or user.cell == Cell(part, i, j)
    }
    ordered = sorted(cells, key=lambda cell: (cell.true == cell.predicted, -cells[cell]))
    names = {_name(cell, labels): cell for cell in ordered}
    of = {cell: name for name, cell in names.items()}

    def write(name: str | None) -> None:
        user.choose_cell(names.get(name or ""))

    selectbox(
        "Samples of a cell",
        format_func=lambda name: f"{name} ({cells[names[name]]:,})" if name in names else str(name),
        placeholder="Press a cell above, or choose one",
        width=500,
        **one_of(names, CHOICE, None if user.cell is None else of[user.cell], write),
    )


def _matrix(part: str, counts: Integers, labels: list[str]) -> dict[str, Any]:
    """What the browser needs of a matrix to make its cells pressed: its chart, and each cell in words."""
    return {
        "part": part,
        "chart": f"confusion_{part}",
        "name": f"{PARTS[part]} points: choose a cell to list its samples",
        "cells": [
            [f"true {labels[i]}, predicted {labels[j]}: {count}" for j, count in enumerate(row)]
            for i, row in enumerate(counts.tolist())
        ],
    }


def _list(user: Session, cell: Cell, part: Predictions, labels: list[str], epoch: str) -> dict[str, Any]:
    """The list of a cell's samples, as the browser writes it."""
    rows = listed(cell, part, user.data, user.experiment)
    asked = lesson()
    return {
        "title": f"{_name(cell, labels)}: {rows.count:,} {'sample' if rows.count == 1 else 'samples'}",
        "heads": rows.heads,
        "rows": rows.rows,
        "places": rows.places,
        "pictures": rows.pictures,
        "notes": _notes(user, rows, epoch),
        "work": WORK not in asked.hide,
        "locked": WORK in asked.lock,
    }


def _notes(user: Session, rows: Listed, epoch: str) -> str:
    """What must be known of the list: from when it is, its order, its units, and what it leaves out."""
    said = [f"At epoch {epoch}."]
    if rows.heads[-1] == "Probability":
        said.append("The probability is that of the predicted class; the surest comes first.")
    if (table := user.experiment.table) is not None:
        said.append("Row 1 is the table's first row of data; rows that are left out don't count.")
        if table.standardised:
            said.append("The inputs are in the table's units; the network sees them standardised.")
    if (more := rows.count - len(rows.rows)) > 0:
        said.append(f"And {more:,} more samples.")
    if rows.inputs:
        said.append(f"And {rows.inputs:,} more inputs.")
    return " ".join(said)
