"""Controls that each set one field of the experiment; the control's key is the field's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from engine import Experiment
from engine.numbers import read_number
from engine.runs.rows import rows
from pages.playground.user import change, take
from pages.shell import binding
from pages.shell.binding import labels, one_of, rates, typed_choice
from pages.shell.controls import selectbox

ROWS = rows(Experiment)


def to_field(name: str) -> Callable[[Any], None]:
    """A function that writes a user's choice into a field of the experiment."""
    return lambda chosen: change(**{name: chosen})


def label_of(name: str) -> str:
    """The label of a field's control."""
    return ROWS[name].label


def rate(key: str, usual: tuple[str, ...], value: float, *, width: int, disabled: bool = False) -> None:
    """A select box of usual numbers, from small to large, that also takes any typed number."""

    options, shown = rates(usual, value)

    def write(typed: str) -> None:
        take(**{key: read_number(typed, label_of(key))})

    typed_choice(key, label_of(key), options, shown, write, width=width, disabled=disabled)


def choice(key: str, table: Mapping[str, Any], names: Iterable[str], value: str, **more: Any) -> None:
    """A select box of names from a table."""
    selectbox(label_of(key), format_func=labels(table), **one_of(names, key, value, to_field(key)), **more)


def number(
    key: str,
    value: float,
    step: float,
    *,
    label: str | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """A number field within the bounds of the experiment's field."""
    bounds = ROWS[key].bounds
    least, most = bounds.get("least", 0), bounds.get("most")

    def write(chosen: float) -> None:
        take(**{key: chosen})

    binding.number(key, label or label_of(key), value, least, most, step, write=write, width=width)
