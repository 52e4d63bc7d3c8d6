"""The rules of descent: where the next step goes, and how far."""

import math
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from engine.arrays import Array, brief, check_choice, check_number
from engine.descent.surfaces import Surface
from engine.optimizers import OPTIMIZERS, Optimizer, make_optimizer
from engine.options import Option, Parameter, check_parameters, table

Move = Callable[[Array, Array], tuple[Array, float] | str]
"""x and the gradient there -> the next x and the η used, or a key of REASONS if there is no next x."""


@dataclass(frozen=True)
class Rule(Option):
    """A rule of descent: its equation with g = ∇f and H the Hessian; learning_rate is η's default, if any."""

    equation: str
    learning_rate: float | None
    parameters: tuple[Parameter, ...] = ()
    optimizer: str = ""  # a name in OPTIMIZERS
    short: str = ""  # a label for narrow places; the label itself if empty
    uphill: str = ""  # the equation of an ascent, with the same g; the step's sign changed if empty

    def __post_init__(self) -> None:
        object.__setattr__(self, "short", self.short or self.label)
        object.__setattr__(self, "uphill", self.uphill or self.equation.replace("x − η", "x + η"))


_MU = Parameter("momentum", "Momentum μ", 0.9, 0.01, 0.999)
_ARMIJO = Parameter("armijo", "c", 1e-4, 1e-8, 0.5), Parameter("shrink", "Shrink β", 0.5, 0.05, 0.95)
_SEARCH = "x ← x − η·g, η ← β·η until f falls by c·η·gᵀg"
_SEARCH_UP = "x ← x + η·g, η ← β·η until f rises by c·η·gᵀg"
_IF_ELSE = "xᵢ ← xᵢ − η if gᵢ > 0, else xᵢ + η", "xᵢ ← xᵢ − η if gᵢ < 0, else xᵢ + η"
_LINE, _LINE_UP = "x ← x − η·g, η = gᵀg / gᵀHg", "x ← x + η·g, η = −gᵀg / gᵀHg"
_NEWTON = "x ← x − η·H⁻¹g"
_RATES = {"sgd": 0.05, "adagrad": 0.5, "rmsprop": 0.1, "adam": 0.3, "sign": 0.5}  # the others: 0.1
_BY_ANOTHER_NAME = {"sgd", "sign", "adamw"}  # sgd is momentum or nesterov, adamw without decay is adam


def _of(name: str) -> Rule:
    """An optimiser as a rule on a surface, where a point x takes the place of the parameters θ."""
    row = OPTIMIZERS[name]
    equation = row.equation.replace("θ", "x")
    return Rule(name, row.label, equation, _RATES.get(name, 0.1), row.parameters, name)


_SGD = _of("sgd")
RULES = table(
    Rule("gradient", "Fixed step", "x ← x − η·g", 0.1),
    # No optimiser object: a rule without memory can be caught in a cycle.
    replace(_of("sign"), label="Sign step", short="", uphill="", optimizer=""),
    Rule("sign_else", "Sign step, if/else", _IF_ELSE[0], 0.5, uphill=_IF_ELSE[1]),
    Rule("line_search", "Exact line search", _LINE, None, uphill=_LINE_UP),
    Rule("backtracking", "Backtracking (Armijo)", _SEARCH, 1.0, _ARMIJO, "", "Backtracking", _SEARCH_UP),
    replace(_SGD, name="momentum", label="Momentum", short="", uphill="", parameters=(_MU,)),
    Rule("nesterov", "Nesterov", "v ← μ·v + g, x ← x − η·(g + μ·v)", 0.05, (_MU,), "sgd"),
    *(_of(name) for name in OPTIMIZERS if name not in _BY_ANOTHER_NAME),
    Rule("newton", "Newton", _NEWTON, 1.0, uphill=_NEWTON),
)
SIGNS: dict[str, Callable[[Array], Array]] = {
    "sign": np.sign,
    "sign_else": lambda g: np.where(g > 0, 1.0, -1.0),
}


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
    while not f(x - eta * g) <= here - eta * slope:  # `not <=`, because NaN is not a decrease either
        eta *= shrink
        if eta < 1e-18 * rate:
            return "no_step"
    return x - eta * g, eta


def _newton(H: Callable[[Array], Array], rate: float, x: Array, g: Array) -> tuple[Array, float] | str:
    try:
        return x - rate * np.linalg.solve(H(x), g), rate
    except np.linalg.LinAlgError:
        return "singular"


def takes(surface: Surface, rule: str, *, ascent: bool = False) -> bool:
    """Whether a rule can walk on a surface: exact line search needs a quadratic with a lowest point.

    An ascent needs one with a highest point.
    """
    if rule != "line_search":
        return True
    sign = -1.0 if ascent else 1.0
    return surface.matrix is not None and bool(np.linalg.eigvalsh(sign * np.array(surface.matrix))[0] > 0)


def prepare(
    surface: Surface, rule: str | Optimizer, rate: float | None, given: Mapping[str, float], sign: float
) -> tuple[str, float, dict[str, float], Move]:
    """The rule's name, its η (NaN if it has none), its parameters, and its step on sign · f.

    sign is −1 for an ascent. An Optimizer keeps its parameters to itself.
    """
    if isinstance(rule, Optimizer):
        check_parameters((), given)
        optimizer, rule = deepcopy(rule), type(rule).__name__.lower()
        rate = optimizer.learning_rate if rate is None else rate
        optimizer.learning_rate = check_number("learning_rate", rate, above=0)
        return rule, optimizer.learning_rate, {}, partial(_optimized, optimizer)
    if check_choice("rule", rule, [*RULES, *OPTIMIZERS]) in RULES:
        row = RULES[rule]
    else:
        row = replace(_of(rule), learning_rate=None)  # make_optimizer has a default of its own
    settings = check_parameters(row.parameters, given)
    if not takes(surface, rule, ascent=sign < 0):
        opening = "downwards" if sign < 0 else "upwards"
        raise ValueError(f"line_search needs a quadratic that opens {opening}. Got {surface.name}.")
    if rule == "line_search":
        H = sign * np.array(surface.matrix)
        if rate is not None:
            raise ValueError(
                f"learning_rate must be None: line_search finds its own step. Got {brief(rate)}."
            )
        return rule, math.nan, {}, partial(_line_search, H)
    rate = row.learning_rate if rate is None else rate
    if row.optimizer:
        extra = {"nesterov": True} if rule == "nesterov" else {}
        optimizer = make_optimizer(row.optimizer, rate, **settings, **extra)
        return rule, optimizer.learning_rate, settings, partial(_optimized, optimizer)
    eta = check_number("learning_rate", rate, above=0)
    if rule == "backtracking":
        search = partial(_backtracking, lambda x: sign * float(surface.value(x)), eta)
        return rule, eta, settings, partial(search, settings["armijo"], settings["shrink"])
    if rule == "newton":
        return rule, eta, {}, partial(_newton, lambda x: sign * surface.hessian(x), eta)
    direction = SIGNS.get(rule, np.positive)
    return rule, eta, {}, lambda x, g: (x - eta * direction(g), eta)
