"""An activation bends a layer's weighted sums; each function stands here beside its derivative."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import numpy as np

from engine.arrays import Array, check_choice, check_number

ONE = np.array(1.0)  # a ufunc takes an array of one number sooner than a Python number

Value = Callable[[Array, Array], None]  # (Z, out): out <- g(Z)
Vjp = Callable[[Array, Array, Array, Array], None]  # (Z, A, dA, out): out <- dZ


@dataclass(frozen=True)
class Activation:
    """One activation g with A = g(Z), and its derivative as a vector-Jacobian product.

    Args:
        name, label: its key in ACTIVATIONS, and how a control shows it.
        value:   value(Z, out) writes g(Z) into out; Z and out are (N, width) and must not overlap.
        vjp:     vjp(Z, A, dA, out) writes dL/dZ into out, given A = g(Z) and dA = dL/dA.
                 Element by element dZ = dA ∘ g'(Z); softmax mixes the units of a row.
        formula: the equation as text.
        kink:    the z at which g' jumps, or None.
        parameters: what make_activation was given, e.g. (("slope", 0.2),).
    """

    name: str
    label: str
    value: Value
    vjp: Vjp
    formula: str
    kink: float | None = None
    parameters: tuple[tuple[str, float], ...] = ()


def _linear() -> Activation:
    """A = Z."""

    def value(Z: Array, out: Array) -> None:
        np.copyto(out, Z)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.copyto(out, dA)

    return Activation("linear", "Linear", value, vjp, "a = z")


def _relu(grad_at_zero: float = 0.0) -> Activation:
    """A = max(Z, 0); at the kink g'(0) is grad_at_zero: 0 as in PyTorch, 1 as in seeds 000 and 001."""
    check_number("grad_at_zero", grad_at_zero, least=0, most=1)

    def value(Z: Array, out: Array) -> None:
        np.maximum(Z, 0, out=out)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.heaviside(Z, grad_at_zero, out)
        np.multiply(out, dA, out)

    parameters = (("grad_at_zero", float(grad_at_zero)),) if grad_at_zero else ()
    return Activation("relu", "ReLU", value, vjp, "a = max(z, 0)", 0.0, parameters)


def _leaky_relu(slope: float = 0.01) -> Activation:
    """A = Z for Z > 0, slope·Z otherwise; g'(0) = slope."""
    check_number("slope", slope, least=0, most=1)

    def value(Z: Array, out: Array) -> None:
        np.multiply(Z, slope, out)
        np.maximum(Z, out, out=out)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.heaviside(Z, 0, out)
        np.multiply(out, 1 - slope, out)
        np.add(out, slope, out)
        np.multiply(out, dA, out)

    parameters = (("slope", float(slope)),) if slope != 0.01 else ()
    return Activation("leaky_relu", "Leaky ReLU", value, vjp, f"a = max(z, {slope:g}·z)", 0.0, parameters)


def _elu() -> Activation:
    """A = Z for Z > 0, exp(Z) − 1 otherwise; g'(0) = 1 (Clevert et al. 2016, with α = 1)."""

    def value(Z: Array, out: Array) -> None:
        np.minimum(Z, 0, out=out)
        np.expm1(out, out)
        np.maximum(Z, out, out=out)  # exp(z) − 1 >= z everywhere

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.minimum(A, 0, out=out)  # g' = exp(z) = a + 1 left of 0, and 1 right of it
        np.add(out, 1, out)
        np.multiply(out, dA, out)

    return Activation("elu", "ELU", value, vjp, "a = z if z > 0 else exp(z) − 1")


def _sigmoid_into(Z: Array, out: Array) -> None:
    """out <- 1 / (1 + exp(−Z)) without overflow: below the bound exp would leave the number range."""
    bound = -87.0 if out.dtype == np.float32 else -709.0
    np.maximum(Z, bound, out=out)
    np.negative(out, out)
    np.exp(out, out)
    np.add(out, 1, out)
    np.reciprocal(out, out)


def _sigmoid() -> Activation:
    """A = σ(Z) = 1 / (1 + exp(−Z)), σ' = σ(1 − σ)."""

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.subtract(ONE, A, out)
        np.multiply(out, A, out)
        np.multiply(out, dA, out)

    return Activation("sigmoid", "Sigmoid", _sigmoid_into, vjp, "a = 1 / (1 + exp(−z))")


def _tanh() -> Activation:
    """A = tanh(Z), tanh' = 1 − tanh²."""

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.multiply(A, A, out)
        np.subtract(ONE, out, out)
        np.multiply(out, dA, out)

    return Activation("tanh", "tanh", np.tanh, vjp, "a = tanh(z)")


def _softplus() -> Activation:
    """A = log(1 + exp(Z)), a smooth ReLU; its derivative is σ(Z)."""

    def value(Z: Array, out: Array) -> None:
        np.logaddexp(0, Z, out)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        _sigmoid_into(Z, out)
        np.multiply(out, dA, out)

    return Activation("softplus", "Softplus", value, vjp, "a = log(1 + exp(z))")


_erfc = np.frompyfunc(math.erfc, 1, 1)  # NumPy has none of its own


def normal_cdf(Z: Array) -> Array:
    """Φ(z) = erfc(−z/√2) / 2, the standard normal distribution function, precise in the left tail too.

    Args:    Z: any shape.
    Returns: the same shape, float64.
    """
    return np.asarray(_erfc(Z / -sqrt(2)), dtype=np.float64) / 2


def _gelu() -> Activation:
    """A = Z·Φ(Z) with the exact Φ; derivative Φ(Z) + Z·φ(Z) (Hendrycks & Gimpel 2016)."""

    def value(Z: Array, out: Array) -> None:
        np.multiply(np.maximum(Z, -40), normal_cdf(Z), out)  # Φ(−40) = 0: −∞ gives 0, not NaN

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        near = np.clip(Z, -40, 40)
        density = np.exp(-near * near / 2) / sqrt(2 * pi)
        np.multiply(dA, normal_cdf(Z) + near * density, out)

    return Activation("gelu", "GELU", value, vjp, "a = z·Φ(z)")


def _gelu_tanh() -> Activation:
    """A = ½·Z·(1 + tanh(√(2/π)·(Z + 0.044715·Z³))), the usual approximation of GELU."""
    c, k = sqrt(2 / pi), 0.044715

    def value(Z: Array, out: Array) -> None:
        near = np.clip(Z, -40, 40)
        np.multiply(0.5 * np.maximum(Z, -40), 1 + np.tanh(c * (near + k * near**3)), out=out)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        near = np.clip(Z, -40, 40)
        t = np.tanh(c * (near + k * near**3))
        np.multiply(dA, 0.5 * (1 + t) + 0.5 * near * (1 - t * t) * c * (1 + 3 * k * near * near), out)

    return Activation("gelu_tanh", "GELU (tanh)", value, vjp, "a = ½z(1 + tanh(√(2/π)(z + 0.044715z³)))")


def _silu() -> Activation:
    """A = Z·σ(Z), also called swish; derivative σ(Z)·(1 + Z·(1 − σ(Z)))."""

    def value(Z: Array, out: Array) -> None:
        _sigmoid_into(Z, out)
        np.multiply(out, np.maximum(Z, -709), out=out)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        _sigmoid_into(Z, out)
        near = np.clip(Z, -709, 709)
        np.multiply(dA, out * (1 + near * (1 - out)), out)

    return Activation("silu", "SiLU", value, vjp, "a = z·σ(z)")


def _softmax() -> Activation:
    """A_k = exp(Z_k) / Σ_j exp(Z_j) over the units of a row; each row of A sums to 1.

    The Jacobian of a row is diag(a) − a aᵀ, so dZ = A ∘ (dA − (dA·A)) and every row of dZ sums to 0.
    The row's maximum is subtracted first, which changes nothing but keeps exp in range.
    """

    def value(Z: Array, out: Array) -> None:
        np.subtract(Z, np.maximum.reduce(Z, axis=1, keepdims=True), out)
        np.exp(out, out)
        np.divide(out, np.add.reduce(out, axis=1, keepdims=True), out)

    def vjp(Z: Array, A: Array, dA: Array, out: Array) -> None:
        np.multiply(dA, A, out)
        np.subtract(dA, np.add.reduce(out, axis=1, keepdims=True), out)
        np.multiply(out, A, out)

    return Activation("softmax", "Softmax", value, vjp, "aₖ = exp(zₖ) / Σⱼ exp(zⱼ)")


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        _linear(), _relu(), _leaky_relu(), _elu(), _sigmoid(), _tanh(), _softplus(), _gelu(), _gelu_tanh(),
        _silu(), _softmax(),
    )
}  # fmt: skip
_WITH_PARAMETERS = {"relu": _relu, "leaky_relu": _leaky_relu}


def make_activation(activation: str | Activation, **parameters: Any) -> Activation:
    """The activation of a name, with its parameters: relu takes grad_at_zero (0), leaky_relu slope (0.01).

    Raises: ValueError for an unknown name or parameter.
    """
    if isinstance(activation, Activation):
        return activation
    default = ACTIVATIONS[check_choice("activation", activation, ACTIVATIONS)]
    if not parameters:
        return default
    try:
        return _WITH_PARAMETERS[activation](**parameters)
    except (KeyError, TypeError):
        raise ValueError(f"{activation} takes no parameter {', '.join(parameters)}.") from None
