"""What is shown beside a descent: the regimes of the step size, and the theory against what was measured."""

from __future__ import annotations

import math
from typing import Any

from engine.descent.convergence import Theory
from engine.descent.descent import Descent
from engine.descent.rules import RULES
from engine.numbers import minus
from pages.figures.regimes import TONES
from pages.formulas.numbers import short, signed, small
from pages.gradient_descent.settings import DescentSettings

SHORT = {"divergent": "diverges"}
"""Regimes that have a shorter name where the axis has little room."""
Records = list[dict[str, Any]]


def step_axis(settings: DescentSettings, known: Theory | None) -> dict[str, Any]:
    """The axis of the step size as the stage draws it: its end, its regimes, its marks, and a note."""
    if not settings.takes_step_size:
        return {
            "end": 1.0,
            "zones": [],
            "marks": [],
            "note": f"{RULES[settings.rule].label} finds its own step size.",
        }
    exact = known if settings.rule == "gradient" else None
    turn, critical = (exact.monotone_step, exact.critical_step) if exact else (None, None)
    usual = RULES[settings.rule].learning_rate or 0.1
    end = round_up(
        max(1.2 * critical, min(settings.step_size, 3 * critical))
        if critical
        else max(3 * usual, settings.step_size)
    )
    zones: Records = []
    marks: Records = []
    note = None
    if exact is not None:
        if settings.ascent or turn is None or critical is None:
            zones = [zone(0, end, "divergent")]
            note = "Ascent climbs without end." if settings.ascent else "Where λ < 0, every step leads away."
        else:
            zones = [
                zone(0, turn, "monotone"),
                zone(turn, critical, "zig-zag"),
                zone(critical, end, "divergent"),
            ]
            marks = [
                {"at": turn, "label": "1/λ_{max}", "long": f"1/λ_{{max}} = {short(turn)}"},
                {"at": critical, "label": "2/λ_{max}", "long": f"critical 2/λ_{{max}} = {short(critical)}"},
            ]
            if settings.place.matrix is None:
                note = "near the minimum"
    else:
        note = "no theory for this rule: try other values of η"
        if settings.rule == "gradient":
            note = "no theory for this surface: try other values of η"
    return {"end": end, "zones": zones, "marks": marks, "note": note}


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


def theory_table(settings: DescentSettings, descent: Descent, known: Theory | None) -> dict[str, Any]:
    """The table: theory for the gradient rule downhill, otherwise the equation and what was measured."""
    if settings.rule == "gradient" and known is not None and not settings.ascent:
        return {"title": _title(settings), "rows": _exact(settings, descent, known)}
    equation = RULES[settings.rule].equation
    rows: Records = [{"lines": equation.split(", ")}]
    if equation.count(", ") > 1:
        known = None  # an equation of three lines leaves no room for the eigenvalues
    if known is not None and len(known.eigenvalues) == 2:
        rows.append(table_row("λ_{max}, λ_{min}", f"{known.lambda_max:.4f}, {known.lambda_min:.4f}"))
    elif known is not None:
        rows.append(table_row("f″ at the minimum", f"{known.lambda_max:.4f}"))
    rows.append(
        table_row(
            "‖∇f‖ per step, measured",
            "–" if descent.measured_rate is None else f"× {descent.measured_rate:.4f}",
        )
    )
    if descent.cycle is not None:
        rows.append(table_row("cycle: from step, period", f"{descent.cycle[0]}, {descent.cycle[1]}"))
    rows.append(table_row("steps to |Δf| < ε", steps(descent.steps_to_tol_f)))
    rows.append(table_row("steps to ‖∇f‖ < ε", steps(descent.steps_to_tol_grad)))
    if descent.distance is not None:
        rows.append(table_row("distance to the minimum", small(descent.distance)))
    return {"title": RULES[settings.rule].label, "rows": rows}


def _title(settings: DescentSettings) -> str:
    return "Theory" if settings.place.matrix is not None else "Theory near the minimum"


def _exact(settings: DescentSettings, descent: Descent, known: Theory) -> Records:
    two = len(known.eigenvalues) == 2
    rows: Records = []
    if two:
        rows.append(table_row("λ_{max}, λ_{min}", f"{known.lambda_max:.4f}, {known.lambda_min:.4f}"))
        rows.append(table_row("condition κ = λ_{max}/λ_{min}", short(known.condition)))
    else:
        rows.append(table_row("curvature λ = f″", short(known.lambda_max)))
    rows.append(
        table_row("critical step 2/λ_{max}" if two else "critical step 2/λ", short(known.critical_step))
    )
    rows.append(
        table_row("best step 2/(λ_{max}+λ_{min})" if two else "best step 1/λ", short(known.best_step))
    )
    flat, steep = known.factors[0], known.factors[-1]
    rows.append(
        table_row("factor 1 − ηλ_{max}, steep" if two else "factor 1 − ηλ", signed(steep), tone(steep))
    )
    if two:
        rows.append(
            table_row(
                "factor 1 − ηλ_{min}, flat" if known.lambda_min > 0 else "factor 1 − ηλ_{min}",
                signed(flat),
                tone(flat),
            )
        )
    if settings.place.matrix is not None:
        by_grad = settings.test_grad or not settings.test_f
        predicted = known.predicted_tol_grad if by_grad else known.predicted_tol_f
        measured = descent.steps_to_tol_grad if by_grad else descent.steps_to_tol_f
        rows.append(table_row("steps, predicted / run", f"{steps(predicted)} / {steps(measured)}"))
    else:
        rows.append(table_row("rate, theory / run", f"{known.rate:.4f} / {short(descent.measured_rate)}"))
    return rows


def table_row(label: str, value: str, tone: str | None = None) -> dict[str, Any]:
    """One line of the table; λ_{max} is set with a subscript."""
    return {"label": label, "value": minus(value), "tone": tone}


def tone(factor: float) -> str:
    """The colours of the regime that a factor 1 − ηλ belongs to."""
    return TONES["divergent" if abs(factor) >= 1 else "zig-zag" if factor < 0 else "monotone"]


def steps(count: int | None) -> str:
    """A number of steps, or a dash if the test never held."""
    return "–" if count is None else str(count)
