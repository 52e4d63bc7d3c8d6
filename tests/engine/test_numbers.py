"""What people type is read as they mean it or asked back."""

import math
import time
from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.numbers import (
    LONGEST,
    MOST_NUMBERS,
    minus,
    read_number,
    read_numbers,
    read_typed,
    significant,
)

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def refusal_of(read, text, name):
    """The sentence with which a reader refuses a text."""
    with pytest.raises(ValueError, match="must be") as refusal:
        read(text, name)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        ("-2", -2.0),
        ("−2", -2.0),
        ("–2", -2.0),
        ("+2", 2.0),
        (" - 2 ", -2.0),
        ("\u00a02\u2009", 2.0),
        ("0.2\u200a", 0.2),
        ("1 234.5", 1234.5),
        ("1\u202f234\u202f567,5", 1234567.5),
        ("0.123 456", 0.123456),
        ("1.2e-3", 0.0012),
        ("1,2E−3", 0.0012),
        ("1.3·10^-4", 0.00013),
        ("1.3 · 10^-4", 0.00013),
        ("2.98*10^(-1)", 0.298),
        ("2.98*10^( −1 )", 0.298),
        ("1.2*10**-3", 0.0012),
        ("1.2×10⁻³", 0.0012),
        ("1.2 x 10^+3", 1200.0),
        ("10^-3", 0.001),
        ("−10⁻³", -0.001),
        ("10²", 100.0),
        ("1/3", 1 / 3),
        ("-1 / 4", -0.25),
        ("1⁄2", 0.5),
        ("29.8%", 0.298),
        ("29,8 %", 0.298),
        ("5e1%", 0.5),
        ("≈0.5", 0.5),
        ("~ 0.5", 0.5),
        ("= -0.5", -0.5),
        ("0,125", 0.125),
        ("-0,125", -0.125),
        ("12,50", 12.5),
        ("1234,567", 1234.567),
        ("1 234,567", 1234.567),
        ("1.000", 1.0),
        ("0e99999", 0.0),
    ],
)
def test_a_number_is_read_as_people_write_it(text, value):
    assert read_number(text) == value


WORDS = "must be a number, like 0.5, 1.2e-3 or 1/3."
MARKS = "must be a number with one point or comma at most, like 1234.5."
SIZE = "must be 0 or a number from 5e-324 to 1.7e308 in size."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1,000", "must be a number that can be read in one way only, 1.000 or 1000."),
        ("-12,345", "must be a number that can be read in one way only, 12.345 or 12345."),
        ("1,000%", "must be a number that can be read in one way only, 1.000 or 1000."),
        ("1/1,000", "must be a number that can be read in one way only, 1.000 or 1000."),
        ("2,500e3", "must be a number that can be read in one way only, 2.500 or 2500."),
        ("1.234,5", MARKS),
        ("1,234.5", MARKS),
        ("1,000,000", MARKS),
        ("1.2.3", MARKS),
        ("1e400", SIZE),
        ("1e99999999999999999999", SIZE),
        ("-1e400", SIZE),
        ("1e-400", SIZE),
        ("1/0", "must be a number that does not divide by 0."),
        ("0/0,0", "must be a number that does not divide by 0."),
        ("0.1 0.2", MARKS),
    ],
)
def test_what_may_be_two_numbers_or_is_out_of_range_is_asked_back_with_the_rule(text, rule):
    assert refusal_of(read_number, text, "The rate") == f"The rate {rule} Got {text!r}."


NO_NUMBERS = (
    *("", " ", ".", ",", "-", "%", "/", "abc", "one", "nan", "NaN", "inf", "∞", "True", "None", "__import__"),
    *(
        "1_0",
        "١",
        "１",
        "৩",
        "½",
        "²",
        "5²",
        "0x10",
        "e5",
        "1e",
        "1e٣",
        "10^٣",
        "1e5.5",
        "1.0f",
        "1'000",
        "1,000 m",
    ),
    *("--1", "+-1", "1 2", "12 34", "1-2", "1/2/3", "1/-2", "1/3%", "1/2·10^3", "1e5/2", "≈≈1", "1≈"),
    *("3*105", "2*10", "3^2", "·10²", "10^", "10^(-1", "10^-1)", "10^^2", "10^⁻³", "1\x00"),
    *("1\u200b0", "1,000 m"),
)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_refused_in_one_sentence(text):
    assert refusal_of(read_number, text, "The rate") == f"The rate {WORDS} Got {text.strip()!r}."


def test_a_long_text_is_refused_at_once_and_cut_in_the_sentence():
    assert read_number("0" * (LONGEST - 1) + "1") == 1
    texts = [letters * 10**5 for letters in ("1", "1 ", " 1", "1,1.", "⁰", "10^")]
    began = time.perf_counter()
    for text in texts:
        with pytest.raises(
            ValueError, match=r"^The number must be .* at most 60 characters\. Got '.{29}…'\.$"
        ):
            read_number(text)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("text", "digits", "unit", "filled"),
    [
        ("1.20", 3, 0.01, 0.01),
        ("−0,0413", 3, 1e-4, 1e-4),
        ("0.0100", 3, 1e-4, 1e-4),
        ("1700", 4, 1.0, 100.0),
        ("1 700", 4, 1.0, 100.0),
        ("1700.", 4, 1.0, 1.0),
        ("1700.0", 5, 0.1, 0.1),
        ("1.70e3", 3, 10.0, 10.0),
        ("4.1·10⁻²", 2, 1e-3, 1e-3),
        ("20e-2", 2, 0.01, 0.1),
        ("10^-3", 1, 1e-3, 1e-3),
        ("29.8%", 3, 1e-3, 1e-3),
        ("0", 0, 1.0, 10.0),
        ("0.00", 0, 0.01, 0.01),
        ("1/3", None, 0.0, 0.0),
    ],
)
def test_the_digits_that_were_typed_are_counted(text, digits, unit, filled):
    typed = read_typed(text)
    assert typed.digits == digits
    assert (typed.unit, typed.filled) == pytest.approx((unit, filled))
    assert typed.value == read_number(text)


@settings(deadline=None)
@given(FLOATS, st.integers(1, 17))
def test_as_many_digits_are_counted_as_were_written(value, digits):
    text = f"{value:.{digits - 1}e}"
    assume(value != 0)
    assume(math.isfinite(float(text)))
    assume(float(text) != 0)
    assert read_typed(text).digits == digits


@pytest.mark.parametrize("letters", ["1", "1 ", " ", "1,", ".", "10^", "10*", "1/", "e1", "-", "(1", "10 "])
def test_no_short_text_makes_it_slow(letters):
    text = (letters * LONGEST)[: LONGEST - 1] + "!"
    began = time.perf_counter()
    with pytest.raises(ValueError, match="must be"):
        read_number(text)
    assert time.perf_counter() - began < 0.5


@settings(deadline=None)
@given(FLOATS)
def test_every_number_that_python_writes_is_read_to_the_last_bit(value):
    for text in (repr(value), f"{value:.17g}", f"{value:+.16e}", minus(repr(value))):
        assert read_number(text) == value


@settings(deadline=None)
@given(FLOATS, st.integers(0, 8))
def test_a_power_of_ten_is_read_in_every_way_of_writing_it(value, digits):
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    power = str(int(exponent))
    expected = float(f"{mantissa}e{exponent}")
    assume(math.isfinite(expected))
    forms = (
        f"·10{power.translate(RAISED)}",
        f" × 10^{power}",
        f"*10^({power})",
        f"*10**{power}",
        f"E{power}",
    )
    for form in forms:
        assert read_number(minus(mantissa) + form) == expected
        if digits not in (0, 3):  # "1,000·10⁵" is asked back
            assert read_number((mantissa + form).replace(".", ",")) == expected


@settings(deadline=None)
@given(FLOATS, st.integers(1, 17))
def test_significant_digits_that_are_written_are_read(value, digits):
    assume(math.isfinite(expected := float(f"{value:.{digits}g}")))
    assert read_number(significant(value, digits)) == expected


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (-0.0413352, 4, "−0.04134"),
        (0.5, 6, "0.5"),
        (1e-5, 6, "1e−05"),
        (-2.0, 6, "−2"),
        (1234567.0, 4, "1.235e+06"),
    ],
)
def test_a_number_is_written_with_significant_digits_and_a_true_minus(value, digits, text):
    assert significant(value, digits) == text


@settings(deadline=None)
@given(
    st.text() | st.from_regex(r"[≈~=]?[-−+]?[0-9 ]*[.,/]?[0-9]*([eE·*x][-−+0-9^⁻²()]*)?%?", fullmatch=True)
)
def test_whatever_is_typed_is_a_finite_number_or_refused(text):
    with suppress(ValueError):  # and no other error
        assert math.isfinite(read_number(text))


# Lists


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("(3, 3)", (3.0, 3.0)),
        ("[−1.2, 1]", (-1.2, 1.0)),
        ("2.5", (2.5,)),
        ("1 2\t3\n4\r\n5;6", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)),
        ("1,5 2,5", (1.5, 2.5)),
        ("0,5; 0,7", (0.5, 0.7)),
        ("0,5;0,7", (0.5, 0.7)),
        ("1 , 2", (1.0, 2.0)),
        ("1,\n2\n", (1.0, 2.0)),
        ("1,2", (1.2,)),
        ("1/3, 29.8%, 10^(-1)", (1 / 3, 0.298, 0.1)),
        ("1\u202f234 5", (1234.0, 5.0)),
    ],
)
def test_a_list_is_parted_by_spaces_semicolons_and_commas_with_a_space(text, values):
    assert read_numbers(text) == pytest.approx(values, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There must be numbers in the start, like 3, 0.5. Got ''."),
        ("( )", "There must be numbers in the start, like 3, 0.5. Got '( )'."),
        ("3, x", f"Number 2 of the start {WORDS} Got 'x'."),
        ("1;;2", f"Number 2 of the start {WORDS} Got ''."),
        ("(3, 3", f"Number 1 of the start {WORDS} Got '(3'."),
        ("1 - 2", f"Number 2 of the start {WORDS} Got '-'."),
        ("1,000 2", "Number 1 of the start must be a number that can be read in one way only, 1.000 or 1000. "
         "Got '1,000'."),
        ("1 " * (MOST_NUMBERS + 1), "There must be at most 1000 numbers in the start. Got 1001."),
        ("1" * 10**6, "There must be at most 1000 numbers in the start. Got 1000000 characters."),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_says_which_number_it_is(text, sentence):
    assert refusal_of(read_numbers, text, "the start") == sentence


@settings(deadline=None)
@given(st.lists(FLOATS, min_size=1, max_size=20), st.sampled_from([" ", "\t", "\n", ";", "; ", ", "]))
def test_every_list_of_numbers_comes_back(values, between):
    assert read_numbers(between.join(map(repr, values))) == tuple(values)
