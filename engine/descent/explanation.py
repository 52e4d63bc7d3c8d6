"""Says in words how a descent went, and why."""

from dataclasses import dataclass

import numpy as np

from engine.descent.convergence import Theory, explain_fixed_step, theory
from engine.descent.descent import REASONS, Descent
from engine.numbers import with_power

_TITLES = {
    "tol_f": "Converged.",
    "tol_grad": "Converged.",
    "max_steps": "Out of steps.",
    "zero_gradient": "Arrived.",
    "cycle": "A cycle.",
    "not_finite": "Divergent.",
}


@dataclass(frozen=True)
class Explanation:
    """A title of two or three words on how a descent went, and a text of one sentence that says why."""

    title: str
    text: str


def explain(descent: Descent) -> Explanation:
    """How a descent went: by theory for a fixed step on a quadratic, otherwise by where it ended."""
    known = _theory_of(descent)
    return Explanation(_title(descent, known), _text(descent, known))


def _theory_of(descent: Descent) -> Theory | None:
    """The theory of a fixed step downhill on a quadratic, where it holds for the path that was taken."""
    eta = descent.learning_rate
    if descent.rule != "gradient" or descent.surface.matrix is None or descent.ascent or eta is None:
        return None
    known = theory(descent.surface, eta)
    if known.regime == "divergent" and descent.stopped_by == "tol_grad":
        return None  # from this start the walk never leaves the directions that shrink
    return known


def _falsely_converged(descent: Descent) -> bool:
    """Whether |Δf| ended the walk while the gradient is still above a hundredth of its first norm."""
    first, last = descent.gradient_norms[0], descent.gradient_norms[-1]
    return descent.stopped_by == "tol_f" and bool(last > 0.01 * first)


def _title(descent: Descent, known: Theory | None) -> str:
    end, diverges = descent.stopped_by, known is not None and known.regime == "divergent"
    if _falsely_converged(descent) or (end == "tol_f" and diverges):
        return "False convergence."
    if end == "tol_f" and descent.steps_to_tol_grad is None:
        return "Stopped too early."
    if known is None or end in ("cycle", "not_finite"):
        return _TITLES.get(end, "Stopped.")
    if diverges:
        return "At the limit." if known.at_limit else "Divergent."
    if known.best_step is None or descent.learning_rate is None:
        return _TITLES.get(end, "Stopped.")
    word = "Monotone" if known.regime == "monotone" else "Zig-zag"
    is_best = abs(descent.learning_rate - known.best_step) < 1e-3 * known.best_step
    return f"{word}, and the best fixed step." if is_best else f"{word}."


def _text(descent: Descent, known: Theory | None) -> str:
    norm, eta, end = descent.gradient_norms[-1], descent.learning_rate, descent.stopped_by
    why = explain_fixed_step(known, eta) if known is not None and eta is not None else ""
    if descent.cycle and not why:
        first, period = descent.cycle
        again = f"from step {first} on the same {period} points come again for ever."
        step = f"η = {with_power(f'{eta:g}')}"
        if descent.rule == "gradient":
            return f"{step} leads back to where the path has been: {again}"
        each = f"Every step moves each coordinate by {step} however small the slope"
        return f"{each}, so the path jumps across and back: {again}"
    if _falsely_converged(descent):
        size = with_power(f"{norm:.4g}")
        false = f"The last step hardly changed f, yet ‖∇f‖ = {size} is far from 0"
        return f"{false}; {why}" if why else f"{false}, so a test of |Δf| alone is fooled."
    if why:
        return why
    if end in ("singular", "no_step"):
        return f"The rule can't go on: {REASONS[end]}"
    if norm > 1e-3 * min(1.0, descent.gradient_norms[0]):
        return _on_its_way(descent)
    curvature = np.linalg.eigvalsh(descent.surface.hessian(descent.points[-1]))
    if curvature[0] < 0 < curvature[-1]:
        return "The slope vanishes, but on a saddle: along one direction f falls, along another it rises."
    if descent.distance is not None and descent.distance < 0.05:
        near = with_power(f"{descent.distance:.2g}")
        return f"The slope vanishes at a lowest point; the last step is within {near} of it."
    kind = "a hollow, if not the lowest" if curvature[0] > 0 else "a top" if curvature[-1] < 0 else "a plain"
    return f"The slope vanishes, so the rule sees nothing left to do: this is {kind}."


def _on_its_way(descent: Descent) -> str:
    """Why a walk that ended on a slope has come no farther."""
    norm, overflows = descent.gradient_norms[-1], descent.stopped_by == "not_finite"
    has_end = bool(descent.surface.minima) and not descent.ascent
    if not has_end and (descent.surface.matrix is not None or overflows or norm > 1e6):
        return f"Still on its way: f has no {'highest' if descent.ascent else 'lowest'} point to reach."
    if overflows or norm > 1e6:
        return "The steps overshoot: each lands where the slope is steeper still, so η is too large."
    return f"Still on its way after {descent.steps} steps: ‖∇f‖ is {with_power(f'{norm:.3g}')}."
