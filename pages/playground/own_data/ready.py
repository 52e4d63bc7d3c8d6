"""Ready tables with more than two inputs: small, known from books, under a free licence with a source."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from engine import Experiment
from engine.data.own import Table
from pages.playground.own_data.making import Choices, make_table
from pages.playground.own_data.reading import read_sheet

TOGETHER = (
    ("hidden", "activations"),
    ("optimizer", "learning_rate"),
    ("batch_size",),
    ("regularization", "regularization_rate"),
)
"""The fields of an experiment that are chosen for a ready table, each with those that only suit it."""
FOLDER = Path(__file__).with_name("tables")


@dataclass(frozen=True)
class ReadyTable:
    """A table that lies beside this file: what is learned from what, and its source and licence in words.

    Attributes:
        usual:   the fields of an experiment that suit it better than those with which the playground opens.
        picture: height and width of a row that is a picture.
        largest: what each input is divided by, so that it lies between 0 and 1.
    """

    name: str
    label: str
    short: str
    choices: Choices
    source: str
    usual: Mapping[str, Any] = field(default_factory=dict)
    picture: tuple[int, int] | None = None
    largest: float = 1.0


READY = {
    row.name: row
    for row in (
        ReadyTable(
            "iris",
            "Iris",
            "Iris",
            Choices(
                "species",
                ("petal length (cm)", "petal width (cm)", "sepal length (cm)", "sepal width (cm)"),
                as_classes=True,
            ),
            "150 irises, measured by E. Anderson, published by R. A. Fisher (1936); no licence "
            "is named for them; as in scikit-learn, which is under the BSD licence.",
        ),
        ReadyTable(
            "penguins",
            "Penguins",
            "Penguin",
            Choices(
                "species",
                ("bill length (mm)", "flipper length (mm)", "bill depth (mm)", "body mass (g)"),
                as_classes=True,
            ),
            "Penguins near Palmer Station, measured by K. B. Gorman and others (2014); the file of "
            "palmerpenguins, CC0.",
        ),
        ReadyTable(
            "digits",
            "Digits 8×8",
            "Digits",
            Choices(
                "digit",
                tuple(f"r{row}c{column}" for row in range(1, 9) for column in range(1, 9)),
                as_classes=True,
                standardised=False,
            ),
            "1,797 digits by 13 people: Optical Recognition of Handwritten Digits, by E. Alpaydin and "
            "C. Kaynak (1998), UCI repository, CC BY 4.0. Ink from 0 to 16 a pixel, divided by 16 instead of "
            "standardised.",
            usual={
                "hidden": (32,),
                "activations": ("relu",),
                "optimizer": "adam",
                "learning_rate": 0.001,
                "batch_size": 32,
                "regularization": "l2",
                "regularization_rate": 0.003,
            },
            picture=(8, 8),
            largest=16.0,
        ),
    )
}


@cache
def ready_table(name: str) -> Table:
    """One of READY, without the rows in which a value is missing."""
    row = READY[name]
    sheet = read_sheet(gzip.decompress((FOLDER / f"{name}.csv.gz").read_bytes()), row.label)
    table = make_table(sheet, row.choices).table
    return table if row.picture is None else replace(table, X=table.X / row.largest, picture=row.picture)


def suiting(experiment: Experiment, opening: Experiment, name: str) -> dict[str, Any]:
    """The fields to change so that an experiment suits a ready table, or "" for none of them.

    What stands as the playground opened it, or as the last ready table has set it, becomes what is usual for
    this one; what was chosen or typed stays. The network's layers go together.
    """
    left = READY.get(ready_name(experiment.table))
    before, after = (left.usual if left else {}), (READY[name].usual if name in READY else {})
    changes: dict[str, Any] = {}
    for fields in TOGETHER:
        usual = {each: before.get(each, getattr(opening, each)) for each in fields}
        if all(getattr(experiment, each) == value for each, value in usual.items()):
            changes |= {each: after.get(each, getattr(opening, each)) for each in fields}
    return changes


def ready_name(table: Table | None) -> str:
    """Which of READY a table is; "" for any other."""
    named = [name for name, row in READY.items() if table is not None and row.label == table.name]
    return next((name for name in named if ready_table(name) == table), "")
