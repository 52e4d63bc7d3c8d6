"""A run file that is dropped anywhere on the page is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from pages.live.assets import component

FOLDER = Path(__file__).with_name("run_drop")
KEY = "run_drop"
LONGEST_DROPPED = 10_000_000
"""Most characters of a file that is dropped: it comes in one message, which has room for 32 million."""


def run_drop(open_run: Callable[[str], None], refuse: Callable[[str], None]) -> None:
    """Take what is dropped on the page.

    Args: open_run: takes the text of a file; refuse: takes the sentence why there is none.
    """

    def dropped() -> None:
        if (given := st.session_state.get(KEY, {}).get("dropped")) is None:
            return
        try:
            text = read_dropped(given)
        except ValueError as error:
            refuse(str(error))
        else:
            open_run(text)

    component(FOLDER)(key=KEY, data={"most": LONGEST_DROPPED}, on_dropped_change=dropped)


def read_dropped(given: object) -> str:
    """The text of a dropped file, which comes from a browser: possibly anything. Raises: ValueError."""
    file = given if isinstance(given, Mapping) else {}
    name, size, text = (file.get(key) for key in ("name", "size", "text"))
    if not (isinstance(name, str) and isinstance(size, int)):
        raise ValueError("What was dropped must be a file.")
    if not name.lower().endswith(".json"):
        raise ValueError(f"Only a run file can be dropped here: its name ends in .json. Got {name[:60]!r}.")
    if not isinstance(text, str):
        raise ValueError(
            f"A file that is dropped may have {LONGEST_DROPPED:,} characters. This one has {size:,}."
        )
    return text
