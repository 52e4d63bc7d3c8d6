"""A table of one's own: what it holds, how it is divided and standardised, and what it refuses."""

import gc
import json
import weakref
from dataclasses import replace

import numpy as np
import pytest

from engine.data.features import FEATURES, apply_features, named_features
from engine.data.own import FIELDS, MOST_ROWS, Table

RNG = np.random.default_rng(3)
X = RNG.normal(size=(60, 4)) * (1, 100, 0, 1e-3) + 5
TABLE = Table("flowers.csv", ("a", "b", "constant", "d"), X, "species", np.arange(60) % 3.0, ("x", "y", "z"))
OTHERS = {
    "name": "other.csv",
    "inputs": ("a", "b", "c", "d"),
    "X": X + 1,
    "target_name": "kind",
    "target": (np.arange(60) + 1) % 3.0,
    "classes": ("x", "y", "w"),
    "standardised": False,
}


def test_inputs_have_mean_0_and_deviation_1_over_the_training_rows_alone():
    data = TABLE.split(0.5, seed=1)
    np.testing.assert_allclose(data.X.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(data.X.std(axis=0), (1, 1, 0, 1), atol=1e-12)
    assert np.abs(data.X_test.mean(axis=0)).max() > 1e-3


@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, -7e90])
def test_a_constant_column_becomes_0_to_the_last_bit(value):
    table = Table("t", ("a", "b"), np.column_stack((np.full(9, value), np.arange(9))), "y", np.arange(9.0))
    data = table.split(0.5, 0)
    assert not data.X[:, 0].any()
    assert not data.X_test[:, 0].any()


def test_the_numbers_of_the_file_can_be_had_back_by_mean_and_deviation():
    data = TABLE.split(0.5, seed=7)
    mean, deviation = TABLE.scale(0.5, seed=7)
    back = np.sort(np.concatenate((data.X, data.X_test)) * deviation + mean, axis=0)
    np.testing.assert_allclose(back, np.sort(X, axis=0), rtol=1e-12)


def test_rows_without_standardising_are_those_of_the_file():
    data = replace(TABLE, standardised=False).split(0.5, seed=0)
    found = np.concatenate((data.X, data.X_test))
    np.testing.assert_array_equal(np.sort(found, axis=0), np.sort(X, axis=0))
    assert replace(TABLE, standardised=False).problem.held == pytest.approx(X[:, 2:].mean(axis=0))


def test_the_seed_divides_the_rows_and_every_class_keeps_its_share():
    first, again, other = (TABLE.split(0.5, seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first.X, again.X)
    assert not np.array_equal(first.X, other.X)
    assert np.bincount(first.target.astype(int)).tolist() == [10, 10, 10]
    assert len(TABLE.split(0.9, 0).X) == 54


@pytest.mark.parametrize("name", FIELDS)
def test_tables_that_differ_in_one_field_are_told_apart(name):
    other = replace(TABLE, **{name: OTHERS[name]})
    assert other != TABLE
    assert other.fingerprint != TABLE.fingerprint
    assert Table.from_json_value(json.loads(json.dumps(other.to_json_value()))) == other


def test_equal_tables_are_equal_and_found_in_sets():
    again = replace(TABLE, X=X.copy())
    assert again == TABLE
    assert len({again, TABLE}) == 1
    assert again.problem is TABLE.problem


def test_a_table_that_nobody_has_any_more_takes_no_memory():
    table = replace(TABLE, X=X + 1.0)
    gone = weakref.ref(table.problem)
    del table
    gc.collect()
    assert gone() is None


def test_a_table_keeps_its_own_copy_that_nobody_can_change():
    mine = X.copy()
    table = replace(TABLE, X=mine)
    mine[0, 0] = 99.0
    assert table == TABLE
    with pytest.raises(ValueError, match="read-only"):
        table.X[0, 0] = 1.0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"X": X[:1], "target": np.zeros(1)}, "2 to 20,000 rows"),
        ({"X": np.zeros((60, 101)), "inputs": tuple(map(str, range(101)))}, "1 to 100 inputs"),
        ({"X": np.zeros((MOST_ROWS + 1, 1))}, "2 to 20,000 rows"),
        ({"X": X[:, 0]}, "rows"),
        ({"target": np.zeros(59)}, r"shape \(60,\)"),
        ({"X": np.where(np.arange(4) == 1, np.nan, X)}, "finite"),
        ({"target": np.full(60, np.inf)}, "finite"),
        ({"X": X * 1e101}, "between"),
        ({"inputs": ("a", "b", "c")}, "4 names"),
        ({"inputs": ("a", "b", "c", "a")}, "each once"),
        ({"inputs": ("a", "b", "c", "")}, "1 to 80 characters"),
        ({"name": "n" * 81}, "1 to 80 characters"),
        ({"classes": ("x",)}, "2 to 50"),
        ({"classes": tuple(map(str, range(51)))}, "2 to 50"),
        ({"classes": ("x", "y")}, "indices of the 2 classes"),
        ({"classes": ["x", "y", "z"]}, "tuple"),
        ({"target": np.full(60, 0.5)}, "indices"),
        ({"standardised": "yes"}, "True or False"),
        ({"X": "numbers"}, "real numbers"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(change, said):
    with pytest.raises(ValueError, match=said) as refused:
        replace(TABLE, **change)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [None, [], "table", {}, {"name": 1}, TABLE.to_json_value() | {"X": [[1, 2], [3]]}]
    + [TABLE.to_json_value() | {name: value} for name in FIELDS for value in (None, 3, {}, [[[]]], "x" * 99)],
)
def test_json_that_holds_no_table_is_refused_by_a_value_error(value):
    with pytest.raises(ValueError, match=r"\w"):
        Table.from_json_value(value)


def test_a_map_reaches_as_far_as_the_rows_and_a_drawing_keeps_the_plane():
    drawn = Table(
        "drawing", ("x₁", "x₂"), RNG.uniform(-6, 6, (9, 2)), "class", np.arange(9) % 2.0, ("a", "b"), False
    )
    assert drawn.problem.domain == 6.0
    for table in (TABLE, replace(TABLE, standardised=False)):
        data = table.split(0.5, 0)
        shown = np.abs(
            replace(table, standardised=False).split(0.5, 0).X[:, :2]
            if not table.standardised
            else data.X[:, :2]
        )
        assert shown.max() <= 1.5 * table.problem.domain
    assert Table("t", ("a",), np.zeros((3, 1)), "y", np.arange(3.0)).problem.domain == 1.0


def test_one_input_lies_on_a_line_in_the_plane_and_has_its_square_and_sine():
    one = Table("t", ("width",), np.arange(6.0)[:, None], "y", np.arange(6.0))
    assert one.split(0.5, 0).X.shape == (3, 2)
    assert [row.label for row in one.problem.features.values()] == ["width", "width²", "sin width"]
    assert one.problem.usual_features == ("x1",)


def test_two_columns_have_the_features_of_the_plane_in_their_own_names():
    labels = [row.label for row in named_features(("width", "height")).values()]
    assert labels == ["width", "height", "width²", "height²", "width · height", "sin width", "sin height"]
    assert [row.label for row in named_features(("x₁", "x₂")).values()][4] == "x₁x₂"


def test_a_hundred_columns_have_a_hundred_coordinates_and_eight_to_begin_with():
    wide = Table("t", tuple(f"c{k}" for k in range(100)), RNG.normal(size=(5, 100)), "y", np.arange(5.0))
    assert len(wide.problem.features) == 100
    assert wide.problem.usual_features == tuple(f"x{k}" for k in range(1, 9))
    np.testing.assert_array_equal(apply_features(wide.X, ["x100", "x7"]), wide.X[:, [99, 6]])


def test_points_in_the_plane_have_all_features_of_the_plane_by_their_usual_labels():
    drawing = Table("drawing", ("x1", "x2"), X[:, :2], "class", np.arange(60) % 2.0, ("0", "1"), False)
    assert drawing.problem.features is FEATURES
    assert drawing.problem.usual_features == ("x1", "x2")


def test_the_rows_of_a_split_are_known_in_its_order():
    table = replace(TABLE, standardised=False)
    data, (train, test) = table.split(0.3, seed=5), table.rows(0.3, seed=5)
    np.testing.assert_array_equal(data.X, table.X[train])
    np.testing.assert_array_equal(data.target_test, table.target[test])
    assert sorted([*train, *test]) == list(range(len(table.X)))


PICTURES = replace(TABLE, picture=(2, 2))


def test_a_table_of_pictures_is_another_one_and_says_so_in_its_record():
    assert PICTURES != TABLE
    assert PICTURES.fingerprint != TABLE.fingerprint
    value = json.loads(json.dumps(PICTURES.to_json_value()))
    assert value["picture"] == [2, 2]
    assert Table.from_json_value(value) == PICTURES
    assert PICTURES.problem.picture == (2, 2)


def test_a_table_without_pictures_is_written_and_told_apart_as_before_there_were_any():
    assert set(TABLE.to_json_value()) == set(FIELDS)
    plain = Table("t", ("a", "b"), np.arange(4.0).reshape(2, 2), "y", np.arange(2.0))
    assert plain.fingerprint == "a374625c9cea1554def8430d8c4cfbb54e6f5a6619dfceee76083a9a4e828bbd"


@pytest.mark.parametrize("picture", [(2, 3), (4, 1), (2,), (2.0, 2), (True, 4), [2, 2], "22", 4])
def test_a_picture_has_as_many_pixels_as_there_are_inputs(picture):
    with pytest.raises(ValueError, match="picture must be a height and a width above 1"):
        replace(TABLE, picture=picture)


@pytest.mark.parametrize("picture", [None, 4, "22", [2], [[2], 2], {}])
def test_a_damaged_picture_in_a_record_is_refused(picture):
    with pytest.raises(ValueError, match="picture must be"):
        Table.from_json_value(PICTURES.to_json_value() | {"picture": picture})


def test_a_network_of_pictures_begins_with_all_pixels():
    wide = Table("t", tuple(f"p{k}" for k in range(20)), np.eye(20), "y", np.arange(20.0), picture=(4, 5))
    assert len(wide.problem.usual_features) == 20
    assert len(replace(wide, picture=None).problem.usual_features) == 8
