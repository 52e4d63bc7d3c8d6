"""What a user is bringing, until it is used: the file or text, how it was read, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from engine.data.own import Table
from pages.playground.own_data.making import Choices, Made, make_table, usual_choices
from pages.playground.own_data.reading import PASTED, Sheet, read_sheet

KEY = "backprop_own_data"


@dataclass
class Bringing:
    """One user's table on its way in; nothing of it is lost while the page runs, or while it is closed.

    Attributes:
        way:     the open way to bring data; "" while the player is shown.
        text:    what was pasted.
        sheet:   what was read last, with its choices; None before that, and where it was refused.
        refusal: why it can't be read or made a table, in one sentence; "" where it can.
        unused:  why the table of these choices was not taken when it was to be used; "" if it wasn't tried.
        closed:  whether the panel has just gone, so that the player needs its whole picture.
        used:    the table that was used last.
    """

    way: str = ""
    text: str = ""
    sheet: Sheet | None = None
    choices: Choices | None = None
    refusal: str = ""
    unused: str = ""
    closed: bool = False
    used: Table | None = None
    given: bytes | str = ""
    name: str = ""

    def read(self, given: bytes | str, name: str, headed: bool | None = None) -> None:
        """Read another file or text; if it is none, only its sentence stays."""
        self.given, self.name, self.refusal, self.unused = given, name, "", ""
        self.sheet = self.choices = None
        try:
            self.sheet = read_sheet(given, name, headed)
            self.choices = usual_choices(self.sheet)
        except ValueError as refusal:
            self.refusal = str(refusal)

    def paste(self, text: str) -> None:
        """Read pasted text; without any there is nothing to say."""
        self.text = text
        if text.strip():
            self.read(text, PASTED)
        else:
            self.sheet, self.choices, self.refusal, self.unused = None, None, "", ""

    def choose_target(self, target: str) -> None:
        """Learn another column; what goes with it is chosen anew, but for whether inputs are standardised."""
        if self.sheet is not None and self.choices is not None:
            usual = usual_choices(self.sheet, target)
            self.unused = ""
            self.choices = replace(usual, standardised=self.choices.standardised)

    def choose(self, **changes: Any) -> None:
        """Change some of the choices."""
        if self.choices is not None:
            self.unused = ""
            self.choices = replace(self.choices, **changes)

    def made(self) -> Made | None:
        """The table of what was chosen; None where there is none, and the refusal says why."""
        if self.sheet is None or self.choices is None:
            return None
        try:
            made = make_table(self.sheet, self.choices)
        except ValueError as refusal:
            self.refusal = str(refusal)
            return None
        self.refusal = ""
        return made

    def close(self) -> None:
        """Show the player again."""
        self.way, self.closed, self.unused = "", True, ""


def bringing() -> Bringing:
    """This user's."""
    known: Bringing = st.session_state.setdefault(KEY, Bringing())
    return known
