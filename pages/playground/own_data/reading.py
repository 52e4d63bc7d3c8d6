"""Reads a table that a user brings, as bytes or as pasted text, into named columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from engine.data.own import MOST_ROWS
from pages.playground.own_data.cells import cells_of
from pages.playground.own_data.columns import Column, column_of
from pages.playground.own_data.decoding import text_of

LONGEST_NAME = 60
"""Most characters of a column's name and of a category; longer ones are cut."""
PASTED = "The pasted text"


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as it was read: its columns, and how it was written."""

    name: str
    columns: tuple[Column, ...]
    rows: int
    delimiter: str
    headed: bool

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def facts(self) -> str:
        """How it was read, in a few words: "150 rows, 6 columns, comma, names in row 1"."""
        columns = f"{len(self.columns)} column{'s' if len(self.columns) > 1 else ''}"
        by = f", {self.delimiter}" if len(self.columns) > 1 else ""
        return f"{self.rows:,} rows, {columns}{by}, {'names in row 1' if self.headed else 'no row of names'}"

    def preview(self, rows: int = 50) -> pd.DataFrame:
        """The first rows as they stand in the file; a missing value is None."""
        return pd.DataFrame({column.name: column.texts[:rows] for column in self.columns})


def read_sheet(given: bytes | str, name: str, headed: bool | None = None) -> Sheet:
    """The columns of a file's bytes or of pasted text.

    Args:
        name:   of the file, for sentences.
        headed: whether row 1 has the columns' names; None to tell from the cells.
    Raises: ValueError, in one sentence, for what is no table.
    """
    text = text_of(given.encode() if isinstance(given, str) else given, name)
    rows, delimiter = cells_of(text, name)
    headed = _is_header(rows) if headed is None else headed
    names = _names(rows[0] if headed else [""] * len(rows[0]))
    body = rows[1:] if headed else rows
    if len(body) < 2:
        raise ValueError(f"{name} must have at least 2 rows of data. It has {len(body)}.")
    if len(body) > MOST_ROWS:
        raise ValueError(
            f"{name} must have at most {MOST_ROWS:,} rows. It has {len(body):,}: take a part of them."
        )
    kept = [k for k, label in enumerate(rows[0]) if label or not headed or any(row[k] for row in body)]
    names, body = [names[k] for k in kept], [[row[k] for k in kept] for row in body]
    columns = tuple(
        column_of(label, list(cells), comma_divides=delimiter == "comma")
        for label, cells in zip(names, zip(*body, strict=True), strict=True)
    )
    if len(columns) == 1:
        raise ValueError(
            f"{name} must have at least 2 columns, inputs and a target. It has 1: "
            "divide the cells by commas, semicolons or tabs."
        )
    return Sheet(name, columns, len(body), delimiter, headed)


def _is_header(rows: list[list[str]]) -> bool:
    """Whether row 1 names the columns: words where there are numbers below, or none that come again."""
    first, below = rows[0], rows[1:200]
    if not below or any(map(_is_number, first)):
        return False
    if any(cell and not _is_number(cell) and _mostly_numbers(k, below) for k, cell in enumerate(first)):
        return True
    again = any(cell and cell in {row[k] for row in below} for k, cell in enumerate(first))
    return not again and len(set(first)) == len(first)


def _mostly_numbers(k: int, rows: list[list[str]]) -> bool:
    known = [row[k] for row in rows if row[k]]
    return bool(known) and sum(map(_is_number, known)) > len(known) / 2


def _is_number(text: str) -> bool:
    if text.lower() in ("nan", "inf", "infinity"):
        return False
    try:
        float(text.replace(",", ".", 1).replace("−", "-").removesuffix("%"))
    except ValueError:
        return False
    return True


def _names(given: list[str]) -> list[str]:
    """A name for each column, each once: those without one are numbered, and so are equal ones."""
    names = [shortened(cell) or f"column {k + 1}" for k, cell in enumerate(given)]
    taken: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        taken[name] += 1
        again, count = name, taken[name]
        while again in found or (count > 1 and again in names):
            again, count = f"{name} ({count})" if count > 1 else f"{name} (2)", count + 1
        found.append(again)
    return found


def shortened(text: str) -> str:
    """A name on one line, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"
