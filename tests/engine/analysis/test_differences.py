"""ε chosen by the values themselves: how near the differences come, and that no wrong gradient passes."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, Network, gradient_check
from engine.analysis.differences import STEPS, Difference, best_difference
from tests.engine.analysis import complex_step
from tests.engine.analysis.playground_networks import PAIRS, playground_network

NUMBERS = range(0, len(PAIRS), 17)  # 17 is prime to both tables, so every activation and every loss occurs


def of(function, at, kink=math.inf):
    """D(ε) of a function, as best_difference asks for it."""
    return lambda eps: Difference((function(at + eps) - function(at - eps)) / (2 * eps), eps, eps >= kink)


@pytest.mark.parametrize(
    ("function", "at", "slope"),
    [
        (math.sin, 1.0, math.cos(1.0)),
        (math.exp, 0.5, math.exp(0.5)),
        (lambda x: math.tanh(36 * x), 0.01, 36 / math.cosh(0.36) ** 2),
        (lambda x: math.tanh(36 * x), 0.3, 36 / math.cosh(10.8) ** 2),  # flat at every ε of more than 0.3
        (lambda x: math.sin(200 * x), 0.0, 200.0),
        (lambda x: x**9, 1.0, 9.0),
        (lambda x: 3.0, 1.0, 0.0),
    ],
)
def test_a_slope_is_off_by_no_more_than_rounding_makes_at_its_eps(function, at, slope):
    found = best_difference(of(function, at), 1e-15)
    assert abs(found.slope - slope) <= 1e-15 / found.eps
    assert not found.kink


def test_a_smooth_slow_function_gets_a_larger_eps_than_a_fast_one():
    slow, fast = (best_difference(of(lambda x, k=k: math.sin(k * x), 0.3), 1e-15) for k in (1, 100))
    assert slow.eps > 8 * fast.eps
    assert abs(slow.slope - math.cos(0.3)) < 3e-14


@pytest.mark.parametrize(("kink", "eps", "tried"), [(math.inf, 2**-6, 14), (1e-6, 2**-16, 1)])
def test_the_largest_and_the_smallest_eps_and_the_calls_they_take(kink, eps, tried):
    """gradient_check's docstring says them: 0.016 and 1.5e-5, and two forward passes a call."""
    calls = []

    def level(eps):
        calls.append(eps)
        return Difference(3.0, eps, eps >= kink)

    assert (best_difference(level, 1e-15).eps, len(calls)) == (eps, tried)


@pytest.mark.parametrize("kink", [2e-5, 5e-5, 1e-4, 1e-2])
def test_no_value_across_a_kink_is_used(kink):
    def bent(x):
        return x + 1e6 * max(0.0, x - kink)

    found = best_difference(of(bent, 0.0, kink), 1e-15)
    assert found.slope == pytest.approx(1.0, abs=1e-10)
    assert found.eps < kink
    assert not found.kink


def test_where_the_smallest_eps_meets_a_kink_it_is_said():
    found = best_difference(of(abs, 0.0, 1e-6), 1e-15)
    assert found == Difference(0.0, STEPS[0], kink=True)


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_a_value_that_is_no_number_ends_the_search_and_is_not_hidden_where_it_stands_everywhere(broken):
    far = best_difference(of(lambda x: x if abs(x) < 0.01 else broken, 0.0), 1e-15)
    assert far.slope == pytest.approx(1.0, abs=1e-10)
    assert math.isnan(best_difference(of(lambda x: broken, 0.0), 1e-15).slope)


# Playground's networks: against an oracle that knows neither backpropagation nor differences.


def check_of(case):
    return gradient_check(case.net, case.X, case.Y, case.loss, **case.penalty)


def assert_right(case, check):
    """Away from kinks, numeric is the true derivative to six digits wherever it is larger than the floor."""
    true = complex_step.true_gradient(case.net, case.X, case.Y, case.loss, **case.penalty)
    compared = ~check.kinks
    with np.errstate(all="ignore"):
        plain = np.abs(check.numeric - true) / (np.abs(check.numeric) + np.abs(true))
    resolved = compared & (np.abs(true) > check.floor)
    assert (plain[resolved] < 1e-6).all(), f"{case}: {plain[resolved].max()}"
    assert (check.relative_error[resolved] < 1e-6).all(), f"{case}: {check.relative_error[resolved].max()}"
    assert (check.allowed_error[compared] < 1e-6).all(), f"{case}: {check.max_relative_error}"


def wrong_gradients(case, check):
    """The clearest entry 1.001 times too large or of the other sign, or exchanged with its mirror image."""
    clear = np.where(check.kinks, 0.0, np.abs(check.analytic) / check.floor)
    at = int(np.argmax(clear))
    if clear[at] > 1e-2:
        for factor in (1.001, -1.0):
            wrong = check.analytic.copy()
            wrong[at] *= factor
            yield f"times {factor}", wrong
    for l, W in enumerate(case.net.W):
        for i, j in combinations(range(min(W.shape)), 2):
            here, there = case.net.parameters.index(l, i, j), case.net.parameters.index(l, j, i)
            wrong = check.analytic.copy()
            wrong[[here, there]] = wrong[[there, here]]
            size = max(check.floor[here], abs(wrong[here]) + abs(wrong[there]))
            if abs(wrong[here] - wrong[there]) > 1e-2 * size and not check.kinks[here]:
                yield f"{here} and {there} exchanged", wrong


def assert_found(case, check):
    for what, wrong in wrong_gradients(case, check):
        assert replace(check, analytic=wrong).max_relative_error > 4e-6, f"{case}: {what}"


@pytest.mark.parametrize("number", NUMBERS)
def test_right_gradients_of_playground_networks_agree_to_six_digits(number):
    case = playground_network(number)
    assert_right(case, check_of(case))


@pytest.mark.parametrize("number", NUMBERS[::3])
def test_wrong_gradients_of_playground_networks_are_found(number):
    case = playground_network(number)
    assert_found(case, check_of(case))


def test_the_sample_has_every_activation_and_every_loss():
    cases = [PAIRS[number] for number in NUMBERS]
    assert {hidden for hidden, _, _ in cases} == {output for _, output, _ in cases} == set(ACTIVATIONS)
    assert {loss for _, _, loss in cases} == set(LOSSES)


def test_a_needlessly_small_eps_is_shown_not_excused():
    net = Network((2, 3, 1), ("tanh", "linear"), rng=0)
    X, Y = [[0.5, -1.0], [1.5, 0.3]], [[1.0], [-1.0]]
    small, usual, chosen = (gradient_check(net, X, Y, "mse", eps=eps) for eps in (1e-12, 1e-5, None))
    assert small.max_relative_error > 1e-5 > 1e-8 > usual.max_relative_error > chosen.max_relative_error
    np.testing.assert_allclose(small.floor, usual.floor)
    assert set(small.eps) == {1e-12}
    assert min(chosen.eps) > 1e-4


def test_a_derivative_below_the_floor_counts_as_large_as_the_floor():
    net = Network((1, 1), ("linear",), bias="none")
    net.W[0][...] = 1.0
    check = gradient_check(net, [[1.0]], [[1.0 - 1e-13]], "sse")  # L = 1e-26, dL/dw = 2e-13
    check = replace(check, numeric=np.array([0.0]))
    assert check.relative_error.tolist() == [1.0]
    assert check.allowed_error[0] == pytest.approx(2e-13 / (1e-9 / check.eps[0]), rel=0.01)
