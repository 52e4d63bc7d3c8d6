"""Descent walks down a surface step by step, and says why it stopped where it did."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.arrays import Array, as_matrix, check_choice, check_count, check_number
from engine.descent.convergence import explain_fixed_step, theory
from engine.descent.rules import RULES, SIGNS, prepare
from engine.descent.surfaces import Surface
from engine.optimizers import Optimizer

__all__ = ["RULES", "Entry", "Race", "Run", "descend", "explain", "race", "theory"]

_SIZES = {"tol_f": "|Δf|", "tol_grad": "‖∇f‖"}
_REASONS = {
    "tol_f": "|Δf| is below its tolerance.",
    "tol_grad": "‖∇f‖ is below its tolerance.",
    "max_steps": "that is the cap, max_steps.",
    "not_finite": "the next one leaves the range of numbers; this is the last finite point.",
    "cycle": "the path is back at an earlier point and repeats itself from here on.",
    "zero_gradient": "the gradient is exactly 0, where the loop of seed 004 ends.",
    "singular": "the Hessian is singular here, so there is no Newton step.",
    "no_step": "no step, however small, improves f by more than rounding.",
}


@dataclass(frozen=True, eq=False)
class Run:
    """A walk of k steps: points (k+1, d), with f, ∇f and ‖∇f‖ at each, and the η of each step (k,).

    stopped_by is a key, stop_reason a sentence. steps_to_tol_f and steps_to_tol_grad are the first step at
    which either test holds, looked for beyond the stop; None if never or not asked. verdicts says the same
    in words. cycle is (first step, period) where a rule without memory is back at an earlier point.
    """

    surface: Surface
    rule: str
    learning_rate: float | None
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
        """By how much a step multiplies ‖∇f‖: the geometric mean over the last half of the walk."""
        half, norms = self.steps // 2, self.gradient_norms
        if not half or not (norms[half:] > 0).all():
            return None
        return float((norms[-1] / norms[half]) ** (1 / (self.steps - half)))


@np.errstate(all="ignore")
def descend(
    surface: Surface,
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
) -> Run:
    """Walk from start until a test holds: update first, then test |f(xᵏ⁺¹) − f(xᵏ)| < ε₁ and ‖∇f(xᵏ⁺¹)‖ < ε₂.

    Args:
        start:         (d,) the first point.
        rule:          a key of RULES or OPTIMIZERS, or an Optimizer, of which a copy is used.
        learning_rate: η > 0; None takes the rule's default.
        max_steps:     the cap.
        tol_f, tol_grad: ε₁ and ε₂; None switches a test off. Strictly less; tol_f is asked first.
        stops:         the tests that end the walk; another with an ε is only reported.
        ascent:        climb: the same rule on −f. Newton's step is the same both ways.
        parameters:    of the rule, e.g. momentum=0.9.
    Returns: Run; one that diverges ends at its last finite point.
    Raises:  ValueError for a setting out of its range, or line_search off the quadratics.
    Source:  seed 004; backtracking: Nocedal & Wright (2006), algorithm 3.1.
    """
    path = [_look(surface, as_matrix("start", [start], columns=surface.dimension)[0], math.nan)]
    if not math.isfinite(path[0][1]):
        raise ValueError(f"start must be where f is finite. Got {start}.")
    sign = -1.0 if ascent else 1.0
    name, rate, move = prepare(surface, rule, learning_rate, parameters, sign)
    check_count("max_steps", max_steps)
    asked = {"tol_f": tol_f, "tol_grad": tol_grad}
    for key in stops:
        check_choice("Every test in stops", key, asked)
    watch = {key: check_number(key, tol, above=0) for key, tol in asked.items() if tol is not None}
    found, seen, cycle = dict[str, int](), dict[bytes, int](), None
    stopped_by, ended, last = "", "", 0
    while not ended:
        k, (x, f, g, _, _) = len(path) - 1, path[-1]
        mark = _mark(name, rate, x, path[0][0], path[-1][3])
        first = seen.setdefault(mark, k) if mark else k
        if name in SIGNS and not g.any():
            ended = "zero_gradient"
        elif first < k:  # these rules have no memory: here twice, here for ever
            ended = "cycle"
        elif k == max_steps or (stopped_by and found.keys() == watch.keys()):
            ended = "max_steps"
        elif isinstance(moved := move(x, sign * g), str):
            ended = moved
        else:
            place = _look(surface, *moved)
            if not (np.isfinite(place[0]).all() and math.isfinite(place[1]) and math.isfinite(place[3])):
                ended = "not_finite"
                continue
            path.append(place)
            sizes = {"tol_f": abs(place[1] - f), "tol_grad": place[3]}
            for key in (key for key, tol in watch.items() if sizes[key] < tol):
                found.setdefault(key, k + 1)
                if key in stops and not stopped_by:
                    stopped_by, last = key, k + 1
    searched = len(path) - 1
    if not stopped_by:
        stopped_by, last = ended, searched
        cycle = (first, k - first) if ended == "cycle" else None
    points, values, gradients, norms, etas = (np.array(c) for c in zip(*path[: last + 1], strict=True))
    reason = f"Stopped after {last} step{'s' * (last != 1)}: {_REASONS[stopped_by]}"
    never = f"never holds in {searched} steps."
    said = {key: f"holds first after step {found[key]}." if key in found else never for key in watch}
    verdicts = {key: f"{_SIZES[key]} < {tol:g} {said[key]}" for key, tol in watch.items()}
    setting = surface, name, None if math.isnan(rate) else rate, ascent
    series = points, values, gradients, norms, etas[1:]
    counts = found.get("tol_f"), found.get("tol_grad")
    return Run(*setting, *series, stopped_by, reason, *counts, verdicts, cycle)


def _look(surface: Surface, x: Array, eta: float) -> tuple[Array, float, Array, float, float]:
    """A point with f, ∇f, ‖∇f‖ there, and the η that led to it."""
    g = surface.gradient(x)
    return x, float(surface.value(x)), g, math.hypot(*g), eta


def _mark(name: str, rate: float, x: Array, start: Array, norm: float) -> bytes:
    """Equal at equal points, for rules without memory; empty for others, and for steps as small as rounding.

    Sign steps walk on a lattice of width η, fixed ones anywhere; + 0.0 makes −0.0 the 0.0 that it equals.
    """
    if name in SIGNS:
        return (np.rint((x - start) / rate) + 0.0).tobytes()
    moves = name == "gradient" and rate * norm > 1e-12 * (1.0 + math.hypot(*x))
    return (x + 0.0).tobytes() if moves else b""


@dataclass(frozen=True)
class Entry:
    """One runner of a race; its label defaults to the rule's."""

    rule: str
    learning_rate: float | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True, eq=False)
class Race:
    """Walks from one start, and a table with one row each: the steps to ε by either test, and the end."""

    runs: tuple[Run, ...]
    labels: tuple[str, ...]
    rows: tuple[dict[str, object], ...]


def race(
    surface: Surface,
    start: object,
    entries: Sequence[Entry],
    tolerance: float = 1e-6,
    *,
    max_steps: int = 1000,
    ascent: bool = False,
) -> Race:
    """Let up to six rules walk from one start until ‖∇f‖ < tolerance; |Δf| is watched but stops nobody.

    Steps are not costs: a search looks at f several times a step, and Newton solves a system.
    """
    if not 1 <= len(entries) <= 6:
        raise ValueError(f"entries must be one to six. Got {len(entries)}.")
    common = {"tol_f": tolerance, "tol_grad": tolerance, "stops": ("tol_grad",)}
    common |= {"max_steps": max_steps, "ascent": ascent}
    settings: list[dict[str, Any]] = [
        {"rule": e.rule, "learning_rate": e.learning_rate, **e.parameters, **common} for e in entries
    ]
    runs = [descend(surface, start, **setting) for setting in settings]
    labels = [e.label or (RULES[e.rule].label if e.rule in RULES else e.rule) for e in entries]
    columns = "steps_to_tol_f", "steps_to_tol_grad", "distance", "stopped_by"
    rows = [
        {"label": label, "value": float(run.values[-1]), "gradient_norm": float(run.gradient_norms[-1])}
        | {column: getattr(run, column) for column in columns}
        for label, run in zip(labels, runs, strict=True)
    ]
    return Race(tuple(runs), tuple(labels), tuple(rows))


def explain(run: Run) -> str:
    """One sentence that says why the walk went as it did."""
    norm, eta, surface, end = run.gradient_norms[-1], run.learning_rate, run.surface, run.stopped_by
    fixed = run.rule == "gradient" and surface.matrix and eta and not run.ascent
    known = theory(surface, eta) if fixed and eta else None
    if known and known.regime == "divergent" and end == "tol_grad":
        known = None  # a start from which the walk never leaves the directions that shrink
    why = explain_fixed_step(known, eta) if known and eta else ""
    if run.cycle and not why:
        again = f"from step {run.cycle[0]} on the same {run.cycle[1]} points come again for ever."
        if run.rule == "gradient":
            return f"η = {eta:g} leads back to where the path has been: {again}"
        each = f"Every step moves each coordinate by η = {eta:g} however small the slope"
        return f"{each}, so the path jumps across and back: {again}"
    if end == "tol_f" and norm > 0.01 * run.gradient_norms[0]:
        false = f"False convergence: the last step hardly changed f, yet ‖∇f‖ = {norm:.4g} is far from 0"
        return f"{false}; {why}" if why else f"{false}, so a test of |Δf| alone is fooled."
    if why:
        return why
    if end in ("singular", "no_step"):
        return f"The rule can't go on: {_REASONS[end]}"
    if norm > 1e-3 * min(1.0, run.gradient_norms[0]):
        endless = surface.matrix or end == "not_finite" or norm > 1e6
        if endless and (run.ascent or not surface.minima):
            return f"Still on its way: f has no {'highest' if run.ascent else 'lowest'} point to come to."
        if end == "not_finite" or norm > 1e6:
            return "The steps overshoot: each lands where the slope is steeper still, so η is too large."
        return f"Still on its way after {run.steps} steps: ‖∇f‖ is {norm:.3g}."
    curvature = np.linalg.eigvalsh(surface.hessian(run.points[-1]))
    if curvature[0] < 0 < curvature[-1]:
        return "The slope vanishes, but on a saddle: along one direction f falls, along another it rises."
    if run.distance is not None and run.distance < 0.05:
        return f"The slope vanishes at a lowest point; the walk has come to within {run.distance:.2g} of it."
    kind = "a hollow, if not the lowest" if curvature[0] > 0 else "a top" if curvature[-1] < 0 else "a plain"
    return f"The slope vanishes, so the rule sees nothing left to do: this is {kind}."
