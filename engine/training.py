"""Training repeats one step: look at a mini-batch, find the gradient, move the weights a little downhill."""

import math
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, as_generator, as_matrix, check_count, check_finite, check_number
from engine.losses import Loss
from engine.network import Gradient, Network, Trace, run_backward, run_forward
from engine.optimizers import Optimizer, make_optimizer
from engine.threads import SMALL_PRODUCT, one_blas_thread


@dataclass(frozen=True)
class Record:
    """Where training stands: losses over all training and all test samples, without the penalty."""

    epoch: int
    step: int
    train_loss: float
    test_loss: float  # NaN without test samples
    penalty: float  # l1·Σ|W| + l2/2·ΣW², in the unit of the loss
    learning_rate: float  # that of the latest step
    clipped: int  # number of steps so far whose gradient was clipped

    @property
    def finite(self) -> bool:
        """Whether training can go on: a loss that is NaN or infinite never comes back."""
        return math.isfinite(self.train_loss + self.penalty)


class Trainer:
    """Mini-batch training of a network, in place, by an optimiser.

        theta ← optimiser(theta, ∂/∂theta [ loss(mini-batch) + l1·Σ|W| + (l2/2)·ΣW² ])

    Every epoch visits every sample once, in a new order if shuffle; the last mini-batch may be smaller and
    is used all the same. The mini-batch loop allocates nothing: its buffers are made once per batch size.

    Args:
        X, Y:       (N, dims[0]) samples and (N, K) targets, finite; X_test and Y_test are only measured.
        loss, optimizer: names in LOSSES and OPTIMIZERS, or make_loss(...) and make_optimizer(...).
        batch_size: samples per step; N or more means full-batch training.
        l1, l2:     penalties on the weights, never on the biases; l2 carries the ½, so its gradient is l2·W.
        rng:        np.random.Generator or int seed for the samples' order; None means seed 0.
    Raises:  ValueError for shapes that don't fit, NaN or infinity in the data, a loss that doesn't fit.
    """

    def __init__(
        self,
        net: Network,
        X: object,
        Y: object,
        *,
        loss: str | Loss,
        optimizer: str | Optimizer,
        batch_size: int,
        l1: float = 0.0,
        l2: float = 0.0,
        shuffle: bool = True,
        rng: np.random.Generator | int | None = None,
        X_test: object = None,
        Y_test: object = None,
    ) -> None:
        self.net, self.loss = net, net.checked_loss(loss)
        self.optimizer = make_optimizer(optimizer) if isinstance(optimizer, str) else optimizer
        self.batch_size = check_count("batch_size", batch_size)
        self.l1 = check_number("l1", l1, least=0)
        self.l2 = check_number("l2", l2, least=0)
        self.clip_norm, self.frozen = 0.0, np.array([], dtype=np.intp)
        self.schedule: Callable[[int], float] | None = None
        self.shuffle, self.rng = shuffle, as_generator(rng)
        self.X, Y = _samples(net, X, Y, "X", "Y")
        self.Y = np.array(Y, order="F")
        self.samples = len(self.X)
        if (X_test is None) != (Y_test is None):
            raise ValueError("X_test and Y_test must be given together. Got only one of them.")
        self.X_test, self.Y_test = self.X[:0], self.Y[:0]
        if X_test is not None and np.asarray(X_test).size:
            self.X_test, self.Y_test = _samples(net, X_test, Y_test, "X_test", "Y_test")
        alone = self.batch_size >= self.samples and not shuffle and not len(self.X_test)
        if net.bias == "per_sample" and not alone:
            rule = "full batches in a fixed order and no test samples: batch_size >= N, shuffle=False"
            raise ValueError(f"Per-sample biases need {rule}.")
        self.epochs_done = self.steps_done = self.position = self.clipped = 0
        self.order = np.arange(self.samples)
        self._make_buffers()

    def _make_buffers(self) -> None:
        net = self.net
        self._mask = net.parameters.weight_mask()
        self._penalty_gradient = np.empty_like(net.theta)
        self._evaluation = Trace(net, self.samples + len(self.X_test))
        np.concatenate((self.X, self.X_test), out=self._evaluation.A[0])
        self._source = np.ascontiguousarray(self._evaluation.inputs_T[0][:, : self.samples].T)
        self._shuffled, self._targets_T = self._source.copy(), self.Y.T.copy()
        # Each mini-batch has a view of the shuffled samples; mini-batches of one size share their buffers
        self._batches: list[tuple[Trace, Array, Gradient]] = []
        rooms: dict[int, tuple[Trace, Gradient]] = {}
        for start, stop in pairwise([*range(0, self.samples, self.batch_size), self.samples]):
            rows, part = stop - start, slice(start, stop)
            if rows not in rooms:
                rooms[rows] = Trace(net, rows), Gradient(net, rows)
            trace, gradient = rooms[rows]
            self._batches.append((trace.reading(self._shuffled[part]), self._targets_T[:, part].T, gradient))
        small = len(self._evaluation.A[0]) * max(W.size for W in net.W) <= SMALL_PRODUCT
        self._threads = one_blas_thread if small else nullcontext

    def step(self) -> Record:
        """Train on one mini-batch and measure."""
        return self.steps(1)

    def steps(self, count: int) -> Record:
        """Train on count mini-batches and measure once, at their end."""
        self.train(count)
        return self.measure()

    def train(self, count: int) -> None:
        """Train on count mini-batches, without measuring."""
        check_count("count", count)
        with self._threads(), np.errstate(all="ignore"):
            for _ in range(count):
                self._step()

    def epoch(self) -> Record:
        """Train to the end of the current pass over the samples and measure."""
        return self.epochs(1)

    def epochs(self, count: int) -> Record:
        """Train to the end of the count-th pass, the present one included, and measure once."""
        return self.steps(self.steps_in(count))

    def steps_in(self, epochs: int) -> int:
        """How many mini-batches it is to the end of so many passes, the present one included."""
        return check_count("count", epochs) * len(self._batches) - self.position

    def _step(self) -> None:
        if self.position == 0:
            self._begin_epoch()
        net, theta = self.net, self.net.theta
        trace, Y, gradient = self._batches[self.position]
        run_forward(net, trace, net.parameters)
        run_backward(net, trace, Y, self.loss, gradient)
        if self.l2:
            self._penalise(gradient.theta, theta, self.l2)
        if self.l1:
            self._penalise(gradient.theta, np.sign(theta, out=self._penalty_gradient), self.l1)
        if self.clip_norm:  # the whole gradient keeps its direction: Pascanu et al. (2013)
            norm = math.sqrt(np.dot(gradient.theta, gradient.theta))
            if norm > self.clip_norm:
                np.multiply(gradient.theta, self.clip_norm / norm, out=gradient.theta)
                self.clipped += 1
        kept = theta[self.frozen] if self.frozen.size else None
        self.optimizer.step(theta, gradient.theta)
        if kept is not None:
            theta[self.frozen] = kept
        self.steps_done += 1
        self.position += 1
        if self.position == len(self._batches):
            self.position = 0
            self.epochs_done += 1

    def _penalise(self, gradient: Array, slope: Array, strength: float) -> None:
        """gradient ← gradient + strength · slope, at the weights only."""
        np.multiply(slope, self._mask, out=self._penalty_gradient)
        np.multiply(self._penalty_gradient, strength, out=self._penalty_gradient)
        np.add(gradient, self._penalty_gradient, out=gradient)

    def _begin_epoch(self) -> None:
        if self.schedule is not None:
            self.optimizer.learning_rate = self.schedule(self.epochs_done)
        if self.shuffle:
            self.rng.shuffle(self.order)
        self._gather()

    def _gather(self) -> None:
        np.take(self._source, self.order, axis=0, out=self._shuffled, mode="clip")
        np.take(self.Y.T, self.order, axis=1, out=self._targets_T, mode="clip")

    def measure(self) -> Record:
        """The record of the present moment; nothing is trained."""
        trace, n = self._evaluation, self.samples
        with self._threads(), np.errstate(all="ignore"):
            run_forward(self.net, trace, self.net.parameters)
            Z, A = trace.Z[-1], trace.A[-1]
            train_loss = self.loss.value(Z[:n], A[:n], self.Y)
            test_loss = self.loss.value(Z[n:], A[n:], self.Y_test) if len(self.Y_test) else math.nan
            penalty, rate = self.penalty(), self.optimizer.learning_rate
        return Record(self.epochs_done, self.steps_done, train_loss, test_loss, penalty, rate, self.clipped)

    @property
    def steps_per_epoch(self) -> int:
        """The number of mini-batches in one pass over the samples."""
        return len(self._batches)

    @property
    def progress(self) -> float:
        """Epochs done, with the fraction of the present one."""
        return self.epochs_done + self.position / len(self._batches)

    def last_batch(self) -> NDArray[np.intp]:
        """Indices into X of the samples of the latest mini-batch; none before the first step."""
        if self.steps_done == 0:
            return self.order[:0]
        number = (self.position - 1) % len(self._batches)
        return self.order[number * self.batch_size : (number + 1) * self.batch_size]

    def activations(self) -> tuple[Array, ...]:
        """A[0] … A[L] of the training samples, as the latest record measured them."""
        return tuple(A[: self.samples] for A in self._evaluation.A)

    def outputs(self) -> tuple[Array, Array]:
        """The outputs (N, K) for training and test samples, as the latest record measured them."""
        A = self._evaluation.A[-1]
        return A[: self.samples], A[self.samples :]

    def penalty(self, l1: float | None = None, l2: float | None = None) -> float:
        """l1·Σ|W| + l2/2·ΣW² at the present weights, with the trainer's own strengths if none are given."""
        l1, l2 = self.l1 if l1 is None else l1, self.l2 if l2 is None else l2
        if not (l1 or l2):
            return 0.0
        weights = self.net.theta * self._mask
        return float(l1 * np.abs(weights).sum() + l2 / 2 * np.vdot(weights, weights))

    def state(self) -> dict[str, Any]:
        """Copy everything that decides how training continues; position counts mini-batches of the epoch."""
        return {
            "theta": self.net.theta.copy(),
            "optimizer": self.optimizer.state(),
            "epoch": self.epochs_done,
            "step": self.steps_done,
            "clipped": self.clipped,
            "position": self.position,
            "order": self.order.copy(),
            "generator": self.rng.bit_generator.state,
        }

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Continue, bit for bit, from a state of a trainer with the same network, data and optimiser."""
        if np.shape(state["theta"]) != self.net.theta.shape or len(state["order"]) != self.samples:
            rule = f"{self.net.theta.size} parameters and {self.samples} samples"
            got = f"{np.size(state['theta'])} and {len(state['order'])}"
            raise ValueError(f"The state must fit {rule}. Got {got}.")
        if not 0 <= state["position"] < len(self._batches):
            rule = f"below {len(self._batches)} mini-batches an epoch"
            raise ValueError(f"The state's position must be {rule}. Got {state['position']}.")
        self.optimizer.load_state(state["optimizer"])
        self.net.theta[...] = state["theta"]
        self.epochs_done, self.steps_done = state["epoch"], state["step"]
        self.clipped, self.position = state["clipped"], state["position"]
        self.order[...] = state["order"]
        self.rng.bit_generator.state = state["generator"]
        self._gather()


def _samples(net: Network, X: object, Y: object, X_name: str, Y_name: str) -> tuple[Array, Array]:
    """X and Y as finite matrices that match each other and the network."""
    inputs = as_matrix(X_name, X, columns=net.dims[0])
    targets = as_matrix(Y_name, Y, columns=net.dims[-1], rows=len(inputs))
    check_finite(X_name, inputs)
    check_finite(Y_name, targets)
    return inputs, targets
