"""The whole calculation as a file: a web page, Markdown with LaTeX, or a sheet of exercises."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.backprop.derivation import derivation_html, derivation_markdown
from pages.backprop.session import BackpropSession, has_errata
from pages.backprop.settings import PLAYGROUND
from pages.backprop.worksheet import worksheet_html
from pages.shell.downloads import download
from pages.shell.widgets import popover


def exports(user: BackpropSession) -> None:
    """A popover with three files; each is made when its button is pressed."""
    name = export_name(user)
    files: dict[str, tuple[str, Callable[[BackpropSession], bytes], str, str]] = {
        "derivation_html": ("Derivation as a web page", derivation_html, ".html", "text/html"),
        "derivation_markdown": (
            "Derivation as Markdown with LaTeX",
            derivation_markdown,
            ".md",
            "text/markdown",
        ),
        "worksheet_html": ("Worksheet with answer key", worksheet_html, "-worksheet.html", "text/html"),
    }
    with popover("Export", "export", width=98) as there:
        if not there:
            return
        if has_errata(user) and user.settings.errata:
            st.caption("The derivations include the errata, as the page does.")
        for key, (label, make, ending, kind) in files.items():
            download(label, partial(make, user), name + ending, kind, key=key, width="stretch")


def export_name(user: BackpropSession) -> str:
    """The beginning of the files' names: what is worked through, and which version of its numbers."""
    label, version = user.label, user.settings.version
    if user.settings.network == PLAYGROUND:  # without the epoch and the number of points
        label = f"{PLAYGROUND}, version {version}" if version else PLAYGROUND
    return f"backprop-{file_name(label)}"


def file_name(label: str) -> str:
    """A label as part of a file's name: "4-3-2-1 sigmoid, cross-entropy" is 4-3-2-1-sigmoid-cross-entropy."""
    words = "".join(letter.lower() if letter.isalnum() else " " for letter in label)
    return "-".join(words.split())
