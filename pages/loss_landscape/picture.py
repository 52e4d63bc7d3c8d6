"""The picture of a landscape: a plane with the paths on it, measured finer and finer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.analysis.landscape import Grid, Path, Plane, project, refine, span
from engine.arrays import Array
from pages.figures.landscape.records import Moment, Track
from pages.loss_landscape.run import Run
from pages.loss_landscape.walk import Walk

LEVELS_OF = {41: 3, 81: 4, 161: 5}
"""How often a grid of so many points a side is refined from the first one of 11."""


@dataclass(eq=False)
class Picture:
    """A plane with the walks on it and its grid so far; `rest` measures on.

    whole is the finest grid that is fully measured: a picture in space follows in few steps.
    """

    plane: Plane
    walks: tuple[Walk, ...]
    tracks: tuple[Track, ...]
    share: float
    grid: Grid
    ranges: tuple[tuple[float, float], tuple[float, float]]
    rest: Iterator[Grid] | None
    whole: Grid
    drawn: bool = False

    def work(self, seconds: float) -> None:
        """Measure on for about so long."""
        end = time.monotonic() + seconds
        while self.rest is not None:
            grid = next(self.rest, None)
            if grid is None:
                self.rest = None
            if grid is None or len(grid.alphas) > len(self.grid.alphas):
                self.whole = self.grid
            self.grid = grid or self.grid
            if time.monotonic() > end:
                break


def begin(run: Run, walks: tuple[Walk, ...], plane: Plane, *, room: float, points: int) -> Picture:
    """A picture with its paths and a first coarse grid.

    Args:
        room:   how much wider than the paths it is.
        points: a side of the finest grid.
    """
    thetas = np.concatenate([walk.thetas for walk in walks])
    start = time.monotonic()
    tracks = tuple(_track(run, walk, plane) for walk in walks)
    seconds_each = (time.monotonic() - start) / (2 * len(thetas))
    ranges = _ranges(plane, np.concatenate([track.points for track in tracks]), room)
    chunk = int(np.clip(0.05 / max(seconds_each, 1e-9), 10, 1000))
    trainer = run.timeline.trainer
    rest = refine(
        run.net,
        trainer.X,
        trainer.Y,
        trainer.loss,
        plane,
        *ranges,
        levels=LEVELS_OF[points],
        chunk=chunk,
    )
    grid = next(rest)
    return Picture(plane, walks, tracks, share_seen(plane, thetas), grid, ranges, rest, grid)


def _track(run: Run, walk: Walk, plane: Plane) -> Track:
    path = run.follow(walk.thetas, plane)
    return Track(
        walk.label,
        walk.frames,
        path.coordinates,
        path.true_losses,
        path.plane_losses,
        path.distances,
        moment(path, -1, walk.last),
        walk.name,
    )


def _ranges(plane: Plane, points: Array, room: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The room of the path, made wider as chosen; of random directions at least −1 to 1."""
    if plane.kind == "random":
        points = np.concatenate((points, [[-0.6, -0.6], [0.6, 0.6]]))
    (a, b), (c, d) = span(points)
    grow = (room - 1) / 2
    return (a - grow * (b - a), b + grow * (b - a)), (c - grow * (d - c), d + grow * (d - c))


def moment(path: Path, place: int, frame: int) -> Moment:
    """One entry of a followed path."""
    x, y = path.coordinates[place].tolist()
    values = (path.true_losses, path.plane_losses, path.distances)
    return Moment(frame, (x, y), *(float(value[place]) for value in values))


def share_seen(plane: Plane, thetas: Array) -> float:
    """The share of a path's variance that the plane shows; NaN for a path that stays where it is."""
    centred = thetas - thetas.mean(axis=0)
    total = float((centred**2).sum())
    lost = project(centred + plane.origin, plane).distances
    return 1 - float((lost**2).sum()) / total if total else float("nan")
