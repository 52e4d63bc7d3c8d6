"""Nobody is accused who is right or only rounds, and every slip that can be told from rounding is named."""

import math

import numpy as np
import pytest

from engine import Network, make_optimizer
from engine.examples.systems import SYSTEMS
from engine.practice.answers import CLOSE, CLOSE_IF_ROUNDED, CLOSE_SO_FAR, LOOKS_ZERO, NOT_ZERO, SO_FAR, judge
from engine.practice.carrying import Road, carried, close_within, rounded
from engine.practice.exercises import Exercise, exercises, right_value
from engine.worked.expressions import Symbol
from engine.worked.worked import work
from tests.engine.practice.fairness import Fairness
from tests.engine.practice.students import Student, examples, random_task

RANDOM = 8
"""Random networks of the sample; python -m tests.thorough takes 200."""


@pytest.fixture(scope="module")
def sample():
    found = Fairness()
    for task in (*examples(), *map(random_task, range(RANDOM))):
        found.take(task, strays=10, slip_digits=(3,))
    return found


def test_a_student_who_rounds_nothing_agrees_with_the_engine():
    for task in (*examples(), *map(random_task, range(30))):
        worked = task.worked()
        for terms in (False, True):
            found = Student(15, terms=terms).answers(task)
            for exercise in exercises(worked):
                value, right = (
                    found[exercise.step][exercise.row, exercise.column],
                    right_value(worked, exercise),
                )
                assert math.isclose(value, right, rel_tol=1e-9, abs_tol=1e-12), (task, exercise)


def test_the_right_answer_is_never_accused_at_any_rounding(sample):
    assert sample.count["rounded: fair"] > 500
    assert "rounded: unfair" not in sample.cases, sample.cases["rounded: unfair"][:5]


def test_with_four_digits_carried_every_answer_is_right_or_close(sample):
    assert sample.count["4 digits carried: right"] > 300
    assert not {"4 digits carried: unknown", "4 digits carried: accused"} & set(sample.cases)


def test_with_three_digits_carried_99_in_100_answers_are_right_or_close(sample):
    right, close, unknown, accused = (
        sample.count[f"3 digits carried: {end}"] for end in ("right", "close", "unknown", "accused")
    )
    assert right + close > 300
    assert accused == 0
    assert unknown <= 0.01 * (right + close + unknown)


def test_every_slip_is_named_if_it_is_further_off_than_close_and_never_alone_if_it_is_not(sample):
    assert sample.count["slip: named"] > 1000
    assert sample.count["near slip: fair"] > 100
    for end in ("slip: not named", "near slip: named alone"):
        assert end not in sample.cases, sample.cases[end][:5]


def test_numbers_away_from_every_slip_are_not_accused(sample):
    assert sample.count["stray: fair"] > 300
    assert "stray: accused" not in sample.cases, sample.cases["stray: accused"][:5]


# What is said of digits


def neuron(right):
    """An exercise whose right answer is this number, and which no digits carried can change."""
    net = Network((1, 1), ("linear",), bias="none")
    net.theta[...] = [right]
    calculation = work(net, [[1.0]], [[0.0]], "mse")
    return calculation, next(one for one in exercises(calculation) if one.step == "a1")


@pytest.mark.parametrize(
    ("right", "text", "said"),
    [
        (-1.6932, "-1.7", SO_FAR),
        (-1.6932, "−2", SO_FAR),
        (0.041335, "0,041", SO_FAR),
        (0.041335, "4e-2", SO_FAR),
        (0.041335, "4.1%", SO_FAR),
        (16.93, "20", SO_FAR),  # one digit: the 0 fills the place of the units
        (0.96, "1", SO_FAR),
        (960.4, "1e3", SO_FAR),
        (0.5113, "0.510", CLOSE),
        (0.5113, "0.5100", CLOSE),
        (512.3, "510", CLOSE_IF_ROUNDED),
        (1693.2, "1700", CLOSE_IF_ROUNDED),
        (512.3, "500", CLOSE_IF_ROUNDED),
        (0.5055, "0.50", CLOSE_SO_FAR),  # it may stand for 0.5049, which is within 1 %
        (0.041335, "0.0", LOOKS_ZERO),
        (0.041335, "0", LOOKS_ZERO),
        (0.041335, "0.00", NOT_ZERO),
        (1.6932, "0", NOT_ZERO),
    ],
)
def test_the_typed_digits_decide_what_is_asked_for(right, text, said):
    verdict = judge(*neuron(right), text)
    assert verdict.sentence.startswith(said)
    assert (verdict.right, verdict.slip) == (False, None)
    assert verdict.near == (said != NOT_ZERO)


@pytest.mark.parametrize(
    ("right", "text"), [(0.6, "1"), (0.6, "0"), (0.04, "0.1"), (700.0, "1000"), (4.0, "10")]
)
def test_what_is_coarser_than_the_first_digit_is_no_rounding(right, text):
    verdict = judge(*neuron(right), text)
    assert (verdict.right, verdict.near) == (False, False)


@pytest.mark.parametrize("text", ["0.510", "0.512", "0.5120", "0.509", "0.521", "0.700", "7.00e-1", "46/91"])
def test_wrong_three_digits_are_never_told_to_give_three(text):
    assert "three digits" not in judge(*neuron(0.5113), text).sentence
    assert not judge(*neuron(0.5113), text).right


@pytest.mark.parametrize("text", ["0.5", "0.50", "0.500", "1/2", "50%", ".5"])
def test_zeros_at_the_end_need_not_be_typed(text):
    assert judge(*neuron(0.5), text).right
    assert judge(*neuron(0.50004), text).right


# What is close


def test_a_number_is_rounded_to_significant_digits_and_0_stays():
    value = np.array([[1234.5, -0.0012345, 0.0, 9.996, np.inf]])
    np.testing.assert_allclose(rounded(value, 3), [[1230.0, -0.00123, 0.0, 10.0, np.inf]], rtol=1e-15)
    assert np.isnan(rounded(np.array([[np.nan]]), 3)).all()


def test_digits_are_carried_from_step_to_step():
    # z = 1.234·1.234 = 1.522756 → 1.52, and σ(1.52) → 0.821; with given numbers rounded, 1.23·1.23 → 1.51
    net = Network((1, 1), ("sigmoid",), bias="none")
    net.theta[...] = [1.234]
    calculation = work(net, [[1.234]], [[0.0]], "mse")
    z, a = Exercise("z1", 0, 0, Symbol("z", 0)), Exercise("a1", 0, 0, Symbol("a", 1))
    assert carried(calculation, z, Road(3)) == 1.52
    assert carried(calculation, z, Road(3, given=True)) == 1.51
    assert carried(calculation, a, Road(3)) == 0.821
    # σ′ = 0.821·0.179 = 0.147, dL = 2·0.821 = 1.64, so δ = 1.64·0.147 = 0.24108 → 0.241
    delta = Exercise("delta1", 0, 0, Symbol("delta", 0))
    assert carried(calculation, delta, Road(3)) == 0.241


def test_each_product_of_a_sum_may_be_rounded():
    # 1.234·1 + 1.004·1 + 1.004·1 = 3.242: the terms 1.23, 1.00 and 1.00 add up to 3.23
    net = Network((3, 1), ("linear",), bias="none")
    net.theta[...] = [1.234, 1.004, 1.004]
    calculation = work(net, [[1.0, 1.0, 1.0]], [[0.0]], "mse")
    z = Exercise("z1", 0, 0, Symbol("z", 0))
    assert carried(calculation, z, Road(3)) == 3.24
    assert carried(calculation, z, Road(3, "terms")) == 3.23


def test_close_is_at_least_one_in_a_hundred_and_more_where_digits_are_lost():
    assert close_within(*neuron(0.5)) == pytest.approx(0.005)
    net = Network((1, 1), ("linear",), bias="none")
    net.theta[...] = [1.234]
    calculation = work(net, [[1.0]], [[1.2]], "half_sse")  # δ = 1.234 − 1.2 = 0.034, with 3 digits 0.03
    delta = next(one for one in exercises(calculation) if one.step == "delta1")
    assert close_within(calculation, delta) == pytest.approx(1.5 * 0.004)
    for text, close in (("0.0300", True), ("0.0395", True), ("0.0405", False), ("0.0275", False)):
        assert judge(calculation, delta, text).near == close


def test_a_close_number_that_a_slip_gives_too_is_said_to_be_either():
    # w = 0.600 and the step is 0.002: the old weight is 0.3 % off
    net = Network((1, 1), ("linear",), bias="none")
    net.theta[...] = [0.6]
    calculation = work(net, [[1.0]], [[0.5]], "half_sse", make_optimizer("sgd", 0.02))
    new = next(one for one in exercises(calculation) if one.step == "new_W1")
    verdict = judge(calculation, new, "0.600")
    assert verdict.sentence == f"{CLOSE} Or, if you did: This is the old W[1]: subtract the step from it."
    assert (verdict.slip, verdict.near) == (None, True)


def test_0_is_never_called_a_slip():
    for name in SYSTEMS:
        task = next(task for task in examples() if task.name == name)
        worked = task.worked()
        for exercise in exercises(worked):
            verdict = judge(worked, exercise, "0")
            assert verdict.slip is None
            assert not verdict.right
