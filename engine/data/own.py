"""A table of one's own: named columns of numbers to learn from, and what each row's target is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from json import dumps
from math import ceil, log10
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, RefusalError, as_reals, brief, check_finite, check_flag
from engine.data.datasets import Dataset, DataSplit, divided
from engine.data.features import DOMAIN, FEATURES, named_features

OWN = "own"
"""The data set of an experiment that brings its table along."""
MOST_ROWS = 20_000
MOST_INPUTS = 100
MOST_CLASSES = 50
LONGEST_NAME = 80
"""Most characters of a table's name, and of a column's or a class's."""
LARGEST_NUMBER = 1e100
"""Largest absolute value of a number, so that no sum of squares overflows."""
PLANE = ("x1", "x2")
"""The inputs of points in the plane, which are written x₁ and x₂ wherever they are shown."""
FIELDS = ("name", "inputs", "X", "target_name", "target", "classes", "standardised")
PICTURE = "picture"
"""The field that only a table of pictures has in its record, so that all others are written as ever."""


@dataclass(frozen=True, eq=False)
class Table:
    """N rows with D inputs each, and a target: one of several classes, or a value.

    Tables are equal if all of this is; `fingerprint` stands for it.

    Args:
        name:         what its owner calls it, e.g. "flowers.csv".
        inputs:       D names of columns, from 1 to MOST_INPUTS, each once.
        X:            (N, D) numbers in the columns' own units; N from 2 to MOST_ROWS.
        target_name:  the name of the target's column.
        target:       (N,) the index of each row's class or, for a regression, a value.
        classes:      their names, 2 to MOST_CLASSES, each once; () for a regression.
        standardised: whether the network sees each input with mean 0 and deviation 1 over the training rows.
        picture:      (height, width) if each row is a picture: its pixels, row by row from the top left one,
                      D = height · width; None for any other table.
    Raises: ValueError, in one sentence, for anything else.
    """

    name: str
    inputs: tuple[str, ...]
    X: Array
    target_name: str
    target: Array
    classes: tuple[str, ...] = ()
    standardised: bool = True
    picture: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        X, target = as_reals("X", self.X), as_reals("target", self.target)
        if X.ndim != 2 or not 2 <= len(X) <= MOST_ROWS or not 1 <= X.shape[1] <= MOST_INPUTS:
            rule = f"must have 2 to {MOST_ROWS:,} rows and 1 to {MOST_INPUTS} inputs"
            raise RefusalError("A table", f"{rule}. Got {X.shape}.")
        if target.shape != (len(X),):
            raise RefusalError("target", f"must have shape ({len(X)},), one per row. Got {target.shape}.")
        for name, values in (("X", X), ("target", target)):
            check_finite(name, values)
            if np.abs(values).max() > LARGEST_NUMBER:
                raise RefusalError(
                    name, f"must be between ±{LARGEST_NUMBER:g}. Got {np.abs(values).max():.4g}."
                )
        _check_names("inputs", self.inputs, X.shape[1])
        _check_names("name", (self.name,), 1)
        _check_names("target_name", (self.target_name,), 1)
        check_flag("standardised", self.standardised)
        if self.picture is not None:
            _check_picture(self.picture, X.shape[1])
        if self.classes or not isinstance(self.classes, tuple):
            _check_names("classes", self.classes, None)
            if not 2 <= len(self.classes) <= MOST_CLASSES:
                raise RefusalError(
                    "classes", f"must be 2 to {MOST_CLASSES}, or none. Got {len(self.classes)}."
                )
            if not np.isin(target, np.arange(len(self.classes))).all():
                raise RefusalError("target", f"must be indices of the {len(self.classes)} classes.")
        for name, values in (("X", X), ("target", target)):
            own = values + 0.0  # a copy, in which −0 is 0
            own.setflags(write=False)
            object.__setattr__(self, name, own)

    @cached_property
    def fingerprint(self) -> str:
        """A hexadecimal number of 64 digits that no other table has: SHA-256 of all of it."""
        words = [self.name, self.inputs, self.target_name, self.classes, bool(self.standardised)]
        words += [] if self.picture is None else [self.picture]
        whole = sha256(dumps([words, self.X.shape], ensure_ascii=True).encode())
        for values in (self.X, self.target):
            whole.update(np.ascontiguousarray(values, "<f8").tobytes())
        return whole.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __reduce__(self) -> tuple[type[Table], tuple[Any, ...]]:
        """How another process gets it: as what it was made of, without what was worked out from that."""
        return type(self), tuple(getattr(self, name) for name in FIELDS)

    def __repr__(self) -> str:
        rows, columns = self.X.shape
        return f"Table({self.name!r}, {rows} rows, {columns} inputs, {len(self.classes)} classes)"

    @property
    def short_fingerprint(self) -> str:
        """The first twelve digits of the fingerprint: what a link says of a table."""
        return self.fingerprint[:12]

    @cached_property
    def problem(self) -> Dataset:
        """The table as a row like those of DATASETS: one for equal tables, and gone with the last of them."""
        known = _PROBLEMS.get(self.fingerprint)
        if known is None:
            known = _PROBLEMS[self.fingerprint] = _problem(self)
        return known

    def split(self, train_share: float, seed: int) -> DataSplit:
        """Shuffle the rows by a seed and divide them; standardise by the rows for training.

            z = (x − μ) / σ      μ, σ (divided by N): of the input over the N training rows

        A constant input has σ = 0 and becomes 0 where it is μ: it is divided by 1.
        """
        train, test = self.rows(train_share, seed)
        X = _padded(self.X)
        if self.standardised:
            X = standardised(X, X[train])
        return DataSplit(self.problem, X[train], self.target[train], X[test], self.target[test])

    def rows(self, train_share: float, seed: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The indices of the rows for training and of those for testing, in the order of `split`."""
        order = np.random.default_rng(seed).permutation(len(self.X))
        train = divided(self.target[order], len(self.classes), train_share)
        return order[train], order[~train]

    def scale(self, train_share: float, seed: int) -> tuple[Array, Array]:
        """(D,) and (D,): μ and σ by which `split` standardises; 0 and 1 where it doesn't."""
        D = self.X.shape[1]
        if not self.standardised:
            return np.zeros(D), np.ones(D)
        return mean_and_deviation(self.X[self.rows(train_share, seed)[0]])

    def to_json_value(self) -> dict[str, Any]:
        """Everything as lists, texts and numbers that JSON keeps exactly."""
        value = {name: getattr(self, name) for name in FIELDS}
        lists = {"X": self.X.tolist(), "target": self.target.tolist()}
        value |= lists | {"inputs": list(self.inputs), "classes": list(self.classes)}
        return value if self.picture is None else value | {PICTURE: list(self.picture)}

    @classmethod
    def from_json_value(cls, value: object) -> Table:
        """The table of what to_json_value gave. Raises: ValueError, in one sentence, for anything else."""
        if not isinstance(value, Mapping) or value.keys() - {PICTURE} != set(FIELDS):
            raise ValueError(f"A table must be a record of {', '.join(FIELDS)}. Got {brief(value)}.")
        if not all(isinstance(value[name], list) for name in ("inputs", "classes", "X", "target")):
            raise ValueError("A table's inputs, classes, X and target must be lists.")
        lists = {name: tuple(value[name]) for name in ("inputs", "classes")}
        if PICTURE in value:
            if not isinstance(value[PICTURE], list):
                raise ValueError(f"A table's picture must be a list. Got {brief(value[PICTURE])}.")
            lists[PICTURE] = tuple(value[PICTURE])
        return cls(**{**value, **lists})


def mean_and_deviation(X: Array) -> tuple[Array, Array]:
    """(D,) the mean and (D,) the deviation of each column, 1 for a column that is constant."""
    mean = X.mean(axis=0)
    deviation = X.std(axis=0)
    constant = np.ptp(X, axis=0) == 0.0  # rounding may leave a deviation that is not quite 0
    return np.where(constant, X[0], mean), np.where(constant | (deviation == 0.0), 1.0, deviation)


def standardised(X: Array, training: Array) -> Array:
    """X (N, D) with each column's mean and deviation over the training rows taken as 0 and 1."""
    mean, deviation = mean_and_deviation(training)
    return (X - mean) / deviation


def _padded(X: Array) -> Array:
    """(N, D), or (N, 2) for one input: the second coordinate is 0, so that there is a plane to draw."""
    return X if X.shape[1] > 1 else np.column_stack((X, np.zeros(len(X))))


_PROBLEMS: WeakValueDictionary[str, Dataset] = WeakValueDictionary()


def _problem(table: Table) -> Dataset:
    """Its map shows the first two inputs as far as the rows reach, the others held at their means."""
    X = _padded(table.X)
    seen = standardised(X, X) if table.standardised else X
    further = X.shape[1] - 2
    held = (0.0,) * further if table.standardised else tuple(X[:, 2:].mean(axis=0).tolist())
    count = len(table.classes)
    return Dataset(
        OWN,
        table.name,
        "regression" if not count else "two classes" if count == 2 else "classes",
        count,
        "none",
        lambda samples, noise, rng: (seen, table.target),
        fixed=True,
        all_training=False,
        domain=_reach(seen[:, :2], table.standardised),
        held=held,
        own_features=FEATURES if table.inputs == PLANE else named_features(table.inputs),
        class_names=table.classes,
        target_name=table.target_name,
        picture=table.picture,
    )


def _reach(places: Array, is_standardised: bool) -> float:
    """Half the side of a square around 0 that holds all places, rounded up to two digits."""
    largest = float(np.abs(places).max())
    if not is_standardised and largest <= DOMAIN and largest > DOMAIN / 2:
        return DOMAIN
    if largest == 0.0:
        return 1.0
    step = 10.0 ** (ceil(log10(largest)) - 2)
    return float(f"{ceil(largest * 1.02 / step) * step:.12g}")


def _check_picture(picture: object, inputs: int) -> None:
    whole = isinstance(picture, tuple) and all(type(side) is int and side > 1 for side in picture)
    if not (whole and isinstance(picture, tuple) and len(picture) == 2 and picture[0] * picture[1] == inputs):
        rule = f"must be a height and a width above 1, whose product is the number of inputs, {inputs}"
        raise RefusalError("picture", f"{rule}. Got {brief(picture)}.")


def _check_names(name: str, given: Sequence[object], count: int | None) -> None:
    if not isinstance(given, tuple) or count not in (None, len(given)):
        raise RefusalError(name, f"must be {'a tuple of names' if count is None else f'{count} names'}.")
    for text in given:
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST_NAME:
            raise RefusalError(name, f"must be text of 1 to {LONGEST_NAME} characters. Got {brief(text)}.")
    if len(set(given)) < len(given):
        raise RefusalError(name, f"must be each once. Got {brief(given)}.")
