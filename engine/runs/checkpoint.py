"""A checkpoint is the state of a trainer as text: what a browser or a file can keep, and hand back later."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.arrays import Array, check_count, check_number
from engine.training import Trainer

VERSION = 1
LONGEST_CHECKPOINT = 400_000
"""Most characters of one; that of the largest network with Adam and 9,000 samples has 170,000."""
MOST_STEPS = 2**53
LARGEST_RATE = 1e6
_WORD = 2**128
"""What the generator's two numbers are below: those of PCG64, which is NumPy's default."""


def write_checkpoint(state: Mapping[str, Any]) -> str:
    """A state of a trainer, as Trainer.state gives it, in ASCII; read_checkpoint gives an equal state.

    Arrays are in base64, little-endian: parameters and memory as float64, the samples' order as uint32.
    """
    generator = state["generator"]
    numbers = {name: state[name] for name in ("epoch", "step", "clipped", "position")}
    return json.dumps(
        {
            "version": VERSION,
            **numbers,
            "theta": _packed(state["theta"], "<f8"),
            "order": _packed(state["order"], "<u4"),
            "optimizer": {
                name: _packed(value, "<f8") if isinstance(value, np.ndarray) else value
                for name, value in state["optimizer"].items()
            },
            "generator": [
                str(generator["state"]["state"]),
                str(generator["state"]["inc"]),
                generator["has_uint32"],
                generator["uinteger"],
            ],
        },
        separators=(",", ":"),
    )


def read_checkpoint(text: str, trainer: Trainer) -> dict[str, Any]:
    """The state of a checkpoint, checked as any input is: every size, type and range must suit the trainer.

    Args:   trainer: of the same experiment, with the settings that are in force at the checkpoint.
    Raises: ValueError, in one sentence, for anything else; the trainer stays as it is.
    """
    try:
        if len(text) > LONGEST_CHECKPOINT:
            raise ValueError
        given = json.loads(text)
        if given["version"] != VERSION:
            raise ValueError
        return _state(given, trainer)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("The checkpoint doesn't suit this run, or it is damaged.") from None


def _state(given: Mapping[str, Any], trainer: Trainer) -> dict[str, Any]:
    own = trainer.state()
    theta = _unpacked(given["theta"], "<f8", len(own["theta"]))
    order = _unpacked(given["order"], "<u4", len(own["order"])).astype(own["order"].dtype)
    if not np.isfinite(theta).all() or not np.array_equal(np.sort(order), np.arange(len(order))):
        raise ValueError
    numbers = {name: check_count(name, given[name], least=0, most=MOST_STEPS) for name in ("epoch", "step")}
    numbers["clipped"] = check_count("clipped", given["clipped"], least=0, most=numbers["step"])
    numbers["position"] = check_count("position", given["position"], least=0, most=len(order))
    optimizer = given["optimizer"]
    if optimizer.keys() != own["optimizer"].keys():
        raise ValueError
    return {
        "theta": theta,
        "optimizer": {
            name: _optimizer_value(name, optimizer[name], value, len(theta))
            for name, value in own["optimizer"].items()
        },
        **numbers,
        "order": order,
        "generator": _generator(given["generator"], own["generator"]),
    }


def _optimizer_value(name: str, given: Any, own: Any, count: int) -> Any:
    """A memory of no or of all parameters, the steps' number, the present rate, or a setting in force."""
    if isinstance(own, np.ndarray):
        return _unpacked(given, "<f8", count if given else 0)
    if name == "step_count":
        return check_count(name, given, least=0, most=MOST_STEPS)
    if name == "learning_rate":
        return check_number(name, given, least=0, most=LARGEST_RATE)
    if given != own:
        raise ValueError
    return own


def _generator(given: Any, own: Mapping[str, Any]) -> dict[str, Any]:
    state, increment, has_half, half = given
    words = [int(state), int(increment)] if len(state) + len(increment) < 80 else []
    if len(words) != 2 or not all(0 <= word < _WORD for word in words):
        raise ValueError
    return {
        "bit_generator": own["bit_generator"],
        "state": {"state": words[0], "inc": words[1]},
        "has_uint32": check_count("has_uint32", has_half, least=0, most=1),
        "uinteger": check_count("uinteger", half, least=0, most=2**32 - 1),
    }


def _packed(values: Array, kind: str) -> str:
    return b64encode(np.ascontiguousarray(values, dtype=kind).tobytes()).decode()


def _unpacked(text: str, kind: str, count: int) -> Array:
    raw = b64decode(text, validate=True)
    if len(raw) != count * np.dtype(kind).itemsize:
        raise ValueError
    return np.frombuffer(raw, dtype=kind).copy()
