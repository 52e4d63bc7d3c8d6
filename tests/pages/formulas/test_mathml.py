"""The MathML of formulas: which way matrices lie, what stands below and above, and nothing foreign in it."""

import xml.etree.ElementTree as ET
from html import unescape

import numpy as np
import pytest

from engine.examples.systems import SYSTEMS
from engine.optimizers import OPTIMIZERS, make_optimizer
from engine.worked.expressions import (
    Apply,
    Constant,
    Difference,
    Expression,
    Hadamard,
    Jacobian,
    Negative,
    Number,
    Over,
    Power,
    Product,
    Quotient,
    Scaled,
    Sum,
    Symbol,
    Total,
)
from engine.worked.worked import work
from pages.formulas.mathml import MathmlWriter, formula_mathml, numbers_mathml, symbol_mathml
from pages.formulas.notation import OWN, Convention, has_in_between, laid, oriented
from pages.formulas.numbers import constant, cut, number_text

COLUMNS = Convention("columns", "out×in")
CONVENTIONS = [
    Convention(samples, weights) for samples in ("rows", "columns") for weights in ("in×out", "out×in")
]
W2, A1, B2 = Symbol("W", 1), Symbol("a", 1), Symbol("b", 1)
FORWARD = Sum((Product((A1, W2)), B2))
ERROR = Hadamard(
    (
        Product((Symbol("delta", 2), Symbol("W", 2, transposed=True))),
        Apply("sigmoid", Symbol("z", 1), derivative=True),
    )
)


def text(mathml: str) -> str:
    """What stands there, without elements; well-formed or it fails."""
    return unescape("".join(ET.fromstring(f"<math>{mathml}</math>").itertext()))


def formula(expression: Expression, result: Symbol, convention: Convention) -> str:
    return text(formula_mathml(oriented(expression, result, convention), convention))


def factor(expression: Expression, convention: Convention = OWN) -> str:
    return text(MathmlWriter(convention, inline=True).write(expression))


@pytest.mark.parametrize(
    ("convention", "shown"),
    [
        (OWN, "a[1]W[2]+b[2]"),
        (Convention("rows", "out×in"), "a[1]W[2]T+b[2]"),
        (Convention("columns", "in×out"), "W[2]Ta[1]+b[2]"),
        (COLUMNS, "W[2]a[1]+b[2]"),
    ],
)
def test_the_forward_formula_is_what_books_print_in_each_convention(convention, shown):
    assert formula(FORWARD, Symbol("z", 1), convention) == shown


@pytest.mark.parametrize(
    ("convention", "shown"),
    [(OWN, "(δ[3]W[3]T)∘σ′(z[2])"), (COLUMNS, "(W[3]Tδ[3])∘σ′(z[2])")],
)
def test_the_error_is_passed_back_through_the_transposed_weights_in_both(convention, shown):
    assert formula(ERROR, Symbol("delta", 1), convention) == shown


def test_a_gradient_of_weights_lies_as_the_weights_do():
    gradient, dW = Product((Symbol("a", 1, transposed=True), Symbol("delta", 1))), Symbol("W", 1, mark="d")
    assert formula(gradient, dW, OWN) == "a[1]Tδ[2]"
    assert formula(gradient, dW, COLUMNS) == "δ[2]a[1]T"
    assert formula(gradient, dW, Convention("rows", "out×in")) == "δ[2]Ta[1]"
    for weights in (dW, Symbol("W", 1, mark="new"), Symbol("v", 1, of="W", mark="max", old=True)):
        assert laid(weights, np.ones((2, 3)), Convention("rows", "out×in")).shape == (3, 2)
        assert laid(weights, np.ones((2, 3)), Convention("columns", "in×out")).shape == (2, 3)
    assert laid(Symbol("m", 1, of="b"), np.ones((1, 3)), Convention("columns", "in×out")).shape == (3, 1)
    assert laid(Symbol("L"), np.ones((1, 2)), COLUMNS).shape == (1, 2)


def test_symbols_have_their_letters_layers_and_indices():
    assert text(symbol_mathml(Symbol("a", 0))) == "x"
    assert text(symbol_mathml(Symbol("delta", 1), sub="1")) == "δ1[2]"
    assert text(symbol_mathml(Symbol("W", 0, mark="new"))) == "Wnew[1]"
    assert text(symbol_mathml(Symbol("W", 0, mark="decayed"))) == "Wdecayed[1]"
    assert text(symbol_mathml(Symbol("m", 0, of="W", mark="hat"))) == "m^W[1]"
    assert text(symbol_mathml(Symbol("v", 0, of="b", old=True))) == "vb,\u2009old[1]"
    assert text(symbol_mathml(Symbol("v", 0, of="W", mark="max", old=True))) == "vW,\u2009max,\u2009old[1]"
    assert text(symbol_mathml(Symbol("L", 1, mark="d"))) == "∂L∂a[2]", "as a fraction"
    assert text(symbol_mathml(Symbol("a", 1, mark="d"))) == "∂L∂a[1]"


def test_entries_are_indexed_as_the_matrix_lies():
    W, z = Symbol("W", 2, index=(0, 1)), Symbol("z", 1, index=(0,))
    assert factor(W) == "W12[3]"
    assert factor(W, COLUMNS) == "W21[3]"
    assert factor(Apply("sigmoid", z, derivative=True), COLUMNS) == "σ′(z1[2])"
    assert factor(Symbol("a", 1, index=(1, 9))) == "a2,10[1]"
    assert factor(Symbol("W", 0, mark="d", index=(2, 1)), COLUMNS) == "dW23[1]"
    assert factor(Symbol("y"), COLUMNS) == "y", "one entry is not transposed"


def test_a_factor_of_an_entry_stands_on_one_line():
    a, y = Symbol("a", 3, index=(0,)), Symbol("y")
    not_a = Difference(Number(1.0), a)
    assert factor(Quotient(Difference(a, y), Hadamard((a, not_a)))) == "(a1[3]−y)/(a1[3]·(1−a1[3]))"
    assert factor(Apply("log", not_a)) == "log(1−a1[3])"
    assert factor(Apply("softplus", Scaled(Number(-1.0), a))) == "softplus(−1·a1[3])"
    assert factor(Apply("sqrt", a)) == "√(a1[3])"
    assert factor(Apply("square", Difference(a, y))) == "(a1[3]−y)2"
    assert factor(Apply("abs", Difference(a, y))) == "|a1[3]−y|"
    assert "term" not in MathmlWriter(inline=True).write(not_a)


def test_a_constant_is_letters_in_a_formula_and_one_number_among_numbers():
    N, K, beta = Number(4.0, "N"), Number(3.0, "K"), Number(0.9, "β₁")
    share = Constant(Negative(Quotient(Number(1.0), Scaled(N, K))))
    fading = Constant(Difference(Number(1.0), Power(beta, 2)))
    assert text(formula_mathml(share)) == "−1N·K"
    assert text(formula_mathml(fading)) == "(1−β₁2)"
    assert text(formula_mathml(Scaled(fading, A1))) == "(1−β₁2)a[1]"
    assert text(MathmlWriter(numbers=True).write(share)) == "−0.08333"
    assert text(MathmlWriter(numbers=True).write(fading)) == "0.19"
    decay = Constant(Product((Number(0.1, "η"), Number(0.2, "λ"))))
    assert oriented(Scaled(decay, A1), A1, COLUMNS) == Scaled(decay, Symbol("a", 1, transposed=True))


def test_parentheses_stand_where_an_operation_binds_less():
    z, y = Symbol("z", 0), Symbol("y")
    share = Constant(Quotient(Number(2.0), Number(4.0, "N")))
    assert text(formula_mathml(Scaled(share, Difference(z, y)))) == "2N·(z[1]−y)"
    assert text(formula_mathml(Difference(z, Difference(z, y)))) == "z[1]−(z[1]−y)"
    assert text(formula_mathml(Total(Sum((z, y))))) == "Σ(z[1]+y)"
    assert text(formula_mathml(Over(z))) == "1Tz[1]"
    assert text(formula_mathml(Over(z, axis=1))) == "z[1]1"
    assert text(formula_mathml(Apply("square", Difference(z, y)))) == "(z[1]−y)2"
    assert "mfrac" in formula_mathml(Quotient(y, z))
    assert text(formula_mathml(Jacobian("softmax", z, y))) == "yJsoftmax(z[1])"


def test_every_symbol_can_light_up_and_a_derivative_is_one_term():
    mathml = formula_mathml(ERROR)
    assert [mathml.count(f'data-term="{key}"') for key in ("delta3", "W3", "z2")] == [1, 1, 1]


def test_shapes_stand_below_the_terms():
    env = {"a1": np.ones((4, 3)), "W2": np.ones((3, 2)), "b2": np.ones((1, 2))}
    assert text(formula_mathml(FORWARD, env=env)) == "a[1]4×3W[2]3×2+b[2]1×2"
    turned = oriented(FORWARD, Symbol("z", 1), COLUMNS)
    assert text(formula_mathml(turned, COLUMNS, env=env)) == "W[2]2×3a[1]3×4+b[2]2×1"


def test_numbers_take_the_place_of_the_symbols_and_what_is_inside_is_computed_in_between():
    env = {"a1": np.array([[1.0, 2.0]]), "W2": np.array([[3.0], [4.0]]), "b2": np.array([[0.5]])}
    assert text(MathmlWriter(env=env, numbers=True, digits=1).write(FORWARD)) == "[1.02.0][3.04.0]+[0.5]"
    assert text(MathmlWriter(env=env, numbers=True, deep=True, digits=1).write(FORWARD)) == "[11.0]+[0.5]"
    assert has_in_between(FORWARD)
    assert not has_in_between(Product((A1, W2)))


def test_names_are_escaped():
    mathml = symbol_mathml(Symbol("<b>&", 0)) + MathmlWriter().write(
        Apply("<script>", Symbol("<b>", of="<b>"))
    )
    assert "<b>" not in mathml
    assert "<script>" not in mathml
    assert text(symbol_mathml(Symbol("<b>&", 0))) == "<b>&[1]"


@pytest.mark.parametrize(
    ("x", "digits", "shown"),
    [
        (-0.21812, 4, "−0.2181"),
        (-0.0, 4, "0.0000"),
        (3.97e-6, 4, "3.97·10⁻⁶"),
        (-1.2345e9, 4, "−1.23·10⁹"),
        (float("nan"), 4, "NaN"),
        (float("-inf"), 4, "−∞"),
        (1 / 3, 10, "0.3333333333"),
    ],
)
def test_a_number_keeps_its_decimals_and_is_never_a_false_zero(x, digits, shown):
    assert number_text(x, digits) == shown


def test_constants_have_no_zeros_at_their_end():
    assert [constant(x) for x in (0.1, 1.0, 0.004, -0.25, 1e-8)] == [
        "0.1",
        "1",
        "0.004",
        "−0.25",
        "1.00·10⁻⁸",
    ]


def test_of_a_large_matrix_the_beginning_is_written():
    head, rows, columns = cut(np.ones((250, 12)))
    assert head.shape == (6, 8)
    assert (rows, columns) == (244, 4)
    assert cut(np.ones((7, 9)))[1:] == (0, 0), "what would only hide one row shows it"
    assert text(numbers_mathml(np.ones((250, 1)), 0)) == "[111111⋮]"
    assert len(numbers_mathml(np.ones((250, 200)))) < 5000


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda c: c.label)
@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_formula_of_every_example_is_well_formed_and_says_the_same_turned(convention, rule):
    for system in SYSTEMS.values():
        net, X, Y = system.build()
        worked = work(net, X, Y, system.loss, make_optimizer(rule))
        for step in worked.steps:
            turned = oriented(step.formula, step.result.symbol, convention)
            assert np.allclose(
                turned.value(step.values),
                laid(step.result.symbol, step.result.value, convention),
                rtol=1e-12,
                atol=1e-12,
            ), step.key
            for kind in ({}, {"numbers": True}, {"numbers": True, "deep": True}, {"shapes": True}):
                text(MathmlWriter(convention, env=step.values, **kind).write(turned))
