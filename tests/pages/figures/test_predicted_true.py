import numpy as np
import pytest

from pages.figures.predicted_true import predicted_true
from pages.figures.theme import DARK, LIGHT


def drawn(true, predicted, is_train=None, *, theme=LIGHT):
    is_train = [True] * len(true) if is_train is None else is_train
    return predicted_true(true, predicted, is_train, theme, title="Fit")


def points(figure, name):
    (found,) = [trace for trace in figure.data if trace.name == name]
    return found


def test_true_values_stand_on_x_and_predicted_ones_on_y():
    figure = drawn([1, 2, 3], [1.5, 2.5, 3.5], [True, False, True])
    assert list(points(figure, "train").x) == [1, 3]
    assert list(points(figure, "train").y) == [1.5, 3.5]
    assert list(points(figure, "test").x) == [2]
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == (
        "true value",
        "predicted value",
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_train_is_round_filled_ink_and_test_an_open_purple_square(theme):
    figure = drawn([1, 2], [1, 2], [True, False], theme=theme)
    train, test = points(figure, "train").marker, points(figure, "test").marker
    assert (train.symbol, train.color) == ("circle", theme.train)
    assert (test.symbol, test.color) == ("square-open", theme.test)


def test_both_axes_have_the_same_range_and_scale():
    layout = drawn([0, 1], [-3, 5]).layout
    assert layout.xaxis.range == layout.yaxis.range == (-3.4, 5.4)
    assert layout.yaxis.scaleanchor == "x"


def test_the_dashed_diagonal_runs_from_corner_to_corner():
    figure = drawn([0, 1], [0, 2])
    line = points(figure, "y = x")
    assert list(line.x) == list(line.y) == list(figure.layout.xaxis.range)
    assert line.line.dash != "solid"


def test_without_test_points_the_legend_does_not_name_them():
    assert [trace.name for trace in drawn([0, 1], [0, 1]).data] == ["y = x", "train"]


def test_predictions_that_are_not_finite_are_left_out_and_counted_below_the_title():
    figure = drawn([0, 1, 2, 3], [0, np.nan, np.inf, 3])
    assert list(points(figure, "train").x) == [0, 3]
    assert "2 of 4 points left out: not finite" in figure.layout.title.text
    assert figure.layout.xaxis.range == pytest.approx((-0.15, 3.15))
    assert drawn([0], [0]).layout.title.text == "Fit"


@pytest.mark.parametrize(("true", "predicted"), [([], []), ([1, 2], [np.nan, np.nan])])
def test_no_finite_point_leaves_the_axes_and_the_diagonal(true, predicted):
    figure = drawn(true, predicted)
    assert [trace.name for trace in figure.data] == ["y = x"]
    assert figure.layout.xaxis.range == (-1, 1)


def test_equal_values_still_have_a_range():
    assert drawn([2, 2], [2, 2]).layout.yaxis.range == (1, 3)


def test_hovering_shows_both_values():
    trace = points(drawn([-0.5], [2e-5]), "train")
    assert list(trace.customdata[0]) == ["−0.5000", "2.000·10<sup>−5</sup>"]
    assert "true <b>%{customdata[0]}" in trace.hovertemplate
    assert "predicted <b>%{customdata[1]}" in trace.hovertemplate


def test_arrays_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match=r"same length. Got 2, 1 and 2"):
        drawn([1, 2], [1])
