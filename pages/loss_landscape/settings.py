"""Everything that defines a view of the loss landscape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine import OPTIMIZERS
from engine.arrays import brief, check_choice, check_count, check_number
from engine.runs.experiment import MAX_RATE, MAX_SEED
from engine.runs.link_values import NUMBER, TEXT, WHOLE, listed, records
from engine.runs.rows import setting

Weight = tuple[int, ...]
"""Layer, from, to, counted from 0 as in W[l][i, j]; i = fan_in is the bias. () for one that moved most."""

PLANES = {"pca": "PCA of the path", "weights": "two weights", "random": "random directions"}
THROUGH = {"last": "last frame", "current": "shown frame"}
RANGES = {1: "path", 2: "path × 2", 4: "path × 4", 8: "path × 8"}
LEVELS = {"log": "log", "linear": "linear"}
POINTS = {41: "41 × 41", 81: "81 × 81", 161: "161 × 161"}
MOST_RACERS = 4
MOST_EPOCHS = 500
MOST_FRAME = 10**6
MOST_UNITS = 1000
"""More than any layer has neurons."""
LEAST_RATE = 1e-6
MOST_THRESHOLD = 1e6


@dataclass(frozen=True)
class Kind:
    """An optimiser that can race: its label, and the fields of Experiment that choose it."""

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
"""The optimisers that race unless others are chosen."""
KINDS = FIRST | {
    row.name: Kind(row.label, row.name, row.learning_rate)
    for row in OPTIMIZERS.values()
    if row.name not in FIRST
}
RacingOptimizer = tuple[str, float]
"""A key of KINDS and a learning rate."""

USUAL_RACERS = tuple((name, kind.learning_rate) for name, kind in FIRST.items())


@dataclass(frozen=True)
class LandscapeSettings:
    """The view: which plane, how wide and how fine, at which frame; or a race on a plane of its own.

    Attributes:
        plane:         a key of PLANES.
        first, second: the two weights of the plane "weights"; () for those that moved most.
        directions:    seed of the random directions.
        through:       the frame that the plane goes through: the path's "last", or the "current" one.
        room:          width of the picture, as a multiple of the path's own; a key of RANGES.
        levels:        spacing of the level curves, a key of LEVELS.
        points:        places per side of the finest grid, a key of POINTS.
        frame:         the current frame; −1 for the playground's.
        race:          whether to show a race; racers, epochs: which optimisers race, and for how long.
        threshold:     the loss to reach in the race; 0 for a tenth of the loss at the start.
    """

    plane: str = setting("pca", "plane", label="Plane")
    first: Weight = setting((), "w1", link_format=listed(WHOLE))
    second: Weight = setting((), "w2", link_format=listed(WHOLE))
    directions: int = setting(0, "dir")
    through: str = setting("last", "thru", label="Plane goes through")
    room: int = setting(1, "room", label="Range")
    levels: str = setting("log", "levels", label="Loss scale")
    points: int = setting(81, "points", label="Places measured")
    frame: int = setting(-1, "frame", label="Frame")
    race: bool = setting(False, "race")
    racers: tuple[RacingOptimizer, ...] = setting(USUAL_RACERS, "racers", link_format=records(TEXT, NUMBER))
    epochs: int = setting(60, "epochs")
    threshold: float = setting(0.0, "thr")

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence, for what can't be."""
        tables: dict[str, dict[Any, str]] = {
            "plane": PLANES,
            "through": THROUGH,
            "room": RANGES,
            "levels": LEVELS,
            "points": POINTS,
        }
        for name, table in tables.items():
            check_choice(name, getattr(self, name), table)
        for weight in (self.first, self.second):
            if weight and (len(weight) != 3 or min(weight) < 0 or max(weight) >= MOST_UNITS):
                raise ValueError(f"A weight must be named by layer, from and to. Got {brief(weight)}.")
        if self.first and self.first == self.second:
            raise ValueError(f"The two weights must differ. Got {list(self.first)} twice.")
        check_count("The seed of the directions", self.directions, least=0, most=MAX_SEED)
        check_count("frame", self.frame, least=-1, most=MOST_FRAME)
        check_count("The number of epochs", self.epochs, most=MOST_EPOCHS)
        check_number("The loss to reach", self.threshold, least=0, most=MOST_THRESHOLD)
        if not 1 <= len(self.racers) <= MOST_RACERS:
            raise ValueError(f"From 1 to {MOST_RACERS} optimisers can race. Got {len(self.racers)}.")
        for name, rate in self.racers:
            check_choice("A racer's optimiser", name, KINDS)
            check_number("A racer's learning rate", rate, least=LEAST_RATE, most=MAX_RATE)

    def changed(self, **changes: Any) -> LandscapeSettings:
        """A copy with other values; choosing for one axis the other axis's weight swaps the two."""
        mine, other = ("first", "second") if "first" in changes else ("second", "first")
        if changes.get(mine) and changes[mine] == getattr(self, other):
            changes[other] = getattr(self, mine)
        return replace(self, **changes)


def racer_label(racer: RacingOptimizer) -> str:
    """A racer's label: its optimiser and its learning rate."""
    name, rate = racer
    return f"{KINDS[name].label}, η = {rate:g}"
