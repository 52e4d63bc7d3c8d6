"""Is backpropagation right? Push every parameter a little up and down, and see whether the loss agrees.

    numeric derivative = (L(θ + ε) − L(θ − ε)) / 2ε

Two errors pull on ε. The formula itself is off by ε²/6 · L''' (truncation), so ε should be small; but the two
losses are rounded at about u·L, u = 2.2e-16, and their difference is divided by 2ε, so ε should be large. At
ε = 1e-5 both are near 1e-11 where L is near 1. Source: Nocedal & Wright (2006), Numerical Optimization, 8.1.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, as_generator, as_matrix, check_count, check_number
from engine.losses import Loss
from engine.network import Network, run_forward
from engine.parameters import Parameters

RESOLVED = 1e6
"""A derivative this many times larger than the rounding error has six right digits left."""


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Derivatives of the loss from backpropagation beside those from differences, in arrays of one shape.

        relative error = |analytic − numeric| / max(|analytic|, |numeric|, floor)

    floor = 1e6 · u · max(1, L) / ε, the derivative that keeps six right digits in the rounding of the losses
    (2e-5 for L up to 1): two zeros compare as 0, and what is smaller than the rounding is no error.
    kinks marks where the move by ±ε took a unit, a residual or a weight over a kink: there the numeric value
    is not a derivative and can't be trusted.

    The arrays are (P,), as theta; dW[l] and db[l] hold the same in the shapes of W[l] and b[l]. After a check
    in k random directions v they are (k,) instead, with the derivatives g·v, and dW and db are empty.
    """

    analytic: Array
    numeric: Array
    relative_error: Array
    kinks: NDArray[np.bool_]
    places: Parameters | None = None  # each parameter's index in theta, in its place

    @property
    def max_relative_error(self) -> float:
        """The largest relative error away from kinks; NaN if there is none or a derivative is NaN."""
        trusted = self.relative_error[~self.kinks]
        return float(trusted.max()) if trusted.size else float("nan")

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
        return type(self)(self.analytic[i], self.numeric[i], self.relative_error[i], self.kinks[i])


def gradient_check(
    net: Network,
    X: object,
    Y: object,
    loss: str | Loss,
    *,
    eps: float = 1e-5,
    l1: float = 0.0,
    l2: float = 0.0,
    directions: int | None = None,
    rng: np.random.Generator | int | None = None,
) -> GradientCheck:
    """Compare the gradient of backpropagation with central differences of the loss.

        L(θ) = loss + l1·Σ|W| + (l2/2)·ΣW²,   numeric[i] = (L(θ + ε·e_i) − L(θ − ε·e_i)) / 2ε

    Args:
        net, X, Y, loss, l1, l2: as in Trainer; the network stays as it is.
        eps:        ε > 0, how far a parameter is moved.
        directions: None moves all P parameters one by one, which takes 2P forward passes; a number k moves
                    them together, along k random directions of length 1: for large networks.
        rng:        np.random.Generator or int seed of the directions; None means seed 0.
    Returns: GradientCheck; for a right gradient .max_relative_error is below 1e-6.
    Raises:  ValueError for shapes that don't fit, a loss that doesn't fit, an ε that is not > 0.
    """
    loss = net.checked_loss(loss)
    check_number("eps", eps, above=0)
    check_number("l1", l1, least=0)
    check_number("l2", l2, least=0)
    trace = net.forward(X)
    targets = as_matrix("Y", Y, columns=net.dims[-1], rows=len(trace.A[-1]))
    start, mask = net.theta, net.parameters.weight_mask()
    count, moves = start.size, None
    if directions is not None:
        count = check_count("directions", directions)
        moves = as_generator(rng).standard_normal((count, start.size))
        moves /= np.linalg.norm(moves, axis=1, keepdims=True)
    numeric, kinks = np.empty(count), np.zeros(count, dtype=np.bool_)
    moved = Parameters(net.dims, net.bias, net.samples)

    def stand(theta: Array) -> tuple[float, Array]:
        """L at theta, and for each kink −1, 0 or 1: left of it, on it (NaN too), right of it."""
        moved.theta[...] = theta
        run_forward(net, trace, moved)
        A, weights = trace.A[-1], theta[mask > 0]
        penalty = float(l1 * np.abs(weights).sum() + l2 / 2 * np.vdot(weights, weights))
        from_kink = [weights if l1 else weights[:0], *(A - targets - kink for kink in loss.kinks)]
        from_kink += [Z - g.kink for Z, g in zip(trace.Z, net.activations, strict=True) if g.kink is not None]
        sides = np.sign(np.concatenate([distance.ravel() for distance in from_kink]))
        return loss.value(trace.Z[-1], A, targets) + penalty, np.nan_to_num(sides)

    with np.errstate(all="ignore"):
        analytic = net.backward(trace, targets, loss).theta + (l1 * np.sign(start) + l2 * start) * mask
        height, sides = stand(start)
        for i in range(count):
            move = np.eye(1, start.size, i)[0] if moves is None else moves[i]
            right, left = start + eps * move, start - eps * move
            (above, sides_above), (below, sides_below) = stand(right), stand(left)
            numeric[i] = (above - below) / ((right - left) @ move)  # 2ε as floating point made it
            kinks[i] = ((sides_above != sides) | (sides_below != sides)).any()
        analytic = analytic if moves is None else moves @ analytic
        floor = RESOLVED * np.finfo(np.float64).eps * max(1.0, abs(height)) / eps
        scale = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), floor)
        error = np.abs(analytic - numeric) / scale
    places = None
    if moves is None:
        places = Parameters(net.dims, net.bias, net.samples)
        places.theta[...] = np.arange(count)
    return GradientCheck(analytic, numeric, error, kinks, places)
