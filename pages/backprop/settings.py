"""What the backprop page shows: which network and sample, which update, in which notation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine import LOSSES, OPTIMIZERS
from engine.arrays import brief
from engine.examples.systems import SYSTEMS
from engine.runs.link_values import NUMBER, WHOLE, LinkFormat, choice, pairs
from engine.runs.rows import setting

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


FROM_ONE = LinkFormat(lambda k: WHOLE.write(k + 1), lambda text: WHOLE.read(text) - 1)
"""A link counts rows and columns from 1, as people do."""
ENTRY = LinkFormat(
    lambda entry: ".".join(map(FROM_ONE.write, entry)),
    lambda text: tuple(map(FROM_ONE.read, text.split("."))),
)
_PARAMETERS = pairs(row for option in OPTIMIZERS.values() for row in option.parameters)


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
        step:          key of the shown step, as "dW1"; "" for the first.
        entry:         row and column of the chosen entry of its result, from 0, as the engine has it.
    """

    network: str = setting(DEFAULT, "net")
    sample: int | None = setting(None, "sample", link_format=FROM_ONE)
    loss: str = setting("", "loss")
    optimizer: str = setting("", "opt")
    learning_rate: float = setting(0.0, "eta")
    parameters: Pairs = setting((), "par", link_format=_PARAMETERS)
    samples_are: str = setting("", "rows")
    weights_are: str = setting("", "w", link_format=choice({"in×out": "in-out", "out×in": "out-in"}))
    by: str = setting("layer", "by")
    digits: int = setting(4, "digits")
    step: str = setting("", "step")
    entry: tuple[int, int] = setting((0, 0), "at", link_format=ENTRY)

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence, for a value out of its range."""
        _choose("network", self.network, (PLAYGROUND, *SYSTEMS))
        if self.sample is not None and not (isinstance(self.sample, int) and self.sample >= 0):
            typed = self.sample + 1 if isinstance(self.sample, int) else repr(self.sample)
            raise ValueError(f"sample must be a whole number from 1. Got {typed}.")
        _choose("loss", self.loss, ("", *LOSSES))
        _choose("optimizer", self.optimizer, ("", *OPTIMIZERS))
        if not 0 <= self.learning_rate <= MOST_RATE:
            rule = f"<= {MOST_RATE:.0f}" if self.learning_rate > MOST_RATE else "> 0"
            raise ValueError(f"The learning rate must be {rule}. Got {NUMBER.write(self.learning_rate)}.")
        for name, ways in WAYS.items():
            _choose(name, getattr(self, name), ways if name == "by" else ("", *ways))
        _choose("digits", self.digits, DIGITS)
        rows = {row.name: row for row in OPTIMIZERS[self.optimizer].parameters} if self.optimizer else {}
        for name, value in self.parameters:
            if not self.optimizer:
                raise ValueError(f"A parameter needs the optimiser that it belongs to. Got {brief(name)}.")
            if not rows:
                raise ValueError(f"{OPTIMIZERS[self.optimizer].label} takes no parameter. Got {brief(name)}.")
            _choose("parameter", name, rows)
            rows[name].check(value)
        if len(self.entry) != 2 or min(self.entry) < 0:
            raise ValueError(f"entry must be a row and a column, from 1. Got {ENTRY.write(self.entry)}.")

    def changed(self, **changes: Any) -> BackpropSettings:
        """A copy with other values; what depends on a changed network, optimiser or step is reset."""
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
        raise ValueError(f"{what} must be one of {listed}. Got {brief(value)}.")
