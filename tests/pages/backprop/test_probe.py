"""The playground's network at its probe, worked number by number, with the numbers of the probe's line."""

import numpy as np
import pytest

from engine import Experiment
from engine.runs.links import from_query, to_query
from pages.backprop.controls import outputs_said, playing_of
from pages.backprop.session import BackpropSession
from pages.backprop.settings import OWN_NUMBERS, PLAYGROUND, BackpropSettings
from pages.playground.session import Session
from tests.pages.opening import come_to, healthy

CASES = {
    "two inputs": Experiment(dataset="xor", hidden=(4, 2), activations=("tanh", "tanh")),
    "features": Experiment(features=("x1", "x1_squared", "sin_x2")),
    "five inputs, cce": Experiment().changed(dataset="seed_004"),
    "regression": Experiment(dataset="plane", activations=("relu", "relu"), output_activation="linear"),
}


def probed(experiment, target=1.0, frames=5):
    """A playground's session whose probe was moved, after some frames."""
    user = Session(experiment)
    held = len(experiment.problem.held)
    request = {"client": "a", "run": user.run, "generation": user.generation}
    change = {"values": [0.7, -1.3, *[0.25] * held], "target": target}
    user.answer(request | {"id": 1, "kind": "probe", "change": change})
    number = 2
    while user.timeline.last < frames:  # an answer has as many frames as there is time for
        last = user.timeline.last
        user.answer(
            request | {"id": number, "kind": "frames", "after": last, "shown": last, "count": frames - last}
        )
        number += 1
    user.answer(request | {"id": number, "kind": "frame", "at": frames, "shown": frames})
    return user


@pytest.mark.parametrize("experiment", CASES.values(), ids=CASES)
def test_output_and_loss_are_those_of_the_probes_line(experiment):
    user = probed(experiment)
    assert user.probe.target == 1
    blocks = dict(user.painter.blocks(user.timeline))
    worked = BackpropSession(BackpropSettings(PLAYGROUND, at_probe=True), lambda: playing_of(user))
    assert worked.samples == 1
    output = worked.worked.values[f"a{len(worked.net.W)}"]
    np.testing.assert_allclose(output[0], blocks["probe"][-output.shape[1] :], rtol=1e-14)
    assert worked.worked.loss_before == pytest.approx(blocks["probe_loss"][0], rel=1e-13)
    assert "Playground at epoch 5, at the probe (0.7, −1.3" in worked.label


@pytest.mark.parametrize("at_probe", [False, True])
def test_outputs_are_called_as_the_data_names_their_classes(at_probe):
    user = probed(CASES["five inputs, cce"])
    worked = BackpropSession(BackpropSettings(PLAYGROUND, at_probe=at_probe), lambda: playing_of(user))
    assert worked._diagram()["classes"] == ["0", "1", "2"] == user.classes
    assert user._described["dataset"]["labels"] == user.classes  # as the player calls them
    alone = probed(CASES["two inputs"])
    assert (
        BackpropSession(BackpropSettings(PLAYGROUND), lambda: playing_of(alone))._diagram()["classes"] == []
    )


def test_it_follows_the_probe_and_goes_back_to_the_training_points():
    user = probed(CASES["two inputs"])
    worked = BackpropSession(BackpropSettings(PLAYGROUND, at_probe=True), lambda: playing_of(user))
    again = {"client": "a", "run": user.run, "generation": user.generation, "shown": 5}
    user.answer(again | {"id": 4, "kind": "probe", "change": {"values": [2, 2], "target": 0}})
    worked.follow_playground()
    np.testing.assert_array_equal(worked.X, [[2, 2]])
    worked.set(at_probe=False)
    assert worked.samples == user.timeline.trainer.samples
    worked.set(sample=7)
    worked.set(at_probe=True)
    assert (worked.settings.sample, worked.samples) == (None, 1)
    worked.set(network="one_neuron")
    assert not worked.settings.at_probe
    worked.work_probe()
    assert worked.settings == BackpropSettings(PLAYGROUND, at_probe=True)


def test_it_stands_in_the_link_and_another_network_has_no_probe():
    settings = BackpropSettings(PLAYGROUND, at_probe=True)
    assert from_query(BackpropSettings, to_query(settings)) == settings
    for network in (OWN_NUMBERS, "one_neuron"):
        with pytest.raises(ValueError, match=r"Only the playground's network has a probe\."):
            BackpropSettings(network, at_probe=True)


def test_the_press_in_the_probes_line_opens_the_page_with_the_point():
    app = healthy(come_to("playground"))
    user = app.session_state["backprop_session"]
    request = {"client": "a", "run": user.run, "generation": user.generation, "shown": 0}
    user.answer(request | {"id": 1, "kind": "work"})
    healthy(app.run())
    assert app.session_state["backprop_page"].settings == BackpropSettings(PLAYGROUND, at_probe=True)
    assert app.selectbox(key="sample").value == "the probe"
    healthy(app.selectbox(key="sample").select("whole batch").run())
    assert not app.session_state["backprop_page"].settings.at_probe
    healthy(app.switch_page("pages/playground.py").run())  # it stays there


def test_ten_classes_are_all_said_of_more_the_first_ones_and_the_last():
    assert outputs_said(["ash", "elm"]) == "Its outputs 1, 2 are the classes ash, elm of the data."
    assert outputs_said(list("ABCDEFGHIJ")).count(",") == 18
    said = outputs_said([chr(65 + k) for k in range(26)])
    assert said == "Its outputs 1 to 26 are the classes A, B, C … Z of the data."
