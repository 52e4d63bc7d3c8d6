"""How large gradient and step are, layer by layer; a mini-batch's gradient beside that of all samples."""

from copy import deepcopy

import numpy as np

from engine.arrays import Array, as_shaped
from engine.losses import Loss
from engine.network import Network


def weights_of(net: Network, vector: object) -> tuple[Array, ...]:
    """The parts of a vector that belong to W[l], layer by layer; those of the biases are left out.

    Args:    vector: (P,) in the order of theta, such as a gradient or a step.
    Returns: L arrays (fan_in · fan_out,), views on the vector where it is one of float64.
    Raises:  ValueError for another shape.
    """
    numbers = as_shaped("vector", vector, net.theta.shape)
    begins = [net.parameters.index(l, 0, 0) for l in range(len(net.W))]
    return tuple(numbers[at : at + W.size] for at, W in zip(begins, net.W, strict=True))


def weight_norms(net: Network, vector: object) -> Array:
    """The Euclidean norm of each layer's part of a vector, over the weights W[l] alone.

        ‖v[l]‖ = √(Σ_ij v[l][i, j]²)

    Args:    vector: (P,) in the order of theta.
    Returns: (L,), in the unit of the vector.
    Raises:  ValueError for another shape.
    """
    with np.errstate(all="ignore"):
        return np.array([np.sqrt(part @ part) for part in weights_of(net, vector)])


def update_ratios(net: Network, step: object) -> Array:
    """How large a step is beside the weights that it has led to, layer by layer; about 10⁻³ is usual.

        ‖ΔW[l]‖ / ‖W[l]‖

    Args:    step: (P,) what was added to theta.
    Returns: (L,), without a unit; infinite for weights that are all 0, NaN if the step is 0 there too.
    Raises:  ValueError for another shape.
    Source:  Karpathy, CS231n: Neural Networks Part 3, "Ratio of weights:updates", gives the 10⁻³.
    """
    with np.errstate(all="ignore"):
        return weight_norms(net, step) / weight_norms(net, net.theta)


def gradient_at(net: Network, theta: object, X: object, Y: object, loss: str | Loss) -> Array:
    """∂loss/∂theta over some samples, at parameters that need not be the network's own.

    Args:
        theta: (P,) where the gradient is taken; the network stays as it is.
        X, Y:  (N, dims[0]) samples, such as those of one mini-batch, and (N, K) targets.
        loss:  a name in LOSSES or make_loss(...), without penalties.
    Returns: (P,)
    Raises:  ValueError for shapes that don't fit, or a loss that isn't defined for them.
    """
    twin = deepcopy(net)
    twin.theta = as_shaped("theta", theta, net.theta.shape)
    return twin.backward(twin.forward(X), Y, loss).theta


def cosines(net: Network, one: object, other: object) -> Array:
    """Whether two vectors point the same way, layer by layer, over the weights alone.

        cos[l] = u[l]·v[l] / (‖u[l]‖ ‖v[l]‖)

    Args:    one, other: (P,) in the order of theta.
    Returns: (L,) from −1 to 1; NaN where either is 0.
    Raises:  ValueError for another shape.
    """
    parts = zip(weights_of(net, one), weights_of(net, other), strict=True)
    with np.errstate(all="ignore"):
        products = np.array([u @ v for u, v in parts])
        return products / (weight_norms(net, one) * weight_norms(net, other))
