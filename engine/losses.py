"""A loss says with one number how far the outputs are from the targets; each stands beside its gradient.

In every formula r = A − Y, with N samples and K outputs. How calls are listed stands in engine/calls.py.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from engine.arrays import Array, check_choice, check_number, check_range
from engine.calls import Calls, row_sums
from engine.options import Code, Option, table

LossValue = Callable[[Array, Array, Array], float]  # (Z, A, Y) -> L; the cross-entropies read the logits Z
RowLosses = Callable[[Array, Array, Array], Array]  # (Z, A, Y) -> (N,), the loss of each row taken alone
LossBackward = Callable[[Array, Array, Array], Calls]  # (A, Y, out): out <- dL/dA, or dL/dZ where fused


@dataclass(frozen=True)
class Loss(Option):
    """One loss L(A, Y) of outputs A (N, K) against targets Y (N, K).

    backward lists the calls that write dL/dA. fused lists those that write dL/dZ, the derivatives of the loss
    and of its output activation multiplied out by hand: it stays right where one of them overflows.
    fused_one_hot lists fewer with the same results to the bit, for targets of one 1 and else 0 in each row.
    target_range bounds Y: for other targets, such as −1, a cross-entropy falls without end and has no
    minimum.
    """

    formula: str
    value: LossValue
    rows: RowLosses
    backward: LossBackward
    output: str | None = None  # the only output activation that it is defined for; None: any
    fused: LossBackward | None = None
    fused_one_hot: LossBackward | None = None
    kinks: tuple[float, ...] = ()  # the residuals r at which a derivative of L jumps
    target_range: tuple[float, float] = (-math.inf, math.inf)  # where it is defined
    parameters: tuple[tuple[str, float], ...] = ()  # those given to make_loss, e.g. (("delta", 0.5),)
    code: Code | None = None  # how scripts write it; each row of the table has it

    def check_output(self, activation: str, width: int) -> None:
        """Refuse an output layer for which this loss is not defined, or which can't learn at all."""
        if self.output not in (None, activation):
            raise ValueError(f"{self.name} needs a {self.output} output. Got {activation}.")
        if activation == "softmax" and width == 1:
            raise ValueError("A softmax output needs at least 2 units: alone, a unit is always 1. Got 1.")

    def suited_to(self, Y: Array) -> Self:
        """The same loss, with the shorter of its gradients if the targets (N, K) allow it."""
        if self.fused_one_hot is None or not (((Y == 0) | (Y == 1)).all() and (Y.sum(axis=1) == 1).all()):
            return self
        return replace(self, fused=self.fused_one_hot)

    def check_targets(self, name: str, Y: Array) -> None:
        """Refuse targets for which this loss is not defined; NaN passes on, as everywhere."""
        least, most = self.target_range
        if math.isfinite(least) or math.isfinite(most):
            why = f" for {self.label.lower()}, where a class is 0 or 1 and not −1 or 1"
            check_range(name, Y, least=least, most=most, why=why)


def _squared(name: str, label: str, formula: str, scale: Callable[[Array], float], code: Code) -> Loss:
    """L = scale · Σ r², so dL/dA = 2·scale·r; for a row alone, N is 1 in the scale."""

    def value(Z: Array, A: Array, Y: Array) -> float:
        r = A - Y
        return float(np.vdot(r, r) * scale(A))

    def rows(Z: Array, A: Array, Y: Array) -> Array:
        return np.asarray(np.square(A - Y).sum(axis=1) * scale(A[:1]))

    def backward(A: Array, Y: Array, dA: Array) -> Calls:
        yield np.subtract, A, Y, dA
        yield np.multiply, dA, 2 * scale(A), dA

    return Loss(name, label, formula, value, rows, backward, code=code)


def _mean(terms: RowLosses) -> tuple[LossValue, RowLosses]:
    """The value of a loss that is the mean of its terms (N, K), and the same of each row alone."""

    def value(Z: Array, A: Array, Y: Array) -> float:
        return float(terms(Z, A, Y).mean())

    def rows(Z: Array, A: Array, Y: Array) -> Array:
        return np.asarray(terms(Z, A, Y).mean(axis=1))

    return value, rows


def _mae_terms(Z: Array, A: Array, Y: Array) -> Array:
    return np.abs(A - Y)


def _mae_backward(A: Array, Y: Array, dA: Array) -> Calls:
    yield np.subtract, A, Y, dA
    yield np.sign, dA, dA  # the derivative at r = 0 is taken as 0
    yield np.divide, dA, A.size, dA


_HUBER_CODE = """\
def huber(r):
    near = np.minimum(np.abs(r), {delta!r})
    return np.mean(near * (np.abs(r) - near / 2))
"""


def _huber(delta: float = 1.0) -> Loss:
    """The mean of r²/2 up to |r| = delta and delta·(|r| − delta/2) beyond (Huber 1964)."""
    check_number("delta", delta, above=0)

    def terms(Z: Array, A: Array, Y: Array) -> Array:
        r = np.abs(A - Y)
        near = np.minimum(r, delta)
        return near * (r - near / 2)

    def backward(A: Array, Y: Array, dA: Array) -> Calls:
        yield np.subtract, A, Y, dA
        yield np.maximum, dA, -delta, dA
        yield np.minimum, dA, delta, dA
        yield np.divide, dA, A.size, dA

    formula = f"1/(N·K) Σ h(r), h = r²/2 for |r| ≤ {delta:g}, else {delta:g}·(|r| − {delta / 2:g})"
    given, kinks = (("delta", float(delta)),), (-delta, delta)
    code = Code(
        "huber({A} - Y)", f"np.clip({{A}} - Y, {-delta!r}, {delta!r}) / Y.size",
        torch=f"nn.functional.huber_loss({{A}}, Y, delta={delta!r})", helper=_HUBER_CODE.format(delta=delta),
    )  # fmt: skip
    return Loss("huber", "Huber", formula, *_mean(terms), backward, kinks=kinks, parameters=given, code=code)


def _bce_terms(Z: Array, A: Array, Y: Array) -> Array:
    """Y·softplus(−Z) + (1 − Y)·softplus(Z), from −log σ(Z) = softplus(−Z)."""
    return Y * np.logaddexp(0, -Z) + (1 - Y) * np.logaddexp(0, Z)


def _bce_backward(A: Array, Y: Array, dA: Array) -> Calls:
    """dA = (A − Y)/(A(1 − A))/(N·K), which may be infinite."""
    yield _bce_gradient, A, Y, dA


def _bce_gradient(A: Array, Y: Array, out: Array) -> None:
    np.divide(A - Y, A * (1 - A) * A.size, out)
    np.copyto(out, (1 - 2 * Y) / A.size, where=(A == Y) & (A * (1 - A) == 0))  # the limit, not 0/0


def _bce_fused(A: Array, Y: Array, dZ: Array) -> Calls:
    """dZ = (A − Y)/(N·K)."""
    yield np.subtract, A, Y, dZ
    yield np.divide, dZ, A.size, dZ


def _cce(Z: Array, A: Array, Y: Array) -> float:
    """−1/N Σ_n Σ_k Y[n,k]·log softmax(Z)[n,k] for any Y >= 0, also where rows don't sum to 1."""
    surprise = _surprise(Z)
    total = float(np.vdot(Y, surprise))
    if not math.isfinite(total):
        total = float(_cce_terms(surprise, Y).sum())
    return total / len(Y)


def _cce_rows(Z: Array, A: Array, Y: Array) -> Array:
    return np.asarray(_cce_terms(_surprise(Z), Y).sum(axis=1))


def _surprise(Z: Array) -> Array:
    """−log softmax(Z), (N, K)."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted)


def _cce_terms(surprise: Array, Y: Array) -> Array:
    """(N, K) terms; a class with target 0 counts 0, even at probability 0."""
    return np.where((Y == 0) & ~np.isnan(surprise), 0.0, Y * surprise)


def _cce_backward(A: Array, Y: Array, dA: Array) -> Calls:
    """dA = −Y/A/N."""
    yield _cce_gradient, A, Y, dA


def _cce_gradient(A: Array, Y: Array, out: Array) -> None:
    np.divide(Y, A, out=out, where=(Y != 0) | np.isnan(A))
    np.copyto(out, 0, where=(Y == 0) & ~np.isnan(A))
    np.divide(out, -len(Y), out)


def _cce_fused(A: Array, Y: Array, dZ: Array) -> Calls:
    """dZ = ((Σ_k Y)·A − Y)/N."""
    of_row = np.empty_like(Y[:, :1])
    yield row_sums, Y, of_row
    yield np.multiply, A, of_row, dZ
    yield np.subtract, dZ, Y, dZ
    yield np.divide, dZ, len(Y), dZ


def _cce_fused_one_hot(A: Array, Y: Array, dZ: Array) -> Calls:
    """dZ = (A − Y)/N, as Σ_k Y = 1."""
    yield np.subtract, A, Y, dZ
    yield np.divide, dZ, len(Y), dZ


# SSE, MSE per sample and half SSE as in the texts behind SYSTEMS, MSE as torch.nn.MSELoss, half MSE as
# TensorFlow Playground (its gradient is r/(N·K)). Cross-entropies: Goodfellow et al. (2016), section 6.2.2.
_BCE = "−1/(N·K) Σ [y log a + (1 − y) log(1 − a)]"
_MSE = "nn.functional.mse_loss({A}, Y)"
_CCE_CODE = """\
def log_softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
"""
LOSSES = table(
    _squared(
        "sse", "SSE", "Σ r²", lambda A: 1.0,
        Code("np.sum(({A} - Y)**2)", "2 * ({A} - Y)", torch="(({A} - Y) ** 2).sum()"),
    ),
    _squared(
        "mse", "MSE", "1/(N·K) Σ r²", lambda A: 1.0 / A.size,
        Code("np.mean(({A} - Y)**2)", "2 * ({A} - Y) / Y.size", torch=_MSE),
    ),
    _squared(
        "mse_sample", "MSE per sample", "1/N Σ r²", lambda A: 1.0 / len(A),
        Code(
            "np.sum(({A} - Y)**2) / len(Y)", "2 * ({A} - Y) / len(Y)",
            torch="(({A} - Y) ** 2).sum() / len(Y)",
        ),
    ),
    _squared(
        "half_mse", "Half MSE", "1/(2·N·K) Σ r²", lambda A: 0.5 / A.size,
        Code("np.mean(({A} - Y)**2) / 2", "({A} - Y) / Y.size", torch=f"{_MSE} / 2"),
    ),
    _squared(
        "half_sse", "Half SSE", "½ Σ r²", lambda A: 0.5,
        Code("np.sum(({A} - Y)**2) / 2", "({A} - Y)", torch="(({A} - Y) ** 2).sum() / 2"),
    ),
    Loss(
        "mae", "MAE", "1/(N·K) Σ |r|", *_mean(_mae_terms), _mae_backward, kinks=(0.0,),
        code=Code(
            "np.mean(np.abs({A} - Y))", "np.sign({A} - Y) / Y.size", torch="nn.functional.l1_loss({A}, Y)"
        ),
    ),
    _huber(),
    Loss(
        "bce", "Binary cross-entropy", _BCE, *_mean(_bce_terms), _bce_backward, "sigmoid", _bce_fused,
        target_range=(0.0, 1.0),
        code=Code(
            "np.mean(Y * np.logaddexp(0, -{Z}) + (1 - Y) * np.logaddexp(0, {Z}))",
            whole="({A} - Y) / Y.size",
            torch="nn.functional.binary_cross_entropy_with_logits({Z}, Y)",
        ),
    ),
    Loss(
        "cce", "Cross-entropy", "−1/N Σ y log a", _cce, _cce_rows, _cce_backward, "softmax", _cce_fused,
        _cce_fused_one_hot,
        target_range=(0.0, math.inf),
        code=Code(
            "-np.sum(Y * log_softmax({Z})) / len(Y)",
            whole="({A} - Y) / len(Y)",
            torch="nn.functional.cross_entropy({Z}, Y)",
            helper=_CCE_CODE,
        ),
    ),
)  # fmt: skip


def make_loss(loss: str | Loss, **parameters: Any) -> Loss:
    """Look up a loss and set its parameters: huber takes delta (1.0), the others none.

    Raises: ValueError for an unknown name or parameter.
    """
    if not isinstance(loss, Loss):
        loss = LOSSES[check_choice("loss", loss, LOSSES)]
    if not parameters:
        return loss
    if loss.name != "huber" or parameters.keys() != {"delta"}:
        raise ValueError(f"{loss.name} takes no parameter {', '.join(parameters)}.")
    return _huber(**parameters)
