"""Controls that each set one field of the experiment; the control's key is the field's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import streamlit as st

from engine import Experiment
from engine.numbers import read_number
from engine.runs.rows import rows
from pages.playground.user import change, session
from pages.shell import binding
from pages.shell.binding import labels, one_of

ROWS = rows(Experiment)


def to_field(name: str) -> Callable[[Any], None]:
    """A function that writes a user's choice into a field of the experiment."""
    return lambda chosen: change(**{name: chosen})


def label_of(name: str) -> str:
    """The label of a field's control."""
    return ROWS[name].label


def rate(key: str, usual: tuple[str, ...], value: float, *, width: int, disabled: bool = False) -> None:
    """A select box of usual numbers, from small to large, that also takes any typed number."""

    def write(typed: object) -> None:
        try:
            value = read_number(str(typed), key)
        except ValueError as refusal:
            session().refuse(str(refusal))
        else:
            change(**{key: value})

    shown = next((text for text in usual if float(text) == value), f"{value:.10g}")
    st.selectbox(
        label_of(key),
        accept_new_options=True,
        disabled=disabled,
        width=width,
        **one_of(sorted({*usual, shown}, key=float), key, shown, write),
    )


def choice(key: str, table: Mapping[str, Any], names: Iterable[str], value: str, **more: Any) -> None:
    """A select box of names from a table."""
    st.selectbox(label_of(key), format_func=labels(table), **one_of(names, key, value, to_field(key)), **more)


def number(
    key: str,
    value: float,
    step: float,
    *,
    label: str | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """A number input within the bounds of the field."""
    bounds = ROWS[key].bounds
    least, most = bounds.get("least", 0), bounds.get("most")
    binding.number(key, label or label_of(key), value, least, most, step, write=to_field(key), width=width)
