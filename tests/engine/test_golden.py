"""The seeds' networks against numbers from an independent implementation (float64, reverse-mode)."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import Network, make_loss

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = json.loads((GOLDEN / "mlp_seeds.json").read_text())["cases"]
SLIDES = json.loads((GOLDEN / "slides.json").read_text())


def agree(actual, expected):
    np.testing.assert_allclose(actual, np.asarray(expected, dtype=float), rtol=1e-10, atol=1e-12)


def network_of(case):
    biases = [layer["b"] for layer in case["params"]]
    net = Network(
        case["dims"],
        [*case["hidden_activations"], case["output_activation"]],
        bias="none" if biases[0] is None else "shared",
    )
    for l, layer in enumerate(case["params"]):
        net.W[l][...] = layer["W"]
        if net.b[l] is not None:
            net.b[l][...] = layer["b"]
    return net


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_forward_loss_and_gradient_of_the_seeds_agree(case):
    net = network_of(case)
    loss = make_loss(case["loss"]["name"], **case["loss"]["params"])
    trace = net.forward(case["X"])
    gradient = net.backward(trace, case["Y"], loss)
    for l, layer in enumerate(case.get("forward", [])):
        agree(trace.Z[l], layer["Z"])
        agree(trace.A[l + 1], layer["A"])
    agree(net.loss(trace, case["Y"], loss), case["loss_value"])
    for l, layer in enumerate(case["grads"]):
        agree(gradient.dW[l], layer["dW"])
        if layer["db"] is not None:
            agree(gradient.db[l], layer["db"])
        if "dZ" in layer:
            agree(gradient.dZ[l], layer["dZ"])
    agree(gradient.dA[0], case["dX"])


def test_seed_004_demo_agrees_in_every_number_and_prints_as_printed():
    demo = SLIDES["mlp_demo"]
    net = Network((5, 7, 4, 3), ("sigmoid", "sigmoid", "softmax"))
    for l in range(3):
        net.W[l][...] = np.asarray(demo["params"][f"W{l + 1}"]).T  # the slides store (fan_out, fan_in)
        net.b[l][...] = demo["params"][f"b{l + 1}"]
    Y = np.asarray(demo["Y"], dtype=float)
    trace = net.forward(demo["X"])
    gradient = net.backward(trace, Y, "cce")
    agree(net.loss(trace, Y, "cce"), demo["L"])
    for l in range(3):
        agree(trace.Z[l], demo["forward"][f"Z{l + 1}"])
        agree(trace.A[l + 1], demo["forward"][f"A{l + 1}"])
        agree(gradient.dW[l].T, demo["grads"][f"W{l + 1}"])
        agree(gradient.db[l], demo["grads"][f"b{l + 1}"])
        agree(gradient.dZ[l], demo["grads"][f"Z{l + 1}"])
        agree(gradient.dA[l + 1], demo["grads"][f"A{l + 1}"])
    printed = demo["printed"]
    assert round(net.loss(trace, Y, "cce"), 4) == printed["L"]
    # the slide's faulty first loss: neither logarithm nor minus
    assert round((Y * trace.A[-1]).sum() / 4, 4) == printed["L_without_log_and_minus"]
    np.testing.assert_allclose(trace.A[-1], printed["A3"], atol=5.1e-5)
    np.testing.assert_allclose(gradient.dA[-1], printed["dL_dA3"], atol=5.1e-5)
    np.testing.assert_allclose(gradient.dZ[-1], printed["dL_dZ3"], atol=5.1e-5)


def test_seed_004_linear_model_agrees():
    model = SLIDES["linear_model"]
    net = Network((5, 1), ("sigmoid",))
    net.W[0][...] = np.asarray(model["W"]).T
    net.b[0][...] = model["b"]
    trace = net.forward(model["X"])
    agree(trace.Z[0], model["z"])
    agree(trace.A[1], model["a"])


def test_softmax_jacobian_of_seed_004_agrees_row_by_row():
    slide = SLIDES["softmax_jacobian"]
    net = Network((4, 4), ("softmax",), bias="none")
    net.W[0][...] = np.eye(4)
    trace = net.forward([slide["z"]])
    agree(trace.A[1][0], slide["a"])
    for k in range(4):
        out = np.empty((1, 4))
        net.activations[0].vjp(trace.Z[0], trace.A[1], np.eye(4)[k : k + 1], out)
        agree(out[0], slide["J"][k])
