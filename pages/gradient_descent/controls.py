"""The native controls of the gradient-descent page: surface, rule, step size, start, tests, race."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from engine.descent.race import MOST_RACERS, RACE_STEPS
from engine.descent.rules import RULES
from engine.descent.surfaces import SURFACES
from engine.numbers import read_number, read_numbers, significant
from engine.runs.links import from_query, to_query
from pages.formulas.numbers import tolerance
from pages.gradient_descent.session import DescentSession
from pages.gradient_descent.settings import (
    ADJUSTABLE,
    ANGLES,
    EIGENVALUES,
    MOST_STEPS,
    RACER_STEPS,
    DescentSettings,
    momentum_of,
    new_racer,
)
from pages.gradient_descent.theory import equation_of
from pages.shell import address
from pages.shell.binding import bound, labels, number, one_of, rates, typed_choice
from pages.shell.controls import radio, selectbox, toggle
from pages.shell.visit import visited
from pages.shell.widgets import popover

KEY = "descent_session"
STEP_SIZES = ("0.001", "0.01", "0.05", "0.1", "0.15", "0.2", "0.24", "0.25", "0.3", "0.5", "1")
TOLERANCES = ("0.01", "0.001", "0.0001", "1e-05", "1e-06", "1e-08", "1e-10")
STARTS = {2: ((3.0, 3.0), (-3.0, 2.0), (3.0, -1.0), (-1.2, 1.0)), 1: ((2.5,), (1.5,), (0.1,), (-2.0,))}
HALF = 150
NO_RULE = "–"


@dataclass(frozen=True)
class DescentPreset:
    """Settings worth seeing: their label, and in one sentence what they show."""

    label: str
    explanation: str
    settings: DescentSettings


PRESETS = {
    "small": DescentPreset(
        "η = 0.1, small",
        "Below 1/λmax the path bends into the valley and never crosses it. It takes 76 steps.",
        DescentSettings(step_size=0.1),
    ),
    "best": DescentPreset(
        "η = 0.2, best",
        "At 2/(λmax + λmin) both directions shrink equally fast. The path zigzags, with half the steps of "
        "η = 0.1: 38.",
        DescentSettings(),
    ),
    "false": DescentPreset(
        "η = 0.25, false stop",
        "The first step jumps across the valley to the very same height. The test |Δf| < ε stops there, "
        "although the gradient is far from 0.",
        DescentSettings(step_size=0.25, test_f=True, test_grad=False),
    ),
    "divergent": DescentPreset(
        "η = 0.3, too large",
        "Beyond 2/λmax every step lands higher on the other side.",
        DescentSettings(step_size=0.3, max_steps=40),
    ),
    "sign": DescentPreset(
        "Sign steps",
        "Only the sign of the slope counts: every step is as long as the last, so it ends in a cycle "
        "of two points, (0.375, 0.375) and (−0.5, −0.5).",
        DescentSettings(rule="sign", step_size=0.875),
    ),
    "sign_lucky": DescentPreset(
        "Sign steps, exact",
        "With η = 1 the steps happen to hit the minimum, and the gradient is exactly 0.",
        DescentSettings(rule="sign", step_size=1.0),
    ),
    "line_search": DescentPreset(
        "Exact line search",
        "Each step is the best along its own direction, so the next one turns by a right angle.",
        DescentSettings(rule="line_search"),
    ),
    "parabola": DescentPreset(
        "One dimension",
        "With a single curvature, η = 1/f″ hits the minimum in one step, and beyond 2/f″ the steps diverge.",
        DescentSettings(surface="parabola", step_size=0.9),
    ),
    "narrow": DescentPreset(
        "Momentum",
        "The valley is forty times as curved across as along. The best fixed step, 2/(λmax + λmin) = 0.1951, "
        "takes 325 steps; momentum adds up the small steps along the valley, and takes 58.",
        DescentSettings(
            surface=ADJUSTABLE,
            eigenvalues=(0.25, 10.0),
            rule="momentum",
            step_size=0.3,
            parameters=(("momentum", 0.55),),
            racers=(("momentum", 0.3, 0.55), ("nesterov", 0.1, 0.8), ("gradient", 0.1951219512195122, 0.0)),
        ),
    ),
    "rosenbrock": DescentPreset(
        "Adam, bent valley",
        "Adam finds the bent valley at once, and then follows it: 1,046 steps in all.",
        DescentSettings(surface="rosenbrock", rule="adam", step_size=0.3, max_steps=1500),
    ),
}


def descent_session() -> DescentSession:
    """The user's descent, made on the first visit from the link that was opened."""
    return visited(KEY, lambda: DescentSession(from_query(DescentSettings, address.opened())), DescentSession)


def keep_descent_link() -> None:
    """Write the settings into the address bar."""
    address.keep(to_query(descent_session().settings))


def descent_presets(make: Callable[..., Any] = radio) -> None:
    """The presets, in the sidebar all at once, and under them what the chosen one shows.

    Args: make: makes the control, one of pages.shell.controls.
    """
    settings = descent_session().settings
    chosen = next((name for name, preset in PRESETS.items() if preset.settings == settings), None)

    def open_preset(name: str | None) -> None:
        if name is not None:
            descent_session().open(PRESETS[name].settings)

    make(
        "Preset",
        format_func=labels(PRESETS),
        **one_of(PRESETS, "descent_preset", chosen, open_preset),
    )
    if chosen:
        st.caption(PRESETS[chosen].explanation)


def descent_controls() -> None:
    """The row above the stage."""
    s = descent_session().settings
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="controls"):
        _surface_and_rule(s)
        _typed("step_size", "Step size η", STEP_SIZES, s.step_size, width=112, disabled=not s.takes_step_size)
        _start(s)
        with st.container(gap=None, width=146, key="stop_when"):
            toggle("Stop: |Δf| < ε", **_bound("test_f", s.test_f))
            toggle("Stop: ‖∇f‖ < ε", **_bound("test_grad", s.test_grad))
        _typed(
            "epsilon",
            "ε",
            TOLERANCES,
            s.epsilon_grad,
            width=92,
            name=_power,
            fields=("epsilon_f", "epsilon_grad"),
        )
        selectbox(
            "Direction",
            width=112,
            **one_of(
                ("descent", "ascent"),
                "direction",
                "ascent" if s.ascent else "descent",
                lambda way: _set(ascent=way == "ascent"),
            ),
        )
        with popover("Race", "race", width=90) as there:
            if there:
                _racers(s)
        with popover("More", "descent_more", width=92) as there:
            if there:
                _more(s)


def _set(**changes: Any) -> None:
    descent_session().set(**changes)


def _take(**changes: Any) -> None:
    """As _set, but raises ValueError: the sentence stands at the control."""
    user = descent_session()
    user.change(user.settings.changed(**changes))


def _bound(key: str, value: Any) -> dict[str, Any]:
    return bound(key, value, lambda chosen: _set(**{key: chosen}))


def _one_of(options: Iterable[str], key: str, value: str) -> dict[str, Any]:
    return one_of(options, key, value, lambda chosen: _set(**{key: chosen}))


def _surface_and_rule(s: DescentSettings) -> None:
    names = {
        name: f"{row.label}: {row.formula}" if len(row.formula) < 22 else row.label
        for name, row in SURFACES.items()
    }
    selectbox(
        "Surface",
        format_func=lambda name: names.get(name, "Adjustable quadratic"),
        width=214,
        **_one_of([*SURFACES, ADJUSTABLE], "surface", s.surface),
    )
    selectbox("Rule", format_func=labels(RULES), width=158, **_one_of(s.rules, "rule", s.rule))


def _typed(
    key: str,
    label: str,
    usual: tuple[str, ...],
    value: float,
    *,
    width: int,
    disabled: bool = False,
    name: Callable[[str], str] = str,
    fields: tuple[str, ...] = (),
) -> None:
    """A select box of usual numbers that takes any typed one; it sets `fields`, or the field named key."""

    options, shown = rates(usual, value)

    def write(typed: str) -> None:
        _take(**dict.fromkeys(fields or (key,), read_number(typed, label)))

    typed_choice(key, label, options, shown, write, width=width, disabled=disabled, format_func=name)


def _power(text: str) -> str:
    return tolerance(float(text))


def _start(s: DescentSettings) -> None:
    def point_text(point: tuple[float, ...]) -> str:
        text = ", ".join(map(significant, point))
        return text if len(point) == 1 else f"({text})"

    def write(typed: str) -> None:
        place = descent_session().settings.place
        point = read_point(typed, place.dimension)
        _take(start=() if point == tuple(place.start) else point)

    shown = point_text(s.from_where)
    options = list(
        dict.fromkeys((point_text(tuple(s.place.start)), *map(point_text, STARTS[s.place.dimension]), shown))
    )
    typed_choice("start", "Start", options, shown, write, width=116)


def read_point(text: str, dimension: int) -> tuple[float, ...]:
    """The coordinates of a typed point; in two dimensions the comma of "(3,3)" separates them.

    Raises: ValueError for what can't be read as numbers.
    """
    parts = text.strip(" ()[]").split(",")
    if len(parts) == dimension > 1 and not any(";" in part or len(part.split()) > 1 for part in parts):
        text = "; ".join(parts)
    return read_numbers(text, "the start")


def _more(s: DescentSettings) -> None:
    """What is needed less often: the quadratic's shape, the rule's parameters, maximum steps, ε of |Δf|."""
    if s.surface == ADJUSTABLE:
        first, second = s.eigenvalues

        def bend(k: int, value: float) -> None:
            both = list(descent_session().settings.eigenvalues)
            both[k] = value
            _take(eigenvalues=tuple(both))

        with st.container(horizontal=True):
            number(
                "eigen_1",
                "λ₁",
                first,
                *EIGENVALUES,
                0.25,
                write=lambda v: bend(0, v),
                width=HALF,
            )
            number(
                "eigen_2",
                "λ₂",
                second,
                *EIGENVALUES,
                0.25,
                write=lambda v: bend(1, v),
                width=HALF,
            )
        number("angle", "Angle of λ₁, degrees", s.angle, *ANGLES, 5.0, write=lambda v: _take(angle=v))
    else:
        st.caption(s.place.note)
    st.caption(f"{RULES[s.rule].label}: {equation_of(s)}")
    given = dict(s.parameters)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for row in RULES[s.rule].parameters:
            accept = _set if row.is_bool else _take

            def write(chosen: Any, name: str = row.name, accept: Callable[..., None] = accept) -> None:
                present = dict(descent_session().settings.parameters)
                accept(parameters=tuple(sorted({**present, name: chosen}.items())))

            key, value = f"rule_{row.name}", given.get(row.name, row.default)
            if row.is_bool:
                toggle(row.label, **bound(key, value, write))
            else:
                number(key, row.label, value, row.minimum, row.maximum, 0.05, write=write, width=HALF)
    number(
        "max_steps",
        "Maximum steps",
        s.max_steps,
        1,
        MOST_STEPS,
        50,
        write=lambda v: _take(max_steps=v),
    )
    _typed(
        "epsilon_f",
        "ε₁ for |Δf|, if different",
        TOLERANCES,
        s.epsilon_f,
        width=HALF,
        name=_power,
    )


def _racers(s: DescentSettings) -> None:
    """Up to six rules with their step sizes."""
    st.caption(
        f"Up to six rules from the same start, until ‖∇f‖ < ε, for at most {RACE_STEPS:,} steps. Only those "
        f"that end at a {'maximum' if s.ascent else 'minimum'} are ranked. Steps differ in cost: a line "
        "search evaluates f several times."
    )
    entered = s.entered
    if not any(rule in s.rules for rule, *_ in entered):
        st.caption("None of the chosen rules can walk here, so the usual ones race.")
    for k in range(MOST_RACERS):
        racer = entered[k] if k < len(entered) else None

        def choose(rule: str, k: int = k) -> None:
            racers = descent_session().settings.entered
            chosen = () if rule == NO_RULE else (new_racer(rule),)
            _set(racers=racers[:k] + chosen + racers[k + 1 :])

        def resize(size: float, k: int = k) -> None:
            racers = descent_session().settings.entered
            rule, _, momentum = racers[k]
            _take(racers=(*racers[:k], (rule, size, momentum), *racers[k + 1 :]))

        def push(momentum: float, k: int = k) -> None:
            racers = descent_session().settings.entered
            rule, size, _ = racers[k]
            _take(racers=(*racers[:k], (rule, size, momentum), *racers[k + 1 :]))

        is_only = racer is not None and len(entered) == 1  # it can be changed, but a race needs a rule
        own = racer[0] if racer else NO_RULE
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            selectbox(
                f"Rule {k + 1}",
                format_func=labels(RULES),
                label_visibility="collapsed",
                width=190,
                **one_of(_choices(s, own, with_none=not is_only), f"racer_{k}", own, choose),
            )
            if racer and own not in s.rules:
                st.caption("can't walk here")
                continue
            if racer and RULES[racer[0]].learning_rate is not None:
                number(f"racer_step_{k}", "η", racer[1], *RACER_STEPS, 0.05, write=resize, width=112)
            if racer and (row := momentum_of(racer[0])):
                bounds = row.minimum, row.maximum
                number(f"racer_momentum_{k}", "μ", racer[2], *bounds, 0.1, write=push, width=112)
        if racer is None:
            break


def _choices(s: DescentSettings, own: str, *, with_none: bool) -> list[str]:
    """The rules that a row of the race offers: its own, and those that can walk here."""
    return [*[NO_RULE] * with_none, *(rule for rule in RULES if rule == own or rule in s.rules)]
