"""Shows a chart, and below it one sentence and its numbers for those who can't see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from pages.figures.alternative import Alternative, data_of
from pages.live.assets import part
from pages.live.turns import Turns

PART = Path(__file__).parent / "fields" / "part.js"


def chart(
    key: str,
    figure: go.Figure,
    alternative: Alternative,
    *,
    config: dict[str, Any],
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """Show a figure under a key; its alternative is folded away below, and a screen reader's text for it."""
    Turns.give_way()
    st.plotly_chart(figure, width=width, theme=None, key=key, config=config)
    numbers_below(key, alternative)


def numbers_below(key: str, alternative: Alternative) -> None:
    """Fold away the numbers of the chart with this key."""
    part(PART, "chart_numbers")(key=f"numbers_{key}", data=data_of(alternative, key))


def spoken(key: str, sentence: str) -> None:
    """Have a screen reader say a sentence once it has stayed for a moment; an empty one is not said."""
    part(PART, "spoken")(key=key, data=sentence)
