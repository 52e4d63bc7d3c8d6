"""The one place where a user's session is kept: an experiment with its run, under a key of its own."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.live.session import Session

KEY = "backprop_session"


def session() -> Session:
    """The user's session, made with the default experiment on the first visit."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Session()
    return st.session_state[KEY]


def change(**changes: Any) -> None:
    """Change fields of the experiment; what can't be is refused with one sentence and changes nothing."""
    user = session()
    try:
        user.change(user.experiment.changed(**changes))
    except ValueError as error:
        user.refuse(str(error))


def show(key: str, value: Any) -> None:
    """Make the widget of this key show a value of the experiment; call it before the widget is made.

    It is set anew in every run: a widget in a closed popover is built in the browser only when that opens,
    and would show its default otherwise.
    """
    st.session_state[key] = value
