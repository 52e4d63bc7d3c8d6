"""Layers that can't learn any more are found, and none that can."""

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment
from engine.analysis.diagnostics import explain_stuck, stuck_units


def test_a_relu_unit_is_dead_only_if_it_is_zero_for_every_sample():
    A = np.array([[0.0, 0.0, 1.0], [0.0, 0.5, 2.0]])
    assert stuck_units(ACTIVATIONS["relu"], A) == 1


@pytest.mark.parametrize(("name", "flat"), [("tanh", -0.999), ("tanh", 0.999), ("sigmoid", 0.001)])
def test_a_unit_is_saturated_only_if_it_is_flat_for_every_sample(name, flat):
    A = np.array([[flat, flat], [flat, 0.6]])
    assert stuck_units(ACTIVATIONS[name], A) == 1


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_units_whose_outputs_are_not_all_flat_never_count_as_stuck(name):
    least, most = ACTIVATIONS[name].alive
    inside = np.clip(0.6, least, most)
    assert stuck_units(ACTIVATIONS[name], np.full((3, 2), inside)) == (2 if inside in (least, most) else 0)
    assert stuck_units(ACTIVATIONS[name], np.full((3, 2), np.nan)) == 0


def test_leaky_units_never_count_as_stuck():
    assert stuck_units(ACTIVATIONS["leaky_relu"], np.zeros((3, 2))) == 0


def test_a_network_with_dead_relus_is_explained_and_a_healthy_one_is_not():
    healthy = Experiment(activations=("relu", "relu")).network()
    X = np.random.default_rng(0).uniform(-6, 6, (50, 2))
    assert explain_stuck(healthy.activations, healthy.forward(X).A) is None
    dead = healthy  # the same network, its first layer pushed below zero
    dead.b[0][...] = -1000
    assert "hidden layer 1 is dead" in explain_stuck(dead.activations, dead.forward(X).A)


def test_a_layer_with_one_unit_alive_is_not_stuck():
    net = Experiment(activations=("relu", "relu")).network()
    net.b[0][...] = [-1000.0, -1000.0, -1000.0, 1000.0]
    A = net.forward(np.random.default_rng(0).uniform(-6, 6, (50, 2))).A
    assert stuck_units(net.activations[0], A[1]) == 3
    assert "hidden layer 1" not in (explain_stuck(net.activations, A) or "")


def test_a_hidden_layer_of_steps_is_always_explained_in_one_sentence():
    net = Experiment(activations=("tanh", "step")).network()
    X = np.random.default_rng(0).uniform(-6, 6, (50, 2))
    assert explain_stuck(net.activations, net.forward(X).A) == (
        "Stuck: a step has slope 0 everywhere, so hidden layer 2 passes no gradient; "
        "choose an activation that has a slope."
    )


def test_a_stuck_output_layer_is_not_reported_because_only_hidden_layers_can_block():
    net = Experiment(hidden=(), activations=()).network()
    net.b[0][...] = 100
    assert explain_stuck(net.activations, net.forward(np.zeros((3, 2))).A) is None
