"""Is backpropagation right? Its derivatives beside those from differences, and how ε changes their gap."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.colors import sample_colorscale

from pages.figures.numbers import exact_text, fixed, power, scientific, significant
from pages.figures.symbols import indices, symbol
from pages.figures.theme import Theme, diverging_colour, template, text_on
from pages.figures.weight_heatmaps import colour_limit

if TYPE_CHECKING:
    from engine import GradientCheck

Floats = NDArray[np.float64]

SMALL_CELL = 22  # px, without text
CELL, HEADING, GAP = 30, 27, 0.35  # cell in px, heading in px, gap above the biases in cells
BETWEEN, LINE_GAP = 1.0, 0.35  # cells between two blocks side by side, and below a line of blocks
FEWEST_COLUMNS = 6  # width of the figure in cells at least, so that a lone cell does not fill it
SIDE_BY_SIDE = 2  # most columns of two blocks side by side; wider ones are put below each other
MOST_COLUMNS = 9  # most columns of a line of blocks, gaps included
MANY = 24  # with more columns in all, lines are longer and cells smaller, without text:
DENSE_COLUMNS, DENSE_CELL = 30, 16  # most columns of a line, px
MOST_WRITTEN = 6  # most columns with text: in more, seven characters a cell do not fit on a phone
TOP, BOTTOM, LEFT, RIGHT = 40, 36, 22, 8  # px
CURVE_HEIGHT = 300
FINEST = -12  # errors of 10 to this power or less get the faintest colour
CAPTION, TICK = 13, 14  # px


@dataclass(frozen=True)
class Cell:
    """One number of a block: its text, its colour, and the text shown on hover."""

    text: str
    colour: str
    hover: str


Make = Callable[[float, str], Cell]  # makes a cell from a value and the words for its place


@dataclass(frozen=True)
class Block:
    """A matrix of cells under a heading; its last rows, those of the biases, are set apart."""

    heading: str
    rows: tuple[tuple[Cell, ...], ...]
    biases: int = 0

    @property
    def columns(self) -> int:
        """Width in cells."""
        return len(self.rows[0])

    @property
    def height(self) -> float:
        """Height in cells, with the gap."""
        return len(self.rows) + (GAP if self.biases else 0.0)


def derivative_cells(check: GradientCheck, layer: int, theme: Theme, *, title: str) -> go.Figure:
    """The derivatives of one layer from backpropagation and from differences, in numbered cells.

    A weight's row says where it comes from, its column where it leads; the biases are set apart below. After
    a check in random directions there is one row per direction.

    Args:
        check: what engine.gradient_check returned.
        layer: index of the layer, from 0; ignored for random directions.
        theme: LIGHT or DARK.
        title: up to about 40 characters.
    """
    analytic, numeric, _, _, biases = _layer(check, layer)
    limit, at = colour_limit([analytic, numeric]), layer if check.dW else None
    blocks = [
        Block(heading, _rows(values, biases, at, _derivative(limit, theme)), biases)
        for heading, values in (("analytic", analytic), ("numeric", numeric))
    ]
    lines = [blocks] if analytic.shape[1] <= SIDE_BY_SIDE else [[block] for block in blocks]
    caption = f"colours from −{limit:g} to +{limit:g}"
    return _drawn(lines, theme, title, caption, CELL if analytic.shape[1] <= MOST_WRITTEN else SMALL_CELL)


def error_cells(check: GradientCheck, theme: Theme, *, title: str) -> go.Figure:
    """The relative error of every derivative as its power of ten, one block per layer.

    A cell marked "kink" is not compared, because the loss has a kink within ε.

    Args: as for derivative_cells.
    """
    blocks = []
    for layer in range(max(1, len(check.dW))):
        _, _, error, kinks, biases = _layer(check, layer)
        at = layer if check.dW else None
        marked = np.where(kinks, -1.0, error)  # a relative error is never negative
        heading = symbol("W", layer + 1) if check.dW else "directions"
        blocks.append(Block(heading, _rows(marked, biases, at, _error(theme)), biases))
    dense = sum(block.columns for block in blocks) > MANY
    most = DENSE_COLUMNS if dense else MOST_COLUMNS
    lines: list[list[Block]] = []
    for block in blocks:
        fits = lines and sum(one.columns + BETWEEN for one in lines[-1]) + block.columns <= most
        if fits:
            lines[-1].append(block)
        else:
            lines.append([block])
    caption = f"faint 10<sup>−{-FINEST}</sup> or less … strong 1"
    return _drawn(lines, theme, title, caption, DENSE_CELL if dense else CELL)


def difference_curve(
    epsilons: Floats, differences: Floats, chosen: float, theme: Theme, *, title: str
) -> go.Figure:
    """The largest difference of analytic and numeric derivatives against ε, both axes logarithmic.

    Rounding makes the left arm of the V, truncation the right one.

    Args:
        epsilons:    (k,) increasing.
        differences: (k,) NaN where nothing could be compared; leaves a gap.
        chosen:      the ε with the marker, one of epsilons.
        theme:       LIGHT or DARK.
        title:       up to about 45 characters.
    """
    seen = differences[np.isfinite(differences) & (differences > 0)]
    low = math.floor(math.log10(seen.min())) if seen.size else -16
    high = math.ceil(math.log10(seen.max())) if seen.size else 0
    high = max(high, low + 4)
    heights = np.where(differences == 0, 10.0**low, differences)  # 0 has no place on a logarithmic axis
    at = int(np.argmin(np.abs(epsilons - chosen)))
    said = [
        f"ε = {scientific(e)}<br><b>{scientific(d)}</b>" for e, d in zip(epsilons, differences, strict=True)
    ]
    figure = go.Figure(
        go.Scatter(
            x=epsilons,
            y=heights,
            mode="lines",
            line={"color": theme.ink, "width": 2.5},
            customdata=said,
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    figure.add_vline(chosen, line={"color": theme.accent, "width": 2.5})
    figure.add_trace(
        go.Scatter(
            x=[chosen],
            y=[heights[at]],
            mode="markers",
            marker={"color": theme.accent, "size": 13, "line": {"color": theme.ground, "width": 2}},
            customdata=[said[at]],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    for words, x, anchor in (("rounding", 0.01, "left"), ("truncation", 0.99, "right")):
        figure.add_annotation(
            text=words,
            x=x,
            xanchor=anchor,
            xref="paper",
            y=0.01,
            yanchor="bottom",
            yref="paper",
            font={"color": theme.ink2, "size": TICK},
            bgcolor=theme.ground,
            showarrow=False,
        )
    axis = {"type": "log", "exponentformat": "power", "fixedrange": True}
    figure.update_layout(
        height=CURVE_HEIGHT,
        margin={"t": TOP, "b": 56, "l": 58, "r": 14},
        paper_bgcolor=theme.ground,
        plot_bgcolor=theme.ground,
        showlegend=False,
        template=template(theme),
        title=_title(title),
        xaxis={
            **axis,
            "dtick": 3,
            "tick0": -12,
            "range": [math.log10(epsilons[0]), math.log10(epsilons[-1])],
            "showgrid": False,
            "title": {"text": "difference step ε"},
        },
        yaxis={**axis, "dtick": 3 if high - low > 7 else 2, "range": [low - 0.6, high]},
    )
    return figure


def _layer(check: GradientCheck, layer: int) -> tuple[Floats, Floats, Floats, NDArray[np.bool_], int]:
    """A layer's analytic, numeric, relative error and kinks, biases last; and the number of bias rows."""
    parts, biases = [check], 0
    columns = 1
    if check.dW:
        weights, bias = check.dW[layer], check.db[layer]
        columns = weights.analytic.shape[1]
        parts = [weights] if bias is None else [weights, bias]
        biases = 0 if bias is None else bias.analytic.size // columns

    def together(name: str) -> Floats:
        rows = [np.asarray(getattr(part, name), np.float64).reshape(-1, columns) for part in parts]
        return np.vstack(rows)

    return (
        together("analytic"),
        together("numeric"),
        together("relative_error"),
        together("kinks") > 0,
        biases,
    )


def _derivative(limit: float, theme: Theme) -> Make:
    """A maker of cells for derivatives, coloured from −limit to +limit."""

    def make(value: float, place: str) -> Cell:
        colour = diverging_colour(theme, value / limit) if math.isfinite(value) else theme.warn_soft
        text = fixed(value, 4) if abs(value) < 10 else significant(value, 3)
        return Cell(text, colour, f"{place}<br><b>{exact_text(value)}</b>")

    return make


def _error(theme: Theme) -> Make:
    """A maker of cells for relative errors, where −1 means a kink."""

    def make(value: float, place: str) -> Cell:
        if value < 0:
            return Cell("kink", theme.warn_soft, f"{place}<br>a kink within ε: not compared")
        if not math.isfinite(value):
            return Cell("NaN", theme.warn_soft, f"{place}<br>not a number")
        decade = round(math.log10(value)) if value > 0 else None
        share = 0.0 if decade is None else min(1.0, max(0.0, 1 - decade / FINEST))
        text = "0" if decade is None else power(decade)
        colour = _mixed(theme.accent_soft, theme.accent, share)
        return Cell(text, colour, f"{place}<br><b>{scientific(value)}</b>")

    return make


def _mixed(one: str, other: str, share: float) -> str:
    (parts,) = sample_colorscale([[0, one], [1, other]], [share], colortype="tuple")
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _rows(values: Floats, biases: int, layer: int | None, make: Make) -> tuple[tuple[Cell, ...], ...]:
    """The cells of a matrix, its last rows being the biases; layer None means random directions."""
    weights = len(values) - biases

    def place(i: int, j: int) -> str:
        if layer is None:
            return f"random direction {i + 1}"
        if i >= weights:
            which = f" of sample {i - weights + 1}" if biases > 1 else ""
            return symbol("b", layer + 1, indices(j)) + which
        return symbol("W", layer + 1, indices(i, j))

    return tuple(
        tuple(make(float(value), place(i, j)) for j, value in enumerate(row)) for i, row in enumerate(values)
    )


def _drawn(
    lines: Sequence[Sequence[Block]], theme: Theme, title: str, caption: str, cell_height: int = CELL
) -> go.Figure:
    """Blocks in lines; x and y count cells, so one pair of axes serves all blocks."""
    head, small = HEADING / cell_height, cell_height < CELL
    cells: list[Cell] = []
    x: list[float] = []
    base: list[float] = []
    notes: list[tuple[float, float, str]] = []
    names: dict[float, str] = {}
    top = widest = 0.0
    for line in lines:
        left = 0.0
        for block in line:
            notes.append((left, -(top + head), block.heading))
            for i, row in enumerate(block.rows):
                is_bias = i >= len(block.rows) - block.biases
                bottom = -(top + head + i + 1 + (GAP if is_bias else 0.0))
                if is_bias and left == 0:
                    names[bottom + 0.5] = "b"
                for j, cell in enumerate(row):
                    cells.append(cell)
                    x.append(left + j + 0.5)
                    base.append(bottom)
            left += block.columns + BETWEEN
        widest = max(widest, left - BETWEEN)
        top += head + max(block.height for block in line) + LINE_GAP
    figure = go.Figure(
        go.Bar(
            x=x,
            y=[1] * len(x),
            base=base,
            width=1,
            marker={"color": [c.colour for c in cells], "line": {"width": 1.5, "color": theme.ground}},
            text=["" if small else cell.text for cell in cells],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"size": CAPTION, "color": [text_on(cell.colour) for cell in cells]},
            customdata=[cell.hover for cell in cells],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    for left, bottom, heading in notes:
        figure.add_annotation(
            text=heading,
            x=left,
            xanchor="left",
            xshift=-2,
            y=bottom,
            yanchor="bottom",
            font={"color": theme.ink2, "size": TICK},
            showarrow=False,
        )
    figure.add_annotation(
        text=caption,
        x=0,
        xanchor="left",
        xref="paper",
        xshift=-2,
        y=0,
        yanchor="top",
        yref="paper",
        font={"color": theme.ink2, "size": CAPTION},
        showarrow=False,
    )
    axis = {"fixedrange": True, "showgrid": False, "showline": False, "ticks": ""}
    figure.update_layout(
        bargap=0,
        height=round(top * cell_height) + TOP + BOTTOM,
        margin={"t": TOP, "b": BOTTOM, "l": LEFT, "r": 3 * RIGHT if small else RIGHT},
        paper_bgcolor=theme.ground,
        plot_bgcolor=theme.ground,
        showlegend=False,
        template=template(theme),
        title=_title(title),
        uniformtext={"mode": "hide", "minsize": CAPTION},
        xaxis={**axis, "range": [0, max(widest, FEWEST_COLUMNS)], "showticklabels": False},
        yaxis={
            **axis,
            "range": [-top, 0],
            "tickvals": list(names),
            "ticktext": list(names.values()),
            "tickfont": {"size": CAPTION},
        },
    )
    return figure


def _title(text: str) -> dict[str, object]:
    return {
        "text": text,
        "font": {"size": 15},
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"t": 10, "l": 8},
    }
