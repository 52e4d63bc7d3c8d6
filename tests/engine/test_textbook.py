"""The fast engine against its first chapter: the same numbers, in every kind of network."""

import math
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, Network, Trainer, make_optimizer, textbook

RNG = np.random.default_rng(0)
erf = np.vectorize(math.erf)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def softmax_jacobian(z):
    a = softmax(z)
    return np.stack([np.diag(row) - np.outer(row, row) for row in a])


def gelu_tanh_inner(z):
    return math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)


# g and g′ as their definitions say, without any care for large numbers.
FUNCTIONS = {
    "linear": (lambda z: z, lambda z: np.ones_like(z)),
    "relu": (lambda z: np.where(z > 0, z, 0), lambda z: np.where(z > 0, 1.0, 0.0)),
    "leaky_relu": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1.0, 0.01)),
    "elu": (lambda z: np.where(z > 0, z, np.exp(z) - 1), lambda z: np.where(z > 0, 1.0, np.exp(z))),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "softplus": (lambda z: np.log(1 + np.exp(z)), sigmoid),
    "gelu": (
        lambda z: z * (1 + erf(z / math.sqrt(2))) / 2,
        lambda z: (1 + erf(z / math.sqrt(2))) / 2 + z * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi),
    ),
    "gelu_tanh": (
        lambda z: z / 2 * (1 + np.tanh(gelu_tanh_inner(z))),
        lambda z: (
            (1 + np.tanh(gelu_tanh_inner(z))) / 2
            + z / 2 / np.cosh(gelu_tanh_inner(z)) ** 2 * math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * z**2)
        ),
    ),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) + z * sigmoid(z) * (1 - sigmoid(z))),
    "softmax": (softmax, softmax_jacobian),
}


def function(name):
    """g and g′ of an activation; of one that has no line above, the row's own g and its differences."""
    if name in FUNCTIONS:
        return FUNCTIONS[name]

    def g(z):
        out = np.empty_like(z)
        ACTIVATIONS[name].value(z, out)
        return out

    return g, lambda z: (g(z + 1e-6) - g(z - 1e-6)) / 2e-6


# L and dL/dA as their definitions say, from A and Y alone.
ERRORS = {
    "sse": (lambda A, Y: ((A - Y) ** 2).sum(), lambda A, Y: 2 * (A - Y)),
    "mse": (lambda A, Y: ((A - Y) ** 2).mean(), lambda A, Y: 2 * (A - Y) / A.size),
    "mse_sample": (lambda A, Y: ((A - Y) ** 2).sum() / len(A), lambda A, Y: 2 * (A - Y) / len(A)),
    "half_mse": (lambda A, Y: ((A - Y) ** 2).mean() / 2, lambda A, Y: (A - Y) / A.size),
    "half_sse": (textbook.loss, lambda A, Y: A - Y),
    "mae": (lambda A, Y: np.abs(A - Y).mean(), lambda A, Y: np.sign(A - Y) / A.size),
    "huber": (
        lambda A, Y: np.where(np.abs(A - Y) <= 1, (A - Y) ** 2 / 2, np.abs(A - Y) - 0.5).mean(),
        lambda A, Y: np.clip(A - Y, -1, 1) / A.size,
    ),
    "bce": (
        lambda A, Y: -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean(),
        lambda A, Y: (A - Y) / (A * (1 - A)) / A.size,
    ),
    "cce": (lambda A, Y: -(Y * np.log(A)).sum() / len(A), lambda A, Y: -Y / A / len(A)),
}


def targets(loss, N, K):
    one_hot = np.eye(K)[RNG.integers(0, K, N)]
    return one_hot if loss == "cce" else RNG.integers(0, 2, (N, K)).astype(float)


def compare(activations, loss, bias, K=3):
    """One network's sums, activations, loss and derivatives, by the engine and by the textbook."""
    N, dims = 5, (2, 4, 3, K)
    net = Network(dims, activations, bias=bias, samples=N if bias == "per_sample" else None, rng=1)
    net.theta[...] = RNG.uniform(-1, 1, net.theta.size)
    X, Y = RNG.uniform(-1, 1, (N, 2)), targets(loss, N, K)
    trace = net.forward(X)
    grad = net.backward(trace, Y, loss)

    g, slope = zip(*map(function, activations), strict=True)
    b = [np.zeros(W.shape[1]) if own is None else own for W, own in zip(net.W, net.b, strict=True)]
    Z, A = textbook.forward(X, net.W, b, g)
    value, derivative = ERRORS[loss]
    dW, db = textbook.backward(Z, A, net.W, b, slope, derivative(A[-1], Y))

    digits = 1e-12 if set(activations) <= FUNCTIONS.keys() else 1e-8
    near = {"rtol": digits, "atol": digits}
    assert net.loss(trace, Y, loss) == pytest.approx(value(A[-1], Y), rel=digits)
    for l in range(3):
        np.testing.assert_allclose(trace.Z[l], Z[l], **near)
        np.testing.assert_allclose(trace.A[l + 1], A[l + 1], **near)
        np.testing.assert_allclose(grad.dW[l], dW[l], **near)
        if bias != "none":
            np.testing.assert_allclose(grad.db[l], db[l], **near)


@pytest.mark.parametrize("bias", ["shared", "none", "per_sample"])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_hidden_activation_computes_as_in_the_textbook_in_every_bias_mode(name, bias):
    compare((name, name, "sigmoid"), "bce", bias)


@pytest.mark.parametrize("bias", ["shared", "none", "per_sample"])
@pytest.mark.parametrize(
    ("name", "loss"),
    [(name, loss) for name in ACTIVATIONS for loss, row in LOSSES.items() if row.output in (None, name)],
)
def test_every_loss_on_every_output_computes_as_in_the_textbook_in_every_bias_mode(name, loss, bias):
    compare(("tanh", "sigmoid", name), loss, bias)


def test_every_loss_of_the_table_is_compared():
    assert ERRORS.keys() == LOSSES.keys()


def test_a_hundred_steps_of_the_trainer_are_those_of_the_textbook():
    X, Y = RNG.uniform(-1, 1, (6, 2)), RNG.uniform(0, 1, (6, 1))
    net = Network((2, 3, 1), ("tanh", "sigmoid"), rng=1)
    W, b = [w.copy() for w in net.W], [v.copy() for v in net.b]
    sgd = make_optimizer("sgd", learning_rate=0.5)
    trainer = Trainer(net, X, Y, loss="half_sse", optimizer=sgd, batch_size=6, shuffle=False)
    g, slope = zip(function("tanh"), function("sigmoid"), strict=True)
    for _ in range(100):
        record = trainer.step()
        Z, A = textbook.forward(X, W, b, g)
        dW, db = textbook.backward(Z, A, W, b, slope, A[-1] - Y)
        textbook.update([*W, *b], [*dW, *db], 0.5)
    for l in range(2):
        np.testing.assert_allclose(net.W[l], W[l], rtol=1e-11)
        np.testing.assert_allclose(net.b[l], b[l], rtol=1e-11)
    assert record.train_loss == pytest.approx(
        textbook.loss(textbook.forward(X, W, b, g)[1][-1], Y), rel=1e-11
    )


def test_the_textbook_learns_exclusive_or_on_its_own(tmp_path):
    shutil.copy(Path(textbook.__file__), tmp_path)
    command = [sys.executable, "-I", "textbook.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "→ 0.02 0.98 0.98 0.02" in done.stdout


def test_the_textbook_says_the_loss_before_each_step():
    answers, losses = textbook.learn_exclusive_or(steps=500)
    assert len(losses) == 500
    assert (
        textbook.loss(answers, np.array([[0.0], [1.0], [1.0], [0.0]])) < losses[-1] < 0.01 < 0.4 < losses[0]
    )
