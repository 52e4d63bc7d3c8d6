"""Where a descent ended: at a minimum, on a maximum or a saddle, running away, or still on its way."""

import math

import numpy as np

from engine.arrays import Array
from engine.descent.descent import Descent
from engine.descent.surfaces import Surface

NEAR = 0.1
"""Most of 1 + ‖x‖ that may be left to the point where the slope vanishes, for an end to count as there."""
STILL = 1e-8
"""The same for a walk that no test has stopped: there is nothing left to go."""
FAR = 10.0
"""Domains from the middle of the domain; a walk that is farther away when its steps run out has run away."""

ENDS = {
    "minimum": "a minimum",
    "maximum": "a maximum",
    "saddle": "a saddle",
    "flat": "flat ground",
    "slope": "a slope",
    "cycle": "a cycle",
    "runs_away": "runs away",
    "on_the_way": "on its way",
    "singular": "no Newton step",
    "stuck": "stuck",
}
"""Every kind of end, and its name in a table."""


def end_of(descent: Descent) -> str:
    """A key of ENDS: what kind of place the descent ended at, or why it got to none.

    The gradient must be about 0: below its tolerance, and so small beside the curvature that the place where
    it vanishes is close by (NEAR). What kind of place that is, the Hessian says. A test of |Δf| that stops on
    a slope, or an ε that is too large, leaves the walk on "slope".
    """
    x, why = descent.points[-1], descent.stopped_by
    if why in ("not_finite", "cycle"):
        return {"not_finite": "runs_away", "cycle": "cycle"}[why]
    tested = why in ("tol_f", "tol_grad", "zero_gradient", "singular", "no_step")
    if is_at_rest(descent.surface, x, NEAR if tested else STILL):
        return kind_of_point(descent.surface, x)
    if why == "max_steps":
        return "runs_away" if _is_far(descent.surface, x) else "on_the_way"
    return {"singular": "singular", "no_step": "stuck"}.get(why, "slope")


def is_at_rest(surface: Surface, x: Array, near: float = NEAR) -> bool:
    """Whether the gradient vanishes close to x (d,): ‖H⁻¹∇f‖ ≤ near · (1 + ‖x‖).

    H⁻¹∇f is Newton's step, and so about the way that is left. Along a direction without curvature the slope
    itself must be 0.
    """
    lambdas, Q = np.linalg.eigh(surface.hessian(x))
    along = np.abs(surface.gradient(x) @ Q)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ways = np.where(along == 0, 0.0, along / np.abs(lambdas))
    return math.hypot(*ways) <= near * (1 + math.hypot(*x))  # hypot doesn't overflow where squares do


def kind_of_point(surface: Surface, x: Array) -> str:
    """The kind of a point x (d,) where the gradient vanishes: "minimum", "maximum", "saddle" or "flat".

    The Hessian decides: a minimum if it is positive definite, or semi-definite but not 0; a maximum if −H is;
    a saddle if it has eigenvalues of both signs. Where it is 0, as at the kink of |x|, f decides: it rises on
    all sides of a minimum.
    """
    lambdas = np.linalg.eigvalsh(surface.hessian(x))
    bend = 1e-9 * max(1.0, float(np.abs(lambdas).max()))
    signs = {int(np.sign(value)) for value in lambdas if abs(value) > bend}
    if signs:
        return "saddle" if len(signs) == 2 else "minimum" if 1 in signs else "maximum"
    around = x + 1e-3 * (1 + np.abs(x)) * np.vstack([np.eye(len(x)), -np.eye(len(x))])
    rises = surface.value(around) - float(surface.value(x))
    return "minimum" if (rises > 0).all() else "maximum" if (rises < 0).all() else "flat"


def _is_far(surface: Surface, x: Array) -> bool:
    low, high = np.transpose(surface.domain)
    return bool((np.abs(x - (low + high) / 2) > FAR * (high - low)).any())
