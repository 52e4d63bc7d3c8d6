"""Binds native widgets to the experiment: each shows one field and writes to it when the user chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from pages.ui.state import change, show, user_chose


def bound(
    key: str, value: Any, write: Callable[[Any], None] | None = None, *, default: str = "value"
) -> dict[str, Any]:
    """Arguments of a widget that shows value and calls write with what the user chooses.

    Without write the choice goes to the experiment's field of the same name as the key. `default` is the
    widget's own name for the value that it has when it is built.
    """
    show(key, value)

    def act() -> None:
        if user_chose(key):
            chosen = st.session_state[key]
            if write is None:
                change(**{key: chosen})
            else:
                write(chosen)

    return {default: value, "key": key, "on_change": act}


def one_of(
    options: Iterable[Any], key: str, value: Any, write: Callable[[Any], None] | None = None
) -> dict[str, Any]:
    """Arguments of a select box or radio that shows one of its options, or none."""
    rows = list(options)
    arguments = bound(key, value, write, default="index")
    return arguments | {"options": rows, "index": rows.index(value) if value in rows else None}


def labels(table: Mapping[str, Any]) -> Callable[[str], str]:
    """How the names of a table are shown."""
    return lambda name: getattr(table.get(name), "label", str(name))


def rate(
    key: str, label: str, usual: tuple[str, ...], value: float, *, width: int, disabled: bool = False
) -> None:
    """A select box of usual numbers, in order of size, that also takes any typed number."""

    def write(typed: object) -> None:
        text = str(typed).strip().replace(",", ".").replace("−", "-")
        try:
            change(**{key: float(text)})
        except ValueError:
            change(**{key: text})  # refused there, with a sentence that names it

    shown = next((text for text in usual if float(text) == value), f"{value:.10g}")
    st.selectbox(
        label,
        accept_new_options=True,
        disabled=disabled,
        width=width,
        **one_of(sorted({*usual, shown}, key=float), key, shown, write),
    )


def choice(
    key: str, label: str, table: Mapping[str, Any], names: Iterable[str], value: str, **more: Any
) -> None:
    """A select box of names out of a table, for the experiment's field of the same name as the key."""
    st.selectbox(label, format_func=labels(table), **one_of(names, key, value), **more)


def number(
    key: str,
    label: str,
    value: float,
    least: float,
    most: float | None,
    step: float,
    *,
    write: Callable[[Any], None] | None = None,
    width: int | str = "stretch",
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
