"""A run goes through a file byte by byte, goes on to the bit, and whatever else a file holds is refused."""

import json
from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, Run, replay
from engine.runs import file
from engine.runs.file import LONGEST_FILE, read_run, write_run
from tests.engine.runs.test_checkpoint import SMALL, advanced, bits, by_hand, frames
from tests.thorough.files import damaged_files, open_file, saved_files

ADAM = replace(SMALL, optimizer="adam", learning_rate=0.01)


def good():
    return json.loads(write_run(advanced(replay(Run(ADAM)), 5)))


def test_a_file_saved_at_epoch_137_with_adam_goes_on_to_the_same_bits():
    first = advanced(replay(Run(Experiment(optimizer="adam", learning_rate=0.01))), 137)
    second = read_run(write_run(first)).timeline()
    assert (second.frame, second[137].epoch, bits(second)) == (137, 137, bits(first))
    assert list(second.train_losses) == list(first.train_losses)
    assert list(second.test_losses) == list(first.test_losses)
    assert bits(advanced(second, 160)) == bits(advanced(first, 160))


def test_a_run_with_a_journal_comes_back_whole_and_is_written_again_byte_by_byte():
    first = by_hand()
    text = write_run(first, {"probe": {"point": [1.5, -0.25], "target": 1.0}})
    saved = read_run(text)
    second = saved.timeline()
    assert (second.run, second.journal) == (first.run, first.journal)
    assert write_run(second, saved.view) == text
    for frame in (1, 16, 17):
        first.seek(frame)
        second.seek(frame)
    assert frames(second) == frames(first)
    assert bits(advanced(second, 20)) == bits(advanced(first, 20))


def test_a_run_saved_while_it_is_rewound_keeps_what_was_changed_later():
    first = by_hand()
    first.seek(7)
    text = write_run(first)
    second = read_run(text).timeline()
    assert (second.frame, second.journal) == (7, first.journal)
    assert write_run(second) == text
    first.seek(17)
    assert bits(advanced(second, 17)) == bits(first)


def test_a_run_at_its_start_is_written_again_byte_by_byte():
    text = write_run(replay(Run(SMALL)))
    assert json.loads(text)["checkpoint"] is None
    assert write_run(read_run(text).timeline()) == text


def test_a_data_set_without_test_points_has_null_for_their_losses():
    e = Experiment.fitted(dataset="seed_004")
    text = write_run(advanced(replay(Run(e)), 3))
    assert json.loads(text)["history"]["test_loss"] == [None] * 4
    assert write_run(read_run(text).timeline()) == text


def test_of_a_long_run_every_kth_loss_is_kept_and_written_again_byte_by_byte(monkeypatch):
    monkeypatch.setattr(file, "MOST_LOSSES", 20)
    timeline = advanced(replay(Run(SMALL)), 33)
    text = write_run(timeline)
    history = json.loads(text)["history"]
    assert history["every"] == 2
    assert len(history["train_loss"]) == 17
    other = read_run(text).timeline()
    assert write_run(other) == text
    assert list(other.train_losses[::2]) == list(timeline.train_losses[::2])


def test_a_full_journal_is_not_saved_as_if_it_were_whole():
    timeline = replay(Run(SMALL))
    timeline.unrecorded = 0
    with pytest.raises(ValueError, match="up to its 1,000 changes"):
        write_run(timeline)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format": "x"}, "must be a run that was saved here"),
        ({"version": 2}, "version of a run file must be 1. Got 2."),
        ({"frame": -1}, "frame must be between 0 and 1,000,000. Got -1."),
        ({"experiment": {"learning_rate": -1}}, "learning_rate must be above 0 and at most 1,000. Got -1."),
        ({"experiment": []}, "experiment must be a record"),
        ({"journal": [{"frame": 1}]}, "must have one of value, set, freeze"),
        ({"journal": [{"frame": 1, "set": 900, "to": 1}]}, "index of a parameter must be below"),
        ({"history": {"every": 1, "train_loss": [1], "test_loss": [1]}}, "train_loss must have 6 losses"),
        ({"checkpoint": None}, "checkpoint must be a record"),
        ({"checkpoint": {}}, "checkpoint doesn't suit this run"),
        ({"frame": 6}, "must have 7 losses"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        open_file(json.dumps(good() | change).encode())


def test_a_loss_that_is_no_number_is_refused():
    for wrong in ("1", True, [], {}, 10**400):
        given = good()
        given["history"]["test_loss"][2] = wrong
        with pytest.raises(ValueError, match="test_loss must be a list of numbers"):
            read_run(json.dumps(given))


def test_what_is_too_long_for_a_file_is_refused_before_it_is_read():
    with pytest.raises(ValueError, match="may have 20,000,000 characters"):
        read_run("[" * (LONGEST_FILE + 1))


def test_of_damaged_files_each_is_refused_in_a_sentence_or_opens():
    """A sample; `python -m tests.thorough files` sweeps 10,000."""
    refusals, opened = [], 0
    for text in damaged_files(400):
        try:
            timeline = open_file(text)
        except ValueError as error:
            refusals.append(str(error))
        else:
            opened += 1
            assert np.isfinite(timeline.train_losses).all()
    assert len(refusals) > 200
    assert opened > 20
    assert [said for said in refusals if not said.endswith(".") or "\n" in said] == []


def test_the_files_that_are_damaged_open_before():
    for text in saved_files():
        assert write_run(open_file(text.encode()), json.loads(text)["view"]) == text
