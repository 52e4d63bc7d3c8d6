"""The theory beside a descent: where it holds, what its table says, and the regions on the step's axis."""

import numpy as np
import pytest

from engine.descent.descent import descend
from engine.descent.momentum import momentum_theory
from engine.descent.rules import RULES
from engine.descent.surfaces import SURFACES
from pages.figures.regimes import TONES
from pages.gradient_descent.controls import PRESETS
from pages.gradient_descent.derivation import DERIVATIONS
from pages.gradient_descent.local_theory import has_theory
from pages.gradient_descent.session import DescentSession
from pages.gradient_descent.settings import ADJUSTABLE, DescentSettings
from pages.gradient_descent.theory import factor, steps
from tests.pages.payloads import read_payload


def header_of(settings=None, /, **fields):
    return read_payload(DescentSession(settings or DescentSettings(**fields)).payload).header


def rows_of(header):
    return {row["label"]: row["value"] for row in header["theory"]["rows"] if "label" in row}


def test_the_prediction_is_given_beyond_the_cap_and_the_cap_is_said():
    rows = rows_of(header_of(step_size=0.245))
    assert rows["steps, predicted / run"] == "70,872 / > 200, the cap"
    assert rows_of(header_of(step_size=0.3))["steps, predicted / run"] == "– / –"
    assert rows_of(header_of(step_size=0.2))["steps, predicted / run"] == "38 / 38"


def test_near_the_critical_step_table_and_axis_have_the_digits_that_tell_it_from_the_step():
    header = header_of(step_size=0.245)
    assert rows_of(header)["critical step 2/λ_{max}"] == "0.24503"
    assert header["axis"]["marks"][1]["long"] == "critical 2/λ_{max} = 0.24503"
    assert factor(-1.000003) == "−1.000003"
    assert (factor(-1.0), factor(0.81623), factor(-0.99996)) == ("−1.0000", "+0.8162", "−0.99996")


@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
@pytest.mark.parametrize("surface", ["quadratic", "parabola", ADJUSTABLE])
def test_the_regions_of_momentum_are_drawn_where_the_fixed_steps_are(rule, surface):
    settings = DescentSettings(surface=surface, rule=rule, step_size=0.05, parameters=(("momentum", 0.5),))
    axis = header_of(settings)["axis"]
    known = momentum_theory(settings.place, 0.05, 0.5, rule)
    assert [zone["regime"] for zone in axis["zones"]] == ["monotone", "oscillating", "zig-zag", "divergent"]
    assert {zone["tone"] for zone in axis["zones"]} <= set(TONES.values())
    ends = [zone["to"] for zone in axis["zones"]]
    assert ends[:3] == pytest.approx([known.monotone_step, known.oscillating_step, known.critical_step])
    assert ends[3] == axis["end"] > known.critical_step
    assert axis["zones"][0]["from"] == 0
    assert [zone["from"] for zone in axis["zones"][1:]] == ends[:3]
    rows = rows_of(header_of(settings))
    assert rows["best rate: this μ, fixed step"].startswith(f"{known.best_rate:.4f}, ")


@pytest.mark.parametrize(
    ("settings", "note"),
    [
        ({"surface": "himmelblau", "ascent": True, "step_size": 0.04385}, "no maximum reached, so no theory"),
        ({"surface": "absolute", "step_size": 0.3}, "no theory for this surface"),
        ({"surface": "himmelblau", "rule": "adam"}, "no theory for this rule"),
    ],
)
def test_why_the_axis_has_no_theory_is_said(settings, note):
    """Himmelblau's surface has the theory of its maximum, once an ascent comes to it."""
    assert header_of(**settings)["axis"]["note"] == f"{note}: try other values of η"


def test_a_saddle_has_no_condition_and_no_critical_step():
    for rule in ("gradient", "momentum", "nesterov"):
        rows = rows_of(header_of(surface="saddle", rule=rule))
        assert rows["λ_{max}, λ_{min}"] == "2.0000, −2.0000"
        assert not any("κ" in label or "critical" in label or "best" in label for label in rows)
        assert "∞" not in " ".join(rows.values())


@pytest.mark.parametrize(
    ("surface", "start", "place"),
    [
        ("rastrigin", (2.3, 1.8), "(1.99, 1.99)"),
        ("rastrigin", (0.2, -0.1), "(0, 0)"),
        ("himmelblau", (-3.0, 3.0), "(−2.805, 3.131)"),
    ],
)
def test_the_theory_is_that_of_the_minimum_that_was_reached(surface, start, place):
    step = {"rastrigin": 0.002, "himmelblau": 0.01}[surface]
    header = header_of(surface=surface, start=start, step_size=step, max_steps=500)
    assert (header["theory"]["title"], header["theory"]["near"]) == ("Theory", f"near the minimum {place}")
    assert header["axis"]["note"] == f"near the minimum {place}"
    assert header["why"]["title"] == "Converged."
    end = descend(SURFACES[surface], start, learning_rate=step, tol_grad=1e-6, max_steps=500).points[-1]
    largest = np.linalg.eigvalsh(SURFACES[surface].hessian(end))[-1]
    assert header["axis"]["zones"][1]["to"] == pytest.approx(2 / largest, rel=1e-3)


def test_an_ascent_has_the_theory_of_the_maximum_and_its_own_sign():
    climbed = header_of(surface="himmelblau", ascent=True, step_size=0.01, max_steps=500)
    assert climbed["theory"]["near"] == "near the maximum (−0.2708, −0.923)"
    assert climbed["axis"]["zones"][1]["to"] == pytest.approx(2 / 45.6052, rel=1e-4)
    assert "λ_{max}, λ_{min} of −H" in rows_of(climbed)
    endless = header_of(ascent=True)
    assert endless["theory"]["rows"][0] == {"lines": ["x ← x + η·g"]}
    assert endless["axis"]["note"] == "Ascent climbs without end."
    assert [zone["regime"] for zone in endless["axis"]["zones"]] == ["divergent"]


@pytest.mark.parametrize("surface", [*SURFACES, ADJUSTABLE])
@pytest.mark.parametrize("ascent", [False, True])
@pytest.mark.parametrize("step_size", [0.01, 0.245, 3.0])
def test_no_cell_of_the_table_is_longer_than_its_place(surface, ascent, step_size):
    for rule in ("gradient", "momentum", "adam"):
        header = header_of(surface=surface, ascent=ascent, step_size=step_size, rule=rule)
        for label, value in rows_of(header).items():
            assert len(value) <= 28, (label, value)
        assert len(header["theory"]["rows"]) <= 9
        assert ("distance to the minimum" in rows_of(header)) <= (not ascent)


def test_a_cycle_has_no_rate():
    rows = rows_of(header_of(PRESETS["sign"].settings))
    assert rows["cycle: from step, period"] == "3, 2"
    assert not any("per step" in label for label in rows)


def test_captions_and_banners_agree():
    said = {name: header_of(preset.settings) for name, preset in PRESETS.items()}
    caption = {name: preset.explanation for name, preset in PRESETS.items()}
    for name, count in {"small": 76, "best": 38, "narrow": 58, "rosenbrock": 1046}.items():
        assert said[name]["crossings"]["grad"] == count
        assert f"{count:,}" in caption[name]
    for point in ("(0.375, 0.375)", "(−0.5, −0.5)"):
        assert point in said["sign"]["why"]["text"]
        assert point in caption["sign"]
    titles = {name: header["why"]["title"] for name, header in said.items()}
    assert titles == {
        "small": "Monotone.",
        "best": "Zig-zag, and the best fixed step.",
        "false": "False convergence.",
        "divergent": "Divergent.",
        "sign": "A cycle.",
        "sign_lucky": "Converged.",
        "line_search": "Converged.",
        "parabola": "Zig-zag.",
        "narrow": "Oscillating, as fast as this μ allows.",
        "rosenbrock": "Converged.",
    }
    uphill = read_payload(DescentSession(PRESETS["divergent"].settings).payload).blocks["values"]
    assert (np.diff(uphill) > 0).all(), "every step lands higher"


def test_the_momentum_lesson_compares_with_the_best_fixed_step():
    settings = PRESETS["narrow"].settings
    best = 2 / sum(settings.eigenvalues)
    walk = descend(settings.place, settings.from_where, learning_rate=best, tol_grad=1e-6, max_steps=1000)
    assert walk.steps == 325
    assert f"= {best:.4f}, takes 325 steps" in PRESETS["narrow"].explanation
    assert any(rule == "gradient" and size == pytest.approx(best) for rule, size, _ in settings.lineup)


def test_a_number_of_steps_has_its_thousands_marked():
    assert [steps(count) for count in (None, 76, 21_374)] == ["–", "76", "21,374"]


def test_every_rule_that_has_a_theory_has_its_derivation():
    assert {rule for rule in RULES if has_theory(rule)} == DERIVATIONS.keys()
