"""The table of losses: complete, normalised as it says, and each gradient that of the value beside it."""

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, Network, Trainer, gradient_check, make_loss, work
from engine.analysis.landscape import refine, weight_plane
from engine.calls import perform

CONTRACT = ("sse", "mse", "mse_sample", "half_mse", "half_sse", "mae", "huber", "bce", "cce")
N, K = 3, 2
R = np.array([[3.0, -1.0], [0.5, 2.0], [-4.0, 0.0]])  # residuals; Σr² = 9 + 1 + ¼ + 4 + 16 = 30.25
Y = np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 5.0]])
A = Y + R


def value(name, Z=None, A=A, Y=Y, **parameters):
    return make_loss(name, **parameters).value(A if Z is None else Z, A, Y)


def gradient(name, A=A, Y=Y, **parameters):
    out = np.empty_like(A)
    perform(make_loss(name, **parameters).backward(A, Y, out))
    return out


def test_the_table_holds_the_contracts_names_and_every_row_is_complete():
    assert tuple(LOSSES) == CONTRACT
    labels = [row.label for row in LOSSES.values()]
    assert len(set(labels)) == len(labels)
    for name, row in LOSSES.items():
        assert row.name == name
        assert row.label
        assert "Σ" in row.formula
        assert callable(row.value)
        assert callable(row.rows)
        assert callable(row.backward)
        assert (row.fused is None) == (row.output is None)
        assert row.output is None or row.output in ACTIVATIONS
        assert make_loss(row) is row
    assert dict(LOSSES["huber"].parameters) == {"delta": 1.0}


@pytest.mark.parametrize(
    ("name", "expected", "slope"),
    [
        ("sse", 30.25, 2 * R),
        ("mse", 30.25 / 6, 2 * R / 6),  # N·K = 6
        ("mse_sample", 30.25 / 3, 2 * R / 3),  # N = 3
        ("half_mse", 30.25 / 12, R / 6),
        ("half_sse", 30.25 / 2, R),
        ("mae", 10.5 / 6, np.sign(R) / 6),  # 3 + 1 + ½ + 2 + 4 + 0
        # δ = 1: (3 − ½) + ½ + ⅛ + (2 − ½) + (4 − ½) + 0 = 8.125
        ("huber", 8.125 / 6, np.clip(R, -1, 1) / 6),
    ],
)
def test_each_loss_divides_by_what_it_says(name, expected, slope):
    assert value(name) == pytest.approx(expected, rel=1e-15)
    np.testing.assert_allclose(gradient(name), slope, rtol=1e-15)


@pytest.mark.parametrize("K", [1, 3])
@pytest.mark.parametrize("name", [*LOSSES, "huber(delta=0.3)"])
def test_the_losses_of_the_rows_are_those_of_each_row_taken_alone(name, K):
    loss = make_loss("huber", delta=0.3) if "delta" in name else make_loss(name)
    rng = np.random.default_rng(K)
    Z = 3 * rng.standard_normal((40, K))
    A, Y = 1 / (1 + np.exp(-Z)), rng.random((40, K))
    Z[:2, 0] = -np.inf  # a class at probability 0: one row asks for it, the other for another one
    Y[:2] = np.eye(K)[[0, -1]]
    Z[2:4] = A[2:4] = [[np.nan], [np.inf]]
    with np.errstate(all="ignore"):
        rows = loss.rows(Z, A, Y)
        alone = [loss.value(Z[n : n + 1], A[n : n + 1], Y[n : n + 1]) for n in range(len(Y))]
    assert rows.shape == (40,)
    np.testing.assert_allclose(rows, alone, rtol=1e-14)
    assert np.isnan(rows[2])
    if name == "cce" and K > 1:
        assert np.isposinf(rows[0])
        assert np.isfinite(rows[1])
    whole, sums = loss.value(Z[4:], A[4:], Y[4:]), name in ("sse", "half_sse")
    assert whole == pytest.approx(rows[4:].sum() if sums else rows[4:].mean(), rel=1e-13)


def test_huber_with_another_delta_by_hand():
    # δ = 2: 2·(3 − 1) + ½ + ⅛ + ½·4 + 2·(4 − 1) + 0 = 12.625
    assert value("huber", delta=2) == pytest.approx(12.625 / 6, rel=1e-15)
    np.testing.assert_allclose(gradient("huber", delta=2), np.clip(R, -2, 2) / 6, rtol=1e-15)


def test_a_huge_delta_makes_huber_half_mse_and_a_tiny_one_makes_it_mae():
    assert value("huber", delta=1e6) == pytest.approx(value("half_mse"), rel=1e-15)
    assert value("huber", delta=1e-9) / 1e-9 == pytest.approx(value("mae"), rel=1e-8)


def test_binary_cross_entropy_by_hand_with_soft_targets():
    p, y = np.array([[0.8, 0.5], [0.1, 0.9]]), np.array([[1.0, 0.25], [0.0, 0.9]])
    logits = np.log(p / (1 - p))
    # −[log 0.8 + ¼·log ½ + ¾·log ½ + log 0.9 + 0.9·log 0.9 + 0.1·log 0.1] / 4
    expected = -(np.log(0.8) + np.log(0.5) + np.log(0.9) + 0.9 * np.log(0.9) + 0.1 * np.log(0.1)) / 4
    assert value("bce", logits, p, y) == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(gradient("bce", p, y), (p - y) / (p * (1 - p)) / 4, rtol=1e-14)
    fused = np.empty_like(p)
    perform(LOSSES["bce"].fused(p, y, fused))
    np.testing.assert_allclose(fused, (p - y) / 4, rtol=1e-15)


def test_cross_entropy_by_hand_with_rows_of_any_sum():
    p = np.array([[0.5, 0.25, 0.25], [0.7, 0.2, 0.1]])
    y = np.array([[0.0, 1.0, 0.0], [1.0, 0.5, 0.0]])
    # −[log ¼ + log 0.7 + ½·log 0.2] / 2
    expected = -(np.log(0.25) + np.log(0.7) + 0.5 * np.log(0.2)) / 2
    assert value("cce", np.log(p) + 7.0, p, y) == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(gradient("cce", p, y), -y / p / 2, rtol=1e-15)
    fused = np.empty_like(p)
    perform(LOSSES["cce"].fused(p, y, fused))
    np.testing.assert_allclose(fused, (np.array([[1.0], [1.5]]) * p - y) / 2, rtol=1e-15)


@pytest.mark.parametrize("name", LOSSES)
def test_the_gradient_is_that_of_the_value(name):
    rng = np.random.default_rng(0)
    Z = rng.standard_normal((N, K))
    output = ACTIVATIONS[LOSSES[name].output or "linear"]
    Y = rng.uniform(size=(N, K)) if LOSSES[name].output else rng.standard_normal((N, K))

    def at(Z):
        A = np.empty_like(Z)
        output.value(Z, A)
        return A, LOSSES[name].value(Z, A, Y)

    A, _ = at(Z)
    dA, dZ = np.empty_like(Z), np.empty_like(Z)
    perform(LOSSES[name].backward(A, Y, dA))
    output.vjp(Z, A, dA, dZ)
    if LOSSES[name].fused is not None:
        fused = np.empty_like(Z)
        perform(LOSSES[name].fused(A, Y, fused))
        np.testing.assert_allclose(fused, dZ, rtol=1e-12, atol=1e-15)
    for n in range(N):
        for k in range(K):
            move = np.zeros_like(Z)
            move[n, k] = 1e-5
            numeric = (at(Z + move)[1] - at(Z - move)[1]) / 2e-5
            assert dZ[n, k] == pytest.approx(numeric, rel=1e-7, abs=1e-9), (name, Z, dZ[n, k], numeric)


@pytest.mark.parametrize("name", LOSSES)
def test_a_perfect_output_costs_nothing_and_has_no_gradient(name):
    output = LOSSES[name].output
    if output is None:
        assert value(name, A=Y) == 0
        assert not gradient(name, A=Y).any()
    else:
        logits, one_hot = np.array([[800.0, -800.0]]), np.array([[1.0, 0.0]])
        out = np.empty((1, 2))
        perform(LOSSES[name].fused(one_hot, one_hot, out))
        assert value(name, logits, one_hot, one_hot) == 0
        assert not out.any()


def test_every_pair_that_the_contract_does_not_refuse_computes():
    # refused, exactly: bce unless the output is sigmoid, cce unless it is softmax, a softmax output of 1
    for output in ACTIVATIONS:
        for name in LOSSES:
            for width in (1, 2):
                net = Network((1, width), (output,), rng=0)
                trace, targets = net.forward([[0.3]]), np.full((1, width), 0.5)
                needed = {"bce": "sigmoid", "cce": "softmax"}.get(name, output)
                if needed == output and not (output == "softmax" and width == 1):
                    assert np.isfinite(net.loss(trace, targets, name))
                    assert np.isfinite(net.backward(trace, targets, name).theta).all()
                    continue
                for call in (net.loss, net.backward):
                    with pytest.raises(ValueError, match="needs a"):
                        call(trace, targets, name)
                with pytest.raises(ValueError, match="needs a"):
                    Trainer(net, [[0.3]], targets, loss=name, optimizer="sgd", batch_size=1)


REFUSED = [
    (
        "bce",
        "sigmoid",
        [[0.0, 1.0], [-1.0, 1.0]],
        r"between 0 and 1 for binary cross-entropy, .*\. Got −1 in sample 2\.",
    ),
    (
        "bce",
        "sigmoid",
        [[0.5, 1.0 + 1e-9], [0.0, 1.0]],
        r"between 0 and 1 for binary cross-entropy, .*\. Got 1\.000000001 in sample 1",
    ),
    (
        "cce",
        "softmax",
        [[-1.0, 1.0], [1.0, -1.0]],
        r">= 0 for cross-entropy, .*not −1 or 1\. Got −1 in sample 1\.",
    ),
]


@pytest.mark.parametrize(("name", "output", "targets", "message"), REFUSED)
def test_targets_for_which_a_cross_entropy_has_no_minimum_are_refused_wherever_they_come_in(
    name, output, targets, message
):
    net, X, fitting = Network((1, 2), (output,), rng=0), [[0.3], [0.4]], [[0.0, 1.0], [1.0, 0.0]]
    trace, plane = net.forward(X), weight_plane(net, (0, 0, 0), (0, 0, 1))
    ready = {"loss": name, "optimizer": "sgd", "batch_size": 1}
    calls = {
        "loss": lambda: net.loss(trace, targets, name),
        "backward": lambda: net.backward(trace, targets, name),
        "Trainer": lambda: Trainer(net, X, targets, **ready),
        "gradient_check": lambda: gradient_check(net, X, targets, name),
        "work": lambda: work(net, X, targets, name),
        "refine": lambda: next(refine(net, X, targets, name, plane, (-1, 1), (-1, 1))),
    }
    for call, made in calls.items():
        with pytest.raises(ValueError, match=f"Y must be {message}"):
            pytest.fail(f"{call} took {targets}: {made()}")
    with pytest.raises(ValueError, match=f"Y_test must be {message}"):
        Trainer(net, X, fitting, **ready, X_test=X, Y_test=targets)


@pytest.mark.parametrize("name", CONTRACT)
def test_no_other_targets_are_refused(name):
    targets = {"bce": [[0.0, 1.0], [0.25, 1e-9]], "cce": [[0.0, 3.0], [1e9, 0.5]]}
    net = Network((1, 2), (LOSSES[name].output or "linear",), rng=0)
    Y = targets.get(name, [[-1e9, 2.0], [1.0, -1.0]])
    assert np.isfinite(net.loss(net.forward([[0.3], [0.4]]), Y, name))
    Trainer(net, [[0.3], [0.4]], Y, loss=name, optimizer="sgd", batch_size=1).step()


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("l2", {}, r"loss must be one of sse, mse, .*\. Got 'l2'\."),
        ("mse", {"delta": 1.0}, r"mse takes no parameter delta\."),
        ("huber", {"delta": 0}, r"delta must be > 0\. Got 0\."),
        ("huber", {"delta": -1.0}, r"delta must be > 0\. Got -1\."),
        ("huber", {"delta": None}, r"delta must be a number"),
    ],
)
def test_wrong_names_and_parameters_are_refused_in_one_sentence(name, parameters, message):
    with pytest.raises(ValueError, match=message):
        make_loss(name, **parameters)
