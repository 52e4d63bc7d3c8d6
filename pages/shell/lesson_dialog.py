"""The button in the sidebar that makes a link for a lesson."""

from __future__ import annotations

from pages.live.assets import part
from pages.shell.address import kept_besides
from pages.shell.controls import known
from pages.shell.lesson_actions import ACTIONS
from pages.shell.number_field import PART


def lesson_dialog(page: str, view: str) -> None:
    """Offer a link to a page in which controls are locked or hidden; call this when all have been made.

    Args:
        page: a key of PAGES.
        view: what the page's main view is called.
    """
    controls = known()
    actions = [(name, words) for name, words in ACTIONS.get(page, {}).items() if name not in controls]
    rows = {"controls": [*controls.items()], "actions": actions}
    data = rows | {"view": view, "besides": kept_besides()}
    part(PART, "lesson_link")(key="lesson_link", data=data)
