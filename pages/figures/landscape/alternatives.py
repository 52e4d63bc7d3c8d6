"""The landscape's figures for those who can't see them: what each shows, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pages.figures.alternative import Alternative, number_said, thinned
from pages.figures.landscape.records import Ground, Track
from pages.figures.landscape.words import losses, plain

PLACES = 7
"""Rows and columns of the table of a plane."""


def path_alternative(ground: Ground, tracks: Sequence[Track], title: str, unit: str) -> Alternative:
    """The plane from above: where each path lies on it, and its losses there."""
    low, high = (plain(loss) for loss in ground.scale)
    said = f"{title}: colours and level curves from a loss of {low} to {high}. {losses(tracks, unit)}"
    first, second = (axis.short for axis in ground.axes)
    return Alternative(
        title,
        said,
        _rows(
            tracks,
            lambda track: {
                unit: track.frames,
                first: track.points[:, 0],
                second: track.points[:, 1],
                "true loss": track.true_losses,
                "loss on the plane": track.plane_losses,
            },
        ),
    )


def plane_alternative(ground: Ground, title: str) -> Alternative:
    """The plane in space: its loss at some places, row by row along the second axis."""
    x, y, measured = (np.asarray(values, dtype=np.float64) for values in (ground.x, ground.y, ground.losses))
    columns, rows = thinned(len(x), PLACES), thinned(len(y), PLACES)
    finite = measured[np.isfinite(measured)]
    ends = f"from {plain(finite.min())} to {plain(finite.max())}" if finite.size else "nowhere finite"
    first, second = (axis.short for axis in ground.axes)
    table = pd.DataFrame(
        {second: y[rows]} | {f"{first} = {number_said(x[k])}": measured[rows, k] for k in columns}
    )
    said = (
        f"{title}: the loss on the plane, {ends}. The table has {len(rows)} × {len(columns)} of its places."
    )
    return Alternative(title, said, table)


def losses_alternative(tracks: Sequence[Track], title: str, unit: str) -> Alternative:
    """The loss by frame: the true one, and the one that the plane shows."""
    table = _rows(
        tracks,
        lambda track: {
            unit: track.frames,
            "true loss": track.true_losses,
            "loss on the plane": track.plane_losses,
        },
    )
    return Alternative(title, f"{title} by {unit}. {losses(tracks, unit)}", table)


def distances_alternative(tracks: Sequence[Track], title: str, unit: str) -> Alternative:
    """How far from the plane each path lies."""
    said = "; ".join(
        f"{_name(track, tracks)} {number_said(float(track.distances.max()))} at most, "
        f"{number_said(track.now.distance)} at {unit} {track.now.frame}"
        for track in tracks
    )
    table = _rows(tracks, lambda track: {unit: track.frames, "distance from the plane": track.distances})
    return Alternative(title, f"{title} by {unit}: {said}.", table)


def _name(track: Track, tracks: Sequence[Track]) -> str:
    return track.label if len(tracks) > 1 else "the path"


def _rows(tracks: Sequence[Track], columns: Callable[[Track], dict[str, Any]]) -> pd.DataFrame:
    """The rows of all paths, one path after the other; of several each row names its own."""
    several = len(tracks) > 1
    return pd.concat(
        [pd.DataFrame(({"path": track.label} if several else {}) | columns(track)) for track in tracks],
        ignore_index=True,
    )
