"""A file that is dropped anywhere on the page is opened: a run, or a table to learn from."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from pages.live.assets import component

FOLDER = Path(__file__).with_name("run_drop")
KEY = "run_drop"
LARGEST_DROPPED = 10_000_000
"""Most bytes of a file that is dropped: it comes in one message, in base64. A larger one can be chosen."""
RUN, TABLES = ".json", (".csv", ".tsv", ".txt")
"""How the names of files end that can be dropped."""


def run_drop(
    open_run: Callable[[bytes], None],
    open_table: Callable[[bytes, str], None],
    refuse: Callable[[str], None],
) -> None:
    """Take what is dropped on the page.

    Args:
        open_run:   takes the bytes of a run file.
        open_table: takes those of a table, and its name.
        refuse:     takes the sentence why there is neither.
    """

    def dropped() -> None:
        if (given := st.session_state.get(KEY, {}).get("dropped")) is None:
            return
        try:
            name, content = read_dropped(given)
        except ValueError as error:
            refuse(str(error))
        else:
            if name.lower().endswith(RUN):
                open_run(content)
            else:
                open_table(content, name)

    data = {"most": LARGEST_DROPPED, "endings": [RUN, *TABLES]}
    component(FOLDER)(key=KEY, data=data, on_dropped_change=dropped)


def read_dropped(given: object) -> tuple[str, bytes]:
    """Name and bytes of a dropped file, which comes from a browser: possibly anything. Raises: ValueError."""
    file = given if isinstance(given, Mapping) else {}
    name, size, content = (file.get(key) for key in ("name", "size", "bytes"))
    if not (isinstance(name, str) and isinstance(size, int)):
        raise ValueError("What was dropped must be a file.")
    if not name.lower().endswith((RUN, *TABLES)):
        raise ValueError(
            f"Only a run ({RUN}) or a table ({', '.join(TABLES)}) can be dropped here. Got {name[:60]!r}."
        )
    if not isinstance(content, str):
        larger = ": a larger run can be chosen under Take with you." if name.lower().endswith(RUN) else "."
        raise ValueError(
            f"A file that is dropped may have {LARGEST_DROPPED / 1e6:g} MB. "
            f"This one has {size / 1e6:.1f} MB{larger}"
        )
    try:
        return name, b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"{name[:60]!r} did not come whole: drop it again.") from None
