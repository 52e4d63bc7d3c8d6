"""Training repeats one step: look at a mini-batch, find the gradient, move the weights a little downhill."""

import math
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from copy import copy, deepcopy
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from engine.arrays import (
    Array,
    as_generator,
    as_matrix,
    as_reals,
    brief,
    check_count,
    check_finite,
    check_flag,
    check_number,
    check_type,
)
from engine.calls import Built, Calls, build, build_each, run
from engine.losses import Loss
from engine.network import Gradient, Network, Trace, backward_pass, forward_pass
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


STATE = ("theta", "optimizer", "epoch", "step", "clipped", "position", "order", "generator")
"""What Trainer.state holds."""


class Trainer:
    """Mini-batch training of a network, in place, by an optimiser.

        theta ← optimiser(theta, ∂/∂theta [ loss(mini-batch) + l1·Σ|W| + (l2/2)·ΣW² ])

    Every epoch visits every sample once, in a new order if shuffle; the last mini-batch may be smaller and
    is used all the same. A step is a list of calls (see engine/calls.py), built when training begins and
    again when settings change. It allocates nothing: its buffers are made once per batch size.

    Settings.apply gives it a schedule, frozen parameters and clipping. With clipping, g of loss and penalties
    is shortened before the optimiser takes it, where ‖g‖ is the norm over the parameters that aren't frozen:

        g ← g · min(1, clip_norm / ‖g‖)

    Args:
        X, Y:       (N, dims[0]) samples and (N, K) targets, finite; X_test and Y_test are only measured.
        loss, optimizer: names in LOSSES and OPTIMIZERS, or make_loss(...) and make_optimizer(...).
        batch_size: samples per step; N or more means full-batch training.
        l1, l2:     penalties on the weights, never on the biases; l2 carries the ½, so its gradient is l2·W.
        rng:        np.random.Generator or int seed for the samples' order; None means seed 0.
    Raises:  ValueError for shapes that don't fit, NaN or infinity in the data, a loss that doesn't fit the
             output or the targets. They are checked here, once.
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
        check_type("net", net, Network)
        self.net, self.loss = net, net.checked_loss(loss)
        self.optimizer = optimizer if isinstance(optimizer, Optimizer) else make_optimizer(optimizer)
        self.batch_size = check_count("batch_size", batch_size)
        self.l1 = check_number("l1", l1, least=0)
        self.l2 = check_number("l2", l2, least=0)
        self.clip_norm, self.frozen = 0.0, np.array([], dtype=np.intp)
        self.schedule: Callable[[int], float] | None = None
        self.shuffle, self.rng = check_flag("shuffle", shuffle), as_generator(rng)
        self.X, Y = self._samples(X, Y, "X", "Y")
        self.Y = np.array(Y, order="F")
        self.samples = len(self.X)
        if (X_test is None) != (Y_test is None):
            raise ValueError("X_test and Y_test must be given together. Got only one of them.")
        self.X_test, self.Y_test = self.X[:0], self.Y[:0]
        if X_test is not None and np.asarray(X_test).size:
            self.X_test, self.Y_test = self._samples(X_test, Y_test, "X_test", "Y_test")
        alone = self.batch_size >= self.samples and not shuffle and not len(self.X_test)
        if net.bias == "per_sample" and not alone:
            rule = "full batches in a fixed order and no test samples: batch_size >= N, shuffle=False"
            raise ValueError(f"Per-sample biases need {rule}.")
        self.epochs_done = self.steps_done = self.position = self.clipped = 0
        self.order = np.arange(self.samples)
        self._make_buffers()

    def _samples(self, X: object, Y: object, X_name: str, Y_name: str) -> tuple[Array, Array]:
        """X and Y as finite matrices that match each other, the network and the loss."""
        inputs = as_matrix(X_name, X, columns=self.net.dims[0])
        targets = self.net.checked_targets(Y_name, Y, self.loss, len(inputs))
        check_finite(X_name, inputs)
        check_finite(Y_name, targets)
        return inputs, targets

    def _make_buffers(self) -> None:
        net = self.net
        self._mask = net.parameters.weight_mask()
        self._slope = np.empty_like(net.theta)
        self._evaluation = Trace(net, self.samples + len(self.X_test))
        np.concatenate((self.X, self.X_test), out=self._evaluation.A[0])
        self._forward = build(forward_pass(net, self._evaluation, net.parameters))
        self._backward: tuple[Gradient, Built] | None = (
            None  # made when the whole gradient is first asked for
        )
        self._source = np.ascontiguousarray(self._evaluation.inputs_T[0][:, : self.samples].T)  # (N, D + 1)
        self._shuffled, self._targets_T = self._source.copy(), self.Y.T.copy()
        # Mini-batches of one size share their buffers, and what they compute; only the samples are their own
        self._passes: list[tuple[int, Built]] = []
        self._gradients: dict[int, Array] = {}
        loss = self.loss.suited_to(self.Y)
        ends = pairwise([*range(0, self.samples, self.batch_size), self.samples])
        parts = [slice(start, stop) for start, stop in ends]
        for rows, alike in groupby(parts, key=lambda part: part.stop - part.start):
            own = [(self._shuffled[part].T, self._targets_T[:, part].T) for part in alike]
            inputs_T, Y = own[0]
            trace, gradient = Trace(net, rows).reading(inputs_T), Gradient(net, rows)
            forward = forward_pass(net, trace, net.parameters)
            backward = backward_pass(net, trace, Y, loss, gradient)
            self._passes += [(rows, passes) for passes in build_each(chain(forward, backward), own[0], own)]
            self._gradients[rows] = gradient.theta
        self._steps: list[Built] = []
        self._built_for: tuple[object, ...] = ()
        small = len(self._evaluation.A[0]) * max(W.size for W in net.W) <= SMALL_PRODUCT
        self._measuring_threads = one_blas_thread if small else nullcontext
        mini = self.batch_size < self.samples
        self._step_threads = one_blas_thread if mini else self._measuring_threads

    def _build_steps(self) -> None:
        """List the calls of each mini-batch's step, unless the present settings have theirs already."""
        if self._settings() != self._built_for:
            updates = {rows: build(self._update(gradient)) for rows, gradient in self._gradients.items()}
            self._steps = [passes + updates[rows] for rows, passes in self._passes]
            self._built_for = self._settings()  # those of now, as an optimiser has a memory only from here on

    def _settings(self) -> tuple[object, ...]:
        """What built steps hold on to."""
        penalties = self.l1, self.l2, self.clip_norm, self.frozen.tobytes()
        return *penalties, self.optimizer, *self.optimizer.taken_down()

    def __repr__(self) -> str:
        rule = f"{type(self.optimizer).__name__.lower()} {self.optimizer.learning_rate:.6g}"
        batch = f"batch {min(self.batch_size, self.samples)} of {self.samples} samples"
        return f"Trainer({self.net!r}, {self.loss.name}, {rule}, {batch}, epoch {self.progress:.6g})"

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        twin = memo[id(self)] = copy(self)  # samples, loss and schedule never change
        twin.net, twin.optimizer, twin.rng, twin.order = deepcopy(
            (self.net, self.optimizer, self.rng, self.order), memo
        )
        twin._make_buffers()  # copied buffers would no longer share their memory
        twin._gather()
        twin.measure()
        return twin

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
        with self._step_threads(), np.errstate(all="ignore"):
            self._build_steps()
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
        return check_count("count", epochs) * self.steps_per_epoch - self.position

    def _step(self) -> None:
        if self.position == 0:
            self._begin_epoch()
        run(self._steps[self.position])
        self.steps_done += 1
        self.position += 1
        if self.position == len(self._steps):
            self.position = 0
            self.epochs_done += 1

    def _update(self, gradient: Array) -> Calls:
        """What follows the passes: penalties, clipping, the optimiser; frozen parameters are put back."""
        theta, frozen, kept = self.net.theta, self.frozen, np.empty(self.frozen.size)
        if self.l2:
            yield from self._penalise(gradient, theta, self.l2)
        if self.l1:
            yield np.sign, theta, self._slope
            yield from self._penalise(gradient, self._slope, self.l1)
        if self.clip_norm:
            yield self._clip, gradient
        if frozen.size:
            yield theta.take, frozen, 0, kept, "wrap"
        yield from self.optimizer.calls(theta, gradient)
        if frozen.size:
            yield theta.put, frozen, kept

    def _penalise(self, gradient: Array, slope: Array, strength: float) -> Calls:
        """gradient ← gradient + strength · slope, at the weights only."""
        yield np.multiply, slope, self._mask, self._slope
        yield np.multiply, self._slope, strength, self._slope
        yield np.add, gradient, self._slope, gradient

    def _clip(self, gradient: Array) -> None:
        """Shorten the whole gradient, which keeps its direction: Pascanu et al. (2013)."""
        norm = self._free_norm(gradient)
        if norm > self.clip_norm:
            np.multiply(gradient, self.clip_norm / norm, out=gradient)
            self.clipped += 1

    def _free_norm(self, gradient: Array) -> float:
        """The norm of the gradient over the parameters that may move: a frozen one takes no part."""
        if self.frozen.size:
            np.copyto(self._slope, gradient)
            gradient = self._slope
            gradient[self.frozen] = 0.0
        return math.sqrt(np.dot(gradient, gradient))

    def _begin_epoch(self) -> None:
        if self.schedule is not None:
            self.optimizer.learning_rate = self.schedule(self.epochs_done)
        if self.shuffle:
            self.rng.shuffle(self.order)
        self._gather()

    def _gather(self) -> None:
        """Lay the samples out in the order of this epoch."""
        self._source.take(self.order, 0, self._shuffled, "clip")
        self.Y.T.take(self.order, 1, self._targets_T, "clip")

    def measure(self) -> Record:
        """The record of the present moment; nothing is trained."""
        trace, n = self._evaluation, self.samples
        with self._measuring_threads(), np.errstate(all="ignore"):
            run(self._forward)
            Z, A = trace.Z[-1], trace.A[-1]
            train_loss = self.loss.value(Z[:n], A[:n], self.Y)
            test_loss = self.loss.value(Z[n:], A[n:], self.Y_test) if len(self.Y_test) else math.nan
            penalty, rate = self.penalty(), self.optimizer.learning_rate
        return Record(self.epochs_done, self.steps_done, train_loss, test_loss, penalty, rate, self.clipped)

    @property
    def steps_per_epoch(self) -> int:
        """The number of mini-batches in one pass over the samples."""
        return len(self._passes)

    @property
    def progress(self) -> float:
        """Epochs done, with the fraction of the present one."""
        return self.epochs_done + self.position / self.steps_per_epoch

    def last_batch(self) -> NDArray[np.intp]:
        """Indices into X of the samples of the latest mini-batch; none before the first step."""
        if self.steps_done == 0:
            return self.order[:0]
        number = (self.position - 1) % self.steps_per_epoch
        return self.order[number * self.batch_size : (number + 1) * self.batch_size]

    def activations(self) -> tuple[Array, ...]:
        """A[0] … A[L] of the training samples, as the latest record measured them."""
        return tuple(A[: self.samples] for A in self._evaluation.A)

    def outputs(self) -> tuple[Array, Array]:
        """The outputs (N, K) for training and test samples, as the latest record measured them."""
        A = self._evaluation.A[-1]
        return A[: self.samples], A[self.samples :]

    def sample_losses(self) -> Array:
        """The loss of every sample alone, (N,), training samples before test samples, as last measured."""
        trace, targets = self._evaluation, np.concatenate((self.Y, self.Y_test))
        with np.errstate(all="ignore"):
            return self.loss.rows(trace.Z[-1], trace.A[-1], targets)

    def gradient(self) -> Array:
        """∂loss/∂theta (P,) over all training samples, without penalties, at the moment last measured."""
        if self._backward is None:
            whole, trace = Gradient(self.net, self.samples), self._evaluation.first(self.samples)
            self._backward = whole, build(backward_pass(self.net, trace, self.Y, self.loss, whole))
        gradient, passes = self._backward
        with self._measuring_threads(), np.errstate(all="ignore"):
            run(passes)
        return gradient.theta.copy()

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
        """Continue, bit for bit, from a state of a trainer with the same network, data and optimiser.

        Raises: ValueError for what is no such state; then nothing changes.
        """
        if not isinstance(state, Mapping) or not state.keys() >= set(STATE):
            raise ValueError(f"state must hold {', '.join(STATE)}. Got {brief(state)}.")
        if np.shape(state["theta"]) != self.net.theta.shape or np.shape(state["order"]) != self.order.shape:
            rule = f"{self.net.theta.size} parameters and {self.samples} samples"
            got = f"{np.size(state['theta'])} and {np.size(state['order'])}"
            raise ValueError(f"The state must fit {rule}. Got {got}.")
        theta, order = as_reals("The state's theta", state["theta"]), np.asarray(state["order"])
        if order.dtype.kind not in "iu" or not np.array_equal(np.sort(order), np.arange(self.samples)):
            rule = f"must name each sample from 0 to {self.samples - 1} once"
            raise ValueError(f"The state's order {rule}. Got {brief(order)}.")
        for name in ("epoch", "step", "clipped"):
            check_count(f"The state's {name}", state[name], least=0)
        check_count("The state's position", state["position"], least=0, most=self.steps_per_epoch - 1)
        kind = type(self.rng.bit_generator)
        try:
            kind(0).state = state["generator"]  # so that nothing has changed yet if it doesn't fit
        except (TypeError, ValueError, KeyError):
            got = brief(state["generator"])
            raise ValueError(f"The state's generator must be one of a {kind.__name__}. Got {got}.") from None
        self.optimizer.load_state(state["optimizer"], theta.shape)  # the last that may refuse
        self.net.theta[...] = theta
        self.epochs_done, self.steps_done = state["epoch"], state["step"]
        self.clipped, self.position = state["clipped"], state["position"]
        self.order[...] = order
        self.rng.bit_generator.state = state["generator"]
        self._gather()
