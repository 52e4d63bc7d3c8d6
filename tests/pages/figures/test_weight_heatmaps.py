from itertools import pairwise

import numpy as np
import pytest

from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.figures.theme import DARK, LIGHT, text_on
from pages.figures.weight_heatmaps import GUTTER, HEADING, arranged, colour_limit, signed, weight_heatmaps

SEVEN = ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"]


def network(*dims, seed=0):
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=shape) for shape in pairwise(dims)]
    return weights, [rng.normal(size=width) for width in dims[1:]]


def drawn(*dims, theme=LIGHT, **changes):
    weights, biases = network(*dims)
    arguments = {"weights": weights, "biases": biases, "input_labels": SEVEN[: dims[0]], **changes}
    return weight_heatmaps(**arguments, theme=theme, title="Weights")


def bars(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def test_a_cell_stands_in_the_row_it_comes_from_and_the_column_it_leads_to():
    weights, biases = network(2, 4, 2, 1)
    layer = bars(drawn(2, 4, 2, 1))[1]  # 4 → 2
    cell = 2 * 2 + 1  # row 3 of 4, column 2 of 2
    assert layer.customdata[cell][0] == "a<sup>[1]</sup><sub>3</sub> → a<sup>[2]</sup><sub>2</sub>"
    assert layer.x[cell] == "a<sup>[2]</sup><sub>2</sub>"
    assert layer.base[cell] == -3
    assert layer.text[cell] == signed(weights[1][2, 1])
    assert layer.customdata[-1][0] == "bias of a<sup>[2]</sup><sub>2</sub>"
    assert layer.text[-1] == signed(biases[1][1])


def test_outputs_that_stand_for_classes_are_called_as_the_data_names_these():
    figure = drawn(2, 3, 3, classes=["0", "1", "2"])
    layer = bars(figure)[1]
    assert list(layer.x[:3]) == ["0", "1", "2"]
    assert layer.customdata[0][0] == "a<sup>[1]</sup><sub>1</sub> → class 0"
    assert layer.customdata[-1][0] == "bias of class 2"
    assert figure.layout.annotations[1].text == "hidden 1<br>→ classes"
    with pytest.raises(ValueError, match=r"classes must have 3 entries, one per output\. Got 2\."):
        drawn(2, 3, 3, classes=["0", "1"])


def test_biases_stand_below_the_weights_with_a_gap():
    layer = bars(drawn(2, 4, 2, 1))[0]
    assert sorted(set(layer.base)) == pytest.approx([-3.35, -2, -1])


def test_headings_say_from_where_to_where():
    layout = drawn(2, 4, 1).layout
    assert [note.text for note in layout.annotations[:2]] == ["inputs<br>→ hidden 1", "hidden 1<br>→ output"]
    assert [note.x for note in layout.annotations[:2]] == [layout.xaxis.domain[0], layout.xaxis2.domain[0]]
    assert layout.yaxis.ticktext == ("x₁", "x₂", "bias")


def test_a_network_without_biases_has_no_bias_row():
    weights, _ = network(2, 3, 1)
    figure = drawn(2, 3, 1, biases=[None, None])
    assert [len(layer.text) for layer in bars(figure)] == [W.size for W in weights]
    assert figure.layout.yaxis.ticktext == ("x₁", "x₂")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_all_layers_share_one_colour_scale_symmetric_about_zero(theme):
    weights = [np.array([[2.0, -1.0]]), np.array([[0.5], [0.0]])]
    figure = weight_heatmaps(weights, [None, None], ["x₁"], theme, title="Weights")
    first, second = bars(figure)
    assert first.marker.color[0] == theme.diverging[4]  # 2 of 2
    assert first.marker.color[1] == theme.diverging[1]  # −1 of 2
    assert second.marker.color[1] == theme.diverging[2]
    assert (figure.layout.coloraxis.cmin, figure.layout.coloraxis.cmax) == (-2, 2)
    assert "−2 to +2" in figure.layout.annotations[-1].text


def test_numbers_are_black_or_white_whichever_reads_better():
    for layer in bars(drawn(2, 8, 3)):
        assert list(layer.insidetextfont.color) == [text_on(colour) for colour in layer.marker.color]


def test_a_number_is_hidden_where_it_would_be_smaller_than_13_pixels():
    figure = drawn(2, 4, 2, 1)
    assert figure.layout.uniformtext.to_plotly_json() == {"mode": "hide", "minsize": 13}
    assert all(layer.insidetextfont.size == 13 and layer.hovertemplate for layer in bars(figure))


def test_numbers_that_are_not_finite_are_named_and_leave_the_scale_alone():
    weights = [np.array([[np.nan, np.inf, -np.inf, 1.0]])]
    figure = weight_heatmaps(weights, [None], ["x₁"], LIGHT, title="Weights")
    assert bars(figure)[0].text == ("NaN", "+∞", "−∞", "+1.00")
    assert figure.layout.coloraxis.cmax == 1


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.374, 2, "+0.37"),
        (-0.374, 2, "−0.37"),
        (0.0, 2, "0.00"),
        (-12.34, 2, "−12.3"),
        (9.996, 2, "+10.0"),
        (123.4, 2, "+123"),
        (-123456.0, 2, "−10<sup>5</sup>"),
        (3e7, 2, "+3·10<sup>7</sup>"),
        (0.374, 1, "+0.4"),
        (-12.34, 1, "−12"),
    ],
)
def test_a_number_keeps_its_sign_and_its_width(value, decimals, text):
    assert signed(value, decimals) == text


@pytest.mark.parametrize(
    ("values", "limit"), [([0.0], 1), ([0.8342], 0.84), ([-1.6], 1.6), ([12.01], 13), ([np.nan, 0.5], 0.5)]
)
def test_the_scale_ends_at_the_largest_size_rounded_up_to_two_digits(values, limit):
    assert colour_limit([np.array(values)]) == limit


@pytest.mark.parametrize("dims", [(2, 1), (2, 4, 2, 1), (2, 8, 8, 1), (2, 1, 1, 1, 3), (7, 16, *[8] * 7, 1)])
def test_panels_lie_inside_the_figure_and_never_overlap(dims):
    weights, biases = network(*dims)
    panels, unit, height = arranged(weights, biases, 32)
    for panel in panels:
        assert 0 <= panel.left < panel.right <= 1
        assert panel.right - panel.left == pytest.approx(unit * panel.weights.shape[1])
        assert panel.top + panel.rows * 32 <= height
    for one, other in pairwise(panels):
        same_line = one.top == other.top
        gap = other.left - one.right
        assert gap > GUTTER - 1e-9 if same_line else other.top > one.top + one.rows * 32


def test_gaps_between_panels_are_even_unless_a_heading_needs_more():
    panels, _, _ = arranged(*network(2, 4, 2, 1), 32)
    assert [b.left - a.right for a, b in pairwise(panels)] == pytest.approx([GUTTER, GUTTER])


@pytest.mark.parametrize("dims", [(2, 8, 1, 8), (2, 1, 1, 1, 3), (7, 16, 8, 8, 8, 1)])
def test_every_heading_has_room_before_the_next_one(dims):
    panels, _, _ = arranged(*network(*dims), 32)
    assert all(b.left - a.left > HEADING - 1e-9 for a, b in pairwise(panels) if a.top == b.top)
    assert all(panel.left <= 1 + GUTTER - HEADING + 1e-9 for panel in panels)


@pytest.mark.parametrize("dims", [(2, 4, 2, 1), (2, 2, 1), (2, 8, 8, 1)])
def test_the_colour_bar_is_not_wider_than_the_panels(dims):
    panels, _, _ = arranged(*network(*dims), 32)
    bar = drawn(*dims).layout.coloraxis.colorbar
    assert bar.len <= max(panel.right for panel in panels)


@pytest.mark.parametrize("dims", [(2, 1), (2, 4, 2, 1)])
def test_the_colour_bar_names_three_values_only_which_have_room_on_a_phone(dims):
    assert len(drawn(*dims).layout.coloraxis.colorbar.ticktext) == 3


@pytest.mark.parametrize("dims", [(2, 4, 2, 1), (2, 8, 8, 1)])
def test_usual_networks_show_two_decimals_on_a_wide_screen(dims):
    assert all(len(text) == 5 or text == "0.00" for layer in bars(drawn(*dims)) for text in layer.text)


def test_every_layer_of_the_largest_network_has_its_own_axes():
    figure = drawn(7, 16, *[8] * 7, 1)
    assert len({layer.xaxis for layer in bars(figure)}) == len(bars(figure)) == 9
    assert figure.layout.height < 1200


def test_wrong_numbers_of_labels_or_biases_are_refused_with_the_rule():
    with pytest.raises(ValueError, match=r"input_labels must have 2 entries, one per input. Got 1."):
        drawn(2, 1, input_labels=["x₁"])
    with pytest.raises(ValueError, match=r"biases must have 1 entries, one per layer. Got 0."):
        drawn(2, 1, biases=[])


def test_the_camera_is_the_only_button_and_saves_three_times_the_pixels():
    config = camera_config("weights")
    assert config["modeBarButtons"] == [["toImage"]]
    options = config["toImageButtonOptions"]
    assert (options["filename"], options["format"], options["scale"]) == ("weights", "png", 3)
    assert camera_config("weights", "svg")["toImageButtonOptions"]["format"] == "svg"
    assert list(PICTURE_FORMATS) == ["png", "svg"]
    with pytest.raises(ValueError, match="picture_format must be one of png, svg"):
        camera_config("weights", "gif")
