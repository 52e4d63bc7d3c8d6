"""Check my answer as a learner meets it: what stands beside what, and hints that give the right answer."""

import math
import re
from dataclasses import replace

import pytest

from engine import Experiment, make_optimizer
from engine.examples.systems import SYSTEMS
from engine.practice.answers import same
from engine.practice.exercises import answer_text, exercises, right_value
from pages.backprop.answer import MOST_TERMS, Progress, hints
from pages.backprop.controls import playing_of
from pages.backprop.session import BackpropSession, errata_of
from pages.backprop.settings import BackpropSettings
from pages.backprop.worksheet import worksheet_html
from pages.playground.session import Session
from tests.pages.backprop.test_extras import answer_page, press, run, user_of, written_on


def check(app, text):
    app.text_input[0].set_value(text)
    press(app, "Check")


def test_solved_never_stands_beside_not_yet():
    app = run(answer_page)
    user = app.session_state["user"]
    right = right_value(user.worked, exercises(user.worked)[0])
    check(app, f"{right:.4f}")
    assert "✓ solved" in written_on(app)
    check(app, f"{right / 3:.4f}")
    assert "Not yet" in app.error[0].value
    assert "✓ solved" not in written_on(app)
    assert "1 of 8 solved" in written_on(app)
    check(app, f"{right:.4f}")
    assert "✓ solved" in written_on(app)
    assert not app.error


@pytest.mark.parametrize(("text", "said"), [("-0.04", "That is right so far"), ("-0.0415", "That is close")])
def test_an_answer_that_lacks_only_digits_is_no_mistake(text, said):
    app = run(answer_page)
    for _ in range(3):
        press(app, "Next question")  # δ₂ = −0.041335
    check(app, text)
    assert app.info[0].value.startswith(said)
    assert not app.error
    assert "Not yet" not in written_on(app)


def test_another_rule_asks_for_another_new_weight_but_leaves_solved_what_stays():
    progress, sgd, adam = Progress(), user_of().worked, user_of(optimizer=make_optimizer("adam", 0.1)).worked
    for exercise in exercises(sgd):
        progress.take(sgd, exercise, repr(right_value(sgd, exercise)))
        assert progress.has_solved(sgd, exercise)
    still = {exercise.step for exercise in exercises(adam) if progress.has_solved(adam, exercise)}
    assert {exercise.step for exercise in exercises(adam)} - still == {"new_W3"}


@pytest.mark.parametrize("digits", [2, 4, 10])
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_numbers_of_a_hint_give_the_right_answer(name, digits):
    user = user_of(name, digits=digits)
    for exercise in exercises(user.worked):
        for hint in hints(user, exercise)[1:]:
            printed = hint.strip("$").partition(" = ")[2]
            if r"\dots" in printed:
                assert printed.count(" + ") == MOST_TERMS
                continue
            found = math.fsum(math.prod(map(number, term.split(r" \cdot "))) for term in printed.split(" + "))
            assert same(found, right_value(user.worked, exercise)), hint


def number(latex):
    """The number that a factor shows: (-0.25), 10^{-5}."""
    base, _, power = re.sub("[(){}]", "", latex).partition("^")
    return float(base) ** int(power or 1)


# Versions


def test_a_version_shows_and_prints_its_seed_and_its_numbers_are_the_same_for_everybody():
    mine, yours = (BackpropSession(BackpropSettings("seed002_b", version=17)) for _ in range(2))
    assert "version 17" in mine.label
    assert (mine.net.theta == yours.net.theta).all()
    own = BackpropSession(BackpropSettings("seed002_b"))
    assert not (mine.net.theta == own.net.theta).any()
    sheet = worksheet_html(mine).decode()
    assert "Version 17: its numbers are drawn with the seed 17." in sheet
    given = sheet.partition("<h2>Compute</h2>")[0].partition("<h2>Given</h2>")[2]
    assert re.findall(r"\d\.\d+", given)
    assert not re.findall(r"\d\.\d\d", given)
    assert "drawn with the seed" not in worksheet_html(own).decode()
    answers = [answer_text(right_value(mine.worked, exercise)) for exercise in exercises(mine.worked)]
    assert all(f">{answer}</td>" in sheet for answer in answers)


def test_other_versions_keep_the_rule_the_loss_and_the_sample():
    settings = BackpropSettings("seed002_b", sample=2, loss="mae", optimizer="adam")
    user = BackpropSession(settings)
    user.change(user.settings.changed(version=3))
    assert user.notice is None
    assert user.settings == replace(settings, version=3)


def test_another_network_begins_with_its_own_numbers():
    assert BackpropSettings("seed002_b", version=3).changed(network="classic").version == 0


def test_no_erratum_tells_numbers_that_a_version_does_not_have():
    for version in (0, 5):
        user = BackpropSession(BackpropSettings("seed003_bce", version=version, errata=True))
        told = [row.numbers for step in user.worked.steps for row in errata_of(user, step)]
        assert any(told) == (version == 0)


def test_progress_belongs_to_a_version():
    first, second = user_of(), user_of()
    second.settings.version = 1
    app = run(answer_page, user=first)
    check(app, repr(right_value(first.worked, exercises(first.worked)[0])))
    assert "1 of 8 solved" in written_on(app)
    app.session_state["user"] = second
    app.run()
    assert "0 of 8 solved" in written_on(app)


def test_a_button_draws_the_next_version():
    asked = []
    user = user_of()
    user.set = lambda **changes: asked.append(changes)
    app = run(answer_page, user=user)
    next(button for button in app.button if button.key == "new_version").click().run()
    assert asked == [{"version": 1}]


def test_a_version_of_the_playgrounds_network_has_a_rule_without_memory():
    trained = Session(Experiment(optimizer="adam", samples=40))
    trained.timeline.advance()
    trained.shown = 1
    user = BackpropSession(BackpropSettings("playground", version=2), lambda: playing_of(trained))
    assert playing_of(trained).optimizer.step_count > 0
    assert user.optimizer.step_count == 0
    assert len(user.X) <= 6
