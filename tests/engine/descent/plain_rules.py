"""Every rule of descent once more, as a book has it: plain loops, without the engine's optimisers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.descent.surfaces import SURFACES, Surface

Walker = Callable[[Surface, Any, float, dict[str, float]], Iterator[Any]]
STEPS = {"rosenbrock": 0.0015, "himmelblau": 0.01, "beale": 0.01, "rastrigin": 0.003, "quartic": 0.05}
"""Step sizes of the fixed step, a tenth elsewhere; the others that take part of it say which."""


@dataclass(frozen=True)
class Plain:
    """A rule as a generator of points, with the η of its race: `step`, or a share of the surface's."""

    walk: Walker
    step: float | None = None
    share: float | None = None
    parameters: dict[str, float] = field(default_factory=dict)

    def rate(self, surface: Surface) -> float | None:
        """η on this surface."""
        return self.step if self.share is None else self.share * STEPS.get(surface.name, 0.1)


def plain_steps(surface: Surface, plain: Plain, tolerance: float, limit: int) -> tuple[int | None, Any]:
    """The first step with ‖∇f‖ < tolerance, and the point there; None if there is none within the limit."""
    x = np.array(surface.start)
    with np.errstate(all="ignore"):
        walk = plain.walk(surface, x, plain.rate(surface) or 0.0, plain.parameters)
        for k in range(1, limit + 1):
            x = next(walk, None)
            if x is None or not np.isfinite(x).all() or not math.isfinite(float(surface.value(x))):
                return None, x
            if np.linalg.norm(surface.gradient(x)) < tolerance:
                return k, x
    return None, x


def fixed(surface: Surface, x: Any, eta: float, _: dict[str, float]) -> Iterator[Any]:
    """x ← x − η·g."""
    while True:
        x = x - eta * surface.gradient(x)
        yield x


def sign(surface: Surface, x: Any, eta: float, _: dict[str, float]) -> Iterator[Any]:
    """x ← x − η·sign(g)."""
    while True:
        x = np.array(
            [xi - eta * math.copysign(gi != 0, gi) for xi, gi in zip(x, surface.gradient(x), strict=True)]
        )
        yield x


def sign_else(surface: Surface, x: Any, eta: float, _: dict[str, float]) -> Iterator[Any]:
    """xᵢ ← xᵢ − η if gᵢ > 0, else xᵢ + η."""
    while True:
        x = np.array(
            [xi - eta if gi > 0 else xi + eta for xi, gi in zip(x, surface.gradient(x), strict=True)]
        )
        yield x


def line_search(surface: Surface, x: Any, _: float, __: dict[str, float]) -> Iterator[Any]:
    """x ← x − (gᵀg / gᵀHg)·g."""
    while True:
        g = surface.gradient(x)
        if not g.any():
            return
        x = x - (g @ g) / (g @ surface.hessian(x) @ g) * g
        yield x


def backtracking(surface: Surface, x: Any, eta: float, p: dict[str, float]) -> Iterator[Any]:
    """Shorten the step until f falls enough."""
    while True:
        g, step = surface.gradient(x), eta
        while not surface.value(x - step * g) <= surface.value(x) - p["armijo"] * step * (g @ g):
            step *= p["shrink"]
            if step < 1e-18 * eta:
                return
        x = x - step * g
        yield x


def heavy_ball(surface: Surface, x: Any, eta: float, p: dict[str, float]) -> Iterator[Any]:
    """Polyak's two points: x⁺ = x − η·g + μ·(x − x⁻)."""
    before = x
    while True:
        x, before = x - eta * surface.gradient(x) + p["momentum"] * (x - before), x
        yield x


def nesterov(surface: Surface, x: Any, eta: float, p: dict[str, float]) -> Iterator[Any]:
    """v ← μ·v + g, x ← x − η·(g + μ·v)."""
    v = 0 * x
    while True:
        g = surface.gradient(x)
        v = p["momentum"] * v + g
        x = x - eta * (g + p["momentum"] * v)
        yield x


def adagrad(surface: Surface, x: Any, eta: float, _: dict[str, float]) -> Iterator[Any]:
    """s ← s + g², x ← x − η·g / (√s + ε)."""
    s = 0 * x
    while True:
        g = surface.gradient(x)
        s = s + g * g
        x = x - eta * g / (np.sqrt(s) + 1e-10)
        yield x


def rmsprop(surface: Surface, x: Any, eta: float, _: dict[str, float]) -> Iterator[Any]:
    """v ← ρ·v + (1 − ρ)·g² with ρ = 0.99, x ← x − η·g / (√v + ε)."""
    v = 0 * x
    while True:
        g = surface.gradient(x)
        v = 0.99 * v + (1 - 0.99) * (g * g)
        x = x - eta * (g / (np.sqrt(v) + 1e-8))  # on |x| the last bit decides when 0 is hit
        yield x


def adam(surface: Surface, x: Any, eta: float, _: dict[str, float]) -> Iterator[Any]:
    """Both averages, each divided by 1 − βᵏ."""
    m, v, k = 0 * x, 0 * x, 0
    while True:
        g, k = surface.gradient(x), k + 1
        m, v = 0.9 * m + (1 - 0.9) * g, 0.999 * v + (1 - 0.999) * (g * g)
        x = x - eta * (m / (1 - 0.9**k)) / (np.sqrt(v / (1 - 0.999**k)) + 1e-8)
        yield x


def newton(surface: Surface, x: Any, eta: float, _: dict[str, float]) -> Iterator[Any]:
    """H⁻¹g by Cramer's rule."""
    while True:
        g, H = surface.gradient(x), surface.hessian(x)
        if len(x) == 1:
            if H[0, 0] == 0:
                return
            x = x - eta * g / H[0, 0]
        else:
            (a, b), (_b, c) = H
            x = x - eta * np.array([c * g[0] - b * g[1], a * g[1] - b * g[0]]) / (a * c - b * b)
        yield x


PLAIN = {
    "gradient": Plain(fixed, share=1.0),
    "sign": Plain(sign, 0.5),
    "sign_else": Plain(sign_else, 0.5),
    "line_search": Plain(line_search),
    "backtracking": Plain(backtracking, 1.0, parameters={"armijo": 1e-4, "shrink": 0.5}),
    "momentum": Plain(heavy_ball, share=0.5, parameters={"momentum": 0.9}),
    "nesterov": Plain(nesterov, share=0.5, parameters={"momentum": 0.9}),
    "adagrad": Plain(adagrad, 0.5),
    "rmsprop": Plain(rmsprop, 0.1),
    "adam": Plain(adam, 0.3),
    "newton": Plain(newton, 1.0),
}
RACES = [
    (name, rule)
    for name in SURFACES
    for rule in PLAIN
    if rule != "line_search" or name in ("quadratic", "parabola")
]
