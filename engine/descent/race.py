"""A race lets several rules walk from one start, and ranks those that end at a minimum."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.descent.descent import Descent, recorded
from engine.descent.ends import end_of
from engine.descent.rules import RULES
from engine.descent.surfaces import Surface, surface_of
from engine.descent.walk import Walk

RACE_STEPS = 25_000
"""Most steps of a racer if nothing else is said: a fixed step takes 21,374 in Rosenbrock's valley."""
MOST_RACERS = 6
BURST = 50
"""Steps that one racer takes before the next one's turn: a few milliseconds."""


@dataclass(frozen=True)
class Racer:
    """One of the rules in a race, with its settings; the label defaults to the rule's own."""

    rule: str
    learning_rate: float | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    label: str = ""

    @property
    def name(self) -> str:
        """The label, or the rule's."""
        return self.label or (RULES[self.rule].label if self.rule in RULES else self.rule)


@dataclass(frozen=True)
class RaceRow:
    """How one rule fared.

    Attributes:
        place: 1 for the rule that needed the fewest steps until ‖∇f‖ < ε, and so on; equal numbers share a
               place. None unless the rule is ranked, and while one that still walks may come before it or
               draw level.
        ranked: whether ‖∇f‖ < ε was met and the rule ended at a minimum; in an ascent, at a maximum.
        end:   what it ended at, a key of ENDS.
        steps: the number of steps taken; value, gradient_norm and distance (to the nearest minimum) are
               those after the last.
    """

    label: str
    place: int | None
    ranked: bool
    end: str
    steps: int
    value: float
    gradient_norm: float
    distance: float | None
    steps_to_tol_f: int | None
    steps_to_tol_grad: int | None
    stopped_by: str


class Race:
    """Up to six rules on their way from one start until ‖∇f‖ < tolerance; |Δf| is reported but stops none.

    They take BURST steps in turn, so that the quick ones are there soon. Steps differ in cost: a line search
    evaluates f several times a step, and Newton solves a linear system.

    Attributes:
        descents: one for each racer, None while it is on its way.
    """

    def __init__(
        self,
        surface: str | Surface,
        start: object,
        racers: Sequence[Racer],
        tolerance: float = 1e-6,
        *,
        max_steps: int = RACE_STEPS,
        ascent: bool = False,
    ) -> None:
        """Put the racers at the start.

        Raises: ValueError for no racers or more than six, and as `descend` does for any one of them.
        """
        if not 1 <= len(racers) <= MOST_RACERS:
            raise ValueError(f"There must be one to six racers. Got {len(racers)}.")
        walked = surface_of(surface)
        self.labels = tuple(one.name for one in racers)
        self.goal = "maximum" if ascent else "minimum"
        tolerances = {"tol_f": tolerance, "tol_grad": tolerance}
        self._walks = [
            Walk(
                *(walked, start, one.rule, one.learning_rate, one.parameters),
                max_steps=max_steps,
                tolerances=tolerances,
                stops=("tol_grad",),
                ascent=ascent,
            )
            for one in racers
        ]
        self.descents: list[Descent | None] = [None] * len(racers)
        self._next = 0

    @property
    def is_over(self) -> bool:
        """Whether every racer has ended."""
        return None not in self.descents

    def go_on(self) -> None:
        """Let the next racer that is on its way take BURST steps."""
        waiting = [k for k, descent in enumerate(self.descents) if descent is None]
        if not waiting:
            return
        k = next((k for k in waiting if k >= self._next), waiting[0])
        self._next, walk = k + 1, self._walks[k]
        if walk.go_on(BURST):
            self.descents[k] = recorded(walk)

    @property
    def rows(self) -> tuple[RaceRow | None, ...]:
        """A row for each racer, None while it is on its way."""
        ends = [None if descent is None else end_of(descent) for descent in self.descents]
        there = [
            _count(descent)
            for descent, end in zip(self.descents, ends, strict=True)
            if descent is not None and end == self.goal
        ]
        counts = sorted(count for count in there if count is not None)
        rows = zip(self.labels, self.descents, ends, strict=True)
        return tuple(
            None
            if descent is None or end is None
            else _row(label, descent, end, self.goal, counts, self._earliest)
            for label, descent, end in rows
        )

    @property
    def _earliest(self) -> float:
        """The fewest steps that a rule which still walks can need: one more than it has taken, or ∞."""
        walking = (walk for walk, done in zip(self._walks, self.descents, strict=True) if done is None)
        return min((walk.last if walk.stopped_by else walk.steps + 1 for walk in walking), default=math.inf)


def _count(descent: Descent) -> int | None:
    """The steps until ‖∇f‖ < ε: 0 for a rule that can't take one, as the slope at the start is 0."""
    ends_at_once = descent.steps == 0 and descent.gradient_norms[0] == 0
    return 0 if ends_at_once else descent.steps_to_tol_grad


def _row(label: str, descent: Descent, end: str, goal: str, counts: list[int], earliest: float) -> RaceRow:
    count = _count(descent)
    ranked = count is not None and end == goal
    return RaceRow(
        label=label,
        place=counts.index(count) + 1 if count is not None and ranked and count < earliest else None,
        ranked=ranked,
        end=end,
        steps=descent.steps,
        value=float(descent.values[-1]),
        gradient_norm=float(descent.gradient_norms[-1]),
        distance=descent.distance,
        steps_to_tol_f=descent.steps_to_tol_f,
        steps_to_tol_grad=count,
        stopped_by=descent.stopped_by,
    )


def race(
    surface: str | Surface,
    start: object,
    racers: Sequence[Racer],
    tolerance: float = 1e-6,
    *,
    max_steps: int = RACE_STEPS,
    ascent: bool = False,
) -> Race:
    """A race that is over.

    Raises: as Race does.
    """
    whole = Race(surface, start, racers, tolerance, max_steps=max_steps, ascent=ascent)
    while not whole.is_over:
        whole.go_on()
    return whole
