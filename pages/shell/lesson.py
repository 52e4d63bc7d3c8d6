"""A teacher's link: which controls of a page it hides, which it locks, and whether the view stands alone.

    ?hide=seed~new_data&lock=learning_rate&only=player

Names are keys of controls and actions of the views' buttons. Those that no page knows do nothing.
A lock helps a lesson and is no barrier: whoever changes the address gets round it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.shell.address import KEPT, opened

SEPARATOR = "~"
MOST_NAMES = 200
LONGEST_NAME = 40
ALONE = "player"
LOCKED = "The link to this page locks it."

Names = frozenset[str]


@dataclass(frozen=True)
class Lesson:
    """What a teacher's link asks of a page.

    Attributes:
        hide:  names of what isn't there.
        lock:  names of what shows its value and can't be used.
        alone: whether the view is shown without the controls and figures around it.
    """

    hide: Names = frozenset()
    lock: Names = frozenset()
    alone: bool = False

    def data(self) -> dict[str, Any]:
        """What the browser gets."""
        return {"hide": sorted(self.hide), "lock": sorted(self.lock), "alone": self.alone, "locked": LOCKED}


def read_lesson(query: Mapping[str, str]) -> Lesson:
    """What the parameters of an address ask; what can't be read asks nothing."""
    return _read(query.get("hide", ""), query.get("lock", ""), query.get("only", ""))


@lru_cache(maxsize=64)
def _read(hide: str, lock: str, only: str) -> Lesson:
    return Lesson(_names(hide), _names(lock), only == ALONE)


def _names(text: str) -> Names:
    longest_text = MOST_NAMES * (LONGEST_NAME + 1)
    names = text[:longest_text].split(SEPARATOR)[:MOST_NAMES]
    return frozenset(name for name in names if 0 < len(name) <= LONGEST_NAME)


def lesson() -> Lesson:
    """What the address of this page asks now."""
    return read_lesson(opened())


def kept() -> dict[str, str]:
    """The parameters of the address that a teacher's link has set, for the links to other pages."""
    return {name: value for name, value in opened().items() if name in KEPT}


def is_framed() -> bool:
    """Whether the page stands in another one, by Streamlit's embed=true: then it has no navigation."""
    return bool(st.context.is_embedded)
