"""Buttons that save a file: it is made when one is pressed, and kept until the browser has it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

import pandas as pd
import streamlit as st

from pages.live.assets import saver
from pages.shell.controls import button

FILES = "backprop_files"
SAVER = "saver"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""


def download(
    label: str,
    make: Callable[[], str | bytes],
    name: str,
    kind: str,
    *,
    key: str,
    width: Any = "content",
    pictures: Callable[[], Pictures] | None = None,
) -> None:
    """A button that saves a file.

    Streamlit's own download button forgets with each run of the page how its file is made, so that a press
    during the run is lost; a press of an ordinary button is not.

    Args:
        make: returns the file's text or bytes; kind: its media type, such as "text/html".
        pictures: returns those that the browser adds; see save.
    """

    def pressed() -> None:
        save(make(), name, kind, None if pictures is None else pictures())

    button(label, key=key, on_click=pressed, width=width)


@dataclass(frozen=True)
class Pictures:
    """What the browser is to draw, and to add to a zip.

    Attributes:
        folder:  where in the zip the pictures go.
        figures: names of what the page's view can draw, in these formats: png, svg, html.
        charts:  keys of charts that the page shows, in these chart_formats: png, svg.
        made:    how the charts were made, as each of them says it.
    """

    folder: str
    figures: Sequence[str]
    formats: Sequence[str]
    charts: Sequence[str]
    chart_formats: Sequence[str]
    made: str


def save(made: str | bytes, name: str, kind: str, pictures: Pictures | None = None) -> None:
    """Have the browser save a file; hand_over_files brings it there.

    Args: pictures: of a zip, those that the browser adds to it.
    """
    content = made.encode() if isinstance(made, str) else made
    file = {"id": uuid4().hex, "name": name, "type": kind, "base64": b64encode(content).decode()}
    _files().append(file | ({} if pictures is None else {"pictures": asdict(pictures)}))


def csv_of(table: pd.DataFrame) -> str:
    """A table as CSV below its names; a text that begins like a formula stays text, behind an apostrophe."""
    texts = table.rename(columns=_as_text)
    for name in texts.select_dtypes(exclude="number"):
        texts[name] = texts[name].map(_as_text)
    written: str = texts.to_csv(index=False, lineterminator="\n")
    return written


def _as_text(value: object) -> object:
    begins = isinstance(value, str) and value.startswith(FORMULA_BEGINS)
    return f"'{value}" if begins else value


def hand_over_files(key: str = SAVER) -> None:
    """Call this at the end of a page: send the file that has waited longest, until the browser has it.

    Args: key: another one in a dialog, which runs without the page around it.
    """

    def saved() -> None:
        have = st.session_state.get(key, {}).get("saved")
        st.session_state[FILES] = [file for file in _files() if file["id"] != have]

    if files := _files():
        saver()(key=key, data=files[0], on_saved_change=saved)


def _files() -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = st.session_state.setdefault(FILES, [])
    return files
