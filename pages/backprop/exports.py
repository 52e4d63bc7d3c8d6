"""The whole calculation as a file: a web page, Markdown with LaTeX, or a sheet of exercises."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pages.backprop.derivation import derivation_html, derivation_markdown
from pages.backprop.session import BackpropSession
from pages.backprop.worksheet import worksheet_html
from pages.shell.downloads import download
from pages.shell.widgets import popover


def exports(user: BackpropSession) -> None:
    """A popover with three files; each is made when its button is pressed."""
    name = "backprop-" + "".join(letter if letter.isalnum() else "-" for letter in user.settings.network)
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
    with popover("Export", "export", width=112):
        for key, (label, make, ending, kind) in files.items():
            download(label, partial(make, user), name + ending, kind, key=key, width="stretch")
