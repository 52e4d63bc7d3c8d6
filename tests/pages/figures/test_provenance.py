import numpy as np
import plotly.graph_objects as go
import pytest

from pages.figures.confusion_matrix import confusion_matrix
from pages.figures.loss_history import loss_history
from pages.figures.predicted_true import predicted_true
from pages.figures.provenance import MOST_LETTERS, add_provenance, room_of_provenance
from pages.figures.theme import DARK, LIGHT, THEMES
from pages.figures.weight_heatmaps import weight_heatmaps

TEXT = (
    "circle, noise 0.10, 500 points · 4-2 tanh · SGD, learning rate 0.03, batch 10, seed 7 · "
    "Backprop Playground 1.0"
)


def figures(theme):
    return {
        "weights": weight_heatmaps([np.ones((2, 1))], [np.zeros(1)], ["x₁", "x₂"], theme, title="W"),
        "loss": loss_history([0, 1], [0.5, 0.4], [0.6, 0.5], theme, title="L"),
        "confusion": confusion_matrix([[3, 1], [0, 4]], ["−1", "+1"], theme, title="C"),
        "predicted": predicted_true([0, 1], [0, 1], [True, False], theme, title="P"),
    }


def note(figure):
    (found,) = [a for a in figure.layout.annotations if a.name == "provenance"]
    return found


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("name", figures(LIGHT))
def test_the_figure_grows_by_what_the_text_needs_and_the_plot_keeps_its_size(name, theme):
    before, after = figures(theme)[name], add_provenance(figures(theme)[name], TEXT, theme)
    grown = after.layout.height - before.layout.height
    assert grown == after.layout.margin.b - before.layout.margin.b
    assert grown >= 17 * (note(after).text.count("<br>") + 1)
    assert after.layout.margin.t == before.layout.margin.t
    assert room_of_provenance(after) == grown
    assert room_of_provenance(before) == 0


@pytest.mark.parametrize("name", figures(LIGHT))
def test_the_text_stands_below_everything_that_was_there_and_starts_at_the_left_edge(name):
    before, text = figures(LIGHT)[name], note(add_provenance(figures(LIGHT)[name], TEXT, LIGHT))
    assert (text.xref, text.x, text.xanchor, text.yref, text.y, text.yanchor) == (
        "paper", 0, "left", "paper", 0, "top",
    )  # fmt: skip
    assert text.yshift < -before.layout.margin.b
    assert text.xshift + before.layout.margin.l == 8


def test_lines_fit_a_phone_and_lose_no_word():
    lines = note(add_provenance(figures(LIGHT)["loss"], TEXT, LIGHT)).text.split("<br>")
    assert all(len(line) <= MOST_LETTERS for line in lines)
    assert " ".join(lines).replace("\u00a0", " ") == TEXT
    assert not any(line.startswith("·") for line in lines)


def test_a_network_is_not_broken_at_its_hyphens():
    text = note(add_provenance(figures(LIGHT)["loss"], f"{'x' * 40} 2-4-4-4-4-2-1", LIGHT)).text
    assert "<br>2-4-4-4-4-2-1" in text


def test_a_word_longer_than_a_line_is_broken():
    lines = note(add_provenance(figures(LIGHT)["loss"], "x" * 120, LIGHT)).text.split("<br>")
    assert [len(line) for line in lines] == [MOST_LETTERS, MOST_LETTERS, 120 - 2 * MOST_LETTERS]


def test_it_is_small_in_the_quiet_ink_of_the_theme():
    for theme in (LIGHT, DARK):
        text = note(add_provenance(figures(theme)["loss"], TEXT, theme))
        assert (text.font.size, text.font.color, text.showarrow) == (13, theme.ink3, False)


def test_signs_of_markup_are_shown_and_not_obeyed():
    text = note(add_provenance(figures(LIGHT)["loss"], "<b>a & b</b>", LIGHT)).text
    assert text == "&lt;b&gt;a &amp; b&lt;/b&gt;"


def test_a_line_break_in_the_text_stays_one():
    assert (
        note(add_provenance(figures(LIGHT)["loss"], "A sentence.\nSGD", LIGHT)).text == "A sentence.<br>SGD"
    )


def test_no_text_changes_nothing():
    before = figures(LIGHT)["loss"]
    assert add_provenance(figures(LIGHT)["loss"], "  ", LIGHT) == before


def test_a_figure_without_a_height_is_refused():
    with pytest.raises(ValueError, match="figure must have a height and a left and bottom margin"):
        add_provenance(go.Figure(), TEXT, LIGHT)


@pytest.mark.parametrize("before", range(60))
def test_the_name_of_the_app_is_never_broken(before):
    text = f"{'x' * before} · Backprop Playground 1.0"
    assert "Backprop\u00a0Playground" in note(add_provenance(figures(LIGHT)["loss"], text, LIGHT)).text
