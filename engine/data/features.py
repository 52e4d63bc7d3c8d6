"""What the network is shown of a point: its coordinates and, in the plane, squares, product and sines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, as_reals, check_choice, check_count, check_list
from engine.options import Option, table

DOMAIN = 6.0  # points and maps live in the square [-DOMAIN, DOMAIN]², TensorFlow Playground's


@dataclass(frozen=True)
class Feature(Option):
    """One number computed from a point; `compute` takes its coordinates x1, x2, …, arrays of one shape."""

    compute: Callable[..., Array]
    code: str  # the same in NumPy's words, for scripts


FEATURES = table(
    Feature("x1", "x₁", lambda x1, x2: x1, "x1"),
    Feature("x2", "x₂", lambda x1, x2: x2, "x2"),
    Feature("x1_squared", "x₁²", lambda x1, x2: x1 * x1, "x1 * x1"),
    Feature("x2_squared", "x₂²", lambda x1, x2: x2 * x2, "x2 * x2"),
    Feature("x1x2", "x₁x₂", lambda x1, x2: x1 * x2, "x1 * x2"),
    Feature("sin_x1", "sin x₁", lambda x1, x2: np.sin(x1), "np.sin(x1)"),
    Feature("sin_x2", "sin x₂", lambda x1, x2: np.sin(x2), "np.sin(x2)"),
)

MOST_COORDINATES = 100


def _coordinates(labels: Sequence[str]) -> dict[str, Feature]:
    """The coordinates of a point under these labels: x1, x2, … in the code, and in links."""
    numbered = ((f"x{k + 1}", label, k) for k, label in enumerate(labels))
    return table(*(Feature(name, label, lambda *x, k=k: x[k], name) for name, label, k in numbered))


COORDINATES = _coordinates([f"x{digit}" for digit in "₁₂₃₄₅"])
"""Inputs for points with more than two coordinates; FEATURES is for points in the plane."""
_ANY = _coordinates([f"x{k + 1}" for k in range(MOST_COORDINATES)])


def named_features(labels: Sequence[str]) -> dict[str, Feature]:
    """The features of points whose coordinates have names of their own: "width", "width²", "sin width".

    Two coordinates have the features of FEATURES, one has those that don't need a second one, and of more
    there are the coordinates themselves.
    """
    if len(labels) > 2:
        return _coordinates(labels)
    first, second = labels[0], labels[-1]
    product = f"{first}{second}" if max(map(len, labels)) <= 2 else f"{first} · {second}"
    said = {
        "x1": first,
        "x2": second,
        "x1_squared": f"{first}²",
        "x2_squared": f"{second}²",
        "x1x2": product,
        "sin_x1": f"sin {first}",
        "sin_x2": f"sin {second}",
    }
    known = [row for row in FEATURES.values() if len(labels) == 2 or "x2" not in row.name]
    return table(*(replace(row, label=said[row.name]) for row in known))


def apply_features(points: npt.ArrayLike, names: Sequence[str]) -> Array:
    """Compute the named features of every point: the network's input X.

        X[n, d] = feature_d(x1[n], x2[n], …)

    Args:
        points: (N, 2) or, with more coordinates, (N, C), C at most 100; float32 stays float32.
        names:  D keys of FEATURES or, for more than two coordinates, of x1, x2, … xC.
    Returns: (N, D), a new array with its columns in the order of the names.
    Raises:  ValueError for another shape or an unknown name.
    """
    P, columns = as_reals("points", points, keep_single=True), check_list("names", names, "features")
    if P.ndim != 2 or not 2 <= P.shape[1] <= MOST_COORDINATES:
        raise ValueError(f"points must have shape (N, 2) to (N, {MOST_COORDINATES}). Got {P.shape}.")
    known = FEATURES if P.shape[1] == 2 else dict(islice(_ANY.items(), P.shape[1]))
    X = np.empty((len(P), len(columns)), dtype=P.dtype)
    for column, name in enumerate(columns):
        X[:, column] = known[check_choice("feature", name, known)].compute(*P.T)
    return X


def grid(
    pixels: int, dtype: npt.DTypeLike = np.float32, *, domain: float = DOMAIN, held: Sequence[float] = ()
) -> Array:
    """List the pixel centres of a square picture of the domain, in reading order.

        centre i of a side: -domain + 2 · domain · (i + ½) / pixels

    Args:
        pixels: along one side, at least 1.
        dtype:  float32 is exact enough for the screen.
        domain: half the length of a side.
        held:   x3, x4, … where the picture is a slice through more than two dimensions.
    Returns: (pixels², 2 + len(held)) coordinates x1, x2, …; the top row of pixels, x2 near +domain, first.
    Raises:  ValueError if pixels < 1.
    """
    check_count("pixels", pixels)
    centres = domain * ((2.0 * np.arange(pixels) + 1.0) / pixels - 1.0)
    x1, x2 = np.meshgrid(centres, centres[::-1])  # (pixels, pixels)
    rest = (np.full(x1.size, value) for value in held)
    return np.column_stack((x1.ravel(), x2.ravel(), *rest)).astype(dtype)  # (pixels², 2 + len(held))
