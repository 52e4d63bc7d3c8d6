"""Streamlit's controls as a teacher's link has them: to use, locked at their value, or not there.

Every control of a page is made here, or in number_field.py: a link can hide and lock each by its key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.shell.lesson import LOCKED, lesson

KNOWN = "backprop_known_controls"


def is_shown(name: str, label: str) -> bool:
    """Note a control of the page, for the list from which a teacher makes a link; False if it is hidden."""
    known().setdefault(name, label)
    return name not in lesson().hide


def known() -> dict[str, str]:
    """The controls of the user's page in their order, hidden ones too: name -> label."""
    controls: dict[str, str] = st.session_state.setdefault(KNOWN, {})
    return controls


def use_of(name: str, disabled: bool, help: str | None) -> dict[str, Any]:
    """Arguments of a control for whether it can be used, and why not; a locked one can't."""
    locked = name in lesson().lock
    return {"disabled": disabled or locked, "help": LOCKED if locked else help}


def _control(make: Callable[..., Any]) -> Callable[..., Any]:
    """A function that makes a control by one of Streamlit's.

    It takes what that takes, and `name` for what the link calls the control, if that isn't its key.
    """

    def control(
        label: str,
        *options: Any,
        key: str,
        name: str | None = None,
        disabled: bool = False,
        help: str | None = None,
        **more: Any,
    ) -> Any:
        if not is_shown(name or key, label):
            return _stands_at(*options, **more)
        return make(label, *options, key=key, **use_of(name or key, disabled, help), **more)

    return control


def _stands_at(
    options: Any = (), *_: Any, value: Any = None, default: Any = None, index: int | None = None, **__: Any
) -> Any:
    """The value of a control that isn't there: the one that it would be made with."""
    if index is not None:
        return options[index]
    return default if value is None else value


button = _control(st.button)
file_uploader = _control(st.file_uploader)
form_submit_button = _control(st.form_submit_button)
multiselect = _control(st.multiselect)
pills = _control(st.pills)
radio = _control(st.radio)
segmented_control = _control(st.segmented_control)
select_slider = _control(st.select_slider)
selectbox = _control(st.selectbox)
slider = _control(st.slider)
text_area = _control(st.text_area)
text_input = _control(st.text_input)
toggle = _control(st.toggle)
