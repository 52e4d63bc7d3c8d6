"""The player is told what keeps the network from learning, once, and can try what is suggested."""

import json

import pytest

from pages.playground.diagnoses import read_diagnoses
from pages.playground.presets import PRESETS
from pages.playground.recovery import kept, read_record
from pages.playground.session import Session
from tests.pages.payloads import read_payload
from tests.pages.playground.test_session import Asker

DEAD = PRESETS["dead_relus"].experiment


@pytest.fixture
def dead(monkeypatch):
    """A session that shows frame 45 of a run with dead units, and who asks it."""
    monkeypatch.setattr("pages.live.turns.ALONE", 60.0)  # all frames in one answer, on a busy machine too
    session = Session(DEAD)
    asker = Asker(session)
    asker.frames(after=0, count=30)
    asker.frames(after=30, count=15)
    session.shown = 45
    return session, asker


def card_of(header, kind):
    (card,) = [card for card in header["diagnoses"] if card["kind"] == kind]
    return card


def test_dead_units_are_told_with_their_frame_and_what_to_try(dead):
    session, asker = dead
    header = asker.ask("settle").header
    card = card_of(header, "dead")
    assert [one["unit"] for one in card["found"]] == [[1, 0], [1, 1], [1, 2], [1, 3]]
    assert {(one["since"], one["until"], one["epoch"]) for one in card["found"]} == {(20, None, 20)}
    assert (card["try"], card["controls"]) == ("leaky ReLU", ["activation"])
    assert header["evidence"]["frame"] == session.shown
    assert header["evidence"]["facts"]["dead"] == [[f"neuron {j}", "0 of 250"] for j in (1, 2, 3, 4)]


def test_a_healthy_run_is_told_nothing_in_a_few_bytes():
    session = Session()
    header = Asker(session).frames(after=0, count=30).header
    assert (header["diagnoses"], header["evidence"]) == ([], None)


def test_what_the_player_has_is_not_sent_again(dead):
    session, asker = dead
    header = asker.ask("settle").header
    again = asker.ask("settle", diagnosed=header["diagnosed"]).header
    assert (again["diagnoses"], again["diagnosed"]) == (None, header["diagnosed"])
    session.show_all()
    assert read_payload(session.payload).header["diagnoses"]


def test_evidence_is_of_the_frame_at_which_the_timeline_stands_also_after_rewinding(dead):
    _, asker = dead
    header = asker.ask("frame", at=22).header
    assert (header["evidence"]["frame"], header["evidence"]["epoch"]) == (22, 22)
    assert asker.ask("frame", at=2).header["evidence"] is None
    assert asker.ask("frame", at=45).header["evidence"]["frame"] == 45


def test_trying_leaky_relus_makes_a_new_network_with_them(dead):
    session, asker = dead
    header = asker.ask("try", diagnosis="dead").header
    assert session.experiment.activations == ("leaky_relu", "leaky_relu")
    assert session.run == 2
    assert header["diagnoses"] == []
    assert session.redraw


def test_trying_a_larger_rate_goes_on_with_the_run_and_can_be_undone(monkeypatch):
    monkeypatch.setattr("pages.live.turns.ALONE", 60.0)
    session = Session(PRESETS["first"].experiment.changed(learning_rate=1e-5))
    asker = Asker(session)
    for after in (0, 30):
        asker.frames(after=after, count=30)
    session.shown = 60
    asker.ask("try", diagnosis="too_low")
    assert (session.run, session.experiment.learning_rate) == (1, 0.03)
    asker.frames(after=60, count=5)
    assert [entry.frame for entry in session.timeline.journal] == [60]
    asker.ask("undo")
    assert session.experiment.learning_rate == 1e-5


def test_a_smaller_rate_is_tried_from_the_start():
    session = Session(PRESETS["divergence"].experiment)
    asker = Asker(session)
    header = asker.frames(after=0, count=5).header
    assert card_of(header, "divergence")["try"] == "learning rate 0.03, from the start"
    session.shown = header["last"]
    header = asker.ask("try", diagnosis="divergence").header
    assert (session.run, session.experiment.learning_rate, session.shown) == (2, 0.03, 0)
    assert header["notice"] == "Tried: learning rate 0.03, from the start."


@pytest.mark.parametrize("kind", [None, "dead", "nothing", ["dead"], {}])
def test_what_does_not_hold_at_the_shown_frame_cannot_be_tried(kind):
    session = Session()
    header = Asker(session).ask("try", diagnosis=kind).header
    assert "must hold at this frame" in header["notice"]
    assert (session.run, session.experiment) == (1, Session().experiment)


def test_a_repeated_try_is_taken_once(dead):
    session, asker = dead
    asker.ask("try", diagnosis="dead")
    asker.again()
    assert session.run == 2


def test_a_run_gone_on_with_after_a_reload_knows_since_when_its_units_are_dead(dead):
    session, _ = dead
    session.timeline.seek(45)
    record = json.loads(json.dumps(kept(session.timeline)))
    record["curve"] = {"every": 80, "train": "AAAAAAAAAAA=", "test": "AAAAAAAAAAA="}
    other = Session(DEAD)
    assert other.restore(record)
    header = Asker(other).ask("settle").header
    assert [one["since"] for one in card_of(header, "dead")["found"]] == [20, 20, 20, 20]


@pytest.mark.parametrize(
    "given",
    [
        7, {}, ["dead"], [["dead", 0, 3]], [["dead", 10, 3, None]], [["dead", 0, 31, None]],
        [["dead", 0, 3, 3]], [["dead", True, 3, None]], [["plateau", 0, 3, None]], [["alive", 0, 3, None]],
        [[[], 0, 3, None]], [["dead", 0, 3, None]] * 401,
    ],
)  # fmt: skip
def test_kept_diagnoses_that_suit_no_run_are_refused(given):
    with pytest.raises(ValueError, match="kept diagnos"):
        read_diagnoses(given, 10, 30)


def test_a_record_from_before_there_were_diagnoses_is_read():
    record = {
        "link": "", "checkpoint": "", "frame": 0, "curve": {"every": 1, "train": "", "test": ""},
    }  # fmt: skip
    assert read_record(record).found == ()
