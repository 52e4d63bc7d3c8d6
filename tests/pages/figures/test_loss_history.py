import numpy as np
import pytest

from pages.figures.loss_history import MOST_POINTS, loss_history, thinned, value_text
from pages.figures.theme import DARK, LIGHT


def drawn(train, test=None, *, theme=LIGHT, **options):
    test = [np.nan] * len(train) if test is None else test
    return loss_history(np.arange(len(train)), train, test, theme, title="Loss", **options)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_train_is_solid_ink_and_test_is_dashed_purple(theme):
    train, test = drawn([0.5, 0.4], [0.6, 0.5], theme=theme).data
    assert (train.name, train.line.color, train.line.dash) == ("train loss", theme.train, "solid")
    assert (test.name, test.line.color, test.line.dash) == ("test loss", theme.test, "7px,3.5px")


def test_with_a_penalty_the_sum_is_a_third_dotted_line():
    train, _, total = drawn([0.5, 0.25], [0.6, 0.5], penalty=[0.25, 0.125]).data
    assert (total.name, total.line.color, total.line.dash) == ("with penalty", LIGHT.train, "dot")
    assert total.y.tolist() == [0.75, 0.375]
    assert train.y.tolist() == [0.5, 0.25]


def test_hovering_between_two_epochs_names_the_part():
    axis = drawn([0.5, 0.25]).layout.xaxis
    assert axis.hoverformat == ",.2~f"
    if hasattr(axis, "unifiedhovertitle"):  # since Plotly 6.2
        assert axis.unifiedhovertitle.text == "epoch %{x:,.2~f}"


def test_hovering_over_an_epoch_shows_both_values():
    figure = drawn([0.5, 0.25], [0.6, 0.00012])
    assert figure.layout.hovermode == "x unified"
    assert [trace.customdata[1] for trace in figure.data] == ["0.2500", "1.200·10<sup>−4</sup>"]


def test_without_test_points_there_is_no_test_curve():
    assert [trace.name for trace in drawn([0.5, 0.4]).data] == ["train loss"]


def test_axes_are_named_and_say_whether_they_are_logarithmic():
    assert drawn([0.5, 0.4]).layout.yaxis.title.text == "loss, log scale"
    linear = drawn([0.5, 0.4], log=False).layout
    assert (linear.xaxis.title.text, linear.yaxis.title.text) == ("epoch", "loss")
    assert linear.yaxis.type is None


def test_a_zero_stands_on_the_lower_edge_of_a_logarithmic_axis():
    figure = drawn([0.1, 0.01, 0.0])
    low = 10 ** figure.layout.yaxis.range[0]
    assert 0 < low < 0.01
    assert figure.data[0].y[2] == pytest.approx(low)
    assert figure.data[0].customdata[2] == "0.0000"
    assert figure.layout.yaxis.ticktext[0] == "0"
    assert figure.layout.yaxis.tickvals[0] == pytest.approx(low)


def test_a_loss_that_is_zero_throughout_is_drawn_linearly():
    figure = drawn([0.0, 0.0])
    assert figure.layout.yaxis.type is None
    assert list(figure.data[0].y) == [0, 0]


def test_a_logarithmic_axis_names_several_values_even_within_one_decade():
    assert drawn([0.5, 0.06]).layout.yaxis.ticktext == ("0.1", "0.2", "0.5")
    assert drawn([1e3, 1e-6]).layout.yaxis.ticktext[0] == "10<sup>−6</sup>"


def test_the_shown_epoch_is_marked_in_the_accent_colour():
    (line,) = drawn([0.5, 0.4, 0.3], mark=1).layout.shapes
    assert (line.x0, line.x1, line.line.color) == (1, 1, LIGHT.accent)
    assert not drawn([0.5, 0.4, 0.3]).layout.shapes


def test_a_diverged_loss_leaves_a_gap():
    figure = drawn([0.5, np.inf, np.nan])
    assert np.isnan(figure.data[0].y[1:]).all()
    assert figure.layout.xaxis.range == (0, 2)


@pytest.mark.parametrize("n", [0, 1])
def test_a_history_of_no_or_one_epoch_is_drawn(n):
    figure = drawn([0.5] * n)
    assert figure.layout.xaxis.range == (0, 1)
    assert [trace.mode for trace in figure.data] == ["markers"] * n


def test_a_long_history_is_thinned_and_keeps_every_extreme_and_both_ends():
    rng = np.random.default_rng(0)
    curves = [rng.random(100_000) + 1, rng.random(100_000) + 1]
    curves[0][41_234], curves[1][77_777] = 9.0, 0.1
    kept = thinned(curves, MOST_POINTS)
    assert len(kept) <= MOST_POINTS
    assert (np.diff(kept) > 0).all()
    assert {0, 99_999, 41_234, 77_777} <= set(kept)
    figure = drawn(*curves)
    assert len(figure.data[0].x) == len(figure.data[1].x) == len(kept)


def test_a_short_history_is_drawn_point_by_point():
    assert len(drawn([0.5] * MOST_POINTS).data[0].x) == MOST_POINTS


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.0202, "0.0202"),
        (0.0, "0.0000"),
        (3.25e-7, "3.250·10<sup>−7</sup>"),
        (np.nan, "–"),
        (1e6, "1.000·10<sup>6</sup>"),
    ],
)
def test_a_loss_is_read_out_with_four_digits(loss, text):
    assert value_text(loss) == text


def test_arrays_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match=r"same length. Got 2, 2, 1"):
        drawn([0.5, 0.4], [0.5])
