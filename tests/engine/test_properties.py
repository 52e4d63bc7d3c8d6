"""What must hold for every network, whatever its size, weights and samples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import ACTIVATIONS, LOSSES, Network, Trainer, make_optimizer
from tests.engine.variants import switches

MANY = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
ELEMENTWISE = [name for name, row in ACTIVATIONS.items() if not row.mixes]
SUMS = {"sse", "half_sse"}
VARIANTS = list(switches())


def drawn(rng, dims, activations, **options):
    net = Network(dims, activations, **options)
    net.theta[...] = rng.standard_normal(net.theta.size)
    return net


def targets(rng, loss, shape):
    return rng.uniform(size=shape) if LOSSES[loss].output else rng.standard_normal(shape)


def output_for(loss):
    return LOSSES[loss].output or "linear"


@MANY
@given(seed=seeds, name=st.sampled_from(list(ACTIVATIONS)), widths=st.tuples(*[st.integers(1, 6)] * 2))
def test_permuting_hidden_units_leaves_the_function_unchanged(seed, name, widths):
    rng = np.random.default_rng(seed)
    net = drawn(rng, (3, *widths, 2), (name, name, "linear"))
    twin = Network(net.dims, net.activations)
    orders = [rng.permutation(width) for width in widths]
    before, after = [np.arange(3), *orders], [*orders, np.arange(2)]
    for l in range(3):
        twin.W[l][...] = net.W[l][np.ix_(before[l], after[l])]
        twin.b[l][...] = net.b[l][after[l]]
    X, Y = rng.standard_normal((5, 3)), rng.standard_normal((5, 2))
    np.testing.assert_allclose(twin.predict(X), net.predict(X), rtol=1e-12, atol=1e-12)
    gradient, other = (n.backward(n.forward(X), Y, "mse") for n in (net, twin))
    np.testing.assert_allclose(other.dW[1], gradient.dW[1][np.ix_(*orders)], rtol=1e-10, atol=1e-12)


@MANY
@given(seed=seeds, scale=st.floats(1e-3, 1e3), layer=st.integers(0, 2))
def test_seed_001_is_positively_homogeneous_in_its_input_and_in_each_layer(seed, scale, layer):
    rng = np.random.default_rng(seed)
    net = drawn(rng, (3, 5, 4, 2), ("relu", "relu", "linear"), bias="none")
    X = rng.standard_normal((4, 3))
    expected = scale * net.predict(X)
    close = {"rtol": 1e-11, "atol": 1e-11 * scale}
    np.testing.assert_allclose(net.predict(scale * X), expected, **close)
    net.W[layer][...] *= scale
    np.testing.assert_allclose(net.predict(X), expected, **close)
    assert not net.predict(np.zeros((1, 3))).any()


@MANY
@given(seed=seeds)
def test_seed_001_obeys_eulers_identity_in_every_layer(seed):
    # f is homogeneous of degree 1 in w_k, so ⟨w_k, ∂L/∂w_k⟩ = ⟨G, ŷ⟩ with G = 2(ŷ − y), for every k
    rng = np.random.default_rng(seed)
    net = drawn(rng, (3, 5, 4, 2), ("relu", "relu", "linear"), bias="none")
    X, Y = rng.standard_normal((4, 3)), rng.standard_normal((4, 2))
    trace = net.forward(X)
    gradient = net.backward(trace, Y, "sse")
    expected = np.vdot(2 * (trace.A[-1] - Y), trace.A[-1])
    for W, dW in zip(net.W, gradient.dW, strict=True):
        assert np.vdot(W, dW) == pytest.approx(expected, rel=1e-10, abs=1e-10)
    assert np.vdot(X, gradient.dA[0]) == pytest.approx(expected, rel=1e-10, abs=1e-10)


@MANY
@given(seed=seeds, rows=st.integers(1, 8), width=st.integers(2, 6))
def test_softmax_cross_entropy_gradient_is_A_minus_Y_over_N(seed, rows, width):
    rng = np.random.default_rng(seed)
    net = drawn(rng, (3, width), ("softmax",))
    X, one_hot = rng.standard_normal((rows, 3)), np.eye(width)[rng.integers(0, width, rows)]
    trace = net.forward(X)
    gradient = net.backward(trace, one_hot, "cce")
    np.testing.assert_allclose(gradient.dZ[-1], (trace.A[-1] - one_hot) / rows, rtol=1e-12, atol=1e-16)
    np.testing.assert_allclose(gradient.dZ[-1].sum(axis=1), 0, atol=1e-15)
    Y = rng.uniform(size=(rows, width)) * 3  # rows of any sum: ((Σ_k Y)·A − Y)/N
    expected = (Y.sum(axis=1, keepdims=True) * trace.A[-1] - Y) / rows
    np.testing.assert_allclose(net.backward(trace, Y, "cce").dZ[-1], expected, rtol=1e-12, atol=1e-15)


@MANY
@given(seed=seeds, rows=st.integers(1, 7), width=st.integers(2, 3), loss=st.sampled_from(list(LOSSES)))
def test_a_full_batchs_loss_and_gradient_are_the_mean_or_sum_of_its_samples(seed, rows, width, loss):
    rng = np.random.default_rng(seed)
    net = drawn(rng, (2, 4, width), ("tanh", output_for(loss)))
    X, Y = rng.standard_normal((rows, 2)), targets(rng, loss, (rows, width))
    trace = net.forward(X)
    whole = net.backward(trace, Y, loss)
    singles = [(net.forward(X[n : n + 1]), Y[n : n + 1]) for n in range(rows)]
    combine = np.sum if loss in SUMS else np.mean
    losses = [net.loss(*single, loss) for single in singles]
    thetas = [net.backward(*single, loss).theta for single in singles]
    assert net.loss(trace, Y, loss) == pytest.approx(combine(losses), rel=1e-12, abs=1e-15)
    np.testing.assert_allclose(whole.theta, combine(thetas, axis=0), rtol=1e-10, atol=1e-13)


@MANY
@given(seed=seeds, rows=st.integers(1, 5), name=st.sampled_from(ELEMENTWISE))
def test_a_per_sample_bias_has_the_gradient_that_a_shared_one_sums_up(seed, rows, name):
    rng = np.random.default_rng(seed)
    shared = drawn(rng, (2, 3, 2), (name, "linear"))
    own = Network((2, 3, 2), (name, "linear"), bias="per_sample", samples=rows)
    for l in range(2):
        own.W[l][...], own.b[l][...] = shared.W[l], shared.b[l]
    X, Y = rng.standard_normal((rows, 2)), rng.standard_normal((rows, 2))
    np.testing.assert_allclose(own.predict(X), shared.predict(X), rtol=1e-12, atol=1e-13)
    gradient, other = (net.backward(net.forward(X), Y, "sse") for net in (shared, own))
    for l in range(2):
        np.testing.assert_allclose(other.db[l].sum(axis=0), gradient.db[l], rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(other.dW[l], gradient.dW[l], rtol=1e-10, atol=1e-12)


@MANY
@given(seed=seeds, shift=st.floats(-1e3, 1e3))
def test_softmax_does_not_see_a_shift_of_all_logits(seed, shift):
    rng = np.random.default_rng(seed)
    net = drawn(rng, (2, 4), ("softmax",))
    X = rng.standard_normal((3, 2))
    before = net.predict(X)
    net.b[0][...] += shift
    np.testing.assert_allclose(net.predict(X), before, rtol=1e-9, atol=1e-12)


@MANY
@given(seed=seeds)
def test_a_relu_unit_may_be_scaled_up_and_its_readers_down(seed):
    rng = np.random.default_rng(seed)
    net = drawn(rng, (2, 4, 1), ("leaky_relu", "linear"))
    X, scale = rng.standard_normal((6, 2)), rng.uniform(0.1, 10, 4)
    before = net.predict(X)
    net.W[0][...] *= scale
    net.b[0][...] *= scale
    net.W[1][...] /= scale[:, None]
    np.testing.assert_allclose(net.predict(X), before, rtol=1e-11, atol=1e-12)


def run(data_seed, name, parameters, **options):
    """A trainer of 11 samples in batches of 4, so that an epoch is three steps."""
    net, draw = Network((2, 3, 2), ("tanh", "softmax"), rng=7), np.random.default_rng(data_seed)
    X, Y = draw.standard_normal((11, 2)), np.eye(2)[draw.integers(0, 2, 11)]
    return Trainer(
        net, X, Y,
        loss="cce", optimizer=make_optimizer(name, learning_rate=0.05, **parameters), batch_size=4, **options,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "parameters"), VARIANTS, ids=lambda value: str(value))
@settings(max_examples=12, deadline=None)
@given(seed=seeds, before=st.integers(0, 9), after=st.integers(1, 9), shuffle=st.booleans())
def test_going_on_from_any_state_repeats_bit_for_bit(name, parameters, seed, before, after, shuffle):
    def records(trainer):
        return [repr(trainer.step()) for _ in range(after)]  # NaN, the test loss, is not equal to itself

    trainer = run(seed, name, parameters, shuffle=shuffle, l1=0.001, l2=0.01, rng=seed)
    for _ in range(before):
        trainer.step()
    state = trainer.state()
    first, theta = records(trainer), trainer.net.theta.copy()
    trainer.load_state(state)  # back in the same trainer
    assert records(trainer) == first
    assert trainer.net.theta.tobytes() == theta.tobytes()
    fresh = run(seed, name, parameters, shuffle=shuffle, l1=0.001, l2=0.01, rng=99)
    for _ in range(seed % 4):
        fresh.step()
    fresh.load_state(state)  # forth in another one that stands elsewhere
    assert fresh.state()["position"] == before % 3
    assert records(fresh) == first
    assert fresh.net.theta.tobytes() == theta.tobytes()


def test_theta_and_its_views_share_their_memory_for_ever():
    trainer = run(0, "adam", {})
    net = trainer.net
    owned = net.theta, net.W, net.b

    def check():
        assert (net.theta, net.W, net.b) == owned or all(
            a is b for a, b in zip((net.theta, net.W, net.b), owned, strict=True)
        )
        for part in (*net.W, *net.b):
            part += 1.0
        net.theta -= 1.0
        flat = np.concatenate([p.ravel() for pair in zip(net.W, net.b, strict=True) for p in pair])
        np.testing.assert_array_equal(flat, net.theta)

    check()
    state = trainer.state()
    trainer.epochs(3)
    check()
    trainer.load_state(state)
    check()
    np.testing.assert_allclose(net.theta, state["theta"], rtol=1e-12, atol=1e-12)
    net.theta[...] = 0
    check()
