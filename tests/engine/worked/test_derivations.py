"""Each line of a derivation gives the numbers of the one above, and the last is the engine's gradient."""

import numpy as np
import pytest

from engine import Network
from engine.worked.derivations import softmax_jacobian
from engine.worked.expressions import Jacobian, Symbol
from engine.worked.worked import work

X = np.random.default_rng(5).normal(0, 1, (3, 2))
TARGETS = {
    "bce": np.array([[1.0, 0.0, 0.25], [0.0, 0.0, 1.0], [0.5, 1.0, 0.0]]),
    "cce": np.array([[1.0, 0.0, 0.0], [0.25, 0.25, 0.5], [0.0, 0.0, 1.0]]),
}
CASES = [
    ("sigmoid", "bce", TARGETS["bce"]),
    ("softmax", "cce", TARGETS["cce"]),
    ("softmax", "cce", 2 * TARGETS["cce"]),
]


def error_of(output, loss, Y):
    net = Network((2, 4, 3), ("tanh", output), rng=4)
    return work(net, X, Y, loss).step("delta2"), net.backward(net.forward(X), Y, loss)


def values_by_left(step, n):
    """What each left-hand side is, line by line, for sample n; a row at a time where the lines ask for it."""
    env = {
        key: value[n : n + 1]
        for key, value in step.values.items()
        if key in ("z2", "a2", "y", "dL", "delta2")
    }
    env["J"] = softmax_jacobian(Symbol("a", 2)).value(env)
    found, left = {}, None
    for line in step.derivation:
        left = left if line.left is None else line.left
        found.setdefault(left, []).append(line.right.value(env))
    return found, env


@pytest.mark.parametrize(("output", "loss", "Y"), CASES)
@pytest.mark.parametrize("n", range(3))
def test_every_line_gives_what_its_left_hand_side_is(output, loss, Y, n):
    step, _ = error_of(output, loss, Y)
    found, env = values_by_left(step, n)
    assert len(found) == 3
    for left, values in found.items():
        for value in values:
            assert np.allclose(value, left.value(env), rtol=1e-12, atol=1e-12), left


@pytest.mark.parametrize(("output", "loss", "Y"), CASES)
def test_the_last_line_is_the_formula_of_the_step_and_the_engines_gradient(output, loss, Y):
    step, gradient = error_of(output, loss, Y)
    last = step.derivation[-1].right
    assert np.allclose(last.value(step.values), gradient.dZ[-1], rtol=1e-12, atol=1e-12)
    assert np.allclose(step.formula.value(step.values), last.value(step.values), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("output", "loss", "Y"), CASES)
def test_every_line_has_its_reason_in_one_sentence(output, loss, Y):
    for line in error_of(output, loss, Y)[0].derivation:
        assert line.reason.endswith(".")


def test_the_jacobian_written_out_is_that_of_the_vjp():
    z = np.array([[0.3, -1.2, 2.0, 0.3]])
    exact = Jacobian("softmax", Symbol("z", 0), Symbol("L")).matrix(z[0])
    a = np.exp(z) / np.exp(z).sum()
    assert np.allclose(softmax_jacobian(Symbol("a", 1)).value({"a1": a}), exact, rtol=1e-12, atol=1e-14)


def test_only_a_fused_error_is_derived():
    net = Network((2, 4, 3), ("tanh", "softmax"), rng=4)
    assert work(net, X, TARGETS["cce"], "mse").step("delta2").derivation == ()
    worked = work(net, X, TARGETS["cce"], "cce")
    assert [step.key for step in worked.steps if step.derivation] == ["delta2"]
