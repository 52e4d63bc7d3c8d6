"""An activation bends a layer's weighted sums; here each function stands beside its derivative.

Each is written as the calls that compute it (engine/calls.py says why and how), given Z and A of (N, width):
forward(Z, A) writes A = g(Z), and slope(Z, A, out) writes g'(Z), so that dZ = g'(Z) ∘ dA, element by element.
Only softmax mixes the units of a row; in place of a slope it has mixed(Z, A, dA, dZ), which writes dZ itself.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf, pi, sqrt
from typing import Any

import numpy as np

from engine.arrays import Array, check_choice, check_number
from engine.calls import Calls, perform, row_maxima, row_sums
from engine.options import Code, Option, table

_erfc = np.frompyfunc(math.erfc, 1, 1)  # NumPy has no erfc
_P = np.array((1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592), np.float32)
_C, _K = sqrt(2 / pi), 0.044715  # constants of GELU's tanh approximation


@dataclass(frozen=True)
class Activation(Option):
    """One activation with its derivative, and what controls, formulas and checks need to know of it.

    forward, slope and mixed list calls; value and vjp make them at once. slope is None where mixed is given.
    alive bounds the outputs a that pass a gradient: a unit whose output lies outside it for every sample is
    stuck, because |g'| is below 2 % of its largest value there.
    """

    formula: str
    forward: Callable[[Array, Array], Calls]
    slope: Callable[[Array, Array, Array], Calls] | None
    kink: float | None = None  # the z at which g or g' jumps
    bend: float | None = None  # the z at which only g'' jumps: differences of the loss are inexact across it
    mixed: Callable[[Array, Array, Array, Array], Calls] | None = None  # where g' is a matrix for each row
    alive: tuple[float, float] = (-inf, inf)
    sign: str = ""  # g in formulas; the name by default
    short: str = ""  # the label for narrow places; the label by default
    code: Code | None = None  # how scripts write it; each row of the table has it
    output_for: tuple[str, ...] = ()  # the kinds of problem whose output layer it suits
    targets: tuple[float, float] = (-1.0, 1.0)  # targets of two classes in the output layer
    usual_loss: str = "half_mse"  # the loss usually paired with it in the output layer
    make: "Callable[..., Activation] | None" = None  # makes it with other parameters, if it takes any
    parameters: tuple[tuple[str, float], ...] = ()  # those given to make_activation

    def __post_init__(self) -> None:
        object.__setattr__(self, "sign", self.sign or self.name.replace("_", " "))
        object.__setattr__(self, "short", self.short or self.label)

    @property
    def mixes(self) -> bool:
        """Whether each output depends on all units of its row."""
        return self.mixed is not None

    def value(self, Z: Array, out: Array) -> None:
        """Write A = g(Z) into out, at once."""
        perform(self.forward(Z, out))

    def vjp(self, Z: Array, A: Array, dA: Array, out: Array) -> None:
        """Write dL/dZ into out, at once: dA ∘ g'(Z), or what mixed makes of dA."""
        if self.mixed:
            perform(self.mixed(Z, A, dA, out))
        elif self.slope:
            perform(self.slope(Z, A, out))
            np.multiply(out, dA, out)


def _linear(Z: Array, A: Array) -> Calls:
    yield np.positive, Z, A  # +z


def _linear_slope(Z: Array, A: Array, out: Array) -> Calls:
    out[...] = 1  # now and for ever, so no call is needed
    return iter(())


def _relu(grad_at_zero: float = 0.0) -> Activation:
    """At the kink g'(0) is grad_at_zero: 0 as in PyTorch, 1 where a text counts 0 as positive."""
    check_number("grad_at_zero", grad_at_zero, least=0, most=1)

    def forward(Z: Array, A: Array) -> Calls:
        yield np.maximum, Z, 0, A

    def slope(Z: Array, A: Array, out: Array) -> Calls:
        if grad_at_zero:
            yield np.heaviside, Z, grad_at_zero, out  # 0 left of the kink, 1 right of it
        else:
            yield np.sign, A, out  # the same, in half the time

    return Activation(
        "relu", "ReLU", "a = max(z, 0)", forward, slope,
        kink=0.0, alive=(0.0, inf), sign="ReLU", make=_relu,
        code=Code(
            "np.maximum({Z}, 0)",
            f"np.heaviside({{Z}}, {grad_at_zero!r})" if grad_at_zero else "({Z} > 0)",
            torch="" if grad_at_zero else "nn.ReLU()",
        ),
    )  # fmt: skip


def _leaky_relu(slope: float = 0.01) -> Activation:
    """Z for Z > 0, slope·Z otherwise; g'(0) = slope."""
    check_number("slope", slope, least=0, most=1)

    def forward(Z: Array, A: Array) -> Calls:
        yield np.multiply, Z, slope, A
        yield np.maximum, Z, A, A

    def slopes(Z: Array, A: Array, out: Array) -> Calls:
        yield np.heaviside, Z, 0, out
        yield np.maximum, out, slope, out

    return Activation(
        "leaky_relu", "Leaky ReLU", f"a = max(z, {slope:g}·z)", forward, slopes,
        kink=0.0, sign="LReLU", short="leaky", make=_leaky_relu,
        code=Code(
            f"np.maximum({{Z}}, {slope!r} * {{Z}})", f"np.where({{Z}} > 0, 1, {slope!r})",
            torch=f"nn.LeakyReLU({slope!r})",
        ),
    )  # fmt: skip


def _elu(Z: Array, A: Array) -> Calls:
    yield np.minimum, Z, 0, A
    yield np.expm1, A, A
    yield np.maximum, Z, A, A  # exp(z) − 1 >= z everywhere


def _elu_slope(Z: Array, A: Array, out: Array) -> Calls:
    yield np.minimum, Z, 0, out  # g' = exp(z) left of 0, and 1 at 0 and right of it
    yield np.exp, out, out  # it equals a + 1, but far left that is 0: a is −1 there, and exp(z) is lost in it


def _sigmoid(Z: Array, A: Array) -> Calls:
    bound = -87.0 if A.dtype == np.float32 else -709.0  # below it exp(−z) overflows
    yield np.maximum, Z, bound, A
    yield np.negative, A, A
    yield np.exp, A, A
    yield np.add, A, 1, A
    yield np.reciprocal, A, A


def _sigmoid_slope(Z: Array, A: Array, out: Array) -> Calls:
    yield np.subtract, 1, A, out
    yield np.multiply, out, A, out  # σ' = (1 − σ)·σ


def _tanh(Z: Array, A: Array) -> Calls:
    yield np.tanh, Z, A


def _tanh_slope(Z: Array, A: Array, out: Array) -> Calls:
    yield np.multiply, A, A, out
    yield np.subtract, 1, out, out  # tanh' = 1 − tanh²


def _softplus(Z: Array, A: Array) -> Calls:
    yield np.logaddexp, 0, Z, A  # log(exp(0) + exp(z))


def _softplus_slope(Z: Array, A: Array, out: Array) -> Calls:
    yield from _sigmoid(Z, out)  # the derivative of this smooth ReLU


def normal_cdf(Z: Array) -> Array:
    """Φ(z) = erfc(−z/√2) / 2, the standard normal distribution function; shape and precision are those of Z.

    In single precision, for pictures, a polynomial good to 1.5e-7 is enough: for x >= 0, erfc(x) ≈
    P(t)·exp(−x²) with t = 1/(1 + 0.3275911 x). Source: Abramowitz & Stegun (1964), formula 7.1.26.
    """
    if Z.dtype != np.float32:
        return np.asarray(_erfc(Z / -sqrt(2)), dtype=np.float64) / 2
    x = np.minimum(np.abs(Z), 12) * np.float32(sqrt(0.5))
    t = np.reciprocal(1 + np.float32(0.3275911) * x)
    tail = np.zeros_like(t)
    for coefficient in _P:
        tail += coefficient
        tail *= t
    tail *= np.exp(np.square(x, x) * np.float32(-1)) / 2
    return np.asarray(np.where(Z < 0, tail, 1 - tail))


def _write_normal_cdf(Z: Array, out: Array) -> None:
    out[...] = normal_cdf(Z)


def _gelu(Z: Array, A: Array) -> Calls:
    cdf = np.empty_like(Z)
    yield _write_normal_cdf, Z, cdf
    yield np.maximum, Z, -40, A  # Φ(−40) = 0: −∞ gives 0, not NaN
    yield np.multiply, A, cdf, A


def _gelu_slope(Z: Array, A: Array, out: Array) -> Calls:
    near, cdf = np.empty_like(Z), np.empty_like(Z)
    yield from _clip(Z, 40, near)
    yield np.negative, near, out
    yield np.multiply, out, near, out
    yield np.divide, out, 2, out
    yield np.exp, out, out
    yield np.divide, out, sqrt(2 * pi), out  # the density φ(z) = exp(−z²/2) / √(2π)
    yield np.multiply, near, out, out
    yield _write_normal_cdf, Z, cdf
    yield np.add, cdf, out, out  # g' = Φ(z) + z·φ(z)


def _clip(Z: Array, bound: float, near: Array) -> Calls:
    """Z no further from 0 than bound, so that products of it stay in range."""
    yield np.maximum, Z, -bound, near
    yield np.minimum, near, bound, near


def _gelu_tanh_t(Z: Array, near: Array, t: Array) -> Calls:
    """t = tanh(√(2/π)(z + 0.044715z³))."""
    yield from _clip(Z, 40, near)
    yield np.multiply, near, _K, t
    yield np.multiply, t, near, t
    yield np.multiply, t, near, t
    yield np.add, t, near, t
    yield np.multiply, t, _C, t
    yield np.tanh, t, t


def _gelu_tanh(Z: Array, A: Array) -> Calls:
    t, half = np.empty_like(Z), np.empty_like(Z)
    yield from _gelu_tanh_t(Z, half, t)
    yield np.add, t, 1, t
    yield np.maximum, Z, -40, half
    yield np.multiply, half, 0.5, half
    yield np.multiply, half, t, A  # ½z(1 + t)


def _gelu_tanh_slope(Z: Array, A: Array, out: Array) -> Calls:
    near, t, u = np.empty_like(Z), np.empty_like(Z), np.empty_like(Z)
    yield from _gelu_tanh_t(Z, near, t)
    yield np.multiply, near, 0.5, out
    yield np.multiply, t, t, u
    yield np.subtract, 1, u, u
    yield np.multiply, out, u, out
    yield np.multiply, out, _C, out
    yield np.multiply, near, 3 * _K, u
    yield np.multiply, u, near, u
    yield np.add, u, 1, u
    yield np.multiply, out, u, out  # ½z(1 − t²)·√(2/π)(1 + 3·0.044715z²) = ½z·t'
    yield np.add, t, 1, t
    yield np.multiply, t, 0.5, t
    yield np.add, t, out, out  # g' = ½(1 + t) + ½z·t'


def _silu(Z: Array, A: Array) -> Calls:
    near = np.empty_like(Z)
    yield from _sigmoid(Z, A)
    yield np.maximum, Z, -709, near
    yield np.multiply, A, near, A


def _silu_slope(Z: Array, A: Array, out: Array) -> Calls:
    near, rest = np.empty_like(Z), np.empty_like(Z)
    yield from _sigmoid(Z, out)
    yield from _clip(Z, 709, near)
    yield np.subtract, 1, out, rest
    yield np.multiply, near, rest, rest
    yield np.add, rest, 1, rest
    yield np.multiply, out, rest, out  # g' = σ·(1 + z·(1 − σ))


def _softmax(Z: Array, A: Array) -> Calls:
    of_row = np.empty_like(Z[:, :1])
    yield row_maxima, Z, of_row
    yield np.subtract, Z, of_row, A  # same result, but exp stays in range
    yield np.exp, A, A
    yield row_sums, A, of_row
    yield np.divide, A, of_row, A


def _softmax_mixed(Z: Array, A: Array, dA: Array, dZ: Array) -> Calls:
    """The Jacobian of a row is diag(a) − a aᵀ, so dZ = A ∘ (dA − (dA·A)): every row of dZ sums to 0."""
    of_row = np.empty_like(Z[:, :1])
    yield np.multiply, dA, A, dZ
    yield row_sums, dZ, of_row
    yield np.subtract, dA, of_row, dZ
    yield np.multiply, dZ, A, dZ


def _softsign(Z: Array, A: Array) -> Calls:
    yield np.abs, Z, A
    yield np.minimum, A, 1e38, A  # an infinite z gives ∞/1e38 = ∞, which the clip makes 1, not ∞/∞
    yield np.add, A, 1, A
    yield np.divide, Z, A, A
    yield from _clip(A, 1, A)


def _softsign_slope(Z: Array, A: Array, out: Array) -> Calls:
    yield np.abs, Z, out
    yield np.add, out, 1, out
    yield np.reciprocal, out, out
    yield np.square, out, out  # g' = 1 / (1 + |z|)²


def _step(Z: Array, A: Array) -> Calls:
    yield np.sign, Z, A


def _step_slope(Z: Array, A: Array, out: Array) -> Calls:
    yield np.subtract, A, A, out  # 0 everywhere, and NaN where z is NaN


_SIGMOID = """\
def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))
"""
_GELU_CODE = """\
erfc = np.frompyfunc(math.erfc, 1, 1)  # NumPy has none of its own


def normal_cdf(Z):
    return erfc(-Z / np.sqrt(2)).astype(float) / 2


def gelu_slope(Z):
    return normal_cdf(Z) + Z * np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)
"""
_GELU_TANH_CODE = """\
def bend(Z):
    return np.tanh(np.sqrt(2 / np.pi) * (Z + 0.044715 * Z**3))


def gelu_tanh_slope(Z):
    t = bend(Z)
    return (1 + t) / 2 + Z / 2 * (1 - t**2) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * Z**2)
"""
_SOFTMAX_CODE = """\
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))  # the same result, but exp stays in range
    return e / e.sum(axis=1, keepdims=True)
"""
_STEP_CODE = """\
class Step(nn.Module):
    def forward(self, Z):
        return torch.sign(Z)
"""

# ELU: Clevert et al. (2016), with α = 1. GELU: Hendrycks & Gimpel (2016), exact and as usually approximated.
# Softsign: Glorot & Bengio (2010). Rosenblatt's perceptron has a step, which gradients can't train.
_GELU_TANH = "a = ½z(1 + tanh(√(2/π)(z + 0.044715z³)))"
ACTIVATIONS = table(
    Activation(
        "linear", "Linear", "a = z", _linear, _linear_slope,
        sign="id", short="lin", output_for=("two classes", "regression"),
        code=Code("{Z}", "1", torch="nn.Identity()"),
    ),
    _relu(),
    _leaky_relu(),
    Activation(
        "elu", "ELU", "a = z if z > 0 else exp(z) − 1", _elu, _elu_slope, bend=0.0, sign="ELU",
        code=Code(
            "np.maximum({Z}, np.expm1(np.minimum({Z}, 0)))", "np.exp(np.minimum({Z}, 0))", torch="nn.ELU()"
        ),
    ),
    Activation(
        "sigmoid", "Sigmoid", "a = 1 / (1 + exp(−z))", _sigmoid, _sigmoid_slope,
        alive=(0.005, 0.995), sign="σ", short="sigm",
        output_for=("two classes", "classes"), targets=(0.0, 1.0), usual_loss="bce",
        code=Code("sigmoid({Z})", "{A} * (1 - {A})", torch="nn.Sigmoid()", helper=_SIGMOID),
    ),
    Activation(
        "tanh", "tanh", "a = tanh(z)", _tanh, _tanh_slope,
        alive=(-0.995, 0.995), output_for=("two classes", "regression"),
        code=Code("np.tanh({Z})", "(1 - {A}**2)", torch="nn.Tanh()"),
    ),
    Activation(
        "softplus", "Softplus", "a = log(1 + exp(z))", _softplus, _softplus_slope, short="soft+",
        code=Code(
            "np.logaddexp(0, {Z})", "sigmoid({Z})", helper=_SIGMOID,
            torch="nn.Softplus(threshold=40)",  # beyond it z itself is exact; PyTorch's 20 is not
        ),
    ),
    Activation(
        "gelu", "GELU", "a = z·Φ(z)", _gelu, _gelu_slope, sign="GELU",
        code=Code("{Z} * normal_cdf({Z})", "gelu_slope({Z})", torch="nn.GELU()", helper=_GELU_CODE),
    ),
    Activation(
        "gelu_tanh", "GELU (tanh)", _GELU_TANH, _gelu_tanh, _gelu_tanh_slope, sign="GELU", short="GELU",
        code=Code(
            "{Z} * (1 + bend({Z})) / 2", "gelu_tanh_slope({Z})", torch='nn.GELU(approximate="tanh")',
            helper=_GELU_TANH_CODE,
        ),
    ),
    Activation(
        "silu", "SiLU", "a = z·σ(z)", _silu, _silu_slope, sign="SiLU",
        code=Code(
            "{Z} * sigmoid({Z})", "sigmoid({Z}) * (1 + {Z} * (1 - sigmoid({Z})))", torch="nn.SiLU()",
            helper=_SIGMOID,
        ),
    ),
    Activation(
        "softmax", "Softmax", "aₖ = exp(zₖ) / Σⱼ exp(zⱼ)", _softmax, None,
        mixed=_softmax_mixed, short="smax",
        output_for=("two classes", "classes"), targets=(0.0, 1.0), usual_loss="cce",
        code=Code(
            "softmax({Z})", whole="{A} * ({dA} - ({dA} * {A}).sum(axis=1, keepdims=True))",
            torch="nn.Softmax(dim=1)", helper=_SOFTMAX_CODE,
        ),
    ),
    Activation(
        "softsign", "Softsign", "a = z / (1 + |z|)", _softsign, _softsign_slope,
        bend=0.0, alive=(-0.9, 0.9), short="ssign", output_for=("two classes", "regression"),
        code=Code("{Z} / (1 + np.abs({Z}))", "1 / (1 + np.abs({Z}))**2", torch="nn.Softsign()"),
    ),
    Activation(
        "step", "Step", "a = 1 if z > 0, −1 if z < 0, 0 at 0", _step, _step_slope,
        kink=0.0, alive=(0.0, 0.0), sign="sign",
        code=Code("np.sign({Z})", "np.zeros_like({Z})", torch="Step()", torch_helper=_STEP_CODE),
    ),
)  # fmt: skip


def make_activation(activation: str | Activation, **parameters: Any) -> Activation:
    """Look up an activation and set its parameters: relu takes grad_at_zero (0), leaky_relu slope (0.01).

    Raises: ValueError for an unknown name or parameter.
    """
    if not isinstance(activation, Activation):
        activation = ACTIVATIONS[check_choice("activation", activation, ACTIVATIONS)]
    if not parameters:
        return activation
    try:
        made = activation.make(**parameters) if activation.make else None
    except TypeError:
        made = None
    if made is None:
        raise ValueError(f"{activation.name} takes no parameter {', '.join(parameters)}.")
    return replace(made, parameters=tuple(parameters.items()))
