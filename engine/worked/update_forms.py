"""The optimizers as formulas: from a gradient, line by line, to the new weights.

A row per rule, as in OPTIMIZERS. Each yields (letter, formula, title): of W of layer 1 the line "m" is m_W1.
MARKED says which letters carry a mark.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.optimizers import TINY, Adagrad, Adam, AdamW, Optimizer, Rmsprop, Sgd, Sign
from engine.worked.expressions import (
    Apply,
    Constant,
    Difference,
    Expression,
    Hadamard,
    Maximum,
    Number,
    Power,
    Product,
    Quotient,
    Scaled,
    Sum,
    Symbol,
)


@dataclass(frozen=True)
class _Parameter:
    """W or b of one layer in the update: what the rule moves, theta, and the gradient g that it sees."""

    name: str
    layer: int
    theta: Symbol
    g: Symbol

    def own(self, letter: str) -> Symbol:
        """The rule's own number of this letter, "m_W1"; "new" and "decayed" are the parameter itself."""
        if letter in ("new", "decayed"):
            return Symbol(self.name, self.layer, mark=letter)
        plain, mark = MARKED.get(letter, (letter, ""))
        return Symbol(plain, self.layer, of=self.name, mark=mark)

    def old(self, letter: str) -> Symbol:
        """The same before this step, "old_m_W1"."""
        return replace(self.own(letter), old=True)


MARKED = {"mhat": ("m", "hat"), "vhat": ("v", "hat"), "vmax": ("v", "max")}
Line = tuple[str, Expression, str]
Lines = Iterator[Line]


@dataclass(frozen=True)
class UpdateForm:
    """A rule as formulas, and which letter stands for which of its memories."""

    lines: Callable[[Any, _Parameter], Lines]
    memory: Mapping[str, str]


def _moved(rule: Optimizer, p: _Parameter, direction: Expression) -> Line:
    return "new", Difference(p.theta, Scaled(Number(rule.learning_rate, "η"), direction)), "new"


def _one_minus(x: Expression) -> Expression:
    return Constant(Difference(Number(1.0), x))


def _average(p: _Parameter, letter: str, keep: float, label: str, value: Expression) -> Expression:
    kept = Number(keep, label)
    return Sum((Scaled(kept, p.old(letter)), Scaled(_one_minus(kept), value)))


def _over_root(above: Expression, squares: Expression, eps: float) -> Expression:
    return Quotient(above, Sum((Apply("sqrt", squares), Number(eps or TINY, "ε"))))


def _sgd(rule: Sgd, p: _Parameter) -> Lines:
    if rule.momentum == 0:
        yield _moved(rule, p, p.g)
        return
    keep, damped = Number(rule.momentum, "μ"), _one_minus(Number(rule.dampening, "dampening"))
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
    beta1, beta2 = Number(rule.beta1, "β₁"), Number(rule.beta2, "β₂")
    yield "mhat", Quotient(p.own("m"), _one_minus(Power(beta1, t))), "corrected average"
    yield "vhat", Quotient(p.own(largest), _one_minus(Power(beta2, t))), "corrected squares"
    yield _moved(rule, p, _over_root(p.own("mhat"), p.own("vhat"), rule.eps))


def _sign(rule: Sign, p: _Parameter) -> Lines:
    yield _moved(rule, p, Apply("sign", p.g))


_ADAM = UpdateForm(_adam, {"m": "average", "v": "square_average", "vmax": "largest"})
UPDATE_FORMS: dict[type[Optimizer], UpdateForm] = {
    Sgd: UpdateForm(_sgd, {"v": "velocity"}),
    Adagrad: UpdateForm(_adagrad, {"s": "square_sum"}),
    Rmsprop: UpdateForm(_rmsprop, {"v": "square_average", "m": "average", "u": "velocity"}),
    Adam: _ADAM,
    AdamW: _ADAM,
    Sign: UpdateForm(_sign, {}),
}


def update_lines(rule: Optimizer, name: str, layer: int) -> Iterator[tuple[Symbol, Expression, str]]:
    """The update of W or b (the name) of a layer, from 1: weight decay if there is any, then the rule.

    Decay makes the gradient g + λθ, or for AdamW the parameter (1 − ηλ)θ before its step.
    """
    p = _Parameter(name, layer, Symbol(name, layer), Symbol(name, layer, mark="d"))
    decay = Number(rule.weight_decay, "λ")
    if rule.weight_decay and isinstance(rule, AdamW):
        keep = _one_minus(Product((Number(rule.learning_rate, "η"), decay)))
        yield p.own("decayed"), Scaled(keep, p.theta), "decay"
        p = replace(p, theta=p.own("decayed"))
    elif rule.weight_decay:
        yield p.own("g"), Sum((p.g, Scaled(decay, p.theta))), "gradient with decay"
        p = replace(p, g=p.own("g"))
    for letter, formula, title in UPDATE_FORMS[type(rule)].lines(rule, p):
        yield p.own(letter), formula, title
