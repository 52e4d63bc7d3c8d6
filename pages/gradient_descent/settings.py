"""Everything that defines a descent on a surface, and the race of rules beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.arrays import check_choice, check_count, check_number
from engine.descent.race import MOST_RACERS, Racer
from engine.descent.rules import RULES, takes
from engine.descent.surfaces import SURFACES, Surface, make_quadratic
from engine.options import Parameter, check_parameters
from engine.runs.link_values import NUMBER, TEXT, listed, pairs, records
from engine.runs.rows import setting

ADJUSTABLE = "adjustable"
MOST_STEPS = 2000
EIGENVALUES = 0.01, 100.0
ANGLES = -180.0, 180.0
RACER_STEPS = 1e-6, 1e3
FARTHEST = 1e6
"""Bounds of links and controls: MOST_… and pairs of least and most; FARTHEST bounds the start, η and ε."""
Pairs = tuple[tuple[str, float | bool], ...]
RacingRule = tuple[str, float, float]
"""A rule that races, its step size and its momentum; 0 for what the rule doesn't take."""

RACERS: tuple[RacingRule, ...] = (
    ("gradient", 0.2, 0.0),
    ("gradient", 0.1, 0.0),
    ("line_search", 0.0, 0.0),
    ("momentum", 0.15, 0.5),
    ("adam", 0.5, 0.0),
    ("newton", 1.0, 0.0),
)
"""Those that race on the quadratic unless others are chosen."""

FIRST_STEPS = {
    "quadratic": 0.2,
    "saddle": 0.1,
    "rosenbrock": 0.0015,
    "himmelblau": 0.01,
    "plateau": 1.0,
    "parabola": 0.3,
    "absolute": 0.3,
    "quartic": 0.05,
    "double_well": 0.05,
    "beale": 0.01,
    "rastrigin": 0.003,
}
"""Step sizes of the fixed-step rule that show what is special about each surface; 0.1 for the others."""

_PARAMETERS = pairs(row for rule in RULES.values() for row in rule.parameters)


@dataclass(frozen=True)
class DescentSettings:
    """A descent: the surface, the rule, the start, and when to stop; and which rules race.

    Attributes:
        surface:      a key of SURFACES, or "adjustable": the quadratic of `eigenvalues` and `angle`.
        rule:         a key of RULES; step_size is its learning rate, parameters are its own.
        start:        the first point; () for the surface's own.
        test_f:       whether to stop when |Δf| < epsilon_f; test_grad: when ‖∇f‖ < epsilon_grad.
        max_steps:    the most steps taken.
        racers:       up to six rules with their step sizes; () for the surface's usual ones.
    """

    surface: str = setting("quadratic", "on", label="Surface")
    eigenvalues: tuple[float, ...] = setting((1.0, 10.0), "eig", link_format=listed(NUMBER))
    angle: float = setting(30.0, "angle")
    rule: str = setting("gradient", "rule", label="Rule")
    step_size: float = setting(0.2, "eta")
    parameters: Pairs = setting((), "par", link_format=_PARAMETERS)
    start: tuple[float, ...] = setting((), "from", link_format=listed(NUMBER))
    test_f: bool = setting(False, "tf")
    test_grad: bool = setting(True, "tg")
    epsilon_f: float = setting(1e-6, "ef")
    epsilon_grad: float = setting(1e-6, "eg")
    max_steps: int = setting(200, "cap")
    ascent: bool = setting(False, "up")
    racers: tuple[RacingRule, ...] = setting((), "race", link_format=records(TEXT, NUMBER, NUMBER))

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence, for what can't be."""
        check_choice("surface", self.surface, (*SURFACES, ADJUSTABLE))
        check_choice("rule", self.rule, RULES)
        if len(self.eigenvalues) != 2:
            raise ValueError(f"There must be two eigenvalues. Got {list(self.eigenvalues)}.")
        for value in self.eigenvalues:
            check_number("Every eigenvalue", value, least=EIGENVALUES[0], most=EIGENVALUES[1])
        check_number("The angle", self.angle, least=ANGLES[0], most=ANGLES[1])
        check_number("The step size", self.step_size, above=0, most=FARTHEST)
        for value in (self.epsilon_f, self.epsilon_grad):
            check_number("ε", value, above=0, most=FARTHEST)
        check_count("The maximum number of steps", self.max_steps, most=MOST_STEPS)
        if self.start and len(self.start) != self.place.dimension:
            wanted = "one number" if self.place.dimension == 1 else "two numbers"
            raise ValueError(f"The start must be {wanted} for this surface. Got {list(self.start)}.")
        for x in self.start:
            check_number("Every coordinate of the start", x, least=-FARTHEST, most=FARTHEST)
        if len(self.racers) > MOST_RACERS:
            raise ValueError(f"At most {MOST_RACERS} rules can race. Got {len(self.racers)}.")
        for rule, step_size, momentum in self.racers:
            check_choice("A racer's rule", rule, RULES)
            if row := momentum_of(rule):
                row.check(momentum)
            if RULES[rule].learning_rate is not None:
                check_number("The step size", step_size, least=RACER_STEPS[0], most=RACER_STEPS[1])
        check_parameters(RULES[self.rule].parameters, dict(self.parameters))

    @property
    def place(self) -> Surface:
        """The surface itself."""
        if self.surface == ADJUSTABLE:
            first, second = self.eigenvalues
            return make_quadratic((first, second), self.angle)
        return SURFACES[self.surface]

    @property
    def from_where(self) -> tuple[float, ...]:
        """The first point: the chosen start, or the surface's own."""
        return self.start or tuple(float(x) for x in self.place.start)

    @property
    def takes_step_size(self) -> bool:
        """Whether the rule has an η to choose; exact line search finds its own."""
        return RULES[self.rule].learning_rate is not None

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that can walk on the surface, in this direction."""
        place = self.place
        return tuple(rule for rule in RULES if takes(place, rule, ascent=self.ascent))

    @property
    def entered(self) -> tuple[RacingRule, ...]:
        """The rules entered for the race, whether they can walk here or not: the controls edit these."""
        return self.racers or self._usual_racers

    @property
    def lineup(self) -> tuple[RacingRule, ...]:
        """The rules that race: those entered that can walk here, or if none can, the surface's usual ones."""
        here = self.rules
        entered = tuple(racer for racer in self.entered if racer[0] in here)
        return entered or tuple(racer for racer in self._usual_racers if racer[0] in here)

    @property
    def _usual_racers(self) -> tuple[RacingRule, ...]:
        if self.surface == "quadratic":
            return RACERS
        size = FIRST_STEPS.get(self.surface, 0.1)
        others = ("backtracking", "adam", "newton")
        return (
            ("gradient", size, 0.0),
            ("momentum", size / 2, 0.9),
            ("nesterov", size / 2, 0.9),
            *(new_racer(rule) for rule in others),
        )

    def changed(self, **changes: Any) -> DescentSettings:
        """A copy with other values; a new surface or rule brings its own start, step size and parameters."""
        surface = changes.get("surface", self.surface)
        place = make_quadratic() if surface == ADJUSTABLE else SURFACES.get(surface, self.place)
        if self.rule != "gradient" and not takes(place, self.rule, ascent=changes.get("ascent", self.ascent)):
            changes = {"rule": "gradient"} | changes
        if surface != self.surface:
            changes = {"start": ()} | changes
            if changes.get("rule", self.rule) == "gradient":
                changes = {"step_size": FIRST_STEPS.get(surface, 0.1)} | changes
        if changes.get("rule", self.rule) != self.rule:
            usual = RULES[changes["rule"]].learning_rate if changes["rule"] in RULES else None
            changes = {"parameters": (), **({} if usual is None else {"step_size": float(usual)})} | changes
        return replace(self, **changes)


def momentum_of(rule: str) -> Parameter | None:
    """The rule's parameter momentum, or None if it has none."""
    return next((row for row in RULES[rule].parameters if row.name == "momentum"), None)


def new_racer(rule: str) -> RacingRule:
    """The rule as a racer, with its own defaults."""
    row = momentum_of(rule)
    return rule, float(RULES[rule].learning_rate or 0.0), float(row.default if row else 0.0)


def racer_of(racing: RacingRule) -> Racer:
    """The racer as the engine takes it, with its label."""
    rule, step_size, momentum = racing
    rate = step_size if RULES[rule].learning_rate is not None else None
    parameters = {"momentum": momentum} if momentum_of(rule) else {}
    return Racer(rule, rate, parameters, RULES[rule].short)
