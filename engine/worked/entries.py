"""A result taken apart: one entry as a sum of products, and dW as a sum of one matrix per sample."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from engine.arrays import Array, check_count
from engine.worked.expressions import (
    Difference,
    Expression,
    Hadamard,
    Jacobian,
    Number,
    Over,
    Product,
    Scaled,
    Sum,
    Symbol,
    Total,
    mapped,
)
from engine.worked.worked import Step


class Factor(NamedTuple):
    """One factor of a term: an expression whose symbols each have an index, and its value."""

    what: Expression
    number: float


Term = tuple[Factor, ...]


@dataclass(frozen=True)
class Entry:
    """One entry of a result as a sum: each term is a product of factors."""

    terms: tuple[Term, ...]
    value: float


def entry(step: Step, row: int, column: int) -> Entry:
    """The sum that makes up one entry of a step's result.

        delta2[1] = delta3[0] · W3[1,0] · σ′(z2[1]) + …

    Args:    row, column: from 0, as are the indices of the symbols; a single sample's vectors have one index.
    Returns: Entry; its value is the sum of its terms, each the product of its factors.
    Raises:  ValueError where the result has no such entry.
    """
    height, width = step.result.value.shape
    check_count("row", row, least=0, most=height - 1)
    check_count("column", column, least=0, most=width - 1)
    terms = tuple(_terms(entry_formula(step), row, column, step.values))
    return Entry(terms, float(step.result.value[row, column]))


def entry_formula(step: Step) -> Expression:
    """The formula that an entry is taken from: of a hidden layer's error the textbook's, without da."""
    reads_da = any(operand.name == "da" for operand in step.operands)
    return step.alternative if reads_da and step.alternative else step.formula


def at_entry(symbol: Symbol, row: int, column: int, env: Mapping[str, Array]) -> Symbol:
    """The symbol of one entry of a matrix in a formula; a single number without a layer has no index.

    The index is that of the untransposed matrix, one number where that is a single sample's vector.
    """
    if symbol.transposed:
        row, column = column, row
    rows, columns = env[symbol.key].shape
    plain = replace(symbol, transposed=False)
    if rows == columns == 1 and symbol.layer is None:
        return plain
    one_index = rows == 1 and not symbol.is_weights
    return replace(plain, index=(column,) if one_index else (row, column))


def per_sample(step: Step) -> tuple[Array, ...]:
    """The N matrices that add up to dW, one per sample: the outer products of a's row and delta's row.

    Raises: ValueError if the step isn't that of a dW.
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
            return [*at(a), *((Factor(Number(-1.0), -1.0), *term) for term in at(b))]
        case Jacobian(Z=Z, vector=vector, axis=1):
            matrix = node.matrix(Z.value(env)[i])
            return [
                (*term, Factor(Symbol("J", index=(k, j)), float(matrix[k, j])))
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
            return [(Factor(_indexed(node, i, j, env), float(number)),)]


def _indexed(node: Expression, i: int, j: int, env: Mapping[str, Array]) -> Expression:
    """An expression that is computed entry by entry, with an index at each symbol."""
    if isinstance(node, Symbol):
        return at_entry(node, i, j, env)
    return mapped(node, lambda part: _indexed(part, i, j, env))
