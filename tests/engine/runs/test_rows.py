"""One row per setting: what lists the settings follows from their rows."""

import copy
import json
from dataclasses import asdict, fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import DATASETS, OPTIMIZERS, SCHEDULES, Experiment
from engine.arrays import RefusalError
from engine.runs.experiment import LIVE
from engine.runs.links import from_query, to_query
from engine.runs.provenance import left_out, summary
from engine.runs.rows import in_words, rows
from engine.runs.run import open_parameters

# Every setting counts here: drawn points of any number of classes, a penalty, a schedule with parameters.
BASE = Experiment().changed(
    dataset="blobs",
    optimizer_parameters=(("momentum", 0.5),),
    regularization="l2",
    regularization_rate=0.01,
    schedule="step",
    clip_norm=1.0,
)
OTHERS = {
    "features": ("x1", "x2", "x1x2"),
    "hidden": (4, 3),
    "activations": ("tanh", "relu"),
    "output_activation": "sigmoid",
    "optimizer_parameters": (("momentum", 0.75),),
    "schedule_parameters": tuple((row.name, row.default * 2) for row in SCHEDULES["step"].parameters),
    "frozen": (2, 3),
    "optimizer": "adagrad",
    "classes": 3,
}
"""Where a value that is one step off would be none, or would drag others with it."""


def another(name):
    """A value of a field that differs from the base's, found from the row's bounds."""
    value, bounds = getattr(BASE, name), rows(Experiment)[name].bounds
    if name in OTHERS:
        return OTHERS[name]
    if "options" in bounds:
        return next(option for option in bounds["options"] if option != value)
    if name == "loss":
        return "mse_sample"
    if isinstance(value, int):
        return value + 1
    return (value + bounds.get("most", value + 1)) / 2


def changed(name):
    more = {"optimizer_parameters": ()} if name == "optimizer" else {}
    more |= {"loss": "mse"} if name == "output_activation" else {}
    more |= {"schedule_parameters": ()} if name == "schedule" else {}
    return replace(BASE, **{name: another(name)} | more)


@pytest.mark.parametrize("name", rows(Experiment))
def test_every_field_changes_the_line_that_says_how_a_picture_was_made(name):
    assert summary(changed(name)) != summary(BASE)


@pytest.mark.parametrize("name", rows(Experiment))
def test_every_field_survives_link_and_json(name):
    other = changed(name)
    assert getattr(other, name) != getattr(BASE, name)
    assert from_query(Experiment, to_query(other)) == other
    assert Experiment.from_json(other.to_json()) == other
    assert json.loads(other.to_json())[name] == json.loads(json.dumps(asdict(other)[name]))


@pytest.mark.parametrize("name", rows(Experiment))
def test_a_field_belongs_to_the_same_run_exactly_if_it_is_live(name):
    assert BASE.same_run(changed(name)) == rows(Experiment)[name].live == (name in LIVE)


def test_every_field_has_its_row_but_the_table_which_no_link_can_carry():
    assert [*rows(Experiment), "table"] == [entry.name for entry in fields(Experiment)]


def test_two_learning_rates_that_differ_in_their_last_digit_are_told_apart():
    near = replace(BASE, learning_rate=0.1 + 0.2)
    assert summary(near) != summary(replace(BASE, learning_rate=0.3))


def test_the_line_of_the_default_experiment():
    assert summary(Experiment()) == (
        "Circle, 500 points, noise 0 %, train 50 %, data seed 0 · inputs x₁ x₂ · "
        "network 2-4-2-1, all tanh · Half MSE, batch 10, SGD 0.03 · Glorot uniform, seed 0"
    )


def test_parameters_are_said_in_the_words_of_their_controls():
    steps = (("decay", 0.5), ("every", 5))
    line = summary(replace(BASE, schedule="step", schedule_parameters=steps, activations=("relu", "tanh")))
    assert "ReLU, tanh" in line
    assert "Every 5 epochs" in line


def test_what_a_plain_step_leaves_out_is_said_by_the_rows():
    assert left_out(Experiment()) == []
    everything = replace(BASE, frozen=(0,), regularization="l1")
    assert left_out(everything) == ["the L1 penalty", "gradient clipping", "frozen weights"]
    assert left_out(replace(BASE, regularization="weight_decay", clip_norm=0.0)) == []


def test_a_penalty_of_rate_0_adds_nothing_and_is_not_said_to_be_left_out():
    assert left_out(Experiment(regularization="l2")) == []


@pytest.mark.parametrize(
    ("speed", "unit", "said"),
    [
        (5, "epoch", "5 epochs a frame"),
        (1, "mini-batch", "1 mini-batch a frame"),
        (5, "mini-batch", "5 mini-batches a frame"),
    ],
)
def test_what_a_frame_counts_is_said_unless_it_is_one_epoch(speed, unit, said):
    assert summary(Experiment(speed=speed, unit=unit)).endswith(f" · {said}")
    assert "frame" not in summary(Experiment())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_experiment_survives_its_link(data):
    draw = data.draw
    optimizer = draw(st.sampled_from(list(OPTIMIZERS)))
    schedule = draw(st.sampled_from(list(SCHEDULES)))
    experiment = Experiment().changed(
        dataset=draw(st.sampled_from(list(DATASETS))),
        noise=draw(st.floats(0, 0.5)),
        hidden=tuple(draw(st.lists(st.integers(1, 16), max_size=8))),
        learning_rate=draw(st.floats(1e-6, 10)),
        optimizer=optimizer,
        optimizer_parameters=tuple((row.name, row.default) for row in OPTIMIZERS[optimizer].parameters),
        schedule=schedule,
        schedule_parameters=tuple((row.name, row.default) for row in SCHEDULES[schedule].parameters),
        seed=draw(st.integers(0, 2**32 - 1)),
        stop_loss=draw(st.floats(0, 10)),
        frozen=tuple(draw(st.lists(st.integers(0, 400), max_size=300, unique=True))),
    )
    reread = from_query(Experiment, to_query(experiment))
    assert reread == experiment
    assert reread.settings == experiment.settings


def test_a_page_calls_a_refused_setting_what_its_control_is_called():
    with pytest.raises(ValueError, match=r"^clip_norm must be >= 0\. Got -1\.$") as refused:
        Experiment(clip_norm=-1)
    assert in_words(refused.value, Experiment) == "Clip the gradient at norm must be >= 0. Got -1."
    with pytest.raises(ValueError, match=r"^optimizer_parameters must be") as refused:
        Experiment(optimizer_parameters=3)
    assert in_words(refused.value, Experiment).startswith("The optimiser's parameters must be")
    with pytest.raises(ValueError, match=r"^momentum must be between 0 and 1\. Got 3\.$") as refused:
        Experiment(optimizer_parameters=(("momentum", 3),))
    assert in_words(refused.value, Experiment) == "Momentum μ must be between 0 and 1. Got 3."
    (said,) = open_parameters({"journal": "3~lr~0"}).refusals
    assert said.startswith("At frame 3: Learning rate must be above 0")
    assert in_words(RefusalError("ε", "must be > 0."), Experiment) == "ε must be > 0."
    assert in_words(ValueError("nesterov needs momentum > 0."), Experiment) == "nesterov needs momentum > 0."


@pytest.mark.parametrize("name", rows(Experiment))
def test_no_refusal_of_a_setting_says_its_field_s_name_on_a_page(name):
    """Each is given an object that it can't be."""
    with pytest.raises(ValueError, match=name) as refused:
        Experiment(**{name: object()})
    said = in_words(refused.value, Experiment)
    assert "_" not in said.partition(" must ")[0]
    assert said[0].isupper()


def test_a_refusal_survives_the_way_from_another_process():
    refused = copy.copy(RefusalError("rate", "must be > 0. Got 0."))  # by the same protocol as a pickle
    assert str(refused) == "rate must be > 0. Got 0."
