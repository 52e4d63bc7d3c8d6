"""A comparison as a text in Markdown and as one page of HTML that needs no connection."""

from __future__ import annotations

import html

from plotly.offline import get_plotlyjs

from engine import __version__
from engine.runs.contrast import differences, shared
from pages.figures.camera import camera_config
from pages.figures.theme import Theme
from pages.playground.compare.pair import Side
from pages.playground.compare.pictures import LETTERS, curves, map_html
from pages.playground.compare.words import Rows, results

Pair = tuple[Side, Side]
TITLE = "Two runs side by side"
MARKS = "\\`*_{}[]<>()#+-.!|~"
"""What could mean something in Markdown, and is to be read as it stands."""


def _tables(pair: Pair) -> tuple[Rows, Rows]:
    a, b = pair
    found = [(one.label, one.first, one.second) for one in differences(a.run, b.run)]
    return found or [("Settings", "the same", "the same")], results(a, b)


def _made() -> str:
    return f"Made with Backprop Playground {__version__}"


def markdown_report(pair: Pair) -> str:
    """What differs, how far each has come, and a link to each, as Markdown."""
    a, b = pair
    parts = [f"# {TITLE}", ""]
    parts += [f"- **{letter}**: {plain(side.name)}" for letter, side in zip(LETTERS, pair, strict=True)]
    for heading, rows in zip(("What differs", "Results"), _tables(pair), strict=True):
        parts += ["", f"## {heading}", "", "| | A | B |", "| --- | ---: | ---: |"]
        parts += [f"| {' | '.join(map(plain, row))} |" for row in rows]
    parts += ["", f"The same: {plain(shared(a.run, b.run))}", "", "## Again", ""]
    parts += [f"    {letter}: ?{side.run.to_link()}" for letter, side in zip(LETTERS, pair, strict=True)]
    return "\n".join([*parts, "", _made(), ""])


def plain(text: str) -> str:
    """A text of which Markdown makes nothing but itself."""
    return "".join(f"\\{letter}" if letter in MARKS else letter for letter in text).replace("\n", " ")


def html_report(pair: Pair, colours: Theme) -> str:
    """The same as one page, with both maps and the curves in it."""
    a, b = pair
    tables = "".join(
        f"<h2>{heading}</h2><table><tr><td></td><th>A</th><th>B</th></tr>{_rows(rows)}</table>"
        for heading, rows in zip(("What differs", "Results"), _tables(pair), strict=True)
    )
    maps = "".join(
        f"<figure><figcaption><b>{letter}</b> {html.escape(side.name)}</figcaption>"
        f"{map_html(letter, side, colours)}</figure>"
        for letter, side in zip(LETTERS, pair, strict=True)
    )
    figure, alternative = curves(pair, colours)
    chart = figure.to_html(
        full_html=False, include_plotlyjs=False, div_id="losses", config=camera_config("losses", "svg")
    )
    links = "".join(
        f"<li>{letter}: <code>?{html.escape(side.run.to_link())}</code></li>"
        for letter, side in zip(LETTERS, pair, strict=True)
    )
    style = (
        f"body{{background:{colours.ground};color:{colours.ink};max-width:1080px;margin:24px auto;"
        "padding:0 16px;font:16px system-ui,sans-serif;font-variant-numeric:tabular-nums}"
        "table{border-collapse:collapse}"
        f"th,td{{padding:3px 14px;text-align:right;border-bottom:1px solid {colours.line}}}"
        "th:first-child{text-align:left}.maps{display:flex;flex-wrap:wrap;gap:24px}figure{margin:0}"
        "code{overflow-wrap:anywhere}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{TITLE}</title><style>{style}</style>'
        f"<script>{get_plotlyjs()}</script><body><h1>{TITLE}</h1>{tables}<div class='maps'>{maps}</div>"
        f"<p>{html.escape(alternative.said)}</p>{chart}<p>The same: {html.escape(shared(a.run, b.run))}</p>"
        f"<ul>{links}</ul><p>{_made()}</p></body></html>"
    )


def _rows(rows: Rows) -> str:
    return "".join(
        f"<tr><th scope='row'>{html.escape(name)}</th><td>{html.escape(a)}</td><td>{html.escape(b)}</td></tr>"
        for name, a, b in rows
    )
