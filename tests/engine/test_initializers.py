import numpy as np
import pytest

from engine.initializers import INITIALIZERS, initialize

# mean and variance of one weight for fan_in 300, fan_out 500, from the published formulas
MOMENTS = {
    "zeros": (0, 0),
    "constant": (0.5, 0),
    "uniform": (0.5, 1 / 12),  # width² / 12
    "playground": (0, 1 / 12),
    "normal": (0, 1),
    "glorot_uniform": (0, 2 / 800),
    "glorot_normal": (0, 2 / 800),
    "he_uniform": (0, 2 / 300),
    "he_normal": (0, 2 / 300),
    "lecun_normal": (0, 1 / 300),
    "orthogonal": (0, 1 / 500),  # unit vectors of length max(fan_in, fan_out)
}
BOUNDS = {"uniform": (0, 1), "playground": (-0.5, 0.5)} | {
    name: (-np.sqrt(6 / fans), np.sqrt(6 / fans))
    for name, fans in (("glorot_uniform", 800), ("he_uniform", 300))
}


@pytest.mark.parametrize("name", INITIALIZERS)
def test_weights_have_the_published_mean_and_variance(name):
    W = initialize(name, 300, 500, np.random.default_rng(0))
    mean, variance = MOMENTS[name]
    assert W.shape == (300, 500)
    assert W.dtype == np.float64
    assert abs(W.mean() - mean) < 4 * np.sqrt(variance / W.size) + 1e-15
    np.testing.assert_allclose(W.var(), variance, rtol=0.02)


@pytest.mark.parametrize("name", BOUNDS)
def test_uniform_rules_fill_their_interval_and_stay_in_it(name):
    W = initialize(name, 300, 500, np.random.default_rng(1))
    low, high = BOUNDS[name]
    assert low <= W.min() < low + 1e-4 * (high - low)
    assert high - 1e-4 * (high - low) < W.max() <= high


@pytest.mark.parametrize("name", INITIALIZERS)
def test_equal_seeds_give_equal_weights(name):
    first, second = (initialize(name, 3, 4, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("shape", [(1, 1), (4, 4), (7, 3), (2, 5)])
def test_orthogonal_weights_keep_lengths(shape):
    W = initialize("orthogonal", *shape, np.random.default_rng(2))
    assert W.shape == shape
    product = W.T @ W if shape[0] >= shape[1] else W @ W.T
    np.testing.assert_allclose(product, np.eye(min(shape)), atol=1e-14)


def test_orthogonal_weights_take_both_signs():
    # without the sign of diag R, LAPACK's Q would always give the same one for a 1 × 1 layer
    signs = {initialize("orthogonal", 1, 1, np.random.default_rng(seed)).item() for seed in range(20)}
    assert signs == {-1.0, 1.0}


def test_only_the_playground_starts_its_biases_off_zero():
    assert {name: row.bias for name, row in INITIALIZERS.items() if row.bias} == {"playground": 0.1}


def test_unknown_names_and_empty_layers_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"initializer must be one of zeros, .*\. Got 'x'\."):
        initialize("x", 1, 1, rng)
    with pytest.raises(ValueError, match=r"fan_in must be >= 1\. Got 0\."):
        initialize("zeros", 0, 1, rng)
