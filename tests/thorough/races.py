"""Every rule's race on every surface to its end, against a plain loop over the book's equation."""

from __future__ import annotations

import numpy as np

from engine.descent.race import RACE_STEPS, Racer, race
from engine.descent.surfaces import SURFACES
from tests.engine.descent.plain_rules import PLAIN, plain_steps

TOLERANCE = 1e-6


def check_race(name: str, rule: str) -> None:
    """Walk both. Raises: AssertionError unless both end at the same step, at the same point."""
    surface, plain = SURFACES[name], PLAIN[rule]
    count, x = plain_steps(surface, plain, TOLERANCE, RACE_STEPS)
    racer = Racer(rule, plain.rate(surface), plain.parameters)
    raced = race(surface, surface.start, [racer], TOLERANCE)
    found, descent = raced.rows[0], raced.descents[0]
    assert found is not None
    assert descent is not None
    assert found.steps_to_tol_grad == count, f"{found.steps_to_tol_grad} steps instead of {count}"
    if count is not None:
        np.testing.assert_allclose(descent.points[-1], x, rtol=1e-6, atol=1e-8)
