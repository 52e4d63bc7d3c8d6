"""Every activation's formula gives what the engine's function gives, and so does that of its derivative."""

import numpy as np
import pytest

from engine import ACTIVATIONS, make_activation
from engine.worked.activation_forms import ACTIVATION_FORMS, RELATIONS, Unit, activation_branch
from engine.worked.expressions import Symbol

Z = np.array([[-3.0, -0.7, 0.0, 0.4, 2.5]])
ROW = tuple(Symbol("z", 0, index=(k,)) for k in range(Z.shape[1]))


def value_and_slope(activation, j):
    """a and ∂a/∂z of unit j from the formulas."""
    out = np.empty(Z.shape)
    activation.value(Z, out)
    unit = Unit(ROW[j], Symbol("a", 1, index=(j,)), ROW)
    branch, env = activation_branch(activation, Z[0, j], unit), {"z1": Z, "a1": out}
    return branch.value.value(env).item(), branch.slope.value(env).item()


def engines_value_and_slope(activation, j):
    """The same from the engine: ∂a_j/∂z_j is what the vjp gives for a dA that is 1 at j."""
    out, slope, dA = np.empty(Z.shape), np.empty(Z.shape), np.zeros(Z.shape)
    dA[0, j] = 1
    activation.value(Z, out)
    activation.vjp(Z, out, dA, slope)
    return out[0, j], slope[0, j]


def test_every_activation_has_a_formula():
    assert set(ACTIVATION_FORMS) == set(ACTIVATIONS)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("j", range(Z.shape[1]))
def test_the_formulas_give_the_engines_function_and_its_derivative(name, j):
    activation = make_activation(name)
    found, exact = value_and_slope(activation, j), engines_value_and_slope(activation, j)
    assert found == pytest.approx(exact, rel=1e-12, abs=1e-12)


def test_the_slope_of_elu_is_not_lost_far_left():
    unit = Unit(Symbol("z", 0), Symbol("a", 1))
    branch, env = activation_branch(make_activation("elu"), -40.0, unit), {"z1": np.array([[-40.0]])}
    env["a1"] = branch.value.value(env)  # −1 to the last bit
    assert branch.slope.value(env).item() == pytest.approx(np.exp(-40.0), rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("name", "parameters"), [("relu", {"grad_at_zero": 1.0}), ("leaky_relu", {"slope": 0.2})]
)
@pytest.mark.parametrize("j", range(Z.shape[1]))
def test_a_parameter_counts_in_the_formula_as_in_the_engine(name, parameters, j):
    activation = make_activation(name, **parameters)
    assert value_and_slope(activation, j) == pytest.approx(engines_value_and_slope(activation, j))


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [-1.0, 0.0, 1.0, np.inf, -np.inf])
def test_exactly_one_branch_holds_at_every_number_and_none_at_nan(name, z):
    unit = Unit(ROW[0], Symbol("a", 1, index=(0,)), ROW)
    branches = ACTIVATION_FORMS[name](unit)
    assert sum(RELATIONS[branch.relation](z) for branch in branches) == 1
    assert activation_branch(make_activation(name), np.nan, unit) is None


UNIT = Unit(Symbol("z", 0), Symbol("a", 1), (Symbol("z", 0),))
ALL_SIZES = [sign * 10.0**power for sign in (1, -1) for power in range(-20, 7)]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_formula_is_written_only_where_it_gives_the_engines_numbers(name):
    activation, out, slope = make_activation(name), np.empty((1, 1)), np.empty((1, 1))
    for z in (*ALL_SIZES, 36.0, -36.0, 700.0, -700.0, 800.0, -800.0):
        Z = np.array([[z]])
        activation.value(Z, out)
        activation.vjp(Z, out, np.ones((1, 1)), slope)
        if branch := activation_branch(activation, z, UNIT):
            found = [part.value({"z1": Z, "a1": out}).item() for part in (branch.value, branch.slope)]
            assert found == pytest.approx([out.item(), slope.item()], rel=1e-9, abs=0), z


@pytest.mark.parametrize(
    ("name", "lost", "written"),
    [
        ("tanh", [800.0, -800.0, 1e-20], [0.0, 1e-3, 3.0, 300.0]),
        ("softplus", [800.0, -40.0], [-10.0, 0.0, 700.0]),
        ("elu", [-1e-12], [-800.0, -1.0, 0.0, 800.0]),
        ("softmax", [800.0], [-3.0, 0.0, 300.0]),
        ("relu", [], ALL_SIZES),
    ],
)
def test_a_formula_that_overflows_or_cancels_is_not_written(name, lost, written):
    activation = make_activation(name)
    assert all(activation_branch(activation, z, UNIT) is None for z in lost)
    assert all(activation_branch(activation, z, UNIT) for z in written)
