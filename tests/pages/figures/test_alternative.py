"""Charts for those who can't see them: which rows, and how numbers are written."""

import math

import pandas as pd
import pytest

from pages.figures.alternative import MOST_ROWS, Alternative, cell_text, data_of, thinned


def test_few_rows_are_all_there_and_of_many_those_from_first_to_last():
    assert thinned(3) == [0, 1, 2]
    assert thinned(101, 5) == [0, 25, 50, 75, 100]
    assert thinned(0) == []


def test_a_thinned_table_says_how_many_rows_it_has_left_out():
    long = pd.DataFrame({"epoch": range(300), "loss": [k / 7 for k in range(300)]})
    data = data_of(Alternative("Loss", "It falls.", long), "losses")
    assert len(data["rows"]) == MOST_ROWS
    assert data["note"] == "20 of 300 rows, evenly chosen."
    assert (data["rows"][0], data["rows"][-1]) == (["0", "0.0000"], ["299", "42.7143"])
    assert data_of(Alternative("Loss", "", long.head(4)), "losses")["note"] == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-3, "−3"),
        (0.03121, "0.0312"),
        (-0.5, "−0.5000"),
        (4.08e-14, "4.080·10⁻¹⁴"),
        (-0.0, "0"),
        (math.nan, "–"),
        (-math.inf, "−∞"),
        (None, "–"),
        (True, "yes"),
        ("bias", "bias"),
    ],
)
def test_a_cell_is_written_as_on_the_screen(value, text):
    assert cell_text(value) == text
