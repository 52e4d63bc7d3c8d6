"""Backpropagation written out: every step from the input to the new weights, with formula and numbers.

Forward, loss, backward, update: each step is one Expression, computed from the steps before it. Nothing here
calls Network.forward or backward, so that the two can be held against each other.

    forward    z = a W + b,  a = g(z)                                layers count from 1, and a0 is the input
    loss       L
    backward   dL = ∂L/∂a of the output,  delta = ∂L/∂z,  dW = aᵀ delta,  db = 1ᵀ delta,  da = delta Wᵀ
    update     the optimizer's memory, then the new W and b

Source: Goodfellow, Bengio & Courville (2016), algorithms 6.3 and 6.4; fused output: section 6.2.2.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.activations import Activation
from engine.arrays import Array, as_matrix, check_choice, check_count
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
    symbols,
)
from engine.losses import Loss
from engine.network import Network
from engine.optimizers import TINY, Adagrad, Adam, AdamW, Optimizer, Rmsprop, Sgd, Sign
from engine.parameters import Parameters


@dataclass(frozen=True, eq=False)
class Operand:
    """A matrix with its name: key is name and layer, "W2"; value is always two-dimensional."""

    key: str
    name: str
    layer: int | None
    value: Array


@dataclass(frozen=True, eq=False)
class Step:
    """One line of the calculation: result = formula.

    Args:
        key:         the key of the result: "z1" "a1" … "L" "dL" "delta2" "dW2" "db2" "da1" … "new_W1", and of
                     an optimizer's own numbers "m_W1" "mhat_W1" …
        phase:       "forward", "loss", "backward" or "update".
        layer:       from 1, None for the loss.
        title:       what comes out, in words.
        formula:     the right-hand side.
        operands:    what stands in it, in reading order, each once.
        result:      what comes out.
        needs:       the keys of the steps and inputs that it depends on.
        note:        one plain sentence where there is something to say.
        alternative: another formula with the same result, e.g. the full Jacobian where the formula is fused;
                     for the error of a hidden layer the textbook's one line, without da in between.
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
    values: Mapping[str, Array] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, eq=False)
class Worked:
    """A whole step of training, written out.

    Args:
        net_dims, activations, loss, samples: the network's widths, its activations' names, the loss's name
                     ("" if there is none) and the number of samples.
        steps:       in the order in which one calculates.
        values:      every matrix by key: "a0" (the input x), "y", "W1", "b1" …, and every step's result.
        loss_before, loss_after: the loss, and the loss with the new parameters; NaN without a loss.
    """

    net_dims: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    samples: int
    steps: tuple[Step, ...]
    values: dict[str, Array]
    loss_before: float
    loss_after: float

    def step(self, key: str) -> Step:
        """The step with this key; ValueError if there is none."""
        by_key = {step.key: step for step in self.steps}
        return by_key[check_choice("step", key, by_key)]


# Losses: a row per loss, with the same keys as LOSSES.


@dataclass(frozen=True)
class LossForm:
    """A loss as formulas: L, dL/da, and where the engine fuses dL/dz and L computed from z."""

    value: Expression
    gradient: Expression
    fused: Expression | None = None
    from_logits: Expression | None = None


@dataclass(frozen=True)
class _Output:
    """What the formula of a loss is made of: the last layer's symbols, and N and K."""

    loss: Loss
    layer: int
    Y: Array

    @property
    def a(self) -> Symbol:
        return Symbol("a", self.layer)

    @property
    def z(self) -> Symbol:
        return Symbol("z", self.layer)

    @property
    def residual(self) -> Expression:
        return Difference(self.a, TARGETS)

    def share(self, share: str, expr: Expression) -> Expression:
        """A share of SHARES times expr."""
        return Scaled(Number(SHARES[share](*self.Y.shape), share), expr) if share else expr


SHARES: dict[str, Callable[[int, int], float]] = {
    "2": lambda N, K: 2.0,
    "½": lambda N, K: 0.5,
    "1/N": lambda N, K: 1 / N,
    "2/N": lambda N, K: 2 / N,
    "−1/N": lambda N, K: -1 / N,
    "1/(N·K)": lambda N, K: 1 / (N * K),
    "2/(N·K)": lambda N, K: 2 / (N * K),
    "−1/(N·K)": lambda N, K: -1 / (N * K),
    "1/(2·N·K)": lambda N, K: 0.5 / (N * K),
}

TARGETS, ONE = Symbol("y"), Number(1.0)


def _squared(share: str, twice: str) -> Callable[[_Output], LossForm]:
    def form(out: _Output) -> LossForm:
        squares = Total(Apply("square", out.residual))
        return LossForm(out.share(share, squares), out.share(twice, out.residual))

    return form


def _mae(out: _Output) -> LossForm:
    distances, signs = Total(Apply("abs", out.residual)), Apply("sign", out.residual)
    return LossForm(out.share("1/(N·K)", distances), out.share("1/(N·K)", signs))


def _huber(out: _Output) -> LossForm:
    delta = out.loss.parameters
    height, slope = (Apply(name, out.residual, delta) for name in ("huber", f"{DERIVATIVE}huber"))
    return LossForm(out.share("1/(N·K)", Total(height)), out.share("1/(N·K)", slope))


def _bce(out: _Output) -> LossForm:
    a, z, not_a, not_y = out.a, out.z, Difference(ONE, out.a), Difference(ONE, TARGETS)
    logs = Sum((Hadamard((TARGETS, Apply("log", a))), Hadamard((not_y, Apply("log", not_a)))))
    minus_z = Scaled(Number(-1.0, "−1"), z)
    surprise = Sum((Hadamard((TARGETS, Apply("softplus", minus_z))), Hadamard((not_y, Apply("softplus", z)))))
    return LossForm(
        out.share("−1/(N·K)", Total(logs)),
        out.share("1/(N·K)", Quotient(out.residual, Hadamard((a, not_a)))),
        fused=out.share("1/(N·K)", out.residual),
        from_logits=out.share("1/(N·K)", Total(surprise)),
    )


def _cce(out: _Output) -> LossForm:
    sums_to_one = np.allclose(out.Y.sum(axis=1), 1, rtol=0, atol=1e-15)
    fused = out.residual if sums_to_one else Difference(Hadamard((Over(TARGETS, axis=1), out.a)), TARGETS)
    return LossForm(
        out.share("−1/N", Total(Hadamard((TARGETS, Apply("log", out.a))))),
        out.share("−1/N", Quotient(TARGETS, out.a)),
        fused=out.share("1/N", fused),
        from_logits=out.share("−1/N", Total(Hadamard((TARGETS, Apply("log_softmax", out.z))))),
    )


LOSS_FORMS: dict[str, Callable[[_Output], LossForm]] = {
    "sse": _squared("", "2"),
    "mse": _squared("1/(N·K)", "2/(N·K)"),
    "mse_sample": _squared("1/N", "2/N"),
    "half_mse": _squared("1/(2·N·K)", "1/(N·K)"),
    "half_sse": _squared("½", ""),
    "mae": _mae,
    "huber": _huber,
    "bce": _bce,
    "cce": _cce,
}


# Optimizers: a row per rule, as in OPTIMIZERS. Each yields (letter, formula, title), line by line.


@dataclass(frozen=True)
class _Parameter:
    """W or b of one layer in the update: what the rule moves, theta, and the gradient g that it sees."""

    name: str
    layer: int
    theta: Symbol
    g: Symbol

    def own(self, letter: str) -> Symbol:
        """The rule's own number of this letter, "m_W1"."""
        return Symbol(f"{letter}_{self.name}", self.layer)

    def old(self, letter: str) -> Symbol:
        """The same before this step, "old_m_W1"."""
        return self.own(f"old_{letter}")


Line = tuple[str, Expression, str]
Lines = Iterator[Line]


def _moved(rule: Optimizer, p: _Parameter, direction: Expression) -> Line:
    return "new", Difference(p.theta, Scaled(Number(rule.learning_rate, "η"), direction)), "new"


def _average(p: _Parameter, letter: str, keep: float, label: str, value: Expression) -> Expression:
    fresh = Scaled(Number(1 - keep, f"(1 − {label})"), value)
    return Sum((Scaled(Number(keep, label), p.old(letter)), fresh))


def _over_root(above: Expression, squares: Expression, eps: float) -> Expression:
    return Quotient(above, Sum((Apply("sqrt", squares), Number(eps or TINY, "ε"))))


def _sgd(rule: Sgd, p: _Parameter) -> Lines:
    if rule.momentum == 0:
        yield _moved(rule, p, p.g)
        return
    keep, damped = Number(rule.momentum, "μ"), Number(1 - rule.dampening, "(1 − dampening)")
    fresh = Scaled(damped, p.g) if rule.dampening else p.g
    yield "v", Sum((Scaled(keep, p.old("v")), fresh)) if rule.step_count else p.g, "velocity"
    if rule.nesterov:
        yield "d", Sum((p.g, Scaled(keep, p.own("v")))), "direction, one velocity ahead,"
    yield _moved(rule, p, p.own("d" if rule.nesterov else "v"))


def _adagrad(rule: Adagrad, p: _Parameter) -> Lines:
    yield "s", Sum((p.old("s"), Apply("square", p.g))), "sum of squared gradients"
    yield _moved(rule, p, _over_root(p.g, p.own("s"), rule.eps))


def _rmsprop(rule: Rmsprop, p: _Parameter) -> Lines:
    squares, average = p.own("v"), p.own("m")
    yield "v", _average(p, "v", rule.rho, "ρ", Apply("square", p.g)), "average of squared gradients"
    if rule.centered:
        yield "m", _average(p, "m", rule.rho, "ρ", p.g), "average of gradients"
        root, squares = Apply("sqrt", squares), p.own("s")
        spread = Hadamard((Difference(root, average), Sum((root, average))))  # v − m²
        yield "s", Maximum((spread, Number(0.0))), "spread of the gradients"
    direction = _over_root(p.g, squares, rule.eps)
    if rule.momentum:
        yield "u", Sum((Scaled(Number(rule.momentum, "μ"), p.old("u")), direction)), "velocity"
    yield _moved(rule, p, p.own("u") if rule.momentum else direction)


def _adam(rule: Adam, p: _Parameter) -> Lines:
    t = rule.step_count + 1
    yield "m", _average(p, "m", rule.beta1, "β₁", p.g), "average of gradients"
    yield "v", _average(p, "v", rule.beta2, "β₂", Apply("square", p.g)), "average of squared gradients"
    largest = "vmax" if rule.amsgrad else "v"
    if rule.amsgrad:
        yield "vmax", Maximum((p.old("vmax"), p.own("v"))), "largest average so far"
    yield "mhat", Quotient(p.own("m"), Number(1 - rule.beta1**t, f"(1 − β₁^{t})")), "corrected average"
    yield "vhat", Quotient(p.own(largest), Number(1 - rule.beta2**t, f"(1 − β₂^{t})")), "corrected squares"
    yield _moved(rule, p, _over_root(p.own("mhat"), p.own("vhat"), rule.eps))


def _sign(rule: Sign, p: _Parameter) -> Lines:
    yield _moved(rule, p, Apply("sign", p.g))


@dataclass(frozen=True)
class UpdateForm:
    """A rule as formulas, and which letter stands for which of its memories."""

    lines: Callable[[Any, _Parameter], Lines]
    memory: Mapping[str, str]


_ADAM = UpdateForm(_adam, {"m": "average", "v": "square_average", "vmax": "largest"})
UPDATE_FORMS: dict[type[Optimizer], UpdateForm] = {
    Sgd: UpdateForm(_sgd, {"v": "velocity"}),
    Adagrad: UpdateForm(_adagrad, {"s": "square_sum"}),
    Rmsprop: UpdateForm(_rmsprop, {"v": "square_average", "m": "average", "u": "velocity"}),
    Adam: _ADAM,
    AdamW: _ADAM,
    Sign: UpdateForm(_sign, {}),
}


class _Notebook:
    """The page that the steps are written on: values so far, and the lines."""

    def __init__(self, values: dict[str, Array]) -> None:
        self.values, self.steps = values, list[Step]()

    def write(self, symbol: Symbol, formula: Expression, phase: str, title: str, **more: Any) -> None:
        """Compute one line and keep it; more: layer, note, alternative."""
        value = self.values[symbol.key] = formula.value(self.values)
        unique = {part.key: replace(part, transposed=False) for part in symbols(formula)}
        operands = tuple(self._operand(part) for part in unique.values())
        result = Operand(symbol.key, symbol.name, symbol.layer, value)
        more = {"layer": symbol.layer, **more}
        self.steps.append(
            Step(
                symbol.key, phase, title=title, formula=formula, operands=operands, result=result,
                needs=tuple(unique), values=self.values, **more,
            )
        )  # fmt: skip

    def _operand(self, symbol: Symbol) -> Operand:
        return Operand(symbol.key, symbol.name, symbol.layer, self.values[symbol.key])


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
    """Write out one step of training; net and optimizer are left as they are.

    Args:
        net:         the network, at its present parameters.
        X, Y:        (N, D) samples and (N, K) targets, as rows.
        loss:        a name in LOSSES or make_loss(...); None ends after the forward pass, and Y isn't read.
        optimizer:   an optimizer with whatever memory it has; None ends after the backward pass.
        sample:      one row of X alone, from 0: the loss is then this sample's, N = 1. None takes all.
        keep_biases: update the weights only, as some textbook examples do.
    Returns: Worked.
    Raises:  ValueError for shapes that don't fit, a loss not defined for this output, no such sample.
    """
    inputs = as_matrix("X", X, columns=net.dims[0], rows=net.samples)
    rows = slice(None)
    if sample is not None:
        i = check_count("sample", sample, least=0, most=len(inputs) - 1)
        rows = slice(i, i + 1)
    book = _Notebook({"a0": inputs[rows].copy()})
    for l, (W, b) in enumerate(zip(net.W, net.b, strict=True), start=1):
        book.values[f"W{l}"] = W.copy()
        if b is not None:
            book.values[f"b{l}"] = _rows_of(b, rows)
    _forward(net, book)
    before = after = float("nan")
    if loss is not None:
        loss = net.checked_loss(loss)
        targets = as_matrix("Y", Y, columns=net.dims[-1], rows=len(inputs))[rows]
        book.values["y"] = targets.copy()
        form = LOSS_FORMS[loss.name](_Output(loss, len(net.W), targets))
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
        samples=len(book.values["a0"]),
        steps=tuple(book.steps),
        values=book.values,
        loss_before=before,
        loss_after=after,
    )


def _rows_of(b: Array, rows: slice) -> Array:
    """A bias as a matrix: (1, fan_out), or the rows of these samples where each has its own."""
    return b[None, :].copy() if b.ndim == 1 else b[rows].copy()


def _name(net: Network, l: int) -> str:
    return "the output layer" if l == len(net.W) else f"hidden layer {l}"


def _forward(net: Network, book: _Notebook) -> None:
    for l, g in enumerate(net.activations, start=1):
        z, weighted = Symbol("z", l), Product((Symbol("a", l - 1), Symbol("W", l)))
        formula = Sum((weighted, Symbol("b", l))) if f"b{l}" in book.values else weighted
        book.write(z, formula, "forward", f"weighted sums of {_name(net, l)}")
        book.write(
            Symbol("a", l), Apply(g.name, z, g.parameters), "forward", f"activations of {_name(net, l)}"
        )


def _loss(book: _Notebook, form: LossForm) -> None:
    """Write the textbook's formula, unless the rounding of a to 0 or 1 spoils it."""
    formula, other, note = form.value, form.from_logits, ""
    if other is not None:
        exact = other.value(book.values)
        if not np.allclose(formula.value(book.values), exact, rtol=5e-13, atol=5e-13, equal_nan=True):
            formula, other = other, formula
            note = "Computed from z, because an output so near to 0 or 1 has lost digits to rounding."
    book.write(Symbol("L"), formula, "loss", "loss", note=note, alternative=other)


def _backward(net: Network, book: _Notebook, loss: Loss, form: LossForm) -> None:
    last = len(net.W)
    with np.errstate(all="ignore"):
        residual = book.values[f"a{last}"] - book.values["y"]
    if form.fused is None or np.isfinite(form.gradient.value(book.values)).all():
        note = "At a kink of the loss the derivative is not defined; the engine takes the usual value."
        book.write(
            Symbol("dL"), form.gradient, "backward", "derivative of the loss by the outputs", layer=last,
            note=note if np.isin(residual, loss.kinks).any() else "",
        )  # fmt: skip
    for l in range(last, 0, -1):
        g, z, delta = net.activations[l - 1], Symbol("z", l), Symbol("delta", l)
        da: Symbol = Symbol("dL") if l == last else Symbol("da", l)
        formula, note = _through(g, z, da), _remark(g, book.values[z.key])
        alternative = None
        if l < last:
            following = Product((Symbol("delta", l + 1), Symbol("W", l + 1, transposed=True)))
            alternative = _through(g, z, following)
        elif form.fused is not None:
            alternative = formula if "dL" in book.values else None
            formula = form.fused
            note = f"The derivatives of the loss and of {g.label} multiply out to this; nothing is divided."
        book.write(
            delta, formula, "backward", f"error of {_name(net, l)}", note=note, alternative=alternative
        )
        book.write(
            Symbol("dW", l), Product((Symbol("a", l - 1, transposed=True), delta)), "backward",
            f"gradient of the weights of {_name(net, l)}",
        )  # fmt: skip
        if f"b{l}" in book.values:
            own = net.bias == "per_sample"
            book.write(
                Symbol("db", l), delta if own else Over(delta, axis=0), "backward",
                f"gradient of the biases of {_name(net, l)}",
                note="Every sample has its own bias, so nothing is summed." if own else "",
            )  # fmt: skip
        if l > 1:
            book.write(
                Symbol("da", l - 1), Product((delta, Symbol("W", l, transposed=True))), "backward",
                f"derivative of the loss by the activations of {_name(net, l - 1)}",
            )  # fmt: skip


def _through(g: Activation, z: Symbol, da: Expression) -> Expression:
    """dL/dz from da = dL/da, where a = g(z)."""
    if g.name == "softmax":
        return Jacobian(g.name, z, da, g.parameters)
    return Hadamard((da, Apply(DERIVATIVE + g.name, z, g.parameters)))


def _remark(g: Activation, z: Array) -> str:
    if g.name == "softmax":
        return "Softmax mixes the units of a sample, so each row is multiplied by a Jacobian of its own."
    if g.kink is not None and (z == g.kink).any():
        slope = Apply(DERIVATIVE + g.name, Number(g.kink), g.parameters).value({}).item()
        return f"A z lies exactly on the kink of {g.label}; its derivative there is taken as {slope:g}."
    return ""


def _update(net: Network, book: _Notebook, rule: Optimizer, rows: slice, keep_biases: bool) -> None:
    form, state = UPDATE_FORMS[type(rule)], rule.state()
    memory = {}
    for letter, name in form.memory.items():
        memory[letter] = Parameters(net.dims, net.bias, net.samples)
        held = np.asarray(state[name])
        if held.size:
            memory[letter].theta[...] = held
    for l in range(1, len(net.W) + 1):
        for name in ("W",) if keep_biases or f"b{l}" not in book.values else ("W", "b"):
            kind = "weights" if name == "W" else "biases"
            p = _Parameter(name, l, Symbol(name, l), Symbol(f"d{name}", l))
            for letter, formula, title in _decayed(rule, p):
                book.write(p.own(letter), formula, "update", f"{title} of the {kind} of {_name(net, l)}")
                p = replace(p, g=p.own("g")) if letter == "g" else replace(p, theta=p.own(letter))
            for letter, formula, title in form.lines(rule, p):
                for part in symbols(formula):
                    if part.name.startswith("old_") and part.key not in book.values:
                        held = getattr(memory[part.name.split("_")[1]], name)[l - 1]
                        book.values[part.key] = _rows_of(held, rows) if name == "b" else held
                words = f"new {kind}" if letter == "new" else f"{title} of the {kind}"
                book.write(p.own(letter), formula, "update", f"{words} of {_name(net, l)}")


def _decayed(rule: Optimizer, p: _Parameter) -> Lines:
    """Weight decay: g + λθ, or for AdamW (1 − ηλ)θ before its step."""
    if rule.weight_decay and isinstance(rule, AdamW):
        keep = Number(1 - rule.learning_rate * rule.weight_decay, "(1 − ηλ)")
        yield "decayed", Scaled(keep, p.theta), "decay"
    elif rule.weight_decay:
        yield "g", Sum((p.g, Scaled(Number(rule.weight_decay, "λ"), p.theta))), "gradient with decay"


def _loss_after(book: _Notebook, form: LossForm) -> float:
    """The same forward formulas once more, with the new parameters."""
    values = {key: book.values.get(f"new_{key}", value) for key, value in book.values.items()}
    for step in book.steps:
        if step.phase == "forward":
            values[step.key] = step.formula.value(values)
    return (form.from_logits or form.value).value(values).item()


# Neuron by neuron


@dataclass(frozen=True)
class Entry:
    """One entry of a result as a sum: each term is a product of factors (what it is, its number)."""

    terms: tuple[tuple[tuple[str, float], ...], ...]
    value: float


def entry(step: Step, row: int, column: int) -> Entry:
    """The sum that makes up one entry of a step's result.

        delta2[1] = delta3[1] · W3[1,1] · σ′(z2[1]) + …

    Args:    row, column: from 0. The labels count from 1; a single sample's vectors have one index.
    Returns: Entry; its terms, multiplied out and added, give its value.
    Raises:  ValueError where the result has no such entry.
    """
    height, width = step.result.value.shape
    check_count("row", row, least=0, most=height - 1)
    check_count("column", column, least=0, most=width - 1)
    reads_da = any(operand.name == "da" for operand in step.operands)
    formula = step.alternative if reads_da and step.alternative else step.formula
    return Entry(tuple(_terms(formula, row, column, step.values)), float(step.result.value[row, column]))


Term = tuple[tuple[str, float], ...]


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
            return [*at(a), *((("−1", -1.0), *term) for term in at(b))]
        case Jacobian(Z=Z, vector=vector, axis=1):
            matrix = node.matrix(Z.value(env)[i])
            return [
                (*term, (f"J[{k + 1},{j + 1}]", float(matrix[k, j])))
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
            return [((_label(node, i, j, env), float(number)),)]


_SIGNS = {"sigmoid": "σ"}


def _label(node: Expression, i: int, j: int, env: Mapping[str, Array]) -> str:
    """How one entry of a node is written, with indices from 1."""
    match node:
        case Symbol():
            if node.transposed:
                i, j = j, i
            rows, columns = env[node.key].shape
            if rows == columns == 1 and node.layer is None:
                return node.key
            one_index = rows == 1 and not node.name.endswith("W")
            return f"{node.key}[{j + 1}]" if one_index else f"{node.key}[{i + 1},{j + 1}]"
        case Number(number=number, label=label):
            return label or f"{number:g}".replace("-", "−")
        case Apply(function=function, expr=expr):
            name = function.removeprefix(DERIVATIVE)
            dash = "′" if function.startswith(DERIVATIVE) else ""
            return f"{_SIGNS.get(name, name)}{dash}({_label(expr, i, j, env)})"
        case Sum(terms=parts):
            return f"({' + '.join(_label(part, i, j, env) for part in parts)})"
        case Difference(a=a, b=b):
            return f"({_label(a, i, j, env)} − {_label(b, i, j, env)})"
        case Quotient(a=a, b=b):
            return f"{_label(a, i, j, env)} / {_label(b, i, j, env)}"
        case Hadamard(factors=parts):
            return "·".join(_label(part, i, j, env) for part in parts)
        case Maximum(terms=parts):
            return f"max({', '.join(_label(part, i, j, env) for part in parts)})"
        case Scaled(factor=factor, expr=expr):
            return f"{_label(factor, i, j, env)}·{_label(expr, i, j, env)}"
        case _:
            return f"entry [{i + 1},{j + 1}]"


def per_sample(step: Step) -> tuple[Array, ...]:
    """The N matrices that add up to dW, one per sample: the outer products of a's row and delta's row.

    Raises: ValueError for another step than dW.
    """
    if step.result.name != "dW":
        raise ValueError(f"per_sample needs the step of a dW. Got {step.key}.")
    a, delta = (operand.value for operand in step.operands)
    return tuple(np.outer(before, error) for before, error in zip(a, delta, strict=True))
