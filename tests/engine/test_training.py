"""The trainer: steps worked by hand, whole epochs, penalties, records, refusals, and no waste."""

import gc
import math
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from engine import OPTIMIZERS, Network, Settings, Trainer, make_optimizer

X3 = np.array([[1.0], [2.0], [3.0]])
Y3 = np.array([[2.0], [0.0], [1.0]])


def line(w=1.0, b=0.0):
    """y = w·x + b."""
    net = Network((1, 1), ("linear",))
    net.W[0][...], net.b[0][...] = w, b
    return net


def trainer(net=None, X=X3, Y=Y3, **options):
    defaults = {"loss": "half_mse", "optimizer": make_optimizer("sgd", learning_rate=0.1), "batch_size": 2}
    return Trainer(net or line(), X, Y, **defaults | {"shuffle": False} | options)


def some(rows=23, seed=0, outputs=2):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((rows, 2)), np.eye(outputs)[rng.integers(0, outputs, rows)]


def test_one_step_of_a_line_by_hand():
    # w = 1, b = 0; the batch is (1, 2) and (2, 0), so r = (1 − 2, 2 − 0) = (−1, 2)
    # dL/dw = Σ r·x / N = (−1·1 + 2·2)/2 = 1.5;  dL/db = Σ r / N = (−1 + 2)/2 = 0.5
    # w ← 1 − 0.1·1.5 = 0.85;  b ← 0 − 0.1·0.5 = −0.05
    run = trainer()
    record = run.step()
    assert run.net.W[0].item() == pytest.approx(0.85, rel=1e-15)
    assert run.net.b[0].item() == pytest.approx(-0.05, rel=1e-15)
    # the record looks at all three samples: outputs 0.8, 1.65, 2.5, r = (−1.2, 1.65, 1.5)
    # loss = (1.44 + 2.7225 + 2.25)/6 = 1.06875
    assert record.train_loss == pytest.approx(1.06875, rel=1e-14)
    assert (record.epoch, record.step) == (0, 1)


def test_one_step_of_a_hidden_layer_by_hand():
    # x = (1, 2), W0 = [[1, −1], [0, 1]], b0 = (0, −1): Z0 = (1, −1 + 2 − 1) = (1, 0), A1 = relu = (1, 0)
    # W1 = (2, 3), b1 = 1: output 2·1 + 3·0 + 1 = 3; y = 1, L = r² = 4, dZ1 = 2r = 4
    # dW1 = A1ᵀ·4 = (4, 0), db1 = 4; dA1 = 4·(2, 3) = (8, 12); dZ0 = (8, 0), as relu'(0) = 0
    # dW0 = xᵀ·dZ0 = [[8, 0], [16, 0]], db0 = (8, 0). With η = 0.125 every step is an eighth:
    net = Network((2, 2, 1), ("relu", "linear"))
    net.W[0][...], net.b[0][...] = [[1, -1], [0, 1]], [0, -1]
    net.W[1][...], net.b[1][...] = [[2], [3]], 1
    sgd = make_optimizer("sgd", learning_rate=0.125)
    trainer(net, [[1.0, 2.0]], [[1.0]], loss="sse", optimizer=sgd, batch_size=1).step()
    assert net.W[0].tolist() == [[0, -1], [-2, 1]]
    assert net.b[0].tolist() == [-1, -1]
    assert net.W[1].tolist() == [[1.5], [3]]
    assert net.b[1].tolist() == [0.5]


def test_an_epoch_uses_the_partial_last_batch():
    # step 1 as above: w = 0.85, b = −0.05. Step 2 is the third sample alone: output 0.85·3 − 0.05 = 2.5,
    # r = 1.5, dw = 1.5·3/1 = 4.5, db = 1.5: w ← 0.85 − 0.45 = 0.4, b ← −0.05 − 0.15 = −0.2
    # outputs 0.2, 0.6, 1.0: r = (−1.8, 0.6, 0), loss = (3.24 + 0.36 + 0)/6 = 0.6
    run = trainer()
    record = run.epoch()
    assert run.net.W[0].item() == pytest.approx(0.4, rel=1e-14)
    assert run.net.b[0].item() == pytest.approx(-0.2, rel=1e-14)
    assert record.train_loss == pytest.approx(0.6, rel=1e-14)
    assert (record.epoch, record.step) == (1, 2)


def test_penalties_act_on_the_weights_and_not_on_the_biases():
    # without a penalty the step is (−0.15, −0.05); l2 = 0.5 adds 0.5·w to dw, l1 = 0.2 adds sign(w) · 0.2
    # w = −2, b = 3: outputs 1, −1: r = (−1, −1); dw = (−1 − 2)/2 = −1.5, db = −1
    # dw = −1.5 + 0.5·(−2) − 0.2 = −2.7: w ← −2 + 0.27 = −1.73; b ← 3 + 0.1 = 3.1
    run = trainer(line(-2.0, 3.0), l1=0.2, l2=0.5)
    record = run.step()
    assert run.net.W[0].item() == pytest.approx(-1.73, rel=1e-14)
    assert run.net.b[0].item() == pytest.approx(3.1, rel=1e-14)
    # penalty = 0.2·1.73 + 0.25·1.73² = 0.346 + 0.748225
    assert record.penalty == pytest.approx(1.094225, rel=1e-14)


def test_the_penalty_counts_every_weight_once_and_no_bias():
    net = Network((2, 2, 1), ("tanh", "linear"))
    net.W[0][...], net.W[1][...] = [[1, -2], [3, 0]], [[-1], [2]]
    for b in net.b:
        b[...] = 100
    # Σ|W| = 6 + 3 = 9, ΣW² = 14 + 5 = 19
    data = [[1.0, 2.0]], [[0.0]]
    assert trainer(net, *data, l1=0.5).measure().penalty == 4.5
    assert trainer(net, *data, l2=0.5).measure().penalty == 4.75
    assert trainer(net, *data, l1=0.5, l2=0.5).measure().penalty == 9.25
    assert trainer(net, *data).measure().penalty == 0.0


def test_the_records_losses_are_over_all_samples_and_without_the_penalty():
    X, Y = some()
    X_test, Y_test = some(rows=7, seed=1)
    net = Network((2, 3, 2), ("tanh", "softmax"), rng=0)
    run = trainer(net, X, Y, loss="cce", l1=0.1, l2=0.1, X_test=X_test, Y_test=Y_test)
    for record in (move() for move in (run.measure, run.step, run.epoch, run.epoch, run.measure)):
        assert record.train_loss == pytest.approx(net.loss(net.forward(X), Y, "cce"), rel=1e-13)
        assert record.test_loss == pytest.approx(net.loss(net.forward(X_test), Y_test, "cce"), rel=1e-13)
        weights = np.concatenate([W.ravel() for W in net.W])
        penalty = 0.1 * np.abs(weights).sum() + 0.05 * np.square(weights).sum()
        assert record.penalty == pytest.approx(penalty, rel=1e-13)
    for outputs, inputs in zip(run.outputs(), (X, X_test), strict=True):
        np.testing.assert_allclose(outputs, net.predict(inputs), rtol=1e-13)


def test_without_test_samples_the_test_loss_is_nan():
    assert math.isnan(trainer().measure().test_loss)
    assert math.isnan(trainer(X_test=np.empty((0, 1)), Y_test=np.empty((0, 1))).epoch().test_loss)


def test_measuring_does_not_train():
    run = trainer()
    before, record = run.net.theta.copy(), run.measure()
    assert run.measure() == record
    np.testing.assert_array_equal(run.net.theta, before)


def test_k_epochs_are_k_times_one_epoch():
    for shuffle in (True, False):
        X, Y = some()
        nets = [Network((2, 4, 2), ("relu", "softmax"), rng=1) for _ in range(3)]
        runs = [
            trainer(net, X, Y, loss="cce", optimizer="adam", batch_size=5, shuffle=shuffle) for net in nets
        ]
        last = runs[0].epochs(4)
        records = [runs[1].epoch() for _ in range(4)]
        for _ in range(4 * 5):
            step = runs[2].step()
        np.testing.assert_equal(vars(records[-1]), vars(last))
        np.testing.assert_equal(vars(step), vars(last))
        assert nets[0].theta.tobytes() == nets[1].theta.tobytes() == nets[2].theta.tobytes()
        assert (last.epoch, last.step) == (4, 20)


def test_an_epoch_begun_by_steps_is_finished_first():
    X, Y = some()
    run = trainer(Network((2, 2), ("softmax",)), X, Y, loss="cce", batch_size=10)
    run.step()
    assert (run.epoch().step, run.epochs_done) == (3, 1)
    run.step()
    assert (run.epochs(2).step, run.epochs_done) == (9, 3)


def visited(run, steps):
    """The samples of each step, read off the weight of an input that is the sample's own."""
    seen = []
    for _ in range(steps):
        before = run.net.W[0].copy()
        run.step()
        seen.append(tuple(np.flatnonzero((run.net.W[0] != before).any(axis=1))))
    return seen


def one_hot_run(n=10, **options):
    return trainer(
        line() if n == 1 else Network((n, 1), ("linear",)), np.eye(n), np.ones((n, 1)) * 5, **options
    )


def test_every_sample_is_visited_once_an_epoch():
    for shuffle in (True, False):
        run = one_hot_run(batch_size=3, shuffle=shuffle)
        for _ in range(3):
            steps = visited(run, 4)
            assert [len(step) for step in steps] == [3, 3, 3, 1]
            assert sorted(sum(steps, ())) == list(range(10))


def test_a_shuffle_is_another_order_each_epoch_and_otherwise_the_order_is_as_given():
    given = one_hot_run(batch_size=3, shuffle=False)
    assert visited(given, 8) == [(0, 1, 2), (3, 4, 5), (6, 7, 8), (9,)] * 2
    first, second, third = (visited(run, 4) for run in [one_hot_run(batch_size=3, shuffle=True, rng=4)] * 3)
    assert first != second != third != first
    assert visited(one_hot_run(batch_size=3, shuffle=True, rng=4), 4) == first
    assert visited(one_hot_run(batch_size=3, shuffle=True, rng=5), 4) != first
    assert visited(one_hot_run(batch_size=3, shuffle=True, rng=None), 4) == visited(
        one_hot_run(batch_size=3, shuffle=True, rng=0), 4
    )


def test_a_shuffled_epoch_is_a_step_downhill_on_each_batch_of_the_order():
    X, Y = some(rows=11)
    run = trainer(Network((2, 2), ("softmax",), rng=0), X, Y, loss="cce", batch_size=4, shuffle=True)
    twin = Network((2, 2), ("softmax",), rng=0)
    for _ in range(3):
        run.epoch()
        for batch in (run.order[:4], run.order[4:8], run.order[8:]):
            twin.theta[...] -= 0.1 * twin.backward(twin.forward(X[batch]), Y[batch], "cce").theta
        np.testing.assert_allclose(run.net.theta, twin.theta, rtol=1e-12)


def test_the_order_is_restored_with_a_state_in_the_middle_of_an_epoch():
    run = one_hot_run(batch_size=3, shuffle=True, rng=1)
    visited(run, 6)
    state = run.state()
    expected = visited(run, 9)
    run.load_state(state)
    assert visited(run, 9) == expected
    other = one_hot_run(batch_size=3, shuffle=True, rng=77)
    visited(other, 3)
    other.load_state(state)
    assert visited(other, 9) == expected


def test_a_state_is_a_copy_and_says_where_it_stands():
    X, Y = some()
    run = trainer(Network((2, 3, 2), ("tanh", "softmax")), X, Y, loss="cce", optimizer="adam", shuffle=True)
    run.epochs(2)
    for _ in range(3):
        run.step()
    state = run.state()
    assert (state["epoch"], state["position"]) == (2, 3)
    assert sorted(state["order"]) == list(range(23))
    kept = {name: np.copy(state[name]) for name in ("theta", "order")}
    memory = {name: np.copy(value) for name, value in state["optimizer"].items()}
    generator = repr(state["generator"])
    run.epochs(2)
    run.load_state(state)
    run.epochs(2)
    for name, value in kept.items():
        np.testing.assert_array_equal(state[name], value)
    for name, value in memory.items():
        np.testing.assert_array_equal(state["optimizer"][name], value)
    assert repr(state["generator"]) == generator


def test_a_state_of_another_network_or_other_data_is_refused_and_changes_nothing():
    run = trainer()
    before = run.net.theta.copy()
    for other in (
        trainer(Network((1, 2, 1), ("tanh", "linear"))),
        trainer(X=X3[:2], Y=Y3[:2]),
    ):
        with pytest.raises(ValueError, match="The state must fit 2 parameters and 3 samples"):
            run.load_state(other.state())
    np.testing.assert_array_equal(run.net.theta, before)


def test_a_state_of_another_optimizer_is_refused_and_changes_nothing():
    run, other = trainer(), trainer(line(5.0, 5.0), optimizer="adam")
    before = run.net.theta.copy()
    with pytest.raises(ValueError, match="state must hold"):
        run.load_state(other.state())
    np.testing.assert_array_equal(run.net.theta, before)


def test_a_state_from_more_batches_an_epoch_is_refused():
    run, other = trainer(batch_size=2), trainer(batch_size=1)
    other.step()
    other.step()
    with pytest.raises(ValueError, match="position"):
        (run.load_state(other.state()), run.step())


def test_the_trainer_keeps_its_own_copy_of_the_data():
    X, Y = X3.copy(), Y3.copy()
    run, twin = trainer(X=X, Y=Y), trainer()
    X[...], Y[...] = 99, 99
    assert repr(run.epoch()) == repr(twin.epoch())


def test_a_batch_size_of_n_or_more_is_full_batch_training():
    thetas = []
    for batch_size in (3, 4, 1000):
        run = trainer(batch_size=batch_size)
        assert run.epochs(2).step == 2
        thetas.append(run.net.theta.tobytes())
    assert len(set(thetas)) == 1
    # full-batch gradient descent by the formula
    w, b = 1.0, 0.0
    for _ in range(2):
        r = w * X3 + b - Y3
        w, b = w - 0.1 * (r * X3).mean(), b - 0.1 * r.mean()
    np.testing.assert_allclose(np.frombuffer(thetas[0]), [w, b], rtol=1e-13)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_may_be_given_by_name(name):
    X, Y = some()
    run = trainer(Network((2, 3, 2), ("tanh", "softmax"), rng=0), X, Y, loss="cce", optimizer=name)
    start = run.measure().train_loss
    assert run.epochs(30).train_loss < start
    assert run.optimizer.learning_rate == OPTIMIZERS[name].learning_rate


def test_per_sample_biases_train_in_full_batches_only():
    net = Network((1, 1), ("linear",), bias="per_sample", samples=3)
    run = trainer(net, batch_size=3, l2=0.1)
    before = [b.copy() for b in net.b]
    loss = run.measure().train_loss
    assert run.epochs(20).train_loss < loss
    assert (net.b[0] != before[0]).all()
    for options in ({"batch_size": 2}, {"batch_size": 3, "shuffle": True}):
        with pytest.raises(ValueError, match="Per-sample biases need full batches"):
            trainer(net, **options)


def test_nonfinite_samples_are_refused():
    for bad in (math.nan, math.inf, -math.inf):
        for name in ("X", "Y", "X_test", "Y_test"):
            data = {"X": X3.copy(), "Y": Y3.copy(), "X_test": X3.copy(), "Y_test": Y3.copy()}
            data[name][1, 0] = bad
            with pytest.raises(ValueError, match=rf"{name} must be finite everywhere\. Got .* in row 1\."):
                trainer(**data)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"batch_size": 0}, r"batch_size must be >= 1\. Got 0\."),
        ({"batch_size": 2.0}, r"batch_size must be a whole number"),
        ({"l1": -0.1}, r"l1 must be >= 0\. Got -0\.1\."),
        ({"l2": math.nan}, r"l2 must be >= 0\. Got nan\."),
        ({"optimizer": "unheard_of"}, r"optimizer must be one of .*Got 'unheard_of'\."),
        ({"loss": "cce"}, r"cce needs a softmax output\. Got linear\."),
        ({"X": np.zeros((3, 2))}, r"X must have shape \(N, 1\)"),
        ({"Y": np.zeros((2, 1))}, r"Y must have shape \(3, 1\)"),
        ({"X_test": X3, "Y_test": Y3[:2]}, r"Y_test must have shape \(3, 1\)"),
        ({"X_test": X3}, r"X_test and Y_test must be given together"),
    ],
)
def test_wrong_arguments_are_refused_in_one_sentence(options, message):
    with pytest.raises(ValueError, match=message):
        trainer(**options)
    with pytest.raises(ValueError, match=r"count must be >= 1\. Got 0\."):
        trainer().epochs(0)


def test_no_stop_condition_is_on_by_default():
    run = trainer(optimizer=make_optimizer("sgd", learning_rate=0.01))
    assert [run.epoch().epoch for _ in range(300)][-1] == 300
    wild = trainer(optimizer=make_optimizer("sgd", learning_rate=1e6))
    assert not wild.epochs(300).finite
    assert wild.epochs_done == 300


@pytest.mark.parametrize("penalties", [{}, {"l1": 0.01, "l2": 0.01}], ids=["plain", "penalised"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize(
    ("activations", "loss"),
    [
        (("tanh", "tanh"), "half_mse"),
        (("relu", "linear"), "mse"),
        (("sigmoid", "sigmoid"), "bce"),
        (("tanh", "softmax"), "cce"),
    ],
    ids=lambda value: str(value),
)
def test_the_mini_batch_loop_allocates_nothing(activations, loss, optimizer, penalties):
    # a batch of 100 has 51 kB in its hidden layer, theta has 13 kB, an epoch's X 150 kB
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((1050, 18)), np.eye(2)[rng.integers(0, 2, 1050)]
    net = Network((18, 64, 2), activations, rng=0)
    run = trainer(net, X, Y, loss=loss, optimizer=optimizer, batch_size=100, shuffle=True, **penalties)
    run.epochs(1)
    with np.errstate(all="ignore"):
        gc.collect()  # which also empties the stores in which Python keeps small objects for the next call
        for _ in range(1100):
            run._step()
        tracemalloc.start()
        for _ in range(50):
            run._step()
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 8_000, f"{peak} bytes at the peak"
    assert kept < 3_000, f"{kept} bytes kept"


@pytest.mark.parametrize(("rows", "batch_size"), [(100, 10), (5000, 32), (5000, 4999), (100, 100)])
def test_mini_batch_steps_run_on_one_blas_thread_however_many_samples_there_are(rows, batch_size):
    seen = []

    def schedule(epoch):
        seen.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        return 0.1

    with threadpool_limits(2, "blas"):
        net = Network((64, 32, 10), ("relu", "softmax"), rng=0)
        run = trainer(
            net, np.zeros((rows, 64)), np.eye(10)[np.zeros(rows, int)], loss="cce", batch_size=batch_size
        )
        run.schedule = schedule
        run.epochs(2)
        after = {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}
    assert set(seen) == {1}
    assert after == {2}


# Settings that change midway.


def test_settings_keep_the_memory_of_the_same_optimizer_and_drops_anothers():
    X, Y = some()
    before = Settings(optimizer="sgd", learning_rate=0.1, parameters=(("momentum", 0.9),))
    run = trainer(
        Network((2, 3, 2), ("tanh", "softmax")), X, Y, loss="cce", optimizer=before.make_optimizer()
    )
    run.epochs(2)
    velocity = run.optimizer.state()["velocity"]
    replace(before, learning_rate=0.5, parameters=(("momentum", 0.5),), l1=0.25, l2=0.125).apply(run)
    np.testing.assert_array_equal(run.optimizer.state()["velocity"], velocity)
    assert (run.optimizer.learning_rate, run.optimizer.momentum, run.l1, run.l2) == (0.5, 0.5, 0.25, 0.125)
    Settings(optimizer="adam", learning_rate=0.01).apply(run)
    assert run.optimizer.state()["step_count"] == 0
    assert (run.l1, run.l2) == (0.0, 0.0)
    run.epochs(1)


def test_settings_taken_in_the_middle_go_on_with_the_schedule_where_it_stands():
    each = (("decay", 0.5), ("every", 1))
    halved = Settings(learning_rate=0.08, schedule="step", schedule_parameters=each)
    run = trainer()
    halved.apply(run)
    run.epochs(2)
    replace(halved, l2=0.1).apply(run)
    assert run.optimizer.learning_rate == pytest.approx(0.08 * 0.5**2, rel=1e-15)


# Gradient clipping: one step by hand.


def clipping(clip_norm, **settings):
    """One step of a = w·x + b on (x, y) = (2, 1) from w = 3, b = 1, with η = 0.1 and the loss (a − y)².

    a = 3·2 + 1 = 7, dL/da = 2·(7 − 1) = 12, so the gradient is (dw, db) = (12·2, 12) = (24, 12), and its norm
    √(24² + 12²) = 12·√5 = 26.83.
    """
    net = Network((1, 1), ("linear",))
    net.theta[:] = 3.0, 1.0
    run = trainer(net, [[2.0]], [[1.0]], loss="sse", optimizer="sgd", batch_size=1)
    Settings(optimizer="sgd", learning_rate=0.1, clip_norm=clip_norm, **settings).apply(run)
    return net.theta, run.step()


def test_a_gradient_longer_than_the_clip_norm_is_shortened_to_it_and_keeps_its_direction():
    theta, record = clipping(np.sqrt(5))
    # norm √5 leaves 1/12 of the gradient, (2, 1): w = 3 − 0.1·2, b = 1 − 0.1·1
    np.testing.assert_allclose(theta, [2.8, 0.9], rtol=1e-15)
    assert record.clipped == 1


@pytest.mark.parametrize("clip_norm", [0.0, 27.0])
def test_a_shorter_gradient_and_one_without_a_clip_norm_stay_as_they_are(clip_norm):
    theta, record = clipping(clip_norm)
    np.testing.assert_allclose(theta, [3 - 0.1 * 24, 1 - 0.1 * 12], rtol=1e-15)
    assert record.clipped == 0


def test_the_penalty_is_part_of_the_gradient_that_is_clipped():
    theta, _ = clipping(1.0, l2=4.0)
    # l2·w = 4·3 = 12 on the weight only: (24 + 12, 12) = 12·(3, 1), of norm 12·√10
    np.testing.assert_allclose(theta, [3 - 0.3 / np.sqrt(10), 1 - 0.1 / np.sqrt(10)], rtol=1e-15)


def test_a_frozen_parameter_takes_no_part_in_the_norm_that_is_clipped():
    # the bias is frozen, so the norm is that of dw alone, 24: half of it is left, w = 3 − 0.1·12
    theta, record = clipping(12.0, frozen=(1,))
    np.testing.assert_allclose(theta, [1.8, 1.0], rtol=1e-15)
    assert record.clipped == 1
    # 24 < 25 < √(24² + 12²): nothing is clipped
    theta, record = clipping(25.0, frozen=(1,))
    np.testing.assert_allclose(theta, [3 - 0.1 * 24, 1.0], rtol=1e-15)
    assert record.clipped == 0


def test_freezing_a_parameter_clips_the_others_as_if_it_were_no_parameter():
    """The oracle: a network whose biases are frozen at 0 trains like one without biases, clipped or not."""
    X, Y = some()
    thetas = []
    for bias in ("shared", "none"):
        net = Network((2, 3, 2), ("tanh", "softmax"), bias=bias, rng=3)
        run = trainer(net, X, Y, loss="cce", batch_size=5)
        biases = tuple(int(i) for i in np.flatnonzero(net.parameters.weight_mask() == 0))
        Settings(optimizer="adam", learning_rate=0.1, l2=0.01, clip_norm=0.05, frozen=biases).apply(run)
        run.epochs(10)
        assert run.clipped > 0
        thetas.append(np.delete(net.theta, biases))
    np.testing.assert_allclose(*thetas, rtol=1e-9)
