"""How good a network's answers are: accuracy, R², the confusion matrix."""

from math import nan

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, as_reals, check_number

Integers = npt.NDArray[np.int64]
ROUNDING = 8 * float(np.finfo(np.float64).eps)
"""Targets that differ by less than this share of their size are one number, computed in several ways."""


def predicted_classes(outputs: Array, *, threshold: float = 0.5) -> Integers:
    """Read the class off each row of outputs (or of targets).

        K = 1: 0 if output > threshold, else 1        K > 1: argmax_k output[n, k], the first of equals

    Args:
        outputs:   (N, K).
        threshold: for K = 1; ½ for the targets 0 and 1, 0 for −1 and +1.
    Returns: (N,) class indices; of two, class 0 is the high one. −1 where an output is NaN.
    Raises:  ValueError if outputs is not (N, K) with K >= 1.
    """
    if outputs.ndim != 2 or outputs.shape[1] == 0:
        raise ValueError(f"outputs must have shape (N, K). Got {outputs.shape}.")
    index = np.argmax(outputs, axis=1) if outputs.shape[1] > 1 else ~(outputs[:, 0] > threshold)
    return np.where(np.isnan(outputs).any(axis=1), -1, index)


def accuracy(outputs: npt.ArrayLike, Y: npt.ArrayLike, *, threshold: float = 0.5) -> float:
    """Share of samples whose predicted class is the true one, in [0, 1]; a NaN output counts as wrong.

        (1/N) Σ_n [class of outputs[n] = class of Y[n]], NaN without samples

    Args:    outputs and targets (N, K), both read by predicted_classes with the threshold.
    Raises:  ValueError if the shapes differ.
    """
    check_number("threshold", threshold)
    predicted, true = (predicted_classes(A, threshold=threshold) for A in _of_one_shape(outputs, Y))
    return float(np.mean((predicted == true) & (predicted >= 0))) if len(true) else nan


def r2(outputs: npt.ArrayLike, Y: npt.ArrayLike) -> float:
    """Share of the targets' variance that the outputs explain: 1 is perfect, 0 as good as the mean.

        R² = 1 − Σ (Y − outputs)² / Σ (Y − column mean of Y)²

    Args:    outputs and targets (N, K); both sums run over all entries.
    Returns: at most 1, negative if worse than the mean; NaN if the targets vary by no more than rounding, or
             there are none.
    Raises:  ValueError if the shapes differ.
    Source:  scikit-learn's r2_score with multioutput='variance_weighted'.
    """
    A, Y = _of_one_shape(outputs, Y)
    if not len(Y) or (np.ptp(Y, axis=0) <= ROUNDING * np.abs(Y).max(axis=0)).all():
        return nan
    total = float(np.sum((Y - Y.mean(axis=0)) ** 2))
    return 1.0 - float(np.sum((Y - A) ** 2)) / total if total != 0.0 else nan


def confusion(predicted: npt.ArrayLike, true: npt.ArrayLike, classes: int) -> Integers:
    """Count how often each true class (row) was predicted as each class (column).

        C[i, j] = number of samples of class i that were predicted as j

    Args:    predicted and true class indices (N,); predictions of −1, from NaN outputs, are not counted.
    Returns: (classes, classes) counts; the diagonal holds the right answers.
    Raises:  ValueError if the lengths differ or an index is no class.
    """
    guess, truth = np.asarray(predicted), np.asarray(true)
    if guess.shape != truth.shape or guess.ndim != 1:
        raise ValueError(f"predicted must have shape (N,) to match true {truth.shape}. Got {guess.shape}.")
    for name, index, least in (("predicted", guess, -1), ("true", truth, 0)):
        foreign = index[~np.isin(index, np.arange(least, classes))]
        if foreign.size:
            raise ValueError(f"{name} must hold whole numbers {least} to {classes - 1}. Got {foreign[0]}.")
    cell = (truth * classes + guess)[guess >= 0].astype(np.int64)
    return np.bincount(cell, minlength=classes * classes).astype(np.int64).reshape(classes, classes)


def in_cell(predicted: Integers, true: Integers, cell: tuple[int, int]) -> Integers:
    """Which samples are counted in a cell (true class, predicted class) of `confusion`: their indices.

    Args: predicted and true class indices (N,), from predicted_classes.
    """
    i, j = cell
    return np.flatnonzero((true == i) & (predicted == j))


def probabilities_of(outputs: Array, classes: Integers) -> Array:
    """The probability that a softmax or a sigmoid output gives each sample's class.

        K > 1: outputs[n, classes[n]]        K = 1: outputs[n] for class 0, 1 − outputs[n] for class 1

    Args:    outputs (N, K), each a probability; classes (N,) their indices.
    Returns: (N,).
    """
    if outputs.shape[1] > 1:
        return np.take_along_axis(outputs, classes[:, None], axis=1)[:, 0]
    return np.where(classes == 0, outputs[:, 0], 1.0 - outputs[:, 0])


def _of_one_shape(outputs: object, Y: object) -> tuple[Array, Array]:
    A = as_reals("outputs", outputs)
    if A.ndim != 2 or A.shape[1] == 0:
        raise ValueError(f"outputs must have shape (N, K). Got {A.shape}.")
    targets = as_reals("Y", Y)
    if targets.shape != A.shape:
        raise ValueError(f"Y must have shape {A.shape}, as the outputs. Got {targets.shape}.")
    return A, targets
