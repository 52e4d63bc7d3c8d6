"""The numbers of each inside view at the frame where a timeline stands, as blocks for the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from engine import Experiment, Timeline, Trace, apply_features
from engine.analysis.distributions import shares, size_scale, size_shares, value_scale
from engine.analysis.hidden_space import decision_line, kind_of, projection
from engine.analysis.norms import cosines, gradient_at, update_ratios, weight_norms
from engine.analysis.planes import Plane
from pages.live.protocol import Blocks, single

Array = np.ndarray[Any, Any]
MOST_POINTS = 250
"""Most training points that are shown in a hidden space: the first ones, which are in no order."""
LINES, STEPS = 13, 37
"""Lines of the grid each way, so that one is the axis, and points of each: three to a cell's side."""
SPLITTING = ("linear", "sigmoid", "softsign", "tanh")
"""Activations of an output that lies in the middle of its range where z is 0."""
BINS, SIZE_BINS = 30, 24
"""Bins of the distributions of values, and of sizes."""


class Looker:
    """Looks into the network of one timeline, at the frame where that stands.

    Everything is computed by the engine in float64; what is only drawn goes out in single precision.
    """

    def __init__(self, experiment: Experiment, timeline: Timeline, plane: Plane | None = None) -> None:
        """Nothing is computed before a view is open.

        Args: plane: that the map shows; only the hidden space needs it.
        """
        self._experiment, self._timeline, self._plane = experiment, timeline, plane

    @cached_property
    def _grid(self) -> Array:
        """(2 · LINES · STEPS, D) the network's inputs on the lines of the grid."""
        assert self._plane is not None, "a hidden space is seen along a plane"
        return apply_features(self._plane.lines(LINES, STEPS), self._experiment.features)

    @property
    def _splits_at_0(self) -> bool:
        """Whether the output says one class where its z is above 0, and the other below."""
        output = self._timeline.trainer.net.activations[-1].name
        return self._experiment.problem.kind == "two classes" and output in SPLITTING

    def header(self, view: str) -> dict[str, Any]:
        """What stays the same from frame to frame of a view."""
        if view != "hidden-space":
            return {}
        trainer = self._timeline.trainer
        kinds = [kind_of(width) for width in trainer.net.dims[1:]]
        return {"kinds": kinds, "lines": LINES, "steps": STEPS, "points": min(MOST_POINTS, trainer.samples)}

    def weights(self, layer: int, batch: bool, probe: Trace) -> Blocks:
        """∂L/∂θ over all training points, the last step, and its mini-batch's gradient where it was taken."""
        trainer, last = self._timeline.trainer, self._timeline.last_step()
        net, rows = trainer.net, trainer.last_batch()
        unknown = np.full(net.theta.shape, np.nan)
        blocks = [
            ("inside.gradient", trainer.gradient()),
            ("inside.step", last.step if last else unknown),
            ("inside.rows", np.array([len(rows)], dtype=np.int32)),
        ]
        if batch:
            own, full = unknown, unknown
            if last:
                own = gradient_at(net, last.theta, trainer.X[rows], trainer.Y[rows], trainer.loss)
                full = gradient_at(net, last.theta, trainer.X, trainer.Y, trainer.loss)
            blocks += [("inside.batch", own), ("inside.cosines", cosines(net, own, full))]
        return blocks

    def norms_and_ratios(self) -> Array:
        """‖∂L/∂W[l]‖ over all training points, then ‖ΔW[l]‖ / ‖W[l]‖ of the last step; NaN without one."""
        trainer, last = self._timeline.trainer, self._timeline.last_step()
        net = trainer.net
        ratios = update_ratios(net, last.step) if last else np.full(len(net.W), np.nan)
        return np.concatenate((weight_norms(net, trainer.gradient()), ratios))

    def norms(self, layer: int, batch: bool, probe: Trace) -> Blocks:
        """The same as a block."""
        return [("inside.norms", self.norms_and_ratios())]

    def distributions(self, layer: int, batch: bool, probe: Trace) -> Blocks:
        """Shares of weights and biases, of activations and of gradients' sizes in bins, layer by layer."""
        trainer = self._timeline.trainer
        net, gradient = trainer.net, trainer.gradient()
        ends = [net.parameters.index(l, 0, 0) for l in range(len(net.W))] + [net.theta.size]
        parts = [slice(low, high) for low, high in pairwise(ends)]
        A = trainer.activations()[1:]
        everything = np.concatenate([units.ravel() for units in A])
        values, outputs = value_scale(net.theta, symmetric=True), value_scale(everything, symmetric=False)
        sizes = size_scale(gradient)
        slopes = [size_shares(gradient[part], sizes, SIZE_BINS) for part in parts]
        scales = (values, outputs, sizes)
        zeros = [[float((A[l] == 0).mean()), slopes[l][1]] for l in range(len(A))]
        return [
            ("inside.weights", single([shares(net.theta[part], values, BINS) for part in parts])),
            ("inside.activations", single([shares(units, outputs, BINS) for units in A])),
            ("inside.gradients", single([slope for slope, _ in slopes])),
            ("inside.scales", np.array([(scale.low, scale.high) for scale in scales])),
            ("inside.zeros", np.array(zeros)),
        ]

    def hidden_space(self, layer: int, batch: bool, probe: Trace) -> Blocks:
        """Points, probe and grid as a layer sees them in the plane; the line that the next one draws."""
        trainer = self._timeline.trainer
        net, A = trainer.net, trainer.activations()[layer + 1][:MOST_POINTS]
        project = projection(A)
        bent = project(net.forward(self._grid).A[layer + 1])
        blocks = [
            ("inside.points", single(project(A))),
            ("inside.probe", project(probe.A[layer + 1])[0]),
            ("inside.grid", single(bent)),
            ("inside.shares", project.shares),
            ("inside.basis", project.basis),
        ]
        if layer + 2 == len(net.W) and net.W[-1].shape == (2, 1) and self._splits_at_0:
            blocks.append(("inside.line", decision_line(net.W[-1], net.b[-1])))
        return blocks


NUMBERS: dict[str, Callable[[Looker, int, bool, Trace], Blocks]] = {
    "weights": Looker.weights,
    "distributions": Looker.distributions,
    "norms": Looker.norms,
    "hidden-space": Looker.hidden_space,
}
"""View -> what tells its numbers."""
