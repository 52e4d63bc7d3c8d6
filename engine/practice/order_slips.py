"""Slips of order: rows for columns, before for after the activation, the gradient for the update."""

from dataclasses import replace

import numpy as np

from engine.arrays import Array
from engine.practice.chain_slips import slope_sign
from engine.practice.exercises import answer_text
from engine.practice.recalculation import Change, Question, Values, WrongSteps, slope_of
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
    walk,
)


def transposed(q: Question) -> WrongSteps:
    """Row and column exchanged, in the result or in a matrix of weights."""
    row, column, value = q.exercise.row, q.exercise.column, q.step.result.value
    if row != column and column < value.shape[0] and row < value.shape[1]:
        said: Sentence = ("Row and column are exchanged: this is the entry across the diagonal.",)
        yield Change({q.step.key: lambda values: _across(q.step.formula.value(values))}), said
    for key in (Symbol("z", q.layer).key, Symbol("a", q.layer + 1, mark="d").key, q.step.key):
        if (step := q.find(key)) is None:
            continue
        for part in {part.key: part for part in symbols(step.formula) if part.name == "W"}.values():
            W, turned = q.worked.values[part.key], _across(q.worked.values[part.key])
            # A comparison with NaN is False: a kink would make a number of what isn't there
            if step.result.name == "z" and W.shape[0] != W.shape[1]:
                continue
            said = (
                replace(part, transposed=False),
                " is the wrong way round: each sum must run over the index that both matrices share.",
            )
            yield q.with_operand(key, part, turned), said


def _across(matrix: Array) -> Array:
    """Entry (j, i) in the place of (i, j), NaN where there is none."""
    side = min(matrix.shape)
    across = np.full(matrix.shape, np.nan)
    across[:side, :side] = matrix[:side, :side].T
    return across


def activation(q: Question) -> WrongSteps:
    """z in the place of a, or a in the place of z."""
    l = q.layer
    z, a = Symbol("z", l), Symbol("a", l + 1)
    if q.name == "z":
        yield _read_off(q, a), ("This is ", a, ", not ", z, ": this is before the activation.")
    if q.name == "a":
        said: Sentence = ("This is ", z, ", not ", a, ": put ", z, " through the activation.")
        yield _read_off(q, z), said
    reads = Symbol("z", l) if q.step.phase == "forward" else Symbol("W", l, mark="d")
    if l > 0 and (step := q.find(reads.key)) is not None:
        z, a = Symbol("z", l - 1), Symbol("a", l)
        said = ("Take ", a, ", the output of the layer before, not ", z, ".")
        yield Change({reads.key: _swapped(step.formula, a.key, z).value}), said
    for e, error in q.errors:
        if slope_of(error) is not None:
            z, a = Symbol("z", e), Symbol("a", e + 1)
            sign = slope_sign(q.worked.activations[e])
            said = (f"{sign} belongs at ", z, ", before the activation, not at ", a, ".")
            formula = error.alternative if e == q.last and error.alternative else error.formula
            yield Change({error.key: _at_a(formula, e).value}), said
    for key in ("L",) if q.name == "L" else ("dL", Symbol("delta", q.last).key):
        if (step := q.find(key)) is not None and (q.is_back or q.name == "L"):
            z, a = Symbol("z", q.last), Symbol("a", q.last + 1)
            said = ("The loss compares y with ", a, ", the network's output, not with ", z, ".")
            yield Change({key: _swapped(step.formula, a.key, z).value}), said


def update(q: Question) -> WrongSteps:
    """The gradient, the step and the new parameter taken for each other, or η left out."""
    asked = q.step.result.symbol
    theta, new_theta = replace(asked, mark=""), replace(asked, mark="new")
    if q.name in ("dW", "db") and (new := q.find(new_theta.key)) is not None:
        said: Sentence = ("This is the ", new_theta, ": the gradient comes before the update.")
        old, moved = q.worked.values[theta.key], new.result.value
        yield Change({q.step.key: lambda values: moved}), said
        said = ("This is the step of ", theta, ", which contains η: the question asks for the gradient.")
        yield Change({q.step.key: lambda values: old - moved}), said
    if asked.mark == "new":
        yield from _new(q, theta)


def _new(q: Question, theta: Symbol) -> WrongSteps:
    """What may be taken for the new parameter."""
    formula, gradient = q.step.formula, replace(theta, mark="d")
    old, direction = q.worked.values[theta.key], _direction(formula).value(q.worked.values)
    plain = bool((direction == q.worked.values[gradient.key]).all())
    do: Sentence = ("the optimiser turns it into another direction first",)
    if plain:
        do = ("subtract η times it from ", theta)

    def step(values: Values) -> Array:
        moved: Array = old - formula.value(values)
        return moved

    key = q.step.key
    yield _read_off(q, gradient), ("This is the gradient: ", *do, ".")
    said: Sentence = ("This is the step alone: subtract it from ", theta, f" = {answer_text(q.at(old))}.")
    yield Change({key: step}), said
    said = ("The step was added: the ", q.step.result.symbol, " is the old one minus the step.")
    yield Change({key: lambda values: old + step(values)}), said
    yield _read_off(q, theta), ("This is the old ", theta, ": subtract the step from it.")
    rate = next((n for n in walk(formula) if isinstance(n, Number) and n.label == "η"), None)
    if rate is not None and rate.number:
        eta, what = rate.number, "gradient" if plain else "optimiser's direction"
        said = (f"η is missing: multiply the {what} by η = {eta:g}.",)
        yield Change({key: lambda values: old - step(values) / eta}), said


def _read_off(q: Question, symbol: Symbol) -> Change:
    """The change of taking another matrix for the result."""
    return Change({q.step.key: symbol.value})


def _direction(update: Expression) -> Expression:
    """What η multiplies in the formula of a new parameter."""
    return next(
        node.expr
        for node in walk(update)
        if isinstance(node, Scaled) and isinstance(node.factor, Number) and node.factor.label == "η"
    )


def _swapped(node: Expression, old: str, new: Symbol) -> Expression:
    """The expression with one symbol in the place of another; a transposed one stays transposed."""
    return substitute(node, old, lambda symbol: replace(new, transposed=symbol.transposed))


def _at_a(node: Expression, layer: int) -> Expression:
    """The formula of an error with the derivative of the activation taken at a in place of z."""
    if isinstance(node, Apply) and node.derivative:
        return replace(node, expr=_swapped(node.expr, Symbol("z", layer).key, Symbol("a", layer + 1)))
    return mapped(node, lambda part: _at_a(part, layer))
