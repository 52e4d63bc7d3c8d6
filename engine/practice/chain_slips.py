"""Slips within a sum of products: a factor is left out, or is another neuron's."""

from functools import partial

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.practice.exercises import answer_text
from engine.practice.recalculation import Change, Question, Recipe, Values, WrongSteps, slope_of
from engine.practice.sentences import Sentence
from engine.worked.expressions import Symbol, walk


def slope_sign(activation: str) -> str:
    """How the derivative of an activation is written: σ′, ReLU′."""
    return f"{ACTIVATIONS[activation].sign}′"


def derivative(q: Question) -> WrongSteps:
    """σ′ left out of an error, or multiplied once more where it has cancelled."""
    for l, error in q.errors:
        name, slope, own = q.worked.activations[l], slope_of(error), error.key == q.step.key
        z, da = Symbol("z", l), Symbol("a", l + 1, mark="d")
        given = "dL" if l == q.last else da.key
        mark = slope_sign(name)
        do: Sentence = ("multiply ", da, f" by {mark}(", z, ")")
        if ACTIVATIONS[name].mixes:
            mark, do = f"The Jacobian of {ACTIVATIONS[name].sign}", ("multiply each row of ", da, " by it")
        elif own and slope is not None:
            do += (f" = {answer_text(q.at(slope.value(q.worked.values)))}",)
        where: Sentence = () if own else (" in ", error.result.symbol)
        yield Change({error.key: partial(_looked_up, given)}), (f"{mark} is missing", *where, ": ", *do, ".")
        if slope is not None and slope not in walk(error.formula):
            said = (f"{mark} is one too many", *where, ": the derivative of this loss cancels it.")
            yield Change({error.key: (error.formula * slope).value}), said


def other_slope(q: Question) -> WrongSteps:
    """σ′ of another neuron: any other one of the asked layer, the next or previous one in those after it."""
    for l, error in q.errors:
        slope, z, da = slope_of(error), Symbol("z", l), Symbol("a", l + 1, mark="d")
        if slope is None or slope not in walk(error.formula):
            continue
        given, mark = "dL" if l == q.last else da.key, slope_sign(q.worked.activations[l])
        for shift, neuron in _others(q, l):
            said: Sentence = (f"This takes {mark}(", z, f") of neuron {neuron}, not of the neuron itself.")
            if l > q.layer:
                said = ("In ", error.result.symbol, f", each neuron has its own {mark}(", z, ").")
            recipe = partial(_sloped, given, _rolled(slope.value, shift))
            yield Change({error.key: recipe}), said


def neighbour(q: Question) -> WrongSteps:
    """The number of another neuron: any other one of the asked layer, the next or previous one after it."""
    asked = q.step.result.symbol
    of = asked if asked.name in ("z", "a", "delta", "db") else Symbol("delta", q.layer)
    if (own := q.find(of.key)) is not None and (q.is_back or own is q.step) and q.name != "L":
        for shift, neuron in _others(q, q.layer):
            here = q.exercise.column + 1
            said: Sentence = ("This is ", of, f" of neuron {neuron}: neuron {here} is asked for.")
            if own is not q.step:
                said = ("This takes ", of, f" of neuron {neuron}, not of neuron {here}.")
            yield Change({own.key: _rolled(own.formula.value, shift)}), said
    for l, error in q.errors:
        if l > q.layer:
            said = ("Each ", error.result.symbol, " goes with the weight that leads to its own neuron.")
            for shift, _ in _others(q, l):
                yield Change({error.key: _rolled(error.formula.value, shift)}), said


def weights(q: Question) -> WrongSteps:
    """W left out of a weighted sum, or of the way back through it."""
    sums = [(Symbol("z", q.layer), q.layer)] if q.step.phase == "forward" else []
    backs = [(Symbol("a", l, mark="d"), l) for l in range(q.layer + 1, q.last + 1)] if q.is_back else []
    for result, l in sums + backs:
        W, times = Symbol("W", l), Symbol("a", l) if result.letter == "z" else Symbol("delta", l)
        said = (W, " is missing: multiply each ", times, " by its weight.")
        if q.find(result.key) is not None:
            yield q.with_operand(result.key, W, np.ones_like(q.worked.values[W.key])), said


def inputs(q: Question) -> WrongSteps:
    """The input left out of the gradient of a weight, or the bias out of a weighted sum."""
    a, b = Symbol("a", q.layer), Symbol("b", q.layer)
    if q.step.phase == "forward" and b.key in q.worked.values:
        said: Sentence = (b, " is missing: add it to the weighted sum.")
        yield q.with_operand(Symbol("z", q.layer).key, b, np.zeros_like(q.worked.values[b.key])), said
    if q.is_back and q.step.result.symbol.is_weights:
        gradient, delta = Symbol("W", q.layer, mark="d"), Symbol("delta", q.layer)
        said = (a, " is missing: multiply ", delta, " by what comes into the weight.")
        yield q.with_operand(gradient.key, a, np.ones_like(q.worked.values[a.key])), said


def _others(q: Question, layer: int) -> list[tuple[int, int]]:
    """How far each other neuron of the asked layer is from the asked one, and its number.

    In the layers after it, where no neuron is the asked one, only the next and the previous neuron of each
    are taken, the last being the previous of the first; their number is 0, for it is not said.
    """
    width = q.worked.net_dims[layer + 1]
    if layer > q.layer:
        return [(shift, 0) for shift in sorted({1, width - 1}) if 0 < shift < width]
    return [(shift, (q.exercise.column + shift) % width + 1) for shift in range(1, width)]


def _rolled(recipe: Recipe, shift: int) -> Recipe:
    """A result in which each neuron has the number of the one that is `shift` after it."""
    return lambda values: np.roll(recipe(values), -shift, axis=1)


def _looked_up(key: str, values: Values) -> Array:
    return values[key]


def _sloped(given: str, slope: Recipe, values: Values) -> Array:
    product: Array = values[given] * slope(values)
    return product
