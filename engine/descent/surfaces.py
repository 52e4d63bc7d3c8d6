"""A surface gives every point a height, a slope and a curvature: the hills that gradient descent walks down.

Each function below returns all three for its coordinates: f, then (∂₁f, ∂₂f), then (∂₁₁f, ∂₁₂f, ∂₂₂f).
Sources: quadratic: the slides cited in `descend`. Rosenbrock, Rastrigin: R package adagio,
'Testfunctions'. Himmelblau, Beale: argmin_testfunctions' documentation. The plateau is our own, after
Goodfellow et al. (2016), section 8.2.4.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array, as_reals, check_choice, check_number

Point = tuple[float, ...]
Function = Callable[..., Any]


@dataclass(frozen=True)
class Surface:
    """A function f of d = 1 or 2 coordinates with its derivatives, at any number of points (..., d).

    Args:
        name:     its key in SURFACES.
        formula:  the equation as text.
        note:     what it shows, in one sentence.
        function: returns f, slopes and curvatures from x1 (and x2), all of one shape.
        minima:   where f is lowest; () if f has no lowest value.
        start, domain: where a descent begins, and (low, high) of the picture along each axis.
        matrix:   the Hessian of a pure quadratic f = ½ xᵀHx, otherwise None.
    Raises:  ValueError for points of another dimension.
    """

    name: str
    formula: str
    note: str
    function: Function
    minima: tuple[Point, ...]
    start: Point
    domain: tuple[tuple[float, float], ...]
    matrix: tuple[Point, ...] | None = None

    @property
    def label(self) -> str:
        """How a control shows it."""
        return self.name.replace("_", " ").capitalize()

    @property
    def dimension(self) -> int:
        """The number d of coordinates."""
        return len(self.start)

    def value(self, points: object) -> Array:
        """f (...) at points (..., d); infinite where a float overflows, NaN where two infinities cancel."""
        return np.asarray(self._all(points)[0], dtype=np.float64)

    def gradient(self, points: object) -> Array:
        """∇f (..., d) at points (..., d); it points straight uphill, at right angles to the level curve."""
        return self._fill(points, 1, range(self.dimension))

    def hessian(self, points: object) -> Array:
        """The second derivatives (..., d, d) at points (..., d)."""
        H = self._fill(points, 2, (0, 1, 1, 2) if self.dimension == 2 else (0,))
        return H.reshape(*H.shape[:-1], self.dimension, self.dimension)

    def _all(self, points: object) -> Any:
        P = as_reals("points", points)
        if P.shape[-1:] != (self.dimension,):
            raise ValueError(f"points must have shape (..., {self.dimension}). Got {P.shape}.")
        with np.errstate(all="ignore"):
            return self.function(*np.moveaxis(P, -1, 0))

    def _fill(self, points: object, order: int, entries: tuple[int, ...] | range) -> Array:
        P = as_reals("points", points)
        derivatives = self._all(P)[order]
        result = np.empty((*P.shape[:-1], len(entries)))
        for place, entry in enumerate(entries):
            result[..., place] = derivatives[entry]  # a constant fills its column
        return result


SURFACES: dict[str, Surface] = {}


def _surface(
    formula: str, start: Point, domain: Any, *minima: Point, matrix: Any = None
) -> Callable[[Function], Function]:
    """Make a function a row of SURFACES: its docstring is the note, and a domain of 3 means (−3, 3)."""

    def add(function: Function) -> Function:
        name, note = function.__name__, function.__doc__ or ""
        box = domain if isinstance(domain, tuple) else ((-domain, domain),) * len(start)
        SURFACES[name] = Surface(name, formula, note, function, minima, start, box, matrix)
        return function

    return add


def make_quadratic(
    eigenvalues: tuple[float, float] = (1.0, 10.0), angle: float = 30.0, *, start: Point = (3.0, 3.0)
) -> Surface:
    """A bowl f = ½ xᵀHx with chosen curvatures: H = Q diag(λ₁, λ₂) Qᵀ, ∇f = Hx, Q the rotation by the angle.

    Args:
        eigenvalues: λ₁, λ₂ > 0, the curvatures along the two axes of the bowl.
        angle:       degrees from the x₁ axis to the axis of λ₁.
    Raises:  ValueError for an eigenvalue that is not positive.
    """
    first, second = (check_number("Every eigenvalue", value, above=0) for value in eigenvalues)
    turn = np.deg2rad(check_number("angle", angle))
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    a, c = first * cos**2 + second * sin**2, first * sin**2 + second * cos**2
    b = (first - second) * sin * cos

    def function(x: Array, y: Array) -> Any:
        slopes = a * x + b * y, b * x + c * y
        return (x * slopes[0] + y * slopes[1]) / 2, slopes, (a, b, c)

    formula = f"{a / 2:.4g}·x₁² {'−' if b < 0 else '+'} {abs(b):.4g}·x₁·x₂ + {c / 2:.4g}·x₂²"
    note = "The more unequal its two curvatures, the narrower the valley and the slower the descent."
    box, matrix = ((-4.0, 4.0), (-4.0, 4.0)), ((a, b), (b, c))
    return Surface("adjustable", formula, note, function, ((0.0, 0.0),), start, box, matrix)


@_surface("x₁² + x₁·x₂ + 4·x₂²", (3.0, 3.0), 4.0, (0.0, 0.0), matrix=((2.0, 1.0), (1.0, 8.0)))
def quadratic(x: Array, y: Array) -> Any:
    """A tilted valley, 4.4 times as curved across as along: the step size decides everything."""
    return x * x + x * y + 4 * y * y, (2 * x + y, x + 8 * y), (2.0, 1.0, 8.0)


@_surface("x₁² − x₂²", (2.0, 0.01), 3.0, matrix=((2.0, 0.0), (0.0, -2.0)))
def saddle(x: Array, y: Array) -> Any:
    """No slope at the origin, yet no minimum: x₂ leads down on both sides."""
    return x * x - y * y, (2 * x, -2 * y), (2.0, 0.0, -2.0)


@_surface("(1 − x₁)² + 100·(x₂ − x₁²)²", (-1.2, 1.0), ((-2.0, 2.0), (-1.0, 3.0)), (1.0, 1.0))
def rosenbrock(x: Array, y: Array) -> Any:
    """A bent valley that is easy to find and slow to follow."""
    up = y - x * x
    slopes = 2 * (x - 1) - 400 * x * up, 200 * up
    return (1 - x) ** 2 + 100 * up * up, slopes, (2 - 400 * up + 800 * x * x, -400 * x, 200.0)


_TWO, _THREE = (-2.805118086952745, 3.131312518250573), (-3.779310253377747, -3.2831859912861696)
_FOUR = (3.5844283403304917, -1.8481265269644036)


@_surface("(x₁² + x₂ − 11)² + (x₁ + x₂² − 7)²", (0.0, 0.0), 5.0, (3.0, 2.0), _TWO, _THREE, _FOUR)
def himmelblau(x: Array, y: Array) -> Any:
    """Four minima of the same depth: the start decides which one is found."""
    r, s = x * x + y - 11, x + y * y - 7
    slopes = 4 * x * r + 2 * s, 2 * r + 4 * y * s
    return r * r + s * s, slopes, (4 * r + 8 * x * x + 2, 4 * (x + y), 4 * s + 8 * y * y + 2)


_CLIFF = "4 / (1 + e^(−10·(x₁ − 1))) + (x₁² + x₂²) / 50"


@_surface(_CLIFF, (3.0, 2.0), 5.0, (-0.03272637559866741, 0.0))
def plateau(x: Array, y: Array) -> Any:
    """Hardly any slope up here, far too much at the cliff x₁ = 1: one step there throws the path far off."""
    high, low = 1 / (1 + np.exp(10 - 10 * x)), 1 / (1 + np.exp(10 * x - 10))  # the two add up to 1
    bend = 400 * high * low * (low - high) + 0.04
    return 4 * high + (x * x + y * y) / 50, (40 * high * low + x / 25, y / 25), (bend, 0.0, 0.04)


@_surface("x²", (2.5,), 3.0, (0.0,), matrix=((2.0,),))
def parabola(x: Array) -> Any:
    """The first lesson: one coordinate, one curvature."""
    return x * x, (2 * x,), (2.0,)


@_surface("|x|", (2.5,), 3.0, (0.0,))
def absolute(x: Array) -> Any:
    """As steep beside the minimum as far away; at the kink 0 the slope is taken as 0, f″ is 0 everywhere."""
    return np.abs(x), (np.sign(x),), (0.0,)


@_surface("x⁴", (1.5,), 2.0, (0.0,))
def quartic(x: Array) -> Any:
    """So flat at the bottom that progress gets slower with every step."""
    return x**4, (4 * x**3,), (12 * x * x,)


@_surface("(x² − 1)²", (0.1,), 2.0, (-1.0,), (1.0,))
def double_well(x: Array) -> Any:
    """Two minima with a hill between, and no slope on top of it: a start at 0 stays there."""
    return (x * x - 1) ** 2, (4 * x * (x * x - 1),), (12 * x * x - 4,)


_TERMS = "(1.5 − x₁ + x₁·x₂)² + (2.25 − x₁ + x₁·x₂²)² + (2.625 − x₁ + x₁·x₂³)²"


@_surface(_TERMS, (1.0, 1.0), 4.5, (3.0, 0.5))
def beale(x: Array, y: Array) -> Any:
    """Flat in the middle, with walls at the corners."""
    f, f_x, f_y, f_xx, f_xy, f_yy = (np.zeros_like(x) for _ in range(6))
    for c, n in ((1.5, 1), (2.25, 2), (2.625, 3)):
        r, r_x, r_xy = c - x + x * y**n, y**n - 1, n * y ** (n - 1)  # f = Σ r², r_xx = 0
        r_y, r_yy = x * r_xy, x * n * (n - 1) * y ** max(n - 2, 0)
        f, f_x, f_y = f + r * r, f_x + 2 * r * r_x, f_y + 2 * r * r_y
        f_xx, f_xy = f_xx + 2 * r_x * r_x, f_xy + 2 * (r_x * r_y + r * r_xy)
        f_yy = f_yy + 2 * (r_y * r_y + r * r_yy)
    return f, (f_x, f_y), (f_xx, f_xy, f_yy)


_WAVES = "20 + x₁² − 10·cos(2π·x₁) + x₂² − 10·cos(2π·x₂)"


@_surface(_WAVES, (2.3, 1.8), 5.12, (0.0, 0.0))
def rastrigin(x: Array, y: Array) -> Any:
    """A local minimum near every whole number, one of them the lowest: descent stops at the nearest."""
    w = 2 * np.pi
    waves = x * x - 10 * np.cos(w * x) + y * y - 10 * np.cos(w * y)
    slopes = 2 * x + 10 * w * np.sin(w * x), 2 * y + 10 * w * np.sin(w * y)
    return 20 + waves, slopes, (2 + 10 * w * w * np.cos(w * x), 0.0, 2 + 10 * w * w * np.cos(w * y))


def surface_of(surface: object) -> Surface:
    """The surface itself, or the one of a name.

    Raises: ValueError unless it is a Surface or a key of SURFACES.
    """
    return surface if isinstance(surface, Surface) else SURFACES[check_choice("surface", surface, SURFACES)]
