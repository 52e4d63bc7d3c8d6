"""Says in words how a descent went, and why."""

from dataclasses import dataclass

from engine.arrays import Array
from engine.descent.convergence import Theory, theory
from engine.descent.descent import REASONS, Descent
from engine.descent.ends import end_of
from engine.descent.momentum import MOMENTUM_RULES, MomentumTheory, momentum_theory
from engine.descent.theory_words import explain_fixed_step, explain_momentum
from engine.numbers import with_power

_TITLES = {
    "tol_f": "Converged.",
    "tol_grad": "Converged.",
    "max_steps": "Out of steps.",
    "zero_gradient": "Arrived.",
    "cycle": "A cycle.",
    "not_finite": "Divergent.",
}
_PLACES = {
    "minimum": "a local minimum",
    "maximum": "a maximum",
    "flat": "flat ground",
}
MOST_POINTS = 2
"""Most points of a cycle that are written out."""


@dataclass(frozen=True)
class Explanation:
    """A title of a few words on how a descent went, and a text of one or two sentences that say why."""

    title: str
    text: str


def explain(descent: Descent) -> Explanation:
    """How a descent went: by theory where it has one on a quadratic, otherwise by where it ended."""
    known = theory_of_walk(descent)
    return Explanation(_title(descent, known), _text(descent, known))


def theory_of_walk(descent: Descent) -> Theory | MomentumTheory | None:
    """The theory of a fixed step or of momentum downhill on a quadratic, as the path that was taken meets it.

    None for another rule or surface, for a start at the minimum, and for a walk that ends on a saddle.
    """
    eta, surface = descent.learning_rate, descent.surface
    if surface.matrix is None or descent.ascent or eta is None:
        return None
    known: Theory | MomentumTheory | None
    if descent.rule == "gradient":
        known = theory(surface, eta).of_walk(descent.points)
    elif descent.rule in MOMENTUM_RULES:
        known = momentum_theory(surface, eta, descent.parameters["momentum"], descent.rule)
        known = known.of_walk(descent.points)
    else:
        return None
    at_rest_on_saddle = known is not None and known.critical_step is None and known.regime != "divergent"
    return None if at_rest_on_saddle else known


def _falsely_converged(descent: Descent) -> bool:
    """Whether |Δf| ended the walk while the gradient is still above a hundredth of its first norm."""
    first, last = descent.gradient_norms[0], descent.gradient_norms[-1]
    return descent.stopped_by == "tol_f" and bool(last > 0.01 * first)


def _title(descent: Descent, known: Theory | MomentumTheory | None) -> str:
    end, diverges = descent.stopped_by, known is not None and known.regime == "divergent"
    if _falsely_converged(descent) or (end == "tol_f" and diverges):
        return "False convergence."
    if end == "tol_f" and "tol_grad" in descent.verdicts and descent.steps_to_tol_grad is None:
        return "Stopped too early."
    if end == "max_steps" and known is None and end_of(descent) in _PLACES:
        return "Arrived."
    if known is None or end in ("cycle", "not_finite"):
        return _TITLES.get(end, "Stopped.")
    if known.at_limit:
        return "At the limit."
    if diverges:
        return "Divergent."
    if known.best_step is None or descent.learning_rate is None:
        return _TITLES.get(end, "Stopped.")
    word = known.regime.capitalize()
    if not known.met.all():
        return f"{word}."
    if isinstance(known, Theory):
        is_best = abs(descent.learning_rate - known.best_step) < 1e-3 * known.best_step
        return f"{word}, and the best fixed step." if is_best else f"{word}."
    is_best = known.best_rate is not None and known.rate < known.best_rate + 1e-6
    return f"{word}, as fast as this μ allows." if is_best else f"{word}."


def _text(descent: Descent, known: Theory | MomentumTheory | None) -> str:
    eta, end = descent.learning_rate, descent.stopped_by
    why = _why(known, eta)
    if descent.cycle and not (why and descent.rule == "gradient"):
        return _cycle(descent, descent.cycle)
    if _falsely_converged(descent):
        size = with_power(f"{descent.gradient_norms[-1]:.4g}")
        false = f"The last step hardly changed f, yet ‖∇f‖ = {size} is far from 0"
        return f"{false}; {why}" if why else f"{false}, so a test of |Δf| alone is fooled."
    if why:
        return why
    place = end_of(descent)
    if place == "saddle":
        return "The slope vanishes, but on a saddle: along one direction f falls, along another it rises."
    if place == "minimum" and descent.distance is not None and descent.distance < 0.05:
        near = f"is {with_power(f'{descent.distance:.2g}')} from it" if descent.distance else "is on it"
        return f"The slope vanishes at a lowest point; the last step {near}."
    if place in _PLACES:
        return f"The slope vanishes, so the rule sees nothing left to do: this is {_PLACES[place]}."
    if place in ("singular", "stuck"):
        return f"The rule can't go on: {REASONS[end]}"
    if place == "slope":
        return _on_a_slope(descent)
    return _on_its_way(descent)


def _why(known: Theory | MomentumTheory | None, eta: float | None) -> str:
    if known is None or eta is None:
        return ""
    return explain_fixed_step(known, eta) if isinstance(known, Theory) else explain_momentum(known, eta)


def _cycle(descent: Descent, cycle: tuple[int, int]) -> str:
    """Which points come again for ever, and why."""
    (first, period), step = cycle, f"η = {with_power(f'{descent.learning_rate:g}')}"
    points = [_point(x) for x in descent.points[first : first + period]]
    they = " and ".join(points) if period <= MOST_POINTS else f"the same {period} points"
    again = f"from step {first} on {they} come again for ever."
    if descent.rule == "gradient":
        return f"{step} leads back to where the path has been: {again}"
    each = f"Every step moves each coordinate by {step} however small the slope"
    return f"{each}, so the path jumps across and back: {again}"


def _point(x: Array) -> str:
    coordinates = [with_power(f"{value:.4g}") for value in x]
    return coordinates[0] if len(coordinates) == 1 else f"({', '.join(coordinates)})"


def _on_a_slope(descent: Descent) -> str:
    """Why a walk that a test ended hasn't come to where the slope vanishes."""
    test = "‖∇f‖" if descent.stopped_by == "tol_grad" else "|Δf|"
    size = with_power(f"{descent.gradient_norms[-1]:.3g}")
    goes_on = f"the curvature says that the slope, ‖∇f‖ = {size}, goes on"
    return f"{test} is below its ε, yet {goes_on}: ε is too large."


def _on_its_way(descent: Descent) -> str:
    """Why a walk that ended on a slope has come no farther."""
    norm, overflows = descent.gradient_norms[-1], descent.stopped_by == "not_finite"
    has_end = bool(descent.surface.minima) and not descent.ascent
    if not has_end and (descent.surface.matrix is not None or overflows or norm > 1e6):
        return f"Still on its way: f has no {'highest' if descent.ascent else 'lowest'} point to reach."
    if overflows or norm > 1e6:
        return "The steps overshoot: each lands where the slope is steeper still, so η is too large."
    return f"Still on its way after {descent.steps} steps: ‖∇f‖ is {with_power(f'{norm:.3g}')}."
