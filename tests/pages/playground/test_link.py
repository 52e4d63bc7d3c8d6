"""A link made with a table: opened without it, it waits, and then all of it is there to the bit."""

from dataclasses import replace

import pytest

from engine import Experiment, Run
from engine.runs.links import from_text
from pages.playground.own_data.ready import READY, ready_table
from pages.playground.session import Session
from pages.playground.user import _opened
from tests.pages.payloads import read_payload
from tests.pages.playground.test_recovery import ask, played, theta

IRIS = replace(ready_table("iris"), name="flowers.csv")


def run_with(table, frames=12):
    """A run with another network, a changed setting and a weight set by hand, looked at elsewhere."""
    session = Session(Experiment())
    session.set(table=table, hidden=(5, 3), activations=("relu", "tanh"), seed=3)
    played(session, frames)
    session.set(learning_rate=0.1)
    ask(session, "set", l=0, i=0, j=1, value="0.5")
    ask(session, "probe", change={"at": 7})
    ask(session, "plane", change={"across": 3, "up": 0})
    return played(session, frames + 4)


def query_of(session):
    return from_text(session.link)[0]


def at_its_goal(session):
    return played(session, session.goal)


def test_once_its_table_comes_all_of_a_link_is_there_to_the_bit():
    first = run_with(IRIS)
    second = _opened(query_of(first) | {"play": "1"})
    assert "doesn't carry" in second.notice
    assert second.open_awaited(IRIS)
    assert (second.goal, second.plays) == (first.shown, True)
    assert second.timeline.run.standing_at(0) == first.timeline.run.standing_at(0)
    assert second.probe == first.probe
    header = read_payload(second.payload).header
    assert header["probe"]["point"] == list(first.probe.point)
    assert (header["plane"]["across"], header["plane"]["up"]) == (3, 0)
    at_its_goal(second)
    assert theta(second) == theta(first)
    assert second.timeline.train_losses[: first.shown] == first.timeline.train_losses[: first.shown]
    assert second.awaited == ""


def test_until_then_nothing_is_said_against_what_it_looks_at():
    notice = _opened(query_of(run_with(IRIS)) | {"inside": "weights", "inside_layer": "2"}).notice
    assert notice.endswith("doesn't carry: open it first.")


def test_a_component_plane_waits_for_the_table_too():
    first = run_with(IRIS, 2)
    ask(first, "plane", change={"components": True})
    second = _opened(query_of(first))
    assert second.open_awaited(IRIS)
    shown = [read_payload(one.payload).header["plane"]["components"] for one in (first, second)]
    assert shown[0] == shown[1] is not None


def test_another_table_leaves_the_link_waiting_and_everything_as_it_is():
    second = _opened(query_of(run_with(IRIS)))
    before = second.timeline.run
    assert not second.open_awaited(replace(IRIS, name="other.csv"))
    assert second.timeline.run == before
    assert second.open_awaited(IRIS)


@pytest.mark.parametrize("name", READY)
def test_a_ready_table_is_there_by_itself(name):
    first = run_with(ready_table(name), 3)
    second = _opened(query_of(first))
    assert second.awaited == ""
    assert second.experiment.table == ready_table(name)
    assert theta(at_its_goal(second)) == theta(first)


def test_a_link_without_a_table_waits_for_none():
    second = _opened(from_text(Run(Experiment(dataset="xor")).to_link())[0])
    assert second.awaited == ""
    assert not second.open_awaited(IRIS)


def test_a_link_behind_a_hash_waits_for_its_table_as_one_behind_a_question_mark_does():
    first = run_with(IRIS)
    second = Session(Experiment())
    ask(second, "open", run=0, link=first.link)
    assert "doesn't carry" in second.notice
    assert second.awaited == IRIS.short_fingerprint
    assert second.waits
    assert second.open_awaited(IRIS)
    assert not second.waits
    assert second.probe == first.probe
    assert theta(at_its_goal(second)) == theta(first)


def test_a_link_behind_a_hash_that_can_not_be_read_costs_a_sentence():
    session = Session(Experiment())
    ask(session, "open", run=0, link="#data=xor&lr=banana")
    assert "banana" in session.notice
    assert session.experiment.dataset == "xor"
    assert session.awaited == ""
