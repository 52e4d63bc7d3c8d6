"""The gradient of a network's loss, exact to rounding, with neither backpropagation nor differences.

    dL/dθ_i = Im L(θ + i·h·e_i) / h,   h = 1e-30

No two close numbers are subtracted, so h can be so small that nothing is truncated; a kink is met only by a
number that lies exactly on it. The formulas are written out anew here, for complex numbers.
Source: Squire & Trapp (1998), Using complex variables to estimate derivatives of real functions.
"""

import math

import numpy as np

H = 1e-30


def _softplus(z):
    return np.where(z.real > 0, z + np.log(1 + np.exp(-np.abs(z.real) - 1j * z.imag)), np.log(1 + np.exp(z)))


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _gelu(z):
    phi = np.array([math.erfc(-x / math.sqrt(2)) / 2 for x in z.real.ravel()]).reshape(z.shape)
    density = np.exp(-(z.real**2) / 2) / math.sqrt(2 * math.pi)
    return z * (phi + 1j * z.imag * density)


def _softmax(z):
    e = np.exp(z - z.real.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _absolute(z):
    return z * np.sign(z.real)


ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: z * (z.real > 0),
    "leaky_relu": lambda z: z * np.where(z.real > 0, 1, 0.01),
    "elu": lambda z: np.where(z.real > 0, z, np.exp(np.minimum(z.real, 0) + 1j * z.imag) - 1),
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "softplus": _softplus,
    "gelu": _gelu,
    "gelu_tanh": lambda z: z / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z * _sigmoid(z),
    "softmax": _softmax,
    "softsign": lambda z: z / (1 + _absolute(z)),
    "step": lambda z: np.sign(z.real) + 0j,
}


def _huber(r):
    size = _absolute(r)
    return np.where(size.real <= 1, size * size / 2, size - 0.5)


LOSSES = {
    "sse": lambda z, a, y: ((a - y) ** 2).sum(),
    "mse": lambda z, a, y: ((a - y) ** 2).mean(),
    "mse_sample": lambda z, a, y: ((a - y) ** 2).sum() / len(y),
    "half_mse": lambda z, a, y: ((a - y) ** 2).mean() / 2,
    "half_sse": lambda z, a, y: ((a - y) ** 2).sum() / 2,
    "mae": lambda z, a, y: _absolute(a - y).mean(),
    "huber": lambda z, a, y: _huber(a - y).mean(),
    "bce": lambda z, a, y: (y * _softplus(-z) + (1 - y) * _softplus(z)).mean(),
    "cce": lambda z, a, y: -(y * np.log(a)).sum() / len(y),
}


def true_gradient(net, X, Y, loss, l1=0.0, l2=0.0):
    """dL/dθ (P,), for rows of the engine's tables by name; penalties as in engine.gradient_check."""
    with np.errstate(all="ignore"):
        return np.array([_loss(net, X, Y, loss, l1, l2, i).imag / H for i in range(net.theta.size)])


def _loss(net, X, Y, loss, l1, l2, moved):
    a, at, penalty = np.asarray(X, complex), 0, 0.0
    theta = net.theta.astype(complex)
    theta[moved] += 1j * H
    for W, b, g in zip(net.W, net.b, net.activations, strict=True):
        weights = theta[at : at + W.size].reshape(W.shape)
        at += W.size
        z = a @ weights
        if b is not None:
            z = z + theta[at : at + b.size].reshape(b.shape)
            at += b.size
        a = ACTIVATIONS[g.name](z)
        penalty += l1 * _absolute(weights).sum() + l2 / 2 * (weights**2).sum()
    return LOSSES[loss](z, a, np.asarray(Y, float)) + penalty
