"""What the backprop page shows: which network and sample, which update, in which notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine import LOSSES, OPTIMIZERS
from engine.arrays import RefusalError, brief, check_count, rule_of
from engine.examples.systems import SYSTEMS
from engine.runs.experiment import MAX_SEED
from engine.runs.link_values import NUMBER, WHOLE, LinkFormat, choice, pairs
from engine.runs.links import from_query
from engine.runs.rows import rows, setting

PLAYGROUND, OWN_NUMBERS = "playground", "own"
DEFAULT = "seed003_bce"
"""The network of a link that names none; links have been shared without its name."""
SMALLEST = "one_neuron"
"""The example with the fewest parameters, to begin with."""
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
        network:       "playground", "own" or a key of SYSTEMS.
        version:       the seed of other numbers for the network and its data; 0 for its own.
        sample:        a row of the data from 0; None for the whole batch.
        at_probe:      whether the playground's network is worked at its probe instead of the training points.
        loss, optimizer, learning_rate, parameters: "", "", 0 and () for the network's own.
        samples_are, weights_are: "" for the network's own convention.
        by:            "layer" or "neuron".
        digits:        decimals.
        errata:        whether the slips of the network's source are told, on the page and in its files.
        step:          key of the shown step, as "dW1"; "" for the first.
        entry:         row and column of the chosen entry of its result, from 0, as the engine has it.
    """

    network: str = setting(DEFAULT, "net", label="Network")
    version: int = setting(0, "version", label="Version")
    sample: int | None = setting(None, "sample", link_format=FROM_ONE, label="Sample")
    at_probe: bool = setting(False, "at_probe", label="At the probe")
    loss: str = setting("", "loss", label="Loss")
    optimizer: str = setting("", "opt", label="Optimiser")
    learning_rate: float = setting(0.0, "eta")
    parameters: Pairs = setting((), "par", link_format=_PARAMETERS)
    samples_are: str = setting("", "rows", label="“Samples are”")
    weights_are: str = setting(
        "", "w", link_format=choice({"in×out": "in-out", "out×in": "out-in"}), label="“Weights are”"
    )
    by: str = setting("layer", "by", label="“Go through it”")
    digits: int = setting(4, "digits", label="Digits")
    errata: bool = setting(False, "errata", label="Errata")
    step: str = setting("", "step")
    entry: tuple[int, int] = setting((0, 0), "at", link_format=ENTRY)

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence, for a value out of its range."""
        known = PLAYGROUND, OWN_NUMBERS, *SYSTEMS
        if self.network not in known:  # their names in links tell nobody anything
            raise RefusalError("network", f"must be one of this page's. Got {brief(self.network)}.")
        check_count("version", self.version, least=0, most=MAX_SEED)
        if self.sample is not None and not (isinstance(self.sample, int) and self.sample >= 0):
            typed = self.sample + 1 if isinstance(self.sample, int) else repr(self.sample)
            raise RefusalError("sample", f"must be a whole number from 1. Got {typed}.")
        _choose("at_probe", self.at_probe, (False, True))
        if self.at_probe and self.network != PLAYGROUND:
            raise ValueError("Only the playground's network has a probe.")
        _choose("loss", self.loss, ("", *LOSSES))
        _choose("optimizer", self.optimizer, ("", *OPTIMIZERS))
        if not 0 <= self.learning_rate <= MOST_RATE:
            rule = rule_of(above=0, most=MOST_RATE)
            raise ValueError(f"The learning rate must be {rule}. Got {NUMBER.write(self.learning_rate)}.")
        for name, ways in WAYS.items():
            _choose(name, getattr(self, name), ways if name == "by" else ("", *ways))
        _choose("digits", self.digits, DIGITS)
        _choose("errata", self.errata, (False, True))
        rows = {row.name: row for row in OPTIMIZERS[self.optimizer].parameters} if self.optimizer else {}
        for name, value in self.parameters:
            if not self.optimizer:
                raise ValueError(f"A parameter needs the optimiser that it belongs to. Got {brief(name)}.")
            if not rows:
                raise ValueError(f"{OPTIMIZERS[self.optimizer].label} takes no parameter. Got {brief(name)}.")
            _choose("parameter", name, rows)
            rows[name].check(value)
        if len(self.entry) != 2 or min(self.entry) < 0:
            raise RefusalError("entry", f"must be a row and a column, from 1. Got {ENTRY.write(self.entry)}.")

    def changed(self, **changes: Any) -> BackpropSettings:
        """A copy with other values; what depends on a changed network, optimiser or step is reset."""
        if changes.get("network", self.network) != self.network:
            fresh = BackpropSettings(changes["network"], by=self.by, digits=self.digits, errata=self.errata)
            return replace(fresh, **changes)
        if changes.get("optimizer", self.optimizer) != self.optimizer:
            changes = {"parameters": (), "learning_rate": 0.0} | changes
        if changes.get("step", self.step) != self.step:
            changes = {"entry": (0, 0)} | changes
        if changes.get("at_probe", self.at_probe) != self.at_probe:
            changes = {"sample": None, "version": 0} | changes
        return replace(self, **changes)

    @property
    def calculation(self) -> BackpropSettings:
        """These settings with all that changes no number at its default."""
        shown = replace(self, step="", entry=(0, 0), by="layer", digits=4, errata=False)
        return replace(shown, samples_are="", weights_are="")


def _choose(what: str, value: object, known: Any) -> None:
    if value not in known:
        listed = ", ".join(str(name) for name in known if name != "")
        raise RefusalError(what, f"must be one of {listed}. Got {brief(value)}.")


def says_something(query: Mapping[str, str]) -> bool:
    """Whether an address has a parameter of this page; those of other pages may be among them."""
    return any(row.link in query for row in rows(BackpropSettings).values())


def opening(query: Mapping[str, str], *, trained: bool) -> BackpropSettings:
    """What an address opens: what it says; without a word, the network just trained or the smallest example.

    Args:   query: the parameters of the address.
            trained: whether the playground's network has been trained.
    Raises: ValueError for a parameter that can't be read.
    """
    if says_something(query):
        return from_query(BackpropSettings, query)
    return BackpropSettings(PLAYGROUND if trained else SMALLEST)
