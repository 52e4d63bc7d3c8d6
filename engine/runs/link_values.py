"""How one value is written in a link: as text that people can read and that gives back the same value."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.options import Parameter

BETWEEN = "~"
EMPTY = "none"
SWITCH = {True: "on", False: "off"}
PACKED = "p"
"""Begins a list of numbers that is written as their bytes."""
LONGEST_WORD = 80
"""Most characters of one name; the error sentence repeats a wrong one, so that it must not be endless."""


@dataclass(frozen=True)
class LinkFormat:
    """write(value) -> text, and read(text) -> value, which raises ValueError for text that it can't read."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _plain(text: str) -> str:
    """Refuse what Python reads as a number and people don't write: 1_0, ١, spaces."""
    if not text.isascii() or "_" in text or text != text.strip():
        raise ValueError
    return text


def _write_number(number: float) -> str:
    return repr(number).removesuffix(".0")


def _read_number(text: str) -> float:
    return float(_plain(text))  # NaN and ∞ too: the settings refuse them, and say by which rule


def _read_whole(text: str) -> int:
    return int(_plain(text))


def choice(words: dict[Any, str]) -> LinkFormat:
    """A value that may have its own word in links; any other value is written as it is."""
    values = {word: value for value, word in words.items()}

    def read(text: str) -> Any:
        if len(text) > LONGEST_WORD:
            raise ValueError
        return values.get(text, text)

    return LinkFormat(lambda value: words.get(value, str(value)), read)


def strict_choice(words: dict[Any, str]) -> LinkFormat:
    """A value that is written as one of these words; any other text is refused."""
    values = {word: value for value, word in words.items()}

    def read(text: str) -> Any:
        if text not in values:
            raise ValueError
        return values[text]

    return LinkFormat(words.__getitem__, read)


TEXT = choice({})
WHOLE = LinkFormat(str, _read_whole)
NUMBER = LinkFormat(_write_number, _read_number)
FLAG = strict_choice({True: "1", False: "0"})
WHOLE_OR_ALL = LinkFormat(str, lambda text: text if text == "all" else _read_whole(text))
OF_TYPE = {str: TEXT, int: WHOLE, float: NUMBER, bool: FLAG}
"""The format of a field that names none, by the type of its default."""


def listed(item: LinkFormat) -> LinkFormat:
    """A tuple of items: 4~2, or none."""

    def read(text: str) -> tuple[Any, ...]:
        return () if text == EMPTY else tuple(item.read(part) for part in text.split(BETWEEN))

    return LinkFormat(lambda values: BETWEEN.join(map(item.write, values)) or EMPTY, read)


def _write_numbers(values: Iterable[float]) -> str:
    numbers = tuple(values)
    plain = listed(NUMBER).write(numbers)
    packed = PACKED + base64.urlsafe_b64encode(np.array(numbers, "<f8").tobytes()).decode().rstrip("=")
    return min(plain, packed, key=len)


def _read_numbers(text: str) -> tuple[float, ...]:
    if not text.startswith(PACKED):
        return tuple(map(float, listed(NUMBER).read(text)))
    letters = text.removeprefix(PACKED)
    held = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
    return tuple(np.frombuffer(held, "<f8").tolist())


NUMBERS = LinkFormat(_write_numbers, _read_numbers)
"""A tuple of floats, exactly: 0.5~-1, or the bytes of float64 in base64 where that is shorter."""


def records(*items: LinkFormat) -> LinkFormat:
    """A tuple of records, each a tuple of these items, one after another: gradient~0.2~0~momentum~0.1~0.9."""

    def write(values: Iterable[tuple[Any, ...]]) -> str:
        parts = [item.write(part) for value in values for item, part in zip(items, value, strict=True)]
        return BETWEEN.join(parts) or EMPTY

    def read(text: str) -> tuple[tuple[Any, ...], ...]:
        parts = [] if text == EMPTY else text.split(BETWEEN)
        columns = [map(item.read, parts[k :: len(items)]) for k, item in enumerate(items)]
        return tuple(zip(*columns, strict=True))

    return LinkFormat(write, read)


def pairs(rows: Iterable[Parameter]) -> LinkFormat:
    """Parameters with their values: momentum~0.9~nesterov~on. Whole numbers are read as int, for counts."""
    switches = {row.name for row in rows if row.is_bool}
    words = {word: on for on, word in SWITCH.items()} | {"1": True, "0": False}  # as older links have it

    def write(values: Iterable[tuple[str, float]]) -> str:
        parts = [(name, SWITCH[v] if isinstance(v, bool) else _write_number(v)) for name, v in values]
        return BETWEEN.join(part for pair in parts for part in pair) or EMPTY

    def read(text: str) -> tuple[tuple[str, float], ...]:
        parts = [] if text == EMPTY else text.split(BETWEEN)
        return tuple(
            (name, value_of(name, value)) for name, value in zip(parts[::2], parts[1::2], strict=True)
        )

    def value_of(name: str, text: str) -> float:
        if name in switches:
            if text not in words:
                raise ValueError
            return words[text]
        return _read_whole(text) if text.lstrip("-").isdigit() else _read_number(text)

    return LinkFormat(write, read)
