import json
import math
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.optimizers import OPTIMIZERS, make_optimizer
from tests.engine.variants import switches, variants

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "extremes.json").read_text())
EXTREME = GOLDEN["optimiser_zero_and_extreme_gradient"]["cases"]
every_variant = pytest.mark.parametrize(("name", "parameters"), list(switches()))


def walk(gradients, start=1.0, **settings):
    """theta after each step, for one parameter and given gradients."""
    optimizer, theta, path = make_optimizer(**settings), np.array([start]), []
    for gradient in gradients:
        optimizer.step(theta, np.array([gradient]))
        path.append(theta.item())
    return path


# Hand-worked traces: θ starts at 1, the gradients are 2, −1 (and 4), η = 0.1 unless said.


def test_sgd_subtracts_the_scaled_gradient():
    # 1 − 0.1·2 = 0.8; 0.8 + 0.1·1 = 0.9
    assert walk([2, -1], name="sgd", learning_rate=0.1) == pytest.approx([0.8, 0.9], rel=1e-15)


def test_sgd_momentum_starts_with_the_first_gradient():
    # v = 2: 0.8;  v = 0.5·2 − 1 = 0: 0.8;  v = 0.5·0 + 4 = 4: 0.4
    path = walk([2, -1, 4], name="sgd", learning_rate=0.1, momentum=0.5)
    assert path == pytest.approx([0.8, 0.8, 0.4], rel=1e-14)


def test_sgd_dampening_spares_the_first_gradient():
    # v = 2: 0.8;  v = 0.5·2 + 0.75·(−1) = 0.25: 0.775;  v = 0.125 + 0.75·4 = 3.125: 0.4625
    path = walk([2, -1, 4], name="sgd", learning_rate=0.1, momentum=0.5, dampening=0.25)
    assert path == pytest.approx([0.8, 0.775, 0.4625], rel=1e-14)


def test_sgd_nesterov_looks_one_velocity_ahead():
    # v = 2, step 2 + 0.5·2 = 3: 0.7;  v = 0, step −1 + 0 = −1: 0.8;  v = 4, step 4 + 2 = 6: 0.2
    path = walk([2, -1, 4], name="sgd", learning_rate=0.1, momentum=0.5, nesterov=True)
    assert path == pytest.approx([0.7, 0.8, 0.2], rel=1e-14)


def test_adagrad_divides_by_the_root_of_all_squares_so_far():
    # s = 4: 1 − 0.1·2/2 = 0.9;  s = 4 + 1 = 5: 0.9 + 0.1/√5;  s = 5 + 16 = 21: … − 0.4/√21
    second = 0.9 + 0.1 / math.sqrt(5)
    expected = [0.9, second, second - 0.4 / math.sqrt(21)]
    assert walk([2, -1, 4], name="adagrad", learning_rate=0.1) == pytest.approx(expected, rel=1e-9)


def test_rmsprop_divides_by_the_root_of_the_recent_square():
    # ρ = ¾: v = ¼·4 = 1: 1 − 0.1·2/(1 + ½) = 13/15 with ε = ½
    # v = ¾ + ¼ = 1: 13/15 + 0.1/1.5 = 14/15;  v = ¾ + ¼·16 = 4.75: − 0.4/(√4.75 + ½)
    path = walk([2, -1, 4], name="rmsprop", learning_rate=0.1, rho=0.75, eps=0.5)
    assert path == pytest.approx([13 / 15, 14 / 15, 14 / 15 - 0.4 / (math.sqrt(4.75) + 0.5)], rel=1e-14)


def test_rmsprop_centered_divides_by_the_recent_spread():
    # ρ = ½: v = 2, m = 1, √(2 − 1) = 1: 1 − 0.1·2/1 = 0.8
    # v = 1 + ½ = 1.5, m = ½ − ½ = 0: 0.8 + 0.1/√1.5
    path = walk([2, -1], name="rmsprop", learning_rate=0.1, rho=0.5, centered=True, eps=0.0)
    assert path == pytest.approx([0.8, 0.8 + 0.1 / math.sqrt(1.5)], rel=1e-14)


def test_rmsprop_momentum_gathers_the_scaled_steps():
    # ρ = ¾, μ = ½: b = 2/1 = 2: 0.8;  v = ¾ + ¼ = 1, b = 1 − 1 = 0: 0.8;  v = 4.75, b = 4/√4.75
    path = walk([2, -1, 4], name="rmsprop", learning_rate=0.1, rho=0.75, momentum=0.5, eps=0.0)
    assert path == pytest.approx([0.8, 0.8, 0.8 - 0.4 / math.sqrt(4.75)], rel=1e-14)


def test_rmsprop_first_step_is_ten_learning_rates():
    assert walk([3], start=0.0, name="rmsprop", learning_rate=0.1) == pytest.approx([-1.0], rel=1e-6)


def test_adam_corrects_both_averages():
    # β₁ = ½, β₂ = ¾, ε = ½. Step 1: m = 1, v = 1, m̂ = 1/½ = 2, v̂ = 1/¼ = 4: 1 − 0.1·2/(2 + ½) = 0.92
    # Step 2: m = ½ − ½ = 0: no step.  Step 3: m = 2, m̂ = 2/(7/8) = 16/7;
    # v: ¾·1 + ¼·1 = 1, then ¾ + 4 = 4.75, v̂ = 4.75/(1 − 27/64) = 304/37
    path = walk([2, -1, 4], name="adam", learning_rate=0.1, beta1=0.5, beta2=0.75, eps=0.5)
    assert path == pytest.approx([0.92, 0.92, 0.92 - 0.1 * 16 / 7 / (math.sqrt(304 / 37) + 0.5)], rel=1e-14)


def test_adam_amsgrad_keeps_the_largest_square():
    # β₁ = 0, β₂ = ½: v = 8, 4.5, 2.375 after gradients 4, 1, ½; the largest stays 8
    # corrections 1 − ½, 1 − ¼, 1 − ⅛: √v̂ = √16, √(32/3), √(64/7)
    path = walk([4, 1, 0.5], name="adam", learning_rate=1, beta1=0, beta2=0.5, amsgrad=True, eps=0.0)
    second = 0 - 1 / math.sqrt(32 / 3)
    assert path == pytest.approx([0.0, second, second - 0.5 / math.sqrt(64 / 7)], rel=1e-14, abs=1e-15)


def test_adamw_decays_theta_and_leaves_the_averages_alone():
    # 1·(1 − 0.1·0.5) = 0.95, then Adam's first step of 0.1: 0.85; 0.85·0.95 = 0.8075, then 0.1 again
    path = walk([2, 2], name="adamw", learning_rate=0.1, weight_decay=0.5, eps=0.0)
    assert path == pytest.approx([0.85, 0.7075], rel=1e-14)


def test_sign_steps_by_the_learning_rate_and_rests_at_zero():
    assert walk([2, -1e-9, 0], name="sign", learning_rate=0.25) == [0.75, 1.0, 1.0]


@pytest.mark.parametrize("name", [name for name, row in OPTIMIZERS.items() if not row.make.decoupled])
def test_coupled_weight_decay_is_the_gradient_of_half_its_square(name):
    # g + λθ by hand: the path with decay is the path of those gradients without it
    theta, optimizer = np.array([1.0, -2.0]), make_optimizer(name, learning_rate=0.1, weight_decay=0.5)
    twin, plain = theta.copy(), make_optimizer(name, learning_rate=0.1)
    for g in ([2.0, 1.0], [-1.0, 0.0], [0.3, 0.3]):
        plain.step(twin, np.array(g) + 0.5 * twin)
        optimizer.step(theta, np.array(g))
    np.testing.assert_allclose(theta, twin, rtol=1e-14)


class Arrays:
    """What a rule's lines are handed here: plain arrays, so that working a line computes it."""

    sqrt, square, sign, maximum = np.sqrt, np.square, np.sign, np.maximum

    def __init__(self, optimizer, theta, g):
        self.theta, self.g, self.done = theta.copy(), g, {}
        self.before = {k: v.copy() if v.size else np.zeros(len(g)) for k, v in optimizer.memory().items()}

    def own(self, letter):
        return self.done[letter]

    def old(self, letter):
        return self.before[letter]

    def number(self, value, label=""):
        return np.float64(value)

    def rest(self, x):
        return 1 - x

    def power(self, x, exponent):
        return x**exponent


@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_working_the_lines_of_a_rule_gives_its_step_and_its_memory(name, weight_decay):
    for parameters in variants(name):
        rng = np.random.default_rng(0)
        optimizer, theta = make_optimizer(name, 0.05, weight_decay, **parameters), rng.standard_normal(6)
        for _ in range(4):
            g = rng.standard_normal(6)
            sheet = Arrays(optimizer, theta, g)
            for letter, value, title in optimizer.lines(sheet):
                assert title
                assert letter not in sheet.done
                sheet.done[letter] = value
            optimizer.step(theta, g)
            assert letter == "new", "the last line is the new parameter"
            np.testing.assert_allclose(sheet.done["new"], theta, rtol=1e-11, atol=1e-12, err_msg=parameters)
            for key, held in optimizer.memory().items():
                if key in sheet.done:
                    np.testing.assert_allclose(sheet.done[key], held, rtol=1e-12, err_msg=(key, parameters))
                else:
                    assert not held.any(), f"{key} is remembered, and no line says how"


@pytest.mark.parametrize("case", EXTREME, ids=lambda case: f"{case['optimiser']}-{case['grad']:g}")
def test_zero_and_extreme_gradients_agree_with_the_golden_file(case):
    parameters = {"sgd_momentum": {"name": "sgd", "momentum": 0.9}}
    settings = parameters.get(case["optimiser"], {"name": case["optimiser"]})
    with np.errstate(all="raise"):
        path = walk([case["grad"]], start=case["p0"], learning_rate=case["lr"], **settings)
    assert path == pytest.approx([case["p1"]], rel=1e-10, abs=1e-12)


@every_variant
@pytest.mark.parametrize("eps", [None, 0.0])
def test_a_zero_gradient_never_moves_theta(name, parameters, eps):
    given = {"eps": eps} if "eps" in parameters else {}
    with np.errstate(all="raise"):
        assert walk([0.0, 0.0, 0.0], name=name, **parameters | given) == [1.0] * 3


@every_variant
def test_a_huge_gradient_leaves_theta_finite_and_nan_passes_on(name, parameters):
    with np.errstate(all="raise"):
        assert np.isfinite(walk([1e200, 1e200, 1.0], name=name, **parameters)).all()
    assert np.isnan(walk([float("nan")], name=name, **parameters)).all()


@every_variant
@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(1, 5))
def test_each_parameter_moves_as_if_it_were_alone(name, parameters, weight_decay, seed, size):
    rng = np.random.default_rng(seed)
    start, gradients = rng.standard_normal(size), rng.standard_normal((4, size))
    together = make_optimizer(name, weight_decay=weight_decay, **parameters)
    theta, kept = start.copy(), gradients.copy()
    for g in gradients:
        together.step(theta, g)
    np.testing.assert_array_equal(gradients, kept)  # the gradient is left alone
    for i in range(size):
        alone = walk(gradients[:, i], start=start[i], name=name, weight_decay=weight_decay, **parameters)
        assert alone[-1] == theta[i]


@every_variant
def test_going_on_from_a_state_repeats_bit_for_bit(name, parameters):
    rng = np.random.default_rng(0)
    gradients = rng.standard_normal((12, 7))
    optimizer, theta = make_optimizer(name, weight_decay=0.01, **parameters), rng.standard_normal(7)
    states = []
    for g in gradients:
        states.append((theta.copy(), optimizer.state()))
        optimizer.step(theta, g)
    for at in (0, 1, 6):
        again, other = states[at][0].copy(), make_optimizer(name, learning_rate=9.0)
        for runner in (other, optimizer):
            again[:] = states[at][0]
            runner.load_state(states[at][1])
            for g in gradients[at:]:
                runner.step(again, g)
            np.testing.assert_array_equal(again, theta)


@every_variant
def test_a_state_holds_plain_copies(name, parameters):
    optimizer, theta = make_optimizer(name, **parameters), np.ones(3)
    optimizer.step(theta, np.ones(3))
    state, before = optimizer.state(), optimizer.state()
    assert state["step_count"] == 1
    assert all(type(value) in (int, float, bool, np.ndarray) for value in state.values())
    optimizer.step(theta, np.ones(3))
    np.testing.assert_equal(state, before)
    optimizer.load_state(state)
    optimizer.step(theta, np.ones(3))
    np.testing.assert_equal(state, before)


def test_a_state_of_another_rule_or_size_is_refused():
    adam = make_optimizer("adam")
    adam.step(np.ones(3), np.ones(3))
    with pytest.raises(ValueError, match=r"state must hold learning_rate, weight_decay, step_count"):
        make_optimizer("sgd").load_state(adam.state())
    with pytest.raises(ValueError, match=r"theta must have shape \(3,\) to match average\. Got \(4,\)\."):
        adam.step(np.ones(4), np.ones(4))


def test_a_memory_of_two_shapes_or_of_another_theta_is_refused_and_changes_nothing():
    adam = make_optimizer("adam")
    adam.step(np.ones(4), np.ones(4))
    before = adam.state()
    for wrong in ({"average": np.ones(3)}, {"square_average": np.ones((4, 1))}):
        with pytest.raises(ValueError, match=r"in the state must have shape \(\d,\)\. Got \("):
            adam.load_state(before | {"learning_rate": 9.0} | wrong)
    with pytest.raises(ValueError, match=r"average in the state must have shape \(5,\)\. Got \(4,\)\."):
        adam.load_state(before | {"learning_rate": 9.0}, (5,))
    np.testing.assert_equal(adam.state(), before)


def test_gradients_that_would_broadcast_are_refused():
    with pytest.raises(ValueError, match=r"grad_theta must have shape \(3,\), as theta\. Got \(1,\)\."):
        make_optimizer("sgd").step(np.ones(3), np.ones(1))


@every_variant
def test_later_steps_allocate_nothing_of_the_size_of_theta(name, parameters):
    optimizer = make_optimizer(name, weight_decay=0.01, **parameters)
    theta, g = np.ones(100_000), np.ones(100_000)
    optimizer.step(theta, g)
    tracemalloc.start()
    optimizer.step(theta, g)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000


def test_the_learning_rate_may_change_between_two_steps():
    optimizer, theta = make_optimizer("sgd", learning_rate=0.1), np.array([1.0])
    optimizer.learning_rate = 0.5
    optimizer.step(theta, np.array([1.0]))
    assert theta.item() == 0.5


def test_defaults_are_those_of_pytorch():
    pytorchs = ("sgd", "adagrad", "rmsprop", "adam", "adamw", "sign")
    rates = {name: make_optimizer(name).learning_rate for name in pytorchs}
    slow = dict.fromkeys(("sgd", "adam", "adamw", "sign"), 1e-3)
    assert rates == slow | {"adagrad": 1e-2, "rmsprop": 1e-2}
    defaults = {name: {p.name: p.default for p in OPTIMIZERS[name].parameters} for name in pytorchs}
    adam = {"beta1": 0.9, "beta2": 0.999, "amsgrad": False, "eps": 1e-8}
    assert defaults == {
        "sgd": {"momentum": 0.0, "dampening": 0.0, "nesterov": False},
        "adagrad": {"eps": 1e-10},
        "rmsprop": {"rho": 0.99, "centered": False, "momentum": 0.0, "eps": 1e-8},
        "adam": adam,
        "adamw": adam,
        "sign": {},
    }
    assert not any(make_optimizer(name).weight_decay for name in OPTIMIZERS)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_parameter_row_is_an_attribute_that_takes_its_default_and_bounds(name):
    for row in OPTIMIZERS[name].parameters:
        assert getattr(make_optimizer(name), row.name) == row.default
        for value in () if row.is_bool else (row.minimum, row.maximum):
            assert getattr(make_optimizer(name, **{row.name: value}), row.name) == value


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"name": "x"}, r"optimizer must be one of sgd, .*\. Got 'x'\."),
        ({"learning_rate": -0.1}, r"learning_rate must be > 0\. Got -0\.1\."),
        ({"learning_rate": 0}, r"learning_rate must be > 0\. Got 0\."),
        ({"learning_rate": float("nan")}, r"learning_rate must be > 0\. Got nan\."),
        ({"weight_decay": -1}, r"weight_decay must be >= 0\. Got -1\."),
        ({"momentum": 1.5}, r"momentum must be between 0 and 1\. Got 1\.5\."),
        ({"momentum": "0.9"}, r"momentum must be a number .* Got '0\.9'\."),
        ({"name": "adam", "beta1": 1}, r"beta1 must be between 0 and 0\.99999\. Got 1\."),
        ({"nesterov": 1}, r"nesterov must be True or False\. Got 1\."),
        (
            {"nesterov": True},
            r"nesterov needs momentum > 0 and dampening 0\. Got momentum 0 and dampening 0\.",
        ),
        ({"nesterov": True, "momentum": 0.9, "dampening": 0.1}, r"nesterov needs momentum > 0"),
        ({"eps": 1e-8}, r"parameter must be one of momentum, dampening, nesterov\. Got 'eps'\."),
        ({"name": "sign", "momentum": 0.9}, r"parameter must be one of \(none\)\. Got 'momentum'\."),
        ({"name": "sign", "(none)": 1}, r"parameter must be one of \(none\)\. Got '\(none\)'\."),
    ],
)
def test_wrong_settings_are_refused_in_one_sentence(settings, message):
    with pytest.raises(ValueError, match=message):
        make_optimizer(**{"name": "sgd"} | settings)
