"""The theory of a fixed step: predictions without a walk, directions that a walk meets, digits at a limit."""

import numpy as np
import pytest

from engine.descent.convergence import theory
from engine.descent.descent import descend
from engine.descent.explanation import explain, theory_of_walk
from engine.descent.momentum import momentum_theory
from engine.descent.surfaces import SURFACES, make_quadratic
from engine.descent.theory_words import digits_apart, number

QUADRATIC, START = SURFACES["quadratic"], (3.0, 3.0)
LIMIT = theory(QUADRATIC, 0.1).critical_step


def test_predictions_are_the_walks_own_on_random_quadratics():
    rng = np.random.default_rng(0)
    for _ in range(60):
        low, high = np.sort(10 ** rng.uniform(-1, 1, 2))
        bowl = make_quadratic((low, high), rng.uniform(-90, 90))
        start, eta = rng.uniform(-3, 3, 2), rng.uniform(0.05, 1.9) / high
        asked = {"tol_f": 1e-5, "tol_grad": 1e-4}
        known = theory(bowl, eta, start, **asked)
        enough = 1 + max(known.predicted_tol_f, known.predicted_tol_grad)
        walk = descend(bowl, start, learning_rate=eta, max_steps=enough, stops=(), **asked)
        assert known.predicted_tol_f == walk.steps_to_tol_f
        assert known.predicted_tol_grad == walk.steps_to_tol_grad


def test_a_prediction_goes_far_beyond_any_cap():
    known = theory(QUADRATIC, 0.245, START, tol_grad=1e-6)
    assert known.predicted_tol_grad == 70_872
    assert descend(QUADRATIC, START, learning_rate=0.245, tol_grad=1e-6, max_steps=80_000).steps == 70_872
    nearer = theory(QUADRATIC, LIMIT * (1 - 1e-9), START, tol_grad=1e-6).predicted_tol_grad
    assert nearer == pytest.approx(np.log(26.8 / 1e-6) / 2e-9, rel=0.1)
    assert theory(QUADRATIC, LIMIT * (1 + 1e-6), START, tol_grad=1e-6).predicted_tol_grad is None


@pytest.mark.parametrize("angle", [0.0, 30.0, 77.0])
@pytest.mark.parametrize(
    ("axis", "eta", "regime", "name", "factor"),
    [(0, 0.15, "monotone", "λmin", "0.85"), (1, 0.15, "zig-zag", "λmax", "−0.5")],
)
def test_a_start_on_an_axis_has_the_regime_of_that_axis_alone(angle, axis, eta, regime, name, factor):
    bowl = make_quadratic((1.0, 10.0), angle)
    turn = np.deg2rad(angle)
    Q = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    walk = descend(bowl, 3 * Q[:, axis], learning_rate=eta, tol_grad=1e-6, max_steps=400)
    assert theory_of_walk(walk).regime == regime
    said = explain(walk)
    assert said.title == f"{regime.capitalize()}."
    assert f"the start lies on the axis of {name}, where a step multiplies x by {factor}" in said.text


def test_a_start_on_the_flat_axis_is_not_thrown_off_unless_rounding_throws_it():
    on_axis = descend(make_quadratic((1.0, 10.0), 0.0), (3.0, 0.0), learning_rate=0.3, tol_grad=1e-6)
    assert (explain(on_axis).title, on_axis.stopped_by) == ("Monotone.", "tol_grad")
    turned, turn = make_quadratic((1.0, 10.0), 30.0), np.pi / 6
    start = 3 * np.array([np.cos(turn), np.sin(turn)])
    thrown = descend(turned, start, learning_rate=0.3, tol_grad=1e-6, max_steps=300)
    assert explain(thrown).title == "Divergent."


@pytest.mark.parametrize(
    ("rule", "axis", "eta", "regime", "name", "rate", "effect"),
    [
        ("momentum", 0, 0.5, "Oscillating.", "λmin", 0.7071, "it swings to and fro"),  # √½
        ("nesterov", 0, 0.5, "Oscillating.", "λmin", 0.5, "it swings to and fro"),  # √(½ · (1 − ½))
        ("momentum", 0, 0.02, "Monotone.", "λmin", 0.9582, "it doesn't swing over"),
        ("momentum", 1, 0.295, "Zig-zag.", "λmax", 0.8851, "each step overshoots, a zig-zag"),
        ("momentum", 1, 0.5, "Divergent.", "λmax", 3.351, "it swings ever further up"),
    ],
)
def test_momentum_on_an_axis_is_judged_by_that_axis_alone(rule, axis, eta, regime, name, rate, effect):
    # the rates are the larger roots of z² − (1.5 − ηλ)·z + 0.5, and for Nesterov √(μ(1 − ηλ))
    start = 3 * np.eye(2)[axis]
    walk = descend(make_quadratic((1.0, 10.0), 0.0), start, rule=rule, momentum=0.5, learning_rate=eta)
    said = explain(walk)
    assert said.title == regime
    assert said.text == (
        f"η = {eta:g}, μ = 0.5, and the start lies on the axis of {name}, "
        f"where in the long run a step multiplies the error by {rate:g}: {effect}."
    )


@pytest.mark.parametrize(("start", "eta", "name"), [((0.0, 3.0), 0.2, "λmax"), ((3.0, 0.0), 2.0, "λmin")])
def test_an_axis_that_a_step_mirrors_is_not_said_to_grow(start, eta, name):
    said = explain(descend(make_quadratic((1.0, 10.0), 0.0), start, learning_rate=eta))
    assert said.title == "A cycle."
    assert said.text == (
        f"η = {eta:g}, and the start lies on the axis of {name}, where a step multiplies x by −1: "
        "each step lands just as far on the other side."
    )


@pytest.mark.parametrize("rule", ["gradient", "momentum", "nesterov"])
@pytest.mark.parametrize("eta", [1e-14, 1e-17])
def test_a_tiny_step_is_not_the_critical_one(rule, eta):
    with_momentum = {} if rule == "gradient" else {"momentum": 0.5}
    walk = descend(SURFACES["parabola"], (2.5,), rule=rule, learning_rate=eta, **with_momentum)
    known, said = theory_of_walk(walk), explain(walk)
    assert (known.regime, known.at_limit, said.title) == ("monotone", False, "Monotone.")
    assert "is at most 1/λmax = 0.5" in said.text or "η is below 2(1 + μ)" in said.text


def test_a_direction_almost_without_curvature_does_not_make_a_step_critical():
    assert not theory(np.diag([1e-14, 1.5]), 1.0).at_limit  # factors 1 and −½
    assert theory(np.diag([1e-14, 2.0]), 1.0).at_limit  # 1 and −1


@pytest.mark.parametrize("momentum", [0.5, 0.7])  # rounding makes the second one's rate a little less than 1
@pytest.mark.parametrize(
    ("rule", "limit"), [("momentum", "2(1 + μ)/λmax"), ("nesterov", "2(1 + μ)/((1 + 2μ)·λmax)")]
)
@pytest.mark.parametrize(
    ("name", "start", "where"),
    [("parabola", (2.5,), ""), ("quadratic", START, " along the steepest direction")],
)
def test_momentum_at_its_limit_swings_no_further_up(name, start, where, rule, limit, momentum):
    eta = momentum_theory(SURFACES[name], 1.0, momentum, rule).critical_step
    walk = descend(SURFACES[name], start, rule=rule, learning_rate=eta, momentum=momentum, max_steps=300)
    said = explain(walk)
    assert said.title == "At the limit."
    assert (
        f"η is {limit}, so in the long run each step{where} lands just as far on the other side." in said.text
    )
    np.testing.assert_allclose(walk.points[-1], -walk.points[-2], atol=1e-9)


def test_momentum_at_the_limit_of_an_axis_swings_no_further_up():
    q, settings = make_quadratic((1.0, 10.0), 0.0), {"rule": "momentum", "momentum": 0.5}
    said = explain(descend(q, (0.0, 3.0), learning_rate=0.3, **settings))
    assert said.title == "At the limit."
    assert said.text.endswith("multiplies the error by 1: each step lands just as far on the other side.")


def test_a_walk_that_stays_at_the_minimum_has_no_regime():
    walk = descend(QUADRATIC, (0.0, 0.0), learning_rate=0.3, tol_grad=1e-6)
    assert theory_of_walk(walk) is None
    assert explain(walk).text == "The slope vanishes at a lowest point; the last step is on it."


@pytest.mark.parametrize("eta", [0.1225, 0.12251, 0.1226, 0.245, 0.24502, 0.24503, 0.245031, 0.2450296])
def test_near_a_limit_the_step_the_limit_and_1_are_told_apart_by_their_digits(eta):
    text = explain(descend(QUADRATIC, START, learning_rate=eta, max_steps=50)).text
    words = text.replace(":", "").replace(",", "").split()
    numbers = [float(word.rstrip(".")) for word in words if word[0].isdigit() and "/" not in word]
    assert numbers[0] == eta
    assert len(set(numbers)) == len(numbers), text
    assert 1.0 not in numbers
    if "between" in text:
        assert numbers[1] < numbers[0] < numbers[2]
    elif "at most" in text:
        assert numbers[0] < numbers[1]
    else:
        assert numbers[0] > numbers[1]
    assert (numbers[-1] < 1) == (eta < LIMIT)


@pytest.mark.parametrize(
    ("value", "other", "digits"), [(0.245, 0.2450296, 5), (1.00001, 1.0, 6), (0.5, 0.5, 4), (2.0, 3.0, 4)]
)
def test_digits_apart_are_the_fewest_that_differ(value, other, digits):
    assert digits_apart(value, other) == digits
    if value != other:
        assert number(value, digits) != number(other, digits)


def test_momentum_is_compared_with_the_best_fixed_step():
    bowl = make_quadratic((0.25, 10.0), 30.0)
    walk = descend(bowl, START, rule="momentum", learning_rate=0.3, momentum=0.55, tol_grad=1e-6)
    said = explain(walk)
    assert said.title == "Oscillating, as fast as this μ allows."
    assert "multiplies the error by 0.7416. The best fixed step does so by 0.9512." in said.text
    assert momentum_theory(bowl, 0.3, 0.55).best_fixed_rate == pytest.approx(39 / 41)
    too_large = descend(QUADRATIC, START, rule="nesterov", learning_rate=0.2, momentum=0.5, max_steps=20)
    assert explain(too_large).title == "Divergent."
    assert "η isn't below 2(1 + μ)/((1 + 2μ)·λmax) = 0.1838" in explain(too_large).text
    circle = descend(SURFACES["parabola"], (2.5,), rule="momentum", learning_rate=0.05)
    assert explain(circle).text.endswith("The best fixed step is there at once.")


def test_the_points_of_a_short_cycle_are_written_out_and_a_cycle_has_no_rate():
    walk = descend(QUADRATIC, START, rule="sign", learning_rate=0.875)
    assert "from step 3 on (0.375, 0.375) and (−0.5, −0.5) come again for ever" in explain(walk).text
    assert walk.points[3].tolist() == walk.points[5].tolist() == [0.375, 0.375]
    assert walk.points[4].tolist() == [-0.5, -0.5]
    assert walk.measured_rate is None


@pytest.mark.parametrize(
    ("name", "settings", "title", "says"),
    [
        ("quartic", {"learning_rate": 0.05, "max_steps": 200}, "Out of steps.", "Still on its way"),
        ("rosenbrock", {"rule": "adam", "learning_rate": 0.3, "max_steps": 1000}, "Out of steps.", "Still"),
        ("himmelblau", {"learning_rate": 0.01, "max_steps": 500}, "Arrived.", "lowest point"),
        ("plateau", {"learning_rate": 0.01, "tol_grad": 0.2}, "Converged.", "ε is too large"),
        ("saddle", {"rule": "newton", "max_steps": 3}, "Out of steps.", "on a saddle"),
    ],
)
def test_the_slope_is_said_to_vanish_only_where_it_does(name, settings, title, says):
    said = explain(descend(SURFACES[name], SURFACES[name].start, **settings))
    assert said.title == title
    assert says in said.text
