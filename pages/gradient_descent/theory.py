"""What stands beside a run: the regimes of the step size, the theory, and the line that says why."""

from __future__ import annotations

import math
from typing import Any

from engine.descent.convergence import Theory
from engine.descent.descent import Run, explain
from engine.descent.rules import RULES
from engine.numbers import minus
from pages.formulas.numbers import short, signed, small
from pages.gradient_descent.settings import Descent

Rows = list[dict[str, Any]]


def step_axis(settings: Descent, known: Theory | None) -> dict[str, Any]:
    """The axis of the step size: where it ends, its regimes, its named places."""
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
    zones: Rows = []
    marks: Rows = []
    note = None
    if exact is not None:
        if settings.ascent or turn is None or critical is None:
            zones = [zone(0, end, "divergent")]
            note = "Ascent climbs without end." if settings.ascent else "Along λ < 0 every step leads away."
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
        note = "no theory for this rule: move η and look"
        if settings.rule == "gradient":
            note = "no theory for this surface: move η and look"
    return {"end": end, "zones": zones, "marks": marks, "note": note}


def zone(start: float, end: float, regime: str) -> dict[str, Any]:
    """One stretch of the axis."""
    return {"from": start, "to": end, "regime": regime}


def round_up(value: float) -> float:
    """The next of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten: where an axis ends well."""
    unit = 10.0 ** math.floor(math.log10(value))
    return next(
        (k * unit for k in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8) if k * unit >= value * 0.999999), 10 * unit
    )


def why(run: Run, known: Theory | None, settings: Descent) -> dict[str, str]:
    """The line that reads the run: a title, and the engine's sentence."""
    title, text = title_of(run, known, settings), explain(run)
    head, colon, rest = text.partition(": ")
    if colon and f"{head}." == title:
        text = rest[:1].upper() + rest[1:]
    return {"title": title, "text": text}


def title_of(run: Run, known: Theory | None, settings: Descent) -> str:
    """Two or three words on how the run went."""
    exact = known is not None and run.rule == "gradient" and run.surface.matrix is not None and not run.ascent
    if run.stopped_by == "tol_f" and exact and known is not None and known.regime == "divergent":
        return "False convergence."
    if run.stopped_by == "tol_f" and run.steps_to_tol_grad is None:
        return "Stopped too early."
    if run.stopped_by == "cycle":
        return "A cycle."
    if run.stopped_by == "not_finite":
        return "Divergent."
    if exact and known is not None and known.regime == "divergent" and run.stopped_by != "tol_grad":
        return "At the limit." if known.at_limit else "Divergent."
    if exact and known is not None and known.best_step is not None:
        best = abs(settings.step_size - known.best_step) < 1e-3 * known.best_step
        word = "Monotone" if known.regime == "monotone" else "Zig-zag"
        return f"{word}, and the best fixed step." if best else f"{word}."
    titles = {
        "tol_f": "Converged.",
        "tol_grad": "Converged.",
        "max_steps": "At the cap.",
        "zero_gradient": "Arrived.",
    }
    return titles.get(run.stopped_by, "Stopped.")


def theory_rows(settings: Descent, run: Run, known: Theory | None) -> dict[str, Any]:
    """The table beside the run: theory for the gradient rule, else the equation and what was measured."""
    if settings.rule == "gradient" and known is not None and not settings.ascent:
        return {"title": _title(settings), "rows": _exact(settings, run, known)}
    equation = RULES[settings.rule].equation
    rows: Rows = [{"sentence": equation}]
    if equation.count(", ") > 1:
        known = None  # three lines leave no room for more
    if known is not None and len(known.eigenvalues) == 2:
        rows.append(row("λ_{max}, λ_{min}", f"{known.lambda_max:.4f}, {known.lambda_min:.4f}"))
    elif known is not None:
        rows.append(row("f″ at the minimum", f"{known.lambda_max:.4f}"))
    rows.append(
        row("‖∇f‖ per step, measured", "–" if run.measured_rate is None else f"× {run.measured_rate:.4f}")
    )
    if run.cycle is not None:
        rows.append(row("cycle: from step, period", f"{run.cycle[0]}, {run.cycle[1]}"))
    rows.append(row("steps to |Δf| < ε", steps(run.steps_to_tol_f)))
    rows.append(row("steps to ‖∇f‖ < ε", steps(run.steps_to_tol_grad)))
    if run.distance is not None:
        rows.append(row("distance to the minimum", small(run.distance)))
    return {"title": RULES[settings.rule].label, "rows": rows}


def _title(settings: Descent) -> str:
    return "Theory" if settings.place.matrix is not None else "Theory near the minimum"


def _exact(settings: Descent, run: Run, known: Theory) -> Rows:
    two = len(known.eigenvalues) == 2
    rows: Rows = []
    if two:
        rows.append(row("λ_{max}, λ_{min}", f"{known.lambda_max:.4f}, {known.lambda_min:.4f}"))
        rows.append(row("condition κ = λ_{max}/λ_{min}", short(known.condition)))
    else:
        rows.append(row("curvature λ = f″", short(known.lambda_max)))
    rows.append(row("critical step 2/λ_{max}" if two else "critical step 2/λ", short(known.critical_step)))
    rows.append(row("best step 2/(λ_{max}+λ_{min})" if two else "best step 1/λ", short(known.best_step)))
    flat, steep = known.factors[0], known.factors[-1]
    rows.append(row("factor 1 − ηλ_{max}, steep" if two else "factor 1 − ηλ", signed(steep), tone(steep)))
    if two:
        rows.append(
            row(
                "factor 1 − ηλ_{min}, flat" if known.lambda_min > 0 else "factor 1 − ηλ_{min}",
                signed(flat),
                tone(flat),
            )
        )
    if settings.place.matrix is not None:
        by_grad = settings.test_grad or not settings.test_f
        predicted = known.predicted_tol_grad if by_grad else known.predicted_tol_f
        measured = run.steps_to_tol_grad if by_grad else run.steps_to_tol_f
        rows.append(row("steps, predicted / run", f"{steps(predicted)} / {steps(measured)}"))
    else:
        rows.append(row("rate, theory / run", f"{known.rate:.4f} / {short(run.measured_rate)}"))
    return rows


def row(label: str, value: str, tone: str | None = None) -> dict[str, Any]:
    """One line of the table; λ_{max} stands for a subscript."""
    return {"label": label, "value": minus(value), "tone": tone}


def tone(factor: float) -> str:
    """The regime that a factor 1 − ηλ belongs to."""
    return "divergent" if abs(factor) >= 1 else "zigzag" if factor < 0 else "monotone"


def steps(count: int | None) -> str:
    """A number of steps, or a dash if it never came to that."""
    return "–" if count is None else str(count)
