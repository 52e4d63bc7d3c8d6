import math
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import count
from multiprocessing import get_context
from pickle import dumps, loads
from threading import Barrier

import numpy as np
import pytest

import engine
from engine import Experiment
from engine.runs.stopping import Lows
from engine.runs.sweep import MOST_RUNS, sweeping
from engine.runs.workers import Workers
from tests.engine.runs.sweeping import bits, dies_once, some, table

EPOCHS = 12


class Substituted(Executor):
    """An executor that calls another function than it is given."""

    def __init__(self, executor, function):
        self.executor, self.function = executor, function

    def submit(self, fn, /, *args, **kwargs):
        return self.executor.submit(self.function, *args, **kwargs)


class Held(Executor):
    """An executor that begins nothing."""

    def __init__(self):
        self.futures = []

    def submit(self, fn, /, *args, **kwargs):
        self.futures.append(Future())
        return self.futures[-1]


class Failing(Executor):
    """An executor all of whose workers die."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_exception(BrokenProcessPool("gone"))
        return future


def test_a_sweep_gives_what_a_bare_trainer_gives_to_the_bit():
    for outcome in engine.sweep(some(4), epochs=EPOCHS):
        trainer = outcome.experiment.trainer()
        records = [trainer.measure(), *(trainer.epoch() for _ in range(EPOCHS))]
        losses = [(record.train_loss, record.test_loss) for record in records]
        assert outcome.losses.tolist() == [list(pair) for pair in losses]
        assert outcome.theta.tobytes() == trainer.net.theta.tobytes()
        assert (outcome.epoch, outcome.train_loss, outcome.test_loss) == (EPOCHS, *losses[-1])
        assert outcome.test_metric == outcome.experiment.metric(trainer.outputs()[1], trainer.Y_test)


def test_a_sweep_gives_what_the_timeline_shows_at_that_frame_to_the_bit():
    (outcome,) = engine.sweep(some(1), epochs=EPOCHS)
    timeline = engine.replay(engine.Run(outcome.experiment))
    for _ in range(EPOCHS):
        timeline.advance()
    assert timeline.trainer.net.theta.tobytes() == outcome.theta.tobytes()
    assert timeline.records()["test_loss"].tolist() == outcome.losses[:, 1].tolist()
    assert timeline[EPOCHS].test_metric == outcome.test_metric


def test_outcomes_stand_in_the_order_of_the_experiments_whatever_came_first():
    experiments, seen = some(8), []
    with ThreadPoolExecutor(1) as pool:
        outcomes = engine.sweep(experiments, epochs=3, executor=Backwards(pool), on_result=seen.append)
    assert [o.experiment for o in outcomes] == experiments
    assert [o.index for o in seen] == [*reversed(range(8))]
    assert bits(outcomes) == bits(engine.sweep(experiments, epochs=3))


class Backwards(Executor):
    """An executor that begins with what came last."""

    def __init__(self, pool):
        self.pool, self.calls = pool, []

    def submit(self, fn, /, *args, **kwargs):
        self.calls.append((Future(), fn, args))
        if len(self.calls) == 8:
            self.pool.submit(self.run)
        return self.calls[-1][0]

    def run(self):
        for future, fn, args in reversed(self.calls):
            future.set_result(fn(*args))
            time.sleep(0.01)


def test_two_processes_give_the_bits_of_one():
    experiments = some(48)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        outcomes = engine.sweep(experiments, epochs=EPOCHS, executor=pool)
    assert bits(outcomes) == bits(engine.sweep(experiments, epochs=EPOCHS))


@pytest.mark.parametrize("kind", ["workers", "plain pool"])
def test_a_worker_that_dies_costs_no_run(tmp_path, kind):
    experiments = some(12)
    plain = ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    with Workers(2) if kind == "workers" else plain as pool:
        mortal = Substituted(pool, partial(dies_once, str(tmp_path / "died")))
        outcomes = engine.sweep(experiments, epochs=EPOCHS, executor=mortal)
    assert (tmp_path / "died").exists()
    assert bits(outcomes) == bits(engine.sweep(experiments, epochs=EPOCHS))


def test_a_run_that_ends_every_worker_ends_the_sweep():
    with pytest.raises(RuntimeError, match=r"Run 1 of the sweep has ended 4 workers\."):
        engine.sweep(some(1), epochs=1, executor=Failing())


def test_closing_a_sweep_drops_what_waits_within_a_second():
    held = Held()
    steps = sweeping(some(100), epochs=1000, executor=held)
    while len(held.futures) < 100:
        next(steps)
    begun = time.monotonic()
    steps.close()
    assert time.monotonic() - begun < 1
    assert all(future.cancelled() for future in held.futures)


def test_closing_a_sweep_keeps_what_is_done():
    seen = []
    steps = sweeping(some(40), epochs=200, on_result=seen.append)
    while len(seen) < 3:
        next(steps)
    steps.close()
    assert bits(seen) == bits(engine.sweep(some(3), epochs=200))


def test_a_sweep_here_pauses_within_a_run():
    seen = []
    steps = sweeping(some(1), epochs=400, on_result=seen.append)
    shares = [next(steps) for _ in range(5)]
    assert not seen
    assert shares == sorted(set(shares))
    assert shares[-1] < 1


def test_a_run_that_overflows_ends_at_its_last_finite_epoch():
    wild = Experiment(learning_rate=900.0, activations=("linear", "linear"), output_activation="linear")
    (outcome,) = engine.sweep([wild], epochs=30)
    assert outcome.stopped == "diverged"
    assert outcome.epoch < 30
    assert len(outcome.losses) == outcome.epoch + 1
    assert np.isfinite(outcome.theta).all()
    assert np.isfinite(outcome.losses).all()
    timeline = engine.replay(engine.Run(wild))
    while timeline.advance():
        pass
    assert (timeline.frame, timeline[timeline.frame].test_metric) == (outcome.epoch, outcome.test_metric)
    assert timeline.trainer.net.theta.tobytes() == outcome.theta.tobytes()


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ({"stop_epoch": 7}, "epoch"),
        ({"stop_loss": 0.3}, "loss"),
        ({"stop_accuracy": 0.9}, "accuracy"),
        ({"stop_plateau": 3, "learning_rate": 1e-9}, "plateau"),
    ],
)
def test_a_stop_condition_ends_a_run_where_it_ends_on_the_timeline(condition, kind):
    experiment = Experiment(**condition)
    (outcome,) = engine.sweep([experiment], epochs=60)
    timeline = engine.replay(engine.Run(experiment))
    while timeline.last < 60 and timeline.advance():
        pass
    assert outcome.stopped == kind == timeline.stopped.kind
    assert outcome.epoch == timeline.last < 60


def test_a_plateau_is_looked_for_without_going_through_the_curve_again_each_epoch(monkeypatch):
    seen, append = [], Lows.append
    monkeypatch.setattr(Lows, "append", lambda lows, loss: (seen.append(loss), append(lows, loss)))
    (outcome,) = engine.sweep([Experiment(stop_plateau=3, learning_rate=0.001)], epochs=60)
    assert len(seen) == outcome.epoch + 1


def test_of_two_that_find_the_workers_lost_at_once_one_starts_new_ones(monkeypatch):
    broken, made, both = Broken(Barrier(2)), [], ThreadPoolExecutor(2)
    pools = iter([broken])
    monkeypatch.setattr(Workers, "_new", lambda self: next(pools, None) or made.append(Held()) or made[-1])
    workers = Workers(1)
    for done in [both.submit(workers.submit, abs, 1) for _ in range(2)]:
        done.result()
    assert [len(pool.futures) for pool in made] == [2]


class Broken(Executor):
    """An executor that has lost its workers, as several threads find out at once."""

    def __init__(self, barrier):
        self.barrier = barrier

    def submit(self, fn, /, *args, **kwargs):
        self.barrier.wait(5)
        raise BrokenProcessPool("gone")


def test_a_table_goes_to_another_process_with_its_experiment():
    own = table()
    assert own.problem.kind == "two classes"  # worked out, and not sent
    experiment = Experiment.fitted(dataset="own", table=own)
    sent = loads(dumps(experiment))
    assert sent == experiment
    assert not sent.table.X.flags.writeable
    with Workers(1) as pool:
        assert bits(engine.sweep([experiment], epochs=3, executor=pool)) == bits(
            engine.sweep([experiment], epochs=3)
        )


def test_nothing_is_trained_where_nothing_is_wanted():
    assert engine.sweep([], epochs=1) == []
    assert engine.sweep([], epochs=1, executor=Failing()) == []


@pytest.mark.parametrize(
    ("experiments", "epochs", "sentence"),
    [
        ((Experiment(seed=k) for k in count()), 1, "A sweep must have at most 1,000 runs. Got more."),
        (
            [Experiment(samples=10, batch_size="all", hidden=(), activations=())] * 300,
            9_999,
            "A sweep must have at most 2,000,000 epochs of all runs together. Got 3,000,000. ",
        ),
        (
            [Experiment()] * MOST_RUNS,
            10_000,
            "A sweep must be at most 1,000 billion multiply-adds of work. Got ",
        ),
        ([Experiment()], 10_001, "epochs must be between 1 and 10,000. Got 10001."),
        ([Experiment()], 0, "epochs must be between 1 and 10,000. Got 0."),
        (["circle"], 1, "Every experiment must be an Experiment. Got 'circle'."),
    ],
)
def test_too_much_is_refused_before_anything_is_trained(experiments, epochs, sentence):
    def never(outcome):
        raise AssertionError

    with pytest.raises(ValueError, match=sentence.replace("(", r"\(")):
        engine.sweep(experiments, epochs=epochs, on_result=never)


def test_the_time_of_a_run_leaves_out_its_pauses():
    seen = []
    steps = sweeping(some(1), epochs=300, on_result=seen.append)
    begun, paused = time.perf_counter(), 0.0
    for _ in steps:
        time.sleep(0.02)
        paused += 0.02
    assert paused > 0.05
    assert 0 < seen[0].seconds < time.perf_counter() - begun - paused
    assert math.isfinite(seen[0].seconds)
