"""The checks that the whole engine stands on: what passes, and in which sentence the rest is refused."""

import math
import re

import numpy as np
import pytest

from engine.arrays import (
    as_generator,
    as_matrix,
    as_shaped,
    carve,
    check_choice,
    check_count,
    check_finite,
    check_number,
    rule_of,
)


def test_least_and_most_include_their_bounds_and_above_does_not():
    assert check_number("rate", 1, least=1) == check_number("rate", 1, most=1) == 1.0
    for bounds, rule in (({"above": 1}, "> 1"), ({"least": 1.5}, ">= 1.5"), ({"most": 0.5}, "<= 0.5")):
        with pytest.raises(ValueError, match=rf"rate must be {rule}\. Got 1\."):
            check_number("rate", 1, **bounds)
    with pytest.raises(ValueError, match=r"rate must be between 0 and 1\. Got 2\."):
        check_number("rate", 2, least=0, most=1)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 10**400])
def test_a_number_is_finite_even_where_there_is_no_bound(value):
    with pytest.raises(ValueError, match=r"rate must be a finite number\. Got (nan|-?inf)\."):
        check_number("rate", value)


@pytest.mark.parametrize("value", [True, np.True_, "1", None, 1j, [1.0]])
def test_what_is_no_real_number_is_refused_though_python_may_count_with_it(value):
    with pytest.raises(ValueError, match=r"^rate must be a finite number\. Got "):
        check_number("rate", value)
    with pytest.raises(ValueError, match=r"^rate must be a number above 0 and at most 1\. Got "):
        check_number("rate", value, above=0, most=1)


@pytest.mark.parametrize("value", [3, np.int64(3), np.uint8(3)])
def test_a_count_comes_back_as_a_plain_int(value):
    assert type(check_count("layers", value)) is int
    assert check_count("layers", value, least=3, most=3) == 3


@pytest.mark.parametrize("value", [3.0, np.float64(3), True, "3", None])
def test_a_count_is_whole_by_its_type_too(value):
    with pytest.raises(ValueError, match=r"layers must be a whole number >= 1\. Got "):
        check_count("layers", value)


def test_counts_start_at_1_unless_another_bound_is_given():
    with pytest.raises(ValueError, match=r"layers must be >= 1\. Got 0\."):
        check_count("layers", 0)
    assert check_count("layers", 0, least=0) == 0
    with pytest.raises(ValueError, match=r"layers must be between 1 and 8\. Got 9\."):
        check_count("layers", 9, most=8)


def test_a_choice_is_one_of_the_options_and_they_are_listed_otherwise():
    assert check_choice("loss", "mse", {"sse": 1, "mse": 2}) == "mse"
    with pytest.raises(ValueError, match=r"loss must be one of sse, mse\. Got 'MSE'\."):
        check_choice("loss", "MSE", {"sse": 1, "mse": 2})


def test_a_matrix_is_float64_and_has_the_rows_and_columns_asked_for():
    assert as_matrix("X", [[1, 2], [3, 4], [5, 6]], columns=2, rows=3).dtype == np.float64
    for asked, shape in (
        ({"columns": 3}, "N, 3"),
        ({"rows": 2}, "2, D"),
        ({"columns": 2, "rows": 4}, "4, 2"),
    ):
        with pytest.raises(ValueError, match=rf"X must have shape \({shape}\) .* Got \(3, 2\)\."):
            as_matrix("X", np.ones((3, 2)), **asked)


@pytest.mark.parametrize("shape", [(), (3,), (0, 2), (1, 3, 2)])
def test_nothing_but_a_matrix_with_rows_is_a_matrix(shape):
    with pytest.raises(ValueError, match=r"X must have shape \(N, D\) with at least one row\."):
        as_matrix("X", np.ones(shape))


@pytest.mark.parametrize(
    ("value", "got"),
    [
        ([[1, 2], [3]], "[[1, 2], [3]]"),
        ([["a"]], "[['a']]"),
        ([["1"]], "[['1']]"),
        ([[1j]], "[[1j]]"),
        (np.array([[1 + 2j]]), "an array of complex128"),
        (np.array([[1 + 2j]], dtype=object), "an array of object"),
        (np.array([["1"]]), "an array of <U1"),
        (np.array([["1"]], dtype=object), "an array of object"),
        ([[None, 1.0]], "[[None, 1.0]]"),
        (np.array([["2020-01-01"]], dtype="datetime64[D]"), "an array of datetime64[D]"),
        ({"a": 1}, "{'a': 1}"),
    ],
)
def test_rows_of_several_lengths_words_complex_numbers_and_dates_are_no_matrix(value, got):
    sentence = f"X must hold real numbers, in rows of one length. Got {got}."
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        as_matrix("X", value)


def test_a_mask_is_refused_and_not_dropped():
    masked = np.ma.masked_greater([[1.0, 9.0]], 5)
    for value in (masked, [masked[0]], np.ma.array([[1.0, 2.0]])):
        with pytest.raises(ValueError, match=r"X must have no mask\. Got a masked array; its filled\(\) has"):
            as_matrix("X", value)
    assert as_matrix("X", masked.filled(0.0)).tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize(
    "value", [[[1, True]], np.float32([[1, 1]]), np.array([[True, np.int8(1)]], dtype=object)]
)
def test_numbers_of_every_other_kind_are_taken(value):
    assert as_matrix("X", value).tolist() == [[1.0, 1.0]]


@pytest.mark.parametrize("value", [1.0, [1.0], [[1.0, 2.0]], np.ones((2, 1)), np.ones(3)])
def test_an_array_of_another_shape_is_never_stretched(value):
    with pytest.raises(ValueError, match=r"b must have shape \(2,\)\. Got \("):
        as_shaped("b", value, (2,))
    assert as_shaped("b", [1, 2], (2,)).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_the_first_row_that_is_not_finite_is_named(bad):
    value = np.ones((4, 2))
    check_finite("X", value)
    value[2, 0] = value[3, 1] = bad
    with pytest.raises(ValueError, match=r"X must be finite everywhere\. Got \[.*\] in row 2\."):
        check_finite("X", value)


def test_carved_matrices_lie_one_behind_the_other_in_one_memory():
    memory, (A, B) = carve([(2, 3), (1, 2)])
    memory[...] = range(8)
    assert A.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert B.tolist() == [[6, 7]]


def test_no_generator_means_seed_0_and_a_generator_is_used_itself():
    assert as_generator(None).random() == as_generator(0).random() != as_generator(1).random()
    rng = np.random.default_rng(5)
    assert as_generator(rng) is rng


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({}, ""),
        ({"above": 0}, "> 0"),
        ({"least": 0}, ">= 0"),
        ({"most": 3}, "<= 3"),
        ({"least": -1e6, "most": 1e6}, "between −1,000,000 and 1,000,000"),
        ({"least": 1e-6, "most": 1000}, "between 0.000001 and 1,000"),
        ({"least": -0.5, "most": 0.99999}, "between −0.5 and 0.99999"),
        ({"above": 0, "most": 1e6}, "above 0 and at most 1,000,000"),
        ({"least": 1, "most": 1}, "1"),
    ],
)
def test_bounds_are_said_as_people_say_them(bounds, words):
    assert rule_of(**bounds) == words
