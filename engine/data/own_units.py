"""Reads the weights of a network that sees its inputs standardised in the data's own units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.arrays import Array
from engine.data.own import Table


def feature_scales(
    table: Table, features: Sequence[str], train_share: float, seed: int
) -> tuple[Array, Array]:
    """The scales by which a network sees what it is shown of a table.

        what it sees of column j:  z_j = (x_j − μ_j) / σ_j

    Args:
        features: D names, as in `Experiment.features`: "x1" is the first column, "x2" the second, …
        train_share, seed: by which the rows are divided; μ and σ are those of the rows for training.
    Returns: (D,) μ and (D,) σ; 0 and 1 for what is no column but computed of standardised ones, such as
             "x1_squared", and for all of a table that isn't standardised.
    """
    mean, deviation = np.zeros(len(features)), np.ones(len(features))
    means, deviations = table.scale(train_share, seed)
    columns = table.problem.coordinates
    for d, name in enumerate(features):
        if name in columns:
            column = columns.index(name)
            mean[d], deviation[d] = means[column], deviations[column]
    return mean, deviation


def in_own_units(W: Array, b: Array | None, mean: Array, deviation: Array) -> tuple[Array, Array]:
    """The first layer's weights and biases as they would be for the data as they are.

        Σ_j w_jk (x_j − μ_j) / σ_j + b_k  =  Σ_j (w_jk / σ_j) x_j + (b_k − Σ_j w_jk μ_j / σ_j)

    The network stays as it is: this is another way to read it. A weight is then per 1 of its column.

    Args:
        W:         (D, M) weights of the standardised inputs.
        b:         (M,) biases, or None for a layer without; what comes back has some all the same.
        mean:      (D,) μ of each input, in its own unit.
        deviation: (D,) σ of each input, in its own unit, above 0.
    Returns: (D, M) weights and (M,) biases for the inputs in their own units.
    Source:  the sum above, put in order; S. Pölsterl's CoefficientRescaler does the same to a linear model
             (https://gist.github.com/sebp/4a774eb42626dcc9ff12fb500afe07aa).
    """
    weights = W / deviation[:, None]  # (D, M)
    biases = -(mean @ weights)  # (M,)
    return weights, biases if b is None else b + biases
