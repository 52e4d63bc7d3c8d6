"""A written-out formula gets the fewest digits with which its printed numbers give the printed result."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.worked.expressions import (
    Apply,
    Constant,
    Difference,
    Number,
    Product,
    Quotient,
    Scaled,
    Sum,
    Symbol,
)
from pages.formulas import numbers
from pages.formulas.mathml import MathmlWriter
from pages.formulas.precision import gives, precise, precise_lines, reread

A, B, C = Symbol("a"), Symbol("b"), Symbol("c")
MATRICES = arrays(float, (2, 2), elements=st.floats(-9, 9).filter(lambda x: x == 0 or abs(x) > 1e-6))
DIGITS = st.integers(2, 6)


def writer_of(digits=4, **env):
    return MathmlWriter(
        env={key: np.atleast_2d(value) for key, value in env.items()}, numbers=True, digits=digits
    )


def fits(writer, node, result):
    found = reread(node, writer).value({})
    return all(gives(x, exact, writer.digits) for x, exact in zip(found.flat, result.flat, strict=True))


@given(MATRICES, MATRICES, MATRICES, DIGITS)
@settings(max_examples=60, deadline=None)
def test_the_printed_operands_give_the_printed_result_and_one_digit_fewer_would_not(a, b, c, digits):
    writer, node = writer_of(digits, a=a, b=b, c=c), Sum((Product((A, B)), C))
    result = node.value(writer.env)
    chosen = precise(writer, node, result)
    assert fits(chosen, node, result)
    assert chosen.extra == 0 or not fits(replace(writer, extra=chosen.extra - 1), node, result)


@given(MATRICES, MATRICES, MATRICES)
@settings(max_examples=40, deadline=None)
def test_each_line_gives_the_next(a, b, c):
    writer, node = writer_of(a=a, b=b, c=c), Sum((Product((A, B)), C))
    result = node.value(writer.env)
    above, between = precise_lines(writer, node, result)
    assert fits(between, node, result)
    computed = reread(node.terms[0], above).value({})
    for x, exact in zip(computed.flat, (a @ b).flat, strict=True):
        assert abs(x - numbers.as_printed(exact, 4, between.extra)) <= 0.5 * 10**-4 * (1 + 1e-6)


def test_a_quotient_of_two_small_numbers_gets_the_digits_that_it_needs():
    writer = writer_of(a=0.00880, b=0.00880**2)
    node = Quotient(A, Apply("sqrt", B))
    assert "<mn>0.0001</mn>" in writer.write(node), "0.0088/√0.0001 is 0.88, not 1"
    assert "<mn>0.00007744</mn>" in precise(writer, node, np.array([[1.0]])).write(node)


def test_a_constant_gets_more_digits_as_a_number_of_a_matrix_does():
    writer, node = writer_of(a=2000.0), Scaled(Constant(Quotient(Number(1.0), Number(3.0))), A)
    assert "<mn>0.33333333</mn>" in precise(writer, node, np.array([[2000 / 3]])).write(node)


def test_a_matrix_whose_numbers_are_short_gets_no_zeros_at_their_ends():
    writer, node = writer_of(a=8.25, b=0.123456), Product((A, B))
    chosen = precise(writer, node, node.value(writer.env))
    assert chosen.extra > 0
    assert "<mn>8.2500</mn>" in chosen.write(node)


def test_what_is_cut_off_needs_no_digits():
    rng = np.random.default_rng(0)
    writer, node = writer_of(a=rng.normal(size=(2, 40)), b=rng.normal(size=(40, 2))), Product((A, B))
    assert precise(writer, node, node.value(writer.env)).extra == 0


@pytest.mark.parametrize("hopeless", [math.nan, math.inf])
def test_what_is_not_finite_needs_no_digits(hopeless):
    writer, node = writer_of(a=hopeless, b=1 / 3), Difference(A, B)
    assert precise(writer, node, node.value(writer.env)).extra == 0


@given(st.floats(-1e9, 1e9), DIGITS, st.integers(0, 6))
def test_a_reader_finds_the_number_that_is_printed_within_half_a_unit(x, digits, extra):
    found, unit = numbers.as_printed(x, digits, extra), numbers.last_digit(x, digits, extra)
    assert abs(found - x) <= unit / 2 * (1 + 1e-6)
    assert numbers.number_text(found, digits, extra=extra) == numbers.number_text(x, digits, extra=extra)
