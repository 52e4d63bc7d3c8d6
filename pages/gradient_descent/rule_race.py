"""The race of rules beside a descent: run in turns, so that the page answers while slow rules still walk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from engine.arrays import Array
from engine.descent.ends import ENDS
from engine.descent.race import RACE_STEPS, Race, RaceRow
from engine.descent.rules import RULES
from engine.descent.surfaces import Surface
from engine.numbers import significant, with_power
from pages.formulas.numbers import tolerance
from pages.gradient_descent.settings import DescentSettings, RacingRule, momentum_of, racer_of
from pages.live.protocol import single
from pages.live.turns import Turn

RACE_POINTS = 400
"""Most steps of a racer's path that are drawn, so that the payload stays small; the race itself goes on."""
WALKING = "walking …"
LETTERS = {"momentum": "μ", "armijo": "c", "shrink": "β"}
"""Parameters with a longer label, as a row of the race writes them."""
Blocks = list[tuple[str, Array]]


class RuleRace:
    """The rules of some settings on their way from the settings' start.

    Attributes:
        rows: what the race's table says, a row for each rule, as far as it is known.
    """

    def __init__(self, surface: Surface, settings: DescentSettings) -> None:
        """Put the rules at the start."""
        self._lineup = settings.lineup
        racers = [racer_of(rule) for rule in self._lineup]
        self._race: Race | None = Race(
            surface, settings.from_where, racers, settings.epsilon_grad, ascent=settings.ascent
        )
        self.rows: list[dict[str, Any]] = []
        self._paths: list[tuple[Array, ...] | None] = []
        self._look()

    def go_on(self, turn: Turn) -> None:
        """Let the rules walk until the turn is over, or the race is."""
        race = self._race
        if race is None:
            return
        while not race.is_over:
            race.go_on()
            if turn.over:
                break
        self._look()
        if race.is_over:
            self._race = None  # what is shown is kept, the steps of all rules aren't

    @property
    def is_over(self) -> bool:
        """Whether every rule has ended."""
        return self._race is None

    def _look(self) -> None:
        race = self._race
        assert race is not None
        rows = race.rows
        shown = RACE_POINTS + 1
        slowest = max([1, *(row.steps for row in rows if row and row.place)])
        self.rows = [told(rule, row, slowest) for rule, row in zip(self._lineup, rows, strict=True)]
        self._paths = [
            None if one is None else (single(one.points[:shown]), single(one.gradient_norms[:shown]))
            for one in race.descents
        ]

    def blocks(self, start: Array, norm: Array) -> Blocks:
        """Each rule's path and its ‖∇f‖; the start alone while it is on its way."""
        found: Blocks = []
        for k, path in enumerate(self._paths):
            points, norms = path or (single(start), single(norm))
            found += [(f"race.{k}", points), (f"race.norms.{k}", norms)]
        return found


def told(racing: RacingRule, row: RaceRow | None, slowest: int) -> dict[str, Any]:
    """A row of the race as the stage writes it: what raced, how it ended, with f, and the length of its bar.

    The bar of a rule that got there is as long as its number of steps, the slowest one's being whole; that of
    a rule still on its way at the limit is whole and open. A rule that ended elsewhere has none, and neither
    has one that got there before its place is certain.
    """
    label = RULES[racing[0]].short
    said: dict[str, Any] = {"label": label, "setting": parameters_text(racing), "place": None, "bar": None}
    if row is None:
        return said | {"steps": None, "result": WALKING, "end": "", "open": False}
    height = f"f = {with_power(f'{row.value:.3g}')}"
    if row.ranked:
        bar = row.steps / slowest if row.place else None
        said |= {"steps": row.steps, "place": row.place, "bar": bar}
        return said | {"result": count_text(row.steps), "end": height, "open": False}
    if row.end == "on_the_way":
        end = f"{ENDS[row.end]}, {height}"
        return said | {
            "steps": None,
            "bar": 1.0,
            "result": f"> {count_text(row.steps)}",
            "end": end,
            "open": True,
        }
    return said | {"steps": None, "result": ENDS[row.end], "end": height, "open": False}


def race_words(rows: Sequence[Mapping[str, Any]], *, ascent: bool, over: bool) -> dict[str, str]:
    """Who is first, if only so far, in a title, and who isn't ranked, in a sentence."""
    goal = "maximum" if ascent else "minimum"
    ranked = [row for row in rows if row["steps"] is not None]
    labels = Counter(row["label"] for row in rows)
    names = [_named(row) if labels[row["label"]] > 1 else row["label"] for row in rows]
    named = list(zip(names, rows, strict=True))
    walking = [name for name, row in named if row["result"] == WALKING]
    others = [(name, row) for name, row in named if row["steps"] is None and row["result"] != WALKING]
    title = f"No rule has come to a {goal}{' so far' * bool(walking)}."
    if ranked:
        fewest = min(row["steps"] for row in ranked)
        first = [row for row in ranked if row["steps"] == fewest]
        so_far = "" if first[0]["place"] else " so far"
        title = f"{'; '.join(map(_named, first))}: first at a {goal}{so_far}, after {first[0]['result']}."
    said = [f"{name} ({row['result']}, {row['end']})" for name, row in others]
    text = f"Not ranked: {'; '.join(said)}." if said else ""
    if walking and not over:
        text = f"{text} Still walking: {'; '.join(walking)}.".strip()
    return {"title": title, "text": text}


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['label']}, {row['setting']}" if row["setting"] else str(row["label"])


def count_text(count: int) -> str:
    """A number of steps in words: 1 step, 21,374 steps."""
    return f"{count:,} step{'s' * (count != 1)}"


def parameters_text(racing: RacingRule) -> str:
    """Every parameter with which a rule races: η = 0.15, μ = 0.5."""
    rule, step_size, momentum = racing
    given = [("η", step_size)] if RULES[rule].learning_rate is not None else []
    for row in RULES[rule].parameters:
        value = momentum if row is momentum_of(rule) else row.default
        if value:  # a switch that is off, or no momentum, is no part of the rule
            given.append((LETTERS.get(row.name, row.label), value))
    return ", ".join(f"{name} = {with_power(significant(value))}" for name, value in given)


def race_caption(settings: DescentSettings) -> str:
    """Which rules are ranked, and when a race ends, in one short line."""
    goal = "maximum" if settings.ascent else "minimum"
    return f"To a {goal}: ‖∇f‖ < {tolerance(settings.epsilon_grad)}, ≤ {RACE_STEPS:,} steps"


def race_limit(settings: DescentSettings) -> str:
    """When a race ends."""
    return f"until ‖∇f‖ < {tolerance(settings.epsilon_grad)}, at most {RACE_STEPS:,} steps"
