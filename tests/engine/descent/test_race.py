import numpy as np
import pytest

from engine.descent.descent import descend
from engine.descent.ends import ENDS, end_of, kind_of_point
from engine.descent.race import RACE_STEPS, Race, Racer, race
from engine.descent.rules import RULES, takes
from engine.descent.surfaces import SURFACES
from tests.engine.descent.plain_rules import PLAIN, RACES, plain_steps

QUADRATIC, START = SURFACES["quadratic"], (3.0, 3.0)
SMALL = 600
"""Steps of the races that run with the tests; python -m tests.thorough runs them to their end."""


def row_of(name, rule, learning_rate=None, *, ascent=False, tolerance=1e-6, start=None, **parameters):
    surface = SURFACES[name]
    racer = Racer(rule, learning_rate, parameters)
    (row,) = race(surface, start or surface.start, [racer], tolerance, ascent=ascent).rows
    return row


def test_a_race_starts_all_at_one_point_and_counts_steps_by_both_tests():
    racers = [
        Racer("gradient", 0.1),
        Racer("gradient", 0.2, label="best"),
        Racer("newton"),
        Racer("line_search"),
    ]
    result = race(QUADRATIC, START, [*racers, Racer("momentum", 0.05, {"momentum": 0.5})])
    assert result.labels == ("Fixed step", "best", "Newton", "Exact line search", "Momentum")
    counts = [(row.steps_to_tol_f, row.steps_to_tol_grad) for row in result.rows[:2]]
    assert counts == [(37, 76), (20, 38)]
    assert all(descent.points[0].tolist() == [3.0, 3.0] for descent in result.descents)
    assert all(row.stopped_by == "tol_grad" for row in result.rows)
    with pytest.raises(ValueError, match=r"There must be one to six racers\. Got 7\."):
        race(QUADRATIC, START, [Racer("newton")] * 7)


def test_places_go_by_steps_and_equal_steps_share_a_place():
    racers = [Racer("gradient", 0.1), Racer("newton"), Racer("newton"), Racer("gradient", 0.2)]
    rows = race(QUADRATIC, START, racers).rows
    assert [(row.steps, row.place) for row in rows] == [(76, 4), (1, 1), (1, 1), (38, 3)]


def test_a_rule_that_ends_at_once_at_the_minimum_is_first():
    racers = [Racer("gradient"), Racer("sign"), Racer("sign_else"), Racer("newton")]
    rows = race(SURFACES["parabola"], (0.0,), racers).rows
    assert [(row.end, row.steps, row.place) for row in rows] == [
        ("minimum", 1, 3),
        ("minimum", 0, 1),
        ("minimum", 0, 1),
        ("minimum", 1, 3),
    ]
    # a kink has no curvature, and so no Newton step
    (kink,) = race(SURFACES["absolute"], (0.0,), [Racer("newton")]).rows
    assert (kink.end, kink.steps, kink.place, kink.steps_to_tol_grad) == ("minimum", 0, 1, 0)


@pytest.mark.parametrize(
    ("name", "rule", "end", "steps", "value"),
    [
        ("himmelblau", "newton", "maximum", 4, 181.6165),  # the hill between its four minima
        ("beale", "newton", "saddle", 1, 14.203125),  # (0, 1): 1.5² + 2.25² + 2.625²
        ("double_well", "newton", "maximum", 2, 1.0),
        ("saddle", "newton", "saddle", 1, 0.0),
        ("quadratic", "newton", "minimum", 1, 0.0),
        ("absolute", "backtracking", "minimum", 3, 0.0),  # 2.5 → 1.5 → 0.5 → 0, at the kink
    ],
)
def test_only_what_ends_at_a_minimum_has_a_place_and_the_end_is_named_with_f(name, rule, end, steps, value):
    row = row_of(name, rule)
    assert (row.end, row.steps, row.value) == (end, steps, pytest.approx(value, abs=1e-4))
    assert (row.place == 1) == (end == "minimum")


def test_a_rule_on_a_hill_takes_no_place_from_those_at_a_minimum():
    surface = SURFACES["himmelblau"]
    newton, adam = race(surface, surface.start, [Racer("newton"), Racer("adam", 0.3)]).rows
    assert newton.steps < adam.steps
    assert (newton.place, adam.place) == (None, 1)


def test_an_ascent_is_won_at_a_maximum_and_not_by_newton_at_a_minimum():
    up = [row_of("himmelblau", rule, ascent=True) for rule in ("adam", "newton")]
    assert [(row.end, row.place) for row in up] == [("maximum", 1)] * 2
    down = row_of("quadratic", "newton", ascent=True)
    assert (down.end, down.place) == ("minimum", None)


@pytest.mark.parametrize(
    ("name", "rule", "rate", "end"),
    [
        ("quadratic", "gradient", 0.3, "runs_away"),  # to infinity
        ("saddle", "adam", 0.3, "runs_away"),  # at a constant pace
        ("absolute", "gradient", 0.3, "cycle"),
        ("absolute", "newton", None, "singular"),
        ("quartic", "gradient", 0.05, "on_the_way"),
    ],
)
def test_what_never_comes_to_rest_is_said_and_has_no_place(name, rule, rate, end):
    row = row_of(name, rule, rate)
    assert (row.end, row.place) == (end, None)


def test_a_walk_whose_squares_overflow_is_not_at_rest():
    # x² of 1e160 is no float, yet |x| is 1e160 and its slope 1
    surface = SURFACES["absolute"]
    walk = descend(surface, (1e160,), rule="gradient", learning_rate=0.1, max_steps=3, tol_grad=1e-6)
    assert end_of(walk) == "runs_away"


@pytest.mark.parametrize(("name", "tolerance"), [("plateau", 0.2), ("quadratic", 1e6)])
def test_a_large_tolerance_holds_on_a_slope_and_wins_nothing(name, tolerance):
    row = row_of(name, "gradient", 0.01, tolerance=tolerance)
    assert (row.steps_to_tol_grad, row.end, row.place) == (1, "slope", None)


@pytest.mark.parametrize("name", SURFACES)
def test_every_minimum_of_a_surface_is_told_as_one_and_every_name_of_an_end_is_known(name):
    for minimum in SURFACES[name].minima:
        assert kind_of_point(SURFACES[name], np.array(minimum)) == "minimum"
    for rule in ("gradient", "newton", "backtracking"):
        surface = SURFACES[name]
        assert end_of(descend(surface, surface.start, rule=rule, max_steps=50, tol_grad=1e-6)) in ENDS


def test_every_random_end_at_a_minimum_lies_beside_a_known_one():
    rng = np.random.default_rng(0)
    for name in ("himmelblau", "beale", "rosenbrock", "double_well", "plateau"):
        surface = SURFACES[name]
        low, high = np.transpose(surface.domain)
        for start in rng.uniform(low, high, (20, surface.dimension)):
            for rule in ("newton", "backtracking"):
                descent = descend(surface, start, rule=rule, tol_grad=1e-6, max_steps=400)
                if end_of(descent) == "minimum":
                    assert descent.distance < 1e-3, (name, rule, start)


@pytest.mark.parametrize(
    ("rule", "rate", "parameters", "steps"),
    [
        ("adam", 0.3, {}, 1046),
        ("momentum", 0.00075, {"momentum": 0.9}, 4097),
        ("newton", 1.0, {}, 6),
        ("gradient", 0.0015, {}, 21_374),
    ],
)
def test_the_limit_lets_rules_finish_in_rosenbrocks_valley(rule, rate, parameters, steps):
    row = row_of("rosenbrock", rule, rate, **parameters)
    assert (row.steps, row.place) == (steps, 1)
    assert steps < RACE_STEPS


@pytest.mark.parametrize(("name", "rule"), RACES)
def test_a_race_is_that_of_a_plain_loop_to_the_step(name, rule):
    surface, plain = SURFACES[name], PLAIN[rule]
    count, x = plain_steps(surface, plain, 1e-6, SMALL)
    racer = Racer(rule, plain.rate(surface), plain.parameters)
    result = race(surface, surface.start, [racer], max_steps=SMALL)
    assert result.rows[0].steps_to_tol_grad == count
    if count is not None:
        np.testing.assert_allclose(result.descents[0].points[-1], x, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("ascent", [False, True])
def test_a_rule_that_a_surface_takes_is_not_refused_there_and_another_is(name, ascent):
    surface = SURFACES[name]
    for rule in RULES:
        if takes(surface, rule, ascent=ascent):
            race(surface, surface.start, [Racer(rule)], max_steps=2, ascent=ascent)
        else:
            with pytest.raises(ValueError, match=rf"^{rule} needs a quadratic that opens"):
                race(surface, surface.start, [Racer(rule)], max_steps=2, ascent=ascent)


def test_the_quick_ones_of_a_race_are_there_while_the_slow_ones_walk():
    running = Race(SURFACES["rosenbrock"], (-1.2, 1.0), [Racer("gradient", 0.0015), Racer("newton")])
    running.go_on()
    running.go_on()
    slow, quick = running.rows
    assert slow is None
    assert (quick.steps, quick.place) == (6, 1)
    assert not running.is_over


def turns_of(*learning_rates):
    """Steps and place of every fixed step after each turn of a race; a turn is 50 steps."""
    running, told = Race(QUADRATIC, START, [Racer("gradient", rate) for rate in learning_rates]), []
    while not running.is_over:
        running.go_on()
        told.append([row and (row.steps, row.place) for row in running.rows])
    return told


def test_a_place_is_given_once_no_rule_that_walks_can_come_before_it():
    first, second, third, *_ = turns_of(0.2, 0.1, 0.15)
    assert first == [(38, None), None, None]
    assert second == [(38, None), None, None], "the third hasn't taken a step"
    assert third == [(38, 1), None, (48, 2)], "the second has taken 50 and is not there"


@pytest.mark.parametrize("learning_rate", [0.1425, 0.145])
def test_a_place_waits_for_a_rule_that_may_draw_level(learning_rate):
    steps = {0.1425: 51, 0.145: 50}[learning_rate]
    *_, before, last = turns_of(learning_rate, learning_rate)
    assert before == [(steps, None), None]
    assert last == [(steps, 1), (steps, 1)]


def test_the_equation_of_an_ascent_walks_uphill():
    for name, row in RULES.items():
        assert (row.uphill == row.equation) == (name == "newton"), name
    assert RULES["gradient"].uphill == "x ← x + η·g"
    assert RULES["adam"].uphill.endswith("x ← x + η·m̂ / (√v̂ + ε)")
    assert RULES["sign_else"].uphill == "xᵢ ← xᵢ − η if gᵢ < 0, else xᵢ + η"
