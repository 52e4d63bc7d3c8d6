"""A drawing that the browser sends: which table it becomes, and what is refused in one sentence."""

import json

import numpy as np
import pytest

from engine import DATASETS, Experiment
from engine.data.datasets import MAX_CLASSES, make_dataset
from engine.data.features import FEATURES
from engine.data.own import MOST_ROWS
from pages.figures.theme import SHAPES
from pages.playground.own_data.draw import LIMITS, read_drawing, starting_points

DRAWN = {"x1": [0.1, -5.25, 3], "x2": [1 / 3, 6, 0.0], "kind": [0, 1, 1], "classes": ["0", "cat"]}


def test_a_drawing_is_a_table_of_the_very_same_numbers():
    table = read_drawing(json.loads(json.dumps(DRAWN)))
    np.testing.assert_array_equal(table.X, np.column_stack((DRAWN["x1"], DRAWN["x2"])))
    assert (table.name, table.inputs, table.classes) == ("drawing", ("x1", "x2"), ("0", "cat"))
    assert table.target.tolist() == [0, 1, 1]
    assert not table.standardised


def test_a_drawing_may_be_learned_from_all_features_of_the_plane():
    experiment = Experiment().changed(table=read_drawing(DRAWN))
    assert set(experiment.problem.features) == set(FEATURES)
    every = experiment.changed(features=tuple(FEATURES))
    assert every.trainer().X.shape[1] == len(FEATURES)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"x1": [0, 1]}, "Each point must have"),
        ({"x1": [0, 1, 6.001]}, "between −6 and 6"),
        ({"x1": [0, 1, float("nan")]}, "between −6 and 6"),
        ({"x1": [0, 1, "2"]}, "numbers alone"),
        ({"x1": [0, 1, True]}, "numbers alone"),
        ({"x1": [0, 1, 10**400]}, "between −6 and 6"),
        ({"x1": [0.0] * (MOST_ROWS + 1)}, "at most 20,000"),
        ({"x1": None}, "must be a list"),
        ({"kind": [0, 1, 2]}, "indices"),
        ({"kind": [0, 1, 0.5]}, "indices"),
        ({"kind": [1, 1, 1]}, "at least two classes"),
        ({"classes": ["0"]}, "2 to 10 classes"),
        ({"classes": "01"}, "2 to 10 classes"),
        ({"classes": ["0", "0"]}, "once"),
        ({"classes": ["0", 1]}, "text"),
        ({"classes": [str(k) for k in range(11)]}, "2 to 10 classes"),
    ],
)
def test_what_is_no_drawing_is_refused_in_one_sentence(change, rule):
    with pytest.raises(ValueError, match=rule):
        read_drawing(DRAWN | change)


@pytest.mark.parametrize("given", [None, 3, [], "x1"])
def test_a_drawing_that_is_no_record_is_refused(given):
    with pytest.raises(ValueError, match="A drawing"):
        read_drawing(given)


def test_a_drawing_has_room_for_as_many_points_as_a_table_and_a_shape_for_each_class():
    assert (LIMITS["most"], LIMITS["classes"]) == (MOST_ROWS, MAX_CLASSES)
    assert len(SHAPES) >= MAX_CLASSES
    many = np.zeros(MOST_ROWS)
    drawn = {"x1": many.tolist(), "x2": many.tolist(), "kind": (many + np.arange(MOST_ROWS) % 2).tolist()}
    assert len(read_drawing(drawn | {"classes": ["0", "1"]}).X) == MOST_ROWS


@pytest.mark.parametrize("name", [name for name, row in DATASETS.items() if row.classes and not row.fixed])
def test_a_drawing_may_start_from_any_classes_in_the_plane(name):
    data = make_dataset(name, samples=60, noise=0.5)
    start = starting_points(data)
    assert start is not None
    assert len(start["points"]) == 60
    columns = dict(zip(("x1", "x2", "kind"), map(list, zip(*start["points"], strict=True)), strict=True))
    table = read_drawing(columns | {"classes": list(start["classes"])})
    np.testing.assert_allclose(table.X[: len(data.X)], data.X, atol=5e-4)


@pytest.mark.parametrize("name", ["plane", "hills", "seed_004"])
def test_a_drawing_does_not_start_from_values_or_points_outside_the_plane(name):
    assert starting_points(make_dataset(name)) is None
