"""Every table that people bring ends in a data set that trains, or in one sentence, soon."""

import time
from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, Run, replay
from pages.playground.own_data.making import Choices, make_table, remarks, usual_choices
from pages.playground.own_data.reading import read_sheet
from tests.pages.playground.own_data.awkward import CASES, IRIS, Found

PATIENCE = 2.0  # seconds of this process alone: the machine may be busy with others


@pytest.mark.parametrize(("raw", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_awkward_table_becomes_a_data_set_or_one_sentence(raw, expected):
    began = time.process_time()
    try:
        sheet = read_sheet(raw, "flowers.csv")
        choices = usual_choices(sheet)
        made = make_table(sheet, choices)
    except ValueError as refusal:
        said = str(refusal)
        assert isinstance(expected, str), said
        assert said.startswith(expected)
        assert said.endswith(".")
        assert "\n" not in said
    else:
        table = made.table
        inputs = " ".join(table.inputs) if len(table.inputs) < 6 else f"{len(table.inputs)} inputs"
        found = Found(inputs, table.target_name, len(table.classes), made.used, made.rows)
        assert found == expected
        assert all(remark.endswith(".") for remark in remarks(sheet, choices))
        timeline = replay(Run(Experiment().changed(table=table)))
        timeline.advance()
        assert np.isfinite(timeline.train_losses[-1])
    assert time.process_time() - began < PATIENCE


def test_there_are_more_than_sixty_of_them_and_each_has_its_own_name():
    assert len({case[0] for case in CASES}) == len(CASES) > 60


def test_the_same_table_is_read_from_every_encoding_delimiter_and_line_end():
    told = {case[0]: case[1] for case in CASES if isinstance(case[2], Found) and case[2].rows == 12}
    names = [name for name, raw in told.items() if name not in ("thousands in quotes", "German thousands")]
    tables = [make_table(s, usual_choices(s)).table for s in (read_sheet(told[n], "t") for n in names)]
    assert len(tables) > 20
    assert {table.fingerprint for table in tables} == {tables[0].fingerprint}


def test_pasted_text_is_read_as_a_file_is():
    pasted, file = read_sheet(IRIS, "t"), read_sheet(IRIS.encode(), "t")
    assert make_table(pasted, usual_choices(pasted)).table == make_table(file, usual_choices(file)).table


def numbers_of(text):
    return read_sheet(text, "t").columns[0].numbers.tolist()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a;b\n1,5;x\n-2,25;y\n", [1.5, -2.25]),
        ("a;b\n1.234,50;x\n2.000,25;y\n", [1234.5, 2000.25]),
        ('a,b\n"1,234.50",x\n"12,000.25",y\n', [1234.5, 12000.25]),
        ("a,b\n−1.5,x\n1e-3,y\n", [-1.5, 0.001]),
        ("a,b\n15%,x\n20 %,y\n", [15.0, 20.0]),
        ("a;b\n.5;x\n5.;y\n", [0.5, 5.0]),
    ],
)
def test_numbers_are_read_as_their_country_writes_them(text, numbers):
    assert numbers_of(text) == numbers


def test_row_1_can_be_said_to_be_names_or_not():
    text = "2019,2020,2021\n" + "".join(f"{k},{k * k},{k * 1.5}\n" for k in range(9))
    assert [column.name for column in read_sheet(text, "t").columns] == ["column 1", "column 2", "column 3"]
    assert [column.name for column in read_sheet(text, "t", headed=True).columns] == ["2019", "2020", "2021"]
    assert read_sheet(IRIS, "t", headed=False).rows == 13


SHOP = read_sheet(
    "colour,size,price\n" + "".join(f"{'rgb'[k % 3]},{k},{k * 100}\n" for k in range(12)), "shop"
)


def test_a_category_becomes_one_input_for_each_value_of_which_one_is_1():
    made = make_table(SHOP, Choices("price", ("colour", "size"), as_classes=False)).table
    assert made.inputs == ("colour = b", "colour = g", "colour = r", "size")
    np.testing.assert_array_equal(made.X[:2], [[0, 0, 1, 0], [0, 1, 0, 1]])
    assert made.X[:, :3].sum(axis=1).tolist() == [1.0] * 12


def test_numbers_are_learned_as_values_or_as_classes_as_the_user_wants():
    choices = usual_choices(SHOP)
    assert (choices.target, choices.as_classes, choices.scaled_target) == ("price", False, True)
    values = make_table(SHOP, choices).table
    assert (values.classes, values.target_name) == ((), "price, standardised")
    assert values.target.mean() == pytest.approx(0, abs=1e-12)
    assert make_table(SHOP, replace(choices, scaled_target=False)).table.target.tolist()[:3] == [0, 100, 200]
    many = read_sheet("size,price\n" + "".join(f"{k},{k * 7 % 60}\n" for k in range(60)), "many")
    sizes = Choices("size", ("price",), as_classes=True)
    with pytest.raises(
        ValueError, match=r"it has 60 classes, and a network here tells 2 to 50 apart\. Learn its"
    ):
        make_table(many, sizes)
    few = read_sheet("x,stars\n" + "".join(f"{k},{k % 5}\n" for k in range(20)), "t")
    assert make_table(few, usual_choices(few)).table.classes == ("0", "1", "2", "3", "4")


def test_a_class_that_only_stands_in_rows_with_gaps_is_none():
    sheet = read_sheet("x,kind\n1,a\n2,a\n3,b\n4,b\n,c\n", "t")
    made = make_table(sheet, usual_choices(sheet))
    assert made.table.classes == ("a", "b")
    assert (made.used, made.rows, made.missing) == (4, 5, 1)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (Choices("price", (), as_classes=False), "At least one column besides the target must be an input"),
        (Choices("price", ("price",), as_classes=False), "At least one column besides the target"),
    ],
)
def test_choices_that_make_no_table_are_refused_in_one_sentence(choices, said):
    with pytest.raises(ValueError, match=said):
        make_table(SHOP, choices)
