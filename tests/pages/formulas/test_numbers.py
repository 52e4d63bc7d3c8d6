"""Every number that the app writes for people has one way of being written, and can be typed back."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.numbers import read_number, significant, with_power
from engine.practice import exercises
from pages.formulas import numbers

FLOATS = st.floats(-1e12, 1e12)


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (lambda x: numbers.number_text(x, 4), -0.04133, "−0.0413"),
        (lambda x: numbers.number_text(x, 4), 0.00004, "4.00·10⁻⁵"),
        (lambda x: numbers.number_text(x, 2), -1234567.0, "−1.23·10⁶"),
        (lambda x: numbers.number_text(x, 2), -0.0, "0.00"),
        (lambda x: numbers.number_text(x, 2), -math.inf, "−∞"),
        (lambda x: numbers.scientific(x, 3), -0.0123456, "−1.235·10⁻²"),
        (numbers.constant, 0.004, "0.004"),
        (numbers.constant, -1e-8, "−1.00·10⁻⁸"),
        (numbers.constant, 20000.0, "20000"),
        (numbers.constant, 123456.5, "123456.5"),
        (numbers.constant, 6.1e-5, "6.10·10⁻⁵"),  # four decimals would make 0.0001 of it
        (numbers.words, 1.3e-8, "1.3·10⁻⁸"),
        (lambda x: with_power(f"{x:g}"), -1e-5, "−10⁻⁵"),
        (lambda x: with_power(f"{x:g}"), 2.5e20, "2.5·10²⁰"),
        (lambda x: with_power(f"{x:g}"), -0.25, "−0.25"),
        (numbers.words, 1e-5, "10⁻⁵"),
        (numbers.words, 3.0, "3·10⁰"),
        (numbers.words, 0.0, "0"),
        (numbers.words, math.nan, "not a number"),
        (numbers.tolerance, 0.01, "10⁻²"),
        (numbers.tolerance, 0.0001, "10⁻⁴"),
        (numbers.tolerance, 1e-10, "10⁻¹⁰"),
        (numbers.tolerance, 0.0005, "0.0005"),
        (numbers.tolerance, 2.5e-6, "2.5·10⁻⁶"),
        (numbers.tolerance, 1.0, "1"),
        (numbers.short, 8.1234567, "8.1235"),
        (numbers.short, 0.0123456, "0.01235"),
        (numbers.short, 0.00001234, "1.234·10⁻⁵"),
        (numbers.short, -0.5, "−0.5000"),
        (numbers.short, 12345.0, "1.2·10⁴"),
        (numbers.short, math.inf, "∞"),
        (numbers.short, None, "–"),
        (numbers.small, 0.25, "0.2500"),
        (numbers.small, 3.14159e-7, "3.1·10⁻⁷"),
        (numbers.signed, -0.6, "−0.6000"),
        (numbers.signed, 0.6, "+0.6000"),
        (numbers.magnitude, 3e-9, "3·10⁻⁹"),
        (numbers.magnitude, 1.2e-16, "10⁻¹⁶"),
        (numbers.magnitude, 0.0, "0"),
        (exercises.answer_text, -0.0413352, "−0.04134"),
    ],
)
def test_a_number_is_written_as_always(write, value, text):
    assert write(value) == text


# A writer -> the greatest relative error of what it writes, or half of the last decimal that it writes.
SIGNED_WRITERS = {
    "written": (lambda x: numbers.number_text(x, 4), 5e-3, 5e-5),
    "written, many decimals": (lambda x: numbers.number_text(x, 10), 5e-3, 5e-11),
    "scientific": (lambda x: numbers.scientific(x, 3), 5e-4, 0),
    "constant": (numbers.constant, 5e-3, 0),
    "short": (numbers.short, 5e-2, 5e-5),
    "small": (numbers.small, 5e-2, 5e-5),
    "signed": (numbers.signed, 1e-12, 5e-5),
    "significant": (significant, 5e-6, 0),
    "an answer": (exercises.answer_text, 5e-4, 0),
}
SIZE_WRITERS = {
    "words": (numbers.words, 5e-2, 0),
    "tolerance": (numbers.tolerance, 5e-4, 0),
    "magnitude": (numbers.magnitude, 0.5, 0),
}


@pytest.mark.parametrize("name", [*SIGNED_WRITERS, *SIZE_WRITERS])
@settings(deadline=None)
@given(FLOATS)
def test_what_the_app_writes_it_reads(name, value):
    write, relative, absolute = (SIGNED_WRITERS | SIZE_WRITERS)[name]
    value = value if name in SIGNED_WRITERS else abs(value)
    assume(value == 0 or abs(value) > 1e-300)
    assert read_number(write(value)) == pytest.approx(value, rel=relative * 1.001, abs=absolute * 1.001)
