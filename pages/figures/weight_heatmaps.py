"""All weights and biases of a network as coloured, numbered cells, one panel per layer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages.figures.numbers import exact_text, minus, signed
from pages.figures.symbols import indices, symbol
from pages.figures.theme import Theme, diverging_colour, diverging_scale, template, text_on

Floats = NDArray[np.floating[Any]]

PANELS_PER_LINE = 3  # with more, a phone has no room for the names of the neurons
GUTTER = 0.12  # share of the width between two panels, for names: 33 px on a phone
HEADING = 0.29  # share of the width for "→ hidden 2" above a panel and its gutter: 80 px on a phone
WIDEST_CELL = 0.14  # share of the width
BIAS_GAP = 0.35  # between the weights and the bias row, in cells

CELL_HEIGHT, SMALL_CELL_HEIGHT = 32, 22  # px
MANY_ROWS = 10  # if a layer has more, all cells get the smaller height
MANY_COLUMNS = 6  # with more, a column is headed by its neuron's number alone
HEADER, NAMES = 86, 32  # px above each line of panels; names of neurons, upright on a phone, take NAMES
LETTER, LONGEST = 8, 12  # px of a letter of a class's name; of a longer name it shows so many
TOP, BOTTOM, LEFT, RIGHT = 28, 84, 56, 30  # px
BAR = 40  # px from the cells to the colour bar
LONGEST_BAR, SHORTEST_BAR = 0.72, 0.4  # share of the width; the shorter one has room for three numbers
WIDE_PLOT = 1028 - LEFT - RIGHT  # px, width on a wide screen
TWO_DECIMALS = 40  # px, width that a cell needs for +0.37


@dataclass(frozen=True)
class Panel:
    """One layer's cells and their place: x as a share of the width, y in px from the top."""

    layer: int
    weights: Floats
    biases: Floats | None
    left: float
    right: float
    top: int

    @property
    def rows(self) -> float:
        """Height in cells, with gap and bias row."""
        fan_in: int = self.weights.shape[0]
        return fan_in + (0 if self.biases is None else 1 + BIAS_GAP)


def weight_heatmaps(
    weights: Sequence[Floats],
    biases: Sequence[Floats | None],
    input_labels: Sequence[str],
    theme: Theme,
    *,
    title: str,
    classes: Sequence[str] = (),
) -> go.Figure:
    """Every weight as a cell, row = from, column = to; the biases are set apart below.

    All layers share one colour scale, symmetric about 0. A number is written into its cell if it fits in
    13 px letters, and always shown on hover. The cells are unit bars instead of a heatmap trace: only in bars
    does Plotly hide text that doesn't fit, so that one figure suits a phone and a wide screen.

    Args:
        weights: per layer (fan_in, fan_out).
        biases: per layer (fan_out,), or None for a layer without biases.
        input_labels: names of the inputs, fan_in of the first layer.
        theme: LIGHT or DARK.
        title: up to about 40 characters, to fit a phone.
        classes: names of the output's neurons where each stands for a class, as the data names them.
    Raises: ValueError if the number of biases or labels doesn't match the weights.
    """
    if len(biases) != len(weights):
        raise ValueError(f"biases must have {len(weights)} entries, one per layer. Got {len(biases)}.")
    if len(input_labels) != weights[0].shape[0]:
        expected = weights[0].shape[0]
        raise ValueError(
            f"input_labels must have {expected} entries, one per input. Got {len(input_labels)}."
        )
    if classes and len(classes) != weights[-1].shape[1]:
        expected = weights[-1].shape[1]
        raise ValueError(f"classes must have {expected} entries, one per output. Got {len(classes)}.")

    names = [list(input_labels)]
    names += [[neuron_name(layer + 1, j) for j in range(W.shape[1])] for layer, W in enumerate(weights)]
    columns = [*names[1:-1], [_shortened(label) for label in classes] or names[-1]]
    room = max([NAMES, *(LETTER * len(label) + 8 for label in columns[-1] if classes)])
    names[-1] = [f"class {label}" for label in classes] or names[-1]
    places = ["inputs", *(f"hidden {layer}" for layer in range(1, len(weights)))]
    places.append("classes" if classes else "output")
    cell_height = SMALL_CELL_HEIGHT if max(W.shape[0] for W in weights) > MANY_ROWS else CELL_HEIGHT
    panels, unit, plot_height = arranged(weights, biases, cell_height, HEADER - NAMES + room)
    decimals = 2 if unit * WIDE_PLOT >= TWO_DECIMALS else 1
    limit = colour_limit([*weights, *(b for b in biases if b is not None)])

    traces: list[dict[str, object]] = []
    notes, axes = [], {}
    for panel in panels:
        k, axis = panel.layer, "" if panel.layer == 0 else str(panel.layer + 1)
        traces.append(_cells(panel, names[k], names[k + 1], columns[k], limit, decimals, theme))
        bottom = 1 - (panel.top + panel.rows * cell_height) / plot_height
        shared = {
            "fixedrange": True,
            "showgrid": False,
            "showline": False,
            "tickfont": {"color": theme.ink},
            "ticks": "",
        }
        axes[f"xaxis{axis}"] = {
            **shared,
            "anchor": f"y{axis}",
            **({"tickangle": 90} if room > NAMES and k == len(weights) - 1 else {"autotickangles": [0, 90]}),
            "domain": [panel.left, panel.right],
            "range": [-0.5, panel.weights.shape[1] - 0.5],
            "side": "top",
            "type": "category",
        }
        axes[f"yaxis{axis}"] = {
            **shared,
            "anchor": f"x{axis}",
            "domain": [max(0.0, bottom), 1 - panel.top / plot_height],
            "range": [-panel.rows, 0],
            "ticklabelstandoff": 4,
            "ticktext": ([_shortened(name.partition(" (")[0]) for name in names[0]] if k == 0 else names[k])
            + ([] if panel.biases is None else ["bias"]),
            "tickvals": [-(i + 0.5) for i in range(len(names[k]))] + [0.5 - panel.rows],
        }
        heading = f"{places[k]}<br>→ {places[k + 1]}"
        notes.append(_note(heading, theme.ink2, panel.left, 1 - panel.top / plot_height, room))

    bar_length = min(LONGEST_BAR, max(SHORTEST_BAR, *(panel.right for panel in panels)))
    said = f"colours from −{limit:g} to +{limit:g}"
    notes.append(_note(said, theme.ink, 0, 0, -(BAR - 4)))
    traces.append(
        {
            "type": "scatter",
            "x": [None],
            "y": [None],
            "hoverinfo": "skip",
            "marker": {"color": [0], "coloraxis": "coloraxis"},
        }
    )
    layout = {
        "annotations": notes,
        "bargap": 0,
        "coloraxis": _colour_bar(limit, bar_length, theme, plot_height),
        "height": plot_height + TOP + BOTTOM,
        "margin": {"t": TOP, "b": BOTTOM, "l": LEFT, "r": RIGHT},
        "showlegend": False,
        "paper_bgcolor": theme.ground,  # Streamlit 1.62 overrides a background that only the template sets
        "plot_bgcolor": theme.ground,
        "template": template(theme),
        "title": {"text": title, "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12, "l": 8}},
        "uniformtext": {"mode": "hide", "minsize": 13},
        **axes,
    }
    return go.Figure(traces, layout)


def neuron_name(layer: int, index: int) -> str:
    """Name of a neuron's activation: a, the index of A in brackets above it, the neuron from 1 below."""
    return symbol("a", layer, indices(index))


def colour_limit(arrays: Sequence[Floats]) -> float:
    """Largest absolute finite value, rounded up to two digits; 1 if all values are 0."""
    finite = np.concatenate([np.abs(a[np.isfinite(a)]).ravel() for a in arrays])
    largest = float(finite.max(initial=0.0))
    if largest == 0:
        return 1.0
    step = 10.0 ** (math.floor(math.log10(largest)) - 1)
    return float(f"{math.ceil(largest / step - 1e-9) * step:.3g}")


def _shortened(label: str) -> str:
    """A name of a column or class where there is little room; the hover text has all of it."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def arranged(
    weights: Sequence[Floats], biases: Sequence[Floats | None], cell_height: int, header: int = HEADER
) -> tuple[list[Panel], float, int]:
    """The panels in their places, the width of a cell (share of the width), and the total height (px)."""
    widths = [W.shape[1] for W in weights]
    lines, unit = _lines(widths, PANELS_PER_LINE)
    if unit * WIDE_PLOT < TWO_DECIMALS:
        shorter_lines, wider_unit = _lines(widths, PANELS_PER_LINE - 1)
        if wider_unit * WIDE_PLOT >= TWO_DECIMALS:
            lines, unit = shorter_lines, wider_unit

    panels: list[Panel] = []
    top = 0
    for line in lines:
        left, top = 0.0, top + header
        for k in line:
            panels.append(Panel(k, weights[k], biases[k], left, min(1.0, left + widths[k] * unit), top))
            left += max(widths[k] * unit + GUTTER, HEADING)
        top += math.ceil(max(panels[k].rows for k in line) * cell_height)
    return panels, unit, top


def _lines(widths: list[int], most: int) -> tuple[list[range], float]:
    """The layers in lines of at most `most` panels, and the widest cell with which every line fits."""
    layers = range(len(widths))
    lines = [layers[start : start + most] for start in layers[::most]]
    return lines, min(_widest_cell(sorted(widths[k] for k in line)) for line in lines)


def _widest_cell(widths: list[int]) -> float:
    """The widest cell with which panels of these numbers of columns, narrowest first, fit into one line."""
    for narrow in range(len(widths)):  # the number of panels that are narrower than their headings
        wide = widths[narrow:]
        unit = (1 + GUTTER - narrow * HEADING - len(wide) * GUTTER) / sum(wide)
        if wide[0] * unit + GUTTER >= HEADING:
            break
    return min(WIDEST_CELL, unit)


def _cells(
    panel: Panel,
    sources: list[str],
    targets: list[str],
    columns: list[str],
    limit: float,
    decimals: int,
    theme: Theme,
) -> dict[str, object]:
    few = len(targets) <= MANY_COLUMNS
    if not few and columns == targets:
        columns = [str(j + 1) for j in range(len(targets))]
    places = [(-(i + 1), j, f"{sources[i]} → {targets[j]}") for i, j in np.ndindex(panel.weights.shape)]
    values = [float(value) for value in panel.weights.ravel()]
    if panel.biases is not None:
        places += [(-panel.rows, j, f"bias of {target}") for j, target in enumerate(targets)]
        values += [float(value) for value in panel.biases]
    colours = [
        diverging_colour(theme, value / limit) if math.isfinite(value) else theme.warn_soft
        for value in values
    ]
    exact = [("+" if value > 0 else "") + exact_text(value, 6) for value in values]
    axis = "" if panel.layer == 0 else str(panel.layer + 1)
    return {
        "type": "bar",
        "x": [columns[j] for _, j, _ in places],
        "y": [1] * len(places),
        "base": [base for base, _, _ in places],
        "width": 1,
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "marker": {"color": colours, "line": {"width": 1, "color": theme.ground}},
        "text": [signed(value, decimals) for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": 13, "color": [text_on(colour) for colour in colours]},
        "customdata": [[name, value] for (_, _, name), value in zip(places, exact, strict=True)],
        "hovertemplate": "%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>",
    }


def _note(text: str, colour: str, x: float, y: float, shift: int) -> dict[str, object]:
    return {
        "text": text,
        "align": "left",
        "font": {"color": colour, "size": 14},
        "showarrow": False,
        "x": x,
        "xanchor": "left",
        "xref": "paper",
        "xshift": -2,  # Plotly puts a frame of 2 px around a text
        "y": y,
        "yanchor": "bottom",
        "yref": "paper",
        "yshift": shift,
    }


def _colour_bar(limit: float, length: float, theme: Theme, plot_height: int) -> dict[str, object]:
    ticks = [-limit, 0.0, limit]  # five would be too near each other on a phone
    labels = ["0" if tick == 0 else minus(f"{tick:+.3g}") for tick in ticks]
    return {
        "cmin": -limit,
        "cmax": limit,
        "colorscale": diverging_scale(theme),
        "colorbar": {
            "len": length,
            "orientation": "h",
            "thickness": 14,
            "tickfont": {"size": 14, "color": theme.ink},
            "ticktext": labels,
            "tickvals": ticks,
            "x": 0,
            "xanchor": "left",
            "xpad": 0,
            "y": -BAR / plot_height,
            "yanchor": "top",
            "ypad": 0,
        },
    }
