"""First-layer weights read in the data's own units say what the standardised ones say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Network
from engine.data.own import Table
from engine.data.own_units import feature_scales, in_own_units


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 10**6), st.booleans())
def test_own_weights_on_raw_rows_give_what_standardised_ones_give_on_standardised_rows(D, M, seed, biased):
    rng = np.random.default_rng(seed)
    mean, deviation = rng.normal(0, 3, D), np.exp(rng.normal(0, 1, D))
    X = mean + deviation * rng.normal(0, 1, (20, D))
    net = Network((D, M, 2), ("tanh", "softmax"), bias="shared" if biased else "none", rng=seed)
    net.theta[:] = rng.normal(0, 1, net.theta.size)
    W, b = in_own_units(net.W[0], net.b[0], mean, deviation)
    seen = net.forward((X - mean) / deviation)
    np.testing.assert_allclose(X @ W + b, seen.Z[0], rtol=1e-12, atol=1e-12)
    own = Network((D, M, 2), ("tanh", "softmax"), rng=0)
    own.W[0][:], own.b[0][:] = W, b
    own.W[1][:], own.b[1][:] = net.W[1], 0 if net.b[1] is None else net.b[1]
    np.testing.assert_allclose(own.predict(X), seen.A[-1], rtol=1e-12, atol=1e-12)


def test_one_weight_by_hand():
    W, b = in_own_units(np.array([[3.0]]), np.array([1.0]), np.array([10.0]), np.array([2.0]))
    assert (W.item(), b.item()) == (1.5, 1.0 - 15.0)  # 3·(x − 10)/2 + 1 = 1.5·x − 14


@pytest.mark.parametrize("standardised", [True, False])
def test_columns_have_the_scale_of_the_training_rows_and_what_is_computed_of_them_none(standardised):
    X = np.arange(20.0).reshape(10, 2) ** 1.5
    table = Table("t", ("a", "b"), X, "y", np.arange(10.0), standardised=standardised)
    mean, deviation = feature_scales(table, ("x2", "x1_squared", "x1"), 0.5, 3)
    train = X[table.rows(0.5, 3)[0]]
    if standardised:
        assert mean.tolist() == [train[:, 1].mean(), 0.0, train[:, 0].mean()]
        assert deviation.tolist() == [train[:, 1].std(), 1.0, train[:, 0].std()]
        assert np.allclose(table.split(0.5, 3).X[:, 1], (train[:, 1] - mean[0]) / deviation[0])
    else:
        assert (mean.tolist(), deviation.tolist()) == ([0.0] * 3, [1.0] * 3)
