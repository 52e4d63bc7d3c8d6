"""Everything of a run in one zip: run file, numbers, link, and the figures as pages that open offline."""

from __future__ import annotations

import html
import io
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any, Literal
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pandas as pd
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from pages.figures.alternative import Alternative
from pages.figures.camera import camera_config
from pages.figures.provenance import add_provenance
from pages.figures.theme import Theme
from pages.playground.below import draw_figures, epoch_text
from pages.playground.session import Session
from pages.playground.take.code import KINDS, part_of
from pages.playground.take.figures import FIGURES, FORMATS, Choice, listed
from pages.playground.take.tables import history, weights
from pages.shell.downloads import Pictures, csv_of

FOLDER = "figures/"
"""The folder of the figures; the browser adds the pictures that it draws itself."""
PLOTLY = "plotly.min.js"
WHAT = {
    "run.json": "the run: open it in the playground, and it goes on from this frame",
    "history.csv": "losses and scores of every frame up to this one",
    "weights.csv": "every weight and bias at this frame",
    "link.txt": "the address that opens the run at this frame",
    "code": "the run as a script in NumPy and in PyTorch, and as a notebook that goes on with it",
}
"""What the bundle holds besides figures, as its README says."""


def bundle(user: Session, address: str, colours: Theme, chosen: Choice) -> bytes:
    """The zip of the shown frame, not compressed; equal runs give equal bytes.

    The browser adds what browser_pictures names.

    Args:   address: of the page, without its query.
    Raises: ValueError if the run can't be saved.
    """
    made = made_of(user)
    sheet = Pages(made, colours, chosen.charts(user) if "html" in chosen.formats else ())
    if sheet.wanted:
        draw_figures(user, sheet, log=True)
    files: dict[str, str] = {
        "README.txt": "\n".join([made, "", *_contents(user, chosen), ""]),
        "run.json": user.run_file(),
        "history.csv": csv_of(history(user)),
        "weights.csv": csv_of(weights(user)),
        "link.txt": f"{address}?{user.link}\n",
        **_code(user),
        **{f"{FOLDER}{name}.html": page for name, page in sheet.pages.items()},
        **({f"{FOLDER}{PLOTLY}": get_plotlyjs()} if sheet.pages else {}),
    }
    return zipped(files)


def made_of(user: Session) -> str:
    """How the figures of the shown frame were made, as each of them says it."""
    user.stand_at_shown()
    return f"{user.provenance} · epoch {epoch_text(user.timeline[user.timeline.frame].progress)}"


def browser_pictures(user: Session, chosen: Choice) -> Pictures:
    """Which of the chosen files the browser draws: pages of charts are made here."""
    drawn = [name for name in chosen.formats if name != "html"]
    return Pictures(FOLDER, chosen.drawn(), chosen.formats, chosen.charts(user), drawn, made_of(user))


def _contents(user: Session, chosen: Choice) -> list[str]:
    """A line for each file of the zip, or group of files."""
    formats = listed([FORMATS[name].label for name in chosen.formats])
    figures = [f"{FOLDER}: {FIGURES[name].label} as {formats}" for name in chosen.of(user.experiment)]
    return [f"{name}: {what}" for name, what in WHAT.items()] + (figures if formats else [])


def _code(user: Session) -> dict[str, str]:
    """The run in every way of writing it that can write it."""
    part, files = part_of(user), {}
    for kind in KINDS.values():
        with suppress(ValueError):
            files[f"code/run{kind.ending}"] = kind.file(part)
    return files


def zipped(files: Mapping[str, str]) -> bytes:
    """A zip of texts, stored; each has the date from which zips count."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name), text.encode())
    return buffer.getvalue()


class Pages:
    """Draws figures as pages of their own, which share the code for charts.

    Attributes:
        wanted: keys of the figures that get one.
        pages:  each figure's key -> its page.
    """

    tables = True

    def __init__(self, provenance: str, colours: Theme, wanted: Collection[str]) -> None:
        """Write how the figures were made below each."""
        self.provenance, self.colours, self.wanted = provenance, colours, wanted
        self.pages: dict[str, str] = {}

    def show(
        self,
        key: str,
        figure: go.Figure,
        alternative: Alternative,
        *,
        table: pd.DataFrame | None = None,
        width: int | Literal["stretch"] = "stretch",
    ) -> None:
        """Make the page of a figure that is wanted: its picture, one sentence, and all its numbers."""
        if key not in self.wanted:
            return
        add_provenance(figure, self.provenance, self.colours)
        picture = figure.to_html(
            full_html=False, include_plotlyjs=PLOTLY, div_id=key, config=camera_config(key, "svg")
        )
        numbers = alternative.table if table is None else table
        self.pages[key] = _page(self.colours, alternative, picture, numbers.to_html(index=False, border=0))

    def row(self, key: str, *, wide: bool = False) -> AbstractContextManager[Any]:
        """Each figure has a page of its own."""
        return nullcontext()

    def half(self) -> AbstractContextManager[Any]:
        """Each figure has a page of its own."""
        return nullcontext()


def _page(colours: Theme, alternative: Alternative, picture: str, numbers: str) -> str:
    title, said = html.escape(alternative.title), html.escape(alternative.said)
    style = (
        f"body{{background:{colours.ground};color:{colours.ink};max-width:1080px;margin:24px auto;"
        "padding:0 16px;font:16px system-ui,sans-serif;font-variant-numeric:tabular-nums}"
        "details{overflow-x:auto}table{border-collapse:collapse;white-space:nowrap}"
        f"th,td{{padding:2px 14px;text-align:right;border-bottom:1px solid {colours.line}}}"
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{style}</style><body><h1>{title}</h1><p>{said}</p>{picture}"
        f"<details><summary>Numbers</summary>{numbers}</details></body></html>"
    )
