"""Shares of values in bins, on scales with round ends."""

import numpy as np
import pytest

from engine.analysis.distributions import Scale, round_up, shares, size_scale, size_shares, value_scale


def test_the_shares_are_those_of_a_histogram_and_sum_to_1():
    values = np.random.default_rng(3).normal(size=1000)
    counts, _ = np.histogram(values, bins=30, range=(-4, 4))
    np.testing.assert_allclose(shares(values, Scale(-4, 4), 30), counts / 1000, atol=1e-12)


def test_the_ends_take_in_what_lies_beyond_and_what_is_not_finite_is_left_out():
    values = np.array([-9.0, -1.0, 0.0, 1.0, 9.0, np.nan, np.inf])
    np.testing.assert_allclose(shares(values, Scale(-1, 1), 2), [0.4, 0.6])
    np.testing.assert_array_equal(shares(np.array([np.nan]), Scale(-1, 1), 2), [0, 0])


@pytest.mark.parametrize(
    ("value", "rounded"), [(0.9, 1), (1, 1), (1.01, 1.5), (6.2, 8), (8.1, 10), (0.031, 0.04), (0, 1)]
)
def test_a_scale_ends_at_the_next_round_number(value, rounded):
    assert round_up(value) == pytest.approx(rounded)


def test_a_scale_of_values_holds_0_and_is_symmetric_where_that_is_asked():
    assert value_scale(np.array([-0.4, 1.2]), symmetric=True) == Scale(-1.5, 1.5)
    assert value_scale(np.array([0.5, 7.0]), symmetric=False) == Scale(0, 8)
    assert value_scale(np.array([-1.0, 0.3]), symmetric=False) == Scale(-1, pytest.approx(0.3))
    assert value_scale(np.array([-1.0, -0.5]), symmetric=False) == Scale(-1, 0)
    assert value_scale(np.zeros(4), symmetric=False) == Scale(0, 1)


def test_sizes_are_counted_by_powers_of_ten_and_exact_zeros_apart():
    values = np.array([0.02, -0.03, 0.5, 0.0])
    scale = size_scale(values)
    assert scale == Scale(-2, 0)
    binned, zero = size_shares(values, scale, 2)
    np.testing.assert_allclose(binned, [0.5, 0.25])
    assert zero == 0.25
    assert size_scale(np.zeros(3)) == Scale(-4, 0)
    assert size_scale(np.array([1e-30, 0.5])) == Scale(-8, 0)
