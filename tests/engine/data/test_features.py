import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.features import COORDINATES, DOMAIN, FEATURES, apply_features, grid


def test_features_of_one_point_are_the_hand_computed_ones():
    # x1 = 2, x2 = -3: squares 4 and 9, product -6
    X = apply_features(np.array([[2.0, -3.0]]), list(FEATURES))
    np.testing.assert_allclose(X, [[2, -3, 4, 9, -6, np.sin(2), np.sin(-3)]], rtol=1e-15)


def test_names_and_labels_are_those_that_the_playground_shows():
    assert list(FEATURES) == ["x1", "x2", "x1_squared", "x2_squared", "x1x2", "sin_x1", "sin_x2"]
    assert [f.label for f in FEATURES.values()] == ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"]


def test_five_coordinates_are_their_own_features_and_have_no_others():
    points = np.arange(10.0).reshape(2, 5)
    np.testing.assert_array_equal(apply_features(points, list(COORDINATES)), points)
    np.testing.assert_array_equal(apply_features(points, ["x5", "x1"]), points[:, [4, 0]])
    with pytest.raises(ValueError, match=r"feature must be one of x1, x2, x3, x4, x5\. Got 'x1x2'\."):
        apply_features(points, ["x1x2"])


def test_columns_follow_the_order_of_the_names():
    points = np.array([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_array_equal(apply_features(points, ["x2", "x1"]), points[:, ::-1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(dtype):
    X = apply_features(np.ones((3, 2), dtype), list(FEATURES))
    assert X.dtype == dtype
    assert X.shape == (3, 7)


def test_the_input_is_a_copy_and_not_a_view_of_the_points():
    points = np.zeros((2, 2))
    apply_features(points, ["x1", "x2"])[:] = 1.0
    assert not points.any()


def test_unknown_feature_and_wrong_shape_are_refused():
    with pytest.raises(ValueError, match=r"feature must be one of x1, .*\. Got 'x3'\."):
        apply_features(np.zeros((1, 2)), ["x3"])
    with pytest.raises(ValueError, match=r"points must have shape \(N, 2\) to \(N, 100\)\. Got \(2,\)\."):
        apply_features(np.zeros(2), ["x1"])


def test_grid_of_two_pixels_reads_from_the_top_left():
    # a side of 12 in 2 pixels: centres at -3 and +3
    np.testing.assert_array_equal(grid(2), [[-3, 3], [3, 3], [-3, -3], [3, -3]])
    assert grid(2).dtype == np.float32


def test_grid_of_a_slice_holds_the_other_coordinates():
    # a side of 18 in 2 pixels: centres at -4.5 and +4.5
    np.testing.assert_array_equal(
        grid(2, domain=9.0, held=(3.5, -1.0)),
        [[-4.5, 4.5, 3.5, -1], [4.5, 4.5, 3.5, -1], [-4.5, -4.5, 3.5, -1], [4.5, -4.5, 3.5, -1]],
    )


@given(st.integers(1, 40))
def test_grid_pixels_tile_the_domain_without_its_edge(pixels):
    picture = grid(pixels, np.float64).reshape(pixels, pixels, 2)
    side = 2 * DOMAIN / pixels
    np.testing.assert_allclose(picture[0, 0], [-DOMAIN + side / 2, DOMAIN - side / 2])
    np.testing.assert_allclose(picture, -picture[::-1, ::-1], atol=1e-12)
    if pixels > 1:
        np.testing.assert_allclose(np.diff(picture[..., 0], axis=1), side)
        np.testing.assert_allclose(np.diff(picture[..., 1], axis=0), -side)


def test_grid_without_pixels_is_refused():
    with pytest.raises(ValueError, match=r"pixels must be >= 1\. Got 0\."):
        grid(0)
