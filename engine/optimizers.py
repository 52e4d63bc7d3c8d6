"""An optimiser turns the gradient into a step: theta moves downhill, each rule in its own stride.

In every equation g is the gradient, η the learning rate, ε = eps; each operation works element by element.
Semantics and defaults are PyTorch's, except that weight_decay is 0 unless given, in AdamW too.

Each rule stands here twice: _move lists the calls of its step, for speed (see engine/calls.py); _lines writes
the same step out, one line per quantity, for a reader to follow.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, field, fields
from functools import partial
from math import sqrt
from typing import ClassVar

import numpy as np

from engine.arrays import (
    Array,
    as_reals,
    as_shaped,
    brief,
    check_choice,
    check_count,
    check_flag,
    check_number,
    check_type,
)
from engine.calls import Calls, perform
from engine.lines import Line, Symbols, T
from engine.options import Option, Parameter, check_parameters, table

State = dict[str, float | Array]

TINY = float(np.finfo(np.float64).tiny)  # in place of eps = 0: a zero gradient gives 0 / TINY = 0, not 0 / 0
_empty: Callable[[], Array] = partial(np.empty, 0)  # memory that the first step makes room for

# The square of a gradient of 1e200 is inf, and g / √inf is a step of 0: no reason for a warning.
squares_may_overflow = partial(np.errstate, over="ignore", under="ignore")


@dataclass(eq=False, kw_only=True)
class Optimizer(ABC):
    """A rule with its settings, which may change between steps, and its memory, which starts at 0."""

    decoupled: ClassVar[bool] = False  # whether weight decay shrinks θ itself, not by way of the gradient
    squares: ClassVar[bool] = False  # whether gradients are squared
    learning_rate: float
    weight_decay: float = 0.0
    step_count: int = field(default=0, init=False)
    _scratch = _other = _decayed = _empty()  # not part of the state

    def step(self, theta: Array, grad_theta: Array) -> None:
        """Move theta (P,) in place by one step of the rule; grad_theta (P,) stays as it is, NaN passes on.

            g ← g + weight_decay · θ             first, biases included;
            θ ← θ − η · weight_decay · θ         instead, where the decay is decoupled

        Raises: ValueError if the shapes differ, or differ from the first step's; or if theta is no array of
                floats, in which a step could be written.
        """
        if not isinstance(theta, np.ndarray) or theta.dtype.kind != "f":
            raise ValueError(f"theta must be an array of floats, which step changes. Got {brief(theta)}.")
        if type(grad_theta) is not np.ndarray or grad_theta.dtype.kind != "f":
            grad_theta = as_reals("grad_theta", grad_theta)
        with squares_may_overflow() if self.squares else nullcontext():
            perform(self.calls(theta, grad_theta))

    def calls(self, theta: Array, g: Array) -> Calls:
        """The calls that make one step: theta and g, (P,) each, are then read and written where they lie now.

        Whenever the calls are made they take the present learning rate, and they count the step. All else is
        taken down here and now: once it changes (see taken_down), the calls have to be listed anew.

        Raises: ValueError if the shapes differ, or differ from the first step's.
        """
        if theta.shape != self._scratch.shape:  # so that no later step allocates anything
            self._make_room(theta)
        if g.shape != theta.shape:
            raise ValueError(f"grad_theta must have shape {theta.shape}, as theta. Got {g.shape}.")
        return self._calls(theta, g)

    def taken_down(self) -> tuple[object, ...]:
        """What listed calls go on using: every setting but the learning rate, and the memory's arrays."""
        return tuple(
            id(value) if isinstance(value, np.ndarray) else value
            for name, value in vars(self).items()
            if name not in ("learning_rate", "step_count")
        )

    def state(self) -> State:
        """Copy everything that the next step depends on: settings, step count and memory."""
        return {row.name: copy(getattr(self, row.name)) for row in fields(self)}

    def load_state(self, state: State, shape: tuple[int, ...] | None = None) -> None:
        """Go back to a copied state, the learning rate included: the same gradients give the same steps.

        Args:
            state: as state() gives it.
            shape: of the theta that goes on with it; None takes a memory of any one shape.
        Raises: ValueError for what is no state of this rule; then nothing changes.
        """
        names = [row.name for row in fields(self)]
        if not isinstance(state, Mapping) or state.keys() != set(names):
            raise ValueError(f"state must hold {', '.join(names)}. Got {brief(state)}.")
        for name, value in state.items():
            own, words = getattr(self, name), f"{name} in the state"
            if isinstance(own, np.ndarray):
                check_type(words, value, np.ndarray)
                memory = np.asarray(value)
                if memory.dtype.kind != "f":
                    raise ValueError(f"{words} must be an array of floats. Got {brief(value)}.")
                if memory.size:  # it is 0 before the first step
                    shape = memory.shape if shape is None else shape
                    as_shaped(words, memory, shape)
            elif isinstance(own, bool):
                check_flag(words, value)
            elif name == "step_count":
                check_count(words, value, least=0)
            else:
                check_number(words, value, least=0)
        for name, value in state.items():
            setattr(self, name, copy(value))
        self._scratch = _empty()

    def memory(self) -> dict[str, Array]:
        """What the rule remembers, (P,) each, by its letter in the lines; of size 0 before the first step."""
        return {row.metadata["letter"]: getattr(self, row.name) for row in fields(self) if row.metadata}

    def lines(self, p: Symbols[T]) -> Iterator[Line[T]]:
        """The next step written out: weight decay if there is any, then the rule; the last line is the new θ.

        Computed one after another, the lines give what step gives, up to rounding.
        """
        theta, g = p.theta, p.g
        if self.weight_decay and self.decoupled:
            pull = p.number(self.learning_rate, "η") * p.number(self.weight_decay, "λ")
            yield "decayed", p.rest(pull) * theta, "decay"
            theta = p.own("decayed")
        elif self.weight_decay:
            yield "g", g + p.number(self.weight_decay, "λ") * theta, "gradient with decay"
            g = p.own("g")
        yield from self._lines(p, theta, g)

    def _make_room(self, theta: Array) -> None:
        for name, value in self.state().items():
            if isinstance(value, np.ndarray) and value.size == 0:
                setattr(self, name, np.zeros_like(theta))
            elif isinstance(value, np.ndarray) and value.shape != theta.shape:
                raise ValueError(f"theta must have shape {value.shape} to match {name}. Got {theta.shape}.")
        self._scratch, self._other, self._decayed = (np.empty_like(theta) for _ in range(3))

    def _calls(self, theta: Array, g: Array) -> Calls:
        eta, rest = np.empty((), theta.dtype), np.empty((), theta.dtype)
        yield self._begin, eta
        if self.weight_decay and self.decoupled:
            yield self._shrink, rest
            yield np.multiply, theta, rest, theta
        elif self.weight_decay:
            yield np.multiply, theta, self.weight_decay, self._decayed
            yield np.add, self._decayed, g, self._decayed
            g = self._decayed
        yield from self._move(theta, g, eta)

    def _begin(self, eta: Array) -> None:
        """Count the step, and write down its η, which may be another than a step before."""
        self.step_count += 1
        eta[()] = self.learning_rate

    def _shrink(self, rest: Array) -> None:
        rest[()] = 1.0 - self.learning_rate * self.weight_decay

    @abstractmethod
    def _move(self, theta: Array, g: Array, eta: Array) -> Calls:
        """The calls that change theta: the rule itself. η is an array of one number."""

    @abstractmethod
    def _lines(self, p: Symbols[T], theta: T, g: T) -> Iterator[Line[T]]:
        """The same rule, line by line."""

    def _subtract(self, theta: Array, direction: Array, eta: Array) -> Calls:
        """θ ← θ − η · direction."""
        yield np.multiply, direction, eta, self._scratch
        yield np.subtract, theta, self._scratch, theta

    def _accumulate(
        self, memory: Array, value: Array, keep: float, share: float | Array | None = None
    ) -> Calls:
        """memory ← keep · memory + share · value; the value may be the scratch array. No share means 1."""
        if share is not None:
            yield np.multiply, value, share, self._scratch
            value = self._scratch
        yield np.multiply, memory, keep, memory
        yield np.add, memory, value, memory

    def _over_root(self, g: Array, squares: Array, eps: float | Array) -> Calls:
        """g / (√squares + ε) in the scratch array, which may hold the squares."""
        yield np.sqrt, squares, self._scratch
        yield np.add, self._scratch, eps, self._scratch
        yield np.divide, g, self._scratch, self._scratch

    def _new(self, p: Symbols[T], theta: T, direction: T) -> Line[T]:
        """The last line: what _subtract does."""
        return "new", theta - p.number(self.learning_rate, "η") * direction, "new"

    def _averaged(self, p: Symbols[T], letter: str, value: T, keep: float, label: str) -> T:
        """What _accumulate does for an average, where the shares add up to 1."""
        kept = p.number(keep, label)
        return kept * p.old(letter) + p.rest(kept) * value

    def _divided(self, p: Symbols[T], g: T, squares: T, eps: float) -> T:
        """What _over_root does."""
        return g / (p.sqrt(squares) + p.number(eps or TINY, "ε"))


@dataclass(eq=False, kw_only=True)
class Sgd(Optimizer):
    """Gradient descent, with a velocity v if momentum μ > 0.

        v ← μ·v + (1 − dampening)·g, but v ← g at the first step       θ ← θ − η·v
        nesterov: θ ← θ − η·(g + μ·v)                                  μ = 0: θ ← θ − η·g

    PyTorch's convention: η scales the finished velocity, where Sutskever et al. (2013) put η·g into it.
    """

    momentum: float
    dampening: float
    nesterov: bool
    velocity: Array = field(default_factory=_empty, init=False, metadata={"letter": "v"})

    def __post_init__(self) -> None:
        if self.nesterov and (self.momentum == 0 or self.dampening != 0):
            got = f"momentum {self.momentum:g} and dampening {self.dampening:g}"
            raise ValueError(f"nesterov needs momentum > 0 and dampening 0. Got {got}.")

    def _move(self, theta: Array, g: Array, eta: Array) -> Calls:
        direction, share = g, np.empty((), theta.dtype)
        if self.momentum:
            direction = self.velocity
            if self.dampening:
                yield self._dampen, share
            yield from self._accumulate(direction, g, self.momentum, share if self.dampening else None)
        if self.nesterov:
            direction = self._scratch
            yield np.multiply, self.velocity, self.momentum, direction
            yield np.add, direction, g, direction
        yield from self._subtract(theta, direction, eta)

    def _dampen(self, share: Array) -> None:
        share[()] = 1.0 - self.dampening if self.step_count > 1 else 1.0

    def _lines(self, p: Symbols[T], theta: T, g: T) -> Iterator[Line[T]]:
        if self.momentum == 0:
            yield self._new(p, theta, g)
            return
        keep = p.number(self.momentum, "μ")
        fresh = p.rest(p.number(self.dampening, "dampening")) * g if self.dampening else g
        yield "v", keep * p.old("v") + fresh if self.step_count else g, "velocity"
        if self.nesterov:
            yield "d", g + keep * p.own("v"), "direction, one velocity ahead,"
        yield self._new(p, theta, p.own("d" if self.nesterov else "v"))


@dataclass(eq=False, kw_only=True)
class Adagrad(Optimizer):
    """A smaller step for parameters that have had large gradients: s ← s + g², θ ← θ − η·g / (√s + ε).

    Source: Duchi, Hazan & Singer (2011). As PyTorch's, without lr_decay; ε outside the root.
    """

    squares = True
    eps: float
    square_sum: Array = field(default_factory=_empty, init=False, metadata={"letter": "s"})

    def _move(self, theta: Array, g: Array, eta: Array) -> Calls:
        yield np.multiply, g, g, self._scratch
        yield np.add, self.square_sum, self._scratch, self.square_sum
        yield from self._over_root(g, self.square_sum, self.eps or TINY)
        yield from self._subtract(theta, self._scratch, eta)

    def _lines(self, p: Symbols[T], theta: T, g: T) -> Iterator[Line[T]]:
        yield "s", p.old("s") + p.square(g), "sum of squared gradients"
        yield self._new(p, theta, self._divided(p, g, p.own("s"), self.eps))


@dataclass(eq=False, kw_only=True)
class Rmsprop(Optimizer):
    """The gradient divided by its recent size: v ← ρ·v + (1 − ρ)·g², d = g / (√v + ε), θ ← θ − η·d.

        centered: m ← ρ·m + (1 − ρ)·g and √(v − m²) in place of √v, the recent spread
        momentum μ > 0: b ← μ·b + d and θ ← θ − η·b

    v starts at 0 and is not corrected for that: the first step is η / √(1 − ρ), ten times η for ρ = 0.99.
    Source: Tieleman & Hinton (2012), lecture 6.5; PyTorch's RMSprop, whose alpha is ρ.
    """

    squares = True
    eps: float
    rho: float
    centered: bool
    momentum: float
    square_average: Array = field(default_factory=_empty, init=False, metadata={"letter": "v"})
    average: Array = field(default_factory=_empty, init=False, metadata={"letter": "m"})
    velocity: Array = field(default_factory=_empty, init=False, metadata={"letter": "u"})

    def _move(self, theta: Array, g: Array, eta: Array) -> Calls:
        size, squares = self._scratch, self.square_average
        yield np.multiply, g, g, size
        yield from self._accumulate(squares, size, self.rho, 1.0 - self.rho)
        if self.centered:
            # v − m² = (√v − m)(√v + m): inf − inf can't arise; rounding below 0 is held at 0 (PyTorch: NaN)
            yield from self._accumulate(self.average, g, self.rho, 1.0 - self.rho)
            yield np.sqrt, squares, size
            yield np.subtract, size, self.average, self._other
            yield np.add, size, self.average, size
            yield np.multiply, size, self._other, size
            yield np.maximum, size, 0.0, size
            squares = size
        direction = self._scratch
        yield from self._over_root(g, squares, self.eps or TINY)
        if self.momentum:
            yield from self._accumulate(self.velocity, direction, self.momentum)
            direction = self.velocity
        yield from self._subtract(theta, direction, eta)

    def _lines(self, p: Symbols[T], theta: T, g: T) -> Iterator[Line[T]]:
        yield "v", self._averaged(p, "v", p.square(g), self.rho, "ρ"), "average of squared gradients"
        squares = p.own("v")
        if self.centered:
            yield "m", self._averaged(p, "m", g, self.rho, "ρ"), "average of gradients"
            root, average = p.sqrt(squares), p.own("m")
            spread = (root - average) * (root + average)  # v − m²
            yield "s", p.maximum(spread, p.number(0.0)), "spread of the gradients"
            squares = p.own("s")
        direction = self._divided(p, g, squares, self.eps)
        if self.momentum:
            yield "u", p.number(self.momentum, "μ") * p.old("u") + direction, "velocity"
            direction = p.own("u")
        yield self._new(p, theta, direction)


@dataclass(eq=False, kw_only=True)
class Adam(Optimizer):
    """Momentum and RMSprop in one, both averages corrected for their start at 0; t counts the steps.

        m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²        m̂ = m / (1 − β₁ᵗ)        v̂ = v / (1 − β₂ᵗ)
        θ ← θ − η·m̂ / (√v̂ + ε)       amsgrad: the largest v so far in place of v

    Source: Kingma & Ba (2015), algorithm 1; amsgrad: Reddi, Kale & Kumar (2018), PyTorch's form.
    """

    squares = True
    eps: float
    beta1: float
    beta2: float
    amsgrad: bool
    average: Array = field(default_factory=_empty, init=False, metadata={"letter": "m"})
    square_average: Array = field(default_factory=_empty, init=False, metadata={"letter": "v"})
    largest: Array = field(default_factory=_empty, init=False, metadata={"letter": "vmax"})

    def _move(self, theta: Array, g: Array, eta: Array) -> Calls:
        squares, direction = self.square_average, self._scratch
        floor, scale = np.empty((), theta.dtype), np.empty((), theta.dtype)
        yield self._correct, floor, scale
        yield from self._accumulate(self.average, g, self.beta1, 1.0 - self.beta1)
        yield np.multiply, g, g, self._scratch
        yield from self._accumulate(squares, self._scratch, self.beta2, 1.0 - self.beta2)
        if self.amsgrad:
            yield np.maximum, self.largest, squares, self.largest
            squares = self.largest
        yield from self._over_root(self.average, squares, floor)
        yield np.multiply, direction, scale, direction
        yield from self._subtract(theta, direction, eta)

    def _correct(self, floor: Array, scale: Array) -> None:
        """√v̂ + ε = (√v + ε·c) / c with c = √(1 − β₂ᵗ), so both corrections become one number each."""
        c = sqrt(1.0 - self.beta2**self.step_count)
        floor[()] = (self.eps or TINY) * c
        scale[()] = c / (1.0 - self.beta1**self.step_count)

    def _lines(self, p: Symbols[T], theta: T, g: T) -> Iterator[Line[T]]:
        t = self.step_count + 1
        yield "m", self._averaged(p, "m", g, self.beta1, "β₁"), "average of gradients"
        yield "v", self._averaged(p, "v", p.square(g), self.beta2, "β₂"), "average of squared gradients"
        squares = p.own("v")
        if self.amsgrad:
            yield "vmax", p.maximum(p.old("vmax"), squares), "largest average so far"
            squares = p.own("vmax")
        beta1, beta2 = p.number(self.beta1, "β₁"), p.number(self.beta2, "β₂")
        yield "mhat", p.own("m") / p.rest(p.power(beta1, t)), "corrected average"
        yield "vhat", squares / p.rest(p.power(beta2, t)), "corrected squares"
        yield self._new(p, theta, self._divided(p, p.own("mhat"), p.own("vhat"), self.eps))


class AdamW(Adam):
    """Adam with its decay taken out of the averages: θ ← θ − η·weight_decay·θ, then Adam's step.

    Source: Loshchilov & Hutter (2019), 'Decoupled weight decay regularization', in PyTorch's scaling by η.
    """

    decoupled = True


class Sign(Optimizer):
    """A step of one length whatever the slope: θ ← θ − η·sign(g), sign(0) = 0, sign(NaN) = NaN."""

    def _move(self, theta: Array, g: Array, eta: Array) -> Calls:
        yield np.sign, g, self._scratch
        yield from self._subtract(theta, self._scratch, eta)

    def _lines(self, p: Symbols[T], theta: T, g: T) -> Iterator[Line[T]]:
        yield self._new(p, theta, p.sign(g))


@dataclass(frozen=True)
class OptimizerOption(Option):
    """One optimiser as the controls show it: learning_rate is the default, equation its usual form."""

    make: type[Optimizer]
    equation: str
    learning_rate: float
    torch: str  # PyTorch's class
    parameters: tuple[Parameter, ...] = ()
    torch_arguments: tuple[tuple[str, str], ...] = ()  # its names and values for them, parameters in braces
    torch_helper: str = ""  # the class, where PyTorch has none


_MOMENTUM, _EPS = Parameter("momentum", "Momentum μ", 0.0), Parameter("eps", "ε", 1e-8)
_SGD = (_MOMENTUM, Parameter("dampening", "Dampening", 0.0), Parameter("nesterov", "Nesterov", False))
_RHO, _CENTERED = Parameter("rho", "ρ", 0.99, maximum=0.99999), Parameter("centered", "Centered", False)
_BETA1, _BETA2 = Parameter("beta1", "β₁", 0.9, maximum=0.99999), Parameter("beta2", "β₂", 0.999, 0, 0.99999)
_ADAM = (_BETA1, _BETA2, Parameter("amsgrad", "AMSGrad", False), _EPS)

_DIVIDED = "s ← s + g², θ ← θ − η·g / (√s + ε)"
_RECENT = "v ← ρ·v + (1 − ρ)·g², θ ← θ − η·g / (√v + ε)"
_BOTH = "m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − η·m̂ / (√v̂ + ε)"
_TORCH_SGD = tuple((name, f"{{{name}}}") for name in ("momentum", "dampening", "nesterov"))
_TORCH_EPS = (("eps", "{eps}"),)
_TORCH_RMSPROP = (("alpha", "{rho}"), *_TORCH_EPS, ("centered", "{centered}"), ("momentum", "{momentum}"))
_TORCH_ADAM = (("betas", "({beta1}, {beta2})"), *_TORCH_EPS, ("amsgrad", "{amsgrad}"))
_TORCH_SIGN = """\
class Sign(torch.optim.Optimizer):
    def __init__(self, parameters, lr, weight_decay=0):
        super().__init__(parameters, {"lr": lr, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                p -= group["lr"] * torch.sign(p.grad + group["weight_decay"] * p)
"""
OPTIMIZERS = table(
    OptimizerOption(
        "sgd", "SGD", Sgd, "v ← μ·v + g, θ ← θ − η·v", 1e-3, "torch.optim.SGD", _SGD, _TORCH_SGD
    ),
    OptimizerOption(
        "adagrad", "Adagrad", Adagrad, _DIVIDED, 1e-2, "torch.optim.Adagrad",
        (Parameter("eps", "ε", 1e-10),), _TORCH_EPS,
    ),
    OptimizerOption(
        "rmsprop", "RMSprop", Rmsprop, _RECENT, 1e-2, "torch.optim.RMSprop",
        (_RHO, _CENTERED, _MOMENTUM, _EPS), _TORCH_RMSPROP,
    ),
    OptimizerOption("adam", "Adam", Adam, _BOTH, 1e-3, "torch.optim.Adam", _ADAM, _TORCH_ADAM),
    OptimizerOption(
        "adamw", "AdamW", AdamW, f"θ ← θ − ηλ·θ, {_BOTH}", 1e-3, "torch.optim.AdamW", _ADAM, _TORCH_ADAM
    ),
    OptimizerOption("sign", "Sign", Sign, "θ ← θ − η·sign(g)", 1e-3, "Sign", torch_helper=_TORCH_SIGN),
)  # fmt: skip


def make_optimizer(
    name: str, learning_rate: float | None = None, weight_decay: float = 0.0, **parameters: float | None
) -> Optimizer:
    """Make an optimiser, ready for its first step.

    Args:
        name:          a key of OPTIMIZERS.
        learning_rate: η > 0; None takes the row's default.
        weight_decay:  λ >= 0, which pulls all parameters towards 0.
        parameters:    those of the row, such as eps; left out or None, the row's defaults.
    Raises: ValueError for an unknown name or parameter, or a value out of its range.
    Source: torch.optim, PyTorch's documentation.
    """
    row = OPTIMIZERS[check_choice("optimizer", name, OPTIMIZERS)]
    learning_rate = row.learning_rate if learning_rate is None else learning_rate
    rate = check_number("learning_rate", learning_rate, above=0)
    decay = check_number("weight_decay", weight_decay, least=0)
    given = {name: value for name, value in parameters.items() if value is not None}
    settings = check_parameters(row.parameters, given)
    return row.make(learning_rate=rate, weight_decay=decay, **settings)
