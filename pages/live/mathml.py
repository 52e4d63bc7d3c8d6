"""Writes formulas as MathML, which the browser sets like a textbook: with symbols, or with numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np

from engine.expressions import (
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
    children,
    transpose,
)

Array = np.ndarray[Any, Any]
Shape = tuple[int, int]

SCALARS = ("L", "N", "eta", "t")
"""Names that are no matrices: never turned, no brackets."""
GREEK = {"delta": "δ", "eta": "η", "beta": "β", "epsilon": "ε", "sigma": "σ", "theta": "θ"}
FUNCTION_SIGNS = {
    "sigmoid": "σ",
    "relu": "ReLU",
    "leaky_relu": "LReLU",
    "elu": "ELU",
    "softplus": "softplus",
    "gelu": "GELU",
    "gelu_tanh": "GELU",
    "silu": "SiLU",
    "linear": "id",
    "log_softmax": "log softmax",
    "huber": "H",
}
"""How a function is written where its name is not what books write."""
MOST_ROWS, MOST_COLUMNS = 6, 8
"""Of a matrix that is written out; the rest is counted."""
LEVELS = {Sum: 1, Difference: 1, Hadamard: 2, Total: 3, Product: 3, Scaled: 3, Over: 3, Jacobian: 3}
"""How tightly an operation binds; all else binds tightest."""
TIGHTEST = 4
SIGMA = '<mo largeop="false" lspace="0">Σ</mo>'
STRUT = '<mspace width="0" height="1.15em" depth="0.25em"></mspace>'
"""Keeps terms with a shape below them at one height."""


@dataclass(frozen=True)
class Convention:
    """Which way matrices lie on paper. The engine's own: samples are rows, weights are in×out.

    Attributes:
        samples_are: "rows" or "columns"; biases and their gradients lie as samples do.
        weights_are: "in×out" or "out×in"; their gradients lie as they do.
    """

    samples_are: str = "rows"
    weights_are: str = "in×out"

    def turns(self, name: str) -> bool:
        """Whether the matrix of this name lies the other way round than in the engine."""
        if name in SCALARS:
            return False
        return self.weights_are == "out×in" if name.endswith("W") else self.samples_are == "columns"

    @property
    def label(self) -> str:
        """In words, as "samples are rows, W is in×out"."""
        return f"samples are {self.samples_are}, W is {self.weights_are}"


OWN = Convention()


def oriented(expression: Expression, result: str, convention: Convention) -> Expression:
    """The right-hand side of `result = expression` so that the result comes out as the convention has it."""
    return transpose(expression) if convention.turns(result) else expression


def laid(name: str, value: Array, convention: Convention) -> Array:
    """A matrix of this name as the convention has it."""
    return value.T if convention.turns(name) else value


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


def cut(array: Array, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS) -> tuple[Array, int, int]:
    """The beginning of a matrix, and how many rows and columns more it has; one more is not left out."""
    shown_rows = len(array) if len(array) <= rows + 1 else rows
    shown_columns = array.shape[1] if array.shape[1] <= columns + 1 else columns
    head = array[:shown_rows, :shown_columns]
    return head, len(array) - shown_rows, array.shape[1] - shown_columns


def written(x: float, digits: int) -> str:
    """A number with so many decimals; a tiny or huge one with a power of ten, and −, not a hyphen."""
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    if x == 0:
        return f"{0:.{digits}f}"  # −0 is 0
    if 0.5 * 10.0**-digits <= abs(x) < 1e6:
        return f"{x:.{digits}f}".replace("-", "−")
    return scientific(x, min(2, digits))


def scientific(x: float, digits: int) -> str:
    """A number with a power of ten and so many decimals before it."""
    mantissa, _, exponent = f"{x:.{digits}e}".partition("e")
    return f"{mantissa}·10{superscript(int(exponent))}".replace("-", "−")


def constant(x: float, digits: int = 4) -> str:
    """A constant as it is, without zeros at its end; "0.0040" would be a waste."""
    if not math.isfinite(x):
        return written(x, digits)
    text = f"{x:.{max(digits, 4)}g}"
    return written(x, digits) if "e" in text else text.replace("-", "−")


def superscript(exponent: int) -> str:
    """A whole number as small raised digits."""
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


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
        base, own_sub = _letter(symbol.name, symbol.layer)
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
        if self.deep and not isinstance(node, Number) and not _bare(node):
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
                    _label(label)
                    if label and not self.numbers
                    else f"<mn>{constant(number, self.digits)}</mn>"
                )
            case Scaled(factor, expr):
                dot = "" if not self.numbers and _bare(expr) else "<mo>·</mo>"
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
                return f"<mrow>{_identifier('max')}{self._parenthesised(inside)}</mrow>"
            case Apply():
                return self._applied(node)
            case Jacobian(function, Z, vector, _, axis):
                z = f'<mo stretchy="false">(</mo>{self.inner(Z, 0)}<mo stretchy="false">)</mo>'
                J = f"<mrow><msub><mi>J</mi>{_name(function)}</msub>{z}</mrow>"
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
        sign = _name(name)
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


def _bare(node: Expression) -> bool:
    """Whether there is nothing in a node left to compute but a look at a derivative."""
    looked_up = (
        isinstance(node, Apply) and node.function.startswith(DERIVATIVE) and isinstance(node.expr, Symbol)
    )
    return isinstance(node, Symbol | Number) or looked_up


def has_in_between(node: Expression) -> bool:
    """Whether computing what is inside the top operation says anything new."""
    return any(not _bare(child) for child in children(node))


def _name(function: str) -> str:
    sign = FUNCTION_SIGNS.get(function, function.replace("_", " "))
    return _identifier(sign)


def _identifier(text: str) -> str:
    """A letter, in italics as letters are, or a word, upright."""
    upright = ' mathvariant="normal"' if len(text.rstrip("₀₁₂₃₄₅₆₇₈₉")) > 1 else ""
    return f"<mi{upright}>{escape(text)}</mi>"


def _letter(name: str, layer: int | None = None) -> tuple[str, str]:
    """The letter of a name, and what stands below it: m_W is m with W below, new_W is W with "new"."""
    if name == "a" and layer == 0:
        return "<mi>x</mi>", ""
    head, _, tail = name.rpartition("_")
    if head in ("new", "decayed"):
        return _letter(tail)[0], f"<mtext>{head}</mtext>"
    if head:
        old, base = head.startswith("old_"), head.removeprefix("old_")
        hat, base = base.endswith("hat"), base.removesuffix("hat")
        letter = f"<mi>{escape(base.removesuffix('max'))}</mi>"
        letter = f"<mover>{letter}<mo>^</mo></mover>" if hat else letter
        words = ["max"] * base.endswith("max") + ["old"] * old
        return letter, _letter(tail)[0] + "".join(f"<mtext>,\u2009{word}</mtext>" for word in words)
    if len(name) == 2 and name[0] == "d":
        return f'<mrow><mi mathvariant="normal">d</mi><mi>{escape(name[1])}</mi></mrow>', ""
    return f"<mi>{escape(GREEK.get(name, name))}</mi>", ""


def _label(label: str) -> str:
    """How a general formula writes a constant, as "2/N", "1/(N·K)", "η" or "(1 − β₁^2)"."""
    above, slash, below = label.partition("/")
    if slash and above.startswith("−"):
        return f"<mrow><mo>−</mo>{_label(label[1:])}</mrow>"
    if slash:
        below = below.removeprefix("(").removesuffix(")")
        return f"<mfrac><mrow>{_label(above)}</mrow><mrow>{_label(below)}</mrow></mfrac>"
    return _tokens(label)


def _tokens(text: str) -> str:
    """Numbers, letters and signs of a text, each in its element; what follows ^ is raised."""
    parts, found = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+[₀-₉]*|\S", text), list[str]()
    for part in parts:
        if part == "sqrt":
            part = "√"
        if part[0].isalpha():
            written_part = _identifier(FUNCTION_SIGNS.get(part, part))
        elif part[0].isdigit() or part == "½":
            written_part = f"<mn>{escape(part)}</mn>"
        else:
            fence = ' stretchy="false"' if part in "()" else ""
            written_part = f"<mo{fence}>{escape(part)}</mo>"
        if len(found) > 1 and found[-1] == "<mo>^</mo>":
            found[-2:] = [f"<msup>{found[-2]}{written_part}</msup>"]
        else:
            found.append(written_part)
    return f"<mrow>{''.join(found)}</mrow>"


DOUBLE = re.compile(r"\(\(([^()]*)\)\)")
REFERENCE = re.compile(r"([A-Za-z_]+?)(\d*)\[(\d+)(?:,(\d+))?\]")


def indexed_mathml(label: str, convention: Convention = OWN) -> str:
    """A factor of one entry, as "W3[1,2]" or "σ′(z2[1])", with its layer raised and its indices lowered."""
    if not REFERENCE.search(label):
        return _label(label)
    label = DOUBLE.sub(r"(\1)", label)
    found, at = [], 0
    for match in REFERENCE.finditer(label):
        found.append(_plain(label[at : match.start()]))
        name, layer, row, column = match.groups()
        found.append(entry_mathml(name, int(layer) if layer else None, row, column, convention))
        at = match.end()
    return f"<mrow>{''.join([*found, _plain(label[at:])])}</mrow>"


def entry_mathml(
    name: str, layer: int | None, row: str, column: str | None, convention: Convention = OWN
) -> str:
    """One entry of a matrix; its indices count from 1 in the engine's order and are turned with it."""
    if column is not None and convention.turns(name):
        row, column = column, row
    comma = "," if column and len(row + column) > 2 else ""
    symbol = Symbol(name, layer, transposed=convention.turns(name))
    return symbol_mathml(symbol, convention, sub=row + comma + (column or ""))


def keys_in(label: str) -> list[str]:
    """The keys of the matrices that a factor's label names."""
    return [match[1] + match[2] for match in REFERENCE.finditer(label)]


def _plain(text: str) -> str:
    return _tokens(text) if text.strip() else ""
