"""What is shown beside a descent: the theory of its rule against what was measured."""

from __future__ import annotations

import math
from typing import Any

from engine.descent.convergence import Theory
from engine.descent.descent import Descent
from engine.descent.momentum import MomentumTheory
from engine.descent.rules import RULES
from engine.descent.theory_words import digits_apart, number
from engine.numbers import minus
from pages.figures.numbers import fixed
from pages.figures.regimes import TONES
from pages.formulas.numbers import short, signed, small
from pages.gradient_descent.local_theory import LocalTheory, has_theory
from pages.gradient_descent.settings import DescentSettings

Records = list[dict[str, Any]]
CRITICAL_ROW = {
    "gradient": ("critical step 2/λ_{max}", "critical step 2/λ"),
    "momentum": ("critical step 2(1 + μ)/λ_{max}", "critical step 2(1 + μ)/λ"),
    "nesterov": ("critical step for this μ", "critical step for this μ"),
}
BEST = {
    "gradient": ("best step 2/(λ_{max}+λ_{min})", "best step 1/λ"),
    "momentum": ("best step for this μ", "best step (1 + μ)/λ"),
    "nesterov": ("best step for this μ", "best step 1/λ"),
}
"""The critical and the best step of each rule that has a theory, in two variables and in one."""


def theory_table(settings: DescentSettings, descent: Descent, known: LocalTheory | None) -> dict[str, Any]:
    """The table: the rule's theory if it has one here, otherwise its equation and what was measured."""
    climbs_for_ever = settings.ascent and settings.place.matrix is not None
    if known is not None and has_theory(settings.rule) and not climbs_for_ever:
        near = f"near the {known.kind} {known.place}" if known.point is not None else ""
        if isinstance(known.theory, Theory):
            return {"title": "Theory", "near": near, "rows": _fixed(settings, descent, known, known.theory)}
        rows = _momentum(settings, descent, known, known.theory)
        return {"title": RULES[settings.rule].label, "near": near, "rows": rows}
    return {"title": RULES[settings.rule].label, "near": "", "rows": _measured(settings, descent, known)}


def equation_of(settings: DescentSettings) -> str:
    """The rule's equation; that of an ascent has the ascent's sign."""
    rule = RULES[settings.rule]
    return rule.uphill if settings.ascent else rule.equation


def _measured(settings: DescentSettings, descent: Descent, known: LocalTheory | None) -> Records:
    """The rows of a rule without a theory."""
    equation = equation_of(settings)
    rows: Records = [{"lines": equation.split(", ")}]
    if known is not None and equation.count(", ") < 2:  # three lines leave no room for the eigenvalues
        rows.append(_curvature(known))
    if descent.cycle is not None:
        rows.append(table_row("cycle: from step, period", f"{descent.cycle[0]}, {descent.cycle[1]}"))
    elif descent.measured_rate is not None:
        rows.append(table_row("‖∇f‖ per step, measured", f"× {short(descent.measured_rate)}"))
    rows.append(table_row("steps to |Δf| < ε", steps(descent.steps_to_tol_f)))
    rows.append(table_row("steps to ‖∇f‖ < ε", steps(descent.steps_to_tol_grad)))
    if descent.distance is not None and not descent.ascent:
        rows.append(table_row("distance to the minimum", small(descent.distance)))
    return rows


def _curvature(known: LocalTheory) -> dict[str, Any]:
    theory, of = known.theory, " of −H" if known.kind == "maximum" else ""
    if len(theory.eigenvalues) == 1:
        where = f" at the {known.kind}" if known.point is not None else ""
        return table_row(f"curvature λ = {'−' if of else ''}f″{where}", fixed(theory.lambda_max, 4))
    return table_row(
        f"λ_{{max}}, λ_{{min}}{of}", f"{fixed(theory.lambda_max, 4)}, {fixed(theory.lambda_min, 4)}"
    )


def _critical(settings: DescentSettings, known: LocalTheory) -> Records:
    """The curvatures and the step sizes that follow from them; a saddle has none."""
    theory, eta, two = known.theory, settings.step_size, len(known.theory.eigenvalues) == 2
    rows = [_curvature(known)]
    if theory.condition is None or theory.critical_step is None or theory.best_step is None:
        return rows
    if two:
        rows.append(table_row("condition κ = λ_{max}/λ_{min}", short(theory.condition)))
    rows.append(table_row(CRITICAL_ROW[settings.rule][0 if two else 1], _step(theory.critical_step, eta)))
    best = BEST[settings.rule][0 if two else 1]
    return [*rows, table_row(best, _step(theory.best_step, eta))]


def _fixed(settings: DescentSettings, descent: Descent, known: LocalTheory, theory: Theory) -> Records:
    two = len(theory.eigenvalues) == 2
    rows = _critical(settings, known)
    flat, steep = theory.factors[0], theory.factors[-1]
    rows.append(
        table_row("factor 1 − ηλ_{max}, steep" if two else "factor 1 − ηλ", factor(steep), tone(steep))
    )
    if two:
        name = "factor 1 − ηλ_{min}, flat" if theory.lambda_min > 0 else "factor 1 − ηλ_{min}"
        rows.append(table_row(name, factor(flat), tone(flat)))
    if settings.place.matrix is not None:
        by_grad = settings.test_grad or not settings.test_f
        predicted = theory.predicted_tol_grad if by_grad else theory.predicted_tol_f
        measured = descent.steps_to_tol_grad if by_grad else descent.steps_to_tol_f
        capped = measured is None and predicted is not None and predicted > settings.max_steps
        run = f"> {settings.max_steps:,}, the cap" if capped else steps(measured)
        rows.append(table_row("steps, predicted / run", f"{steps(predicted)} / {run}"))
    else:
        rows.append(_rate(descent, theory))
    return rows


def _momentum(
    settings: DescentSettings, descent: Descent, known: LocalTheory, theory: MomentumTheory
) -> Records:
    two = len(theory.eigenvalues) == 2
    rows = _critical(settings, known)
    flat, steep = (", flat", ", steep") if theory.lambda_min > 0 else ("", "")
    names = [f"|z| for λ_{{min}}{flat}", f"|z| for λ_{{max}}{steep}"] if two else ["|z|, the larger root's"]
    for k in reversed(range(len(names))):
        radius = float(theory.radii[k])
        divergent = "divergent" if radius >= 1 else None
        rows.append(table_row(names[k], number(radius, digits_apart(radius, 1.0)), divergent))
    rows.append(_rate(descent, theory))
    if theory.best_rate is not None and theory.best_fixed_rate is not None:
        both = f"{short(theory.best_rate)}, {short(theory.best_fixed_rate)}"
        rows.append(table_row("best rate: this μ, fixed step", both))
    rows.append(table_row("steps to ‖∇f‖ < ε", steps(descent.steps_to_tol_grad)))
    return rows


def _rate(descent: Descent, theory: Theory | MomentumTheory) -> dict[str, Any]:
    rate = number(theory.rate, digits_apart(theory.rate, 1.0))
    return table_row("rate, theory / run", f"{rate} / {short(descent.measured_rate)}")


def table_row(label: str, value: str, tone: str | None = None) -> dict[str, Any]:
    """One line of the table; λ_{max} is set with a subscript."""
    return {"label": label, "value": minus(value), "tone": tone}


def _step(value: float, eta: float) -> str:
    """A named step size with the digits that tell it from η."""
    digits = digits_apart(value, eta)
    return short(value) if digits == 4 else number(value, digits)


def factor(value: float) -> str:
    """A factor 1 − ηλ with its sign, and the digits that tell its size from 1."""
    decimals = 4
    while decimals < 16 and abs(round(value, decimals)) == 1 and abs(value) != 1:
        decimals += 1
    return signed(value) if decimals == 4 or math.isinf(value) else minus(f"{value:+.{decimals}f}")


def tone(factor: float) -> str:
    """The colours of the regime that a factor 1 − ηλ belongs to."""
    return TONES["divergent" if abs(factor) >= 1 else "zig-zag" if factor < 0 else "monotone"]


def steps(count: int | None) -> str:
    """A number of steps, or a dash if the test never held."""
    return "–" if count is None else f"{count:,}"
