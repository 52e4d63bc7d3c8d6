"""The picture of a landscape: a plane with the paths on it, measured finer and finer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.analysis.landscape import Grid, Path, Plane, project, refine, span
from engine.arrays import Array
from engine.runs.slices import Slices
from pages.figures.landscape.records import Moment, Track
from pages.live.turns import Turn
from pages.loss_landscape.recording import Recording
from pages.loss_landscape.training_path import TrainingPath

LEVELS_OF = {41: 3, 81: 4, 161: 5}
"""Points per side of the finest grid -> number of grids measured up to it, the first with 11 per side."""


@dataclass(eq=False)
class Picture:
    """A plane with the paths on it and the grid measured so far; `rest` yields finer grids, None at the end.

    whole is the finest grid that is complete: the picture in space shows only these, as drawing it is slow.
    drawn says whether the first coarse grid has been shown.
    """

    plane: Plane
    paths: tuple[TrainingPath, ...]
    tracks: tuple[Track, ...]
    share: float
    grid: Grid
    ranges: tuple[tuple[float, float], tuple[float, float]]
    rest: Iterator[Grid] | None
    whole: Grid
    drawn: bool = False

    def work(self, turn: Turn) -> None:
        """Measure until the turn is over."""
        while self.rest is not None:
            grid = next(self.rest, None)
            if grid is None:
                self.rest = None
            if grid is None or len(grid.alphas) > len(self.grid.alphas):
                self.whole = self.grid
            self.grid = grid or self.grid
            if turn.over:
                break


def beginning(
    recording: Recording, paths: tuple[TrainingPath, ...], plane: Plane, *, room: float, points: int
) -> Slices[Picture]:
    """A picture with its paths and a first coarse grid.

    Args:
        room:   width of the picture, as a multiple of the paths' own.
        points: points per side of the finest grid.
    """
    thetas, tracks = np.concatenate([path.thetas for path in paths]), []
    for path in paths:
        tracks.append((yield from _tracking(recording, path, plane)))
    ranges = _ranges(plane, np.concatenate([track.points for track in tracks]), room)
    trainer = recording.timeline.trainer
    rest = refine(
        recording.net,
        trainer.X,
        trainer.Y,
        trainer.loss,
        plane,
        *ranges,
        levels=LEVELS_OF[points],
    )
    coarse = 11**2 / (10 * 2 ** (LEVELS_OF[points] - 1) + 1) ** 2
    while (grid := next(rest)).progress < coarse:
        yield grid.progress / coarse
    return Picture(plane, paths, tuple(tracks), share_seen(plane, thetas), grid, ranges, rest, grid)


def _tracking(recording: Recording, path: TrainingPath, plane: Plane) -> Slices[Track]:
    seen = yield from recording.following(path.thetas, plane)
    return Track(
        path.label,
        path.frames,
        seen.coordinates,
        seen.true_losses,
        seen.plane_losses,
        seen.distances,
        moment(seen, -1, path.last),
        path.name,
    )


def _ranges(plane: Plane, points: Array, room: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ranges that hold the paths, room times as wide; with random directions they hold ±0.6 at least."""
    if plane.kind == "random":
        points = np.concatenate((points, [[-0.6, -0.6], [0.6, 0.6]]))
    (a, b), (c, d) = span(points)
    grow = (room - 1) / 2
    return (a - grow * (b - a), b + grow * (b - a)), (c - grow * (d - c), d + grow * (d - c))


def moment(path: Path, place: int, frame: int) -> Moment:
    """A followed path at one of its places."""
    x, y = path.coordinates[place].tolist()
    values = (path.true_losses, path.plane_losses, path.distances)
    return Moment(frame, (x, y), *(float(value[place]) for value in values))


def share_seen(plane: Plane, thetas: Array) -> float:
    """The share of a path's variance that lies in the plane; NaN for a path that never moves."""
    centred = thetas - thetas.mean(axis=0)
    total = float((centred**2).sum())
    lost = project(centred + plane.origin, plane).distances
    return 1 - float((lost**2).sum()) / total if total else float("nan")
