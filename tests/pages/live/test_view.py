"""The session behind every view: repeated requests, one sentence on what was refused, redraw."""

from dataclasses import dataclass, replace

import pytest

from engine import __version__
from pages.backprop.session import BackpropSession
from pages.gradient_descent.session import DescentSession
from pages.live.view import View
from pages.playground.session import Session


@dataclass(frozen=True)
class Sum:
    total: int = 0

    def changed(self, **changes):
        new = replace(self, **changes)
        if new.total < 0:
            raise ValueError(f"total must be >= 0. Got {new.total}.")
        return new


class Adder(View[Sum]):
    """Adds what is asked for; every payload is its header."""

    BY_ITSELF = ("fetch",)

    def __init__(self):
        super().__init__(Sum())
        self.show_all()

    def change(self, settings):
        self.settings, self.notice = settings, None
        self.show_all()

    @property
    def subject(self):
        return f"A sum of {self.settings.total}"

    def show_all(self):
        self.payload = self.header() | {"total": self.settings.total}

    def act(self, kind, request, repeated):
        if kind == "add" and not repeated:
            self.settings = self.settings.changed(total=self.settings.total + request["value"])
        elif kind == "settle" and not repeated:
            self.redraw = True
        self.show_all()


@pytest.fixture
def adder():
    return Adder()


def ask(view, number, kind="look", client="a", **more):
    view.answer({"client": client, "id": number, "kind": kind, **more})
    return view.payload


def test_a_repeated_request_acts_once_and_is_answered_again(adder):
    first = ask(adder, 1, "add", value=3)
    adder.payload = None
    assert ask(adder, 1, "add", value=3) == first
    assert (first["total"], first["client"], first["answers"]) == (3, "a", 1)


def test_the_same_number_from_another_client_is_another_request(adder):
    ask(adder, 1, "add", value=3)
    assert ask(adder, 1, "add", client="b", value=3)["total"] == 6


@pytest.mark.parametrize(
    "request_",
    [
        None,
        "add",
        [("id", 1)],
        {},
        {"kind": "add", "value": 3},
        {"id": "1", "kind": "add", "value": 3},
        {"id": None, "kind": "add", "value": 3},
        {"id": 1.5, "kind": "add", "value": 3},
        {"id": [1], "kind": "add", "value": 3},
    ],
    ids=repr,
)
def test_a_request_that_cannot_be_read_changes_nothing(adder, request_):
    adder.refuse("No.")
    before = adder.payload
    for _ in range(3):
        adder.answer(request_)
    assert adder.payload is before
    assert (adder.settings, adder.answered, adder.notice, adder.redraw) == (Sum(), ("", 0), "No.", False)


@pytest.mark.parametrize("kind", [None, 3, ["add"], {"a": 1}, "x"], ids=repr)
def test_a_kind_that_nobody_knows_is_answered_with_the_present_state(adder, kind):
    assert ask(adder, 1, kind) == {**adder.header(), "answers": 1, "total": 0}


def test_a_notice_stands_until_the_second_request_after_it(adder):
    adder.refuse("No.")
    assert [ask(adder, number)["notice"] for number in (1, 2, 3)] == ["No.", None, None]


def test_a_notice_stands_as_long_for_a_client_that_counts_anew(adder):
    ask(adder, 50)
    adder.refuse("No.")
    assert [ask(adder, number, client="b")["notice"] for number in (1, 2)] == ["No.", None]


def test_a_refused_request_says_why_until_the_second_request_after_it(adder):
    said = [ask(adder, 1, "add", value=-1)["notice"], *(ask(adder, number)["notice"] for number in (2, 3))]
    assert said == ["total must be >= 0. Got -1."] * 2 + [None]


def test_requests_that_come_again_or_that_the_view_makes_by_itself_leave_a_notice_in_place(adder):
    ask(adder, 1)
    adder.refuse("No.")
    for number, kind in ((1, "look"), (1, "look"), (2, "fetch"), (3, "fetch"), (4, "fetch")):
        assert ask(adder, number, kind)["notice"] == "No."


def test_a_newer_notice_stands_for_its_own_time(adder):
    adder.refuse("No.")
    ask(adder, 1)
    adder.refuse("Never.")
    assert [ask(adder, number)["notice"] for number in (2, 3)] == ["Never.", None]


def test_a_refusal_keeps_everything_and_says_one_sentence(adder):
    adder.set(total=5)
    before = adder.payload
    adder.set(total=-1)
    assert adder.payload == before | {"notice": "total must be >= 0. Got -1."}
    ask(adder, 1, "add", value=-9)
    assert adder.payload == before | {"notice": "total must be >= 0. Got -4.", "client": "a", "answers": 1}
    assert not adder.redraw


def test_a_change_that_is_taken_says_nothing_more_of_an_earlier_one(adder):
    adder.set(total=-1)
    adder.set(total=2)
    assert (adder.payload["total"], adder.payload["notice"]) == (2, None)


def test_redraw_is_set_by_a_settle_alone_and_once(adder):
    for number, (kind, more) in enumerate([("add", {"value": 1}), ("look", {}), ("x", {})], start=1):
        ask(adder, number, kind, **more)
        assert not adder.redraw
    ask(adder, 4, "settle")
    assert adder.redraw
    adder.redraw = False
    ask(adder, 4, "settle")
    assert not adder.redraw


def test_the_line_under_a_picture_ends_with_the_version_that_made_it(adder):
    assert adder.provenance == adder.payload["provenance"]
    assert adder.provenance == f"A sum of 0 · Backprop Playground {__version__}"


@pytest.mark.parametrize("make", [Session, DescentSession, BackpropSession])
def test_each_page_follows_its_own_view_once_for_a_settle_that_comes_twice(make):
    view = make()
    request = {"client": "a", "id": 1, "kind": "settle", "run": 1, "generation": 0, "value": 0}
    if make is BackpropSession:
        request |= {"step": view.step.key, "stamp": view.stamp}
    view.answer(request)
    assert view.redraw
    view.redraw = False
    view.answer(request)
    assert not view.redraw
