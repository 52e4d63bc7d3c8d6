"""Slips that multiply the answer by a number: the sign, the mean, the 2 of the square, the logarithm."""

import math

from engine.practice.recalculation import Change, Question, WrongSteps

MEANS = {
    "mse": "N·K",
    "mse_sample": "N",
    "half_mse": "N·K",
    "mae": "N·K",
    "huber": "N·K",
    "bce": "N·K",
    "cce": "N",
}
"""What a loss is averaged over; the others, SSE and half SSE, are sums."""
SQUARES = {
    "sse": "Σ r², without ½",
    "mse": "the mean of r², without ½",
    "mse_sample": "Σ r² / N, without ½",
    "half_mse": "half the mean of r²",
    "half_sse": "½ Σ r²",
    "huber": "the mean of r²/2 near 0 and of a straight line further out",
}
LOGARITHMS = ("bce", "cce")
"""Losses with a logarithm."""


def sign(q: Question) -> WrongSteps:
    """The result with the other sign; an update's step with the other sign is a slip of its own."""
    why = "The sign is wrong."
    if q.name == "L":
        why += " A loss is not negative"
        why += ": log a is, so there is a minus in front." if q.worked.loss in LOGARITHMS else "."
    elif q.step.phase == "backward":
        why += " The error of the output starts from a − y, not from y − a."
    if q.step.phase in ("loss", "backward"):
        yield Change(factor=-1), (why,)
    else:
        yield Change({q.step.key: lambda values: -q.step.formula.value(values)}), (why,)


def average(q: Question) -> WrongSteps:
    """The divisor of a mean left out, or a sum divided by N."""
    N, K = q.worked.samples, q.worked.net_dims[-1]
    if per := MEANS.get(q.worked.loss):
        parts = {"N": N} if per == "N" else {"N·K": N * K, "N": N, "K": K}
        for words, number in parts.items():
            what = {"N": "samples", "K": "outputs", "N·K": "numbers"}[words]
            said = f"1/{words.replace('N·K', '(N·K)')} is missing: this loss is a mean over {number} {what}."
            yield Change(factor=number), (said,)
    elif q.worked.loss:
        said = f"There is an extra factor of 1/{N}: this loss is a sum over the samples, not a mean."
        yield Change(factor=1 / N), (said,)


def factor(q: Question) -> WrongSteps:
    """A factor of 2 or ½ too much."""
    squares = q.worked.loss in SQUARES
    about = f" Here the loss is {SQUARES[q.worked.loss]}." if squares else " No square is in this loss."
    if q.name != "L":
        about = f" {about.strip()[:-1]}, and the derivative of r² is 2r." if squares else about
    yield Change(factor=2), (f"There is an extra factor of 2.{about}",)
    yield Change(factor=0.5), (f"There is an extra factor of ½.{about}",)


def logarithm(q: Question) -> WrongSteps:
    """log₁₀ in a loss that has the natural logarithm."""
    if q.name == "L" and q.worked.loss in LOGARITHMS:
        yield (
            Change(factor=1 / math.log(10)),
            ("This is with log₁₀: log is the natural logarithm, to base e.",),
        )
