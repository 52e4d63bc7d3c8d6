"""Pictures as inputs: what the browser makes of a drawing and computes of it, as NumPy and the engine do."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import ACTIVATIONS, Run, replay
from pages.playground.opening import OPENING
from pages.playground.own_data.ready import ready_table, suiting
from pages.playground.session import Session
from tests.pages.playground.handwriting import all_drawn

HERE = Path(__file__).parent / "player"
DIGITS = OPENING.changed(table=ready_table("digits"), **suiting(OPENING, OPENING, "digits"))
PIXELS, BLOCK = 8, 4
PEN, STRETCH, BROADEST, SMALLEST = 2.8, 1.2, 0.6, 0.25
AT_AN_EDGE = 0.2
"""Of a pixel's 16 dots, those whose middle lies on the very edge of a line may be on or not."""


def inks(node, drawings) -> np.ndarray:
    """(drawings, 64) the pictures that the browser makes of strokes."""
    return np.array(json.loads(node(HERE / "print_inks.js", given=json.dumps(drawings))))


def expected_ink(strokes) -> np.ndarray:
    """(64,) the same by distances: a dot is on where it lies no farther from a line than the pen reaches."""
    side, parts = PIXELS * BLOCK, [np.array(stroke) for stroke in strokes]
    low, high = np.concatenate(parts).min(axis=0), np.concatenate(parts).max(axis=0)
    lengths = [np.hypot(*np.diff(part, axis=0).T) for part in parts]
    middles = [part[:-1, 0] / 2 + part[1:, 0] / 2 for part in parts]
    weight = np.concatenate(lengths)
    x0 = np.average(np.concatenate(middles), weights=weight) if weight.sum() else parts[0][0, 0]
    down = (side - 2 * PEN) / max(high[1] - low[1], SMALLEST)
    across = min(STRETCH, BROADEST * side / ((high[0] - low[0]) * down + 2 * PEN))
    reach = np.array([PEN * across, PEN])
    dots = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=-1) + 0.5  # (y, x, 2)
    on = np.zeros((side, side), dtype=bool)
    for part in parts:
        placed = side / 2 + (part - [x0, (low[1] + high[1]) / 2]) * down * [across, 1]
        for start, end in pairwise([*placed, placed[-1]]):
            way = (end - start) / reach
            share = ((dots - start) / reach @ way) / max(way @ way, 1e-12)
            nearest = np.clip(share, 0, 1)[..., None] * way
            on |= (((dots - start) / reach - nearest) ** 2).sum(axis=-1) <= 1
    return on.reshape(PIXELS, BLOCK, PIXELS, BLOCK).mean(axis=(1, 3)).ravel()


SPOT = st.tuples(st.floats(0, 1), st.floats(0, 1))
STROKES = st.lists(st.lists(SPOT, min_size=1, max_size=6), min_size=1, max_size=4)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawings=st.lists(STROKES, min_size=20, max_size=40))
def test_ink_is_the_share_of_each_pixel_s_dots_that_lie_under_the_pen(drawings, node):
    made = inks(node, drawings)
    wanted = np.array([expected_ink(strokes) for strokes in drawings])
    assert np.abs(made - wanted).max() <= AT_AN_EDGE
    assert np.abs(made - wanted).mean() <= 0.01


def test_nothing_drawn_is_no_ink(node):
    np.testing.assert_array_equal(inks(node, [[], [[]]]), np.zeros((2, 64)))


def test_a_digit_has_the_same_ink_wherever_on_the_pad_and_however_large_it_is_drawn(node):
    drawings, _ = all_drawn()
    moved = [[[(0.1 + 0.7 * x, 0.25 + 0.7 * y) for x, y in stroke] for stroke in each] for each in drawings]
    assert np.abs(inks(node, drawings) - inks(node, moved)).max() <= AT_AN_EDGE


def test_drawn_digits_have_about_as_much_ink_as_those_of_the_data_and_where_they_have_it(node):
    drawn, data = inks(node, all_drawn()[0]), ready_table("digits").X
    assert drawn.mean() == pytest.approx(data.mean(), abs=0.03)
    assert np.abs(drawn.mean(axis=0) - data.mean(axis=0)).mean() < 0.08


def test_of_fifty_digits_drawn_in_five_ways_a_trained_network_recognises_at_least_44(node):
    timeline = replay(Run(DIGITS))
    while timeline.frame < 60:
        timeline.advance()
    assert timeline[60].test_metric >= 0.95
    drawings, digits = all_drawn()
    said = timeline.trainer.net.predict(inks(node, drawings)).argmax(axis=1)
    assert (said == digits).sum() >= 44


@pytest.mark.parametrize("name", [*ACTIVATIONS])
def test_the_browser_passes_a_picture_through_the_network_as_the_engine_does_to_single_precision(name, node):
    experiment = DIGITS.changed(hidden=(32, 7), activations=(name, "tanh"))
    session = Session(experiment)
    net = session.timeline.trainer.net
    net.theta[...] = np.random.default_rng(3).normal(size=net.theta.size) * 0.3
    session.show_all()
    ink = session.data.X_test[5]
    passed = json.loads(
        node(
            HERE / "print_digit.js",
            given=json.dumps({"payload": session.payload.hex(), "ink": ink.tolist()}),
        )
    )
    trace = net.forward(ink[None])
    assert [len(layer) for layer in passed] == [32, 7, 10]
    for layer, A in zip(passed, trace.A[1:], strict=True):
        np.testing.assert_allclose(layer, A[0], rtol=2e-6, atol=3e-6)
    assert sum(passed[-1]) == pytest.approx(1, abs=1e-6)
