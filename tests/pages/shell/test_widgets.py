"""When the whole page has to follow a view that runs alone."""

from types import SimpleNamespace

import pytest

from pages.shell import widgets as state


@pytest.fixture
def follows(monkeypatch):
    """follows(chosen, redraw) says whether the page is run after a view ran beside a widget's value."""
    memory, runs = {"speed": 1, "player": {"request": {"id": 1}}}, []
    stub = SimpleNamespace(session_state=memory, rerun=lambda scope: runs.append(scope))
    monkeypatch.setattr(state, "st", stub)
    state.come_to("playground")
    state.page_done()

    def follows(redraw=False, **chosen):
        memory.update(chosen)
        view = SimpleNamespace(redraw=redraw)
        state.follow(view)
        assert not view.redraw
        return runs == ["app"]

    follows.come_again = lambda: state.come_to("playground")
    return follows


def test_the_page_follows_a_view_that_says_so(follows):
    assert follows(redraw=True)


def test_the_page_stays_while_a_view_only_asks_for_more(follows):
    assert not follows(player={"request": {"id": 2}})


def test_the_page_follows_its_own_widget_that_was_used_in_the_moment_in_which_a_view_asked(follows):
    assert follows(speed=3, player={"request": {"id": 2}})


def test_a_view_that_runs_with_its_page_does_not_run_it_again(follows):
    follows.come_again()
    assert not follows(speed=3)


def test_a_widget_that_catches_up_with_what_it_was_shown_is_no_choice(follows):
    state.show("speed", 3)
    assert not follows(speed=3)
    assert follows(speed=4)


def test_the_value_before_is_a_choice_again_once_the_browser_has_sent_the_new_one(follows):
    memory = state.st.session_state
    state.show("speed", 3)  # the browser has 1
    memory["speed"] = 1  # a lagging browser sends it again
    assert not state.user_chose("speed")
    follows(speed=1)
    assert not state.user_chose("speed")
    follows(speed=3)  # it has caught up
    memory["speed"] = 1
    assert state.user_chose("speed")


def test_a_mounted_view_is_fed_what_it_sends_next_and_asked_what_arrives_under_its_key(follows):
    memory, fed, asked = state.st.session_state, {}, []
    view = SimpleNamespace(redraw=True, answer=asked.append)
    state.mount_view(lambda **how: fed.update(how), "player", view, lambda: b"payload")
    assert not view.redraw, "the page has followed"
    assert (fed["key"], fed["data"]) == ("player", b"payload")
    memory["player"] = {"request": {"id": 2}}
    fed["on_request_change"]()
    del memory["player"]
    fed["on_request_change"]()
    assert asked == [{"id": 2}, None]
