"""What stands in the fields for numbers of one's own: as typed, and why it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from engine.examples.own import OwnNetwork
from pages.backprop.own import text_fields
from pages.backprop.session import BackpropSession
from pages.formulas.notation import Convention

STATE = "own_numbers_typed"


@dataclass(frozen=True)
class Typed:
    """What was typed into a field, the field's own text after it, and why it was refused, if it was."""

    text: str
    after: str
    refusal: str = ""


@dataclass
class Memory:
    """What stands in the fields of one user.

    Attributes:
        own, convention: what the fields were last read for.
        typed:           by name of the field: "widths", "X", "W[1]" …
        refused:         why a choice was refused, by key of its select box, until something is accepted.
    """

    own: OwnNetwork
    convention: Convention
    typed: dict[str, Typed] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def memory_of(user: BackpropSession) -> Memory:
    """What stands in the fields; nothing yet if the network is another than they have made."""
    memory: Memory | None = st.session_state.get(STATE)
    if memory is None or memory.own != user.own:
        memory = st.session_state[STATE] = Memory(user.own, user.convention)
    return memory


def read(user: BackpropSession, memory: Memory, name: str, text: str) -> bool:
    """Whether a text is accepted; otherwise it stays in its field, with the sentence why."""
    try:
        user.take_own(text_fields(user.own, user.convention)[name].change(text))
    except ValueError as refusal:
        memory.typed[name] = Typed(text, "", str(refusal))
        user.own_typed = True  # so that it is found again
        return False
    after = text_fields(user.own, user.convention)[name].text
    memory.typed[name], memory.own = Typed(text, after), user.own
    memory.refused.clear()
    return True


def read_again(user: BackpropSession, memory: Memory) -> bool:
    """Read the refused texts once more, as the network or the way of typing has changed; True if one fits."""
    known = text_fields(user.own, user.convention)
    memory.typed = {name: typed for name, typed in memory.typed.items() if name in known}
    refused = [(name, typed.text) for name, typed in memory.typed.items() if typed.refusal]
    accepted = [read(user, memory, name, text) for name, text in refused]  # all of them
    return any(accepted)


def choose(user: BackpropSession, key: str, change: Callable[[], OwnNetwork]) -> bool:
    """Whether a changed network is taken; otherwise the select box of this key says why not."""
    memory = memory_of(user)
    try:
        user.take_own(change())
    except ValueError as refusal:
        memory.refused[key] = str(refusal)
        return False
    memory.own = user.own
    memory.refused.clear()
    read_again(user, memory)
    return True
