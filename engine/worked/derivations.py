"""Why the error of the output layer is a − y: cross-entropy after sigmoid or softmax, line by line."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.worked.expressions import (
    Apply,
    Diagonal,
    Difference,
    Expression,
    Hadamard,
    Jacobian,
    Number,
    Over,
    Product,
    Quotient,
    Symbol,
)

ONE, J = Number(1.0), Symbol("J")


@dataclass(frozen=True)
class Line:
    """left = right, and in one sentence why; left None goes on from the line above.

    Every line holds for all samples at once, or, where `row` is set, for each sample's row alone.
    """

    left: Expression | None
    right: Expression
    reason: str
    row: bool = False


def softmax_jacobian(a: Symbol) -> Expression:
    """The Jacobian of softmax for one sample, whose row is a (1, K).

        J = diag(a) − aᵀa,  J[j, k] = ∂a_j/∂z_k

    Returns: an expression of shape (K, K).
    """
    return Difference(Diagonal(a), Product((replace(a, transposed=True), a)))


def after_sigmoid(
    z: Symbol, a: Symbol, y: Symbol, share: Callable[[str, Expression], Expression]
) -> tuple[Line, ...]:
    """Binary cross-entropy after a sigmoid, whose mean over N·K is differentiated.

    Args:
        z, a, y: the output layer's sums and activations (N, K), and the targets.
        share:   share("1/(N·K)", x) is that share of x.
    """
    delta, not_a, not_y = Symbol("delta", z.layer), Difference(ONE, a), Difference(ONE, y)
    slope, residual = Hadamard((a, not_a)), Difference(a, y)
    one_fraction = share("1/(N·K)", Quotient(residual, slope))
    two = share("−1/(N·K)", Difference(Quotient(y, a), Quotient(not_y, not_a)))
    derivative, da = Apply("sigmoid", z, derivative=True), Symbol("L", z.layer, mark="d")
    return (
        Line(da, two, "The derivative of log a is 1/a; that of log(1 − a) is −1/(1 − a)."),
        Line(None, one_fraction, "Over one denominator, y (1 − a) − (1 − y) a = y − a is left above."),
        Line(derivative, slope, "The derivative of the sigmoid, written with a = σ(z)."),
        Line(delta, Hadamard((da, derivative)), "The chain rule."),
        Line(None, Hadamard((one_fraction, slope)), "With both lines from above."),
        Line(None, share("1/(N·K)", residual), "The denominator cancels."),
    )


def after_softmax(
    z: Symbol,
    a: Symbol,
    y: Symbol,
    share: Callable[[str, Expression], Expression],
    *,
    targets_sum_to_1: bool,
) -> tuple[Line, ...]:
    """Cross-entropy after softmax; J belongs to one sample, so each line is about one sample's row.

    Args: z, a, y, share: as for after_sigmoid; share("1/N", x).
    """
    delta, matrix, total = Symbol("delta", z.layer), softmax_jacobian(a), Over(y, axis=1)
    gradient, da = share("−1/N", Quotient(y, a)), Symbol("L", z.layer, mark="d")
    multiplied = share("−1/N", Difference(y, Hadamard((total, a))))
    brought_in = share("1/N", Difference(Hadamard((total, a)), y))
    lines: tuple[tuple[Expression | None, Expression, str], ...] = (
        (da, gradient, "The derivative of log a is 1/a."),
        (J, matrix, "J holds ∂aⱼ/∂zₖ: aⱼ (1 − aⱼ) where j = k, and −aⱼ aₖ elsewhere."),
        (delta, Jacobian("softmax", z, da), "The chain rule adds up over all outputs of the sample."),
        (None, Product((gradient, matrix)), "With both lines from above."),
        (None, multiplied, "y/a times diag(a) is y, and y/a times aᵀ is the sum of the targets, y 1."),
        (None, brought_in, "The minus goes into the brackets."),
    )
    written = tuple(Line(left, right, reason, row=True) for left, right, reason in lines)
    if not targets_sum_to_1:
        return written
    last = Line(None, share("1/N", Difference(a, y)), "The targets of a sample sum to 1.", row=True)
    return (*written, last)
