"""Number fields: the browser sends what is typed as it is, and the one reader of typed numbers reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from engine.arrays import check_number
from engine.numbers import read_number, significant
from pages.live.assets import part
from pages.shell.controls import is_shown, use_of

PART = Path(__file__).parent / "fields" / "part.js"
FIELDS = "backprop_number_fields"
USED = "backprop_number_field_used"
DIGITS = 10
"""Most significant digits of a value that is shown."""
MOST_ACTS = 250
"""Most acts that one message may hold; a browser stops below."""
LONGEST = 100
"""Characters of a typed text that are looked at; the reader refuses fewer than these already."""


@dataclass
class NumberField:
    """A number field of one user: its value, its rules, and how far the browser's acts are done.

    Attributes:
        value:   in force, as the page has it.
        step:    of the − and + buttons and the arrow keys; an int makes it a field for whole numbers.
        hint:    the sentence that the page's link locks it, or None.
        write:   takes a new value, or raises ValueError.
        client, answered: the browser's field that was heard last, and the number of its last act.
        refused: the text that was typed last, and why it is no value; None once a value is accepted.
    """

    label: str
    value: float
    least: float
    most: float | None
    step: float
    write: Callable[[Any], None]
    disabled: bool = False
    hint: str | None = None
    client: str = ""
    answered: int = 0
    refused: tuple[str, str] | None = None

    @property
    def whole(self) -> bool:
        """Whether it takes whole numbers only."""
        return isinstance(self.step, int)

    def show(self, now: NumberField) -> None:
        """Take over the page's present value and rules; a refusal stands while the value is the same."""
        if now.value != self.value:
            self.refused = None
        self.label, self.value, self.least, self.most = now.label, now.value, now.least, now.most
        self.step, self.write, self.disabled, self.hint = now.step, now.write, now.disabled, now.hint

    def take(self, message: object) -> bool:
        """Do the acts of a message that are not done yet, in order; True if there were any.

        Args:
            message: {client, first, acts}, with `first` the number of the first act. An act is a text as it
                was typed, a number of steps, or None to give up a refused text. Anything else is ignored.
        """
        if not isinstance(message, Mapping) or self.disabled:
            return False
        client, first, acts = (message.get(name) for name in ("client", "first", "acts"))
        if not (isinstance(client, str) and isinstance(first, int) and isinstance(acts, list)):
            return False
        if client != self.client:
            self.client, self.answered = client[:LONGEST], 0
        done = self.answered
        for number, act in enumerate(acts[:MOST_ACTS], start=first):
            if number > self.answered:
                self._do(act)  # Streamlit may break off here for a newer message; then it is not done
                self.answered = number
        return self.answered > done

    def _do(self, act: object) -> None:
        if act is None:
            self.refused = None
        elif isinstance(act, str):
            self._accept(act[:LONGEST], lambda: self._read(act))
        elif isinstance(act, int) and not self.refused:  # else there is no number to start from
            value = self._stepped(act)
            if value != self.value:
                self._accept(self.text(value), lambda: value)

    def _accept(self, text: str, read: Callable[[], float]) -> None:
        try:
            value = read()
            self.write(value)
        except ValueError as refusal:
            self.refused = text, str(refusal)
        else:
            self.value, self.refused = value, None

    def _read(self, text: str) -> float:
        name = self.label.partition(" (")[0]
        value = read_number(text, name)
        if self.whole and not value.is_integer():
            raise ValueError(f"{name} must be a whole number. Got {text.strip()!r}.")
        check_number(name, value, least=self.least, most=inf if self.most is None else self.most)
        return int(value) if self.whole else value

    def _stepped(self, steps: int) -> float:
        """The value so many steps further, at most at a bound."""
        steps = max(-MOST_ACTS, min(MOST_ACTS, steps))
        value = max(self.least, min(inf if self.most is None else self.most, self.value + steps * self.step))
        return int(value) if self.whole else float(f"{value:.{DIGITS}g}")

    def text(self, value: float) -> str:
        """A value as the field shows it, which the reader reads again."""
        return f"{value:d}" if isinstance(value, int) else significant(value, DIGITS)

    def data(self) -> dict[str, Any]:
        """What the browser gets."""
        free = not self.disabled and self.refused is None
        shown: dict[str, Any] = {
            "label": self.label,
            "text": self.text(self.value),
            "answered": [self.client, self.answered],
            "whole": self.whole,
            "disabled": self.disabled,
            "hint": self.hint,
            "down": free and self.value > self.least,
            "up": free and (self.most is None or self.value < self.most),
        }
        return shown | ({"refused": list(self.refused)} if self.refused else {})


def number_field(key: str, field: NumberField, width: int | Literal["stretch"]) -> None:
    """Show a number field; its value, rules and label are the given ones from now on."""
    if not is_shown(key, field.label):
        fields().pop(key, None)
        return
    use = use_of(key, field.disabled, None)
    field.disabled, field.hint = use["disabled"], use["help"]
    mine = fields().setdefault(key, field)
    mine.show(field)
    part(PART, "number_field")(key=key, data=mine.data(), width=width, on_act_change=take_typed)


def take_typed() -> None:
    """Do what was typed or pressed in any number field. Whatever else acts on a press does this first.

    The browser may bundle a text that was being typed with the press that ended the typing.
    """
    for key, field in fields().items():
        message = st.session_state.get(key, {}).get("act")
        if field.take(message):
            st.session_state[USED] = True


def fields() -> dict[str, NumberField]:
    """The number fields of the user's page, by key."""
    known: dict[str, NumberField] = st.session_state.setdefault(FIELDS, {})
    return known


def page_must_follow() -> None:
    """Note in a callback that the whole page has to run, even if it comes bundled with a view's request."""
    st.session_state[USED] = True


def used_meanwhile() -> bool:
    """Whether a number field was used, or the page must follow, since the whole page was last run."""
    return bool(st.session_state.get(USED))


def page_is_run(arriving: bool) -> None:
    """Note that the whole page is about to run; if the user has just come to it, its fields begin anew."""
    st.session_state[USED] = False
    if arriving:
        fields().clear()
