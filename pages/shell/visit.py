"""Makes a user's session on the first visit to a page, from the link that was opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from engine.runs.rows import in_words
from pages.live.view import Choices

User = TypeVar("User", bound=Choices[Any])


def visited(key: str, by_link: Callable[[], User], plain: Callable[[], User]) -> User:
    """This user's session on a page, kept in Streamlit's session state under the key.

    Args:
        by_link: makes it from the link that was opened; raises ValueError if the link is wrong.
        plain:   makes it without the link; the session then says in one sentence what is wrong with it.
    """
    if key not in st.session_state:
        try:
            st.session_state[key] = by_link()
        except ValueError as error:
            user = plain()
            user.refuse(f"The link can't be opened: {in_words(error, type(user.settings))}")
            st.session_state[key] = user
    kept: User = st.session_state[key]
    return kept
