import json
from pathlib import Path

import numpy as np
import pytest

from engine.descent.convergence import theory
from engine.descent.descent import descend
from engine.descent.ends import ENDS, end_of
from engine.descent.explanation import explain
from engine.descent.rules import RULES
from engine.descent.surfaces import SURFACES, Surface, make_quadratic
from engine.optimizers import OPTIMIZERS, make_optimizer

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "gd_quadratic.json").read_text())
QUADRATIC, PARABOLA = SURFACES["quadratic"], SURFACES["parabola"]
START = (3.0, 3.0)
every_golden_run = pytest.mark.parametrize("golden", GOLDEN["runs"], ids=lambda run: f"eta {run['eta']}")


@every_golden_run
def test_a_fixed_step_walks_the_golden_trajectory(golden):
    descent = descend(QUADRATIC, START, learning_rate=golden["eta"], max_steps=100)
    np.testing.assert_allclose(descent.points, golden["points"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(descent.values, golden["f"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        descent.gradients, descent.points @ np.array(GOLDEN["hessian"]), rtol=1e-9, atol=1e-12
    )
    np.testing.assert_allclose(descent.gradient_norms, np.linalg.norm(descent.gradients, axis=1), rtol=1e-14)
    assert descent.step_sizes.tolist() == [golden["eta"]] * 100
    assert descent.stopped_by == "max_steps"


QUICK = [
    pytest.param(descent, epsilon, id=f"eta {descent['eta']} epsilon {epsilon}")
    for descent in GOLDEN["runs"]
    for epsilon, counts in descent["convergence"].items()
    if max(counts["iterations_df"] or 0, counts["iterations_grad"] or 0) <= 1000
]


@pytest.mark.parametrize(("golden", "epsilon"), QUICK)
def test_both_step_counts_are_the_golden_ones_walked_and_predicted(golden, epsilon):
    counts = golden["convergence"][epsilon]
    expected = [counts["iterations_df"], counts["iterations_grad"]]
    tol = float(epsilon)
    asked = {"tol_f": tol, "tol_grad": tol, "stops": ["tol_f"]}
    descent = descend(QUADRATIC, START, learning_rate=golden["eta"], max_steps=1000, **asked)
    known = theory(QUADRATIC, golden["eta"], START, tol_f=tol, tol_grad=tol, max_steps=1000)
    assert [descent.steps_to_tol_f, descent.steps_to_tol_grad] == expected
    assert [known.predicted_tol_f, known.predicted_tol_grad] == expected
    if expected[0] is not None:
        assert (descent.steps, descent.stopped_by) == (expected[0], "tol_f")
        np.testing.assert_allclose(descent.points[-1], counts["x_df"], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("eta", "by_f", "by_gradient"), [(0.1, 37, 76), (0.2, 20, 38)])
def test_steps_to_one_millionth_are_those_of_the_seed(eta, by_f, by_gradient):
    assert descend(QUADRATIC, START, learning_rate=eta, tol_f=1e-6).steps == by_f
    descent = descend(QUADRATIC, START, learning_rate=eta, tol_grad=1e-6)
    assert (descent.steps, descent.steps_to_tol_f) == (by_gradient, None)
    both = descend(QUADRATIC, START, learning_rate=eta, tol_f=1e-6, tol_grad=1e-6)
    assert (both.steps, both.stopped_by, both.steps_to_tol_grad) == (by_f, "tol_f", by_gradient)
    assert both.verdicts == {
        "tol_f": f"|Δf| < 1e-06 holds first after step {by_f}.",
        "tol_grad": f"‖∇f‖ < 1e-06 holds first after step {by_gradient}.",
    }


@pytest.mark.parametrize("test", [{"tol_f": 0.25}, {"tol_grad": 1.0}])
def test_a_size_equal_to_its_tolerance_is_not_below_it(test):
    # |x| from 2.5 in steps of ¼: |Δf| = ¼ and |f′| = 1 at every one of them
    descent = descend(SURFACES["absolute"], (2.5,), learning_rate=0.25, max_steps=5, **test)
    assert (descent.stopped_by, descent.steps) == ("max_steps", 5)
    assert (descent.steps_to_tol_f, descent.steps_to_tol_grad) == (None, None)


def test_the_tests_that_stop_may_come_from_an_iterator():
    asked = {"learning_rate": 0.1, "tol_f": 1e-6, "tol_grad": 1e-6}
    assert descend(QUADRATIC, START, stops=iter(["tol_f"]), **asked).stopped_by == "tol_f"


def test_where_both_tests_hold_at_one_step_the_one_of_f_is_named():
    descent = descend(PARABOLA, (1e-4,), tol_f=1e-6, tol_grad=1e-3)
    assert (descent.stopped_by, descent.steps, descent.steps_to_tol_grad) == ("tol_f", 1, 1)


def test_a_quarter_converges_falsely_after_one_step():
    golden = GOLDEN["false_convergence"]
    asked = {"tol_f": 1e-6, "tol_grad": 1e-6, "stops": ["tol_f"]}
    descent = descend(QUADRATIC, START, learning_rate=0.25, max_steps=300, **asked)
    assert descent.points.tolist() == [[3.0, 3.0], golden["x1"]]
    assert descent.values.tolist() == [54.0, 54.0]
    assert descent.gradient_norms[-1] == pytest.approx(golden["grad1_norm"], rel=1e-15)
    assert descent.steps_to_tol_grad is None
    assert descent.verdicts["tol_grad"] == "‖∇f‖ < 1e-06 never holds in 300 steps."
    assert explain(descent).title == "False convergence."
    assert explain(descent).text.startswith("The last step hardly changed f")
    assert "2/λmax = 0.245" in explain(descent).text


@pytest.mark.parametrize(
    "golden", [descent for descent in GOLDEN["runs"] if descent["diverges"]], ids=lambda r: str(r["eta"])
)
def test_a_divergent_run_ends_at_the_last_finite_point(golden):
    descent = descend(QUADRATIC, START, learning_rate=golden["eta"], max_steps=10_000)
    assert (descent.stopped_by, descent.steps) == ("not_finite", golden["first_nonfinite_f_step"] - 1)
    assert "last finite point" in descent.stop_reason
    for series in (descent.points, descent.values, descent.gradients, descent.gradient_norms):
        assert np.isfinite(series).all()


@pytest.mark.parametrize("golden", GOLDEN["sign_step"]["runs"], ids=lambda r: f"{r['rule']} {r['step']}")
def test_sign_steps_walk_the_golden_points_and_say_where_they_cycle(golden):
    rule = {"sign": "sign", "else_branch": "sign_else"}[golden["rule"]]
    descent = descend(QUADRATIC, golden["x0"], rule=rule, learning_rate=golden["step"])
    assert descent.points.tolist() == golden["points"]
    assert descent.values.min() == golden["best_f"]
    if golden["cycle"]:
        assert descent.cycle == (golden["cycle"]["start"], golden["cycle"]["period"])
        assert descent.stopped_by == "cycle"
        assert "for ever" in explain(descent).text
    else:
        assert (descent.stopped_by, descent.cycle) == ("zero_gradient", None)


@pytest.mark.parametrize("golden", GOLDEN["sign_step_1d"]["runs"], ids=lambda run: f"step {run['step']}")
def test_sign_steps_on_the_parabola_reach_zero_only_if_the_step_divides_the_way(golden):
    descent = descend(PARABOLA, (3.0,), rule="sign", learning_rate=golden["step"])
    assert descent.points[:, 0].tolist() == golden["points"][: descent.steps + 1]
    assert (descent.stopped_by == "zero_gradient") == golden["reaches_zero"]


def test_a_tenth_never_lands_on_zero_in_floating_point_and_its_cycle_is_seen():
    trap = GOLDEN["sign_step_float_trap"]
    descent = descend(PARABOLA, (3.0,), rule="sign", learning_rate=0.1, max_steps=200)
    assert descent.points[30, 0] == trap["x_30_float64"]
    assert (descent.stopped_by, descent.cycle) == ("cycle", (29, 2))


def test_a_cycle_of_sign_steps_through_minus_zero_is_seen_where_it_begins():
    # 0.2, −0.59, 0.2, …: the first place is 0 steps from the start, the third −0.0 of them
    descent = descend(SURFACES["absolute"], (0.2,), rule="sign", learning_rate=0.79)
    assert (descent.stopped_by, descent.cycle) == ("cycle", (0, 2))


@pytest.mark.parametrize(
    ("name", "start", "eta", "cycle"),
    [("absolute", 2.5, 0.3, (8, 2)), ("absolute", 0.1, 0.3, (0, 2)), ("parabola", 2.5, 1.0, (0, 2))],
)
def test_a_fixed_step_that_leads_back_is_a_cycle(name, start, eta, cycle):
    descent = descend(SURFACES[name], (start,), learning_rate=eta, tol_grad=1e-6)
    assert (descent.stopped_by, descent.cycle) == ("cycle", cycle)
    assert descent.points[-1] == descent.points[cycle[0]]


@pytest.mark.parametrize(("name", "eta"), [("parabola", 0.5), ("parabola", 0.3), ("himmelblau", 0.01)])
def test_a_walk_that_comes_to_rest_at_the_minimum_is_no_cycle(name, eta):
    descent = descend(SURFACES[name], SURFACES[name].start, learning_rate=eta, max_steps=2000)
    assert (descent.stopped_by, descent.cycle, descent.steps) == ("max_steps", None, 2000)


def test_the_else_branch_moves_where_the_slope_is_zero_and_the_sign_form_does_not():
    # at (1, −2) the slopes are (0, −15): erratum 45
    sign, other = (
        descend(QUADRATIC, (1, -2), rule=rule, learning_rate=0.5, max_steps=1)
        for rule in RULES
        if "sign" in rule
    )
    assert sign.points[1].tolist() == [1.0, -1.5]
    assert other.points[1].tolist() == [1.5, -1.5]


CONVERGING = (
    "gradient", "line_search", "backtracking", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"
)  # fmt: skip


def test_every_optimizer_is_a_rule_under_its_own_name_or_another():
    elsewhere = {"sgd": {"momentum", "nesterov"}, "sign": {"sign"}, "adamw": {"adam"}}
    for name, row in OPTIMIZERS.items():
        if name not in elsewhere:
            assert (RULES[name].label, RULES[name].parameters) == (row.label, row.parameters)
            assert RULES[name].equation == row.equation.replace("θ", "x")
        assert elsewhere.get(name, {name}) <= RULES.keys()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_reaches_the_minimum_of_a_well_conditioned_quadratic(rule):
    bowl = make_quadratic((1.0, 1.5), 20.0, start=(2.0, -1.0))
    descent = descend(bowl, bowl.start, rule=rule, tol_grad=1e-6, max_steps=2000)
    if rule in CONVERGING:
        assert descent.distance <= 1e-6
        assert descent.stopped_by == "tol_grad"
    elif "sign" in rule:
        assert descent.distance <= RULES[rule].learning_rate
    else:
        assert descent.values.min() < 0.1 * descent.values[0]
    assert explain(descent).title.endswith(".")
    assert explain(descent).text.endswith(".")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "line_search"])
def test_ascent_is_descent_with_the_sign_of_f_flipped(rule):
    hill = SURFACES["himmelblau"]
    flipped = Surface(
        "flipped", "−f", "", lambda x, y: _negative(hill.function(x, y)), (), hill.start, hill.domain
    )
    settings = {"rule": rule, "learning_rate": 0.001, "max_steps": 40}
    up, down = descend(hill, (0.5, 0.5), ascent=True, **settings), descend(flipped, (0.5, 0.5), **settings)
    np.testing.assert_array_equal(up.points, down.points)
    np.testing.assert_array_equal(up.values, -down.values)
    if rule not in ("newton", "sign", "sign_else"):
        assert up.values[-1] > up.values[0]


def _negative(parts):
    f, slopes, curvatures = parts
    return -f, [-s for s in slopes], [-c for c in curvatures]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_object_walks_as_its_own_steps_and_is_left_alone(name):
    optimizer = make_optimizer(name, learning_rate=0.125)
    descent = descend(QUADRATIC, START, rule=optimizer, max_steps=5)
    assert optimizer.step_count == 0
    theta = np.array(START)
    for point in descent.points[1:]:
        optimizer.step(theta, QUADRATIC.gradient(theta))
        assert point.tolist() == theta.tolist()
    if name != "sign":
        assert (
            descend(QUADRATIC, START, rule=name, learning_rate=0.125, max_steps=5).points.tolist()
            == descent.points.tolist()
        )


def test_weight_decay_pulls_on_a_sign_optimizer_where_the_slope_is_0():
    # at the minimum x = 1 the slope is 0: sign(0 + 0.1·x) = 1 takes 0.125 off x
    optimizer = make_optimizer("sign", learning_rate=0.125, weight_decay=0.1)
    descent = descend(SURFACES["double_well"], (1.0,), rule=optimizer, max_steps=1)
    assert SURFACES["double_well"].gradient(np.array([1.0])) == 0
    assert (descent.points[:, 0].tolist(), descent.stopped_by) == ([1.0, 0.875], "max_steps")


def test_an_optimizer_object_takes_another_learning_rate_but_not_0():
    optimizer = make_optimizer("sgd", learning_rate=0.125)
    assert descend(QUADRATIC, START, rule=optimizer, learning_rate=0.25, max_steps=1).learning_rate == 0.25
    with pytest.raises(ValueError, match=r"learning_rate must be > 0\. Got 0\."):
        descend(QUADRATIC, START, rule=optimizer, learning_rate=0, max_steps=1)


def test_parameters_reach_the_rule():
    # v = 9, 27; x = 3 − 0.9, 3 − 2.7;  with μ = 0.5: v₂ = 0.5·(9, 27) + (4.5, 4.5)
    descent = descend(QUADRATIC, START, rule="momentum", learning_rate=0.1, momentum=0.5, max_steps=2)
    np.testing.assert_allclose(descent.points, [[3, 3], [2.1, 0.3], [1.2, -1.5]], atol=1e-14)


def test_nesterov_looks_one_velocity_ahead():
    # v = g = (9, 27), x = 3 − 0.1·(g + ½·v) = 3 − 0.15·g
    descent = descend(QUADRATIC, START, rule="nesterov", learning_rate=0.1, momentum=0.5, max_steps=1)
    np.testing.assert_allclose(descent.points[1], [1.65, -1.05], atol=1e-14)


def test_half_a_newton_step_goes_half_way_to_the_minimum():
    descent = descend(QUADRATIC, START, rule="newton", learning_rate=0.5, max_steps=1)
    np.testing.assert_allclose(descent.points[1], [1.5, 1.5], atol=1e-14)


def test_exact_line_search_turns_at_right_angles_and_beats_every_other_step_length():
    descent = descend(QUADRATIC, START, rule="line_search", max_steps=6)
    turns = (descent.gradients[1:] * descent.gradients[:-1]).sum(axis=1)
    assert np.abs(turns).max() < 1e-12
    for x, g, value in zip(descent.points, descent.gradients, descent.values[1:], strict=False):
        lengths = np.linspace(0.0, 1.0, 201)[:, None]
        assert value <= QUADRATIC.value(x - lengths * g).min() + 1e-12


def test_backtracking_keeps_the_armijo_promise_at_every_step():
    descent = descend(SURFACES["rosenbrock"], (-1.2, 1.0), rule="backtracking", max_steps=200, armijo=0.3)
    promised = 0.3 * descent.step_sizes * descent.gradient_norms[:-1] ** 2
    assert (descent.values[:-1] - descent.values[1:] >= promised * (1 - 1e-9)).all()


def test_newton_is_done_with_a_quadratic_in_one_step_and_stops_where_the_hessian_is_singular():
    assert descend(QUADRATIC, START, rule="newton", tol_grad=1e-9).steps == 1
    descent = descend(SURFACES["absolute"], (2.0,), rule="newton")
    assert (descent.stopped_by, descent.steps) == ("singular", 0)
    assert (
        explain(descent).text
        == "The rule can't go on: the Hessian is singular here, so there is no Newton step."
    )


@pytest.mark.parametrize("name", ["rosenbrock", "saddle", "absolute"])
def test_line_search_is_refused_off_the_bowls_in_one_sentence(name):
    with pytest.raises(ValueError, match=rf"line_search needs a quadratic that opens upwards\. Got {name}\."):
        descend(SURFACES[name], SURFACES[name].start, rule="line_search")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"rule": "magic"}, r"rule must be one of gradient, sign.* Got 'magic'\."),
        ({"learning_rate": 0.0}, r"learning_rate must be > 0\. Got 0\."),
        (
            {"rule": "line_search", "learning_rate": 0.1},
            r"learning_rate must be None: line_search finds its own",
        ),
        ({"max_steps": 0}, r"max_steps must be >= 1\. Got 0\."),
        ({"tol_f": -1.0}, r"tol_f must be > 0\. Got -1\."),
        ({"stops": ["f"]}, r"Every test in stops must be one of tol_f, tol_grad\. Got 'f'\."),
        ({"momentum": 0.9}, r"parameter must be one of \(none\)\. Got 'momentum'\."),
    ],
)
def test_wrong_settings_are_refused_in_one_sentence(settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        descend(QUADRATIC, START, **settings)


def test_a_start_of_another_dimension_or_beyond_the_numbers_is_refused():
    with pytest.raises(ValueError, match="start must have shape"):
        descend(QUADRATIC, (1.0,))
    with pytest.raises(ValueError, match="start must be where f is finite"):
        descend(QUADRATIC, (1e200, 0.0))


def test_theory_knows_the_constants_of_the_seed():
    known = theory(QUADRATIC, 0.2)
    assert known.lambda_max == pytest.approx(GOLDEN["lambda_max"], rel=1e-14)
    assert known.lambda_min == pytest.approx(GOLDEN["lambda_min"], rel=1e-14)
    assert known.condition == pytest.approx(GOLDEN["condition_number"], rel=1e-14)
    assert known.critical_step == pytest.approx(GOLDEN["eta_critical"], rel=1e-14)
    assert known.best_step == pytest.approx(GOLDEN["eta_optimal"], rel=1e-14)
    assert known.rate == pytest.approx(GOLDEN["rate_at_eta_optimal"])
    for golden in GOLDEN["runs"]:
        factors = theory(QUADRATIC, golden["eta"]).factors
        np.testing.assert_allclose(sorted(factors), sorted(golden["spectral_factors"]), rtol=1e-12)


def test_the_regime_changes_at_the_monotone_and_at_the_critical_step():
    steps = theory(QUADRATIC, 0.1)
    regimes = [
        theory(QUADRATIC, limit * factor).regime
        for limit in (steps.monotone_step, steps.critical_step)
        for factor in (1 - 1e-9, 1 + 1e-9)
    ]
    assert regimes == ["monotone", "zig-zag", "zig-zag", "divergent"]
    assert theory(np.eye(2), 2.0).regime == "divergent"  # |1 − 2| = 1: it jumps to and fro for ever
    assert theory(np.eye(2), 1.0).regime == "monotone"  # 1 − 1 = 0: there in one step


def test_a_predicted_size_equal_to_its_tolerance_is_not_below_it():
    # f = x² with η = ¼ halves x: f = 1, ¼, 1/16 falls by ¾ and 3/16, f′ = 1 and ½ after the steps
    known = theory(PARABOLA, 0.25, (1.0,), tol_f=0.75, tol_grad=1.0)
    assert (known.predicted_tol_f, known.predicted_tol_grad) == (2, 2)


def test_measured_rate_comes_to_the_theory_s():
    descent = descend(QUADRATIC, START, learning_rate=0.1, max_steps=100)
    assert descent.measured_rate == pytest.approx(theory(QUADRATIC, 0.1).rate, rel=1e-9)
    odd = descend(PARABOLA, (2.5,), learning_rate=0.25, max_steps=3)  # every step halves the slope
    assert odd.measured_rate == pytest.approx(0.5)
    assert descend(QUADRATIC, START, max_steps=1).measured_rate is None


def test_a_saddle_has_factors_but_no_critical_step_and_other_surfaces_no_theory():
    known = theory(SURFACES["saddle"], 0.1, (2.0, 0.01), tol_grad=1e-6)
    assert sorted(known.factors) == pytest.approx([0.8, 1.2])
    assert (known.critical_step, known.condition, known.regime) == (None, None, "divergent")
    assert known.predicted_tol_grad is None
    with pytest.raises(ValueError, match=r"theory needs a quadratic surface\. Got rosenbrock\."):
        theory(SURFACES["rosenbrock"], 0.1)


_MOMENTUM = {"rule": "momentum", "momentum": 0.5, "learning_rate": 2.0}


@pytest.mark.parametrize(
    ("name", "start", "settings", "says"),
    [
        ("quadratic", START, {"learning_rate": 0.1}, "no step overshoots"),
        ("quadratic", START, {"learning_rate": 0.2}, "each step overshoots along the steepest direction"),
        ("quadratic", START, {"learning_rate": 0.3}, "ever further up"),
        ("saddle", (2.0, 0.01), {}, "f falls for ever"),
        ("saddle", (2.0, 0.01), {"learning_rate": 0.001}, "the path 1.002 times as far from the origin"),
        # f falls along x₂ alone: the factor of x₁ is 1 − 2η, with momentum a root of z² + 2.5·z + 0.5
        ("saddle", (2.0, 0.0), {"learning_rate": 1.5}, "other side of the origin, 2 times as far from it"),
        ("saddle", (2.0, 0.0), {"learning_rate": 1.0}, "other side of the origin, just as far from it"),
        ("saddle", (2.0, 0.0), _MOMENTUM, "in the long run each takes the path to the other side of"),
        ("saddle", (2.0, 0.0), _MOMENTUM, "2.281 times as far from it, so η is too large"),
        ("saddle", (2.0, 0.01), _MOMENTUM, "f falls for ever, and momentum only"),
        ("saddle", (2.0, 0.01), {"rule": "newton"}, "on a saddle"),
        ("himmelblau", (0.0, 0.0), {"rule": "adam"}, "Still on its way after 300 steps"),
        ("himmelblau", (0.0, 0.0), {"rule": "adam", "tol_grad": 1e-3}, "lowest point"),
        ("himmelblau", (0.0, 0.0), {"rule": "newton"}, "this is a maximum"),
        ("rastrigin", (2.3, 1.8), {"rule": "backtracking"}, "this is a local minimum"),
        ("rosenbrock", (-1.2, 1.0), {}, "overshoot"),
        ("rosenbrock", (-1.2, 1.0), {"rule": "backtracking"}, "Still on its way"),
        ("quadratic", START, {"ascent": True}, "no highest point"),
        ("double_well", (1.5,), {"ascent": True}, "no highest point"),
        ("double_well", (0.5,), {"ascent": True, "learning_rate": 0.05, "max_steps": 3}, "after 3 steps"),
        ("double_well", (0.5,), {"ascent": True, "learning_rate": 0.05, "tol_grad": 1e-6}, "is a maximum"),
        ("saddle", (2.0, 0.0), {"tol_grad": 1e-6}, "on a saddle"),
        (
            "parabola",
            (2.5,),
            {"learning_rate": 1.0},
            "η = 1 is 2/λmax: each step lands just as far on the other side",
        ),
        ("absolute", (2.5,), {"learning_rate": 0.3}, "from step 8 on 0.1 and −0.2 come again"),
        ("quadratic", START, {"rule": "sign", "learning_rate": 0.875}, "moves each coordinate by η = 0.875"),
        ("plateau", (3.0, 2.0), {"learning_rate": 0.01, "tol_f": 1e-3}, "a test of |Δf| alone is fooled"),
    ],
)
def test_explain_says_why_a_descent_went_as_it_did(name, start, settings, says):
    assert says in explain(descend(SURFACES[name], start, **({"max_steps": 300} | settings))).text


def test_a_zig_zag_overshoots_along_the_steepest_direction_at_every_step_and_along_no_other():
    walk = descend(SURFACES["quadratic"], START, learning_rate=0.2, max_steps=20)
    _, directions = np.linalg.eigh(SURFACES["quadratic"].hessian(np.array(START)))
    shallow, steep = np.sign(walk.points @ directions).T
    assert (steep[1:] == -steep[:-1]).all()
    assert (shallow == shallow[0]).all()


def test_where_neither_slope_nor_curvature_is_left_and_f_rises_on_one_side_the_ground_is_flat():
    cubic = Surface(
        "cubic", "x³", "", lambda x: (x**3, (3 * x * x,), (6 * x,)), (), start=(0.0,), domain=((-1, 1),)
    )
    descent = descend(cubic, (0.0,), rule="gradient", learning_rate=0.1, tol_grad=1e-6)
    assert explain(descent).text.endswith("nothing left to do: this is flat ground.")
    assert ENDS[end_of(descent)] == "flat ground"


@pytest.mark.parametrize(
    ("name", "start", "settings", "title"),
    [
        ("quadratic", START, {"learning_rate": 0.1, "tol_grad": 1e-6}, "Monotone."),
        ("quadratic", START, {"learning_rate": 0.2, "tol_grad": 1e-6}, "Zig-zag, and the best fixed step."),
        ("quadratic", START, {"learning_rate": 0.3}, "Divergent."),
        ("quadratic", (0.0, 0.0), {"learning_rate": 0.3, "tol_grad": 1e-6}, "Converged."),
        ("parabola", (2.5,), {"learning_rate": 1.0}, "A cycle."),
        ("rosenbrock", (-1.2, 1.0), {}, "Divergent."),
        ("rosenbrock", (-1.2, 1.0), {"rule": "backtracking"}, "Out of steps."),
        ("quadratic", START, {"rule": "sign", "learning_rate": 1.0}, "Arrived."),
        ("himmelblau", (0.0, 0.0), {"rule": "newton", "tol_grad": 1e-6}, "Converged."),
        ("plateau", (3.0, 2.0), {"learning_rate": 1.0, "tol_f": 0.1, "tol_grad": 1e-6}, "False convergence."),
        ("quadratic", START, {"learning_rate": 0.1, "tol_f": 1e-3, "tol_grad": 1e-300}, "Stopped too early."),
        ("quadratic", START, {"learning_rate": 0.1, "tol_f": 1e-3}, "Monotone."),
        ("quadratic", START, {"rule": "adam", "tol_f": 1e-9}, "Converged."),
    ],
)
def test_the_title_of_an_explanation_says_how_the_descent_ended(name, start, settings, title):
    assert explain(descend(SURFACES[name], start, **({"max_steps": 300} | settings))).title == title


def test_an_explanation_writes_a_tiny_number_as_a_power_of_ten():
    text = explain(descend(SURFACES["rosenbrock"], (-1.2, 1.0), rule="newton", tol_grad=1e-6)).text
    assert "·10⁻" in text
    assert "e-" not in text
    assert explain(descend(QUADRATIC, START, learning_rate=1e-5)).text.startswith(
        "η = 10⁻⁵ is at most 1/λmax"
    )


def test_a_stop_by_the_change_of_f_is_false_even_if_the_path_would_have_converged_later():
    asked = {"tol_f": 0.1, "tol_grad": 1e-6, "stops": ["tol_f"]}
    descent = descend(QUADRATIC, START, learning_rate=0.01, max_steps=3000, **asked)
    assert descent.steps_to_tol_grad is not None
    assert explain(descent).title == "False convergence."
