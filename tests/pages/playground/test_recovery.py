"""A session goes on with a run that the browser has kept: equal to the bit, or refused in one sentence."""

import json
from base64 import b64encode
from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, Run
from pages.playground.recovery import LONGEST_ADDRESS, MOST_LOSSES, address_query, read_record
from pages.playground.session import Session
from tests.pages.payloads import read_payload

SMALL = Experiment(samples=40, hidden=(3,), activations=("tanh",), batch_size=7)


def ask(session, kind, **fields):
    number = session.answered[1] + 1
    request = {"client": "a", "id": number, "run": session.run, "generation": session.generation}
    session.answer(request | {"kind": kind, "shown": session.shown} | fields)
    return read_payload(session.payload).header


def played(session, frames):
    ask(session, "frames", after=session.shown, count=frames)
    while session.timeline.last < frames:
        ask(session, "frames", after=session.timeline.last, count=frames)
    ask(session, "settle", shown=frames)
    return session


def packed(values):
    return b64encode(np.asarray(values, dtype="<f8").tobytes()).decode()


def record_of(session, every=1):
    """What the browser keeps, after a journey through JSON."""
    kept, timeline = ask(session, "keep")["kept"], session.timeline
    losses = {"train": timeline.train_losses, "test": timeline.test_losses}
    curve = {name: packed(values[: kept["frame"] : every]) for name, values in losses.items()}
    return json.loads(json.dumps(kept | {"curve": curve | {"every": every}}))


def changed_by_hand():
    session = played(Session(SMALL), 9)
    session.set(learning_rate=0.2)
    played(session, 20)
    ask(session, "set", l=0, i=0, j=1, value=-0.5)
    ask(session, "freeze", l=0, i=0, j=1, on=True)
    played(session, 31)
    session.set(learning_rate=0.05)
    return played(session, 40)


def theta(session):
    return session.timeline.trainer.net.theta.tobytes()


def test_a_kept_run_comes_back_with_frame_losses_curve_settings_and_journal():
    first = changed_by_hand()
    second = Session(Run(SMALL, first.timeline.journal))
    header = ask(second, "restore", record=record_of(first))
    assert header["restored"] is True
    assert second.redraw
    assert "epoch 40" in header["notice"]
    assert (second.shown, second.reached, second.settings) == (40, 40, first.settings)
    assert second.timeline.journal == first.timeline.journal
    assert theta(second) == theta(first)
    assert list(second.timeline.train_losses) == list(first.timeline.train_losses)[:41]
    played(first, 45)
    played(second, 45)
    assert theta(second) == theta(first)


def test_after_coming_back_it_can_be_undone_and_rewound():
    first = changed_by_hand()
    second = Session(Run(SMALL, first.timeline.journal))
    ask(second, "restore", record=record_of(first))
    for session in (first, second):
        ask(session, "frame", at=12)
        ask(session, "settle", shown=12)
        ask(session, "undo")
    assert second.shown == first.shown
    assert theta(second) == theta(first)


def test_another_address_is_opened_as_it_is_and_the_kept_run_only_when_asked_for():
    first, second = changed_by_hand(), Session(replace(SMALL, seed=5))
    record = record_of(first)
    assert ask(second, "restore", record=record)["restored"] is False
    assert (second.settings.seed, second.shown) == (5, 0)
    assert ask(second, "restore", record=record, anyway=True)["restored"] is True
    assert theta(second) == theta(first)


def test_a_session_in_which_something_was_done_is_not_replaced():
    first, second = played(Session(SMALL), 5), Session(SMALL)
    second.set(learning_rate=1.0)
    assert ask(second, "restore", record=record_of(first))["restored"] is False
    assert second.settings.learning_rate == 1.0


def test_a_repeated_request_restores_once_and_says_the_same_again():
    first, second = played(Session(SMALL), 5), Session(SMALL)
    record = record_of(first)
    for _ in range(2):
        header = ask(second, "restore", id=1, record=record)
        assert (header["restored"], second.run) == (True, 2)


def test_what_was_asked_for_is_told_even_if_the_page_runs_before_the_answer_is_sent():
    session = Session(replace(SMALL, seed=5))
    told = {"restore": ("restored", False), "link": ("link", ask(session, "link")["link"])}
    record = record_of(played(Session(SMALL), 5))
    for kind, (name, value) in told.items():
        ask(session, kind, record=record)
        session.show_again()
        assert read_payload(session.payload).header[name] == value
    ask(session, "whole")
    session.show_again()
    assert not {"restored", "link"} & read_payload(session.payload).header.keys()


def test_what_is_to_be_kept_is_of_the_run_that_a_picture_shows():
    session = played(Session(SMALL), 5)
    before = ask(session, "keep")["kept"]
    session.set(seed=9)
    kept = read_payload(session.payload).header["kept"]
    assert before["frame"] == 5
    assert (kept["frame"], kept["link"]) == (0, record_of(Session(replace(SMALL, seed=9)))["link"])


def test_of_a_long_curve_every_kth_loss_is_enough():
    first, second = played(Session(SMALL), 20), Session(SMALL)
    ask(second, "restore", record=record_of(first, every=3))
    losses, kept = np.array(second.timeline.train_losses), np.array(first.timeline.train_losses)
    assert losses[:19:3].tolist() == kept[:19:3].tolist()
    assert losses[1] == pytest.approx((2 * kept[0] + kept[3]) / 3)
    assert losses[20] == kept[20]
    second.timeline.seek(1)
    assert second.timeline.train_losses[1] == kept[1]


def test_a_full_journal_keeps_nothing_because_a_link_no_longer_tells_of_it(monkeypatch):
    monkeypatch.setattr("engine.runs.timeline.MOST_ENTRIES", 1)
    session = played(Session(SMALL), 3)
    for k in range(2):
        ask(session, "set", l=0, i=0, j=k, value=1.0)
    assert ask(session, "keep")["kept"] is None


def wrong(record):
    yield from (None, 7, [], "x", {}, record | {"curve": None}, record | {"link": 3})
    for name, values in {
        "frame": (-1, 1.5, "4", None, 10**9, 39, True),
        "link": ("lr=abc", "net=99", "journal=1~xx~1", "x" * 500_000, "journal=3~set~99~1"),
        "checkpoint": ("", "{}", "null", record["checkpoint"][:-3]),
        "clipped": (-1, "x", 0.5),
    }.items():
        yield from (record | {name: value} for value in values)
    curve = record["curve"]
    for values in ({"every": 0}, {"every": "1"}, {"train": ""}, {"train": 5}, {"test": "~~~~"}, {"every": 2}):
        yield record | {"curve": curve | values}


def test_what_no_browser_of_ours_has_kept_is_refused_in_one_sentence_and_loses_nothing():
    record, count = record_of(changed_by_hand()), 0
    for given in wrong(record):
        session = played(Session(SMALL), 3)
        before = theta(session)
        ask(session, "restore", record=given, anyway=True)
        assert session.notice, given
        assert (session.run, session.shown, theta(session)) == (1, 3, before)
        count += 1
    assert count > 20


def test_a_curve_longer_than_any_of_ours_is_refused_before_it_is_read():
    record = record_of(played(Session(SMALL), 3))
    with pytest.raises(ValueError, match=f"at most {MOST_LOSSES}"):
        read_record(record | {"frame": MOST_LOSSES + 5})


def test_the_address_of_a_run_leaves_out_a_journal_that_is_too_long():
    session = changed_by_hand()
    run = session.timeline.run
    assert "journal" in address_query(run)
    long = Session(Run(SMALL))
    played(long, 2)
    for frame in range(2, 90):
        ask(long, "set", l=0, i=0, j=0, value=1 / frame)
        played(long, frame + 1)
    assert len(long.timeline.journal) * 25 > LONGEST_ADDRESS
    assert "journal" not in address_query(long.timeline.run)
    assert Session(Run(SMALL)).restore(record_of(long))


def test_a_link_behind_a_hash_is_opened_once_and_what_has_no_counterpart_is_said():
    session = Session()
    header = ask(session, "open", link="#activation=relu&dataset=spiral&networkShape=8,8&seed=0.3")
    assert (session.settings.dataset, session.settings.hidden) == ("spiral", (8, 8))
    assert "no counterpart" in header["notice"]
    assert session.redraw
    run = session.run
    ask(session, "open", link="#dataset=xor")
    assert (session.run, session.settings.dataset) == (run, "spiral")


def test_the_link_to_the_shown_frame_opens_the_run_at_that_frame():
    session = changed_by_hand()
    link = ask(session, "link", shown=25)["link"]
    run = Run.from_link(link)
    assert (run.frame, run.journal) == (25, session.timeline.journal)
    opened = Session(run, plays=True)
    header = read_payload(opened.payload).header
    assert (header["goal"], header["plays"], opened.shown) == (25, True, 0)
    played(opened, 25)
    session.timeline.seek(25)
    assert theta(opened) == theta(session)
