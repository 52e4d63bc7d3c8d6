"""How a fixed step converges on a quadratic, predicted from the eigenvalues of its Hessian."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array, as_matrix, check_number
from engine.descent.surfaces import Surface

AT_LIMIT = 1e-13
"""Distance of a rate from 1 that is rounding."""
MOST_PREDICTED = 2**60


@dataclass(frozen=True, eq=False)
class Theory:
    """What the eigenvalues λ of the Hessian say about a fixed step η on a quadratic.

    Along eigenvector i, a column of eigenvectors, a step multiplies the error by factors[i] = 1 − ηλᵢ. So the
    walk is monotone up to monotone_step = 1/λmax, a zig-zag up to critical_step = 2/λmax, and divergent from
    there on; it is fastest at best_step = 2/(λmax + λmin). These steps and condition κ = λmax/λmin are None
    unless all λ > 0: a saddle has none of them.
    rate is the largest |factor|, which decides in the long run. The predicted numbers of steps come from the
    closed form of the walk, not from walking. met says along which eigenvectors there is an error at all;
    rate and regime are those of these.
    """

    eigenvalues: Array
    eigenvectors: Array
    lambda_min: float
    lambda_max: float
    factors: Array
    rate: float
    regime: str
    condition: float | None
    monotone_step: float | None
    critical_step: float | None
    best_step: float | None
    best_rate: float | None
    predicted_tol_f: int | None
    predicted_tol_grad: int | None
    met: Array

    @property
    def at_limit(self) -> bool:
        """Whether a step mirrors the largest error: its factor is −1 up to rounding.

        A factor of nearly 1 is that of a tiny η.
        """
        mirrors = abs(float(self.factors[self.met].min()) + 1) < AT_LIMIT
        return mirrors and abs(self.rate - 1) < AT_LIMIT

    @property
    def regions(self) -> tuple[tuple[float, str], ...]:
        """Where each regime ends along η, in their order; the divergent one has no end. () for a saddle."""
        if self.monotone_step is None or self.critical_step is None:
            return ()
        return (
            (self.monotone_step, "monotone"),
            (self.critical_step, "zig-zag"),
            (float("inf"), "divergent"),
        )

    def of_walk(self, points: Array) -> Theory | None:
        """The same for a walk through these points (k+1, d): what is not met there changes nothing.

        A start on an eigenvector's axis stays on it, and so a steep direction that it has no part in doesn't
        make it zigzag. None for a walk that stays at the minimum.
        """
        met = directions_met(self.eigenvectors, points)
        if not met.any():
            return None
        rate, regime = _judged(self.eigenvalues[met], self.factors[met])
        return replace(self, rate=rate, regime=regime, met=met)


def directions_met(eigenvectors: Array, points: Array) -> Array:
    """Along which eigenvectors (d,) a walk (k+1, d) ever is away from 0, more than rounding explains."""
    met: Array = np.abs(points @ eigenvectors).max(axis=0) > 1e-9 * np.linalg.norm(points[0])
    return met


def theory(
    surface: Surface | Array,
    learning_rate: float,
    start: object = None,
    *,
    tol_f: float | None = None,
    tol_grad: float | None = None,
    max_steps: int = 10_000,
) -> Theory:
    """The theory of x ← x − η·∇f for f = ½ xᵀHx, whose k-th point is (I − ηH)ᵏ x⁰.

    Args:
        surface:   a quadratic row of SURFACES, make_quadratic(...), or any symmetric H (d, d).
        start:     (d,) x⁰, measured from the minimum; needed, with a tolerance, to predict the steps.
        max_steps: how far a walk is searched in which something grows; one that converges is searched to its
                   end, however late.
    Raises:  ValueError for a surface that is no quadratic.
    """
    lambdas, Q = spectrum(surface)
    low, high = float(lambdas[0]), float(lambdas[-1])
    factors = 1 - check_number("learning_rate", learning_rate, above=0) * lambdas
    predicted: dict[str, int | None] = {}
    if start is not None:
        offsets = as_matrix("start", [start], columns=len(lambdas))[0] @ Q  # (d,) along the eigenvectors
        walk = _Quadratic(lambdas, factors, offsets)
        for key, sizes, tol in (("tol_f", walk.falls, tol_f), ("tol_grad", walk.norms, tol_grad)):
            if tol is not None:
                predicted[key] = _first_below(sizes, tol, walk.shrinks, max_steps)
    bowl = low > 0
    return Theory(
        *(lambdas, Q, low, high, factors, *_judged(lambdas, factors)),
        condition=high / low if bowl else None,
        monotone_step=1 / high if bowl else None,
        critical_step=2 / high if bowl else None,
        best_step=2 / (high + low) if bowl else None,
        best_rate=(high - low) / (high + low) if bowl else None,
        predicted_tol_f=predicted.get("tol_f"),
        predicted_tol_grad=predicted.get("tol_grad"),
        met=np.ones(len(lambdas), dtype=bool),
    )


def spectrum(surface: Surface | Array) -> tuple[Array, Array]:
    """The eigenvalues λ (d,), smallest first, and eigenvectors (d, d) of a quadratic's Hessian.

    Raises: ValueError for a surface that is no quadratic.
    """
    if isinstance(surface, Surface) and surface.matrix is None:
        raise ValueError(f"theory needs a quadratic surface. Got {surface.name}.")
    lambdas, Q = np.linalg.eigh(as_matrix("H", surface.matrix if isinstance(surface, Surface) else surface))
    return lambdas, Q


def _judged(lambdas: Array, factors: Array) -> tuple[float, str]:
    """The rate and the regime that these factors lead to.

    Where λ > 0, a factor of 1 is a tiny η's, lost to rounding: the step doesn't diverge.
    """
    rounded = (lambdas > 0) & (factors > 0)
    diverges = bool(((np.abs(factors) >= 1) & ~rounded).any())
    regime = "divergent" if diverges else "monotone" if factors.min() >= 0 else "zig-zag"
    return float(np.abs(factors).max()), regime


@dataclass(frozen=True, eq=False)
class _Quadratic:
    """The walk of a fixed step in closed form: after k steps the error along eigenvector i is eᵢ·factorᵢᵏ."""

    lambdas: Array
    factors: Array
    offsets: Array

    @property
    def shrinks(self) -> bool:
        """Whether every part of the error that changes f gets smaller at every step."""
        return bool((np.abs(self.factors[(self.offsets != 0) & (self.lambdas != 0)]) < 1).all())

    def falls(self, k: Array) -> Array:
        """|Δf| of step k: ½ |Σ λ e² f²⁽ᵏ⁻¹⁾ (1 − f²)|."""
        with np.errstate(all="ignore"):
            errors = self.offsets * self.factors ** (k[:, None] - 1)
            falls: Array = np.abs((self.lambdas * errors**2 * (1 - self.factors**2)).sum(axis=1) / 2)
        return falls

    def norms(self, k: Array) -> Array:
        """‖∇f‖ after step k."""
        with np.errstate(all="ignore"):
            errors = self.offsets * self.factors ** k[:, None]
            norms: Array = np.sqrt(((self.lambdas * errors) ** 2).sum(axis=1))
        return norms


def _first_below(sizes: Callable[[Array], Array], tol: float, shrinks: bool, most: int) -> int | None:
    """The first step k ≥ 1 whose size is below tol: by halving where sizes shrink, else by looking."""
    if not shrinks:
        below = sizes(np.arange(1.0, most + 1)) < tol
        return int(below.argmax()) + 1 if below.any() else None

    def is_below(k: int) -> bool:
        return bool(sizes(np.array([float(k)]))[0] < tol)

    low, high = 0, 1  # the step `low` is not below, or no step at all
    while not is_below(high):
        low, high = high, 2 * high
        if high > MOST_PREDICTED:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_below(middle) else (middle, high)
    return high
