import math

import numpy as np
import pytest

from engine import Network, gradient_check
from pages.figures.gradient_check import derivative_cells, difference_curve, error_cells, scientific
from pages.figures.theme import DARK, LIGHT, diverging_colour, text_on


def checked(dims=(2, 3, 1), *, bias="shared", hidden="tanh", samples=4, **options):
    rng = np.random.default_rng(0)
    activations = (*[hidden] * (len(dims) - 2), "linear")
    net = Network(dims, activations, bias=bias, samples=samples if bias == "per_sample" else None, rng=1)
    X, Y = rng.normal(size=(samples, dims[0])), rng.normal(size=(samples, dims[-1]))
    return gradient_check(net, X, Y, "mse", **options)


def said(figure):
    return [note.text for note in figure.layout.annotations]


def test_analytic_and_numeric_stand_side_by_side_with_four_decimals():
    check = checked()
    figure = derivative_cells(check, 0, LIGHT, title="Layer 1")
    (bars,) = figure.data
    dW, db = check.dW[0], check.db[0]
    expected = [
        f"{value:.4f}".replace("-", "−")
        for name in ("analytic", "numeric")
        for value in np.vstack((getattr(dW, name), getattr(db, name))).ravel()
    ]
    assert list(bars.text) == expected
    assert said(figure)[:2] == ["analytic", "numeric"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_both_blocks_share_one_scale_that_the_caption_says(theme):
    check = checked()
    figure = derivative_cells(check, 0, theme, title="Layer 1")
    (bars,) = figure.data
    caption = said(figure)[-1]
    limit = float(caption.rsplit("+", 1)[1])
    assert limit >= np.abs(check.dW[0].analytic).max()
    assert bars.marker.color[0] == diverging_colour(theme, check.dW[0].analytic[0, 0] / limit)
    assert list(bars.insidetextfont.color) == [text_on(colour) for colour in bars.marker.color]


def test_a_wide_layer_has_its_numeric_block_below():
    narrow = derivative_cells(checked((2, 2, 1)), 0, LIGHT, title="")
    wide = derivative_cells(checked((2, 5, 1)), 0, LIGHT, title="")
    assert wide.layout.height > narrow.layout.height
    assert said(wide)[:2] == ["analytic", "numeric"]


def test_no_two_cells_overlap_and_all_lie_inside():
    for dims in ((1, 1), (2, 3, 1), (5, 7, 4, 3), (2, *[8] * 6, 1)):
        check = checked(dims)
        for figure in (
            error_cells(check, LIGHT, title=""),
            *(derivative_cells(check, l, LIGHT, title="") for l in range(len(check.dW))),
        ):
            (bars,) = figure.data
            places = sorted(zip(bars.base, bars.x, strict=True))
            assert all(a[1] != b[1] or b[0] - a[0] >= 1 - 1e-9 for a in places for b in places if a < b)
            (left, right), (low, high) = figure.layout.xaxis.range, figure.layout.yaxis.range
            assert left <= min(bars.x) - 0.5 <= max(bars.x) + 0.5 <= right
            assert low <= min(bars.base) <= max(bars.base) + 1 <= high


def test_every_layer_has_a_block_of_relative_errors_as_powers_of_ten():
    check = checked((2, 3, 2))
    figure = error_cells(check, LIGHT, title="Relative error")
    assert said(figure)[:2] == ["W<sup>[1]</sup>", "W<sup>[2]</sup>"]
    (bars,) = figure.data
    assert len(bars.text) == check.relative_error.size
    power = round(math.log10(check.dW[0].relative_error[0, 0]))
    assert bars.text[0] == f"10<sup>{power}</sup>".replace("-", "−")
    assert scientific(check.dW[0].relative_error[0, 0]) in bars.customdata[0]


def test_a_larger_error_is_a_stronger_violet():
    colours = [
        error_cells(checked(eps=eps), LIGHT, title="").data[0].marker.color[0] for eps in (1e-1, 1e-3, 1e-5)
    ]
    green = [int(colour[3:5], 16) for colour in colours]
    assert green == sorted(green)
    assert len(set(green)) == 3


def test_a_kink_is_named_and_not_compared():
    net = Network((1, 1, 1), ("relu", "linear"), rng=0)
    net.theta[...] = [1.0, 1e-7, 1.0, 0.0]
    check = gradient_check(net, [[0.0]], [[1.0]], "mse")
    figure = error_cells(check, LIGHT, title="")
    kinks = [text == "kink" for text in figure.data[0].text]
    assert any(kinks)
    at = kinks.index(True)
    assert figure.data[0].marker.color[at] == LIGHT.warn_soft
    assert "not compared" in figure.data[0].customdata[at]


def test_biases_of_every_sample_have_a_row_each_and_none_have_no_row():
    figure = derivative_cells(checked(bias="per_sample"), 0, LIGHT, title="")
    assert len(figure.data[0].text) == 2 * (2 + 4) * 3
    assert "of sample 4" in figure.data[0].customdata[-1]
    assert len(derivative_cells(checked(bias="none"), 0, LIGHT, title="").data[0].text) == 2 * 2 * 3


def test_random_directions_are_one_column():
    check = checked(directions=5)
    for figure in (derivative_cells(check, 0, LIGHT, title=""), error_cells(check, LIGHT, title="")):
        assert "random direction 5" in figure.data[0].customdata[-1]
    assert said(error_cells(check, LIGHT, title=""))[0] == "directions"


def test_a_large_network_has_small_cells_that_speak_when_hovered():
    figure = error_cells(checked((2, *[8] * 6, 1)), LIGHT, title="")
    assert not any(figure.data[0].text)
    assert all(figure.data[0].customdata)
    assert figure.layout.height < 900


def test_numbers_that_are_not_finite_are_named():
    net = Network((1, 1), ("linear",), rng=0)
    check = gradient_check(net, [[math.nan]], [[1.0]], "mse")
    assert "NaN" in error_cells(check, LIGHT, title="").data[0].text
    assert derivative_cells(check, 0, LIGHT, title="").data[0].marker.color[0] == LIGHT.warn_soft


# The curve

EPSILONS = np.array([1e-9, 1e-7, 1e-5, 1e-3, 1e-1])


def test_the_curve_is_logarithmic_both_ways_and_says_what_makes_its_arms():
    figure = difference_curve(EPSILONS, np.array([1e-7, 1e-9, 1e-11, 1e-7, 1e-3]), 1e-5, LIGHT, title="V")
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == ("log", "log")
    assert {"rounding", "truncation"} <= set(said(figure))
    places = {note.text: note.x for note in figure.layout.annotations}
    assert places["rounding"] < places["truncation"]


def test_the_marker_stands_on_the_curve_at_the_chosen_step():
    differences = np.array([1e-7, 1e-9, 1e-11, 1e-7, 1e-3])
    figure = difference_curve(EPSILONS, differences, 1e-3, LIGHT, title="V")
    line, marker = figure.data
    assert (marker.x[0], marker.y[0]) == (1e-3, 1e-7)
    assert marker.marker.color == LIGHT.accent
    assert list(line.y) == differences.tolist()
    assert figure.layout.shapes[0].x0 == 1e-3


def test_a_difference_of_zero_lies_at_the_bottom_and_a_missing_one_is_a_gap():
    figure = difference_curve(EPSILONS, np.array([1e-7, 0.0, 1e-11, math.nan, 1e-3]), 1e-3, LIGHT, title="V")
    line, marker = figure.data
    assert line.y[1] == pytest.approx(1e-11)
    assert math.isnan(line.y[3])
    assert math.isnan(marker.y[0])
    assert "not compared" in line.customdata[3]
    assert "<b>0</b>" in line.customdata[1]


def test_a_curve_with_nothing_to_compare_can_be_drawn():
    difference_curve(EPSILONS, np.full(5, math.nan), 1e-5, DARK, title="V")
    difference_curve(EPSILONS, np.zeros(5), 1e-5, DARK, title="V")


def test_the_engines_check_makes_a_v():
    epsilons = [1e-11, 1e-9, 1e-7, 1e-5, 1e-3, 1e-1]
    largest = [np.abs(c.analytic - c.numeric).max() for c in (checked(eps=eps) for eps in epsilons)]
    bottom = int(np.argmin(largest))
    assert 0 < bottom < 5
    assert largest[0] > 1e3 * largest[bottom] < largest[-1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.3e-8, "1.3·10<sup>−8</sup>"),
        (1e-5, "10<sup>−5</sup>"),
        (3e-5, "3·10<sup>−5</sup>"),
        (0.0, "0"),
        (2.5, "2.5"),
        (math.nan, "not compared"),
        (math.inf, "∞"),
    ],
)
def test_a_power_of_ten_is_written_with_a_superscript(value, text):
    assert scientific(value) == text
