"""One user's run, without a browser: what the player asks and what it gets."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment, ParameterSet, Run, SettingChanged, replay
from engine.runs.provenance import run_summary, summary
from pages.playground.presets import PRESETS
from pages.playground.session import MOST_FRAMES, Session
from tests.pages.payloads import Payload, read_payload


class Asker:
    """Asks as the player does: every request stamped and numbered."""

    def __init__(self, session: Session, client: str = "a") -> None:
        self.session, self.client, self.id, self.last = session, client, 0, {}

    def ask(self, kind: str, **more) -> Payload:
        self.id += 1
        stamp = {"client": self.client, "id": self.id, "run": self.session.run}
        stamp |= {"generation": self.session.generation, "shown": self.session.shown}
        self.last = {**stamp, "kind": kind, **more}
        return self.again()

    def again(self) -> Payload:
        self.session.answer(self.last)
        return read_payload(self.session.payload)

    def frames(self, after: int, count: int = 5, **more) -> Payload:
        """Exactly this many frames, by several requests: on a busy machine one answer may hold fewer."""
        payload = self.ask("frames", after=after, count=count, **more)
        while (got := [after, *payload.numbers][-1]) != after + count and not payload.header["stopped"]:
            more_frames = self.ask("frames", after=got, count=after + count - got)
            payload = replace(
                more_frames,
                frames=payload.frames + more_frames.frames,
                raw_frames=payload.raw_frames + more_frames.raw_frames,
            )
        return payload


@pytest.fixture
def session():
    return Session()


@pytest.fixture
def asker(session):
    return Asker(session)


def test_the_first_payload_is_the_whole_state_at_frame_0(session):
    payload = read_payload(session.payload)
    assert payload.numbers == [0]
    header = payload.header
    assert (header["run"], header["generation"], header["answers"], header["client"]) == (1, 0, 0, "")
    assert [layer["width"] for layer in header["layers"]] == [4, 2, 1]
    assert payload.blocks["points"].shape == (500, 3)
    assert header["dataset"]["train"] == 250
    assert payload.blocks["inputs"].shape == (7, 20, 20)
    assert payload.blocks["history.frame"].tolist() == [0]
    frame = payload.frames[0]
    net = session.timeline.trainer.net
    np.testing.assert_array_equal(frame["theta"], net.theta.astype(np.float32))
    outputs = net.forward(np.array([header["probe"]["point"]])).A[1:]
    np.testing.assert_array_equal(frame["probe"], np.concatenate(outputs, axis=1)[0])


@pytest.mark.parametrize("bias", ["shared", "none"])
def test_the_header_says_where_in_theta_each_weight_and_bias_lies(bias):
    session = Session(Experiment(hidden=(3, 5, 2), activations=("tanh",) * 3, bias=bias))
    payload = read_payload(session.payload)
    theta, net, fan_in = payload.frames[0]["theta"], session.timeline.trainer.net, 2
    assert len(payload.header["layers"]) == len(net.W)
    for layer, W, b in zip(payload.header["layers"], net.W, net.b, strict=True):
        width = layer["width"]
        sent = theta[layer["W"] :][: fan_in * width].reshape(fan_in, width)
        np.testing.assert_array_equal(sent, W.astype(np.float32))
        if bias == "none":
            assert layer["b"] is None
        else:
            np.testing.assert_array_equal(theta[layer["b"] :][:width], b.astype(np.float32))
        fan_in = width


def test_every_scalar_of_a_frame_has_a_name_that_no_block_has():
    payload = read_payload(Session(Experiment(unit="mini-batch")).payload)
    names = payload.header["scalars"]
    assert payload.frames[0]["scalars"].shape == (len(names),)
    assert len(set(names)) == len(names)
    assert not set(names) & set(payload.frames[0])


def test_five_inputs_send_their_slice_and_what_the_map_does_not_show():
    session = Session(Experiment().changed(dataset="seed_004"))
    payload = read_payload(session.payload)
    X = session.data.X
    np.testing.assert_array_equal(payload.blocks["points"][:, :2], X[:, :2])
    np.testing.assert_array_equal(payload.blocks["beyond"], X[:, 2:])
    assert payload.blocks["inputs"].shape == (0, 20, 20), "they follow the plane, and so does the browser"
    header = payload.header
    assert [row["label"] for row in header["inputs"]] == ["x₁", "x₂", "x₃", "x₄", "x₅"]
    assert header["dataset"]["domain"] == 9
    assert header["dataset"]["ranges"] == [[-9, 9]] * 5
    assert header["probe"]["inputs"] == [1.6, -2.2, 3.5, 2.5, 1.0]
    pixel = np.array([-9 + 18 * 0.5 / 100, 9 - 18 * 0.5 / 100, 3.5, 2.5, 1.0])  # the first of the map
    first = session.plane.seen_from(session.probe.point).points(100)[0]
    np.testing.assert_allclose(first, pixel, rtol=1e-12)
    assert payload.blocks["rows"].size == payload.blocks["columns"].size == 0


def test_a_plane_has_nothing_beyond_the_map(session):
    payload = read_payload(session.payload)
    assert payload.blocks["beyond"].shape == (500, 0)
    assert payload.header["dataset"]["ranges"] == [[-6, 6]] * 2
    assert payload.header["dataset"]["scales"] == []


def test_frames_carry_the_epoch_and_losses_of_the_timeline(session, asker):
    session.change(replace(session.experiment, speed=3))
    payload = asker.frames(after=0, count=4)
    assert payload.numbers == [1, 2, 3, 4]
    for k in range(4):
        recorded = session.timeline[k + 1]
        assert payload.scalar("epoch")[k] == 3 * (k + 1)
        assert payload.scalar("train_loss")[k] == recorded.train_loss
        assert payload.scalar("test_loss")[k] == recorded.test_loss
        assert payload.scalar("metric")[k] == 100 * recorded.test_metric
        assert payload.scalar("clipped")[k] == recorded.clipped


def test_a_frames_request_that_comes_again_gets_the_same_bytes(session, asker):
    first = asker.ask("frames", after=0, count=3)
    trained = session.timeline.last
    again = asker.again()
    count = min(len(first.frames), len(again.frames))
    assert again.raw_frames[:count] == first.raw_frames[:count]
    assert again.header["answers"] == first.header["answers"] == 1
    assert session.timeline.last == max(trained, again.numbers[-1])


def test_frames_after_k_are_the_same_bytes_when_asked_again(asker):
    first = asker.frames(after=0, count=20)
    asker.ask("frame", at=3)
    again = asker.frames(after=9, count=11)
    assert again.numbers == list(range(10, 21))
    assert again.raw_frames == first.raw_frames[9:]
    assert asker.ask("frame", at=7).raw_frames == [first.raw_frames[6]]
    assert asker.ask("frame", at=0).numbers == [0]


@pytest.mark.parametrize(
    "request_", [("reset", {}), ("new-weights", {}), ("edit", {"change": {"widths": [5, 2]}})]
)
def test_a_repeated_request_is_answered_again_but_done_once(session, asker, request_):
    kind, more = request_
    asker.frames(after=0)
    asker.ask(kind, **more)
    run, experiment = session.run, session.experiment
    assert run == 2
    payload = asker.again()
    assert (session.run, session.experiment) == (run, experiment)
    assert payload.header["answers"] == asker.id
    assert payload.header["run"] == run
    assert payload.numbers == [0]


def test_reset_goes_back_to_the_same_weights_and_new_weights_to_other_ones(session, asker):
    first = read_payload(session.payload).raw_frames
    trained = asker.frames(after=0)
    payload = asker.ask("reset")
    assert payload.raw_frames == first
    assert payload.blocks["history.frame"].tolist() == [0]
    assert asker.frames(after=0).raw_frames == trained.raw_frames
    assert asker.ask("new-weights").raw_frames != first
    assert session.experiment.seed == 1


def test_a_live_change_raises_the_generation_and_goes_on_from_the_frame_named_by_after(session, asker):
    before = asker.frames(after=0, count=20)
    session.change(replace(session.experiment, learning_rate=0.3, speed=2))
    assert session.run == 1
    assert session.generation == 1
    assert read_payload(session.payload).header["generation"] == 1
    payload = asker.frames(after=8, count=4, shown=8)
    assert payload.numbers == [9, 10, 11, 12]
    assert payload.scalar("epoch") == [10, 12, 14, 16]
    assert payload.raw_frames[0] != before.raw_frames[8]
    assert payload.header["last"] == 12
    # What was shown before the change stays as it was.
    (kept,) = asker.ask("frame", at=8).frames
    for name in ("theta", "probe"):
        np.testing.assert_array_equal(kept[name], before.frames[7][name])


def test_a_live_change_is_told_at_once_wherever_the_rate_stands(session, asker):
    asker.frames(after=0, count=10)
    session.shown = 6
    asker.ask("settle")
    session.set(learning_rate=0.3)
    payload = read_payload(session.payload)
    assert (payload.numbers, payload.scalar("learning_rate")) == ([6], [0.3])
    assert "SGD 0.03, SGD 0.3 from epoch 6" in payload.header["provenance"]
    assert payload.header["provenance"] == session.provenance
    inspected = asker.ask("inspect").blocks
    np.testing.assert_allclose(inspected["step"], -0.3 * inspected["gradient"], rtol=1e-6)


def test_a_frame_tells_the_rate_of_the_step_that_follows_it():
    session = Session(Experiment(schedule="exponential"))
    rates = Asker(session).frames(after=0, count=4).scalar("learning_rate")
    assert rates == [session.timeline.learning_rates[k + 1] for k in range(1, 4)] + [
        session.experiment.settings.rate_at(4)
    ]


def test_a_penalty_is_told_with_each_frame_and_at_once_when_it_is_changed(session, asker):
    assert read_payload(session.payload).header["penalty"] is None
    session.set(regularization="l2", regularization_rate=0.1)
    payload = asker.frames(after=0, count=3)
    assert payload.header["penalty"] == "L2"
    assert payload.scalar("penalty") == list(session.timeline.penalties[1:4])
    session.shown = 2
    session.set(regularization_rate=0.2)
    payload = read_payload(session.payload)
    assert payload.scalar("penalty") == pytest.approx([2 * session.timeline.penalties[2]])
    session.set(regularization="weight_decay")
    header = read_payload(session.payload).header
    assert header["penalty"] is None, "the decay is no part of the loss"


def test_the_step_of_adam_is_not_taken_for_a_gradient_times_the_rate(session, asker):
    asker.frames(after=0, count=3)
    session.set(optimizer="adam", learning_rate=0.01)
    header, blocks = (payload := asker.ask("inspect")).header, payload.blocks
    assert (header["optimizer"], header["plain_step"]) == ("Adam", False)
    np.testing.assert_allclose(blocks["step"], -0.01 * np.sign(blocks["gradient"]), atol=1e-4)


def test_after_a_rewind_and_a_change_nothing_counts_as_shown_that_is_only_trained_ahead(session, asker):
    asker.frames(after=0, count=30)
    session.shown = 30
    asker.ask("settle")
    session.shown = 10
    asker.ask("settle")
    assert session.reached == 30, "what was shown before the rewind stays in the curve"
    session.set(learning_rate=0.1)
    asker.frames(after=10, count=20)
    assert (session.reached, session.timeline.last) == (10, 30)
    assert read_payload(session.picture()).blocks["history.frame"].tolist() == list(range(11))


def lacking(payload: Payload) -> list[int]:
    """The frames whose losses a picture holds."""
    return payload.blocks["history.frame"].tolist()


def test_a_picture_holds_of_the_curve_what_the_player_lacks_however_long_the_run(session, asker):
    asker.frames(after=0, count=30)
    session.shown = 30
    assert lacking(asker.ask("settle")) == [*range(31)]
    assert lacking(asker.ask("settle", known=31)) == [30]
    session.show_again()
    assert lacking(read_payload(session.payload)) == [30], "the page has run again around the player"
    assert lacking(asker.ask("settle", known=12)) == [*range(12, 31)], "an answer got lost"
    session.set(learning_rate=0.1)
    stale = asker.ask("settle", known=31, generation=session.generation - 1)
    assert lacking(stale) == [30]
    assert lacking(asker.ask("whole", known=31)) == [*range(31)]
    asker.ask("settle", known=31)
    session.show_all()
    assert lacking(read_payload(session.payload)) == [*range(31)], "the page has been come to"
    assert lacking(asker.ask("new-weights", known=31)) == [0]


def test_frames_asked_for_before_a_live_change_are_not_mixed_with_those_after_it(session, asker):
    """The player drops what it has not shown when the generation rises, so nothing may follow on from it."""
    asker.frames(after=0, count=20)
    session.change(replace(session.experiment, speed=3))
    late = asker.ask("frames", after=20, count=5, shown=6, generation=0)
    assert all(number <= 6 for number in late.numbers) or late.numbers[0] == 7
    assert [late.header["generation"], late.header["answers"]] == [1, asker.id]
    going_on = asker.frames(after=6, count=20, shown=6)
    assert going_on.scalar("epoch") == [6 + 3 * k for k in range(1, 21)]


def test_another_network_is_another_run_and_is_said_so(session, asker):
    asker.frames(after=0)
    payload = asker.ask("edit", change={"widths": [3]})
    assert payload.header["run"] == 2
    assert payload.numbers == [0]
    assert "New network" in payload.header["notice"]
    assert session.experiment.hidden == (3,)
    assert asker.ask("edit", change={"activations": ["relu"]}).header["layers"][0]["activation"] == "relu"
    assert asker.ask("edit", change={"features": ["x2", "x1"]}).header["run"] == 3, "the same features"
    asker.ask("edit", change={"features": ["x1x2", "x1"]})
    assert set(session.experiment.features) == {"x1", "x1x2"}


def test_a_request_of_an_ended_run_changes_nothing_and_gets_the_present_picture(session, asker):
    asker.frames(after=0)
    asker.ask("reset")
    experiment, run = session.experiment, session.run
    for kind in ("frames", "frame", "settle", "reset", "new-weights", "edit"):
        payload = asker.ask(kind, run=1, after=3, at=3, count=5, change={"widths": [9]})
        assert payload.numbers == [0]
        assert payload.header["answers"] == asker.id
    assert (session.experiment, session.run, session.timeline.last) == (experiment, run, 0)


def test_settle_asks_the_page_to_follow_at_the_shown_frame(session, asker):
    asker.frames(after=0, count=10)
    assert not session.redraw
    asker.ask("settle", shown=4)
    assert session.redraw
    assert session.shown == 4


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"dataset": "hills", "loss": "huber"},
        {"output_activation": "sigmoid", "loss": "bce"},
        {"dataset": "spiral3", "output_activation": "softmax", "loss": "cce"},
        {"dataset": "spiral3", "output_activation": "sigmoid", "loss": "bce"},
        {"dataset": "spiral3", "output_activation": "sigmoid", "loss": "mse_sample"},
        {"dataset": "spiral3", "output_activation": "sigmoid", "loss": "mse"},
    ],
)
def test_an_inspection_holds_the_loss_of_every_point_taken_alone(change):
    session = Session(Experiment().changed(**change))
    asker = Asker(session)
    asker.frames(after=0, count=3)
    payload = asker.ask("inspect", shown=2)
    assert payload.header["inspected"] == 2
    session.timeline.seek(2)
    trainer = session.timeline.trainer
    X, Y = np.concatenate((trainer.X, trainer.X_test)), np.concatenate((trainer.Y, trainer.Y_test))
    alone = [
        trainer.net.loss(trainer.net.forward(x[None]), y[None], trainer.loss)
        for x, y in zip(X, Y, strict=True)
    ]
    np.testing.assert_allclose(payload.blocks["losses"], alone, rtol=1e-6)
    np.testing.assert_allclose(payload.blocks["outputs"], trainer.net.predict(X), rtol=1e-6)


WRONG_PLACES = ((9, 0, 0), (0, 9, 0), (0, 0, 9), (0, -9, 0), (0, 0, None), ([], 0, 0))
WRONG_WEIGHTS = (None, "1", [], {}, math.nan, math.inf, 10**400)
WRONG_REQUESTS = [
    {},
    {"id": 1},
    {"id": "1", "kind": "frames"},
    {"id": None},
    {"id": [1], "client": {"a": 1}},
    {"id": 1, "kind": None},
    {"id": 1, "kind": ["frames"]},
    {"id": 1, "kind": {"a": 1}},
    {"id": 1, "kind": "delete everything"},
    {"id": 1, "kind": "frames"},
    *({"id": 1, "kind": "frames", "after": wrong} for wrong in ("1", None, [], {}, 0.5, True, math.nan)),
    *({"id": 1, "kind": "frames", "count": wrong} for wrong in ("9", None, [], {}, 0.5, True, -5, 0)),
    {"id": 1, "kind": "frames", "after": 10**30, "count": 10**30},
    {"id": 1, "kind": "frames", "after": -(10**30), "count": 2},
    *({"id": 1, "kind": "frame", "at": wrong} for wrong in ("1", None, [], {}, 0.5, -1, 10**30, math.inf)),
    *({"id": 1, "kind": "settle", "shown": wrong} for wrong in ("1", None, [], {}, 0.5, -1, 10**30)),
    {"id": 10**30, "kind": "settle"},
    {"id": -1, "kind": "settle"},
    {"id": 1, "kind": "settle", "client": "x" * 100_000},
    {"id": 1, "kind": "settle", "run": "1"},
    {"id": 1, "kind": "settle", "run": {}},
    {"id": 1, "kind": "undo"},
    *({"id": 1, "kind": "freeze", "l": wrong, "i": 0, "j": 0} for wrong in (None, -1, 99, 10**30, 0.5, "0")),
    *({"id": 1, "kind": "set", "l": l, "i": i, "j": j, "value": 1.0} for l, i, j in WRONG_PLACES),
    *({"id": 1, "kind": "set", "l": 0, "i": 0, "j": 0, "value": wrong} for wrong in WRONG_WEIGHTS),
]  # fmt: skip


@pytest.mark.parametrize("request_", WRONG_REQUESTS, ids=lambda request: repr(request)[:60])
def test_a_request_that_makes_no_sense_never_raises_and_never_changes_the_experiment(session, request_):
    experiment = session.experiment
    session.answer({"client": "a", "run": 1, "generation": 0, "shown": 0} | request_)
    payload = read_payload(session.payload)
    assert session.experiment is experiment
    assert session.run == 1
    assert payload.header["count"] <= MOST_FRAMES
    assert session.timeline.last <= MOST_FRAMES
    assert Asker(session, "b").frames(after=0, count=2).numbers == [1, 2]


WRONG_CHANGES = [
    None, "widths", 3, [], {}, [["widths", [4]]], {"widths": None}, {"widths": 4}, {"widths": "44"},
    {"widths": {"0": 4}}, {"widths": [0]}, {"widths": [-1]}, {"widths": [65]}, {"widths": [10**30]},
    {"widths": [2.5]}, {"widths": [math.nan]}, {"widths": ["4"]}, {"widths": [None]}, {"widths": [[4]]},
    {"widths": [True]}, {"widths": [4] * 9}, {"widths": [4] * 100_000}, {"activations": ["tanh"]},
    {"activations": ["tanh"] * 3}, {"activations": ["nonsense", "tanh"]}, {"activations": [1, 2]},
    {"activations": [[], []]}, {"activations": [{}, {}]}, {"activations": [None, None]}, {"features": []},
    {"features": ["nonsense"]}, {"features": [[]]}, {"features": [{}]}, {"features": None},
    {"widths": [4, 2], "activations": ["relu", "relu"]}, {"learning_rate": 1e9}, {"samples": [10**9]},
    {"hidden": [4]}, {"dataset": ["xor"]}, {"__class__": []},
]  # fmt: skip


@pytest.mark.parametrize("change", WRONG_CHANGES, ids=lambda change: repr(change)[:60])
def test_an_edit_that_makes_no_sense_gets_one_sentence_and_changes_nothing(session, asker, change):
    experiment = session.experiment
    asker.frames(after=0, count=3)
    payload = asker.ask("edit", change=change, shown=2)
    assert session.experiment is experiment
    assert session.run == 1
    assert payload.numbers == [2]
    notice = payload.header["notice"]
    assert notice
    assert "Traceback" not in notice
    assert len(notice) < 300


def test_a_diverging_run_stops_with_one_sentence_and_earlier_frames_can_still_be_asked_for():
    experiment = Experiment(
        hidden=(8, 8),
        activations=("relu", "relu"),
        output_activation="linear",
        loss="mse",
        learning_rate=10.0,
    )
    session = Session(experiment)
    first = read_payload(session.payload).raw_frames
    asker = Asker(session)
    payload = asker.ask("frames", after=0, count=30)
    while not payload.header["stopped"]:
        payload = asker.ask("frames", after=payload.numbers[-1], count=30)
    stopped, last = payload.header["stopped"], payload.header["last"]
    assert "stopped" in stopped
    assert "\n" not in stopped
    assert "learning rate" in stopped
    assert last < 30, "it should diverge at once"
    assert asker.ask("frame", at=0).raw_frames == first
    assert asker.ask("frame", at=last).numbers == [last]
    nothing_more = asker.ask("frames", after=last, count=5)
    assert nothing_more.numbers == []
    assert nothing_more.header["stopped"] == stopped
    asker.ask("settle", shown=last)
    # A smaller learning rate continues from the last finite frame.
    session.change(replace(experiment, learning_rate=0.001))
    assert read_payload(session.payload).header["stopped"] is None


def test_losses_too_large_for_single_precision_stay_in_the_curve_after_a_live_change():
    session = Session(PRESETS["divergence"].experiment)
    asker = Asker(session)
    asker.frames(after=0, count=30)
    session.shown = session.timeline.last
    asker.ask("settle")
    session.set(learning_rate=0.1)
    for name, losses in (
        ("train", session.timeline.train_losses),
        ("test", session.timeline.test_losses),
    ):
        sent = read_payload(session.payload).blocks[f"history.{name}_loss"]
        assert sent.max() > np.finfo(np.float32).max, "this run would prove nothing"
        assert sent.tolist() == losses.tolist()


def test_two_users_of_one_experiment_see_the_same_bytes():
    ours, theirs = Asker(Session()), Asker(Session())
    assert ours.frames(after=0, count=10).raw_frames == theirs.frames(after=0, count=10).raw_frames


def test_where_there_is_no_metric_a_frame_carries_nan(session):
    session.change(session.experiment.changed(dataset="plane"))
    header = read_payload(session.payload).header
    assert header["metric"] == {"label": "Test R²", "unit": ""}
    assert header["dataset"]["labels"] == []


def test_classes_get_an_output_each_and_labels_by_index(session):
    session.change(session.experiment.changed(dataset="spiral3"))
    payload = read_payload(session.payload)
    assert payload.header["dataset"]["classes"] == 3
    assert payload.header["dataset"]["labels"] == ["0", "1", "2"]
    output = payload.header["layers"][-1]
    assert (output["width"], output["activation"]) == (3, "softmax")


def test_the_player_is_told_every_activation_with_its_label_and_its_short_one(session):
    sent = read_payload(session.payload).header["activations"]
    assert [row["name"] for row in sent] == list(ACTIVATIONS)
    assert {row["name"]: (row["label"], row["short"]) for row in sent}["softplus"] == ("Softplus", "soft+")


def test_a_refusal_outlives_the_request_that_came_with_it_and_not_the_next(session, asker):
    session.refuse("learning_rate must be > 0. Got -1.")
    asker.ask("frames", after=0)
    session.show_all()
    assert read_payload(session.payload).header["notice"] == "learning_rate must be > 0. Got -1."
    asker.ask("frames", after=0)
    session.show_all()
    assert read_payload(session.payload).header["notice"] is None


def test_the_summary_of_given_points_says_nothing_that_does_not_apply():
    line = summary(Experiment().changed(dataset="seed_004", noise=0.3, data_seed=7))
    assert line.startswith("Five inputs, given points, all for training · inputs x₁ x₂ x₃ x₄ x₅ · ")
    assert "noise" not in line
    assert "data seed" not in line


RATE = SettingChanged(6, "learning_rate", 0.3)


def with_another_rate_from_frame_6(asker):
    """A run of 12 frames, whose learning rate is changed at frame 6."""
    session = asker.session
    asker.frames(after=0, count=6)
    asker.ask("settle", shown=6)
    session.set(learning_rate=0.3)
    asker.frames(after=6, count=6, shown=6)
    asker.ask("settle", shown=12)
    return session


def test_the_link_holds_a_live_change_and_opens_the_same_run_to_the_bit(asker):
    session = with_another_rate_from_frame_6(asker)
    assert session.timeline.run == Run(Experiment(), (RATE,), 12)
    again = replay(Run.from_link(session.timeline.run.to_link()))
    for _ in range(12):
        again.advance()
    assert again.trainer.net.theta.tobytes() == session.timeline.trainer.net.theta.tobytes()
    assert list(again.train_losses) == list(session.timeline.train_losses)


def test_the_controls_show_what_held_at_the_shown_frame(asker):
    session = with_another_rate_from_frame_6(asker)
    assert session.experiment.learning_rate == 0.3
    asker.ask("settle", shown=4)
    assert session.experiment == Experiment()
    assert "0.3" not in session.provenance
    asker.ask("settle", shown=9)
    assert session.experiment.learning_rate == 0.3
    assert "SGD 0.03, SGD 0.3 from epoch 6" in session.provenance


def test_a_live_change_is_undone_at_its_frame(asker):
    session = with_another_rate_from_frame_6(asker)
    payload = asker.ask("undo", shown=12)
    assert (session.shown, session.timeline.last) == (6, 6)
    assert session.experiment == Experiment()
    assert payload.header["undo"] == 0
    assert "before the change" in payload.header["notice"]
    assert asker.frames(after=6, count=2, shown=6).numbers == [7, 8]
    plain = replay(Run(Experiment()))
    while plain.frame < 8:
        plain.advance()
    assert session.timeline.train_losses[8] == plain.train_losses[8]


def test_a_live_change_that_was_not_trained_with_is_undone_where_the_player_stands(asker):
    session = asker.session
    asker.frames(after=0, count=9)
    asker.ask("settle", shown=4)
    session.set(learning_rate=0.3)
    asker.ask("undo", shown=4)
    assert (session.shown, session.experiment) == (4, Experiment())


def test_a_change_at_a_rewound_frame_drops_what_was_changed_later(asker):
    session = with_another_rate_from_frame_6(asker)
    asker.ask("settle", shown=3)
    session.set(learning_rate=0.01)
    asker.frames(after=3, count=2, shown=3)
    assert session.timeline.journal == (SettingChanged(3, "learning_rate", 0.01),)
    assert session.timeline.last == 5


def test_a_payload_names_its_frames_at_which_something_was_changed(asker):
    with_another_rate_from_frame_6(asker)
    assert asker.frames(after=2, count=3, shown=2).header["changes"] == []
    assert asker.frames(after=4, count=4, shown=4).header["changes"] == [6]


def test_a_weight_set_by_hand_is_in_the_link_and_the_line_under_a_picture(asker):
    session = asker.session
    asker.frames(after=0, count=4)
    asker.ask("set", shown=4, l=0, i=0, j=0, value=1.5)
    assert session.timeline.run == Run(Experiment(), (ParameterSet(4, 0, 1.5),), 4)
    assert "by hand θ[0] = 1.5 at epoch 4" in session.provenance
    asker.ask("undo", shown=4)
    assert session.timeline.run == Run(Experiment(), (), 4)


def test_frames_of_different_units_come_in_payloads_of_their_own():
    session = Session(Run(Experiment(), (SettingChanged(3, "unit", "mini-batch"),)))
    asker = Asker(session)
    assert asker.ask("frames", after=0, count=6).numbers == [1, 2]
    assert asker.ask("frames", after=2, count=3).numbers == [3, 4, 5]


@pytest.fixture
def one_slice_a_turn(monkeypatch):
    """Each request does one slice of work."""
    monkeypatch.setattr("pages.live.turns.ALONE", 0.0)


def slow(session, steps=10):
    """The session with frames of 25 mini-batches, of which a slice has so many."""
    session.timeline._slice = steps
    return session


def until_there(asker, kind, **more):
    """The payload that comes at last, and the shares that were told on the way."""
    shares = []
    while (payload := asker.ask(kind, **more)).header["working"] is not None:
        assert payload.header["count"] == 0
        assert len(shares) < 100
        shares.append(payload.header["working"])
    return payload, shares


def test_a_long_frame_is_made_over_several_requests_and_each_says_how_far_it_is(
    session, asker, one_slice_a_turn
):
    slow(session)
    payload, shares = until_there(asker, "frames", after=0, count=1)
    assert shares == [0.4, 0.8]
    whole = Asker(Session()).ask("frames", after=0, count=1)
    assert payload.raw_frames == whole.raw_frames


def test_a_long_frame_goes_on_after_the_numbers_of_another_one_were_asked_for(
    session, asker, one_slice_a_turn
):
    slow(session)
    assert asker.ask("frames", after=0, count=1).header["working"] == 0.4
    assert asker.ask("inspect").header["inspected"] == 0
    assert asker.ask("frames", after=0, count=1).header["working"] == 0.8


def test_a_change_ends_the_work_on_a_long_frame(session, asker, one_slice_a_turn):
    slow(session)
    asker.ask("frames", after=0, count=1)
    session.set(learning_rate=0.1)
    payload, shares = until_there(asker, "frames", after=0, count=1)
    assert shares[-2:] == [0.4, 0.8]
    fresh = Session(Experiment(learning_rate=0.1))
    np.testing.assert_array_equal(
        payload.frames[0]["theta"], Asker(fresh).ask("frames", after=0, count=1).frames[0]["theta"]
    )


def test_a_new_run_ends_the_work_on_a_long_frame(session, asker, one_slice_a_turn):
    slow(session)
    asker.ask("frames", after=0, count=1)
    asker.ask("new-weights")
    assert asker.ask("frames", after=0, count=1).numbers == [1]


@pytest.mark.parametrize("kind", ["frame", "settle", "inspect"])
def test_a_frame_far_back_is_rebuilt_over_several_requests(session, asker, one_slice_a_turn, kind):
    timeline = session.timeline
    timeline._whole = 1
    timeline._stride = 8
    expected = {0: timeline.trainer.net.theta.copy()}
    for _ in range(9):
        timeline.advance()
        expected[timeline.frame] = timeline.trainer.net.theta.copy()
    slow(session, steps=50)
    session.shown = session.reached = 7
    _, shares = until_there(asker, kind, at=7)
    assert shares == [50 / 175, 100 / 175, 150 / 175]
    assert session.redraw == (kind == "settle")
    np.testing.assert_array_equal(timeline.trainer.net.theta, expected[7])


@pytest.mark.parametrize("typed", ["−0,5", "-0.5", "-1/2", "−5·10⁻¹"])
def test_a_weight_is_read_as_it_was_typed(session, asker, typed):
    asker.ask("set", l=0, i=0, j=1, value=typed)
    assert session.timeline.trainer.net.W[0][0, 1] == -0.5


@pytest.mark.parametrize("typed", ["", "abc", "1.234,5", "1e400", "9" * 5000, "2000000", None, [], True])
def test_a_typed_weight_that_is_none_is_refused_in_one_sentence_and_changes_nothing(session, asker, typed):
    before = session.timeline.trainer.net.theta.copy()
    for l, i, j, name in ((0, 0, 1, "A weight"), (0, 2, 1, "A")):
        notice = asker.ask("set", l=l, i=i, j=j, value=typed).header["notice"]
        assert notice.startswith(name)
        assert len(notice) < 200
        assert asker.ask("set", l=l, i=i, j=j, value=typed).header["refused"] == [l, i, j]
    np.testing.assert_array_equal(session.timeline.trainer.net.theta, before)
    assert session.timeline.journal == ()


def test_a_weight_steps_by_a_tenth_from_what_is_typed_or_from_what_it_is(session, asker):
    weights = session.timeline.trainer.net.W[0]
    assert asker.ask("set", l=0, i=0, j=1, value="0,25", by=1).header["refused"] is None
    assert weights[0, 1] == 0.35
    for expected in (0.25, 0.15, 0.05, -0.05):
        asker.ask("set", l=0, i=0, j=1, by=-1)
        assert weights[0, 1] == expected
    asker.ask("set", l=0, i=0, j=1, by="1e9")
    asker.ask("set", l=0, i=0, j=1, by=0)
    assert weights[0, 1] == -0.05


def test_the_line_of_a_run_follows_its_changes_and_the_frame_on_show(session, asker):
    def line():
        timeline = session.timeline
        run = replace(timeline.run, frame=min(session.shown, timeline.last))
        return run_summary(run, timeline.progress.__getitem__)

    lines = set()
    for rate in (0.1, 0.2):
        asker.frames(after=session.timeline.last, count=3)
        session.shown = session.timeline.last
        session.set(learning_rate=rate, batch_size=10)
        assert session.subject == line()
        lines.add(line())
    asker.frames(after=session.shown, count=2)
    for shown in (8, 2, 3, 4, 7):
        session.shown = shown
        assert session.subject == line()
        lines.add(line())
    session.set(dataset="xor")
    assert session.subject == line()
    assert len(lines) == 3


def test_a_run_with_a_full_journal_is_answered_as_quickly_as_any_other(monkeypatch):
    journal = tuple(SettingChanged(frame, "learning_rate", 0.01 + frame * 1e-5) for frame in range(1, 200))
    session = Session(Run(Experiment(), journal))
    asker = Asker(session)
    asker.frames(after=0, count=10)
    checked = []
    monkeypatch.setattr(Run, "_check_entries", lambda run: checked.append(run))
    asker.ask("inspect")
    asker.ask("frame", at=3)
    assert checked == []
