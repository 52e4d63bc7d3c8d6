"""Descent walks down a surface step by step, and says why it stopped where it did."""

import math
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from engine.arrays import Array, as_matrix, check_choice, check_count, check_number
from engine.optimizers import OPTIMIZERS, Optimizer, Parameter, check_parameters, make_optimizer
from engine.surfaces import Surface

Move = Callable[[Array, Array], tuple[Array, float] | str]
"""x and the gradient there -> the next x and the η used; or a key of _REASONS if there is none."""


@dataclass(frozen=True)
class Rule:
    """A rule as the controls see it: g = ∇f, H the Hessian; learning_rate is the default of η, if any."""

    name: str
    label: str
    equation: str
    learning_rate: float | None
    parameters: tuple[Parameter, ...] = ()
    optimizer: str = ""  # a name in OPTIMIZERS


_MU = Parameter("momentum", "Momentum μ", 0.9, 0.01, 0.999)
_ARMIJO = Parameter("armijo", "c", 1e-4, 1e-8, 0.5), Parameter("shrink", "Shrink β", 0.5, 0.05, 0.95)
_ROWS = {name: row.parameters for name, row in OPTIMIZERS.items()}
_SEARCH = "x ← x − η·g, η ← β·η until f falls by c·η·gᵀg"
_MEAN = "m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², x ← x − η·m̂ / (√v̂ + ε)"
_SQUARE = "v ← ρ·v + (1 − ρ)·g², x ← x − η·g / (√v + ε)"

RULES: dict[str, Rule] = {
    row.name: row
    for row in (
        Rule("gradient", "Fixed step", "x ← x − η·g", 0.1),
        Rule("sign", "Sign step", "x ← x − η·sign(g)", 0.5),
        Rule("sign_else", "Sign step, if/else", "xᵢ ← xᵢ − η if gᵢ > 0, else xᵢ + η", 0.5),
        Rule("line_search", "Exact line search", "x ← x − η·g, η = gᵀg / gᵀHg", None),
        Rule("backtracking", "Backtracking (Armijo)", _SEARCH, 1.0, _ARMIJO),
        Rule("momentum", "Momentum", "v ← μ·v + g, x ← x − η·v", 0.05, (_MU,), "sgd"),
        Rule("nesterov", "Nesterov", "v ← μ·v + g, x ← x − η·(g + μ·v)", 0.05, (_MU,), "sgd"),
        Rule("adagrad", "Adagrad", "s ← s + g², x ← x − η·g / (√s + ε)", 0.5, _ROWS["adagrad"], "adagrad"),
        Rule("rmsprop", "RMSprop", _SQUARE, 0.1, _ROWS["rmsprop"], "rmsprop"),
        Rule("adam", "Adam", _MEAN, 0.3, _ROWS["adam"], "adam"),
        Rule("newton", "Newton", "x ← x − η·H⁻¹g", 1.0),
    )
}
SIGNS: dict[str, Callable[[Array], Array]] = {
    "sign": np.sign,
    "sign_else": lambda g: np.where(g > 0, 1.0, -1.0),
}
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
    in words. cycle is (first step, period) where sign steps go round in a circle.
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
    watch_f: float | None = None,
    watch_grad: float | None = None,
    **parameters: float,
) -> Run:
    """Walk from start until a test holds: update first, then test |f(xᵏ⁺¹) − f(xᵏ)| < ε₁ and ‖∇f(xᵏ⁺¹)‖ < ε₂.

    Args:
        start:         (d,) the first point.
        rule:          a key of RULES or OPTIMIZERS, or an Optimizer, of which a copy is used.
        learning_rate: η > 0; None takes the rule's default.
        max_steps:     the cap.
        tol_f, tol_grad: ε₁ and ε₂; None switches a test off. Strictly less; tol_f is asked first.
        ascent:        climb: the same rule on −f. Newton's step is the same both ways.
        watch_f, watch_grad: ε of a test that is off and only reported.
        parameters:    of the rule, e.g. momentum=0.9.
    Returns: Run; one that diverges ends at its last finite point.
    Raises:  ValueError for a setting out of its range, or line_search off the quadratics.
    Source:  seed 004; backtracking: Nocedal & Wright (2006), algorithm 3.1.
    """
    path = [_look(surface, as_matrix("start", [start], columns=surface.dimension)[0], math.nan)]
    if not math.isfinite(path[0][1]):
        raise ValueError(f"start must be where f is finite. Got {start}.")
    sign = -1.0 if ascent else 1.0
    name, rate, move = _prepare(surface, rule, learning_rate, parameters, sign)
    check_count("max_steps", max_steps)
    tests = {key for key, tol in (("tol_f", tol_f), ("tol_grad", tol_grad)) if tol is not None}
    asked = {
        "tol_f": watch_f if tol_f is None else tol_f,
        "tol_grad": watch_grad if tol_grad is None else tol_grad,
    }
    watch = {key: check_number(key, tol, above=0) for key, tol in asked.items() if tol is not None}
    found, seen, cycle = dict[str, int](), dict[bytes, int](), None
    stopped_by, ended, last = "", "", 0
    while not ended:
        k, (x, f, g, _, _) = len(path) - 1, path[-1]
        lattice = np.rint((x - path[0][0]) / rate).tobytes() if name in SIGNS else b""
        first = seen.setdefault(lattice, k) if lattice else k
        if lattice and not g.any():
            ended = "zero_gradient"
        elif (
            first < k
        ):  # sign steps walk on a lattice of width η and have no memory: here twice, here for ever
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
                if key in tests and not stopped_by:
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


def _prepare(
    surface: Surface, rule: str | Optimizer, rate: float | None, given: Mapping[str, float], sign: float
) -> tuple[str, float, Move]:
    """The rule's name, its η (NaN if it has none), and its step for sign · f."""
    if isinstance(rule, Optimizer):
        check_parameters((), given)
        optimizer, rule = deepcopy(rule), type(rule).__name__.lower()
        optimizer.learning_rate = check_number("learning_rate", rate or optimizer.learning_rate, above=0)
        return rule, optimizer.learning_rate, partial(_optimized, optimizer)
    if check_choice("rule", rule, [*RULES, *OPTIMIZERS]) in RULES:
        row = RULES[rule]
    else:
        row = Rule(rule, rule, "", None, _ROWS[rule], rule)
    settings = check_parameters(row.parameters, given)
    if rule == "line_search":
        H = sign * np.array(surface.matrix or [[0.0]])
        if rate is not None:
            raise ValueError(f"learning_rate must be None: line_search finds its own step. Got {rate:g}.")
        if np.linalg.eigvalsh(H)[0] <= 0:
            opening = "downwards" if sign < 0 else "upwards"
            raise ValueError(f"line_search needs a quadratic that opens {opening}. Got {surface.name}.")
        return rule, math.nan, partial(_line_search, H)
    rate = row.learning_rate if rate is None else rate
    if row.optimizer:
        settings |= {"nesterov": True} if rule == "nesterov" else {}
        optimizer = make_optimizer(row.optimizer, rate, **settings)
        return rule, optimizer.learning_rate, partial(_optimized, optimizer)
    eta = check_number("learning_rate", rate, above=0)
    if rule == "backtracking":
        search = partial(_backtracking, lambda x: sign * float(surface.value(x)), eta)
        return rule, eta, partial(search, settings["armijo"], settings["shrink"])
    if rule == "newton":
        return rule, eta, partial(_newton, lambda x: sign * surface.hessian(x), eta)
    direction = SIGNS.get(rule, np.positive)
    return rule, eta, lambda x, g: (x - eta * direction(g), eta)


def _optimized(optimizer: Optimizer, x: Array, g: Array) -> tuple[Array, float]:
    x = x.copy()
    optimizer.step(x, g)
    return x, optimizer.learning_rate


def _line_search(H: Array, x: Array, g: Array) -> tuple[Array, float]:
    unit = g / (np.abs(g).max() or 1.0)  # so that no square underflows
    eta = float(unit @ unit / (unit @ H @ unit)) if g.any() else 0.0
    return x - eta * g, eta


def _backtracking(
    f: Callable[[Array], float], rate: float, armijo: float, shrink: float, x: Array, g: Array
) -> tuple[Array, float] | str:
    here, eta, slope = f(x), rate, armijo * float(g @ g)
    while not f(x - eta * g) <= here - eta * slope:  # written so that NaN counts as no fall
        eta *= shrink
        if eta < 1e-18 * rate:
            return "no_step"
    return x - eta * g, eta


def _newton(H: Callable[[Array], Array], rate: float, x: Array, g: Array) -> tuple[Array, float] | str:
    try:
        return x - rate * np.linalg.solve(H(x), g), rate
    except np.linalg.LinAlgError:
        return "singular"


@dataclass(frozen=True, eq=False)
class Theory:
    """What the eigenvalues λ of the Hessian say of fixed steps η on a quadratic; eigenvectors are columns.

    Along eigenvector i a step multiplies the error by factors[i] = 1 − ηλᵢ, so the walk is monotone up to
    monotone_step = 1/λmax, a zig-zag up to critical_step = 2/λmax, and divergent from there on; it is fastest
    at best_step = 2/(λmax + λmin). These are None, and condition is infinite, unless all λ > 0.
    rate is the largest contraction, which wins in the end. The predicted steps come from the closed form of
    the walk, not from walking.
    """

    eigenvalues: Array
    eigenvectors: Array
    lambda_min: float
    lambda_max: float
    factors: Array
    contraction: Array
    rate: float
    regime: str
    condition: float
    monotone_step: float | None
    critical_step: float | None
    best_step: float | None
    best_rate: float | None
    predicted_tol_f: int | None
    predicted_tol_grad: int | None


def theory(
    surface: Surface | Array,
    learning_rate: float,
    start: object = None,
    *,
    tol_f: float | None = None,
    tol_grad: float | None = None,
    max_steps: int = 10_000,
) -> Theory:
    """The theory of x ← x − η·∇f for f = ½ xᵀHx, whose k-th point is (I − ηH)ᵏ x⁰.

    Args:
        surface: a quadratic row of SURFACES, make_quadratic(...), or any symmetric H (d, d).
        start:   (d,) x⁰, measured from the minimum; with a tolerance it gives the predicted steps.
    Raises:  ValueError for a surface that is no quadratic.
    """
    if isinstance(surface, Surface) and surface.matrix is None:
        raise ValueError(f"theory needs a quadratic surface. Got {surface.name}.")
    H = as_matrix("H", surface.matrix if isinstance(surface, Surface) else surface)
    lambdas, Q = np.linalg.eigh(H)
    low, high = float(lambdas[0]), float(lambdas[-1])
    factors = 1 - check_number("learning_rate", learning_rate, above=0) * lambdas
    rate = float(np.abs(factors).max())
    regime = "divergent" if rate >= 1 else "monotone" if factors.min() >= 0 else "zig-zag"
    predicted: dict[str, int] = {}
    if start is not None:
        offsets = as_matrix("start", [start], columns=len(H))[0] @ Q  # (d,) along the eigenvectors
        with np.errstate(all="ignore"):
            errors = offsets * factors ** np.arange(max_steps + 1)[:, None]  # (max_steps + 1, d)
            falls = np.abs(np.diff((lambdas * errors**2).sum(axis=1) / 2))
            norms = np.sqrt(((lambdas * errors) ** 2).sum(axis=1))[1:]
        for key, sizes, tol in (("tol_f", falls, tol_f), ("tol_grad", norms, tol_grad)):
            if tol is not None and (sizes < tol).any():
                predicted[key] = int((sizes < tol).argmax()) + 1
    limits: tuple[float | None, float | None, float | None, float | None] = None, None, None, None
    if low > 0:
        limits = 1 / high, 2 / high, 2 / (high + low), (high - low) / (high + low)
    spectrum = lambdas, Q, low, high, factors, np.abs(factors), rate, regime
    counts = predicted.get("tol_f"), predicted.get("tol_grad")
    return Theory(*spectrum, high / low if low > 0 else math.inf, *limits, *counts)


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
    common = {"tol_grad": tolerance, "watch_f": tolerance, "max_steps": max_steps, "ascent": ascent}
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
    why = _explain_fixed(theory(surface, eta), eta) if fixed and eta else ""
    if run.cycle:
        return (
            f"Every step is η = {eta:g} long however small the slope, so the path jumps across and "
            f"back: from step {run.cycle[0]} on the same {run.cycle[1]} points come again for ever."
        )
    if end == "tol_f" and norm > 0.01 * run.gradient_norms[0]:
        false = f"False convergence: the last step hardly changed f, yet ‖∇f‖ = {norm:.4g} is far from 0"
        return f"{false}; {why}" if why else f"{false}, so a test of |Δf| alone is fooled."
    if why:
        return why
    if end in ("singular", "no_step"):
        return f"The rule can't go on: {_REASONS[end]}"
    if norm > 1e-3 * min(1.0, run.gradient_norms[0]):
        if run.ascent or not surface.minima:
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


def _explain_fixed(seen: Theory, eta: float) -> str:
    """What the theory says of a fixed step on a quadratic."""
    if seen.critical_step is None or seen.monotone_step is None:
        return (
            f"Along one direction f falls for ever; each step goes {seen.factors[0]:.3g} times as far there."
        )
    first, second = f"1/λmax = {seen.monotone_step:.4g}", f"2/λmax = {seen.critical_step:.4g}"
    where, effect = {
        "monotone": (f"is at most {first}", "no direction changes sign"),
        "zig-zag": (f"lies between {first} and {second}", "the steepest direction changes sign, a zig-zag"),
        "divergent": (f"isn't below {second}", "the path jumps across the valley, ever further up"),
    }[seen.regime]
    return f"η = {eta:g} {where}: {effect}, and in the end a step multiplies the error by {seen.rate:.4g}."
