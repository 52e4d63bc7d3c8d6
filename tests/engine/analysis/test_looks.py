"""What a look finds agrees with a calculation of its own in plain NumPy."""

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment, Run, replay
from engine.analysis.looks import active_samples, distances, movement, read_losses
from engine.analysis.watch import look_at

SLOPES = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
}


def plain(net, X, Y):
    """Activations and, layer by layer, the gradient of ½·mean((A − Y)²)."""
    A, Z = [X], []
    for W, b, g in zip(net.W, net.b, net.activations, strict=True):
        Z.append(A[-1] @ W + b)
        A.append(SLOPES[g.name][0](Z[-1]))
    dA, gradients = (A[-1] - Y) / Y.size, []
    for l in reversed(range(len(Z))):
        dZ = dA * SLOPES[net.activations[l].name][1](Z[l])
        gradients.insert(0, np.vstack([A[l].T @ dZ, dZ.sum(axis=0)]))
        dA = dZ @ net.W[l].T
    return A, gradients


@pytest.mark.parametrize("name", SLOPES)
def test_norms_ratios_and_counts_are_those_of_a_plain_calculation_at_replayed_frames_too(name):
    experiment = Experiment(hidden=(6, 4, 3), activations=(name,) * 3, seed=5, learning_rate=0.2)
    timeline = replay(Run(experiment))
    while timeline.frame < 40:
        timeline.advance()
    frames = np.random.default_rng(1).integers(0, 41, 5).tolist()
    for frame in [*frames, 40, frames[0]]:  # each but 40 is replayed
        timeline.seek(frame)
        seen, trainer = look_at(timeline, frame), timeline.trainer
        net = trainer.net
        A, gradients = plain(net, trainer.X, trainer.Y)
        norms = np.array([np.sqrt((g**2).sum()) for g in gradients])
        sizes = np.array([np.sqrt((W**2).sum() + (b**2).sum()) for W, b in zip(net.W, net.b, strict=True)])
        np.testing.assert_allclose(seen.gradient_norms, norms, rtol=1e-12, atol=0)
        np.testing.assert_allclose(seen.weight_norms, sizes, rtol=1e-12, atol=0)
        np.testing.assert_allclose(seen.step_ratio, (0.2 * norms / sizes).max(), rtol=1e-12)
        np.testing.assert_allclose(seen.backward_ratio, norms[0] / norms[-1], rtol=1e-12)
        bounds = {"tanh": (-0.995, 0.995), "relu": (0, np.inf), "sigmoid": (0.005, 0.995)}[name]
        counts = np.concatenate([((a > bounds[0]) & (a < bounds[1])).sum(axis=0) for a in A[1:-1]])
        np.testing.assert_array_equal(seen.active, counts)


def test_a_step_by_another_rule_is_the_one_that_the_optimizer_takes():
    experiment = Experiment(optimizer="adam", learning_rate=0.01, batch_size="all")
    timeline = replay(Run(experiment))
    for _ in range(7):
        timeline.advance()
    seen, before = look_at(timeline, 7), timeline.trainer.net.theta.copy()
    timeline.advance()
    steps = timeline.trainer.net.parameters.split(timeline.trainer.net.theta - before)
    np.testing.assert_allclose(seen.step_norms, [np.linalg.norm(step) for step in steps], rtol=1e-9)


def test_a_relu_unit_is_inactive_only_where_it_gives_0():
    A = np.array([[0.0, 0.0, 1.0], [0.0, 0.5, 2.0]])
    np.testing.assert_array_equal(active_samples([ACTIVATIONS["relu"]], [A]), [0, 1, 2])


@pytest.mark.parametrize(("name", "flat"), [("tanh", -0.999), ("tanh", 0.999), ("sigmoid", 0.001)])
def test_a_unit_is_inactive_on_both_flat_ends_of_its_curve(name, flat):
    A = np.array([[flat, flat], [flat, 0.6]])
    np.testing.assert_array_equal(active_samples([ACTIVATIONS[name]], [A]), [0, 1])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nan_counts_as_active_because_nothing_is_known_of_it(name):
    np.testing.assert_array_equal(active_samples([ACTIVATIONS[name]], [np.full((3, 2), np.nan)]), [3, 3])


def test_leaky_units_are_always_active_and_steps_never():
    np.testing.assert_array_equal(active_samples([ACTIVATIONS["leaky_relu"]], [np.zeros((3, 2))]), [3, 3])
    np.testing.assert_array_equal(active_samples([ACTIVATIONS["step"]], [np.ones((3, 2))]), [0, 0])


def test_only_units_with_the_same_weights_in_and_out_are_twins():
    net = Experiment(hidden=(3,), activations=("tanh",)).network()
    net.W[0][:, 2] = net.W[0][:, 0]
    assert distances(net, 0)[0] == abs(net.W[1][0, 0] - net.W[1][2, 0]) > 0
    net.W[1][2] = net.W[1][0]
    assert distances(net, 0).tolist()[::2] == [0, 0] < [distances(net, 0)[1]]
    assert np.isinf(distances(Experiment(hidden=(1,), activations=("tanh",)).network(), 0))


def test_rises_and_falls_are_shares_of_the_mean_loss_by_frame():
    losses = np.array([9.0, *[1.0, 3.0] * 10, 1.0])
    assert movement(np.arange(22.0), losses) == pytest.approx((20 / 20 / (41 / 21), 20 / 20 / (41 / 21)))
    assert np.isnan(movement(np.arange(20.0), np.ones(20))).all()


def test_short_frames_are_read_in_larger_steps_so_that_ten_epochs_are_seen():
    losses = np.linspace(2, 1, 501)
    rise, fall = movement(np.arange(501) / 25, losses)  # 250 frames are ten epochs; each 13th is read
    seen = losses[500 - 13 * 20 :: 13]
    assert (rise, fall) == (0, pytest.approx((seen[0] - seen[-1]) / 20 / seen.mean()))


def test_the_gain_compares_the_best_losses_of_the_last_hundred_epochs_and_before():
    train = np.linspace(4, 2, 301)
    told = read_losses(np.arange(301.0), train, np.full(301, np.nan), 0.5, np.nan)
    assert told.gain == pytest.approx(1 - train[300] / train[200])
    assert np.isnan(read_losses(np.arange(101.0), train[:101], train[:101], 0.5, 0.5).gain)
    test = np.array([3.0, 1.0, 2.0])
    told = read_losses(np.arange(3.0), np.array([3.0, 2.0, 1.0]), test, 1.0, 0.9)
    assert (told.best_test, told.train_then, told.best_epoch) == (1, 2, 1)
