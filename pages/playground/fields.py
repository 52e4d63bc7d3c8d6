"""Controls of one field of the experiment each: the control's key is the field's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from pages.playground.user import change
from pages.shell import binding
from pages.shell.binding import labels, one_of


def to_field(name: str) -> Callable[[Any], None]:
    """What writes a user's choice into a field of the experiment."""
    return lambda chosen: change(**{name: chosen})


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
    st.selectbox(label, format_func=labels(table), **one_of(names, key, value, to_field(key)), **more)


def number(
    key: str,
    label: str,
    value: float,
    least: float,
    most: float | None,
    step: float,
    *,
    width: int | str = "stretch",
) -> None:
    """A number input for the experiment's field of the same name as the key."""
    binding.number(key, label, value, least, most, step, write=to_field(key), width=width)
