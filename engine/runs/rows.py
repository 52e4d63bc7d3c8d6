"""One row per setting: its default, check, name in a link, label and words are declared in one place.

A dataclass of settings is written as

    learning_rate: float = setting(0.03, "lr", check_number, above=0, live=True, label="Learning rate")

and what lists settings (links, controls, the line that says how a picture was made) reads these rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from engine.arrays import RefusalError
from engine.runs.link_values import OF_TYPE, LinkFormat

Words = Callable[[Any], str]


@dataclass(frozen=True, eq=False)
class SettingRow:
    """Everything about a setting but its value.

    Attributes:
        link:          its name in a link.
        link_format:   how its value is written there.
        check, bounds: check(name, value, **bounds) refuses a wrong value; the control has the same bounds.
        live:          whether it may change while a network trains.
        label:         the label of its control.
        group, words:  words(settings) describes the value in a few words, "" where it needs no mention; the
                       words of one group are joined.
        off:           the words for a live setting that is changed back to a value without words.
        left_out:      words(settings) for what it adds to the plain step of textbooks, "" for nothing.
    """

    link: str
    link_format: LinkFormat
    check: Callable[..., object] | None = None
    bounds: Mapping[str, Any] = field(default_factory=dict)
    live: bool = False
    label: str = ""
    group: str = ""
    words: Words | None = None
    off: str = ""
    left_out: Words | None = None


def setting(
    default: Any,
    link: str,
    check: Callable[..., object] | None = None,
    *,
    link_format: LinkFormat | None = None,
    live: bool = False,
    label: str = "",
    group: str = "",
    words: Words | None = None,
    off: str = "",
    left_out: Words | None = None,
    **bounds: Any,
) -> Any:
    """A field of a dataclass of settings, with its row; see SettingRow."""
    link_format = link_format or OF_TYPE[type(default)]
    row = SettingRow(link, link_format, check, bounds, live, label, group, words, off, left_out)
    return field(default=default, metadata={"row": row})


def rows(settings: type[Any]) -> Mapping[str, SettingRow]:
    """The rows of a dataclass of settings by their fields' names, in their order.

    A field without a row is no setting: it can't be written in a link.
    """
    return {entry.name: entry.metadata["row"] for entry in fields(settings) if "row" in entry.metadata}


def check_rows(settings: Any) -> None:
    """Refuse the first value that its row doesn't allow. Raises: ValueError."""
    for name, row in rows(type(settings)).items():
        if row.check is not None:
            row.check(name, getattr(settings, name), **row.bounds)


def in_words(refusal: ValueError, settings: type[Any]) -> str:
    """The sentence of a refusal as a page says it, where a setting is called what its control is called.

    "learning_rate must be > 0. Got -1." is "Learning rate must be > 0. Got -1." there.
    """
    if not isinstance(refusal, RefusalError):
        return str(refusal)
    name, row = refusal.name, rows(settings).get(refusal.name)
    label = (row.label.partition(" (")[0] if row else "") or refusal.label or name.replace("_", " ")
    first = label[:1].upper() if label.isascii() else label[:1]  # ε stays small
    return f"{refusal.before}{first}{label[1:]} {refusal.said}"
