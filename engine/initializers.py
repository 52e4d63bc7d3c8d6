"""Where the weights start: too small and the signal dies, too large and it saturates.

Every rule draws W of shape (fan_in, fan_out) = (n, m): n numbers flow into a neuron, m neurons read each one.
Biases start at 0 unless the table says otherwise. A draw from U(−a, a) has the variance a²/3, so the uniform
and the normal rule of one name have the same variance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from engine.arrays import Array, check_choice, check_count
from engine.options import Option, table

Rng = np.random.Generator
Shape = tuple[int, int]


@dataclass(frozen=True)
class Initializer(Option):
    """One rule; W is draw(scale(n, m), (n, m), rng), and every bias starts at `bias`."""

    draw: Callable[[float, Shape, Rng], Array]
    code: str  # the draw in NumPy's words, for scripts, with {scale} and {shape}
    scale: Callable[[int, int], float] = lambda n, m: 1.0
    bias: float = 0.0
    helper: str = ""  # what its code calls


def _constant(value: float, shape: Shape, rng: Rng) -> Array:
    return np.full(shape, value)


def _uniform(a: float, shape: Shape, rng: Rng) -> Array:
    """W ~ U(−a, a)."""
    return rng.uniform(-a, a, shape)


def _normal(deviation: float, shape: Shape, rng: Rng) -> Array:
    """W ~ N(0, deviation²), not truncated, unlike Keras's."""
    return rng.standard_normal(shape) * deviation


def _orthogonal(gain: float, shape: Shape, rng: Rng) -> Array:
    """WᵀW = 1 (or WWᵀ = 1 if n < m), a random orthogonal matrix: lengths survive a linear layer.

    W is Q of the QR decomposition of a Gaussian matrix, its signs fixed by diag R so that all orthogonal
    matrices, rotations and reflections, are equally likely. Source: Saxe, McClelland & Ganguli (2014).
    """
    Q, R = np.linalg.qr(rng.standard_normal((max(shape), min(shape))))
    Q = Q * np.copysign(gain, np.diag(R))
    return Q if shape[0] >= shape[1] else Q.T.copy()


_FROM_0 = "rng.uniform(0, {scale}, {shape})"
_ORTHOGONAL = """\
def orthogonal(shape, rng):
    Q, R = np.linalg.qr(rng.standard_normal((max(shape), min(shape))))
    Q = Q * np.sign(np.diag(R))  # so that all orthogonal matrices are equally likely
    return Q if shape[0] >= shape[1] else Q.T
"""
_EQUAL, _EVEN = "np.full({shape}, {scale})", "rng.uniform(-{scale}, {scale}, {shape})"
_BELL = "{scale} * rng.standard_normal({shape})"
INITIALIZERS = table(
    # With equal weights all neurons of a layer stay equal for ever: random weights break this symmetry
    Initializer("zeros", "Zeros", _constant, _EQUAL, lambda n, m: 0.0),
    Initializer("constant", "Constant ½", _constant, _EQUAL, lambda n, m: 0.5),  # symmetric too
    # For worked examples; poor for training
    Initializer("uniform", "Uniform (0, 1)", lambda a, shape, rng: rng.uniform(0.0, a, shape), _FROM_0),
    # TensorFlow Playground, src/nn.ts
    Initializer("playground", "Playground (−½, ½)", _uniform, _EVEN, lambda n, m: 0.5, bias=0.1),
    # The same for every width, so wide layers saturate
    Initializer("normal", "Normal (0, 1)", _normal, _BELL),
    # For tanh: Glorot & Bengio (2010), equation 16, and the variance of equation 12
    Initializer("glorot_uniform", "Glorot uniform", _uniform, _EVEN, lambda n, m: sqrt(6.0 / (n + m))),
    Initializer("glorot_normal", "Glorot normal", _normal, _BELL, lambda n, m: sqrt(2.0 / (n + m))),
    # For ReLU, which drops half the signal: He et al. (2015), section 2.2
    Initializer("he_uniform", "He uniform", _uniform, _EVEN, lambda n, m: sqrt(6.0 / n)),
    Initializer("he_normal", "He normal", _normal, _BELL, lambda n, m: sqrt(2.0 / n)),
    # LeCun et al. (1998)
    Initializer("lecun_normal", "LeCun normal", _normal, _BELL, lambda n, m: sqrt(1.0 / n)),
    Initializer("orthogonal", "Orthogonal", _orthogonal, "orthogonal({shape}, rng)", helper=_ORTHOGONAL),
)


def initialize(name: str, fan_in: int, fan_out: int, rng: Rng) -> Array:
    """Draw the weights of one layer; its biases start at INITIALIZERS[name].bias.

    Args:
        name:    a key of INITIALIZERS.
        fan_in:  inputs of the layer, at least 1.
        fan_out: neurons of the layer, at least 1.
        rng:     equal generators draw equal weights.
    Returns: W, (fan_in, fan_out) float64.
    Raises:  ValueError for an unknown name or a size below 1.
    """
    rule = INITIALIZERS[check_choice("initializer", name, INITIALIZERS)]
    shape = check_count("fan_in", fan_in), check_count("fan_out", fan_out)
    return rule.draw(rule.scale(*shape), shape, rng)
