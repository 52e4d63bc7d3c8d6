"""Norms, ratios and gradients at other parameters, against a plain NumPy pass of their own."""

import numpy as np
import pytest

from engine import Experiment, Network, Run, make_optimizer, replay
from engine.analysis.norms import cosines, gradient_at, update_ratios, weight_norms, weights_of

RUN = Experiment(hidden=(4, 3), activations=("tanh", "tanh"), output_activation="tanh", loss="half_mse")


def plain_gradient(W, b, X, Y):
    """dW and db of ½·mean((A − Y)²) for a network of tanh layers, as a book has them."""
    A = [X]
    for weights, bias in zip(W, b, strict=True):
        A.append(np.tanh(A[-1] @ weights + bias))
    dA, dW, db = (A[-1] - Y) / len(X), [], []
    for l in reversed(range(len(W))):
        dZ = dA * (1 - A[l + 1] ** 2)
        dW.insert(0, A[l].T @ dZ)
        db.insert(0, dZ.sum(axis=0))
        dA = dZ @ W[l].T
    return dW, db


def test_norms_and_ratios_agree_with_plain_numpy_at_five_random_frames_replayed_ones_too():
    timeline = replay(Run(RUN))
    for _ in range(60):
        timeline.advance()
    timeline.watch(True)
    trainer = timeline.trainer
    for frame in np.random.default_rng(17).choice(np.arange(1, 61), 5, replace=False):
        timeline.seek(int(frame))
        net, last = trainer.net, timeline.last_step()
        dW, _ = plain_gradient(net.W, net.b, trainer.X, trainer.Y)
        norms = [np.linalg.norm(part) for part in dW]
        np.testing.assert_allclose(weight_norms(net, trainer.gradient()), norms, rtol=1e-12)

        before = Network(net.dims, net.activations, rng=0)
        before.theta[...] = last.theta
        rows = trainer.last_batch()
        own, bias = plain_gradient(before.W, before.b, trainer.X[rows], trainer.Y[rows])
        ratios = [
            RUN.learning_rate * np.linalg.norm(part) / np.linalg.norm(W)
            for part, W in zip(own, net.W, strict=True)
        ]
        np.testing.assert_allclose(update_ratios(net, last.step), ratios, rtol=0, atol=1e-12)
        flat = np.concatenate([np.append(w.ravel(), v) for w, v in zip(own, bias, strict=True)])
        batch = gradient_at(net, last.theta, trainer.X[rows], trainer.Y[rows], trainer.loss)
        np.testing.assert_allclose(batch, flat, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(last.step, -RUN.learning_rate * batch, rtol=1e-9, atol=1e-15)


def test_the_gradient_elsewhere_leaves_the_network_where_it_is():
    net = Network((2, 3, 1), ("tanh", "linear"), rng=4)
    theta, X, Y = net.theta.copy(), np.ones((5, 2)), np.ones((5, 1))
    elsewhere = gradient_at(net, theta + 0.5, X, Y, "mse")
    np.testing.assert_array_equal(net.theta, theta)
    net.theta[...] = theta + 0.5
    np.testing.assert_array_equal(elsewhere, net.backward(net.forward(X), Y, "mse").theta)


def test_only_weights_count_and_biases_do_not():
    net = Network((2, 3, 1), ("tanh", "linear"), rng=4)
    vector = np.zeros_like(net.theta)
    vector[6:9] = 7  # the first layer's biases
    vector[9:12] = 3, 0, 4
    np.testing.assert_array_equal(weight_norms(net, vector), [0, 5])
    assert [part.size for part in weights_of(net, vector)] == [6, 3]


def test_a_step_beside_weights_that_are_all_0_is_infinite_or_not_a_number():
    net = Network((2, 3, 1), ("tanh", "linear"), initializer="zeros")
    step = np.zeros_like(net.theta)
    step[0] = 1
    np.testing.assert_array_equal(update_ratios(net, step), [np.inf, np.nan])


def test_the_cosine_is_1_along_0_across_and_minus_1_against():
    net = Network((2, 1, 1), ("tanh", "linear"), rng=1)
    one, other = np.array([1.0, 2, 9, 3, 9]), np.array([-2.0, 1, 0, -0.5, 0])
    np.testing.assert_allclose(cosines(net, one, other), [0, -1], atol=1e-15)
    np.testing.assert_allclose(cosines(net, one, 4 * one), [1, 1])
    assert np.isnan(cosines(net, one, 0 * one)).all()


@pytest.mark.parametrize("function", [weight_norms, update_ratios, weights_of])
def test_a_vector_of_another_length_is_refused(function):
    net = Network((2, 3, 1), ("tanh", "linear"))
    with pytest.raises(ValueError, match=r"vector must have shape \(13,\). Got \(12,\)."):
        function(net, np.zeros(12))


def test_full_batches_have_the_gradient_of_all_samples():
    experiment = RUN.changed(batch_size="all")
    timeline = replay(Run(experiment))
    timeline.watch(True)
    timeline.advance()
    trainer, last = timeline.trainer, timeline.last_step()
    assert isinstance(trainer.optimizer, type(make_optimizer("sgd", learning_rate=0.1)))
    full = gradient_at(trainer.net, last.theta, trainer.X, trainer.Y, trainer.loss)
    rows = trainer.last_batch()
    own = gradient_at(trainer.net, last.theta, trainer.X[rows], trainer.Y[rows], trainer.loss)
    np.testing.assert_allclose(cosines(trainer.net, own, full), 1, rtol=1e-12)
