"""The whole app without a browser: every control, and what it does to the experiment."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from engine import DATASETS, FEATURES
from engine.numbers import read_number
from engine.runs.experiment import OUTPUTS
from pages.playground.own_data.ready import READY
from tests.pages.opening import come_to, healthy, in_field, number_fields, open_page, refusals
from tests.pages.payloads import read_payload

KINDS = {
    "selectbox": (
        "dataset activation output_activation loss optimizer learning_rate regularization "
        "regularization_rate initializer activation_1 activation_2"
    ),
    "slider": "noise train_share",
    "select_slider": "batch_size",
    "number_field": "hidden_layers speed seed width_1 width_2",
    "pills": "features",
}


@pytest.fixture
def app():
    return open_page("playground")


@pytest.fixture(scope="module")
def as_opened():
    """For tests that only look."""
    return open_page("playground")


def elements(app, kind):
    """All widgets of a kind; Streamlit's tester called pills a button group in 1.62."""
    if kind == "number_field":
        fields = number_fields(app).items()
        return [SimpleNamespace(key=key, value=read_number(field["text"])) for key, field in fields]
    return app.get(kind) or (app.get("button_group") if kind == "pills" else [])


def session_of(app):
    return app.session_state["backprop_session"]


def payload_of(app):
    """What the player gets, and nothing else on the page sends bytes."""
    sent = [element.proto.bytes for element in app.get("bidi_component") if element.proto.bytes]
    assert len(sent) == 1
    return read_payload(sent[0])


def answer(app, kind, **more):
    """What the player asks; AppTest can't fire a component's trigger."""
    session = session_of(app)
    stamp = {"client": "a", "id": session.answered[1] + 1, "run": session.run}
    session.answer({**stamp, "generation": session.generation, "shown": session.shown, "kind": kind, **more})
    session.redraw = False
    return app.run()


def test_the_page_opens_without_an_exception(app):
    healthy(app)
    assert payload_of(app).numbers == [0]


@pytest.mark.parametrize(
    ("kind", "key"), [(kind, key) for kind, keys in KINDS.items() for key in keys.split()]
)
def test_every_control_of_the_contract_is_there_with_its_kind(as_opened, kind, key):
    assert elements(as_opened, kind), f"there is no {kind}"
    assert key in {element.key for element in elements(as_opened, kind)}


def test_what_is_needed_less_often_is_in_the_popover_named_more(as_opened):
    (more,) = (element for element in as_opened.get("popover") if "more" in str(element.proto))
    inside = {element.key for kind in KINDS for element in elements(more, kind)}
    assert {"features", "initializer", "seed", "width_1", "activation_1"} <= inside


def test_the_player_gets_bytes_that_its_protocol_can_read(as_opened):
    payload = payload_of(as_opened)
    header, experiment = payload.header, session_of(as_opened).experiment
    assert header["version"] == 1
    assert [layer["width"] for layer in header["layers"]] == [*experiment.hidden, experiment.outputs]
    assert [feature["name"] for feature in header["inputs"]] == list(FEATURES)
    blocks = {name for name, *_ in header["blocks"]}
    assert blocks >= {"points", "inputs", "history.frame", "history.train_loss"}
    assert np.isfinite(payload.frames[0]["theta"]).all()


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_runs_with_the_default_settings(app, name):
    app.selectbox(key="dataset").set_value(name).run()
    healthy(app)
    experiment = session_of(app).experiment
    assert experiment.dataset == name
    assert experiment.output_activation in OUTPUTS[DATASETS[name].kind]
    (before,) = payload_of(app).scalar("train_loss")
    asked = {"client": "a", "id": 1, "run": session_of(app).run, "generation": 0, "shown": 0}
    session_of(app).answer(asked | {"kind": "frames", "after": 0, "count": 5})
    payload = read_payload(session_of(app).payload)
    healthy(app.run())
    assert payload.numbers[0] == 1
    train_loss, test_loss = (payload.scalar(name)[-1] for name in ("train_loss", "test_loss"))
    assert np.isfinite(train_loss)
    assert np.isnan(test_loss) if DATASETS[name].fixed else np.isfinite(test_loss)
    assert train_loss != before
    assert payload.header["stopped"] is None


LIVE = [
    ("selectbox", "optimizer", "adam", "optimizer", "adam"),
    ("selectbox", "learning_rate", "0.3", "learning_rate", 0.3),
    ("selectbox", "regularization", "l2", "regularization", "l2"),
    ("number_field", "speed", 7, "speed", 7),
]
ANOTHER_RUN = [
    ("selectbox", "activation", "relu", "activations", ("relu", "relu")),
    ("selectbox", "output_activation", "sigmoid", "output_activation", "sigmoid"),
    ("selectbox", "loss", "mae", "loss", "mae"),
    ("selectbox", "initializer", "he_normal", "initializer", "he_normal"),
    ("selectbox", "dataset", "xor", "dataset", "xor"),
    ("selectbox", "activation_2", "relu", "activations", ("tanh", "relu")),
    ("slider", "noise", 20, "noise", 0.2),
    ("slider", "train_share", 70, "train_share", 0.7),
    ("select_slider", "batch_size", 25, "batch_size", 25),
    ("select_slider", "batch_size", "all", "batch_size", "all"),
    ("number_field", "hidden_layers", 3, "hidden", (4, 2, 2)),
    ("number_field", "hidden_layers", 0, "hidden", ()),
    ("number_field", "seed", 5, "seed", 5),
    ("number_field", "width_1", 6, "hidden", (6, 2)),
    ("pills", "features", ["x2", "x1x2"], "features", ("x2", "x1x2")),
]


def change(app, kind, key, value):
    if kind == "number_field":
        in_field(app, key, str(value))
        return
    (element,) = (element for element in elements(app, kind) if element.key == key)
    healthy(element.set_value(value).run())


@pytest.mark.parametrize(("kind", "key", "value", "field", "expected"), LIVE)
def test_a_live_control_changes_the_experiment_and_keeps_the_run(app, kind, key, value, field, expected):
    answer(app, "frames", after=0, count=3)
    change(app, kind, key, value)
    session = session_of(app)
    assert getattr(session.experiment, field) == expected
    assert (session.run, session.generation) == (1, 1)
    assert session.timeline.last >= 1
    assert next(element.value for element in elements(app, kind) if element.key == key) == value


@pytest.mark.parametrize(("kind", "key", "value", "field", "expected"), ANOTHER_RUN)
def test_any_other_control_makes_a_new_run_and_says_so(app, kind, key, value, field, expected):
    answer(app, "frames", after=0, count=3)
    change(app, kind, key, value)
    session = session_of(app)
    assert getattr(session.experiment, field) == expected
    assert session.run == 2
    assert payload_of(app).numbers == [0]
    assert "New network" in payload_of(app).header["notice"]


def test_the_regularisation_rate_acts_once_a_regularisation_is_chosen(app):
    rate = app.selectbox(key="regularization_rate")
    assert rate.proto.disabled
    change(app, "selectbox", "regularization", "l1")
    assert not app.selectbox(key="regularization_rate").proto.disabled
    change(app, "selectbox", "regularization_rate", "0.01")
    session = session_of(app)
    assert session.experiment.regularization_rate == 0.01
    assert session.run == 1


def test_new_data_draws_other_points(app):
    before = payload_of(app).blocks["points"]
    healthy(app.button(key="new_data").click().run())
    after = payload_of(app).blocks["points"]
    assert before.shape == after.shape
    assert not np.array_equal(before, after)


def test_the_thumbnails_show_every_data_set_that_is_drawn_and_the_chosen_one(app):
    change(app, "selectbox", "dataset", "spiral3")
    sent = [json.loads(e.proto.json) for e in app.get("bidi_component") if e.proto.json]
    (data,) = (data for data in sent if "groups" in data)
    names = [item["name"] for group in data["groups"] for item in group["items"]]
    assert sorted(names) == sorted([*(name for name, row in DATASETS.items() if not row.fixed), *READY])
    assert data["selected"] == "spiral3"


def test_five_inputs_are_offered_and_what_does_not_apply_says_why(app):
    change(app, "slider", "noise", 20)
    change(app, "pills", "features", ["x2", "x1x2"])
    change(app, "selectbox", "dataset", "seed_004")
    session = session_of(app)
    assert session.experiment.features == ("x1", "x2", "x3", "x4", "x5")
    (features,) = (element for element in elements(app, "pills") if element.key == "features")
    assert features.value == ["x1", "x2", "x3", "x4", "x5"]
    for element in (app.slider(key="noise"), app.slider(key="train_share"), app.button(key="new_data")):
        assert element.proto.disabled
        assert "given points" in element.proto.help
    assert app.slider(key="noise").label == "Noise (given points)"
    change(app, "pills", "features", ["x1", "x4"])
    assert session.experiment.features == ("x1", "x4")
    answer(app, "edit", change={"features": ["x5", "x1", "x4"]})
    assert session.experiment.features == ("x1", "x4", "x5")
    answer(app, "frames", after=0, count=3)
    answer(app, "settle", shown=3)
    healthy(app)
    charts = [json.loads(chart.proto.spec)["layout"]["title"]["text"] for chart in app.get("plotly_chart")]
    assert not any("Test points" in title for title in charts), "there are none"


def test_going_back_from_five_inputs_gives_the_plane_again(app):
    before = payload_of(app)
    change(app, "selectbox", "dataset", "seed_004")
    change(app, "selectbox", "dataset", "circle")
    experiment = session_of(app).experiment
    assert (experiment.features, experiment.noise) == (("x1", "x2"), 0.1)
    assert not app.slider(key="noise").proto.disabled
    assert payload_of(app).header["inputs"] == before.header["inputs"]
    np.testing.assert_array_equal(payload_of(app).blocks["points"], before.blocks["points"])


def test_three_classes_offer_only_outputs_and_losses_that_fit(app):
    change(app, "selectbox", "dataset", "spiral3")
    session = session_of(app)
    assert (session.experiment.output_activation, session.experiment.loss) == ("softmax", "cce")
    assert session.experiment.outputs == 3
    assert len(app.selectbox(key="output_activation").options) == len(OUTPUTS["classes"])


@pytest.mark.parametrize("wrong", ["abc", "-1", "0", "", "nan", "inf", "1e9", "0.1.2", "1,000", "1_0"])
def test_a_wrong_learning_rate_leaves_the_experiment_and_shows_one_sentence(app, wrong):
    answer(app, "frames", after=0, count=3)
    session = session_of(app)
    experiment = session.experiment
    rate = app.selectbox(key="learning_rate")
    assert rate.proto.accept_new_options
    rate.options.append(wrong)  # as typed
    healthy(rate.set_value(wrong).run())
    assert session_of(app).experiment is experiment
    assert (session.run, session.generation) == (1, 0)
    assert refusals(app)["learning_rate"].startswith("Learning rate must be")
    assert payload_of(app).header["notice"] is None, "it stands at its control"
    assert app.selectbox(key="learning_rate").value == "0.03"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0.07", 0.07), ("0,07", 0.07), ("1e-3", 0.001), (" 3 ", 3.0), ("1.3·10^-4", 0.00013), ("7 %", 0.07)],
)
def test_any_positive_learning_rate_can_be_typed(app, typed, number):
    rate = app.selectbox(key="learning_rate")
    rate.options.append(typed)
    healthy(rate.set_value(typed).run())
    assert session_of(app).experiment.learning_rate == number
    assert float(app.selectbox(key="learning_rate").value) == number
    assert session_of(app).run == 1


def test_the_controls_follow_an_edit_in_the_player(app):
    answer(app, "edit", change={"widths": [7]})
    healthy(app)
    assert number_fields(app)["hidden_layers"]["text"] == "1"
    assert number_fields(app)["width_1"]["text"] == "7"
    assert "width_2" not in number_fields(app)
    answer(app, "edit", change={"features": ["x1", "x2", "x1x2"]})
    (features,) = (element for element in elements(app, "pills") if element.key == "features")
    assert features.value == ["x1", "x2", "x1x2"]


def test_the_figures_below_show_the_frame_at_which_the_player_stands_still(app):
    answer(app, "frames", after=0, count=5)
    answer(app, "settle", shown=3)
    weights, losses, *_ = (json.loads(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert "epoch 3" in json.dumps(weights["layout"])
    (line,) = (shape for shape in losses["layout"]["shapes"] if shape["type"] == "line")
    assert line["x0"] == line["x1"] == 3


def test_one_line_below_all_figures_says_in_the_words_of_the_controls_how_they_were_made():
    app = open_page("playground")
    (line,) = [caption.value for caption in app.main.caption if "Backprop Playground" in caption.value]
    for words in ("Circle, 500 points", "Half MSE, batch 10, SGD 0.03", "Glorot uniform", "epoch 0"):
        assert words in line
    figures = [json.loads(element.proto.spec) for element in app.get("plotly_chart")]
    assert len(figures) == 4
    for figure in figures:
        notes = figure["layout"]["annotations"]
        (saved,) = [note["text"] for note in notes if note.get("name") == "provenance"]
        assert saved.replace("<br>", " ").replace("\u00a0", " ") == line


def test_the_rate_changes_how_a_run_plays_and_nothing_of_the_run(app):
    answer(app, "frames", after=0, count=5)
    before = payload_of(app).header
    assert before["fps"] == 30
    healthy(app.selectbox(key="rate").select(60).run())
    after = payload_of(app).header
    assert after["fps"] == 60
    assert [after[name] for name in ("run", "generation", "last", "journal")] == [
        before[name] for name in ("run", "generation", "last", "journal")
    ]
    assert app.query_params["rate"] in ("60", ["60"])
    healthy(app.selectbox(key="dataset").select("xor").run())
    assert payload_of(app).header["fps"] == 60
    assert app.query_params["rate"] in ("60", ["60"])


@pytest.mark.parametrize(("said", "rate"), [("60", 60), ("30", 30), ("45", 30), ("", 30), ("1e9", 30)])
def test_an_address_opens_at_its_rate_if_there_is_such_a_one(said, rate):
    assert payload_of(healthy(come_to("playground", rate=said))).header["fps"] == rate
