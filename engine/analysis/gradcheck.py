"""Is backpropagation right? Push every parameter a little up and down, and see whether the loss agrees.

    numeric derivative = (L(θ + ε) − L(θ − ε)) / 2ε

Two errors pull on ε. The formula itself is off by ε²/6 · L''' (truncation), so ε should be small; but the two
losses are rounded, by some u·L each, u = 1.1e-16, and their difference is divided by 2ε, so ε should be
large. At ε = 1e-5 both errors are near 1e-11 where L is near 1. Source: Nocedal & Wright (2006), Numerical
Optimization, 8.1. Where ε is not given, differences.py chooses it per parameter and gets near 1e-13.
"""

from dataclasses import dataclass
from functools import partial
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.analysis.differences import Difference, best_difference
from engine.analysis.objective import Objective
from engine.arrays import Array, as_generator, as_matrix, check_count, check_number, check_type
from engine.losses import Loss
from engine.network import Network
from engine.parameters import Parameters

ROUNDING = 1e-15
"""How far rounding puts a loss near 1 off: some eight roundings of 1.1e-16, for it comes out of many sums."""
RESOLVED = 1e6
"""A derivative this many times larger than the rounding error has six right digits left."""
NEEDLESS = 1e-5
"""No ε smaller than this is ever needed, so the rounding that a smaller one makes is not allowed for."""


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Derivatives of the loss from backpropagation beside those from differences, in arrays of one shape.

        relative error = |analytic − numeric| / (|analytic| + |numeric|),   0 for two zeros
        allowed error  = |analytic − numeric| / max(|analytic| + |numeric|, floor)
        rounding       = 1e-15 · max(1, |L|) / ε, how far rounding may put numeric off
        floor          = 1e6 · the rounding at ε, or at 1e-5 where ε is smaller

    The floor is the allowance for rounding: a derivative below it has fewer than six right digits, so it
    counts as large as that. An ε below 1e-5 is never needed and gets no larger floor: there the errors show
    what rounding does.

    kinks marks where the move by ±ε took a unit, a residual or a weight over a kink, where a first or second
    derivative jumps: there the numeric value is not a derivative and can't be trusted. eps is the ε of each.

    The arrays are (P,), as theta; dW[l] and db[l] hold the same in the shapes of W[l] and b[l]. After a check
    in k random directions v they are (k,) instead, with the derivatives g·v, and dW and db are empty.
    """

    analytic: Array
    numeric: Array
    kinks: NDArray[np.bool_]
    eps: Array
    rounding: Array
    places: Parameters | None = None  # each parameter's index in theta, in its place

    @property
    def floor(self) -> Array:
        """The size as which a smaller derivative counts in the allowed error."""
        return RESOLVED * self.rounding * self.eps / np.maximum(self.eps, NEEDLESS)

    @property
    def relative_error(self) -> Array:
        """The plain relative error of every derivative."""
        return self._error(0.0)

    @property
    def allowed_error(self) -> Array:
        """The same with the allowance for rounding."""
        return self._error(self.floor)

    @property
    def max_relative_error(self) -> float:
        """The largest error away from kinks, rounding allowed for; NaN if there is none or one is NaN."""
        return self.largest(self.allowed_error)

    def largest(self, errors: Array) -> float:
        """The largest of some errors away from kinks; NaN if there is none or one is NaN."""
        trusted = errors[~self.kinks]
        return float(trusted.max()) if trusted.size else float("nan")

    def _error(self, floor: Array | float) -> Array:
        with np.errstate(all="ignore"):
            apart = np.abs(self.analytic - self.numeric)
            scale = np.maximum(np.abs(self.analytic) + np.abs(self.numeric), floor)
            return np.asarray(np.where(apart == 0, 0.0, apart / scale))

    @property
    def dW(self) -> tuple[Self, ...]:
        """Per layer the comparison for the weights, in the shape of W[l]."""
        return tuple(self._at(W) for W in self.places.W) if self.places else ()

    @property
    def db(self) -> tuple[Self | None, ...]:
        """Per layer the comparison for the biases, in the shape of b[l], or None."""
        return tuple(None if b is None else self._at(b) for b in self.places.b) if self.places else ()

    def _at(self, place: Array) -> Self:
        i = place.astype(np.intp)
        return type(self)(self.analytic[i], self.numeric[i], self.kinks[i], self.eps[i], self.rounding[i])


def gradient_check(
    net: Network,
    X: object,
    Y: object,
    loss: str | Loss,
    *,
    eps: float | None = None,
    l1: float = 0.0,
    l2: float = 0.0,
    directions: int | None = None,
    rng: np.random.Generator | int | None = None,
) -> GradientCheck:
    """Compare the gradient of backpropagation with central differences of the loss.

        L(θ) = loss + l1·Σ|W| + (l2/2)·ΣW²,   numeric[i] = (L(θ + ε·e_i) − L(θ − ε·e_i)) / 2ε

    Args:
        net, X, Y, loss, l1, l2: as in Trainer; the network stays as it is.
        eps:        ε > 0, how far every parameter is moved; None chooses ε per parameter, from 1.5e-5 to
                    0.016 and clear of kinks, and takes the powers of ε out of the error (see differences.py),
                    which takes up to 28 forward passes per parameter instead of 2.
        directions: None moves all P parameters one by one; a number k moves them together, along k random
                    directions of length 1: for large networks.
        rng:        np.random.Generator or int seed of the directions; None means seed 0.
    Returns: GradientCheck; for a right gradient and eps=None .max_relative_error is below 1e-6.
    Raises:  ValueError for another net than a Network, shapes or a loss that don't fit, an ε that is not > 0.
    """
    check_type("net", net, Network)
    loss = net.checked_loss(loss)
    if eps is not None:
        check_number("eps", eps, above=0)
    check_number("l1", l1, least=0)
    check_number("l2", l2, least=0)
    trace = net.forward(X)
    targets = as_matrix("Y", Y, columns=net.dims[-1], rows=len(trace.A[-1]))
    start = net.theta.copy()
    places, moves = None, np.eye(start.size)
    if directions is None:
        places = Parameters(net.dims, net.bias, net.samples)
        places.theta[...] = np.arange(start.size)
    else:
        moves = as_generator(rng).standard_normal((check_count("directions", directions), start.size))
        moves /= np.linalg.norm(moves, axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        objective = Objective(net, trace, targets, loss, l1, l2)
        analytic = objective.gradient()
        analytic = analytic if directions is None else moves @ analytic
        height, sides = objective.stand(start)
        noise = ROUNDING * max(1.0, abs(height))

        def central(move: Array, eps: float) -> Difference:
            right, left = start + eps * move, start - eps * move
            (above, sides_above), (below, sides_below) = objective.stand(right), objective.stand(left)
            slope = (above - below) / ((right - left) @ move)  # 2ε as floating point made it
            kink = ((sides_above != sides) | (sides_below != sides)).any()
            return Difference(float(slope), eps, kink=bool(kink))

        found = [
            best_difference(partial(central, move), noise) if eps is None else central(move, eps)
            for move in moves
        ]
    used = np.array([one.eps for one in found])
    return GradientCheck(
        analytic=analytic,
        numeric=np.array([one.slope for one in found]),
        kinks=np.array([one.kink for one in found]),
        eps=used,
        rounding=noise / used,
        places=places,
    )
