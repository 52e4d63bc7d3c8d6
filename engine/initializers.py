"""Where the weights start: too small and the signal dies, too large and it saturates.

Every rule returns W of shape (fan_in, fan_out): fan_in numbers flow into a neuron, fan_out neurons read each
one. Biases start at 0 unless the table says otherwise. A draw from U(−a, a) has the variance a²/3: so the
uniform and the normal rule of one name have the same variance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from engine.arrays import Array, check_choice, check_count


@dataclass(frozen=True)
class Initializer:
    """One rule; `weights(fan_in, fan_out, rng)` draws W, and every bias starts at `bias`."""

    name: str
    label: str
    weights: Callable[[int, int, np.random.Generator], Array]
    bias: float = 0.0


def zeros(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W = 0. All neurons of a layer stay equal for ever: the symmetry that random weights break."""
    return np.zeros((fan_in, fan_out))


def constant(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W = ½ everywhere. As symmetric as zeros, but the signal gets through."""
    return np.full((fan_in, fan_out), 0.5)


def uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W ~ U(0, 1). All weights positive, for worked examples; poor for training."""
    return rng.uniform(0.0, 1.0, (fan_in, fan_out))


def playground(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W ~ U(−½, ½), biases 0.1. Source: TensorFlow Playground, src/nn.ts."""
    return rng.uniform(-0.5, 0.5, (fan_in, fan_out))


def normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W ~ N(0, 1), whatever the width: wide layers saturate."""
    return rng.standard_normal((fan_in, fan_out))


def glorot_uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W ~ U(−a, a), a = √(6 / (fan_in + fan_out)). For tanh. Source: Glorot & Bengio (2010), equation 16."""
    a = sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-a, a, (fan_in, fan_out))


def glorot_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W ~ N(0, 2 / (fan_in + fan_out)). Source: Glorot & Bengio (2010), the variance of equation 12."""
    return rng.standard_normal((fan_in, fan_out)) * sqrt(2.0 / (fan_in + fan_out))


def he_uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W ~ U(−a, a), a = √(6 / fan_in). For ReLU, which drops half the signal. Source: He et al. (2015)."""
    a = sqrt(6.0 / fan_in)
    return rng.uniform(-a, a, (fan_in, fan_out))


def he_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W ~ N(0, 2 / fan_in). Source: He et al. (2015), section 2.2. Not truncated, unlike Keras's."""
    return rng.standard_normal((fan_in, fan_out)) * sqrt(2.0 / fan_in)


def lecun_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """W ~ N(0, 1 / fan_in). Source: LeCun et al. (1998), 'Efficient BackProp'. Not truncated either."""
    return rng.standard_normal((fan_in, fan_out)) * sqrt(1.0 / fan_in)


def orthogonal(fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """WᵀW = 1 (or WWᵀ = 1 if fan_in < fan_out), a random rotation: lengths survive a linear layer.

    W is Q of the QR decomposition of a Gaussian matrix, its signs fixed by diag R so that all rotations are
    equally likely. Source: Saxe, McClelland & Ganguli (2014).
    """
    Q, R = np.linalg.qr(rng.standard_normal((max(fan_in, fan_out), min(fan_in, fan_out))))
    Q = Q * np.copysign(1.0, np.diag(R))
    return Q if fan_in >= fan_out else Q.T.copy()


INITIALIZERS: dict[str, Initializer] = {
    initializer.name: initializer
    for initializer in (
        Initializer("zeros", "Zeros", zeros),
        Initializer("constant", "Constant ½", constant),
        Initializer("uniform", "Uniform (0, 1)", uniform),
        Initializer("playground", "Playground (−½, ½)", playground, bias=0.1),
        Initializer("normal", "Normal (0, 1)", normal),
        Initializer("glorot_uniform", "Glorot uniform", glorot_uniform),
        Initializer("glorot_normal", "Glorot normal", glorot_normal),
        Initializer("he_uniform", "He uniform", he_uniform),
        Initializer("he_normal", "He normal", he_normal),
        Initializer("lecun_normal", "LeCun normal", lecun_normal),
        Initializer("orthogonal", "Orthogonal", orthogonal),
    )
}


def initialize(name: str, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Draw the weights of one layer; its biases start at INITIALIZERS[name].bias.

    Args:    a key of INITIALIZERS; inputs and neurons of the layer, at least 1; equal rng, equal weights.
    Returns: W, (fan_in, fan_out) float64.
    Raises:  ValueError for an unknown name or a size below 1.
    """
    rule = INITIALIZERS[check_choice("initializer", name, INITIALIZERS)]
    return rule.weights(check_count("fan_in", fan_in), check_count("fan_out", fan_out), rng)
