"""The axis of the step size: its end, its regimes by theory, its marks, and a note."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from engine.descent.convergence import Theory
from engine.descent.rules import RULES
from engine.descent.theory_words import CRITICAL, digits_apart, number
from pages.figures.regimes import TONES
from pages.gradient_descent.local_theory import LocalTheory, has_theory
from pages.gradient_descent.settings import DescentSettings

SHORT = {"divergent": "diverges", "oscillating": "swings"}
"""Regimes that have a shorter name where the axis has little room."""
Records = list[dict[str, Any]]


def step_axis(settings: DescentSettings, known: LocalTheory | None) -> dict[str, Any]:
    """The axis of the step size as the stage draws it."""
    label = RULES[settings.rule].label
    if not settings.takes_step_size:
        return {"end": 1.0, "zones": [], "marks": [], "note": f"{label} finds its own step size."}
    exact = known if has_theory(settings.rule) else None
    if exact is None or (exact.theory.critical_step is None and settings.place.matrix is None):
        what = "surface" if has_theory(settings.rule) else "rule"
        end = round_up(max(3 * (RULES[settings.rule].learning_rate or 0.1), settings.step_size))
        note = f"no theory for this {what}: try other values of η"
        if has_theory(settings.rule) and settings.ascent:  # which has the theory of the maximum it comes to
            note = "no maximum reached, so no theory: try other values of η"
        return {"end": end, "zones": [], "marks": [], "note": note}
    critical = exact.theory.critical_step
    if critical is None or (settings.ascent and exact.point is None):
        end = round_up(max(3 * (RULES[settings.rule].learning_rate or 0.1), settings.step_size))
        note = "Ascent climbs without end." if settings.ascent else "Where λ < 0, every step leads away."
        return {"end": end, "zones": [zone(0, end, "divergent")], "marks": [], "note": note}
    end = round_up(max(1.2 * critical, min(settings.step_size, 3 * critical)))
    regions = exact.theory.regions
    starts = [0.0, *(upper for upper, _ in regions[:-1]), end]
    named = zip(pairwise(starts), regions, strict=True)
    zones = [zone(start, stop, regime) for (start, stop), (_, regime) in named]
    near = None if exact.point is None else f"near the {exact.kind} {exact.place}"
    return {"end": end, "zones": zones, "marks": _marks(settings, exact), "note": near}


def _marks(settings: DescentSettings, known: LocalTheory) -> Records:
    """The step sizes at which the walk turns into a zig-zag and at which it diverges."""
    theory = known.theory
    marks: Records = []
    if isinstance(theory, Theory) and theory.monotone_step is not None:
        marks.append(_mark("1/λ_{max}", "", theory.monotone_step, settings.step_size))
    if theory.critical_step is not None:
        formula = CRITICAL[settings.rule].replace("λmax", "λ_{max}")
        marks.append(_mark(formula, "critical ", theory.critical_step, settings.step_size))
    return marks


def _mark(label: str, what: str, at: float, eta: float) -> dict[str, Any]:
    return {"at": at, "label": label, "long": f"{what}{label} = {number(at, digits_apart(at, eta))}"}


def zone(start: float, end: float, regime: str) -> dict[str, Any]:
    """A stretch of the axis and its regime."""
    short = SHORT.get(regime, regime)
    return {"from": start, "to": end, "regime": regime, "short": short, "tone": TONES[regime]}


def round_up(value: float) -> float:
    """The next larger of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten: a round end for an axis."""
    unit = 10.0 ** math.floor(math.log10(value))
    return next(
        (k * unit for k in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8) if k * unit >= value * 0.999999), 10 * unit
    )
