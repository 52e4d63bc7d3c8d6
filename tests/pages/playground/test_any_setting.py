"""No setting that the controls allow leads to a traceback."""

import math

import numpy as np
import pytest

from engine import (
    ACTIVATIONS,
    DATASETS,
    INITIALIZERS,
    OPTIMIZERS,
    SCHEDULES,
    Experiment,
)
from engine.runs.experiment import MAX_BATCH, MAX_LAYERS, MAX_WIDTH, OUTPUTS, REGULARIZATIONS, losses_for
from engine.runs.settings import UNITS
from pages.playground.controls import LEARNING_RATES, REGULARIZATION_RATES
from pages.playground.session import Session

SETTINGS = 500
PARTS = 10


def parameters(rng, rows):
    def value(row):
        if row.is_bool:
            return bool(rng.integers(2))
        most = min(row.maximum, 10)
        drawn = rng.uniform(row.minimum, most)
        return round(drawn) if isinstance(row.default, int) else float(drawn)

    return tuple((row.name, value(row)) for row in rows if row.name != "eps")


def any_experiment(rng):
    """Fields drawn as the controls offer them; a combination that they refuse is drawn again."""

    def pick(options):
        return str(rng.choice(list(options)))

    while True:
        dataset, optimizer, schedule = pick(DATASETS), pick(OPTIMIZERS), pick(SCHEDULES)
        output = pick(OUTPUTS[DATASETS[dataset].kind])
        hidden = tuple(rng.integers(1, MAX_WIDTH + 1, rng.integers(0, MAX_LAYERS + 1)).tolist())
        table = list(DATASETS[dataset].features)
        chosen = rng.choice(table, rng.integers(1, len(table) + 1), replace=False)
        try:
            return Experiment(
                dataset=dataset,
                noise=rng.integers(0, 11) / 20,
                train_share=rng.integers(1, 10) / 10,
                data_seed=int(rng.integers(1000)),
                features=tuple(name for name in table if name in chosen),
                hidden=hidden,
                activations=tuple(pick(ACTIVATIONS) for _ in hidden),
                output_activation=output,
                loss=pick(losses_for(output)),
                initializer=pick(INITIALIZERS),
                seed=int(rng.integers(1000)),
                batch_size=int(rng.integers(1, MAX_BATCH + 1)),
                optimizer=optimizer,
                optimizer_parameters=parameters(rng, OPTIMIZERS[optimizer].parameters),
                learning_rate=float(pick(LEARNING_RATES)),
                regularization=pick(REGULARIZATIONS),
                regularization_rate=float(pick(REGULARIZATION_RATES)),
                schedule=schedule,
                schedule_parameters=parameters(rng, SCHEDULES[schedule].parameters),
                clip_norm=float(rng.choice([0.0, 1.0])),
                unit=pick(UNITS),
            )
        except ValueError as refusal:
            if "nesterov" not in str(refusal):  # the one combination that the controls offer and must refuse
                raise


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("part", range(PARTS))
def test_random_settings_train_three_epochs_or_stop_with_a_sentence(part):
    rng = np.random.default_rng(part)
    for number in range(SETTINGS // PARTS):
        experiment = any_experiment(rng)
        session = Session(experiment)
        timeline, asked = session.timeline, 0
        while timeline.last < 3 and not timeline.stopped:  # a slow machine answers in parts
            asked += 1
            session.answer(
                {"client": "t", "id": asked, "run": session.run, "generation": 0, "shown": 0}
                | {"kind": "frames", "after": timeline.last, "count": 3 - timeline.last}
            )
            assert asked < 1000, (number, experiment)
        assert math.isfinite(timeline[timeline.last].train_loss), experiment
        if number % 5 == 0:
            session.answer(
                {
                    "client": "t",
                    "id": asked + 1,
                    "run": session.run,
                    "generation": 0,
                    "shown": 1,
                    "kind": "inspect",
                }
            )
