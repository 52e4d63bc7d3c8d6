"""Binds native widgets to values: each shows one value, and writes another when the user chooses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import streamlit as st

from pages.live.assets import part
from pages.shell.controls import is_shown, selectbox
from pages.shell.number_field import PART, NumberField, number_field, take_typed
from pages.shell.widgets import show, user_chose

REFUSED = "backprop_refused_choices"


def bound(key: str, value: Any, write: Callable[[Any], None], *, default: str = "value") -> dict[str, Any]:
    """Arguments of a widget that shows value and calls write with what the user chooses.

    `default` is the name of the widget's argument for its initial value.
    """
    show(key, value)

    def act() -> None:
        take_typed()
        if user_chose(key):
            _refused().clear()
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


def typed_choice(
    key: str,
    label: str,
    options: Iterable[str],
    value: str,
    write: Callable[[str], None],
    *,
    width: int,
    disabled: bool = False,
    format_func: Callable[[str], str] = str,
) -> None:
    """A select box that takes a typed text too; why it is refused stands below it until the next choice.

    Args:
        write: takes what was chosen or typed, or raises ValueError.
    """

    def act(typed: object) -> None:
        try:
            write(str(typed))
        except ValueError as refusal:
            _refused()[key] = str(refusal)

    if not is_shown(key, label):
        return
    with st.container(gap=None, width=width, key=f"{key}_typed"):
        selectbox(
            label,
            accept_new_options=True,
            disabled=disabled,
            format_func=format_func,
            **one_of(options, key, value, act),
        )
        if sentence := _refused().get(key):
            refusal_at(key, sentence)


def refusal_at(key: str, sentence: str) -> None:
    """Why what stands in the widget of this key is refused; call it right after that widget."""
    part(PART, "refusal")(key=f"{key}_refusal", data=sentence)


def rates(usual: Iterable[str], value: float) -> tuple[list[str], str]:
    """The options of a select box of usual numbers, sorted, and the one that is the value."""
    usual = tuple(usual)
    shown = next((text for text in usual if float(text) == value), f"{value:.10g}")
    return sorted({*usual, shown}, key=float), shown


def _refused() -> dict[str, str]:
    """Why what was typed into a select box is refused, by key."""
    refused: dict[str, str] = st.session_state.setdefault(REFUSED, {})
    return refused


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
    disabled: bool = False,
) -> None:
    """A number field; it takes whole numbers if the step is an int, otherwise any.

    Args:
        write: takes the new value, or raises ValueError: the sentence stands at the field.
    """
    kind = int if isinstance(step, int) else float
    number_field(key, NumberField(label, kind(value), least, most, step, write, disabled), width)
