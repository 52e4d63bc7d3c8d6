"""The table of activations: complete, right in value and slope, careful with memory and precision."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, make_activation
from engine.activations import normal_cdf

CONTRACT = (
    "linear", "relu", "leaky_relu", "elu", "sigmoid", "tanh", "softplus", "gelu", "gelu_tanh", "silu",
    "softmax",
)  # fmt: skip

# The book's formulas, one number at a time; not every row has to have one here.
SCALAR = {
    "linear": lambda z: z,
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.exp(z) - 1,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "softplus": lambda z: math.log(1 + math.exp(z)),
    "gelu": lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2,
    "gelu_tanh": lambda z: 0.5 * z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1 + math.exp(-z)),
    "softsign": lambda z: z / (1 + abs(z)),
    "step": lambda z: 1.0 if z > 0 else -1.0 if z < 0 else 0.0,
}


def forward(activation, Z):
    A = np.empty_like(Z)
    make_activation(activation).value(Z, A)
    return A


def backward(activation, Z, dA):
    dZ = np.empty_like(Z)
    make_activation(activation).vjp(Z, forward(activation, Z), dA, dZ)
    return dZ


def test_the_table_holds_the_contracts_names_and_every_row_is_complete():
    assert tuple(ACTIVATIONS)[: len(CONTRACT)] == CONTRACT
    labels = [row.label for row in ACTIVATIONS.values()]
    assert len(set(labels)) == len(labels)
    for name, row in ACTIVATIONS.items():
        assert row.name == name
        assert row.label
        assert row.formula.startswith("a")
        assert callable(row.forward)
        assert (row.slope is None) == row.mixes == callable(row.mixed)
        assert row.sign
        assert row.short
        assert LOSSES[row.usual_loss].output in (None, name)
        assert row.targets[0] < row.targets[1]
        assert make_activation(name).parameters == row.parameters == ()
        assert make_activation(row) is row


def test_of_what_a_row_does_not_say_the_name_and_the_label_are_taken():
    bare = replace(ACTIVATIONS["linear"], name="tent_map", label="Tent map", sign="", short="")
    assert (bare.sign, bare.short) == ("tent map", "Tent map")
    assert [ACTIVATIONS[name].sign for name in ("sigmoid", "leaky_relu", "linear")] == ["σ", "LReLU", "id"]
    assert [ACTIVATIONS[name].short for name in ("sigmoid", "leaky_relu", "elu")] == ["sigm", "leaky", "ELU"]
    assert make_activation("leaky_relu", slope=0.5).sign == "LReLU"


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_outside_of_where_it_is_alive_an_activation_is_flat(name):
    least, most = ACTIVATIONS[name].alive
    z = np.linspace(-40, 40, 8001)[:, None]
    a, slope = forward(name, z), np.abs(backward(name, z, np.ones_like(z)))
    outside = (a <= least) | (a >= most)
    assert outside.any() == (ACTIVATIONS[name].alive != (-math.inf, math.inf))
    assert (slope[outside] <= 0.02 * slope.max()).all()


@pytest.mark.parametrize("name", [name for name, row in ACTIVATIONS.items() if not row.mixes])
def test_an_activation_has_a_kink_exactly_where_its_row_says_so(name):
    z, h = np.linspace(-6, 6, 49)[:, None], 1e-7  # 0 is among them
    left, right = (backward(name, z + side * h, np.ones_like(z)) for side in (-1, 1))
    jump = forward(name, z + h) - forward(name, z - h)
    broken = (np.abs(right - left) > 1e-3) | (np.abs(jump) > 1e-3)
    kink = ACTIVATIONS[name].kink
    assert z[broken].tolist() == ([] if kink is None else [kink])


@pytest.mark.parametrize("name", SCALAR)
def test_values_are_those_of_the_formula(name):
    z = np.linspace(-6, 6, 49)
    expected = [SCALAR[name](number) for number in z]
    np.testing.assert_allclose(forward(name, z[None, :])[0], expected, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", [name for name, row in ACTIVATIONS.items() if not row.mixes])
def test_slopes_are_those_of_the_values_times_what_comes_from_above(name):
    z, h = np.linspace(-5.99, 6, 48), 1e-5
    slopes = (forward(name, z[None, :] + h) - forward(name, z[None, :] - h))[0] / (2 * h)
    dA = np.linspace(2, -3, 48)
    dZ = backward(name, z[None, :], dA[None, :])[0]
    for number, factor, slope, got in zip(z, dA, slopes, dZ, strict=True):
        assert got == pytest.approx(factor * slope, rel=1e-8, abs=1e-9), (name, number, got, factor * slope)


def test_softmax_rows_are_positive_and_sum_to_one_and_its_jacobian_is_diag_a_minus_a_a_transposed():
    rng = np.random.default_rng(0)
    Z = 3 * rng.standard_normal((6, 4))
    A = forward("softmax", Z)
    assert (A > 0).all()
    np.testing.assert_allclose(A.sum(axis=1), 1, rtol=1e-15)
    np.testing.assert_allclose(forward("softmax", Z + 100.0), A, rtol=1e-12)
    for n in range(6):
        jacobian = np.diag(A[n]) - np.outer(A[n], A[n])
        rows = [backward("softmax", Z[n : n + 1], np.eye(4)[k : k + 1])[0] for k in range(4)]
        np.testing.assert_allclose(rows, jacobian, rtol=1e-12, atol=1e-16)


def test_relu_has_gradient_0_at_0_unless_asked_otherwise():
    Z, ones = np.array([[0.0, -0.0, 1.0, -1.0]]), np.ones((1, 4))
    assert backward("relu", Z, ones).tolist() == [[0, 0, 1, 0]]
    for grad_at_zero in (0, 0.5, 1):
        relu = make_activation("relu", grad_at_zero=grad_at_zero)
        assert backward(relu, Z, ones).tolist() == [[grad_at_zero, grad_at_zero, 1, 0]]
        assert dict(relu.parameters).get("grad_at_zero", 0) == grad_at_zero


def test_leaky_relu_takes_its_slope():
    leaky = make_activation("leaky_relu", slope=0.25)
    Z = np.array([[-4.0, 0.0, 4.0]])
    assert forward(leaky, Z).tolist() == [[-1, 0, 4]]
    assert backward(leaky, Z, np.ones((1, 3))).tolist() == [[0.25, 0.25, 1]]
    assert leaky.parameters == (("slope", 0.25),)
    assert "0.25" in leaky.formula


def test_softsign_by_hand_and_at_the_ends_of_the_numbers():
    # z = 3: a = 3/4, g' = 1/16; z = −1: a = −1/2, g' = 1/4
    Z = np.array([[3.0, -1.0, 0.0, 1e300, -math.inf, math.inf, math.nan]])
    with np.errstate(all="raise", under="ignore"):
        A, slope = forward("softsign", Z)[0], backward("softsign", Z, np.ones_like(Z))[0]
    np.testing.assert_array_equal(A, [0.75, -0.5, 0.0, 1.0, -1.0, 1.0, math.nan])
    np.testing.assert_allclose(slope, [1 / 16, 1 / 4, 1.0, 0.0, 0.0, 0.0, math.nan], rtol=1e-15)


def test_a_step_gives_the_sign_and_has_derivative_0_everywhere():
    Z = np.array([[-2.0, -0.0, 0.0, 1e-300, math.inf, math.nan]])
    np.testing.assert_array_equal(forward("step", Z)[0], [-1, 0, 0, 1, 1, math.nan])
    np.testing.assert_array_equal(backward("step", Z, np.full((1, 6), 7.0))[0], [0, 0, 0, 0, 0, math.nan])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_inputs_are_left_alone_and_any_memory_order_gives_the_same_numbers(name):
    rng = np.random.default_rng(1)
    Z, dA = rng.standard_normal((5, 3)), rng.standard_normal((5, 3))
    kept = Z.copy(), dA.copy()
    A, dZ = forward(name, Z), backward(name, Z, dA)
    column_A, column_dZ = forward(name, np.asfortranarray(Z)), backward(name, np.asfortranarray(Z), dA)
    np.testing.assert_allclose(column_A, A, rtol=1e-15)
    np.testing.assert_allclose(column_dZ, dZ, rtol=1e-14, atol=1e-16)
    np.testing.assert_array_equal(Z, kept[0])
    np.testing.assert_array_equal(dA, kept[1])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_float32_keeps_its_type_its_digits_and_its_range(name):
    Z = np.linspace(-9, 9, 36, dtype=np.float32).reshape(9, 4)
    A = forward(name, Z)
    assert A.dtype == np.float32
    np.testing.assert_allclose(A, forward(name, Z.astype(float)), rtol=2e-6, atol=1e-6)
    with np.errstate(all="raise", under="ignore"):
        assert np.isfinite(forward(name, np.array([[1e38, -1e38, 0, 100]], dtype=np.float32))).all()


def test_normal_cdf_agrees_with_erf_to_1e_14():
    z = np.concatenate([np.linspace(-38, 9, 4001), [-0.66291, 0.66291, -5.65685, 5.65685, 0.0]])
    expected = np.array([math.erfc(-number / math.sqrt(2)) / 2 for number in z])
    np.testing.assert_allclose(normal_cdf(z), expected, rtol=3e-14, atol=5e-324)
    assert np.isnan(normal_cdf(np.array([math.nan]))).all()
    assert normal_cdf(np.array([-math.inf, math.inf])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("swish", {}, r"activation must be one of linear, relu, .*\. Got 'swish'\."),
        (3, {}, r"activation must be one of"),
        ("tanh", {"slope": 0.1}, r"tanh takes no parameter slope\."),
        ("relu", {"slope": 0.1}, r"relu takes no parameter slope\."),
        ("relu", {"grad_at_zero": 2}, r"grad_at_zero must be between 0 and 1\. Got 2\."),
        ("relu", {"grad_at_zero": "1"}, r"grad_at_zero must be a number"),
        ("leaky_relu", {"slope": -0.1}, r"slope must be between 0 and 1\. Got -0\.1\."),
    ],
)
def test_wrong_names_and_parameters_are_refused_in_one_sentence(name, parameters, message):
    with pytest.raises(ValueError, match=message):
        make_activation(name, **parameters)
