"""Binds widgets that are made anew whenever their value changes from here, so that no message is out of date.

`bound` sets the value of a widget that stays, and then can't tell a browser that still sends the old value
from a user who wants that value back. A text that is typed twice must be heard twice, so it needs this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.shell.number_field import take_typed

GIVEN = "backprop_renewed_widgets"


@dataclass
class Given:
    """A widget as it was made last.

    Attributes:
        number: counts how often it was made.
        first:  the value with which it was made.
        now:    the value in the browser, after what the user chose.
    """

    number: int
    first: Any
    now: Any


def renewed(
    key: str, value: Any, write: Callable[[Any], None], *, default: str = "value", shown: Any = None
) -> dict[str, Any]:
    """Arguments of a control that shows value and calls write with what the user chooses.

    Its key is the given one and a number; put it into a container if another rule needs a lasting key.

    Args:
        default: the name of the widget's argument for its initial value.
        shown:   what that argument takes for the value, such as its index; the value itself unless given.
    """
    known: dict[str, Given] = st.session_state.setdefault(GIVEN, {})
    given = known.get(key)
    if given is None or given.now != value or f"{key}_{given.number}" not in st.session_state:
        given = known[key] = Given(given.number + 1 if given else 0, value if shown is None else shown, value)
    made = given

    def act() -> None:
        take_typed()
        chosen = st.session_state[f"{key}_{made.number}"]
        if known.get(key) is made and chosen != made.now:  # not from a widget that has gone meanwhile
            made.now = chosen
            write(chosen)

    return {default: made.first, "key": f"{key}_{made.number}", "name": key, "on_change": act}
