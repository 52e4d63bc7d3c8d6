"""Makes the engine's table of a sheet: its target, its inputs, and the rows that can be used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.data.own import LARGEST_NUMBER, MOST_CLASSES, MOST_INPUTS, Table
from pages.playground.own_data.columns import Column
from pages.playground.own_data.reading import Sheet, shortened

TELLING_NAMES = (
    *("species", "class", "target", "label", "category", "outcome", "diagnosis", "survived"),
    *("quality", "price", "kind", "type", "y"),
)
"""Names of columns that are likely to be the target, the likeliest first."""
FEW_VALUES = 10
"""Most different whole numbers that are taken for classes by themselves."""


@dataclass(frozen=True)
class Choices:
    """What of a sheet is to be learned from what."""

    target: str
    inputs: tuple[str, ...]
    as_classes: bool
    standardised: bool = True
    scaled_target: bool = False


@dataclass(frozen=True, eq=False)
class Made:
    """The table, how many rows of the sheet it has, and what had to be left out, a sentence each."""

    table: Table
    used: int
    rows: int
    missing: int


def usual_target(sheet: Sheet) -> str:
    """The column that is likely to be the target: of a telling name, or the last one that can be.

    One that leaves no other column as an input can't be. If none can, it is the likeliest all the same:
    making the table then says what is wrong with it.
    """
    able = {column.name for column in sheet.columns if not column.why_no_input}
    possible = [
        column
        for column in sheet.columns
        if not why_no_target(column, classes_by_itself(column)) and able - {column.name}
    ]
    possible = [column for column in possible if not column.counts_rows] or possible or list(sheet.columns)
    by_name = {column.name.lower(): column.name for column in possible}
    return next((by_name[name] for name in TELLING_NAMES if name in by_name), possible[-1].name)


def classes_by_itself(column: Column) -> bool:
    """Whether a target's values are taken for classes unless the user says otherwise."""
    return column.kind != "number" or (column.whole and len(column.categories) <= FEW_VALUES)


def usual_inputs(sheet: Sheet, target: str) -> tuple[str, ...]:
    """The columns that can be inputs, numbers first; not those that only number the rows or never change."""
    able = [column for column in sheet.columns if column.name != target and not column.why_no_input]
    useful = [column for column in able if not column.counts_rows and len(column.categories) > 1] or able
    names: list[str] = []
    count = 0
    for column in sorted(useful, key=lambda column: column.kind != "number"):
        count += len(input_names(column))
        if count > MOST_INPUTS:
            break
        names.append(column.name)
    return tuple(names)


def usual_choices(sheet: Sheet, target: str | None = None) -> Choices:
    """What is chosen before the user has chosen anything."""
    target = target or usual_target(sheet)
    column = sheet[target]
    as_classes = classes_by_itself(column)
    known = column.numbers[~np.isnan(column.numbers)]
    large = not as_classes and known.size > 0 and bool(np.abs(known).max() > FEW_VALUES)
    return Choices(target, usual_inputs(sheet, target), as_classes, scaled_target=large)


def why_no_target(column: Column, as_classes: bool) -> str:
    """Why a column can't be the target, in one sentence; "" if it can."""
    said = f"“{column.name}” can't be the target"
    if column.kind == "empty":
        return f"{said}: it has no values. Choose another target."
    if column.kind == "date":
        return f"{said}: it has dates. Choose another target."
    count = len(column.categories)
    if count < 2:
        return f"{said}: all its values are {column.categories[0]!r}. Choose another target."
    if as_classes and count > MOST_CLASSES:
        way = " Choose another target." if column.kind != "number" else " Learn its values instead."
        return f"{said}: it has {count:,} classes, and a network here tells 2 to {MOST_CLASSES} apart.{way}"
    return ""


def input_names(column: Column) -> list[str]:
    """The inputs that a column becomes: itself, or one for each category (one for two categories)."""
    if column.kind == "number":
        return [column.name]
    shown = column.categories[1:] if len(column.categories) == 2 else column.categories
    return [shortened(f"{column.name} = {category}") for category in shown]


def _input_values(column: Column) -> Array:
    """(N, inputs) numbers, or 1 where a row has the category; NaN where it is missing."""
    if column.kind == "number":
        return column.numbers[:, None]
    codes, first = column.codes(), len(column.categories) - len(input_names(column))
    hot: Array = (codes[:, None] == np.arange(first, len(column.categories))).astype(np.float64)
    hot[codes < 0] = np.nan
    return hot


def make_table(sheet: Sheet, choices: Choices) -> Made:
    """The table of these columns, without the rows in which one of them is missing.

    Raises: ValueError, in one sentence with the way out, for what can't be learned.
    """
    target = sheet[choices.target]
    if reason := why_no_target(target, choices.as_classes):
        raise ValueError(reason)
    columns = [sheet[name] for name in choices.inputs if name != choices.target]
    if not columns:
        reasons = [f"“{c.name}”: {c.why_no_input}" for c in sheet.columns if c.why_no_input]
        said = f" ({'; '.join(reasons[:3])})" if reasons else ""
        raise ValueError(f"At least one column besides the target must be an input. None is{said}.")
    for column in columns:
        if reason := column.why_no_input:
            raise ValueError(f"“{column.name}” can't be an input: {reason}.")
        if column.kind == "number" and np.nanmax(np.abs(column.numbers)) > LARGEST_NUMBER:
            raise ValueError(f"“{column.name}” must have numbers between ±{LARGEST_NUMBER:g}. Leave it out.")
    names = _each_once([name for column in columns for name in input_names(column)])
    if len(names) > MOST_INPUTS:
        raise ValueError(f"A table must have at most {MOST_INPUTS} inputs. Chosen are {len(names)}.")
    X = np.concatenate([_input_values(column) for column in columns], axis=1)
    values = target.codes() if choices.as_classes else target.numbers
    lost = np.asarray(target.missing, bool) | np.isnan(X).any(axis=1)
    if not choices.as_classes:
        lost |= np.isnan(values)
    if (~lost).sum() < 2:
        few = int((~lost).sum())
        raise ValueError(
            f"At least 2 rows must have all their values. {few} of {sheet.rows:,} "
            f"ha{'s' if few == 1 else 've'}: leave out the columns in which many are missing."
        )
    X, values = X[~lost], values[~lost]
    gaps = sum(column.gaps for column in (*columns, target))
    classes: tuple[str, ...] = ()
    label = shortened(target.name)
    if choices.as_classes:
        found = np.unique(values)
        if len(found) < 2:
            raise ValueError(f"“{target.name}” must have 2 classes in rows without gaps. It has 1.")
        classes = tuple(_each_once([shortened(target.categories[int(k)]) for k in found]))
        values = np.searchsorted(found, values).astype(np.float64)
    elif np.ptp(values) == 0.0:
        raise ValueError(f"“{target.name}” must have 2 values in rows without gaps. It has 1.")
    elif choices.scaled_target:
        values = (values - values.mean()) / values.std()
        label = f"{label}, standardised"
    elif np.abs(values).max() > LARGEST_NUMBER:
        raise ValueError(f"“{target.name}” must have numbers between ±{LARGEST_NUMBER:g}.")
    table = Table(
        shortened(sheet.name), tuple(names), X, label, values, classes, standardised=choices.standardised
    )
    return Made(table, len(X), sheet.rows, gaps)


def _each_once(names: list[str]) -> list[str]:
    """Names that are told apart, where cutting has made some equal."""
    found: list[str] = []
    for name in names:
        again, count = name, 2
        while again in found:
            again, count = f"{name} ({count})", count + 1
        found.append(again)
    return found


def remarks(sheet: Sheet, choices: Choices) -> list[str]:
    """What of the sheet is not used, and why: a sentence each."""
    said = []
    for column in sheet.columns:
        if column.name == choices.target:
            continue
        if column.why_no_input:
            said.append(f"“{column.name}” can't be an input: {column.why_no_input}. It is left out.")
        elif column.name in choices.inputs and column.odd:
            said.append(
                f"“{column.name}” has cells that are no numbers, such as {column.odd!r}: "
                "they count as missing."
            )
        elif column.name in choices.inputs and len(column.categories) == 1:
            said.append(f"“{column.name}” is the same in all rows, so nothing can be learned from it.")
        elif column.name not in choices.inputs and column.counts_rows:
            said.append(f"“{column.name}” only numbers the rows, and is left out.")
    return said
