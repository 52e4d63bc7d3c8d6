"""Writes formulas as MathML, which the browser sets like a textbook: with symbols, or with numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, ClassVar

import numpy as np

from engine.worked.expressions import Expression, Symbol, function_sign
from pages.formulas.notation import OWN, TIGHTEST, Convention, is_bare
from pages.formulas.numbers import MOST_COLUMNS, MOST_ROWS, constant, cut, digits_used, number_text
from pages.formulas.writer import FormulaWriter

Array = np.ndarray[Any, Any]
Shape = tuple[int, int]

PARTIAL = '<mi mathvariant="normal">∂</mi>'
EQUALS = '<mo form="infix">=</mo>'
STRUT = '<mspace width="0" height="1.15em" depth="0.25em"></mspace>'
"""Keeps terms with a shape below them at one height."""


def symbol_mathml(symbol: Symbol, convention: Convention = OWN, *, sub: str = "") -> str:
    """A symbol with its layer as [l]; its T follows the convention. `sub` is an index, as "1,2"."""
    return MathmlWriter(convention).symbol(symbol, sub=sub)


def formula_mathml(
    expression: Expression, convention: Convention = OWN, *, env: Mapping[str, Array] | None = None
) -> str:
    """The children of one <math> for an expression that was laid by `oriented`.

    Every symbol carries data-term with its key. With env its shape stands below it.
    """
    return MathmlWriter(convention, env=env or {}, shapes=env is not None).write(expression)


def numbers_mathml(
    array: Array, digits: int = 4, *, extra: int = 0, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS
) -> str:
    """A matrix in brackets, its numbers with `digits` decimals; a large one is cut off, with dots."""
    array = np.atleast_2d(array)
    head, more_rows, more_columns = cut(array, rows, columns)
    used, lines = digits_used(head, digits, extra), []
    for line in head:
        cells = "".join(f"<mtd><mn>{number_text(float(x), digits, extra=used)}</mn></mtd>" for x in line)
        lines.append(f"<mtr>{cells}{'<mtd><mo>⋯</mo></mtd>' if more_columns else ''}</mtr>")
    if more_rows:
        lines.append("<mtr>" + "<mtd><mo>⋮</mo></mtd>" * (head.shape[1] + bool(more_columns)) + "</mtr>")
    table = f'<mtable class="numbers">{"".join(lines)}</mtable>'
    return f'<mrow class="matrix"><mo>[</mo>{table}<mo>]</mo></mrow>'


@dataclass(frozen=True)
class MathmlWriter(FormulaWriter):
    """Spells a formula in MathML.

    Attributes:
        shapes:        whether the shape of each term stands below it, from env.
        lights:        whether a term can light up.
        tones:         the number of each term's colour, by its key.
    """

    shapes: bool = False
    lights: bool = True
    tones: Mapping[str, int] = field(default_factory=dict)

    close: ClassVar[str] = ""
    comma: ClassVar[str] = "<mo>,</mo>"
    minus: ClassVar[str] = "<mo>−</mo>"
    total: ClassVar[str] = '<mo largeop="false" lspace="0">Σ</mo>'
    far_brackets: ClassVar[tuple[str, str]] = (
        '<mo stretchy="false" class="paren">(</mo>',
        '<mo stretchy="false" class="paren">)</mo>',
    )
    power_level: ClassVar[int] = TIGHTEST

    # Terms

    def term(self, content: str, key: str, shape: Shape | None = None) -> str:
        """A term that can light up; its shape below it if shapes are wanted."""
        tone = f" tone-{self.tones[key]}" if key in self.tones else ""
        open_tag = f'class="term{tone}" data-term="{escape(key)}"'
        if self.shapes and shape is not None:
            size = f'<mtext class="shape">{shape[0]}×{shape[1]}</mtext>'
            return f"<munder {open_tag}><mrow>{STRUT}{content}</mrow>{size}</munder>"
        return f"<mrow {open_tag}>{content}</mrow>"

    def term_of(self, content: str, symbol: Symbol, node: Expression) -> str:
        """The same for a symbol. A factor of one entry lights up as a whole, so inline no symbol does."""
        if self.inline or not self.lights:
            return content
        shape = node.value(self.env).shape if self.shapes and not self.numbers else None
        return self.term(content, symbol.key, shape)

    def scripts(
        self, base: str, below: Sequence[str], index: str, number: int | None, transposed: bool
    ) -> str:
        """A letter with its index below it, and above it the number of its layer and a T."""
        under = "<mtext>,\u2009</mtext>".join(below)
        if index:
            under += f"<mtext>{',' if below else ''}{escape(index)}</mtext>"
        above = "" if number is None else f"<mtext>[{number}]</mtext>"
        if transposed:
            above += '<mi mathvariant="normal">T</mi>'
        if above and under:
            return f"<msubsup>{base}<mrow>{under}</mrow><mrow>{above}</mrow></msubsup>"
        if above:
            return f"<msup>{base}<mrow>{above}</mrow></msup>"
        return f"<msub>{base}<mrow>{under}</mrow></msub>" if under else base

    def letter(self, letter: str) -> str:
        """A letter, in italics as letters are, or a word, upright."""
        if letter == "½":
            return f"<mn>{letter}</mn>"
        return _identifier(letter, upright=len(letter) > 1 and letter.isalpha())

    def word(self, word: str) -> str:
        """A word below a letter."""
        return f"<mtext>{escape(word)}</mtext>"

    def aside(self, text: str) -> str:
        """Words beside a formula, on its line."""
        return f'<mtext class="words">{escape(text)}</mtext>'

    def function(self, function: str, *, derivative: bool = False) -> str:
        """The name of a function."""
        sign = function_sign(function)
        dash = '<mo lspace="0" rspace="0">′</mo>' if derivative else ""
        return _identifier(sign, upright=len(sign) > 1) + dash

    def gradient(self, base: str) -> str:
        """The d of a gradient before its letter."""
        return f'<mrow><mi mathvariant="normal">d</mi>{base}</mrow>'

    def partial(self, below: str) -> str:
        """∂L over ∂ and a symbol, on one line in an entry."""
        above, below = f"{PARTIAL}<mi>L</mi>", f"{PARTIAL}{below}"
        if self.inline:
            return f"<mrow>{above}<mo>/</mo>{below}</mrow>"
        return f"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>"

    def hat(self, base: str) -> str:
        """A letter with a hat."""
        return f"<mover>{base}<mo>^</mo></mover>"

    # Numbers

    def number(self, x: float, extra: int = 0) -> str:
        """A number with all its decimals, and extra digits where they are not zeros."""
        used = digits_used(np.array(x), self.digits, extra)
        return f"<mn>{number_text(x, self.digits, extra=used)}</mn>"

    def constant(self, x: float) -> str:
        """A number without zeros at its end."""
        return f"<mn>{constant(x, self.digits, extra=self.extra)}</mn>"

    def matrix(self, array: Array, extra: int = 0) -> str:
        """Numbers in brackets, with extra digits where they are not all zeros."""
        return numbers_mathml(array, self.digits, extra=extra, rows=self.rows, columns=self.columns)

    # Operations

    def infix(self, sign: str) -> str:
        """A sign between two operands."""
        return f'<mo form="infix">{escape(sign)}</mo>'

    def times(self, expr: Expression) -> str:
        """A dot, unless the next thing is a single letter."""
        return "" if is_bare(expr) and not self.numbers and not self.inline else "<mo>·</mo>"

    def row(self, content: str) -> str:
        """What belongs together."""
        return f"<mrow>{content}</mrow>"

    def brackets(self, content: str, *, fixed: bool = False) -> str:
        """Brackets, large around large things unless they are fixed."""
        if fixed or self.inline:
            return f'<mo stretchy="false">(</mo>{content}<mo stretchy="false">)</mo>'
        size = ' class="stretched"' if self.numbers else ' stretchy="false" class="paren"'
        return f"<mrow><mo{size}>(</mo>{content}<mo{size}>)</mo></mrow>"

    def bars(self, content: str) -> str:
        """An absolute value."""
        return f"<mrow><mo>|</mo>{content}<mo>|</mo></mrow>"

    def fraction(self, above: str, below: str) -> str:
        """A fraction."""
        return f"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>"

    def root(self, content: str) -> str:
        """A square root."""
        return f"<msqrt>{content}</msqrt>"

    def power(self, base: str, exponent: int) -> str:
        """A power."""
        return f"<msup><mrow>{base}</mrow><mn>{exponent}</mn></msup>"

    def exponential(self, exponent: str) -> str:
        """e to a power."""
        return f"<msup><mi>e</mi><mrow>{exponent}</mrow></msup>"

    def ones(self, axis: int) -> str:
        """The vector of ones that adds up over an axis."""
        return "<msup><mn>1</mn><mi mathvariant='normal'>T</mi></msup>" if axis == 0 else "<mn>1</mn>"

    def jacobian(self, function: str, bracketed: str) -> str:
        """The Jacobian of a function."""
        return f"<mrow><msub><mi>J</mi>{self.function(function)}</msub>{bracketed}</mrow>"


def _identifier(text: str, *, upright: bool) -> str:
    normal = ' mathvariant="normal"' if upright else ""
    return f"<mi{normal}>{escape(text)}</mi>"
