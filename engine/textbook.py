"""A network that learns, in plain NumPy as a book has it: forward, loss, backward, update.

    forward    Z = A W + b        A ← g(Z)                  layer by layer, from A = X
    loss       L = ½ Σ (A − Y)²                             so dA = A − Y at the output
    backward   dZ = dA ∘ g′(Z)    dW = Aᵀ dZ    db = 1ᵀ dZ    dA ← dZ Wᵀ     from the last layer to the first
    update     W ← W − η dW       b ← b − η db

Each row of X is a sample. The rest of the core does the same, faster and for more kinds of networks; tests
compare it with this file. Run it: `python engine/textbook.py` learns XOR.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Function = Callable[[Array], Array]


def forward(
    X: Array, W: Sequence[Array], b: Sequence[Array], g: Sequence[Function]
) -> tuple[list[Array], list[Array]]:
    """The weighted sums Z and the activations A of every layer; A[0] is X, A[-1] the network's output."""
    Z, A = [], [X]
    for l in range(len(W)):
        Z.append(A[l] @ W[l] + b[l])  # (N, fan_in) @ (fan_in, fan_out) + (fan_out,)
        A.append(g[l](Z[l]))  # (N, fan_out)
    return Z, A


def loss(A: Array, Y: Array) -> float:
    """Half the sum of squares: L = ½ Σ (A − Y)². Its derivative with respect to A is A − Y."""
    return float(np.sum((A - Y) ** 2) / 2)


def backward(
    Z: Sequence[Array],
    A: Sequence[Array],
    W: Sequence[Array],
    b: Sequence[Array],
    slope: Sequence[Function],
    dA: Array,
) -> tuple[list[Array], list[Array]]:
    """The derivatives dW and db of the loss in every layer, from the output's dA backwards.

    slope[l] is g′ of layer l. Softmax mixes the units of a row: its slope is one Jacobian matrix per sample,
    by which dA is multiplied instead of entry by entry. A bias with a row per sample has dZ as its gradient.
    """
    dW, db = [], []
    for l in reversed(range(len(W))):
        by_Z = slope[l](Z[l])
        dZ = dA * by_Z if by_Z.ndim == 2 else np.einsum("nj,nji->ni", dA, by_Z)  # (N, fan_out)
        dW.append(A[l].T @ dZ)  # (fan_in, N) @ (N, fan_out)
        db.append(np.ones(len(dZ)) @ dZ if b[l].ndim == 1 else dZ)  # a bias for all samples: shares add up
        dA = dZ @ W[l].T  # (N, fan_out) @ (fan_out, fan_in)
    return dW[::-1], db[::-1]


def update(parameters: Sequence[Array], derivatives: Sequence[Array], eta: float) -> None:
    """One step downhill, in place: θ ← θ − η dθ."""
    for theta, d_theta in zip(parameters, derivatives, strict=True):
        theta -= eta * d_theta


def sigmoid(Z: Array) -> Array:
    """σ(z) = 1 / (1 + e^−z)."""
    return 1 / (1 + np.exp(-Z))


def sigmoid_slope(Z: Array) -> Array:
    """σ′(z) = σ(z) (1 − σ(z))."""
    return sigmoid(Z) * (1 - sigmoid(Z))


def learn_exclusive_or(steps: int = 2000, eta: float = 2.0) -> tuple[Array, list[float]]:
    """Train 2-3-1 sigmoid neurons on XOR; return the final outputs and the loss before each step."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])  # (N, D) = (4, 2)
    Y = np.array([[0.0], [1.0], [1.0], [0.0]])  # (N, K) = (4, 1)
    rng = np.random.default_rng(0)
    W = [rng.uniform(-1, 1, (2, 3)), rng.uniform(-1, 1, (3, 1))]
    b = [np.zeros(3), np.zeros(1)]
    losses = []
    for _ in range(steps):
        Z, A = forward(X, W, b, [sigmoid, sigmoid])
        losses.append(loss(A[-1], Y))
        dW, db = backward(Z, A, W, b, [sigmoid_slope, sigmoid_slope], A[-1] - Y)
        update([*W, *b], [*dW, *db], eta)
    return forward(X, W, b, [sigmoid, sigmoid])[1][-1], losses


if __name__ == "__main__":
    answers, losses = learn_exclusive_or()
    print(f"loss {losses[0]:.4f} at first, {losses[-1]:.4f} after {len(losses)} steps")
    print("0 xor 0, 0 xor 1, 1 xor 0, 1 xor 1 →", *answers.ravel().round(2))
