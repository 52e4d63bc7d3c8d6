"""Run files as an editor, a broken disk or a prank may leave them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np

from engine import Experiment, ParameterSet, ParametersFrozen, Run, SettingChanged, replay
from engine.data.own import Table
from engine.runs.file import read_run, write_run
from engine.runs.timeline import Timeline

FILES = 10_000
VALUES: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 1, 7, 1.5, -0.0, 1e308, 10**400, 2**53, 2**63, 10**9, 999_999, "", "x", "0"),
    *("9" * 5000, "A" * 8, "=1+1", "\0", "\u202e", [], [None], [[]], [[[]]], [1] * 6000, ["tanh"] * 20, {}),
    *({"a": 1}, {"every": 1}, [{"frame": 0, "set": 0, "to": 1}] * 3, [{"frame": 1, "field": "x"}]),
)
WORDS = b'{ } [ ] , " \\ 9 \xff \0 NaN Infinity 1e999 null'.split()


@cache
def saved_files() -> tuple[str, ...]:
    """Some legal files: with Adam, with a journal, of data without test points, at frame 0, with a table."""
    adam = Experiment(samples=20, hidden=(3,), activations=("tanh",), batch_size=7, optimizer="adam")
    changed = (
        SettingChanged(2, "learning_rate", 0.1),
        SettingChanged(3, "optimizer_parameters", (("beta1", 0.5),)),
        ParameterSet(3, 4, -0.75),
        ParametersFrozen(4, (1, 4)),
    )
    runs = (
        (Run(adam), 4),
        (Run(adam, changed), 5),
        (Run(Experiment.fitted(dataset="seed_004")), 2),
        (Run(adam), 0),
        (Run(Experiment.fitted(dataset="own", table=_table(), batch_size=5)), 3),
    )
    return tuple(_saved(run, frame) for run, frame in runs)


def _table() -> Table:
    X = np.random.default_rng(0).normal(size=(12, 3)).round(2)
    target = np.arange(12) % 3 * 1.0
    return Table("=flowers.csv", ("length", "@width", "ä"), X, "kind", target, ("a", "b", "c"))


def _saved(run: Run, frame: int) -> str:
    timeline = replay(run)
    while timeline.frame < frame:
        timeline.advance()
    return write_run(timeline, {"probe": {"point": [0.5, -1.5], "target": 1.0}, "found": []})


def open_file(text: bytes) -> Timeline:
    """As the page opens it: read, trained up to its frame by its checkpoint, and one frame further."""
    timeline = read_run(text).timeline()
    if timeline.advance():
        timeline.seek(timeline.frame - 1)
    return timeline


def damaged_files(count: int, seed: int = 0) -> Iterator[bytes]:
    """Legal files with values changed, left out or doubled, with bytes changed, cut off, and nonsense."""
    rng = random.Random(seed)
    for _ in range(count):
        text, kind = rng.choice(saved_files()), rng.random()
        if kind < 0.6:
            given = json.loads(text)
            for _ in range(rng.choice((1, 1, 1, 2, 5))):
                _damage(given, rng)
            yield json.dumps(given).encode()
        elif kind < 0.9:
            yield _scratched(bytearray(text.encode()), rng)
        elif kind < 0.95:
            yield text.encode()[: rng.randrange(len(text))]
        else:
            other = text.encode("utf-16")
            yield rng.choice((b"", b"[" * 10_000, rng.randbytes(300), other, b"\xef\xbb\xbf{}"))


def _damage(given: dict[str, Any], rng: random.Random) -> None:
    """Change one value somewhere in it, or leave it out."""
    box: Any = given
    while True:
        places = list(box) if isinstance(box, dict) else list(range(len(box)))
        if not places:
            return
        at = rng.choice(places)
        if isinstance(box[at], dict | list) and box[at] and rng.random() < 0.8:
            box = box[at]
            continue
        if rng.random() < 0.15:
            del box[at]
        else:
            box[at] = deepcopy(rng.choice(VALUES))
        return


def _scratched(text: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 3, 20))):
        at = rng.randrange(len(text))
        if rng.random() < 0.5:
            text[at] = rng.randrange(256)
        else:
            text[at:at] = rng.choice(WORDS)
    return bytes(text)
