"""What the landscape says of its paths: every number recomputes from what is said."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from pages.figures.landscape.records import Axis, Ground, Moment, Track
from pages.figures.landscape.words import apart, cut_off, losses, misleading, scaling

AXES = (Axis("PC 1", "PC 1", 0.8), Axis("PC 2", "PC 2", 0.1))


def track(true, seen, name="Adam", at=-1):
    count = len(true)
    now = Moment(range(count)[at], (0.0, 0.0), true[at], seen[at], 0.25)
    points, true, seen = np.zeros((count, 2)), np.array(true), np.array(seen)
    return Track(f"{name}, η = 0.1", np.arange(count), points, true, seen, np.zeros(count), now, name)


def ground(width, height):
    x, y = np.linspace(0, width, 5), np.linspace(0, height, 4)
    return Ground(x, y, np.ones((4, 5)), AXES, (0.1, 1.0), True)


@pytest.mark.parametrize(
    ("true", "seen", "factor"),
    [
        (1.0, 1.0, 1.0),
        (0.0, 0.0, 1.0),
        (0.0054, 0.203, 0.203 / 0.0054),
        (0.5, 0.1, 5.0),
        (0.0, 0.1, math.inf),
    ],
)
def test_two_losses_are_apart_by_the_larger_over_the_smaller(true, seen, factor):
    assert apart(true, seen) == pytest.approx(factor)
    assert apart(seen, true) == pytest.approx(factor)
    assert apart(math.nan, seen) == apart(true, math.inf) == math.inf
    assert apart(math.nan, math.nan) == apart(math.inf, math.inf) == 1.0


def test_a_path_that_stays_within_twice_its_loss_on_the_plane_needs_no_warning():
    assert misleading([track((1.0, 0.5), (1.9, 0.26))], "frame") == ""


@pytest.mark.parametrize("seen", [0.203, 0.0026])
def test_where_they_part_by_more_than_twice_both_losses_are_said(seen):
    alone = misleading([track((1.0, 0.0054), (1.0, seen))], "frame")
    assert f"at frame 1 the path's true loss is 0.0054, the plane shows {seen:.4f}" in alone
    race = [track((1.0, 0.0054), (1.0, seen), "Momentum"), track((1.0, 0.5), (1.0, 0.6), "SGD")]
    assert f"at epoch 1 Momentum's true loss is 0.0054, the plane shows {seen:.4f}" in misleading(
        race, "epoch"
    )
    assert "SGD" not in misleading(race, "epoch")


def test_a_path_whose_mark_is_near_the_plane_is_named_at_its_worst_point():
    said = misleading([track((1.0, 0.2, 0.1, 0.5), (1.0, 0.6, 0.5, 0.5))], "frame")
    assert "at frame 2 the path's true loss is 0.1000, the plane shows 0.5000" in said


def test_a_tiny_loss_is_written_with_a_power_of_ten_and_no_markup():
    said = misleading([track((1.0, 6.164e-4), (1.0, 0.02))], "epoch")
    assert "6.164·10⁻⁴" in said
    assert "<" not in said


@pytest.mark.parametrize(("width", "height"), [(8.92, 3.52), (0.735, 2.48), (1.0, 1234.5), (2e-6, 3e-5)])
def test_the_ratio_of_unequal_axes_recomputes_from_the_spans_that_are_said(width, height):
    said = scaling(ground(width, height))
    ratio, large, small = re.fullmatch(
        r"The axes have different scales, 1 : (\S+): PC \d spans (\S+), PC \d only (\S+), "
        r"and both fill the picture\.",
        said,
    ).groups()
    large, small = (float(number.replace("−", "-")) for number in (large, small))
    assert float(f"{large / small:.2g}") == float(ratio)
    assert ("PC 1 spans" in said) == (width > height)


def test_equal_axes_need_no_sentence():
    assert scaling(ground(2.0, 2.1)) == ""


@pytest.mark.parametrize(
    ("true", "seen", "log", "said"),
    [
        (1.0, 1.0, True, ""),
        (5.0, 1.0, False, ""),
        (math.inf, math.nan, True, ""),
        (21.0, 1.0, False, "Cut off at the top: true losses at 20.0000."),
        (1.0, 1.1, False, "Cut off at the top: the plane at 1.0000."),
        (2e12, 1.0, True, "Cut off at the top: true losses at 1.000·10¹²."),
        (21.0, 2.0, False, "Cut off at the top: the plane at 1.0000, true losses at 20.0000."),
    ],
)
def test_what_is_too_high_for_the_picture_in_space_is_said(true, seen, log, said):
    place = replace(ground(1.0, 1.0), log=log)
    assert cut_off(place, [track((0.5, true), (0.5, seen))]) == said


def test_every_path_is_described_with_its_losses_at_start_and_mark():
    racers = [track((1.0, 0.0054), (1.0, 0.203), name) for name in ("SGD", "Adam")]
    said = losses(racers, "epoch")
    for name in ("SGD, η = 0.1", "Adam, η = 0.1"):
        assert (
            f"{name}: true loss 1.0000 at epoch 0, 0.0054 at epoch 1, where the plane, 0.25 away, "
            "shows 0.2030." in said
        )
    assert losses(racers[:1], "frame").startswith("The path: true loss 1.0000 at frame 0")
    ended = replace(racers[0], now=replace(racers[0].now, frame=0, true_loss=1.0))
    assert losses([ended], "epoch").startswith("The path: true loss 1.0000 at epoch 0, where")
