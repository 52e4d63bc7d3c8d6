"""Backpropagation written out: every step from the input to the new weights, with formula and numbers.

Forward, loss, backward, update: each step is one Expression, computed from the steps before it. Nothing here
calls Network.forward or backward, so that the tests can compare the two.

    forward    z = a W + b,  a = g(z)                                the first a is the input x
    loss       L
    backward   dL = ∂L/∂a of the output,  delta = ∂L/∂z,  dW = aᵀ delta,  db = 1ᵀ delta,  da = delta Wᵀ
    update     the optimiser's memory, then the new W and b

Source: Goodfellow, Bengio & Courville (2016), algorithms 6.3 and 6.4; fused output: section 6.2.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.activations import Activation
from engine.arrays import Array, as_matrix, check_choice, check_count, check_type
from engine.losses import Loss
from engine.network import Network
from engine.optimizers import Optimizer
from engine.parameters import Parameters
from engine.worked.derivations import Line
from engine.worked.expressions import (
    Apply,
    Expression,
    Hadamard,
    Jacobian,
    Number,
    Over,
    Product,
    Sum,
    Symbol,
    symbols,
)
from engine.worked.loss_forms import LossForm, loss_form
from engine.worked.update_forms import UpdateSymbols


@dataclass(frozen=True, eq=False)
class Operand:
    """A matrix with its symbol, untransposed; value is always two-dimensional."""

    symbol: Symbol
    value: Array

    @property
    def key(self) -> str:
        """The name and the number of the layer, "W1"."""
        return self.symbol.key

    @property
    def name(self) -> str:
        """The key without the layer, "W"."""
        return self.symbol.name


@dataclass(frozen=True, eq=False)
class Step:
    """One line of the calculation: result = formula.

    Args:
        key:         the key of the result, in which layers count from 1: "z1" "a1" … "L" "dL" "delta2" "dW2"
                     "db2" "da1" … "new_W1", and for an optimiser's own numbers "m_W1" "mhat_W1" …
        phase:       "forward", "loss", "backward" or "update".
        layer:       the layer that it belongs to, from 0; None for the loss.
        title:       what comes out, in words.
        formula:     the right-hand side.
        operands:    the matrices in it, in reading order, each once.
        result:      what comes out.
        needs:       the keys of the steps and inputs that it reads.
        note:        one sentence where something needs an explanation.
        alternative: another formula with the same result, e.g. the full Jacobian where the formula is fused;
                     for the error of a hidden layer the textbook's one line, without da in between.
        derivation:  why the formula holds, line by line, where it is not the chain rule as it stands.
        values:      every value of the whole calculation, by key.
    """

    key: str
    phase: str
    layer: int | None
    title: str
    formula: Expression
    operands: tuple[Operand, ...]
    result: Operand
    needs: tuple[str, ...]
    note: str = ""
    alternative: Expression | None = None
    derivation: tuple[Line, ...] = ()
    values: Mapping[str, Array] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, eq=False)
class Worked:
    """A whole step of training, written out.

    Args:
        net_dims, activations, loss, samples: the network's widths, its activations' names, the loss's name
                     ("" if there is none) and the number of samples.
        given:       what the calculation starts from: x, every W and b, and y if there is a loss.
        steps:       in the order of the calculation.
        values:      every matrix by key: "a0" (the input x), "y", "W1", "b1" …, the optimiser's old memory,
                     and every step's result.
        loss_before, loss_after: the loss with the old and with the new parameters, the same without an
                     optimiser; NaN without a loss.
    """

    net_dims: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    samples: int
    given: tuple[Operand, ...]
    steps: tuple[Step, ...]
    values: dict[str, Array]
    loss_before: float
    loss_after: float

    def step(self, key: str) -> Step:
        """The step with this key; ValueError if there is none."""
        by_key = {step.key: step for step in self.steps}
        return by_key[check_choice("step", key, by_key)]


class _Notebook:
    """The page that the steps are written on: values so far, what was given, and the lines."""

    def __init__(self) -> None:
        self.values, self.given, self.steps = dict[str, Array](), list[Operand](), list[Step]()

    def give(self, symbol: Symbol, value: Array) -> None:
        """Write down a matrix that the calculation starts from."""
        self.values[symbol.key] = value
        self.given.append(Operand(symbol, value))

    def write(
        self, symbol: Symbol, formula: Expression, phase: str, title: str, layer: int | None, **more: Any
    ) -> None:
        """Compute one line and keep it; more: note, alternative, derivation."""
        value = self.values[symbol.key] = formula.value(self.values)
        unique = {part.key: replace(part, transposed=False) for part in symbols(formula)}
        operands = tuple(Operand(part, self.values[part.key]) for part in unique.values())
        result = Operand(symbol, value)
        self.steps.append(
            Step(
                symbol.key, phase, layer, title, formula=formula, operands=operands, result=result,
                needs=tuple(unique), values=self.values, **more,
            )
        )  # fmt: skip


def work(
    net: Network,
    X: object,
    Y: object,
    loss: str | Loss | None,
    optimizer: Optimizer | None = None,
    *,
    sample: int | None = None,
    keep_biases: bool = False,
) -> Worked:
    """Write out one step of training; net and optimizer stay as they are.

    Args:
        net:         the network, at its present parameters.
        X, Y:        (N, D) samples and (N, K) targets, as rows.
        loss:        a name in LOSSES or make_loss(...); None ends after the forward pass, and Y isn't read.
        optimizer:   an optimiser, with the memory that it has; None ends after the backward pass.
        sample:      a row of X alone, from 0: N is 1 and the loss is this sample's. None takes all.
        keep_biases: update the weights only, as some textbook examples do.
    Returns: Worked.
    Raises:  ValueError for shapes that don't fit, a loss not defined for this output, no such sample.
    """
    check_type("net", net, Network)
    if optimizer is not None:
        check_type("optimizer", optimizer, Optimizer)
    inputs = as_matrix("X", X, columns=net.dims[0], rows=net.samples)
    rows = slice(None)
    if sample is not None:
        i = check_count("sample", sample, least=0, most=len(inputs) - 1)
        rows = slice(i, i + 1)
    book = _Notebook()
    book.give(Symbol("a", 0), inputs[rows].copy())
    for l, (W, b) in enumerate(zip(net.W, net.b, strict=True)):
        book.give(Symbol("W", l), W.copy())
        if b is not None:
            book.give(Symbol("b", l), _rows_of(b, rows))
    _forward(net, book)
    before = after = float("nan")
    if loss is not None:
        loss = net.checked_loss(loss)
        targets = net.checked_targets("Y", Y, loss, len(inputs))[rows]
        book.give(Symbol("y"), targets.copy())
        form = loss_form(loss, len(net.W) - 1, targets)
        _loss(book, form)
        before = after = book.values["L"].item()
        _backward(net, book, loss, form)
        if optimizer is not None:
            _update(net, book, optimizer, rows, keep_biases)
            after = _loss_after(book, form)
    return Worked(
        net_dims=net.dims,
        activations=tuple(activation.name for activation in net.activations),
        loss="" if loss is None else loss.name,
        samples=len(inputs[rows]),
        given=tuple(book.given),
        steps=tuple(book.steps),
        values=book.values,
        loss_before=before,
        loss_after=after,
    )


def _rows_of(b: Array, rows: slice) -> Array:
    """A bias as a matrix: (1, fan_out), or the rows of these samples where each has its own."""
    return b[None, :].copy() if b.ndim == 1 else b[rows].copy()


def _name(net: Network, l: int) -> str:
    return "the output layer" if l == len(net.W) - 1 else f"hidden layer {l + 1}"


def _forward(net: Network, book: _Notebook) -> None:
    for l, (g, b) in enumerate(zip(net.activations, net.b, strict=True)):
        z, weighted = Symbol("z", l), Product((Symbol("a", l), Symbol("W", l)))
        formula = weighted if b is None else Sum((weighted, Symbol("b", l)))
        book.write(z, formula, "forward", f"weighted sums of {_name(net, l)}", l)
        a = Apply(g.name, z, g.parameters)
        book.write(Symbol("a", l + 1), a, "forward", f"activations of {_name(net, l)}", l)


def _loss(book: _Notebook, form: LossForm) -> None:
    """Write the formula of textbooks, unless a is so near to 0 or 1 that its rounding spoils the result."""
    formula, other, note = form.value, form.from_logits, ""
    if other is not None:
        exact = other.value(book.values)
        if not np.allclose(formula.value(book.values), exact, rtol=5e-13, atol=5e-13, equal_nan=True):
            formula, other = other, formula
            note = "Computed from z, because an output so near to 0 or 1 has lost digits to rounding."
    book.write(Symbol("L"), formula, "loss", "loss", None, note=note, alternative=other)


def _backward(net: Network, book: _Notebook, loss: Loss, form: LossForm) -> None:
    last = len(net.W) - 1
    with np.errstate(all="ignore"):
        residual = book.values[Symbol("a", last + 1).key] - book.values["y"]
    if form.fused is None or np.isfinite(form.gradient.value(book.values)).all():
        # Huber's derivative is defined everywhere: at its kinks only the second one jumps
        kink = loss.name != "huber" and np.isin(residual, loss.kinks).any()
        note = "At a kink of the loss the derivative is not defined; the engine takes the usual value."
        book.write(
            Symbol("L", last, mark="d"), form.gradient, "backward", "derivative of the loss by the outputs",
            last, note=note if kink else "",
        )  # fmt: skip
    for l in reversed(range(len(net.W))):
        g, z, delta = net.activations[l], Symbol("z", l), Symbol("delta", l)
        da = Symbol("L", last, mark="d") if l == last else Symbol("a", l + 1, mark="d")
        formula, note = _through(g, z, da), _remark(g, book.values[z.key])
        alternative, derivation = None, tuple[Line, ...]()
        if l < last:
            following = Product((Symbol("delta", l + 1), Symbol("W", l + 1, transposed=True)))
            alternative = _through(g, z, following)
        elif form.fused is not None:
            alternative = formula if "dL" in book.values else None
            formula, derivation = form.fused, form.derivation
            note = f"The derivatives of the loss and of {g.label} multiply out to this; nothing is divided."
        book.write(
            delta, formula, "backward", f"error of {_name(net, l)}", l,
            note=note, alternative=alternative, derivation=derivation,
        )  # fmt: skip
        book.write(
            Symbol("W", l, mark="d"), Product((Symbol("a", l, transposed=True), delta)), "backward",
            f"gradient of the weights of {_name(net, l)}", l,
        )  # fmt: skip
        if net.b[l] is not None:
            own = net.bias == "per_sample"
            book.write(
                Symbol("b", l, mark="d"), delta if own else Over(delta, axis=0), "backward",
                f"gradient of the biases of {_name(net, l)}", l,
                note="Every sample has its own bias, so nothing is summed." if own else "",
            )  # fmt: skip
        if l > 0:
            book.write(
                Symbol("a", l, mark="d"), Product((delta, Symbol("W", l, transposed=True))), "backward",
                f"derivative of the loss by the activations of {_name(net, l - 1)}", l - 1,
            )  # fmt: skip


def _through(g: Activation, z: Symbol, da: Expression) -> Expression:
    """dL/dz from da = dL/da, where a = g(z)."""
    if g.mixes:
        return Jacobian(g.name, z, da, g.parameters)
    return Hadamard((da, Apply(g.name, z, g.parameters, derivative=True)))


def _remark(g: Activation, z: Array) -> str:
    if g.mixes:
        return f"{g.label} mixes the units of a sample, so each row is multiplied by a Jacobian of its own."
    if g.kink is not None and (z == g.kink).any():
        slope = Apply(g.name, Number(g.kink), g.parameters, derivative=True).value({}).item()
        return f"A z lies exactly on the kink of {g.label}; its derivative there is taken as {slope:g}."
    return ""


def _update(net: Network, book: _Notebook, rule: Optimizer, rows: slice, keep_biases: bool) -> None:
    memory = dict[str, Parameters]()
    for letter, held in rule.memory().items():
        memory[letter] = Parameters(net.dims, net.bias, net.samples)
        if held.size:
            memory[letter].theta[...] = held
    for l in range(len(net.W)):
        for name in ("W",) if keep_biases or net.b[l] is None else ("W", "b"):
            kind = "weights" if name == "W" else "biases"
            sheet = UpdateSymbols(name, l)
            for letter, formula, title in rule.lines(sheet):
                symbol = sheet.symbol(letter)
                for part in symbols(formula):
                    if part.old and part.key not in book.values:
                        held = getattr(memory[part.letter + part.mark], name)[l]
                        book.values[part.key] = _rows_of(held, rows) if name == "b" else held
                words = f"new {kind}" if symbol.mark == "new" else f"{title} of the {kind}"
                book.write(symbol, formula, "update", f"{words} of {_name(net, l)}", l)


def _loss_after(book: _Notebook, form: LossForm) -> float:
    """The same forward formulas once more, with the new parameters."""
    values = dict(book.values)
    for part in book.given:
        values[part.key] = values.get(replace(part.symbol, mark="new").key, part.value)
    for step in book.steps:
        if step.phase == "forward":
            values[step.key] = step.formula.value(values)
    return (form.from_logits or form.value).value(values).item()
