import numpy as np
import pytest

from pages.figures.confusion_matrix import confusion_matrix, percent, shade
from pages.figures.theme import CLASS_SHAPES, DARK, LETTERS, LIGHT, SHAPES, THEMES, contrast

IRIS = ["setosa", "versicolor", "virginica"]
COUNTS = [[50, 0, 0], [0, 47, 3], [0, 1, 49]]


def drawn(counts=COUNTS, labels=IRIS, theme=LIGHT):
    return confusion_matrix(counts, labels, theme, title="Test data")


def cells(figure):
    texts = figure.data[1]
    return {(y, x): text for y, x, text in zip(texts.y, texts.x, texts.text, strict=True)}


def test_a_cell_holds_the_count_and_its_share_of_the_true_class():
    texts = cells(drawn())
    assert texts[1, 2] == '3<br><span style="font-size:13px">6%</span>'
    assert texts[2, 1] == '1<br><span style="font-size:13px">2%</span>'


def test_rows_are_true_classes_from_top_to_bottom_and_columns_predicted_ones():
    layout = drawn().layout
    assert (layout.yaxis.title.text, layout.xaxis.title.text) == ("true class", "predicted class")
    assert (layout.yaxis.range, layout.xaxis.range) == ((2.5, -0.5), (-0.5, 2.5))
    assert drawn().data[0].customdata[1][2] == "true versicolor, predicted virginica<br><b>3</b> of 50"


def test_right_answers_are_framed_and_bold_so_that_colour_is_not_the_only_cue():
    figure = drawn()
    frames = figure.layout.shapes
    assert [(f.x0, f.x1, f.y0, f.y1) for f in frames] == [(k - 0.5, k + 0.5) * 2 for k in range(3)]
    bold = {place for place, text in cells(figure).items() if text.startswith("<b>")}
    assert bold == {(0, 0), (1, 1), (2, 2)}


def test_a_wrong_answer_that_never_came_is_a_bare_zero():
    assert cells(drawn())[0, 1] == "0"
    assert cells(drawn([[0, 5], [0, 5]], ["a", "b"]))[0, 0].startswith("<b>0</b><br>")


def test_a_class_without_points_has_no_share():
    figure = drawn([[0, 0], [1, 3]], ["a", "b"])
    assert ">–<" in cells(figure)[0, 0]
    assert list(figure.data[0].z[0]) == [0, 0]


@pytest.mark.parametrize(
    ("count", "total", "text"),
    [(0, 9, "0"), (1, 1000, "<1"), (1, 3, "33"), (999, 1000, ">99"), (7, 7, "100"), (0, 0, "–")],
)
def test_a_share_is_never_rounded_to_none_or_all(count, total, text):
    assert percent(count, total) == text


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_number_is_readable_on_every_shade(theme):
    for share in np.linspace(0, 1, 21):
        counts = np.array([[round(1000 * share), 1000 - round(1000 * share)], [0, 1000]])
        figure = drawn(counts, ["a", "b"], theme)
        for colour, value in zip(figure.data[1].textfont.color, np.ravel(figure.data[0].z), strict=True):
            assert contrast(colour, shade(theme, value)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_shade_follows_the_share_in_one_neutral_scale(theme):
    trace = drawn(theme=theme).data[0]
    assert (trace.zmin, trace.zmax) == (0, 1)
    assert [colour for _, colour in trace.colorscale] == [theme.field, theme.ink3]
    assert trace.z[1][2] == pytest.approx(3 / 50)


def test_every_class_carries_its_shape_in_its_colour():
    labels = [str(k) for k in range(10)]
    layout = drawn(np.eye(10, dtype=int), labels).layout
    for k, shape in enumerate(SHAPES):
        for name in (layout.xaxis.ticktext[k], layout.yaxis.ticktext[k]):
            assert LETTERS[shape] in name
            assert LIGHT.marks[k] in name
            assert name.endswith(labels[k])


def test_names_too_long_for_a_phone_stand_alone_above_the_columns():
    layout = drawn(np.eye(6, dtype=int), [f"class {k}" for k in range(6)]).layout
    assert layout.xaxis.ticktext[5] == "class 5"
    assert LETTERS["cross"] in layout.yaxis.ticktext[5]


def test_signs_of_markup_in_a_name_are_shown_and_not_obeyed():
    assert drawn([[1, 0], [0, 1]], ["<5", "≥5"]).layout.yaxis.ticktext[0].endswith("&lt;5")


@pytest.mark.parametrize("classes", range(2, 11))
def test_two_to_ten_classes_are_drawn(classes):
    figure = drawn(np.full((classes, classes), 7), [str(k) for k in range(classes)])
    assert len(cells(figure)) == classes**2
    assert 250 < figure.layout.height < 620


@pytest.mark.parametrize("classes", [11, 26, 50])
def test_of_many_classes_every_cell_keeps_room_for_its_count(classes):
    counts = np.diag(np.full(classes, 400))
    counts[0, 1] = 9
    figure = drawn(counts, [f"a class with a long name {k}" for k in range(classes)])
    texts, layout = cells(figure), figure.layout
    assert (texts[0, 0], texts[0, 1], texts[1, 0]) == ("<b>400</b>", "9", "")
    plot = layout.width - layout.margin.l - layout.margin.r, layout.height - layout.margin.t - layout.margin.b
    assert plot[0] == plot[1] >= 26 * classes
    assert layout.margin.l < 200


def test_of_many_classes_each_has_its_own_shape_and_colour_and_short_names_stay_upright():
    figure = drawn(np.eye(26), [chr(65 + k) for k in range(26)])
    marks = figure.layout.yaxis.ticktext
    assert len({mark.rpartition(" ")[0] for mark in marks}) == 26
    assert LETTERS[CLASS_SHAPES[25]] in marks[25]
    assert figure.layout.xaxis.tickangle == 0
    assert drawn(np.eye(11), ["long name"] * 11).layout.xaxis.tickangle == -90


def test_counts_and_labels_that_do_not_fit_are_refused_with_the_rule():
    with pytest.raises(
        ValueError, match=r"counts must have shape \(K, K\) with K from 2 to 50. Got \(1, 1\)"
    ):
        drawn([[1]], ["a"])
    with pytest.raises(ValueError, match=r"Got \(2, 3\)"):
        drawn([[1, 2, 3], [4, 5, 6]], ["a", "b"])
    with pytest.raises(ValueError, match=r"labels must have 3 entries, one per class. Got 2."):
        drawn(labels=["a", "b"])
