"""Shows a table as it is to be read: decimals in line, a true minus, no noise."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from pages.figures.alternative import cell_writer

MOST_CELLS = 20_000
"""Most cells of a table whose numbers stay numbers below their texts; more would take the page too long."""


def number_table(
    key: str,
    table: pd.DataFrame,
    *,
    decimals: int = 4,
    width: int | Literal["stretch"] = "stretch",
    height: int | Literal["auto"] = "auto",
) -> None:
    """Show a table under a key; its toolbar sorts and saves the numbers, of a very long one the texts."""
    writers = {str(name): cell_writer(table[name].tolist(), decimals) for name in table.columns}
    if table.size <= MOST_CELLS:
        styled = table.reset_index(drop=True).style.format(writers)
        st.dataframe(styled, key=key, hide_index=True, width=width, height=height, placeholder="–")
        return
    texts = pd.DataFrame({name: map(write, table[name].tolist()) for name, write in writers.items()})
    right = {name: st.column_config.TextColumn(alignment="right") for name in writers}
    st.dataframe(texts, key=key, hide_index=True, width=width, height=height, column_config=right)
