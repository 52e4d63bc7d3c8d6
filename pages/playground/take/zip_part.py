"""The part of the panel that puts everything into a zip, with the figures that are chosen."""

from __future__ import annotations

import streamlit as st

from pages.playground.session import Session
from pages.playground.take.bundle import browser_pictures, bundle
from pages.playground.take.figures import FIGURES, FORMATS, Choice, choice, choose, listed
from pages.shell.binding import bound
from pages.shell.controls import pills
from pages.shell.downloads import download
from pages.shell.shell import theme
from pages.shell.widgets import heading

LETTERS = 10
"""That a number of a table takes, about, with what parts it from the next."""


def page_address() -> str:
    """The address of the page, without its query."""
    return (st.context.url or "").partition("?")[0].rstrip("/") + "/"


def zip_part(user: Session, name: str) -> None:
    """Choose figures and formats, and download the zip."""
    heading("Everything as a zip")
    colours, address, chosen = theme(), page_address(), choice()
    kinds = [kind for kind, figure in FIGURES.items() if figure.suits(user.experiment)]

    def choose_figures(figures: list[str]) -> None:
        choose(chosen.changed(figures=[*figures, *(kind for kind in chosen.figures if kind not in kinds)]))

    def choose_formats(formats: list[str]) -> None:
        choose(chosen.changed(formats=formats))

    pills(
        "Figures",
        kinds,
        selection_mode="multi",
        format_func=lambda kind: FIGURES[kind].label,
        **bound("zip_figures", [*chosen.of(user.experiment)], choose_figures, default="default"),
    )
    pills(
        "Formats",
        [*FORMATS],
        selection_mode="multi",
        format_func=lambda kind: FORMATS[kind].label,
        **bound("zip_formats", [*chosen.formats], choose_formats, default="default"),
    )
    download(
        "Download zip",
        lambda: bundle(user, address, colours, chosen),
        f"{name}.zip",
        "application/zip",
        key="save_bundle",
        width="stretch",
        pictures=lambda: browser_pictures(user, chosen),
    )
    st.caption(_words(user, chosen))


def _words(user: Session, chosen: Choice) -> str:
    figures, formats = chosen.of(user.experiment), [FORMATS[name].label for name in chosen.formats]
    count = f"{len(figures)} figure{'s' if len(figures) > 1 else ''} as {listed(formats)}"
    size = _run_megabytes(user) + chosen.megabytes(user)
    about = f"about {size:.0f} MB" if size >= 1 else "less than 1 MB"
    drawn = f", {count}" if figures and formats else ""
    return f"The run file, both tables, the link, the code{drawn}: {about}."


def _run_megabytes(user: Session) -> float:
    """What the run file and the three codes take, about: each holds a table of one's own."""
    table = user.experiment.table
    return 0.1 + (0 if table is None else 4 * LETTERS * table.X.size / 1e6)
