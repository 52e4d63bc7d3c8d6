"""A formula that can be read, transposed and computed: a small tree of symbols and operations.

    δ₂ = (δ₃ W₃ᵀ) ∘ σ′(z₂)
    Hadamard((Product((Symbol("delta", 2), Symbol("W", 2, transposed=True))),
              Apply("sigmoid", Symbol("z", 1), derivative=True)))

Layers count from 0 here, as in the engine's lists, and from 1 where they are printed.

Every value is a float64 matrix; a scalar is (1, 1), and a bias (1, fan_out) is added to every row.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Any

import numpy as np

from engine.activations import ACTIVATIONS, make_activation, normal_cdf
from engine.arrays import Array

Arguments = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Expression(ABC):
    """Any node of the tree; + − * / make new ones, where * works entry by entry."""

    @abstractmethod
    def value(self, env: Mapping[str, Array]) -> Array:
        """The value, a matrix; env holds a matrix for the key of every symbol.

        Raises: KeyError for a symbol that is not in env.
        """

    def __add__(self, other: "Expression") -> "Expression":
        return Sum((self, other))

    def __sub__(self, other: "Expression") -> "Expression":
        return Difference(self, other)

    def __mul__(self, other: "Expression") -> "Expression":
        if not isinstance(self, Number | Constant):
            return Hadamard((self, other))
        return Product((self, other)) if isinstance(other, Number) else Scaled(self, other)

    def __truediv__(self, other: "Expression") -> "Expression":
        return Quotient(self, other)


@dataclass(frozen=True)
class Symbol(Expression):
    """A named matrix, or one entry of it; its key, under which env holds the matrix, is the name as printed.

        x, a₁        Symbol("a", 0), Symbol("a", 1)                     key "a0", "a1"
        z₁, δ₁       Symbol("z", 0), Symbol("delta", 0)                 "z1", "delta1"
        dW₁, ∂L/∂a₁  Symbol("W", 0, mark="d"), Symbol("a", 1, mark="d") "dW1", "da1"
        ∂L/∂a₂       Symbol("L", 1, mark="d"), of the last layer's a    "dL"
        W₁ new       Symbol("W", 0, mark="new")                         "new_W1"
        m̂ of W₁      Symbol("m", 0, of="W", mark="hat")                 "mhat_W1"
        m of W₁, old Symbol("m", 0, of="W", old=True)                   "old_m_W1"

    Args:
        letter:     what is written, "delta" for δ.
        layer:      the index in the engine's list, from 0: W[0], b[0] and Z[0] belong to the first layer,
                    A[0] is the input and A[1] the first layer's output. None for what has no layer.
        transposed: whether it stands transposed.
        of:         "W" or "b", the parameter that an optimiser's own number belongs to.
        mark:       "d" for the gradient; "new", "decayed", "hat" or "max".
        old:        whether it is the one before this step.
        index:      of one entry, from 0: (row, column), or (column,) in a matrix of one row.
    """

    letter: str
    layer: int | None = None
    transposed: bool = False
    of: str = ""
    mark: str = ""
    old: bool = False
    index: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The key without the layer: "a", "dW", "new_W", "old_m_W"."""
        if self.of:
            return f"{'old_' if self.old else ''}{self.letter}{self.mark}_{self.of}"
        between = "" if self.mark in ("", "d") else "_"
        return f"{self.mark}{between}{self.letter}"

    @property
    def layer_number(self) -> int | None:
        """The layer as people count: 1 for the first layer, 0 for the input; None for what has no layer."""
        if self.layer is None or (self.letter == "a" and not self.of):
            return self.layer
        return self.layer + 1

    @property
    def key(self) -> str:
        """The name and the number of the layer, transposed or not: "W1", "old_m_W1"; "dL" goes without."""
        return self.name if self.layer is None or self.letter == "L" else f"{self.name}{self.layer_number}"

    @property
    def is_weights(self) -> bool:
        """Whether it has the shape of a layer's weights: they, their gradient, or a number for each."""
        return (self.of or self.letter) == "W"

    def value(self, env: Mapping[str, Array]) -> Array:
        """The matrix of that key; an entry is (1, 1)."""
        matrix = env[self.key]
        if self.index:
            row, column = self.index if len(self.index) == 2 else (0, *self.index)
            return matrix[row : row + 1, column : column + 1]
        return matrix.T if self.transposed else matrix


@dataclass(frozen=True)
class Number(Expression):
    """A number, (1, 1); label is what a formula with symbols has in its place, such as "η"."""

    number: float
    label: str = ""

    def value(self, env: Mapping[str, Array]) -> Array:
        """The number."""
        return np.array([[self.number]])


@dataclass(frozen=True)
class Operation(Expression):
    """A node with other nodes in it."""

    def value(self, env: Mapping[str, Array]) -> Array:
        """Compute what is inside, then the operation itself; infinities and NaN pass without a warning."""
        with np.errstate(all="ignore"):
            return self.combine(*(child.value(env) for child in children(self)))

    @abstractmethod
    def combine(self, *values: Array) -> Array:
        """The operation on the values of its children."""


@dataclass(frozen=True)
class Constant(Operation):
    """A number that a formula with symbols writes in letters: 1/(N·K), (1 − β₁); with numbers, its value."""

    expr: Expression

    def combine(self, *values: Array) -> Array:
        """The number itself."""
        return values[0]


@dataclass(frozen=True)
class Negative(Operation):
    """−a."""

    expr: Expression

    def combine(self, *values: Array) -> Array:
        """Change the sign."""
        return np.negative(*values)


@dataclass(frozen=True)
class Power(Operation):
    """A number to a whole power, in a Constant."""

    base: Expression
    exponent: int

    def combine(self, *values: Array) -> Array:
        """As Python computes it, so that the optimisers give the same bit for bit."""
        return np.array([[values[0].item() ** self.exponent]])


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
    """A function of FUNCTIONS or an activation, or its derivative, entry by entry.

    softmax works along axis, the axis of the units: 1, or 0 where samples are columns.
    """

    function: str
    expr: Expression
    parameters: Arguments = ()
    axis: int = 1
    derivative: bool = False

    def combine(self, *values: Array) -> Array:
        """Apply it."""
        (x,) = values
        return self._rows(x) if self.axis == 1 else self._rows(x.T).T

    def _rows(self, x: Array) -> Array:
        parameters: dict[str, Any] = dict(self.parameters)
        known = SLOPES if self.derivative else FUNCTIONS
        if self.function in known:
            return known[self.function](x, **parameters)
        activation, out = make_activation(self.function, **parameters), np.empty(x.shape)
        activation.value(x, out)
        if not self.derivative:
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
    parameters: Arguments = ()
    axis: int = 1

    def matrix(self, z: Array) -> Array:
        """J (units, units) at one row z (units,): J[j, k] = ∂g_j/∂z_k.

        Row j is what the activation's vjp gives for a dA that is 1 at output j and 0 elsewhere.
        """
        activation, Z = make_activation(self.function, **dict(self.parameters)), np.tile(z, (len(z), 1))
        A, J = np.empty(Z.shape), np.empty(Z.shape)
        activation.value(Z, A)
        activation.vjp(Z, A, np.eye(len(z)), J)
        return J

    def combine(self, *values: Array) -> Array:
        """Multiply each row by its own Jacobian."""
        Z, vector = values if self.axis == 1 else (value.T for value in values)
        rows = [v @ self.matrix(z) for z, v in zip(Z, vector, strict=True)]
        return np.array(rows) if self.axis == 1 else np.array(rows).T


@dataclass(frozen=True)
class Diagonal(Operation):
    """diag(a): the numbers of one row, or column, on the diagonal of a square matrix of zeros."""

    expr: Expression

    def combine(self, *values: Array) -> Array:
        """Lay them out."""
        (a,) = values
        return np.diag(a.ravel())


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


def _normal_density(x: Array) -> Array:
    density: Array = np.exp(-x * x / 2) / np.sqrt(2 * np.pi)
    return density


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "exp": np.exp,
    "log": np.log,
    "square": np.square,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "log_softmax": _log_softmax,
    "huber": _huber,
    "normal_cdf": normal_cdf,
    "normal_density": _normal_density,
}
SLOPES: dict[str, Callable[..., Array]] = {"huber": lambda x, delta: np.clip(x, -delta, delta)}
"""The functions that Apply knows besides the activations, and the derivatives of some."""
FUNCTION_SIGNS = {
    "log_softmax": "log softmax",
    "huber": "H",
    "sqrt": "√",
    "normal_cdf": "Φ",
    "normal_density": "φ",
}
"""How books write the functions whose name here is another."""


def function_sign(function: str) -> str:
    """How formulas and sentences write a function, such as σ for the sigmoid; most go by their name."""
    if function in ACTIVATIONS:
        return ACTIVATIONS[function].sign
    return FUNCTION_SIGNS.get(function, function)


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
    """Every symbol in reading order, repeated where it occurs again."""
    return (part for part in walk(node) if isinstance(part, Symbol))


def mapped(node: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The node with each expression directly inside it changed."""
    changes: dict[str, Any] = {}
    for name in (row.name for row in fields(node)):
        held = getattr(node, name)
        if isinstance(held, Expression):
            changes[name] = change(held)
        elif isinstance(held, tuple):
            changes[name] = tuple(change(part) if isinstance(part, Expression) else part for part in held)
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
    if isinstance(node, Constant):
        return node
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
