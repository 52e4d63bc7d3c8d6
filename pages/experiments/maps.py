"""The map of one run of a sweep, as bytes for the browser."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np

from engine import Experiment, apply_features, neuron_maps
from engine.arrays import Array
from engine.data.features import grid
from pages.live.protocol import tiles

SIDES = ((16, 64), (36, 48), (64, 32))
"""Pixels along the side of a map, for as many cells as the first number says."""
LEAST_SIDE = 24
SURE = 64
"""Steps of certainty in a class's area; see SURE in live/kit/colors.js."""


def side_for(cells: int) -> int:
    """Pixels along the side of each map: fewer where there are many, as each is smaller on the screen."""
    return next((side for most, side in SIDES if cells <= most), LEAST_SIDE)


def map_of(experiment: Experiment, theta: Array, side: int) -> dict[str, Any]:
    """What a network with these parameters says over the plane, in base64.

    One output: `values`, bytes 1 … 255 from the low to the high target, see protocol.tiles. Several: `area`
    the likeliest class, and `sure` how much likelier than by chance, 0 … 64.
    """
    net, problem = experiment.network(), experiment.problem
    net.theta[...] = theta
    places = grid(side, domain=problem.domain, held=problem.held)
    outputs = neuron_maps(net, apply_features(places, experiment.features))[-1]  # (side², K)
    low, high = experiment.range
    if outputs.shape[1] == 1:
        values = tiles((outputs[:, 0] - (low + high) / 2) / ((high - low) / 2))
        return {"side": side, "values": _text(values)}
    chance = 1 / outputs.shape[1]
    sure = np.nan_to_num(np.clip((outputs.max(axis=1) - chance) / (1 - chance), 0, 1)) * SURE
    area = outputs.argmax(axis=1)
    return {"side": side, "area": _text(area), "sure": _text(sure.round())}


def _text(values: np.ndarray[Any, Any]) -> str:
    return b64encode(values.astype(np.uint8).tobytes()).decode()
