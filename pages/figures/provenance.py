"""A line under a figure that says how it was made; the camera saves it with the picture."""

from __future__ import annotations

import html
import textwrap

import plotly.graph_objects as go

from pages.figures.theme import Theme

MOST_LETTERS = 44  # in a line, so that it fits the narrowest phone, 320 px wide
SIZE, LINE = 13, 17  # px
GAP, BELOW = 8, 10  # px above and below the text
INDENT = 8  # px from the left edge, as the titles


def add_provenance(figure: go.Figure, text: str, theme: Theme) -> go.Figure:
    """Write `text` in small letters below `figure`, which grows by the height of the text.

    Returns the figure itself. The plot keeps its size and place. The text starts at the left edge and is
    broken into lines that fit a phone; a line break in the text stays one.

    Args:
        figure: has a height and a left and bottom margin; its axis titles lie within the margin.
        text: how the figure was made: data, network, training, seed, version. Nothing is added if empty.
        theme: LIGHT or DARK.
    Raises: ValueError if the figure has no height or margins.
    """
    together = text.replace(" · ", "\u00a0· ")  # a line ends with a dot rather than starting with one
    together = together.replace("Backprop Playground", "Backprop\u00a0Playground")  # our name is not broken
    wrapped = [
        line
        for part in together.splitlines()
        for line in textwrap.wrap(part, MOST_LETTERS, break_on_hyphens=False)
    ]
    lines = [html.escape(line, quote=False) for line in wrapped]
    if not lines:
        return figure
    layout = figure.layout
    height, left, bottom = layout.height, layout.margin.l, layout.margin.b
    if height is None or left is None or bottom is None:
        raise ValueError("figure must have a height and a left and bottom margin. Got none.")
    grown = GAP + LINE * len(lines) + BELOW
    note = {
        "text": "<br>".join(lines),
        "align": "left",
        "font": {"color": theme.ink3, "size": SIZE},
        "name": "provenance",
        "showarrow": False,
        "x": 0,
        "xanchor": "left",
        "xref": "paper",
        "xshift": INDENT - left,
        "y": 0,
        "yanchor": "top",
        "yref": "paper",
        "yshift": -(bottom + GAP),
    }
    layout.annotations = [*layout.annotations, note]
    layout.height, layout.margin.b = height + grown, bottom + grown
    return figure


def room_of_provenance(figure: go.Figure) -> int:
    """How many px at the figure's bottom add_provenance has taken; 0 if it added nothing.

    A page that says how its figures were made once, below them all, cuts them off on the screen.
    """
    lines = [note.text.count("<br>") + 1 for note in figure.layout.annotations if note.name == "provenance"]
    return sum(GAP + LINE * count + BELOW for count in lines)
