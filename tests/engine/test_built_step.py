"""A step built once and gone through again and again is the step that the book has, however it was built."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Network, Settings, Trainer, make_activation, textbook
from engine.calls import build, build_each, perform, run
from tests.engine.test_optimizers import Arrays, every_variant
from tests.engine.test_textbook import ERRORS, FUNCTIONS, function

ROWS, BATCH = 11, 4  # the last mini-batch has 3 samples


def data(loss="half_mse", outputs=3, rows=ROWS):
    rng = np.random.default_rng(7)
    one_hot = np.eye(outputs)[rng.integers(0, outputs, rows)]
    Y = one_hot if loss in ("bce", "cce") else rng.uniform(-1, 1, (rows, outputs))
    return rng.uniform(-1, 1, (rows, 2)), Y


def trainer(activations=("tanh", "softplus", "linear"), loss="half_mse", settings=None, **options):
    dims = (2, *(4, 3, 5)[: len(activations) - 1], 3)
    net = Network(dims, activations, rng=1)
    given = {"optimizer": "sgd", "batch_size": BATCH, "shuffle": False} | options
    made = Trainer(net, *data(loss), loss=loss, **given)
    (settings or Settings(learning_rate=0.1)).apply(made)
    return made


@pytest.mark.parametrize(
    ("activations", "loss"),
    [((name, name, "tanh"), "half_mse") for name in ACTIVATIONS]
    + [(("tanh", name, name, "sigmoid"), "mse") for name in ACTIVATIONS]
    + [(("tanh", "tanh", LOSSES[loss].output or "linear"), loss) for loss in LOSSES],
)
def test_two_epochs_of_mini_batches_are_those_of_the_textbook(activations, loss):
    run_of = trainer(activations, loss)
    W, b = [w.copy() for w in run_of.net.W], [c.copy() for c in run_of.net.b]
    g, slope = zip(*map(function, activations), strict=True)
    X, Y = data(loss)
    for start in (*range(0, ROWS, BATCH), *range(0, ROWS, BATCH)):
        x, y = X[start : start + BATCH], Y[start : start + BATCH]
        Z, A = textbook.forward(x, W, b, g)
        derivatives = textbook.backward(Z, A, W, b, slope, ERRORS[loss][1](A[-1], y))
        textbook.update([*W, *b], [*derivatives[0], *derivatives[1]], 0.1)
    run_of.epochs(2)
    digits = 1e-12 if set(activations) <= FUNCTIONS.keys() else 1e-8
    for l in range(len(W)):
        np.testing.assert_allclose(run_of.net.W[l], W[l], rtol=digits, atol=digits)
        np.testing.assert_allclose(run_of.net.b[l], b[l], rtol=digits, atol=digits)


@pytest.mark.parametrize(
    ("Y", "fewer"),
    [
        (np.eye(3)[[0, 2, 1, 1, 0, 2, 2]], 2),
        ([[0.2, 0.3, 0.5]] * 7, 0),  # shares, whose sum may be 1 but for rounding
        ([[1, 1, 0], [0, 0, 0], *np.eye(3), [1, 1, 1], [0, 1, 1]], 0),
    ],
    ids=["one-hot", "shares", "any sum"],
)
def test_one_hot_targets_need_fewer_calls_for_the_same_bits(Y, fewer):
    X = np.random.default_rng(3).normal(size=(7, 2))

    def run_with(loss):
        net = Network((2, 4, 3), ("tanh", "softmax"), rng=1)
        made = Trainer(net, X, Y, loss=loss, optimizer="adam", batch_size=3)
        made.epochs(5)
        return made

    plain, suited = run_with(replace(LOSSES["cce"], fused_one_hot=None)), run_with(LOSSES["cce"])
    assert suited.net.theta.tobytes() == plain.net.theta.tobytes()
    assert len(plain._steps[0]) - len(suited._steps[0]) == fewer


@every_variant
@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"l1": 0.01, "l2": 0.02, "weight_decay": 0.1},
        {"clip_norm": 0.05, "frozen": (0, 5, 30)},
        {"l2": 0.02, "clip_norm": 0.05, "frozen": (0, 5, 30), "weight_decay": 0.1},
    ],
    ids=lambda extra: "-".join(extra) or "plain",
)
def test_the_whole_of_a_step_is_the_plain_expression(name, parameters, extra):
    settings = Settings(name, 0.02, tuple(parameters.items()), **extra)
    run_of = trainer(settings=settings)
    net, frozen = deepcopy(run_of.net), list(settings.frozen)
    X, Y = data()
    for step in range(7):
        part = slice(step % 3 * BATCH, (step % 3 + 1) * BATCH)
        theta = net.theta.copy()
        g = net.backward(net.forward(X[part]), Y[part], "half_mse").theta
        g = g + (settings.l1 * np.sign(theta) + settings.l2 * theta) * net.parameters.weight_mask()
        norm = np.linalg.norm(np.delete(g, frozen))
        if settings.clip_norm and norm > settings.clip_norm:
            g = g * (settings.clip_norm / norm)
        sheet = Arrays(run_of.optimizer, theta, g)
        for letter, value, _ in run_of.optimizer.lines(sheet):
            sheet.done[letter] = value
        net.theta = sheet.done["new"]
        net.theta[frozen] = theta[frozen]
        run_of.step()
        np.testing.assert_allclose(run_of.net.theta, net.theta, rtol=1e-9, atol=1e-11)
        net.theta = run_of.net.theta  # so that roundings don't add up, which sign steps would show


EVERY = [Settings(name, 0.03, weight_decay=0.1, l1=0.01, clip_norm=0.1, frozen=(2,)) for name in OPTIMIZERS]


@pytest.mark.parametrize("settings", EVERY, ids=lambda settings: settings.optimizer)
def test_steps_in_pieces_a_copy_and_a_state_go_on_to_the_bit_as_the_whole_does(settings):
    runs = [trainer(settings=settings, shuffle=True, rng=5) for _ in range(4)]
    start = runs[3].state()
    runs[0].steps(17)
    for count in (1, 2, 3, 5, 6):
        runs[1].steps(count)
    runs[2].steps(8)
    runs[3].steps(2)
    runs[3].load_state(runs[2].state())
    copy = deepcopy(runs[2])
    for run_of in (runs[2], runs[3], copy):
        run_of.steps(9)
    whole = runs[0].net.theta.tobytes()
    assert [run_of.net.theta.tobytes() for run_of in (*runs[1:], copy)] == [whole] * 4
    runs[3].load_state(start)  # from before the first step, when the optimiser had no memory
    runs[3].steps(17)
    assert runs[3].net.theta.tobytes() == whole


CHANGES = [
    {"learning_rate": 0.5},
    {"l1": 0.1},
    {"l2": 0.1},
    {"weight_decay": 0.3},
    {"clip_norm": 0.01},
    {"frozen": (0, 1, 7)},
    {"schedule": "step", "schedule_parameters": (("decay", 0.5), ("every", 1))},
]


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_setting_changed_between_steps_acts_as_if_the_run_went_on_with_it_elsewhere(name, change):
    before = Settings(name, 0.03)
    after = replace(before, **change)
    changed, elsewhere = trainer(settings=before), trainer(settings=after)
    changed.steps(4)
    state = changed.state()
    after.apply(changed)
    changed.steps(6)
    elsewhere.load_state(state)
    after.apply(elsewhere)  # the state brings the learning rate of its time
    elsewhere.steps(6)
    assert changed.net.theta.tobytes() == elsewhere.net.theta.tobytes()
    kept = trainer(settings=before)
    kept.steps(10)
    same = name == "sign" and "clip_norm" in change  # clipping leaves the signs as they are
    assert (kept.net.theta.tobytes() == changed.net.theta.tobytes()) == same


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_learning_rate_written_to_the_optimizer_acts_on_the_next_step(name):
    settings = Settings(name, 0.03, weight_decay=0.1)
    run_of, twin = trainer(settings=settings), trainer(settings=settings)
    run_of.steps(2)
    twin.steps(2)
    run_of.optimizer.learning_rate = 0.3
    before, theta = run_of.net.theta.copy(), run_of.net.theta
    run_of.train(1)
    twin.train(1)
    # of one optimiser, a step is proportional to its rate, but for rounding
    np.testing.assert_allclose(theta - before, 10 * (twin.net.theta - before), rtol=1e-9, atol=1e-14)


def test_a_schedule_acts_within_one_call_of_epochs():
    halved = (("decay", 0.5), ("every", 1))
    settings = Settings(learning_rate=0.2, schedule="step", schedule_parameters=halved)
    run_of, by_hand = trainer(settings=settings), trainer()
    run_of.epochs(3)
    for rate in (0.2, 0.1, 0.05):
        by_hand.optimizer.learning_rate = by_hand.schedule = None
        Settings(learning_rate=rate).apply(by_hand)
        by_hand.epochs(1)
    assert run_of.net.theta.tobytes() == by_hand.net.theta.tobytes()


ROUND = (3, 4)


def lists(kind, row):
    """A function that lists some calls anew, and the array that these write."""
    rng = np.random.default_rng(3)
    Z, Y, out = rng.standard_normal(ROUND), np.eye(4)[[0, 3, 1]], np.empty(ROUND)
    A = np.empty(ROUND)
    ACTIVATIONS[row.output or "linear" if kind in ("backward", "fused") else row.name].value(Z, A)
    return {
        "forward": lambda: row.forward(Z, out),
        "slope": lambda: row.slope(Z, A, out),
        "mixed": lambda: row.mixed(Z, A, Y, out),
        "backward": lambda: row.backward(A, Y, out),
        "fused": lambda: row.fused(A, Y, out),
    }[kind], out


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (kind, row)
        for table, kinds in ((ACTIVATIONS, ("forward", "slope", "mixed")), (LOSSES, ("backward", "fused")))
        for row in table.values()
        for kind in kinds
        if getattr(row, kind) is not None
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_calls_give_the_same_at_once_when_kept_and_when_made_again(kind, row):
    listed, out = lists(kind, row)
    perform(listed())
    at_once = out.copy()
    built = build(listed())
    for _ in range(2):
        run(built)
        assert out.tobytes() == at_once.tobytes()


def test_building_makes_no_call():
    made = []
    built = build(iter([(made.append, 1), (made.append, 2)]))
    assert made == []
    run(built)
    run(built)
    assert made == [1, 2, 1, 2]


def test_what_mini_batches_do_not_differ_in_is_built_once_for_all():
    a, b, out, product = np.ones(3), np.full(3, 2.0), np.empty(3), np.empty(3)
    calls = iter([(np.add, a, 1, out), (np.square, out, product)])
    first, second = build_each(calls, (a,), [(a,), (b,)])
    run(first)
    assert product.tolist() == [4.0] * 3
    run(second)
    assert product.tolist() == [9.0] * 3
    assert first[1] is second[1]
    assert first[0] is not second[0]


def test_a_number_has_the_precision_of_the_arrays_beside_it():
    Z = np.random.default_rng(0).standard_normal((100, 1)).astype(np.float32)
    A = np.empty_like(Z)
    leaky = make_activation("leaky_relu", slope=0.1)
    for make in (leaky.value, lambda Z, A: run(build(leaky.forward(Z, A)))):
        make(Z, A)
        assert A.tobytes() == np.maximum(Z, Z * np.float32(0.1)).tobytes()
    assert ((Z.astype(float) * 0.1).astype(np.float32) != Z * 0.1).any(), "else this could not fail"
