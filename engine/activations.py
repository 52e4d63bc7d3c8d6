"""An activation bends a layer's weighted sums; here each function stands beside its derivative.

value(Z, out) writes A = g(Z) into out, where Z and out are (N, width) and must not overlap.
vjp(Z, A, dA, out) writes dL/dZ into out, given A = g(Z) and dA = dL/dA: element by element dZ = dA ∘ g'(Z);
only softmax mixes the units of a row.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from math import inf, pi, sqrt
from typing import Any

import numpy as np

from engine.arrays import Array, check_choice, check_number
from engine.options import Option, table

ONE = np.array(1.0)  # a ufunc is faster with an array of one number than with a Python number
_erfc = np.frompyfunc(math.erfc, 1, 1)  # NumPy has no erfc
_P = np.array((1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592), np.float32)
_C, _K = sqrt(2 / pi), 0.044715  # constants of GELU's tanh approximation


@dataclass(frozen=True)
class Activation(Option):
    """One activation with its derivative, and what controls, formulas and checks need to know of it.

    alive bounds the outputs a that pass a gradient: a unit whose output lies outside it for every sample is
    stuck, because |g'| is below 2 % of its largest value there.
    """

    formula: str
    value: Callable[[Array, Array], None]
    vjp: Callable[[Array, Array, Array, Array], None]
    kink: float | None = None  # the z at which g or g' jumps
    bend: float | None = None  # the z at which only g'' jumps: differences of the loss are inexact across it
    mixes: bool = False  # each output depends on all units of its row
    alive: tuple[float, float] = (-inf, inf)
    sign: str = ""  # g in formulas; the name by default
    short: str = ""  # the label for narrow places; the label by default
    output_for: tuple[str, ...] = ()  # the kinds of problem whose output layer it suits
    targets: tuple[float, float] = (-1.0, 1.0)  # targets of two classes in the output layer
    usual_loss: str = "half_mse"  # the loss usually paired with it in the output layer
    make: "Callable[..., Activation] | None" = None  # makes it with other parameters, if it takes any
    parameters: tuple[tuple[str, float], ...] = ()  # those given to make_activation

    def __post_init__(self) -> None:
        object.__setattr__(self, "sign", self.sign or self.name.replace("_", " "))
        object.__setattr__(self, "short", self.short or self.label)


def _linear_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    np.copyto(out, dA)


def _relu(grad_at_zero: float = 0.0) -> Activation:
    """At the kink g'(0) is grad_at_zero: 0 as in PyTorch, 1 where a text counts 0 as positive."""
    check_number("grad_at_zero", grad_at_zero, least=0, most=1)

    def value(Z: Array, out: Array) -> None:
        np.maximum(Z, 0, out=out)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.heaviside(Z, grad_at_zero, out)
        np.multiply(out, dA, out)

    return Activation(
        "relu", "ReLU", "a = max(z, 0)", value, vjp, kink=0.0, alive=(0.0, inf), sign="ReLU", make=_relu
    )


def _leaky_relu(slope: float = 0.01) -> Activation:
    """Z for Z > 0, slope·Z otherwise; g'(0) = slope."""
    check_number("slope", slope, least=0, most=1)

    def value(Z: Array, out: Array) -> None:
        np.multiply(Z, slope, out)
        np.maximum(Z, out, out=out)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.heaviside(Z, 0, out)
        np.maximum(out, slope, out=out)
        np.multiply(out, dA, out)

    return Activation(
        "leaky_relu", "Leaky ReLU", f"a = max(z, {slope:g}·z)", value, vjp,
        kink=0.0, sign="LReLU", short="leaky", make=_leaky_relu,
    )  # fmt: skip


def _elu(Z: Array, out: Array) -> None:
    np.minimum(Z, 0, out=out)
    np.expm1(out, out)
    np.maximum(Z, out, out=out)  # exp(z) − 1 >= z everywhere


def _elu_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    np.minimum(Z, 0, out=out)  # g' = exp(z) left of 0, and 1 at 0 and right of it
    np.exp(out, out)  # it equals a + 1, but far left that is 0: a is −1 there, and exp(z) is lost in it
    np.multiply(out, dA, out)


def _sigmoid(Z: Array, out: Array) -> None:
    bound = -87.0 if out.dtype == np.float32 else -709.0  # below it exp(−z) overflows
    np.maximum(Z, bound, out=out)
    np.negative(out, out)
    np.exp(out, out)
    np.add(out, 1, out)
    np.reciprocal(out, out)


def _sigmoid_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    np.subtract(ONE, A, out)  # σ' = (1 − σ)·σ
    np.multiply(out, A, out)
    np.multiply(out, dA, out)


def _tanh_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    np.multiply(A, A, out)  # tanh' = 1 − tanh²
    np.subtract(ONE, out, out)
    np.multiply(out, dA, out)


def _softplus_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    _sigmoid(Z, out)  # the derivative of this smooth ReLU
    np.multiply(out, dA, out)


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


def _gelu(Z: Array, out: Array) -> None:
    np.multiply(np.maximum(Z, -40), normal_cdf(Z), out)  # Φ(−40) = 0: −∞ gives 0, not NaN


def _gelu_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    near = np.clip(Z, -40, 40)
    density = np.exp(-near * near / 2) / sqrt(2 * pi)
    np.multiply(dA, normal_cdf(Z) + near * density, out)


def _gelu_tanh(Z: Array, out: Array) -> None:
    near = np.clip(Z, -40, 40)
    np.multiply(0.5 * np.maximum(Z, -40), 1 + np.tanh(_C * (near + _K * near * near * near)), out=out)


def _gelu_tanh_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    near = np.clip(Z, -40, 40)
    t = np.tanh(_C * (near + _K * near * near * near))
    np.multiply(dA, 0.5 * (1 + t) + 0.5 * near * (1 - t * t) * _C * (1 + 3 * _K * near * near), out)


def _silu(Z: Array, out: Array) -> None:
    _sigmoid(Z, out)
    np.multiply(out, np.maximum(Z, -709), out=out)


def _silu_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    _sigmoid(Z, out)
    near = np.clip(Z, -709, 709)
    np.multiply(dA, out * (1 + near * (1 - out)), out)


def _softmax(Z: Array, out: Array) -> None:
    np.subtract(Z, np.maximum.reduce(Z, axis=1, keepdims=True), out)  # same result, but exp stays in range
    np.exp(out, out)
    np.divide(out, np.add.reduce(out, axis=1, keepdims=True), out)


def _softmax_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    """The Jacobian of a row is diag(a) − a aᵀ, so dZ = A ∘ (dA − (dA·A)): every row of dZ sums to 0."""
    np.multiply(dA, A, out)
    np.subtract(dA, np.add.reduce(out, axis=1, keepdims=True), out)
    np.multiply(out, A, out)


def _softsign(Z: Array, out: Array) -> None:
    np.abs(Z, out)
    np.minimum(out, 1e38, out=out)  # an infinite z gives ∞/1e38 = ∞, which the clip makes 1, not ∞/∞
    np.add(out, 1, out)
    np.divide(Z, out, out)
    np.clip(out, -1, 1, out)


def _softsign_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    np.abs(Z, out)  # g' = 1 / (1 + |z|)²
    np.add(out, 1, out)
    np.reciprocal(out, out)
    np.multiply(out, out, out)
    np.multiply(out, dA, out)


def _step_vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
    np.subtract(A, A, out)  # 0 everywhere, and NaN where z is NaN
    np.multiply(out, dA, out)


# ELU: Clevert et al. (2016), with α = 1. GELU: Hendrycks & Gimpel (2016), exact and as usually approximated.
# Softsign: Glorot & Bengio (2010). Rosenblatt's perceptron has a step, which gradients can't train.
_GELU_TANH = "a = ½z(1 + tanh(√(2/π)(z + 0.044715z³)))"
ACTIVATIONS = table(
    Activation(
        "linear", "Linear", "a = z", np.positive, _linear_vjp,  # +z
        sign="id", short="lin", output_for=("two classes", "regression"),
    ),
    _relu(),
    _leaky_relu(),
    Activation("elu", "ELU", "a = z if z > 0 else exp(z) − 1", _elu, _elu_vjp, bend=0.0, sign="ELU"),
    Activation(
        "sigmoid", "Sigmoid", "a = 1 / (1 + exp(−z))", _sigmoid, _sigmoid_vjp,
        alive=(0.005, 0.995), sign="σ", short="sigm",
        output_for=("two classes", "classes"), targets=(0.0, 1.0), usual_loss="bce",
    ),
    Activation(
        "tanh", "tanh", "a = tanh(z)", np.tanh, _tanh_vjp,
        alive=(-0.995, 0.995), output_for=("two classes", "regression"),
    ),
    Activation(
        "softplus", "Softplus", "a = log(1 + exp(z))", partial(np.logaddexp, 0), _softplus_vjp, short="soft+"
    ),
    Activation("gelu", "GELU", "a = z·Φ(z)", _gelu, _gelu_vjp, sign="GELU"),
    Activation(
        "gelu_tanh", "GELU (tanh)", _GELU_TANH, _gelu_tanh, _gelu_tanh_vjp, sign="GELU", short="GELU"
    ),
    Activation("silu", "SiLU", "a = z·σ(z)", _silu, _silu_vjp, sign="SiLU"),
    Activation(
        "softmax", "Softmax", "aₖ = exp(zₖ) / Σⱼ exp(zⱼ)", _softmax, _softmax_vjp,
        mixes=True, short="smax",
        output_for=("two classes", "classes"), targets=(0.0, 1.0), usual_loss="cce",
    ),
    Activation(
        "softsign", "Softsign", "a = z / (1 + |z|)", _softsign, _softsign_vjp,
        bend=0.0, alive=(-0.9, 0.9), short="ssign", output_for=("two classes", "regression"),
    ),
    Activation(
        "step", "Step", "a = 1 if z > 0, −1 if z < 0, 0 at 0", np.sign, _step_vjp,
        kink=0.0, alive=(0.0, 0.0), sign="sign",
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
