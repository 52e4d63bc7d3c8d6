"""The probe without a browser: where it goes, what is told of it, and what brings it back."""

from urllib.parse import parse_qsl

import numpy as np
import pytest

from engine import Experiment, Network, Run, apply_features
from pages.playground.probe import Probe, open_probe, probe_query, read_probe, usual_probe
from pages.playground.session import Session
from tests.pages.payloads import read_payload
from tests.pages.playground.test_session import Asker

XOR = Experiment(dataset="xor", hidden=(4, 2), activations=("tanh", "tanh"))
BLOBS = Experiment().changed(dataset="blobs", classes=3)
FIVE = Experiment().changed(dataset="seed_004")
PLANE = Experiment().changed(dataset="plane")


@pytest.fixture
def asker():
    return Asker(Session(XOR))


@pytest.mark.parametrize(
    "experiment", [XOR, BLOBS, FIVE, PLANE, Experiment(features=("x2", "x1x2", "sin_x1"))]
)
def test_the_output_at_typed_coordinates_is_what_predict_says_to_the_bit(experiment):
    asker = Asker(Session(experiment))
    asker.frames(after=0, count=6, shown=6)
    typed = ["1", "−0,5", "2", "1/4", "1e-1"][: len(asker.session.probe.point)]
    payload = asker.ask("probe", change={"values": typed}, shown=6)
    assert payload.numbers == [6]
    assert payload.header["probe"]["point"] == [1, -0.5, 2, 0.25, 0.1][: len(typed)]
    net: Network = asker.session.timeline.trainer.net
    X = apply_features([payload.header["probe"]["point"]], experiment.features)
    np.testing.assert_array_equal(payload.frames[0]["probe"][-net.dims[-1] :], net.predict(X)[0])


@pytest.mark.parametrize(
    ("experiment", "target", "row"),
    [(XOR, 0, [1]), (XOR, 1, [-1]), (BLOBS, 2, [0, 0, 1]), (FIVE, 1, None), (PLANE, "0,25", [0.25])],
)
def test_the_loss_is_the_networks_against_the_chosen_target(experiment, target, row):
    asker = Asker(Session(experiment))
    payload = asker.ask("probe", change={"target": target})
    net = asker.session.timeline.trainer.net
    X = apply_features([payload.header["probe"]["point"]], experiment.features)
    row = experiment.targets(np.array([float(target)])) if row is None else [row]
    assert payload.frames[0]["probe_loss"][0] == net.loss(net.forward(X), row, experiment.loss)


def test_frames_that_follow_are_at_the_new_place_and_the_run_is_the_same(asker):
    still = Asker(Session(XOR)).frames(after=0, count=5)
    asker.ask("probe", change={"values": [1, 1]})
    moved = asker.frames(after=0, count=5)
    for frame, other in zip(moved.frames, still.frames, strict=True):
        np.testing.assert_array_equal(frame["theta"], other["theta"])
        assert (frame["probe"] != other["probe"]).any()


def test_each_move_has_a_number_and_a_repeated_request_moves_once(asker):
    first = asker.ask("probe", change={"values": ["1", None]}).header["probe"]
    assert asker.again().header["probe"] == first
    second = asker.ask("probe", change={"values": [None, "2"]}).header["probe"]
    assert second["point"] == [1, 2]
    assert second["number"] == first["number"] + 1


@pytest.mark.parametrize("at", [0, 249, 250, 499])
def test_a_data_point_is_used_with_all_its_digits_and_its_class(asker, at):
    header = asker.ask("probe", change={"at": at}).header
    data = asker.session.data
    np.testing.assert_array_equal(header["probe"]["point"], np.concatenate((data.X, data.X_test))[at])
    assert header["probe"]["target"] == np.concatenate((data.target, data.target_test))[at]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"values": ["one", None]}, "x₁ must be a number"),
        ({"values": [None, "2e6"]}, "The probe's x₂ must be between"),
        ({"values": [float("nan"), 1]}, "The probe's x₁ must be between"),
        ({"values": [1, 2, 3]}, "The probe must have 2 coordinates"),
        ({"values": "1 2"}, "The probe must have 2 coordinates"),
        ({"values": [[], 1]}, "x₁ must be a number"),
        ({"target": 2}, "The probe's target must be the index of a class"),
        ({"target": 0.5}, "The probe's target must be the index of a class"),
        ({"at": 500}, "The data must have the point"),
        ({"at": -1}, "The data must have the point"),
        (None, "A move of the probe must be a record"),
    ],
)
def test_what_is_no_place_is_refused_in_one_sentence_and_moves_nothing(asker, change, sentence):
    before = asker.session.probe
    header = asker.ask("probe", change=change).header
    assert header["notice"].startswith(sentence), header["notice"]
    assert asker.session.probe == before


def test_another_experiment_keeps_of_the_probe_what_suits_it(asker):
    session = asker.session
    asker.ask("probe", change={"values": [1, 1], "target": 1})
    session.change(session.experiment.changed(hidden=(3,)))
    assert session.probe == Probe((1, 1), 1)
    session.change(BLOBS)
    asker.ask("probe", change={"target": 2})
    session.change(XOR)
    assert session.probe == Probe((1, 1), 0)
    session.change(FIVE)
    assert session.probe == Probe((1.6, -2.2, 3.5, 2.5, 1))


def test_the_copied_link_says_where_the_probe_is_and_only_if_it_was_moved(asker):
    assert "probe" not in asker.ask("link").header["link"]
    asker.ask("probe", change={"values": [1, 0.1], "target": 1})
    link = asker.ask("link").header["link"]
    assert "probe=1~0.1&probe_target=1" in link
    assert open_probe(dict(parse_qsl(link)), XOR) == (Probe((1, 0.1), 1), ())


@pytest.mark.parametrize("experiment", [XOR, FIVE, PLANE])
def test_a_link_gives_back_any_probe_exactly(experiment):
    rng = np.random.default_rng(3)
    for target in (0.0, 1.0):
        probe = Probe(tuple(rng.normal(size=2 + len(experiment.problem.held)).tolist()), target)
        assert open_probe(probe_query(probe, experiment), experiment) == (probe, ())


@pytest.mark.parametrize("text", ["", "1", "1~2~3", "nan~0", "1~1e7", "a~b", "p!!", "~"])
def test_a_probe_that_a_link_spoils_costs_itself_alone_and_is_named(text):
    probe, refusals = open_probe({"probe": text, "probe_target": "1"}, XOR)
    assert probe == Probe(usual_probe(XOR).point, 1)
    assert len(refusals) == 1
    assert "probe" in refusals[0]


def test_a_kept_run_comes_back_with_its_probe(asker):
    asker.ask("probe", change={"values": [1, 2], "target": 1})
    header = asker.ask("keep").header
    curve = {"every": 1, "train": "", "test": ""}
    record = {**header["kept"], "curve": curve, "probe": header["probe"]}
    session = Session()
    Asker(session).ask("restore", record=record, anyway=True)
    assert session.probe == Probe((1, 2), 1)
    assert session.experiment == XOR
    assert read_payload(session.payload).header["probe"]["point"] == [1, 2]


@pytest.mark.parametrize(
    "given", [None, 3, {}, {"point": [1]}, {"point": ["a", 1], "target": 0}, {"point": [1, {}]}]
)
def test_of_a_kept_probe_that_is_none_the_usual_one_is_left(given):
    assert read_probe(given, XOR) == usual_probe(XOR)


def test_a_run_with_a_probe_is_still_the_run_of_the_address(asker):
    asker.ask("probe", change={"values": [1, 2]})
    assert asker.session.timeline.run == Run(XOR)
    assert asker.session.untouched
