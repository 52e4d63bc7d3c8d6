"""How a user's work begins on a page: from its link, or without it if that is a bad one."""

from types import SimpleNamespace

import pytest

from pages.gradient_descent.session import DescentSession
from pages.gradient_descent.settings import DescentSettings
from pages.shell import visit


@pytest.fixture
def memory(monkeypatch):
    kept = {}
    monkeypatch.setattr(visit, "st", SimpleNamespace(session_state=kept))
    return kept


def never():
    pytest.fail("made without need")


def test_the_first_visit_makes_it_from_the_link_and_the_next_finds_it(memory):
    by_link = DescentSession(DescentSettings(step_size=0.3))
    assert visit.visited("descent", lambda: by_link, never) is by_link
    assert visit.visited("descent", never, never) is by_link
    assert memory == {"descent": by_link}


def test_a_bad_link_is_refused_with_one_sentence_and_not_tried_again(memory):
    def bad():
        raise ValueError("step_size must be > 0. Got -1.")

    user = visit.visited("descent", bad, DescentSession)
    assert user.notice == "The link can't be opened: step_size must be > 0. Got -1."
    assert user.settings == DescentSettings()
    assert visit.visited("descent", never, never) is user
