"""Writes a formula: what comes in which order and in which brackets, the same in every markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.worked.expressions import (
    Apply,
    Constant,
    Diagonal,
    Difference,
    Expression,
    Hadamard,
    Jacobian,
    Maximum,
    Negative,
    Number,
    Over,
    Power,
    Product,
    Quotient,
    Scaled,
    Sum,
    Symbol,
    Total,
)
from pages.formulas.markup import Markup
from pages.formulas.notation import LETTERS, LEVELS, OWN, SCALARS, TIGHTEST, Convention, is_bare
from pages.formulas.numbers import MOST_COLUMNS, MOST_ROWS

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class FormulaWriter(Markup):
    """Writes expressions that were laid by `oriented`: with symbols, or with numbers.

    Attributes:
        convention: how matrices lie.
        env:        a matrix per key, where `numbers` is set.
        numbers:    whether numbers stand in the place of symbols.
        digits:     decimals.
        extra:      digits of operands beyond these, where the calculation needs them to give its result.
        fewer:      the same for the operands that need fewer, by key.
        rows, columns: most of a matrix that are written out.
        deep:       with numbers, also compute what is inside the top operation.
        inline:     write a factor of one entry: no T, quotients and roots on one line, dots for products.
    """

    convention: Convention = OWN
    env: Mapping[str, Array] = field(default_factory=dict)
    numbers: bool = False
    digits: int = 4
    extra: int = 0
    fewer: Mapping[str, int] = field(default_factory=dict)
    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS
    deep: bool = False
    inline: bool = False

    # The walk

    def write(self, node: Expression) -> str:
        """A node, written."""
        return "".join(self.pieces(node))

    def pieces(self, node: Expression) -> list[str]:
        """A node in pieces, between which a line may break."""
        match node:
            case Sum(terms):
                return self._joined(terms, "+", 1)
            case Difference(a, b):
                left = [self.inner(a, 1)] if self.deep else self.pieces(a)
                return [*left, *self._joined((b,), "−", 2, first=True)]
            case Hadamard(factors):
                return self._joined(factors, "·" if self.inline else "∘", TIGHTEST)
            case Product(factors):
                written = [self.inner(factor, TIGHTEST) for factor in factors]
                return [written[0], *(self.close + factor for factor in written[1:])]
            case Scaled(factor, Total() as expr) if not self.deep:
                first, *others = self.pieces(expr)
                return [f"{self.inner(factor, 3)}{self.times(expr)}{first}", *others]
            case Total(Sum(terms)) if not self.deep:
                found = self._joined(terms, "+", 1)
                found[0] = f"{self.total}{self.far_brackets[0]}{found[0]}"
                found[-1] += self.far_brackets[1]
                return found
        return [self._whole(node)]

    def after_equals(self, node: Expression) -> list[str]:
        """A node in pieces, with = in front."""
        first, *others = self.pieces(node)
        return [self.infix("=") + first, *others]

    def inner(self, node: Expression, level: int) -> str:
        """A node inside an operation, in brackets if it binds less tightly."""
        if self.deep and not is_bare(node):
            return self.matrix(node.value(self.env), self.extra)
        content = self.write(node)
        loose = LEVELS.get(type(node), TIGHTEST) < level or (level > 0 and self._is_negative(node))
        return self.brackets(content) if loose else content

    def _is_negative(self, node: Expression) -> bool:
        """Whether a node is written as a number with a minus; a matrix has brackets of its own."""
        match node:
            case Symbol(index=index):
                return self.numbers and bool(index) and bool(node.value(self.env)[0, 0] < 0)
            case Number(number):
                return number < 0 and self.numbers
        return False

    def _joined(
        self, nodes: Sequence[Expression], sign: str, level: int, *, first: bool = False
    ) -> list[str]:
        found: list[str] = []
        for k, node in enumerate(nodes):
            before = self.infix(sign) if k or first else ""
            alone = self.deep or level > 1 or isinstance(node, Sum | Difference)
            alone = alone or (k > 0 and self._is_negative(node))
            parts = [self.inner(node, level)] if alone else self.pieces(node)
            found += [before + parts[0], *parts[1:]]
        return found

    def _whole(self, node: Expression) -> str:
        match node:
            case Symbol():
                return self._symbol_or_numbers(node)
            case Number(number, label):
                return self.letter(label) if label and not self.numbers else self.constant(number)
            case Constant(expr):
                return self.constant(node.value({}).item()) if self.numbers else self._letters(expr)
            case Scaled(factor, expr):
                return self.row(f"{self.inner(factor, 3)}{self.times(expr)}{self.inner(expr, 3)}")
            case Negative(expr):
                return self.row(self.minus + self.inner(expr, 2))
            case Quotient(a, b) if self.inline:
                return self.row(self.inner(a, 2) + self.infix("/") + self.inner(b, TIGHTEST))
            case Quotient(a, b):
                return self.fraction(self.inner(a, 0), self.inner(b, 0))
            case Diagonal(expr):
                return self.row(self.function("diag") + self.brackets(self.inner(expr, 0)))
            case Over(expr, axis):
                inside = self.inner(expr, 3)
                return self.row(self.ones(0) + inside if axis == 0 else inside + self.ones(1))
            case Total(expr):
                return self.row(self.total + self.inner(expr, TIGHTEST))
            case Maximum(terms):
                inside = self.comma.join(self.inner(term, 0) for term in terms)
                return self.row(self.function("max") + self.brackets(inside))
            case Jacobian(function, Z, vector, _, axis):
                J = self.jacobian(function, self.brackets(self.inner(Z, 0), fixed=True))
                v = self.inner(vector, TIGHTEST)
                return self.row(v + self.close + J if axis == 1 else J + self.close + v)
            case Apply():
                return self._applied(node)
        raise ValueError(f"node must be an Expression known here. Got {type(node).__name__}.")

    def _symbol_or_numbers(self, symbol: Symbol) -> str:
        if not self.numbers:
            return self.term_of(self.symbol(symbol), symbol, symbol)
        return self.term_of(self._operand(symbol, symbol.value(self.env)), symbol, symbol)

    def _operand(self, symbol: Symbol, value: Array) -> str:
        """The numbers of a symbol, or of what is looked up at it."""
        extra = self.extra_of(symbol)
        if symbol.name in SCALARS or symbol.index:
            return self.number(float(value[0, 0]), extra)
        return self.matrix(value, extra)

    def extra_of(self, symbol: Symbol) -> int:
        """The extra digits of a symbol's numbers."""
        return self.fewer.get(symbol.key, self.extra)

    def _applied(self, node: Apply) -> str:
        match node:
            case Apply("sqrt", expr) if not self.inline:
                return self.root(self.inner(expr, 0))
            case Apply("exp", expr):
                return self.exponential(self.inner(expr, 0))
            case Apply("square", expr):
                return self.power(self.inner(expr, self.power_level), 2)
            case Apply("abs", expr):
                return self.bars(self.inner(expr, 0))
            case Apply(expr=Symbol() as symbol, derivative=True):  # σ′(z) is one term, and one matrix
                if self.numbers:
                    return self.term_of(self._operand(symbol, node.value(self.env)), symbol, node)
                name = self.function(node.function, derivative=True)
                content = name + self.brackets(self.symbol(symbol), fixed=True)
                return self.term_of(self.row(content), symbol, node)
        name = self.function(node.function, derivative=node.derivative)
        return self.row(name + self.brackets(self.inner(node.expr, 0)))

    def _letters(self, node: Expression) -> str:
        """What is in a Constant; a difference always has brackets."""
        match node:
            case Number(number, label):
                return self.letter(label) if label else self.constant(number)
            case Negative(expr):
                return self.row(self.minus + self._letters(expr))
            case Quotient(a, b):
                return self.fraction(self._letters(a), self._letters(b))
            case Scaled(factor, expr):
                return self._letters(factor) + self.infix("·") + self._letters(expr)
            case Product(factors):
                return self.close.join(self._letters(factor) for factor in factors)
            case Power(base, exponent):
                return self.power(self._letters(base), exponent)
            case Difference(a, b):
                content = self._letters(a) + self.infix("−") + self._letters(b)
                return self.row(self.brackets(content, fixed=True))
        raise ValueError(f"a constant must be made of letters and numbers. Got {type(node).__name__}.")

    # Symbols

    def symbol(self, symbol: Symbol, *, sub: str = "") -> str:
        """The letter of a symbol with everything around it; its T follows the convention, as its index does.

        `sub` is written as an index in place of the symbol's own.
        """
        if symbol.mark == "d" and symbol.letter in ("a", "L"):
            return self._partial(symbol, sub)
        name = "x" if symbol.key == "a0" else LETTERS.get(symbol.letter, symbol.letter)
        base = self.letter(name)
        if symbol.mark == "d":
            base = self.gradient(base)
        if symbol.mark == "hat":
            base = self.hat(base)
        below = [self.letter(symbol.of)] if symbol.of else []
        below += [self.word(symbol.mark)] if symbol.mark in ("new", "decayed", "max") else []
        below += [self.word("old")] if symbol.old else []
        number = None if symbol.key == "a0" else symbol.layer_number
        return self.scripts(base, below, sub or self._index(symbol), number, self._has_T(symbol))

    def _partial(self, symbol: Symbol, sub: str) -> str:
        """∂L/∂a, of the last layer too, whose key is "dL"; all of it has the T."""
        number = None if symbol.layer is None else symbol.layer + (symbol.letter == "L")
        a = self.scripts(self.letter("a"), [], sub or self._index(symbol), number, False)
        written = self.partial(a)
        if self._has_T(symbol):
            return self.scripts(self.brackets(written), [], "", None, True)
        return written

    def _has_T(self, symbol: Symbol) -> bool:
        """Whether a symbol is written with a T: a matrix that lies the other way round, never one entry."""
        return symbol.transposed != self.convention.turns(symbol) and not self.inline and not symbol.index

    def _index(self, symbol: Symbol) -> str:
        """Written from 1, in the order row, column unless the matrix is turned; 12, but 2,10."""
        turns = len(symbol.index) == 2 and self.convention.turns(symbol)
        digits = [str(k + 1) for k in (symbol.index[::-1] if turns else symbol.index)]
        return (",".join if len("".join(digits)) > 2 else "".join)(digits)

    def term_of(self, content: str, symbol: Symbol, node: Expression) -> str:
        """A term that belongs to a symbol; node is what it computes."""
        return content
