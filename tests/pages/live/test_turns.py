"""Tests of the turns that sessions take."""

import threading
import time

import pytest

from pages.live import turns
from pages.live.turns import HEAD_START, Turns


def in_threads(*tasks):
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    return threads


def until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def queued(order, sessions, pressed=()):
    """Threads in which these sessions wait, in this order, each to note its name in its turn."""

    def turn_of(name, session):
        with session.next(HEAD_START if name in pressed else 0.0):
            order.append(name)

    threads = []
    for k, (name, session) in enumerate(sessions.items(), start=1):
        threads += in_threads(lambda name=name, session=session: turn_of(name, session))
        until(lambda k=k: Turns.waiting() == k)
    return threads


def join(threads):
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


def rested(*names):
    """Sessions that have had a turn each, in this order."""
    sessions = {name: Turns() for name in names}
    for session in sessions.values():
        with session.next():
            pass
        time.sleep(0.001)
    return sessions


def test_one_session_works_at_a_time_and_none_is_left_out():
    at_work, most, done = [], [], []

    def play(name):
        session = Turns()
        for _ in range(20):
            with session.next():
                at_work.append(name)
                most.append(len(at_work))
                time.sleep(0.0005)
                at_work.remove(name)
                done.append(name)

    join(in_threads(*(lambda k=k: play(k) for k in range(8))))
    assert max(most) == 1
    assert sorted(done) == sorted(list(range(8)) * 20)
    assert Turns.waiting() == 0


def test_of_those_that_wait_the_one_goes_first_whose_last_turn_is_longest_ago():
    sessions = rested("a", "b", "c")
    order: list[str] = []
    with Turns().next():
        threads = queued(order, {name: sessions[name] for name in "cab"})
    join(threads)
    assert order == ["a", "b", "c"]


def test_new_sessions_come_in_the_order_of_their_arrival():
    order: list[str] = []
    with Turns().next():
        threads = queued(order, {name: Turns() for name in "bca"})
    join(threads)
    assert order == ["b", "c", "a"]


def test_who_has_rested_comes_before_all_who_have_played_since():
    sessions = rested("resting", *(f"player {k}" for k in range(5)))
    order: list[str] = []
    with Turns().next():
        threads = queued(order, {name: sessions[name] for name in reversed(sessions)})
    join(threads)
    assert order[0] == "resting"


def test_a_press_comes_before_frames_that_have_waited_a_little_longer():
    sessions = rested("playing", "pressed")
    order: list[str] = []
    with Turns().next():
        threads = queued(order, sessions, pressed={"pressed"})
    join(threads)
    assert order == ["pressed", "playing"]


def test_a_press_comes_after_frames_that_have_waited_far_longer():
    sessions = rested("playing", "pressed")
    sessions["playing"]._last -= HEAD_START
    order: list[str] = []
    with Turns().next():
        threads = queued(order, sessions, pressed={"pressed"})
    join(threads)
    assert order == ["playing", "pressed"]


def test_while_all_play_a_session_has_a_turn_in_each_round():
    order: list[str] = []

    def play(name):
        session = Turns()
        for _ in range(12):
            with session.next():
                order.append(name)
                time.sleep(0.002)

    join(in_threads(*(lambda name=name: play(name) for name in "abcd")))
    settled = order[8:-8]  # from when all have begun until the first is done
    for k in range(len(settled) - 7):
        assert set(settled[k : k + 8]) == set("abcd")


def test_a_turn_within_a_turn_is_a_part_of_it():
    page, view = Turns(), Turns()
    with page.next():
        with view.next():
            pass
        threads = queued([], {"other": Turns()})
        assert Turns.waiting() == 1, "the page's turn goes on"
    join(threads)


def test_a_long_turn_gives_way_where_it_says_so():
    Turns.give_way()  # outside any turn there is nothing to give
    page, order = Turns(), []
    with page.next() as turn:
        threads = queued(order, {"other": Turns()})
        Turns.give_way()
        assert order == [], "it has only just begun"
        until(lambda: turn.over)
        Turns.give_way()
        order.append("page")
        assert not page._turn.over, "it has begun anew"
    join(threads)
    assert order == ["other", "page"]


def test_a_turn_that_fails_is_handed_on():
    session = Turns()
    with pytest.raises(ValueError, match="wrong"), session.next():
        raise ValueError("wrong")
    with session.next():
        assert Turns.waiting() == 0


def test_turns_are_shorter_while_others_wait(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(
        "pages.live.turns.time", type("Clock", (), {"monotonic": staticmethod(lambda: now[0])})
    )
    with Turns().next() as first:
        now[0] = turns.TOGETHER
        assert not first.over
        threads = queued([], {"other": Turns()})
        assert first.over
    join(threads)
    with Turns().next() as alone:
        now[0] += turns.TOGETHER
        assert not alone.over
        now[0] += turns.ALONE - turns.TOGETHER
        assert alone.over
