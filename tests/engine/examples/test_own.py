"""Networks with numbers of one's own: their numbers, their links, and what changes keep."""

import re
import struct
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import ACTIVATIONS, LOSSES, SYSTEMS, Network, make_activation, make_loss
from engine.examples.own import MOST_NUMBERS, OwnNetwork, count_parameters, one_hot
from engine.examples.own_changes import with_activation, with_matrix, with_widths
from engine.runs.links import from_query, to_query

X = np.array([[16.0, -6.0]])
W1, W2 = np.array([[0.1, 0.2], [0.3, -0.4]]), np.array([[0.2, -0.3, 0.1], [0.4, 0.1, -0.2]])
B1, B2 = np.array([0.5, -0.5]), np.array([0.0, 0.1, -0.1])


def lecture():
    return OwnNetwork.of(X, one_hot([2.0], 3), [W1, W2], [B1, B2], ("relu", "softmax"), "cce", 0.1)


@st.composite
def networks(draw):
    """Any legal network, with floats of any size and sign."""
    widths = tuple(draw(st.lists(st.integers(1, 8), min_size=2, max_size=5)))
    parameters = count_parameters(widths)
    while parameters > 120 or parameters + widths[0] + widths[-1] > MOST_NUMBERS:
        widths = tuple(max(1, width // 2) for width in widths)
        parameters = count_parameters(widths)
    per_sample = widths[0] + widths[-1]
    samples = draw(st.integers(1, min(5, (MOST_NUMBERS - parameters) // per_sample)))
    numbers = st.one_of(st.floats(-1e6, 1e6), st.integers(-9, 9).map(float), st.sampled_from([0.1, -0.0]))
    count = parameters + samples * per_sample
    values = tuple(draw(st.lists(numbers, min_size=count, max_size=count)))
    names = [name for name in ACTIVATIONS if name != "softmax"]
    activations = tuple(draw(st.sampled_from(names)) for _ in widths[1:])
    loss = draw(st.sampled_from([name for name, row in LOSSES.items() if row.output is None]))
    rate = draw(st.floats(1e-9, 1e6))
    return OwnNetwork(widths, activations, loss, rate, values)


def test_the_lecture_s_example_has_the_numbers_of_its_paper():
    """z₁ = (16·0.1 − 6·0.3 + 0.5, 16·0.2 + 6·0.4 − 0.5) = (0.3, 5.1); class 2 is the second."""
    net, inputs, targets = lecture().build()
    trace = net.forward(inputs)
    assert trace.Z[0] == pytest.approx(np.array([[0.3, 5.1]]))
    assert trace.Z[1] == pytest.approx(np.array([[2.1, 0.52, -1.09]]))
    assert net.loss(trace, targets, "cce") == pytest.approx(1.800859, abs=5e-7)


@given(networks())
@settings(max_examples=60)
def test_a_network_survives_its_link_to_the_bit_in_fewer_than_1900_characters(own):
    query = to_query(own)
    again = from_query(OwnNetwork, query)
    assert again == own
    packed = [struct.pack(f"{len(one.numbers)}d", *one.numbers) for one in (own, again)]
    assert packed[0] == packed[1]
    assert len(urlencode(query)) < 1900


def test_the_largest_network_with_the_longest_numbers_has_a_link_below_1800_characters():
    rng = np.random.default_rng(1)
    numbers = tuple(rng.uniform(-1e6, 1e6, MOST_NUMBERS).tolist())
    own = OwnNetwork((8, 7, 4, 3), ("sigmoid",) * 3, "mse", 0.1 + 0.2, (*numbers[:110], *numbers[:11]))
    full = OwnNetwork((5, 7, 7, 2), ("leaky_relu", "leaky_relu", "linear"), "mse", 1 / 3, numbers[: 114 + 35])
    assert max(len(urlencode(to_query(one))) for one in (own, full)) < 1800


def test_a_link_with_short_numbers_can_be_read_by_people():
    assert to_query(lecture())["own"].startswith("16~-6~0~1~0~0.1~0.2~0.3~-0.4~")


@pytest.mark.parametrize(
    "query",
    [
        {"own": "1~2"},
        {"own": ""},
        {"own": "none"},
        {"own": "1~0.5~1~0.6~x~0.1"},
        {"own": "1~0.5~1~0.6~nan~0.1"},
        {"own": "1~0.5~1~0.6~inf~0.1"},
        {"own": "1~0.5~1~0.6~1e7~0.1"},
        {"own": "pAAA"},
        {"own": "p" + "A" * 11_000},
        {"own": "p!" + "A" * 10},
        {"own": "p" + "_" * 64},
        {"own": "~".join("1" * 5000)},
        {"own_dims": "2~2"},
        {"own_dims": "9~1"},
        {"own_dims": "0~1"},
        {"own_dims": "-1~1"},
        {"own_dims": "1"},
        {"own_dims": "none"},
        {"own_dims": "8~8~8"},
        {"own_dims": "9" * 40 + "~1"},
        {"own_dims": "~".join("1" * 3000)},
        {"own_act": "magic"},
        {"own_act": "relu~relu"},
        {"own_act": "softmax"},
        {"own_loss": "cce"},
        {"own_loss": "x" * 500},
        {"own_eta": "0"},
        {"own_eta": "nan"},
        {"own_loss": "bce", "own": "1~0.5~2~0.6~-0.4~0.1"},
    ],
)
def test_a_hostile_link_is_refused_in_one_sentence(query):
    with pytest.raises(ValueError, match=r"\.( .*)?$") as caught:
        from_query(OwnNetwork, query)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"widths": (2,)}, "the inputs first and the outputs last, like 2-2-3. Got 1."),
        ({"widths": (2, 9, 3)}, "Every width must be a whole number between 1 and 8. Got 9."),
        ({"widths": (2, True, 3)}, "Every width must be a whole number between 1 and 8. Got True."),
        ({"widths": (8, 8, 8)}, "There must be at most 120 weights and biases. Got 144."),
        ({"activations": ("relu",)}, "There must be one activation per layer, 2. Got 1."),
        ({"learning_rate": 0.0}, "The learning rate must be above 0 and at most"),
        ({"loss": "bce"}, "bce needs a sigmoid output. Got softmax."),
        ({"numbers": (1.0,) * 21}, "and 5 numbers for each of 1 to 5 samples. Got 21 numbers."),
        ({"numbers": (0.0,) * (15 + 6 * 5)}, "for each of 1 to 5 samples. Got 45 numbers."),
        ({"numbers": ("1",) * 20}, "Every number must be a finite number. Got '1'."),
        ({"numbers": (float("nan"),) * 20}, "Every number must be a finite number. Got nan."),
        ({"numbers": (0.0,) * 19 + (2e6,)}, "b[2] must be between −1,000,000 and 1,000,000. Got 2e+06."),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_with_its_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        replace(lecture(), **change)


def test_at_most_150_numbers_are_taken():
    own = OwnNetwork((8, 6, 8), ("relu", "linear"), "mse", 0.1, (0.0,) * (110 + 2 * 16))
    assert own.samples == 2
    with pytest.raises(ValueError, match=r"There must be at most 150 numbers in X, Y, W and b\. Got 158"):
        replace(own, numbers=(0.0,) * (110 + 3 * 16))


@pytest.mark.parametrize("loss", LOSSES)
def test_a_target_may_be_what_the_loss_takes_and_another_is_refused_with_its_cell(loss):
    output, (least, most) = LOSSES[loss].output or "linear", LOSSES[loss].target_range
    own = replace(lecture(), activations=("relu", output), loss=loss)
    for value in (-1e6, -0.1, 0.0, 0.5, 1.0, 1.5, 1e6):
        Y = np.array([[0, value, 0]])
        if least <= value <= most:
            net, x, y = with_matrix(own, "Y", Y).build()
            net.loss(net.forward(x), y, loss)  # the engine takes it too
        else:
            bounds = f"between 0 and {min(most, 1e6):,.0f}"
            rule = f"must be {bounds} with {LOSSES[loss].label.lower()}. Got {value:g}."
            with pytest.raises(ValueError, match=re.escape(f"Row 1, column 2 of Y {rule}")):
                with_matrix(own, "Y", Y)


@pytest.mark.parametrize("number", [0.0, 4.0, 1.5, -1.0, float("inf")])
def test_a_class_is_a_whole_number_from_1(number):
    with pytest.raises(ValueError, match=r"A class must be a whole number between 1 and 3\. Got"):
        one_hot([number], 3)


# Taken from another network


@pytest.mark.parametrize("name", SYSTEMS)
def test_an_example_is_taken_over_as_it_is(name):
    system = SYSTEMS[name]
    net, given_x, given_y = system.build()
    loss = system.loss and make_loss(system.loss)
    own = OwnNetwork.from_network(net, given_x, given_y, loss, 0.1)
    again, x, y = own.build()
    assert again.dims == net.dims
    assert (x == given_x[: own.samples]).all()
    assert (y == given_y[: own.samples]).all()
    assert own.samples == (1 if net.bias == "per_sample" else min(5, system.samples))
    assert again.predict(x) == pytest.approx(net.predict(given_x)[: own.samples])


def test_a_network_that_is_too_large_is_refused():
    net = Network((2, 8, 8, 8, 1), ("tanh",) * 4)
    with pytest.raises(ValueError, match=r"at most 120 weights and biases\. Got 177"):
        OwnNetwork.from_network(net, np.zeros((1, 2)), np.zeros((1, 1)), make_loss("mse"), 0.1)


@pytest.mark.parametrize(
    ("hidden", "loss", "sentence"),
    [
        (
            make_activation("leaky_relu", slope=0.5),
            "mse",
            "Leaky ReLU must have its usual slope, 0.01. Got 0.5.",
        ),
        (make_activation("relu", grad_at_zero=1), "mse", "ReLU must have its usual grad_at_zero, 0. Got 1."),
        ("tanh", make_loss("huber", delta=0.5), "Huber must have its usual delta, 1. Got 0.5."),
    ],
)
def test_a_parameter_that_would_be_lost_is_refused(hidden, loss, sentence):
    net = Network((1, 2, 1), (hidden, "linear"), rng=0)
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        OwnNetwork.from_network(net, np.ones((1, 1)), np.ones((1, 1)), make_loss(loss), 0.1)


def test_a_parameter_that_is_given_but_is_the_default_is_taken_over():
    net = Network((1, 2, 1), (make_activation("leaky_relu", slope=0.01), "linear"), rng=0)
    own = OwnNetwork.from_network(net, np.ones((1, 1)), np.ones((1, 1)), make_loss("huber", delta=1), 0.1)
    assert (own.activations, own.loss) == (("leaky_relu", "linear"), "huber")


# Changed


def test_another_matrix_changes_nothing_else():
    own = lecture()
    for name, matrix in own.matrices().items():
        if name != "Y":
            changed = with_matrix(own, name, matrix + 1)
            assert {k for k, v in changed.matrices().items() if (v != own.matrices()[k]).any()} == {name}


def test_a_new_sample_gets_the_target_0_or_class_1_and_a_lost_one_takes_its_target_along():
    more = with_matrix(lecture(), "X", np.array([[1.0, 2], [3, 4]]))
    assert more.matrices()["Y"].tolist() == [[0, 1, 0], [1, 0, 0]]
    squared = with_matrix(replace(lecture(), loss="sse"), "X", np.array([[1.0, 2], [3, 4]]))
    assert squared.matrices()["Y"].tolist() == [[0, 1, 0], [0, 0, 0]]
    assert with_matrix(more, "X", X) == lecture()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("Y", np.ones((4, 3)), "Y must have shape (1, 3)"),
        ("W[2]", W2.T, "W[2] must have shape (2, 3)"),
        ("b[1]", B1, "b[1] must have shape (1, 2)"),
        ("X", np.ones((6, 2)), "X must have at most 5 samples. Got 6."),
        ("X", X.T, "X must have shape (N, 2)"),
        ("W[3]", W2, "name must be one of X, Y, W[1], W[2], b[1], b[2]. Got 'W[3]'."),
    ],
)
def test_a_matrix_of_another_shape_or_name_is_refused(name, value, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        with_matrix(lecture(), name, value)


@given(networks(), networks())
@settings(max_examples=40)
def test_other_widths_keep_what_both_networks_have_room_for(own, other):
    if len(other.widths) != len(own.widths) or own.samples * (other.widths[0] + other.widths[-1]) > 30:
        return
    changed = with_widths(own, other.widths)
    for name, new in changed.matrices().items():
        old = own.matrices()[name]
        rows, columns = np.minimum(old.shape, new.shape)
        assert (new[:rows, :columns] == old[:rows, :columns]).all()
        assert np.count_nonzero(new) == np.count_nonzero(new[:rows, :columns])
    assert changed.activations == own.activations
    assert with_widths(own, own.widths) == own


def test_a_new_layer_leaves_the_numbers_before_and_behind_it():
    wider = with_widths(lecture(), (2, 2, 4, 3))
    given = wider.matrices()
    assert wider.activations == ("relu", "relu", "softmax")
    assert (given["W[1]"] == W1).all()
    assert not given["W[2]"].any()
    assert (given["W[3]"][:2] == W2).all()
    assert (given["b[3]"] == B2).all()
    assert with_widths(wider, (2, 2, 3)) == lecture()


def test_a_new_first_layer_leaves_the_output_layer():
    given = with_widths(lecture(), (2, 5, 2, 3)).matrices()
    assert (given["W[3]"] == W2).all()
    assert (given["W[2]"][:2] == W1).all()
    assert not given["W[1]"].any()


def test_without_its_hidden_layer_the_network_keeps_its_output():
    shorter = with_widths(lecture(), (2, 2))
    assert shorter.activations == ("softmax",)
    assert (shorter.matrices()["W[1]"] == W1).all()


def test_another_output_takes_its_usual_loss_only_if_the_present_one_is_not_defined_for_it():
    assert with_activation(lecture(), 1, "sigmoid").loss == "bce"
    assert with_activation(lecture(), 1, "linear").loss == "half_mse"
    assert with_activation(lecture(), 0, "tanh") == replace(lecture(), activations=("tanh", "softmax"))
    assert with_activation(replace(lecture(), loss="sse"), 1, "sigmoid").loss == "sse"


def test_a_new_softmax_brings_cross_entropy_along_where_the_targets_suit_it():
    squared = replace(lecture(), activations=("relu", "linear"), loss="half_sse")
    assert with_activation(squared, 1, "softmax").loss == "cce"
    assert with_activation(with_matrix(squared, "Y", [[-1, 0, 2]]), 1, "softmax").loss == "half_sse"
    assert with_activation(replace(lecture(), loss="mse"), 0, "tanh").loss == "mse"
