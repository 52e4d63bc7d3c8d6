"""Messages as no browser of ours sends them, to the sessions behind player, stage and board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from engine import Experiment
from pages.backprop.controls import playing_of
from pages.backprop.session import BackpropSession
from pages.backprop.settings import BackpropSettings
from pages.gradient_descent.session import DescentSession
from pages.live.view import View
from pages.playground.session import Session

HUGE = 10**400
MANY = 1_000_000
VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 1.5, 2**63, HUGE, float("nan"), float("inf"), "", "x", "9" * 5000, "a" * 5 * MANY),
    *([], [None], [[]], [1, 2], [1] * MANY, ["tanh"] * MANY, ["a" * MANY], {}, {"a": 1}),
    *({"widths": [1] * MANY}, {"widths": [HUGE]}, {"activations": [[]]}, {"activations": ["a" * MANY]}),
    *({"features": [{}] * 1000}, {"widths": "44"}, {"frozen": [1]}),
)
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "player": {
        **dict.fromkeys(
            ("settle", "reset", "new-weights", "undo", "keep", "link", "whole"), ("shown", "known")
        ),
        "frames": ("after", "count", "shown"),
        "frame": ("at",),
        "inspect": ("neuron",),
        "edit": ("change",),
        "set": ("l", "i", "j", "value", "by"),
        "freeze": ("l", "i", "j", "on"),
        "restore": ("record", "anyway"),
        "open": ("link",),
    },
    "stage": dict.fromkeys(("eta", "start", "window", "surface", "settle", "race"), ("value",)),
    "board": dict.fromkeys(("fetch", "settle", "step", "other"), ("step", "stamp", "known", "entry")),
}
STAMPS = ("client", "id", "run", "generation", "shown", "kind")
SESSIONS: dict[str, Callable[[], View[Any]]] = {
    "player": lambda: Session(Experiment(samples=40)),
    "stage": DescentSession,
    "board": lambda: BackpropSession(BackpropSettings(), lambda: playing_of(Session(Experiment(samples=40)))),
}


def hostile_messages(view: str, session: View[Any]) -> Iterator[object]:
    """Messages with one value of another kind than expected, and some that are no messages at all."""
    number = 0
    stamp = {"client": "a", "run": getattr(session, "run", 1), "generation": session.generation, "shown": 0}
    usual = {"step": "z1", "stamp": getattr(session, "stamp", "")}
    yield from (None, 7, "x", [], {}, {"id": "1"}, {"id": True}, {"id": HUGE})
    for kind, names in FIELDS[view].items():
        for name, value in product((*names, *STAMPS), VALUES):
            number += 1
            yield {**stamp, "id": number, "kind": kind, **dict.fromkeys(names, 1), **usual, name: value}
