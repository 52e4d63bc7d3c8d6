"""Descent walks down a surface step by step, and says why it stopped where it did."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.arrays import Array, as_matrix, check_choice, check_count, check_number
from engine.descent.convergence import theory
from engine.descent.rules import RULES, SIGNS, prepare
from engine.descent.surfaces import Surface
from engine.optimizers import Optimizer

__all__ = ["REASONS", "RULES", "Descent", "Race", "Racer", "descend", "race", "theory"]

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
    memory is back at an earlier point.
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
        """By how much a step multiplies ‖∇f‖: the geometric mean over the last half of the steps."""
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
) -> Descent:
    """Walk from start until a test holds: update first, then test |f(xᵏ⁺¹) − f(xᵏ)| < ε₁ and ‖∇f(xᵏ⁺¹)‖ < ε₂.

    Args:
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
    Source:  "Neural Networks: forward/backward propagation + training", slides cited here as seed 004;
             backtracking: Nocedal & Wright (2006), algorithm 3.1.
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
        elif first < k:  # a rule without memory that comes to a point twice goes round for ever
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
    reason = f"Stopped after {last} step{'s' * (last != 1)}: {REASONS[stopped_by]}"
    never = f"never holds in {searched} steps."
    said = {key: f"holds first after step {found[key]}." if key in found else never for key in watch}
    verdicts = {key: f"{_SIZES[key]} < {tol:g} {said[key]}" for key, tol in watch.items()}
    setting = surface, name, None if math.isnan(rate) else rate, ascent
    series = points, values, gradients, norms, etas[1:]
    counts = found.get("tol_f"), found.get("tol_grad")
    return Descent(*setting, *series, stopped_by, reason, *counts, verdicts, cycle)


def _look(surface: Surface, x: Array, eta: float) -> tuple[Array, float, Array, float, float]:
    """A point with f, ∇f, ‖∇f‖ there, and the η that led to it."""
    g = surface.gradient(x)
    return x, float(surface.value(x)), g, math.hypot(*g), eta


def _mark(name: str, rate: float, x: Array, start: Array, norm: float) -> bytes:
    """Bytes that are equal at equal points; empty for rules with memory, and for steps as small as rounding.

    Sign steps walk on a lattice of width η, fixed ones anywhere; + 0.0 makes −0.0 the 0.0 that it equals.
    """
    if name in SIGNS:
        return (np.rint((x - start) / rate) + 0.0).tobytes()
    moves = name == "gradient" and rate * norm > 1e-12 * (1.0 + math.hypot(*x))
    return (x + 0.0).tobytes() if moves else b""


@dataclass(frozen=True)
class Racer:
    """One of the rules in a race, with its settings; the label defaults to the rule's own."""

    rule: str
    learning_rate: float | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True, eq=False)
class Race:
    """Descents from one start, and a table with one row each: the steps to ε by both tests, and the end."""

    descents: tuple[Descent, ...]
    labels: tuple[str, ...]
    rows: tuple[dict[str, object], ...]


def race(
    surface: Surface,
    start: object,
    racers: Sequence[Racer],
    tolerance: float = 1e-6,
    *,
    max_steps: int = 1000,
    ascent: bool = False,
) -> Race:
    """Let up to six rules walk from one start until ‖∇f‖ < tolerance; |Δf| is reported but stops none.

    Steps differ in cost: a line search evaluates f several times a step, and Newton solves a linear system.

    Raises: ValueError for no racers or more than six, and as `descend` does for any one of them.
    """
    if not 1 <= len(racers) <= 6:
        raise ValueError(f"There must be one to six racers. Got {len(racers)}.")
    common = {"tol_f": tolerance, "tol_grad": tolerance, "stops": ("tol_grad",)}
    common |= {"max_steps": max_steps, "ascent": ascent}
    settings: list[dict[str, Any]] = [
        {"rule": racer.rule, "learning_rate": racer.learning_rate, **racer.parameters, **common}
        for racer in racers
    ]
    descents = [descend(surface, start, **setting) for setting in settings]
    labels = [one.label or (RULES[one.rule].label if one.rule in RULES else one.rule) for one in racers]
    columns = "steps_to_tol_f", "steps_to_tol_grad", "distance", "stopped_by"
    rows = [
        {
            "label": label,
            "value": float(descent.values[-1]),
            "gradient_norm": float(descent.gradient_norms[-1]),
        }
        | {column: getattr(descent, column) for column in columns}
        for label, descent in zip(labels, descents, strict=True)
    ]
    return Race(tuple(descents), tuple(labels), tuple(rows))
