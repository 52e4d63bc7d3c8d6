"""The inside views without a browser: what the frames tell while one is open, and nothing while none is."""

from base64 import b64encode
from itertools import pairwise
from urllib.parse import parse_qsl

import numpy as np
import pytest

from engine import Experiment, Run, replay
from engine.analysis import watch
from engine.analysis.norms import update_ratios, weight_norms
from engine.data.own import MOST_CLASSES, MOST_INPUTS
from engine.runs.experiment import MAX_LAYERS, MAX_WIDTH
from pages.playground.inside import (
    VIEWS,
    Inside,
    changed_inside,
    fitted_inside,
    inside_query,
    open_inside,
    read_inside,
)
from pages.playground.recovery import _read_step
from pages.playground.session import Session
from tests.pages.payloads import read_payload
from tests.pages.playground.test_session import Asker

XOR = Experiment(dataset="xor", hidden=(4, 2), activations=("tanh", "tanh"))
"""Its θ: 12 numbers of the first layer, 10 of the second, 3 of the output."""


class Asking(Asker):
    """Opens views and plays, besides."""

    def open(self, view, layer=0, batch=False):
        return self.ask("inside", change={"view": view, "layer": layer, "batch": batch})

    def play(self, count):
        """Play so many frames, and show the last one; gives them by number."""
        payload = self.frames(after=self.session.shown, count=count)
        self.session.show_frame(payload.numbers[-1])
        return dict(zip(payload.numbers, payload.frames, strict=True))


@pytest.fixture
def ask():
    return Asking(Session(XOR))


def inside_blocks(payload):
    return [name for name, *_ in payload.header["frame_blocks"] if name.startswith("inside.")]


def test_closed_views_add_nothing_to_a_frame_and_compute_nothing(ask, monkeypatch):
    closed = ask.play(3)
    before = ask.ask("frame", at=2)
    assert not inside_blocks(before)
    monkeypatch.setattr(watch, "is_due", lambda *_: False)  # diagnoses look at a frame now and then
    monkeypatch.setattr(type(ask.session.timeline.trainer), "gradient", None)
    ask.play(2)
    monkeypatch.undo()
    for view in VIEWS:
        opened = ask.open(view)
        assert inside_blocks(opened)
        assert opened.header["frame_bytes"] > before.header["frame_bytes"]
        shut = ask.open("")
        assert not inside_blocks(shut)
        assert shut.header["frame_bytes"] == before.header["frame_bytes"]
    assert not ask.session.timeline.watching
    assert set(closed[1]) == set(before.frames[0])


def test_the_weights_view_tells_gradient_and_last_step_of_each_frame_also_of_those_gone_back_to(ask):
    ask.play(4)
    ask.open("weights")
    played = ask.play(5)
    timeline = replay(Run(XOR))
    timeline.watch(True)
    for _ in range(9):
        timeline.advance()
    for at in (9, 3, 6, 1):
        frame = ask.ask("frame", at=at).frames[0]
        timeline.seek(at)
        np.testing.assert_array_equal(frame["inside.gradient"], timeline.trainer.gradient())
        np.testing.assert_array_equal(frame["inside.step"], timeline.last_step().step)
        assert frame["inside.rows"] == [len(timeline.trainer.last_batch())]
        if at in played:
            np.testing.assert_array_equal(frame["inside.step"], played[at]["inside.step"])
    first = ask.ask("frame", at=0).frames[0]
    assert np.isnan(first["inside.step"]).all()
    assert first["inside.rows"] == [0]


def test_the_mini_batchs_gradient_comes_where_it_is_asked_for_and_makes_the_step(ask):
    ask.open("weights")
    ask.play(3)
    assert "inside.batch" not in inside_blocks(ask.ask("frame", at=3))
    frame = ask.open("weights", batch=True).frames[0]
    step = -XOR.learning_rate * frame["inside.batch"]
    np.testing.assert_allclose(frame["inside.step"], step, rtol=1e-9, atol=1e-16)
    assert (np.abs(frame["inside.cosines"]) <= 1 + 1e-12).all()


def test_the_norms_of_past_frames_are_told_in_turns_and_are_those_of_playing(ask):
    ask.open("norms")
    played = ask.play(40)
    other = Asking(Session(XOR))
    other.play(40)
    other.open("norms")
    told, after = {}, 0
    while after is not None:
        answer = other.ask("norms", upto=40, next=after)
        numbers = answer.blocks["norms.values"]
        told |= dict(zip(answer.blocks["norms.frame"].tolist(), numbers, strict=True))
        after = answer.header["norms"]["next"]
    assert list(told) == list(range(1, 41))
    for at, frame in played.items():
        np.testing.assert_array_equal(told[at], frame["inside.norms"])
    assert other.session.timeline.frame == 40, "it stands again where the player is"


def test_norms_are_gradient_norms_then_update_ratios(ask):
    ask.open("norms")
    frame = ask.play(7)[7]
    timeline = ask.session.timeline
    timeline.seek(7)
    net = timeline.trainer.net
    norms = [*weight_norms(net, timeline.trainer.gradient()), *update_ratios(net, timeline.last_step().step)]
    np.testing.assert_array_equal(frame["inside.norms"], norms)
    assert np.isnan(ask.ask("frame", at=0).frames[0]["inside.norms"][3:]).all()


def test_of_a_long_past_at_most_120_frames_are_told(ask):
    ask.play(300)
    ask.open("norms")
    count, after = 0, 0
    while after is not None:
        answer = ask.ask("norms", upto=300, next=after)
        count, after = count + len(answer.blocks["norms.frame"]), answer.header["norms"]["next"]
    assert count == 120


@pytest.mark.parametrize("layer", [0, 1])
def test_the_hidden_space_is_what_the_layer_makes_of_points_and_grid(ask, layer):
    ask.play(5)
    payload = ask.open("hidden-space", layer=layer)
    frame, inside = payload.frames[0], payload.header["inside"]
    net = ask.session.timeline.trainer.net
    X = ask.session.timeline.trainer.X[: inside["points"]]
    A = np.tanh(X @ net.W[0] + net.b[0])
    lattice = np.linspace(-6, 6, inside["lines"])
    along = np.linspace(-6, 6, inside["steps"])
    middle = np.tanh(np.column_stack((np.full(37, lattice[4]), along)) @ net.W[0] + net.b[0])
    grid = frame["inside.grid"].reshape(2, inside["lines"], inside["steps"], 2)
    if layer:
        A, middle = (np.tanh(B @ net.W[1] + net.b[1]) for B in (A, middle))
        np.testing.assert_allclose(frame["inside.points"], A, rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(grid[0, 4], middle, rtol=1e-6, atol=1e-7)
        np.testing.assert_array_equal(frame["inside.line"], [*net.W[2][:, 0], net.b[2][0]])
    else:
        assert "inside.line" not in frame
        centred = A - A.mean(axis=0)
        _, _, directions = np.linalg.svd(centred, full_matrices=False)
        distances = np.linalg.norm(frame["inside.points"], axis=1)
        flat = np.linalg.norm(centred @ directions[:2].T, axis=1)
        np.testing.assert_allclose(distances, flat, rtol=1e-5, atol=1e-6)
    assert inside["kinds"] == ["components", "units", "one"]


def test_with_many_inputs_the_grid_lies_on_the_plane_of_the_map_and_follows_it():
    ask = Asking(
        Session(Experiment(dataset="xor").changed(dataset="seed_004", hidden=(2,), activations=("tanh",)))
    )
    net = ask.session.timeline.trainer.net

    def is_seen(payload):
        grid = ask.session.plane.seen_from(ask.session.probe.point).lines(13, 37)
        np.testing.assert_allclose(
            payload.frames[0]["inside.grid"].reshape(-1, 2), net.forward(grid).A[1], rtol=1e-6, atol=1e-7
        )
        return payload.header["inside"]["number"]

    opened = is_seen(ask.open("hidden-space"))
    along = is_seen(ask.ask("probe", change={"values": [3.0, -2.0, None, None, None]}))
    assert along == opened, "the plane stays where the probe moves along it"
    off = is_seen(ask.ask("probe", change={"values": [None, None, 1.0, None, None]}))
    assert off > along, "frames of the plane before are known to be out of date"
    turned = is_seen(ask.ask("plane", change={"across": 3}))
    assert is_seen(ask.ask("plane", change={"components": True})) > turned > off


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_probe_lies_in_the_hidden_space_where_the_layer_puts_it(ask, layer):
    ask.play(5)
    ask.open("hidden-space", layer=layer)
    point, net = np.array([[2.5, -1.0]]), ask.session.timeline.trainer.net
    frame = ask.ask("probe", change={"values": [2.5, -1.0]}).frames[0]
    A, at_probe = ask.session.timeline.trainer.activations()[layer + 1], net.forward(point).A[layer + 1]
    if layer == 0:  # four units: along the two directions in which they vary most
        _, _, directions = np.linalg.svd(A - A.mean(axis=0), full_matrices=False)
        expected = np.abs((at_probe - A.mean(axis=0)) @ directions[:2].T)[0]
        np.testing.assert_allclose(np.abs(frame["inside.probe"]), expected, rtol=1e-12)
    else:
        np.testing.assert_allclose(frame["inside.probe"], [*at_probe[0], 0.0][:2], rtol=1e-12)


def test_the_distributions_are_shares_that_sum_to_1(ask):
    ask.play(5)
    frame = ask.open("distributions").frames[0]
    for name in ("weights", "activations"):
        np.testing.assert_allclose(frame[f"inside.{name}"].sum(axis=1), 1, rtol=1e-5)
    sizes = frame["inside.gradients"].sum(axis=1) + frame["inside.zeros"][:, 1]
    np.testing.assert_allclose(sizes, 1, rtol=1e-5)


@pytest.mark.parametrize(
    ("changes", "drawn"),
    [
        ({}, True),
        ({"output_activation": "sigmoid", "loss": "bce"}, True),
        ({"hidden": (4, 3)}, False),
        ({"dataset": "plane"}, False),
    ],
)
def test_only_two_classes_have_a_line_and_only_where_two_units_come_before_the_output(changes, drawn):
    frame = Asking(Session(XOR.changed(**changes))).open("hidden-space", layer=1).frames[0]
    assert ("inside.line" in frame) == drawn


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(hidden=(), activations=()),
        Experiment(dataset="blobs", classes=3, hidden=(6, 3, 1), activations=("relu",) * 3,
                   output_activation="softmax", loss="cce"),
        Experiment().changed(dataset="seed_004"),
    ],
    ids=["no hidden layer", "three classes", "five inputs"],
)  # fmt: skip
def test_every_view_has_numbers_for_every_layer(view, experiment):
    ask = Asking(Session(experiment))
    ask.play(2)
    for layer in range(len(experiment.hidden) + 1):
        frame = ask.open(view, layer=layer).frames[0]
        for name, numbers in frame.items():
            if name.startswith("inside.") and name != "inside.shares":
                assert np.isfinite(np.asarray(numbers)).all(), name


def test_it_stays_open_for_another_network_and_shows_its_last_layer_if_that_has_fewer(ask):
    ask.open("hidden-space", layer=2)
    ask.session.change(XOR.changed(hidden=(5,), activations=("tanh",)))
    header = read_payload(ask.session.payload).header
    assert (header["inside"]["view"], header["inside"]["layer"]) == ("hidden-space", 1)
    assert inside_blocks(read_payload(ask.session.payload))


def test_the_link_and_the_kept_run_bring_it_back(ask):
    ask.open("weights", layer=2, batch=True)
    query = dict(parse_qsl(ask.ask("link").header["link"]))
    opened, refusals = open_inside(query, XOR)
    assert (opened, refusals) == (Inside("weights", 2, True), ())
    assert read_inside({"view": "norms", "layer": 1, "batch": False}, XOR) == Inside("norms", 1)
    for damaged in (None, [], {"view": "none"}, {"view": "norms", "layer": 9}, {"layer": "1"}):
        assert read_inside(damaged, XOR) == Inside()
    assert inside_query(Inside("", 2)) == {}
    assert inside_query(Inside("norms")) == {"inside": "norms"}


@pytest.mark.parametrize(
    ("query", "inside", "said"),
    [
        (
            {"inside": "everything"},
            Inside(),
            "inside in the link must be one of weights,",
        ),
        ({"inside": "norms", "inside_layer": "4"}, Inside("norms"), "must be from 1 to 3. Got '4'."),
        ({"inside": "norms", "inside_layer": "²"}, Inside("norms"), "must be from 1 to 3. Got '²'."),
    ],
)
def test_what_a_link_says_wrong_is_refused_in_a_sentence(query, inside, said):
    opened, refusals = open_inside(query, XOR)
    assert opened == inside
    assert said in refusals[0]


def test_a_wrong_change_is_refused_and_changes_nothing(ask):
    ask.open("norms")
    for change in ({"view": "x"}, {"view": "norms", "layer": 3}, {"view": 3}, {"batch": 1}, None):
        header = ask.ask("inside", change=change).header
        assert header["inside"]["view"] == "norms"
        assert header["notice"]
    with pytest.raises(ValueError, match=r"The layer of an inside view must be from 1 to 3. Got 4."):
        changed_inside(Inside(), {"layer": 3}, 3)
    assert fitted_inside(Inside("norms", 5), 3) == Inside("norms", 2)


@pytest.mark.parametrize("view", ["weights", "norms"])
def test_a_kept_run_brings_its_last_step_too_so_that_the_view_is_the_same_after_a_reload(ask, view):
    ask.open(view)
    frame = ask.play(6)[6]
    record = ask.ask("keep").header["kept"]
    curve = {"every": 1, "train": "", "test": ""}
    losses = np.zeros(6, dtype="<f8").tobytes()
    curve |= dict.fromkeys(("train", "test"), b64encode(losses).decode())
    kept = {**record, "curve": curve, "inside": {"view": view, "layer": 0, "batch": False}}
    for damaged in ("", "AAAA", "x", 3, None):
        assert Session(XOR).restore({**kept, "last_step": damaged}, anyway=True)
    other = Session(XOR)
    assert other.restore(kept, anyway=True)
    shown = read_payload(other.picture()).frames[0]
    for name, numbers in frame.items():
        if name.startswith("inside."):
            np.testing.assert_array_equal(shown[name], numbers)


def test_a_kept_step_of_the_largest_network_is_read():
    widths = (MOST_INPUTS, *(MAX_WIDTH,) * MAX_LAYERS, MOST_CLASSES)
    largest = sum((below + 1) * width for below, width in pairwise(widths))
    step = b64encode(np.ones((2, largest)).tobytes()).decode()
    assert _read_step(step).shape == (2, largest)


def test_what_is_kept_has_no_step_while_none_is_watched(ask):
    ask.play(3)
    assert "last_step" not in ask.ask("keep").header["kept"]
    ask.open("hidden-space")
    assert "last_step" not in ask.ask("keep").header["kept"]
