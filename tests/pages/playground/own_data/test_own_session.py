"""A table in the player's session: any width and number of classes, its names, and a reload."""

import json

import numpy as np
import pytest

from engine import Experiment, Run
from engine.data.own import Table
from pages.playground.description import described, short_label
from pages.playground.opening import OPENING
from pages.playground.own_data.ready import READY, ready_name, ready_table, suiting
from pages.playground.recovery import LONGEST_TABLE, kept_table
from pages.playground.session import Session
from pages.playground.user import _opened
from tests.pages.payloads import read_payload
from tests.pages.playground.test_recovery import ask, played, record_of, theta

RNG = np.random.default_rng(2)


def made(inputs, classes, rows=60, name="flowers.csv"):
    target = np.arange(rows) % classes * 1.0 if classes else RNG.normal(size=rows)
    columns = tuple(f"sepal part {k} (cm)" for k in range(inputs))
    kinds = tuple(f"kind {k}" for k in range(classes))
    return Table(name, columns, RNG.normal(size=(rows, inputs)), "species", target, kinds)


def session_with(table):
    session = Session(Experiment())
    session.set(table=table)
    assert session.experiment.table == table
    return session


@pytest.mark.parametrize("inputs", [1, 2, 3, 8, 64])
@pytest.mark.parametrize("classes", [0, 2, 10])
def test_a_table_of_any_width_is_shown_trained_probed_and_edited(inputs, classes):
    session = played(session_with(made(inputs, classes)), 3)
    said = described(session.experiment, session.timeline, session.painter)["dataset"]
    assert len(said["coordinates"]) == len(session.probe.point) == max(2, inputs)
    ask(session, "probe", change={"at": 3})
    ask(session, "probe", change={"values": ["0.5", *[None] * (len(session.probe.point) - 1)]})
    mean, deviation = session.experiment.table.scale(0.5, session.experiment.data_seed)
    assert session.probe.point[0] == (0.5 - mean[0]) / deviation[0], "typed in the column's own units"
    for view in ("weights", "distributions", "norms", "hidden-space"):
        ask(session, "inside", change={"view": view})
    wanted = [f"x{k + 1}" for k in range(inputs)]
    ask(session, "edit", change={"features": wanted})
    assert session.experiment.features == tuple(wanted)


def test_names_of_columns_and_classes_reach_the_player():
    header = read_payload(session_with(made(4, 3)).payload).header["described"]
    assert header["dataset"]["labels"] == ["kind 0", "kind 1", "kind 2"]
    assert header["dataset"]["coordinates"][0] == "sepal part 0 (cm)"
    assert header["inputs"][0]["short"] == "sepal part 0"
    assert header["dataset"]["named"] == "few"
    plain = read_payload(Session(Experiment()).payload).header["described"]["dataset"]
    probe = session_with(made(4, 3)).probe
    assert max(map(abs, probe.point)) < session_with(made(4, 3)).experiment.problem.domain
    assert (plain["coordinates"], plain["named"]) == (["x₁", "x₂"], "")


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("sepal length (cm)", "sepal length"),
        ("x₁²", "x₁²"),
        ("(cm)", "(cm)"),
        ("measurement number 7", "measur…ber 7"),
    ],
)
def test_a_long_name_has_a_short_form(label, short):
    assert short_label(label) == short


def test_where_columns_are_many_their_names_are_shorter_still():
    described = read_payload(session_with(made(12, 2)).payload).header["described"]
    assert described["dataset"]["named"] == "many"
    assert max(len(row["short"]) for row in described["inputs"]) <= 10


def test_a_reload_brings_the_table_back_with_the_run():
    first = played(session_with(made(4, 3)), 12)
    address = dict(pair.split("=") for pair in Run(first.experiment).to_link().split("&"))
    second = _opened(address)
    assert "doesn't carry" in second.notice
    assert second.awaited == first.experiment.table.short_fingerprint
    header = ask(second, "restore", record=record_of(first))
    assert header["restored"] is True
    assert second.experiment == first.experiment
    assert theta(second) == theta(first)


def test_a_kept_run_with_another_table_than_the_address_is_left_alone():
    first = played(session_with(made(4, 3)), 2)
    second = _opened({"data": "own", "table": "0123456789ab"})
    assert ask(second, "restore", record=record_of(first))["restored"] is False


@pytest.mark.parametrize("damaged", [3, "", "{}", "[" * 9999, "x" * (LONGEST_TABLE + 1), '{"name": 1}'])
def test_a_damaged_kept_table_is_refused_in_one_sentence(damaged):
    record = record_of(played(session_with(made(3, 2)), 2)) | {"table": damaged}
    session = Session(Experiment())
    ask(session, "restore", record=record, anyway=True)
    assert session.notice == "The kept table can't be read."
    assert session.experiment.table is None


def test_a_long_table_is_no_part_of_every_picture():
    assert json.loads(kept_table(made(4, 3)))["name"] == "flowers.csv"
    assert kept_table(made(8, 3, rows=9000)) == ""
    assert kept_table(None) == ""


def test_a_long_table_is_sent_once_it_is_asked_for_and_brings_the_run_back():
    first = played(session_with(made(8, 3, rows=6000)), 2)
    record = record_of(first)
    assert "table" not in record
    name, text = ask(first, "table")["table"]
    assert name == record["long_table"] == first.experiment.table.fingerprint
    assert len(text) > 4 * LONGEST_TABLE
    second = Session(Experiment())
    assert ask(second, "restore", record=record | {"table": text}, anyway=True)["restored"] is True
    assert second.experiment == first.experiment
    assert theta(second) == theta(first)


def test_a_kept_run_whose_long_table_is_gone_says_so_and_changes_nothing():
    session = Session(Experiment())
    ask(session, "restore", record=record_of(played(session_with(made(8, 3, rows=6000)), 2)), anyway=True)
    assert "doesn't carry" in session.notice
    assert session.experiment == Experiment()


@pytest.mark.parametrize("name", READY)
def test_a_ready_table_is_learned_to_nine_tenths_of_the_test_rows(name):
    table = ready_table(name)
    assert (len(table.classes), len(table.inputs)) == ((10, 64) if READY[name].picture else (3, 4))
    assert ready_name(table) == name
    assert READY[name].source.endswith(("licence.", "CC0.")) or "CC BY 4.0" in READY[name].source
    session = session_with(table)
    session.set(**{"optimizer": "adam", "learning_rate": 0.03} | READY[name].usual)
    played(session, 40)
    scores = session.timeline[session.timeline.frame]
    assert scores.test_metric > 0.9


def test_no_other_table_is_taken_for_a_ready_one():
    assert ready_name(made(4, 3, name="Iris")) == ""
    assert ready_name(None) == ""


def test_the_pixels_of_the_digits_are_ink_from_0_to_1_and_not_standardised():
    table = ready_table("digits")
    assert (table.X.min(), table.X.max(), table.standardised) == (0.0, 1.0, False)
    np.testing.assert_array_equal(table.X * 16, np.round(table.X * 16))
    assert np.bincount(table.target.astype(int)).tolist() == [
        178,
        182,
        177,
        183,
        181,
        182,
        181,
        179,
        174,
        180,
    ]


def test_the_digits_bring_a_network_that_suits_them_and_take_it_along_again():
    digits = OPENING.changed(table=ready_table("digits"), **suiting(OPENING, OPENING, "digits"))
    assert (digits.dims, digits.output_activation, digits.loss) == ((64, 32, 10), "softmax", "cce")
    back = digits.changed(dataset="circle", **suiting(digits, OPENING, "circle"))
    assert (back.hidden, back.optimizer, back.batch_size) == (OPENING.hidden, "sgd", OPENING.batch_size)


@pytest.mark.parametrize(
    "chosen", [{"hidden": (5,)}, {"learning_rate": 0.1}, {"batch_size": 7}, {"optimizer": "rmsprop"}]
)
def test_what_was_chosen_before_the_digits_stays(chosen):
    mine = OPENING.changed(**chosen)
    digits = mine.changed(table=ready_table("digits"), **suiting(mine, OPENING, "digits"))
    back = digits.changed(dataset="circle", **suiting(digits, OPENING, "circle"))
    for name, value in chosen.items():
        assert (getattr(digits, name), getattr(back, name)) == (value, value)
