"""What the playground opens with, and what its links say because of it."""

import json

import pytest

from engine import Experiment, ParameterSet, Run
from engine.runs.links import from_text
from pages.playground.opening import OPENING, link_query
from pages.playground.presets import PRESETS
from pages.playground.user import KEY
from tests.pages.opening import come_to, healthy, open_page
from tests.pages.payloads import read_payload


def experiment_of(app):
    return app.session_state[KEY].experiment


def address_of(app):
    """The parameters of the address: some versions of Streamlit's tests give a text, others a list of one."""
    return {name: "".join(app.query_params[name]) for name in app.query_params}


def test_an_address_without_parameters_opens_with_a_tenth_of_noise_and_stays_as_it_is():
    app = healthy(come_to("playground").run())
    assert experiment_of(app) == OPENING == PRESETS["first"].experiment
    assert app.slider(key="noise").value == 10
    assert app.selectbox(key="preset").value == "first"
    assert address_of(app) == {}


@pytest.mark.parametrize("page", ["gradient-descent", "backprop", "loss-landscape"])
def test_a_visit_that_begins_on_another_page_finds_the_same_experiment(page):
    assert experiment_of(healthy(come_to(page).run())) == OPENING


@pytest.mark.parametrize("query", [{"lr": "0.1"}, {"hide": "seed"}, {"frame": "3"}, {"play": "1"}])
def test_a_link_that_leaves_the_noise_out_has_none(query):
    assert experiment_of(healthy(come_to("playground", **query))).noise == 0
    assert Experiment.from_link("").noise == 0


@pytest.mark.parametrize("page", ["playground", "loss-landscape"])
def test_a_lesson_with_what_the_page_opens_with_is_about_the_same_run(page):
    app = healthy(come_to(page).run())
    sent = [json.loads(element.proto.json or "0") for element in app.get("bidi_component")]
    (besides,) = [data["besides"] for data in sent if isinstance(data, dict) and "besides" in data]
    assert experiment_of(healthy(come_to(page, lock="seed", **besides))) == OPENING


def test_without_noise_address_and_link_still_have_a_parameter_and_open_the_same():
    app = open_page("playground")
    healthy(app.slider(key="noise").set_value(0).run())
    session = app.session_state[KEY]
    assert session.experiment == Experiment()
    query = address_of(app)
    assert experiment_of(healthy(come_to("playground", **query))) == session.experiment
    stamp = {"client": "a", "id": session.answered[1] + 1, "run": session.run}
    session.answer({**stamp, "generation": session.generation, "shown": 0, "kind": "link"})
    assert from_text(read_payload(session.payload).header["link"])[0] == query


@pytest.mark.parametrize(
    "run", [Run(Experiment()), Run(OPENING), Run(Experiment(), (ParameterSet(3, 0, 0.5),), 7)]
)
def test_every_run_has_a_link_with_a_parameter_that_gives_it_back(run):
    query = link_query(run)
    assert query
    assert Run.from_link("&".join(f"{name}={value}" for name, value in query.items())) == run
