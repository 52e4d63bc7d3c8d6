"""Several runs of one set-up tell what a single one can't: how much of a result is the luck of the seed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, check_number
from engine.runs.sweep import Outcome

QUARTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True, eq=False)
class Spread:
    """The runs of one set-up with several seeds.

    Attributes:
        losses:   (runs,) the loss that each run ended with, see final_loss, in the order of the runs.
        quartiles: (3,) lower quartile, median and upper quartile of these.
        curve:    (3, epochs + 1) the same, pointwise, after 0, 1, … epochs.
        order:    the runs from best to worst, as indices.
        median:   index of the median run: with an even number of runs the worse of the two in the middle.
        successes: how many runs ended with a loss at or below the one that counts as success.
    """

    losses: Array
    quartiles: Array
    curve: Array
    order: tuple[int, ...]
    median: int
    successes: int


def spread(outcomes: Sequence[Outcome], success: float) -> Spread:
    """What the runs of one set-up have in common, and how far they differ.

    Args:
        outcomes: at least one.
        success:  the loss at or below which a run has succeeded.
    """
    if not outcomes:
        raise ValueError("A spread must be of at least one run. Got none.")
    check_number("success", success, least=0)
    losses = np.array([final_loss(outcome) for outcome in outcomes])
    order = tuple(int(k) for k in np.argsort(losses, kind="stable"))
    curves = padded([loss_curve(outcome) for outcome in outcomes], outcomes)
    middle = order[len(order) // 2]
    return Spread(losses, quartiles(losses), quartiles(curves), order, middle, int((losses <= success).sum()))


def final_loss(outcome: Outcome) -> float:
    """The test loss at the end, of a run without test points the training loss; ∞ if its numbers overflowed.

    A run that overflowed stands at its last finite moment, whose loss is no result.
    """
    if outcome.stopped == "diverged":
        return np.inf
    return float(loss_curve(outcome)[-1])


def loss_curve(outcome: Outcome) -> Array:
    """(epoch + 1,) the test loss by epoch, or the training loss of a run without test points."""
    curve: Array = outcome.losses[:, 1 if has_test(outcome) else 0]
    return curve


def has_test(outcome: Outcome) -> bool:
    """Whether the run had test points."""
    return not np.isnan(outcome.losses[:, 1]).all()


def padded(curves: Sequence[Array], outcomes: Sequence[Outcome]) -> Array:
    """(runs, epochs + 1): a run that stopped keeps its last loss, one that overflowed has ∞ from there on."""
    length = max(map(len, curves))
    rows = np.empty((len(curves), length))
    for row, curve, outcome in zip(rows, curves, outcomes, strict=True):
        row[: len(curve)] = curve
        row[len(curve) :] = np.inf if outcome.stopped == "diverged" else curve[-1]
    return rows


def quartiles(values: Array) -> Array:
    """(3, …) lower quartile, median and upper quartile over the first axis, of n values that may be ∞.

        between the ordered values v₀ … vₙ₋₁ at place q · (n − 1), linearly; q = ¼, ½, ¾

    It is NumPy's default; where both neighbours are ∞ the result is ∞, and not NaN.
    """
    ordered = np.sort(values, axis=0)
    places = np.array(QUARTILES) * (len(ordered) - 1)
    below = np.floor(places).astype(int)
    low, high = ordered[below], ordered[np.ceil(places).astype(int)]
    share = (places - below).reshape(-1, *[1] * (ordered.ndim - 1))
    with np.errstate(invalid="ignore"):
        between: Array = low + (high - low) * share
    return np.where(low == high, low, between)
