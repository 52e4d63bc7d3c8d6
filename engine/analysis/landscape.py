"""A loss surface has one dimension per weight; here it is seen on a plane through that space.

The plane shows the loss at origin + α·u + β·v. The path of a training seldom lies in a plane, so its
projection comes with the distance from the plane, and its true losses stand beside those of the projection.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.arrays import Array, as_generator, as_matrix, check_count
from engine.calls import build, run
from engine.losses import Loss
from engine.network import Network, Trace, forward_pass
from engine.parameters import Parameters
from engine.runs.slices import Slices, finish
from engine.runs.work import LAYER, SLICE
from engine.threads import one_blas_thread

Weight = tuple[int, int, int]  # layer, from, to, as Parameters.index takes it


@dataclass(frozen=True, eq=False)
class Plane:
    """The points origin + α·u + β·v of parameter space, all (P,); labels name the two axes.

    kind says how u and v were chosen: two weights, the principal components of a path, or at random.
    explained is, for a plane of a path, the share of the path's variance along u and along v.
    Raises: ValueError for a u and v that span no plane.
    """

    origin: Array
    u: Array
    v: Array
    labels: tuple[str, str]
    kind: Literal["weights", "pca", "random"]
    explained: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        uu, uv, vv = (float(a @ b) for a, b in ((self.u, self.u), (self.u, self.v), (self.v, self.v)))
        if not uu * vv - uv * uv > 1e-12 * uu * vv:
            raise ValueError("The two directions must span a plane. Got parallel ones, or one of length 0.")

    def check_fits(self, net: Network) -> None:
        """Refuse a plane through the parameters of another network. Raises: ValueError."""
        if self.origin.size != net.theta.size:
            rule = f"{net.theta.size} parameters, as the network"
            raise ValueError(f"plane must have {rule}. Got {self.origin.size}.")

    def at(self, alpha: float, beta: float) -> Array:
        """The parameters theta (P,) at a point of the plane."""
        theta: Array = self.origin + alpha * self.u + beta * self.v
        return theta


def weight_plane(net: Network, first: Weight, second: Weight) -> Plane:
    """The plane of two weights: α and β are their values, all other weights stay as they are.

    Args:    first, second: (layer, from, to); from = fan_in means the bias.
    """
    origin, units = net.theta.copy(), np.zeros((2, net.theta.size))
    for unit, weight in zip(units, (first, second), strict=True):
        place = net.parameters.index(*weight)
        origin[place], unit[place] = 0.0, 1.0
    names = [f"b[{l}][{j}]" if i == net.dims[l] else f"W[{l}][{i}, {j}]" for l, i, j in (first, second)]
    return Plane(origin, units[0], units[1], (names[0], names[1]), "weights")


def pca_plane(thetas: object, origin: Array | None = None) -> Plane:
    """The plane along which a path spreads most: u and v are its first two principal components, of length 1.

    Args:
        thetas: (T, P), the path, or several paths one below the other, for a race on one plane.
        origin: (P,), a point of the plane; None takes the last point of the path.
    Source:  Li, Xu, Taylor, Studer & Goldstein (2018), section 7; but centred at the mean of the path.
    """
    path = as_matrix("thetas", thetas)
    centred = path - path.mean(axis=0)
    enough = np.zeros((2, path.shape[1]))  # so that even one point gives two directions
    rows = np.concatenate((centred, enough))
    with one_blas_thread():
        _, sizes, V = np.linalg.svd(rows, full_matrices=False)
    if len(V) < 2:
        raise ValueError("thetas must have at least two parameters. Got 1.")
    u, v = (row * np.sign(row[np.abs(row).argmax()]) for row in V[:2])
    shares = sizes[:2] ** 2 / ((sizes**2).sum() or 1.0)
    through = path[-1] if origin is None else origin
    return Plane(through, u, v, ("PC 1", "PC 2"), "pca", (float(shares[0]), float(shares[1])))


def random_plane(net: Network, rng: np.random.Generator | int | None = None) -> Plane:
    """Two random directions through net.theta, filter-normalised: neuron by neuron as long as its weights.

        d ← d · ‖w‖ / ‖d‖   for the incoming weights w of each neuron; 0 for biases

    A step of 1 along either direction then changes every neuron in proportion to its weights, so that
    pictures of two networks can be compared. Source: Li et al. (2018), section 4; biases are left out, as in
    the authors' published commands.
    """
    rng, directions = as_generator(rng), []
    for _ in range(2):
        direction = Parameters(net.dims, net.bias, net.samples)
        for D, W in zip(direction.W, net.W, strict=True):
            D[...] = rng.standard_normal(D.shape)
            D *= np.linalg.norm(W, axis=0) / np.linalg.norm(D, axis=0)
        directions.append(direction.theta)
    labels = ("random direction 1", "random direction 2")
    return Plane(net.theta.copy(), directions[0], directions[1], labels, "random")


class _Meter:
    """Measures the loss at any theta in one reused Trace; the network itself is never written to."""

    def __init__(self, net: Network, X: object, Y: object, loss: str | Loss) -> None:
        self.net, self.loss = net, net.checked_loss(loss)
        inputs = as_matrix("X", X, columns=net.dims[0], rows=net.samples)
        self.Y = net.checked_targets("Y", Y, self.loss, len(inputs))
        self.parameters = Parameters(net.dims, net.bias, net.samples)
        self.trace = Trace(net, len(inputs))
        self.trace.A[0][...] = inputs
        self.forward = build(forward_pass(net, self.trace, self.parameters))

    def measure(self, thetas: Iterator[Array] | Sequence[Array] | Array) -> Array:
        """The loss (M,) at each theta (P,)."""
        with one_blas_thread(), np.errstate(all="ignore"):
            return np.array([self._at(theta) for theta in thetas])

    @property
    def at_once(self) -> int:
        """How many losses are one slice of work."""
        work = len(self.Y) * self.parameters.theta.size + LAYER * len(self.net.W)
        return max(1, SLICE // work)

    def _at(self, theta: Array) -> float:
        self.parameters.theta[...] = theta
        run(self.forward)
        return self.loss.value(self.trace.Z[-1], self.trace.A[-1], self.Y)


@dataclass(frozen=True, eq=False)
class Grid:
    """The loss (len(betas), len(alphas)) so far; progress is the fraction of all points that is measured."""

    alphas: Array
    betas: Array
    losses: Array
    progress: float


def refine(
    net: Network,
    X: object,
    Y: object,
    loss: str | Loss,
    plane: Plane,
    alpha_range: tuple[float, float],
    beta_range: tuple[float, float],
    *,
    levels: int = 4,
    chunk: int = 1000,
) -> Iterator[Grid]:
    """Measure grids of 11 × 11, 21 × 21, 41 × 41 … points, each of which contains the one before.

    A grid is yielded after every `chunk` new points, or after a slice of work (see engine.runs.work) where
    that is less; points not yet measured have a coarser neighbour's loss, and in the first grid NaN. Every
    loss agrees with Network.loss; NaN and infinity pass through.
    """
    plane.check_fits(net)
    meter, done = _Meter(net, X, Y, loss), 0
    chunk = min(check_count("chunk", chunk), meter.at_once)
    total, coarse = (10 * 2 ** (check_count("levels", levels) - 1) + 1) ** 2, np.empty((0, 0))
    for level in range(levels):
        size = 10 * 2**level + 1
        alphas, betas = np.linspace(*alpha_range, size), np.linspace(*beta_range, size)
        places = np.arange(size)
        fresh = np.ones((size, size), dtype=bool)
        losses = np.full((size, size), np.nan)
        if level:
            losses = coarse[np.ix_(places // 2, places // 2)]
            fresh[::2, ::2] = False
        todo = np.argwhere(fresh)
        for start in range(0, len(todo), chunk):
            part = todo[start : start + chunk]
            losses[tuple(part.T)] = meter.measure(plane.at(alphas[i], betas[j]) for j, i in part)
            done += len(part)
            yield Grid(alphas, betas, losses.copy(), done / total)
        coarse = losses


@dataclass(frozen=True, eq=False)
class Projection:
    """The points of a plane nearest to a path: coordinates (T, 2), and the distances (T,) from the plane."""

    coordinates: Array
    distances: Array


def project(thetas: object, plane: Plane) -> Projection:
    """Project thetas (T, P) onto the plane at right angles; u and v may have any angle between them."""
    offsets = as_matrix("thetas", thetas, columns=plane.origin.size) - plane.origin
    basis = np.stack((plane.u, plane.v), axis=1)  # (P, 2)
    with one_blas_thread():
        coordinates = np.linalg.lstsq(basis, offsets.T, rcond=None)[0].T
    return Projection(coordinates, np.linalg.norm(offsets - coordinates @ basis.T, axis=1))


@dataclass(frozen=True, eq=False)
class Path(Projection):
    """A projected path with its true losses (T,) and the losses of its projection (T,)."""

    true_losses: Array
    plane_losses: Array


def follow(net: Network, X: object, Y: object, loss: str | Loss, thetas: object, plane: Plane) -> Path:
    """Project thetas (T, P), and measure the loss both where they are and where the plane shows them."""
    return finish(following(net, X, Y, loss, thetas, plane))


def following(
    net: Network, X: object, Y: object, loss: str | Loss, thetas: object, plane: Plane
) -> Slices[Path]:
    """The same in slices of bounded work."""
    plane.check_fits(net)
    shadow, meter = project(thetas, plane), _Meter(net, X, Y, loss)
    places = [*as_matrix("thetas", thetas), *(plane.at(*point) for point in shadow.coordinates)]
    losses = np.empty(len(places))
    for start in range(0, len(places), meter.at_once):
        part = slice(start, start + meter.at_once)
        losses[part] = meter.measure(places[part])
        yield min(1.0, part.stop / len(places))
    true, seen = np.split(losses, 2)
    return Path(shadow.coordinates, shadow.distances, true, seen)


def span(coordinates: Array, margin: float = 0.25) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges of α and β around a path (T, 2), with a margin that a path without width has too."""
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    width = high - low
    room = margin * np.maximum(width, 0.1 * width.max()) + (0.0 if width.max() else 1.0)
    (a, b), (c, d) = (low - room).tolist(), (high + room).tolist()
    return (a, c), (b, d)
