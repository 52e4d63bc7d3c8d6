"""Two runs with more than two inputs are compared on one plane through these."""

from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment
from pages.figures.theme import LIGHT
from pages.playground.compare.pair import on_one_plane, read_side, this_side
from pages.playground.compare.pictures import map_address, map_said
from pages.playground.map_plane import MapPlane
from pages.playground.own_data.ready import ready_table
from pages.playground.session import Session
from tests.pages.playground.compare.test_compare import kept_side
from tests.pages.playground.test_session import Asker

IRIS = Experiment.fitted(table=ready_table("iris"))


def trained(session):
    """Who asks a session, once it has two frames."""
    asker = Asker(session)
    asker.frames(after=0, count=2)
    session.shown = 2
    return asker


def kept(experiment, plane, point):
    """A run as the tab keeps it, looked at on a plane through a point."""
    asker = trained(Session(experiment))
    asker.ask("plane", change={"across": plane.across, "up": plane.up, "components": plane.components})
    asker.ask("probe", change={"values": point})
    given = kept_side(asker.session, asker.ask("keep-run").header)
    shown = {"across": plane.across, "up": plane.up, "components": plane.components}
    given["record"] |= {"plane": shown, "probe": {"point": list(asker.session.probe.point), "target": 0.0}}
    return given


@pytest.fixture
def user():
    """Someone who looks at irises over the sepals, at a petal length of 6.5 cm."""
    asker = trained(Session(IRIS, plane=MapPlane(2, 3)))
    asker.ask("probe", change={"values": ["6.5", None, None, None]})
    return asker.session


def held(side):
    """The values of the inputs that a side's map holds, in the data's own units."""
    shown = (side.view.plane.across, side.view.plane.up)
    return {k: side.view.axes.in_own_units(k, v) for k, v in enumerate(side.plane.origin) if k not in shown}


def corners(side):
    """The corners of a side's map in the data's own units."""
    across, up = side.view.plane.across, side.view.plane.up
    return [
        [side.view.axes.in_own_units(k, end) for end in ends]
        for k, ends in ((across, side.plane.x), (up, side.plane.y))
    ]


def test_a_kept_run_has_the_plane_that_was_looked_at():
    side = read_side(kept(IRIS, MapPlane(3, 0), [None, 0.5, None, None]), Session())
    assert side.view.plane == MapPlane(3, 0)
    assert side.plane.origin[1] == 0.5
    assert "map of petal length (cm) over sepal width (cm)" in map_said("A", side)


def test_the_second_run_shows_the_first_one_s_plane(user):
    first, second = on_one_plane(this_side(user), read_side(kept(IRIS, MapPlane(0, 1), [None] * 4), user))
    assert (second.plane.origin == first.plane.origin).all()
    assert (second.plane.x, second.plane.y) == (first.plane.x, first.plane.y)
    assert second.seen == first.seen
    assert "sepal width (cm) over sepal length (cm) at petal length (cm) 6.5," in first.seen


def test_maps_of_one_run_are_the_same_to_the_pixel_whatever_plane_was_kept(user):
    other = read_side(kept(IRIS, MapPlane(components=True), [None] * 4), user)
    assert map_address(other, LIGHT, 60) != map_address(this_side(user), LIGHT, 60)
    first, second = on_one_plane(this_side(user), other)
    assert map_address(first, LIGHT, 60) == map_address(second, LIGHT, 60)


@pytest.mark.parametrize(
    "other",
    [
        IRIS.changed(data_seed=7),
        IRIS.changed(train_share=0.3),
        Experiment.fitted(table=replace(ready_table("iris"), standardised=False)),
    ],
    ids=["another split", "another share", "not standardised"],
)
def test_in_other_units_it_is_the_plane_through_the_same_point_of_the_data(user, other):
    kept_one = read_side(kept(other, MapPlane(0, 1), [None] * 4), user)
    first, second = on_one_plane(this_side(user), kept_one)
    assert (first.plane.origin != second.plane.origin).any()
    assert held(second) == pytest.approx(held(first))
    np.testing.assert_allclose(corners(second), corners(first))
    assert second.seen == first.seen


def test_components_of_another_split_are_those_of_its_own_rows():
    user = Session(IRIS, plane=MapPlane(components=True))
    kept_one = read_side(kept(IRIS.changed(data_seed=7), MapPlane(0, 1), [None] * 4), user)
    second = on_one_plane(this_side(user), kept_one)[1]
    assert second.view.plane.components
    assert (second.plane.across == kept_one.view.components.basis[:, 0]).all()


def test_other_columns_have_a_plane_of_their_own(user):
    five = read_side(kept(Experiment().changed(dataset="seed_004"), MapPlane(1, 4), [None] * 5), user)
    assert on_one_plane(this_side(user), five)[1] is five


def test_a_side_keeps_its_plane_when_the_player_shows_another(user):
    side = this_side(user)
    Asker(user).ask("plane", change={"across": 0})
    assert side.view.plane == MapPlane(2, 3)
