"""Exercises and slips: every right answer is accepted, every slip made on purpose is named."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Network, make_activation, make_optimizer
from engine.examples.systems import SYSTEMS
from engine.practice.answers import CLOSE, UNCLEAR, judge, same, wrong_values
from engine.practice.carrying import close_within
from engine.practice.exercises import Exercise, exercises, right_value
from engine.practice.slips import SLIPS, TWO
from engine.worked.expressions import Symbol
from engine.worked.worked import work


@cache
def worked(name, optimizer=None):
    system = SYSTEMS[name]
    net, X, Y = system.build()
    rule = make_optimizer(optimizer, 0.1) if optimizer else system.make_optimizer()
    return work(net, X, Y, system.loss, rule, keep_biases=system.keep_biases)


def asked(calculation, key):
    return next(exercise for exercise in exercises(calculation) if exercise.step == key)


def typed(value):
    """As a learner would: 3 significant digits, no exponent unless it is needed."""
    return f"{value:.3g}"


def asking_for(value):
    """An exercise whose right answer is this value: one linear neuron with input 1."""
    net = Network((1, 1), ("linear",))
    net.theta[...] = [value, 0.0]
    calculation = work(net, [[1.0]], [[0.0]], "mse")
    return calculation, asked(calculation, "a1")


CASES = [(name, exercise.step) for name in SYSTEMS for exercise in exercises(worked(name))]


def test_a_network_has_one_exercise_per_kind_and_an_error_per_layer():
    keys = [exercise.step for exercise in exercises(worked("seed003_bce"))]
    assert keys == ["a1", "L", "delta3", "delta2", "db2", "delta1", "dW1", "new_W3"]
    assert [exercise.step for exercise in exercises(worked("seed004_linear"))] == ["a1"]
    assert "db2" not in [exercise.step for exercise in exercises(worked("seed001"))]


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_exercise_asks_for_a_finite_entry_that_is_there(name):
    for exercise in exercises(worked(name)):
        assert math.isfinite(right_value(worked(name), exercise))
        assert exercise.symbol.key == exercise.step


@pytest.mark.parametrize(("name", "key"), CASES)
def test_a_right_answer_is_accepted_with_point_or_comma_and_three_digits_or_all(name, key):
    exercise = asked(worked(name), key)
    right = right_value(worked(name), exercise)
    for text in (repr(right), typed(right), f"{right:.2e}", f"{right:.12f}"):
        for form in (text, text.replace(".", ","), f"  {text} ", text.replace("-", "−")):
            verdict = judge(worked(name), exercise, form)
            assert verdict.right, (form, right, verdict)
            assert verdict.slip is None


@pytest.mark.parametrize("optimizer", [None, "adam"])
@pytest.mark.parametrize(("name", "key"), CASES)
def test_a_slip_made_on_purpose_is_named(name, key, optimizer):
    calculation = worked(name, optimizer)
    exercise = asked(calculation, key)
    right, close = right_value(calculation, exercise), close_within(calculation, exercise)
    wrong = [made for made in wrong_values(calculation, exercise) if abs(made.value - right) > close]
    for made in wrong:
        verdict = judge(calculation, exercise, f"{made.value:.11e}")
        assert not verdict.right
        alone = [other for other in wrong if other.slip != TWO] if made.slip != TWO else wrong
        exact = {other.slip for other in alone if math.isclose(other.value, made.value, rel_tol=1e-8)}
        twins = {other.slip for other in wrong if same(made.value, other.value)} - {TWO}
        assert verdict.slip in (exact if made.slip != TWO or not twins else twins), (made, verdict)
        assert verdict.sentence.endswith(".")


@pytest.mark.parametrize(("name", "key"), CASES)
def test_no_slip_gives_the_right_number(name, key):
    exercise = asked(worked(name), key)
    right = right_value(worked(name), exercise)
    assert all(not same(wrong.value, right) for wrong in wrong_values(worked(name), exercise))


def test_every_slip_can_be_made_on_some_system():
    made = {
        wrong.slip for name, key in CASES for wrong in wrong_values(worked(name), asked(worked(name), key))
    }
    assert made == set(SLIPS)


# Slips computed by hand, not by the table.


def by_hand(name):
    """δ of all layers and what they are made of, with plain NumPy: index 0 is the first layer."""
    system = SYSTEMS[name]
    net, X, Y = system.build()
    trace = net.forward(X)
    return net, trace, net.backward(trace, Y, system.loss), X, Y


def slip_of(name, key, matrix):
    exercise = asked(worked(name), key)
    verdict = judge(worked(name), exercise, f"{matrix[exercise.row, exercise.column]:.11e}")
    assert not verdict.right
    return verdict.slip or verdict.sentence


LEARNED = [name for name, system in SYSTEMS.items() if system.loss]


@pytest.mark.parametrize("name", [name for name in LEARNED if name != "one_neuron"])
def test_a_hidden_error_without_its_sigma_prime(name):
    net, _, gradient, *_ = by_hand(name)
    if net.activations[0].name == "sigmoid":
        without = gradient.dZ[1] @ net.W[1].T
        assert slip_of(name, "delta1", without) == "derivative"


def test_the_error_of_the_output_without_its_sigma_prime():
    _, trace, _, _, Y = by_hand("seed003_half")
    assert slip_of("seed003_half", "delta3", trace.A[-1] - Y) == "derivative"


@pytest.mark.parametrize("name", LEARNED)
def test_every_learned_number_with_the_sign_turned(name):
    _, _, gradient, *_ = by_hand(name)
    last = len(gradient.dW)
    assert slip_of(name, f"delta{last}", -gradient.dZ[-1]) == "sign"
    assert slip_of(name, "dW1", -gradient.dW[0]) == "sign"


@pytest.mark.parametrize("name", ["seed002_b", "seed004_mlp"])
def test_a_mean_without_its_divisor(name):
    _, _, gradient, X, _ = by_hand(name)
    assert slip_of(name, "delta1", gradient.dZ[0] * len(X)) == "average"
    assert slip_of(name, "dW1", gradient.dW[0] * len(X)) == "average"


@pytest.mark.parametrize("name", ["classic", "seed003_half", "seed000", "seed001", "seed002_b"])
def test_the_two_of_the_square(name):
    _, _, gradient, *_ = by_hand(name)
    assert slip_of(name, "dW1", gradient.dW[0] * 2) == "factor"
    assert slip_of(name, "delta1", gradient.dZ[0] / 2) == "factor"


@pytest.mark.parametrize("name", LEARNED)
def test_the_gradient_the_step_and_the_sum_in_place_of_the_new_weight(name):
    net, _, gradient, *_ = by_hand(name)
    eta, key = SYSTEMS[name].learning_rate, f"new_W{len(net.W)}"
    assert slip_of(name, key, gradient.dW[-1]) == "update"
    assert slip_of(name, key, eta * gradient.dW[-1]) == "update"
    added = slip_of(name, key, net.W[-1] + eta * gradient.dW[-1])
    assert added == "update" or added.startswith(f"{CLOSE} Or, if you did: The step was added")


def test_the_old_weight_is_not_the_new_one():
    # one neuron: w ← 0.6 − 0.5·δ with δ = −0.0887
    net, *_ = by_hand("one_neuron")
    assert slip_of("one_neuron", "new_W1", net.W[0]) == "update"


def advice(calculation, key, value):
    return judge(calculation, asked(calculation, key), repr(float(value))).sentence


@pytest.mark.parametrize("rule", ["adam", "rmsprop", "adagrad", "sign", "sgd"])
def test_eta_times_the_gradient_is_advised_only_where_that_gives_the_right_number(rule):
    calculation = worked("seed003_bce", rule)
    exercise = asked(calculation, "new_W3")
    place = exercise.row, exercise.column
    old, gradient = calculation.values["W3"][place], calculation.values["dW3"][place]
    right = right_value(calculation, exercise)
    follows = same(old - 0.1 * gradient, right)
    assert follows == (rule == "sgd")
    said = advice(calculation, "new_W3", gradient)
    assert said.startswith("This is the gradient")
    assert ("subtract η times it" in said) == follows
    without_rate = advice(calculation, "new_W3", old - (old - right) / 0.1)
    assert ("multiply the gradient by η" in without_rate) == follows
    assert "by η = 0.1" in without_rate


def test_the_square_in_huber_and_a_loss_without_logarithm_are_said_as_they_are():
    net, X, Y = SYSTEMS["seed003_half"].build()
    huber, sse = work(net, X, Y, "huber"), work(net, X, Y, "sse")
    said = advice(huber, "L", 2 * huber.loss_before)
    assert "r²/2 near 0" in said
    assert "No square" not in said
    assert "No square" in advice(work(net, X, Y, "mae"), "L", 2 * work(net, X, Y, "mae").loss_before)
    assert advice(sse, "L", -sse.loss_before) == "The sign is wrong. A loss is not negative."
    bce = worked("seed003_bce")
    assert "log a is" in advice(bce, "L", -bce.loss_before)


def test_a_mean_over_the_samples_is_no_mean_over_the_outputs():
    calculation = worked("seed004_mlp")  # N = 4, K = 3
    said = advice(calculation, "L", 4 * calculation.loss_before)
    assert said.startswith("1/N is missing: this loss is a mean over 4 samples.")
    assert judge(calculation, asked(calculation, "L"), repr(3 * calculation.loss_before)).slip is None


def test_a_sum_divided_by_the_samples_is_said_to_be_no_mean():
    calculation = worked("seed000")  # the sum of squares over N = 4
    said = advice(calculation, "L", calculation.loss_before / 4)
    assert said == "There is an extra factor of 1/4: this loss is a sum over the samples, not a mean."


def test_a_matrix_that_is_not_transposed_where_it_is_square():
    net, trace, gradient, *_ = by_hand("classic")
    a = trace.A[1]
    wrong = (gradient.dZ[1] @ net.W[1]) * a * (1 - a)
    assert slip_of("classic", "delta1", wrong) == "transposed"
    assert slip_of("classic", "dW1", gradient.dW[0].T) == "transposed"


def test_the_matrix_that_lies_the_wrong_way_round_is_named_without_a_T():
    calculation = worked("classic")
    wrong = wrong_values(calculation, asked(calculation, "delta1"))
    assert Symbol("W", 1) in [part for made in wrong for part in made.sentence]


def test_z_in_place_of_a_and_sigma_prime_at_a():
    net, trace, gradient, *_ = by_hand("seed003_bce")
    assert slip_of("seed003_bce", "a1", trace.Z[0]) == "activation"
    sigma = 1 / (1 + np.exp(-trace.A[2]))
    wrong = (gradient.dZ[2] @ net.W[2].T) * sigma * (1 - sigma)
    assert slip_of("seed003_bce", "delta2", wrong) == "activation"
    new = net.W[2] - 0.1 * trace.Z[1].T @ gradient.dZ[2]
    assert slip_of("seed003_bce", "new_W3", new) == "activation"


def test_the_missing_factor_is_said_with_its_number():
    # seed 003: δ[3]·W[3]₂₁ = −0.2181·1.2741 = −0.2779, and σ′(z[2]₂) = 0.1818·0.8182 = 0.1487
    calculation = worked("seed003_bce")
    verdict = judge(calculation, asked(calculation, "delta2"), "−0,2779")
    assert verdict.slip == "derivative"
    assert verdict.sentence == "σ′ is missing: multiply ∂L/∂a[2] by σ′(z[2]) = 0.1487."


def test_two_slips_with_one_number_are_both_said():
    calculation = worked("one_neuron")  # its η is 0.5, so the step is half of the gradient
    exercise = asked(calculation, "dW1")
    sentence = judge(calculation, exercise, repr(right_value(calculation, exercise) / 2)).sentence
    assert "factor of ½" in sentence
    assert "which contains η" in sentence


def test_a_slip_is_not_said_twice_where_it_gives_one_number_in_two_ways():
    net = Network((1, 1), ("linear",), rng=1)
    calculation = work(net, np.ones((5, 1)), np.zeros((5, 1)), "half_mse")  # N·K = N, for K is 1
    said = advice(calculation, "L", 5 * calculation.loss_before)
    assert said == "1/(N·K) is missing: this loss is a mean over 5 numbers."


def test_a_hidden_softmax_misses_its_jacobian():
    rng = np.random.default_rng(0)
    net = Network((3, 4, 2), ("softmax", "linear"), rng=1)
    X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    calculation = work(net, X, Y, "mse")
    exercise = asked(calculation, "delta1")
    da = calculation.step("da1").result.value[exercise.row, exercise.column]
    verdict = judge(calculation, exercise, repr(float(da)))
    assert verdict.slip == "derivative"
    assert "Jacobian" in verdict.sentence


def test_the_exercises_of_a_dead_relu_ask_for_zero():
    net = Network((1, 1, 1), (make_activation("relu"), "linear"))
    net.theta[...] = [-1.0, 0.0, 2.0, 0.0]
    calculation = work(net, [[3.0]], [[1.0]], "mse", make_optimizer("sgd", 0.1))
    exercise = asked(calculation, "a1")
    assert judge(calculation, exercise, "0").right
    assert judge(calculation, exercise, "-0,0").right
    assert judge(calculation, exercise, "−3").slip == "activation"
    assert not judge(calculation, exercise, "0.001").right


def test_of_an_activation_the_middle_one_is_asked_because_the_largest_may_be_flat():
    net = Network((1, 3, 1), ("sigmoid", "linear"), bias="none")
    net.W[0][...] = [[8.0, 0.0, -1.0]]  # a1 = (0.9997, 0.5, 0.27)
    assert asked(work(net, [[1.0]], [[0.0]], "mse"), "a1").column == 1


def test_of_a_matrix_the_largest_entry_off_the_diagonal_is_asked_because_there_a_transposition_shows():
    net = Network((2, 2), ("linear",), bias="none")
    net.W[0][...] = 0.0
    calculation = work(net, [[3.0, 1.0]], [[-2.0, -1.0]], "half_sse")  # dW = (3, 1)ᵀ(2, 1) = (6 3; 2 1)
    exercise = asked(calculation, "dW1")
    assert (exercise.row, exercise.column) == (0, 1)


def test_a_network_out_of_range_asks_nothing_that_is_not_a_number():
    net = Network((1, 1), ("linear",))
    calculation = work(net, [[math.nan]], [[1.0]], "mse")
    assert exercises(calculation) == ()


# What is typed: tests/engine/test_numbers.py reads the numbers


@pytest.mark.parametrize("form", ["1,375", " 1,375 ", "1.375", "11/8", "137.5%", "1,375·10⁰"])
def test_a_comma_that_may_be_either_is_a_decimal_one_where_that_is_right(form):
    calculation, exercise = asking_for(1.375)
    assert judge(calculation, exercise, form).right


@pytest.mark.parametrize("text", ["1,375", "1,234.5", "abc", "nan", "1e400", "9" * 99, "__import__('os')"])
def test_what_cannot_be_read_in_one_way_is_asked_back_without_a_verdict(text):
    calculation, exercise = asking_for(2.5)
    verdict = judge(calculation, exercise, text)
    assert (verdict.right, verdict.slip, verdict.value) == (False, None, None)
    assert verdict.sentence == UNCLEAR
    assert judge(calculation, exercise, " ").sentence == "Type a number, for example −1.234."


def test_two_digits_are_asked_for_a_third():
    calculation = worked("seed003_bce")
    exercise = asked(calculation, "delta2")  # −0.041335
    assert "three digits" in judge(calculation, exercise, "-0.041").sentence
    assert "three digits" in judge(calculation, exercise, "-0.04").sentence
    assert judge(calculation, exercise, "-0.0413").right


def test_the_third_digit_must_be_right():
    calculation = worked("seed003_bce")
    exercise = asked(calculation, "delta2")  # −0.041335
    assert not judge(calculation, exercise, "-0.0414").right
    assert same(1.235, 1.23)  # half of the last digit off, as far as rounding goes
    assert not same(1.236, 1.23)


def test_a_number_that_fits_nothing_is_said_to_fit_nothing():
    calculation = worked("seed003_bce")
    verdict = judge(calculation, asked(calculation, "delta2"), "17.3")
    assert (verdict.right, verdict.slip) == (False, None)
    assert "no common mistake" in verdict.sentence


@settings(max_examples=400, deadline=None)
@given(st.text() | st.from_regex(r"[-−+]?[0-9 ]*[.,]?[0-9]*([eE·*x][-−+0-9^⁻²]*)?", fullmatch=True))
def test_no_text_makes_it_raise(text):
    calculation = worked("one_neuron")
    verdict = judge(calculation, exercises(calculation)[1], text)
    assert verdict.sentence


def test_an_exercise_can_be_made_for_any_entry():
    calculation = worked("seed003_bce")
    exercise = Exercise("z2", 0, 1, Symbol("z", 1))
    a = float(calculation.values["a2"][0, 1])
    assert judge(calculation, exercise, repr(a)).slip == "activation"
