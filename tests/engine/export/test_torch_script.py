"""The script for PyTorch trains as the engine does, wherever PyTorch is."""

import ast
from importlib.util import find_spec

import pytest

from engine import Experiment, ParameterSet, ParametersFrozen, Run, SettingChanged, torch_script
from engine.export.agreement import torch_agreement
from engine.export.torch_network import places
from tests.engine.export.measure_torch import differences
from tests.engine.export.runs import EPOCHS, RUNS


@pytest.mark.skipif(find_spec("torch") is None, reason="needs PyTorch")
def test_scripts_end_as_close_to_the_engine_as_was_measured():
    kept, found = torch_agreement(), differences()
    assert len(found) == kept.runs
    assert max(found.values()) <= max(1e-12, 10 * kept.largest_difference)


def test_what_was_measured_is_kept_with_its_versions():
    kept = torch_agreement()
    assert kept.runs == len(RUNS)
    assert 0 < kept.largest_difference < 1e-11
    assert all((kept.date, kept.torch, kept.numpy, kept.python))


@pytest.mark.parametrize("name", RUNS)
def test_a_script_is_python_and_imports_numpy_and_torch_alone(name):
    tree = ast.parse(torch_script(RUNS[name], epochs=EPOCHS))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.name for node in imported if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in imported if isinstance(node, ast.ImportFrom)}
    assert modules == {"numpy", "torch"}


def test_the_place_of_a_parameter_is_transposed_in_its_tensor():
    e = Experiment(features=("x1", "x2"), hidden=(3,), activations=("tanh",))
    assert places(e)[1] == (0, "1, 0")  # W[0][0, 1] is net[0].weight[1, 0]
    assert places(e)[6] == (1, "0")  # b[0][0]
    assert len(places(e)) == e.parameter_count


def test_a_frozen_parameter_and_one_set_by_hand_stand_at_their_places():
    script = torch_script(Run(Experiment(), (ParameterSet(1, 1, 0.5), ParametersFrozen(2, (8,)))), epochs=3)
    assert "net[0].weight.data[1, 0] = 0.5" in script
    assert "free[1][0] = 0" in script


@pytest.mark.parametrize(
    ("optimizer", "parameters"),
    [
        ("adam", (("amsgrad", True),)),
        ("rmsprop", (("centered", True),)),
        ("rmsprop", (("momentum", 0.9),)),
        ("sgd", (("momentum", 0.9), ("dampening", 0.5))),
    ],
)
def test_what_pytorch_cannot_begin_to_remember_is_refused_in_one_sentence(optimizer, parameters):
    experiment = Experiment(optimizer=optimizer)
    run = Run(experiment, (SettingChanged(2, "optimizer_parameters", parameters),))
    with pytest.raises(ValueError, match=r"^A script for PyTorch can't switch .* on while it trains\.$"):
        torch_script(run, epochs=5)
    assert torch_script(run, epochs=2)


def test_momentum_of_plain_gradient_descent_may_begin_later():
    run = Run(Experiment(), (SettingChanged(2, "optimizer_parameters", (("momentum", 0.9),)),))
    assert "momentum=0.9" in torch_script(run, epochs=5)
