"""Reads a component's html, css and js from its folder; they are sent as text, never from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.figures.theme import css_variables

HERE = Path(__file__).parent

# Components are declared anew in each run, because each runtime (a test's, too) knows only its own; declaring
# the same text again costs nothing. The texts are read and joined once.


@cache
def _read(folder: str, file: str) -> str:
    return (HERE / folder / file).read_text("utf-8")


@cache
def _module(folder: str, scripts: tuple[str, ...], shared: tuple[str, ...], style: str) -> str:
    look = f"<style>{css_variables()}{style}{_read(folder, f'{folder}.css')}</style>"
    page = json.dumps(look + _read(folder, f"{folder}.html"))
    files = [*(script.split("/") for script in shared), *((folder, script) for script in scripts)]
    lines = "\n".join(_read(where, f"{name}.js") for where, name in files).splitlines()
    joined = "\n".join(line.lstrip() for line in lines)  # no script needs its indentation
    name = f'"backprop-{folder}"'
    offer = f"globalThis[{name}] = start; globalThis.dispatchEvent(new Event({name}));"  # to mount.js
    return f"const PAGE = {page};\n{joined}\nexport default () => {{ {offer} }};"


def component(folder: str, script: str) -> Callable[..., Any]:
    """Declare the component <folder>/<folder>.html, .css and <script>.js; all three go with each message."""
    return st.components.v2.component(
        f"backprop_{folder}",
        html=_read(folder, f"{folder}.html"),
        css=css_variables() + _read(folder, f"{folder}.css"),
        js=_read(folder, f"{script}.js"),
    )


def code(
    folder: str, scripts: tuple[str, ...], *, shared: tuple[str, ...] = (), style: str = ""
) -> Callable[..., Any]:
    """Declare an invisible component that brings a folder's html, css and scripts as one module.

    It is mounted once on a page, outside the fragment that is run again for every chunk of frames.

    Args:
        folder:  holds <folder>.html, <folder>.css and the scripts.
        scripts: names without ending, joined in this order; they find html and css in the constant PAGE, and
                 their function start(host) puts the view into an element, for mount.js to feed.
        shared:  scripts of other folders that come first, e.g. "player/format".
        style:   more CSS, put before the folder's.
    """
    module = _module(folder, scripts, shared, style)
    return st.components.v2.component(f"backprop_{folder}_code", js=module)


def socket(folder: str) -> Callable[..., Any]:
    """Declare the small component that carries a folder's data, with mount.js as all it brings."""
    mount = f'const VIEW = "{folder}";\n' + _read(".", "mount.js")
    return st.components.v2.component(f"backprop_{folder}", js=mount)
