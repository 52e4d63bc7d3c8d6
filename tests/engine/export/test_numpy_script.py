"""The script in NumPy trains as the engine does, alone."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    Experiment,
    ParameterSet,
    Run,
    SettingChanged,
    numpy_script,
)
from engine.data.own import Table
from engine.export.data_code import data_lines
from engine.runs.experiment import ALL
from tests.engine.export.driving import loss_of, outputs
from tests.engine.export.random_runs import random_run
from tests.engine.export.runs import EPOCHS, EXPERIMENTS, OPTIMIZERS_TRIED, RUNS, SCHEDULES_TRIED, engine_loss


@pytest.fixture(scope="module")
def printed():
    scripts = [numpy_script(run, epochs=EPOCHS) for run in RUNS.values()]
    return dict(zip(RUNS, outputs(scripts, "numpy"), strict=True))


@pytest.mark.parametrize("name", RUNS)
def test_a_script_with_numpy_alone_ends_at_the_engines_loss(name, printed):
    assert loss_of(printed[name]) == pytest.approx(engine_loss(RUNS[name]), rel=1e-12, abs=0)


@pytest.mark.parametrize("row", [*ACTIVATIONS.values(), *LOSSES.values()], ids=lambda row: row.name)
def test_every_activation_and_loss_says_how_scripts_write_it(row):
    assert row.code is not None
    assert row.code.value
    assert row.code.torch


def test_every_optimizer_and_schedule_is_tried():
    assert {name for name, _ in OPTIMIZERS_TRIED} == set(OPTIMIZERS)
    assert {name for name, _ in SCHEDULES_TRIED} == set(SCHEDULES)


@pytest.mark.parametrize("name", [name for name in EXPERIMENTS if name.startswith("data ")])
def test_the_data_in_a_script_are_the_engines_to_the_bit(name):
    made: dict[str, object] = {"np": np}
    exec("\n".join(data_lines(EXPERIMENTS[name])), made)
    trainer = EXPERIMENTS[name].trainer()
    assert np.array_equal(made["X"], trainer.X)
    assert np.array_equal(made["Y"], trainer.Y)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_weights_in_a_script_are_the_engines_to_the_bit(name):
    made: dict[str, object] = {}
    exec(numpy_script(Run(EXPERIMENTS[f"initializer {name}"]), epochs=0), made)
    assert np.array_equal(made["theta"], EXPERIMENTS[f"initializer {name}"].network().theta)


def test_a_script_runs_as_a_file_in_an_isolated_python(tmp_path):
    run = Run(Experiment())
    (tmp_path / "script.py").write_text(numpy_script(run, epochs=2), "utf-8")
    command = [sys.executable, "-I", "-W", "error", "script.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert loss_of(done.stdout) == pytest.approx(engine_loss(run, 2), rel=1e-12)
    assert done.stdout.splitlines()[-1] == f"train_loss {loss_of(done.stdout)!r}"


def test_the_bare_python_has_no_other_package():
    with pytest.raises(AssertionError, match="threadpoolctl isn't there"):
        outputs(["import numpy\nimport threadpoolctl"], "numpy")


def test_after_no_epoch_the_loss_is_that_of_the_first_weights():
    run = Run(Experiment(), (ParameterSet(0, 3, 2.0),))
    (output,) = outputs([numpy_script(run, epochs=0)], "numpy")
    assert loss_of(output) == pytest.approx(engine_loss(run, 0), rel=1e-12)


def test_a_change_after_the_last_epoch_is_not_in_the_script():
    experiment = Experiment()
    later = Run(experiment, (SettingChanged(8, "learning_rate", 1.0), ParameterSet(9, 0, 5.0)))
    assert numpy_script(later, epochs=7) == numpy_script(Run(experiment), epochs=7)


def test_entries_at_frames_without_end_cost_nothing():
    run = Run(Experiment(), (ParameterSet(10**9, 0, 5.0),))
    assert "by hand" not in numpy_script(run, epochs=3)


def test_what_comes_after_the_stop_is_refused_in_one_sentence():
    run = Run(Experiment(stop_epoch=3), (ParameterSet(5, 0, 1.0),))
    with pytest.raises(ValueError, match="epoch 3 ends this run") as refused:
        numpy_script(run, epochs=10)
    assert str(refused.value).count(". ") == 0


@pytest.mark.parametrize("epochs", [-1, 1.5, None, 10**7])
def test_epochs_out_of_range_are_refused(epochs):
    with pytest.raises(ValueError, match="epochs must be "):
        numpy_script(Run(Experiment()), epochs=epochs)


def test_an_experiment_is_refused_where_a_run_is_wanted():
    with pytest.raises(ValueError, match="run must be a Run"):
        numpy_script(Experiment(), epochs=1)


def test_a_table_too_large_for_a_script_is_refused_in_one_sentence():
    table = Table("long", tuple(f"c{i}" for i in range(60)), np.ones((4000, 60)), "y", np.arange(4000.0))
    run = Run(Experiment().changed(table=table, features=tuple(f"x{i + 1}" for i in range(60))))
    with pytest.raises(ValueError, match="at most 100,000 numbers of data"):
        numpy_script(run, epochs=1)


def test_a_script_names_only_what_its_own_network_needs():
    script = numpy_script(Run(Experiment()), epochs=1)
    for word in ("is_weight", "frozen", "clip_norm", "momentum", "softmax", "math", "step +="):
        assert word not in script
    assert numpy_script(Run(replace(Experiment(), batch_size=ALL)), epochs=1).count("250") > 2


def test_scripts_of_runs_drawn_at_random_end_at_the_engines_loss():
    runs = [random_run(seed) for seed in range(40)]
    printed = outputs([numpy_script(run, epochs=EPOCHS) for run in runs], "numpy")
    for run, output in zip(runs, printed, strict=True):
        assert loss_of(output) == pytest.approx(engine_loss(run), rel=1e-12, abs=0), run
