"""Points to learn from: each data set scatters points over the plane and says what each one is.

Class 0 is drawn blue and labelled +1 where there are two classes, class 1 is orange and labelled −1. With the
noise ν at 0 the classes can be told apart without an error. What ν does depends on the data set: it widens
clouds (*spread*), moves points off their curve (*jitter*), or reads a point's label at a place up to
ν × some reach away (*label noise*), so that labels near a boundary are wrong.

One data set is not drawn but given, and not in the plane: the four points with five inputs of some slides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, as_generator, check_choice, check_count, check_number
from engine.data.features import COORDINATES, DOMAIN, FEATURES, Feature
from engine.options import Option, table

MAX_CLASSES = 10
UNUSED = "unused"
MOST_USUAL = 8
"""Most inputs that a network begins with; more of them can be chosen."""
Rng = np.random.Generator
Sample = tuple[Array, Array]  # points (samples, 2) or, with more inputs, (samples, D); targets (samples,)


@dataclass(frozen=True)
class Dataset(Option):
    """One kind of data; `sample(samples, noise, rng)` draws it. A regression has 0 classes."""

    kind: Literal["two classes", "classes", "regression"]
    classes: int
    noise_meaning: str
    sample: Callable[[int, float, Rng], Sample]
    short: str = ""
    any_classes: bool = False  # whether dataset_of can make it with another number of classes
    fixed: bool = False  # whether the points are given: samples and noise change nothing
    all_training: bool = True  # of given points: whether none are for testing, so that share and seed count
    domain: float = DOMAIN  # its map is the square [−domain, domain]² over x1 and x2
    held: tuple[float, ...] = ()  # x3, x4, … of the slice that the map shows of points with more coordinates
    own_features: Mapping[str, Feature] | None = None  # what a table of one's own has in place of x1, x2, …
    class_names: tuple[str, ...] = ()  # what a table calls its classes
    target_name: str = ""  # and its target
    picture: tuple[int, int] | None = None  # height and width, if its points are pictures, pixel by pixel

    @property
    def short_label(self) -> str:
        """The label for narrow places."""
        return self.short or self.label

    @property
    def features(self) -> Mapping[str, Feature]:
        """The table of features that its points have."""
        if self.own_features is not None:
            return self.own_features
        return COORDINATES if self.held else FEATURES

    @property
    def coordinates(self) -> tuple[str, ...]:
        """The features that are the points' coordinates themselves."""
        return tuple(name for name in self.features if name.removeprefix("x").isdigit())

    @property
    def coordinate_labels(self) -> tuple[str, ...]:
        """What each of a point's coordinates is called; the second one of points on a line is unused."""
        labels = tuple(self.features[name].label for name in self.coordinates)
        return labels if len(labels) > 1 else (*labels, UNUSED)

    @property
    def divided(self) -> bool:
        """Whether some points are for testing, by the train share and the data's seed."""
        return not (self.fixed and self.all_training)

    @property
    def usual_features(self) -> tuple[str, ...]:
        """The features to begin with: the coordinates, the first eight of many; all pixels of a picture."""
        return self.coordinates[: None if self.picture else MOST_USUAL]


@dataclass(frozen=True, eq=False)
class DataSplit:
    """Shuffled points of one data set, some for training, some for testing."""

    spec: Dataset
    X: Array  # (N, 2) coordinates x1, x2; (N, 5) for five inputs
    target: Array  # (N,) the class index or, for a regression, a value in [−1, 1]
    X_test: Array
    target_test: Array


def dataset_of(name: str, classes: int = 0) -> Dataset:
    """The row of DATASETS, with this number of classes if it takes any number; 0 keeps its own."""
    row = DATASETS[check_choice("dataset", name, DATASETS)]
    if not (check_count("classes", classes, least=0) and row.any_classes):
        return row
    check_count("classes", classes, least=2, most=MAX_CLASSES)
    return replace(row, classes=classes, sample=partial(_blobs, classes=classes))


def make_dataset(
    name: str,
    *,
    samples: int = 500,
    noise: float = 0.0,
    train_share: float = 0.5,
    classes: int = 0,
    rng: Rng | int | None = None,
) -> DataSplit:
    """Draw a data set, shuffle it once and divide it into train and test points.

    Args:
        samples:     number of points, train and test together; at least one for every class.
        noise:       ν in [0, 0.5]; DATASETS[name].noise_meaning says what it does.
        train_share: in (0, 1]; round(samples · train_share) points, at least one, are for training. The train
                     part has the classes in their overall proportions, every class as soon as there is room.
        classes:     2 to 10 for blobs; other data sets have their own number.
        rng:         np.random.Generator or int seed, None means seed 0; equal generators give equal points.
                     Another train_share only moves the division.
    Returns: DataSplit; a fixed data set keeps its points in their order, all for training: X_test is (0, D).
    Raises:  ValueError for an unknown name or a number out of its range.
    Source:  circle, xor, gauss, spiral, plane, hills: TensorFlow Playground, src/dataset.ts.
    """
    spec = dataset_of(name, classes)
    check_count("samples", samples, least=max(spec.classes, 1))
    check_number("noise", noise, least=0, most=0.5)
    check_number("train_share", train_share, above=0, most=1)
    rng = as_generator(rng)
    points, targets = spec.sample(samples, noise, rng)
    if spec.fixed:
        return DataSplit(spec, points, targets, points[:0], targets[:0])
    order = rng.permutation(samples)
    points, targets = points[order], targets[order]
    train = divided(targets, spec.classes, train_share)
    return DataSplit(spec, points[train], targets[train], points[~train], targets[~train])


def divided(targets: Array, classes: int, train_share: float) -> npt.NDArray[np.bool_]:
    """(N,) which of the shuffled points are for training: round(N · train_share), at least one."""
    return _first_in_turn(targets, classes, training_count(targets.size, train_share))


def training_count(samples: int, train_share: float) -> int:
    """How many of so many samples are for training, at least one."""
    return max(1, round(samples * train_share))


def _first_in_turn(targets: Array, classes: int, count: int) -> npt.NDArray[np.bool_]:
    """Choose `count` rows so that the classes keep their shares: a row ranks by its place in its class."""
    turn = np.arange(targets.size, dtype=np.float64)
    for index in range(classes):
        rows = np.flatnonzero(targets == index)
        turn[rows] = np.arange(rows.size) / max(rows.size, 1)
    return np.isin(np.arange(targets.size), np.argsort(turn, kind="stable")[:count])


def _moved(points: Array, reach: float, rng: Rng) -> Array:
    """Move every point by up to `reach` along each axis; the noise of all data sets but the clouds."""
    return points + reach * rng.uniform(-1.0, 1.0, points.shape)


def _polar(radius: Array, angle: Array) -> Array:
    return np.column_stack((radius * np.sin(angle), radius * np.cos(angle)))


def _distance(points: Array) -> Array:
    return np.asarray(np.linalg.norm(points, axis=1))


def _circle(samples: int, noise: float, rng: Rng) -> Sample:
    """A disc, radius U(0, 2.5), in a ring, radius U(3.5, 5); the label is read within 5ν."""
    side = np.arange(samples) % 2
    radius = rng.uniform(np.array((0.0, 3.5))[side], np.array((2.5, 5.0))[side])
    points = _polar(radius, rng.uniform(0.0, 2.0 * np.pi, samples))
    inside = _distance(_moved(points, 5.0 * noise, rng)) < 2.5
    return points, np.where(inside, 0.0, 1.0)


def _xor(samples: int, noise: float, rng: Rng) -> Sample:
    """Class 0 where x1·x2 ≥ 0; U(−5, 5)² pushed 0.3 off the axes; the label is read within 5ν."""
    # In turn, so that even a few points hold both classes; Playground draws the quadrants at random
    signs = np.array(((1, 1), (1, -1), (-1, -1), (-1, 1)))[np.arange(samples) % 4]
    points = signs * (rng.uniform(0.0, 5.0, (samples, 2)) + 0.3)
    return points, np.where(np.prod(_moved(points, 5.0 * noise, rng), axis=1) >= 0.0, 0.0, 1.0)


def _clouds(samples: int, noise: float, rng: Rng, centres: npt.ArrayLike, variance: float = 0.5) -> Sample:
    """One normal cloud per class, of variance v·(1 + 14ν); v is 0.5 by default."""
    index = np.arange(samples) % len(np.asarray(centres))
    centre, spread = np.asarray(centres)[index], np.sqrt(variance * (1 + 14 * noise))
    points, off = centre.copy(), np.ones(samples, dtype=np.bool_)
    while off.any():  # unlike Playground's, clouds don't touch at ν = 0, and no point falls off the map
        points[off] = centre[off] + spread * rng.standard_normal((np.count_nonzero(off), 2))
        off = (_distance(points - centre) > 3.0 * spread) | (np.abs(points) > DOMAIN).any(axis=1)
    return points, index.astype(np.float64)


def _blobs(samples: int, noise: float, rng: Rng, classes: int = 4) -> Sample:
    """Clouds around points on a circle of radius 3√2, small enough that they don't touch at ν = 0."""
    angle = np.pi * (0.25 + 2 * np.arange(classes) / classes)
    centres = 3 * np.sqrt(2) * np.column_stack((np.cos(angle), np.sin(angle)))
    apart = 6 * np.sqrt(2) * np.sin(np.pi / classes)
    return _clouds(samples, noise, rng, centres, min(0.5, (apart / 6) ** 2))


def _spiral(samples: int, noise: float, rng: Rng, arms: int, turns: float) -> Sample:
    """Arms of radius 5·i/n at angle turns·2π·i/n + Δ, Δ spread evenly over the turn; jitter U(−ν, ν)."""
    # i counts from 1, Playground's from 0: there all arms begin with one point, which no network can learn
    arm = np.arange(samples) % arms
    way = (np.arange(samples) // arms + 1) / -(-samples // arms)
    points = _polar(5.0 * way, 2.0 * np.pi * (turns * way + arm / arms))
    return _moved(points, noise, rng), arm.astype(np.float64)


def _moons(samples: int, noise: float, rng: Rng) -> Sample:
    """Two interlocking half circles of radius 3; jitter U(−3ν, 3ν)."""
    moon, angle = np.arange(samples) % 2, rng.uniform(0.0, np.pi, samples)
    upper = np.column_stack((3.0 * np.cos(angle) - 1.5, 3.0 * np.sin(angle) - 0.75))
    points = np.where(moon == 0, 1.0, -1.0)[:, None] * upper
    return _moved(points, 3.0 * noise, rng), moon.astype(np.float64)


def _checkerboard(samples: int, noise: float, rng: Rng) -> Sample:
    """Sixteen squares of side 3, points 0.2 off their edges; the label is read within 3ν."""
    row, column = np.divmod(np.arange(samples) % 16, 4)
    corner = 3.0 * np.column_stack((column, row)) - DOMAIN
    points = corner + rng.uniform(0.2, 2.8, (samples, 2))
    square = np.floor(_moved(points, 3.0 * noise, rng) / 3.0)
    return points, square.sum(axis=1) % 2.0


def _rings(samples: int, noise: float, rng: Rng) -> Sample:
    """A disc of radius 1.2 in a ring, 2 to 3.2, in a ring, 4 to 5.2; jitter U(−1.5ν, 1.5ν)."""
    ring = np.arange(samples) % 3
    points = _polar(2.0 * ring + rng.uniform(0.0, 1.2, samples), rng.uniform(0.0, 2.0 * np.pi, samples))
    return _moved(points, 1.5 * noise, rng), ring.astype(np.float64)


def _plane(samples: int, noise: float, rng: Rng) -> Sample:
    """(x1 + x2) / 10 over U(−5, 5)², read within 5ν but never beyond ±5, so that values stay in [−1, 1]."""
    points = rng.uniform(-5.0, 5.0, (samples, 2))
    return points, np.clip(_moved(points, 5.0 * noise, rng), -5.0, 5.0).sum(axis=1) / 10.0


def _hills(samples: int, noise: float, rng: Rng) -> Sample:
    """Six cones of height ±1 and radius 2 that don't overlap; the value is read within 6ν."""
    points = rng.uniform(-DOMAIN, DOMAIN, (samples, 2))
    read_at, value = _moved(points, DOMAIN * noise, rng), np.zeros(samples)
    for x1 in (-4.0, 0.0, 4.0):
        for x2 in (-2.5, 2.5):
            height = np.sign(x2) * (1.0 if x1 else -1.0)
            value += height * np.maximum(0.0, 1.0 - _distance(read_at - (x1, x2)) / 2.0)
    return points, value


def _ripple(samples: int, noise: float, rng: Rng) -> Sample:
    """cos(π/3 · distance to the origin), a wave of length 6; the value is read within 2ν."""
    points = rng.uniform(-DOMAIN, DOMAIN, (samples, 2))
    return points, np.cos(np.pi / 3.0 * _distance(_moved(points, 2.0 * noise, rng)))


def _seed_004(samples: int, noise: float, rng: Rng) -> Sample:
    """The four points of the slides' demo, as printed there, whatever the arguments.

    Source: "Neural Networks: Forward/backward propagation + training", slides, author not named.
    """
    points = ((-8, 1, -3, 5, 2), (-2, 2, -1, 5, 2), (7, 1, 9, -5, -2), (3, 1, 9, 5, 2))
    return np.array(points, np.float64), np.array((2.0, 0.0, 1.0, 2.0))


_two_arms, _three_arms = partial(_spiral, arms=2, turns=1.75), partial(_spiral, arms=3, turns=1.0)
_two_clouds = partial(_clouds, centres=((2.0, 2.0), (-2.0, -2.0)))
_given = partial(Dataset, fixed=True, domain=9.0, held=(3.5, 2.5, 1.0))  # the means of x3, x4, x5

DATASETS = table(
    Dataset("circle", "Circle", "two classes", 2, "label noise", _circle),
    Dataset("xor", "XOR", "two classes", 2, "label noise", _xor),
    Dataset("gauss", "Gauss", "two classes", 2, "spread", _two_clouds),
    Dataset("spiral", "Spiral", "two classes", 2, "jitter", _two_arms),
    Dataset("spiral3", "Spiral, 3 arms", "classes", 3, "jitter", _three_arms, "3 arms"),
    Dataset("plane", "Plane", "regression", 0, "label noise", _plane),
    Dataset("moons", "Moons", "two classes", 2, "jitter", _moons),
    Dataset("checkerboard", "Checkerboard", "two classes", 2, "label noise", _checkerboard, "Checker"),
    Dataset("rings", "Rings", "classes", 3, "jitter", _rings),
    Dataset("blobs", "Blobs", "classes", 4, "spread", _blobs, any_classes=True),
    _given("seed_004", "Five inputs", "classes", 3, "none", _seed_004, "5 inputs"),
    Dataset("hills", "Hills", "regression", 0, "label noise", _hills),
    Dataset("ripple", "Ripple", "regression", 0, "label noise", _ripple),
)
