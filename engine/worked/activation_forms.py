"""The activations as formulas: what g(z) is computed from, and g′(z), which is mostly written with a = g(z).

One row per activation, with the same keys as ACTIVATIONS. A function with a kink is written branch by branch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.activations import Activation
from engine.worked.expressions import (
    Apply,
    Constant,
    Difference,
    Expression,
    Negative,
    Number,
    Quotient,
    Scaled,
    Sum,
    Symbol,
)

ZERO, ONE, HALF = Number(0.0), Number(1.0), Number(0.5, "½")
RELATIONS: dict[str, Callable[[float], bool]] = {
    "": lambda z: True,
    ">": lambda z: z > 0,
    "<": lambda z: z < 0,
    "≤": lambda z: z <= 0,
    "=": lambda z: z == 0,
}
"""How z may lie to 0, for one branch of a function."""
AGREEMENT = 1e-9
"""The share by which a formula's number may miss the engine's: no line prints as many digits."""


@dataclass(frozen=True)
class Unit:
    """One unit of a layer: its z and a, the z of all units of its row, and the activation's parameters."""

    z: Symbol
    a: Symbol
    row: tuple[Symbol, ...] = ()
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Branch:
    """g where z lies so to 0, and there its derivative ∂a/∂z of the same unit."""

    value: Expression
    slope: Expression
    relation: str = ""


def exp(x: Expression) -> Expression:
    """e to the power x."""
    return Apply("exp", x)


def _logistic(z: Expression) -> Expression:
    return Quotient(ONE, Sum((ONE, exp(Negative(z)))))


def _relu(unit: Unit) -> tuple[Branch, ...]:
    at_zero = Number(float(unit.parameters.get("grad_at_zero", 0.0)))
    return Branch(unit.z, ONE, ">"), Branch(ZERO, ZERO, "<"), Branch(ZERO, at_zero, "=")


def _leaky_relu(unit: Unit) -> tuple[Branch, ...]:
    slope = Number(float(unit.parameters.get("slope", 0.01)))
    return Branch(unit.z, ONE, ">"), Branch(Scaled(slope, unit.z), slope, "≤")


def _elu(unit: Unit) -> tuple[Branch, ...]:
    grown = exp(unit.z)  # not a + 1 as the slope: far left a is −1, and exp(z) is lost in it
    return Branch(unit.z, ONE, ">"), Branch(Difference(grown, ONE), grown, "≤")


def _sigmoid(unit: Unit) -> tuple[Branch, ...]:
    return (Branch(_logistic(unit.z), Scaled(unit.a, Difference(ONE, unit.a))),)


def _tanh(unit: Unit) -> tuple[Branch, ...]:
    up, down = exp(unit.z), exp(Negative(unit.z))
    value = Quotient(Difference(up, down), Sum((up, down)))
    return (Branch(value, Difference(ONE, Apply("square", unit.a))),)


def _softplus(unit: Unit) -> tuple[Branch, ...]:
    return (Branch(Apply("log", Sum((ONE, exp(unit.z)))), _logistic(unit.z)),)


def _gelu(unit: Unit) -> tuple[Branch, ...]:
    share, density = Apply("normal_cdf", unit.z), Apply("normal_density", unit.z)
    return (Branch(Scaled(unit.z, share), Sum((share, Scaled(unit.z, density)))),)


def _gelu_tanh(unit: Unit) -> tuple[Branch, ...]:
    z, c, k = unit.z, Apply("sqrt", Constant(Quotient(Number(2.0), Number(np.pi, "π")))), Number(0.044715)
    t = Apply("tanh", Scaled(c, Sum((z, Scaled(k, Scaled(z, Apply("square", z)))))))
    inner = Scaled(c, Sum((ONE, Scaled(Number(3 * 0.044715), Apply("square", z)))))
    bent = Scaled(HALF, Scaled(z, Scaled(Difference(ONE, Apply("square", t)), inner)))
    value, straight = Scaled(HALF, Scaled(z, Sum((ONE, t)))), Scaled(HALF, Sum((ONE, t)))
    return (Branch(value, Sum((straight, bent))),)


def _silu(unit: Unit) -> tuple[Branch, ...]:
    s = Apply("sigmoid", unit.z)
    return (Branch(Scaled(unit.z, s), Sum((s, Scaled(unit.a, Difference(ONE, s))))),)


def _softmax(unit: Unit) -> tuple[Branch, ...]:
    whole = Sum(tuple(map(exp, unit.row)))
    return (Branch(Quotient(exp(unit.z), whole), Scaled(unit.a, Difference(ONE, unit.a))),)


def _softsign(unit: Unit) -> tuple[Branch, ...]:
    below = Sum((ONE, Apply("abs", unit.z)))
    return (Branch(Quotient(unit.z, below), Quotient(ONE, Apply("square", below))),)


def _step(unit: Unit) -> tuple[Branch, ...]:
    return Branch(ONE, ZERO, ">"), Branch(Number(-1.0), ZERO, "<"), Branch(ZERO, ZERO, "=")


ACTIVATION_FORMS: dict[str, Callable[[Unit], tuple[Branch, ...]]] = {
    "linear": lambda unit: (Branch(unit.z, ONE),),
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "softplus": _softplus,
    "gelu": _gelu,
    "gelu_tanh": _gelu_tanh,
    "silu": _silu,
    "softmax": _softmax,
    "softsign": _softsign,
    "step": _step,
}


def activation_branch(activation: Activation, z: float, unit: Unit) -> Branch | None:
    """The formulas of an activation at this z; None where they don't give the engine's numbers.

    That is so where z is not a number; where a formula as books write it overflows, as e^800 does in tanh;
    and where it cancels, as tanh does near 0 and softplus far left of it. A softmax is judged by its own z
    alone, as if its row had no other.

    Args:
        activation: a row of ACTIVATIONS, with its parameters.
        z:          the number that decides between the branches.
        unit:       the symbols to write them with; softmax needs the whole row of them.
    """
    if np.isnan(z):
        return None
    alone = Symbol("z", 0)
    judged, branch = (
        next(branch for branch in ACTIVATION_FORMS[activation.name](own) if RELATIONS[branch.relation](z))
        for own in (
            Unit(alone, Symbol("a", 1), (alone,), dict(activation.parameters)),
            Unit(unit.z, unit.a, unit.row, dict(activation.parameters)),
        )
    )
    return branch if _gives_the_engines(activation, z, judged) else None


def _gives_the_engines(activation: Activation, z: float, branch: Branch) -> bool:
    """Whether a branch, written with z1 and a1, gives the engine's a and ∂a/∂z."""
    Z = np.array([[z]])
    A, slope = np.empty_like(Z), np.empty_like(Z)
    with np.errstate(all="ignore"):
        activation.value(Z, A)
        activation.vjp(Z, A, np.ones_like(Z), slope)
        found = [part.value({"z1": Z, "a1": A}).item() for part in (branch.value, branch.slope)]
    exact = [A.item(), slope.item()]
    return bool(np.isfinite(found).all() and np.allclose(found, exact, rtol=AGREEMENT, atol=0))
