"""A formula that can be read, turned on its side and computed: a small tree of symbols and operations.

    δ₂ = (δ₃ W₃ᵀ) ∘ σ′(z₂)
    Hadamard((Product((Symbol("delta", 3), Symbol("W", 3, transposed=True))),
              Apply("derivative:sigmoid", Symbol("z", 2))))

Every value is a float64 matrix; a scalar is (1, 1), and a bias (1, fan_out) is added to every row.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Any

import numpy as np

from engine.activations import make_activation
from engine.arrays import Array

Parameters = tuple[tuple[str, float], ...]
DERIVATIVE = "derivative:"


@dataclass(frozen=True)
class Expression(ABC):
    """Any node of the tree."""

    @abstractmethod
    def value(self, env: Mapping[str, Array]) -> Array:
        """What comes out, a matrix, when env holds a matrix for the key of every symbol.

        Raises: KeyError for a symbol that is not in env.
        """


@dataclass(frozen=True)
class Symbol(Expression):
    """A named matrix: layer counts from 1, so a0 is the input x; the key in env is name and layer, "W2"."""

    name: str
    layer: int | None = None
    transposed: bool = False

    @property
    def key(self) -> str:
        """The name under which env knows it, transposed or not."""
        return self.name if self.layer is None else f"{self.name}{self.layer}"

    def value(self, env: Mapping[str, Array]) -> Array:
        """The matrix of that key."""
        return env[self.key].T if self.transposed else env[self.key]


@dataclass(frozen=True)
class Number(Expression):
    """A constant, (1, 1); label is how a general formula writes it, such as "1/N" or "η"."""

    number: float
    label: str = ""

    def value(self, env: Mapping[str, Array]) -> Array:
        """The constant."""
        return np.array([[self.number]])


@dataclass(frozen=True)
class Operation(Expression):
    """A node with other nodes in it."""

    def value(self, env: Mapping[str, Array]) -> Array:
        """First what is inside, then the operation itself; infinities and NaN pass without a warning."""
        with np.errstate(all="ignore"):
            return self.combine(*(child.value(env) for child in children(self)))

    @abstractmethod
    def combine(self, *values: Array) -> Array:
        """The operation on the values of its children."""


@dataclass(frozen=True)
class Product(Operation):
    """The matrix product A B …"""

    factors: tuple[Expression, ...]

    def combine(self, *values: Array) -> Array:
        """Multiply from left to right."""
        return reduce(np.matmul, values)


@dataclass(frozen=True)
class Hadamard(Operation):
    """A ∘ B …, entry by entry."""

    factors: tuple[Expression, ...]

    def combine(self, *values: Array) -> Array:
        """Multiply entry by entry."""
        return reduce(np.multiply, values)


@dataclass(frozen=True)
class Sum(Operation):
    """A + B …; a row is added to every row."""

    terms: tuple[Expression, ...]

    def combine(self, *values: Array) -> Array:
        """Add."""
        return reduce(np.add, values)


@dataclass(frozen=True)
class Difference(Operation):
    """a − b."""

    a: Expression
    b: Expression

    def combine(self, *values: Array) -> Array:
        """Subtract."""
        return np.subtract(*values)


@dataclass(frozen=True)
class Quotient(Operation):
    """a / b, entry by entry."""

    a: Expression
    b: Expression

    def combine(self, *values: Array) -> Array:
        """Divide."""
        return np.divide(*values)


@dataclass(frozen=True)
class Scaled(Operation):
    """A number, or a symbol for one, times a matrix."""

    factor: Expression
    expr: Expression

    def combine(self, *values: Array) -> Array:
        """Multiply every entry."""
        return np.multiply(*values)


@dataclass(frozen=True)
class Maximum(Operation):
    """The larger of its terms, entry by entry."""

    terms: tuple[Expression, ...]

    def combine(self, *values: Array) -> Array:
        """Take the larger."""
        return reduce(np.maximum, values)


@dataclass(frozen=True)
class Apply(Operation):
    """A function of FUNCTIONS or an activation, entry by entry; "derivative:sigmoid" is σ′.

    softmax works along axis, the axis of the units: 1, or 0 where samples are columns.
    """

    function: str
    expr: Expression
    parameters: Parameters = ()
    axis: int = 1

    def combine(self, *values: Array) -> Array:
        """Apply it."""
        (x,) = values
        return self._rows(x) if self.axis == 1 else self._rows(x.T).T

    def _rows(self, x: Array) -> Array:
        parameters: dict[str, Any] = dict(self.parameters)
        if self.function in FUNCTIONS:
            return FUNCTIONS[self.function](x, **parameters)
        activation, out = (
            make_activation(self.function.removeprefix(DERIVATIVE), **parameters),
            np.empty(x.shape),
        )
        activation.value(x, out)
        if not self.function.startswith(DERIVATIVE):
            return out
        slope = np.empty(x.shape)
        activation.vjp(x, out, np.ones(x.shape), slope)
        return slope


@dataclass(frozen=True)
class Jacobian(Operation):
    """Row by row J(z_n)ᵀ v_n with J = ∂g/∂z: the chain rule where g mixes the units of a row."""

    function: str
    Z: Expression
    vector: Expression
    parameters: Parameters = ()
    axis: int = 1

    def matrix(self, z: Array) -> Array:
        """J (units, units) at one row z (units,): J[j, k] = ∂g_j/∂z_k.

        From the definition, diag(a) − a aᵀ for softmax and diag(g′(z)) otherwise.
        """
        a = Apply(self.function, Symbol("z"), self.parameters).value({"z": z[None, :]})[0]
        if self.function == "softmax":
            mixed: Array = np.diag(a) - np.outer(a, a)
            return mixed
        slope = Apply(DERIVATIVE + self.function, Symbol("z"), self.parameters)
        return np.diag(slope.value({"z": z[None, :]})[0])

    def combine(self, *values: Array) -> Array:
        """Multiply each row by its own Jacobian."""
        Z, vector = values if self.axis == 1 else (value.T for value in values)
        rows = [v @ self.matrix(z) for z, v in zip(Z, vector, strict=True)]
        return np.array(rows) if self.axis == 1 else np.array(rows).T


@dataclass(frozen=True)
class Over(Operation):
    """The sum over an axis, which stays with length 1: over 0 it is 1ᵀ·(…), the sum over samples as rows."""

    expr: Expression
    axis: int = 0

    def combine(self, *values: Array) -> Array:
        """Add up along the axis."""
        return np.add.reduce(values[0], axis=self.axis, keepdims=True)


@dataclass(frozen=True)
class Total(Operation):
    """The sum of all entries, (1, 1)."""

    expr: Expression

    def combine(self, *values: Array) -> Array:
        """Add up everything."""
        return np.add.reduce(values[0], axis=None, keepdims=True)


def _log_softmax(x: Array) -> Array:
    shifted = x - x.max(axis=1, keepdims=True)
    logs: Array = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs


def _huber(x: Array, delta: float) -> Array:
    near = np.minimum(np.abs(x), delta)
    height: Array = near * (np.abs(x) - near / 2)
    return height


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "log": np.log,
    "square": np.square,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "log_softmax": _log_softmax,
    "huber": _huber,
    "derivative:huber": lambda x, delta: np.clip(x, -delta, delta),
}
"""What Apply knows besides the activations."""


def children(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside a node, in reading order."""
    held = [getattr(node, row.name) for row in fields(node)]
    parts = [part for value in held for part in (value if isinstance(value, tuple) else (value,))]
    return tuple(part for part in parts if isinstance(part, Expression))


def walk(node: Expression) -> Iterator[Expression]:
    """A node and all that is inside it, in reading order."""
    yield node
    for child in children(node):
        yield from walk(child)


def symbols(node: Expression) -> Iterator[Symbol]:
    """Every symbol in reading order, as often as it occurs."""
    return (part for part in walk(node) if isinstance(part, Symbol))


def steps_in_between(node: Expression, env: Mapping[str, Array]) -> tuple[Array, ...]:
    """The values of a node's children, in reading order: what is left to do is the one operation on top."""
    return tuple(child.value(env) for child in children(node))


def mapped(node: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The node with each expression directly inside it changed."""
    changes: dict[str, Any] = {}
    for name in (row.name for row in fields(node)):
        held = getattr(node, name)
        if isinstance(held, Expression):
            changes[name] = change(held)
        elif isinstance(held, tuple) and name != "parameters":
            changes[name] = tuple(change(part) for part in held)
    return replace(node, **changes)


def substitute(node: Expression, key: str, change: Callable[[Symbol], Expression]) -> Expression:
    """The expression with every symbol of this key changed."""
    if isinstance(node, Symbol):
        return change(node) if node.key == key else node
    return mapped(node, lambda part: substitute(part, key, change))


def transpose(node: Expression) -> Expression:
    """The transposed expression, with the transposition pushed in as far as it goes.

    (AB)ᵀ = Bᵀ Aᵀ,  (A ∘ B)ᵀ = Aᵀ ∘ Bᵀ,  g(A)ᵀ = g(Aᵀ),  (1ᵀA)ᵀ = Aᵀ1
    """
    turned = mapped(node, transpose)
    match turned:
        case Symbol():
            return replace(turned, transposed=not turned.transposed)
        case Product():
            return replace(turned, factors=turned.factors[::-1])
        case Apply() | Jacobian() | Over():
            return replace(turned, axis=1 - turned.axis)
        case _:
            return turned
