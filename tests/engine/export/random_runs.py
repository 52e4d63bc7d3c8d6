"""Runs drawn at random: any settings, and a journal of any changes."""

import numpy as np

from engine import (
    ACTIVATIONS,
    DATASETS,
    INITIALIZERS,
    OPTIMIZERS,
    SCHEDULES,
    Experiment,
    ParameterSet,
    ParametersFrozen,
    Run,
    SettingChanged,
)
from engine.runs.experiment import ALL, OUTPUTS, REGULARIZATIONS, losses_for
from engine.runs.journal import Entry


def random_run(seed: int) -> Run:
    """A run with a learning rate that is small, so that rounding stays what it is."""
    rng = np.random.default_rng(seed)

    def one_of(options):
        return list(options)[rng.integers(len(options))]

    dataset, hidden = one_of(DATASETS), tuple(int(width) for width in rng.integers(1, 6, rng.integers(0, 4)))
    first = Experiment.fitted(dataset=dataset, samples=int(rng.integers(20, 80)))
    output = one_of(OUTPUTS[first.problem.kind])
    experiment = first.changed(
        hidden=hidden,
        activations=tuple(one_of(ACTIVATIONS) for _ in hidden),
        output_activation=output,
        loss=one_of(losses_for(output)),
        noise=float(rng.uniform(0, 0.5)),
        train_share=float(rng.uniform(0.2, 0.9)),
        features=tuple(rng.permutation(list(first.problem.features))[: rng.integers(1, 4)].tolist()),
        data_seed=int(rng.integers(2**32)),
        seed=int(rng.integers(2**32)),
        bias=one_of(("shared", "none")),
        initializer=one_of(INITIALIZERS),
        batch_size=one_of((1, 7, 10, ALL)),
        optimizer=one_of(OPTIMIZERS),
        learning_rate=float(10 ** rng.uniform(-4, -3)),
        regularization=one_of(REGULARIZATIONS),
        regularization_rate=float(rng.uniform(0, 0.1)),
        schedule=one_of(SCHEDULES),
        clip_norm=float(one_of((0.0, 0.1, 5.0))),
    )
    count, frame = experiment.parameter_count, 0
    journal: list[Entry] = []
    for _ in range(rng.integers(0, 6)):
        frame += int(rng.integers(0, 3))
        journal.append(
            one_of(
                (
                    SettingChanged(frame, "learning_rate", float(10 ** rng.uniform(-4, -3))),
                    SettingChanged(frame, "clip_norm", float(one_of((0.0, 0.2)))),
                    SettingChanged(frame, "regularization", one_of(REGULARIZATIONS)),
                    ParameterSet(frame, int(rng.integers(count)), float(rng.normal())),
                    ParametersFrozen(frame, tuple(sorted({int(i) for i in rng.integers(0, count, 3)}))),
                    ParametersFrozen(frame, ()),
                )
            )
        )
    return Run(experiment, tuple(journal))
