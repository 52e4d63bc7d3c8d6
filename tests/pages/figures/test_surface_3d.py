import numpy as np
import pytest

from pages.figures.descent_path import DescentPath
from pages.figures.numbers import exact_text
from pages.figures.regimes import DARK_REGIMES, LIGHT_REGIMES, regime_css, regimes
from pages.figures.surface_3d import surface_3d, visible
from pages.figures.theme import DARK, LIGHT, contrast

X, Y = np.linspace(-4, 4, 9), np.linspace(-3, 3, 7)
Z = X**2 + 4 * Y[:, None] ** 2
PATH = np.array([[3.0, 2.0], [1.0, -1.0], [0.5, 0.2]])
HEIGHTS = PATH[:, 0] ** 2 + 4 * PATH[:, 1] ** 2


def drawn(path=PATH, heights=HEIGHTS, theme=LIGHT, **more):
    return surface_3d(X, Y, Z, DescentPath(path, heights, **more), theme, title="Bowl")


def test_the_path_lies_just_above_the_surface_and_keeps_its_heights_for_the_reader():
    line = drawn().data[1]
    assert np.array_equal(line.x, PATH[:, 0])
    assert np.array_equal(line.y, PATH[:, 1])
    assert np.all(line.z > HEIGHTS)
    assert [text for _, text in line.customdata] == [exact_text(height, 4) for height in HEIGHTS]


def test_the_shown_step_is_a_point_of_its_own():
    marked = drawn(mark=1).data[2]
    assert (marked.x[0], marked.y[0]) == (1, -1)
    assert marked.name == "step 1"


def test_a_path_ends_where_it_leaves_the_picture_even_for_infinity():
    path = np.array([[1.0, 1.0], [-3.0, 2.0], [50.0, 0.0], [0.0, 0.0], [np.inf, 0.0]])
    heights = np.array([5.0, 25.0, 2500.0, 0.0, np.inf])
    assert visible(path, heights, (-4, 4), (-3, 3), 40).tolist() == [0, 1]
    figure = drawn(path, heights, mark=4)
    assert len(figure.data) == 2, "the shown step is outside"
    assert np.isfinite(figure.data[1].z).all()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_all_three_axes_are_named_and_the_regime_colours_the_path(theme):
    figure = drawn(theme=theme, regime="zig-zag")
    scene = figure.layout.scene
    assert [axis.title.text for axis in (scene.xaxis, scene.yaxis, scene.zaxis)] == ["x₁", "x₂", "f"]
    assert figure.data[1].line.color == regimes(theme).zigzag


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match=r"z must have shape \(7, 9\)"):
        surface_3d(X, Y, Z.T, DescentPath(PATH, HEIGHTS), LIGHT, title="Bowl")
    with pytest.raises(ValueError, match="same length"):
        DescentPath(PATH, HEIGHTS[:2])


@pytest.mark.parametrize(("colours", "theme"), [(LIGHT_REGIMES, LIGHT), (DARK_REGIMES, DARK)])
def test_the_regimes_stand_out_from_the_ground_and_words_from_theirs(colours, theme):
    for line in (colours.monotone, colours.zigzag, colours.divergent):
        assert contrast(line, theme.ground) >= 2.8
    for ground in (colours.monotone_ground, colours.zigzag_ground, colours.divergent_ground):
        assert contrast(theme.ink, ground) >= 4.5


def test_the_stage_gets_every_colour_in_both_looks():
    css = regime_css(".descent")
    assert css.count("--zigzag-ground:") == css.count("--level-5:") == 2
    assert ".descent[data-theme=dark]{" in css
