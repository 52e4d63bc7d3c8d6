"""Every product and sum that the board prints gives the printed result when it is computed again."""

from itertools import pairwise

import numpy as np
import pytest

from engine import ACTIVATIONS, OPTIMIZERS, Network, make_loss, make_optimizer
from engine.examples.systems import SYSTEMS
from pages.backprop.example import Example
from pages.backprop.session import BackpropSession
from pages.backprop.settings import PLAYGROUND, BackpropSettings
from tests.pages.backprop import arithmetic

DIGITS = (2, 4, 6)


def contradictions(found, texts):
    """The places where a recomputed matrix is not the printed one; what is cut off contradicts nothing."""
    found = np.atleast_2d(found)
    wrong = []
    for i, row in enumerate(texts):
        for j, text in enumerate(row):
            value = found[min(i, len(found) - 1), min(j, found.shape[1] - 1)]
            known = np.isfinite(arithmetic.number(text)) and not np.isnan(value)
            if known and not arithmetic.agrees(value, text):
                wrong.append((i, j, float(value), text))
    return wrong


def lines_of(rows):
    """The written-out lines of a formula: first that with the operands, then what is computed in between."""
    return [rows["numbers"], *([rows["between"]] if rows["between"] else [])]


def gelu_by_tanh(x):
    return x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))) / 2


def wrong_activation(lines):
    """The numbers of an activation where they contradict its printed value."""
    if not lines or not lines["numbers"]:
        return
    *formula, printed = lines["numbers"]
    [[text]] = arithmetic.printed_texts([printed])
    if not arithmetic.agrees(float(arithmetic.compute(formula)), text):
        yield arithmetic.plain("".join(lines["numbers"]))


def wrong_jacobians(content):
    """The lines that contradict a printed Jacobian, of the step's formula or of its other one."""
    for jacobian in (content["jacobian"], (content["alternative"] or {}).get("jacobian")):
        for line in jacobian["lines"][1:] if jacobian else ():
            if wrong := contradictions(arithmetic.compute(line), jacobian["texts"]):
                yield arithmetic.plain("".join(line)), wrong


def wrong_lines(user):
    """Every line of the board that contradicts its result, with what it gives."""
    turned, found = user.convention.samples_are == "columns", []
    for k, step in enumerate(user.worked.steps):
        view = user.view(k)
        content, entries = view.content, view.entries()
        found += [(step.key, *wrong) for wrong in wrong_jacobians(content)]
        results = [(content["rows"], content["result"]["texts"])]
        if content["alternative"] is not None:
            results.append((content["alternative"]["rows"], content["alternative"]["result"]["texts"]))
        for rows, texts in results:
            for line in lines_of(rows):
                if wrong := contradictions(arithmetic.compute(line, by_columns=turned), texts):
                    found.append((step.key, arithmetic.plain("".join(line)), wrong))
        for place, sum_ in entries.items():
            found += [(step.key, place, wrong) for wrong in wrong_activation(sum_["activation"])]
            if not sum_["more"]:
                value = arithmetic.compute(sum_["numbers"])
                if not arithmetic.agrees(float(np.squeeze(value)), sum_["value"]):
                    found.append((step.key, place, arithmetic.plain("".join(sum_["numbers"])), sum_["value"]))
        if content["samples"] and not content["samples"]["more"]:
            total = sum(arithmetic.compute([term]) for term in content["samples"]["terms"])
            texts = arithmetic.printed_texts([content["samples"]["total"]])
            if wrong := contradictions(total, texts):
                found.append((step.key, "samples", wrong))
    return found


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize("name", SYSTEMS)
def test_every_printed_line_of_every_example_gives_its_printed_result(name, digits):
    assert wrong_lines(BackpropSession(BackpropSettings(network=name, digits=digits))) == []


@pytest.mark.parametrize("samples_are", ["rows", "columns"])
@pytest.mark.parametrize("weights_are", ["in×out", "out×in"])
def test_every_printed_line_gives_its_printed_result_whichever_way_matrices_lie(samples_are, weights_are):
    settings = BackpropSettings("classic", samples_are=samples_are, weights_are=weights_are)
    assert wrong_lines(BackpropSession(settings)) == []


@pytest.mark.parametrize("rule", OPTIMIZERS)
@pytest.mark.parametrize("name", ["one_neuron", "seed003_bce", "seed004_mlp"])
def test_every_printed_line_of_every_rule_gives_its_printed_result(name, rule):
    assert wrong_lines(BackpropSession(BackpropSettings(network=name, optimizer=rule))) == []


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
def test_every_printed_line_of_every_activation_gives_its_printed_result(name, monkeypatch):
    if name == "gelu_tanh":  # written GELU too
        monkeypatch.setitem(arithmetic.FUNCTIONS, "GELU", gelu_by_tanh)
    net = Network((3, 4, 2), (name, "linear"), rng=2)
    X, Y = np.random.default_rng(1).normal(0, 2, (3, 3)), np.ones((3, 2))
    loss, rule = make_loss("huber"), make_optimizer("sgd")
    user = BackpropSession(BackpropSettings(PLAYGROUND), lambda: Example("k", "K", net, X, Y, loss, rule))
    assert wrong_lines(user) == []
    entries = user.view([step.key for step in user.worked.steps].index("a1")).entries()
    assert all(sum_["activation"] for sum_ in entries.values())


def test_the_sigmoid_and_its_derivative_are_written_out_with_the_numbers_of_their_entry():
    user = BackpropSession(BackpropSettings("seed003_bce"))
    keys = [step.key for step in user.worked.steps]

    def said(key):
        lines = user.view(keys.index(key)).entries()["0,0"]["activation"]
        return arithmetic.plain("".join(lines["numbers"])).replace(" ", "")

    assert said("a2") == "=11+e−1.8887=0.8686", "1 above 1 + e to the power −1.8887"
    assert said("delta2") == "=0.8686·(1−0.8686)=0.11413"


@pytest.mark.parametrize(("name", "key"), [("seed003_bce", "delta2"), ("seed004_mlp", "a3")])
def test_the_activation_of_one_entry_is_of_numbers_which_have_no_transpose(name, key):
    user = BackpropSession(BackpropSettings(name, samples_are="columns"))
    entries = user.view([step.key for step in user.worked.steps].index(key)).entries()
    said = arithmetic.plain("".join(entries["0,1"]["activation"]["symbols"])).split()
    assert "T" not in said
    assert {"seed003_bce": "2", "seed004_mlp": "21"}[name] in said, "row, column: neuron 2 of sample 1"


def test_softmax_is_written_out_over_the_row_of_its_unit():
    user = BackpropSession(BackpropSettings("seed004_mlp"))
    at = [step.key for step in user.worked.steps].index("a3")
    lines = user.view(at).entries()["0,1"]["activation"]
    said = arithmetic.plain("".join(lines["numbers"])).replace(" ", "")
    assert said == "=e1.6974e2.4100+e1.6974+e2.1920=0.2137"


@pytest.mark.parametrize("samples_are", ["rows", "columns"])
@pytest.mark.parametrize("loss", ["cce", "mse"])
def test_the_jacobian_of_softmax_is_written_out_with_numbers_that_give_it(loss, samples_are):
    user = BackpropSession(BackpropSettings("seed004_mlp", loss=loss, samples_are=samples_are))
    content = user.view([step.key for step in user.worked.steps].index("delta3")).content
    jacobian = content["alternative"]["jacobian"] if loss == "cce" else content["jacobian"]
    symbols, numbers, between = map(arithmetic.plain, map("".join, jacobian["lines"]))
    product = {"rows": "a[3]Ta[3]", "columns": "a[3]a[3]T"}[samples_are]
    assert "".join(symbols.split()) == f"J=diag(a[3])−{product}"
    assert "0.4358" in numbers
    assert jacobian["texts"][0] == ["0.2459", "−0.0931", "−0.1527"], "a₁(1 − a₁), −a₁a₂, −a₁a₃"
    assert list(wrong_jacobians(content)) == []
    assert between


@pytest.mark.parametrize(("name", "lines"), [("seed003_bce", 6), ("seed004_mlp", 7), ("seed003_half", 0)])
def test_the_fused_error_is_derived_line_by_line(name, lines):
    user = BackpropSession(BackpropSettings(name))
    content = user.view([step.key for step in user.worked.steps].index("delta3")).content
    assert len((content["derivation"] or {"lines": ()})["lines"]) == lines


def test_an_entry_prints_the_number_that_stands_in_its_cell():
    user = BackpropSession(BackpropSettings())
    for k in range(len(user.worked.steps)):
        texts, turned = user.view(k).content["result"]["texts"], user.view(k).content["result"]["turned"]
        for place, sum_ in user.view(k).entries().items():
            i, j = map(int, place.split(","))
            assert sum_["value"] == (texts[j][i] if turned else texts[i][j])


def test_the_first_gradient_of_seed_003_is_not_given_a_digit_that_its_factors_deny():
    user = BackpropSession(BackpropSettings(step="dW2"))
    sum_ = user.view(user.at).entries()["0,0"]
    assert arithmetic.plain("".join(sum_["numbers"])).split() == ["0.3802", "·", "(", "−0.0384", ")"]
    assert sum_["value"] == "−0.0146"


def test_what_is_computed_in_between_follows_from_the_line_above_it():
    for name in SYSTEMS:
        user = BackpropSession(BackpropSettings(network=name, optimizer="adam"))
        for k, step in enumerate(user.worked.steps):
            rows = user.view(k).content["rows"]
            for above, below in pairwise(lines_of(rows)):
                texts = user.view(k).content["result"]["texts"]
                first, second = arithmetic.compute(above), arithmetic.compute(below)
                assert contradictions(first, texts) == contradictions(second, texts) == [], step.key
