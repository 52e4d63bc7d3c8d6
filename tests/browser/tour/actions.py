"""What mouse and keyboard do, as WebDriver takes it in its classic and its bidirectional form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.browser.tour.driver import KEYS, Step

MOVE_MS = 0


def pointer_actions(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """One mouse that takes the steps one after the other."""
    left = {"down": "pointerDown", "up": "pointerUp"}
    taken: list[dict[str, Any]] = [
        {"type": left[step], "button": 0}
        if isinstance(step, str)
        else {"type": "pointerMove", "x": round(step[0]), "y": round(step[1]), "duration": MOVE_MS}
        for step in steps
    ]
    return [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": taken}]


def key_actions(keys: Iterable[str]) -> list[dict[str, Any]]:
    """One keyboard on which each key is pressed and let go."""
    ways = ("keyDown", "keyUp")
    taken = [{"type": way, "value": KEYS.get(key, key)} for key in keys for way in ways]
    return [{"type": "key", "id": "keyboard", "actions": taken}]
