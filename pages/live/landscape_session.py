"""One user's look at the loss landscape: the recorded path, its plane, the picture so far, and the race."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from engine import Experiment, __version__
from engine.arrays import Array
from engine.landscape import (
    Grid,
    Path,
    Plane,
    follow,
    pca_plane,
    project,
    random_plane,
    refine,
    span,
    weight_plane,
)
from engine.network import Network
from engine.threads import one_blas_thread
from engine.timeline import Timeline
from pages.figures.loss_landscape import Ground, Moment, Track, scale_of
from pages.live.landscape_settings import KINDS, Landscape, Racer, Weight, racer_label
from pages.live.provenance import summary
from pages.live.session import Session

FIRST_FRAMES = 60
FIRST_SECONDS = 1.5
"""So long at most the page trains by itself when there is no run yet."""
MOST_READ = 128
"""Frames of a path, no more than a Timeline keeps whole of its past: none has to be trained again."""
SECONDS = 0.15
"""Of work in one go, so that the page stays responsive."""
AWAY_LOSS, AWAY_WEIGHT = 100.0, 1000.0
"""A path is shown until its loss is so many times the first one, or a weight so large."""
SIGNS = "●◆▲■"
"""The marks of the racers' paths, as pages.figures.theme.SHAPES names them."""
MOST_PICTURES = 8
"""Kept in memory, so that going back to a plane costs nothing."""


@dataclass(frozen=True, eq=False)
class Walk:
    """A recorded path: frames (T,), epochs (T,), theta (T, P); ended says why it stops early, if it does."""

    label: str
    frames: np.ndarray[Any, np.dtype[np.int64]]
    epochs: Array
    thetas: Array
    last: int
    ended: str = ""


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
    seconds: float
    whole: Grid
    drawn: bool = False

    def work(self, seconds: float) -> None:
        """Measure on for about so long."""
        start = time.monotonic()
        while self.rest is not None:
            grid = next(self.rest, None)
            if grid is None:
                self.rest = None
            if grid is None or len(grid.alphas) > len(self.grid.alphas):
                self.whole = self.grid
            self.grid = grid or self.grid
            if time.monotonic() - start > seconds:
                break
        self.seconds += time.monotonic() - start


class Race:
    """Up to four optimisers from the same start, on the same mini-batches in the same order."""

    def __init__(self, experiment: Experiment, user: Session, racers: Sequence[Racer], epochs: int) -> None:
        """Nothing is trained yet."""
        self.epochs, self.racers = epochs, tuple(racers)
        entries = [entry_of(experiment, racer) for racer in racers]
        self.timelines = [entry.timeline(user.data) for entry in entries]
        self._walks: tuple[Walk, ...] = ()

    @property
    def progress(self) -> float:
        """The share of all epochs that is trained."""
        done = [1.0 if line.stopped else line.last / self.epochs for line in self.timelines]
        return sum(done) / len(done)

    def work(self, seconds: float) -> None:
        """Train on for about so long, every racer in turn."""
        end = time.monotonic() + seconds
        with one_blas_thread():
            while self.progress < 1:
                for line in self.timelines:
                    if line.last < self.epochs and not line.stopped:
                        line.advance()
                if time.monotonic() > end:
                    return

    def walks(self) -> tuple[Walk, ...]:
        """Every racer's path, as far as it can be shown; call it when all is trained."""
        if not self._walks:
            with one_blas_thread():
                self._walks = tuple(
                    read_walk(line, line.last, racer_label(racer))
                    for line, racer in zip(self.timelines, self.racers, strict=True)
                )
        return self._walks


class LandscapeSession:
    """The settings of one user with the picture that follows from them and from the playground's run.

    Attributes:
        settings: what the controls show.
        notice:   one sentence on what was refused, until the next change.
        note:     one sentence if the shown run is not the playground's, or was cut short.
        looks:    how often the pictures were shown since the page was opened.
        figures:  by name what a figure was last drawn from, and the figure.
    """

    def __init__(self, settings: Landscape | None = None) -> None:
        """Nothing is computed before `look`."""
        self.settings = settings or Landscape()
        self.notice = self.note = ""
        self.looks = 0
        self.figures: dict[str, tuple[object, go.Figure]] = {}
        self._source: object = None
        self._timelines: dict[object, Timeline] = {}
        self._pictures: dict[object, Picture] = {}
        self._race: tuple[object, Race | None] = (None, None)

    def set(self, **changes: Any) -> None:
        """Change some settings; what can't be is refused with one sentence and changes nothing."""
        self.notice = ""
        try:
            self.settings = self.settings.changed(**changes)
        except ValueError as error:
            self.notice = str(error)

    # What is looked at

    def look(self, user: Session) -> None:
        """Take up the playground's run as it is now, and see to it that there is a picture, if a coarse one.

        The playground's own run is never changed. Where it stands at its first frame, a copy is trained.
        """
        source = (id(user), user.run, user.generation, user.reached, user.shown)
        if source != self._source:
            if self._source is not None:
                self.settings = replace(self.settings, frame=-1)
            self._source, self._user = source, user
            self._take_up(user)
        self._check_weights()
        if self.settings.race:
            self._see_to_race()
        self._see_to_picture()

    def _take_up(self, user: Session) -> None:
        self.experiment, self.note = user.experiment, ""
        self.net = user.experiment.network()
        self.timeline, last = user.timeline, min(user.reached, user.timeline.last)
        self.here = min(user.shown, last)
        self.own = last == 0
        if self.own:
            self.timeline, last = self._own_run(user), 0
            self.here = last = self.timeline.last
        trainer = self.timeline.trainer
        self.X, self.Y, self.loss = trainer.X, trainer.Y, trainer.loss
        with one_blas_thread():
            self.walk = read_walk(self.timeline, last, "path")
        if self.own:
            unit = "epochs" if self.experiment.unit == "epoch" else "frames"
            count = f"{self.timeline[last].progress:g}" if unit == "epochs" else str(last)
            self.note = f"No run yet: trained {count} {unit} here; the playground itself stays as it is."
        if self.walk.ended:
            self.note = f"{self.note} The path {self.walk.ended}.".strip()
        self.here = min(self.here, self.walk.last)
        self.edited = bool(user.edits) and not self.own

    def _own_run(self, user: Session) -> Timeline:
        """A fresh timeline of the same experiment, trained to some frames in a bounded time."""
        timeline = user.experiment.timeline(user.data)
        wanted, end = max(FIRST_FRAMES, min(self.settings.frame, 600)), time.monotonic() + FIRST_SECONDS
        with one_blas_thread():
            while timeline.last < wanted and timeline.advance() and time.monotonic() < end:
                pass
        return timeline

    def _check_weights(self) -> None:
        for name in ("first", "second"):
            weight: Weight = getattr(self.settings, name)
            try:
                if weight:
                    self.net.parameters.index(*weight)
            except ValueError as error:
                self.settings = replace(self.settings, first=(), second=())
                self.notice = str(error)
                return

    @property
    def weights(self) -> list[Weight]:
        """Every weight and bias by layer, from and to."""
        blocks = self.net.parameters.blocks
        return [
            (l, i, j)
            for l, block in enumerate(blocks)
            for i in range(block.shape[0])
            for j in range(block.shape[1])
        ]

    @property
    def chosen_weights(self) -> tuple[Weight, Weight]:
        """The two weights of the plane; where none is chosen, those that moved most."""
        first, second = self.settings.first, self.settings.second
        moved = np.argsort(-np.ptp(self.walk.thetas, axis=0), kind="stable")
        every = self.weights
        free = [every[k] for k in moved[:4].tolist() if every[k] not in (first, second)]
        first = first or free.pop(0)
        return first, second or free.pop(0)

    @property
    def last(self) -> int:
        """The last frame that can be the current one."""
        return max(walk.last for walk in self._walks)

    @property
    def _walks(self) -> tuple[Walk, ...]:
        race = self._race[1]
        return race.walks() if self.racing and race is not None else (self.walk,)

    @property
    def frame(self) -> int:
        """The current frame: the one of the scrubber, or else the playground's, or the end of a race."""
        if self.settings.frame >= 0:
            return min(self.settings.frame, self.last)
        return self.last if self.racing else self.here

    @property
    def epoch(self) -> float:
        """Epochs done at the current frame."""
        if self.racing:
            return float(self.frame)
        return self.timeline[self.frame].progress

    # The picture

    @property
    def racing(self) -> bool:
        """Whether the picture shows a race; while its racers train, it doesn't yet."""
        return self.settings.race and self._race[1] is not None and self._race[1].progress >= 1

    @property
    def training(self) -> float | None:
        """The share of the race that is trained, or None if no race is being prepared."""
        race = self._race[1]
        return race.progress if self.settings.race and race is not None and race.progress < 1 else None

    @property
    def working(self) -> bool:
        """Whether there is something left to measure or to train."""
        return self.training is not None or self.picture.rest is not None

    def work(self, seconds: float = SECONDS) -> None:
        """Train the racers, or refine the picture, for about so long."""
        race = self._race[1]
        if self.training is not None and race is not None:
            race.work(seconds)
            if race.progress >= 1:
                self._see_to_picture()
        else:
            self.picture.work(seconds)

    def _see_to_race(self) -> None:
        s = self.settings
        key = (self.experiment, s.racers, s.epochs)
        if self._race[0] != key:
            self._race = (key, Race(self.experiment, self._user, s.racers, s.epochs))
            self.work(0.5)

    def _see_to_picture(self) -> None:
        s, user = self.settings, self._user
        if self.racing:
            key: tuple[object, ...] = ("race", self._race[0], s.room, s.points)
        else:
            kind = {"weights": self.chosen_weights, "random": s.directions}.get(s.plane)
            run = (id(user), user.run, user.generation, user.reached)
            key = (*run, s.plane, kind, self.anchor, s.room, s.points)
        if key not in self._pictures:
            while len(self._pictures) >= MOST_PICTURES:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[key] = self._begin()
        self.picture = self._pictures[key]
        self.key = repr(hash(key))
        self._show_frame()

    @property
    def anchor(self) -> int:
        """The frame that the plane goes through."""
        if self.settings.through == "last":
            return self.walk.last
        frame = self.settings.frame
        return min(frame, self.walk.last) if frame >= 0 else self.here

    def _begin(self) -> Picture:
        start = time.monotonic()
        walks = self._walks
        thetas = np.concatenate([walk.thetas for walk in walks])
        plane = pca_plane(thetas, thetas.mean(axis=0)) if self.racing else self._plane()
        measured = time.monotonic()
        tracks = tuple(self._track(walk, plane) for walk in walks)
        count = 2 * len(thetas)
        seconds_each = (time.monotonic() - measured) / count
        ranges = self._ranges(plane, np.concatenate([track.points for track in tracks]))
        levels = {41: 3, 81: 4, 161: 5}[self.settings.points]
        chunk = int(np.clip(0.05 / max(seconds_each, 1e-9), 10, 1000))
        rest = refine(self.net, self.X, self.Y, self.loss, plane, *ranges, levels=levels, chunk=chunk)
        grid = next(rest)
        seconds = time.monotonic() - start
        return Picture(plane, walks, tracks, share_seen(plane, thetas), grid, ranges, rest, seconds, grid)

    def _plane(self) -> Plane:
        s = self.settings
        net = self._net_at(self._theta(0, self.anchor))
        if s.plane == "weights":
            first, second = self.chosen_weights
            return weight_plane(net, (first[0], first[1], first[2]), (second[0], second[1], second[2]))
        if s.plane == "random":
            return random_plane(net, s.directions)
        return pca_plane(self.walk.thetas, net.theta.copy())

    def _net_at(self, theta: Array) -> Network:
        self.net.theta[...] = theta
        return self.net

    def _theta(self, k: int, frame: int) -> Array:
        """The parameters of walk k at a frame: what was read, or else the timeline's."""
        walk, race = self._walks[k], self._race[1]
        place = np.searchsorted(walk.frames, frame)
        if place < len(walk.frames) and walk.frames[place] == frame:
            theta: Array = walk.thetas[place]
            return theta
        timeline = race.timelines[k] if self.racing and race is not None else self.timeline
        return theta_at(timeline, frame)

    def _ranges(self, plane: Plane, points: Array) -> tuple[tuple[float, float], tuple[float, float]]:
        """The room of the path, made wider as chosen; of random directions at least −1 to 1."""
        if plane.labels[0].startswith("random"):
            points = np.concatenate((points, [[-0.6, -0.6], [0.6, 0.6]]))
        (a, b), (c, d) = span(points)
        grow = (self.settings.room - 1) / 2
        return (a - grow * (b - a), b + grow * (b - a)), (c - grow * (d - c), d + grow * (d - c))

    def _track(self, walk: Walk, plane: Plane) -> Track:
        path = follow(self.net, self.X, self.Y, self.loss, walk.thetas, plane)
        return Track(
            walk.label,
            walk.frames,
            path.coordinates,
            path.true_losses,
            path.plane_losses,
            path.distances,
            moment(path, -1, walk.last),
        )

    def _show_frame(self) -> None:
        """Move every path's mark to the current frame, or to its last one if it ended before."""
        picture, tracks = self.picture, []
        for k, (walk, track) in enumerate(zip(picture.walks, picture.tracks, strict=True)):
            frame = min(self.frame, walk.last)
            if frame != track.now.frame:
                theta = self._theta(k, frame)[None]
                seen = follow(self.net, self.X, self.Y, self.loss, theta, picture.plane)
                track = replace(track, now=moment(seen, 0, frame))
            tracks.append(track)
        picture.tracks = tuple(tracks)

    # What is said of it

    def ground(self, grid: Grid) -> Ground:
        """A grid of the picture as the figures take it."""
        plane, log = self.picture.plane, self.settings.levels == "log"
        losses = np.concatenate([track.plane_losses for track in self.picture.tracks])
        first, second = plane.labels
        if plane.explained is not None:
            shares = [f" ({100 * share:.1f} % of the variance)" for share in plane.explained]
            first, second = first + shares[0], second + shares[1]
        scale = scale_of(grid.losses, losses, log=log)
        return Ground(grid.alphas, grid.betas, grid.losses, (first, second), scale, log)

    @property
    def leader(self) -> Track:
        """The path that is read out: the only one, or of a race the one with the lowest loss at present."""
        tracks = self.picture.tracks
        return min(tracks, key=lambda track: np.nan_to_num(track.now.true_loss, nan=np.inf))

    @property
    def norm(self) -> float:
        """‖θ‖ of the leader at the current frame."""
        k = self.picture.tracks.index(self.leader)
        return float(np.linalg.norm(self._theta(k, self.leader.now.frame)))

    @property
    def threshold(self) -> float:
        """The loss to reach in the race."""
        return self.settings.threshold or 0.1 * float(self.picture.tracks[0].true_losses[0])

    def standings(self) -> list[dict[str, Any]]:
        """One row per racer: where it ended, how far off the plane, and when it reached the threshold."""
        race, rows = self._race[1], []
        if not self.racing or race is None:
            return rows
        for line, walk, track in zip(race.timelines, self.picture.walks, self.picture.tracks, strict=True):
            losses = np.array(line.train_losses)
            reached = np.flatnonzero(losses <= self.threshold)
            rows.append(
                {
                    "optimiser": f"{SIGNS[len(rows)]} {walk.label}",
                    "true loss": float(track.true_losses[-1]),
                    "loss on plane": float(track.plane_losses[-1]),
                    "off the plane": float(track.distances[-1]),
                    "epochs to loss": int(reached[0]) if reached.size else None,
                    "end": walk.ended or f"ran {walk.last} epochs",
                }
            )
        return rows

    @property
    def plane_name(self) -> str:
        """The plane in words."""
        s = self.settings
        if self.racing:
            return "shared PCA plane of all paths, through their mean"
        through = f"through frame {self.anchor}"
        if s.plane == "weights":
            return f"plane of {' and '.join(self.picture.plane.labels)}, {through}"
        if s.plane == "random":
            return f"random directions, filter-normalised, seed {s.directions}, {through}"
        return f"PCA plane of the path, {through}"

    @property
    def provenance(self) -> str:
        """How the picture was made."""
        parts = [summary(self.experiment)]
        if self.racing:
            parts.append("race of " + ", ".join(walk.label for walk in self.picture.walks))
        if self.edited and not self.racing:
            parts.append("weights edited by hand")
        when = f"epoch {self.epoch:g}" if self.racing else f"frame {self.frame}, epoch {self.epoch:g}"
        parts.append(f"{self.plane_name}, {when}")
        return " · ".join([*parts, f"Backprop Playground {__version__}"])


def entry_of(experiment: Experiment, racer: Racer) -> Experiment:
    """The experiment with the racer's optimiser and nothing else changed; it runs to the end."""
    kind, rate = KINDS[racer[0]], racer[1]
    changes: dict[str, Any] = {"optimizer": kind.optimizer, "optimizer_parameters": kind.parameters}
    never: dict[str, Any] = {"stop_epoch": 0, "stop_loss": 0.0, "stop_accuracy": 0.0, "stop_plateau": 0}
    return replace(experiment, learning_rate=rate, speed=1, unit="epoch", **changes, **never)


def moment(path: Path, place: int, frame: int) -> Moment:
    """One entry of a followed path."""
    x, y = path.coordinates[place].tolist()
    values = (path.true_losses, path.plane_losses, path.distances)
    return Moment(frame, (x, y), *(float(value[place]) for value in values))


def milestones(last: int, most: int = MOST_READ) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Frames from 0 to last, evenly spread: all, or every 2nd, 4th, … as a Timeline thins out its past."""
    step = 1
    while last // step > most:
        step *= 2
    return np.union1d(np.arange(0, last + 1, step), [last])


def theta_at(timeline: Timeline, frame: int) -> Array:
    """The parameters at a frame; the timeline is left where it stood."""
    present = timeline.frame
    with one_blas_thread():
        timeline.seek(frame)
        theta = timeline.trainer.net.theta.copy()
        timeline.seek(present)
    return theta


def read_walk(timeline: Timeline, last: int, label: str) -> Walk:
    """The path of a run up to a frame, cut where it runs away; the timeline is left where it stood."""
    present, frames = timeline.frame, milestones(last)
    thetas = np.empty((len(frames), timeline.trainer.net.theta.size))
    for row, frame in zip(thetas, frames.tolist(), strict=True):
        timeline.seek(frame)
        row[...] = timeline.trainer.net.theta
    timeline.seek(present)
    losses = np.array(timeline.train_losses)[frames]
    epochs = np.array(timeline.progress)[frames]
    with np.errstate(invalid="ignore"):
        fine = (losses <= AWAY_LOSS * max(losses[0], 1e-3)) & (np.abs(thetas).max(axis=1) <= AWAY_WEIGHT)
    fine[0] = True
    kept = len(fine) if fine.all() else int(np.argmin(fine))
    ended = ""
    if kept < len(fine):
        ended = f"ran away after epoch {epochs[kept - 1]:g}"
    elif timeline.stopped and "beyond all bounds" in timeline.stopped and last == timeline.last:
        ended = f"diverged after epoch {epochs[-1]:g}"
    return Walk(label, frames[:kept], epochs[:kept], thetas[:kept], int(frames[kept - 1]), ended)


def share_seen(plane: Plane, thetas: Array) -> float:
    """The share of a path's variance that the plane shows; NaN for a path that stays where it is."""
    centred = thetas - thetas.mean(axis=0)
    total = float((centred**2).sum())
    lost = project(centred + plane.origin, plane).distances
    return 1 - float((lost**2).sum()) / total if total else float("nan")
