"""Reads the arithmetic that the board prints, and computes it again: nothing here knows the engine."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from math import erf

import numpy as np

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
FUNCTIONS = {
    "id": lambda x: x,
    "σ": lambda x: 1 / (1 + np.exp(-x)),
    "softmax": lambda x: np.exp(x) / np.exp(x).sum(axis=1, keepdims=True),
    "log softmax": lambda x: x - np.log(np.exp(x).sum(axis=1, keepdims=True)),
    "ReLU": lambda x: np.maximum(x, 0),
    "LReLU": lambda x: np.where(x > 0, x, 0.01 * x),
    "ELU": lambda x: np.where(x > 0, x, np.expm1(x)),
    "tanh": np.tanh,
    "softplus": lambda x: np.log1p(np.exp(x)),
    "GELU": lambda x: x * (1 + np.vectorize(erf)(x / np.sqrt(2))) / 2,
    "SiLU": lambda x: x / (1 + np.exp(-x)),
    "Φ": lambda x: (1 + np.vectorize(erf)(x / np.sqrt(2))) / 2,
    "φ": lambda x: np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "log": np.log,
    "sign": np.sign,
    "H": lambda r: np.where(np.abs(r) <= 1, r**2 / 2, np.abs(r) - 0.5),
}
SLOPES = {"H": lambda r: np.clip(r, -1, 1)}
"""The derivatives that are written at more than a symbol."""
ROWS_APART = {"softmax", "log softmax"}
"""Functions of a whole row; where samples are columns, of a column."""


def number(text):
    """A printed number: −1.23·10⁻⁴."""
    mantissa, _, power = text.replace("−", "-").partition("·10")
    if mantissa in ("∞", "-∞", "NaN"):
        return float(mantissa.replace("∞", "inf"))
    return float(mantissa) * 10.0 ** int(power.translate(RAISED) or 0)


def unit(text):
    """The worth of the last digit of a printed number."""
    mantissa, _, power = text.partition("·10")
    return 10.0 ** (int(power.translate(RAISED) or 0) - len(mantissa.partition(".")[2]))


def agrees(found, text):
    """Whether a recomputed number is the printed one up to half a unit of its last digit."""
    return abs(found - number(text)) <= unit(text) / 2 * (1 + 1e-6)


@dataclass
class Ones:
    """The vector of ones that adds up over the rows, 1ᵀ, or over the columns."""


@dataclass
class Jacobian:
    """One matrix for each row of z; softmax has p_j (1 if j is k, else 0) − p_j p_k."""

    z: np.ndarray

    def times(self, vectors):
        """Each row times its own matrix."""
        probabilities = FUNCTIONS["softmax"](self.z)
        each = zip(vectors, probabilities, strict=True)
        return np.array([v @ (np.diag(p) - np.outer(p, p)) for v, p in each])


def matrix(node):
    """The numbers of a matrix, NaN for what is left out."""
    rows = [[cell[0] for cell in row] for row in node.find("mtable")]
    kept = [[number(cell.text) if cell.tag == "mn" else np.nan for cell in row] for row in rows]
    return np.array(kept)


def printed_texts(pieces):
    """The texts of the numbers of the only matrix of a line, row by row; of a plain number, that number."""
    root = ET.fromstring(f"<math>{''.join(pieces)}</math>")
    table = root.find(".//mtable")
    if table is None:
        return [[node.text for node in root.iter("mn")]]
    return [[cell[0].text for cell in row if cell[0].tag == "mn"] for row in table]


def compute(pieces, *, by_columns=False):
    """The value of a line of the board, its = in front left out."""
    nodes = list(ET.fromstring(f"<math>{''.join(pieces)}</math>"))
    return _Reader(_flat(nodes), by_columns).all()


def _flat(nodes):
    """The parts of a line: brackets that only hold it together are opened."""
    found = []
    for node in nodes:
        is_group = node.tag in ("mrow", "math") and node.get("class") != "matrix"
        found += _flat(list(node)) if is_group else [node]
    return [node for node in found if not (node.tag == "mo" and node.text == "=")]


class _Reader:
    """Reads + and − last, then ∘ and ·, then what stands side by side, a matrix product."""

    def __init__(self, nodes, by_columns):
        self.nodes, self.at, self.by_columns = nodes, 0, by_columns

    def all(self):
        value = self.sum()
        assert self.at == len(self.nodes), [node.text for node in self.nodes[self.at :]]
        return value

    def sign(self, *signs):
        node = self.nodes[self.at] if self.at < len(self.nodes) else None
        if node is None or node.tag != "mo" or node.text not in signs:
            return None
        self.at += 1
        return node.text

    def sum(self):
        first = self.sign("+", "−")
        value = self.hadamard() * (-1 if first == "−" else 1)
        while sign := self.sign("+", "−"):
            value = value + self.hadamard() * (1 if sign == "+" else -1)
        return value

    def hadamard(self):
        value = self.product()
        while self.sign("∘"):
            value = value * self.product()
        return value

    def product(self):
        value = self.factor()
        while self.at < len(self.nodes):
            if self.sign("·"):
                value = value * self.factor()
            elif self.sign("/"):
                value = value / self.factor()
            elif (
                self.nodes[self.at].text in ("+", "−", "∘", ")", ",", "|") and self.nodes[self.at].tag == "mo"
            ):
                break
            else:
                value = self._side_by_side(value, self.factor())
        return value

    def _side_by_side(self, left, right):
        if isinstance(right, Jacobian):
            return right.times(left)
        if isinstance(left, Jacobian):
            return Jacobian(left.z.T).times(right.T).T
        if isinstance(left, Ones):
            return right.sum(axis=0, keepdims=True)
        if isinstance(right, Ones) or (self.by_columns and np.shape(right) == () and np.ndim(left) == 2):
            return left.sum(axis=1, keepdims=True)
        if left.shape[1] != right.shape[0]:  # one of them is cut off
            return np.full((len(left), right.shape[1]), np.nan)
        return left @ right

    def factor(self):
        if self.sign("Σ"):
            return np.sum(self.factor()).reshape(1, 1)
        if self.sign("("):
            value = self.sum()
            assert self.sign(")")
            return value
        if self.sign("|"):
            value = self.sum()
            assert self.sign("|")
            return abs(value)
        node = self.nodes[self.at]
        self.at += 1
        return self._atom(node)

    def _inside(self, node):
        return _Reader(_flat(list(node)), self.by_columns).all()

    def _atom(self, node):
        match node.tag:
            case "mn":
                return np.float64(number(node.text))
            case "mrow":
                return matrix(node)
            case "mfrac":
                return self._inside(node[0]) / self._inside(node[1])
            case "msqrt":
                return np.sqrt(self._inside(node))
            case "msup" if node[1].text == "T":
                return Ones()
            case "msup":
                return self._raised(node)
            case "msub" if node[0].text == "J":
                return Jacobian(self.factor())
            case "mi" if node.text == "diag":
                return np.diag(self.factor().ravel())
            case "mi":
                return self._applied(node.text)
        raise AssertionError(ET.tostring(node, "unicode"))

    def _raised(self, node):
        if node[0].tag == "mi" and node[0].text == "e":
            return np.exp(self._inside(node[1]))
        return self._inside(node[0]) ** int(node[1].text)

    def _applied(self, name):
        if name == "max":
            return self._largest()
        if self.sign("′"):
            return SLOPES[name](self.factor())
        value = self.factor()
        turned = self.by_columns and name in ROWS_APART
        return FUNCTIONS[name](value.T).T if turned else FUNCTIONS[name](value)

    def _largest(self):
        assert self.sign("(")
        value = self.sum()
        while self.sign(","):
            value = np.maximum(value, self.sum())
        assert self.sign(")")
        return value


def plain(mathml):
    """What is read of a formula, without its markup; for messages."""
    return re.sub(r"<[^>]*>", " ", mathml)
