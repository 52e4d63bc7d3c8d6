"""Figures and formats of the zip are chosen, a row each; what is chosen is what the zip has and says."""

import io
from dataclasses import replace
from zipfile import ZipFile

import pytest

from engine import Experiment
from pages.figures.theme import LIGHT
from pages.playground.session import Session
from pages.playground.take.bundle import browser_pictures, bundle
from pages.playground.take.figures import FIGURES, FORMATS, Choice, read_choice
from tests.pages.opening import come_to, open_page
from tests.pages.playground.test_recovery import SMALL, played


def zipped(user, chosen):
    """File -> text of the zip, as far as the server makes it."""
    with ZipFile(io.BytesIO(bundle(user, "http://localhost/", LIGHT, chosen))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize(
    "chosen",
    [
        Choice(),
        Choice((), ()),
        Choice(("map",), ("svg",)),
        Choice(("weights", "losses"), ()),
        Choice((), ("png", "svg", "html")),
    ],
)
def test_a_choice_goes_through_the_address_and_the_first_one_needs_none(chosen):
    assert read_choice(chosen.to_text()) == chosen
    assert (chosen.to_text() == "") == (chosen == Choice())


@pytest.mark.parametrize("text", ["~~..~", "nonsense", "player~<b>.gif", "map.svg.svg"])
def test_of_any_address_only_names_that_there_are_are_taken(text):
    chosen = read_choice(text)
    assert set(chosen.figures) <= set(FIGURES)
    assert set(chosen.formats) <= set(FORMATS)


def test_the_pages_of_the_zip_are_those_that_are_chosen_and_the_code_for_charts_comes_with_them_alone():
    user = played(Session(SMALL), 3)
    some = zipped(user, Choice(("player", "losses"), ("svg", "html")))
    assert [name for name in some if name.startswith("figures/")] == [
        "figures/losses.html",
        "figures/plotly.min.js",
    ]
    assert "figures/: Losses as SVG and HTML" in some["README.txt"]
    assert "Weights" not in some["README.txt"]
    none = zipped(user, Choice(tuple(FIGURES), ("png",)))
    assert [name for name in none if name.startswith("figures/")] == []
    assert "figures/: Map as PNG ×3" in none["README.txt"]
    assert "figures/" not in zipped(user, Choice(tuple(FIGURES), ()))["README.txt"]


def test_the_browser_draws_what_is_chosen_of_what_the_experiment_has():
    user = played(Session(SMALL), 3)
    asked = browser_pictures(user, Choice(("map", "confusion", "predicted_true"), ("svg", "html")))
    assert (asked.figures, asked.formats) == (("map",), ("svg", "html"))
    assert (asked.charts, asked.chart_formats) == (("confusion_train", "confusion_test"), ["svg"])
    assert asked.made == f"{user.provenance} · epoch 3"
    plane = played(Session(Experiment.fitted(dataset="plane", samples=10)), 1)
    assert browser_pictures(plane, Choice()).charts == ("weights", "losses", "predicted_true")
    untested = Session(replace(Experiment.fitted(dataset="seed_004")))
    assert len(untested.timeline.trainer.Y_test) == 0
    assert "confusion_test" not in browser_pictures(untested, Choice()).charts


def test_what_is_chosen_in_the_panel_stands_in_the_address_and_is_there_when_it_is_opened_again():
    app = open_page("playground")
    app.button(key="take_with_you").click().run()
    assert app.pills(key="zip_formats").value == ["png", "html"]
    app.pills(key="zip_formats").set_value(["svg"]).run()
    app.pills(key="zip_figures").set_value(["map", "losses"]).run()
    assert not app.exception
    assert app.query_params["zip"] in ("map~losses~predicted_true.svg", ["map~losses~predicted_true.svg"])
    assert any("2 figures as SVG" in entry.value for entry in app.caption)
    again = come_to("playground", zip="map~losses.svg").run()
    again.button(key="take_with_you").click().run()
    assert again.pills(key="zip_figures").value == ["map", "losses"]
    assert again.pills(key="zip_formats").value == ["svg"]
    assert (
        again.session_state["backprop_session"].experiment == app.session_state["backprop_session"].experiment
    )
