"""A sweep trains a list of experiments, here or in other processes, and gives what became of each."""

import math
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from itertools import islice

import numpy as np

from engine.arrays import Array, RefusalError, check_count, check_type
from engine.data.datasets import DataSplit
from engine.runs.experiment import ALL, Experiment
from engine.runs.slices import Slices, finish
from engine.runs.stopping import Lows, diverged
from engine.runs.work import MOST_SWEEP, SLICE, run_work, step_work
from engine.threads import one_blas_thread
from engine.training import Record, Trainer

MOST_RUNS = 1000
MOST_EPOCHS = 10_000
MOST_LOSSES = 2_000_000
"""Training and test losses of all runs together, one pair an epoch: 32 MB."""
BILLION = 10**9
MOST_TRIES = 4
"""How many workers a run may cost before the sweep gives up: it may be the run that ends them."""
PATIENCE = 0.05
"""Seconds between two pauses of a sweep that waits for its workers."""
AT_ONCE = 20
"""Runs handed to an executor between two pauses."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one experiment of a sweep.

    Attributes:
        experiment: which one; index: its place in the list.
        epoch:      the last epoch, before the one that was asked for if a stop condition was met, or if the
                    numbers left the range: then it is the last finite one.
        train_loss, test_loss: the losses at this epoch, without penalty; NaN without test points.
        test_metric: accuracy or R² of the test points, NaN where undefined.
        theta:      (P,) the parameters at this epoch.
        losses:     (epoch + 1, 2) training and test loss after 0, 1, … epochs.
        stopped:    the kind of its Stop (see StopConditions), "diverged" among them; "" if all epochs were
                    trained.
        seconds:    how long training took.
    """

    experiment: Experiment
    epoch: int
    train_loss: float
    test_loss: float
    test_metric: float
    theta: Array
    losses: Array
    stopped: str = ""
    seconds: float = 0.0
    index: int = 0


OnResult = Callable[[Outcome], object]


def sweep(
    experiments: Iterable[Experiment],
    *,
    epochs: int,
    executor: Executor | None = None,
    on_result: OnResult | None = None,
) -> list[Outcome]:
    """Train every experiment for so many epochs.

    Neither the executor nor the order nor the number of workers changes a result by a bit, on machines of one
    kind with one version of NumPy. An experiment's speed and frame unit play no part.

    Args:
        experiments: at most 1,000.
        epochs:      per run, at most 10,000; the stop conditions of an experiment may end its run earlier.
        executor:    where the runs are trained: any concurrent.futures.Executor, e.g. a ProcessPoolExecutor,
                     engine.runs.workers.Workers, or distributed.Client(…).get_executor(). None: here.
        on_result:   called with each Outcome as it comes, in this thread.
    Returns: the outcomes in the order of the experiments.
    Raises:  ValueError, before anything is trained, for more runs or more work (see engine.runs.work) than
             a sweep may have.
    """
    return finish(sweeping(experiments, epochs=epochs, executor=executor, on_result=on_result))


def sweeping(
    experiments: Iterable[Experiment],
    *,
    epochs: int,
    executor: Executor | None = None,
    on_result: OnResult | None = None,
    patience: float = PATIENCE,
) -> Slices[list[Outcome]]:
    """What sweep does, in slices of at most 50 ms; closing the generator cancels what is not done yet.

    What an executor has begun then ends by itself and is ignored; what has not begun is dropped.

    Args: patience: seconds to wait for workers in one slice.
    """
    wanted = checked(experiments, epochs)
    done: dict[int, Outcome] = {}

    def take(outcome: Outcome) -> None:
        done[outcome.index] = outcome
        if on_result is not None:
            on_result(outcome)

    if executor is not None:
        yield from _elsewhere(wanted, epochs, executor, take, done, patience)
    left = [index for index in range(len(wanted)) if index not in done]
    yield from _here(wanted, left, epochs, take)
    return [done[index] for index in range(len(wanted))]


def checked(experiments: Iterable[Experiment], epochs: int) -> list[Experiment]:
    """The experiments of a sweep as a list. Raises: ValueError, in one sentence, for what is too much."""
    check_count("epochs", epochs, most=MOST_EPOCHS)
    wanted = list(islice(experiments, MOST_RUNS + 1))
    if len(wanted) > MOST_RUNS:
        raise RefusalError("A sweep", f"must have at most {MOST_RUNS:,} runs. Got more.")
    for experiment in wanted:
        check_type("Every experiment", experiment, Experiment)
    if (work := sum(work_of(experiment, epochs) for experiment in wanted)) > MOST_SWEEP:
        rule = f"must be at most {MOST_SWEEP // BILLION:,} billion multiply-adds of work"
        way_out = "Take fewer runs, fewer epochs or smaller networks."
        raise RefusalError("A sweep", f"{rule}. Got {work // BILLION:,} billion. {way_out}")
    if (losses := len(wanted) * (epochs + 1)) > MOST_LOSSES:
        rule = f"must have at most {MOST_LOSSES:,} epochs of all runs together"
        raise RefusalError("A sweep", f"{rule}. Got {losses:,}. Take fewer runs or fewer epochs.")
    return wanted


def work_of(experiment: Experiment, epochs: int) -> int:
    """The multiply-adds of an experiment's run."""
    samples, batch = experiment.training_samples, experiment.batch_size
    rows = samples if batch == ALL else min(batch, samples)
    return run_work(epochs, samples, rows, experiment.parameter_count, len(experiment.dims) - 1)


def trained(experiment: Experiment, epochs: int, index: int = 0) -> Outcome:
    """One run of a sweep, at once: what a worker does."""
    return finish(training(experiment, epochs, index))


def training(
    experiment: Experiment, epochs: int, index: int = 0, data: DataSplit | None = None
) -> Slices[Outcome]:
    """One run of a sweep, in slices of bounded work.

    Args: data: the experiment's own, if they are at hand.
    """
    begun, resting = time.perf_counter(), 0.0
    trainer = experiment.trainer(data)
    work = step_work(min(trainer.batch_size, trainer.samples), trainer.net.theta.size, len(trainer.net.W))
    room = most = max(1, SLICE // work)  # mini-batches
    record = trainer.measure()
    path = _Path(experiment, trainer, epochs)
    path.take(record)
    while not path.stopped and record.epoch < epochs:
        with one_blas_thread():
            while room > 0 and not path.stopped and record.epoch < epochs:
                steps = min(trainer.steps_in(1), room)
                trainer.train(steps)
                room -= steps
                if trainer.position == 0:
                    record = trainer.measure()
                    path.take(record)
        if room <= 0:
            room, paused = most, time.perf_counter()
            yield record.epoch / epochs
            resting += time.perf_counter() - paused
    return path.outcome(index, time.perf_counter() - begun - resting)


class _Path:
    """The records of a run, epoch by epoch, and when it ends."""

    def __init__(self, experiment: Experiment, trainer: Trainer, epochs: int) -> None:
        self._experiment, self._trainer = experiment, trainer
        self._losses = np.empty((epochs + 1, 2))
        self._theta, self._metric = trainer.net.theta.copy(), math.nan
        self._stop = experiment.stop_conditions
        self._conditional = any((self._stop.epoch, self._stop.loss, self._stop.accuracy, self._stop.plateau))
        self._epochs: list[int] = []
        self._train_losses: list[float] = []
        self._metrics: list[float] = []
        self._lows = Lows()
        self.stopped = ""

    def take(self, record: Record) -> None:
        theta, epoch = self._trainer.net.theta, record.epoch
        if not (record.finite and math.isfinite(float(theta.sum()))):
            self.stopped = diverged(epoch, epoch, record.train_loss).kind
            if epoch:  # the epoch before it is the last finite one
                return
        self._epoch = epoch
        np.copyto(self._theta, theta)
        self._losses[epoch] = record.train_loss, record.test_loss
        if self._conditional and not self.stopped:
            self._look_for_stop(record.train_loss)

    def _look_for_stop(self, train_loss: float) -> None:
        self._epochs.append(self._epoch)
        self._train_losses.append(train_loss)
        self._lows.append(train_loss)
        self._metrics.append(self._measured() if self._stop.accuracy else math.nan)
        stop = self._stop.met(self._epochs, self._train_losses, self._metrics, self._lows)
        self.stopped = stop.kind if stop else ""

    def _measured(self) -> float:
        return self._experiment.metric(self._trainer.outputs()[1], self._trainer.Y_test)

    def outcome(self, index: int, seconds: float) -> Outcome:
        np.copyto(self._trainer.net.theta, self._theta)
        if self.stopped == "diverged":
            self._trainer.measure()
        losses = self._losses[: self._epoch + 1].copy()
        train_loss, test_loss = losses[-1].tolist()
        last = train_loss, test_loss, self._measured()
        theta, stopped = self._theta, self.stopped
        return Outcome(self._experiment, self._epoch, *last, theta, losses, stopped, seconds, index)


def _here(wanted: list[Experiment], left: list[int], epochs: int, take: OnResult) -> Slices[None]:
    """Train in this process, one run after another."""
    key, data = None, None
    for count, index in enumerate(left):
        experiment = wanted[index]
        if key != (drawn := _data_key(experiment)):  # runs that differ in their seed share their points
            key, data = drawn, experiment.data()
        steps = training(experiment, epochs, index, data)
        before = len(wanted) - len(left) + count
        while True:
            try:
                share = next(steps)
            except StopIteration as end:
                take(end.value)
                break
            yield (before + share) / len(wanted)
        yield (before + 1) / len(wanted)


def _data_key(e: Experiment) -> tuple[object, ...]:
    return e.dataset, e.classes, e.samples, e.noise, e.train_share, e.data_seed, e.table


def _elsewhere(
    wanted: list[Experiment],
    epochs: int,
    executor: Executor,
    take: OnResult,
    done: dict[int, Outcome],
    patience: float,
) -> Generator[float, None, None]:
    """Train by an executor. A run whose worker died is tried again; an executor that takes no more work
    leaves the rest to this process."""
    tries = dict.fromkeys(range(len(wanted)), 0)
    waiting: dict[Future[Outcome], int] = {}

    def hand_over(index: int) -> bool:
        tries[index] += 1
        if tries[index] > MOST_TRIES:
            raise RuntimeError(f"Run {index + 1} of the sweep has ended {MOST_TRIES} workers.")
        try:
            waiting[executor.submit(trained, wanted[index], epochs, index)] = index
        except BrokenExecutor:
            return False
        return True

    try:
        again = list(range(len(wanted)))
        while again or waiting:
            part, again = again[:AT_ONCE], again[AT_ONCE:]
            if not all(hand_over(index) for index in part):
                return
            ready = wait(waiting, 0.0 if again else patience, FIRST_COMPLETED).done
            for future in ready:
                index = waiting.pop(future)
                try:
                    take(future.result())
                except BrokenExecutor:
                    again.append(index)
            yield len(done) / max(1, len(wanted))
    finally:
        for future in waiting:
            future.cancel()
