"""Runs that between them use every row of every table, and what the engine's loss is after some epochs."""

import math
from dataclasses import replace

import numpy as np

from engine import (
    ACTIVATIONS,
    DATASETS,
    FEATURES,
    INITIALIZERS,
    LOSSES,
    Experiment,
    ParameterSet,
    ParametersFrozen,
    Run,
    SettingChanged,
    replay,
)
from engine.data.own import Table
from engine.runs.experiment import USUAL_LOSS

SMALL = {"samples": 60, "train_share": 0.6, "hidden": (3, 2), "learning_rate": 0.02, "noise": 0.1}
OPTIMIZERS_TRIED = (
    ("sgd", ()),
    ("sgd", (("momentum", 0.9),)),
    ("sgd", (("momentum", 0.8), ("dampening", 0.3))),
    ("sgd", (("momentum", 0.9), ("nesterov", True))),
    ("adagrad", ()),
    ("rmsprop", ()),
    ("rmsprop", (("rho", 0.9), ("centered", True), ("momentum", 0.5))),
    ("adam", ()),
    ("adam", (("beta1", 0.5), ("beta2", 0.9), ("eps", 0.0))),
    ("adam", (("amsgrad", True),)),
    ("adamw", ()),
    ("sign", ()),
)
SCHEDULES_TRIED = (
    ("constant", (("warmup", 2.0),)),
    ("step", (("every", 2.0), ("decay", 0.3))),
    ("inverse_time", (("decay", 0.2), ("warmup", 1.0))),
    ("exponential", (("decay", 0.7),)),
    ("cosine", (("epochs", 3.0), ("final", 0.1), ("warmup", 1.0))),
)


def _experiment(**given: object) -> Experiment:
    return Experiment.fitted(**(SMALL | {"activations": ("tanh", "tanh")} | given))


def _of_loss(loss: str) -> Experiment:
    output = LOSSES[loss].output or "tanh"
    data = "blobs" if output == "softmax" else "xor"
    rate = 0.001 if loss.endswith("sse") else 0.02  # a sum's gradient is as many times larger as it has terms
    return _experiment(dataset=data, output_activation=output, loss=loss, learning_rate=rate)


EXPERIMENTS: dict[str, Experiment] = {
    **{
        f"activation {name}": _experiment(activations=(name, "tanh"), dataset="moons", seed=i)
        for i, name in enumerate(ACTIVATIONS)
    },
    **{
        f"output {name}": _experiment(
            dataset="blobs" if "classes" in row.output_for else "gauss",
            output_activation=name,
            loss=USUAL_LOSS[name],
        )
        for name, row in ACTIVATIONS.items()
        if row.output_for
    },
    **{f"loss {name}": _of_loss(name) for name in LOSSES},
    "a loss that isn't the softmax's own": _experiment(
        dataset="rings", output_activation="softmax", loss="half_mse"
    ),
    **{
        f"optimizer {name} {dict(given)} {penalty}": _experiment(
            optimizer=name, optimizer_parameters=given, regularization=penalty, regularization_rate=rate
        )
        for name, given in OPTIMIZERS_TRIED
        for penalty, rate in (("none", 0.0), ("weight_decay", 0.01))
    },
    **{
        f"schedule {name}": _experiment(schedule=name, schedule_parameters=given)
        for name, given in SCHEDULES_TRIED
    },
    **{f"data {name}": _experiment(dataset=name, data_seed=3, seed=2**32 - 1) for name in DATASETS},
    "seven classes": _experiment(dataset="blobs", classes=7),
    **{f"initializer {name}": _experiment(initializer=name, seed=5) for name in INITIALIZERS},
    "all features": _experiment(features=tuple(FEATURES)),
    "features in another order": _experiment(features=("x2", "x1")),
    "no hidden layer": _experiment(hidden=(), activations=()),
    "eight layers": _experiment(hidden=(2,) * 8, activations=("tanh",) * 8),
    "no biases": _experiment(bias="none", initializer="playground"),
    "L1": _experiment(regularization="l1", regularization_rate=0.01),
    "L2 without biases": _experiment(regularization="l2", regularization_rate=0.03, bias="none"),
    "clipped": _experiment(clip_norm=0.05),
    "clipped and frozen": _experiment(clip_norm=0.05, frozen=(0, 4, 11), optimizer="adam"),
    "all in one batch": _experiment(batch_size="all"),
    "a batch larger than the data": _experiment(batch_size=100),
    "one sample a batch": _experiment(batch_size=1),
}

_ROWS = np.random.default_rng(4)
_TABLE = Table(
    name='a """\\n\n\u2028table"',
    inputs=("length", "width", "weight"),
    X=_ROWS.normal(5.0, 2.0, (50, 3)),
    target_name="kind",
    target=_ROWS.integers(0, 3, 50),
    classes=("a", "b", "c"),
)
_MEASURED = replace(_TABLE, name="measured", target=_ROWS.normal(size=50), classes=())
OF_TABLES = {
    "a table of three classes": Experiment().changed(table=_TABLE),
    "a table of values as they are": Experiment().changed(table=replace(_MEASURED, standardised=False)),
    "two columns and their product": Experiment().changed(
        table=replace(_MEASURED, inputs=("length", "width"), X=_TABLE.X[:, :2]), features=("x1", "x1x2")
    ),
}

_BY_BATCH = _experiment(speed=2, unit="mini-batch")
RUNS: dict[str, Run] = {
    **{name: Run(experiment) for name, experiment in (EXPERIMENTS | OF_TABLES).items()},
    "learning rate and weights by hand": Run(
        _experiment(),
        (
            ParameterSet(0, 3, -0.5),
            SettingChanged(1, "learning_rate", 0.2),
            ParameterSet(2, 0, 1.25),
            ParametersFrozen(2, (0, 1)),
            ParametersFrozen(3, ()),
            ParameterSet(4, 2, 0.5),
        ),
    ),
    "optimisers that forget and remember": Run(
        _experiment(optimizer="adam"),
        (
            SettingChanged(1, "optimizer_parameters", (("beta1", 0.8),)),
            SettingChanged(2, "optimizer", "sgd"),
            SettingChanged(2, "optimizer_parameters", (("momentum", 0.9),)),
            SettingChanged(3, "optimizer", "adam"),
            SettingChanged(3, "optimizer_parameters", ()),
        ),
    ),
    "between the mini-batches": Run(
        _BY_BATCH,
        (
            SettingChanged(1, "regularization_rate", 0.02),
            SettingChanged(1, "regularization", "l2"),
            ParameterSet(3, 5, 0.75),
            SettingChanged(4, "unit", "epoch"),
            SettingChanged(5, "schedule", "exponential"),
            SettingChanged(5, "clip_norm", 0.1),
        ),
    ),
    "a warm-up that was dropped": Run(
        _experiment(schedule_parameters=(("warmup", 5.0),), optimizer="sign"),
        (
            SettingChanged(2, "schedule_parameters", ()),
            SettingChanged(3, "regularization", "l1"),
            SettingChanged(3, "regularization_rate", 0.05),
        ),
    ),
    "clipping that ends, and nothing new": Run(
        _experiment(clip_norm=0.05), (SettingChanged(2, "clip_norm", 0.0),)
    ),
    "a frame that ended at the epoch of a stop": Run(
        _experiment(speed=2, stop_epoch=1),
        (
            SettingChanged(1, "stop_epoch", 0),
            SettingChanged(2, "learning_rate", 0.1),
            SettingChanged(2, "speed", 1),
        ),
    ),
}
EPOCHS = 4


def engine_loss(run: Run, epochs: int = EPOCHS) -> float:
    """The training loss where the engine itself has trained the epochs."""
    timeline = replay(run)
    while timeline[timeline.frame].progress < epochs:
        if not timeline.advance():
            raise AssertionError(timeline.stopped)
    moment = timeline[timeline.frame]
    assert moment.progress == epochs
    assert math.isfinite(moment.train_loss)
    return moment.train_loss
