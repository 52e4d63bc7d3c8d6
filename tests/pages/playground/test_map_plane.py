"""Which plane the map shows of several inputs: chosen, kept, told, refused."""

from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import pytest

from engine import Experiment
from engine.data.own import Table
from pages.playground.map_plane import MapPlane, changed_plane, open_plane, read_plane
from pages.playground.own_data.ready import ready_table
from pages.playground.session import Session
from pages.playground.user import _opened
from tests.pages.payloads import read_payload
from tests.pages.playground.test_session import Asker

FIVE = Experiment().changed(dataset="seed_004")


def iris():
    return Asker(Session(Experiment.fitted(table=ready_table("iris"))))


def test_the_first_two_inputs_are_shown_and_the_others_are_at_their_training_means():
    session = iris().session
    assert session.plane.plane == MapPlane(0, 1)
    assert session.probe.point[2:] == (0.0, 0.0)
    raw = Session(Experiment.fitted(table=replace(ready_table("iris"), standardised=False)))
    np.testing.assert_array_equal(raw.probe.point[2:], raw.data.X[:, 2:].mean(axis=0))


def test_the_plane_is_told_with_the_reach_of_each_input_and_its_scale():
    header = iris().ask("plane", change={"across": 3}).header
    assert header["plane"] == {"across": 3, "up": 1, "components": None}
    dataset = iris().session._described["dataset"]
    mean, deviation = np.transpose(dataset["scales"])
    low, high = np.transpose(dataset["ranges"]) * deviation + mean
    X = ready_table("iris").X
    np.testing.assert_allclose(low, X.min(axis=0) - 0.04 * np.ptp(X, axis=0))
    np.testing.assert_allclose(high, X.max(axis=0) + 0.04 * np.ptp(X, axis=0))


def test_a_probe_that_was_not_moved_stays_on_the_map_and_one_that_was_stays_where_it_is():
    asker = iris()
    asker.ask("plane", change={"across": 2, "up": 3})
    assert asker.session.probe.point[:2] == (0.0, 0.0)
    assert 0.0 not in asker.session.probe.point[2:]
    point = asker.ask("probe", change={"values": [0.5, None, None, None]}).header["probe"]["point"]
    assert asker.ask("plane", change={"across": 0}).header["probe"]["point"] == point


def test_an_input_that_is_chosen_for_both_axes_swaps_them():
    problem = FIVE.problem
    assert changed_plane(MapPlane(0, 1), {"across": 1}, problem) == MapPlane(1, 0)
    assert changed_plane(MapPlane(2, 4), {"up": 2}, problem) == MapPlane(4, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"across": 5},
        {"up": -1},
        {"across": "x1"},
        {"across": True},
        {"components": 1},
        {"across": 1, "up": 1},
        None,
        3,
    ],
)
def test_what_is_no_plane_is_refused_and_changes_nothing(change):
    asker = Asker(Session(FIVE))
    header = asker.ask("plane", change=change).header
    assert header["notice"]
    assert header["plane"] == {"across": 0, "up": 1, "components": None}


def test_points_in_the_plane_have_no_other_plane():
    assert "these two" in Asker(Session()).ask("plane", change={"components": True}).header["notice"]


@pytest.mark.parametrize(
    ("plane", "said"),
    [
        (MapPlane(), None),
        (MapPlane(3, 2), "x4~x3"),
        (MapPlane(0, 4), "x1~x5"),
        (MapPlane(components=True), "pca"),
    ],
)
def test_a_link_says_the_plane_and_opens_it_again(plane, said):
    query = dict(parse_qsl(Session(FIVE, plane=plane).link))
    assert query.get("map") == said
    opened = _opened(query)
    assert (opened.plane.plane, opened.notice) == (plane, None)
    assert opened.probe == Session(FIVE, plane=plane).probe


@pytest.mark.parametrize("text", ["x1", "x1~x1", "x1~x9", "x1~x2~x3", "", "pca~1", "x" * 999])
def test_a_plane_in_a_link_that_is_none_costs_one_sentence(text):
    plane, refusals = open_plane({"map": text}, FIVE)
    assert plane == MapPlane()
    assert len(refusals) == 1
    assert refusals[0].startswith("map in the link must name two of several inputs")
    assert open_plane({"map": "x2~x1"}, Experiment())[1]


def test_the_plane_comes_back_with_a_kept_run_and_with_a_file():
    asker = iris()
    asker.ask("plane", change={"across": 3, "up": 0, "components": True})
    other = Session()
    other.open_file(asker.session.run_file())
    assert other.plane.plane == MapPlane(3, 0, True)
    assert read_plane({"across": 3, "up": 0, "components": True}, FIVE) == MapPlane(3, 0, True)
    assert read_plane({"across": 9}, FIVE) == read_plane(None, FIVE) == MapPlane()


def test_components_are_those_of_the_inputs_that_the_network_has():
    experiment = FIVE.changed(features=("x1", "x3", "x5"))
    told = Asker(Session(experiment)).ask("plane", change={"components": True}).header["plane"]["components"]
    X = experiment.data().X[:, [0, 2, 4]]
    values, vectors = np.linalg.eigh(np.cov(X.T, bias=True))
    np.testing.assert_allclose(
        np.abs(np.array(told["across"])[[0, 2, 4]]), np.abs(vectors[:, -1]), atol=1e-12
    )
    np.testing.assert_allclose(np.abs(np.array(told["up"])[[0, 2, 4]]), np.abs(vectors[:, -2]), atol=1e-12)
    np.testing.assert_allclose(told["shares"], values[[-1, -2]] / values.sum(), atol=1e-12)
    assert told["across"][1] == told["up"][3] == 0


def test_a_picture_says_what_its_map_shows():
    asker = iris()
    said = asker.ask("plane", change={"across": 2}).header["provenance"]
    means = ready_table("iris").scale(0.5, asker.session.experiment.data_seed)[0]
    assert f"map of petal width (cm) over sepal length (cm) at petal length (cm) {means[0]:.6g}" in said
    said = asker.ask("plane", change={"components": True}).header["provenance"]
    assert "map of the first two principal components (7" in said
    assert "map of" not in read_payload(Session().payload).header["provenance"]


@pytest.mark.parametrize(
    ("lowest", "highest", "ends"),
    [(2712, 6288, (2700, 6300)), (-0.137, 0.021, (-0.14, 0.03)), (3, 3, (-1, 1)), (0, 1e6, (0, 1e6))],
)
def test_the_colours_of_a_regression_go_from_end_to_end_of_its_table_s_values(lowest, highest, ends):
    values = np.linspace(lowest, highest, 12)
    table = Table("t", ("a", "b", "c"), np.random.default_rng(0).normal(size=(12, 3)), "mass (g)", values)
    session = Session(Experiment.fitted(table=table))
    output = read_payload(session.payload).header["output"]
    low, high = output["center"] - output["scale"], output["center"] + output["scale"]
    np.testing.assert_allclose((low, high), ends, rtol=1e-12, atol=1e-12)
    assert low <= lowest
    assert high >= highest or lowest == highest
    session.set(train_share=0.3)
    assert read_payload(session.payload).header["output"] == output, "another split, the same colours"
    assert read_payload(session.payload).header["dataset"]["target"] == "mass (g)"
