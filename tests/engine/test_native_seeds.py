"""The seeds in their own orientation and names, against an independent implementation (float64 autograd)."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import Network

SEEDS = json.loads((Path(__file__).parents[1] / "golden" / "seed_native.json").read_text())
SIGMOIDS = ("sigmoid", "sigmoid", "sigmoid")


def agree(name, actual, expected):
    expected = np.asarray(expected, dtype=float)
    assert np.shape(actual) == expected.shape, name
    np.testing.assert_allclose(actual, expected, rtol=1e-10, atol=1e-12, err_msg=name)


def loaded(seed, weight, activations, *, transposed=False, **options):
    """The seed's network with the seed's weights, and its biases as rows where it has shared ones."""
    params = seed["params"]
    W = [np.asarray(params[f"{weight}{l}"]) for l in (1, 2, 3)]
    W = [matrix.T for matrix in W] if transposed else W
    dims = [W[0].shape[0], *(matrix.shape[1] for matrix in W)]
    net = Network(dims, activations, bias=options.pop("bias", "shared"), **options)
    for l in range(3):
        net.W[l][...] = W[l]
        if net.b[l] is not None:
            b = np.asarray(params[f"b{l + 1}"])
            net.b[l][...] = b if net.b[l].ndim == 2 else b.ravel()
    return net


def check_rows(seed, net, Y, loss, names):
    """Compare every Z, A and derivative of a seed whose samples are rows."""
    X = seed.get("x", seed.get("a0"))
    trace = net.forward(X)
    gradient = net.backward(trace, Y, loss)
    agree("L", net.loss(trace, Y, loss), seed["L"])
    for l, (z, a, w, b) in enumerate(names):
        agree(z, trace.Z[l], seed["forward"].get(z, trace.Z[l]))
        agree(a, trace.A[l + 1], seed["forward"][a])
        agree(f"d{z}", gradient.dZ[l], seed["grads"].get(z, gradient.dZ[l]))
        agree(f"d{a}", gradient.dA[l + 1], seed["grads"][a])
        agree(f"d{w}", gradient.dW[l], seed["grads"][w])
        if b in seed["grads"]:
            db = gradient.db[l]
            agree(f"d{b}", db if db.ndim == 2 else db[None, :], seed["grads"][b])
    return gradient


RELU_NAMES = [("h1", "h1relu", "w1", "b1"), ("h2", "h2relu", "w2", "b2"), ("y_pred", "y_pred", "w3", "b3")]
STAGES = [(f"z{l}", f"a{l}", f"W{l}", f"b{l}") for l in (1, 2, 3)]


def test_seed_000_has_one_bias_per_sample_and_its_gradient_is_not_summed():
    seed = SEEDS["seed000"]
    net = loaded(seed, "w", ("relu", "relu", "linear"), bias="per_sample", samples=4)
    gradient = check_rows(seed, net, seed["y"], "sse", RELU_NAMES)
    for l in range(3):
        assert gradient.db[l].shape == (4, net.dims[l + 1])
        np.testing.assert_array_equal(gradient.db[l], gradient.dZ[l])


def test_seed_000_shared_bias_gradients_are_the_column_sums():
    seed = SEEDS["seed000"]
    net = loaded(seed, "w", ("relu", "relu", "linear"), bias="per_sample", samples=4)
    gradient = net.backward(net.forward(seed["x"]), seed["y"], "sse")
    for l in range(3):
        agree(f"b{l + 1}", gradient.db[l].sum(axis=0), seed["grads_if_bias_shared"][f"b{l + 1}"])


def test_seed_000_biases_hold_for_their_own_samples_only():
    net = loaded(SEEDS["seed000"], "w", ("relu", "relu", "linear"), bias="per_sample", samples=4)
    with pytest.raises(ValueError, match=r"X must have shape \(4, 3\) .*Got \(3, 3\)\."):
        net.forward(np.zeros((3, 3)))


def test_seed_000_per_sample_biases_memorise_any_targets():
    # gradient descent on b3 alone: r ← (1 − 2η)·r = 0.8·r, so SSE falls by 0.64 a step
    seed = SEEDS["seed000"]
    net = loaded(seed, "w", ("relu", "relu", "linear"), bias="per_sample", samples=4)
    for _ in range(60):
        net.b[2][...] -= 0.1 * net.backward(net.forward(seed["x"]), seed["y"], "sse").db[2]
    assert net.loss(net.forward(seed["x"]), seed["y"], "sse") == pytest.approx(seed["L"] * 0.64**60, rel=1e-6)


def test_seed_001_has_no_biases():
    seed = SEEDS["seed001"]
    net = loaded(seed, "w", ("relu", "relu", "linear"), bias="none")
    gradient = check_rows(seed, net, seed["y"], "sse", RELU_NAMES)
    assert net.b == gradient.db == (None, None, None)
    assert net.theta.size == 3 * 5 + 5 * 4 + 4 * 2


@pytest.mark.parametrize(("name", "loss"), [("seed002_single", "mse"), ("seed002_batch", "mse_sample")])
def test_seed_002_in_column_vectors_agrees_in_both_readings(name, loss):
    # reading A: one sample, O outputs, 1/O; reading B: N samples as columns, one output, 1/N
    seed = SEEDS[name]
    net = loaded(seed, "W", ("sigmoid", "sigmoid", "linear"), transposed=True)
    X, Y = np.asarray(seed["x"]).T, np.asarray(seed["y"]).T
    trace = net.forward(X)
    gradient = net.backward(trace, Y, loss)
    agree("L", net.loss(trace, Y, loss), seed["L"])
    for l, (z, h) in enumerate((("z1", "h1"), ("z2", "h2"), ("yhat", "yhat"))):
        agree(z, trace.Z[l].T, seed["forward"][z])
        agree(h, trace.A[l + 1].T, seed["forward"][h])
        agree(f"d{z}", gradient.dZ[l].T, seed["grads"][z])
        agree(f"d{h}", gradient.dA[l + 1].T, seed["grads"][h])
        agree(f"dW{l + 1}", gradient.dW[l].T, seed["grads"][f"W{l + 1}"])
        agree(f"db{l + 1}", gradient.db[l][:, None], seed["grads"][f"b{l + 1}"])


@pytest.mark.parametrize(
    ("name", "loss"),
    [("seed003_bce_y1", "bce"), ("seed003_bce_y0", "bce"), ("seed003_half_se_y1", "half_sse")],
)
def test_seed_003_agrees_in_all_its_twelve_derivatives_under_both_losses(name, loss):
    seed = SEEDS[name]
    net = loaded(seed, "W", SIGMOIDS)
    gradient = check_rows(seed, net, [[seed["y"]]], loss, STAGES)
    assert gradient.theta.size == 4 * 3 + 3 + 3 * 2 + 2 + 2 * 1 + 1


@pytest.mark.parametrize("name", ["seed003_bce_y1", "seed003_bce_y0"])
def test_seed_003_fused_derivative_is_the_product_of_the_plain_ones(name):
    # g[3z] = g'_o · g[3a] = a(1 − a) · (a − y)/(a(1 − a)) = a − y
    seed = SEEDS[name]
    net = loaded(seed, "W", SIGMOIDS)
    trace = net.forward(seed["a0"])
    gradient = net.backward(trace, [[seed["y"]]], "bce")
    a = trace.A[-1]
    agree("dZ", gradient.dZ[-1], a * (1 - a) * gradient.dA[-1])
    agree("dZ", gradient.dZ[-1], a - seed["y"])
