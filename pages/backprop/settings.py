"""What the backprop page shows: which network and sample, which update, in which notation; and its link."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from engine import LOSSES, OPTIMIZERS
from engine.examples.systems import SYSTEMS
from pages.shell import links

PLAYGROUND = "playground"
DEFAULT = "seed003_bce"
WAYS = {
    "samples_are": ("rows", "columns"),
    "weights_are": ("in×out", "out×in"),
    "by": ("layer", "neuron"),
}
DIGITS = (2, 3, 4, 5, 6, 8, 10)
MOST_RATE = 1e6
Pairs = tuple[tuple[str, float | bool], ...]


@dataclass(frozen=True)
class BackpropSettings:
    """The choices of one user.

    Attributes:
        network:       "playground" or a key of SYSTEMS.
        sample:        a row of the data from 0; None for the whole batch.
        loss, optimizer, learning_rate, parameters: "", "", 0 and () for the network's own.
        samples_are, weights_are: "" for the network's own convention.
        by:            "layer" or "neuron".
        digits:        decimals.
        step:          key of the shown step; "" for the first.
        entry:         row and column of the chosen entry of its result, from 0, as the engine has it.
    """

    network: str = DEFAULT
    sample: int | None = None
    loss: str = ""
    optimizer: str = ""
    learning_rate: float = 0.0
    parameters: Pairs = ()
    samples_are: str = ""
    weights_are: str = ""
    by: str = "layer"
    digits: int = 4
    step: str = ""
    entry: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence, for what can't be."""
        _choose("network", self.network, (PLAYGROUND, *SYSTEMS))
        if self.sample is not None and not (isinstance(self.sample, int) and self.sample >= 0):
            typed = self.sample + 1 if isinstance(self.sample, int) else repr(self.sample)
            raise ValueError(f"sample must be a whole number from 1. Got {typed}.")
        _choose("loss", self.loss, ("", *LOSSES))
        _choose("optimizer", self.optimizer, ("", *OPTIMIZERS))
        if not 0 <= self.learning_rate <= MOST_RATE:
            rule = f"<= {MOST_RATE:.0f}" if self.learning_rate > MOST_RATE else "> 0"
            raise ValueError(f"The learning rate must be {rule}. Got {_number(self.learning_rate)}.")
        for name, ways in WAYS.items():
            _choose(name, getattr(self, name), ways if name == "by" else ("", *ways))
        _choose("digits", self.digits, DIGITS)
        rows = {row.name: row for row in OPTIMIZERS[self.optimizer].parameters} if self.optimizer else {}
        for name, value in self.parameters:
            if not self.optimizer:
                raise ValueError(f"A parameter needs the optimiser that it belongs to. Got {name!r}.")
            if not rows:
                raise ValueError(f"{OPTIMIZERS[self.optimizer].label} takes no parameter. Got {name!r}.")
            _choose("parameter", name, rows)
            rows[name].check(value)
        if len(self.entry) != 2 or min(self.entry) < 0:
            raise ValueError(f"entry must be a row and a column, from 1. Got {_write('entry', self.entry)}.")

    def changed(self, **changes: Any) -> BackpropSettings:
        """A copy with other values; another network, loss or optimiser brings its own of what hangs on it."""
        if changes.get("network", self.network) != self.network:
            fresh = BackpropSettings(network=changes["network"], by=self.by, digits=self.digits)
            return replace(fresh, **changes)
        if changes.get("optimizer", self.optimizer) != self.optimizer:
            changes = {"parameters": (), "learning_rate": 0.0} | changes
        if changes.get("step", self.step) != self.step:
            changes = {"entry": (0, 0)} | changes
        return replace(self, **changes)


def _choose(what: str, value: object, known: Any) -> None:
    if value not in known:
        listed = ", ".join(str(name) for name in known if name != "")
        raise ValueError(f"{what} must be one of {listed}. Got {value!r}.")


KEYS = {
    "network": "net",
    "sample": "sample",
    "loss": "loss",
    "optimizer": "opt",
    "learning_rate": "eta",
    "parameters": "par",
    "samples_are": "rows",
    "weights_are": "w",
    "by": "by",
    "digits": "digits",
    "step": "step",
    "entry": "at",
}
"""Field -> its name in a link. Only what differs from the default is written."""
WORDS = {"in×out": "in-out", "out×in": "out-in"}
"""Values that a link spells otherwise."""


def to_query(settings: BackpropSettings) -> dict[str, str]:
    """The query parameters of a link to what is shown; {} for the default."""
    default = BackpropSettings()
    return {
        KEYS[row.name]: _write(row.name, value)
        for row in fields(BackpropSettings)
        if (value := getattr(settings, row.name)) != getattr(default, row.name)
    }


def from_query(query: Mapping[str, str]) -> BackpropSettings:
    """The settings of a link. Raises: ValueError, in one sentence, for a value that can't be."""
    return BackpropSettings(**links.read(query, KEYS, BackpropSettings(), _read))


def _write(name: str, value: Any) -> str:
    if name == "sample":
        return str(value + 1)
    if name == "entry":
        return ".".join(str(k + 1) for k in value)
    if name == "parameters":
        return "~".join(f"{key}~{_number(number)}" for key, number in value)
    return _number(value) if isinstance(value, float) else WORDS.get(value, str(value))


def _number(value: float | bool) -> str:
    return str(int(value)) if isinstance(value, bool) else repr(value).removesuffix(".0")


def _read(name: str, text: str, default: Any) -> Any:
    if name == "sample":
        return int(text) - 1
    if name == "entry":
        return tuple(int(part) - 1 for part in text.split("."))
    if name == "digits":
        return int(text)
    if name == "learning_rate":
        if not math.isfinite(value := float(text)):
            raise ValueError
        return value
    if name == "parameters":
        parts = text.split("~")
        rows = {row.name: row for option in OPTIMIZERS.values() for row in option.parameters}
        return tuple(
            (key, value == "1" if key in rows and rows[key].is_bool else float(value))
            for key, value in zip(parts[::2], parts[1::2], strict=True)
        )
    return {word: value for value, word in WORDS.items()}.get(text, text)
