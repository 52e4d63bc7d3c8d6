"""The losses as formulas: what each adds up, and the derivative from which backpropagation starts.

One row per loss, with the same keys as LOSSES.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.losses import Loss
from engine.worked.derivations import Line, after_sigmoid, after_softmax
from engine.worked.expressions import (
    Apply,
    Constant,
    Difference,
    Expression,
    Hadamard,
    Negative,
    Number,
    Over,
    Quotient,
    Scaled,
    Sum,
    Symbol,
    Total,
)

TARGETS, ONE, TWO = Symbol("y"), Number(1.0), Number(2.0)


def _over(above: Expression, below: Expression) -> Expression:
    return Constant(Quotient(above, below))


SHARES: dict[str, Callable[[Number, Number], Expression]] = {
    "2": lambda N, K: TWO,
    "½": lambda N, K: Number(0.5, "½"),
    "1/N": lambda N, K: _over(ONE, N),
    "2/N": lambda N, K: _over(TWO, N),
    "−1/N": lambda N, K: Constant(Negative(Quotient(ONE, N))),
    "1/(N·K)": lambda N, K: _over(ONE, Scaled(N, K)),
    "2/(N·K)": lambda N, K: _over(TWO, Scaled(N, K)),
    "−1/(N·K)": lambda N, K: Constant(Negative(Quotient(ONE, Scaled(N, K)))),
    "1/(2·N·K)": lambda N, K: _over(ONE, Scaled(TWO, Scaled(N, K))),
}


@dataclass(frozen=True)
class _Output:
    """What the formula of a loss is made of: the output layer's symbols, and N and K."""

    loss: Loss
    layer: int
    Y: Array

    @property
    def a(self) -> Symbol:
        return Symbol("a", self.layer + 1)

    @property
    def z(self) -> Symbol:
        return Symbol("z", self.layer)

    @property
    def residual(self) -> Expression:
        return Difference(self.a, TARGETS)

    def share(self, share: str, expr: Expression) -> Expression:
        """A share of SHARES times expr."""
        N, K = (Number(float(n), letter) for n, letter in zip(self.Y.shape, "NK", strict=True))
        return Scaled(SHARES[share](N, K), expr) if share else expr


@dataclass(frozen=True)
class LossForm:
    """A loss as formulas: L and dL/da; where the engine fuses them, dL/dz, why, and L computed from z."""

    value: Expression
    gradient: Expression
    fused: Expression | None = None
    from_logits: Expression | None = None
    derivation: tuple[Line, ...] = ()


def _squared(share: str, twice: str) -> Callable[[_Output], LossForm]:
    def form(out: _Output) -> LossForm:
        squares = Total(Apply("square", out.residual))
        return LossForm(out.share(share, squares), out.share(twice, out.residual))

    return form


def _mae(out: _Output) -> LossForm:
    distances, signs = Total(Apply("abs", out.residual)), Apply("sign", out.residual)
    return LossForm(out.share("1/(N·K)", distances), out.share("1/(N·K)", signs))


def _huber(out: _Output) -> LossForm:
    delta = out.loss.parameters
    height, slope = (Apply("huber", out.residual, delta, derivative=slope) for slope in (False, True))
    return LossForm(out.share("1/(N·K)", Total(height)), out.share("1/(N·K)", slope))


def _bce(out: _Output) -> LossForm:
    a, z, not_a, not_y = out.a, out.z, Difference(ONE, out.a), Difference(ONE, TARGETS)
    logs = Sum((Hadamard((TARGETS, Apply("log", a))), Hadamard((not_y, Apply("log", not_a)))))
    surprise = Sum(
        (Hadamard((TARGETS, Apply("softplus", Negative(z)))), Hadamard((not_y, Apply("softplus", z))))
    )
    return LossForm(
        out.share("−1/(N·K)", Total(logs)),
        out.share("1/(N·K)", Quotient(out.residual, Hadamard((a, not_a)))),
        fused=out.share("1/(N·K)", out.residual),
        from_logits=out.share("1/(N·K)", Total(surprise)),
        derivation=after_sigmoid(z, a, TARGETS, out.share),
    )


def _cce(out: _Output) -> LossForm:
    sums_to_one = bool(np.allclose(out.Y.sum(axis=1), 1, rtol=0, atol=1e-15))
    fused = out.residual if sums_to_one else Difference(Hadamard((Over(TARGETS, axis=1), out.a)), TARGETS)
    return LossForm(
        out.share("−1/N", Total(Hadamard((TARGETS, Apply("log", out.a))))),
        out.share("−1/N", Quotient(TARGETS, out.a)),
        fused=out.share("1/N", fused),
        from_logits=out.share("−1/N", Total(Hadamard((TARGETS, Apply("log_softmax", out.z))))),
        derivation=after_softmax(out.z, out.a, TARGETS, out.share, targets_sum_to_1=sums_to_one),
    )


LOSS_FORMS: dict[str, Callable[[_Output], LossForm]] = {
    "sse": _squared("", "2"),
    "mse": _squared("1/(N·K)", "2/(N·K)"),
    "mse_sample": _squared("1/N", "2/N"),
    "half_mse": _squared("1/(2·N·K)", "1/(N·K)"),
    "half_sse": _squared("½", ""),
    "mae": _mae,
    "huber": _huber,
    "bce": _bce,
    "cce": _cce,
}


def loss_form(loss: Loss, layer: int, Y: Array) -> LossForm:
    """The formulas of a loss of this output layer, counted from 0, for targets Y (N, K)."""
    return LOSS_FORMS[loss.name](_Output(loss, layer, Y))
