"""Everything that defines a run of gradient descent on a surface."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.arrays import check_number
from engine.descent.descent import Entry
from engine.descent.rules import RULES
from engine.descent.surfaces import SURFACES, Surface, make_quadratic
from engine.options import Parameter, check_parameters
from engine.runs.link_values import NUMBER, TEXT, listed, pairs, records
from engine.runs.rows import setting

ADJUSTABLE = "adjustable"
MOST_STEPS = 2000
MOST_ENTRIES = 6
EIGENVALUES = 0.01, 100.0
ANGLES = -180.0, 180.0
RACER_STEPS = 1e-6, 1e3
FARTHEST = 1e6
"""Bounds that a link is held to, and the controls with it; the farthest start, the largest η and ε."""
Pairs = tuple[tuple[str, float | bool], ...]
Racer = tuple[str, float, float]
"""A rule, its step size and its momentum; either is 0 for a rule that takes none."""

RACERS: tuple[Racer, ...] = (
    ("gradient", 0.2, 0.0),
    ("gradient", 0.1, 0.0),
    ("line_search", 0.0, 0.0),
    ("momentum", 0.15, 0.5),
    ("adam", 0.5, 0.0),
    ("newton", 1.0, 0.0),
)


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
"""A step size for the fixed-step rule with which a surface shows its own story; 0.1 for others."""


_PARAMETERS = pairs(row for rule in RULES.values() for row in rule.parameters)


@dataclass(frozen=True)
class Descent:
    """A run: where, by which rule, from where, and when it ends.

    Attributes:
        surface:      a key of SURFACES, or "adjustable": the quadratic of `eigenvalues` and `angle`.
        rule:         a key of RULES; step_size is its learning rate, parameters are its own.
        start:        () for the surface's own.
        test_f:       stop when |Δf| < epsilon_f; test_grad: stop when ‖∇f‖ < epsilon_grad.
        max_steps:    the cap.
        racers:       up to six rules with their step sizes; () for the usual ones of the surface.
    """

    surface: str = setting("quadratic", "on")
    eigenvalues: tuple[float, ...] = setting((1.0, 10.0), "eig", spelling=listed(NUMBER))
    angle: float = setting(30.0, "angle")
    rule: str = setting("gradient", "rule")
    step_size: float = setting(0.2, "eta")
    parameters: Pairs = setting((), "par", spelling=_PARAMETERS)
    start: tuple[float, ...] = setting((), "from", spelling=listed(NUMBER))
    test_f: bool = setting(False, "tf")
    test_grad: bool = setting(True, "tg")
    epsilon_f: float = setting(1e-6, "ef")
    epsilon_grad: float = setting(1e-6, "eg")
    max_steps: int = setting(200, "cap")
    ascent: bool = setting(False, "up")
    racers: tuple[Racer, ...] = setting((), "race", spelling=records(TEXT, NUMBER, NUMBER))

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence, for what can't be."""
        _choose("surface", self.surface, (*SURFACES, ADJUSTABLE))
        _choose("rule", self.rule, RULES)
        if len(self.eigenvalues) != 2:
            raise ValueError(f"There must be two eigenvalues. Got {list(self.eigenvalues)}.")
        for value in self.eigenvalues:
            _within("Every eigenvalue", value, EIGENVALUES)
        _within("The angle", self.angle, ANGLES)
        check_number("The step size", self.step_size, above=0, most=FARTHEST)
        for value in (self.epsilon_f, self.epsilon_grad):
            check_number("ε", value, above=0, most=FARTHEST)
        if not 1 <= self.max_steps <= MOST_STEPS:
            raise ValueError(f"The cap must be from 1 to {MOST_STEPS} steps. Got {self.max_steps}.")
        if self.start and len(self.start) != self.place.dimension:
            wanted = "one number" if self.place.dimension == 1 else "two numbers"
            raise ValueError(f"The start must be {wanted} for this surface. Got {list(self.start)}.")
        for x in self.start:
            _within("Every coordinate of the start", x, (-FARTHEST, FARTHEST))
        if len(self.racers) > MOST_ENTRIES:
            raise ValueError(f"At most {MOST_ENTRIES} rules can race. Got {len(self.racers)}.")
        for rule, step_size, momentum in self.racers:
            _choose("rule", rule, RULES)
            if row := momentum_of(rule):
                row.check(momentum)
            if RULES[rule].learning_rate is not None:
                _within("The step size", step_size, RACER_STEPS)
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
        """The start, the surface's own if none was chosen."""
        return self.start or tuple(float(x) for x in self.place.start)

    @property
    def takes_step_size(self) -> bool:
        """Exact line search finds its own."""
        return RULES[self.rule].learning_rate is not None

    @property
    def field(self) -> tuple[Racer, ...]:
        """The chosen racers, or the usual ones."""
        if self.racers or self.surface == "quadratic":
            return self.racers or RACERS
        size = FIRST_STEPS.get(self.surface, 0.1)
        others = ("backtracking", "adam", "newton")
        return (
            ("gradient", size, 0.0),
            ("momentum", size / 2, 0.9),
            ("nesterov", size / 2, 0.9),
            *(new_racer(rule) for rule in others),
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rules that race."""
        return tuple(
            Entry(
                rule,
                step_size if RULES[rule].learning_rate is not None else None,
                {"momentum": momentum} if momentum_of(rule) else {},
                racer_label(rule, step_size),
            )
            for rule, step_size, momentum in self.field
        )

    def changed(self, **changes: Any) -> Descent:
        """A copy with other values; another surface or rule takes its own start, step size, parameters."""
        surface = changes.get("surface", self.surface)
        if surface != self.surface:
            changes = {"start": ()} | changes
            if self.rule == "line_search" and getattr(SURFACES.get(surface), "matrix", ((),)) is None:
                changes = {"rule": "gradient"} | changes
            if changes.get("rule", self.rule) == "gradient":
                changes = {"step_size": FIRST_STEPS.get(surface, 0.1)} | changes
        if changes.get("rule", self.rule) != self.rule:
            usual = RULES[changes["rule"]].learning_rate if changes["rule"] in RULES else None
            changes = {"parameters": (), **({} if usual is None else {"step_size": float(usual)})} | changes
        return replace(self, **changes)


def momentum_of(rule: str) -> Parameter | None:
    """The momentum of a rule that has one."""
    return next((row for row in RULES[rule].parameters if row.name == "momentum"), None)


def new_racer(rule: str) -> Racer:
    """An entry of the race with the rule's own defaults."""
    row = momentum_of(rule)
    return rule, float(RULES[rule].learning_rate or 0.0), float(row.default if row else 0.0)


def racer_label(rule: str, step_size: float) -> str:
    """How an entry of the race is named."""
    label = RULES[rule].short
    return label if RULES[rule].learning_rate is None or rule == "newton" else f"{label}, η = {step_size:g}"


def _within(what: str, value: float, bounds: tuple[float, float]) -> None:
    check_number(what, value, least=bounds[0], most=bounds[1])


def _choose(what: str, name: str, known: Any) -> None:
    if name not in known:
        raise ValueError(f"{what} must be one of {', '.join(known)}. Got {name!r}.")
