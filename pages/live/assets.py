"""Reads a component's html, css and js from its folder; they are sent as text, never from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.figures.theme import SHAPES, css_variables

HERE = Path(__file__).parent
KIT = ("format", "protocol", "shapes", "colors", "marks", "keys", "watch")
"""Scripts that every view has, in this order and before its own."""

# Components are declared anew in each run, because each runtime (a test's, too) knows only its own; declaring
# the same text again costs nothing. The texts are read and joined once.


@cache
def _read(file: Path) -> str:
    return file.read_text("utf-8")


def _kit(names: tuple[str, ...]) -> list[str]:
    """What views have in common: the names of the classes' shapes, then scripts of the kit."""
    shapes = f"const MARK_SHAPES = {json.dumps(SHAPES)};"
    return [shapes, *(_read(HERE / "kit" / f"{name}.js") for name in names)]


@cache
def _module(folder: Path, scripts: tuple[str, ...], style: str) -> str:
    view = folder.name
    look = f"<style>{css_variables()}{style}{_read(folder / f'{view}.css')}</style>"
    page = json.dumps(look + _read(folder / f"{view}.html"))
    texts = [*_kit(KIT), *(_read(folder / f"{name}.js") for name in scripts)]
    lines = "\n".join(texts).splitlines()
    joined = "\n".join(line.lstrip() for line in lines)  # no script needs its indentation
    name = f'"backprop-{view}"'
    offer = f"globalThis[{name}] = start; globalThis.dispatchEvent(new Event({name}));"  # to mount.js
    return f"const PAGE = {page};\n{joined}\nexport default () => {{ {offer} }};"


def component(folder: Path, kit: tuple[str, ...] = ()) -> Callable[..., Any]:
    """Declare the component of a folder's html, css and js, named as it; all three go with each message.

    kit names the scripts of the kit that it needs.
    """
    name = folder.name
    return st.components.v2.component(
        f"backprop_{name}",
        html=_read(folder / f"{name}.html"),
        css=css_variables() + _read(folder / f"{name}.css"),
        js="\n".join([*_kit(kit), _read(folder / f"{name}.js")]),
    )


def code(folder: Path, scripts: tuple[str, ...], *, style: str = "") -> Callable[..., Any]:
    """Declare an invisible component that brings a view's html, css and scripts as one module.

    It is mounted once on a page, outside the fragment that is run again for every chunk of frames.

    Args:
        folder:  of the view, named as it; holds its html and css, of the same name, and the scripts.
        scripts: names without ending, joined in this order; they find html and css in the constant PAGE, and
                 their function start(host) puts the view into an element, for mount.js to feed.
        style:   more CSS, put before the folder's.
    """
    module = _module(folder, scripts, style)
    return st.components.v2.component(f"backprop_{folder.name}_code", js=module)


def socket(view: str) -> Callable[..., Any]:
    """Declare the small component that carries a view's data, with mount.js as all it brings."""
    mount = f'const VIEW = "{view}";\n' + _read(HERE / "mount.js")
    return st.components.v2.component(f"backprop_{view}", js=mount)
