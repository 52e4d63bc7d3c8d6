"""Writes a formula in LaTeX: with symbols, or with the numbers in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from engine.practice.sentences import Sentence
from engine.worked.expressions import Expression, Symbol, function_sign
from engine.worked.worked import Operand
from pages.formulas.notation import OWN, SCALARS, TIGHTEST, Convention, laid
from pages.formulas.numbers import MOST_COLUMNS, MOST_ROWS, constant, cut, digits_used, number_text
from pages.formulas.writer import FormulaWriter

Array = np.ndarray[Any, Any]

SPELLED = {
    "−": "-",
    "·": r" \cdot ",
    "½": r"\tfrac{1}{2}",
    "δ": r"\delta",
    "η": r"\eta",
    "μ": r"\mu",
    "ρ": r"\rho",
    "λ": r"\lambda",
    "ε": r"\varepsilon",
    "β": r"\beta",
    "σ": r"\sigma",
    "π": r"\pi",
    "Φ": r"\Phi",
    "φ": r"\varphi",
    "₁": "_1",
    "₂": "_2",
    "∞": r"\infty",
    "√": r"\surd",
}
INFIX = {"−": " - ", "∘": r" \circ ", "·": r" \cdot ", "≤": r" \le "}
T = r"\mathsf{T}"


def symbol_latex(symbol: Symbol, convention: Convention = OWN, *, sub: str = "") -> str:
    """A symbol with its layer as [l], its T as the convention has it, and an index below."""
    return LatexWriter(convention).symbol(symbol, sub=sub)


def matrix_latex(
    array: Array, digits: int = 4, *, extra: int = 0, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS
) -> str:
    """A matrix in brackets; a large one is cut off, with dots."""
    head, more_rows, more_columns = cut(np.atleast_2d(array), rows, columns)
    used, dots = digits_used(head, digits, extra), [r"\cdots"] if more_columns else []
    lines = [
        " & ".join([*(number_latex(float(x), digits, extra=used) for x in line), *dots]) for line in head
    ]
    if more_rows:
        lines.append(" & ".join([r"\vdots"] * (head.shape[1] + bool(more_columns))))
    return r"\begin{bmatrix} " + r" \\ ".join(lines) + r" \end{bmatrix}"


def number_latex(x: float, digits: int = 4, *, extra: int = 0) -> str:
    """A number with `digits` decimals, or with extra digits."""
    return r"\text{NaN}" if np.isnan(x) else _spelled(number_text(x, digits, _raised, extra=extra))


def laid_latex(part: Operand, convention: Convention, digits: int = 4) -> str:
    """A matrix as the convention has it; a loss as a plain number."""
    if part.name in SCALARS:
        return number_latex(float(part.value[0, 0]), digits)
    return matrix_latex(laid(part.symbol, part.value, convention), digits)


def sentence_latex(sentence: Sentence) -> str:
    """A sentence of the engine as Markdown, its symbols as mathematics: $\\delta^{[2]}$, and ∂L/∂a for da."""
    return "".join(part if isinstance(part, str) else f"${_said(part)}$" for part in sentence)


def _said(symbol: Symbol) -> str:
    if symbol.mark == "d":
        return rf"\partial L/\partial {symbol_latex(Symbol(symbol.letter, symbol.layer))}"
    return symbol_latex(symbol)


@dataclass(frozen=True)
class LatexWriter(FormulaWriter):
    """Spells a formula in LaTeX."""

    close: ClassVar[str] = r" \, "
    comma: ClassVar[str] = ", "
    minus: ClassVar[str] = "-"
    total: ClassVar[str] = r"\sum "
    far_brackets: ClassVar[tuple[str, str]] = (r"\left(", r"\right)")
    power_level: ClassVar[int] = TIGHTEST + 1  # LaTeX refuses a second superscript at a symbol

    # Symbols

    def scripts(
        self, base: str, below: Sequence[str], index: str, number: int | None, transposed: bool
    ) -> str:
        """A letter with its index below it, and above it the number of its layer and a T."""
        under = ", ".join([*below, *([index] if index else [])])
        above = ("" if number is None else f"[{number}]") + (T if transposed else "")
        return base + (f"_{{{under}}}" if under else "") + (f"^{{{above}}}" if above else "")

    def letter(self, letter: str) -> str:
        """A letter, or a word, upright."""
        return rf"\text{{{letter}}}" if len(letter) > 1 and letter.isalpha() else _spelled(letter)

    def word(self, word: str) -> str:
        """A word below a letter."""
        return rf"\text{{{word}}}"

    def aside(self, text: str) -> str:
        """Words beside a formula, on its line."""
        return rf" \quad \text{{{text}}}"

    def function(self, function: str, *, derivative: bool = False) -> str:
        """The name of a function; \\sigma is a letter."""
        sign, dash = function_sign(function), "'" if derivative else ""
        if sign in SPELLED:
            return SPELLED[sign] + dash
        name = sign.replace(" ", "\\ ")
        return (r"\max" if name == "max" else rf"\operatorname{{{name}}}") + dash

    def gradient(self, base: str) -> str:
        """The d of a gradient before its letter."""
        return rf"\mathrm{{d}}{base}"

    def partial(self, below: str) -> str:
        """∂L over ∂ and a symbol, on one line in an entry."""
        if self.inline:
            return rf"\partial L/\partial {below}"
        return rf"\frac{{\partial L}}{{\partial {below}}}"

    def hat(self, base: str) -> str:
        """A letter with a hat."""
        return rf"\hat{{{base}}}"

    # Numbers

    def number(self, x: float, extra: int = 0) -> str:
        """A number with all its decimals, and extra digits where they are not zeros."""
        return number_latex(x, self.digits, extra=digits_used(np.array(x), self.digits, extra))

    def constant(self, x: float) -> str:
        """A number without zeros at its end."""
        return _spelled(constant(x, self.digits, _raised, extra=self.extra))

    def matrix(self, array: Array, extra: int = 0) -> str:
        """Numbers in brackets, with extra digits where they are not all zeros."""
        return matrix_latex(array, self.digits, extra=extra, rows=self.rows, columns=self.columns)

    # Operations

    def infix(self, sign: str) -> str:
        """A sign between two operands."""
        return INFIX.get(sign, f" {sign} ")

    def times(self, expr: Expression) -> str:
        """A dot between numbers, a little space between letters."""
        return r" \cdot " if self.numbers or self.inline else r" \, "

    def row(self, content: str) -> str:
        """What belongs together."""
        return content

    def brackets(self, content: str, *, fixed: bool = False) -> str:
        """Brackets as large as what is in them."""
        return rf"\left({content}\right)"

    def bars(self, content: str) -> str:
        """An absolute value."""
        return rf"\left|{content}\right|"

    def fraction(self, above: str, below: str) -> str:
        """A fraction."""
        return rf"\frac{{{above}}}{{{below}}}"

    def root(self, content: str) -> str:
        """A square root."""
        return rf"\sqrt{{{content}}}"

    def power(self, base: str, exponent: int) -> str:
        """A power."""
        return f"{base}^{{{exponent}}}"

    def exponential(self, exponent: str) -> str:
        """e to a power."""
        return f"e^{{{exponent}}}"

    def ones(self, axis: int) -> str:
        """The vector of ones that adds up over an axis."""
        return rf"\mathbf{{1}}^{{{T}}} " if axis == 0 else r" \, \mathbf{1}"

    def jacobian(self, function: str, bracketed: str) -> str:
        """The Jacobian of a function."""
        return f"J_{{{self.function(function)}}}{bracketed}"


def _raised(exponent: int) -> str:
    return f"^{{{exponent}}}"


def _spelled(text: str) -> str:
    """A text with its special letters as LaTeX commands."""
    return "".join(SPELLED.get(letter, letter) for letter in text)
