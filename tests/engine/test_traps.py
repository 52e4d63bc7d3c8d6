"""Where numbers leave the range: every trap of extremes.json, under NumPy's strictest error state."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from engine import (
    ACTIVATIONS,
    LOSSES,
    Network,
    Trainer,
    make_activation,
    make_loss,
    neuron_maps,
)
from engine.analysis.gradcheck import gradient_check

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "extremes.json").read_text())
Z_ALL = GOLDEN["unary"]["z"]
EXACT = ("sigmoid", "tanh", "softplus", "elu")


@pytest.fixture(autouse=True)
def _nothing_overflows_unnoticed():
    with np.errstate(all="raise", under="ignore"):
        yield


def numbers(values):
    return np.array([float(value) for value in values])


def showing(activations, z):
    """A network without hidden layers whose logits are z, whatever z is: z is its bias, its weights are 0."""
    z = np.atleast_1d(np.asarray(z, dtype=float))
    net = Network((1, z.size), (activations,), initializer="zeros")
    net.b[0][...] = z
    return net


def value(name, z):
    """g(z) number by number."""
    return np.array([showing(name, number).predict([[0.0]])[0, 0] for number in z])


def derivative(activation, z):
    """g'(z) number by number, as the vector-Jacobian product with 1."""
    Z, out = np.asarray(z, dtype=float)[:, None], np.empty((len(z), 1))
    activation, A = make_activation(activation), np.empty((len(z), 1))
    with np.errstate(all="ignore"):
        activation.value(Z, A)
        activation.vjp(Z, A, np.ones_like(Z), out)
    return out[:, 0]


def report(name, z, actual, expected):
    return "\n".join(
        f"{name}({a!r}): got {b!r}, expected {c!r}" for a, b, c in zip(z, actual, expected, strict=True)
    )


def cross_entropy(name, activation, z, y):
    """Loss and dL/dZ of one sample with logits z."""
    net = showing(activation, z)
    trace, Y = net.forward([[0.0]]), [np.atleast_1d(y)]
    return net.loss(trace, Y, name), net.backward(trace, Y, name).dZ[-1][0]


@pytest.mark.parametrize("name", [name for name in GOLDEN["unary"]["functions"] if name in ACTIVATIONS])
def test_activations_and_derivatives_hold_up_to_1e300(name):
    golden = GOLDEN["unary"]["functions"][name]
    actual, expected = value(name, Z_ALL), numbers(golden["value"])
    tolerance = {"rtol": 1e-13, "atol": 1e-300} if name in EXACT else {"rtol": 1e-13, "atol": 1e-15}
    np.testing.assert_allclose(actual, expected, **tolerance, err_msg=report(name, Z_ALL, actual, expected))
    actual, expected = derivative(name, Z_ALL), numbers(golden["derivative"])
    np.testing.assert_allclose(
        actual, expected, rtol=1e-13, atol=1e-15, err_msg=report(f"{name}'", Z_ALL, actual, expected)
    )


def test_the_slope_of_elu_keeps_its_digits_far_left():
    z = [-1e-9, -1.0, -30.0, -40.0, -300.0, -700.0, -800.0, -math.inf]
    expected = [math.exp(at) for at in z]
    np.testing.assert_allclose(derivative("elu", z), expected, rtol=1e-15)
    assert derivative("elu", [0.0, 1.0, math.inf]).tolist() == [1.0, 1.0, 1.0]


def test_gelu_keeps_its_digits_in_the_left_tail():
    golden = dict(zip(Z_ALL, GOLDEN["unary"]["functions"]["gelu"]["value"], strict=True))
    z = [-0.5, -5.0, -20.0, -36.0]
    np.testing.assert_allclose(value("gelu", z), [golden[at] for at in z], rtol=1e-13)


def test_log_sigmoid_comes_from_the_logits():
    # with the target 1, bce is −log σ(z) and its derivative σ(z) − 1
    golden = GOLDEN["unary"]["functions"]["log_sigmoid"]
    for z, log_sigmoid, slope in zip(Z_ALL, golden["value"], golden["derivative"], strict=True):
        loss, dZ = cross_entropy("bce", "sigmoid", z, 1.0)
        assert -loss == pytest.approx(log_sigmoid, rel=1e-13, abs=1e-300), z
        assert -dZ[0] == pytest.approx(slope, rel=1e-13, abs=2e-16), z


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nan_in_is_nan_out_forward_and_backward(name):
    width = 2 if name == "softmax" else 1
    net = Network((1, width, 1), (name, "linear"), rng=3)
    trace = net.forward([[math.nan], [0.5]])
    gradient = net.backward(trace, [[0.0], [0.0]], "mse")
    assert np.isnan(trace.A[1][0]).all(), f"{name}(nan) gave {trace.A[1][0]}"
    assert np.isfinite(trace.A[1][1]).all(), f"{name} let a NaN into another row: {trace.A[1][1]}"
    assert np.isnan(net.loss(trace, [[0.0], [0.0]], "mse"))
    assert np.isnan(gradient.dA[0][0]).all(), f"{name}'(nan) gave {gradient.dA[0][0]}"
    assert np.isfinite(gradient.dA[0][1]).all()
    assert np.isnan(gradient.theta).all()  # every parameter saw both samples


@pytest.mark.parametrize("name", GOLDEN["nonfinite_inputs"]["limits_for_inf"])
def test_infinity_gives_the_limit(name):
    actual = value(name, [math.inf, -math.inf])
    expected = numbers(GOLDEN["nonfinite_inputs"]["limits_for_inf"][name])
    np.testing.assert_allclose(actual, expected, rtol=0, atol=1e-300, err_msg=name)


@pytest.mark.parametrize(("name", "slope"), list(GOLDEN["kinks"]["derivative_at_zero"].items())[:-1])
def test_the_derivative_at_zero_is_the_stated_one(name, slope):
    actual = derivative(name, [0.0, -0.0])
    assert actual == pytest.approx([slope, slope], abs=1e-15), f"{name}'(0) = {actual}"


@pytest.mark.parametrize("grad_at_zero", [0, 1])
def test_the_witness_tells_the_two_conventions_of_relu_apart(grad_at_zero):
    witness = GOLDEN["kinks"]["witness"]
    for relu in (
        make_activation("relu", grad_at_zero=grad_at_zero),
        *(["relu"] if grad_at_zero == 0 else []),
    ):
        net = Network((2, 2, 1), (relu, "linear"))
        net.W[0][...], net.b[0][...] = witness["w1"], witness["b1"][0]
        net.W[1][...], net.b[1][...] = witness["w2"], 0
        gradient = net.backward(net.forward(witness["x"]), witness["y"], "sse")
        np.testing.assert_array_equal(gradient.db[0][None, :], witness[f"db1_with_{grad_at_zero}"])
        np.testing.assert_array_equal(gradient.dW[0], witness["dw1_both"])
        np.testing.assert_array_equal(gradient.dW[1], witness["dw2_both"])


def test_huber_at_delta_and_mae_at_zero_follow_the_convention():
    golden = GOLDEN["kinks"]["huber_at_delta"]
    for r, expected, slope in zip(golden["r"], golden["value"], golden["derivative"], strict=True):
        net = showing("linear", r)
        trace = net.forward([[0.0]])
        huber = make_loss("huber", delta=golden["delta"])
        assert net.loss(trace, [[0.0]], huber) == expected
        assert net.backward(trace, [[0.0]], huber).dA[-1].item() == slope
    net = showing("linear", 0.0)
    assert net.backward(net.forward([[0.0]]), [[0.0]], "mae").dA[-1].item() == 0.0


@pytest.mark.parametrize("case", GOLDEN["softmax_ce"]["cases"], ids=lambda case: case["name"])
def test_softmax_and_its_cross_entropy_hold(case):
    z, y = np.array(case["z"]), np.array(case["y"])
    A = showing("softmax", z).predict([[0.0]])[0]
    np.testing.assert_allclose(A, case["softmax"], rtol=1e-12, atol=1e-15)
    if z.size == 1:
        return  # a softmax output of one unit is refused below
    loss, dZ = cross_entropy("cce", "softmax", z, y)
    assert loss == pytest.approx(case["loss"], rel=1e-12, abs=1e-15)
    np.testing.assert_allclose(dZ, case["dL_dz"], rtol=1e-12, atol=1e-15)
    for k, expected in enumerate(numbers(case["log_softmax"])):
        loss, _ = cross_entropy("cce", "softmax", z, np.eye(z.size)[k])
        assert -loss == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_a_softmax_output_of_one_unit_is_refused():
    net = showing("softmax", 7.0)
    with pytest.raises(ValueError, match="softmax output needs at least 2 units"):
        net.backward(net.forward([[0.0]]), [[1.0]], "cce")


def test_fused_cross_entropy_is_right_where_the_chain_of_both_derivatives_is_nan():
    trap = GOLDEN["softmax_ce"]["unstable_chain_trap"]
    net = showing("softmax", trap["z"])
    trace = net.forward([[0.0]])
    gradient = net.backward(trace, [trap["y"]], "cce")
    np.testing.assert_array_equal(gradient.dZ[-1][0], trap["right_dL_dz"])
    assert net.loss(trace, [trap["y"]], "cce") == trap["right_loss"]
    # the plain formula −Y/A beside it: −∞ for the class that was asked for, 0 (not 0/0) for the others
    np.testing.assert_array_equal(gradient.dA[-1][0], [0.0, -np.inf, 0.0])


@pytest.mark.parametrize("case", GOLDEN["softmax_ce"]["hidden_layer_vjp"]["cases"], ids=lambda c: str(c["z"]))
def test_softmax_mixes_its_units_in_the_backward_pass(case):
    g, A = make_activation("softmax"), np.empty((1, len(case["z"])))
    Z, dZ = np.array([case["z"]]), np.empty((1, len(case["z"])))
    g.value(Z, A)
    g.vjp(Z, A, np.array([case["dL_dA"]]), dZ)
    np.testing.assert_allclose(A[0], case["A"], atol=1e-15)
    np.testing.assert_allclose(dZ[0], case["dL_dZ"], rtol=1e-12, atol=1e-15 * max(map(abs, case["dL_dA"])))
    assert abs(dZ.sum()) <= 1e-15 * max(map(abs, case["dL_dA"]))


@pytest.mark.parametrize(
    "case", GOLDEN["bce"]["with_logits"]["cases"], ids=lambda c: f"{c['z']:g}-{c['y']:g}"
)
def test_binary_cross_entropy_holds_for_any_logit_and_soft_target(case):
    loss, dZ = cross_entropy("bce", "sigmoid", case["z"], case["y"])
    assert loss == pytest.approx(case["loss"], rel=1e-13, abs=0)
    assert dZ[0] == pytest.approx(case["dL_dz"], rel=1e-13, abs=1.2e-16)


def test_a_probability_of_exactly_0_or_1_costs_nothing_if_it_is_right():
    # 0·log 0 = 0. The losses come from the logits, so that no clamp is needed if it is wrong.
    assert cross_entropy("bce", "sigmoid", -750.0, 0.0)[0] == 0.0
    assert cross_entropy("bce", "sigmoid", 750.0, 1.0)[0] == 0.0
    assert cross_entropy("bce", "sigmoid", 1e300, 0.0)[0] == 1e300
    # dL/dA = (1 − y)/(1 − a) − y/a: 1 and −1 where it is right, and infinite where it is wrong
    for z, y, expected in ((-750.0, 0.0, 1.0), (750.0, 1.0, -1.0), (-1e6, 0.0, 1.0), (750.0, 0.0, np.inf)):
        net = showing("sigmoid", z)
        dA = net.backward(net.forward([[0.0]]), [[y]], "bce").dA[-1].item()
        assert dA == pytest.approx(expected), f"dL/dA at z = {z}, y = {y} is {dA}"


def test_a_saturated_sigmoid_learns_nothing_from_mse_but_all_from_bce():
    golden = GOLDEN["saturation"]
    chain = golden["sigmoid_chain_scale_1e3"]
    net = Network((2, 3, 1), ("sigmoid", "sigmoid"), bias="none")
    net.theta[...] = 1e3
    trace = net.forward(chain["x"])
    gradient = net.backward(trace, [[chain["target"]]], "mse")
    assert net.loss(trace, [[chain["target"]]], "mse") == chain["loss"]
    np.testing.assert_array_equal(gradient.dW[0], chain["dW1"])
    np.testing.assert_array_equal(gradient.dW[1], chain["dW2"])
    same = golden["same_output_with_bce_logits"]
    assert cross_entropy("bce", "sigmoid", same["z"], same["y"]) == (same["loss"], [same["dL_dz"]])


def test_a_nan_sample_poisons_its_own_row_and_the_mean_loss_only():
    golden = GOLDEN["nan_propagation"]
    net = Network((2, 3), ("softmax",), bias="none")
    net.W[0][...] = golden["W"]
    X = np.array([numbers(row) for row in golden["X"]])
    trace = net.forward(X)
    np.testing.assert_allclose(trace.A[-1], [numbers(row) for row in golden["softmax_rows"]], rtol=1e-13)
    Y = np.eye(3)
    assert np.isnan(net.loss(trace, Y, "cce"))
    gradient = net.backward(trace, Y, "cce")
    assert np.isnan(gradient.dZ[0][1]).all()
    assert np.isfinite(gradient.dZ[0][[0, 2]]).all()
    assert np.isnan(gradient.dA[-1][1]).all()


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_passes_nan_on(name):
    output = LOSSES[name].output or "linear"
    net = Network((1, 2), (output,), rng=0)
    for X, Y in (([[math.nan]], [[1.0, 0.0]]), ([[0.5]], [[math.nan, 0.0]])):
        trace = net.forward(X)
        assert math.isnan(net.loss(trace, Y, name)), f"{name} hid the NaN of X = {X}, Y = {Y}"
        gradient = net.backward(trace, Y, name)
        assert np.isnan(gradient.dZ[0]).any(), f"{name} hid the NaN of X = {X}, Y = {Y}: {gradient.dZ[0]}"


def test_an_infinite_logit_gives_a_nan_softmax_or_its_limit_but_no_error():
    A = showing("softmax", [math.inf, 0.0]).predict([[0.0]])[0]
    assert np.isnan(A).all() or A.tolist() == [1.0, 0.0]


def test_targets_that_would_broadcast_are_refused_everywhere():
    golden = GOLDEN["broadcast"]
    net = Network((1, 1), ("linear",), bias="none", initializer="constant")
    X, Y = np.array(golden["yhat_shape_3x1"]) / net.W[0].item(), np.array(golden["y_shape_3"])
    trace = net.forward(X)
    assert net.loss(trace, Y[:, None], "mse") == golden["right_mse"]
    calls = {
        "loss": lambda wrong: net.loss(trace, wrong, "mse"),
        "backward": lambda wrong: net.backward(trace, wrong, "mse"),
        "gradient_check": lambda wrong: gradient_check(net, X, wrong, "mse"),
        "Trainer": lambda wrong: Trainer(net, X, wrong, loss="mse", optimizer="sgd", batch_size=2),
    }
    for name, call in calls.items():
        for wrong in (Y, Y[None, :], Y[:1, None], 1.0, np.zeros((3, 2)), np.zeros((3, 1, 1))):
            with pytest.raises(ValueError, match=r"Y must have shape \(3, 1\)"):
                pytest.fail(f"{name} took Y of shape {np.shape(wrong)}: {call(wrong)}")
    for wrong in (X[:, 0], X.T, 1.0):
        with pytest.raises(ValueError, match=r"X must have shape"):
            net.forward(wrong)


def test_no_samples_are_refused():
    net = Network((2, 1), ("linear",))
    with pytest.raises(ValueError, match="at least one row"):
        net.forward(np.empty((0, 2)))
    with pytest.raises(ValueError, match="at least one row"):
        Trainer(net, np.empty((0, 2)), np.empty((0, 1)), loss="mse", optimizer="sgd", batch_size=1)


def test_whole_numbers_are_cast_and_give_the_same_bits():
    net = Network((2, 3, 1), ("tanh", "linear"), rng=0)
    X, Y = np.array([[1, 2], [3, 4]]), np.array([[1], [0]])
    whole, real = net.forward(X), net.forward(X.astype(float))
    np.testing.assert_array_equal(whole.A[-1], real.A[-1])
    assert whole.A[0].dtype == np.float64
    np.testing.assert_array_equal(
        net.backward(whole, Y, "mse").theta, net.backward(real, Y.astype(float), "mse").theta
    )
    before = net.theta.copy()
    Trainer(net, X, Y, loss="mse", optimizer="sgd", batch_size=1).step()
    assert net.theta.dtype == np.float64
    assert (net.theta != before).any()


@pytest.mark.parametrize("case", GOLDEN["misc"]["logsumexp"], ids=lambda case: str(case["z"]))
def test_cross_entropy_is_logsumexp_minus_the_right_logit(case):
    loss, _ = cross_entropy("cce", "softmax", case["z"], [1.0, 0.0])
    assert loss == pytest.approx(case["value"] - case["z"][0], rel=1e-12, abs=1e-15)


def test_public_calls_never_warn_however_large_the_numbers():
    X = np.array([[1e300, -1e300], [1.0, 1e-300], [-1e200, 0.0]])
    for hidden in ACTIVATIONS:
        for output, loss, Y in (
            ("linear", "mse", [[1.0, 0.0]] * 3),
            ("sigmoid", "bce", [[1.0, 0.0]] * 3),
            ("softmax", "cce", [[1.0, 0.0]] * 3),
            ("linear", "huber", [[1e300, 0.0]] * 3),
        ):
            net = Network((2, 2, 2), (hidden, output), rng=0)
            net.theta *= 1e3
            trace = net.forward(X)
            net.loss(trace, Y, loss)
            net.backward(trace, Y, loss)
            net.predict(X)
            neuron_maps(net, X)
            with np.errstate(over="ignore"):
                small = X.astype(np.float32)
            neuron_maps(net, small)
            gradient_check(net, X, Y, loss, l1=0.1, l2=0.1)
            for optimizer in ("sgd", "adam"):
                trainer = Trainer(
                    net,
                    X,
                    Y,
                    loss=loss,
                    optimizer=optimizer,
                    batch_size=2,
                    l1=0.1,
                    l2=0.1,
                    X_test=X,
                    Y_test=Y,
                )
                trainer.step()
                trainer.epochs(2)
                trainer.measure()
