"""Text that comes from a user's file, as Streamlit shows it unchanged: a name is never markup."""

from __future__ import annotations

MARKS = frozenset("\\`*_{}[]()<>#+-.!|~:$&")
"""Signs that are markup in labels and captions; a column's name may hold them."""


def unmarked(text: str) -> str:
    """A text of which each sign is shown as it is: no picture is fetched, nothing is set in bold."""
    return "".join(f"\\{sign}" if sign in MARKS else sign for sign in text)
