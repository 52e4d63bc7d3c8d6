"""The page of sweeps without a browser: it opens, its controls act, its link is kept."""

import json
from dataclasses import replace

import pytest

from pages.experiments.presets import PRESETS
from pages.experiments.user import KEY
from pages.experiments.view import _said
from tests.pages.opening import come_to, healthy, in_field, number_fields
from tests.pages.payloads import read_payload


def sent(app):
    """What the picture gets."""
    (payload,) = [e.proto.bytes for e in app.get("bidi_component") if e.proto.bytes]
    return read_payload(payload).header


def starts(app):
    """What the presets get."""
    (data,) = [
        data
        for e in app.get("bidi_component")
        if e.proto.json and isinstance(data := json.loads(e.proto.json), dict) and "chosen" in data
    ]
    return data


def test_it_opens_with_a_small_sweep_that_has_begun():
    app = healthy(come_to("experiments"))
    user = app.session_state[KEY]
    assert user.running
    assert user.settings.values == ("sigmoid", "relu")
    assert sent(app)["state"] == "running"
    assert "cancel_sweep" in {button.key for button in app.button}


def test_cancel_stands_where_run_stood():
    app = healthy(come_to("experiments"))
    app = healthy(app.button(key="cancel_sweep").click().run())
    assert sent(app)["state"] == "cancelled"
    keys = {button.key for button in app.button}
    assert ("run_sweep" in keys, "cancel_sweep" in keys) == (True, False)
    assert healthy(app.button(key="run_sweep").click().run()).session_state[KEY].running


def test_another_view_leaves_the_preset_chosen_and_a_preset_leaves_the_view():
    app = healthy(come_to("experiments", vary="activations", vals="sigmoid,relu", view="strips"))
    user = app.session_state[KEY]
    user.take(PRESETS["batch"].base, replace(PRESETS["batch"].settings, view="strips"))
    app = healthy(app.run())
    assert starts(app)["chosen"] == "batch"


def test_what_is_heard_of_a_sweep_says_how_many_runs_are_left_of_how_many():
    app = healthy(come_to("experiments"))
    user = app.session_state[KEY]
    assert _said(user) == "20 of 20 runs are to be trained now."
    user.cancel()
    assert _said(user).endswith(" of 20 runs are done.") or user.state == "empty"


def test_a_long_sweep_waits_for_a_press():
    app = healthy(come_to("experiments", vary="noise", vals="0,0.1,0.2", seeds="100", epochs="1000"))
    assert sent(app)["state"] == "empty"
    assert [cell["count"] for cell in sent(app)["cells"]] == [0, 0, 0]


def test_controls_change_the_sweep_and_its_link():
    app = healthy(come_to("experiments"))
    app = healthy(app.selectbox(key="vary_2").select("learning_rate").run())
    app = healthy(app.multiselect(key="values_2").set_value(["0.03", "0.3"]).run())
    app = in_field(app, "seeds", "4")
    user = app.session_state[KEY]
    assert (user.settings.vary_2, user.settings.values_2) == ("learning_rate", ("0.03", "0.3"))
    assert user.settings.seeds == 4
    query = {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}
    assert (query["vary2"], query["vals2"], query["seeds"]) == ("learning_rate", "0.03,0.3", "4")
    again = healthy(come_to("experiments", **query)).session_state[KEY]
    assert (again.settings, again.base) == (user.settings, user.base)


def test_another_setting_brings_its_usual_values():
    app = healthy(come_to("experiments"))
    app = healthy(app.selectbox(key="vary").select("noise").run())
    assert app.multiselect(key="values").value == ["0", "0.1", "0.3", "0.5"]


def test_a_refused_number_stands_at_its_field():
    app = in_field(healthy(come_to("experiments")), "epochs", "0")
    assert number_fields(app)["epochs"]["refused"][1] == "Epochs must be between 1 and 10,000. Got 0."


@pytest.mark.parametrize(
    "query",
    [
        {"vary": "seed"},
        {"vary": "activations", "vals": "swish"},
        {"seeds": "1000"},
        {"epochs": "many"},
        {"vary2": "activations"},
        {"ok": "nan"},
        {"view": "<b>"},
        {"net": "99"},
        {"data": "own"},
    ],
)
def test_a_wrong_link_is_said_in_a_sentence_and_the_first_sweep_stands(query):
    data = sent(healthy(come_to("experiments", **query)))
    assert data["notice"].startswith(("The link can't be opened:", "This link was made")), data["notice"]
    assert data["total"] == 20


def test_the_view_alone_has_the_picture_without_controls():
    app = healthy(come_to("experiments", only="player"))
    assert not app.multiselect
    assert sent(app)["total"] == 20
