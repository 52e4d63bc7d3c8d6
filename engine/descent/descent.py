"""Descent walks down a surface step by step, and says why it stopped where it did."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.descent.rules import RULES
from engine.descent.surfaces import Surface, surface_of
from engine.descent.walk import Walk
from engine.optimizers import Optimizer

__all__ = ["REASONS", "RULES", "Descent", "descend"]

_SIZES = {"tol_f": "|Δf|", "tol_grad": "‖∇f‖"}
REASONS = {
    "tol_f": "|Δf| is below its tolerance.",
    "tol_grad": "‖∇f‖ is below its tolerance.",
    "max_steps": "the maximum number of steps is reached.",
    "not_finite": "the next one is too large for a float; this is the last finite point.",
    "cycle": "the path is back at an earlier point and repeats itself from here on.",
    "zero_gradient": "the gradient is exactly 0, so the sign rule ends here.",
    "singular": "the Hessian is singular here, so there is no Newton step.",
    "no_step": "no step, however small, improves f by more than rounding.",
}


@dataclass(frozen=True, eq=False)
class Descent:
    """The k steps of a descent: points (k+1, d), with f, ∇f and ‖∇f‖ at each, and the η of each step (k,).

    stopped_by is a key, stop_reason a sentence. steps_to_tol_f and steps_to_tol_grad are the first steps
    after which each test holds; the search goes on beyond the stop, and None means that the test never held
    or had no tolerance. verdicts says the same in words. cycle is (first step, period) where a rule without
    memory is back at an earlier point. parameters are the rule's own, those left at their defaults too.
    """

    surface: Surface
    rule: str
    learning_rate: float | None
    parameters: Mapping[str, float]
    ascent: bool
    points: Array
    values: Array
    gradients: Array
    gradient_norms: Array
    step_sizes: Array
    stopped_by: str
    stop_reason: str
    steps_to_tol_f: int | None
    steps_to_tol_grad: int | None
    verdicts: dict[str, str]
    cycle: tuple[int, int] | None

    @property
    def steps(self) -> int:
        """The number k of steps."""
        return len(self.step_sizes)

    @property
    def distance(self) -> float | None:
        """From the last point to the nearest minimum of the surface; None if it has none."""
        return min((math.dist(self.points[-1], minimum) for minimum in self.surface.minima), default=None)

    @property
    def measured_rate(self) -> float | None:
        """By how much a step multiplies ‖∇f‖: the geometric mean over the last half of the steps.

        None for a cycle, in which ‖∇f‖ comes back to what it was.
        """
        half, norms = self.steps // 2, self.gradient_norms
        if self.cycle or not half or not (norms[half:] > 0).all():
            return None
        return float((norms[-1] / norms[half]) ** (1 / (self.steps - half)))


def descend(
    surface: str | Surface,
    start: object,
    *,
    rule: str | Optimizer = "gradient",
    learning_rate: float | None = None,
    max_steps: int = 100,
    tol_f: float | None = None,
    tol_grad: float | None = None,
    ascent: bool = False,
    stops: Collection[str] = ("tol_f", "tol_grad"),
    **parameters: float,
) -> Descent:
    """Walk from start until a test holds: update first, then test |f(xᵏ⁺¹) − f(xᵏ)| < ε₁ and ‖∇f(xᵏ⁺¹)‖ < ε₂.

    Args:
        surface:       a key of SURFACES, or a Surface.
        start:         (d,) the first point.
        rule:          a key of RULES or OPTIMIZERS, or an Optimizer, of which a copy is used.
        learning_rate: η > 0; None takes the rule's default.
        max_steps:     the most steps taken.
        tol_f, tol_grad: ε₁ and ε₂; None switches a test off. Both are strict; tol_f is tested first.
        stops:         the tests that end the walk; one that is not among them is only reported.
        ascent:        climb: the same rule on −f; Newton's step is the same for f and −f.
        parameters:    the rule's own, e.g. momentum=0.9.
    Returns: the Descent; one that diverges ends at its last finite point.
    Raises:  ValueError for a setting out of its range, or line_search on a surface that is not quadratic.
    Source:  "Neural Networks: forward/backward propagation + training", slides;
             backtracking: Nocedal & Wright (2006), algorithm 3.1.
    """
    tolerances = {"tol_f": tol_f, "tol_grad": tol_grad}
    setting = surface_of(surface), start, rule, learning_rate, parameters
    walk = Walk(*setting, max_steps=max_steps, tolerances=tolerances, stops=stops, ascent=ascent)
    while not walk.go_on(max_steps):
        pass
    return recorded(walk)


def recorded(walk: Walk) -> Descent:
    """The record of a walk that has ended."""
    path, found = walk.path[: walk.last + 1], walk.found
    points, gradients = (np.array([getattr(p, name) for p in path]) for name in ("x", "gradient"))
    values, norms, etas = (np.array([getattr(p, name) for p in path]) for name in ("value", "norm", "eta"))
    reason = f"Stopped after {walk.last} step{'s' * (walk.last != 1)}: {REASONS[walk.stopped_by]}"
    never = f"never holds in {walk.steps} steps."
    said = {key: f"holds first after step {found[key]}." if key in found else never for key in walk.watched}
    verdicts = {key: f"{_SIZES[key]} < {tol:g} {said[key]}" for key, tol in walk.watched.items()}
    rate = None if math.isnan(walk.rate) else walk.rate
    setting = walk.surface, walk.rule, rate, walk.parameters, walk.ascent
    series = points, values, gradients, norms, etas[1:]
    counts = found.get("tol_f"), found.get("tol_grad")
    return Descent(*setting, *series, walk.stopped_by, reason, *counts, verdicts, walk.cycle)
