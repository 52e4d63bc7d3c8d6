"""How a user's work begins on a page: on the first visit, from the link that was opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from pages.live.view import Choices

User = TypeVar("User", bound=Choices[Any])


def visited(key: str, by_link: Callable[[], User], plain: Callable[[], User]) -> User:
    """What stands behind a page for this user, kept under a key of the session's state.

    Args:
        by_link: makes it on the first visit from the link that was opened; raises ValueError for a bad one.
        plain:   makes it without the link, to say in one sentence why that can't be opened.
    """
    if key not in st.session_state:
        try:
            st.session_state[key] = by_link()
        except ValueError as error:
            user = plain()
            user.refuse(f"The link can't be opened: {error}")
            st.session_state[key] = user
    kept: User = st.session_state[key]
    return kept
