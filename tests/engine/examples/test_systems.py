"""The systems to be worked by hand, against the golden numbers, the printed ones and the textbook's."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import SYSTEMS, work

GOLDEN = Path(__file__).parents[2] / "golden"
NATIVE = json.loads((GOLDEN / "seed_native.json").read_text())
COMMON = {case["id"]: case for case in json.loads((GOLDEN / "mlp_seeds.json").read_text())["cases"]}
SLIDES = json.loads((GOLDEN / "slides.json").read_text())
IN_COMMON_LAYOUT = {
    "seed000_shared": "seed000_shared_bias",
    "seed001": "seed001",
    "seed002_a": "seed002_single",
    "seed002_b": "seed002_batch",
    "seed003_bce": "seed003_bce_y1",
    "seed003_half": "seed003_half_se",
    "seed004_mlp": "seed004_demo",
}
RELU = {"z": ("h1", "h2", "y_pred"), "a": ("h1relu", "h2relu", "y_pred"), "W": "w", "b": "b", "x": "x"}
COLUMN = {"z": ("z1", "z2", "yhat"), "a": ("h1", "h2", "yhat"), "W": "W", "b": "b", "x": "x"}
ROW = {"z": ("z1", "z2", "z3"), "a": ("a1", "a2", "a3"), "W": "W", "b": "b", "x": "a0"}
IN_OWN_LAYOUT = {
    "seed000": ("seed000", RELU),
    "seed001": ("seed001", RELU),
    "seed002_a": ("seed002_single", COLUMN),
    "seed002_b": ("seed002_batch", COLUMN),
    "seed003_bce": ("seed003_bce_y1", ROW),
    "seed003_half": ("seed003_half_se_y1", ROW),
}


def worked(name):
    system = SYSTEMS[name]
    net, X, Y = system.build()
    return work(net, X, Y, system.loss, system.make_optimizer(), keep_biases=system.keep_biases)


def agree(actual, expected, what=""):
    expected = np.asarray(expected, dtype=float)
    assert actual.shape == expected.shape, what
    np.testing.assert_allclose(actual, expected, rtol=1e-10, atol=1e-12, err_msg=what)


def digits(actual, expected):
    """Agree in all nine printed decimals."""
    np.testing.assert_allclose(actual, expected, rtol=0, atol=5.1e-10)


@pytest.mark.parametrize(("name", "case"), IN_COMMON_LAYOUT.items())
def test_a_seed_in_the_common_layout_equals_the_golden_values_in_every_step(name, case):
    values, case = worked(name).values, COMMON[case]
    agree(values["a0"], case["X"])
    agree(values["y"], case["Y"])
    agree(values["L"], [[case["loss_value"]]])
    for l, (layer, grads) in enumerate(zip(case["params"], case["grads"], strict=True), start=1):
        agree(values[f"W{l}"], layer["W"])
        agree(values[f"z{l}"], case["forward"][l - 1]["Z"])
        agree(values[f"a{l}"], case["forward"][l - 1]["A"])
        agree(values[f"delta{l}"], grads["dZ"])
        agree(values[f"dW{l}"], grads["dW"])
        assert (f"b{l}" in values) == (f"db{l}" in values) == (layer["b"] is not None)
        if layer["b"] is not None:
            agree(values[f"b{l}"], [layer["b"]])
            agree(values[f"db{l}"], [grads["db"]])
    agree(values["delta1"] @ values["W1"].T, case["dX"])


@pytest.mark.parametrize(("name", "seed", "names"), [(name, *row) for name, row in IN_OWN_LAYOUT.items()])
def test_a_seed_in_its_own_layout_and_names_equals_the_golden_values(name, seed, names):
    system, values, seed = SYSTEMS[name], worked(name).values, NATIVE[seed]
    samples = (lambda m: m.T) if system.samples_are == "columns" else np.asarray
    weights = (lambda m: m.T) if system.weights_are == "out×in" else np.asarray
    agree(samples(values["a0"]), seed[names["x"]])
    agree(samples(values["y"]), np.reshape(seed["y"], samples(values["y"]).shape))
    agree(values["L"], [[seed["L"]]])
    forward, grads = seed["forward"], seed["grads"]
    for l in (1, 2, 3):
        z, a, W, b = names["z"][l - 1], names["a"][l - 1], f"{names['W']}{l}", f"{names['b']}{l}"
        agree(weights(values[f"W{l}"]), seed["params"][W], W)
        agree(samples(values[f"z{l}"]), forward[z], z)
        agree(samples(values[f"a{l}"]), forward[a], a)
        agree(samples(values[f"delta{l}"]), grads[z], f"d{z}")
        agree(samples(values["dL" if l == 3 else f"da{l}"]), grads[a], f"d{a}")
        agree(weights(values[f"dW{l}"]), grads[W], f"d{W}")
        if b in grads:
            agree(samples(values[f"db{l}"]), grads[b], f"d{b}")
    if name == "seed000":
        for l in (1, 2, 3):
            agree(values[f"db{l}"].sum(axis=0), seed["grads_if_bias_shared"][f"b{l}"])


def test_seed_004_demo_has_the_slides_weights_and_golden_values():
    demo, steps = SLIDES["mlp_demo"], worked("seed004_mlp")
    values, grads = steps.values, demo["grads"]
    agree(values["L"], [[demo["L"]]])
    for l in (1, 2, 3):
        np.testing.assert_array_equal(values[f"W{l}"].T, demo["params"][f"W{l}"])  # drawn bit for bit
        np.testing.assert_array_equal(values[f"b{l}"][0], demo["params"][f"b{l}"])
        agree(values[f"z{l}"], demo["forward"][f"Z{l}"])
        agree(values[f"a{l}"], demo["forward"][f"A{l}"])
        agree(values[f"delta{l}"], grads[f"Z{l}"])
        agree(values["dL" if l == 3 else f"da{l}"], grads[f"A{l}"])
        agree(values[f"dW{l}"].T, grads[f"W{l}"])
        agree(values[f"db{l}"][0], grads[f"b{l}"])


def test_seed_004_demo_prints_as_printed():
    values, printed = worked("seed004_mlp").values, SLIDES["mlp_demo"]["printed"]
    assert f"{values['L'].item():.4f}" == "1.1394" == str(printed["L"])
    # the slides cut or round the last of 4 or 5 significant digits
    for key, name in (("a3", "A3"), ("dL", "dL_dA3"), ("delta3", "dL_dZ3")):
        np.testing.assert_allclose(values[key], printed[name], rtol=0, atol=5.1e-5)


def test_seed_004_linear_model_is_a_forward_pass_only():
    model, steps = SLIDES["linear_model"], worked("seed004_linear")
    assert [step.key for step in steps.steps] == ["z1", "a1"]
    assert "y" not in steps.values
    agree(steps.values["W1"].T, model["W"])
    agree(steps.values["z1"], model["z"])
    agree(steps.values["a1"], model["a"])
    np.testing.assert_allclose(steps.values["a1"][:, 0], model["printed"]["a"], atol=5.1e-5)


def test_the_classic_example_has_its_well_known_numbers():
    steps = worked("classic")
    values = steps.values
    digits(steps.loss_before, 0.298371109)
    digits(values["a2"], [[0.751365070, 0.772928465]])
    digits(values["new_W2"], [[0.358916480, 0.511301270], [0.408666186, 0.561370121]])
    digits(values["new_W1"], [[0.149780716, 0.249751144], [0.199561432, 0.299502287]])
    assert not {"new_b1", "new_b2"} & values.keys()


def test_one_neuron_by_hand():
    # z = 0.6·1 − 0.4·0.5 + 0.1 = 0.5, a = σ(0.5), L = ½(a − 1)², δ = (a − 1)·a(1 − a), η = 0.5
    values = worked("one_neuron").values
    a = 1 / (1 + np.exp(-0.5))
    delta = (a - 1) * a * (1 - a)
    expected = {"z1": 0.5, "a1": a, "L": (a - 1) ** 2 / 2, "dL": a - 1, "delta1": delta}
    for key, number in expected.items():
        agree(values[key], [[number]], key)
    agree(values["new_W1"], [[0.6 - 0.5 * delta], [-0.4 - 0.5 * delta * 0.5]])
    agree(values["new_b1"], [[0.1 - 0.5 * delta]])


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_a_label_says_what_the_network_is_and_a_source_where_it_is_from(system):
    widths = "-".join(map(str, system.dims))
    assert system.label.startswith((widths, "One neuron"))
    assert system.source.endswith(".")
    assert "seed" not in (system.label + system.source.replace("manual_seed", "")).lower()


def test_no_two_systems_have_the_same_label():
    assert len({system.label for system in SYSTEMS.values()}) == len(SYSTEMS)


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_a_step_of_training_lowers_every_systems_loss(system):
    steps = worked(system.name)
    assert system.loss is None or steps.loss_after < steps.loss_before
