"""Planes through many inputs, and the components that span one, against plain NumPy."""

import numpy as np
import pytest

from engine.analysis.components import principal_components
from engine.analysis.planes import components_plane, ranges, slice_plane


def table(rows=60, columns=5, seed=3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(rows, columns)) @ rng.normal(size=(columns, columns)) + rng.normal(size=columns)


def independent(X):
    """The leading eigenvectors of the covariance by NumPy's other routine, their largest entry positive."""
    values, vectors = np.linalg.eigh(np.cov(X.T, bias=True))
    leading = vectors[:, [-1, -2]]
    leading = leading * np.sign(leading[np.abs(leading).argmax(axis=0), [0, 1]])
    return leading, values[[-1, -2]] / values.sum()


def off(plane, points):
    """How far the furthest of some points is from the plane."""
    nearest = plane.origin + plane.places(points) @ (plane.across, plane.up)
    return np.abs(nearest - points).max()


@pytest.mark.parametrize("columns", [3, 4, 5, 12])
def test_components_agree_with_the_eigenvectors_of_the_covariance_to_1e_12(columns):
    X = table(columns=columns)
    found, (basis, shares) = principal_components(X), independent(X)
    np.testing.assert_allclose((X - found.mean) @ found.basis, (X - X.mean(axis=0)) @ basis, atol=1e-12)
    np.testing.assert_allclose(found.shares, shares, atol=1e-12)
    np.testing.assert_allclose(components_plane(found, X).places(X), (X - X.mean(axis=0)) @ basis, atol=1e-12)


def test_rows_along_a_line_have_one_component_and_rows_that_are_equal_have_none():
    line = principal_components(np.outer([1.0, 2.0, 4.0], [1.0, -2.0, 2.0]))
    np.testing.assert_allclose(line.shares, [1, 0], atol=1e-12)
    assert principal_components(np.ones((4, 3))).shares.tolist() == [0, 0]


def test_a_value_that_is_not_finite_leaves_no_component():
    found = principal_components([[1.0, np.inf, 0.0], [0.0, 1.0, 2.0]])
    assert np.isnan(found.mean).all()
    assert np.isnan(found.basis).all()
    assert np.isnan(found.shares).all()


def test_a_slice_has_two_coordinates_of_its_own_and_holds_the_others():
    plane = slice_plane((9.0, 8.0, 7.0, 6.0), 2, 0, [(0, 1), (0, 1), (10, 14), (0, 1)])
    points = plane.points(2)
    assert points.tolist() == [[0.75, 8, 11, 6], [0.75, 8, 13, 6], [0.25, 8, 11, 6], [0.25, 8, 13, 6]]
    np.testing.assert_array_equal(plane.places(points)[:, 0], points[:, 2])
    np.testing.assert_array_equal(plane.places(points)[:, 1], points[:, 0])


def test_the_lines_of_the_grid_run_from_edge_to_edge_and_one_each_way_is_an_axis():
    places = slice_plane((1.0, 2.0, 3.5), 0, 1, [(-6, 6)] * 3).lines(13, 37)
    assert places.shape == (2 * 13 * 37, 3)
    fixed, running = places[: 13 * 37].reshape(13, 37, 3), places[13 * 37 :].reshape(13, 37, 3)
    np.testing.assert_array_equal(fixed[:, :, 0], np.repeat(np.arange(-6, 7)[:, None], 37, axis=1))
    np.testing.assert_array_equal(fixed[6, [0, 18, 36], 1], [-6, 0, 6])
    np.testing.assert_array_equal(running[:, :, :2], fixed[:, :, 1::-1])
    assert (places[:, 2] == 3.5).all()


def test_lines_lie_on_their_plane_whatever_its_directions():
    X = table()
    plane = components_plane(principal_components(X), X)
    places = plane.places(plane.lines(3, 5)).reshape(2, 3, 5, 2)
    np.testing.assert_allclose(places[0, :, 0, 0], np.linspace(*plane.x, 3), atol=1e-12)
    np.testing.assert_allclose(places[1, 0, :, 0], np.linspace(*plane.x, 5), atol=1e-12)
    np.testing.assert_allclose(places[1, :, 0, 1], np.linspace(*plane.y, 3), atol=1e-12)
    lines = plane.lines(3, 5)
    np.testing.assert_allclose(
        plane.origin + plane.places(lines) @ (plane.across, plane.up), lines, atol=1e-12
    )


def test_the_plane_of_components_holds_all_points_and_has_one_scale():
    X = table()
    plane = components_plane(principal_components(X), X)
    (u, v), (x, y) = plane.places(X).T, (plane.x, plane.y)
    assert x[0] < u.min() < u.max() < x[1]
    assert y[0] < v.min() < v.max() < y[1]
    assert x[1] - x[0] == pytest.approx(y[1] - y[0])
    points = plane.points(7)
    np.testing.assert_allclose(
        plane.origin + plane.places(points) @ (plane.across, plane.up), points, atol=1e-12
    )


def test_ranges_have_room_beside_the_rows_and_around_a_constant():
    assert ranges([[0.0, 3.0], [100.0, 3.0]]) == [(-4.0, 104.0), (2.0, 4.0)]
