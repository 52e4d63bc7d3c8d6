"""A link holds everything that defines a run."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import DATASETS, OPTIMIZERS, SCHEDULES, Experiment
from pages.playground.presets import PRESETS
from pages.playground.sharing import KEYS, from_query, to_query


def test_every_field_of_an_experiment_has_its_place_in_a_link():
    assert set(KEYS) == {field.name for field in fields(Experiment)}
    assert len(set(KEYS.values())) == len(KEYS)


def test_the_default_experiment_has_an_empty_link():
    assert to_query(Experiment()) == {}
    assert from_query({}) == Experiment()


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_survives_its_link(name):
    experiment = PRESETS[name].experiment
    query = to_query(experiment)
    assert from_query(query) == experiment
    assert all(value for value in query.values())


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
    )
    reread = from_query(to_query(experiment))
    assert reread == experiment
    assert reread.settings == experiment.settings


@pytest.mark.parametrize(
    "query",
    [
        {"net": "4~x"},
        {"net": "99"},
        {"lr": "nan"},
        {"lr": "1e999"},
        {"data": "__import__('os')"},
        {"optp": "momentum"},
        {"optp": "momentum~0.5~lr~3"},
        {"seed": "1" * 5000},
        {"n": "1000000000"},
        {"speed": "1.5"},
        {"frozen": "-1"},
    ],
)
def test_a_link_that_cannot_be_read_is_refused_with_one_sentence(query):
    with pytest.raises(ValueError, match=r"^[^\n]{5,400}$"):
        from_query(query)


def test_parameters_that_are_not_ours_are_left_alone():
    assert from_query({"embed": "true", "utm_source": "x"}) == Experiment()
