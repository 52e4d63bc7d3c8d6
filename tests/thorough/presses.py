"""What people press, in the playground, at any setting that its controls or a link allow."""

from __future__ import annotations

import random
from collections.abc import Iterator

from engine import Run
from pages.playground.session import Session
from tests.thorough.links import some_experiment

FRAMES = 8
"""Answers with frames between two presses."""
PRESSES: dict[str, dict[str, object]] = {
    "inspect": {"kind": "inspect", "neuron": [0, 0]},
    "set": {"kind": "set", "l": 0, "i": 0, "j": 0, "value": "0,5"},
    "undo": {"kind": "undo"},
    "freeze": {"kind": "freeze", "l": 0, "i": 0, "j": 0, "on": True},
    "settle": {"kind": "settle"},
    "keep": {"kind": "keep"},
    "link": {"kind": "link"},
    "frame": {"kind": "frame", "at": 0},
    "new-weights": {"kind": "new-weights"},
    "reset": {"kind": "reset"},
}


class Pressed:
    """One visitor's player: names the frame shown and the newest run, as the browser does."""

    def __init__(self, rng: random.Random) -> None:
        """Open the playground with any legal experiment."""
        self.experiment = some_experiment(rng)
        self.session = Session(Run(self.experiment))
        self.asked = 0

    def press(self, message: dict[str, object]) -> None:
        """Send one message and take its answer."""
        self.asked += 1
        session = self.session
        stamp = {"client": "a", "id": self.asked, "run": session.run, "generation": session.generation}
        session.answer({**stamp, "shown": session.timeline.frame, **message})

    def presses(self) -> Iterator[tuple[str, dict[str, object]]]:
        """Each kind of press, after some frames each time."""
        for name, message in PRESSES.items():
            for _ in range(FRAMES):
                yield "frames", {"kind": "frames", "after": self.session.timeline.frame, "count": 30}
            yield name, message
