"""Writes out the activation behind one entry: a = g(z), or g′(z), as a formula and with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from engine.activations import ACTIVATIONS, make_activation
from engine.worked.activation_forms import Branch, Unit, activation_branch
from engine.worked.entries import at_entry, entry_formula
from engine.worked.expressions import Apply, Expression, Number, Symbol, walk
from engine.worked.worked import Step
from pages.formulas.precision import precise
from pages.formulas.writer import FormulaWriter

Array = np.ndarray[Any, Any]
MOST_UNITS = 8
"""Most units of a softmax whose sum is written out."""


def activation_lines(
    step: Step, row: int, column: int, writer: FormulaWriter, extra: int
) -> dict[str, Any] | None:
    """The function of a step at one entry, and its numbers; None for a step that applies none.

    Args:
        step:        one that computes a = g(z), or multiplies by g′(z).
        row, column: the entry, from 0.
        writer:      writes symbols, and numbers from its env.
        extra:       the extra digits that the entry's line prints of the function's value.
    Returns: pieces of markup, "symbols" as σ(z) = 1/(1 + e⁻ᶻ) and "numbers" (none where they say no more).
    """
    found = _applied(entry_formula(step))
    if found is None:
        return None
    applied, unit = found[0], _unit(found[1], row, column, step.values)
    activation = make_activation(applied.function, **dict(applied.parameters))
    branch = activation_branch(activation, float(unit.z.value(step.values)[0, 0]), unit)
    if branch is None or (activation.mixes and len(unit.row) > MOST_UNITS):
        return None
    formula = branch.slope if applied.derivative else branch.value
    left = writer.symbol(unit.a) if activation.mixes else writer.write(replace(applied, expr=unit.z))
    reason = _where(branch, unit, writer)
    symbols = [left, *writer.after_equals(formula), *reason]
    if isinstance(formula, Number):
        return {"symbols": symbols, "numbers": []}
    value = applied.value(step.values)[row : row + 1, column : column + 1]
    numbers = replace(writer, numbers=True, extra=0)
    printed = writer.infix("=") + writer.row(numbers.number(float(value[0, 0]), extra))
    if isinstance(formula, Symbol):
        return {"symbols": [left, *writer.after_equals(formula), printed, *reason], "numbers": []}
    pieces = precise(numbers, formula, value, result_extra=extra).after_equals(formula)
    return {"symbols": symbols, "numbers": [*pieces, printed]}


def _applied(formula: Expression) -> tuple[Apply, Symbol] | None:
    """The activation that a formula applies to a z, or its derivative; and that z."""
    for part in walk(formula):
        match part:
            case Apply(function=name, expr=Symbol("z", int()) as z) if name in ACTIVATIONS:
                return part, z
    return None


def _unit(z: Symbol, row: int, column: int, env: Mapping[str, Array]) -> Unit:
    """The symbols of one unit, with their indices."""
    a = Symbol("a", (z.layer or 0) + 1)
    width = env[z.key].shape[1]
    every = tuple(at_entry(z, row, k, env) for k in range(width))
    return Unit(every[column], at_entry(a, row, column, env), every)


def _where(branch: Branch, unit: Unit, writer: FormulaWriter) -> list[str]:
    """The reason for a branch, ", as z > 0"; nothing for a function that has one formula."""
    if not branch.relation:
        return []
    relation = writer.symbol(unit.z) + writer.infix(branch.relation) + writer.constant(0.0)
    return [writer.aside("as ") + relation]
