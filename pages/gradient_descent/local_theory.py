"""The theory that a descent is compared with: of its quadratic, or of the bowl that its end lies in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.descent.convergence import Theory, theory
from engine.descent.descent import Descent
from engine.descent.ends import end_of
from engine.descent.momentum import MOMENTUM_RULES, MomentumTheory, momentum_theory
from engine.descent.rules import RULES
from engine.numbers import with_power
from engine.options import check_parameters
from pages.gradient_descent.settings import DescentSettings

SAME = 0.2
"""Distance from a known minimum within which a descent is taken to have come to that one."""


@dataclass(frozen=True, eq=False)
class LocalTheory:
    """A theory and where it holds.

    Attributes:
        point: the minimum or maximum (d,) near which it holds; None for a quadratic, where it always does.
        kind:  "minimum" or "maximum"; at a maximum the theory is that of −f.
    """

    theory: Theory | MomentumTheory
    point: Array | None = None
    kind: str = "minimum"

    @property
    def place(self) -> str:
        """The point in words: (1, 1)."""
        if self.point is None:
            return ""
        coordinates = [with_power(f"{round(float(x), 4) + 0.0:.4g}") for x in self.point]
        return coordinates[0] if len(coordinates) == 1 else f"({', '.join(coordinates)})"


def has_theory(rule: str) -> bool:
    """Whether there is a theory of the rule's step size."""
    return rule == "gradient" or rule in MOMENTUM_RULES


def theory_of(settings: DescentSettings, descent: Descent) -> LocalTheory | None:
    """The theory of the rule, or of a fixed step where it has none; None where nothing is curved.

    On a surface that is no quadratic it is that of the minimum that the descent came to, in an ascent of the
    maximum, and of the nearest known minimum for a descent that came to none.
    """
    s, place = settings, settings.place
    if place.matrix is not None:
        return LocalTheory(_theory(s, place.hessian(s.from_where), s.from_where))
    kind = "maximum" if s.ascent else "minimum"
    end, arrived = descent.points[-1], end_of(descent) == kind
    known = () if s.ascent else place.minima
    nearest = min(known, key=lambda one: math.dist(one, end), default=None)
    if nearest is not None and (not arrived or math.dist(nearest, end) < SAME):
        point = np.array(nearest)
    elif arrived:
        point = end
    else:
        return None
    H = place.hessian(point)
    local = _theory(s, -H if s.ascent else H, None)
    return None if local.critical_step is None else LocalTheory(local, point, kind)  # a kink isn't curved


def _theory(s: DescentSettings, H: Array, start: object) -> Theory | MomentumTheory:
    if s.rule in MOMENTUM_RULES:
        given = check_parameters(RULES[s.rule].parameters, dict(s.parameters))
        return momentum_theory(H, s.step_size, given["momentum"], s.rule)
    return theory(H, s.step_size, start, tol_f=s.epsilon_f, tol_grad=s.epsilon_grad)
