"""A small sample of what `python -m tests.thorough` sends: nothing raises, and no answer grows with it."""

import random

import pytest

from tests.pages.payloads import read_payload
from tests.thorough.links import MAY_REFUSE, OPENERS, hostile_links
from tests.thorough.messages import SESSIONS, hostile_messages
from tests.thorough.presses import Pressed


@pytest.mark.parametrize("page", OPENERS)
def test_a_hostile_link_is_opened_or_refused_in_one_sentence(page):
    refusals = []
    for link in hostile_links(40, seed=1):
        try:
            OPENERS[page](link)
        except ValueError as error:
            refusals.append(str(error))
    assert bool(refusals) == (page in MAY_REFUSE)
    assert max(map(len, refusals), default=0) < 1000


@pytest.mark.parametrize("view", SESSIONS)
def test_a_hostile_message_is_answered_shortly_or_ignored(view):
    session, answered = SESSIONS[view](), 0
    for message in [*hostile_messages(view, session)][::7]:
        before = session.answered
        session.answer(message)
        sent = session.payload
        header = read_payload(sent() if callable(sent) else sent).header
        assert len(header["client"]) <= 40
        assert len(header["notice"] or "") < 1000
        answered += session.answered != before
    assert answered > 30


@pytest.mark.parametrize("seed", range(4))
def test_every_press_is_answered_at_any_legal_setting(seed):
    pressed = Pressed(random.Random(seed))
    for name, message in pressed.presses():
        pressed.press(message)
        header = read_payload(pressed.session.payload).header
        assert header["answers"] == pressed.asked, name
