"""Chooses how many digits the numbers in a written-out formula get, so that they give the printed result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from engine.worked.expressions import Apply, Constant, Expression, Number, Symbol, children, mapped, symbols
from pages.formulas.notation import has_in_between, is_bare
from pages.formulas.numbers import as_printed, constant_as_printed, cut, digits_used, last_digit
from pages.formulas.writer import FormulaWriter

Array = np.ndarray[Any, Any]
Writer = TypeVar("Writer", bound=FormulaWriter)

MOST_EXTRA = 12
"""Most digits more than the page's that an operand gets; what needs more is lost in a float's rounding."""
SLACK = 1e-6
"""Of half a unit: what float arithmetic may add to it."""


def fewest_extra(gives: Callable[[int], bool]) -> int:
    """The fewest extra digits with which the printed operands give the printed result; 0 if none do."""
    return next((extra for extra in range(MOST_EXTRA + 1) if gives(extra)), 0)


def gives(found: float, result: float, digits: int, extra: int = 0) -> bool:
    """Whether a number found from what is printed rounds to the printed result.

        |found − printed result| ≤ half a unit of the result's last printed digit

    Args:
        found:         what the printed operands give; NaN, if they are not all printed, contradicts nothing.
        result:        the exact result, printed with `digits` decimals and `extra` digits more.
    """
    if np.isnan(found) or not np.isfinite(result):
        return True
    half = last_digit(result, digits, extra) / 2
    return abs(found - as_printed(result, digits, extra)) <= half * (1 + SLACK)


def precise(
    writer: Writer,
    node: Expression,
    result: Array,
    below: FormulaWriter | None = None,
    *,
    result_extra: int = 0,
) -> Writer:
    """The writer of a formula's numbers, with the fewest digits with which they give the printed result.

    Args:
        writer: writes the numbers; its env has the operands.
        node:   the formula, laid as it is written.
        result: the exact result, laid likewise; it is printed with writer.digits decimals …
        result_extra: … and as many digits more.
        below:  the writer of the line below with what is computed in between: that must follow too.
    """
    inside = [] if below is None else [part for part in children(node) if not is_bare(part)]
    computed = [(part, part.value(writer.env)) for part in inside]

    def follows(written: Writer) -> bool:
        return _all_give(reread(node, written), result, writer.digits, result_extra) and all(
            _all_give(reread(part, written), value, writer.digits, _used(value, below or writer))
            for part, value in computed
        )

    chosen = replace(writer, extra=fewest_extra(lambda extra: follows(replace(writer, extra=extra))))
    for key in {symbol.key: None for symbol in symbols(node)} if chosen.extra and not writer.deep else ():
        tries = (replace(chosen, fewer={**chosen.fewer, key: fewer}) for fewer in range(chosen.extra))
        chosen = next(filter(follows, tries), chosen)
    return chosen


def precise_lines(writer: Writer, node: Expression, result: Array) -> tuple[Writer, Writer | None]:
    """The writers of a formula's numbers and of the line below, with what is computed in between, if any.

    Each line gives the next: the operands what is computed in between, and that the result.
    """
    between = precise(replace(writer, deep=True), node, result) if has_in_between(node) else None
    return precise(writer, node, result, between), between


def _all_give(formula: Expression, result: Array, digits: int, extra: int = 0) -> bool:
    found = np.broadcast_to(formula.value({}), result.shape)
    return all(
        gives(float(x), float(exact), digits, extra) for x, exact in zip(found.flat, result.flat, strict=True)
    )


@dataclass(frozen=True, eq=False)
class Printed(Expression):
    """A matrix as it is printed; NaN where it is cut off."""

    matrix: Array

    def value(self, env: Mapping[str, Array]) -> Array:
        """The printed numbers."""
        return self.matrix


def reread(node: Expression, writer: FormulaWriter, *, inside: bool = False) -> Expression:
    """The formula with every number in it as the writer prints it: what a reader can compute from it."""
    match node:
        case Number() | Constant():
            x = node.value({}).item()
            return Printed(np.array([[constant_as_printed(x, writer.digits, writer.extra)]]))
        case (Symbol() as symbol) | Apply(expr=Symbol() as symbol, derivative=True):
            return Printed(_printed(node.value(writer.env), writer, writer.extra_of(symbol)))
    if inside and writer.deep:
        return Printed(_printed(node.value(writer.env), writer, writer.extra))
    return mapped(node, lambda part: reread(part, writer, inside=True))


def _used(values: Array, writer: FormulaWriter) -> int:
    """How many extra digits the writer prints of a matrix."""
    return digits_used(cut(values, writer.rows, writer.columns)[0], writer.digits, writer.extra)


def _printed(values: Array, writer: FormulaWriter, extra: int) -> Array:
    """A matrix as it is printed, NaN where it is cut off."""
    head, *_ = cut(values, writer.rows, writer.columns)
    found, (rows, columns) = np.full(values.shape, np.nan), head.shape
    printed = [as_printed(float(x), writer.digits, extra) for x in head.flat]
    found[:rows, :columns] = np.reshape(printed, head.shape)
    return found
