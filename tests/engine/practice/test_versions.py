"""Versions of a network: numbers to work by hand, the same for everybody who has the seed."""

import numpy as np
import pytest

from engine import Network
from engine.practice.carrying import close_within
from engine.practice.exercises import exercises, right_value
from engine.practice.versions import LEAST_ANSWER, MOST_LOST, MOST_SAMPLES, draw_version
from engine.worked.worked import work
from tests.engine.practice.students import examples, random_task

EXAMPLES = tuple(examples())


def numbers(version):
    net, X, Y = version
    return np.concatenate([net.theta, X.ravel(), Y.ravel()])


def version_of(task, seed):
    return draw_version(task.net, task.X, task.Y, task.loss, seed)


@pytest.mark.parametrize("task", EXAMPLES, ids=lambda task: task.name)
def test_a_version_has_its_networks_form_and_its_seeds_numbers(task):
    before = numbers((task.net, task.X, task.Y)).copy()
    net, X, Y = version_of(task, 7)
    assert (net.dims, net.bias, net.samples) == (task.net.dims, task.net.bias, task.net.samples)
    assert [g.name for g in net.activations] == [g.name for g in task.net.activations]
    assert (X.shape, Y.shape) == (task.X.shape, task.Y.shape)
    np.testing.assert_array_equal(numbers(version_of(task, 7)), numbers((net, X, Y)))
    assert not np.array_equal(numbers(version_of(task, 8)), numbers((net, X, Y)))
    np.testing.assert_array_equal(numbers((task.net, task.X, task.Y)), before)


@pytest.mark.parametrize("task", EXAMPLES, ids=lambda task: task.name)
def test_every_number_has_one_decimal_and_no_weight_or_input_is_0(task):
    for seed in range(1, 4):
        net, X, Y = version_of(task, seed)
        np.testing.assert_allclose(numbers((net, X, Y)) * 10, np.rint(numbers((net, X, Y)) * 10), rtol=1e-12)
        assert (X != 0).all()
        assert all((W != 0).all() for W in net.W)


@pytest.mark.parametrize("task", EXAMPLES, ids=lambda task: task.name)
def test_the_answers_are_not_0_and_three_digits_carried_come_near_them(task):
    for seed in range(1, 4):
        worked = work(*version_of(task, seed), task.loss)
        for exercise in exercises(worked):
            right = abs(right_value(worked, exercise))
            assert right >= LEAST_ANSWER
            assert close_within(worked, exercise) <= MOST_LOST * right


@pytest.mark.parametrize(
    ("output", "loss", "allowed"),
    [("sigmoid", "bce", (0, 1)), ("tanh", "mse", (-1, 1)), ("softmax", "cce", (0, 1))],
)
def test_the_targets_are_what_the_output_can_give(output, loss, allowed):
    net = Network((2, 3, 4), ("relu", output), rng=0)
    for seed in range(8):
        _, _, Y = draw_version(net, np.ones((5, 2)), np.zeros((5, 4)), loss, seed)
        assert set(Y.ravel()) <= set(allowed)
        assert output != "softmax" or (Y.sum(axis=1) == 1).all()


def test_a_draw_that_makes_bad_exercises_is_not_taken():
    net = Network((1, 1, 1), ("relu", "linear"), rng=0)  # the only neuron is dead in half of the draws
    for seed in range(20):
        drawn, X, _ = draw_version(net, np.ones((1, 1)), np.ones((1, 1)), "mse", seed)
        assert drawn.forward(X).A[1][0, 0] > 0


def test_a_version_of_many_samples_has_few_and_of_random_networks_is_drawn_too():
    net = Network((2, 1), ("sigmoid",), rng=0)
    _, X, Y = draw_version(net, np.ones((500, 2)), np.ones((500, 1)), "bce", 1)
    assert (len(X), len(Y)) == (MOST_SAMPLES, MOST_SAMPLES)
    for task in map(random_task, range(10)):
        work(*version_of(task, 3), task.loss)


def test_a_seed_below_0_is_refused():
    task = EXAMPLES[0]
    with pytest.raises(ValueError, match=r"^seed must be .* Got -1\.$"):
        version_of(task, -1)
