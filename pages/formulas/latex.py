"""Writes a formula in LaTeX: with symbols, or with the numbers in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from pages.formulas.notation import FUNCTION_SIGNS, LEVELS, OWN, SCALARS, TIGHTEST, Convention, laid
from pages.formulas.numbers import constant, cut, written

Array = np.ndarray[Any, Any]

LETTERS = {"delta": r"\delta", "eta": r"\eta", "L": "L"}
SIGNS = {
    "−": "-",
    "·": r" \cdot ",
    "½": r"\tfrac{1}{2}",
    "η": r"\eta ",
    "μ": r"\mu ",
    "ρ": r"\rho ",
    "λ": r"\lambda ",
    "ε": r"\varepsilon ",
    "β": r"\beta",
    "σ": r"\sigma",
    "₁": "_1",
    "₂": "_2",
}
MOST_ROWS, MOST_COLUMNS = 6, 8
MENTION = re.compile(r"(∂L/∂[azWb]|δ|new [Wb]|d[Wb]|[zabW])\[(\d+)\]")


def symbol_latex(symbol: Symbol, convention: Convention = OWN, *, sub: str = "") -> str:
    """A symbol with its layer as [l], its T as the convention has it, and an index below."""
    base, below = _letter(symbol.name, symbol.layer)
    above = "" if symbol.layer is None or symbol.key == "a0" else f"[{symbol.layer}]"
    if symbol.transposed != convention.turns(symbol.name):
        above += r"\mathsf{T}"
    below = ", ".join(part for part in (below, sub) if part)
    return base + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def matrix_latex(array: Array, digits: int = 4, *, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS) -> str:
    """A matrix in brackets; of a large one the beginning, with dots."""
    head, more_rows, more_columns = cut(np.atleast_2d(array), rows, columns)
    lines = [
        " & ".join([*(number_latex(float(x), digits) for x in line), *([r"\cdots"] if more_columns else [])])
        for line in head
    ]
    if more_rows:
        lines.append(" & ".join([r"\vdots"] * (head.shape[1] + bool(more_columns))))
    return r"\begin{bmatrix} " + r" \\ ".join(lines) + r" \end{bmatrix}"


def number_latex(x: float, digits: int = 4) -> str:
    """A number with so many decimals."""
    return _tex(written(x, digits)).replace("∞", r"\infty").replace("NaN", r"\text{NaN}")


def mentions(sentence: str) -> str:
    """A sentence of the engine as Markdown: its δ[2] and z[1] become mathematics."""

    def tex(found: re.Match[str]) -> str:
        letter, layer = found[1], found[2]
        new = r"_{\text{new}}" if letter.startswith("new ") else ""
        of = letter.removeprefix("new ")
        base = r"\delta" if of == "δ" else of.replace("∂", r"\partial ")
        if len(of) == 2 and of[0] == "d":
            base = rf"\mathrm{{d}}{of[1]}"
        return f"${base}^{{[{layer}]}}{new}$"

    return MENTION.sub(tex, sentence)


@dataclass(frozen=True)
class LatexWriter:
    """Writes expressions one way: with symbols, or with numbers where env is given and `numbers` is set."""

    convention: Convention = OWN
    env: Mapping[str, Array] = field(default_factory=dict)
    numbers: bool = False
    digits: int = 4

    def write(self, node: Expression) -> str:
        """The LaTeX of a node that was laid by pages.formulas.notation.oriented."""
        match node:
            case Symbol():
                return self._symbol(node)
            case Number(number, label):
                return _label(label) if label and not self.numbers else _tex(constant(number, self.digits))
            case Sum(terms):
                return self._joined(terms, " + ", 1)
            case Difference(a, b):
                return f"{self._inner(a, 1)} - {self._inner(b, 2)}"
            case Hadamard(factors):
                return self._joined(factors, r" \circ ", TIGHTEST)
            case Product(factors):
                return self._joined(factors, r" \, ", TIGHTEST)
            case Scaled(factor, expr):
                dot = r" \cdot " if self.numbers else r" \, "
                of = self._inner(expr, 2 if isinstance(expr, Total) else 3)
                return f"{self._inner(factor, 3)}{dot}{of}"
            case Quotient(a, b):
                return rf"\frac{{{self.write(a)}}}{{{self.write(b)}}}"
            case Over(expr, axis):
                inside = self._inner(expr, 3)
                return (
                    rf"\mathbf{{1}}^{{\mathsf{{T}}}} {inside}" if axis == 0 else rf"{inside} \, \mathbf{{1}}"
                )
            case Total(expr):
                return rf"\sum {self._inner(expr, TIGHTEST)}"
            case Maximum(terms):
                return rf"\max\left({', '.join(self.write(term) for term in terms)}\right)"
            case Jacobian(function, Z, vector, _, axis):
                J = rf"J_{{{_name(function)}}}\left({self.write(Z)}\right)"
                v = self._inner(vector, TIGHTEST)
                return rf"{v} \, {J}" if axis == 1 else rf"{J} \, {v}"
            case Apply():
                return self._applied(node)
        raise ValueError(f"node must be an Expression known here. Got {type(node).__name__}.")

    def _symbol(self, symbol: Symbol) -> str:
        if not self.numbers:
            return symbol_latex(symbol, self.convention)
        value = symbol.value(self.env)
        if symbol.name in SCALARS:
            return number_latex(float(value[0, 0]), self.digits)
        return matrix_latex(value, self.digits)

    def _applied(self, node: Apply) -> str:
        inside = self.write(node.expr)
        match node.function:
            case "sqrt":
                return rf"\sqrt{{{inside}}}"
            case "square":
                return f"{self._inner(node.expr, TIGHTEST, squared=True)}^{{2}}"
            case "abs":
                return rf"\left|{inside}\right|"
        name = node.function.removeprefix(DERIVATIVE)
        if self.numbers and node.function != name and isinstance(node.expr, Symbol):
            return matrix_latex(node.value(self.env), self.digits)
        dash = "'" if node.function != name else ""
        return rf"{_name(name)}{dash}\left({inside}\right)"

    def _inner(self, node: Expression, level: int, *, squared: bool = False) -> str:
        content = self.write(node)
        loose = LEVELS.get(type(node), TIGHTEST) < level
        if loose or (squared and not isinstance(node, Number)):
            return rf"\left({content}\right)"
        return content

    def _joined(self, nodes: Sequence[Expression], sign: str, level: int) -> str:
        return sign.join(self._inner(node, level) for node in nodes)


def laid_latex(name: str, value: Array, convention: Convention, digits: int = 4) -> str:
    """A matrix of this name as the convention has it; a plain number where it is one by nature."""
    if name in SCALARS:
        return number_latex(float(value[0, 0]), digits)
    return matrix_latex(laid(name, value, convention), digits)


def _letter(name: str, layer: int | None) -> tuple[str, str]:
    """The letter of a name, and what stands below it: m_W is m with W below, new_W is W with "new"."""
    if name == "a" and layer == 0:
        return "x", ""
    head, _, tail = name.rpartition("_")
    if head == "new":
        return _letter(tail, layer)[0], r"\text{new}"
    if head:
        old, base = head.startswith("old_"), head.removeprefix("old_")
        hat = base.endswith("hat")
        base = base.removesuffix("hat")
        letter = base if len(base) == 1 else rf"\text{{{base}}}"
        below = _letter(tail, layer)[0]
        return (rf"\hat{{{letter}}}" if hat else letter), below + (r", \text{old}" if old else "")
    if len(name) == 2 and name[0] == "d":
        return rf"\mathrm{{d}}{name[1]}", ""
    return LETTERS.get(name, name), ""


def _name(function: str) -> str:
    sign = FUNCTION_SIGNS.get(function, function.replace("_", " "))
    return _tex(sign) if sign == "σ" else rf"\operatorname{{{sign.replace(' ', chr(92) + ' ')}}}"


def _label(label: str) -> str:
    above, slash, below = label.partition("/")
    if slash:
        below = below.removeprefix("(").removesuffix(")")
        sign = "-" if above.startswith("−") else ""
        return rf"{sign}\frac{{{_label(above.removeprefix('−'))}}}{{{_label(below)}}}"
    parts = re.split(r"([a-z]{2,})", label)
    text = "".join(rf"\text{{{part}}}" if k % 2 else _tex(part) for k, part in enumerate(parts))
    return re.sub(r"\^(\d+)", r"^{\1}", text)


_POWER = re.compile("10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def _tex(text: str) -> str:
    text = _POWER.sub(lambda found: f"10^{{{found[1].translate(_LOWERED)}}}", text)
    return "".join(SIGNS.get(letter, letter) for letter in text).strip()
