"""The samples in a cell of the confusion matrix: which they are, and what the network says of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine import Experiment
from engine.arrays import Array
from engine.data.datasets import DataSplit
from engine.data.metrics import Integers, confusion, in_cell, predicted_classes, probabilities_of
from engine.numbers import significant
from engine.training import Trainer
from pages.playground.description import class_labels

PARTS = {"train": "Training", "test": "Test"}
"""The parts of the data, and how their matrices are headed."""
MOST_LISTED = 50
MOST_INPUTS = 12
"""Most inputs of a sample that are listed."""
PROBABLE = ("sigmoid", "softmax")
"""The activations of an output layer whose outputs are probabilities."""


@dataclass(frozen=True)
class Cell:
    """A cell of one part's confusion matrix: a true class, and the one that was predicted."""

    part: str
    true: int
    predicted: int


@dataclass(frozen=True, eq=False)
class Predictions:
    """What the network says of the samples of one part of the data.

    Attributes:
        first:           the place of its first sample among all, those for training first.
        true, predicted: (N,) indices of classes; predicted is −1 where an output is NaN.
        outputs:         (N, K).
    """

    first: int
    true: Integers
    predicted: Integers
    outputs: Array

    def counts(self, classes: int) -> Integers:
        """(classes, classes) the confusion matrix."""
        return confusion(self.predicted, self.true, classes)


@dataclass(frozen=True)
class Listed:
    """Some of the samples of a cell, as they are listed.

    Attributes:
        heads, rows: of the table; a row for each of the first samples.
        places:      of the listed samples among all, those for training first.
        count:       how many samples the cell has.
        inputs:      how many inputs aren't listed.
        pictures:    of each listed sample, rows of pixels, 0 … 1; () where the inputs are no pixels.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[int, ...]
    count: int
    inputs: int
    pictures: tuple[list[list[float]], ...] = ()


def predictions(trainer: Trainer, experiment: Experiment) -> dict[str, Predictions]:
    """What the network says, as last measured, of each part of the data that has samples."""
    said, threshold, first = {}, sum(experiment.range) / 2, 0
    for part, outputs, Y in zip(PARTS, trainer.outputs(), (trainer.Y, trainer.Y_test), strict=True):
        if len(Y):
            predicted, true = (predicted_classes(A, threshold=threshold) for A in (outputs, Y))
            said[part] = Predictions(first, true, predicted, outputs)
        first += len(Y)
    return said


def places_in(cell: Cell, trainer: Trainer, experiment: Experiment) -> list[int]:
    """The places of a cell's listed samples among all; none if there is no such cell."""
    part = predictions(trainer, experiment).get(cell.part)
    return [] if part is None else (part.first + _listed(cell, part, experiment)[:MOST_LISTED]).tolist()


def listed(cell: Cell, part: Predictions, data: DataSplit, experiment: Experiment) -> Listed:
    """The samples of a cell: of which the network is surest first, where it says probabilities."""
    chosen = _listed(cell, part, experiment)
    shown = chosen[:MOST_LISTED]
    number, labels, inputs = _numbers_and_inputs(cell.part, data, experiment)
    classes = class_labels(experiment.problem)
    said, name = _said(part, shown, experiment)
    shape = experiment.problem.picture
    pictures = tuple(row.reshape(shape).round(2).tolist() for row in inputs[shown]) if shape else ()
    labels = () if shape else labels
    values = inputs[shown][:, : min(len(labels), MOST_INPUTS)]
    rows = tuple(
        (
            str(number[n]),
            *map(significant, row),
            classes[cell.true],
            classes[cell.predicted],
            significant(output, 4),
        )
        for n, row, output in zip(shown, values.tolist(), said.tolist(), strict=True)
    )
    first = "Row" if experiment.table is not None else "Point"
    heads = (first, *labels[:MOST_INPUTS], "True class", "Predicted", name)
    places = tuple((part.first + shown).tolist())
    return Listed(heads, rows, places, len(chosen), max(0, len(labels) - MOST_INPUTS), pictures)


def _listed(cell: Cell, part: Predictions, experiment: Experiment) -> Integers:
    """The indices within its part of a cell's samples, in the order of the list."""
    chosen = in_cell(part.predicted, part.true, (cell.true, cell.predicted))
    if experiment.output_activation not in PROBABLE:
        return chosen
    return chosen[np.argsort(-_said(part, chosen, experiment)[0], kind="stable")]


def _said(part: Predictions, chosen: Integers, experiment: Experiment) -> tuple[Array, str]:
    """(n,) what the network says for the classes that it predicts, and what that is called."""
    outputs, predicted = part.outputs[chosen], part.predicted[chosen]
    if experiment.output_activation in PROBABLE:
        return probabilities_of(outputs, predicted), "Probability"
    if outputs.shape[1] > 1:
        return np.take_along_axis(outputs, predicted[:, None], axis=1)[:, 0], "Output"
    return outputs[:, 0], "Output"


def _numbers_and_inputs(
    part: str, data: DataSplit, experiment: Experiment
) -> tuple[Integers, tuple[str, ...], Array]:
    """The numbers of a part's samples, the names of their inputs, and (N, D) these in their own units."""
    table, labels = experiment.table, data.spec.coordinate_labels
    if table is None:
        X = data.X if part == "train" else data.X_test
        return np.arange(1, len(X) + 1), labels, X
    train, test = table.rows(experiment.train_share, experiment.data_seed)
    rows = train if part == "train" else test
    return rows + 1, labels[: len(table.inputs)], table.X[rows]
