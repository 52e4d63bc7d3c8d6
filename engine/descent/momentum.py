"""How momentum and Nesterov's rule converge on a quadratic: the roots of a polynomial per eigenvalue."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array, check_choice, check_number
from engine.descent.convergence import AT_LIMIT, directions_met, spectrum
from engine.descent.surfaces import Surface

MOMENTUM_RULES = ("momentum", "nesterov")
REGIMES = ("monotone", "oscillating", "zig-zag", "divergent")


@dataclass(frozen=True, eq=False)
class MomentumTheory:
    """What the eigenvalues λ of the Hessian say about momentum μ with a step η on a quadratic.

    Along an eigenvector with eigenvalue λ the error eₖ obeys a recurrence over two steps, and so it is a sum
    A·z₁ᵏ + B·z₂ᵏ of powers of the roots of a polynomial; it vanishes if and only if both |z| < 1.

    Heavy ball (rule "momentum"): v ← μv + g and x ← x − ηv give, with ηvₖ = xₖ₋₁ − xₖ,

        eₖ₊₁ = eₖ − ηλ·eₖ + μ·(eₖ − eₖ₋₁)          z² − (1 + μ − ηλ)·z + μ = 0

    z₁z₂ = μ, so complex roots have |z| = √μ; they are complex for (1 − √μ)² < ηλ < (1 + √μ)². Real roots are
    both positive below that (monotone) and both negative above (zig-zag). z = −1 is a root at
    ηλ = 2(1 + μ): from there on the walk diverges.

    Nesterov (rule "nesterov"): v ← μv + g and x ← x − η(g + μv) make (e, v) ← M·(e, v) with
    M = [[1 − (1 + μ)ηλ, −ημ²], [λ, μ]], trace (1 + μ)(1 − ηλ) and determinant μ(1 − ηλ):

        z² − (1 + μ)(1 − ηλ)·z + μ(1 − ηλ) = 0

    The roots are complex for ((1 − μ)/(1 + μ))² < ηλ < 1, where |z| = √(μ(1 − ηλ)); beyond 1 they are real,
    of both signs, the negative one the larger (zig-zag). z = −1 is a root at ηλ = 2(1 + μ)/(1 + 2μ).

    roots (d, 2) and radii (d,), the larger |z|, belong to the eigenvectors in their order; rate is the
    largest radius of those along which there is an error (met). monotone_step, oscillating_step and
    critical_step are the η at which these regimes end, by λmax; best_step is the η with the smallest rate for
    this μ, best_rate. All of them and condition κ are None unless all λ > 0. With μ → 0 both are the theory
    of a fixed step.
    """

    rule: str
    momentum: float
    eigenvalues: Array
    eigenvectors: Array
    lambda_min: float
    lambda_max: float
    roots: Array
    radii: Array
    rate: float
    regime: str
    condition: float | None
    monotone_step: float | None
    oscillating_step: float | None
    critical_step: float | None
    best_step: float | None
    best_rate: float | None
    met: Array

    @property
    def at_limit(self) -> bool:
        """Whether the largest root is −1 up to rounding; one of nearly 1 is that of a tiny η."""
        mirrors = float(np.abs(self.roots[self.met] + 1).min()) < AT_LIMIT
        return mirrors and abs(self.rate - 1) < AT_LIMIT

    @property
    def best_fixed_rate(self) -> float | None:
        """The rate of the best fixed step without momentum, (κ − 1)/(κ + 1)."""
        return None if self.condition is None else (self.condition - 1) / (self.condition + 1)

    @property
    def regions(self) -> tuple[tuple[float, str], ...]:
        """Where each regime ends along η, in their order; the divergent one has no end. () for a saddle."""
        if self.monotone_step is None or self.oscillating_step is None or self.critical_step is None:
            return ()
        ends = self.monotone_step, self.oscillating_step, self.critical_step, math.inf
        return tuple(zip(ends, REGIMES, strict=True))

    def of_walk(self, points: Array) -> MomentumTheory | None:
        """The same for a walk through these points (k+1, d); None for one that stays at the minimum."""
        met = directions_met(self.eigenvectors, points)
        if not met.any():
            return None
        rate, regime = _judged(self.eigenvalues[met], self.roots[met])
        return replace(self, rate=rate, regime=regime, met=met)


def momentum_theory(
    surface: Surface | Array, learning_rate: float, momentum: float, rule: str = "momentum"
) -> MomentumTheory:
    """The theory of heavy ball or Nesterov's rule for f = ½ xᵀHx.

    Args:
        surface:  a quadratic row of SURFACES, make_quadratic(...), or any symmetric H (d, d).
        momentum: 0 ≤ μ < 1.
        rule:     "momentum" or "nesterov".
    Raises:  ValueError for a surface that is no quadratic, or a number out of its range.
    """
    lambdas, Q = spectrum(surface)
    low, high = float(lambdas[0]), float(lambdas[-1])
    eta = check_number("learning_rate", learning_rate, above=0)
    mu = check_number("momentum", momentum, least=0)
    if mu >= 1:
        raise ValueError(f"momentum must be < 1, or the walk never comes to rest. Got {mu:g}.")
    check_choice("rule", rule, MOMENTUM_RULES)
    roots = roots_of(eta * lambdas, mu, rule)
    bowl = low > 0
    ends = [end / high if bowl else None for end in _ends(mu, rule)]
    best = best_step(low, high, mu, rule) if bowl else None
    best_radii = None if best is None else radii_of(roots_of(best * lambdas, mu, rule))
    return MomentumTheory(
        *(rule, mu, lambdas, Q, low, high, roots, radii_of(roots), *_judged(lambdas, roots)),
        condition=high / low if bowl else None,
        monotone_step=ends[0],
        oscillating_step=ends[1],
        critical_step=ends[2],
        best_step=best,
        best_rate=None if best_radii is None else float(best_radii.max()),
        met=np.ones(len(lambdas), dtype=bool),
    )


def roots_of(scaled: Array, momentum: float, rule: str) -> Array:
    """Both roots (d, 2), complex, for each ηλ of scaled (d,): see MomentumTheory."""
    mu = momentum
    if rule == "momentum":
        half, product = (1 + mu - scaled) / 2, np.full_like(scaled, mu)
    else:
        half, product = (1 + mu) * (1 - scaled) / 2, mu * (1 - scaled)
    apart = np.sqrt((half**2 - product).astype(complex))
    return np.stack([half + apart, half - apart], axis=-1)


def radii_of(roots: Array) -> Array:
    """The larger |z| of each pair, (d,)."""
    radii: Array = np.abs(roots).max(axis=-1)
    return radii


def _ends(mu: float, rule: str) -> tuple[float, float, float]:
    """The values of ηλ at which monotone, oscillating and zig-zag end."""
    root = math.sqrt(mu)
    if rule == "momentum":
        return (1 - root) ** 2, (1 + root) ** 2, 2 * (1 + mu)
    return ((1 - mu) / (1 + mu)) ** 2, 1.0, 2 * (1 + mu) / (1 + 2 * mu)


def best_step(low: float, high: float, momentum: float, rule: str = "momentum") -> float:
    """The η with the smallest rate on λ from low to high, 0 < low ≤ high, for a given μ.

    The larger |z| first falls and then rises with ηλ, so the best η makes it equal at both ends. For heavy
    ball that is η = 2(1 + μ)/(λmax + λmin): the two polynomials differ in the sign of z alone. Its rate is
    √μ while κ ≤ ((1 + √μ)/(1 − √μ))², where the roots of both are complex (a whole range of η does it then),
    and otherwise the larger root of (κ + 1)z² − (κ − 1)(1 + μ)z + (κ + 1)μ = 0.
    For Nesterov it lies between 1/λmax, where the radius of λmax is 0, and 1/λmin, and is found by halving.
    """
    if rule == "momentum":
        return 2 * (1 + momentum) / (high + low)
    short, long = 1 / high, 1 / low
    ends = np.array([low, high])
    for _ in range(60):  # as many halvings as a float has digits
        middle = (short + long) / 2
        flat, steep = radii_of(roots_of(middle * ends, momentum, rule))
        short, long = (middle, long) if flat > steep else (short, middle)
    return (short + long) / 2


def _judged(lambdas: Array, roots: Array) -> tuple[float, str]:
    """The largest |z| of these pairs, and the last of REGIMES that one of them is in."""
    regimes = [_regime(*both) for both in zip(lambdas, roots, strict=True)]
    return float(radii_of(roots).max()), max(regimes, key=REGIMES.index)


def _regime(value: float, pair: Array) -> str:
    """The regime of the roots that belong to λ = value; where λ > 0, a root of 1 is a tiny η's, rounded."""
    larger = pair[np.abs(pair).argmax()]
    if abs(larger) >= 1 and not (value > 0 and larger.real > 0):
        return "divergent"
    if larger.imag != 0:
        return "oscillating"
    return "zig-zag" if larger.real < 0 else "monotone"
