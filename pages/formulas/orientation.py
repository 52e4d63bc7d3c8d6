"""A step's formula as a page shows it: in a convention, or as textbooks have it."""

from __future__ import annotations

from dataclasses import replace

from engine.worked.expressions import Expression, Symbol, transpose
from engine.worked.worked import Step
from pages.formulas.notation import Convention, oriented


def laid_out(step: Step, convention: Convention) -> Expression:
    """A step's formula in a convention; of a loss, a number, only the matrices in it are transposed."""
    if step.result.name == "L" and convention.samples_are == "columns":
        return transpose(step.formula)
    return oriented(step.formula, step.result.symbol, convention)


def textbook(step: Step) -> Step:
    """The step as textbooks have it: the error of a hidden layer in one line, without da in between."""
    reads_da = any(part.name == "da" for part in step.operands)
    return replace(step, formula=step.alternative) if reads_da and step.alternative is not None else step


def lying(symbol: Symbol, convention: Convention) -> Symbol:
    """The symbol of a matrix that lies as the convention has it, so that it is written without a T."""
    return replace(symbol, transposed=convention.turns(symbol))
