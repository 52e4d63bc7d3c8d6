"""The slips that learners make in backpropagation, each known by the wrong number that it gives.

Each row of SLIPS computes that number from the worked steps, with the steps that follow computed again from
there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from engine.activations import ACTIVATIONS
from engine.options import Option, table
from engine.practice.exercises import said_of, written
from engine.practice.recalculation import Question
from engine.worked.expressions import (
    DERIVATIVE,
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

Pairs = Iterator[tuple[float, str]]

MEANS = {
    "mse": "N·K",
    "mse_sample": "N",
    "half_mse": "N·K",
    "mae": "N·K",
    "huber": "N·K",
    "bce": "N·K",
    "cce": "N",
}
"""What a loss is a mean over; the others are sums."""
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
    """One slip, and what it gives for a question: pairs of a wrong number and what to do about it."""

    wrong: Callable[[Question], Pairs]


def _sign(q: Question) -> Pairs:
    why = "The sign is wrong."
    if q.name == "L":
        logs = q.worked.loss in ("bce", "cce")
        why += " A loss is not negative"
        why += ": log a is, so there is a minus in front." if logs else "."
    elif q.step.phase == "backward":
        why += " The error of the output starts from a − y, not from y − a."
    yield -q.right, why


def _derivative(q: Question) -> Pairs:
    for error in q.errors:
        l, name = error.layer, q.worked.activations[(error.layer or 1) - 1]
        given = q.worked.values.get("dL" if l == len(q.worked.activations) else f"da{l}")
        if given is None:
            continue
        mark = slope_sign(name)
        do = f"multiply ∂L/∂a[{l}] by {mark}(z[{l}])"
        if name == "softmax":
            mark, do = "The Jacobian of softmax", f"multiply each row of ∂L/∂a[{l}] by it"
        elif error.key == q.step.key and (slope := _slope(error)) is not None:
            do += f" = {written(q.at(slope.value(q.worked.values)))}"
        where = "" if error.key == q.step.key else f" in δ[{l}]"
        yield q.after({error.key: given}), f"{mark} is missing{where}: {do}."


def _average(q: Question) -> Pairs:
    N, K = q.worked.samples, q.worked.net_dims[-1]
    if not q.is_back and q.name != "L":
        return
    if per := MEANS.get(q.worked.loss):
        parts = {"N": N} if per == "N" else {"N·K": N * K, "N": N, "K": K}
        for words, number in parts.items():
            what = {"N": "samples", "K": "outputs", "N·K": "numbers"}[words]
            said = f"1/{words.replace('N·K', '(N·K)')} is missing: this loss is a mean over {number} {what}."
            yield q.scaled(number), said
    elif q.worked.loss:
        yield q.scaled(1 / N), f"1/{N} is too much: this loss is a sum over the samples, not a mean."


def _factor(q: Question) -> Pairs:
    if not q.is_back and q.name != "L":
        return
    squares = q.worked.loss in SQUARES
    about = f" Here the loss is {SQUARES[q.worked.loss]}." if squares else " No square is in this loss."
    if q.name != "L":
        about = f" {about.strip()[:-1]}, and the derivative of r² is 2r." if squares else about
    yield q.scaled(2), f"A factor 2 too much.{about}"
    yield q.scaled(0.5), f"A factor ½ too much.{about}"


def _transposed(q: Question) -> Pairs:
    row, column, value = q.exercise.row, q.exercise.column, q.step.result.value
    if row != column and column < value.shape[0] and row < value.shape[1]:
        said = "This is the entry across the diagonal: something that should be transposed is not."
        yield float(value[column, row]), said
    for key in (f"z{q.layer}", f"da{q.layer}", q.step.key):
        if (step := q.find(key)) is None:
            continue
        for part in {part.key: part for part in symbols(step.formula) if part.name == "W"}.values():
            said = f"{said_of(part)} lies the wrong way round: each sum runs over what row and column share."
            yield q.with_formula(key, substitute(step.formula, part.key, transpose)), said


def _activation(q: Question) -> Pairs:
    l, last = q.layer, len(q.worked.activations)
    if q.name in ("z", "a"):
        other = "a" if q.name == "z" else "z"
        do = f"put z[{l}] through the activation" if q.name == "a" else "this is before the activation"
        yield q.at(q.worked.values[f"{other}{l}"]), f"This is {other}[{l}], not {q.name}[{l}]: {do}."
    reads = [f"z{l}"] if q.step.phase == "forward" else [f"dW{l}"]
    for key in reads:
        if l > 1 and (step := q.find(key)) is not None:
            changed = _swapped(step.formula, f"a{l - 1}", Symbol("z", l - 1))
            said = f"Take a[{l - 1}], what the layer before gives out, not z[{l - 1}]."
            yield q.with_formula(key, changed), said
    for error in q.errors:
        slope = _slope(error)
        e, name = error.layer or 1, q.worked.activations[(error.layer or 1) - 1]
        if slope is not None:
            mark = slope_sign(name)
            said = f"{mark} belongs at z[{e}], before the activation, not at a[{e}]."
            formula = error.alternative if e == last and error.alternative else error.formula
            yield q.with_formula(error.key, _at_a(formula, e)), said
    for key in ("L",) if q.name == "L" else ("dL", f"delta{last}"):
        if (step := q.find(key)) is not None and (q.is_back or q.name == "L"):
            changed = _swapped(step.formula, f"a{last}", Symbol("z", last))
            said = f"The loss compares y with a[{last}], what the network gives out, not with z[{last}]."
            yield q.with_formula(key, changed), said


def _update(q: Question) -> Pairs:
    if q.name in ("dW", "db") and (new := q.find(f"new_{q.name[1:]}{q.layer}")) is not None:
        letter = f"{q.name[1:]}[{q.layer}]"
        old = q.worked.values[f"{q.name[1:]}{q.layer}"]
        yield q.at(new.result.value), f"This is the new {letter}: the gradient comes before the update."
        said = f"This is the step of {letter}, η is in it already: the gradient is asked for."
        yield q.at(old - new.result.value), said
    if not q.name.startswith("new_"):
        return
    kind, l = q.name.removeprefix("new_"), q.layer
    old, gradient = q.worked.values[f"{kind}{l}"], q.worked.values[f"d{kind}{l}"]
    step, letter = old - q.step.result.value, f"{kind}[{l}]"
    direction = _direction(q.step.formula).value(q.worked.values)
    plain = bool((direction == gradient).all())
    do = f"subtract η times it from {letter}" if plain else "the rule makes another direction of it first"
    yield q.at(gradient), f"This is the gradient: {do}."
    yield q.at(step), f"This is the step alone: subtract it from {letter} = {written(q.at(old))}."
    yield q.at(old + step), f"Added: the new {letter} is the old one minus the step, downhill."
    yield q.at(old), f"This is the old {letter}: subtract the step from it."
    rate = next((n for n in walk(q.step.formula) if isinstance(n, Number) and n.label == "η"), None)
    if rate is not None and rate.number:
        what = "gradient" if plain else "rule's direction"
        yield q.at(old - step / rate.number), f"η is missing: multiply the {what} by η = {rate.number:g}."


def _direction(update: Expression) -> Expression:
    """What η multiplies in the formula of a new parameter."""
    return next(
        node.expr
        for node in walk(update)
        if isinstance(node, Scaled) and isinstance(node.factor, Number) and node.factor.label == "η"
    )


def _slope(error: Step) -> Apply | None:
    """Where the formula of an error has the derivative of the activation, fused or not."""
    for formula in (error.formula, error.alternative):
        for node in walk(formula) if formula is not None else ():
            z = isinstance(node, Apply) and isinstance(node.expr, Symbol) and node.expr.name == "z"
            if isinstance(node, Apply) and z and node.function.startswith(DERIVATIVE):
                return node
    return None


def _swapped(node: Expression, old: str, new: Symbol) -> Expression:
    """The expression with one symbol in the place of another; a transposed one stays transposed."""
    return substitute(node, old, lambda symbol: replace(new, transposed=symbol.transposed))


def _at_a(node: Expression, layer: int) -> Expression:
    """The formula of an error with the activation's derivative taken at a in place of z."""
    if isinstance(node, Apply) and node.function.startswith(DERIVATIVE):
        return replace(node, expr=_swapped(node.expr, f"z{layer}", Symbol("a", layer)))
    return mapped(node, lambda part: _at_a(part, layer))


def slope_sign(activation: str) -> str:
    """How the derivative of an activation is written: σ′, ReLU′."""
    return "σ′" if activation == "sigmoid" else f"{ACTIVATIONS[activation].label}′"


SLIPS = table(
    Slip("sign", "the sign", _sign),
    Slip("derivative", "σ′ is missing", _derivative),
    Slip("average", "1/N", _average),
    Slip("factor", "a factor 2 or ½", _factor),
    Slip("transposed", "not transposed", _transposed),
    Slip("activation", "before or after the activation", _activation),
    Slip("update", "gradient or update", _update),
)
