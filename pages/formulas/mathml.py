"""Writes formulas as MathML, which the browser sets like a textbook: with symbols, or with numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np

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
from pages.formulas.mathml_letters import function_mathml, label_mathml, letter_mathml, word_mathml
from pages.formulas.notation import LEVELS, OWN, SCALARS, TIGHTEST, Convention, is_bare
from pages.formulas.numbers import MOST_COLUMNS, MOST_ROWS, constant, cut, written

Array = np.ndarray[Any, Any]
Shape = tuple[int, int]

SIGMA = '<mo largeop="false" lspace="0">Σ</mo>'
STRUT = '<mspace width="0" height="1.15em" depth="0.25em"></mspace>'
"""Keeps terms with a shape below them at one height."""


def symbol_mathml(symbol: Symbol, convention: Convention = OWN, *, sub: str = "") -> str:
    """A symbol with its layer as [l]; its T follows the convention. `sub` is an index, as "1,2"."""
    return Writer(convention).symbol(symbol, sub=sub)


def formula_mathml(
    expression: Expression, convention: Convention = OWN, *, env: Mapping[str, Array] | None = None
) -> str:
    """The children of one <math> for an expression that was laid by `oriented`.

    Every symbol carries data-term with its key. With env its shape stands below it.
    """
    return Writer(convention, env=env or {}, shapes=env is not None).write(expression)


def numbers_mathml(
    array: Array, digits: int = 4, *, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS
) -> str:
    """A matrix in brackets, its numbers with so many decimals; of a large one the beginning."""
    array = np.atleast_2d(array)
    head, more_rows, more_columns = cut(array, rows, columns)
    lines = []
    for line in head:
        cells = "".join(f"<mtd><mn>{written(float(x), digits)}</mn></mtd>" for x in line)
        lines.append(f"<mtr>{cells}{'<mtd><mo>⋯</mo></mtd>' if more_columns else ''}</mtr>")
    if more_rows:
        lines.append("<mtr>" + "<mtd><mo>⋮</mo></mtd>" * (head.shape[1] + bool(more_columns)) + "</mtr>")
    table = f'<mtable class="numbers">{"".join(lines)}</mtable>'
    return f'<mrow class="matrix"><mo>[</mo>{table}<mo>]</mo></mrow>'


@dataclass(frozen=True)
class Writer:
    """Writes expressions one way: with symbols, or with numbers where env is given and `numbers` is set.

    Attributes:
        tones:  which colour a term has, by its key.
        deep:   in numbers: also what is inside the top operation is computed.
        rows:   of a matrix that are written out, at most.
    """

    convention: Convention = OWN
    env: Mapping[str, Array] = field(default_factory=dict)
    shapes: bool = False
    numbers: bool = False
    deep: bool = False
    digits: int = 4
    tones: Mapping[str, int] = field(default_factory=dict)
    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS

    # Terms

    def symbol(self, symbol: Symbol, *, sub: str = "") -> str:
        """The letter of a symbol with everything around it."""
        base, own_sub = letter_mathml(symbol.name, symbol.layer)
        below = f"<mtext>{escape(sub)}</mtext>" if sub else ""
        comma = "<mtext>,</mtext>" if own_sub and below else ""
        below = f"<mrow>{own_sub}{comma}{below}</mrow>" if own_sub else below
        above = "" if symbol.layer is None or symbol.key == "a0" else f"<mtext>[{symbol.layer}]</mtext>"
        if symbol.transposed != self.convention.turns(symbol.name):
            above += '<mi mathvariant="normal">T</mi>'
        if above and below:
            return f"<msubsup>{base}<mrow>{below}</mrow><mrow>{above}</mrow></msubsup>"
        if above:
            return f"<msup>{base}<mrow>{above}</mrow></msup>"
        return f"<msub>{base}<mrow>{below}</mrow></msub>" if below else base

    def term(self, content: str, key: str, shape: Shape | None = None) -> str:
        """A term that can light up; its shape below it if shapes are wanted."""
        tone = f" tone-{self.tones[key]}" if key in self.tones else ""
        open_tag = f'class="term{tone}" data-term="{escape(key)}"'
        if self.shapes and shape is not None:
            size = f'<mtext class="shape">{shape[0]}×{shape[1]}</mtext>'
            return f"<munder {open_tag}><mrow>{STRUT}{content}</mrow>{size}</munder>"
        return f"<mrow {open_tag}>{content}</mrow>"

    def matrix(self, array: Array) -> str:
        """Numbers in brackets."""
        return numbers_mathml(array, self.digits, rows=self.rows, columns=self.columns)

    # Expressions

    def write(self, node: Expression) -> str:
        """The MathML of a node."""
        return "".join(self.pieces(node))

    def pieces(self, node: Expression) -> list[str]:
        """The same in pieces between which a line may break."""
        match node:
            case Sum(terms):
                return self._joined(terms, "+", 1)
            case Difference(a, b):
                return [*self.pieces(a), *self._joined((b,), "−", 2, first=True)]
            case Hadamard(factors):
                return self._joined(factors, "∘", TIGHTEST)
            case Product(factors):
                return [self.inner(factor, TIGHTEST) for factor in factors]
            case Scaled(factor, Total() as expr) if not self.deep:
                first, *others = self.pieces(expr)
                return [f"{self.inner(factor, 3)}<mo>·</mo>{first}", *others]
            case Total(Sum(terms)) if not self.deep:
                found = self._joined(terms, "+", 1)
                found[0] = f'{SIGMA}<mo stretchy="false" class="paren">(</mo>{found[0]}'
                found[-1] += '<mo stretchy="false" class="paren">)</mo>'
                return found
        return [self._whole(node)]

    def inner(self, node: Expression, level: int) -> str:
        """A node inside an operation, in parentheses if it binds less than that."""
        if self.deep and not isinstance(node, Number) and not is_bare(node):
            return self.matrix(node.value(self.env))
        content = self.write(node)
        return self._parenthesised(content) if LEVELS.get(type(node), TIGHTEST) < level else content

    def _joined(
        self, nodes: Sequence[Expression], sign: str, level: int, *, first: bool = False
    ) -> list[str]:
        found: list[str] = []
        for k, node in enumerate(nodes):
            before = f'<mo form="infix">{sign}</mo>' if k or first else ""
            alone = self.deep or level > 1 or isinstance(node, Sum | Difference)
            parts = [self.inner(node, level)] if alone else self.pieces(node)
            found += [before + parts[0], *parts[1:]]
        return found

    def _parenthesised(self, content: str) -> str:
        size = ' class="stretched"' if self.numbers else ' stretchy="false" class="paren"'
        return f"<mrow><mo{size}>(</mo>{content}<mo{size}>)</mo></mrow>"

    def _whole(self, node: Expression) -> str:
        match node:
            case Symbol():
                return self._symbol_or_numbers(node)
            case Number(number, label):
                return (
                    label_mathml(label)
                    if label and not self.numbers
                    else f"<mn>{constant(number, self.digits)}</mn>"
                )
            case Scaled(factor, expr):
                dot = "" if not self.numbers and is_bare(expr) else "<mo>·</mo>"
                return f"<mrow>{self.inner(factor, 3)}{dot}{self.inner(expr, 3)}</mrow>"
            case Quotient(a, b):
                return f"<mfrac><mrow>{self.inner(a, 0)}</mrow><mrow>{self.inner(b, 0)}</mrow></mfrac>"
            case Over(expr, axis):
                ones = "<msup><mn>1</mn><mi mathvariant='normal'>T</mi></msup>" if axis == 0 else "<mn>1</mn>"
                inside = self.inner(expr, 3)
                return f"<mrow>{ones}{inside}</mrow>" if axis == 0 else f"<mrow>{inside}{ones}</mrow>"
            case Total(expr):
                return f"<mrow>{SIGMA}{self.inner(expr, TIGHTEST)}</mrow>"
            case Maximum(terms):
                inside = "<mo>,</mo>".join(self.inner(term, 0) for term in terms)
                return f"<mrow>{word_mathml('max')}{self._parenthesised(inside)}</mrow>"
            case Apply():
                return self._applied(node)
            case Jacobian(function, Z, vector, _, axis):
                z = f'<mo stretchy="false">(</mo>{self.inner(Z, 0)}<mo stretchy="false">)</mo>'
                J = f"<mrow><msub><mi>J</mi>{function_mathml(function)}</msub>{z}</mrow>"
                v = self.inner(vector, TIGHTEST)
                return f"<mrow>{v}{J}</mrow>" if axis == 1 else f"<mrow>{J}{v}</mrow>"
        return "".join(self.pieces(node))

    def _symbol_or_numbers(self, symbol: Symbol) -> str:
        if not self.numbers:
            shape = symbol.value(self.env).shape if self.shapes else None
            return self.term(self.symbol(symbol), symbol.key, shape)
        value = symbol.value(self.env)
        if symbol.name in SCALARS:
            return self.term(f"<mn>{written(float(value[0, 0]), self.digits)}</mn>", symbol.key)
        return self.term(self.matrix(value), symbol.key)

    def _applied(self, node: Apply) -> str:
        if node.function == "sqrt":
            return f"<msqrt>{self.inner(node.expr, 0)}</msqrt>"
        if node.function == "square":
            return f"<msup><mrow>{self.inner(node.expr, TIGHTEST)}</mrow><mn>2</mn></msup>"
        if node.function == "abs":
            return f"<mrow><mo>|</mo>{self.inner(node.expr, 0)}<mo>|</mo></mrow>"
        name = node.function.removeprefix(DERIVATIVE)
        sign = function_mathml(name)
        if isinstance(node.expr, Symbol) and node.function != name:  # σ′(z) is one term, and one matrix
            key = node.expr.key
            if self.numbers:
                return self.term(self.matrix(node.value(self.env)), key)
            plain = Writer(self.convention).symbol(node.expr)
            inside = f'<mo stretchy="false">(</mo>{plain}<mo stretchy="false">)</mo>'
            shape = node.value(self.env).shape if self.shapes else None
            return self.term(f'<mrow>{sign}<mo lspace="0" rspace="0">′</mo>{inside}</mrow>', key, shape)
        if node.function != name:
            sign = f'<mrow>{sign}<mo lspace="0" rspace="0">′</mo></mrow>'
        return f"<mrow>{sign}{self._parenthesised(self.inner(node.expr, 0))}</mrow>"
