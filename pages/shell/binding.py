"""Binds native widgets to values: each shows one value, and writes another when the user chooses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import streamlit as st

from pages.shell.widgets import show, user_chose


def bound(key: str, value: Any, write: Callable[[Any], None], *, default: str = "value") -> dict[str, Any]:
    """Arguments of a widget that shows value and calls write with what the user chooses.

    `default` is the name of the widget's argument for its initial value.
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
    """A function from the names of a table to their labels; a name that isn't in it stands for itself."""
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
    """A number input; it takes whole numbers if the step is an int, otherwise any."""
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
