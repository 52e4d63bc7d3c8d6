"""Links as nobody should write them, opened as the pages open them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

from engine import Experiment, ParameterSet, Run, SettingChanged
from engine.activations import ACTIVATIONS
from engine.data.datasets import DATASETS
from engine.examples.own import OwnNetwork
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.runs.experiment import MAX_LAYERS, MAX_WIDTH
from engine.runs.links import from_query, from_text
from engine.runs.rows import rows
from engine.runs.run import open_link, open_parameters, run_query
from pages.backprop.controls import playing_of
from pages.backprop.session import BackpropSession
from pages.backprop.settings import BackpropSettings
from pages.gradient_descent.session import DescentSession
from pages.gradient_descent.settings import DescentSettings
from pages.loss_landscape.session import LandscapeSession
from pages.loss_landscape.settings import LandscapeSettings
from pages.playground.session import Session

SETTINGS = (Experiment, DescentSettings, LandscapeSettings, BackpropSettings, OwnNetwork)
NAMES = sorted({row.link for settings in SETTINGS for row in rows(settings).values()})
OTHER_NAMES = (
    "journal",
    "frame",
    "play",
    "hide",
    "lock",
    "only",
    "rate",
    "own_units",
    "embed",
    "utm_source",
    "",
    "data[]",
)
WORDS = (
    *("", " ", "0", "-1", "1", "1.5", "none", "nan", "inf", "-inf", "1e308", "1e-308", "1e999", "9" * 20),
    *("9" * 5000, "9007199254740993", "-9007199254740993", "0x10", "1_0", "١", "½", "1/2", "0,5", "−1", "+1"),
    *("true", "on", "off", "~", "~~", "1~", "~1", "1~2~3", "~".join("1" * 3000), "relu", "RELU", "<script>"),
    *("'; DROP", "{}", "[]", "\0", "é", "../../etc", "%00", "a" * 11_999, "a" * 12_001, "𝒳" * 40, "\u202e"),
    *("None", "None~None", "momentum~0.9", "x1~x1", "own", "2~2~3", "p" + "A" * 43, "p" + "_" * 11_000),
)
HASHES = (
    *("activation", "dataset", "networkShape", "learningRate", "noise", "problem", "percTrainData", "x"),
    *("seed", "initZero", "regularization", "regularizationRate", "batchSize"),
)


def some_experiment(rng: random.Random) -> Experiment:
    """A legal experiment, as large as links allow now and then."""
    layers = rng.randint(0, MAX_LAYERS)
    widths = tuple(rng.choice((1, 2, 4, 8, MAX_WIDTH)) for _ in range(layers))
    wanted = {
        "dataset": rng.choice(list(DATASETS)),
        "hidden": widths,
        "activations": tuple(rng.choice(list(ACTIVATIONS)) for _ in widths),
        "optimizer": rng.choice(list(OPTIMIZERS)),
        "learning_rate": 10 ** rng.uniform(-5, 3),
        "samples": rng.choice((10, 40, 500, 10_000)),
        "batch_size": rng.choice((1, 10, 100, "all")),
        "speed": rng.choice((1, 3, 100)),
        "loss": rng.choice(list(LOSSES)),
        "seed": rng.randrange(2**32),
    }
    kept = {name: wanted[name] for name in wanted if rng.random() < 0.6 or name in ("hidden", "activations")}
    try:
        return Experiment.fitted(**kept)
    except ValueError:
        return Experiment.fitted(**{name: kept[name] for name in ("hidden", "activations")})


def some_run(rng: random.Random) -> Run:
    """A legal run with a journal."""
    e = some_experiment(rng)
    frames = sorted(rng.randrange(10 ** rng.randint(1, 6)) for _ in range(rng.choice((0, 1, 5, 200))))
    entries = tuple(
        ParameterSet(frame, rng.randrange(e.parameter_count), rng.uniform(-1e6, 1e6))
        if rng.random() < 0.5
        else SettingChanged(frame, "learning_rate", 10 ** rng.uniform(-5, 2))
        for frame in frames
    )
    return Run(e, entries, rng.choice((0, 0, 7, 10**9)))


def some_value(rng: random.Random) -> str:
    """A value that a form or a person may have put into a link."""
    word = rng.choice(WORDS)
    if rng.random() < 0.3:
        word = "~".join(rng.choice(WORDS)[:50] for _ in range(rng.randint(1, 12)))
    if rng.random() < 0.2 and word:
        at = rng.randrange(len(word))
        word = word[:at] + chr(rng.randrange(32, 0x2FFF)) + word[at + 1 :]
    return word


def hostile_links(count: int, seed: int = 0) -> Iterator[str]:
    """Query strings and hashes: legal ones with values changed, left out or doubled, and plain nonsense."""
    rng = random.Random(seed)
    for _ in range(count):
        kind = rng.random()
        if kind < 0.1:
            shape = ",".join(str(rng.choice((0, 1, 8, 99, "x", ""))) for _ in range(rng.randint(0, 12)))
            state = {name: some_value(rng) for name in HASHES if rng.random() < 0.4} | {"networkShape": shape}
            yield "#" + urlencode(state, errors="replace")
            continue
        query = run_query(some_run(rng)) if kind < 0.7 else {}
        for _ in range(rng.randint(0, 4)):
            query[rng.choice((*NAMES, *OTHER_NAMES))] = some_value(rng)
        for name in [name for name in query if rng.random() < 0.05]:
            del query[name]
        yield urlencode(query, errors="replace")


def open_playground(link: str) -> None:
    """As the playground opens it; what is wrong is told by refusals, never raised."""
    opened = open_link(link) if "#" in link else open_parameters(from_text(link)[0])
    Session(opened.run)


def open_descent(link: str) -> None:
    """As the gradient-descent page opens it. Raises: ValueError, which the page shows."""
    DescentSession(from_query(DescentSettings, from_text(link)[0]))


def open_landscape(link: str) -> None:
    """As the landscape opens it, up to the first look. Raises: ValueError, which the page shows."""
    LandscapeSession(from_query(LandscapeSettings, from_text(link)[0]))


def open_backprop(link: str) -> None:
    """As the backprop page opens it. Raises: ValueError, which the page shows."""
    playground = Session(Run(replace(Experiment(), hidden=(3,), activations=("tanh",))))
    BackpropSession.from_link(from_text(link)[0], lambda: playing_of(playground))


OPENERS: dict[str, Callable[[str], None]] = {
    "playground": open_playground,
    "gradient descent": open_descent,
    "landscape": open_landscape,
    "backprop": open_backprop,
}
MAY_REFUSE = ("gradient descent", "landscape", "backprop")
