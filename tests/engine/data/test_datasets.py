import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.datasets import DATASETS, make_dataset
from engine.data.features import DOMAIN

NAMES = [name for name in DATASETS if not DATASETS[name].fixed]
CLASSIFIED = [name for name in NAMES if DATASETS[name].classes]
REGRESSIONS = [name for name in NAMES if not DATASETS[name].classes]
any_settings = {
    "samples": st.integers(4, 300),
    "noise": st.floats(0.0, 0.5),
    "train_share": st.floats(0.01, 1.0),
    "seed": st.integers(0, 1000),
}


def draw(name, *, seed=0, **settings):
    return make_dataset(name, rng=np.random.default_rng(seed), **settings)


def everything(split):
    return np.concatenate((split.X, split.X_test)), np.concatenate((split.target, split.target_test))


def radius_and_angle(points):
    """Angle counted as the spirals turn: from the x2 axis towards the x1 axis."""
    return np.hypot(*points.T), np.arctan2(points[:, 0], points[:, 1])


def arm_of(points, arms, turns):
    """Undo the spiral: what is left of the angle after its turns over a radius of 5 tells the arm."""
    radius, angle = radius_and_angle(points)
    rest = (angle - turns * 2 * np.pi * radius / 5) / (2 * np.pi) * arms
    return np.round(rest) % arms


def nearest(points, centres):
    return np.argmin(np.linalg.norm(points[:, None] - np.array(centres), axis=2), axis=1)


# What each data set is, written a second time: the class or value of a point without noise.
TRUTH = {
    "circle": lambda p: np.hypot(*p.T) > 3,
    "xor": lambda p: p[:, 0] * p[:, 1] < 0,
    "gauss": lambda p: p.sum(axis=1) < 0,
    "spiral": partial(arm_of, arms=2, turns=1.75),
    "spiral3": partial(arm_of, arms=3, turns=1.0),
    "plane": lambda p: (p[:, 0] + p[:, 1]) / 10,
    "moons": lambda p: np.abs(np.hypot(p[:, 0] + 1.5, p[:, 1] + 0.75) - 3) > 1e-9,
    "checkerboard": lambda p: (p[:, 0] // 3 + p[:, 1] // 3) % 2,
    "rings": lambda p: np.digitize(np.hypot(*p.T), (1.6, 3.6)),
    "blobs": lambda p: nearest(p, ((3, 3), (-3, 3), (-3, -3), (3, -3))),
    "hills": lambda p: sum(
        sign * np.maximum(0, 1 - np.hypot(p[:, 0] - x1, p[:, 1] - x2) / 2)
        for x1, x2, sign in (
            (-4, 2.5, 1),
            (0, 2.5, -1),
            (4, 2.5, 1),
            (-4, -2.5, -1),
            (0, -2.5, 1),
            (4, -2.5, -1),
        )
    ),
    "ripple": lambda p: np.cos(np.hypot(*p.T) * np.pi / 3),
}


@pytest.mark.parametrize("name", NAMES)
def test_without_noise_the_point_alone_decides_its_target(name):
    points, targets = everything(draw(name))
    np.testing.assert_allclose(TRUTH[name](points), targets, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15, deadline=None)
@given(**any_settings)
def test_shapes_ranges_and_counts_hold(name, samples, noise, train_share, seed):
    split = draw(name, samples=samples, noise=noise, train_share=train_share, seed=seed)
    points, targets = everything(split)
    train = max(1, round(samples * train_share))
    assert split.X.shape == (train, 2)
    assert split.target.shape == (train,)
    assert split.X_test.shape == (samples - train, 2)
    assert split.target_test.shape == (samples - train,)
    assert points.dtype == targets.dtype == np.float64
    assert np.abs(points).max() <= DOMAIN
    if DATASETS[name].classes:
        assert np.isin(targets, np.arange(DATASETS[name].classes)).all()
    else:
        assert np.abs(targets).max() <= 1.0


@pytest.mark.parametrize("name", CLASSIFIED)
@settings(max_examples=15, deadline=None)
@given(**any_settings)
def test_train_points_hold_every_class_as_soon_as_there_is_room(name, samples, noise, train_share, seed):
    split = draw(name, samples=samples, noise=noise, train_share=train_share, seed=seed)
    present = np.unique(everything(split)[1])
    expected = min(present.size, split.target.size)
    assert np.unique(split.target).size == expected


@pytest.mark.parametrize("name", CLASSIFIED)
def test_classes_are_balanced_without_noise_and_so_is_the_train_part(name):
    split, classes = draw(name, samples=480, train_share=0.1), DATASETS[name].classes
    assert np.ptp(np.bincount(everything(split)[1].astype(int), minlength=classes)) == 0
    np.testing.assert_array_equal(np.bincount(split.target.astype(int)), 48 // classes)


@pytest.mark.parametrize("name", NAMES)
def test_equal_seeds_give_equal_points_and_other_seeds_others(name):
    one, same, other = draw(name, noise=0.2), draw(name, noise=0.2), draw(name, noise=0.2, seed=1)
    np.testing.assert_array_equal(one.X, same.X)
    np.testing.assert_array_equal(one.target_test, same.target_test)
    assert not np.array_equal(one.X, other.X)


@pytest.mark.parametrize("name", NAMES)
def test_another_train_share_keeps_the_points_and_the_smaller_train_part(name):
    small, large = draw(name, noise=0.3, train_share=0.2), draw(name, noise=0.3, train_share=0.7)
    rows = {tuple(row) for row in np.column_stack((large.X, large.target))}
    assert {tuple(row) for row in np.column_stack((small.X, small.target))} <= rows
    assert sorted(map(tuple, everything(small)[0])) == sorted(map(tuple, everything(large)[0]))


@pytest.mark.parametrize("name", [n for n in NAMES if DATASETS[n].noise_meaning == "label noise"])
def test_label_noise_changes_targets_but_no_point(name):
    (points, clean), (same, noisy) = everything(draw(name)), everything(draw(name, noise=0.5))
    order, again = np.lexsort(points.T), np.lexsort(same.T)
    np.testing.assert_array_equal(points[order], same[again])
    assert np.mean(clean[order] != noisy[again]) > 0.1


@pytest.mark.parametrize("name", [n for n in NAMES if DATASETS[n].noise_meaning != "label noise"])
def test_spread_and_jitter_move_points_but_keep_the_classes_balanced(name):
    points, targets = everything(draw(name, samples=480))
    moved, kept = everything(draw(name, samples=480, noise=0.5))
    assert sorted(targets) == sorted(kept)
    assert sorted(map(tuple, points)) != sorted(map(tuple, moved))


def test_spiral_jitter_is_at_most_the_noise_along_each_axis():
    # equal seeds and sizes shuffle alike, because jitter draws as many numbers whatever the noise
    clean, noisy = draw("spiral", noise=0.0), draw("spiral", noise=0.3)
    assert 0.25 < np.abs(clean.X - noisy.X).max() <= 0.3


def test_spiral_ends_at_radius_five_and_arms_share_no_point():
    points, _ = everything(draw("spiral3", samples=300))
    radius, _ = radius_and_angle(points)
    np.testing.assert_allclose([radius.min(), radius.max()], [5 / 100, 5])
    assert len({tuple(point) for point in points}) == 300


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_gauss_has_centres_at_two_and_the_variance_of_the_playground(noise):
    points, targets = everything(draw("gauss", samples=4000, noise=noise))
    blue = points[targets == 0]
    # the cut at three standard deviations takes off 5 % of the variance, the domain's edge more
    np.testing.assert_allclose(blue.mean(axis=0), 2, atol=0.35 * noise + 0.1)
    np.testing.assert_allclose(blue.var(axis=0), 0.5 + 7 * noise, rtol=0.1 + 0.4 * noise)


def test_seed_004_has_the_samples_of_the_slides_in_their_order_and_keeps_all_for_training():
    slides = json.loads((Path(__file__).parents[2] / "golden" / "slides.json").read_text())["mlp_demo"]
    for asked in ({}, {"samples": 500, "noise": 0.5, "train_share": 0.1, "seed": 3}):
        split = draw("seed_004", **asked)
        np.testing.assert_array_equal(split.X, slides["X"])
        np.testing.assert_array_equal(np.eye(3)[split.target.astype(int)], slides["Y"])
        assert split.X_test.shape == (0, 5)
        assert split.target_test.shape == (0,)
    split.X[:] = 0  # a copy
    np.testing.assert_array_equal(draw("seed_004").X, slides["X"])
    assert split.spec.held == tuple(np.mean(slides["X"], axis=0)[2:]) == (3.5, 2.5, 1.0)
    assert np.abs(slides["X"]).max() <= split.spec.domain


def test_points_are_shuffled():
    assert np.count_nonzero(np.diff(draw("xor").target)) < 200  # 249 if the classes took turns


def test_the_table_says_what_kind_of_data_and_what_the_noise_does():
    for name, row in DATASETS.items():
        assert row.name == name
        assert row.noise_meaning in ({"none"} if row.fixed else {"label noise", "spread", "jitter"})
        assert (row.kind, row.classes > 2) in {
            ("two classes", False),
            ("classes", True),
            ("regression", False),
        }
        assert (row.classes == 0) == (row.kind == "regression")
    assert NAMES[:6] == ["circle", "xor", "gauss", "spiral", "spiral3", "plane"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"name": "x"}, r"dataset must be one of circle, .*\. Got 'x'\."),
        ({"samples": 1}, r"samples must be >= 2\. Got 1\."),
        ({"noise": 0.6}, r"noise must be between 0 and 0\.5\. Got 0\.6\."),
        ({"noise": float("nan")}, r"noise must be .* Got nan\."),
        ({"train_share": 0.0}, r"train_share must be above 0 and at most 1\. Got 0\."),
    ],
)
def test_wrong_settings_are_refused_in_one_sentence(settings, message):
    with pytest.raises(ValueError, match=message):
        draw(**{"name": "circle"} | settings)


@pytest.mark.parametrize("classes", range(2, 11))
def test_blobs_come_in_any_number_of_classes_that_do_not_touch(classes):
    split = make_dataset("blobs", classes=classes, samples=400, rng=np.random.default_rng(0))
    points, target = np.vstack((split.X, split.X_test)), np.append(split.target, split.target_test)
    centres = np.array([points[target == k].mean(axis=0) for k in range(classes)])
    assert split.spec.classes == classes
    assert (nearest(points, centres) == target).all()
    assert (np.abs(points) <= 6).all()


def test_only_blobs_take_another_number_of_classes():
    assert make_dataset("rings", classes=5, rng=np.random.default_rng(0)).spec.classes == 3
    with pytest.raises(ValueError, match=r"classes must be between 2 and 10\. Got 11\."):
        make_dataset("blobs", classes=11, rng=np.random.default_rng(0))
