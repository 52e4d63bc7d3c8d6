"""Buttons that save a file: it is made when one is pressed, and kept until the browser has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.live.assets import saver
from pages.shell.controls import button

FILES = "backprop_files"
SAVER = "saver"


def download(
    label: str, make: Callable[[], str | bytes], name: str, kind: str, *, key: str, width: Any = "content"
) -> None:
    """A button that saves a file.

    Streamlit's own download button forgets with each run of the page how its file is made, so that a press
    during the run is lost; a press of an ordinary button is not.

    Args: make: returns the file's text; kind: its media type, such as "text/html".
    """

    def pressed() -> None:
        made = make()
        text = made if isinstance(made, str) else made.decode()
        _files().append({"id": uuid4().hex, "name": name, "type": kind, "text": text})

    button(label, key=key, on_click=pressed, width=width)


def hand_over_files() -> None:
    """Call this at the end of a page: send the file that has waited longest, until the browser has it."""

    def saved() -> None:
        have = st.session_state.get(SAVER, {}).get("saved")
        st.session_state[FILES] = [file for file in _files() if file["id"] != have]

    if files := _files():
        saver()(key=SAVER, data=files[0], on_saved_change=saved)


def _files() -> list[dict[str, str]]:
    files: list[dict[str, str]] = st.session_state.setdefault(FILES, [])
    return files
