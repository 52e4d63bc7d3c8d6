"""An experiment as a short query string: opening the link builds the same run, seeds included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from engine import Experiment

KEYS = {
    "dataset": "data",
    "classes": "k",
    "samples": "n",
    "noise": "noise",
    "train_share": "train",
    "data_seed": "dseed",
    "features": "in",
    "hidden": "net",
    "activations": "act",
    "output_activation": "out",
    "loss": "loss",
    "bias": "bias",
    "initializer": "init",
    "seed": "seed",
    "batch_size": "batch",
    "optimizer": "opt",
    "optimizer_parameters": "optp",
    "learning_rate": "lr",
    "regularization": "reg",
    "regularization_rate": "regr",
    "schedule": "sched",
    "schedule_parameters": "schedp",
    "clip_norm": "clip",
    "frozen": "frozen",
    "speed": "speed",
    "unit": "unit",
    "stop_epoch": "stope",
    "stop_loss": "stopl",
    "stop_accuracy": "stopa",
    "stop_plateau": "stopp",
}
"""Field of Experiment -> its name in a link. Only what differs from the default is written."""

LISTS = {"features": str, "activations": str, "hidden": int, "frozen": int}
PAIRS = ("optimizer_parameters", "schedule_parameters")
EMPTY = "none"
SWITCH = {True: "on", False: "off"}
LONGEST = 200
"""Characters of one value; a link never needs more, and nobody should make the server read more."""


def to_query(experiment: Experiment) -> dict[str, str]:
    """The query parameters of a link to an experiment; {} for the default one."""
    default = Experiment()
    return {
        KEYS[field.name]: _write(value)
        for field in fields(Experiment)
        if (value := getattr(experiment, field.name)) != getattr(default, field.name)
    }


def from_query(query: Mapping[str, str]) -> Experiment:
    """The experiment of a link; parameters of another name are not ours and left alone.

    Raises: ValueError, in one sentence, for a value that can't be read or is out of its range.
    """
    default, values = Experiment(), {}
    for name, key in KEYS.items():
        if key in query:
            values[name] = _read(name, query[key], getattr(default, name))
    return Experiment(**values)


def _write(value: object) -> str:
    if isinstance(value, tuple):
        return "~".join(_write(entry) for entry in value) or EMPTY
    if isinstance(value, bool):
        return SWITCH[value]
    return repr(value) if isinstance(value, float) else str(value)


def _read(name: str, text: str, default: Any) -> Any:
    try:
        if len(text) > LONGEST:
            raise ValueError
        if name in LISTS:
            return tuple(LISTS[name](entry) for entry in text.split("~") if text != EMPTY)
        if name in PAIRS:
            entries = [] if text == EMPTY else text.split("~")
            return tuple(
                (key, _number(value)) for key, value in zip(entries[::2], entries[1::2], strict=True)
            )
        return type(default)(text)
    except ValueError:
        raise ValueError(f"{KEYS[name]} in the link can't be read. Got {text[:40]!r}.") from None


def _number(text: str) -> float | bool:
    """A parameter's value; whole numbers stay whole, because some parameters count."""
    if text in SWITCH.values():
        return text == SWITCH[True]
    return int(text) if text.lstrip("-").isdigit() else float(text)
