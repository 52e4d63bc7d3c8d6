"""Prepares one worked step for the screen: formula, numbers, in between, result, one entry, matrices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from itertools import count
from math import fsum, inf, isfinite, prod
from typing import Any

import numpy as np

from engine.examples.errata import DECIMALS, Erratum
from engine.worked.entries import Entry, Factor, at_entry, entry, per_sample
from engine.worked.expressions import Constant, Expression, Jacobian, Negative, Number, Sum, Symbol, symbols
from engine.worked.worked import Operand, Step
from pages.backprop.functions import activation_lines
from pages.backprop.reasons import derivation_lines, jacobian_lines
from pages.formulas.mathml import EQUALS, PARTIAL, MathmlWriter
from pages.formulas.notation import OWN, SCALARS, Convention, laid, oriented
from pages.formulas.numbers import as_printed, constant_as_printed, cut, magnitude, number_text
from pages.formulas.orientation import lying
from pages.formulas.precision import fewest_extra, gives, precise, precise_lines

PHASES = {"forward": "Forward", "loss": "Loss", "backward": "Backward", "update": "Update"}
"""The kinds of steps, in order, and how they are headed."""
TONES = 5
"""Number of operand colours; further operands reuse them."""
FEW_ROWS, FEW_COLUMNS = 4, 6
"""Most rows and columns of a matrix in the panel, so that it fits on the screen."""
HEAT_ROWS, HEAT_COLUMNS = 6, 10
"""Most rows and columns of a heatmap; the others are only counted."""
WRITTEN_OUT = 8
"""Most rows or columns of a heatmap whose cells have room for their values."""
MOST_TERMS, FIRST_TERMS = 8, 5
"""Most terms of a sum that is shown whole, and how many are shown of a longer one."""
WALKED = 60
"""Most entries of one step that Next goes through neuron by neuron."""
SAMPLES_SHOWN = 3
"""Samples whose shares in dW are shown of a larger batch; one that has only one more is shown whole."""
MOST_FACTORS = 24
"""Most terms of a step's sums that are sent at once; of a step with more, only the next few entries are."""
NEXT_ENTRIES = 3
"""Entries that are sent then, from the chosen one on."""
TINY = 1e-9
"""A relative difference that counts as rounding."""
OTHER = Convention("columns", "out×in")


def second_convention(shown: Convention, own: Convention) -> Convention:
    """The convention to compare with: the engine's, or if that is shown the network's own, or OTHER."""
    if shown != OWN:
        return OWN
    return own if own != OWN else OTHER


def _apart(step: Step) -> float:
    """The largest difference between what a step's alternative gives and its result."""
    if step.alternative is None:
        return 0.0
    with np.errstate(all="ignore"):
        return float(np.max(np.abs(step.alternative.value(step.values) - step.result.value)))


def alternative_agrees(step: Step) -> bool:
    """Whether both formulas give the same up to rounding: near an output of 0 or 1 they may not."""
    with np.errstate(all="ignore"):
        largest = float(np.max(np.abs(step.result.value)))
    return _apart(step) <= TINY * max(1.0, largest) < inf


def _verdict(apart: float, agrees: bool) -> str:
    if not isfinite(apart):
        return "Not equal here: not every number is finite."
    said = "Equal" if agrees else "Not equal here, because of rounding"
    return f"{said}: the largest difference is {magnitude(apart)}."


def _is_sign(factor: Factor) -> bool:
    """Whether a factor is the number 1 or −1 itself, and not a letter with that value."""
    what = factor.what
    return isinstance(what, Number) and not what.label and abs(what.number) == 1


def _has_index(factor: Factor) -> bool:
    """Whether a factor is a number of a matrix, not a constant."""
    return any(symbol.index for symbol in symbols(factor.what))


class StepView:
    """One step in one convention, ready for the screen.

    Args:
        step:       as engine.worked.worked wrote it.
        convention: how matrices lie.
        second:     the convention of the formula beside it.
        digits:     decimals.
        samples:    N.
        errata:     the slips of its source at this step that are told.
    """

    def __init__(
        self,
        step: Step,
        convention: Convention,
        second: Convention,
        digits: int,
        samples: int,
        errata: Sequence[Erratum] = (),
    ) -> None:
        self.step, self.convention, self.second, self.digits = step, convention, second, digits
        self.samples, self.errata = samples, errata
        self.env = step.values
        parts = [*step.operands, *self._alternative_operands()]
        self.terms = {part.key: part for part in (step.result, *parts)}
        self.tones = {key: k if k == 0 else (k - 1) % TONES + 1 for k, key in enumerate(self.terms)}

    def _alternative_operands(self) -> Iterator[Operand]:
        if self.step.alternative is not None:
            for part in symbols(self.step.alternative):
                yield Operand(part, self.env[part.key])

    @cached_property
    def content(self) -> dict[str, Any]:
        """Everything about the step. Formulas are MathML of our own; the browser inserts them as they are."""
        step = self.step
        return {
            "key": step.key,
            "meaning": self._meaning(),
            "note": step.note,
            "rows": self._rows(step.formula, self.convention),
            "second": {"label": self.second.label, "formula": self._second_formula()},
            "shown": self.convention.label,
            "alternative": self._alternative(),
            "jacobian": self._jacobian(step.formula),
            "derivation": derivation_lines(step, self._writer(self.convention)),
            "result": self._result(),
            "matrices": self._matrices(),
            "scale": number_text(self.scale, 2 if self.scale >= 0.1 else self.digits),
            "samples": self._per_sample(),
            "errata": [self._erratum(row) for row in self.errata],
            "place": self._place(),
            "layer": self._last if step.layer is None else step.layer,
            "terms": {key: self._where(part) for key, part in self.terms.items()},
        }

    # Rows of the panel

    def _writer(self, convention: Convention, **more: Any) -> MathmlWriter:
        return MathmlWriter(
            convention,
            self.env,
            digits=self.digits,
            tones=self.tones,
            rows=FEW_ROWS,
            columns=FEW_COLUMNS,
            **more,
        )

    def _formula(self, formula: Expression, convention: Convention) -> list[str]:
        result, writer = self.step.result, self._writer(convention, shapes=True)
        shape = laid(result.symbol, result.value, convention).shape
        left = writer.term(writer.symbol(lying(result.symbol, convention)), result.key, shape)
        first, *others = writer.pieces(oriented(formula, result.symbol, convention))
        return [left, f"{EQUALS}{first}", *others]

    def _second_formula(self) -> list[str] | None:
        """The formula in the second convention; None if it reads the same in both."""

        def read(convention: Convention) -> list[str]:
            turned = oriented(self.step.formula, self.step.result.symbol, convention)
            return self._writer(convention).pieces(turned)

        if read(self.second) == read(self.convention):
            return None
        return self._formula(self.step.formula, self.second)

    def _rows(self, formula: Expression, convention: Convention) -> dict[str, Any]:
        turned = oriented(formula, self.step.result.symbol, convention)
        result = laid(self.step.result.symbol, formula.value(self.env), convention)
        numbers, between = precise_lines(self._writer(convention, numbers=True), turned, result)
        return {
            "formula": self._formula(formula, convention),
            "numbers": numbers.after_equals(turned),
            "between": between and between.after_equals(turned),
        }

    def _meaning(self) -> str | None:
        symbol = self.step.result.symbol
        if symbol.letter == "delta":
            of = Symbol("z", symbol.layer)
        elif symbol.mark == "d" and symbol.letter in ("W", "b"):
            of = Symbol(symbol.letter, symbol.layer)
        else:
            return None
        writer = self._writer(Convention())
        below = f"<mrow>{PARTIAL}{writer.symbol(of)}</mrow>"
        left = writer.symbol(symbol)
        return f"{left}{EQUALS}<mrow>{PARTIAL}<mi>L</mi></mrow><mo>/</mo>{below}"

    def _alternative(self) -> dict[str, Any] | None:
        step = self.step
        if step.alternative is None:
            return None
        value, agrees = step.alternative.value(self.env), alternative_agrees(step)
        name = "In one line, without ∂L/∂a in between"
        if step.key == "L":
            read = "z" if "z" in {part.name for part in symbols(step.alternative)} else "a"
            name = f"{'The same, computed' if agrees else 'Computed'} from {read}"
        elif step.phase == "backward" and "dL" in {part.key for part in symbols(step.alternative)}:
            softmax = isinstance(step.alternative, Jacobian)
            name = "Through the full Jacobian of softmax" if softmax else "Through the chain rule, not fused"
        return {
            "name": name,
            "rows": self._rows(step.alternative, self.convention),
            "result": self._matrix(laid(step.result.symbol, value, self.convention)),
            "verdict": _verdict(_apart(step), agrees),
            "jacobian": self._jacobian(step.alternative),
        }

    def _jacobian(self, formula: Expression) -> dict[str, Any] | None:
        """The Jacobian itself at the first sample, where there is one, and how it is computed."""
        if not isinstance(formula, Jacobian):
            return None
        matrix = self._matrix(formula.matrix(formula.Z.value(self.env)[0]))
        lines = jacobian_lines(formula, self._writer(self.convention))
        return matrix | {"more": self.samples - 1, "lines": lines}

    # Matrices

    @cached_property
    def scale(self) -> float:
        """The absolute value that has the strongest colour in this step's heatmaps."""
        held = [np.abs(part.value[np.isfinite(part.value)]) for part in self._shown_operands()]
        return max((float(values.max()) for values in held if values.size), default=1.0) or 1.0

    def _shown_operands(self) -> list[Operand]:
        return [part for part in self.step.operands if part.name not in SCALARS]

    def _matrix(self, value: np.ndarray[Any, Any], scale: float | None = None) -> dict[str, Any]:
        """A matrix as texts and their shares of the scale, −1 … 1; a large one is cut off."""
        head, more_rows, more_columns = cut(value, HEAT_ROWS, HEAT_COLUMNS)
        finite = head[np.isfinite(head)]
        scale = scale or (float(np.abs(finite).max()) if finite.size else 1.0) or 1.0
        with np.errstate(all="ignore"):
            shares = np.nan_to_num(np.round(head / scale, 3), nan=0.0, posinf=1.0, neginf=-1.0)
        return {
            "shape": list(value.shape),
            "texts": [[number_text(float(x), self.digits) for x in row] for row in head],
            "shares": shares.tolist(),
            "more": [more_rows, more_columns],
            "small": max(head.shape) > WRITTEN_OUT,
            "dense": len(head) > 3 or head.shape[1] > 5,
        }

    def _result(self) -> dict[str, Any]:
        result = self.step.result
        symbol = self._writer(self.convention).symbol(lying(result.symbol, self.convention))
        matrix = self._matrix(laid(result.symbol, result.value, self.convention))
        turned = self.convention.turns(result.symbol)
        weights = result.symbol.is_weights
        return matrix | {
            "symbol": f"{symbol}{EQUALS}",
            "weights": weights,
            "turned": turned,
            "walk": self._walk(),
        }

    def _walk(self) -> list[list[int]]:
        """The entries that Next goes through: those of the first sample, or the weights neuron by neuron."""
        rows, columns = self.step.result.value.shape
        if not self.step.result.symbol.is_weights:
            return [[0, j] for j in range(min(columns, WALKED))]
        order = [[i, j] for j in range(columns) for i in range(rows)]  # neuron by neuron, all its weights
        return order[:WALKED]

    def _matrices(self) -> list[dict[str, Any]]:
        writer = self._writer(self.convention)
        return [
            self._matrix(laid(part.symbol, part.value, self.convention), self.scale)
            | {
                "key": part.key,
                "tone": self.tones[part.key],
                "symbol": writer.symbol(lying(part.symbol, self.convention)),
            }
            for part in self._shown_operands()
        ]

    # One entry

    def entries(self, chosen: tuple[int, int] = (0, 0)) -> dict[str, Any]:
        """The sums of a result's entries, by "row,column"; of a large one the chosen and the next few."""
        rows, columns = self.step.result.value.shape
        order = [divmod(k, columns) for k in range(rows * columns)]
        if self.step.result.symbol.is_weights:
            order.sort(key=lambda place: place[::-1])
        terms = len(entry(self.step, 0, 0).terms)
        if rows * columns * min(terms, MOST_TERMS) > MOST_FACTORS:
            at = order.index(chosen)
            order = order[at : at + NEXT_ENTRIES]
        return {f"{i},{j}": self.entry(i, j) for i, j in order}

    def entry(self, row: int, column: int) -> dict[str, Any]:
        """The sum that makes up one entry, with symbols and with numbers."""
        made = entry(self.step, row, column)
        asked = at_entry(self.step.result.symbol, row, column, self.env)
        terms = made.terms if len(made.terms) <= MOST_TERMS else made.terms[:FIRST_TERMS]
        more = len(made.terms) - len(terms)
        extra = 0 if more else self._extra(made)
        writer = self._writer(self.convention, inline=True)
        numbers = replace(writer, numbers=True, extra=extra)
        return {
            "left": writer.symbol(asked),
            "symbols": [self._term(term, k, writer) for k, term in enumerate(terms)],
            "numbers": [self._term(term, k, numbers) for k, term in enumerate(terms)],
            "more": more,
            "value": number_text(made.value, self.digits),
            "activation": self._activation(row, column, extra),
        }

    def _activation(self, row: int, column: int, extra: int) -> dict[str, Any] | None:
        """The activation that is applied at an entry, with its formula and numbers."""
        of_result = self.step.result.name == "a"  # its value is the entry's own, and printed as that is
        writer = self._writer(self.convention, lights=False)
        return activation_lines(self.step, row, column, writer, 0 if of_result else extra)

    def _extra(self, made: Entry) -> int:
        """The extra digits with which the printed factors of an entry give its printed value."""

        def printed(factor: Factor, extra: int) -> float:
            read = as_printed if _has_index(factor) else constant_as_printed
            return read(factor.number, self.digits, extra)

        def follows(extra: int) -> bool:
            products = [prod(printed(factor, extra) for factor in term) for term in made.terms]
            return gives(fsum(products), made.value, self.digits)

        return fewest_extra(follows)

    def _term(self, factors: Sequence[Factor], k: int, writer: MathmlWriter) -> str:
        """Factor · factor, with a sign before it; a factor of −1 is only that sign."""
        signs = [factor for factor in factors if _is_sign(factor)]
        kept = [factor for factor in factors if not _is_sign(factor)] or list(factors[:1])
        negative = sum(factor.number < 0 for factor in signs) % 2 == 1 and len(kept) < len(factors)
        match kept:
            case [Factor(Constant(Negative(expr)), number), _, *_]:  # −1/N · y is minus 1/N · y
                negative, kept[0] = not negative, Factor(Constant(expr), -number)
        sign = '<mo form="infix">−</mo>' if negative else '<mo form="infix">+</mo>' if k else ""
        parts = []
        for place, factor in enumerate(kept):
            what, number = factor
            if writer.numbers:
                content = (
                    writer.number(number, writer.extra) if _has_index(factor) else writer.constant(number)
                )
                if number < 0 and (place > 0 or k > 0 or negative):
                    content = writer.brackets(content, fixed=True)
            else:
                content = writer.write(what)
            parts.append(self._lit(content, what))
        return sign + "<mo>·</mo>".join(parts)

    def _lit(self, content: str, what: Expression) -> str:
        key = next((symbol.key for symbol in symbols(what) if symbol.key in self.tones), None)
        if key is None:
            return f"<mrow>{content}</mrow>"
        return f'<mrow class="factor tone-{self.tones[key]}" data-term="{escape(key)}">{content}</mrow>'

    def _per_sample(self) -> dict[str, Any] | None:
        """The first samples' shares in dW; all shares add up to it."""
        if self.step.result.name != "dW" or self.samples < 2:
            return None
        terms = per_sample(self.step)
        result = self.step.result
        shown = terms if len(terms) <= SAMPLES_SHOWN + 1 else terms[:SAMPLES_SHOWN]
        writer = self._writer(self.convention)
        if len(shown) == len(terms):
            shares = {str(n): laid(result.symbol, term, self.convention) for n, term in enumerate(terms)}
            whole = Sum(tuple(map(Symbol, shares)))
            value = laid(result.symbol, result.value, self.convention)
            writer = precise(replace(writer, env=shares, numbers=True), whole, value)
        pieces = [writer.matrix(laid(result.symbol, term, self.convention), writer.extra) for term in shown]
        more = len(terms) - len(shown)
        total = self._writer(self.convention).matrix(laid(result.symbol, result.value, self.convention))
        return {"terms": pieces, "more": more, "total": total}

    def _erratum(self, row: Erratum) -> dict[str, Any]:
        numbers = None if row.numbers is None else [number_text(x, DECIMALS) for x in row.numbers]
        return {
            "document": row.document,
            "place": row.place,
            "printed": row.printed,
            "right": row.right,
            "why": row.why,
            "numbers": numbers,
        }

    # The diagram

    def _where(self, part: Operand) -> dict[str, Any]:
        """Where the diagram shows a term: at the links of W[layer] or the neurons of A[layer], or nowhere."""
        symbol = part.symbol
        if symbol.is_weights:
            return {"layer": symbol.layer, "links": True}
        at_output = part.name in ("y", "dL")
        return {"layer": self._last + 1 if at_output else symbol.layer_number, "links": False}

    def _place(self) -> dict[str, Any]:
        """Where the step happens: neurons has a tone for each A[l] at work, links the l of the W at work."""
        step, result = self.step, self.step.result
        l, last = step.layer, self._last
        neurons: dict[int, int] = {}
        links = None
        for part in step.operands:
            number = part.symbol.layer_number
            if number is not None and part.name in ("a", "z", "delta", "da"):
                neurons[number] = self.tones[part.key]
            elif part.name == "y":
                neurons[last + 1] = self.tones[part.key]
            if part.name == "W":
                links = part.symbol.layer
        if l is not None:
            if result.symbol.is_weights:
                links = l
            else:
                neurons[l + 1] = 0
            if result.name == "delta" and l < last and step.alternative is not None:
                links = l + 1
                neurons[l + 2] = self.tones.get(Symbol("delta", l + 1).key, 1)
        return {"neurons": {str(layer): tone for layer, tone in neurons.items()}, "links": links}

    @property
    def _last(self) -> int:
        return next(l for l in count() if Symbol("W", l + 1).key not in self.env)
