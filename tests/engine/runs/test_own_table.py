"""An experiment with a table of one's own: its data set, its link, its JSON, its run."""

import numpy as np
import pytest

from engine import Experiment, Run, replay
from engine.data.own import OWN, Table
from engine.runs.experiment import LIVE
from engine.runs.provenance import summary
from engine.runs.run import open_link

RNG = np.random.default_rng(5)


def made(inputs=4, classes=3, rows=90, name="flowers.csv"):
    X, target = RNG.normal(size=(rows, inputs)), np.arange(rows) % max(classes, 1)
    X[:, 0] += target
    named = tuple(f"column {k + 1}" for k in range(inputs))
    values = target.astype(float) if classes else X.sum(axis=1)
    return Table(name, named, X, "species", values, tuple("abcdefghij"[:classes]))


TABLE = made()
BASE = Experiment().changed(table=TABLE)


@pytest.mark.parametrize(
    ("classes", "output", "loss", "outputs"),
    [
        (0, "linear", "half_mse", 1),
        (2, "tanh", "half_mse", 1),
        (3, "softmax", "cce", 3),
        (9, "softmax", "cce", 9),
    ],
)
def test_a_table_brings_its_data_set_inputs_output_and_loss(classes, output, loss, outputs):
    e = Experiment().changed(table=made(classes=classes))
    assert (e.dataset, e.features) == (OWN, ("x1", "x2", "x3", "x4"))
    assert (e.output_activation, e.loss, e.outputs) == (output, loss, outputs)


@pytest.mark.parametrize("inputs", [1, 2, 3, 8, 64])
@pytest.mark.parametrize("classes", [0, 2, 3])
def test_a_table_of_any_width_trains(inputs, classes):
    e = Experiment().changed(table=made(inputs, classes), optimizer="adam")
    timeline = replay(Run(e))
    for _ in range(5):
        timeline.advance()
    assert timeline.train_losses[-1] < timeline.train_losses[0]
    assert np.isfinite(timeline.test_losses[-1])
    assert e.training_samples == len(e.data().X) == 45


def test_equal_experiments_with_a_table_have_runs_that_are_equal_to_the_bit():
    again = Experiment.from_json(BASE.to_json())
    assert again == BASE
    assert hash(again) == hash(BASE)
    runs = [replay(Run(e)) for e in (BASE, again)]
    for timeline in runs:
        for _ in range(3):
            timeline.advance()
    assert runs[0].trainer.net.theta.tobytes() == runs[1].trainer.net.theta.tobytes()


def test_noise_and_samples_change_no_row_and_share_and_seed_do():
    same = BASE.changed(noise=0.5, samples=20)
    assert same.data().X.tobytes() == BASE.data().X.tobytes()
    for change in ({"train_share": 0.8}, {"data_seed": 3}):
        assert BASE.changed(**change).data().X.tobytes() != BASE.data().X.tobytes()


def test_another_data_set_leaves_the_table_and_another_table_the_inputs():
    back = BASE.changed(dataset="xor")
    assert (back.dataset, back.table, back.features) == ("xor", None, ("x1", "x2"))
    assert BASE.changed(table=made(2)).features == ("x1", "x2")
    fewer = BASE.changed(features=("x1", "x3"))
    assert fewer.changed(learning_rate=0.1).features == ("x1", "x3")
    assert fewer.changed(hidden=(3,)).table == TABLE


def test_a_link_says_which_table_and_opens_with_it():
    assert f"table={TABLE.fingerprint[:12]}" in BASE.to_link()
    assert len(BASE.to_link()) < 200
    assert Experiment.from_link(BASE.to_link(), TABLE) == BASE
    run = Run(BASE.changed(stop_epoch=9), frame=3)
    assert Run.from_link(run.to_link(), TABLE) == run
    assert open_link(run.to_link(), TABLE).run == run


@pytest.mark.parametrize("table", [None, made(name="another.csv")])
def test_a_link_without_its_table_asks_for_it_in_one_sentence_and_keeps_the_other_settings(table):
    e = BASE.changed(hidden=(5,), optimizer="adam", learning_rate=0.01, frozen=(30,), features=("x1", "x4"))
    with pytest.raises(ValueError, match="doesn't carry"):
        Run.from_link(e.to_link(), table)
    opened = open_link(Run(e, frame=4).to_link(), table)
    (said,) = opened.refusals
    assert TABLE.fingerprint[:12] in said
    kept = opened.run.experiment
    assert (kept.hidden, kept.optimizer, kept.learning_rate) == ((5,), "adam", 0.01)
    assert (kept.dataset, kept.table, opened.run.frame) == ("circle", None, 0)


def test_an_experiment_has_a_table_exactly_if_its_data_set_is_its_own():
    with pytest.raises(ValueError, match="must come with a table"):
        Experiment(dataset=OWN)
    with pytest.raises(ValueError, match='must be "own" for a table'):
        Experiment(table=TABLE)
    with pytest.raises(ValueError, match="table must be a Table"):
        Experiment().changed(table="flowers.csv")


def test_json_with_a_damaged_table_is_refused_in_one_sentence():
    for damaged in ('{"dataset": "own", "table": 3}', '{"dataset": "own", "table": {"X": []}}'):
        with pytest.raises(ValueError, match="A table must be a record") as refused:
            Experiment.from_json(damaged)
        assert "\n" not in str(refused.value)


def test_a_table_belongs_to_what_makes_another_run():
    assert "table" not in LIVE
    assert not BASE.same_run(BASE.changed(table=made(name="another.csv")))


def test_the_line_under_a_picture_tells_of_the_table_its_rows_and_its_columns():
    line = summary(BASE)
    assert f"flowers.csv, table {TABLE.fingerprint[:12]}, 90 rows, train 50 %, data seed 0" in line
    assert "standardised inputs column 1, column 2, column 3, column 4 for species" in line
    assert "noise" not in line
