"""The gradient-descent page without a browser: settings, links, the stage's payload, every control."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from engine.descent.rules import RULES
from engine.descent.surfaces import SURFACES
from engine.runs.links import from_query, to_query
from pages.figures.theme import DARK, LIGHT
from pages.gradient_descent.controls import PRESETS
from pages.gradient_descent.exports import figures, standalone, steps_table
from pages.gradient_descent.session import CELLS, DescentSession
from pages.gradient_descent.settings import ADJUSTABLE, DescentSettings
from pages.gradient_descent.step_axis import round_up
from tests.pages.opening import come_to, healthy, in_field, open_page, refusals
from tests.pages.payloads import read_payload

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "gd_quadratic.json").read_text("utf-8"))
LINE_SEARCH_PLACES = ("quadratic", "parabola", ADJUSTABLE)


def shown(user):
    return read_payload(user.payload)


def ask(user, kind, value=None, *, number=1):
    user.answer({"client": "a", "id": number, "kind": kind, "value": value})
    return shown(user)


# Settings and links


def test_the_default_is_the_quadratic_of_the_slides_and_has_an_empty_link():
    assert to_query(DescentSettings()) == {}
    assert from_query(DescentSettings, {}) == DescentSettings()
    assert DescentSettings().from_where == (3.0, 3.0)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_survives_its_link(name):
    settings = PRESETS[name].settings
    assert from_query(DescentSettings, to_query(settings)) == settings


def test_a_link_keeps_start_parameters_and_racers():
    settings = DescentSettings(
        rule="momentum",
        step_size=0.05,
        parameters=(("momentum", 0.8),),
        start=(-1.5, 2.0),
        racers=(("gradient", 0.1, 0.0), ("nesterov", 0.03, 0.7)),
    )
    assert from_query(DescentSettings, to_query(settings)) == settings


@pytest.mark.parametrize(
    "query",
    [
        {"eta": "x"},
        {"eta": "-1"},
        {"on": "moon"},
        {"from": "1"},
        {"race": "a~b"},
        {"cap": "1e9"},
        {"eta": "9" * 999},
    ],
)
def test_a_link_that_cannot_be_read_gets_one_sentence(query):
    with pytest.raises(ValueError, match=r"\.$"):
        from_query(DescentSettings, query)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"eta": "1e7"}, "The step size must be above 0 and at most 1,000,000. Got 10000000."),
        ({"eta": "nan"}, "The step size must be above 0 and at most 1,000,000. Got nan."),
        ({"ef": "1e7"}, "ε must be above 0 and at most 1,000,000. Got 10000000."),
        ({"eg": "0"}, "ε must be above 0 and at most 1,000,000. Got 0."),
        (
            {"from": "1e7~0"},
            "Every coordinate of the start must be between −1,000,000 and 1,000,000. Got 10000000.",
        ),
        ({"from": "1"}, "The start must be two numbers for this surface. Got [1.0]."),
        ({"eig": "1~2~3"}, "There must be two eigenvalues. Got [1.0, 2.0, 3.0]."),
        ({"eig": "1000~1"}, "Every eigenvalue must be between 0.01 and 100. Got 1000."),
        ({"eig": "1~1e-3"}, "Every eigenvalue must be between 0.01 and 100. Got 0.001."),
        ({"angle": "1000"}, "The angle must be between −180 and 180. Got 1000."),
        ({"race": "gradient~1e-9~0"}, "The step size must be between 0.000001 and 1,000. Got 1e-09."),
        ({"race": "gradient~1e4~0"}, "The step size must be between 0.000001 and 1,000. Got 10000."),
        ({"race": "momentum~0.1~1"}, "momentum must be between 0.01 and 0.999. Got 1."),
        ({"cap": "2001"}, "The maximum number of steps must be between 1 and 2,000. Got 2001."),
        ({"par": "(none)~1"}, "parameter must be one of (none). Got '(none)'."),
        ({"rule": "adam", "par": "armijo~0.1"}, "parameter must be one of beta1,"),
        ({"rule": "momentum", "par": "momentum~0"}, "momentum must be between 0.01 and 0.999. Got 0."),
    ],
)
def test_a_link_is_refused_with_the_rule_that_it_breaks(query, sentence):
    with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}"):
        from_query(DescentSettings, query)


def test_another_surface_takes_its_own_start_and_a_rule_that_works_there():
    there = DescentSettings(rule="line_search", start=(1.0, 2.0)).changed(surface="rosenbrock")
    assert there.from_where == (-1.2, 1.0)
    assert there.rule == "gradient"
    assert there.step_size < 0.002


# The descent and what is said about it


@pytest.mark.parametrize(("eta", "by_f", "by_grad"), [(0.1, 37, 76), (0.2, 20, 38)])
def test_both_tests_say_the_numbers_of_steps_of_the_slides(eta, by_f, by_grad):
    header = shown(DescentSession(DescentSettings(step_size=eta))).header
    assert header["crossings"] == {"f": by_f, "grad": by_grad}
    predicted = next(row for row in header["theory"]["rows"] if row["label"].startswith("steps"))
    assert predicted["value"] == f"{by_grad} / {by_grad}"


def test_the_stage_is_told_the_colours_of_the_regimes():
    header = shown(DescentSession(DescentSettings(step_size=0.2))).header
    assert (header["regime"], header["tone"]) == ("zig-zag", "zigzag")
    assert [zone["tone"] for zone in header["axis"]["zones"]] == ["monotone", "zigzag", "divergent"]
    assert header["axis"]["zones"][2]["short"] == "diverges"


@pytest.mark.parametrize("eta", [0.1, 0.2, 0.25, 0.3, 0.5])
def test_the_points_are_those_of_the_golden_run(eta):
    golden = next(run for run in GOLDEN["runs"] if run["eta"] == eta)
    points = shown(DescentSession(DescentSettings(step_size=eta))).blocks["points"]
    count = min(len(points), len(golden["points"]))
    assert count > 3
    assert np.allclose(points[:count], golden["points"][:count], rtol=1e-9, atol=1e-12)


def test_a_test_of_the_change_of_f_alone_is_misled_at_a_quarter_and_the_line_says_so():
    header = shown(DescentSession(PRESETS["false"].settings)).header
    assert header["stopped_by"] == "tol_f"
    assert header["crossings"]["f"] == 1
    assert header["why"]["title"] == "False convergence."
    assert not header["why"]["text"].startswith("False")


@pytest.mark.parametrize(
    ("settings", "title"),
    [
        (DescentSettings(surface="absolute", step_size=0.3), "A cycle."),
        (DescentSettings(surface="parabola", step_size=1.0), "A cycle."),
        (DescentSettings(surface=ADJUSTABLE, step_size=0.2, max_steps=50), "At the limit."),
        (DescentSettings(surface="saddle", step_size=0.1), "Divergent."),
        (DescentSettings(surface="saddle", step_size=0.1, start=(2.0, 0.0)), "Converged."),
    ],
)
def test_the_title_says_how_the_run_ended(settings, title):
    header = shown(DescentSession(settings)).header
    assert header["why"]["title"] == title
    assert "ever further" not in header["why"]["text"]
    assert title != "Converged." or header["regime"] is None


def test_the_axis_has_the_three_regimes_and_ends_beyond_the_critical_step():
    axis = shown(DescentSession()).header["axis"]
    assert [zone["regime"] for zone in axis["zones"]] == ["monotone", "zig-zag", "divergent"]
    assert axis["zones"][1]["to"] == pytest.approx(GOLDEN["eta_critical"], rel=1e-12)
    assert axis["end"] == pytest.approx(0.3)
    assert round_up(0.3) == pytest.approx(0.3)
    assert round_up(0.26) == pytest.approx(0.3)


@pytest.mark.parametrize("surface", [*SURFACES, ADJUSTABLE])
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_runs_on_every_surface_with_a_finite_payload(surface, rule):
    if rule == "line_search" and surface not in LINE_SEARCH_PLACES:
        pytest.skip("line search needs a quadratic that opens upwards")
    user = DescentSession(DescentSettings(racers=(("gradient", 0.1, 0.0),)))
    user.set(surface=surface, max_steps=30)
    user.set(rule=rule)
    payload = shown(user)
    assert payload.header["rule"] == RULES[rule].label
    for name in ("points", "values", "heights", "norms"):
        assert np.isfinite(payload.blocks[name]).all(), name
    assert payload.header["why"]["text"]
    assert payload.header["theory"]["rows"]


def test_tiny_and_huge_numbers_in_the_table_are_powers_of_ten_as_in_the_formulas():
    settings = DescentSettings(surface="rosenbrock", rule="newton", step_size=1.0)
    rows = shown(DescentSession(settings)).header["theory"]["rows"]
    distance = next(row["value"] for row in rows if row.get("label") == "distance to the minimum")
    assert re.fullmatch("[1-9]\\.[0-9]·10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+", distance)


# What the stage asks


def test_the_values_of_a_surface_travel_once_until_the_stage_asks_again():
    user = DescentSession()
    assert "grid" in shown(user).blocks
    assert "grid" not in ask(user, "eta", 0.1).blocks
    assert "grid" not in ask(user, "start", [1.0, -2.0], number=2).blocks
    assert len(ask(user, "surface", number=3).blocks["grid"]) == CELLS
    zoomed = ask(user, "window", [-1.12, 1.12, -1, 1], number=4)
    assert zoomed.header["window"] == [-1.12, 1.12, -1, 1]
    assert "grid" in zoomed.blocks


def test_the_window_stays_when_the_step_size_moves_and_goes_with_the_surface():
    user = DescentSession()
    ask(user, "window", [-1.12, 1.12, -1, 1])
    assert ask(user, "eta", 0.15, number=2).header["window"] == [-1.12, 1.12, -1, 1]
    user.set(step_size=0.12)
    assert shown(user).header["window"] == [-1.12, 1.12, -1, 1]
    user.set(surface="himmelblau")
    assert shown(user).header["window"] == pytest.approx([-5.6, 5.6, -5, 5])


@pytest.mark.parametrize(
    ("kind", "value"), [("eta", 0.1), ("start", [1.0, -2.0]), ("window", [-2, 2, -1, 1])]
)
def test_a_request_builds_one_payload(kind, value, monkeypatch):
    built, picture = [], DescentSession.picture
    monkeypatch.setattr(
        DescentSession, "picture", lambda self, **how: built.append(how) or picture(self, **how)
    )
    user = DescentSession()
    built.clear()
    ask(user, kind, value)
    assert built == [{"with_race": kind == "window"}]


def test_the_middle_of_the_grid_holds_the_values_of_the_surface():
    payload = shown(DescentSession())
    left, right, low, high = payload.header["window"]
    r, c = 17, 90
    x = left + (c + 0.5) * (right - left) / CELLS
    y = high - (r + 0.5) * (high - low) / CELLS
    assert payload.blocks["grid"][r, c] == pytest.approx(x * x + x * y + 4 * y * y, rel=1e-5)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("eta", "a"),
        ("eta", -1),
        ("eta", math.inf),
        ("start", [1]),
        ("start", ["a", 2]),
        ("start", [1e9, 0]),
        ("window", [1, 1, 1, 1]),
        ("window", "abcd"),
        ("settle", "x"),
        ("settle", -5),
        ("nonsense", None),
    ],
)
def test_what_cannot_be_read_changes_nothing(kind, value):
    user = DescentSession()
    header = ask(user, kind, value).header
    assert user.settings == DescentSettings()
    assert header["window"] == header["home"]
    assert user.shown == 0


def test_a_refused_input_is_named_in_one_sentence():
    user = DescentSession()
    user.set(step_size=-1.0)
    assert shown(user).header["notice"] == "The step size must be above 0 and at most 1,000,000. Got -1."
    assert user.settings == DescentSettings()


def test_a_refused_drag_is_still_explained_when_the_stage_comes_to_rest():
    user = DescentSession()
    refused = ask(user, "eta", -1.0).header
    rule = "The step size must be above 0 and at most 1,000,000."
    assert (refused["eta"], refused["notice"]) == (0.2, f"{rule} Got -1.")
    assert ask(user, "settle", 0, number=2).header["notice"] == refused["notice"]
    assert ask(user, "eta", 0.1, number=3).header["notice"] is None


def test_the_table_has_a_row_for_every_step():
    table = steps_table(DescentSession())
    assert list(table.columns) == ["step", "x₁", "x₂", "f", "∂f/∂x₁", "∂f/∂x₂", "‖∇f‖", "η", "Δf"]
    assert len(table) == 39
    assert table["Δf"][1] == pytest.approx(table["f"][1] - table["f"][0])


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("step_size", [0.01, 3])
def test_every_descent_can_be_downloaded_in_pictures_even_one_that_diverges(surface, step_size):
    user = DescentSession(DescentSettings(surface=surface, step_size=step_size))
    made = figures(user, LIGHT)
    assert len(made) == (3 if user.surface.dimension == 2 else 2)
    for name, figure in made.items():
        figure.to_json()
        if not name.endswith("3d"):
            assert np.isfinite(figure.layout.xaxis.range).all()


def test_the_downloaded_page_says_why_and_needs_nothing_else():
    written = standalone(DescentSession(), DARK)
    assert "<b>Zig-zag, and the best fixed step.</b>" in written
    assert written.count('class="plotly-graph-div"') == 3
    assert written.rpartition('<div class="steps">')[2].count("<tr") == 40
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", written)


# The page


@pytest.fixture
def app():
    return open_page("gradient-descent")


def session_of(app):
    return app.session_state["descent_session"]


def test_the_page_opens_without_an_exception(app):
    healthy(app)
    sent = [element.proto.bytes for element in app.get("bidi_component") if element.proto.bytes]
    assert read_payload(sent[0]).header["crossings"] == {"f": 20, "grad": 38}


OUTERMOST = {
    "curvatures": {"on": ADJUSTABLE, "eig": "0.01~100", "angle": "-180", "eta": "1e6", "from": "1e6~-1e6"},
    "tests": {"on": ADJUSTABLE, "angle": "180", "eta": "1e-300", "ef": "1e-300", "eg": "1e6", "cap": "2000"},
    "racers": {"race": "gradient~1e-6~0~gradient~1e3~0~momentum~0.1~0.999~rmsprop~0.1~0~rmsprop~0.1~1"},
    "least": {"rule": "backtracking", "par": "armijo~1e-8~shrink~0.05", "cap": "1"},
    "most": {"rule": "adam", "par": "beta1~0.99999~beta2~0~eps~1~amsgrad~1"},
}
BEYOND = (
    {"on": ADJUSTABLE, "eig": "1000~1"},
    {"on": ADJUSTABLE, "angle": "1000"},
    {"race": "gradient~1e-9~0"},
    {"par": "(none)~1"},
)


@pytest.mark.parametrize("name", OUTERMOST)
def test_a_link_at_the_bounds_opens_with_every_control(name):
    app = healthy(come_to("gradient-descent", **OUTERMOST[name]).run())
    assert session_of(app).settings == from_query(DescentSettings, OUTERMOST[name]) != DescentSettings()


@pytest.mark.parametrize("query", BEYOND, ids=str)
def test_a_link_beyond_a_bound_opens_the_page_with_one_sentence(query):
    app = healthy(come_to("gradient-descent", **query))
    assert session_of(app).settings == DescentSettings()
    assert session_of(app).notice.startswith("The link can't be opened: ")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "gradient"])
def test_every_rule_can_take_the_place_of_the_first_racer(app, rule):
    healthy(app.selectbox(key="racer_0").select(rule).run())
    assert session_of(app).settings.racers[0][0] == rule


@pytest.mark.parametrize("surface", [*SURFACES, ADJUSTABLE])
def test_every_surface_can_be_chosen(app, surface):
    healthy(app.selectbox(key="surface").select(surface).run())
    assert session_of(app).settings.surface == surface


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_chosen(app, rule):
    healthy(app.selectbox(key="rule").select(rule).run())
    assert session_of(app).settings.rule == rule


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_one_click_away(app, name):
    healthy(app.radio(key="descent_preset").set_value(name).run())
    assert session_of(app).settings == PRESETS[name].settings


@pytest.mark.parametrize("rule", [name for name, row in RULES.items() if row.parameters])
def test_a_rules_own_parameters_have_controls(app, rule):
    app.selectbox(key="rule").select(rule).run()
    for row in RULES[rule].parameters:
        key = f"rule_{row.name}"
        if row.is_bool:
            app.toggle(key=key).set_value(not row.default).run()
        else:
            in_field(app, key, repr(0.25 * row.minimum + 0.75 * row.maximum))
        healthy(app)
    settings = session_of(app).settings
    assert {name for name, _ in settings.parameters} == {row.name for row in RULES[rule].parameters}
    assert from_query(DescentSettings, to_query(settings)) == settings


def test_controls_write_to_the_settings(app):
    app.selectbox(key="step_size").select("0.1").run()
    app.selectbox(key="direction").select("ascent").run()
    app.toggle(key="test_f").set_value(True).run()
    in_field(app, "max_steps", "40")
    app.selectbox(key="racer_0").select("adagrad").run()
    s = session_of(healthy(app)).settings
    assert (s.step_size, s.ascent, s.test_f, s.max_steps) == (0.1, True, True, 40)
    assert s.racers[0] == ("adagrad", 0.5, 0.0)
    assert len(s.lineup) == 5, "exact line search can't climb"
    assert len(s.racers) == 6, "and waits for the next descent"


def test_a_racer_that_cannot_climb_is_back_at_the_next_descent():
    app = come_to("gradient-descent", race="line_search~0~0~gradient~0.2~0").run()
    app.selectbox(key="direction").select("ascent").run()
    assert app.selectbox(key="racer_0").value == "line_search"
    in_field(app, "racer_step_1", "0.3")
    assert session_of(app).settings.lineup == (("gradient", 0.3, 0.0),)
    app.selectbox(key="direction").select("descent").run()
    both = ("line_search", 0.0, 0.0), ("gradient", 0.3, 0.0)
    assert session_of(healthy(app)).settings.lineup == both


def test_a_step_size_typed_just_before_a_rule_is_chosen_in_another_row_counts():
    app = come_to("gradient-descent", race="gradient~0.2~0~newton~1~0").run()
    app.selectbox(key="racer_1").select("adagrad")
    in_field(app, "racer_step_0", "0.3")
    assert session_of(app).settings.racers == (("gradient", 0.3, 0.0), ("adagrad", 0.5, 0.0))


def test_a_racer_is_taken_out_unless_it_is_the_only_one():
    app = come_to("gradient-descent", race="newton~1~0~gradient~0.2~0").run()
    assert "–" in app.selectbox(key="racer_0").options
    healthy(app.selectbox(key="racer_0").select("–").run())
    assert session_of(app).settings.racers == (("gradient", 0.2, 0.0),)
    assert "–" not in app.selectbox(key="racer_0").options, "no racer chosen means the six usual ones"
    assert "–" in app.selectbox(key="racer_1").options


def test_when_no_chosen_racer_can_walk_the_usual_ones_race_and_it_is_said():
    app = healthy(come_to("gradient-descent", race="line_search~0~0", on="rosenbrock").run())
    said = [caption.value for caption in app.caption]
    assert "None of the chosen rules can walk here, so the usual ones race." in said
    assert "can't walk here" in said
    s = session_of(app).settings
    assert s.lineup == DescentSettings(surface="rosenbrock").lineup
    assert s.entered == (("line_search", 0.0, 0.0),)


def typed(app, key, text):
    """A select box that takes new options, after this was typed into it."""
    box = app.selectbox(key=key)
    assert box.proto.accept_new_options
    box.options.append(text)
    return session_of(healthy(box.set_value(text).run()))


@pytest.mark.parametrize(
    ("key", "text", "field", "value"),
    [
        ("step_size", "0,12", "step_size", 0.12),
        ("step_size", "1/8", "step_size", 0.125),
        ("epsilon", "3·10⁻⁴", "epsilon_grad", 0.0003),
        ("epsilon", "10^-7", "epsilon_f", 1e-7),
        ("start", "(−1.5, 2)", "start", (-1.5, 2.0)),
        ("start", "1,5; -2", "start", (1.5, -2.0)),
        ("start", "(1.5,2)", "start", (1.5, 2.0)),
        ("start", "(3,3)", "start", ()),  # the surface's own
    ],
)
def test_numbers_may_be_typed_as_people_write_them(app, key, text, field, value):
    assert getattr(typed(app, key, text).settings, field) == value


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("step_size", "abc", "Step size η must be a number, like 0.5, 1.2e-3 or 1/3. Got 'abc'."),
        ("step_size", "1,0.", "Step size η must be a number with one point or comma at most, like 1234.5. "
         "Got '1,0.'."),
        ("epsilon", "1/0", "ε must be a number that does not divide by 0. Got '1/0'."),
        ("start", "3, x", "Number 2 of the start must be a number, like 0.5, 1.2e-3 or 1/3. Got 'x'."),
        ("start", "3", "The start must be two numbers for this surface. Got [3.0]."),
    ],
)  # fmt: skip
def test_what_is_typed_and_no_number_is_refused_with_its_field(app, key, text, sentence):
    user = typed(app, key, text)
    assert refusals(app) == {key: sentence}
    assert shown(user).header["notice"] is None
    assert user.settings == DescentSettings()
