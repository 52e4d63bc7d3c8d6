import numpy as np
import pytest

from engine.descent.surfaces import SURFACES, make_quadratic

ROWS = [*SURFACES.values(), make_quadratic((0.5, 20.0), -35.0)]
every_surface = pytest.mark.parametrize("surface", ROWS, ids=lambda surface: surface.name)


def places(surface, count=60):
    low, high = np.array(surface.domain).T
    points = np.random.default_rng(0).uniform(low, high, (count, surface.dimension))
    return points[(np.abs(points) > 1e-3).all(axis=1)]  # clear of the kink of |x|


def slope_of(function, points, eps=1e-5):
    """Central differences of function along each coordinate, in the last axis."""
    steps = eps * np.eye(points.shape[1])
    return np.stack([(function(points + h) - function(points - h)) / (2 * eps) for h in steps], axis=-1)


@every_surface
def test_gradient_and_hessian_agree_with_central_differences_over_the_domain(surface):
    points = places(surface)
    for exact, numeric in (
        (surface.gradient(points), slope_of(surface.value, points)),
        (surface.hessian(points), slope_of(surface.gradient, points)),
    ):
        size = 1 + np.abs(exact).max()
        worst = np.abs(exact - numeric).max() / size
        assert worst < 1e-6, f"{surface.name}: analytic {exact}, numeric {numeric}"


@every_surface
def test_any_number_of_points_gives_the_same_as_one_by_one(surface):
    points = places(surface, 12)[:6].reshape(2, 3, surface.dimension)
    d = surface.dimension
    for function, tail in ((surface.value, ()), (surface.gradient, (d,)), (surface.hessian, (d, d))):
        together = function(points)
        assert together.shape == (2, 3, *tail)
        singly = np.array([[function(point) for point in row] for row in points])
        np.testing.assert_allclose(together, singly, rtol=1e-14)


@every_surface
def test_nothing_is_lower_than_a_minimum_and_its_slope_is_zero(surface):
    grid = np.stack(np.meshgrid(*[np.linspace(*axis, 101) for axis in surface.domain]), axis=-1)
    for minimum in surface.minima:
        assert np.abs(surface.gradient(minimum)).max() < 1e-12
        assert surface.value(minimum) <= surface.value(grid).min() + 1e-15
        assert all(low < x < high for x, (low, high) in zip(minimum, surface.domain, strict=True))


@every_surface
def test_start_lies_in_the_domain_and_every_row_explains_itself(surface):
    assert all(low <= x <= high for x, (low, high) in zip(surface.start, surface.domain, strict=True))
    assert surface.formula
    assert surface.note.endswith(".")
    assert surface.label[0].isupper()


def test_quadratic_of_seed_004_is_first_and_exact():
    surface = next(iter(SURFACES.values()))
    assert (surface.name, surface.start) == ("quadratic", (3.0, 3.0))
    # 9 + 9 + 4·9 = 54;  ∇f = (6 + 3, 3 + 24)
    assert surface.value((3, 3)) == 54.0
    assert surface.gradient((3, 3)).tolist() == [9.0, 27.0]
    assert surface.hessian((3, 3)).tolist() == [[2.0, 1.0], [1.0, 8.0]]


def test_kink_of_the_absolute_value_has_slope_and_curvature_zero():
    surface = SURFACES["absolute"]
    assert surface.gradient([0.0]).tolist() == [0.0]
    assert surface.gradient([[-1e-300], [1e-300]]).tolist() == [[-1.0], [1.0]]
    assert surface.hessian([0.0]).tolist() == [[0.0]]


def test_adjustable_quadratic_has_the_chosen_curvatures_along_the_chosen_axes():
    surface = make_quadratic((2.0, 7.0), 30.0)
    along = np.array([np.cos(np.pi / 6), np.sin(np.pi / 6)])
    np.testing.assert_allclose(surface.hessian((0, 0)) @ along, 2 * along, atol=1e-14)
    np.testing.assert_allclose(np.linalg.eigvalsh(np.array(surface.matrix)), [2, 7])
    with pytest.raises(ValueError, match=r"Every eigenvalue must be > 0\. Got -1\."):
        make_quadratic((1.0, -1.0))


def test_points_of_another_dimension_are_refused_in_one_sentence():
    for wrong, shape in (((1.0, 2.0, 3.0), r"\(3,\)"), (1.0, r"\(\)")):
        with pytest.raises(ValueError, match=rf"points must have shape \(\.\.\., 2\)\. Got {shape}\."):
            SURFACES["quadratic"].value(wrong)


@every_surface
def test_far_points_overflow_without_a_warning(surface):
    far = np.full(surface.dimension, 1e200)
    for function in (surface.value, surface.gradient, surface.hessian):
        function(far)


def test_beyond_the_range_a_value_is_infinite_or_nan_and_nothing_warns():
    assert SURFACES["quadratic"].value((1e200, 1e200)) == np.inf
    assert np.isnan(SURFACES["quadratic"].value((1e200, -1e200)))  # inf − inf + inf
