"""One user's look at the loss landscape: which run, which plane, which frame, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from engine.analysis.landscape import Grid, Plane, pca_plane, random_plane, weight_plane
from engine.arrays import Array
from engine.network import Network
from engine.runs.provenance import summary
from pages.figures.landscape.records import Axis, Ground, Track, scale_of
from pages.live.view import Choices
from pages.loss_landscape.picture import Picture, begin, moment
from pages.loss_landscape.race import Race
from pages.loss_landscape.run import Run, take_up
from pages.loss_landscape.settings import Landscape, Weight
from pages.loss_landscape.walk import Walk, theta_at
from pages.playground.user import Session

SECONDS = 0.15
"""Of work in one go, so that the page stays responsive."""
MOST_PICTURES = 8
"""Kept in memory, so that going back to a plane costs nothing."""


class LandscapeSession(Choices[Landscape]):
    """The settings of one user with the picture that follows from them and from the playground's run.

    Attributes:
        run:      the one that is shown, taken up by `look`.
        looks:    how often the pictures were shown since the page was opened.
        figures:  by name what a figure was last drawn from, and the figure.
    """

    def __init__(self, settings: Landscape | None = None) -> None:
        """Nothing is computed before `look`."""
        super().__init__(settings or Landscape())
        self.looks = 0
        self.figures: dict[str, tuple[object, go.Figure]] = {}
        self._source: object = None
        self._pictures: dict[object, Picture] = {}
        self._race: tuple[object, Race | None] = (None, None)

    def change(self, settings: Landscape) -> None:
        """Go on with other settings, from the next `look` on."""
        self.settings, self.notice = settings, None

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
            self.run: Run = take_up(user, self.settings.frame)
        self._check_weights()
        if self.settings.race:
            self._see_to_race()
        self._see_to_picture()

    @property
    def net(self) -> Network:
        """A network of the run's shape."""
        return self.run.net

    @property
    def note(self) -> str:
        """One sentence if the shown run is not the playground's, or was cut short."""
        return self.run.note

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
        moved = np.argsort(-np.ptp(self.run.walk.thetas, axis=0), kind="stable")
        every = self.weights
        free = [every[k] for k in moved[:4].tolist() if every[k] not in (first, second)]
        first = first or free.pop(0)
        return first, second or free.pop(0)

    def weight_name(self, weight: Weight) -> str:
        """As W[1] and b[1] are called on the other pages, counted from 1: W[1] leads to the first layer."""
        l, i, j = weight
        return f"b[{l + 1}] {j + 1}" if i == self.net.dims[l] else f"W[{l + 1}] {i + 1}→{j + 1}"

    @property
    def _axes(self) -> tuple[Axis, Axis]:
        """The plane's two axes, weights named as on the other pages."""
        plane = self.picture.plane
        names = shorts = plane.labels
        if plane.kind == "weights":
            first, second = self.chosen_weights
            names = shorts = self.weight_name(first), self.weight_name(second)
        elif plane.kind == "random":
            shorts = "direction 1", "direction 2"
        shares = plane.explained or (None, None)
        return Axis(names[0], shorts[0], shares[0]), Axis(names[1], shorts[1], shares[1])

    @property
    def last(self) -> int:
        """The last frame that can be the current one."""
        return max(walk.last for walk in self._walks)

    @property
    def _walks(self) -> tuple[Walk, ...]:
        race = self._finished
        return (self.run.walk,) if race is None else race.walks()

    @property
    def frame(self) -> int:
        """The current frame: the one of the scrubber, or else the playground's, or the end of a race."""
        if self.settings.frame >= 0:
            return min(self.settings.frame, self.last)
        return self.last if self.racing else self.run.here

    @property
    def epoch(self) -> float:
        """Epochs done at the current frame."""
        if self.racing:
            return float(self.frame)
        return self.run.timeline[self.frame].progress

    # The picture

    @property
    def racing(self) -> bool:
        """Whether the picture shows a race; while its racers train, it doesn't yet."""
        return self._finished is not None

    @property
    def _finished(self) -> Race | None:
        race = self._race[1]
        return race if self.settings.race and race is not None and race.progress >= 1 else None

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
        key = (self.run.experiment, s.racers, s.epochs)
        if self._race[0] != key:
            self._race = (key, Race(self.run.experiment, self._user, s.racers, s.epochs))
            self.work(0.5)

    def _see_to_picture(self) -> None:
        s, user = self.settings, self._user
        if self.racing:
            key: tuple[object, ...] = ("race", self._race[0], s.room, s.points)
        else:
            kind = self.chosen_weights if s.plane == "weights" else s.plane == "random" and s.directions
            run = (id(user), user.run, user.generation, user.reached)
            key = (*run, s.plane, kind, self.anchor, s.room, s.points)
        if key not in self._pictures:
            while len(self._pictures) >= MOST_PICTURES:
                del self._pictures[next(iter(self._pictures))]
            try:
                plane = self._race_plane() if self.racing else self._plane()
            except ValueError:
                self._give_up_directions()
                return
            self._pictures[key] = begin(self.run, self._walks, plane, room=s.room, points=s.points)
        self.picture = self._pictures[key]
        self.key = repr(hash(key))
        self._show_frame()

    def _give_up_directions(self) -> None:
        """Go back to the plane of the path."""
        self.settings = replace(self.settings, plane="pca")
        self.notice = (
            "Random directions are as long as the weights of each neuron, and here those span no plane. "
            "The plane of the path is shown instead."
        )
        self._see_to_picture()

    @property
    def anchor(self) -> int:
        """The frame that the plane goes through."""
        if self.settings.through == "last":
            return self.run.walk.last
        frame = self.settings.frame
        return min(frame, self.run.walk.last) if frame >= 0 else self.run.here

    def _race_plane(self) -> Plane:
        thetas = np.concatenate([walk.thetas for walk in self._walks])
        return pca_plane(thetas, thetas.mean(axis=0))

    def _plane(self) -> Plane:
        s, net = self.settings, self.run.net
        net.theta[...] = self._theta(0, self.anchor)
        if s.plane == "weights":
            first, second = self.chosen_weights
            return weight_plane(net, (first[0], first[1], first[2]), (second[0], second[1], second[2]))
        if s.plane == "random":
            return random_plane(net, s.directions)
        return pca_plane(self.run.walk.thetas, net.theta.copy())

    def _theta(self, k: int, frame: int) -> Array:
        """The parameters of walk k at a frame: what was read, or else the timeline's."""
        walk, race = self._walks[k], self._finished
        place = np.searchsorted(walk.frames, frame)
        if place < len(walk.frames) and walk.frames[place] == frame:
            theta: Array = walk.thetas[place]
            return theta
        return theta_at(self.run.timeline if race is None else race.timelines[k], frame)

    def _show_frame(self) -> None:
        """Move every path's mark to the current frame, or to its last one if it ended before."""
        picture, tracks = self.picture, []
        for k, (walk, track) in enumerate(zip(picture.walks, picture.tracks, strict=True)):
            frame = min(self.frame, walk.last)
            if frame != track.now.frame:
                seen = self.run.follow(self._theta(k, frame)[None], picture.plane)
                track = replace(track, now=moment(seen, 0, frame))
            tracks.append(track)
        picture.tracks = tuple(tracks)

    # What is said of it

    def ground(self, grid: Grid) -> Ground:
        """A grid of the picture as the figures take it."""
        log = self.settings.levels == "log"
        losses = np.concatenate([track.plane_losses for track in self.picture.tracks])
        scale = scale_of(grid.losses, losses, log=log)
        return Ground(grid.alphas, grid.betas, grid.losses, self._axes, scale, log)

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
        race = self._finished
        return [] if race is None else race.standings(self.picture.tracks, self.threshold)

    @property
    def plane_name(self) -> str:
        """The plane in words."""
        s = self.settings
        if self.racing:
            return "shared PCA plane of all paths, through their mean"
        through = f"through frame {self.anchor}"
        if s.plane == "weights":
            return f"plane of {' and '.join(axis.name for axis in self._axes)}, {through}"
        if s.plane == "random":
            return f"random directions, filter-normalised, seed {s.directions}, {through}"
        return f"PCA plane of the path, {through}"

    @property
    def subject(self) -> str:
        """The run, the plane and the moment in one line."""
        parts = [summary(self.run.experiment)]
        if self.racing:
            parts.append("race of " + ", ".join(walk.label for walk in self.picture.walks))
        if self.run.edited and not self.racing:
            parts.append("weights edited by hand")
        when = f"epoch {self.epoch:g}" if self.racing else f"frame {self.frame}, epoch {self.epoch:g}"
        parts.append(f"{self.plane_name}, {when}")
        return " · ".join(parts)
