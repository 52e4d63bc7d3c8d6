"""The button in the sidebar that makes a link for a lesson; the browser knows the views' buttons itself."""

from __future__ import annotations

from pages.live.assets import part
from pages.shell.controls import known
from pages.shell.number_field import PART


def lesson_dialog(view: str) -> None:
    """Offer a link to this page in which controls are locked or hidden; call this when all have been made.

    Args: view: what the page's main view is called.
    """
    part(PART, "lesson_link")(key="lesson_link", data={"controls": [*known().items()], "view": view})
