"""Everything of a run in one zip: run file, numbers, link, and the figures as pages that open offline."""

from __future__ import annotations

import html
import io
from collections.abc import Mapping
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
from pages.playground.take.tables import history, weights
from pages.shell.downloads import csv_of

FIGURES = "figures/"
"""The folder of the figures; the browser adds the pictures that it draws itself."""
PLOTLY = "plotly.min.js"
WHAT = {
    "run.json": "the run: open it in the playground, and it goes on from this frame",
    "history.csv": "losses and scores of every frame up to this one",
    "weights.csv": "every weight and bias at this frame",
    "link.txt": "the address that opens the run at this frame",
    "code": "the run as a script in NumPy and in PyTorch, and as a notebook that goes on with it",
    FIGURES: "pictures of the player and its map, and pages that need no connection, each with its numbers",
}
"""What the bundle holds, as its README says."""


def bundle(user: Session, address: str, colours: Theme) -> bytes:
    """The zip of the shown frame, not compressed; equal runs give equal bytes.

    Args:   address: of the page, without its query.
    Raises: ValueError if the run can't be saved.
    """
    user.stand_at_shown()
    made = f"{user.provenance} · epoch {epoch_text(user.timeline[user.timeline.frame].progress)}"
    sheet = Pages(made, colours)
    draw_figures(user, sheet, log=True)
    files: dict[str, str] = {
        "README.txt": "\n".join([made, "", *(f"{name}: {what}" for name, what in WHAT.items()), ""]),
        "run.json": user.run_file(),
        "history.csv": csv_of(history(user)),
        "weights.csv": csv_of(weights(user)),
        "link.txt": f"{address}?{user.link}\n",
        **_code(user),
        **{f"{FIGURES}{name}.html": page for name, page in sheet.pages.items()},
        f"{FIGURES}{PLOTLY}": get_plotlyjs(),
    }
    return zipped(files)


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

    Attributes: pages: each figure's key -> its page.
    """

    tables = True

    def __init__(self, provenance: str, colours: Theme) -> None:
        """Write how the figures were made below each."""
        self.provenance, self.colours = provenance, colours
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
        """Make the page of a figure: its picture, one sentence, and all its numbers."""
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
