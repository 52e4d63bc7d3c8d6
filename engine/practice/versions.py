"""The same network with other numbers, drawn from a seed: every pupil of a class can have a version."""

import numpy as np

from engine.arrays import Array, check_count
from engine.losses import Loss
from engine.network import Network
from engine.practice.carrying import close_within
from engine.practice.exercises import exercises, right_value
from engine.worked.worked import work

MOST_SAMPLES = 6
"""Most samples of a version: each is worked by hand."""
DECIMALS = 1
"""Of every number of a version."""
MOST_DRAWS = 10
"""Draws until a set of numbers makes good exercises; the last one is taken as it is."""
LEAST_ANSWER = 0.001
"""An answer nearer to 0 than this is no good exercise."""
MOST_LOST = 0.05
"""Nor is one that three digits carried miss by more than this share."""


def draw_version(
    net: Network, X: Array, Y: Array, loss: str | Loss | None, seed: int
) -> tuple[Network, Array, Array]:
    """The network with numbers of one decimal, so that it can be worked by hand.

        W   ±0.1 … ±0.9    b   ±0.1 … ±0.5    X   ±0.1 … ±2.0
        Y   0 or 1 for a sigmoid, one-hot for a softmax, ±1 for a tanh, otherwise as X

    The numbers are drawn again while an exercise's answer, but for the new weight's, is 0 or loses its
    digits on the way to it.

    Args:
        net:  gives the layers; it stays as it is.
        X, Y: (N, D) samples and (N, K) targets; give N, of which at most MOST_SAMPLES are drawn.
        loss: what the exercises are judged by; None for a forward pass only.
        seed: the version, from 0; the same numbers each time.
    Returns: the network, X and Y.
    Raises:  ValueError for a seed below 0.
    """
    rng = np.random.default_rng(check_count("seed", seed, least=0))
    for _ in range(MOST_DRAWS):
        drawn = _draw(net, len(X), rng)
        if _is_good(*drawn, loss):
            break
    return drawn


def _draw(net: Network, count: int, rng: np.random.Generator) -> tuple[Network, Array, Array]:
    drawn = Network(net.dims, net.activations, bias=net.bias, samples=net.samples)
    for W in drawn.W:
        W[...] = _tenths(W.shape, 9, rng)
    for b in (b for b in drawn.b if b is not None):
        b[...] = _tenths(b.shape, 5, rng)
    rows = net.samples or min(count, MOST_SAMPLES)
    X = _tenths((rows, net.dims[0]), 20, rng)
    return drawn, X, _targets(net.activations[-1].name, (rows, net.dims[-1]), rng)


def _tenths(shape: tuple[int, ...], most: int, rng: np.random.Generator) -> Array:
    """Numbers ±0.1, ±0.2 … of at most so many tenths, never 0."""
    tenths: Array = rng.integers(1, most + 1, size=shape) * rng.choice((-1, 1), size=shape) / 10**DECIMALS
    return tenths


def _targets(output: str, shape: tuple[int, int], rng: np.random.Generator) -> Array:
    match output:
        case "sigmoid":
            return rng.integers(2, size=shape) * 1.0
        case "tanh":
            return rng.integers(2, size=shape) * 2.0 - 1.0
        case "softmax":
            return np.eye(shape[1])[rng.integers(shape[1], size=shape[0])]
    return _tenths(shape, 20, rng)


def _is_good(net: Network, X: Array, Y: Array, loss: str | Loss | None) -> bool:
    """Whether every exercise has an answer that isn't 0 or lost with three digits.

    That of a new weight is not judged: a version is the same whatever the optimiser, which isn't known here.
    """
    worked = work(net, X, Y, loss)
    answers = ((right_value(worked, one), close_within(worked, one)) for one in exercises(worked))
    return all(abs(right) >= LEAST_ANSWER and close <= MOST_LOST * abs(right) for right, close in answers)
