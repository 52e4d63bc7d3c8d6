"""The errata: each is whole, and what it calls right is what the engine computes."""

import re
from itertools import chain

import numpy as np
import pytest

from engine import SURFACES, SYSTEMS, Network, make_activation, work
from engine.descent import descend
from engine.examples.errata import (
    BACK_PROPAGATION,
    COLUMN_NOTES,
    DECIMALS,
    NUMPY_NETWORK,
    SLIDES,
    WITHOUT_BIASES,
)

ERRATA = [(name, erratum) for name, system in SYSTEMS.items() for erratum in system.errata]
DOCUMENTS = {NUMPY_NETWORK, WITHOUT_BIASES, COLUMN_NOTES, BACK_PROPAGATION, SLIDES}
MOST_WORDS = 15
COLUMNS = ("seed002_a", "seed002_b")
ROWS = ("seed003_bce", "seed003_half")


def worked(name):
    system = SYSTEMS[name]
    net, X, Y = system.build()
    return work(net, X, Y, system.loss, system.make_optimizer(), keep_biases=system.keep_biases)


def values(name):
    return worked(name).values


def rows_with(quotation):
    """The networks at which an erratum with this beginning is told; there is at least one."""
    found = [name for name, erratum in ERRATA if erratum.printed.startswith(quotation)]
    assert found, quotation
    return found


def agree(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-14)


# What every erratum has


def each(test):
    ids = [f"{name} {erratum.step} {erratum.printed}" for name, erratum in ERRATA]
    return pytest.mark.parametrize(("name", "erratum"), ERRATA, ids=ids)(test)


@each
def test_an_erratum_says_whose_where_what_is_printed_what_is_right_and_why(name, erratum):
    assert erratum.document in DOCUMENTS
    assert erratum.document in SYSTEMS[name].source
    assert all(map(str.strip, (erratum.place, erratum.printed, erratum.right, erratum.why)))
    assert erratum.why.endswith(".")
    assert erratum.printed != erratum.right


@each
def test_a_quotation_has_at_most_15_words(name, erratum):
    assert len(erratum.printed.split()) <= MOST_WORDS


@each
def test_an_erratum_is_told_at_a_step_of_its_network(name, erratum):
    assert erratum.step in {step.key for step in worked(name).steps}


@each
def test_an_erratum_names_no_document_by_a_number_of_ours(name, erratum):
    said = " ".join((erratum.place, erratum.printed, erratum.right, erratum.why))
    assert "seed" not in said.lower()


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_no_slip_is_told_twice(system):
    told = [(erratum.step, erratum.printed) for erratum in system.errata]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("damage", ["b₁ given by", "[1; 0]", "−0.0000", "tensor(["])
def test_what_only_the_scanner_has_damaged_is_no_erratum(damage):
    assert not any(damage in erratum.printed for _, erratum in ERRATA)


# The two numbers


def printed_numbers(name):
    """What a formula gives as printed, computed in another way than here."""
    v = values(name)
    a, y = v.get("a3"), v.get("y")
    if name == "seed004_mlp":
        surprise = -(y * np.log(a)).sum(axis=1)  # L_p
        return {
            "L = 1/N * torch.sum( Y * A3 )": (y * a).sum() / 4,
            "L = −1/N Σₚ₌₁ᴺ Lₚ": -surprise.sum() / 4,
            "L = −1/N Σₚ₌₁ᴺ sum(Y ⊗ log A⁽³⁾)": sum(surprise.sum() / 4 for _ in range(4)),
            "Err += Div(Y_t, d_t)": sum(surprise),
            "∂L/∂A⁽³⁾ = −1/N [∂L/∂a₁⁽³⁾; ∂L/∂a₂⁽³⁾; …; ∂L/∂a_N⁽³⁾]": -1 / 4 * (-y / a)[0, 2],
            "∂L/∂Z⁽³⁾ = −1/N [∂L/∂z₁⁽³⁾; ∂L/∂z₂⁽³⁾; …; ∂L/∂z_N⁽³⁾]": -1 / 4 * (a - y)[0, 0],
            "∂L/∂Z⁽³⁾ = −1/N (A⁽³⁾ − Y)": -(a - y)[0, 0] / 4,
        }
    if name in ROWS:
        told = {
            "a₁[1] = g_h(z₁[1]) = 1/(1 − e^(−z₁[1]))": 1 / (1 - np.exp(-v["z1"][0, 0])),
            "∂ℒ/∂a₂[1] = … = g[2z] · [W₃,₁[2]; W₃,₂[2]]": (v["delta2"] @ v["W2"][2]).item(),
            "W[k]_(s+1) = W[k]_s − α ∂ℒ(ŷ, y)/∂W[k]_s": v["b1"][0, 0],
        }
        likelihood = (a**y * (1 - a) ** (1 - y)).item()
        said = "it can also be seen as the log maximum likelihood function or cross-entropy"
        return told | ({said: np.log(likelihood)} if name == "seed003_bce" else {})
    if name == "seed002_a":
        return {
            "1/N Σᵢ₌₁ᴺ (−2)(yᵢ − ŷᵢ) = δ₁": (-2 * (y - a)).sum() / 2,
            "δ₃ = δ₂ w₂ σ′(z₁)": (v["delta2"] @ v["W2"].T @ (v["a1"] * (1 - v["a1"])).T).item(),
        }
    return {"The loss function is the mean squared error function.": ((a - y) ** 2).mean()}


ENTRY = {"dL": (0, 2), "da1": (0, 1)}
"""The entry that the numbers are of, where it isn't the first."""


@pytest.mark.parametrize("name", list(dict.fromkeys(name for name, erratum in ERRATA if erratum.numbers)))
def test_the_two_numbers_of_an_erratum_are_what_the_two_formulas_give(name):
    steps, literal = worked(name), printed_numbers(name)
    numbered = [erratum for erratum in SYSTEMS[name].errata if erratum.numbers]
    assert {erratum.printed for erratum in numbered} == literal.keys()
    for erratum in numbered:
        value = steps.step(erratum.step).result.value[ENTRY.get(erratum.step, (0, 0))]
        both = literal[erratum.printed], float(value)
        assert tuple(round(float(number), DECIMALS) for number in both) == erratum.numbers, erratum


# The article with a ReLU network


def relu_parts(name):
    v = values(name)
    h2, h1, x = v["a2"], v["a1"], v["a0"]
    return v, v["delta3"], h2, h1, x, (v["z2"] > 0).astype(float), (v["z1"] > 0).astype(float)


@pytest.mark.parametrize("name", rows_with("∂y_pred"))
def test_the_derivatives_of_the_weights_need_the_sums_over_m_p_and_q(name):
    v, G, h2, h1, x, A, B = relu_parts(name)
    I = np.eye
    one = np.einsum("ij,im,mk,jl->kl", G, h2, I(4), I(2))
    two = np.einsum("ij,im,ip,pk,ml,mj->kl", G, A, h1, I(5), I(4), v["W3"])
    three = np.einsum("ij,mj,im,ip,iq,qk,pl,pm->kl", G, v["W3"], A, B, x, I(3), I(5), v["W2"])
    agree(one, v["dW3"])
    agree(two, v["dW2"])
    agree(three, v["dW1"])


@pytest.mark.parametrize("name", rows_with("The element in the column k.l"))
def test_entry_k_l_written_as_one_row_stands_in_column_k_minus_1_times_d_out_plus_l(name):
    dW = values(name)["dW3"]
    rows, d_out = dW.shape
    columns = [(k - 1) * d_out + l for k in range(1, rows + 1) for l in range(1, d_out + 1)]
    assert columns == list(range(1, dW.size + 1))
    assert dW.ravel()[(3 - 1) * d_out + 2 - 1] == dW[3 - 1, 2 - 1]


def test_the_gradient_of_the_biases_per_sample_has_one_row_per_sample_or_one_row_in_all():
    db2 = values("seed000")["db2"]
    assert db2.shape == (4, 4)  # n × d₂
    assert db2.ravel()[(2 - 1) * 4 + 3 - 1] == db2[2 - 1, 3 - 1]


def test_biases_of_their_own_get_the_errors_and_shared_ones_their_sum():
    own, shared = values("seed000"), values("seed000_shared")
    agree(own["db3"], own["delta3"])
    agree(shared["db3"], shared["delta3"].sum(axis=0, keepdims=True))


def test_relu_may_have_any_slope_from_0_to_1_at_0_and_here_has_0():
    slopes = []
    for relu in ("relu", make_activation("relu", grad_at_zero=1)):
        net = Network((1, 1), (relu,), initializer="zeros")
        gradient = net.backward(net.forward([[1.0]]), [[-1.0]], "sse")
        slopes.append((gradient.dZ[0] / gradient.dA[1]).item())
    assert slopes == [0, 1]


@pytest.mark.parametrize("name", rows_with("A neural network with 3 hidden layers"))
def test_the_network_of_three_layers_has_two_hidden_ones(name):
    system = SYSTEMS[name]
    assert len(system.dims) - 2 == 2
    assert system.activations == ("relu", "relu", "linear")


@pytest.mark.parametrize("name", rows_with("The loss function is the mean"))
def test_the_gradient_is_that_of_the_sum_not_of_the_mean(name):
    v = values(name)
    agree(v["L"], ((v["a3"] - v["y"]) ** 2).sum())
    agree(v["delta3"], 2 * (v["a3"] - v["y"]))


# The notes in column vectors


@pytest.mark.parametrize("name", rows_with("δ₃ ="))
def test_the_errors_of_the_column_notes_are_multiplied_entry_by_entry(name):
    v = values(name)
    count = {"seed002_a": 2, "seed002_b": 6}[name]  # O outputs, N samples
    w2, w3 = v["W2"].T, v["W3"].T
    delta_1 = 2 / count * (v["a3"] - v["y"])
    delta_2 = (delta_1 @ w3) * (v["a2"] * (1 - v["a2"]))
    delta_3 = (delta_2 @ w2) * (v["a1"] * (1 - v["a1"]))
    agree(v["delta3"], delta_1)
    agree(v["delta2"], delta_2)
    agree(v["delta1"], delta_3)


def test_the_biases_and_weights_of_the_column_notes_get_columns_of_the_rows():
    v = values("seed002_a")
    agree((v["delta2"] @ np.eye(4)).T, v["db2"].T)  # (δ₂ × I)ᵀ is k₂ × 1
    agree(v["delta1"].T @ v["a0"], v["dW1"].T)  # δ₃ᵀ Xᵀ with Xᵀ 1 × N
    assert [v[key].shape[1] for key in ("db1", "db2")] == [5, 4]


@pytest.mark.parametrize("name", rows_with("Loss ="))
def test_the_inputs_and_the_terms_of_the_loss_of_the_column_notes_differ_in_number(name):
    v = values(name)
    assert v["a0"].shape[1] != max(v["y"].shape)


# The notes in row vectors


@pytest.mark.parametrize("name", ROWS)
def test_the_right_quotient_of_the_row_notes_is_the_slope_and_the_printed_one_is_not(name):
    v = values(name)
    a, e = v["a3"].item(), np.exp(-v["z3"].item())
    agree(a * (1 - a), e / (1 + e) ** 2)
    assert abs(e / (1 - e) ** 2 - a * (1 - a)) > 0.3


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_reason_holds_a_number_of_the_network_which_a_version_or_a_sample_alone_changes(name):
    for row in SYSTEMS[name].errata:
        assert re.search(r"\d\.\d{2}|here \d", row.why) is None


@pytest.mark.parametrize("name", ROWS)
def test_the_row_notes_need_the_second_row_and_biases_that_are_added_and_updated(name):
    v = values(name)
    agree(v["delta2"] @ v["W2"][1], v["da1"][0, 1])
    agree(v["a2"] @ v["W3"] + v["b3"], v["z3"])
    assert v["b2"].shape == v["z2"].shape == (1, 2)
    assert v["b1"].shape == (1, 3)
    agree(v["db3"], v["delta3"])
    agree(v["new_b1"], v["b1"] - SYSTEMS[name].learning_rate * v["db1"])


def test_the_cross_entropy_is_the_negative_log_likelihood_and_depends_on_every_bias():
    v = values("seed003_bce")
    a, y = v["a3"], v["y"]
    agree(v["L"], -np.log(a**y * (1 - a) ** (1 - y)))
    assert all((v[key] != 0).all() for key in ("db1", "db2", "db3"))


# The slides


def test_the_slides_gradients_have_the_plus_and_the_weights_of_the_layer_above():
    v = values("seed004_mlp")
    a, y = v["a3"], v["y"]
    agree(v["delta3"], (a - y) / 4)
    agree(v["dL"], (-y / a) / 4)
    agree(v["da2"], v["delta3"] @ v["W3"].T)
    with pytest.raises(ValueError, match="mismatch"):
        v["delta3"][:1] @ v["W2"].T  # (1 × 3)(4 × 7)
    agree(v["dW2"].T, v["delta2"].T @ v["a1"])
    agree(v["db3"].T, v["delta3"].T @ np.ones((4, 1)))


def test_the_slides_one_sample_needs_its_activations_as_a_row():
    v = values("seed004_mlp")
    shares = [v["delta3"][n : n + 1].T @ v["a2"][n : n + 1] for n in range(4)]  # (3 × 1)(1 × 4)
    agree(sum(shares), v["dW3"].T)


def test_the_slides_linear_model_multiplies_by_the_transpose_and_stacks_its_rows():
    v = values("seed004_linear")
    W = v["W1"].T
    assert W.shape == (1, 5)
    agree(v["a0"] @ W.T + v["b1"], v["z1"])
    assert v["a0"].shape == (3, 5)
    assert np.hstack(list(v["a0"])).size == 3 * 5


def test_the_slides_letter_n_would_be_3_layers_and_4_samples():
    system = SYSTEMS["seed004_mlp"]
    assert (len(system.activations), system.samples) == (3, 4)


def test_a_walk_takes_its_first_step_before_the_change_of_f_is_tested():
    walk = descend(SURFACES["quadratic"], (3, 3), learning_rate=0.1, max_steps=50, tol_f=1e9)
    assert len(walk.points) == 2


def test_sign_and_else_part_where_a_derivative_is_0():
    ends = {
        rule: descend(SURFACES["quadratic"], (1, -2), rule=rule, learning_rate=0.5, max_steps=1).points[-1]
        for rule in ("sign", "sign_else")
    }
    agree(ends["sign"], (1, -1.5))
    agree(ends["sign_else"], (1.5, -1.5))


# That nothing is left out


ADDED = [
    "δ₃ = δ₂ w₂ σ′(z₁)",
    "a₁[1] = g_h",
    "ℒ(ŷ, y) = ℒ(y, a[0], W)",
    "it can also be seen as the log maximum likelihood",
    "The element in its kth row",
    "∂L/∂Z⁽³⁾ = −1/N [",
    "∇_(y_k) Div",
    "While |f(xᵏ⁺¹)",
    "Identical to previous algorithm",
    "(W₁, b₁, W₂, b₂",
    "Err += Div",
]


@pytest.mark.parametrize("quotation", ADDED)
def test_the_slip_is_told(quotation):
    assert rows_with(quotation)


def test_the_same_document_has_the_same_slips_in_each_of_its_networks():
    def slips(name):
        return {(erratum.place, erratum.printed) for erratum in SYSTEMS[name].errata}

    assert slips("seed000") == slips("seed000_shared")
    assert slips(COLUMNS[0]) == slips(COLUMNS[1])
    assert slips("seed003_half") < slips("seed003_bce")
    assert not set(chain.from_iterable(map(slips, ("one_neuron", "classic"))))
