"""Slips worked with plain NumPy, not by the table: each is known by its number."""

import numpy as np
import pytest

from engine import LOSSES, Network, make_optimizer
from engine.practice.answers import judge, same, wrong_values
from engine.practice.exercises import Exercise, exercises, right_value
from engine.practice.recalculation import Change, Question
from engine.practice.scale_slips import MEANS
from engine.practice.slips import SLIPS, TWO
from engine.worked.expressions import Symbol
from engine.worked.worked import work
from tests.engine.practice.students import examples, random_task

RATE = 1.0


@pytest.fixture(scope="module")
def made():
    """A 3-4-3-2 network of sigmoids with cross-entropy, and its numbers as a book has them."""
    rng = np.random.default_rng(3)
    net = Network((3, 4, 3, 2), ("sigmoid",) * 3)
    net.theta[...] = rng.normal(size=net.theta.size)
    X, Y = rng.normal(size=(1, 3)), np.array([[1.0, 0.0]])
    calculation = work(net, X, Y, "bce", make_optimizer("sgd", RATE))
    return calculation, Numbers(net, X, Y)


class Numbers:
    """a[0] is x; d[l] and s[l] are δ and σ′ of the layer of W[l]."""

    def __init__(self, net, X, Y):
        self.W, self.b = [W.copy() for W in net.W], [b.copy() for b in net.b]
        self.a, self.z = [X], []
        for W, b in zip(self.W, self.b, strict=True):
            self.z.append(self.a[-1] @ W + b)
            self.a.append(1 / (1 + np.exp(-self.z[-1])))
        self.s = [a * (1 - a) for a in self.a[1:]]
        self.y = Y
        d3 = (self.a[3] - Y) / 2
        d2 = (d3 @ self.W[2].T) * self.s[1]
        self.d = [(d2 @ self.W[1].T) * self.s[0], d2, d3]


def verdict_of(calculation, letter, layer, place, value, mark=""):
    symbol = Symbol(letter, layer, mark=mark)
    return judge(calculation, Exercise(symbol.key, *place, symbol), f"{value:.11e}")


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_is_taught_as_the_mean_or_the_sum_that_it_is(name):
    """Twice the samples leave a mean over them as it is and double a sum; the same of the outputs."""
    rng, loss = np.random.default_rng(1), LOSSES[name]
    A = rng.dirichlet(np.ones(3), size=2)  # probabilities that are also softmax(log A)
    Y, Z = np.eye(3)[[0, 2]], np.log(A / (1 - A) if loss.output == "sigmoid" else A)
    once = loss.value(Z, A, Y)
    per_sample, per_output = (
        round(loss.value(*(np.concatenate([M, M], axis) for M in (Z, A, Y))) / once) for axis in (0, 1)
    )
    if name == "cce":  # twice the outputs are no probabilities: one row's loss is a sum over its classes
        per_output = round(loss.value(Z, A, 2 * Y) / once)
    means = {(1, 1): "N·K", (1, 2): "N", (2, 2): None}
    assert MEANS.get(name) == means[per_sample, per_output]


def test_the_error_of_another_neuron(made):
    calculation, n = made
    for j in (0, 2, 3):
        verdict = verdict_of(calculation, "delta", 0, (0, 1), n.d[0][0, j])
        assert verdict.slip == "neighbour"
        assert verdict.sentence == f"This is δ[1] of neuron {j + 1}: neuron 2 is asked for."
    gradient = n.a[0][0, 2] * n.d[0][0, 0]
    verdict = verdict_of(calculation, "W", 0, (2, 1), gradient, mark="d")
    assert verdict.sentence == "This takes δ[1] of neuron 1, not of neuron 2."
    gradient = n.a[1][0, 3] * n.d[1][0, 1]
    verdict = verdict_of(calculation, "W", 1, (3, 0), n.W[1][3, 0] - RATE * gradient, mark="new")
    assert verdict.sentence == "This takes δ[2] of neuron 2, not of neuron 1."


def test_the_errors_of_the_next_layer_in_another_order(made):
    calculation, n = made
    wrong = (n.d[1][:, [1, 2, 0]] @ n.W[1].T) * n.s[0]
    verdict = verdict_of(calculation, "delta", 0, (0, 1), wrong[0, 1])
    assert verdict.slip == "neighbour"
    assert verdict.sentence == "Each δ[2] goes with the weight that leads to its own neuron."


def test_the_slope_of_another_neuron(made):
    calculation, n = made
    wrong = (n.d[1] @ n.W[1].T)[0, 1] * n.s[0][0, 3]
    verdict = verdict_of(calculation, "delta", 0, (0, 1), wrong)
    assert verdict.slip == "other_slope"
    assert verdict.sentence == "This takes σ′(z[1]) of neuron 4, not of the neuron itself."
    behind = (n.d[2] @ n.W[2].T) * n.s[1][:, [1, 2, 0]]
    wrong = ((behind @ n.W[1].T) * n.s[0])[0, 1]
    verdict = verdict_of(calculation, "delta", 0, (0, 1), wrong)
    assert verdict.sentence.endswith("In δ[2], each neuron has its own σ′(z[2]).")


def test_the_weights_forgotten_on_the_way_back_and_forward(made):
    calculation, n = made
    wrong = n.d[1].sum() * n.s[0][0, 1]
    verdict = verdict_of(calculation, "delta", 0, (0, 1), wrong)
    assert verdict.slip == "weights"
    assert verdict.sentence == "W[2] is missing: multiply each δ[2] by its weight."
    verdict = verdict_of(calculation, "z", 1, (0, 2), n.a[1].sum() + n.b[1][2])
    assert verdict.sentence == "W[2] is missing: multiply each a[1] by its weight."


def test_the_input_of_a_weight_and_the_bias_of_a_sum_forgotten(made):
    calculation, n = made
    verdict = verdict_of(calculation, "W", 1, (3, 0), n.d[1][0, 0], mark="d")
    assert verdict.slip == "inputs"
    assert verdict.sentence == "a[1] is missing: multiply δ[2] by what comes into the weight."
    verdict = verdict_of(calculation, "W", 1, (3, 0), n.W[1][3, 0] - RATE * n.d[1][0, 0], mark="new")
    assert verdict.slip == "inputs"
    verdict = verdict_of(calculation, "z", 1, (0, 2), n.z[1][0, 2] - n.b[1][2])
    assert verdict.sentence == "b[2] is missing: add it to the weighted sum."


def test_the_index_of_a_weight_transposed_where_the_matrix_is_not_square(made):
    calculation, n = made  # W[2] is (4, 3): W[2][k, j] exists for every k and for j < 3
    wrong = sum(n.d[1][0, k] * n.W[1][k, 1] for k in range(3)) * n.s[0][0, 1]
    assert verdict_of(calculation, "delta", 0, (0, 1), wrong).slip == "transposed"
    verdict = verdict_of(calculation, "W", 1, (2, 1), n.a[1][0, 1] * n.d[1][0, 2], mark="d")
    assert verdict.slip == "transposed"
    assert verdict.sentence.startswith("Row and column are exchanged")


def test_a_factor_in_the_gradient_of_a_new_weight(made):
    calculation, n = made
    doubled = n.W[2] - RATE * 2 * n.a[2].T @ n.d[2]
    i, j = np.unravel_index(np.abs(n.a[2].T @ n.d[2]).argmax(), doubled.shape)
    verdict = verdict_of(calculation, "W", 2, (int(i), int(j)), doubled[i, j], mark="new")
    assert verdict.slip in ("factor", "average")  # K = 2: a forgotten 1/(N·K) doubles it too
    assert "extra factor of 2" in verdict.sentence


def test_the_logarithm_to_base_10(made):
    calculation, n = made
    L = -(n.y * np.log10(n.a[3]) + (1 - n.y) * np.log10(1 - n.a[3])).sum() / 2
    verdict = judge(calculation, Exercise("L", 0, 0, Symbol("L")), f"{L:.11e}")
    assert verdict.slip == "logarithm"


def test_the_slope_of_the_output_where_the_loss_cancels_it(made):
    calculation, n = made
    verdict = verdict_of(calculation, "delta", 2, (0, 1), (n.d[2] * n.s[2])[0, 1])
    assert verdict.slip == "derivative"
    assert verdict.sentence == "σ′ is one too many: the derivative of this loss cancels it."


def test_two_slips_at_once(made):
    calculation, n = made
    slope, back = n.s[0][0, 1], (n.d[1] @ n.W[1].T)[0, 1]
    deeper = ((n.d[2] @ n.W[2].T) @ n.W[1].T)[0, 1]
    for wrong in (-back, 2 * back, 4 * n.d[0][0, 1], -n.d[1].sum() * slope, n.d[1].sum(), deeper):
        verdict = verdict_of(calculation, "delta", 0, (0, 1), wrong)
        assert verdict.slip == TWO, wrong
    verdict = verdict_of(calculation, "delta", 0, (0, 1), -back)
    said = f"multiply ∂L/∂a[1] by σ′(z[1]) = {slope:.4g}."
    assert verdict.sentence.startswith("Two slips at once give this number. The sign is wrong.")
    assert verdict.sentence.endswith(said)


def test_one_slip_comes_before_two():
    for task in examples():
        worked = task.worked()
        for exercise in exercises(worked):
            wrong = wrong_values(worked, exercise)
            for one in (row for row in wrong if row.slip != TWO):
                verdict = judge(worked, exercise, f"{one.value:.11e}")
                assert verdict.slip != TWO, (task.name, exercise, one)


def test_no_slip_is_the_right_number_0_or_not_finite():
    for task in (*examples(), *map(random_task, range(12))):
        worked = task.worked()
        for exercise in exercises(worked):
            values = [wrong.value for wrong in wrong_values(worked, exercise)]
            assert np.isfinite(values).all()
            assert not any(value == 0 or same(value, right_value(worked, exercise)) for value in values)


def test_a_change_of_nothing_that_is_asked_for_gives_no_number(made):
    calculation, _ = made
    exercise = next(one for one in exercises(calculation) if one.step == "delta2")
    question = Question(calculation, exercise)
    assert np.isnan(question.after(Change({"dW1": lambda values: values["dW1"] * 2})))
    assert np.isnan(question.after(Change()))
    assert np.isnan(question.after(Change({"delta3": lambda values: values["nothing"]})))
    assert question.after(Change(factor=3)) == pytest.approx(3 * right_value(calculation, exercise))


def test_changes_of_one_step_cannot_be_made_together():
    first, second = Change({"z1": lambda values: values["a1"]}), Change(factor=2)
    assert first.together(first) is None
    both = first.together(second)
    assert both is not None
    assert (set(both.results), both.factor) == ({"z1"}, 2)


def test_every_slip_has_a_row_of_its_own():
    assert all(name == row.name for name, row in SLIPS.items())
