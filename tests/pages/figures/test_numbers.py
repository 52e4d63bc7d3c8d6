"""Numbers in figures: a true minus, powers of ten that Plotly raises, and ticks that say where they stand."""

import math
import re

import numpy as np
import pytest

from pages.figures.loss_history import log_axis
from pages.figures.numbers import (
    column_writer,
    exact_text,
    fixed,
    minus,
    power,
    power_in_words,
    scientific,
    signed,
    significant,
    tick,
    value_text,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (minus("-1e-05"), "−1e−05"),
        (significant(-0.000123456789, 6), "−0.000123457"),
        (power(-8), "10<sup>−8</sup>"),
        (value_text(-0.25), "−0.2500"),
        (value_text(-1.5e-17, power_in_words), "−1.500·10⁻¹⁷"),
        (value_text(-1.5e-7), "−1.500·10<sup>−7</sup>"),
        (value_text(math.nan), "–"),
        (scientific(-1.3e-8), "−1.3·10<sup>−8</sup>"),
        (scientific(1e-5), "10<sup>−5</sup>"),
        (signed(-0.374), "−0.37"),
        (signed(-0.004), "0.00"),
        (significant(-0.0, 4), "0"),
        (fixed(-0.00004, 4), "0.0000"),
        (fixed(-2.5, 1), "−2.5"),
        (value_text(-0.0), "0.0000"),
        (exact_text(-4.44089e-16), "−4.44089·10<sup>−16</sup>"),
        (exact_text(-0.25), "−0.25"),
        (tick(-4), "0.0001"),
        (tick(math.log10(0.2)), "0.2"),
        (tick(math.log10(2000)), "2000"),
        (tick(5), "10<sup>5</sup>"),
        (tick(-6 + math.log10(5)), "5·10<sup>−6</sup>"),
    ],
)
def test_a_number_in_a_figure_is_written_as_always(text, expected):
    assert text == expected


def number_of(text):
    mantissa, _, exponent = re.sub(r"·?10<sup>(.*)</sup>", r"e\1", text).replace("−", "-").partition("e")
    return float(f"{mantissa or 1}e{exponent or 0}")


@pytest.mark.parametrize("low", [1e-9, 3e-7, 2e-5, 4e-3, 0.1, 7.0, 3e4, 2e5, 1e8])
@pytest.mark.parametrize("span", [2, 30, 150, 1e4])
def test_every_tick_of_a_logarithmic_axis_is_named_by_its_own_number(low, span):
    _, axis = log_axis(np.array([low, low * span]), zeros=False)
    assert len(axis["tickvals"]) >= 1
    assert [number_of(text) for text in axis["ticktext"]] == pytest.approx(axis["tickvals"])


def texts(values, decimals=4):
    return list(map(column_writer(values, decimals), values))


def test_the_numbers_of_a_column_have_the_same_count_of_decimals():
    assert texts([3.0, -2.4, 0.48]) == ["3.0000", "−2.4000", "0.4800"]
    assert texts([3.0, -2.0, 0.0]) == ["3", "−2", "0"]


def test_what_is_only_rounding_is_0_in_a_column_with_both_signs_and_a_size_in_one_without():
    assert texts([3.0, -2.4, -4.44089e-16]) == ["3.0000", "−2.4000", "0.0000"]
    assert texts([54.25, 1e-15]) == ["54.2500", "1.000·10⁻¹⁵"]


def test_a_column_tells_what_is_missing_or_endless():
    assert texts([math.nan, -math.inf, 0.5]) == ["–", "−∞", "0.5000"]
    assert texts([-0.0, 1e9]) == ["0.0000", "1.000·10⁹"]
