"""Everything that defines a view of the loss landscape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine import OPTIMIZERS
from engine.runs.experiment import MAX_RATE, MAX_SEED
from engine.runs.link_values import NUMBER, TEXT, WHOLE, listed, records
from engine.runs.rows import setting

Weight = tuple[int, ...]
"""Layer, from, to, as engine.analysis.landscape takes it; () for one of the two that moved most."""

PLANES = {"pca": "PCA of the path", "weights": "two weights", "random": "random directions"}
THROUGH = {"last": "last", "current": "current"}
RANGES = {1: "path", 2: "path × 2", 4: "path × 4", 8: "path × 8"}
LEVELS = {"log": "log", "linear": "linear"}
POINTS = {41: "41 × 41", 81: "81 × 81", 161: "161 × 161"}
MOST_RACERS = 4
MOST_EPOCHS = 500
MOST_FRAME = 10**6
LEAST_RATE = 1e-6
MOST_THRESHOLD = 1e6


@dataclass(frozen=True)
class Kind:
    """An optimiser that can race: its name in a table, and what Experiment calls it."""

    label: str
    optimizer: str
    learning_rate: float
    parameters: tuple[tuple[str, float | bool], ...] = ()


FIRST = {
    "sgd": Kind("SGD", "sgd", 0.03),
    "momentum": Kind("Momentum", "sgd", 0.01, (("momentum", 0.9),)),
    "rmsprop": Kind("RMSprop", "rmsprop", 0.01),
    "adam": Kind("Adam", "adam", 0.02),
}
"""Those that race unless others are chosen."""
KINDS = FIRST | {
    row.name: Kind(row.label, row.name, row.learning_rate)
    for row in OPTIMIZERS.values()
    if row.name not in FIRST
}
Racer = tuple[str, float]
"""A key of KINDS and a learning rate."""


USUAL_RACERS = tuple((name, kind.learning_rate) for name, kind in FIRST.items())


@dataclass(frozen=True)
class Landscape:
    """What is looked at: a plane, how far, how fine, at which frame; or a race on a plane of its own.

    Attributes:
        plane:         a key of PLANES.
        first, second: the two weights; () for those that moved most.
        directions:    seed of the random directions.
        through:       the plane goes through the "last" frame of the path or the "current" one.
        room:          how many times as wide as the path's own room.
        levels:        spacing of the level curves, a key of LEVELS.
        points:        along one side of the finest grid.
        frame:         the current frame; −1 for the playground's.
        race:          whether optimisers race; racers, epochs: which ones and how long.
        threshold:     the loss to reach in the race; 0 for a tenth of the loss at the start.
    """

    plane: str = setting("pca", "plane")
    first: Weight = setting((), "w1", spelling=listed(WHOLE))
    second: Weight = setting((), "w2", spelling=listed(WHOLE))
    directions: int = setting(0, "dir")
    through: str = setting("last", "thru")
    room: int = setting(1, "room")
    levels: str = setting("log", "levels")
    points: int = setting(81, "points")
    frame: int = setting(-1, "frame")
    race: bool = setting(False, "race")
    racers: tuple[Racer, ...] = setting(USUAL_RACERS, "racers", spelling=records(TEXT, NUMBER))
    epochs: int = setting(60, "epochs")
    threshold: float = setting(0.0, "thr")

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence, for what can't be."""
        for name, known in (("plane", PLANES), ("through", THROUGH), ("room", RANGES), ("levels", LEVELS)):
            _choose(name, getattr(self, name), known)
        _choose("points", self.points, POINTS)
        for weight in (self.first, self.second):
            if weight and (len(weight) != 3 or min(weight) < 0):
                raise ValueError(f"A weight must be named by layer, from and to. Got {list(weight)}.")
        if self.first and self.first == self.second:
            raise ValueError(f"The two weights must differ. Got {list(self.first)} twice.")
        _between("The seed of the directions", self.directions, 0, MAX_SEED)
        _between("frame", self.frame, -1, MOST_FRAME)
        _between("The epochs of the race", self.epochs, 1, MOST_EPOCHS)
        _between("The loss to reach", self.threshold, 0, MOST_THRESHOLD)
        if not 1 <= len(self.racers) <= MOST_RACERS:
            raise ValueError(f"From 1 to {MOST_RACERS} optimisers can race. Got {len(self.racers)}.")
        for name, rate in self.racers:
            _choose("optimiser", name, KINDS)
            _between("A racer's learning rate", rate, LEAST_RATE, MAX_RATE)

    def changed(self, **changes: Any) -> Landscape:
        """A copy with other values; choosing the other axis's weight swaps the two."""
        mine, other = ("first", "second") if "first" in changes else ("second", "first")
        if changes.get(mine) and changes[mine] == getattr(self, other):
            changes[other] = getattr(self, mine)
        return replace(self, **changes)


def racer_label(racer: Racer) -> str:
    """How a racer is named."""
    name, rate = racer
    return f"{KINDS[name].label}, η = {rate:g}"


def _choose(what: str, name: object, known: Any) -> None:
    if name not in known:
        raise ValueError(f"{what} must be one of {', '.join(map(str, known))}. Got {name!r}.")


def _between(what: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:  # refuses NaN too
        raise ValueError(f"{what} must be from {least:.10g} to {most:.10g}. Got {value:.10g}.")
