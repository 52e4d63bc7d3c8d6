"""The slips that learners make in backpropagation, each known by the wrong number that it gives.

Each row of SLIPS computes that number from the worked steps; the steps after the slip are computed again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from engine.activations import ACTIVATIONS
from engine.options import Option, table
from engine.practice.exercises import answer_text
from engine.practice.recalculation import Question
from engine.practice.sentences import Sentence
from engine.worked.expressions import (
    Apply,
    Expression,
    Number,
    Scaled,
    Symbol,
    mapped,
    substitute,
    symbols,
    transpose,
    walk,
)
from engine.worked.worked import Step

WrongNumbers = Iterator[tuple[float, Sentence]]

MEANS = {
    "mse": "N·K",
    "mse_sample": "N",
    "half_mse": "N·K",
    "mae": "N·K",
    "huber": "N·K",
    "bce": "N·K",
    "cce": "N",
}
"""What a loss is averaged over; the others are sums."""
SQUARES = {
    "sse": "Σ r², without ½",
    "mse": "the mean of r², without ½",
    "mse_sample": "Σ r² / N, without ½",
    "half_mse": "half the mean of r²",
    "half_sse": "½ Σ r²",
    "huber": "the mean of r²/2 near 0 and of a straight line further out",
}


@dataclass(frozen=True)
class Slip(Option):
    """One slip; wrong(question) gives pairs of a wrong number and a sentence on what to do about it."""

    wrong: Callable[[Question], WrongNumbers]


def _sign(q: Question) -> WrongNumbers:
    why = "The sign is wrong."
    if q.name == "L":
        logs = q.worked.loss in ("bce", "cce")
        why += " A loss is not negative"
        why += ": log a is, so there is a minus in front." if logs else "."
    elif q.step.phase == "backward":
        why += " The error of the output starts from a − y, not from y − a."
    yield -q.right, (why,)


def _derivative(q: Question) -> WrongNumbers:
    for l, error in q.errors:
        name = q.worked.activations[l]
        z, da = Symbol("z", l), Symbol("a", l + 1, mark="d")
        given = q.worked.values.get("dL" if l == q.last else da.key)
        if given is None:
            continue
        mark = slope_sign(name)
        do: Sentence = ("multiply ", da, f" by {mark}(", z, ")")
        if ACTIVATIONS[name].mixes:
            mark, do = f"The Jacobian of {ACTIVATIONS[name].sign}", ("multiply each row of ", da, " by it")
        elif error.key == q.step.key and (slope := _slope(error)) is not None:
            do += (f" = {answer_text(q.at(slope.value(q.worked.values)))}",)
        where: Sentence = () if error.key == q.step.key else (" in ", error.result.symbol)
        yield q.after({error.key: given}), (f"{mark} is missing", *where, ": ", *do, ".")


def _average(q: Question) -> WrongNumbers:
    N, K = q.worked.samples, q.worked.net_dims[-1]
    if not q.is_back and q.name != "L":
        return
    if per := MEANS.get(q.worked.loss):
        parts = {"N": N} if per == "N" else {"N·K": N * K, "N": N, "K": K}
        for words, number in parts.items():
            what = {"N": "samples", "K": "outputs", "N·K": "numbers"}[words]
            said = f"1/{words.replace('N·K', '(N·K)')} is missing: this loss is a mean over {number} {what}."
            yield q.scaled(number), (said,)
    elif q.worked.loss:
        said = f"There is an extra factor of 1/{N}: this loss is a sum over the samples, not a mean."
        yield q.scaled(1 / N), (said,)


def _factor(q: Question) -> WrongNumbers:
    if not q.is_back and q.name != "L":
        return
    squares = q.worked.loss in SQUARES
    about = f" Here the loss is {SQUARES[q.worked.loss]}." if squares else " No square is in this loss."
    if q.name != "L":
        about = f" {about.strip()[:-1]}, and the derivative of r² is 2r." if squares else about
    yield q.scaled(2), (f"There is an extra factor of 2.{about}",)
    yield q.scaled(0.5), (f"There is an extra factor of ½.{about}",)


def _transposed(q: Question) -> WrongNumbers:
    row, column, value = q.exercise.row, q.exercise.column, q.step.result.value
    if row != column and column < value.shape[0] and row < value.shape[1]:
        said = "This is the entry across the diagonal: something that should be transposed is not."
        yield float(value[column, row]), (said,)
    for key in (Symbol("z", q.layer).key, Symbol("a", q.layer + 1, mark="d").key, q.step.key):
        if (step := q.find(key)) is None:
            continue
        for part in {part.key: part for part in symbols(step.formula) if part.name == "W"}.values():
            why = (
                replace(part, transposed=False),
                " is the wrong way round: each sum must run over the index that both matrices share.",
            )
            yield q.with_formula(key, substitute(step.formula, part.key, transpose)), why


def _activation(q: Question) -> WrongNumbers:
    l = q.layer
    z, a = Symbol("z", l), Symbol("a", l + 1)
    if q.name == "z":
        yield q.at(q.worked.values[a.key]), ("This is ", a, ", not ", z, ": this is before the activation.")
    if q.name == "a":
        said: Sentence = ("This is ", z, ", not ", a, ": put ", z, " through the activation.")
        yield q.at(q.worked.values[z.key]), said
    reads = Symbol("z", l) if q.step.phase == "forward" else Symbol("W", l, mark="d")
    if l > 0 and (step := q.find(reads.key)) is not None:
        z, a = Symbol("z", l - 1), Symbol("a", l)
        said = ("Take ", a, ", the output of the layer before, not ", z, ".")
        yield q.with_formula(reads.key, _swapped(step.formula, a.key, z)), said
    for e, error in q.errors:
        if _slope(error) is not None:
            z, a = Symbol("z", e), Symbol("a", e + 1)
            sign = slope_sign(q.worked.activations[e])
            said = (f"{sign} belongs at ", z, ", before the activation, not at ", a, ".")
            formula = error.alternative if e == q.last and error.alternative else error.formula
            yield q.with_formula(error.key, _at_a(formula, e)), said
    for key in ("L",) if q.name == "L" else ("dL", Symbol("delta", q.last).key):
        if (step := q.find(key)) is not None and (q.is_back or q.name == "L"):
            z, a = Symbol("z", q.last), Symbol("a", q.last + 1)
            said = ("The loss compares y with ", a, ", the network's output, not with ", z, ".")
            yield q.with_formula(key, _swapped(step.formula, a.key, z)), said


def _update(q: Question) -> WrongNumbers:
    asked = q.step.result.symbol
    theta, new_theta = replace(asked, mark=""), replace(asked, mark="new")
    if q.name in ("dW", "db") and (new := q.find(new_theta.key)) is not None:
        old = q.worked.values[theta.key]
        said: Sentence = ("This is the ", new_theta, ": the gradient comes before the update.")
        yield q.at(new.result.value), said
        said = ("This is the step of ", theta, ", which contains η: the question asks for the gradient.")
        yield q.at(old - new.result.value), said
    if asked.mark != "new":
        return
    old, gradient = q.worked.values[theta.key], q.worked.values[replace(asked, mark="d").key]
    step = old - q.step.result.value
    direction = _direction(q.step.formula).value(q.worked.values)
    plain = bool((direction == gradient).all())
    do: Sentence = ("the optimiser turns it into another direction first",)
    if plain:
        do = ("subtract η times it from ", theta)
    yield q.at(gradient), ("This is the gradient: ", *do, ".")
    yield q.at(step), ("This is the step alone: subtract it from ", theta, f" = {answer_text(q.at(old))}.")
    yield q.at(old + step), ("The step was added: the ", new_theta, " is the old one minus the step.")
    yield q.at(old), ("This is the old ", theta, ": subtract the step from it.")
    rate = next((n for n in walk(q.step.formula) if isinstance(n, Number) and n.label == "η"), None)
    if rate is not None and rate.number:
        what = "gradient" if plain else "optimiser's direction"
        said = (f"η is missing: multiply the {what} by η = {rate.number:g}.",)
        yield q.at(old - step / rate.number), said


def _direction(update: Expression) -> Expression:
    """What η multiplies in the formula of a new parameter."""
    return next(
        node.expr
        for node in walk(update)
        if isinstance(node, Scaled) and isinstance(node.factor, Number) and node.factor.label == "η"
    )


def _slope(error: Step) -> Apply | None:
    """The derivative of the activation in the formula of an error, fused or not."""
    for formula in (error.formula, error.alternative):
        for node in walk(formula) if formula is not None else ():
            match node:
                case Apply(expr=Symbol(letter="z"), derivative=True):
                    return node
    return None


def _swapped(node: Expression, old: str, new: Symbol) -> Expression:
    """The expression with one symbol in the place of another; a transposed one stays transposed."""
    return substitute(node, old, lambda symbol: replace(new, transposed=symbol.transposed))


def _at_a(node: Expression, layer: int) -> Expression:
    """The formula of an error with the derivative of the activation taken at a in place of z."""
    if isinstance(node, Apply) and node.derivative:
        return replace(node, expr=_swapped(node.expr, Symbol("z", layer).key, Symbol("a", layer + 1)))
    return mapped(node, lambda part: _at_a(part, layer))


def slope_sign(activation: str) -> str:
    """How the derivative of an activation is written: σ′, ReLU′."""
    return f"{ACTIVATIONS[activation].sign}′"


SLIPS = table(
    Slip("sign", "the sign", _sign),
    Slip("derivative", "σ′ is missing", _derivative),
    Slip("average", "1/N", _average),
    Slip("factor", "a factor of 2 or ½", _factor),
    Slip("transposed", "not transposed", _transposed),
    Slip("activation", "before or after the activation", _activation),
    Slip("update", "gradient or update", _update),
)
