"""Reads a component's html, css and js from its folder; they are sent as text, never fetched by a link."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.figures.theme import CLASS_SHAPES, css_variables

HERE = Path(__file__).parent

# Components are declared anew in each run, because each runtime (a test's, too) knows only its own; declaring
# the same text again costs nothing. The texts are read and joined once.


@cache
def _read(file: Path) -> str:
    return file.read_text("utf-8")


SPACED = ("=>", "===", "!==", "=", "<=", ">=", "<", ">", "*", "?", ":", "&&", "||", "{", "}", ",", ";")
"""Signs that need no spaces around them; + and - might, beside another one."""


OPEN = ("{", "(", "[", ",", ";")
"""What a line may end with that goes on in the next one: both are sent as one."""


def squeezed(line: str) -> str:
    """A line of code without the comment at its end, and without spaces that no token needs.

    Only double quotes are looked into: a line with a sign that may begin another text keeps its spaces.
    """
    code, _, comment = line.partition(" // ")
    if any(mark in comment for mark in "\"'`") or code.count('"') % 2:
        code = line
    if any(mark in code for mark in "'`/\\"):
        return code
    parts = code.split('"')
    for k in range(0, len(parts), 2):  # every other one is a text
        for sign in SPACED:
            parts[k] = parts[k].replace(f" {sign}", sign).replace(f"{sign} ", sign)
    return '"'.join(parts)


def _parts(script: Path) -> tuple[list[Path], list[str]]:
    """The modules that a script imports, and its lines without imports, exports, comments and spare spaces.

    Imports, and comments that begin a line, end at the end of one; the tests hold the scripts to that.
    """
    imports, code = [], []
    lines = iter([line.strip() for line in _read(script).splitlines()])
    for line in lines:
        if line.startswith("/**") and (line.endswith("*/") or "*/" not in line):
            while not line.endswith("*/"):
                line = next(lines)
        elif line.startswith("import "):
            while not line.endswith(";"):
                line = next(lines)
            imports.append((script.parent / line.split('"')[1]).resolve())
        elif line and not line.startswith("//"):
            code.append(squeezed(line.removeprefix("export ")))
    return imports, code


def bundle(*entries: Path) -> str:
    """Scripts with all that they import, as the text of one module: what is imported stands before its user.

    Raises: ValueError if modules import each other in a circle.
    """
    modules: dict[Path, list[str]] = {}

    def add(script: Path, users: tuple[Path, ...] = ()) -> None:
        if script in users:
            raise ValueError(f"Modules must not import each other in a circle. Got {script.name}.")
        if script not in modules:
            imports, code = _parts(script)
            for imported in imports:
                add(imported, (*users, script))
            modules[script] = code

    for entry in entries:
        add(entry.resolve())
    lines = [line for code in modules.values() for line in code]
    return "".join(line if line.endswith(OPEN) and " //" not in line else line + "\n" for line in lines)


def _style(file: Path) -> str:
    """A style sheet without the spaces that it is written with."""
    lines = [line.strip() for line in _read(file).splitlines()]
    lines = [line if '"' in line else line.replace(": ", ":").replace(" {", "{") for line in lines]
    return "".join(line if line.endswith(("{", "}", ";", ",")) else line + "\n" for line in lines)


def _markup(file: Path) -> str:
    """HTML without indentation."""
    return "\n".join(line.strip() for line in _read(file).splitlines())


def component(folder: Path) -> Callable[..., Any]:
    """Declare the component of a folder's html, css and js, named as it; all three go with each message.

    The script's function render takes what Streamlit hands to a component.
    """
    name = folder.name
    return st.components.v2.component(
        f"backprop_{name}",
        html=_markup(folder / f"{name}.html"),
        css=css_variables() + _style(folder / f"{name}.css"),
        js=_component_module(folder / f"{name}.js"),
    )


@cache
def _component_module(script: Path) -> str:
    return bundle(script) + "\nexport default render;"


def saver() -> Callable[..., Any]:
    """Declare the invisible component that saves a file in the browser; it reports the file's id as saved."""
    return st.components.v2.component("backprop_saver", js=_component_module(HERE / "saver" / "saver.js"))


def code(folder: Path, *, style: str = "") -> Callable[..., Any]:
    """Declare an invisible component that brings a view's html, css and scripts as one module.

    It is mounted once on a page, outside the fragment that is run again for every chunk of frames; so its
    trigger "wake" has the whole page run.

    Args:
        folder: of the view, named as it; holds its html, css and script, of the same name. The script's
                function start(host, given) puts the view into an element, for mount.js to feed; given holds
                the html, style included, and the names of the classes' shapes.
        style:  more CSS, put before the folder's.
    """
    return st.components.v2.component(f"backprop_{folder.name}_code", js=_view_module(folder, style))


@cache
def _view_module(folder: Path, style: str) -> str:
    view = folder.name
    kit_style = "".join(_style(HERE / "kit" / name) for name in ("spoken.css", "dock.css"))
    look = f"<style>{css_variables()}{style}{kit_style}{_style(folder / f'{view}.css')}</style>"
    given = {"html": look + _markup(folder / f"{view}.html"), "shapes": CLASS_SHAPES}
    kit = (HERE / "kit" / name for name in ("registry.js", "wake.js", "lesson.js"))
    scripts = bundle(*kit, folder / f"{view}.js")
    calls = (
        'offerWake(() => setTriggerValue("wake", Date.now()));'
        f"const given = {json.dumps(given, ensure_ascii=False)};"
        f"offer({json.dumps(view)}, (host) => {{ const view = start(host, given);"
        "holdToLesson(host.lastElementChild); return view; });"
    )
    return f"{scripts}\nexport default ({{ setTriggerValue }}) => {{ {calls} }};"


def page_code(folder: Path) -> Callable[..., Any]:
    """Declare an invisible component that brings code and style of a page's small parts.

    The style holds on the whole page. Css and js are named as the folder; the script has a function render.
    """
    name = folder.name
    spoken = _style(HERE / "kit" / "spoken.css")
    css, js = spoken + _style(folder / f"{name}.css"), _component_module(folder / f"{name}.js")
    return st.components.v2.component(f"backprop_{name}_code", css=css, js=js, isolate_styles=False)


def part(script: Path, name: str) -> Callable[..., Any]:
    """Declare a small part of which a page may have many: it brings only the script that hands on its data.

    The script has a function `part` that makes the one for a name; the code comes by page_code.
    """
    js = _part_module(script, name)
    return st.components.v2.component(f"backprop_{name}", js=js, isolate_styles=False)


@cache
def _part_module(script: Path, name: str) -> str:
    return bundle(script) + f"\nexport default part({json.dumps(name)});"


def socket(view: str) -> Callable[..., Any]:
    """Declare the small component that carries a view's data, with mount.js as all it brings."""
    return st.components.v2.component(f"backprop_{view}", js=mount_module(view))


@cache
def mount_module(view: str) -> str:
    """The module that takes a view's messages."""
    return bundle(HERE / "mount.js") + f"\nexport default mount({json.dumps(view)});"
