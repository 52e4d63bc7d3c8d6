"""Binds native widgets to what they show: each shows one value and writes a new one when the user chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import streamlit as st

from pages.shell.widgets import show, user_chose


def bound(key: str, value: Any, write: Callable[[Any], None], *, default: str = "value") -> dict[str, Any]:
    """Arguments of a widget that shows value and calls write with what the user chooses.

    `default` is the widget's own name for the value that it has when it is built.
    """
    show(key, value)

    def act() -> None:
        if user_chose(key):
            write(st.session_state[key])

    return {default: value, "key": key, "on_change": act}


def one_of(options: Iterable[Any], key: str, value: Any, write: Callable[[Any], None]) -> dict[str, Any]:
    """Arguments of a select box or radio that shows one of its options, or none."""
    rows = list(options)
    arguments = bound(key, value, write, default="index")
    return arguments | {"options": rows, "index": rows.index(value) if value in rows else None}


def labels(table: Mapping[str, Any]) -> Callable[[str], str]:
    """How the names of a table are shown."""
    return lambda name: getattr(table.get(name), "label", str(name))


def number(
    key: str,
    label: str,
    value: float,
    least: float,
    most: float | None,
    step: float,
    *,
    write: Callable[[Any], None],
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """A number input; with a whole step it takes whole numbers, otherwise any."""
    whole = isinstance(step, int)
    kind = int if whole else float
    st.number_input(
        label,
        kind(least),
        None if most is None else kind(most),
        step=step,
        format="%d" if whole else "%.4g",
        width=width,
        **bound(key, kind(value), write),
    )
