"""Runs side by side, in the player's place: the shelf of kept runs, and below it the two that were chosen."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from engine.runs.contrast import Difference, differences, shared
from pages.figures.camera import camera_config
from pages.live.assets import component
from pages.playground.compare.pair import Side, on_one_plane, read_side, this_side
from pages.playground.compare.pictures import LETTERS, THUMBNAIL, curves, map_address, map_html, weights
from pages.playground.compare.report import html_report, markdown_report
from pages.playground.compare.words import reached, results
from pages.playground.session import Session
from pages.shell.chart import chart
from pages.shell.controls import toggle
from pages.shell.downloads import download
from pages.shell.shell import theme

FOLDER = Path(__file__).with_name("shelf")
KEY, PAIR, REFUSED = "kept_runs", "backprop_pair", "backprop_pair_refused"
MAP_WIDTH, CURVE_WIDTH = 300, 380
"""In px: all stand in one row on a wide screen, and the curves below the maps on a narrower one."""
MOST_LARGE = 3
"""Most differences that are said large."""

Pair = tuple[Side, Side]


def compare_panel(user: Session) -> None:
    """The panel; call it in place of the player."""
    colours = theme()
    names = {"ink": colours.ink, "ink2": colours.ink2, "bg": colours.ground, "line": colours.line}
    declared = "".join(f"--{name}:{colour};" for name, colour in (names | {"accent": colours.accent}).items())
    with st.container(key="compare"):
        st.html(f"<style>.st-key-compare {{ {declared} }}</style>")
        _shelf(user)
        if sentence := st.session_state.get(REFUSED):
            st.error(sentence)
        pair: Pair | None = st.session_state.get(PAIR)
        if pair is None:
            st.caption("What two runs don't share stands here as soon as they are chosen.")
        else:
            _side_by_side(pair)


def _shelf(user: Session) -> None:
    def told(name: str) -> Any:
        return st.session_state.get(KEY, {}).get(name)

    def pair() -> None:
        given = told("pair")
        if not isinstance(given, Mapping):
            return
        st.session_state.pop(REFUSED, None)
        try:
            sides = read_side(given.get("A"), user), read_side(given.get("B"), user)
            st.session_state[PAIR] = on_one_plane(*sides)
        except ValueError as error:
            st.session_state[REFUSED] = str(error)

    def opened() -> None:
        given = told("open")
        if not isinstance(given, Mapping):
            return
        try:
            user.restore(given.get("record"), anyway=True)
        except ValueError as error:
            st.session_state[REFUSED] = str(error)
        else:
            _leave(user)

    def back() -> None:
        if told("back"):
            _leave(user)

    user.stand_at_shown()
    data = {
        "run": f"{user.name}.{user.run}.{user.generation}.{user.shown}",
        "theme": theme().name,
        "now": user.card,
        "picture": map_address(this_side(user), theme(), THUMBNAIL),
    }
    component(FOLDER)(key=KEY, data=data, on_pair_change=pair, on_open_change=opened, on_back_change=back)


def _leave(user: Session) -> None:
    user.compares = False
    user.show_all()
    st.session_state.pop(PAIR, None)


def _side_by_side(pair: Pair) -> None:
    colours, (a, b) = theme(), pair
    found = differences(a.run, b.run)
    st.html(differences_html(found, shared(a.run, b.run)))
    beside = st.container(horizontal=True, key="pair_beside")
    for letter, side in zip(LETTERS, pair, strict=True):
        with beside.container(width=MAP_WIDTH):
            mark = "<i>A</i>" if letter == "A" else "<i class='b'>B</i>"
            told = f"<h3 class='side'>{mark} {html.escape(side.name)}</h3><p>{reached(side)}</p>"
            st.html(f"<div class='one'>{told}{map_html(letter, side, colours)}</div>")
    with beside.container(width=CURVE_WIDTH):
        if a.run.experiment.loss != b.run.experiment.loss:
            st.caption(
                "Their losses are of different kinds: the curves can't be compared, their courses can."
            )
        figure, alternative = curves(pair, colours)
        chart("pair_losses", figure, alternative, config=camera_config("pair_losses", "svg"))
        st.html(_results_html(pair))
    with st.container(horizontal=True, key="pair_takes", vertical_alignment="bottom"):
        with_weights = toggle("Weights", key="pair_weights", help="The weights of both as coloured cells.")
        download(
            "Report (Markdown)",
            lambda: markdown_report(pair),
            "comparison.md",
            "text/markdown",
            key="pair_md",
        )
        download(
            "Report (HTML)",
            lambda: html_report(pair, colours),
            "comparison.html",
            "text/html",
            key="pair_html",
        )
    if with_weights:
        for letter, side in zip(LETTERS, pair, strict=True):
            figure, alternative = weights(letter, side, colours)
            key = f"pair_weights_{letter}"
            chart(key, figure, alternative, config=camera_config(key, "svg"))


def differences_html(found: tuple[Difference, ...], common: str) -> str:
    """What differs, large, and what doesn't, small; every word is text."""
    lines = [
        f"<p><span>{html.escape(one.label)}:</span> <i>A</i> <b>{html.escape(one.first)}</b> / "
        f"<i class='b'>B</i> <b>{html.escape(one.second)}</b></p>"
        for one in found
    ]
    if not lines:
        lines = ["<p><b>No setting differs.</b></p>"]
    large, small = "".join(lines[:MOST_LARGE]), "".join(lines[MOST_LARGE:])
    rest = f"<div class='small'>{small}</div>" if small else ""
    same = f"<p class='same'>The same: {html.escape(common)}</p>"
    return f"<div class='differ'><div class='large'>{large}</div>{rest}{same}</div>"


def _results_html(pair: Pair) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(name)}</th><td>{html.escape(a)}</td><td>{html.escape(b)}</td></tr>"
        for name, a, b in results(*pair)
    )
    heads = "<tr><td></td><th scope='col'>A</th><th scope='col'>B</th></tr>"
    return f"<table class='results'>{heads}{rows}</table>"
