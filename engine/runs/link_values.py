"""How one value stands in a link: as text that a person can read, and that gives back the same value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from engine.options import Parameter

BETWEEN = "~"
EMPTY = "none"
SWITCH = {True: "on", False: "off"}
LONGEST_WORD = 80
"""Characters of one name; all of ours are shorter, and a refusal says it again."""


@dataclass(frozen=True)
class LinkFormat:
    """write(value) -> text; read(text) -> value, which raises ValueError for what it doesn't know."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _plain(text: str) -> str:
    """Text without what Python alone would read as part of a number: 1_0, ١, spaces."""
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
    """A value that a link spells with a word of its own; any other text stands for itself."""
    values = {word: value for value, word in words.items()}

    def read(text: str) -> Any:
        if len(text) > LONGEST_WORD:
            raise ValueError
        return values.get(text, text)

    return LinkFormat(lambda value: words.get(value, str(value)), read)


def strict_choice(words: dict[Any, str]) -> LinkFormat:
    """A value that is one of a few words and nothing else."""
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
OF_TYPE = {str: TEXT, int: WHOLE, float: NUMBER, bool: FLAG}
"""The spelling of a field that says none: that of its default's type."""


def listed(entry: LinkFormat) -> LinkFormat:
    """A tuple of entries: 4~2, or none."""

    def read(text: str) -> tuple[Any, ...]:
        return () if text == EMPTY else tuple(entry.read(part) for part in text.split(BETWEEN))

    return LinkFormat(lambda values: BETWEEN.join(map(entry.write, values)) or EMPTY, read)


def records(*entries: LinkFormat) -> LinkFormat:
    """A tuple of tuples with these entries, one behind the other: gradient~0.2~0~momentum~0.1~0.9."""

    def write(values: Iterable[tuple[Any, ...]]) -> str:
        parts = [kind.write(entry) for value in values for kind, entry in zip(entries, value, strict=True)]
        return BETWEEN.join(parts) or EMPTY

    def read(text: str) -> tuple[tuple[Any, ...], ...]:
        parts = [] if text == EMPTY else text.split(BETWEEN)
        columns = [map(kind.read, parts[k :: len(entries)]) for k, kind in enumerate(entries)]
        return tuple(zip(*columns, strict=True))

    return LinkFormat(write, read)


def pairs(rows: Iterable[Parameter]) -> LinkFormat:
    """Parameters with their values: momentum~0.9~nesterov~on. A whole number stays one: some count."""
    switches = {row.name for row in rows if row.is_bool}
    words = {word: on for on, word in SWITCH.items()} | {"1": True, "0": False}  # as some older links have it

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
