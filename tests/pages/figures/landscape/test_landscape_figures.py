import math

import numpy as np
import pytest

from pages.figures.landscape.curves import landscape_distances, landscape_losses
from pages.figures.landscape.places import SIZES, Label, free_sides
from pages.figures.landscape.plane import landscape_plane
from pages.figures.landscape.records import Axis, Ground, Moment, Track, even_ticks, loss_ticks, scale_of
from pages.figures.landscape.space import landscape_space
from pages.figures.regimes import regimes
from pages.figures.theme import DARK, LIGHT, SHAPES

X, Y = np.linspace(-2.0, 2.0, 9), np.linspace(-1.0, 3.0, 7)
LOSSES = 0.01 + X**2 + Y[:, None] ** 2
POINTS = np.array([[1.5, 2.0], [0.5, 1.0], [0.1, 0.2]])
AXES = (Axis("random direction 1", "direction 1"), Axis("PC 2", "PC 2", 0.05))


def track(name="path", label="path", shift=0.0, losses=(6.3, 1.3, 0.1)):
    points, true = POINTS + shift, np.array(losses)
    now = Moment(2, (points[2, 0], points[2, 1]), true[2], 0.2, 0.3)
    return Track(label, np.arange(3), points, true, true + 0.1, np.array([0.0, 0.2, 0.3]), now, name)


def ground(losses=LOSSES, log=True):
    return Ground(X, Y, losses, AXES, scale_of(losses, [0.1], log=log), log)


def from_above(tracks, theme=LIGHT, **more):
    return landscape_plane(ground(**more), tracks, theme, title="Plane", revision="a")


def test_the_path_lies_where_its_projection_is_and_the_current_frame_and_the_start_are_marked():
    figure = from_above([track()])
    path = next(trace for trace in figure.data if trace.name == "path" and trace.customdata is not None)
    assert np.array_equal(np.column_stack((path.x, path.y)), POINTS)
    start = next(trace for trace in figure.data if trace.name == "start")
    assert (start.x[0], start.y[0]) == (1.5, 2.0)
    assert [label.text for label in figure.layout.annotations] == ["start<br>6.3000", "frame 2<br>0.1000"]
    assert figure.layout.uirevision == "a"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("log", [True, False])
def test_every_axis_is_named_and_the_ground_has_lightness_only(theme, log):
    tracks = [track()]
    above = from_above(tracks, theme, log=log)
    titles = (above.layout.xaxis.title.text, above.layout.yaxis.title.text)
    assert titles == ("random direction 1", "PC 2 (5.0 % of the variance)")
    assert above.data[0].colorbar.title.text == "training loss"
    assert {colour for _, colour in above.data[0].colorscale} == set(regimes(theme).levels)
    scene = landscape_space(ground(log=log), tracks, theme, title="Space", revision="b").layout.scene
    names = [axis.title.text for axis in (scene.xaxis, scene.yaxis, scene.zaxis)]
    assert names == ["direction 1", "PC 2", "training loss"]
    losses = landscape_losses(tracks, theme, log=log, title="Loss")
    assert (losses.layout.xaxis.title.text, losses.layout.yaxis.title.text) == ("frame", "training loss")
    off = landscape_distances(tracks, theme, title="Off", unit="epoch")
    assert (off.layout.xaxis.title.text, off.layout.yaxis.title.text) == ("epoch", "distance")


def test_true_loss_is_solid_and_that_of_the_projection_dotted():
    lines = [
        trace for trace in landscape_losses([track()], LIGHT, log=True, title="Loss").data if trace.showlegend
    ]
    assert {(line.name, line.line.dash) for line in lines} == {
        ("true", "solid"),
        ("on the plane", "2.5px,2.5px"),
    }
    true = next(line for line in lines if line.name == "true")
    assert np.array_equal(true.y, track().true_losses)


def test_every_figure_of_a_race_names_its_epochs_and_no_frame():
    figures = [
        landscape_plane(ground(), [track()], LIGHT, title="Plane", revision="a", unit="epoch"),
        landscape_space(ground(), [track()], LIGHT, title="Space", revision="b", unit="epoch"),
        landscape_losses([track()], LIGHT, log=True, title="Loss", unit="epoch"),
        landscape_distances([track()], LIGHT, title="Off", unit="epoch"),
    ]
    for figure in figures:
        traces = " ".join(f"{trace.name} {trace.hovertemplate}" for trace in figure.data)
        labels = " ".join(note.text for note in figure.layout.annotations)
        assert "epoch" in traces
        assert "frame" not in traces + labels
    assert "epoch 2<br>0.1000" in [label.text for label in figures[0].layout.annotations]


def test_racers_differ_by_shape_and_dash_and_are_named_where_they_are():
    racers = [track(name, f"{name}, η = 0.1", 0.2 * k) for k, name in enumerate(("SGD", "Adam", "RMSprop"))]
    figure = from_above(racers)
    labels = [label.text for label in figure.layout.annotations]
    assert labels == ["start<br>6.3000", "SGD<br>0.1000", "Adam<br>0.1000", "RMSprop<br>0.1000"]
    marks = [trace for trace in figure.data if trace.type == "scatter" and trace.marker.size == 13]
    assert [mark.marker.symbol for mark in marks] == list(SHAPES[:3])
    assert len({mark.line.dash for mark in marks}) == 3


def named(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


@pytest.mark.parametrize("log", [True, False])
def test_in_space_a_path_lies_at_its_true_losses_even_below_all_that_was_measured(log):
    low = track(losses=(6.3, 1.3, 1e-4))
    place = ground(log=log)
    figure = landscape_space(place, [low], LIGHT, title="Space", revision="b")
    shown = np.log10(low.true_losses) if log else low.true_losses
    np.testing.assert_allclose(named(figure, "path").z, shown)
    marks = named(figure, "path, start and frame 2")
    np.testing.assert_allclose(marks.z, shown[[0, -1]])
    np.testing.assert_array_equal(named(figure, "path, on the plane").z, place.seen(low.plane_losses))
    stem = named(figure, "path, true loss to plane")
    np.testing.assert_allclose(stem.z, [shown[-1], place.seen(low.now.plane_loss)])
    bottom, top = figure.layout.scene.zaxis.range
    assert bottom < min(shown)
    assert max(shown) < top
    assert figure.data[0].opacity < 1  # what lies below the surface is seen
    assert "true loss" in named(figure, "path").hovertemplate


@pytest.mark.parametrize("log", [True, False])
def test_in_space_a_path_that_lies_far_above_the_plane_is_not_drawn_flat(log):
    low_plane = Ground(X, Y, np.full((7, 9), 0.4), AXES, (0.1, 0.5), log)
    high = track(losses=(0.693, 5.0, 0.4))
    figure = landscape_space(low_plane, [high], LIGHT, title="Space", revision="b")
    shown = np.log10(high.true_losses) if log else high.true_losses
    np.testing.assert_allclose(named(figure, "path").z, shown)
    zaxis = figure.layout.scene.zaxis
    assert max(shown) < zaxis.range[1]
    assert max(zaxis.tickvals) > low_plane.ends[1]


@pytest.mark.parametrize("log", [True, False])
def test_a_path_that_has_left_all_bounds_leaves_height_for_the_plane(log):
    figure = landscape_space(
        ground(log=log), [track(losses=(6.3, 1e300, 1.0))], LIGHT, title="Space", revision="b"
    )
    (low, high), (bottom, top) = ground(log=log).ends, figure.layout.scene.zaxis.range
    assert high - low > 0.04 * (top - bottom)


def test_a_loss_of_0_or_none_at_all_leaves_an_axis_in_space():
    for losses in ((6.3, 1.3, 0.0), (math.nan, math.nan, math.nan), (math.inf, 1.0, 1.0)):
        figure = landscape_space(ground(), [track(losses=losses)], LIGHT, title="Space", revision="b")
        bottom, top = figure.layout.scene.zaxis.range
        assert math.isfinite(bottom)
        assert bottom < top


def test_what_is_not_finite_leaves_a_gap_and_no_figure_breaks():
    losses = LOSSES.copy()
    losses[0, 0], losses[1, 1], losses[2, 2] = math.nan, math.inf, 1e300
    broken = track(losses=(math.inf, math.nan, 0.0))
    place = Ground(X, Y, losses, AXES, scale_of(losses, broken.plane_losses, log=True), True)
    assert np.isnan(place.seen(losses)[[0, 1], [0, 1]]).all()
    figures = [
        landscape_plane(place, [broken], LIGHT, title="a", revision="a"),
        landscape_space(place, [broken], LIGHT, title="a", revision="a"),
        landscape_losses([broken], LIGHT, log=True, title="a"),
        landscape_distances([broken], LIGHT, title="a"),
    ]
    for figure in figures:
        figure.to_json()


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("grid", [np.full((3, 3), math.nan), np.zeros((3, 3)), np.full((3, 3), 2.0)])
def test_a_flat_or_empty_ground_still_has_a_scale(grid, log):
    low, high = scale_of(grid, grid[0], log=log)
    assert math.isfinite(low)
    assert low < high


@pytest.mark.parametrize(("low", "high"), [(-2.0, -1.0), (-8.0, 2.0), (-0.1, 0.05), (-3.3, -0.1)])
def test_a_logarithmic_axis_has_two_to_seven_ticks(low, high):
    values, texts = loss_ticks(low, high, 7)
    assert 2 <= len(values) <= 7
    assert len(set(texts)) == len(texts) == len(values)


def test_an_even_axis_is_labelled_with_round_numbers():
    assert even_ticks(0.01, 0.57, 7)[1] == ["0.1", "0.2", "0.3", "0.4", "0.5"]


def label(x, y, *said):
    return Label(said or ("start", "0.5"), np.array([x, y]))


def test_a_label_keeps_off_the_path():
    path = np.column_stack((np.linspace(0.5, 1, 40), np.linspace(0.5, 1, 40)))
    assert free_sides([label(0.5, 0.5)], path) == [(-1, 1)]


@pytest.mark.parametrize("x", np.linspace(0, 1, 11))
@pytest.mark.parametrize("y", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("said", [("Momentum", "0.0054"), ("frame 1234", "6.164·10⁻⁴")])
def test_a_label_lies_inside_the_picture_even_on_the_narrowest_phone(x, y, said):
    one = label(x, y, *said)
    (side,) = free_sides([one], np.array([[x, y]]))
    for width, height in SIZES:
        left, low, right, high = one.box(side, (width, height))
        assert 0 <= left < right <= width
        assert 0 <= low < high <= height


@pytest.mark.parametrize("x", [0.0, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("y", [0.0, 0.4, 1.0])
def test_racers_close_to_each_other_have_labels_apart_and_inside_on_every_screen(x, y):
    names = ("start", "Momentum", "RMSprop", "Adam", "SGD")
    racers = [label(x + 0.01 * k * (1 - 2 * x), y, name, "0.0054") for k, name in enumerate(names)]
    sides = free_sides(racers, np.empty((0, 2)))
    for width, height in SIZES:
        boxes = [one.box(side, (width, height)) for one, side in zip(racers, sides, strict=True)]
        for k, (left, low, right, high) in enumerate(boxes):
            assert 0 <= left < right <= width
            assert 0 <= low < high <= height
            assert all(left >= r or right <= l or low >= h or high <= w for l, w, r, h in boxes[:k])


def test_the_narrowest_picture_is_as_wide_as_the_figures_margins_leave_it_on_a_phone_320_px_wide():
    figure = from_above([track()])
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    assert all(height == plot for _, height in SIZES)
    assert SIZES[0][0] <= 320 - 2 * 16 - figure.layout.margin.l - figure.layout.margin.r
    assert figure.data[0].colorbar.orientation == "h"  # at the side it would take that width
