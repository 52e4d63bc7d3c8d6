"""The fields for numbers of one's own: widths, activations, loss, and every matrix as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from engine import ACTIVATIONS, LOSSES
from engine.examples.own_changes import with_activation
from engine.examples.typed import LONGEST_WIDTHS
from engine.examples.typed_rows import LONGEST_TEXT
from engine.runs.experiment import losses_for
from pages.backprop.controls import network_names
from pages.backprop.own import WEIGHTS_ARE, text_fields
from pages.backprop.own_fields import Memory, choose, memory_of, read, read_again
from pages.backprop.session import BackpropSession
from pages.backprop.settings import OWN_NUMBERS, WAYS
from pages.shell.binding import labels, refusal_at
from pages.shell.controls import is_shown, segmented_control, selectbox, text_area, text_input
from pages.shell.renewed import renewed

OPENED = "own_numbers_opened"
LETTER, LINE = 8, 24
"""Width of a letter and height of a line, in px."""
NARROW, WIDE, LOW, HIGH = 190, 300, 68, 210
"""Least and largest width of a column and height of a field, in px."""
OTHER_NUMBERS = "Version {} is worked, which has numbers of its own: version 0 has these."
HOW = (
    "A row is a line, or ends with a semicolon; spaces or commas separate its numbers. "
    "The link in the address bar holds all numbers exactly."
)


def own_numbers(user: BackpropSession) -> None:
    """Draw the fields if the user's own numbers are what is worked."""
    if user.settings.network != OWN_NUMBERS:
        return
    memory = memory_of(user)
    if memory.convention != user.convention:
        memory.convention = user.convention
        if read_again(user, memory):
            st.rerun()
    if not is_shown("own_numbers", "Your own numbers"):
        return
    opened = st.session_state.setdefault(OPENED, bool(user.own_begun))
    with st.container(key="own_numbers"), st.expander("Your own numbers", expanded=opened):
        with st.container(horizontal=True, gap="small"):
            with _column(user, memory, "widths"):
                _text(user, memory, "widths")
            _weights_are(user)
            _begin_again(user)
        with st.container(horizontal=True, gap="small"):
            with _column(user, memory, "X"):
                _text(user, memory, "X")
            for l in range(1, len(user.own.widths)):
                with _column(user, memory, f"W[{l}]", f"b[{l}]"):
                    _activation(user, memory, l)
                    _text(user, memory, f"W[{l}]")
                    _text(user, memory, f"b[{l}]")
            with _column(user, memory, "Y"):
                _loss(user, memory)
                _text(user, memory, "Y")
        version = OTHER_NUMBERS.format(user.settings.version) if user.settings.version else ""
        st.caption(" ".join(filter(None, (version, user.own_begun, HOW))))


# Fields for text


@contextmanager
def _column(user: BackpropSession, memory: Memory, *names: str) -> Iterator[None]:
    """A column as wide as these fields need."""
    lines = [line for name in names for line in _shown(user, memory, name).splitlines()]
    width = max(NARROW, 30 + LETTER * max(map(len, lines), default=0))
    with st.container(width=min(WIDE, width), gap="small"):
        yield


def _shown(user: BackpropSession, memory: Memory, name: str) -> str:
    """What stands in a field: the text as typed while it is refused, or still says what is in force."""
    text, typed = text_fields(user.own, user.convention)[name].text, memory.typed.get(name)
    return typed.text if typed and (typed.refusal or typed.after == text) else text


def _text(user: BackpropSession, memory: Memory, name: str) -> None:
    """A field with the sentence below it if what stands in it is refused."""
    known, key = text_fields(user.own, user.convention)[name], key_of(name)
    text = _shown(user, memory, name)

    def write(given: str | None) -> None:
        memory, typed = memory_of(user), given or ""
        if name not in text_fields(user.own, user.convention):
            return  # a layer that has gone meanwhile
        if not typed.strip():
            memory.typed.pop(name, None)  # the numbers in force come back
        elif read(user, memory, name, typed):
            read_again(user, memory)

    arguments = renewed(key, text, write)
    with st.container(gap=None, key=key):
        if name == "widths":
            text_input(known.label, max_chars=LONGEST_WIDTHS, **arguments)
        else:
            height = min(HIGH, max(LOW, 30 + LINE * len(text.splitlines())))
            text_area(known.label, height=height, max_chars=LONGEST_TEXT, help=known.hint, **arguments)
        if name in memory.typed and memory.typed[name].refusal:
            refusal_at(key, memory.typed[name].refusal)


def key_of(name: str) -> str:
    """The key of a field: own_W1 for W[1]."""
    return "own_" + "".join(letter for letter in name if letter.isalnum())


# Choices


def _activation(user: BackpropSession, memory: Memory, l: int) -> None:
    """The activation of layer l, counted from 1 as on the screen."""
    key, value = f"own_activation_{l}", user.own.activations[l - 1]

    def write(name: str) -> None:
        choose(user, key, lambda: with_activation(user.own, l - 1, name))

    with st.container(gap=None, key=key):
        arguments = renewed(f"{key}_of", value, write, default="index", shown=[*ACTIVATIONS].index(value))
        selectbox(
            f"Activation of layer {l}",
            ACTIVATIONS,
            format_func=labels(ACTIVATIONS),
            **arguments | {"name": key},
        )
        if sentence := memory.refused.get(key):
            refusal_at(key, sentence)


def _loss(user: BackpropSession, memory: Memory) -> None:
    """The loss; one chosen under Update gives way to it."""
    output, value = user.own.activations[-1], user.settings.loss or user.own.loss
    key, names = "own_loss", losses_for(output)

    def write(name: str) -> None:
        if choose(user, key, lambda: replace(user.own, loss=name)):
            user.set(loss="")

    with st.container(gap=None, key=key):
        arguments = renewed(f"{key}_{output}", value, write, default="index", shown=names.index(value))
        selectbox("Loss", names, format_func=labels(LOSSES), **arguments | {"name": key})
        if sentence := memory.refused.get(key):
            refusal_at(key, sentence)


def _weights_are(user: BackpropSession) -> None:
    """Which way weights are typed: as they are shown."""

    def write(way: str | None) -> None:
        if way is not None:
            user.set(weights_are="" if way == user.own_convention.weights_are else way)

    segmented_control(
        "Each W is typed with",
        WAYS["weights_are"],
        format_func=WEIGHTS_ARE.__getitem__,
        required=True,
        **renewed("own_weights_are", user.convention.weights_are, write, default="default"),
    )


def _begin_again(user: BackpropSession) -> None:
    """Take the numbers of another network."""
    names = {name: label for name, label in network_names().items() if name != OWN_NUMBERS}
    selectbox(
        "Begin again with",
        format_func=lambda name: names.get(name, name),
        placeholder="another network's numbers",
        width=240,
        options=names,
        **renewed("own_begin_again", None, user.begin_with, default="index"),
    )
