"""A loss says with one number how far the outputs are from the targets; each stands beside its gradient."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array, check_choice, check_number

Gradient = Callable[[Array, Array, Array], None]  # (A, Y, out): out <- dL/dA, or dL/dZ where fused


@dataclass(frozen=True)
class Loss:
    """One loss L(A, Y) of outputs A (N, K) against targets Y (N, K).

    Args:
        name, label: its key in LOSSES, and how a control shows it.
        formula:  the equation as text; r = A − Y, N samples, K outputs.
        value:    value(Z, A, Y) -> L as a float. The cross-entropies are computed from the logits Z.
        gradient: gradient(A, Y, out) writes dL/dA into out.
        output:   the one output activation that it is defined for, or None for any.
        fused:    fused(A, Y, out) writes dL/dZ for that output activation: the two derivatives
                  multiplied by hand, which stays right where either of them overflows.
        kinks:    the residuals r at which a derivative of L jumps.
        parameters: what make_loss was given, e.g. (("delta", 0.5),).
    """

    name: str
    label: str
    formula: str
    value: Callable[[Array, Array, Array], float]
    gradient: Gradient
    output: str | None = None
    fused: Gradient | None = None
    kinks: tuple[float, ...] = ()
    parameters: tuple[tuple[str, float], ...] = ()

    def check_output(self, activation: str, width: int) -> None:
        """Refuse an output layer for which this loss is not defined, or which can't learn at all."""
        if self.output not in (None, activation):
            raise ValueError(f"{self.name} needs a {self.output} output. Got {activation}.")
        if activation == "softmax" and width == 1:
            raise ValueError("A softmax output needs at least 2 units: alone, a unit is always 1. Got 1.")


def _squared(name: str, label: str, formula: str, weight: float, *, samples: bool, outputs: bool) -> Loss:
    """L = weight · Σ r² / d with d = 1, N or N·K, so dL/dA = 2·weight·r / d."""

    def scale(A: Array) -> float:
        return weight / ((A.shape[0] if samples else 1) * (A.shape[1] if outputs else 1))

    def value(Z: Array, A: Array, Y: Array) -> float:
        r = A - Y
        return float(np.vdot(r, r) * scale(A))

    def gradient(A: Array, Y: Array, out: Array) -> None:
        np.subtract(A, Y, out)
        np.multiply(out, 2 * scale(A), out)

    return Loss(name, label, formula, value, gradient)


def _mae() -> Loss:
    """The mean absolute error; its derivative at r = 0 is taken as 0."""

    def value(Z: Array, A: Array, Y: Array) -> float:
        return float(np.abs(A - Y).mean())

    def gradient(A: Array, Y: Array, out: Array) -> None:
        np.subtract(A, Y, out)
        np.sign(out, out)
        np.divide(out, A.size, out)

    return Loss("mae", "MAE", "1/(N·K) Σ |r|", value, gradient, kinks=(0.0,))


def _huber(delta: float = 1.0) -> Loss:
    """The mean of r²/2 up to |r| = delta and delta·(|r| − delta/2) beyond (Huber 1964)."""
    check_number("delta", delta, above=0)

    def value(Z: Array, A: Array, Y: Array) -> float:
        r = np.abs(A - Y)
        near = np.minimum(r, delta)
        return float((near * (r - near / 2)).mean())

    def gradient(A: Array, Y: Array, out: Array) -> None:
        np.subtract(A, Y, out)
        np.clip(out, -delta, delta, out)
        np.divide(out, A.size, out)

    formula = f"1/(N·K) Σ h(r), h = r²/2 for |r| ≤ {delta:g}, else {delta:g}·(|r| − {delta / 2:g})"
    given, kinks = (("delta", float(delta)),), (-delta, delta)
    return Loss("huber", "Huber", formula, value, gradient, kinks=kinks, parameters=given)


def _bce() -> Loss:
    """Binary cross-entropy of a sigmoid output, from its logits.

        L = −1/(N·K) Σ [Y·log σ(Z) + (1 − Y)·log(1 − σ(Z))]
          =  1/(N·K) Σ [Y·softplus(−Z) + (1 − Y)·softplus(Z)]

    Gradient: dZ = (A − Y)/(N·K), fused; dA = (A − Y)/(A(1 − A))/(N·K) may be infinite.
    Source:   Goodfellow, Bengio & Courville (2016), section 6.2.2.2.
    """

    def value(Z: Array, A: Array, Y: Array) -> float:
        return float((Y * np.logaddexp(0, -Z) + (1 - Y) * np.logaddexp(0, Z)).mean())

    def gradient(A: Array, Y: Array, out: Array) -> None:
        np.divide(A - Y, A * (1 - A) * A.size, out)
        np.copyto(out, (1 - 2 * Y) / A.size, where=(A == Y) & (A * (1 - A) == 0))  # the limit, not 0/0

    def fused(A: Array, Y: Array, out: Array) -> None:
        np.subtract(A, Y, out)
        np.divide(out, A.size, out)

    formula = "−1/(N·K) Σ [y log a + (1 − y) log(1 − a)]"
    return Loss("bce", "Binary cross-entropy", formula, value, gradient, "sigmoid", fused)


def _cce() -> Loss:
    """Categorical cross-entropy of a softmax output, from its logits.

        L = −1/N Σ_n Σ_k Y[n,k]·log softmax(Z)[n,k]

    Y: any targets >= 0; rows that don't sum to 1 are allowed.
    Gradient: dZ = ((Σ_k Y)·A − Y)/N, fused, which is (A − Y)/N for one-hot rows; dA = −Y/A/N.
    Source:   Goodfellow, Bengio & Courville (2016), section 6.2.2.3.
    """

    def value(Z: Array, A: Array, Y: Array) -> float:
        shifted = Z - Z.max(axis=1, keepdims=True)
        surprise = np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted  # −log softmax(Z)
        total = float(np.vdot(Y, surprise))
        if not math.isfinite(total):  # a class that is not asked for counts 0, even at probability 0
            total = float(np.where((Y == 0) & ~np.isnan(surprise), 0.0, Y * surprise).sum())
        return total / len(Y)

    def gradient(A: Array, Y: Array, out: Array) -> None:
        np.divide(Y, A, out=out, where=(Y != 0) | np.isnan(A))
        np.copyto(out, 0, where=(Y == 0) & ~np.isnan(A))
        np.divide(out, -len(Y), out)

    def fused(A: Array, Y: Array, out: Array) -> None:
        np.multiply(A, np.add.reduce(Y, axis=1, keepdims=True), out)
        np.subtract(out, Y, out)
        np.divide(out, len(Y), out)

    return Loss("cce", "Cross-entropy", "−1/N Σ y log a", value, gradient, "softmax", fused)


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        # Without any divisor, as in seeds 000 and 001
        _squared("sse", "SSE", "Σ r²", 1.0, samples=False, outputs=False),
        # The mean over samples and outputs, as torch.nn.MSELoss
        _squared("mse", "MSE", "1/(N·K) Σ r²", 1.0, samples=True, outputs=True),
        # The mean over samples of the sum over outputs, as in seed 002
        _squared("mse_sample", "MSE per sample", "1/N Σ r²", 1.0, samples=True, outputs=False),
        # Half the mean square, so that the gradient is r/(N·K), as in TensorFlow Playground
        _squared("half_mse", "Half MSE", "1/(2·N·K) Σ r²", 0.5, samples=True, outputs=True),
        # The alternative loss of seed 003
        _squared("half_sse", "Half SSE", "½ Σ r²", 0.5, samples=False, outputs=False),
        _mae(),
        _huber(),
        _bce(),
        _cce(),
    )
}


def make_loss(loss: str | Loss, **parameters: Any) -> Loss:
    """The loss of a name, with its parameters where it has some: huber takes delta (1.0).

    Raises: ValueError for an unknown name or parameter.
    """
    if isinstance(loss, Loss):
        return loss
    default = LOSSES[check_choice("loss", loss, LOSSES)]
    if not parameters:
        return default
    if loss != "huber" or parameters.keys() != {"delta"}:
        raise ValueError(f"{loss} takes no parameter {', '.join(parameters)}.")
    return _huber(**parameters)
