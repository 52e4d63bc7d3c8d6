"""What a sweep can vary: the settings of an experiment, with values to choose from and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine import ACTIVATIONS, DATASETS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Experiment
from engine.arrays import RefusalError, check_choice
from engine.numbers import read_number
from engine.runs.experiment import ALL, OUTPUTS, REGULARIZATIONS
from engine.runs.link_values import BETWEEN, NUMBER, WHOLE, WHOLE_OR_ALL
from engine.runs.rows import SettingRow, rows

NOT_VARIED = ("seed", "speed", "unit", "frozen")
"""Every cell varies the seeds, a sweep counts epochs, and an index means another weight elsewhere."""
OUTPUT_NAMES = tuple(dict.fromkeys(name for names in OUTPUTS.values() for name in names))
TABLES: dict[str, Mapping[str, Any]] = {
    "dataset": DATASETS,
    "activations": ACTIVATIONS,
    "output_activation": {name: ACTIVATIONS[name] for name in OUTPUT_NAMES},
    "loss": LOSSES,
    "initializer": INITIALIZERS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}
"""Settings whose values are rows of a table, which label them."""
WORDS: dict[str, dict[str, str]] = {
    "regularization": REGULARIZATIONS,
    "bias": {"shared": "with biases", "none": "no biases"},
    "batch_size": {ALL: "all points"},
}
USUAL: dict[str, tuple[str, ...]] = {
    "dataset": ("circle", "xor", "spiral"),
    "classes": ("2", "3", "5"),
    "samples": ("50", "100", "500", "2000"),
    "noise": ("0", "0.1", "0.3", "0.5"),
    "train_share": ("0.1", "0.3", "0.5", "0.9"),
    "data_seed": ("0", "1", "2"),
    "features": ("x1~x2", "x1~x2~x1_x2", "x1~x2~sin_x1~sin_x2"),
    "hidden": ("2", "4", "8", "16", "4~2", "8~8", "8~8~8"),
    "activations": ("sigmoid", "tanh", "relu"),
    "initializer": ("normal", "glorot_uniform", "he_normal"),
    "batch_size": ("1", "10", "100", ALL),
    "optimizer": ("sgd", "rmsprop", "adam"),
    "learning_rate": ("0.003", "0.03", "0.3", "1"),
    "regularization_rate": ("0", "0.001", "0.01", "0.1"),
    "clip_norm": ("0", "0.1", "1"),
    "stop_epoch": ("10", "50", "100"),
    "stop_loss": ("0.01", "0.05", "0.1"),
    "stop_accuracy": ("0.9", "0.95", "0.99"),
    "stop_plateau": ("5", "10", "20"),
}
"""The values that a setting begins with, or is offered; of a table without any, its first rows."""
MOST_USUAL = 4


@dataclass(frozen=True, eq=False)
class Variable:
    """A setting that can be varied.

    Attributes:
        name:    of the field; label: of its control.
        offered: the texts of values to choose from.
        usual:   the texts that a sweep over it begins with.
    """

    name: str
    label: str
    offered: tuple[str, ...]
    usual: tuple[str, ...]
    _row: SettingRow

    def read(self, typed: str) -> str:
        """A value as it was typed or stands in a link, in the form in which links have it.

        Raises: ValueError for what is no such value.
        """
        text = typed.strip()
        if named := {self.said(one).lower(): one for one in self.offered}.get(text.lower()):
            return named
        if self.name == "hidden":
            text = text.replace("-", BETWEEN).replace(" ", "")
        if self.name in TABLES:
            return check_choice(self.label, text, TABLES[self.name])
        format = self._row.link_format
        if format in (WHOLE, NUMBER, WHOLE_OR_ALL) and text != ALL:
            value = read_number(text, self.label)
            if format is not NUMBER and not value.is_integer():
                raise RefusalError(self.label, f"must be a whole number. Got {typed!r}.")
            return format.write(value if format is NUMBER else int(value))
        return format.write(self._value(text))

    def _value(self, text: str) -> Any:
        try:
            return self._row.link_format.read(text)
        except ValueError:
            raise RefusalError(self.label, f"can't be read. Got {text[:40]!r}.") from None

    def applied(self, experiment: Experiment, text: str) -> Experiment:
        """The experiment with this value, and with what depends on it fitted. Raises: ValueError."""
        if self.name == "activations":
            return experiment.changed(activations=(text,) * len(experiment.hidden))
        return experiment.changed(**{self.name: self._value(text)})

    def said(self, text: str) -> str:
        """A value as it is shown."""
        if self.name in TABLES:
            return str(getattr(TABLES[self.name].get(text), "label", text))
        if self.name == "features":
            return ", ".join(str(getattr(FEATURES.get(one), "label", one)) for one in text.split(BETWEEN))
        words = WORDS.get(self.name, {}).get(text)
        return words or (text.replace(BETWEEN, "-") if self.name == "hidden" else text.replace(BETWEEN, " "))


@cache
def variables() -> dict[str, Variable]:
    """Every setting that can be varied, by its name, in the order of the settings."""
    return {
        name: Variable(name, row.label.partition(" (")[0], _offered(name), _usual(name), row)
        for name, row in rows(Experiment).items()
        if row.label and name not in NOT_VARIED
    }


def _offered(name: str) -> tuple[str, ...]:
    known = TABLES.get(name) or WORDS.get(name, {})
    return tuple(dict.fromkeys((*USUAL.get(name, ()), *known)))


def _usual(name: str) -> tuple[str, ...]:
    return (USUAL.get(name) or _offered(name))[:MOST_USUAL]


def varied(base: Experiment, *choices: tuple[str, str]) -> Experiment:
    """The experiment with some settings at these values, given by name and text.

    They are set in the order of the settings, so that what follows from one is there for the next: as many
    activations as hidden layers, a loss that suits the output.

    Raises: ValueError if they don't suit each other.
    """
    known = variables()
    for name in known:
        for chosen, text in choices:
            if chosen == name:
                base = known[name].applied(base, text)
    return base
