"""One column of a table as it was read: numbers, categories, dates or text, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd

from engine.arrays import Array

Kind = Literal["number", "category", "text", "date", "empty"]
MISSING = {
    "",
    "na",
    "n/a",
    "nan",
    "null",
    "none",
    "nil",
    "?",
    "-",
    "--",
    ".",
    "missing",
    "#n/a",
    "#na",
    "<na>",
}
"""What stands for a missing value, in small letters."""
INFINITE = {"inf", "-inf", "+inf", "infinity", "-infinity", "∞", "-∞", "−∞", "#div/0!", "#num!", "#value!"}
MOST_CATEGORIES = 12
"""Most categories of an input: each becomes an input of its own, 1 or 0."""
FEWER = 0.5
"""Most categories of an input as a share of its known values: those that never come again teach nothing."""
MOSTLY = 0.8
"""Share of numbers from which a column counts as numbers, and its other cells as missing."""


@dataclass(frozen=True, eq=False)
class Column:
    """A column with its name; `numbers` are NaN and `texts` are None where a cell has none."""

    name: str
    kind: Kind
    texts: pd.Series
    numbers: Array
    odd: str = ""  # a cell that is no number, in a column of numbers

    @cached_property
    def missing(self) -> Array:
        """(N,) whether each cell is missing, 1 or 0."""
        gaps = np.isnan(self.numbers) if self.kind == "number" else self.texts.isna().to_numpy()
        return np.asarray(gaps, dtype=np.float64)

    @property
    def gaps(self) -> int:
        """How many cells are missing."""
        return int(self.missing.sum())

    @cached_property
    def categories(self) -> list[str]:
        """Its different values in their order: of numbers by size, of text by the alphabet."""
        if self.kind == "number":
            found = np.unique(self.numbers[~np.isnan(self.numbers)])
            return [f"{value:.10g}".replace("-", "−") for value in found]
        known: list[str] = sorted(self.texts.dropna().unique())
        return known

    @property
    def whole(self) -> bool:
        """Whether all its numbers are whole."""
        known = self.numbers[~np.isnan(self.numbers)]
        return self.kind == "number" and bool((known == np.floor(known)).all())

    @property
    def counts_rows(self) -> bool:
        """Whether it only numbers the rows: 1, 2, 3, … or 0, 1, 2, …"""
        numbers = self.numbers
        return (
            self.kind == "number"
            and len(numbers) > 2
            and self.gaps == 0
            and bool(numbers[0] in (0.0, 1.0) and (np.diff(numbers) == 1.0).all())
        )

    @property
    def why_no_input(self) -> str:
        """Why it can't be an input, in words; "" if it can."""
        if self.kind == "empty":
            return "it has no values"
        if self.kind == "date":
            return "it has dates, and an input needs numbers"
        count, known = len(self.categories), len(self.texts) - self.gaps
        if self.kind in ("text", "category") and (count > MOST_CATEGORIES or count > max(2, FEWER * known)):
            many = f"{count:,} different values in {known:,} rows"
            return (
                f"it is text with {many}, and an input needs numbers or at most {MOST_CATEGORIES} categories"
            )
        return ""

    def codes(self) -> Array:
        """(N,) the index of each cell's category, −1 where it is missing."""
        if self.kind == "number":
            found = np.unique(self.numbers[~np.isnan(self.numbers)])
            at = np.searchsorted(found, self.numbers).astype(np.float64)
            return np.where(np.isnan(self.numbers), -1.0, at)
        return np.asarray(pd.Categorical(self.texts, self.categories).codes, dtype=np.float64)


def column_of(name: str, cells: list[str], *, comma_divides: bool) -> Column:
    """A column from its cells as they stand in the file, stripped of spaces."""
    texts = pd.Series(cells, dtype=object)
    numbers = _numbers(texts, comma_divides)
    lowered = texts[np.isnan(numbers)].str.lower()
    lost = lowered.isin(MISSING)
    infinite = lowered.isin(INFINITE)
    texts[lowered.index[lost]] = None
    known = len(texts) - int(lost.sum())
    if known == 0:
        return Column(name, "empty", texts, numbers)
    numeric = int((~np.isnan(numbers)).sum())
    if numeric and numeric + int(infinite.sum()) >= MOSTLY * known:
        others = lowered[~lost]
        return Column(name, "number", texts, numbers, odd=str(texts[others.index[0]]) if len(others) else "")
    kind: Kind = "date" if _dates(texts) else "category" if texts.nunique() <= 50 else "text"
    return Column(name, kind, texts, numbers)


def _numbers(texts: pd.Series, comma_divides: bool) -> Array:
    """(N,) the cells as numbers, NaN where a cell is none.

    A comma is a decimal comma, unless it divides the cells or stands between thousands: 1,234.5.
    """
    plain = _parsed(texts)
    rest = texts[np.isnan(plain)]
    commas = rest.str.contains(",", regex=False) | rest.str.contains("−", regex=False)
    commas |= rest.str.endswith("%") | rest.str.contains("\u00a0", regex=False)
    if not commas.any():
        return plain
    signs = rest[commas].str.replace("−", "-", regex=False).str.replace("\u00a0", "", regex=False)
    signs = signs.str.removesuffix("%").str.strip()
    grouped = comma_divides or signs.map(_has_groups).all()
    if grouped:
        signs = signs.str.replace(",", "", regex=False)
    else:
        signs = signs.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    plain[rest[commas].index] = _parsed(signs)
    return plain


def _has_groups(text: str) -> bool:
    """Whether commas stand between thousands: 1,234,567.8 but not 1,5."""
    first, *groups = text.partition(".")[0].lstrip("-+").split(",")
    return "." in text and groups != [] and 0 < len(first) <= 3 and all(len(group) == 3 for group in groups)


def _parsed(texts: pd.Series) -> Array:
    values: Any = pd.to_numeric(texts, errors="coerce")
    numbers = np.array(values, dtype=np.float64)
    words = np.asarray(texts.str.len() > 2) & np.isin(numbers, (0.0, 1.0))
    if words.any():  # "True" is a word here, not 1
        letters = texts[words].str.lower().isin({"true", "false"}).to_numpy()
        numbers[np.flatnonzero(words)[letters]] = np.nan
    numbers[~np.isfinite(numbers)] = np.nan
    return numbers


def _dates(texts: pd.Series) -> bool:
    """Whether the first values look like days or times: digits with at least two of - / . : between."""
    begin = [str(text) for text in texts.dropna().head(30)]
    return all(
        6 <= len(text) <= 30
        and text[0].isdigit()
        and sum(map(text.count, "-/.:")) >= 2
        and sum(map(str.isdigit, text)) >= 4
        and sum(map(str.isalpha, text)) <= 3
        for text in begin
    )
