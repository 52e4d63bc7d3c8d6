"""The race of rules beside a descent: what its rows say, and that it never holds the page up."""

import re

import numpy as np
import pytest

from engine.descent.race import RACE_STEPS
from engine.descent.rules import RULES
from engine.descent.surfaces import SURFACES
from pages.gradient_descent.rule_race import RACE_POINTS, RuleRace, parameters_text, race_words
from pages.gradient_descent.session import DescentSession
from pages.gradient_descent.settings import ADJUSTABLE, DescentSettings
from pages.live import turns
from pages.live.turns import Turns
from tests.pages.payloads import read_payload


def raced(**settings):
    """The session and its last payload, once the race is over."""
    user = DescentSession(DescentSettings(**settings))
    for number in range(1, 2000):
        payload = read_payload(user.payload)
        if not payload.header["racing"]:
            return user, payload
        user.answer({"client": "a", "id": number, "kind": "race"})
    raise AssertionError("the race has no end")


def test_every_rule_has_its_steps_its_parameters_and_its_path():
    _, payload = raced()
    rows = payload.header["race"]
    assert [row["steps"] for row in rows] == [38, 76, 13, 49, 249, 1]
    assert [row["place"] for row in rows] == [3, 5, 2, 4, 6, 1]
    assert [row["setting"] for row in rows] == [
        "η = 0.2", "η = 0.1", "", "η = 0.15, μ = 0.5", "η = 0.5, β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸", "η = 1",
    ]  # fmt: skip
    assert payload.blocks["race.1"].shape == (77, 2)
    assert payload.blocks["race.norms.0"].shape == (39,)


@pytest.mark.parametrize("rule", RULES)
def test_a_row_names_every_parameter_that_has_a_value(rule):
    row = RULES[rule]
    text = parameters_text((rule, 0.25, 0.5))
    assert ("η = 0.25" in text) == (row.learning_rate is not None)
    assert text.count(" = ") == (row.learning_rate is not None) + sum(
        bool(p.default) for p in row.parameters
    ) + (rule == "rmsprop")


def test_a_rule_that_is_there_without_a_step_has_a_place_and_no_length():
    _, payload = raced(surface="absolute", start=(0.0,), racers=(("newton", 1.0, 0.0),))
    (row,) = payload.header["race"]
    assert (row["steps"], row["place"], row["bar"], row["result"]) == (0, 1, 0.0, "0 steps")


def test_bars_grow_with_the_steps_and_only_ranked_rules_have_places():
    _, payload = raced(surface="himmelblau")
    rows = payload.header["race"]
    assert [row["label"] for row in rows if row["place"] is None] == ["Newton"]
    newton = next(row for row in rows if row["label"] == "Newton")
    assert (newton["result"], newton["end"], newton["bar"]) == ("a maximum", "f = 182", None)
    ranked = sorted((row["steps"], row["bar"], row["place"]) for row in rows if row["place"])
    assert [bar for _, bar, _ in ranked] == [steps / ranked[-1][0] for steps, _, _ in ranked]
    assert [place for *_, place in ranked] == [1, 2, 3, 4, 5]


def test_a_rule_that_is_still_on_its_way_has_a_whole_bar_that_stays_open():
    _, payload = raced(surface="quartic", racers=(("gradient", 0.05, 0.0), ("newton", 1.0, 0.0)))
    slow, quick = payload.header["race"]
    assert (slow["result"], slow["place"], slow["bar"], slow["open"]) == ("> 25,000 steps", None, 1.0, True)
    assert re.fullmatch("on its way, f = 9.99·10⁻⁹", slow["end"])
    assert (quick["steps"], quick["bar"], quick["open"]) == (14, 1.0, False)


@pytest.mark.parametrize("surface", [*SURFACES, ADJUSTABLE])
def test_something_finishes_on_every_surface_that_has_a_minimum(surface):
    _, payload = raced(surface=surface)
    places = [row["place"] for row in payload.header["race"]]
    assert (1 in places) == (surface != "saddle")


def test_in_ascent_the_rules_climb_and_a_maximum_is_what_counts():
    user, payload = raced(racers=(("gradient", 0.01, 0.0),), ascent=True, max_steps=3)
    (down, *_), (_, up, *_) = payload.blocks["points"], payload.blocks["race.0"]
    np.testing.assert_allclose(up, down + 0.01 * user.surface.gradient(down), rtol=1e-6)
    (row,) = payload.header["race"]
    assert (row["result"], row["place"]) == ("runs away", None)
    assert payload.header["race_caption"].startswith("To a maximum: ‖∇f‖ < 10⁻⁶")


def test_a_turn_ends_the_work_of_an_answer_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr(turns, "ALONE", 0.0)
    monkeypatch.setattr(turns, "TOGETHER", 0.0)
    settings = DescentSettings(surface="rosenbrock")
    race, answers = RuleRace(settings.place, settings), 0
    while not race.is_over and answers < 12:
        with Turns().next() as turn:
            race.go_on(turn)
        answers += 1
    assert answers == 12
    done = {row["label"]: row["steps"] for row in race.rows if row["steps"]}
    assert done == {"Newton": 6}
    assert [row["place"] for row in race.rows if row["steps"]] == [1], "the others have taken more than 6"
    assert {row["result"] for row in race.rows if row["label"] != "Newton"} == {"walking …"}


def test_a_rule_that_runs_away_is_said_to():
    _, payload = raced(racers=(("gradient", 0.1, 0.0), ("gradient", 0.5, 0.0)))
    assert [row["result"] for row in payload.header["race"]] == ["76 steps", "runs away"]


def test_a_finished_race_is_not_run_again_until_something_of_it_changes():
    user, _ = raced()
    race = user.race
    user.set(step_size=0.1)
    assert user.race is race
    user.set(start=(1.0, 1.0))
    assert user.race is not race


def test_paths_are_drawn_to_a_step_that_is_told():
    _, payload = raced(surface="beale")
    slow = payload.header["race"][0]
    assert slow["steps"] > RACE_POINTS == payload.header["race_shown"]
    assert len(payload.blocks["race.0"]) == RACE_POINTS + 1


def test_the_line_under_a_picture_of_a_race_is_the_races():
    header = raced(surface="himmelblau", start=(-1.0, 2.0))[1].header
    assert (
        "race of 6 rules, from (−1, 2), until ‖∇f‖ < 10⁻⁶, at most 25,000 steps" in header["race_provenance"]
    )
    assert "Fixed step" not in header["race_provenance"]
    assert f"{RACE_STEPS:,}" in header["race_caption"]


@pytest.mark.parametrize(
    ("settings", "changes", "offered"),
    [
        ({}, {}, True),
        ({"surface": "rosenbrock"}, {}, False),
        ({"surface": "saddle"}, {}, False),
        ({}, {"ascent": True}, False),
        ({"surface": "rosenbrock"}, {"surface": ADJUSTABLE}, True),
    ],
)
def test_a_rule_is_offered_only_where_it_can_walk(settings, changes, offered):
    s = DescentSettings(**settings).changed(**changes)
    assert ("line_search" in s.rules) == offered
    assert set(RULES) - set(s.rules) <= {"line_search"}
    racers = (("line_search", 0.0, 0.0), ("newton", 1.0, 0.0))
    kept = s.changed(racers=racers).lineup
    assert kept == (racers if offered else racers[1:])


def test_a_rule_that_cannot_climb_gives_way_when_the_direction_changes():
    s = DescentSettings(rule="line_search").changed(ascent=True)
    assert (s.rule, s.ascent) == ("gradient", True)
    assert DescentSettings(rule="line_search").changed(surface=ADJUSTABLE).rule == "line_search"


def row_of(label, setting, steps=None, place=None, result="walking …", end=""):
    return {
        "label": label, "setting": setting, "steps": steps, "place": place, "result": result, "end": end,
    }  # fmt: skip


def test_those_who_share_a_place_are_apart_by_semicolons_as_their_parameters_have_commas():
    rows = [
        row_of("Momentum", "η = 0.1, μ = 0.5", 9, 1, "9 steps"),
        row_of("Exact line search", "", 9, 1, "9 steps"),
    ]
    words = race_words(rows, ascent=False, over=True)
    assert (
        words["title"] == "Momentum, η = 0.1, μ = 0.5; Exact line search: first at a minimum, after 9 steps."
    )


def test_rules_of_one_name_are_told_apart_while_they_walk_and_when_they_are_not_ranked():
    twice = [row_of("Fixed step", "η = 0.2"), row_of("Fixed step", "η = 0.1"), row_of("Newton", "η = 1")]
    walking = race_words(twice, ascent=False, over=False)
    assert walking["text"] == "Still walking: Fixed step, η = 0.2; Fixed step, η = 0.1; Newton."
    away = {"result": "runs away", "end": "f = 9"}
    ended = race_words([row | away for row in twice], ascent=False, over=True)
    assert ended["text"] == (
        "Not ranked: Fixed step, η = 0.2 (runs away, f = 9); Fixed step, η = 0.1 (runs away, f = 9); "
        "Newton (runs away, f = 9)."
    )


def test_while_a_rule_that_has_taken_fewer_steps_walks_the_first_is_first_so_far(monkeypatch):
    monkeypatch.setattr(turns, "ALONE", 0.0)
    monkeypatch.setattr(turns, "TOGETHER", 0.0)
    settings = DescentSettings(racers=(("gradient", 0.2, 0.0), ("newton", 1.0, 0.0)))
    race = RuleRace(settings.place, settings)
    assert race_words(race.rows, ascent=False, over=False)["title"] == "No rule has come to a minimum so far."
    with Turns().next() as turn:
        race.go_on(turn)
    assert race_words(race.rows, ascent=False, over=False) == {
        "title": "Fixed step, η = 0.2: first at a minimum so far, after 38 steps.",
        "text": "Still walking: Newton.",
    }
    told = race.rows[0]
    assert (told["steps"], told["place"], told["bar"], told["result"]) == (38, None, None, "38 steps")
    with Turns().next() as turn:
        race.go_on(turn)
    words = race_words(race.rows, ascent=False, over=race.is_over)
    assert words == {"title": "Newton, η = 1: first at a minimum, after 1 step.", "text": ""}
    assert [row["place"] for row in race.rows] == [2, 1]


def test_the_banner_of_a_race_says_who_is_first_and_where_the_others_ended():
    _, payload = raced(surface="himmelblau")
    assert payload.header["race_why"] == {
        "title": "Backtracking, η = 1, c = 0.0001, β = 0.5: first at a minimum, after 25 steps.",
        "text": "Not ranked: Newton (a maximum, f = 182).",
    }
    _, none = raced(surface="saddle", racers=(("newton", 1.0, 0.0),))
    assert none.header["race_why"] == {
        "title": "No rule has come to a minimum.",
        "text": "Not ranked: Newton (a saddle, f = 0).",
    }
