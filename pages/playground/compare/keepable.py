"""A run that was trained elsewhere than in the player, as the browser puts it on the shelf of kept runs."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np

from engine import Run, Timeline, replay
from engine.analysis.watch import Watch
from engine.runs.slices import Slices
from pages.figures.theme import Theme
from pages.playground.compare.card import card_of
from pages.playground.compare.pair import unseen_side
from pages.playground.compare.pictures import THUMBNAIL, map_address
from pages.playground.description import ACCURACY, SCORES
from pages.playground.recovery import kept

MOST_LOSSES = 2000
"""Most losses of one curve, as of a run that the player keeps."""


def keeping(run: Run, colours: Theme) -> Slices[dict[str, Any]]:
    """Train a run to its frame again, in slices, and make of it what a shelf keeps.

    The parameters alone are not enough: to go on from there takes the optimiser's state too.

    Returns: the fields of Kept in live/kit/kept-runs.js, but for its id.
    Raises:  ValueError, in one sentence, if it can't be kept.
    """
    timeline = replay(run, run.experiment.data(), Watch)
    while timeline.frame < run.frame and (yield from timeline.advancing()):
        yield timeline.frame / run.frame
    return kept_run(timeline, colours)


def kept_run(timeline: Timeline, colours: Theme) -> dict[str, Any]:
    """The run at the timeline's frame, as a shelf keeps it. Raises: ValueError if it can't be kept."""
    record = kept(timeline)
    if record is None or "long_table" in record:
        way_out = "Open it, and save it under Take with you."
        raise ValueError(f"A run with so large a table isn't kept here. {way_out}")
    score = SCORES.get(timeline.experiment.problem.kind, ACCURACY)
    card = card_of(timeline, score)
    every = max(1, 2 ** int(np.ceil(np.log2(max(1, timeline.frame) / MOST_LOSSES))))
    before = slice(0, timeline.frame, every)
    curve = {"every": every, "train": packed(timeline.train_losses[before])}
    curve["test"] = packed(timeline.test_losses[before])
    return {
        "byHand": True,
        "picture": map_address(unseen_side(card["name"], timeline), colours, THUMBNAIL),
        "card": card,
        "epochs": packed(timeline.progress[before]),
        "record": record | {"curve": curve},
    }


def packed(numbers: object) -> str:
    """Numbers in base64 as float64, little-endian."""
    return b64encode(np.asarray(numbers, dtype="<f8").tobytes()).decode()
