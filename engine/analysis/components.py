"""The directions in which the rows of a matrix vary most: their principal components."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, as_matrix


@dataclass(frozen=True, eq=False)
class Components:
    """The first two principal components of N rows with D columns.

        coordinates = (X − mean) @ basis

    Attributes:
        mean:   (D,)
        basis:  (D, 2) orthonormal columns, the components' loadings; 0 for a component that there isn't.
        shares: (2,) the share of the variance along each component.
    """

    mean: Array
    basis: Array
    shares: Array


def principal_components(X: object) -> Components:
    """The two right singular vectors of X − mean with the largest singular values.

        X − mean = U Σ Vᵀ      basis = V[:, :2]      shares = σ² / Σ σ²

    The largest entry of each column of the basis is positive, so that a component keeps its direction from
    one matrix to a similar one as far as it can.

    Args:    X: (N, D). A row that isn't finite makes everything NaN.
    Raises:  ValueError for what is no matrix.
    Source:  Goodfellow, Bengio & Courville (2016), section 2.12.
    """
    matrix = as_matrix("X", X)
    width = matrix.shape[1]
    if not np.isfinite(matrix).all():
        return Components(np.full(width, np.nan), np.full((width, 2), np.nan), np.full(2, np.nan))
    mean = matrix.mean(axis=0)
    _, lengths, directions = np.linalg.svd(matrix - mean, full_matrices=False)
    basis = np.zeros((width, 2))
    basis[:, : min(2, len(directions))] = directions[:2].T
    largest = basis[np.abs(basis).argmax(axis=0), [0, 1]]
    basis *= np.where(largest < 0, -1.0, 1.0)
    total = float(lengths @ lengths)
    shares = np.zeros(2)
    shares[: min(2, len(lengths))] = lengths[:2] ** 2 / total if total else 0.0
    return Components(mean, basis, shares)
