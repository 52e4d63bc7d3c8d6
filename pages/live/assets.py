"""Reads a component's html, css and js from its folder; they are sent as text, never from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from pages.figures.theme import css_variables


def component(folder: str, scripts: Sequence[str]) -> Callable[..., Any]:
    """Declare the component in a folder beside this file.

    Args:
        folder:  holds <folder>.html, <folder>.css and the scripts.
        scripts: names without ending, joined in this order into one module; the last has the default export.
    """
    where = Path(__file__).with_name(folder)
    return st.components.v2.component(
        f"backprop_{folder}",
        html=(where / f"{folder}.html").read_text("utf-8"),
        css=css_variables() + (where / f"{folder}.css").read_text("utf-8"),
        js="\n".join((where / f"{name}.js").read_text("utf-8") for name in scripts),
    )
