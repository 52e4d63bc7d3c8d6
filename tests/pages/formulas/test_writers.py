"""MathML and LaTeX are one walk in two markups: they name the same things in the same order."""

import re
import xml.etree.ElementTree as ET
from unicodedata import normalize

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, SYSTEMS, Network, make_optimizer, work
from engine.practice.answers import wrong_values
from engine.practice.exercises import exercises
from engine.practice.sentences import as_text
from engine.worked.entries import entry
from engine.worked.expressions import FUNCTIONS, Apply, Symbol, function_sign, walk
from pages.backprop.steps import StepView
from pages.formulas.latex import LatexWriter, symbol_latex
from pages.formulas.mathml import MathmlWriter, symbol_mathml
from pages.formulas.notation import OWN, Convention, oriented

COLUMNS = Convention("columns", "out×in")
VARIANTS = [
    *((name, {}) for name in OPTIMIZERS),
    *((name, {"weight_decay": 0.1}) for name in OPTIMIZERS),
    ("sgd", {"momentum": 0.9, "dampening": 0.3}),
    ("sgd", {"momentum": 0.9, "nesterov": True}),
    ("rmsprop", {"centered": True, "momentum": 0.5}),
    ("adam", {"amsgrad": True}),
]
PAIRS = sorted({(loss, LOSSES[loss].output or output) for loss in LOSSES for output in ACTIVATIONS})
BIASES = ("shared", "none", "per_sample")
SPELLED = {
    **{rf"\{name}": letter for name, letter in zip(
        ("delta", "eta", "mu", "rho", "lambda", "varepsilon", "beta", "sigma", "sum", "max"),
        ("δ", "η", "μ", "ρ", "λ", "ε", "β", "σ", "Σ", "max"), strict=True)},
    r"\tfrac{1}{2}": "½", "'": "′",
}  # fmt: skip
SILENT = (
    "left|right|partial|frac|sqrt|circ|cdots|vdots|cdot|text|mathsf|mathrm|mathbf|operatorname|hat|infty|surd"
)


def said(text: str) -> str:
    """Letters, digits and the signs that are names; brackets, signs between and spaces fall away."""
    text = text.replace("½", "half ")
    return "".join(part for part in normalize("NFKC", text) if part.isalnum() or part in "′Σ")


def mathml_said(mathml: str) -> str:
    return said("".join(ET.fromstring(f"<math>{mathml}</math>").itertext()))


def latex_said(latex: str) -> str:
    latex = re.sub(r"\\(?:begin|end)\{bmatrix\}", "", latex)
    for command, letter in SPELLED.items():
        latex = latex.replace(command, letter)
    latex = re.sub(rf"\\(?:{SILENT})(?![a-z])", "", latex)
    assert not re.search(r"\\[A-Za-z]", latex), latex
    return said(latex)


def same_names(worked, convention):
    """How many formulas were compared; an assertion fails where they differ."""
    compared = 0
    for step in worked.steps:
        left = step.result.symbol
        assert mathml_said(symbol_mathml(left)) == latex_said(symbol_latex(left)), left
        for formula in filter(None, (step.formula, step.alternative)):
            turned = oriented(formula, left, convention)
            for numbers in (False, True):
                mathml = MathmlWriter(convention, step.values, numbers=numbers).write(turned)
                latex = LatexWriter(convention, step.values, numbers=numbers).write(turned)
                assert mathml_said(mathml) == latex_said(latex), (step.key, mathml, latex)
                compared += 1
    return compared


def case(hidden, output, bias="shared", rows=3, width=2):
    rng = np.random.default_rng(1)
    net = Network((2, 3, width), (hidden, output), bias=bias, samples=rows if bias == "per_sample" else None)
    net.theta[...] = rng.standard_normal(net.theta.size)
    return net, rng.standard_normal((rows, 2)), np.eye(width)[rng.integers(0, width, rows)]


@pytest.mark.parametrize("convention", [OWN, COLUMNS], ids=["own", "columns"])
@pytest.mark.parametrize("name", SYSTEMS)
def test_mathml_and_latex_name_the_same_in_every_step_of_every_system(name, convention):
    system = SYSTEMS[name]
    worked = work(*system.build(), system.loss, system.make_optimizer(), keep_biases=system.keep_biases)
    assert same_names(worked, convention) >= 2 * len(worked.steps)


@pytest.mark.parametrize("bias", BIASES)
@pytest.mark.parametrize(("name", "options"), VARIANTS)
def test_mathml_and_latex_name_the_same_in_every_update(name, options, bias):
    net, X, Y = case("tanh", "sigmoid", bias)
    rule = make_optimizer(name, 0.05, **options)
    for _ in range(2):  # the first step leaves the old velocity out
        assert same_names(work(net, X, Y, "half_mse", rule), COLUMNS)
        rule.step(net.theta, np.random.default_rng(2).standard_normal(net.theta.size))


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_mathml_and_latex_name_the_same_for_every_loss_and_activation(loss, output):
    for bias in BIASES:
        assert same_names(work(*case(output, output, bias), loss), COLUMNS)


@pytest.mark.parametrize("letters", ["W", "b"])
@pytest.mark.parametrize(
    ("symbol", "names"),
    [
        ({"mark": "decayed"}, "{}decayed1"),
        ({"mark": "new"}, "{}new1"),
        ({"mark": "d"}, "d{}1"),
    ],
)
def test_a_mark_of_a_parameter_stands_at_the_same_place_in_both(symbol, names, letters):
    marked = Symbol(letters, 0, **symbol)
    assert mathml_said(symbol_mathml(marked)) == latex_said(symbol_latex(marked)) == names.format(letters)


# A function has one sign


@pytest.mark.parametrize("hidden", [name for name in ACTIVATIONS if name != "softmax"])
def test_an_activation_has_the_same_sign_in_formula_entry_and_advice(hidden):
    net, X, Y = case(hidden, "linear")
    net.b[0][...] -= 3  # where no slope is 1, so that leaving it out shows
    worked, sign = work(net, X, Y, "mse"), function_sign(hidden)
    for key, dash in (("a1", ""), ("delta1", "′")):
        step = worked.step(key)
        view = StepView(step, OWN, COLUMNS, 4, worked.samples)
        (function,) = (part for part in walk(step.formula) if isinstance(part, Apply))
        formula = mathml_said(MathmlWriter().write(function))
        assert formula == said(f"{sign}{dash}z1")
        (in_entry,) = (
            text
            for term in view.entry(0, 0)["symbols"][:1]
            for text in re.findall(r"<mi[^>]*>[^<]+</mi>(?:<mo[^>]*>′</mo>)?(?=<mo[^>]*>\()", term)
        )
        assert mathml_said(in_entry) == said(f"{sign}{dash}")
        latex = LatexWriter().write(function)
        assert latex_said(latex) == formula
    asked = next(exercise for exercise in exercises(worked) if exercise.step == "delta1")
    advice = [as_text(wrong.sentence) for wrong in wrong_values(worked, asked) if wrong.slip == "derivative"]
    assert all(text.startswith(f"{sign}′ is missing") for text in advice)
    assert advice or hidden == "linear"


def test_an_entry_of_leaky_relu_is_called_as_in_the_formula():
    worked = work(*case("leaky_relu", "linear"), "mse")
    (term,) = entry(worked.step("a1"), 0, 0).terms
    assert mathml_said(MathmlWriter(inline=True).write(term[0].what)) == "LReLUz111"
    assert mathml_said(MathmlWriter().write(worked.step("a1").formula)) == "LReLUz1"


def test_every_function_has_a_sign_without_an_underscore():
    assert all("_" not in function_sign(name) for name in (*ACTIVATIONS, *FUNCTIONS))
