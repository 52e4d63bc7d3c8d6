import numpy as np
import pytest

from pages.figures.descent_path import DescentPath, descent_curves, descent_graph, descent_plane
from pages.figures.numbers import exact_text
from pages.figures.regimes import regimes
from pages.figures.theme import DARK, LIGHT

X, Y = np.linspace(-4, 4, 9), np.linspace(-3, 3, 7)
Z = X**2 + 4 * Y[:, None] ** 2
PATH = np.array([[3.0, 2.0], [1.0, -1.0], [0.5, 0.2]])
VALUES = PATH[:, 0] ** 2 + 4 * PATH[:, 1] ** 2


def plane(path=PATH, values=VALUES, theme=LIGHT, **more):
    return descent_plane(X, Y, Z, DescentPath(path, values, **more), theme, title="Bowl")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_from_above_the_axes_are_named_and_the_regime_colours_the_path(theme):
    figure = plane(theme=theme, regime="zig-zag", mark=1)
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("x₁", "x₂")
    ground, path, shown = figure.data
    assert ground.customdata[1][2] == exact_text(Z[1, 2], 5)
    assert np.array_equal(np.column_stack((path.x, path.y)), PATH)
    assert path.line.color == regimes(theme).zigzag
    assert (shown.x[0], shown.y[0]) == (1, -1)


def test_level_curves_rise_with_f():
    ground = plane().data[0]
    order = np.argsort(Z, axis=None)
    assert (np.diff(np.asarray(ground.z).ravel()[order]) >= 0).all()


def test_a_path_that_runs_away_ends_before_it_is_lost():
    path = np.array([[3.0, 2.0], [-30.0, 20.0], [1e7, 0.0], [1.0, 1.0], [np.inf, 0.0]])
    figure = plane(path, np.array([25.0, 2500.0, 1e14, 5.0, np.inf]), mark=4)
    assert len(figure.data) == 2, "the shown step is lost"
    assert figure.data[1].x.tolist() == [3.0, -30.0]


def test_on_a_graph_every_step_lies_on_the_function():
    x = np.linspace(-2, 2, 21)
    steps = np.array([[1.5], [-1.0], [0.5]])
    figure = descent_graph(x, x**2, DescentPath(steps, steps[:, 0] ** 2, 2), LIGHT, title="Parabola")
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("x", "f")
    assert np.array_equal(figure.data[1].y, figure.data[1].x ** 2)
    assert figure.data[2].x.tolist() == [0.5]


def test_the_curves_leave_out_what_a_logarithm_cannot_show():
    figure = descent_curves([4, 0, 1e-3, np.inf], [2, 1, np.nan, 3], LIGHT, name="f − f*", title="Steps")
    above, norms = figure.data
    assert (above.name, norms.name) == ("f − f*", "‖∇f‖")
    assert np.array_equal(np.isnan(above.y), [False, True, False, True])
    assert np.array_equal(np.isnan(norms.y), [False, False, True, False])
    assert above.line.dash != norms.line.dash
    assert (figure.layout.yaxis.type, figure.layout.xaxis.title.text) == ("log", "step")
