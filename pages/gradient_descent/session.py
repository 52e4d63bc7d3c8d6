"""One user's descent: the settings, the steps that follow from them, and the answers to the stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine import __version__
from engine.arrays import Array
from engine.descent.descent import Descent, descend
from engine.descent.explanation import explain, theory_of_walk
from engine.descent.rules import RULES
from engine.descent.surfaces import Surface
from engine.numbers import with_power
from pages.figures.regimes import TONES
from pages.gradient_descent.local_theory import LocalTheory, theory_of
from pages.gradient_descent.rule_race import RACE_POINTS, RuleRace, race_caption, race_limit, race_words
from pages.gradient_descent.settings import DescentSettings
from pages.gradient_descent.step_axis import step_axis
from pages.gradient_descent.theory import theory_table
from pages.live.protocol import pack, single
from pages.live.view import View

CELLS = 120
"""Cells per side of the grid on which the stage draws f."""
ARROWS = 25
"""Points per side at which the stage knows the gradient."""
ASPECT = 1.12
"""Width of the plane divided by its height; both axes have the same unit."""
Window = tuple[float, ...]
"""What the plane shows: x₁ from, to, x₂ from, to; of one variable only the first two."""


class DescentSession(View[DescentSettings]):
    """The settings of one user and the descent they define; everything the stage shows is in `payload`.

    Attributes:
        descent:  the steps, computed by the engine.
        shown:    the step that the stage showed when it last came to rest.
        opened:   number of presets opened so far; when it grows, the stage goes to step 0.
        window:   what the plane shows; None for the surface's whole domain.
    """

    BY_ITSELF = ("surface", "race")

    def __init__(self, settings: DescentSettings | None = None) -> None:
        """Compute the first descent."""
        super().__init__(settings or DescentSettings())
        self.window: Window | None = None
        self.opened = 0
        self.shown = 0
        self._sent = ""
        self._raced: tuple[object, RuleRace | None] = (None, None)
        self._start(self.settings)
        self.payload = self.picture()

    def _start(self, settings: DescentSettings) -> None:
        """Compute the descent of these settings. Raises: ValueError, with nothing changed."""
        place = settings.place
        self.descent: Descent = descent_of(settings)
        self.settings = settings
        self.surface: Surface = place
        self.theory: LocalTheory | None = theory_of(settings, self.descent)
        self.shown = min(self.shown, self.descent.steps)

    def change(self, settings: DescentSettings) -> None:
        """Go on with other settings; another surface shows its whole domain."""
        if settings == self.settings:
            return
        if settings.place != self.surface and settings.surface != self.settings.surface:
            self.window, self.shown = None, 0
        self.notice = None
        self._start(settings)
        self.payload = self.picture()

    def open(self, settings: DescentSettings) -> None:
        """Open a preset at its first step, with the whole domain in view."""
        self.window, self.shown = None, 0
        self.opened += 1
        self.change(settings)

    def show_all(self) -> None:
        """Send the whole picture next; a stage without the surface's values asks for them."""
        self.payload = self.picture()

    def act(self, kind: object, request: Mapping[str, Any], repeated: bool) -> None:
        """Do what the stage asks and set the payload."""
        value = request.get("value")
        if kind == "eta" and (size := numbers([value])):
            self._start(replace(self.settings, step_size=size[0]))
        elif kind == "start" and (point := numbers(value)):
            self._start(replace(self.settings, start=point))
        elif kind == "window":
            self._look_at(numbers(value))
        elif kind == "surface":
            self._sent = ""
        elif kind == "settle" and not repeated:
            self.shown = min(max(value, 0), self.descent.steps) if isinstance(value, int) else self.shown
            self.redraw = True
        self.payload = self.picture(with_race=kind not in ("eta", "start"))  # a drag sends many requests

    def _look_at(self, window: Window) -> None:
        wanted = 4 if self.surface.dimension == 2 else 2
        apart = len(window) == wanted and all(
            1e-9 < high - low < 1e9 for low, high in zip(window[::2], window[1::2], strict=True)
        )
        self.window = window if apart else None

    @property
    def subject(self) -> str:
        """The descent in one line."""
        s, place = self.settings, self.surface
        step = f", η = {with_power(f'{s.step_size:g}')}" if s.takes_step_size else ""
        rule = f"{RULES[s.rule].label}{step}{', ascent' if s.ascent else ''}"
        return f"f = {place.formula} · {rule} · from ({self._start_text})"

    @property
    def race(self) -> RuleRace:
        """The race of these settings: as far as it has come, or at its start."""
        s = self.settings
        key = s.surface, s.eigenvalues, s.angle, s.from_where, s.lineup, s.epsilon_grad, s.ascent
        if self._raced[0] != key or self._raced[1] is None:
            self._raced = (key, RuleRace(self.surface, s))
        race = self._raced[1]
        assert race is not None
        return race

    @property
    def race_provenance(self) -> str:
        """How a picture of the race was made."""
        s = self.settings
        way = "ascent from" if s.ascent else "from"
        raced = f"race of {len(s.lineup)} rules, {way} ({self._start_text}), {race_limit(s)}"
        return f"f = {self.surface.formula} · {raced} · Backprop Playground {__version__}"

    @property
    def _start_text(self) -> str:
        return ", ".join(with_power(f"{x:.4g}") for x in self.settings.from_where)

    def home(self) -> Window:
        """The window that shows the surface's whole domain, widened to the plane's shape."""
        domain = self.surface.domain
        if len(domain) == 1:
            return domain[0]
        (left, right), (low, high) = domain
        middle, height = (left + right) / 2, max(high - low, (right - left) / ASPECT)
        center, width = (low + high) / 2, height * ASPECT
        return (middle - width / 2, middle + width / 2, center - height / 2, center + height / 2)

    def picture(self, *, with_race: bool = True) -> bytes:
        """The whole state as a payload; the surface's values are left out if the stage has them already."""
        s, descent, window = self.settings, self.descent, self.window or self.home()
        grid = f"{self.surface.name} {s.eigenvalues} {s.angle} {window}"
        blocks = [
            ("points", descent.points),
            ("values", descent.values),
            ("heights", heights(descent)),
            ("norms", descent.gradient_norms),
        ]
        if grid != self._sent:
            blocks += values_of(self.surface, window)
            self._sent = grid
        race = self.race if with_race else None
        if race is not None:
            with self.turns.next() as turn:
                race.go_on(turn)
            blocks += race.blocks(descent.points[:1], descent.gradient_norms[:1])
        explanation, regime = explain(descent), regime_of(descent)
        header = self.header() | {
            "grid": grid,
            "cells": CELLS,
            "arrows": ARROWS,
            "aspect": ASPECT,
            "window": list(window),
            "home": list(self.home()),
            "zoomed": self.window is not None,
            "shown": self.shown,
            "opened": self.opened,
            "dimension": self.surface.dimension,
            "surface": {
                "name": self.surface.name,
                "label": self.surface.label,
                "formula": self.surface.formula,
            },
            "minima": [list(point) for point in self.surface.minima],
            "start": [float(x) for x in descent.points[0]],
            "eta": s.step_size if s.takes_step_size else None,
            "rule": RULES[s.rule].label,
            "gradient": s.rule == "gradient",
            "ascent": s.ascent,
            "tests": {"f": s.test_f, "grad": s.test_grad},
            "epsilon": {"f": s.epsilon_f, "grad": s.epsilon_grad},
            "stopped_by": descent.stopped_by,
            "stop_reason": descent.stop_reason,
            "crossings": {"f": descent.steps_to_tol_f, "grad": descent.steps_to_tol_grad},
            "height": HEIGHTS[height_name(descent)],
            "axis": step_axis(s, self.theory),
            "axes": axes_of(self.theory, self.surface),
            "why": {"title": explanation.title, "text": marked_up(explanation.text)},
            "regime": regime,
            "tone": TONES.get(regime or ""),
            "theory": theory_table(s, descent, self.theory),
            "race": race and race.rows,
            "racing": race is not None and not race.is_over,
            "race_caption": race_caption(s),
            "race_why": race and race_words(race.rows, ascent=s.ascent, over=race.is_over),
            "race_shown": RACE_POINTS,
            "race_provenance": self.race_provenance,
        }
        return pack(header, blocks, [])


def descent_of(settings: DescentSettings) -> Descent:
    """The descent that the settings define; a test that doesn't stop it is reported all the same."""
    s = settings
    on = {"tol_f": s.test_f, "tol_grad": s.test_grad}
    return descend(
        s.place,
        s.from_where,
        rule=s.rule,
        learning_rate=s.step_size if s.takes_step_size else None,
        max_steps=s.max_steps,
        tol_f=s.epsilon_f,
        tol_grad=s.epsilon_grad,
        stops=[name for name, stops in on.items() if stops],
        ascent=s.ascent,
        **dict(s.parameters),
    )


def regime_of(descent: Descent) -> str | None:
    """The regime that colours the path: the theory's of the walk on a quadratic, else by its end."""
    if (known := theory_of_walk(descent)) is not None:
        return known.regime
    return "divergent" if descent.stopped_by == "not_finite" else None


def values_of(surface: Surface, window: Window) -> list[tuple[str, np.ndarray[Any, Any]]]:
    """f at the middle of each cell, top row first; the gradient on a coarser grid from corner to corner."""
    if surface.dimension == 1:
        x = middles(window[0], window[1])
        return [("grid", single(surface.value(x[:, None])))]
    left, right, low, high = window
    cells = np.stack(np.meshgrid(middles(left, right), middles(high, low)), axis=-1)
    nodes = np.stack(np.meshgrid(np.linspace(left, right, ARROWS), np.linspace(high, low, ARROWS)), axis=-1)
    return [("grid", single(surface.value(cells))), ("slopes", single(surface.gradient(nodes)))]


def middles(first: float, last: float) -> np.ndarray[Any, Any]:
    """The middles of CELLS cells from first to last."""
    edges = np.linspace(first, last, CELLS + 1)
    return (edges[:-1] + edges[1:]) / 2


def heights(descent: Descent) -> Array:
    """What a logarithmic axis can show of f: its height above the minimum, or |f| if there is none."""
    above: Array = np.abs(descent.values - _lowest(descent.surface))
    return above


HEIGHTS = {"f": "*f*", "|f|": "|*f*|", "f − f*": "*f* − *f*^{∗}"}
"""The names of height_name() in the stage's markup: *italic*, _{subscript}, ^{superscript}."""


def marked_up(text: str) -> str:
    """A sentence of the engine in that markup, with a true minus before its numbers."""
    for plain, markup in (("λmax", "λ_{max}"), ("λmin", "λ_{min}"), (" -", " −"), ("(-", "(−")):
        text = text.replace(plain, markup)
    return text


def height_name(descent: Descent) -> str:
    """The name of what heights() returns."""
    if not descent.surface.minima:
        return "|f|"
    return "f" if _lowest(descent.surface) == 0 else "f − f*"


def _lowest(surface: Surface) -> float:
    return float(np.min(surface.value(surface.minima))) if surface.minima else 0.0


def axes_of(known: LocalTheory | None, surface: Surface) -> list[dict[str, Any]]:
    """The Hessian's eigenvectors, drawn in the plane; only for a quadratic, where they hold everywhere."""
    if known is None or surface.dimension == 1 or surface.matrix is None:
        return []
    names = ("min", "max")
    return [
        {"name": name, "value": float(value), "vector": vector.tolist()}
        for name, value, vector in zip(
            names, known.theory.eigenvalues, np.transpose(known.theory.eigenvectors), strict=True
        )
    ]


def numbers(value: object) -> tuple[float, ...]:
    """Up to four finite numbers as the browser sent them, or () for anything else."""
    if not isinstance(value, Sequence) or len(value) > 4:
        return ()
    if not all(isinstance(x, int | float) and abs(x) < 1e6 for x in value):
        return ()
    return tuple(float(x) for x in value)
