"""A result taken apart: one entry as a sum over neurons, a gradient of weights as a sum over samples."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, check_count
from engine.numbers import significant
from engine.worked.expressions import (
    DERIVATIVE,
    Apply,
    Difference,
    Expression,
    Hadamard,
    Jacobian,
    Maximum,
    Number,
    Over,
    Product,
    Quotient,
    Scaled,
    Sum,
    Symbol,
    Total,
)
from engine.worked.worked import Step

Term = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Entry:
    """One entry of a result as a sum: each term is a product of factors (what it is, its number)."""

    terms: tuple[Term, ...]
    value: float


def entry(step: Step, row: int, column: int) -> Entry:
    """The sum that makes up one entry of a step's result.

        delta2[1] = delta3[1] · W3[1,1] · σ′(z2[1]) + …

    Args:    row, column: from 0. The labels count from 1; a single sample's vectors have one index.
    Returns: Entry; its terms, multiplied out and added, give its value.
    Raises:  ValueError where the result has no such entry.
    """
    height, width = step.result.value.shape
    check_count("row", row, least=0, most=height - 1)
    check_count("column", column, least=0, most=width - 1)
    reads_da = any(operand.name == "da" for operand in step.operands)
    formula = step.alternative if reads_da and step.alternative else step.formula
    return Entry(tuple(_terms(formula, row, column, step.values)), float(step.result.value[row, column]))


def per_sample(step: Step) -> tuple[Array, ...]:
    """The N matrices that add up to dW, one per sample: the outer products of a's row and delta's row.

    Raises: ValueError for another step than dW.
    """
    if step.result.name != "dW":
        raise ValueError(f"per_sample needs the step of a dW. Got {step.key}.")
    a, delta = (operand.value for operand in step.operands)
    return tuple(np.outer(before, error) for before, error in zip(a, delta, strict=True))


def _terms(node: Expression, i: int, j: int, env: Mapping[str, Array]) -> list[Term]:
    """Entry (i, j) of a node, multiplied out into terms."""

    def at(part: Expression, i: int = i, j: int = j) -> list[Term]:
        return _terms(part, i, j, env)

    def times(left: list[Term], right: list[Term]) -> list[Term]:
        return [(*a, *b) for a in left for b in right]

    match node:
        case Product(factors=(first, *rest)) if rest:
            right = rest[0] if len(rest) == 1 else Product(tuple(rest))
            inner = first.value(env).shape[1]
            return [term for k in range(inner) for term in times(at(first, i, k), at(right, k, j))]
        case Hadamard(factors=(first, *rest)) if rest:
            return times(at(first), at(rest[0] if len(rest) == 1 else Hadamard(tuple(rest))))
        case Scaled(factor=factor, expr=expr):
            return times(at(factor), at(expr))
        case Sum(terms=parts):
            return [term for part in parts for term in at(part)]
        case Difference(a=a, b=b):
            return [*at(a), *((("−1", -1.0), *term) for term in at(b))]
        case Jacobian(Z=Z, vector=vector, axis=1):
            matrix = node.matrix(Z.value(env)[i])
            return [
                (*term, (f"J[{k + 1},{j + 1}]", float(matrix[k, j])))
                for k in range(len(matrix))
                for term in at(vector, i, k)
            ]
        case Over(expr=expr, axis=axis):
            length = expr.value(env).shape[axis]
            return [term for k in range(length) for term in (at(expr, k, j) if axis == 0 else at(expr, i, k))]
        case Total(expr=expr):
            height, width = expr.value(env).shape
            return [term for m in range(height) for n in range(width) for term in at(expr, m, n)]
        case _:
            value = node.value(env)
            number = value[min(i, value.shape[0] - 1), min(j, value.shape[1] - 1)]
            return [((_label(node, i, j, env), float(number)),)]


_SIGNS = {"sigmoid": "σ"}


def _label(node: Expression, i: int, j: int, env: Mapping[str, Array]) -> str:
    """How one entry of a node is written, with indices from 1."""
    match node:
        case Symbol():
            if node.transposed:
                i, j = j, i
            rows, columns = env[node.key].shape
            if rows == columns == 1 and node.layer is None:
                return node.key
            one_index = rows == 1 and not node.name.endswith("W")
            return f"{node.key}[{j + 1}]" if one_index else f"{node.key}[{i + 1},{j + 1}]"
        case Number(number=number, label=label):
            return label or significant(number)
        case Apply(function=function, expr=expr):
            name = function.removeprefix(DERIVATIVE)
            dash = "′" if function.startswith(DERIVATIVE) else ""
            return f"{_SIGNS.get(name, name)}{dash}({_label(expr, i, j, env)})"
        case Sum(terms=parts):
            return f"({' + '.join(_label(part, i, j, env) for part in parts)})"
        case Difference(a=a, b=b):
            return f"({_label(a, i, j, env)} − {_label(b, i, j, env)})"
        case Quotient(a=a, b=b):
            below = _label(b, i, j, env)
            grouped = f"({below})" if isinstance(b, Hadamard | Scaled | Quotient) else below
            return f"{_label(a, i, j, env)} / {grouped}"
        case Hadamard(factors=parts):
            return "·".join(_label(part, i, j, env) for part in parts)
        case Maximum(terms=parts):
            return f"max({', '.join(_label(part, i, j, env) for part in parts)})"
        case Scaled(factor=factor, expr=expr):
            return f"{_label(factor, i, j, env)}·{_label(expr, i, j, env)}"
        case _:
            return f"entry [{i + 1},{j + 1}]"
