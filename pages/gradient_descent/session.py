"""One user's descent: the settings, the run that follows, and the answers to what the stage asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.descent.convergence import Theory, theory
from engine.descent.descent import Entry, Race, Run, descend, race
from engine.descent.rules import RULES
from engine.descent.surfaces import Surface
from pages.gradient_descent.settings import Descent
from pages.gradient_descent.theory import step_axis, theory_rows, why
from pages.live.protocol import pack, single
from pages.live.view import View

CELLS = 120
"""Cells of the value grid along one side."""
ARROWS = 25
"""Places along one side at which the stage knows the gradient."""
ASPECT = 1.12
"""Width of the plane to its height; both axes have the same unit."""
RACE_STEPS = 1000
RACE_POINTS = 400
"""Of each path, so that the payload stays small."""
Window = tuple[float, ...]


class DescentSession(View[Descent]):
    """The settings of one user with the run; everything the stage shows is in `payload`.

    Attributes:
        run:      the steps, by the engine.
        shown:    the step on the stage's screen when it last came to rest.
        opened:   counts the ready-made runs that were opened; the stage goes to step 0 then.
        window:   what the plane shows, x₁ from, to, x₂ from, to; None for the surface's domain.
    """

    BY_ITSELF = ("surface",)

    def __init__(self, settings: Descent | None = None) -> None:
        """Compute the first run."""
        super().__init__(settings or Descent())
        self.window: Window | None = None
        self.opened = 0
        self.shown = 0
        self._sent = ""
        self._raced: tuple[object, list[Race | None]] = (None, [])
        self._start(self.settings)

    def _start(self, settings: Descent, *, coarse: bool = False) -> None:
        place = settings.place
        self.run: Run = run_of(settings)
        self.settings = settings
        self.surface: Surface = place
        self.theory: Theory | None = theory_of(settings, self.run)
        self.shown = min(self.shown, self.run.steps)
        self.payload = self.picture(race_too=not coarse)

    def change(self, settings: Descent) -> None:
        """Go on with other settings; another surface shows its whole domain."""
        if settings == self.settings:
            return
        if settings.place != self.surface and settings.surface != self.settings.surface:
            self.window, self.shown = None, 0
        self.notice = None
        self._start(settings)

    def open(self, settings: Descent) -> None:
        """Start a ready-made run at its first step, with the whole domain in view."""
        self.window, self.shown = None, 0
        self.opened += 1
        self.change(settings)

    def show_all(self) -> None:
        """Send the whole picture next; a stage that hasn't got the surface's values asks for them."""
        self.payload = self.picture()

    def act(self, kind: object, request: Mapping[str, Any], repeated: bool) -> None:
        """Do what the stage asks and set the payload."""
        value = request.get("value")
        if kind == "eta" and isinstance(value, int | float):
            self._start(replace(self.settings, step_size=float(value)), coarse=True)
        elif kind == "start" and (point := numbers(value)):
            self._start(replace(self.settings, start=point), coarse=True)
        elif kind == "window":
            self._look_at(numbers(value))
        elif kind == "surface":
            self._sent = ""
        elif kind == "settle" and not repeated:
            self.shown = min(max(value, 0), self.run.steps) if isinstance(value, int) else self.shown
            self.redraw = True
        self.payload = self.picture(race_too=kind not in ("eta", "start"))

    def _look_at(self, window: Window) -> None:
        wanted = 4 if self.surface.dimension == 2 else 2
        apart = len(window) == wanted and all(
            1e-9 < high - low < 1e9 for low, high in zip(window[::2], window[1::2], strict=True)
        )
        self.window = window if apart else None

    @property
    def subject(self) -> str:
        """The run in one line."""
        s, place = self.settings, self.surface
        step = f", η = {s.step_size:g}" if s.takes_step_size else ""
        start = ", ".join(f"{x:.4g}" for x in s.from_where)
        rule = f"{RULES[s.rule].label}{step}{', ascent' if s.ascent else ''}"
        return f"f = {place.formula} · {rule} · from ({start})".replace("-", "−")

    @property
    def race(self) -> list[Race | None]:
        """The race from this start, run when it is asked for."""
        s = self.settings
        place = s.surface, s.eigenvalues, s.angle, s.from_where
        key = (*place, s.racers or s.surface, s.epsilon_grad, s.ascent)
        if self._raced[0] != key:
            self._raced = (key, [self._walk(entry) for entry in s.entries])
        return self._raced[1]

    def _walk(self, entry: Entry) -> Race | None:
        """One entry's race; None where the rule can't run, as line search off the quadratics."""
        s = self.settings
        try:
            return race(
                self.surface,
                s.from_where,
                [entry],
                s.epsilon_grad,
                max_steps=RACE_STEPS,
                ascent=s.ascent,
            )
        except ValueError:
            return None

    def home(self) -> Window:
        """The window of the surface's whole domain, widened to the plane's shape."""
        domain = self.surface.domain
        if len(domain) == 1:
            return domain[0]
        (left, right), (low, high) = domain
        middle, height = (left + right) / 2, max(high - low, (right - left) / ASPECT)
        center, width = (low + high) / 2, height * ASPECT
        return (middle - width / 2, middle + width / 2, center - height / 2, center + height / 2)

    def picture(self, *, race_too: bool = True) -> bytes:
        """The whole state; the surface's values only if the stage hasn't got them."""
        s, run, window = self.settings, self.run, self.window or self.home()
        grid = f"{self.surface.name} {s.eigenvalues} {s.angle} {window}"
        blocks = [
            ("points", run.points),
            ("values", run.values),
            ("heights", heights(run)),
            ("norms", run.gradient_norms),
        ]
        if grid != self._sent:
            blocks += values_of(self.surface, window)
            self._sent = grid
        rows = None
        if race_too:
            rows = []
            for k, (entry, raced) in enumerate(zip(s.entries, self.race, strict=True)):
                refused = {"label": entry.label, "steps_to_tol_grad": None, "stopped_by": "refused"}
                rows.append(refused if raced is None else _plain(raced.rows[0]))
                walk = raced.runs[0] if raced else None
                blocks.append((f"race.{k}", single(walk.points[:RACE_POINTS] if walk else run.points[:1])))
                norms = walk.gradient_norms[:RACE_POINTS] if walk else run.gradient_norms[:1]
                blocks.append((f"race.norms.{k}", single(norms)))
        header = self.header() | {
            "grid": grid,
            "cells": CELLS,
            "arrows": ARROWS,
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
            "start": [float(x) for x in run.points[0]],
            "eta": s.step_size if s.takes_step_size else None,
            "rule": RULES[s.rule].label,
            "gradient": s.rule == "gradient",
            "ascent": s.ascent,
            "tests": {"f": s.test_f, "grad": s.test_grad},
            "epsilon": {"f": s.epsilon_f, "grad": s.epsilon_grad},
            "stopped_by": run.stopped_by,
            "stop_reason": run.stop_reason,
            "crossings": {"f": run.steps_to_tol_f, "grad": run.steps_to_tol_grad},
            "height": HEIGHTS[height_name(run)],
            "axis": step_axis(s, self.theory),
            "axes": axes_of(self.theory, self.surface),
            "why": {key: marked(text) for key, text in why(run, self.theory, s).items()},
            "regime": regime_of(run, self.theory),
            "theory": theory_rows(s, run, self.theory),
            "race": rows,
        }
        return pack(header, blocks, [])


def run_of(settings: Descent) -> Run:
    """The run of the settings; a test that is off is reported all the same."""
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


def theory_of(settings: Descent, run: Run) -> Theory | None:
    """What theory says of the gradient rule on a quadratic, or near the minimum that the run ended at."""
    s, place = settings, settings.place
    if place.matrix is not None:
        return theory(place, s.step_size, s.from_where, tol_f=s.epsilon_f, tol_grad=s.epsilon_grad)
    if not place.minima:
        return None
    end = np.nan_to_num(run.points[-1], nan=0.0, posinf=0.0, neginf=0.0)
    nearest = min(place.minima, key=lambda point: float(np.abs(np.subtract(point, end)).max()))
    try:
        local = theory(place.hessian(nearest), s.step_size)
    except ValueError:
        return None
    return local if local.critical_step is not None else None  # no curvature at a kink or a flat bottom


def regime_of(run: Run, known: Theory | None) -> str | None:
    """The regime that colours the path: theory's for the gradient rule on a quadratic, else as it went."""
    if run.rule == "gradient" and known is not None and run.surface.matrix is not None and not run.ascent:
        return None if known.regime == "divergent" and run.stopped_by == "tol_grad" else known.regime
    return "divergent" if run.stopped_by == "not_finite" else None


def values_of(surface: Surface, window: Window) -> list[tuple[str, np.ndarray[Any, Any]]]:
    """Values at the middle of each cell, first row on top; gradients on a coarser grid, corner to corner."""
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


def heights(run: Run) -> Array:
    """What a logarithmic axis can show of f: above its lowest value, or without its sign if it has none."""
    above: Array = np.abs(run.values - _lowest(run.surface))
    return above


HEIGHTS = {"f": "*f*", "|f|": "|*f*|", "f − f*": "*f* − *f*^{∗}"}
"""The names of height_name() in the markup of the stage's short texts: *italic*, _{below}, ^{above}."""


def marked(text: str) -> str:
    """A sentence of the engine in that markup, with a true minus before its numbers."""
    for plain, written in (("λmax", "λ_{max}"), ("λmin", "λ_{min}"), (" -", " −"), ("(-", "(−")):
        text = text.replace(plain, written)
    return text


def height_name(run: Run) -> str:
    """What heights() are called."""
    if not run.surface.minima:
        return "|f|"
    return "f" if _lowest(run.surface) == 0 else "f − f*"


def _lowest(surface: Surface) -> float:
    return float(np.min(surface.value(surface.minima))) if surface.minima else 0.0


def axes_of(known: Theory | None, surface: Surface) -> list[dict[str, Any]]:
    """The Hessian's eigenvectors that the plane shows: only a quadratic's, which hold everywhere."""
    if known is None or surface.dimension == 1 or surface.matrix is None:
        return []
    names = ("min", "max")
    return [
        {"name": name, "value": float(value), "vector": vector.tolist()}
        for name, value, vector in zip(
            names, known.eigenvalues, np.transpose(known.eigenvectors), strict=True
        )
    ]


def numbers(value: object) -> tuple[float, ...]:
    """A short list of finite numbers as the browser sent it, else ()."""
    if not isinstance(value, Sequence) or len(value) > 4:
        return ()
    if not all(isinstance(x, int | float) and abs(x) < 1e6 for x in value):
        return ()
    return tuple(float(x) for x in value)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: None if isinstance(value, float) and not np.isfinite(value) else value
        for key, value in row.items()
    }
