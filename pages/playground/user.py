"""Where a user's session is kept, and all that other pages may import from the playground."""

from __future__ import annotations

from typing import Any

from engine import Experiment
from engine.runs.links import from_query, to_query
from pages.playground.session import Session
from pages.shell import address
from pages.shell.visit import visited

__all__ = ["KEY", "Session", "change", "keep_link", "link", "session"]

KEY = "backprop_session"


def session(link: bool = True) -> Session:
    """The user's session, made on the first visit from the link that was opened.

    Args:
        link: False on a page whose link doesn't hold an experiment.
    """
    return visited(KEY, lambda: Session(from_query(Experiment, address.opened() if link else {})), Session)


def link() -> dict[str, str]:
    """The parameters of a link to the user's experiment."""
    return to_query(session().experiment)


def keep_link() -> None:
    """Write the experiment into the address bar, so that copying the address shares the run."""
    address.keep(link())


def change(**changes: Any) -> None:
    """Change fields of the experiment; a wrong value is refused in one sentence and changes nothing."""
    session().set(**changes)
