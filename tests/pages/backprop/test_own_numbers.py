"""Numbers of one's own on the backprop page: typed, refused, kept, shared by link."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pytest

from engine import SYSTEMS
from engine.examples.own import OwnNetwork
from pages.backprop.derivation import derivation_html, derivation_markdown
from pages.backprop.own import text_fields
from pages.backprop.session import BackpropSession
from pages.backprop.settings import OWN_NUMBERS, BackpropSettings
from pages.backprop.worksheet import worksheet_html
from pages.formulas.notation import Convention
from tests.pages.opening import come_to, healthy, open_page, refusals

OUT_IN = Convention("columns", "out×in")
LECTURE = {
    "own_X": "(16, −6)",
    "own_W1": "[[.1, .2], [.3, −.4]]",
    "own_b1": "(.5, −.5)",
    "own_W2": "[[.2, −.3, .1], [.4, .1, −.2]]",
    "own_b2": "0 .1 −.1",
    "own_Y": "class 2",
}


def widget(app, kind, key):
    """The widget whose key is this one and a number, or this one alone."""
    (found,) = [one for one in app.get(kind) if re.fullmatch(rf"{key}(_of|_[a-z]+)?(_\d+)?", one.key or "")]
    return found


def text(app, key):
    return widget(app, "text_input" if key == "own_widths" else "text_area", key).value


def typed(app, **texts):
    """The page after these texts were typed one after another."""
    for key, given in texts.items():
        field = widget(app, "text_input" if key == "own_widths" else "text_area", key)
        app = healthy(field.set_value(given).run())
    return app


def chosen(app, **choices):
    """The page after these choices in select boxes."""
    for key, choice in choices.items():
        app = healthy(widget(app, "selectbox", key).select(choice).run())
    return app


def opened(network="one_neuron"):
    return chosen(come_to("backprop", net=network).run(), network=OWN_NUMBERS)


@pytest.fixture
def lecture():
    """The page with the lecture's 2-2-3 network typed in."""
    app = typed(opened(), own_widths="2-2-3")
    app = chosen(app, own_activation_1="relu", own_activation_2="softmax", own_loss="cce")
    return typed(app, **LECTURE)


def session_of(app):
    return app.session_state["backprop_page"]


# On the page


def test_the_lecture_s_example_is_worked_as_it_was_typed(lecture):
    values = session_of(lecture).worked.values
    assert values["z1"] == pytest.approx(np.array([[0.3, 5.1]]))
    assert values["z2"] == pytest.approx(np.array([[2.1, 0.52, -1.09]]))
    assert session_of(lecture).worked.loss_before == pytest.approx(1.800859, abs=5e-7)
    assert {key: text(lecture, key) for key in LECTURE} == LECTURE
    assert refusals(lecture) == {}


def test_its_address_opens_the_same_network(lecture):
    query = {name: "".join(value) for name, value in lecture.query_params.items()}  # a text or a list of one
    again = healthy(come_to("backprop", **query).run())
    assert session_of(again).own == session_of(lecture).own
    assert text(again, "own_W1") == "0.1, 0.2\n0.3, -0.4"
    assert text(again, "own_Y") == "0, 1, 0"


def test_it_opens_with_the_numbers_of_what_was_shown():
    app = opened("classic")
    assert text(app, "own_W1") == "0.15, 0.25\n0.2, 0.3"
    assert session_of(app).worked.loss_before == pytest.approx(0.298371, abs=1e-6)
    assert any("Begun with the numbers of" in caption.value for caption in app.caption)


def test_a_refused_text_stays_with_its_sentence_and_the_network_stays_too(lecture):
    before = session_of(lecture).own
    app = typed(lecture, own_W1="1 2\n3 x")
    assert text(app, "own_W1") == "1 2\n3 x"
    assert refusals(app)["own_W1"] == (
        "Row 2, column 2 of W[1] must be a number, like 0.5, 1.2e-3 or 1/3. Got 'x'."
    )
    assert session_of(app).own == before
    app = chosen(app, digits=6)
    app = typed(app, own_b1="1 2")
    assert text(app, "own_W1") == "1 2\n3 x"
    assert "own_W1" in refusals(app)
    app = typed(app, own_W1="1 2\n3 4")
    assert refusals(app) == {}
    assert session_of(app).own.matrices()["W[1]"].tolist() == [[1, 2], [3, 4]]


def test_an_emptied_field_shows_the_numbers_in_force_again(lecture):
    app = typed(lecture, own_W1="x")
    app = typed(app, own_W1="")
    assert text(app, "own_W1") == "0.1, 0.2\n0.3, -0.4"
    assert refusals(app) == {}


def test_a_matrix_that_fits_only_transposed_is_read_once_the_way_of_typing_is_chosen(lecture):
    app = typed(lecture, own_W2="[[.2, .4], [−.3, .1], [.1, −.9]]")
    assert refusals(app)["own_W2"].endswith("It fits transposed: choose “a row per neuron”.")
    app = healthy(widget(app, "button_group", "own_weights_are").set_value("out×in").run())
    assert refusals(app) == {}
    assert session_of(app).own.matrices()["W[2]"].tolist() == [[0.2, -0.3, 0.1], [0.4, 0.1, -0.9]]
    assert session_of(app).convention.weights_are == "out×in"
    assert text(app, "own_W1") == "0.1, 0.3\n0.2, -0.4"


def test_the_same_text_typed_again_after_the_way_of_typing_has_changed_is_read_the_other_way(lecture):
    app = healthy(widget(lecture, "button_group", "own_weights_are").set_value("out×in").run())
    app = typed(app, own_W1=LECTURE["own_W1"])
    assert session_of(app).own.matrices()["W[1]"].tolist() == [[0.1, 0.3], [0.2, -0.4]]
    assert text(app, "own_W1") == LECTURE["own_W1"]


def test_what_was_refused_for_its_shape_is_read_once_the_widths_have_room_for_it(lecture):
    app = typed(lecture, own_b2="1 2 3 4")
    assert refusals(app)["own_b2"] == "b[2] must have 1 row and 3 columns. Got 1 row and 4 columns."
    app = typed(app, own_widths="2-2-4")
    assert refusals(app) == {}
    assert session_of(app).own.matrices()["b[2]"].tolist() == [[1, 2, 3, 4]]


def test_targets_typed_before_their_samples_are_read_with_them(lecture):
    app = typed(lecture, own_Y="class 2\nclass 3")
    assert "must have 1 row and 1 column" in refusals(app)["own_Y"]
    app = typed(app, own_X="16 -6\n1 2")
    assert refusals(app) == {}
    assert session_of(app).own.matrices()["Y"].tolist() == [[0, 1, 0], [0, 0, 1]]


def test_other_widths_keep_the_numbers_that_fit(lecture):
    app = typed(lecture, own_widths="2-3-3")
    assert text(app, "own_W1") == "0.1, 0.2, 0\n0.3, -0.4, 0"
    app = typed(app, own_widths="2-2-3")
    assert text(app, "own_W2") == LECTURE["own_W2"]
    app = typed(app, own_widths="2-9-3")
    assert refusals(app)["own_widths"] == "Every width must be a whole number between 1 and 8. Got 9."
    assert session_of(app).own.widths == (2, 2, 3)


def test_a_choice_that_the_targets_forbid_is_refused_at_its_box():
    app = typed(opened("classic"), own_Y="2 −1")
    app = chosen(app, own_loss="bce")
    assert "must be between 0 and 1 with binary cross-entropy" in refusals(app)["own_loss"]
    assert widget(app, "selectbox", "own_loss").value == "half_sse"


def test_typed_numbers_wait_while_another_example_is_looked_at(lecture):
    own = session_of(lecture).own
    app = chosen(lecture, network="classic")
    assert "own" not in app.query_params
    app = chosen(app, network=OWN_NUMBERS)
    assert session_of(app).own == own


def test_one_can_begin_again_with_another_network(lecture):
    app = chosen(lecture, own_begin_again="classic")
    assert text(app, "own_X") == "0.05, 0.1"
    assert session_of(app).own.widths == (2, 2, 2)


def test_a_loss_chosen_under_update_is_the_one_shown_and_gives_way_to_another(lecture):
    app = chosen(lecture, loss_worked="sse")
    assert widget(app, "selectbox", "own_loss").value == "sse"
    app = chosen(app, own_loss="cce")
    assert session_of(app).loss.name == "cce"


def test_without_numbers_of_one_s_own_there_are_no_fields():
    app = open_page("backprop")
    assert [area.key for area in app.text_area] == []


# Without the page


@pytest.mark.parametrize("convention", [Convention(), OUT_IN], ids=["rows", "columns"])
@pytest.mark.parametrize("name", SYSTEMS)
def test_every_field_reads_back_what_it_shows(name, convention):
    net, X, Y = SYSTEMS[name].build()
    own = OwnNetwork.from_network(net, X, Y, None, 0.1)
    for field in text_fields(own, convention).values():
        assert field.change(field.text) == own


def test_in_columns_a_sample_is_typed_as_a_column():
    own = BackpropSession(replace(BackpropSettings(), network="classic")).own
    field = text_fields(own, OUT_IN)["X"]
    assert field.change("1 3\n2 4").matrices()["X"].tolist() == [[1, 2], [3, 4]]
    with pytest.raises(ValueError, match="choose “Samples are rows”"):
        field.change("1 2\n3 4\n5 6")


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_network_begins_with_any_example_and_looks_the_same(name):
    user = BackpropSession(BackpropSettings(network=name))
    values, shown = user.worked.values, user.convention
    user.set(network=OWN_NUMBERS)
    assert user.notice is None
    assert user.convention == shown
    assert user.worked.values["z1"] == pytest.approx(values["z1"][: user.own.samples])


def test_a_network_that_is_too_large_leaves_the_own_one_and_is_named():
    user = BackpropSession(BackpropSettings(network="seed004_mlp"))
    before = user.own
    user.net.W[0][0, 0] = 1e9
    user.set(network=OWN_NUMBERS)
    assert user.own == before
    assert "can't be taken over. Row 1, column 1 of W[1] must be between" in user.own_begun


def test_typed_numbers_outlast_a_network_that_can_t_be_taken_over_and_a_look_at_another():
    user = BackpropSession(BackpropSettings(network=OWN_NUMBERS))
    user.take_own(text_fields(user.own, Convention())["X"].change("9 8"))
    typed = user.own
    user.playing = lambda: replace(user._example_of("one_neuron"), X=np.full((1, 2), 1e9))
    user.begin_with("playground")
    assert "can't be taken over" in user.own_begun
    user.set(network="one_neuron")
    user.set(network=OWN_NUMBERS)
    assert user.own == typed


def test_a_refused_text_outlasts_a_look_at_another_network():
    app = healthy(come_to("backprop", net=OWN_NUMBERS))
    widget(app, "text_area", "own_X").input("9 8 7").run()
    for network in ("classic", OWN_NUMBERS):
        app.selectbox(key="network").select(network).run()
    assert text(healthy(app), "own_X") == "9 8 7"


def test_a_loss_chosen_for_the_update_is_that_of_the_own_numbers_and_checks_their_targets():
    app = healthy(come_to("backprop", net=OWN_NUMBERS, own_loss="bce"))
    app.selectbox(key="loss_worked").select("mse").run()
    assert healthy(app).query_params["own_loss"] in ("mse", ["mse"])
    widget(app, "text_area", "own_Y").input("2").run()
    assert text(healthy(app), "own_Y") == "2"
    assert refusals(app) == {}


def test_a_version_of_the_own_numbers_is_told_from_those_in_the_fields():
    app = healthy(come_to("backprop", net=OWN_NUMBERS, version="3"))
    assert any(one.value.startswith("Version 3 is worked") for one in app.caption)


def test_a_shown_step_that_the_changed_network_lacks_gives_way():
    user = BackpropSession(BackpropSettings(network="seed003_bce", step="dW3", entry=(1, 0)))
    user.set(network=OWN_NUMBERS)
    user.change(user.settings.changed(step="dW3", entry=(1, 0)))
    user.take_own(text_fields(user.own, Convention())["widths"].change("4-2-1"))
    assert user.settings.step == ""
    assert user.at == 0


def test_a_link_with_the_page_s_longest_settings_stays_below_2000_characters():
    rng = np.random.default_rng(0)
    own = OwnNetwork(
        (5, 7, 7, 2), ("leaky_relu",) * 3, "mse_sample", 1 / 3, tuple(rng.normal(size=149).tolist())
    )
    settings = BackpropSettings(
        OWN_NUMBERS, version=2**32 - 1, sample=2, loss="huber", optimizer="adam", learning_rate=1 / 3,
        parameters=(("amsgrad", True), ("beta1", 1 / 3), ("beta2", 2 / 3)), samples_are="columns",
        weights_are="out×in", by="neuron", digits=10, errata=True, step="new_W3", entry=(6, 1),
    )  # fmt: skip
    user = BackpropSession(settings, own=own)
    link = "https://a-playground-for-backprop.streamlit.app/backprop?" + urlencode(user.link())
    assert len(link) < 2000
    assert BackpropSession.from_link(user.link()).own == own


@pytest.mark.parametrize("make", [derivation_html, derivation_markdown, worksheet_html])
def test_own_numbers_are_exported_like_any_example(make):
    user = BackpropSession(BackpropSettings(network="classic"))
    user.set(network=OWN_NUMBERS)
    assert b"Own numbers, 2-2-2 Sigmoid, Sigmoid" in make(user)
