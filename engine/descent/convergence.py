"""How a fixed step converges on a quadratic, predicted from the eigenvalues of its Hessian."""

import math
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, as_matrix, check_number
from engine.descent.surfaces import Surface
from engine.numbers import with_power


@dataclass(frozen=True, eq=False)
class Theory:
    """What the eigenvalues λ of the Hessian say about a fixed step η on a quadratic.

    Along eigenvector i, a column of eigenvectors, a step multiplies the error by factors[i] = 1 − ηλᵢ. So the
    walk is monotone up to monotone_step = 1/λmax, a zig-zag up to critical_step = 2/λmax, and divergent from
    there on; it is fastest at best_step = 2/(λmax + λmin). These steps are None, and condition is infinite,
    unless all λ > 0.
    rate is the largest |factor|, which decides in the long run. The predicted numbers of steps come from the
    closed form of the walk, not from walking.
    """

    eigenvalues: Array
    eigenvectors: Array
    lambda_min: float
    lambda_max: float
    factors: Array
    rate: float
    regime: str
    condition: float
    monotone_step: float | None
    critical_step: float | None
    best_step: float | None
    predicted_tol_f: int | None
    predicted_tol_grad: int | None

    @property
    def at_limit(self) -> bool:
        """Whether rate is 1 up to rounding: a step leaves the error as large as it is."""
        return abs(self.rate - 1) < 1e-9


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
        surface: a quadratic row of SURFACES, make_quadratic(...), or any symmetric H (d, d).
        start:   (d,) x⁰, measured from the minimum; needed, with a tolerance, to predict the steps.
    Raises:  ValueError for a surface that is no quadratic.
    """
    if isinstance(surface, Surface) and surface.matrix is None:
        raise ValueError(f"theory needs a quadratic surface. Got {surface.name}.")
    H = as_matrix("H", surface.matrix if isinstance(surface, Surface) else surface)
    lambdas, Q = np.linalg.eigh(H)
    low, high = float(lambdas[0]), float(lambdas[-1])
    factors = 1 - check_number("learning_rate", learning_rate, above=0) * lambdas
    rate = float(np.abs(factors).max())
    regime = "divergent" if rate >= 1 else "monotone" if factors.min() >= 0 else "zig-zag"
    predicted: dict[str, int] = {}
    if start is not None:
        offsets = as_matrix("start", [start], columns=len(H))[0] @ Q  # (d,) along the eigenvectors
        with np.errstate(all="ignore"):
            errors = offsets * factors ** np.arange(max_steps + 1)[:, None]  # (max_steps + 1, d)
            falls = np.abs(np.diff((lambdas * errors**2).sum(axis=1) / 2))
            norms = np.sqrt(((lambdas * errors) ** 2).sum(axis=1))[1:]
        for key, sizes, tol in (("tol_f", falls, tol_f), ("tol_grad", norms, tol_grad)):
            if tol is not None and (sizes < tol).any():
                predicted[key] = int((sizes < tol).argmax()) + 1
    limits: tuple[float | None, float | None, float | None] = None, None, None
    if low > 0:
        limits = 1 / high, 2 / high, 2 / (high + low)
    spectrum = lambdas, Q, low, high, factors, rate, regime
    counts = predicted.get("tol_f"), predicted.get("tol_grad")
    return Theory(*spectrum, high / low if low > 0 else math.inf, *limits, *counts)


def explain_fixed_step(seen: Theory, eta: float) -> str:
    """What the theory says about a fixed step on a quadratic, in one sentence."""
    if seen.critical_step is None or seen.monotone_step is None:
        times = f"{with_power(f'{seen.factors[0]:.3g}')} times as far"
        return f"Along one direction f falls for ever: each step takes the path {times} from the origin."
    step, rate = f"η = {with_power(f'{eta:g}')}", with_power(f"{seen.rate:.4g}")
    if seen.at_limit:
        return f"{step} is 2/λmax: the steepest direction changes sign at every step and never shrinks."
    first = f"1/λmax = {with_power(f'{seen.monotone_step:.4g}')}"
    second = f"2/λmax = {with_power(f'{seen.critical_step:.4g}')}"
    where, effect = {
        "monotone": (f"is at most {first}", "no direction changes sign"),
        "zig-zag": (f"lies between {first} and {second}", "the steepest direction changes sign, a zig-zag"),
        "divergent": (f"isn't below {second}", "the path jumps across the valley, ever further up"),
    }[seen.regime]
    return f"{step} {where}: {effect}, and in the end a step multiplies the error by {rate}."
