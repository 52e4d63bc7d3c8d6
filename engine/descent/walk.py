"""A walk goes from point to point by its rule, some steps at a time, until a test holds or it can't go on."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import (
    Array,
    as_shaped,
    brief,
    check_choice,
    check_count,
    check_flag,
    check_list,
    check_number,
)
from engine.descent.rules import SIGNS, prepare
from engine.descent.surfaces import Surface
from engine.optimizers import Optimizer


@dataclass(frozen=True, eq=False)
class Place:
    """A point (d,) with f, ∇f (d,) and ‖∇f‖ there, and the η that led to it, NaN at the start."""

    x: Array
    value: float
    gradient: Array
    norm: float
    eta: float

    @classmethod
    def on(cls, surface: Surface, x: Array, eta: float) -> Place:
        """The place of a point of a surface."""
        g = surface.gradient(x)
        return cls(x, float(surface.value(x)), g, math.hypot(*g), eta)

    @property
    def is_finite(self) -> bool:
        """Whether a float can hold all of it."""
        return bool(np.isfinite(self.x).all()) and math.isfinite(self.value) and math.isfinite(self.norm)


class Walk:
    """The steps of a descent while they are being taken; `descend` explains the arguments.

    Attributes:
        path:       the places so far.
        found:      per test, the first step after which it held.
        stopped_by: a key of REASONS, "" before the walk has stopped; last is the step after which it did.
        ended:      a key of REASONS once the search for both tests is over, too.
    """

    def __init__(
        self,
        surface: Surface,
        start: object,
        rule: str | Optimizer,
        learning_rate: float | None,
        parameters: Mapping[str, float],
        *,
        max_steps: int,
        tolerances: Mapping[str, float | None],
        stops: Collection[str],
        ascent: bool,
    ) -> None:
        """Check the settings and look around at the start. Raises: ValueError for a wrong setting."""
        self.surface, self.ascent, self.max_steps = surface, ascent, max_steps
        self.path = [Place.on(surface, as_shaped("start", start, (surface.dimension,)), math.nan)]
        if not math.isfinite(self.path[0].value):
            raise ValueError(f"start must be where f is finite. Got {brief(start)}.")
        self._sign = -1.0 if check_flag("ascent", ascent) else 1.0
        self.rule, self.rate, self.parameters, self._move = prepare(
            surface, rule, learning_rate, parameters, self._sign
        )
        # An Optimizer may share the name of a rule without memory, and yet have weight decay.
        self._row = rule if isinstance(rule, str) else ""
        check_count("max_steps", max_steps)
        self._stops = check_list("stops", stops, "tests")
        for key in self._stops:
            check_choice("Every test in stops", key, tolerances)
        asked = tolerances.items()
        self.watched = {key: check_number(key, tol, above=0) for key, tol in asked if tol is not None}
        self.found: dict[str, int] = {}
        self.stopped_by, self.ended, self.last = "", "", 0
        self.cycle: tuple[int, int] | None = None
        self._seen: dict[bytes, int] = {}

    @property
    def steps(self) -> int:
        """The number of steps taken, those of the search beyond the stop among them."""
        return len(self.path) - 1

    @np.errstate(all="ignore")
    def go_on(self, steps: int) -> bool:
        """Take up to this many steps more; says whether the walk has ended."""
        for _ in range(steps):
            if self.ended:
                break
            self._step()
        return bool(self.ended)

    def _step(self) -> None:
        k, here = self.steps, self.path[-1]
        mark = self._mark()
        first = self._seen.setdefault(mark, k) if mark else k
        if self._row in SIGNS and not here.gradient.any():
            self._end("zero_gradient")
        elif first < k:  # a rule without memory that comes to a point twice goes round for ever
            self.cycle = None if self.stopped_by else (first, k - first)
            self._end("cycle")
        elif k == self.max_steps or (self.stopped_by and self.found.keys() == self.watched.keys()):
            self._end("max_steps")
        elif isinstance(moved := self._move(here.x, self._sign * here.gradient), str):
            self._end(moved)
        elif not (place := Place.on(self.surface, *moved)).is_finite:
            self._end("not_finite")
        else:
            self.path.append(place)
            self._test({"tol_f": abs(place.value - here.value), "tol_grad": place.norm})

    def _end(self, reason: str) -> None:
        self.ended = reason
        if not self.stopped_by:
            self.stopped_by, self.last = reason, self.steps

    def _test(self, sizes: Mapping[str, float]) -> None:
        """Note which tests hold after the step just taken."""
        for key, tol in self.watched.items():
            if sizes[key] < tol:
                self.found.setdefault(key, self.steps)
                if key in self._stops and not self.stopped_by:
                    self.stopped_by, self.last = key, self.steps

    def _mark(self) -> bytes:
        """Bytes that are equal at equal points; empty for rules with memory, and for steps like rounding.

        Sign steps walk on a lattice of width η, fixed ones anywhere; + 0.0 makes −0.0 the 0.0 that it equals.
        """
        here, rate = self.path[-1], self.rate
        if self._row in SIGNS:
            return (np.rint((here.x - self.path[0].x) / rate) + 0.0).tobytes()
        moves = self._row == "gradient" and rate * here.norm > 1e-12 * (1.0 + math.hypot(*here.x))
        return (here.x + 0.0).tobytes() if moves else b""
