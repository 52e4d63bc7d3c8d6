"""The panel for data of one's own, without a browser: brought, refused, chosen, used, cancelled."""

import json

import pytest

from tests.pages.opening import healthy, open_page
from tests.pages.playground.own_data.awkward import IRIS
from tests.pages.playground.test_app import session_of

KEY = "backprop_own_data"


@pytest.fixture
def app():
    return open_page("playground")


def opened(app, way):
    app.session_state[KEY].way = way
    return healthy(app.run())


def pasted(app, text):
    opened(app, "paste")
    app.text_area(key="paste").set_value(text)
    return healthy(app.run())


def press(app, key):
    app.button(key=key).click()
    return healthy(app.run())


def refusal(app):
    sent = [e.proto.json for e in app.get("bidi_component") if e.proto.json]
    return [said for said in map(json.loads, sent) if isinstance(said, str)]


def test_pasted_text_is_used_by_one_press(app):
    pasted(app, IRIS)
    assert app.selectbox(key="own_target").value == "species"
    assert app.multiselect(key="own_inputs").value == ["sepal", "petal"]
    press(app, "own_use")
    e = session_of(app).experiment
    assert (e.dataset, e.table.classes, e.dims[0]) == ("own", ("a", "b", "c"), 2)
    assert app.selectbox(key="dataset").options[-1] == "The pasted text"
    assert not app.text_area


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x,kind\n1,a\n", "at least 2 rows"),
        ("PK\x03\x04", "zip archive"),
        ("one\ntwo\nthree\n", "at least 2 columns"),
    ],
)
def test_what_is_no_table_gets_one_sentence_and_the_run_stays(app, text, said):
    before = session_of(app).experiment
    session_of(app).set(hidden=(5, 3))
    pasted(app, text)
    assert any(said in sentence for sentence in refusal(app))
    assert app.button(key="own_use").disabled
    press(app, "own_cancel")
    assert session_of(app).experiment == before.changed(hidden=(5, 3))


def test_nothing_typed_is_lost_by_another_way_a_cancel_or_a_refusal(app):
    pasted(app, IRIS)
    opened(app, "upload")
    assert app.selectbox(key="own_target").value == "species"
    opened(app, "paste")
    assert app.text_area(key="paste").value == IRIS
    press(app, "own_cancel")
    opened(app, "paste")
    assert app.text_area(key="paste").value == IRIS


def test_choices_are_followed_and_counted(app):
    pasted(app, IRIS)
    app.selectbox(key="own_target").set_value("sepal")
    healthy(app.run())
    assert app.multiselect(key="own_inputs").value == ["petal", "species"]
    app.multiselect(key="own_inputs").set_value(["petal"])
    healthy(app.run())
    app.toggle(key="own_standardised").set_value(False)
    healthy(app.run())
    press(app, "own_use")
    table = session_of(app).experiment.table
    assert (table.inputs, table.classes, table.standardised) == (("petal",), (), False)


def test_another_data_set_and_back_to_the_table(app):
    press(pasted(app, IRIS), "own_use")
    table = session_of(app).experiment.table
    app.selectbox(key="dataset").set_value("xor")
    healthy(app.run())
    assert session_of(app).experiment.table is None
    app.selectbox(key="dataset").set_value("own")
    healthy(app.run())
    assert session_of(app).experiment.table == table


def test_share_and_split_act_on_a_table_and_noise_does_not(app):
    press(pasted(app, IRIS), "own_use")
    assert app.slider(key="noise").disabled
    assert not app.slider(key="train_share").disabled
    assert app.button(key="new_data").label == "New split"
    press(app, "new_data")
    assert session_of(app).experiment.data_seed == 1


def test_names_of_a_file_are_never_markup_on_the_page(app):
    pasted(
        app,
        "![x](http://a.b/c),**y**,<b>kind</b>\n"
        + "".join(f"{k * 3 % 7},{k * k % 7},{'ab'[k % 2]}\n" for k in range(9)),
    )
    shown = [element.value for element in (*app.markdown, *app.caption)]
    assert not any("http://a.b" in text for text in shown)
    press(app, "own_use")
    shown = [element.value for element in (*app.markdown, *app.caption)]
    shown += [option.content for pills in app.get("button_group") for option in pills.proto.options]
    assert [text for text in shown if "![x](http" in text] == []
    assert any(r"\!\[x\]" in text for text in shown)
