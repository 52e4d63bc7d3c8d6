"""Backpropagation against differences: every activation, loss, width and bias mode; and the checker."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, Network, make_activation, make_loss
from engine.analysis.gradcheck import GradientCheck, gradient_check

N = 5
PENALTIES = ({}, {"l1": 0.02}, {"l2": 0.3}, {"l1": 0.01, "l2": 0.1})
BIASES = ("shared", "none", "per_sample")
PAIRS = [
    (output, loss) for output in ACTIVATIONS for loss, row in LOSSES.items() if row.output in (None, output)
]


def targets(loss, width, rng):
    if loss == "bce":
        return rng.uniform(size=(N, width))
    if loss == "cce":
        return rng.uniform(size=(N, width)) * rng.integers(0, 2, (N, width))  # soft rows of any sum
    return rng.standard_normal((N, width))


def network(dims, activations, bias, rng):
    net = Network(dims, activations, bias=bias, samples=N if bias == "per_sample" else None)
    net.theta[...] = rng.normal(0, 0.8, net.theta.size)
    return net


def assert_agree(check, what, X, *, kinks=0.2, tolerance=1e-6):
    __tracebackhide__ = True
    trusted = np.where(check.kinks, 0.0, check.allowed_error)
    worst = int(np.argmax(np.where(np.isnan(trusted), np.inf, trusted)))
    assert check.max_relative_error < tolerance, (
        f"{what}\nX = {X!r}\nparameter {worst}: analytic {check.analytic.flat[worst]!r}, "
        f"numeric {check.numeric.flat[worst]!r}, error {check.allowed_error.flat[worst]!r}"
    )
    assert check.kinks.mean() <= kinks, f"{what}: {check.kinks.sum()} of {check.kinks.size} at a kink"


@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_every_output_activation_with_every_loss_width_and_bias(output, loss):
    rng = np.random.default_rng([list(ACTIVATIONS).index(output), list(LOSSES).index(loss)])
    for width in (1, 3):
        if output == "softmax" and width == 1:
            continue
        for bias, penalty in zip(BIASES, PENALTIES[1:], strict=True):
            hidden = rng.choice(list(ACTIVATIONS))
            net = network((2, 3, width), (str(hidden), output), bias, rng)
            X, Y = rng.standard_normal((N, 2)), targets(loss, width, rng)
            for options in ({}, penalty):
                check = gradient_check(net, X, Y, loss, eps=1e-5, **options)
                assert_agree(check, f"{net.dims} {hidden} {output} {loss} {bias} {options}", X, kinks=0.4)


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_hidden_activation_two_layers_deep_with_every_width_and_bias(hidden):
    rng = np.random.default_rng(list(ACTIVATIONS).index(hidden))
    for width in (1, 3):
        for bias in BIASES:
            for output, loss in (("linear", "half_mse"), ("sigmoid", "bce"), ("softmax", "cce")):
                if output == "softmax" and width == 1:
                    continue
                net = network((2, 3, 4, width), (hidden, hidden, output), bias, rng)
                X, Y = rng.standard_normal((N, 2)), targets(loss, width, rng)
                check = gradient_check(net, X, Y, loss, eps=1e-5, l2=0.1)
                assert_agree(check, f"{net.dims} {hidden} {output} {loss} {bias}", X, kinks=0.4)


def test_a_hidden_softmax_needs_its_full_jacobian():
    # element by element, dZ = a(1 − a)·dA, most of its derivatives would be wrong
    rng = np.random.default_rng(1)
    net = network((3, 4, 2), ("softmax", "linear"), "shared", rng)
    X, Y = rng.standard_normal((N, 3)), rng.standard_normal((N, 2))
    trace = net.forward(X)
    gradient = net.backward(trace, Y, "mse")
    assert_agree(gradient_check(net, X, Y, "mse"), "hidden softmax", X, kinks=0)
    np.testing.assert_allclose(gradient.dZ[0].sum(axis=1), 0, atol=1e-15)
    A = trace.A[1]
    assert np.abs(gradient.dZ[0] - A * (1 - A) * gradient.dA[1]).max() > 1e-3


@pytest.mark.parametrize(
    "activation",
    [
        make_activation("relu", grad_at_zero=0),
        make_activation("relu", grad_at_zero=1),
        make_activation("relu", grad_at_zero=0.5),
        make_activation("leaky_relu", slope=0.0),
        make_activation("leaky_relu", slope=0.2),
        make_activation("leaky_relu", slope=1.0),
    ],
    ids=lambda activation: f"{activation.name}-{dict(activation.parameters)}",
)
def test_activations_with_parameters(activation):
    rng = np.random.default_rng(7)
    for width in (1, 3):
        net = network((2, 4, 3, width), (activation, activation, "linear"), "shared", rng)
        X, Y = rng.standard_normal((N, 2)), rng.standard_normal((N, width))
        assert_agree(gradient_check(net, X, Y, "half_mse", l1=0.01, l2=0.1), str(activation.parameters), X)


@pytest.mark.parametrize("delta", [0.05, 0.5, 1.0, 3.0])
def test_huber_with_every_delta(delta):
    rng = np.random.default_rng(int(100 * delta))
    for width in (1, 3):
        net = network((2, 4, width), ("tanh", "linear"), "shared", rng)
        X, Y = rng.standard_normal((N, 2)), 2 * rng.standard_normal((N, width))
        r = np.abs(net.predict(X) - Y)
        if width == 3 and delta in (0.5, 1.0):
            assert (r < delta).any()
            assert (r > delta).any()
        assert_agree(gradient_check(net, X, Y, make_loss("huber", delta=delta)), f"huber {delta}", X)


@pytest.mark.parametrize("bias", BIASES)
def test_random_directions_check_a_larger_network(bias):
    rng = np.random.default_rng(11)
    net = Network(
        (20, 30, 30, 10), ("relu", "tanh", "softmax"), bias=bias, samples=None if bias != "per_sample" else 8
    )
    net.theta[...] = rng.normal(0, 0.3, net.theta.size)
    X, Y = rng.standard_normal((8, 20)), np.eye(10)[rng.integers(0, 10, 8)]
    check = gradient_check(net, X, Y, "cce", l2=0.01, directions=6, rng=5)
    assert check.analytic.shape == check.numeric.shape == check.kinks.shape == (6,)
    assert check.dW == check.db == ()
    assert_agree(check, f"20-30-30-10 {bias}", X, kinks=0.5)
    again = gradient_check(net, X, Y, "cce", l2=0.01, directions=6, rng=np.random.default_rng(5))
    np.testing.assert_array_equal(again.numeric, check.numeric)


def test_the_layers_show_the_same_numbers_in_their_own_shapes():
    rng = np.random.default_rng(0)
    net = network((2, 3, 2), ("tanh", "linear"), "shared", rng)
    X, Y = rng.standard_normal((N, 2)), rng.standard_normal((N, 2))
    check = gradient_check(net, X, Y, "mse", l2=0.5)
    gradient = net.backward(net.forward(X), Y, "mse")
    for l in range(2):
        np.testing.assert_array_equal(check.dW[l].analytic, gradient.dW[l] + 0.5 * net.W[l])
        np.testing.assert_array_equal(check.db[l].analytic, gradient.db[l])
        assert check.dW[l].numeric.shape == net.W[l].shape
        assert check.db[l].relative_error.shape == net.b[l].shape
    parts = [part for l in range(2) for part in (check.dW[l], check.db[l])]
    for name in ("analytic", "numeric", "relative_error", "kinks"):
        together = np.concatenate([getattr(part, name).ravel() for part in parts])
        np.testing.assert_array_equal(together, getattr(check, name))
    assert check.max_relative_error == max(part.max_relative_error for part in parts)
    bare = network((2, 3, 2), ("tanh", "linear"), "none", rng)
    assert gradient_check(bare, X, Y, "mse").db == (None, None)


def test_numeric_and_relative_error_of_one_weight_by_hand():
    # L(w) = (w·2 − 1)²: L'(3) = 2·5·2 = 20, and a parabola's central difference is exact but for rounding
    net = Network((1, 1), ("linear",), bias="none")
    net.W[0][...] = 3.0
    for eps in (None, 1e-5, 1e-12):
        check = gradient_check(net, [[2.0]], [[1.0]], "sse", eps=eps)
        assert check.analytic.tolist() == [20.0]
        assert check.numeric[0] == pytest.approx(20.0, rel=1e-3 if eps == 1e-12 else 1e-9)
        assert check.relative_error[0] == abs(20.0 - check.numeric[0]) / (20.0 + check.numeric[0])
        assert check.allowed_error[0] == check.relative_error[0]  # 40 is far above the floor
    # |20 − 30| / (20 + 30) = 0.2
    assert replace(check, numeric=np.array([30.0])).relative_error.tolist() == [0.2]
    # with l1 = 0.5 and l2 = 0.25 added: 20 + 0.5·1 + 0.25·3 = 21.25
    check = gradient_check(net, [[2.0]], [[1.0]], "sse", l1=0.5, l2=0.25)
    assert check.analytic.tolist() == [21.25]
    assert check.numeric[0] == pytest.approx(21.25, rel=1e-9)


def test_penalties_leave_the_biases_alone():
    rng = np.random.default_rng(3)
    for bias in ("shared", "per_sample"):
        net = network((2, 2, 1), ("tanh", "linear"), bias, rng)
        X, Y = rng.standard_normal((N, 2)), rng.standard_normal((N, 1))
        bare, full = (gradient_check(net, X, Y, "mse", **penalty) for penalty in ({}, {"l1": 0.5, "l2": 2.0}))
        for l in range(2):
            np.testing.assert_array_equal(full.db[l].analytic, bare.db[l].analytic)
            np.testing.assert_allclose(full.db[l].numeric, bare.db[l].numeric, atol=1e-8)
            assert (full.dW[l].analytic != bare.dW[l].analytic).all()


def test_two_zeros_compare_as_zero():
    net = Network((2, 2, 1), ("relu", "linear"), rng=0)
    net.W[0][...], net.b[0][...] = 0.0, -1.0  # both units are dead, far from their kink
    check = gradient_check(net, [[1.0, 2.0]], [[3.0]], "mse")
    assert (check.analytic[:6] == 0).all()
    assert (check.relative_error[:6] == 0).all()
    assert not check.kinks.any()
    assert check.max_relative_error < 1e-6


def test_a_wrong_gradient_is_found(monkeypatch):
    rng = np.random.default_rng(2)
    net = network((2, 3, 1), ("tanh", "linear"), "shared", rng)
    X, Y = rng.standard_normal((N, 2)), rng.standard_normal((N, 1))
    right = Network.backward
    for factor, at in ((1.001, 0), (0.0, 4), (-1.0, 12)):

        def wrong(self, *args, factor=factor, at=at):
            gradient = right(self, *args)
            gradient.theta[at] *= factor
            return gradient

        monkeypatch.setattr(Network, "backward", wrong)
        check = gradient_check(net, X, Y, "mse")
        assert check.max_relative_error > 1e-4
        assert int(np.argmax(check.allowed_error)) == at


def test_a_gradient_that_is_nan_in_one_place_is_found(monkeypatch):
    right = Network.backward

    def wrong(self, *args):
        gradient = right(self, *args)
        gradient.theta[2] = math.nan
        return gradient

    monkeypatch.setattr(Network, "backward", wrong)
    check = gradient_check(Network((2, 3, 1), ("tanh", "linear"), rng=0), [[1.0, 2.0]], [[0.0]], "mse")
    assert np.flatnonzero(np.isnan(check.relative_error)).tolist() == [2]
    assert math.isnan(check.max_relative_error)


def test_nan_is_not_hidden():
    net = Network((2, 2, 1), ("relu", "linear"), rng=0)
    check = gradient_check(net, [[math.nan, 1.0]], [[0.0]], "mse")
    assert math.isnan(check.max_relative_error)


# Kinks: which parameters can carry a unit, a residual or a weight over its corner within ε.


def test_a_kink_within_eps_is_said_of_the_parameters_that_reach_it():
    net = Network((2, 2, 1), ("relu", "linear"), rng=0)
    net.W[0][...] = [[1.0, 2.0], [1.0, 0.5]]
    net.b[0][...] = [-3.0 + 4e-6, 1.0]  # the first unit is 4e-6 from its kink at x = (1, 2)
    X, Y = [[1.0, 2.0], [5.0, 7.0]], [[1.0], [0.0]]
    check = gradient_check(net, X, Y, "mse", eps=1e-5)
    np.testing.assert_array_equal(check.dW[0].kinks, [[True, False], [True, False]])
    np.testing.assert_array_equal(check.db[0].kinks, [True, False])
    assert not check.dW[1].kinks.any()
    assert check.relative_error[check.kinks].max() > 1e-6
    assert check.max_relative_error < 1e-6
    np.testing.assert_array_equal(gradient_check(net, X, Y, "mse").kinks, check.kinks)
    assert not gradient_check(net, X, Y, "mse", eps=1e-6).kinks.any()
    assert gradient_check(net, X, Y, "mse", eps=1e-4).db[0].kinks.tolist() == [True, False]


@pytest.mark.parametrize("grad_at_zero", [0, 1])
def test_at_the_kink_itself_the_difference_gives_the_mean_of_both_slopes(grad_at_zero):
    relu = make_activation("relu", grad_at_zero=grad_at_zero)
    net = Network((1, 1), (relu,))
    net.W[0][...], net.b[0][...] = 0.0, 0.0
    check = gradient_check(net, [[1.0]], [[-1.0]], "half_sse")
    assert check.kinks.all()
    assert check.analytic.tolist() == [grad_at_zero, grad_at_zero]
    np.testing.assert_allclose(check.numeric, 0.5, rtol=1e-4)
    assert math.isnan(check.max_relative_error)  # nothing is left to compare


def test_below_a_step_both_derivatives_are_0_and_on_it_the_difference_is_said_to_be_none():
    net = Network((1, 1, 1), ("step", "linear"))
    net.theta = np.array([2.0, 1.0, 3.0, 0.5])  # W1, b1, W2, b2
    check = gradient_check(net, [[1.0], [-1.0]], [[0.0], [2.0]], "mse")  # z = 3 and −1
    assert not check.kinks.any()
    assert check.analytic[:2].tolist() == check.numeric[:2].tolist() == [0.0, 0.0]
    assert (check.analytic[2:] != 0).all()
    assert check.max_relative_error < 1e-6
    net.b[0][...] = -2.0  # z = 0 for the first sample: the loss jumps there
    check = gradient_check(net, [[1.0], [-1.0]], [[0.0], [2.0]], "mse")
    assert check.kinks.tolist() == [True, True, False, False]
    assert check.analytic[:2].tolist() == [0.0, 0.0]
    assert np.abs(check.numeric[:2]).min() > 1e4
    assert check.max_relative_error < 1e-6


def test_a_kink_of_a_later_layer_is_seen_from_the_first():
    net = Network((1, 1, 1, 1), ("tanh", "leaky_relu", "linear"), bias="none", rng=1)
    net.theta[...] = [1e-7, 1.0, 1.0]
    check = gradient_check(net, [[1.0]], [[2.0]], "mse")
    assert check.kinks.tolist() == [True, False, False]


def test_residuals_have_kinks_under_mae_and_huber():
    net = Network((1, 1), ("linear",))
    net.W[0][...], net.b[0][...] = 1.0, 0.0
    for loss, y, expected in (
        ("mae", 1.0, True),
        ("mae", 1.1, False),
        ("huber", 0.0, True),
        ("huber", 2.0, True),
        ("huber", 1.0, False),
        (make_loss("huber", delta=0.25), 0.75, True),
        (make_loss("huber", delta=0.25), 1.25, True),
        (make_loss("huber", delta=0.25), 0.0, False),
        ("mse", 1.0, False),
    ):
        check = gradient_check(net, [[1.0]], [[y]], loss)
        assert check.kinks.tolist() == [expected, expected], (loss, y)


def test_weights_near_zero_have_a_kink_under_l1_only():
    net = Network((2, 1), ("linear",))
    net.W[0][:, 0], net.b[0][...] = [3e-6, 1.0], 0.0
    X, Y = [[1.0, 2.0]], [[0.0]]
    assert not gradient_check(net, X, Y, "mse").kinks.any()
    assert not gradient_check(net, X, Y, "mse", l2=1.0).kinks.any()
    check = gradient_check(net, X, Y, "mse", l1=1.0)
    assert check.kinks.tolist() == [True, False, False]  # a bias of 0 has no penalty, so no kink
    assert check.max_relative_error < 1e-6


def test_only_activations_whose_first_or_second_derivative_jumps_have_kinks():
    rng = np.random.default_rng(0)
    for name, row in ACTIVATIONS.items():
        net = network((2, 3, 2), (name, "linear"), "shared", rng)
        net.b[0][...] = 0  # so Z = 0, where the kinks are
        check = gradient_check(net, np.zeros((N, 2)), np.ones((N, 2)), "mse")
        assert check.kinks.any() == (row.kink is not None or row.bend is not None), name


# theta is lent, not given.


def test_theta_is_restored_to_the_bit():
    rng = np.random.default_rng(4)
    net = network((3, 4, 1), ("gelu", "linear"), "shared", rng)
    net.theta[:3] = [1e300, -0.0, 5e-324]
    before, views = net.theta.copy(), (net.theta, *net.W)
    X, Y = rng.standard_normal((N, 3)), rng.standard_normal((N, 1))
    gradient_check(net, X, Y, "mse", l1=0.1)
    gradient_check(net, X, Y, "mse", directions=3)
    assert net.theta.tobytes() == before.tobytes()
    assert all(a is b for a, b in zip(views, (net.theta, *net.W), strict=True))


def test_theta_is_restored_even_if_the_loss_raises():
    net = Network((2, 3, 1), ("tanh", "linear"), rng=0)
    before, calls = net.theta.copy(), []
    mse = make_loss("mse")

    def fails(Z, A, Y):
        calls.append(1)
        if len(calls) == 8:
            raise RuntimeError("out of patience")
        return mse.value(Z, A, Y)

    with pytest.raises(RuntimeError, match="out of patience"):
        gradient_check(net, [[1.0, 2.0]], [[1.0]], replace(mse, value=fails))
    assert net.theta.tobytes() == before.tobytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"eps": "auto"}, r"eps must be a number"),
        ({"eps": 0.0}, r"eps must be > 0\. Got 0\."),
        ({"eps": -1e-5}, r"eps must be > 0\."),
        ({"eps": math.nan}, r"eps must be > 0\. Got nan\."),
        ({"l1": -1.0}, r"l1 must be >= 0\. Got -1\."),
        ({"l2": -1.0}, r"l2 must be >= 0\. Got -1\."),
        ({"directions": 0}, r"directions must be >= 1\. Got 0\."),
        ({"loss": "bce"}, r"bce needs a sigmoid output\. Got linear\."),
        ({"Y": [[1.0, 2.0]]}, r"Y must have shape \(1, 1\)"),
        ({"X": [[1.0]]}, r"X must have shape \(N, 2\)"),
    ],
)
def test_wrong_arguments_are_refused_in_one_sentence(options, message):
    net = Network((2, 1), ("linear",))
    arguments = {"X": [[1.0, 2.0]], "Y": [[1.0]], "loss": "mse"} | options
    with pytest.raises(ValueError, match=message):
        gradient_check(net, **arguments)


def test_a_check_is_a_frozen_record():
    net = Network((1, 1), ("linear",))
    check = gradient_check(net, [[1.0]], [[1.0]], "mse")
    assert isinstance(check, GradientCheck)
    with pytest.raises(AttributeError):
        check.analytic = np.zeros(2)
