"""The samples behind a cell of the confusion matrix: which they are, and one of them worked on Backprop."""

import numpy as np
import pytest

from engine import Experiment
from engine.data.own import Table
from pages.playground.own_data.ready import ready_table
from pages.playground.samples import MOST_INPUTS, MOST_LISTED, Cell, listed, places_in, predictions
from pages.playground.session import Session
from tests.pages.payloads import read_payload
from tests.pages.playground.test_recovery import ask, played, theta


def learned(frames=30, **changes):
    session = Session(Experiment())
    session.set(**changes)
    return played(session, frames) if frames else session


def cells(session):
    """Every cell that has samples, with how many."""
    said = predictions(session.timeline.trainer, session.experiment)
    counted = {part: told.counts(session.experiment.problem.classes) for part, told in said.items()}
    return {
        Cell(part, *map(int, at)): int(count)
        for part, counts in counted.items()
        for at, count in np.ndenumerate(counts)
        if count
    }


def list_of(session, cell):
    said = predictions(session.timeline.trainer, session.experiment)
    return listed(cell, said[cell.part], session.data, session.experiment)


@pytest.mark.parametrize(
    "changes", [{"table": ready_table("iris")}, {"dataset": "rings"}, {"dataset": "xor", "noise": 0.3}]
)
def test_each_sample_is_listed_in_one_cell_and_its_probe_gives_the_prediction(changes):
    session = learned(**changes)
    seen = []
    for cell, count in cells(session).items():
        rows = list_of(session, cell)
        assert rows.count == count
        assert len(rows.rows) == min(count, MOST_LISTED)
        assert list(rows.places) == places_in(cell, session.timeline.trainer, session.experiment)
        seen += rows.places
        for place in rows.places[:2]:
            session.work_sample(place)
            assert session.works
            assert session.probe.target == cell.true
            output = session.timeline.trainer.net.predict(session.probe_sample[0])[0]
            said = int(np.argmax(output)) if len(output) > 1 else int(not output[0] > 0)
            assert said == cell.predicted
    assert len(seen) == len(set(seen))


def test_the_rows_are_those_of_the_table_with_its_own_numbers():
    table = ready_table("iris")
    session = learned(table=table)
    for cell in cells(session):
        rows = list_of(session, cell)
        assert rows.heads == ("Row", *table.inputs, "True class", "Predicted", "Probability")
        for number, *values, true, predicted, _ in rows.rows:
            row = int(number) - 1
            assert values == [f"{value:g}" for value in table.X[row]]
            assert (true, predicted) == (table.classes[int(table.target[row])], table.classes[cell.predicted])


def test_the_surest_wrong_prediction_comes_first():
    session = learned(table=ready_table("iris"))
    cell = max(cells(session), key=cells(session).__getitem__)
    said = [float(row[-1]) for row in list_of(session, cell).rows]
    assert said == sorted(said, reverse=True)


def test_of_many_samples_and_inputs_some_are_listed_and_the_others_counted():
    rng = np.random.default_rng(0)
    wide = Table("wide", tuple(f"c{k}" for k in range(20)), rng.normal(size=(900, 20)), "y",
                 np.arange(900) % 2.0, ("a", "b"))  # fmt: skip
    session = learned(0, table=wide)
    cell, count = max(cells(session).items(), key=lambda item: item[1])
    rows = list_of(session, cell)
    assert count > MOST_LISTED
    assert (len(rows.rows), rows.count) == (MOST_LISTED, count)
    assert (len(rows.heads), rows.inputs) == (MOST_INPUTS + 4, 20 - MOST_INPUTS)


def test_an_output_that_is_no_probability_is_called_an_output():
    session = learned(dataset="xor", output_activation="tanh", loss="mse")
    rows = list_of(session, next(iter(cells(session))))
    assert rows.heads[-1] == "Output"


def test_the_listed_samples_are_ringed_on_the_map_until_another_run_begins():
    session = learned(table=ready_table("iris"))
    cell = next(iter(cells(session)))
    assert "marked" not in read_payload(session.payload).header
    session.choose_cell(cell)
    assert read_payload(session.payload).header["marked"] == list(list_of(session, cell).places)
    session.set(hidden=(3,), activations=("tanh",))
    assert session.cell is None
    assert "marked" not in read_payload(session.payload).header


def test_a_sample_that_there_is_not_is_refused():
    session = learned(0, dataset="rings")
    with pytest.raises(ValueError, match="must have the point that the probe goes to"):
        session.work_sample(500)
    assert not session.works


@pytest.mark.parametrize("place", [0, 120])
def test_backprop_works_the_sample_itself(place):
    session = learned(table=ready_table("iris"))
    session.work_sample(place)
    X = np.concatenate((session.data.X, session.data.X_test))
    np.testing.assert_array_equal(session.probe_sample[0][0], X[place])


def test_samples_that_are_pictures_are_listed_as_pictures_and_not_as_64_numbers():
    table = ready_table("digits")
    session = learned(3, table=table)
    for cell in cells(session):
        rows = list_of(session, cell)
        assert rows.heads == ("Row", "True class", "Predicted", "Probability")
        assert (len(rows.pictures), rows.inputs) == (len(rows.rows), 0)
        for (number, *_), picture in zip(rows.rows, rows.pictures, strict=True):
            np.testing.assert_allclose(np.ravel(picture), table.X[int(number) - 1], atol=0.005)


def test_a_sample_is_worked_at_the_frame_of_its_list_although_the_player_plays_on():
    session = learned(table=ready_table("iris"))
    before = theta(session)
    played(session, 45)
    assert session.shown == 45
    session.work_sample(3, 30)
    ask(session, "frames", shown=46, after=46)  # sent before the page is another one
    assert session.shown == 30
    session.stand_at_shown()
    assert theta(session) == before
    np.testing.assert_array_equal(session.probe_sample[0][0], session.data.X[3])
