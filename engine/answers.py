"""A learner types a number; this says whether it is right, and if not, which slip gives just that number.

A slip is known by what it would give: each row of SLIPS computes the wrong number from the worked steps, with
the steps that follow computed again from there. What was typed is compared with all of them.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.expressions import DERIVATIVE, Apply, Expression, Number, Symbol, children, symbols
from engine.worked import Step, Worked

DIGITS = 3
"""So many significant digits are enough."""
ZERO = 1e-12
"""A result nearer to 0 than this is 0 but for rounding."""
LONGEST = 60
"""No number needs more letters."""
SCANNED = 4
"""Rows among which an exercise looks for its entry: a batch may have thousands."""


@dataclass(frozen=True)
class Exercise:
    """One entry to compute: which step's result, where in it (from 0, samples as rows), and its symbol."""

    step: str
    row: int
    column: int
    symbol: Symbol


@dataclass(frozen=True)
class Verdict:
    """What is said to an answer.

    Args:
        right:    whether it agrees to three significant digits.
        slip:     a name in SLIPS if one gives this number, otherwise None.
        sentence: what to tell the learner.
        value:    the number that was read, None if there was none.
    """

    right: bool
    slip: str | None
    sentence: str
    value: float | None


@dataclass(frozen=True)
class Wrong:
    """A number that a slip gives in place of the right one, and what to do about it."""

    slip: str
    value: float
    sentence: str


def exercises(worked: Worked) -> tuple[Exercise, ...]:
    """A handful of entries to compute, in the order of the steps.

    An activation, the loss, the error delta of every layer, one gradient of weights, one of biases, and one
    new weight; as many of them as there are. Entries that are not finite are left out.
    """
    layers = len(worked.activations)
    chosen = {"a1", "L", "dW1", f"db{max(1, layers - 1)}", f"new_W{layers}"}
    chosen |= {f"delta{l}" for l in range(1, layers + 1)}
    found = (_exercise(step) for step in worked.steps if step.key in chosen)
    return tuple(exercise for exercise in found if exercise is not None)


def _exercise(step: Step) -> Exercise | None:
    """Its largest entry, off the diagonal if there is one: there a transposed matrix shows.

    Of an activation the middle one: the largest is often saturated, 1.000 whatever one does.
    """
    result = step.result
    sizes = np.abs(result.value[:SCANNED])
    sizes[~np.isfinite(sizes)] = -1.0
    if sizes.max() < 0:
        return None
    off = sizes.copy()
    np.fill_diagonal(off, -1.0)
    sizes = off if min(off.shape) > 1 and off.max() > ZERO else sizes
    order = np.argsort(sizes, axis=None)
    worth = order[np.sort(sizes, axis=None) > ZERO]
    index = order[-1] if result.name != "a" or not worth.size else worth[len(worth) // 2]
    row, column = np.unravel_index(int(index), sizes.shape)
    return Exercise(step.key, int(row), int(column), Symbol(result.name, result.layer))


def right_value(worked: Worked, exercise: Exercise) -> float:
    """The number that is asked for."""
    return float(worked.step(exercise.step).result.value[exercise.row, exercise.column])


# Reading and comparing


def judge(worked: Worked, exercise: Exercise, text: str) -> Verdict:
    """Mark a typed answer and name the slip that it shows.

    Args:
        worked:   the calculation that the exercise is from.
        exercise: one of exercises(worked).
        text:     whatever was typed: a number with comma or point, "−" or "-", spaces, "1.3e-4", "1.3·10^-4".
    Returns: Verdict; it never raises for any text.
    """
    value = read_number(text)
    if value is None:
        said = "I can't read this as a number. Type it like −0.0384 or 3.84e-2; a comma is fine too."
        return Verdict(False, None, said if text.strip() else "Type a number, for example −0.0384.", None)
    right, name = right_value(worked, exercise), said_of(exercise.symbol)
    if same(value, right):
        return Verdict(True, None, f"Right: {name} = {written(right)}.", value)
    near = [wrong for wrong in wrong_values(worked, exercise) if same(value, wrong.value)]
    if near:
        ranked = sorted(
            near, key=lambda wrong: round(abs(value - wrong.value) / max(abs(wrong.value), ZERO), 9)
        )
        first = ranked[0]
        twin = next((w for w in ranked if w.slip != first.slip and same(w.value, first.value)), None)
        also = f" Or, with the same number: {twin.sentence}" if twin else ""
        return Verdict(False, first.slip, first.sentence + also, value)
    if value and right and value in (float(f"{right:.1e}"), float(f"{right:.0e}")):
        return Verdict(False, None, "So far so good: give three digits.", value)
    return Verdict(False, None, "This number fits no slip that I know. Look at the formula once more.", value)


def read_number(text: str) -> float | None:
    """A finite number out of what was typed, or None. Nothing is run as code."""
    if len(text) > LONGEST:
        return None
    text = re.sub(
        r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda raised: "^" + raised[0].translate(_RAISED), text.strip().lower()
    )
    text = re.sub(r"\s*[*x]\s*10\s*\^\s*(?=[+-]?\s*\d)", "e", text.translate(_PLAIN))
    text = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))|(?<=[+e-])\s+|\s+(?=e)", "", text)
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", text, re.ASCII):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_PLAIN = str.maketrans({**dict.fromkeys("−–—‒‐‑﹣－", "-"), **dict.fromkeys("·×⋅∙", "*")})


def same(value: float, expected: float) -> bool:
    """Whether a value agrees with the expected one to three significant digits, rounded or not."""
    if abs(expected) < ZERO or not math.isfinite(expected):
        return abs(value) < ZERO and abs(expected) < ZERO
    last = 10.0 ** (math.floor(math.log10(abs(expected))) - DIGITS + 1)
    return abs(value - expected) <= last / 2 * (1 + 1e-9)


def written(value: float) -> str:
    """A number with four significant digits and a true minus."""
    return f"{value:.4g}".replace("-", "−")


def said_of(symbol: Symbol) -> str:
    """A symbol as a sentence writes it: δ[2], new W[1], L."""
    letter = symbol.name.replace("delta", "δ").replace("_", " ")
    return letter if symbol.layer is None else f"{letter}[{symbol.layer}]"


def wrong_values(worked: Worked, exercise: Exercise) -> tuple[Wrong, ...]:
    """What each slip of the table would give, where that is another finite number than the right one."""
    right = right_value(worked, exercise)
    found = []
    for name, row in SLIPS.items():
        for value, sentence in row.wrong(_Question(worked, exercise)):
            if math.isfinite(value) and not same(value, right):
                found.append(Wrong(name, value, sentence))
    return tuple(found)


# Computing again with a slip in one step


@dataclass(frozen=True)
class _Question:
    """An exercise with what the slips ask of it."""

    worked: Worked
    exercise: Exercise

    @property
    def step(self) -> Step:
        """The step that is asked for."""
        return self.worked.step(self.exercise.step)

    @property
    def right(self) -> float:
        """The right number."""
        return right_value(self.worked, self.exercise)

    @property
    def name(self) -> str:
        """Of the result: "delta", "dW", "new_W" …"""
        return self.step.result.name

    @property
    def layer(self) -> int:
        """From 1; the loss belongs to the last."""
        return self.step.layer or len(self.worked.activations)

    @property
    def is_back(self) -> bool:
        """Whether it is linear in the derivative of the loss, or comes from what is."""
        return self.step.phase in ("backward", "update")

    def find(self, key: str) -> Step | None:
        """The step with this key, if there is one."""
        return next((step for step in self.worked.steps if step.key == key), None)

    def at(self, value: Array) -> float:
        """The asked entry of a matrix; NaN if it has another shape than the result."""
        there = value.shape == self.step.result.value.shape
        return float(value[self.exercise.row, self.exercise.column]) if there else math.nan

    def after(self, changed: Mapping[str, Array]) -> float:
        """The asked entry when some results are wrong and all that follows is computed from them."""
        values, dirty = {**self.worked.values, **changed}, set(changed)
        for step in self.worked.steps:
            if step.key not in changed and dirty.intersection(step.needs):
                try:
                    values[step.key] = step.formula.value(values)
                except ValueError:  # the wrong matrix has a shape with which nobody could go on
                    return math.nan
                dirty.add(step.key)
            if step.key == self.exercise.step:
                break
        return self.at(values[self.exercise.step]) if self.exercise.step in dirty else math.nan

    def with_formula(self, key: str, changed: Expression) -> float:
        """The asked entry when the step of this key was computed by another formula."""
        try:
            value = changed.value(self.worked.values)
        except (ValueError, KeyError):
            return math.nan
        return self.after({key: value}) if value.shape == self.worked.values[key].shape else math.nan

    def scaled(self, factor: float) -> float:
        """The asked entry when the loss, and so its derivatives, are multiplied by a number."""
        if self.step.key == "L":
            return self.right * factor
        keys = [key for key in ("dL", f"delta{len(self.worked.activations)}") if key in self.worked.values]
        return (
            self.after({key: self.worked.values[key] * factor for key in keys}) if self.is_back else math.nan
        )

    @property
    def errors(self) -> Iterator[Step]:
        """The errors delta that the result is computed from, its own layer's first."""
        for l in range(self.layer, len(self.worked.activations) + 1):
            if self.is_back and (step := self.find(f"delta{l}")) is not None:
                yield step


def _swapped(node: Expression, old: str, new: Symbol) -> Expression:
    """The expression with one symbol in the place of another; a transposed one stays transposed."""
    if isinstance(node, Symbol):
        return replace(new, transposed=node.transposed) if node.key == old else node
    return _mapped(node, lambda part: _swapped(part, old, new))


def _turned(node: Expression, key: str) -> Expression:
    """The expression with one symbol transposed where it is not, and the other way round."""
    if isinstance(node, Symbol):
        return replace(node, transposed=not node.transposed) if node.key == key else node
    return _mapped(node, lambda part: _turned(part, key))


def _mapped(node: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """A node with its parts changed."""
    if not children(node) or not is_dataclass(node):
        return node
    changes: dict[str, object] = {}
    for row in fields(node):
        held = getattr(node, row.name)
        if isinstance(held, Expression):
            changes[row.name] = change(held)
        elif isinstance(held, tuple) and held and all(isinstance(part, Expression) for part in held):
            changes[row.name] = tuple(change(part) for part in held)
    return replace(node, **changes)


def _walk(node: Expression) -> Iterator[Expression]:
    yield node
    for child in children(node):
        yield from _walk(child)


# The slips. Each yields pairs of a wrong number and a sentence that says what to do.

Pairs = Iterator[tuple[float, str]]


def _sign(q: _Question) -> Pairs:
    why = "The sign is wrong."
    if q.name == "L":
        why += " A loss is not negative: log a is, so there is a minus in front."
    elif q.step.phase == "backward":
        why += " The error of the output starts from a − y, not from y − a."
    yield -q.right, why


def _derivative(q: _Question) -> Pairs:
    for error in q.errors:
        l, name = error.layer, q.worked.activations[(error.layer or 1) - 1]
        given = q.worked.values.get("dL" if l == len(q.worked.activations) else f"da{l}")
        if given is None:
            continue
        mark = slope_sign(name)
        do = f"multiply ∂L/∂a[{l}] by {mark}(z[{l}])"
        if name == "softmax":
            mark, do = "The Jacobian of softmax", f"multiply each row of ∂L/∂a[{l}] by it"
        elif error.key == q.step.key and (slope := _slope(error)) is not None:
            do += f" = {written(q.at(slope.value(q.worked.values)))}"
        where = "" if error.key == q.step.key else f" in δ[{l}]"
        yield q.after({error.key: given}), f"{mark} is missing{where}: {do}."


def _average(q: _Question) -> Pairs:
    N, K = q.worked.samples, q.worked.net_dims[-1]
    if not q.is_back and q.name != "L":
        return
    if per := MEANS.get(q.worked.loss):
        parts = {"N": N} if per == "N" else {"N·K": N * K, "N": N, "K": K}
        for words, number in parts.items():
            what = {"N": "samples", "K": "outputs", "N·K": "numbers"}[words]
            said = f"1/{words.replace('N·K', '(N·K)')} is missing: this loss is a mean over {number} {what}."
            yield q.scaled(number), said
    elif q.worked.loss:
        yield q.scaled(1 / N), f"1/{N} is too much: this loss is a sum over the samples, not a mean."


def _factor(q: _Question) -> Pairs:
    if not q.is_back and q.name != "L":
        return
    squares = q.worked.loss in SQUARES
    about = f" Here the loss is {SQUARES[q.worked.loss]}." if squares else " No square is in this loss."
    if q.name != "L":
        about = f" {about.strip()[:-1]}, and the derivative of r² is 2r." if squares else about
    yield q.scaled(2), f"A factor 2 too much.{about}"
    yield q.scaled(0.5), f"A factor ½ too much.{about}"


def _transposed(q: _Question) -> Pairs:
    row, column, value = q.exercise.row, q.exercise.column, q.step.result.value
    if row != column and column < value.shape[0] and row < value.shape[1]:
        said = "This is the entry across the diagonal: something that should be transposed is not."
        yield float(value[column, row]), said
    for key in (f"z{q.layer}", f"da{q.layer}", q.step.key):
        if (step := q.find(key)) is None:
            continue
        for part in {part.key: part for part in symbols(step.formula) if part.name == "W"}.values():
            said = f"{said_of(part)} lies the wrong way round: each sum runs over what row and column share."
            yield q.with_formula(key, _turned(step.formula, part.key)), said


def _activation(q: _Question) -> Pairs:
    l, last = q.layer, len(q.worked.activations)
    if q.name in ("z", "a"):
        other = "a" if q.name == "z" else "z"
        do = f"put z[{l}] through the activation" if q.name == "a" else "this is before the activation"
        yield q.at(q.worked.values[f"{other}{l}"]), f"This is {other}[{l}], not {q.name}[{l}]: {do}."
    reads = [f"z{l}"] if q.step.phase == "forward" else [f"dW{l}"]
    for key in reads:
        if l > 1 and (step := q.find(key)) is not None:
            changed = _swapped(step.formula, f"a{l - 1}", Symbol("z", l - 1))
            said = f"Take a[{l - 1}], what the layer before gives out, not z[{l - 1}]."
            yield q.with_formula(key, changed), said
    for error in q.errors:
        slope = _slope(error)
        e, name = error.layer or 1, q.worked.activations[(error.layer or 1) - 1]
        if slope is not None:
            mark = slope_sign(name)
            said = f"{mark} belongs at z[{e}], before the activation, not at a[{e}]."
            formula = error.alternative if e == last and error.alternative else error.formula
            yield q.with_formula(error.key, _at_a(formula, e)), said
    for key in ("L",) if q.name == "L" else ("dL", f"delta{last}"):
        if (step := q.find(key)) is not None and (q.is_back or q.name == "L"):
            changed = _swapped(step.formula, f"a{last}", Symbol("z", last))
            said = f"The loss compares y with a[{last}], what the network gives out, not with z[{last}]."
            yield q.with_formula(key, changed), said


def _update(q: _Question) -> Pairs:
    if q.name in ("dW", "db") and (new := q.find(f"new_{q.name[1:]}{q.layer}")) is not None:
        letter = f"{q.name[1:]}[{q.layer}]"
        old = q.worked.values[f"{q.name[1:]}{q.layer}"]
        yield q.at(new.result.value), f"This is the new {letter}: the gradient comes before the update."
        said = f"This is the step of {letter}, η is in it already: the gradient is asked for."
        yield q.at(old - new.result.value), said
    if not q.name.startswith("new_"):
        return
    kind, l = q.name.removeprefix("new_"), q.layer
    old, gradient = q.worked.values[f"{kind}{l}"], q.worked.values[f"d{kind}{l}"]
    step, letter = old - q.step.result.value, f"{kind}[{l}]"
    yield q.at(gradient), f"This is the gradient: subtract η times it from {letter}."
    yield q.at(step), f"This is the step alone: subtract it from {letter} = {written(q.at(old))}."
    yield q.at(old + step), f"Added: the new {letter} is the old one minus the step, downhill."
    yield q.at(old), f"This is the old {letter}: subtract the step from it."
    rate = next((n for n in _walk(q.step.formula) if isinstance(n, Number) and n.label == "η"), None)
    if rate is not None and rate.number:
        yield q.at(old - step / rate.number), f"η is missing: multiply the gradient by η = {rate.number:g}."


def _slope(error: Step) -> Apply | None:
    """Where the formula of an error has the derivative of the activation, fused or not."""
    for formula in (error.formula, error.alternative):
        for node in _walk(formula) if formula is not None else ():
            z = isinstance(node, Apply) and isinstance(node.expr, Symbol) and node.expr.name == "z"
            if isinstance(node, Apply) and z and node.function.startswith(DERIVATIVE):
                return node
    return None


def _at_a(node: Expression, layer: int) -> Expression:
    """The formula of an error with the activation's derivative taken at a in place of z."""
    if isinstance(node, Apply) and node.function.startswith(DERIVATIVE):
        return replace(node, expr=_swapped(node.expr, f"z{layer}", Symbol("a", layer)))
    return _mapped(node, lambda part: _at_a(part, layer))


def slope_sign(activation: str) -> str:
    """How the derivative of an activation is written: σ′, ReLU′."""
    return "σ′" if activation == "sigmoid" else f"{ACTIVATIONS[activation].label}′"


@dataclass(frozen=True)
class Slip:
    """One slip: its key in SLIPS, how a page names it, and what it gives for a question."""

    name: str
    label: str
    wrong: Callable[[_Question], Pairs]


SLIPS: dict[str, Slip] = {
    slip.name: slip
    for slip in (
        Slip("sign", "the sign", _sign),
        Slip("derivative", "σ′ is missing", _derivative),
        Slip("average", "1/N", _average),
        Slip("factor", "a factor 2 or ½", _factor),
        Slip("transposed", "not transposed", _transposed),
        Slip("activation", "before or after the activation", _activation),
        Slip("update", "gradient or update", _update),
    )
}

MEANS = {
    "mse": "N·K",
    "mse_sample": "N",
    "half_mse": "N·K",
    "mae": "N·K",
    "huber": "N·K",
    "bce": "N·K",
    "cce": "N",
}
"""What a loss is a mean over; the others are sums."""
SQUARES = {
    "sse": "Σ r², without ½",
    "mse": "the mean of r², without ½",
    "mse_sample": "Σ r² / N, without ½",
    "half_mse": "half the mean of r²",
    "half_sse": "½ Σ r²",
}
