"""What training minimises, as a function of theta: the loss with its penalty, and where it has its kinks."""

import numpy as np

from engine.arrays import Array
from engine.calls import build, run
from engine.losses import Loss
from engine.network import Network, Trace, forward_pass
from engine.parameters import Parameters


class Objective:
    """The loss with its penalty as a function of theta; the network itself is never written to."""

    def __init__(self, net: Network, trace: Trace, targets: Array, loss: Loss, l1: float, l2: float) -> None:
        self.net, self.trace, self.targets, self.loss, self.l1, self.l2 = net, trace, targets, loss, l1, l2
        self.mask = net.parameters.weight_mask()
        self.moved = Parameters(net.dims, net.bias, net.samples)
        self.forward = build(forward_pass(net, trace, self.moved))

    def gradient(self) -> Array:
        """dL/dθ (P,) of backpropagation, where the network stands."""
        theta = self.net.theta
        gradient = self.net.backward(self.trace, self.targets, self.loss).theta
        return gradient + (self.l1 * np.sign(theta) + self.l2 * theta) * self.mask

    def stand(self, theta: Array) -> tuple[float, Array]:
        """L at theta, and for each kink −1, 0 or 1: left of it, on it (NaN too), right of it."""
        self.moved.theta[...] = theta
        run(self.forward)
        A, weights = self.trace.A[-1], theta[self.mask > 0]
        penalty = float(self.l1 * np.abs(weights).sum() + self.l2 / 2 * np.vdot(weights, weights))
        from_kink = [weights if self.l1 else weights[:0]]
        from_kink += [A - self.targets - kink for kink in self.loss.kinks]
        for Z, g in zip(self.trace.Z, self.net.activations, strict=True):
            from_kink += [Z - kink for kink in (g.kink, g.bend) if kink is not None]
        sides = np.sign(np.concatenate([distance.ravel() for distance in from_kink]))
        return self.loss.value(self.trace.Z[-1], A, self.targets) + penalty, np.nan_to_num(sides)
