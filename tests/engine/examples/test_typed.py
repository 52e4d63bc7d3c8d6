"""Matrices as people type them: every way of writing one, and what is refused."""

import contextlib
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.examples.typed import read_classes, read_matrix, read_widths
from engine.examples.typed_rows import LONGEST_TEXT, MOST_ROWS

SAME = [[0.1, 0.2], [0.3, -0.4]]


@pytest.mark.parametrize(
    "text",
    [
        "[[.1, .2], [.3, -.4]]",
        "[[.1,.2],[.3,-.4]]",
        "((.1, .2), (.3, −.4))",
        "(.1,.2),(.3,-.4)",
        "[0.1 0.2; 0.3 -0.4]",
        "0.1 0.2\n0.3 −0.4",
        "0.1\t0.2\r\n0.3\t-0.4\r\n",
        "0,1 0,2\n0,3 −0,4",
        "0,1, 0,2; 0,3, −0,4",
        "0,1; 0,2\n0,3; −0,4",
        "0.1, 0.2;\n0.3, -0.4;",
        "0.1,0.2\n0.3,-0.4",
        "[[ 0.1  0.2]\n [ 0.3 -0.4]]",
        "[0.1 0.2]\n[0.3 -0.4]",
        "1/10 2·10^(-1)\n30% -4e-1",
        "[[0.1,\n0.2], [0.3,\n-0.4]]",
    ],
)
def test_every_way_of_writing_a_matrix_gives_the_same_numbers(text):
    assert read_matrix(text, "W", 2, 2) == pytest.approx(np.array(SAME), abs=1e-16)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("1,5", 1), ("1,5", 2), ("1,5 2", 2), ("1,5 2", 3), ("1,5 2,5", 2), ("1,5 2,5", 4)],
)
def test_the_shape_decides_whether_a_comma_is_a_decimal_one(text, numbers):
    decimal = [float(word.replace(",", ".")) for word in text.split()]
    apart = [float(word) for word in text.replace(",", " ").split()]
    expected = decimal if len(decimal) == numbers else apart
    assert read_matrix(text, "x", 1, numbers) == [expected]


@pytest.mark.parametrize(("text", "rows", "columns"), [("0,5", 1, None), ("1 0,5", 1, None)])
def test_a_comma_that_fits_both_ways_is_refused_with_its_cell_and_the_way_out(text, rows, columns):
    column = len(text.split())
    with pytest.raises(
        ValueError, match=f"Row 1, column {column} of X can be read in two ways, 0.5 or 0 and 5"
    ):
        read_matrix(text, "X", rows, columns)
    assert read_matrix(text.replace(",", "."), "X", rows, columns)[0][-1] == 0.5
    assert read_matrix(text.replace(",", ", "), "X", rows, columns)[0][-1] == 5


@pytest.mark.parametrize("text", ["1 ,2", "1, 3 ,2"])
def test_a_comma_before_a_number_is_a_decimal_one_or_separates(text):
    sentence = f"Row 1, column {len(text.split())} of X can be read in two ways, 0.2 or 2: "
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}"):
        read_matrix(text, "X", columns=len(text.split()))


def test_a_column_with_commas_that_is_also_a_matrix_is_refused():
    with pytest.raises(ValueError, match=r"Row 1, column 1 of X can be read in two ways, 0\.5 or 0 and 5"):
        read_matrix("0,5; 0,7", "X", None, 2, vector=True)
    assert read_matrix("0.5; 0.7", "X", None, 2, vector=True) == [[0.5, 0.7]]


@pytest.mark.parametrize(
    "text", ["16 -6", "16\n−6", "(16, -6)", "16; -6", "16,-6", "[[16], [-6]]", "[16;-6]"]
)
def test_a_vector_may_be_a_row_or_a_column(text):
    assert read_matrix(text, "b", 1, 2, vector=True) == [[16, -6]]
    assert read_matrix(text, "b", 2, 1, vector=True) == [[16], [-6]]


def test_a_matrix_that_fits_only_transposed_is_refused_with_the_way_out():
    sentence = "W[1] must have 2 rows and 3 columns. Got 3 rows and 2 columns. It fits transposed: turn it."
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_matrix("1 2; 3 4; 5 6", "W[1]", 2, 3, otherwise="turn it")
    with pytest.raises(ValueError, match=r"columns\.$"):
        read_matrix("1 2; 3 4", "W[1]", 2, 3, otherwise="turn it")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "W must hold numbers, like 0.5 −1. Got ''."),
        ("[]", "W must hold numbers"),
        ("1 x\n3 4", "Row 1, column 2 of W must be a number, like 0.5"),
        ("1 2\n3 4x", "Row 2, column 2 of W must be a number"),
        ("1 2\n3", "Every row of W must have as many numbers as the first, 2. Got 1 in row 2."),
        ("1,,2\n3,4", "Row 1, column 1 of W must be a number with one point or comma at most"),
        ("1, , 2\n3, 4", "Every row of W must have as many numbers as the first, 3. Got 2 in row 2."),
        ("1,000 2\n3 4", "column 1 of W must be a number that can be read in one way only, 1.000"),
        ("1 nan\n3 4", "Row 1, column 2 of W must be a number"),
        ("1 2 3", "W must have 2 rows and 2 columns. Got 1 row and 3 columns."),
        ("[[1, 2], [3, 4]", "Every bracket of W must be opened and closed. Got one that stays open."),
        ("[1, 2]]", "Every bracket of W must be opened and closed. Got one ] too many."),
        ("[1, 2)", "Every bracket of W must be opened and closed. Got one ) too many."),
        ("[[[1, 2], [3, 4]]]", "Brackets of W must stand around it or around its rows"),
        ("np.array([[1, 2], [3, 4]])", "Brackets of W must stand around it or around its rows"),
        ("1 " * 2000 + "\n", "A row of W must have at most 60 numbers. Got 2000."),
        ("1 2\n" * (MOST_ROWS + 1), f"W must have at most {MOST_ROWS} rows. Got {MOST_ROWS + 1}."),
        ("1" * (LONGEST_TEXT + 1), f"W must have at most {LONGEST_TEXT} characters."),
    ],
)  # fmt: skip
def test_what_is_no_matrix_is_refused_in_one_sentence_that_names_the_place(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        read_matrix(text, "W", 2, 2)
    assert len(str(caught.value)) < 250


@given(st.text("0123456789.,;-[]()^*/ \nex%", max_size=60))
def test_any_text_is_read_or_refused_in_one_short_sentence(text):
    with contextlib.suppress(ValueError):
        matrix = read_matrix(text, "W")
        assert len({len(row) for row in matrix}) == 1
        return
    with pytest.raises(ValueError, match=r"\. Got .*\.|Got .*'$") as caught:
        read_matrix(text, "W")
    assert len(str(caught.value)) < 300


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.floats(-1e6, 1e6), min_size=width, max_size=width), min_size=1, max_size=5
        )
    )
)
def test_a_matrix_as_python_and_numpy_write_it_reads_back_exactly(matrix):
    assert read_matrix(repr(matrix), "W") == matrix
    with np.printoptions(floatmode="unique", linewidth=40):
        assert read_matrix(str(np.array(matrix)), "W") == matrix


@pytest.mark.parametrize(
    "text", ["class 2, 1", "classes 2 1", "class 2\nclass 1", "Class 2; class 1", "class (2, 1)"]
)
def test_targets_may_be_class_numbers(text):
    assert read_classes(text, "Y", 2) == [2, 1]


def test_text_without_the_word_class_names_no_classes():
    assert read_classes("2", "Y", 1) is None
    with pytest.raises(ValueError, match=r"the classes in Y must have 1 row and 3 columns\. Got 1 row and 2"):
        read_classes("class 2 1", "Y", 3)


@pytest.mark.parametrize(
    "text", ["2-2-3", "2 – 2 – 3", "2 → 2 → 3", "(2, 2, 3)", "2x2×3", "2->2->3", "2,2;3"]
)
def test_widths_are_read_as_people_write_them(text):
    assert read_widths(text) == (2, 2, 3)


@pytest.mark.parametrize("text", ["", "-", "2-a-3", "2.5-3", "٢-3", "2-" + "9" * 60])
def test_what_is_no_widths_is_refused_in_one_sentence(text):
    with pytest.raises(ValueError, match=r"Widths must be whole numbers, like 2-2-3\. Got ") as caught:
        read_widths(text)
    assert len(str(caught.value)) < 100
