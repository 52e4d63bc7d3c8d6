"""What a file writes below a step's formula: g or g′ entry by entry, the Jacobian of softmax, why a − y."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.worked.expressions import Apply, Expression, Jacobian, walk
from engine.worked.worked import Step
from pages.backprop.functions import activation_lines
from pages.backprop.reasons import derivation_lines, jacobian_lines
from pages.formulas.writer import FormulaWriter

MOST_WRITTEN = 8
"""Most units of a layer whose activations are written out."""


@dataclass(frozen=True)
class WrittenOut:
    """Lines under one name; each is its pieces, between which it may break, and a reason or ""."""

    name: str
    lines: tuple[tuple[list[str], str], ...]


def written_out(step: Step, writer: FormulaWriter, extra: int) -> Iterator[WrittenOut]:
    """What stands below a step's formula in a file; nothing for most steps.

    Args:
        writer: writes symbols, and numbers from its env.
        extra:  the digits more with which the step's numbers print a derivative g′(z).
    """
    several = ", sample 1" if len(step.result.value) > 1 and not step.result.symbol.is_weights else ""
    if step.result.name == "a":
        yield from _entries(f"Activation{several}", step, writer, 0)
    elif any(isinstance(part, Apply) and part.derivative for part in walk(step.formula)):
        yield from _entries(f"Derivative{several}", step, writer, extra)
    for formula in _jacobians(step):
        lines = tuple((line, "") for line in jacobian_lines(formula, writer))
        yield WrittenOut(f"Jacobian{several}", lines)
    if derived := derivation_lines(step, writer):
        yield WrittenOut(
            derived["title"], tuple((line["pieces"], line["reason"]) for line in derived["lines"])
        )


def entry_lines(step: Step, row: int, column: int, writer: FormulaWriter, extra: int) -> list[str]:
    """The activation of a step at one entry in one line, "σ(z₁) = 1/(1 + e^−z₁) = … = 0.57"; [] for none."""
    found = activation_lines(step, row, column, replace(writer, numbers=False), extra)
    return [] if found is None else [*found["symbols"], *found["numbers"]]


def _entries(name: str, step: Step, writer: FormulaWriter, extra: int) -> Iterator[WrittenOut]:
    """Each entry of the first sample."""
    width = step.result.value.shape[1]
    shown = width if width <= MOST_WRITTEN + 1 else MOST_WRITTEN
    lines = [(entry_lines(step, 0, column, writer, extra), "") for column in range(shown)]
    kept = tuple(line for line in lines if line[0])
    if kept:
        yield WrittenOut(name, kept)


def _jacobians(step: Step) -> Iterator[Jacobian]:
    """The step's Jacobian of softmax, whether its formula has it or the other way to write it."""
    written: tuple[Expression | None, ...] = (step.formula, step.alternative)
    yield from [formula for formula in written if isinstance(formula, Jacobian)][:1]
