"""Writes out why an error's formula holds: the Jacobian of softmax, and a − y derived line by line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.worked.derivations import Line, softmax_jacobian
from engine.worked.expressions import Jacobian, Symbol, symbols
from engine.worked.worked import Step
from pages.formulas.notation import oriented
from pages.formulas.precision import precise_lines
from pages.formulas.writer import FormulaWriter


def jacobian_lines(node: Jacobian, writer: FormulaWriter) -> list[list[str]]:
    """J = diag(a) − aᵀa of the first sample: with symbols, with numbers, and with both matrices computed.

    Args:
        node:   where J is used, at the z of a softmax.
        writer: writes symbols in the shown convention; its env has a.
    """
    z = next(symbols(node.Z))
    a = Symbol("a", (z.layer or 0) + 1)
    written = oriented(softmax_jacobian(a), a, writer.convention)
    own = replace(writer, env={a.key: writer.env[a.key][:1]}, numbers=True, rows=8, columns=8)
    numbers, between = precise_lines(own, written, softmax_jacobian(a).value(own.env))
    lines = [[writer.letter("J"), *writer.after_equals(written)], numbers.after_equals(written)]
    return lines if between is None else [*lines, between.after_equals(written)]


def derivation_lines(step: Step, writer: FormulaWriter) -> dict[str, Any] | None:
    """The derivation of a step's formula: a title, and pieces of markup with a reason for each line."""
    if not step.derivation:
        return None
    one = any(line.row for line in step.derivation)
    title = "Derived line by line" + (", for the row of one sample" if one else "")
    if one and writer.convention.samples_are == "columns":
        title = "Derived line by line, for the column of one sample"
    lines = [_line(line, step, writer) for line in step.derivation]
    return {"title": title, "lines": lines}


def _line(line: Line, step: Step, writer: FormulaWriter) -> dict[str, Any]:
    of, convention = step.result.symbol, writer.convention
    left = [] if line.left is None else [writer.write(oriented(line.left, of, convention))]
    return {
        "pieces": [*left, *writer.after_equals(oriented(line.right, of, convention))],
        "reason": line.reason,
    }
