"""Ready tables with more than two inputs: small, known from books, under a free licence with a source."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.data.own import Table
from pages.playground.own_data.making import Choices, make_table
from pages.playground.own_data.reading import read_sheet

FOLDER = Path(__file__).with_name("tables")


@dataclass(frozen=True)
class ReadyTable:
    """A table that lies beside this file: what is learned from what, and its source and licence in words."""

    name: str
    label: str
    short: str
    choices: Choices
    source: str


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
    )
}


@cache
def ready_table(name: str) -> Table:
    """One of READY, without the rows in which a value is missing."""
    row = READY[name]
    sheet = read_sheet(gzip.decompress((FOLDER / f"{name}.csv.gz").read_bytes()), row.label)
    return make_table(sheet, row.choices).table


def ready_name(table: Table | None) -> str:
    """Which of READY a table is; "" for any other."""
    named = [name for name, row in READY.items() if table is not None and row.label == table.name]
    return next((name for name in named if ready_table(name) == table), "")
