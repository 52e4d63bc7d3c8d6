"""What a sweep costs beside the trainers alone, and how much faster two processes are than one.

The candidates take turns, so that a machine that slows down slows all of them. The first figure is CPU time;
the second is time on the clock, and means something only where both processors are free.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

import engine
from engine import Experiment
from engine.runs.workers import Workers

EPOCHS = 100


def bare(experiments: list[Experiment]) -> None:
    """Train as a loop would that keeps the losses of every epoch."""
    for experiment in experiments:
        trainer = experiment.trainer()
        _ = [trainer.measure(), *(trainer.epoch() for _ in range(EPOCHS))]


def seconds(act: Callable[[], object], clock: Callable[[], float]) -> float:
    begun = clock()
    act()
    return clock() - begun


def cost(runs: int, rounds: int) -> float:
    """The median over the rounds of CPU time of a sweep over that of the bare trainers."""
    experiments = [Experiment(seed=k) for k in range(runs)]
    ratios = []
    for _ in range(rounds):
        alone = seconds(lambda: bare(experiments), time.process_time)
        swept = seconds(lambda: engine.sweep(experiments, epochs=EPOCHS), time.process_time)
        ratios.append(swept / alone)
    return statistics.median(ratios)


def gain(runs: int, rounds: int) -> float:
    """The median over the rounds of the time of one process over that of two, which have begun already."""
    experiments = [Experiment(seed=k) for k in range(runs)]
    ratios = []
    with Workers(2) as workers:
        engine.sweep(experiments[:8], epochs=EPOCHS, executor=workers)
        for _ in range(rounds):
            two = seconds(
                lambda: engine.sweep(experiments, epochs=EPOCHS, executor=workers), time.perf_counter
            )
            one = seconds(lambda: engine.sweep(experiments, epochs=EPOCHS), time.perf_counter)
            ratios.append(one / two)
    return statistics.median(ratios)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser("python -m tests.benchmarks sweep", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--processes", action="store_true", help="measure two processes as well")
    options = parser.parse_args(arguments)
    print(f"load of the machine: {os.getloadavg()[0]:.2f} on {os.cpu_count()} processors")
    print(f"a sweep of 100 runs / bare trainers: {cost(100, options.rounds):.3f}")
    if options.processes:
        print(f"400 runs in one process / in two: {gain(400, options.rounds):.2f}")
