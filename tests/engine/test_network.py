"""The network's contract: shapes, views, refusals, and the oracle of one einsum a layer."""

import inspect
from copy import copy as shallow_copy
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine import (
    ACTIVATIONS,
    INITIALIZERS,
    OPTIMIZERS,
    Experiment,
    Gradient,
    Network,
    Run,
    Timeline,
    Trainer,
    make_optimizer,
    neuron_maps,
    replay,
)
from engine.analysis.gradcheck import gradient_check

BIASES = ("shared", "none", "per_sample")
SMOOTH = {"linear": lambda Z: Z, "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z))}
SLOPE = {
    "linear": lambda A: np.ones_like(A),
    "tanh": lambda A: 1 - A**2,
    "sigmoid": lambda A: A * (1 - A),
}


def random_network(rng, dims, activations, bias, rows):
    net = Network(dims, activations, bias=bias, samples=rows if bias == "per_sample" else None)
    net.theta[...] = rng.standard_normal(net.theta.size)
    return net


@settings(max_examples=60, deadline=None)
@given(data=st.data(), dims=st.lists(st.integers(1, 5), min_size=2, max_size=5), rows=st.integers(1, 6))
def test_shapes_and_numbers_agree_with_an_einsum_oracle(data, dims, rows):
    names = data.draw(st.lists(st.sampled_from(list(SMOOTH)), min_size=len(dims) - 1, max_size=len(dims) - 1))
    bias = data.draw(st.sampled_from(BIASES))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    net = random_network(rng, dims, names, bias, rows)
    X, Y = rng.standard_normal((rows, dims[0])), rng.standard_normal((rows, dims[-1]))
    trace = net.forward(X)
    gradient = net.backward(trace, Y, "sse")

    A = [X]
    for l, name in enumerate(names):
        Z = np.einsum("nd,dm->nm", A[-1], net.W[l]) + (0 if net.b[l] is None else net.b[l])
        A.append(SMOOTH[name](Z))
        assert trace.Z[l].shape == (rows, dims[l + 1])
        np.testing.assert_allclose(trace.Z[l], Z, rtol=1e-11, atol=1e-12)
        np.testing.assert_allclose(trace.A[l + 1], A[-1], rtol=1e-11, atol=1e-12)
    np.testing.assert_array_equal(trace.A[0], X)
    np.testing.assert_array_equal(net.predict(X), trace.A[-1])
    assert net.loss(trace, Y, "sse") == pytest.approx(np.einsum("nk,nk->", A[-1] - Y, A[-1] - Y), rel=1e-12)

    dA = 2 * (A[-1] - Y)
    close = {"rtol": 1e-9, "atol": 1e-10}
    for l in range(len(names) - 1, -1, -1):
        np.testing.assert_allclose(gradient.dA[l + 1], dA, **close)
        dZ = dA * SLOPE[names[l]](A[l + 1])
        np.testing.assert_allclose(gradient.dZ[l], dZ, **close)
        np.testing.assert_allclose(gradient.dW[l], np.einsum("nd,nm->dm", A[l], dZ), **close)
        if bias == "none":
            assert gradient.db[l] is None
        else:
            np.testing.assert_allclose(gradient.db[l], dZ.sum(axis=0) if bias == "shared" else dZ, **close)
        dA = np.einsum("nm,dm->nd", dZ, net.W[l])
    np.testing.assert_allclose(gradient.dA[0], dA, **close)


@pytest.mark.parametrize("bias", BIASES)
def test_theta_owns_the_memory_and_the_views_read_and_write_it(bias):
    net = Network((2, 4, 2, 1), ("tanh",) * 3, bias=bias, samples=3 if bias == "per_sample" else None, rng=0)
    parts = [part for pair in zip(net.W, net.b, strict=True) for part in pair if part is not None]
    assert isinstance(net.W, tuple)
    assert isinstance(net.b, tuple)
    assert net.theta.flags.owndata
    assert net.theta.size == sum(part.size for part in parts)
    np.testing.assert_array_equal(np.concatenate([part.ravel() for part in parts]), net.theta)
    for part in parts:
        assert np.shares_memory(part, net.theta)
        part[...] = 7.0
    assert (net.theta == 7.0).all()
    net.theta[...] = np.arange(net.theta.size)
    assert net.W[0].tolist() == [[0, 1, 2, 3], [4, 5, 6, 7]]


@pytest.mark.parametrize("bias", BIASES)
def test_a_deep_copy_has_a_memory_of_its_own_and_its_views_lie_in_it(bias):
    net = Network((2, 4, 1), ("tanh",) * 2, bias=bias, samples=3 if bias == "per_sample" else None, rng=0)
    before = net.theta.copy()
    twin = deepcopy(net)
    np.testing.assert_array_equal(twin.theta, before)
    assert not np.shares_memory(twin.theta, net.theta)
    for part in (*twin.W, *(b for b in twin.b if b is not None), *twin.parameters.blocks):
        assert np.shares_memory(part, twin.theta)
        part[...] = 7.0
    assert (twin.theta == 7.0).all()
    np.testing.assert_array_equal(net.theta, before)
    np.testing.assert_array_equal(twin.predict(np.ones((3, 2))), twin.forward(np.ones((3, 2))).A[-1])
    shallow = shallow_copy(net)
    assert shallow.theta is net.theta
    assert shallow.W is net.W


def test_assigning_theta_copies_the_numbers_into_the_memory_of_the_views():
    net = Network((2, 1), ("linear",), rng=0)
    memory, numbers = net.theta, np.array([1.0, 2.0, 3.0])
    net.theta = numbers
    assert net.theta is memory
    assert (net.W[0].ravel().tolist(), net.b[0].tolist()) == ([1.0, 2.0], [3.0])
    numbers[...] = 0.0
    assert net.theta.tolist() == [1.0, 2.0, 3.0]
    net.theta += 1.0
    assert net.W[0].ravel().tolist() == [2.0, 3.0]
    for wrong in (np.ones(4), np.ones((3, 1)), 1.0):  # nothing is broadcast
        with pytest.raises(ValueError, match=r"theta must have shape \(3,\)\. Got \("):
            net.theta = wrong


@pytest.mark.parametrize("bias", BIASES)
def test_the_update_of_a_textbook_moves_the_network(bias):
    """However the loop is written: it ends where theta ← theta − η·dtheta ends."""
    X, Y = np.random.default_rng(1).standard_normal((2, 4, 2))

    def item(net, grad):
        for l in range(2):
            net.W[l] = net.W[l] - 0.1 * grad.dW[l]
            net.b[l] = None if net.b[l] is None else net.b[l] - 0.1 * grad.db[l]

    def augmented(net, grad):
        for l in (-1, 0):
            net.W[l] -= 0.1 * grad.dW[l]
            if net.b[l] is not None:
                net.b[l] -= 0.1 * grad.db[l]

    def whole(net, grad):
        net.W = [W - 0.1 * dW for W, dW in zip(net.W, grad.dW, strict=True)]
        net.b = tuple(None if b is None else b - 0.1 * db for b, db in zip(net.b, grad.db, strict=True))

    def flat(net, grad):
        net.theta = net.theta - 0.1 * grad.theta

    ends = []
    for update in (flat, item, augmented, whole):
        net = Network((2, 3, 2), ("tanh", "linear"), bias=bias, samples=4 if bias == "per_sample" else None)
        memory = net.theta
        for _ in range(3):
            update(net, net.backward(net.forward(X), Y, "mse"))
        assert net.theta is memory
        for part in (*net.W, *(b for b in net.b if b is not None)):
            assert np.shares_memory(part, memory)
        ends.append((memory.tobytes(), net.predict(X).tobytes()))
    assert len(set(ends)) == 1


def test_layers_may_be_assigned_from_one_another():
    net = Network((2, 2, 2), ("tanh", "tanh"), rng=0)
    first, second = (W.copy() for W in net.W)
    net.W = [net.W[1].T, net.W[0]]
    np.testing.assert_array_equal(net.W[0], second.T)
    np.testing.assert_array_equal(net.W[1], first)
    net.W[0] = net.W[0].T
    np.testing.assert_array_equal(net.W[0], second)


def test_weights_saved_by_a_deep_copy_are_numbers_apart_and_can_be_put_back():
    net = Network((2, 3, 1), ("tanh", "tanh"), rng=0)
    before, saved = net.theta.copy(), deepcopy((net.W, net.b))
    saved[0][0] = saved[0][0] * 1.0  # still a copy's, not the network's
    net.theta[...] = 9.0
    net.W, net.b = saved
    np.testing.assert_array_equal(net.theta, before)


ASSIGNMENTS = [
    ("W", 0, np.ones((3, 2)), r"W\[0\] must have shape \(2, 3\)\. Got \(3, 2\)\."),
    ("W", 1, np.ones(3), r"W\[1\] must have shape \(3, 1\)\. Got \(3,\)\."),
    ("W", 0, 1.0, r"W\[0\] must have shape \(2, 3\)\. Got \(\)\."),
    ("W", 0, np.ones((2, 3)) * 1j, r"W\[0\] must hold real numbers, .* Got an array of complex128\."),
    ("W", 2, np.ones((2, 3)), r"l in W\[l\] must be between 0 and 1\. Got 2\."),
    ("W", slice(1), [np.ones((2, 3))], r"l in W\[l\] must be between 0 and 1\. Got slice"),
    ("b", 0, np.ones((1, 3)), r"b\[0\] must have shape \(3,\)\. Got \(1, 3\)\."),
    ("b", 0, None, r"b\[0\] must have shape \(3,\)|b\[0\] must hold real numbers"),
    ("W", None, [np.ones((2, 3))], r"W must hold one array per layer, 2\. Got 1\."),
    ("W", None, np.ones((2, 3)), r"W\[0\] must have shape \(2, 3\)\. Got \(3,\)\."),
    ("W", None, [np.ones((2, 3)), np.ones((1, 3))], r"W\[1\] must have shape \(3, 1\)\. Got \(1, 3\)\."),
    ("b", None, 0.0, r"b must hold one array per layer, 2\. Got 1\."),
]


@pytest.mark.parametrize(("letter", "layer", "values", "message"), ASSIGNMENTS)
def test_an_assignment_that_does_not_fit_is_refused_and_writes_nothing(letter, layer, values, message):
    net = Network((2, 3, 1), ("tanh", "tanh"), rng=0)
    before = net.theta.copy()
    with pytest.raises(ValueError, match=message):
        setattr(net, letter, values) if layer is None else getattr(net, letter).__setitem__(layer, values)
    np.testing.assert_array_equal(net.theta, before)


def test_a_network_without_biases_keeps_none():
    net = Network((2, 1), ("tanh",), bias="none")
    net.b[0] = None
    net.b = (None,)
    with pytest.raises(ValueError, match=r"b\[0\] must stay None, as the network has no biases\. Got 1\.0\."):
        net.b[0] = 1.0


def test_deep_copies_of_all_that_trains_go_on_as_the_original_and_apart_from_it():
    """The kind: whatever holds views on theta, or buffers of its own, is copied with them connected."""
    X, Y = np.random.default_rng(3).standard_normal((2, 11, 2))

    def network():
        return Network((2, 3, 2), ("tanh", "linear"), rng=0)

    def trainer():
        net = network()
        made = Trainer(net, X, Y, loss="mse", optimizer="adam", batch_size=3, rng=1, X_test=X, Y_test=Y)
        made.train(6)  # in the middle of an epoch
        return made

    def timeline():
        made = replay(Run(Experiment(samples=20, hidden=(2,), activations=("tanh",))))
        made.advance()
        return made

    def move(thing):
        match thing:
            case Network():
                thing.W[0] *= 2.0
                return thing.theta
            case Gradient():
                thing.dW[0][...] *= 2.0
                thing.db[1][...] *= 2.0
                return thing.theta
            case Trainer():
                thing.train(6)
                return thing.net.theta
            case Timeline():
                thing.advance()
                thing.seek(1)
                thing.advance()
                return thing.trainer.net.theta

    def gradient():
        net = network()
        return net.backward(net.forward(X), Y, "mse")

    for make in (network, gradient, trainer, timeline):
        original, untouched = make(), make()
        twin = deepcopy(original)
        moved = move(twin).copy()
        np.testing.assert_array_equal(
            move(original), moved, err_msg=f"a copied {make.__name__} goes elsewhere"
        )
        np.testing.assert_array_equal(move(deepcopy(untouched)), moved)
        np.testing.assert_array_equal(move(untouched), moved, err_msg="a copy has moved its original")


def test_weights_and_biases_have_the_contracts_shapes():
    net = Network((2, 4, 3), ("tanh", "linear"))
    assert [W.shape for W in net.W] == [(2, 4), (4, 3)]
    assert [b.shape for b in net.b] == [(4,), (3,)]
    net = Network((2, 4, 3), ("tanh", "linear"), bias="per_sample", samples=5)
    assert [b.shape for b in net.b] == [(5, 4), (5, 3)]
    assert Network((2, 4, 3), ("tanh", "linear"), bias="none").b == (None, None)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_biases_start_where_the_initializers_row_says(name):
    for bias in ("shared", "per_sample"):
        net = Network(
            (3, 2, 1),
            ("tanh", "tanh"),
            initializer=name,
            bias=bias,
            samples=2 if bias == "per_sample" else None,
        )
        assert all((b == (0.1 if name == "playground" else 0.0)).all() for b in net.b)


def test_equal_seeds_draw_equal_weights_and_no_seed_is_seed_0():
    def theta(rng):
        return Network((3, 4, 1), ("tanh", "tanh"), rng=rng).theta

    np.testing.assert_array_equal(theta(None), theta(0))
    np.testing.assert_array_equal(theta(5), theta(np.random.default_rng(5)))
    assert (theta(1) != theta(2))[:12].all()


def test_a_trace_is_not_overwritten_by_later_calls():
    rng = np.random.default_rng(0)
    net = Network((2, 4, 3, 1), ("relu", "softmax", "sigmoid"), rng=0)
    X, Y = rng.standard_normal((8, 2)), rng.integers(0, 2, (8, 1))
    trace = net.forward(X)
    gradient = net.backward(trace, Y, "bce")
    kept = [array.copy() for array in (*trace.Z, *trace.A)]
    kept_gradient = [array.copy() for array in (gradient.theta, *gradient.dZ, *gradient.dA)]
    net.theta *= 2
    net.forward(rng.standard_normal((8, 2)))
    net.backward(net.forward(rng.standard_normal((8, 2))), Y, "mse")
    net.predict(X[:3])
    neuron_maps(net, X)
    gradient_check(net, X, Y, "bce", directions=2)
    Trainer(net, X, Y, loss="bce", optimizer="adam", batch_size=8).epochs(2)
    X[...] = 99
    for array, copy in zip((*trace.Z, *trace.A), kept, strict=True):
        np.testing.assert_array_equal(array, copy)
    for array, copy in zip((gradient.theta, *gradient.dZ, *gradient.dA), kept_gradient, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_a_prediction_may_be_written_to_without_harm():
    net = Network((2, 3, 1), ("tanh", "linear"), rng=0)
    first = net.predict([[1.0, 2.0]])
    expected = first.copy()
    first[...] = 99
    np.testing.assert_array_equal(net.predict([[1.0, 2.0]]), expected)


@settings(max_examples=30, deadline=None)
@given(
    name=st.sampled_from(list(ACTIVATIONS)),
    rows=st.integers(1, 9),
    seed=st.integers(0, 2**32 - 1),
)
def test_forward_rows_are_independent(name, rows, seed):
    rng = np.random.default_rng(seed)
    net = random_network(rng, (3, 4, 2), (name, "softmax"), "shared", rows)
    X = 2 * rng.standard_normal((rows, 3))
    together = net.predict(X)
    order = rng.permutation(rows)
    np.testing.assert_allclose(net.predict(X[order]), together[order], rtol=1e-12, atol=1e-14)
    for n in range(rows):
        np.testing.assert_allclose(net.predict(X[n : n + 1])[0], together[n], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("bias", ["shared", "none"])
def test_neuron_maps_are_the_activations_of_every_layer(bias):
    rng = np.random.default_rng(0)
    net = random_network(rng, (3, 5, 4, 2), ("tanh", "softmax", "sigmoid"), bias, 0)
    grid = rng.standard_normal((40, 3))
    maps, trace = neuron_maps(net, grid), net.forward(grid)
    assert [m.shape for m in maps] == [(40, 5), (40, 4), (40, 2)]
    for m, A in zip(maps, trace.A[1:], strict=True):
        np.testing.assert_allclose(m, A, rtol=1e-12)
        assert m[:, 0].flags.c_contiguous
    small = neuron_maps(net, grid.astype(np.float32))
    for m, A in zip(small, trace.A[1:], strict=True):
        assert m.dtype == np.float32
        np.testing.assert_allclose(m, A, rtol=1e-4, atol=1e-5)
    kept = [m.copy() for m in maps]
    neuron_maps(net, grid + 1)
    for m, copy in zip(maps, kept, strict=True):
        np.testing.assert_array_equal(m, copy)


def test_neuron_maps_refuse_other_shapes_and_per_sample_biases():
    net = Network((2, 1), ("tanh",), rng=0)
    for wrong in (np.zeros((4, 3)), np.zeros(2)):
        with pytest.raises(ValueError, match=r"grid must have shape \(M, 2\)"):
            neuron_maps(net, wrong)
    bound = Network((2, 1), ("tanh",), bias="per_sample", samples=4)
    with pytest.raises(ValueError, match="neuron_maps needs shared biases or none"):
        neuron_maps(bound, np.zeros((4, 2)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dims": (2,), "activations": ()}, r"dims must name at least inputs and outputs\. Got \(2,\)\."),
        ({"dims": (2, 0), "activations": ("tanh",)}, r"Every width in dims must be >= 1\. Got 0\."),
        ({"dims": (2, 1.0), "activations": ("tanh",)}, r"must be a whole number >= 1\. Got 1\.0\."),
        ({"activations": ("tanh",)}, r"activations must be one per layer, 2 for dims \(2, 3, 1\)"),
        ({"activations": "tanh"}, r"activations must be one per layer"),
        ({"activations": ("tanh", "cosine")}, r"activation must be one of .*Got 'cosine'\."),
        ({"bias": "both"}, r"bias must be one of shared, none, per_sample\. Got 'both'\."),
        ({"initializer": "ones"}, r"initializer must be one of .*Got 'ones'\."),
        ({"bias": "per_sample"}, r'samples must be given with bias="per_sample" and only then\. Got None\.'),
        ({"samples": 4}, r'samples must be given with bias="per_sample" and only then\. Got 4\.'),
        ({"bias": "per_sample", "samples": 0}, r"samples must be >= 1\. Got 0\."),
    ],
)
def test_wrong_networks_are_refused_in_one_sentence(arguments, message):
    with pytest.raises(ValueError, match=message):
        Network(**{"dims": (2, 3, 1), "activations": ("tanh", "tanh")} | arguments)


# The contract of the design, name by name.

EMPTY = inspect.Parameter.empty
SIGNATURES = {
    Network: {
        "dims": EMPTY, "activations": EMPTY,
        "bias": "shared", "samples": None, "initializer": "glorot_uniform", "rng": None,
    },
    Network.forward: {"X": EMPTY},
    Network.loss: {"trace": EMPTY, "Y": EMPTY, "loss": EMPTY},
    Network.backward: {"trace": EMPTY, "Y": EMPTY, "loss": EMPTY},
    Network.predict: {"X": EMPTY},
    neuron_maps: {"net": EMPTY, "grid": EMPTY},
    Trainer: {
        "net": EMPTY, "X": EMPTY, "Y": EMPTY, "loss": EMPTY, "optimizer": EMPTY, "batch_size": EMPTY,
        "l1": 0.0, "l2": 0.0, "shuffle": True, "rng": None, "X_test": None, "Y_test": None,
    },
    Trainer.step: {},
    Trainer.epoch: {},
    Trainer.epochs: {"count": EMPTY},
    Trainer.state: {},
    Trainer.load_state: {"state": EMPTY},
    make_optimizer: {"name": EMPTY, "weight_decay": 0.0},
    gradient_check: {
        "net": EMPTY, "X": EMPTY, "Y": EMPTY, "loss": EMPTY, "eps": None, "l1": 0.0, "l2": 0.0,
    },
}  # fmt: skip
POSITIONAL = {Network: 2, Trainer: 3, gradient_check: 4}


@pytest.mark.parametrize("function", SIGNATURES, ids=lambda function: function.__qualname__)
def test_the_contracts_signatures_hold(function):
    actual = dict(inspect.signature(function).parameters)
    actual.pop("self", None)
    for name, default in SIGNATURES[function].items():
        assert name in actual, f"{function.__qualname__} has no {name}"
        assert actual[name].default == default, f"{function.__qualname__}({name} = {actual[name].default})"
    for name in actual.keys() - SIGNATURES[function].keys():  # more is free, as long as it may be left out
        parameter = actual[name]
        assert parameter.default is not EMPTY or parameter.kind is inspect.Parameter.VAR_KEYWORD, name
    if function in POSITIONAL:
        names = list(SIGNATURES[function])
        for at, name in enumerate(names):
            keyword_only = actual[name].kind is inspect.Parameter.KEYWORD_ONLY
            assert keyword_only == (at >= POSITIONAL[function]), name


def test_the_contracts_names_are_public():
    for name in (
        "ACTIVATIONS", "INITIALIZERS", "LOSSES", "OPTIMIZERS", "Network", "Trainer", "make_activation",
        "make_loss", "make_optimizer", "neuron_maps",
    ):  # fmt: skip
        assert name in engine.__all__
        assert hasattr(engine, name)
    assert isinstance(engine.__version__, str)
    assert set(engine.__all__) <= set(dir(engine))


def test_a_trace_and_a_gradient_have_one_entry_a_layer_and_one_more_of_A():
    net = Network((2, 3, 4, 1), ("tanh",) * 3)
    trace = net.forward(np.zeros((5, 2)))
    gradient = net.backward(trace, np.zeros((5, 1)), "mse")
    assert [len(part) for part in (net.W, net.b, trace.Z, gradient.dW, gradient.db, gradient.dZ)] == [3] * 6
    assert len(trace.A) == len(gradient.dA) == 4
    assert gradient.theta.shape == net.theta.shape
    for part, own in zip((*gradient.dW, *gradient.db), (*net.W, *net.b), strict=True):
        assert part.shape == own.shape
        assert np.shares_memory(part, gradient.theta)
    for array in (net.theta, gradient.theta, *trace.Z, *trace.A, *gradient.dZ, *gradient.dA):
        assert array.dtype == np.float64


@pytest.mark.parametrize("table", [INITIALIZERS, OPTIMIZERS], ids=["initializers", "optimizers"])
def test_the_other_tables_are_complete_too(table):
    contract = {
        id(INITIALIZERS): "zeros constant uniform playground normal glorot_uniform glorot_normal he_uniform "
        "he_normal lecun_normal orthogonal",
        id(OPTIMIZERS): "sgd adagrad rmsprop adam adamw sign",
    }
    names = contract[id(table)].split()
    assert list(table)[: len(names)] == names
    labels = [row.label for row in table.values()]
    assert len(set(labels)) == len(labels)
    for name, row in table.items():
        assert row.name == name
        assert row.label
        for parameter in getattr(row, "parameters", ()):
            assert parameter.label
            assert parameter.is_bool or parameter.minimum <= parameter.default <= parameter.maximum
