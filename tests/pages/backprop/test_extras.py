"""What stands beside the board: the gradient check, the exercises, the files to take along."""

import math
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import Experiment, Network, gradient_check, make_loss, make_optimizer
from engine.examples.systems import SYSTEMS
from engine.practice import answers
from engine.practice.exercises import exercises, right_value
from engine.practice.sentences import as_text
from engine.worked.expressions import Symbol
from engine.worked.worked import work
from pages.backprop.answer import hints
from pages.backprop.controls import playing_of
from pages.backprop.derivation import derivation_html, derivation_markdown
from pages.backprop.exports import export_name, file_name
from pages.backprop.gradcheck import (
    COARSE,
    FINE,
    best_verdict,
    checked,
    error_text,
    kink_warning,
    largest_difference,
    verdict,
    words,
)
from pages.backprop.questions import index_of, place_words, question_latex
from pages.backprop.session import BackpropSession
from pages.backprop.settings import BackpropSettings
from pages.backprop.worksheet import worksheet_html
from pages.backprop.written_out import written_out
from pages.formulas.latex import LatexWriter, sentence_latex, symbol_latex
from pages.formulas.mathml import EQUALS, MathmlWriter
from pages.formulas.notation import Convention, laid, oriented
from pages.formulas.numbers import number_text
from pages.formulas.orientation import laid_out, textbook
from pages.playground.session import Session
from tests.pages.backprop import arithmetic
from tests.pages.backprop.test_arithmetic import contradictions

EQUALS_IN_FILE = "<mo>=</mo>"
ROWS, COLUMNS = Convention(), Convention("columns", "out×in")
NUMBER_OF_OURS = re.compile(r"(?<!manual_)seed[ _]?00", re.IGNORECASE)


def user_of(
    name="seed003_bce", *, sample=None, convention=ROWS, digits=4, optimizer=None, label=None, errata=False
):
    """All that these functions ask of a session."""
    system = SYSTEMS[name]
    net, X, Y = system.build()
    loss = None if system.loss is None else make_loss(system.loss)
    rule = optimizer or system.make_optimizer()
    settings = SimpleNamespace(network=name, version=0, sample=sample, loss="", digits=digits, errata=errata)
    worked = work(net, X, Y, loss, rule, sample=sample, keep_biases=system.keep_biases)
    return SimpleNamespace(
        settings=settings,
        net=net,
        X=X,
        Y=Y,
        loss=loss,
        optimizer=rule if loss else None,
        worked=worked,
        step=worked.steps[0],
        system=system,
        convention=convention,
        label=label or system.label,
        example_key=name,
        provenance=f"{system.label} · test",
        generation=1,
    )


class Checker(HTMLParser):
    """Holds that every tag that is opened is closed, in order; collects the text."""

    VOID = ("meta", "br", "link")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.tags = [], "", []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not any(value and value.startswith("http") for _, value in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def parsed(page):
    checker = Checker()
    checker.feed(page.decode())
    assert checker.open == []
    return checker


# LaTeX


@pytest.mark.parametrize(
    "convention", [ROWS, COLUMNS, Convention("rows", "out×in"), Convention("columns", "in×out")]
)
@pytest.mark.parametrize("name", SYSTEMS)
def test_every_formula_is_written_with_balanced_braces(name, convention):
    for rule in ("sgd", "adam", "rmsprop"):
        user = user_of(name, convention=convention, optimizer=make_optimizer(rule, 0.1))
        for step in user.worked.steps:
            for formula in filter(None, (step.formula, step.alternative)):
                turned = oriented(formula, step.result.symbol, convention)
                for numbers in (False, True):
                    text = LatexWriter(convention, step.values, numbers=numbers).write(turned)
                    assert text.count("{") == text.count("}")
                    assert text.count(r"\left") == text.count(r"\right")
                    assert not re.search("[−·₀-₉⁰-⁹½ηβμσδ∂]", text), text


def test_the_error_of_a_hidden_layer_reads_as_in_the_textbook():
    user = user_of()
    formula = textbook(user.worked.step("delta2")).formula
    said = r"\left(\delta^{[3]} \, W^{[3]\mathsf{T}}\right) \circ \sigma'\left(z^{[2]}\right)"
    assert LatexWriter().write(formula) == said
    turned = oriented(formula, user.worked.step("delta2").result.symbol, COLUMNS)
    said = r"\left(W^{[3]\mathsf{T}} \, \delta^{[3]}\right) \circ \sigma'\left(z^{[2]}\right)"
    assert LatexWriter(COLUMNS).write(turned) == said


def test_the_loss_is_not_turned_inside_its_sum():
    user = user_of("seed004_mlp", convention=COLUMNS)
    assert r"\mathsf{T}" not in LatexWriter(COLUMNS).write(laid_out(user.worked.step("L"), COLUMNS))
    assert np.allclose(
        laid_out(user.worked.step("L"), COLUMNS).value(user.worked.values), user.worked.loss_before
    )


@pytest.mark.parametrize(
    ("sentence", "plain", "latex"),
    [
        (
            ("σ′(", Symbol("z", 1), ") is missing in ", Symbol("delta", 2), "."),
            "σ′(z[2]) is missing in δ[3].",
            r"σ′($z^{[2]}$) is missing in $\delta^{[3]}$.",
        ),
        (
            ("multiply ", Symbol("a", 2, mark="d")),
            "multiply ∂L/∂a[2]",
            r"multiply $\partial L/\partial a^{[2]}$",
        ),
        (("the ", Symbol("W", 0, mark="new")), "the new W[1]", r"the $W_{\text{new}}^{[1]}$"),
        (("No square.",), "No square.", "No square."),
    ],
)
def test_symbols_in_a_sentence_become_mathematics(sentence, plain, latex):
    assert as_text(sentence) == plain
    assert sentence_latex(sentence) == latex


# Files to take along


@pytest.mark.parametrize("convention", [ROWS, COLUMNS])
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_derivation_has_every_step_with_its_numbers(name, convention):
    user = user_of(name, convention=convention)
    page = parsed(derivation_html(user))
    markdown = derivation_markdown(user).decode()
    assert page.tags.count("section") == len(user.worked.steps)
    assert markdown.count("\n### ") == len(user.worked.steps)
    written = [part for step in user.worked.steps for part in parts_below(user, step, LatexWriter)]
    lines = sum(len(part.lines) for part in written)
    others = sum(step.alternative is not None for step in user.worked.steps)
    assert markdown.count("$$\n") == 2 * (3 * len(user.worked.steps) + others + lines)
    for step in user.worked.steps:
        number = number_text(float(step.result.value[0, 0]), 4)
        assert number in page.text
        title = step.title[0].upper() + step.title[1:]
        assert title in page.text
        assert title in markdown
    if user.loss is not None:
        assert f"after it: {number_text(user.worked.loss_after, 4)}" in page.text


def parts_below(user, step, markup, extra=0):
    """What the files write below a step's formula."""
    return list(written_out(step, markup(user.convention, step.values, digits=user.settings.digits), extra))


MATH = re.compile("<math>(.*?)</math>", re.DOTALL)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_line_of_numbers_in_a_file_gives_its_printed_result(name):
    user = user_of(name)
    page = derivation_html(user).decode()
    for section in re.findall('<section class="step">.*?</section>', page, re.DOTALL):
        rows = dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", section, re.DOTALL))
        result = "".join(MATH.findall(rows["Result"])).split(EQUALS_IN_FILE, 1)[1]
        for row in {"Numbers", "In between"} & rows.keys():
            found = arithmetic.compute(MATH.findall(rows[row]))
            assert contradictions(found, arithmetic.printed_texts([result])) == []


CURVED = [name for name, row in SYSTEMS.items() if row.build()[0].activations[0].name == "sigmoid"]


@pytest.mark.parametrize("name", CURVED)
def test_every_activation_and_derivative_in_a_file_gives_its_printed_number(name):
    user, computed = user_of(name), 0
    for step in user.worked.steps:
        for part in parts_below(user, step, MathmlWriter, extra=1):
            for pieces, _ in part.lines if part.name.startswith(("Activation", "Derivative")) else ():
                *_, numbers, printed = "".join(pieces).split(EQUALS)
                if "<mi>z</mi>" not in numbers:  # a linear unit's is the z itself
                    [[text]] = arithmetic.printed_texts([printed])
                    assert arithmetic.agrees(float(arithmetic.compute([numbers])), text)
                    computed += 1
    assert computed


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("seed003_bce", "σ′(z1[2])=a1[2]·(1−a1[2])=0.8686·(1−0.8686)=0.11413"),
        ("seed003_bce", "δ[3]=∂L∂a[3]∘σ′(z[3])The chain rule."),
        ("seed003_bce", "=1N·K·(a[3]−y)The denominator cancels."),
        ("seed004_mlp", "a12[3]=ez12[3]ez11[3]+ez12[3]+ez13[3]=e1.6974e2.4100+e1.6974+e2.1920=0.2137"),
        ("seed004_mlp", "J=diag(a[3])−a[3]Ta[3]"),
        ("seed004_mlp", "=1N·(a[3]−y)The targets of a sample sum to 1."),
    ],
)
def test_the_derivation_says_why_each_activation_its_slope_and_a_minus_y(name, said):
    text = parsed(derivation_html(user_of(name))).text
    assert said.replace(" ", "") in re.sub(r"\s", "", text)


def test_the_markdown_says_why_too():
    text = derivation_markdown(user_of("seed004_mlp")).decode()
    assert r"J = \operatorname{diag}\left(a^{[3]}\right) - a^{[3]\mathsf{T}} \, a^{[3]}" in text
    assert r"\frac{e^{1.6974}}{e^{2.4100} + e^{1.6974} + e^{2.1920}} = 0.2137" in text
    assert "The targets of a sample sum to 1" in text
    assert "The same:" in text


def test_a_branch_is_given_its_reason_in_both_markups():
    user = user_of("seed000")
    step = user.worked.step("a1")
    for markup, told in ((MathmlWriter, "as </mtext>"), (LatexWriter, r"\quad \text{as }")):
        lines = ["".join(pieces) for part in parts_below(user, step, markup) for pieces, _ in part.lines]
        assert lines
        assert all(told in line for line in lines)


def test_the_answer_key_has_the_activation_with_its_numbers():
    text = re.sub(r"\s", "", parsed(worksheet_html(user_of("seed003_bce"))).text)
    assert "σ(z3[1])=11+e−z3[1]" in text.partition("Answerkey")[2]


def test_the_mathematics_of_the_web_page_is_well_formed():
    page = derivation_html(user_of("seed004_mlp")).decode() + worksheet_html(user_of("seed004_mlp")).decode()
    found = re.findall("<math>.*?</math>", page, re.DOTALL)
    assert len(found) > 50
    for math_element in found:
        ElementTree.fromstring(math_element.replace("&nbsp;", " "))


def test_the_derivation_is_one_file_that_asks_for_no_other():
    page = derivation_html(user_of()).decode()
    assert "http" not in page
    assert "<script" not in page
    assert "<link" not in page
    assert not re.search(r"url\(|@import", page)


def test_the_printed_and_the_right_number_of_a_slip_are_in_the_derivation():
    user = user_of("seed004_mlp", errata=True)
    for text in (parsed(derivation_html(user)).text, derivation_markdown(user).decode()):
        assert "0.3374" in text
        assert "1.1394" in text


@pytest.mark.parametrize("name", [name for name, row in SYSTEMS.items() if row.errata])
def test_files_have_the_errata_only_when_they_are_asked_for(name):
    without, asked = user_of(name), user_of(name, errata=True)
    plain, told = ((derivation_html(user), derivation_markdown(user)) for user in (without, asked))
    for text in (*plain, worksheet_html(without), worksheet_html(asked)):
        assert b"Printed:" not in text
        assert b"Right:" not in text
    for text in told:
        assert text.count(b"Printed:") == text.count(b"Right:") == len(SYSTEMS[name].errata)
    page = parsed(derivation_html(asked)).text
    for erratum in SYSTEMS[name].errata:
        assert f"{erratum.document}, {erratum.place}" in page
        assert f"“{erratum.printed}”" in page
        assert erratum.right in page
        assert erratum.why in page


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_file_names_the_network_by_what_it_is_and_its_source_in_full(name):
    user = user_of(name, errata=True)
    for page in (derivation_html(user), worksheet_html(user)):
        assert f"Source: {SYSTEMS[name].source}" in parsed(page).text
    for text in (derivation_html(user), derivation_markdown(user), worksheet_html(user)):
        assert SYSTEMS[name].label in text.decode().replace("\\", "")
        assert not NUMBER_OF_OURS.search(text.decode())


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (make_optimizer("sgd", 0.1), "SGD, learning rate η = 0.1."),
        (
            make_optimizer("sgd", 0.1, momentum=0.9, nesterov=True),
            "SGD, learning rate η = 0.1, Momentum μ = 0.9, Nesterov on.",
        ),
        (make_optimizer("adam", 0.01, beta2=0.99), "Adam, learning rate η = 0.01, β₂ = 0.99."),
        (
            make_optimizer("sgd", 0.1, weight_decay=0.001),
            "SGD, learning rate η = 0.1, Weight decay λ = 0.001.",
        ),
    ],
)
def test_every_file_names_the_settings_of_the_rule_that_are_not_the_usual_ones(rule, said):
    user = user_of(optimizer=rule)
    for make in (derivation_html, derivation_markdown, worksheet_html):
        assert f"Update: {said}" in make(user).decode()


def test_the_derivation_gives_no_numbers_of_an_update_by_another_rule():
    for optimizer, there in ((None, True), (make_optimizer("adam", 0.1), False)):
        user = user_of(optimizer=optimizer, errata=True)
        for text in (derivation_html(user), derivation_markdown(user)):
            assert ("(−0.0262)" in text.decode()) == there
            assert "(0.3802)" in text.decode()


def test_a_formula_that_rounding_has_spoilt_is_not_called_the_same():
    user = user_of("seed003_bce")
    assert "<dt>The same</dt>" in derivation_html(user).decode()
    user.net.theta[...] *= 100
    user.worked = work(user.net, user.X, 1 - user.Y, user.loss)
    assert not np.isfinite(user.worked.step("L").alternative.value(user.worked.values)).all()
    assert "<dt>On paper the same</dt>" in derivation_html(user).decode()


def test_what_is_not_our_own_is_escaped():
    user = user_of(label="<script>alert(1)</script> *bold* $x$")
    for page in (derivation_html(user), worksheet_html(user)):
        assert "script" not in parsed(page).tags
        assert b"<script" not in page
    markdown = derivation_markdown(user).decode()
    assert "<script" not in markdown.replace("\\<script", "")
    assert r"\*bold\* \$x\$" in markdown


@pytest.mark.parametrize("convention", [ROWS, COLUMNS])
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_worksheet_gives_all_that_is_needed_and_the_answers_on_another_page(name, convention):
    user = user_of(name, convention=convention)
    page = worksheet_html(user)
    text = parsed(page).text
    front, key = page.decode().split('<div class="key">')
    front, key = (re.sub("<[^>]+>", " ", part) for part in (front, key))
    assert "page-break-before" in page.decode()
    for exercise in exercises(user.worked):
        answer = answers.answer_text(right_value(user.worked, exercise))
        assert answer in key
    for part, printed in zip(user.worked.given, given_on(page), strict=True):
        np.testing.assert_allclose(printed, laid(part.symbol, part.value, convention), atol=0.5e-4, rtol=0)
    assert "Answer key" in text
    assert page.decode().count("class='answer'") == len(exercises(user.worked))


def given_on(page):
    """The matrices that a worksheet gives, as they are printed."""
    given = page.decode().partition("<h2>Compute</h2>")[0].partition("<h2>Given</h2>")[2]
    for matrix in re.findall('<mtable class="numbers">.*?</mtable>', given):
        rows = [re.findall("<mn>(.*?)</mn>", row) for row in matrix.split("</mtr>")[:-1]]
        yield np.array([[number_in(text) for text in row] for row in rows])


def number_in(text):
    """The number that is printed like this: −0.25, 1.24·10⁻³."""
    return float(text.translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")).replace("·10", "e"))


@pytest.mark.parametrize("digits", [2, 4])
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_answers_of_a_worksheet_follow_from_the_numbers_on_it(name, digits):
    user = user_of(name, digits=digits)
    values = dict(user.worked.values)
    values |= zip((part.key for part in user.worked.given), given_on(worksheet_html(user)), strict=True)
    for step in user.worked.steps:
        values[step.key] = step.formula.value(values)
    for exercise in exercises(user.worked):
        found = values[exercise.step][exercise.row, exercise.column]
        assert f"{found:.3g}" == f"{right_value(user.worked, exercise):.3g}"


def test_a_worksheet_prints_typed_numbers_in_full_and_trained_ones_with_few_digits():
    user = user_of("one_neuron", digits=2)
    net = Network((2, 1), ("linear",), initializer="zeros")
    net.W[0][:, 0] = 8.0, 1 / 3
    user.worked = work(net, [[0.125, 1.0]], [[1.25]], "mse")
    x, W, *_, y = given_on(worksheet_html(user))
    assert (x.tolist(), y.tolist()) == ([[0.125, 1.0]], [[1.25]])
    assert W.tolist() == [[8.0], [0.3333]]


def test_a_worksheet_of_a_large_batch_advises_a_single_sample():
    user = user_of("seed004_mlp")
    assert "choose one" not in parsed(worksheet_html(user)).text
    net = Network((2, 2, 1), ("tanh", "linear"), rng=0)
    X = np.random.default_rng(0).normal(size=(30, 2))
    user.worked = work(net, X, X[:, :1], "mse")
    assert "choose one" in parsed(worksheet_html(user)).text


def test_an_index_follows_the_convention_and_the_words_do_not():
    rows, columns = user_of("seed004_mlp"), user_of("seed004_mlp", convention=COLUMNS)
    asked = {exercise.step: exercise for exercise in exercises(rows.worked)}
    delta, weight = asked["delta3"], asked["dW1"]
    i, j = delta.row + 1, delta.column + 1
    assert (index_of(rows, delta), index_of(columns, delta)) == (f"{i},{j}", f"{j},{i}")
    assert place_words(rows, delta) == place_words(columns, delta) == f"neuron {j} of sample {i}"
    i, j = weight.row + 1, weight.column + 1
    assert (index_of(rows, weight), index_of(columns, weight)) == (f"{i},{j}", f"{j},{i}")
    assert place_words(rows, weight) == f"from {i} to {j}"
    assert place_words(rows, asked["L"]) == index_of(rows, asked["L"]) == ""


def test_a_single_samples_vector_has_one_index():
    user = user_of()
    (delta,) = (exercise for exercise in exercises(user.worked) if exercise.step == "delta2")
    assert question_latex(user, delta) == r"\delta_{2}^{[2]}"
    assert symbol_latex(exercises(user.worked)[-1].symbol) == r"W_{\text{new}}^{[3]}"


# The gradient check


def test_the_panel_shows_the_engines_own_check():
    user = user_of()
    check, own = checked(user, 1e-5), gradient_check(user.net, user.X, user.Y, user.loss, eps=1e-5)
    np.testing.assert_array_equal(check.numeric, own.numeric)
    assert "agree" in verdict(check, 1e-5)
    assert words(own.max_relative_error) in verdict(check, 1e-5)


@pytest.mark.parametrize("name", [name for name in SYSTEMS if SYSTEMS[name].loss])
def test_the_verdict_gives_the_plain_relative_error_and_approves_nothing_that_rounding_spoils(name):
    user = user_of(name)
    for eps in (1e-12, 1e-11, 1e-9, 1e-5, 1e-3):
        check = checked(user, eps)
        a, n = check.analytic[~check.kinks], check.numeric[~check.kinks]
        apart = np.abs(a - n)[a != n] / (np.abs(a) + np.abs(n))[a != n]
        text = verdict(check, eps)
        assert f"largest relative error **{error_text(apart.max())}**" in text
        if "✓" in text and apart.max() >= 1e-6:
            assert "if no derivative counts as smaller than" in text
    assert "✓" not in verdict(checked(user, 1e-12), 1e-12)
    assert "✓ both gradients agree" in best_verdict(checked(user, None))


def test_an_allowance_for_rounding_is_named_beside_the_plain_error():
    user = user_of("one_neuron")
    check = checked(user, 1e-5)
    tiny = np.full(check.analytic.shape, float(check.floor[0]) / 1e4)
    check = replace(check, analytic=tiny, numeric=1.01 * tiny)
    assert "**0.005**; **10⁻⁶** if no derivative counts as smaller than 10⁻⁴" in verdict(check, 1e-5)


def test_one_sample_is_checked_alone_unless_every_sample_has_its_own_bias():
    user = user_of("seed004_mlp", sample=2)
    alone = gradient_check(user.net, user.X[2:3], user.Y[2:3], user.loss, eps=1e-4)
    np.testing.assert_array_equal(checked(user, 1e-4).numeric, alone.numeric)
    user = user_of("seed000", sample=2)
    whole = gradient_check(user.net, user.X, user.Y, user.loss, eps=1e-4)
    np.testing.assert_array_equal(checked(user, 1e-4).numeric, whole.numeric)


def test_the_network_is_the_same_to_the_bit_after_a_check():
    user = user_of()
    before = user.net.theta.tobytes()
    checked(user, 1e-3)
    assert user.net.theta.tobytes() == before


def test_a_kink_is_warned_of():
    user = user_of()
    assert kink_warning(checked(user, 1e-5)) == ""
    net = Network((1, 1), ("relu",), initializer="zeros")
    check = gradient_check(net, [[1.0]], [[1.0]], "mse")
    assert kink_warning(check).startswith("2 of 2 derivatives are not compared")
    assert "Nothing is left" in verdict(check, 1e-5)
    assert math.isnan(largest_difference(check))


def test_a_large_network_is_checked_along_random_directions():
    user = user_of()
    user.net = Network((2, 30, 30, 1), ("tanh", "tanh", "linear"), rng=0)
    user.X, user.Y = np.ones((3, 2)), np.ones((3, 1))
    user.loss = make_loss("mse")
    assert checked(user, 1e-5).dW == ()


def test_the_steps_of_the_slider_are_those_of_the_curve():
    assert set(COARSE) < set(FINE)
    assert (FINE[0], FINE[-1]) == (1e-12, 1e-1)
    assert len({words(eps) for eps in FINE}) == len(FINE)
    assert words(3e-5) == "3·10⁻⁵"
    assert words(1e-5) == "10⁻⁵"


@pytest.mark.parametrize("name", [name for name in SYSTEMS if SYSTEMS[name].loss])
def test_the_whole_curve_of_a_seed_takes_no_time_worth_waiting_for(name):
    user = user_of(name)
    started = time.process_time()
    for eps in FINE if user.net.theta.size <= 40 else COARSE:
        checked(user, eps)
    assert time.process_time() - started < 1.5  # alone it is under 0.3


# The panels, run by Streamlit


def check_page():
    import streamlit as st

    from pages.backprop.gradcheck import gradient_check_panel
    from tests.pages.backprop.test_extras import user_of

    if "user" not in st.session_state:
        st.session_state.user = user_of(st.session_state.get("name", "seed003_bce"))
    gradient_check_panel(st.session_state.user)


def answer_page():
    import streamlit as st

    from pages.backprop.answer import check_answer
    from tests.pages.backprop.test_extras import user_of

    if "user" not in st.session_state:
        st.session_state.user = user_of(st.session_state.get("name", "seed003_bce"))
    check_answer(st.session_state.user)


def export_page():
    from pages.backprop.exports import exports
    from tests.pages.backprop.test_extras import user_of

    exports(user_of())


def run(page, **state):
    app = AppTest.from_function(page, default_timeout=30)
    for key, value in state.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception
    return app


def written_on(app):
    return "\n".join(part.value for part in (*app.markdown, *app.caption))


@pytest.mark.parametrize("name", ["one_neuron", "seed003_bce", "seed000", "seed004_mlp"])
def test_the_gradient_check_is_drawn_with_three_figures(name):
    app = run(check_page, name=name)
    assert len(app.get("plotly_chart")) == 3
    assert "With an ε for each derivative" in written_on(app)
    assert "largest relative error" in written_on(app)
    assert "|a − n| / (|a| + |n|)" in written_on(app)


@pytest.mark.parametrize(("name", "whole"), [("seed000", True), ("seed004_mlp", False)])
def test_it_is_said_where_one_sample_is_chosen_and_the_batch_is_checked(name, whole):
    app = run(check_page, user=user_of(name, sample=2))
    assert ("the whole batch is checked" in written_on(app)) == whole


def test_the_slider_only_draws_what_is_checked_already():
    app = run(check_page)
    memory = app.session_state["gradient_check_memory"]
    app.select_slider[0].set_value(1e-3).run()
    assert not app.exception
    assert "ε = 10⁻³" in written_on(app)
    assert app.session_state["gradient_check_memory"] is memory


def test_a_network_without_a_loss_says_so():
    app = run(check_page, name="seed004_linear")
    assert "without a loss" in written_on(app)
    assert not app.get("plotly_chart")


def test_much_work_waits_until_it_is_asked_for():
    user = user_of()
    rng = np.random.default_rng(0)
    user.net = Network((2, *[8] * 6, 1), ("tanh",) * 7, rng=1)
    user.X, user.Y, user.loss = rng.normal(size=(250, 2)), rng.normal(size=(250, 1)), make_loss("mse")
    app = run(check_page, user=user)
    assert not app.get("plotly_chart")
    app.button[0].click().run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 3
    app.select_slider[0].set_value(1e-7).run()
    assert len(app.get("plotly_chart")) == 3


def test_another_calculation_is_checked_anew():
    app = run(check_page)
    user = app.session_state["user"]
    user.net.theta[...] = 0.1
    user.generation += 1
    memory = app.session_state["gradient_check_memory"]
    app.run()
    assert app.session_state["gradient_check_memory"] is not memory


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def test_a_wrong_and_then_a_right_answer():
    app = run(answer_page)
    for _ in range(3):
        press(app, "Next question")
    assert r"\delta_{2}^{[2]}" in written_on(app)
    app.text_input[0].set_value("−0,2779")
    press(app, "Check")
    (wrong,) = app.error
    assert "Not yet" in wrong.value
    assert "0.1487" in wrong.value
    assert "0 of 8 solved" in written_on(app)
    app.text_input[0].set_value("-0.0413")
    press(app, "Check")
    (right,) = app.success
    assert "Right" in right.value
    assert not app.error
    assert "1 of 8 solved" in written_on(app)


def test_nonsense_gets_a_friendly_sentence_that_does_not_repeat_it():
    app = run(answer_page)
    app.text_input[0].set_value("<b>zz</b>")
    press(app, "Check")
    (said,) = app.warning
    assert "zz" not in said.value
    assert "number" in said.value


def test_hints_come_one_after_the_other_and_go_with_the_question():
    app = run(answer_page)
    for expected in (1, 2):
        press(app, "Hint")
        assert sum("**Hint:**" in part.value or "**With" in part.value for part in app.markdown) <= expected
    press(app, "Next question")
    assert not any("**Hint:**" in part.value for part in app.markdown)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_hint_can_be_written(name):
    for user in (user_of(name), user_of(name, convention=COLUMNS)):
        for exercise in exercises(user.worked):
            for hint in hints(user, exercise):
                assert hint.count("$") == 2


def test_every_question_can_be_solved_and_then_all_are():
    app = run(answer_page)
    user = app.session_state["user"]
    asked = exercises(user.worked)
    for exercise in asked:
        app.text_input[0].set_value(f"{right_value(user.worked, exercise):.2e}")
        press(app, "Check")
        assert app.success, exercise
        press(app, "Next question")
    assert f"{len(asked)} of {len(asked)} solved" in written_on(app)


def test_progress_belongs_to_a_network_and_is_kept():
    app = run(answer_page)
    first = app.session_state["user"]
    app.text_input[0].set_value(repr(right_value(first.worked, exercises(first.worked)[0])))
    press(app, "Check")
    app.session_state["user"] = user_of("classic")
    app.run()
    assert "0 of 7 solved" in written_on(app)
    app.session_state["user"] = first
    app.run()
    assert "1 of 8 solved" in written_on(app)


def test_another_network_of_the_same_label_starts_with_nothing_solved():
    app = run(answer_page)
    first = app.session_state["user"]
    app.text_input[0].set_value(repr(right_value(first.worked, exercises(first.worked)[0])))
    press(app, "Check")
    other = user_of()
    other.example_key = "another seed"
    app.session_state["user"] = other
    app.run()
    assert "0 of 8 solved" in written_on(app)


def test_a_verdict_goes_when_the_calculation_changes():
    app = run(answer_page)
    app.text_input[0].set_value("17")
    press(app, "Check")
    assert app.error
    app.session_state["user"].generation += 1
    app.run()
    assert not app.error


def test_a_network_of_nan_has_nothing_to_ask():
    user = user_of("one_neuron")
    user.worked = work(user.net, [[math.nan, 1.0]], [[1.0]], user.loss)
    assert "nothing to ask" in written_on(run(answer_page, user=user))


def test_three_files_are_offered():
    app = run(export_page)
    assert [b.key for b in app.button] == ["derivation_html", "derivation_markdown", "worksheet_html"]
    app.button(key="worksheet_html").click().run()
    (file,) = app.session_state["backprop_files"]
    assert file["name"] == "backprop-4-3-2-1-sigmoid-cross-entropy-worksheet.html"


@pytest.mark.parametrize("version", [0, 7])
@pytest.mark.parametrize(
    ("network", "name"),
    [
        ("own", "backprop-own-numbers-2-1-sigmoid"),
        ("playground", "backprop-playground"),
        ("seed003_bce", "backprop-4-3-2-1-sigmoid-cross-entropy"),
    ],
)
def test_files_of_other_numbers_have_other_names(network, name, version):
    user = BackpropSession(BackpropSettings(network, version), lambda: playing_of(Session(Experiment())))
    assert export_name(user) == name + (f"-version-{version}" if version else "")


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_files_name_says_what_the_network_is_and_needs_no_quotes(name):
    label = SYSTEMS[name].label
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file_name(label))
    assert [*filter(str.isalnum, file_name(label))] == [*filter(str.isalnum, label.lower())]


def test_of_many_training_points_the_first_are_worked_through_and_that_is_said():
    user = Session(Experiment(samples=2000))
    worked = playing_of(user)
    assert (len(worked.X), len(worked.Y)) == (500, 500)
    np.testing.assert_array_equal(worked.X, user.timeline.trainer.X[:500])
    assert worked.label == "Playground at epoch 0, its first 500 of 1,000 training points"
    assert playing_of(Session(Experiment())).label == "Playground at epoch 0"
