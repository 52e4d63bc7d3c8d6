"""A Dask scheduler with two workers, each a process of its own, as on several machines."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import engine
from engine.runs.sweep import sweeping
from tests.engine.runs.sweeping import bits, some

distributed = pytest.importorskip("distributed")
ROOT = Path(__file__).parents[3]
EPOCHS = 12


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, folder: Path) -> None:
        self.file, self.log = folder / "scheduler.json", (folder / "log").open("w")
        self.processes = [self.start("scheduler", "--port", "0", "--host", "127.0.0.1")]

    def start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--scheduler-file", str(self.file)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        command += ["--no-dashboard", *options]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self.log, stderr=self.log)

    def add_worker(self) -> subprocess.Popen[bytes]:
        worker = self.start("worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        self.processes.append(worker)
        return worker

    def end(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()
        self.log.close()


@pytest.fixture
def cluster(tmp_path):
    found = Cluster(tmp_path)
    try:
        workers = found.add_worker(), found.add_worker()
        with distributed.Client(scheduler_file=str(found.file), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            yield client, workers
    finally:
        found.end()


def test_a_scheduler_with_two_workers_gives_the_bits_of_one_process(cluster):
    client, _ = cluster
    experiments = some(48)
    outcomes = engine.sweep(experiments, epochs=EPOCHS, executor=client.get_executor(pure=False))
    assert bits(outcomes) == bits(engine.sweep(experiments, epochs=EPOCHS))


def test_a_worker_killed_half_way_costs_no_run(cluster):
    client, (first, _) = cluster
    experiments, seen = some(24), []
    steps = sweeping(experiments, epochs=200, executor=client.get_executor(pure=False), on_result=seen.append)
    while len(seen) < 5:
        next(steps)
    first.kill()
    for _ in steps:
        pass
    seen.sort(key=lambda outcome: outcome.index)
    assert bits(seen) == bits(engine.sweep(experiments, epochs=200))


def seconds_of_a_trip(client):
    """How long the scheduler and a worker need for nothing at all, the longest of three times."""
    trips = []
    for _ in range(3):
        begun = time.monotonic()
        client.submit(int, pure=False).result()
        trips.append(time.monotonic() - begun)
    return max(trips)


def test_after_cancel_no_run_is_left_with_the_scheduler_within_a_second(cluster):
    client, _ = cluster
    seen = []
    executor = client.get_executor(pure=False)
    soon = max(1, 100 * seconds_of_a_trip(client))  # s; a second, unless the machine is busy elsewhere
    steps = sweeping(some(200), epochs=300, executor=executor, on_result=seen.append)
    while not seen:
        next(steps)
    begun = time.monotonic()
    steps.close()
    assert time.monotonic() - begun < soon
    while busy := sum(map(len, client.processing().values())):
        assert time.monotonic() - begun < soon or busy <= 2  # those that have begun end by themselves
        time.sleep(0.05)
    assert len(seen) < 200
