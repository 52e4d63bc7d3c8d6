"""One user's view of the loss landscape: which training, plane and frame, and the numbers beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from engine.analysis.landscape import Grid, Plane, pca_plane, random_plane, weight_plane
from engine.arrays import Array
from engine.network import Network
from engine.runs.provenance import summary
from engine.runs.slices import Slices
from engine.threads import one_blas_thread
from pages.figures.landscape.records import Axis, Ground, Track, scale_of
from pages.figures.symbols import indices, plain_symbol, symbol
from pages.live.turns import Turn
from pages.live.view import Choices
from pages.loss_landscape.optimizer_race import OptimizerRace
from pages.loss_landscape.picture import Picture, beginning, moment
from pages.loss_landscape.recording import Recording, recording
from pages.loss_landscape.settings import LandscapeSettings, Weight
from pages.loss_landscape.training_path import TrainingPath, finding_theta
from pages.playground.user import Session

MEASURING = "The loss is being measured along the path"
MOST_PICTURES = 8
"""Most pictures kept in memory; going back to a plane that is kept costs nothing."""


class LandscapeSession(Choices[LandscapeSettings]):
    """The settings of one user, and the picture that follows from them and from the playground's training.

    Attributes:
        recording: the training that is shown, as `look` found it.
        picture:   the plane with its paths, measured finer and finer.
        ready:     whether there is a picture, perhaps of earlier settings while the next one is prepared.
        preparing: what is done until there is, and the share of it that is done; None once the picture is
                   that of the settings.
        chosen:    whether a frame was chosen that the rest of the page doesn't know of yet.
        looks:     how many times the figures were shown since the page was opened.
        figures:   name -> what the figure was last drawn from, and the figure.
    """

    def __init__(self, settings: LandscapeSettings | None = None) -> None:
        """Keep the settings; nothing is computed before `look`."""
        super().__init__(settings or LandscapeSettings())
        self.looks, self.chosen = 0, False
        self.figures: dict[str, tuple[object, go.Figure]] = {}
        self._source: object = None
        self._shown = 0
        self._recording_for: object = None
        self._pictures: dict[object, Picture] = {}
        self._race: tuple[object, OptimizerRace | None] = (None, None)
        self.ready = False
        self.preparing: tuple[str, float] | None = None
        self._prepared_for: object = None
        self._steps: Slices[None] | None = None

    def change(self, settings: LandscapeSettings) -> None:
        """Take other settings; `look` makes the picture that follows from them."""
        self.settings, self.notice = settings, None

    def show(self, frame: int) -> None:
        """Look at another frame; if it is one of the playground's run, the playground shows it too."""
        self.set(frame=frame)
        if self.ready and not (self.racing or self.recording.copied):
            self._user.show_frame(frame)
            self._shown, self.chosen = self._user.shown, True

    # The training

    def look(self, user: Session) -> None:
        """Begin to record the playground's training as it is now, and to make a coarse picture of it.

        The playground itself is never changed: if nothing was trained there yet, a copy is trained. What
        isn't done at once is done by work.
        """
        source = (user.name, user.run, user.generation, user.reached)
        if (source, user.shown) != (self._source, self._shown) and self._source is not None:
            self.settings = replace(self.settings, frame=-1)
        wanted = (source, user.shown, self.settings)
        if wanted == self._prepared_for:
            return
        self._steps = self._prepare(user, self._recording_for != source)
        self._source, self._shown, self._prepared_for = source, user.shown, wanted
        self.preparing = ("The picture is being prepared", 0.0)
        self.work()

    def _prepare(self, user: Session, anew: bool) -> Slices[None]:
        if anew:
            said = "The training is being read"
            if user.timeline.last == 0 or user.reached == 0:
                said = "A copy of the run is being trained"
            self.preparing = (said, 0.0)
            self.recording: Recording = yield from recording(user, self.settings.frame)
            self._recording_for, self._user = self._source, user
        self._check_weights()
        if self.settings.race:
            self._prepare_race()
        self.preparing = MEASURING, 0.0
        yield from self._prepare_picture()
        self.ready, self.preparing = True, None
        self._prepared_for = (
            self._source,
            self._shown,
            self.settings,
        )  # which may have been corrected on the way

    @property
    def net(self) -> Network:
        """A network of the same shape as the one that was trained."""
        return self.recording.net

    @property
    def note(self) -> str:
        """One sentence if the training shown is a copy's, or if its path was cut short; otherwise ""."""
        return self.recording.note

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
        """Every weight and bias as (layer, from, to), all counted from 0; the bias comes from fan_in."""
        blocks = self.net.parameters.blocks
        return [
            (l, i, j)
            for l, block in enumerate(blocks)
            for i in range(block.shape[0])
            for j in range(block.shape[1])
        ]

    @property
    def chosen_weights(self) -> tuple[Weight, Weight]:
        """The two weights of the plane; one that isn't chosen is the one that moved most of the others."""
        first, second = self.settings.first, self.settings.second
        moved = np.argsort(-np.ptp(self.recording.path.thetas, axis=0), kind="stable")
        every = self.weights
        free = [every[k] for k in moved[:4].tolist() if every[k] not in (first, second)]
        first = first or free.pop(0)
        return first, second or free.pop(0)

    def weight_name(self, weight: Weight) -> str:
        """A weight in plain text, counted from 1: W[0][0, 1] is "W[1]₁₂"."""
        return self._symbol_of(weight, plain_symbol)

    def _symbol_of(self, weight: Weight, write: Callable[[str, int, str], str]) -> str:
        l, i, j = weight
        return write("b", l + 1, indices(j)) if i == self.net.dims[l] else write("W", l + 1, indices(i, j))

    @property
    def _axes(self) -> tuple[Axis, Axis]:
        """The plane's two axes, with weights named as on the other pages."""
        plane = self.picture.plane
        names = shorts = plane.labels
        if plane.kind == "weights":
            first, second = (
                Axis(name := self.weight_name(weight), name, markup=self._symbol_of(weight, symbol))
                for weight in self.chosen_weights
            )
            return first, second
        elif plane.kind == "random":
            shorts = "direction 1", "direction 2"
        shares = plane.explained or (None, None)
        return Axis(names[0], shorts[0], shares[0]), Axis(names[1], shorts[1], shares[1])

    @property
    def last(self) -> int:
        """The last frame that can be the current one."""
        return max(path.last for path in self._paths)

    @property
    def _paths(self) -> tuple[TrainingPath, ...]:
        race = self._finished
        return (self.recording.path,) if race is None else race.paths

    @property
    def frame(self) -> int:
        """The current frame: the scrubber's or, until it is moved, the playground's or the last of a race."""
        if self.settings.frame >= 0:
            return min(self.settings.frame, self.last)
        return self.last if self.racing else self._here

    @property
    def _here(self) -> int:
        """The frame that the playground shows, or the last one of a copy."""
        last = self.recording.path.last
        return last if self.recording.copied else min(self._user.shown, last)

    @property
    def epoch(self) -> float:
        """The number of epochs trained at the current frame."""
        if self.racing:
            return float(self.frame)
        return self.recording.timeline[self.frame].progress

    # The picture

    @property
    def racing(self) -> bool:
        """Whether the picture shows a race; while the racers are being trained, it doesn't yet."""
        return self._finished is not None

    @property
    def _finished(self) -> OptimizerRace | None:
        race = self._race[1]
        return race if self.settings.race and race is not None and race.progress >= 1 else None

    @property
    def race_progress(self) -> float | None:
        """The share of the race that has been trained, or None if none is being trained."""
        race = self._race[1]
        return race.progress if self.settings.race and race is not None and race.progress < 1 else None

    @property
    def working(self) -> bool:
        """Whether there is something left to prepare, to train or to measure."""
        return self._steps is not None or self.race_progress is not None or self.picture.rest is not None

    def work(self) -> None:
        """Prepare the picture, train the racers, or refine the picture, for one turn."""
        race = self._race[1]
        with one_blas_thread(), self.turns.next(head_start=0.0) as turn:
            if self._steps is not None:
                self._take_steps(turn)
            elif self.race_progress is not None and race is not None:
                race.work(turn)
                if race.progress >= 1:
                    self._steps = self._prepare(self._user, anew=False)  # now the picture is the race's
                    self.preparing = MEASURING, 0.0
            else:
                self.picture.work(turn)

    def _take_steps(self, turn: Turn) -> None:
        while self._steps is not None:
            share = next(self._steps, None)
            if share is None:
                self._steps = None
            elif self.preparing:
                self.preparing = self.preparing[0], share
            if turn.over:
                return

    def _prepare_race(self) -> None:
        s = self.settings
        key = (self.recording.experiment, s.racers, s.epochs)
        if self._race[0] != key:
            self._race = (key, OptimizerRace(self.recording.experiment, self._user, s.racers, s.epochs))

    def _prepare_picture(self) -> Slices[None]:
        s, user = self.settings, self._user
        if self.racing:
            key: tuple[object, ...] = ("race", self._race[0], s.room, s.points)
        else:
            kind = self.chosen_weights if s.plane == "weights" else s.plane == "random" and s.directions
            run = (user.name, user.run, user.generation, user.reached)
            key = (*run, s.plane, kind, self.anchor, s.room, s.points)
        if key not in self._pictures:
            while len(self._pictures) >= MOST_PICTURES:
                del self._pictures[next(iter(self._pictures))]
            try:
                plane = self._race_plane() if self.racing else (yield from self._making_plane())
            except ValueError:
                yield from self._return_to_path_plane()
                return
            made = yield from beginning(self.recording, self._paths, plane, room=s.room, points=s.points)
            self._pictures[key] = made
        self.picture = self._pictures[key]
        self.key = repr(hash(key))
        yield from self._show_frame()

    def _return_to_path_plane(self) -> Slices[None]:
        """Show the plane of the path instead of random directions that span none."""
        self.settings = replace(self.settings, plane="pca")
        self.notice = (
            "Random directions are scaled to the weights of each neuron, and here those span no plane. "
            "The plane of the path is shown instead."
        )
        yield from self._prepare_picture()

    @property
    def anchor(self) -> int:
        """The frame whose parameters the plane goes through."""
        if self.settings.through == "last":
            return self.recording.path.last
        frame = self.settings.frame
        return min(frame, self.recording.path.last) if frame >= 0 else self._here

    def _race_plane(self) -> Plane:
        thetas = np.concatenate([path.thetas for path in self._paths])
        return pca_plane(thetas, thetas.mean(axis=0))

    def _making_plane(self) -> Slices[Plane]:
        s, net = self.settings, self.recording.net
        net.theta[...] = yield from self._finding_theta(0, self.anchor)
        if s.plane == "weights":
            first, second = self.chosen_weights
            return weight_plane(net, (first[0], first[1], first[2]), (second[0], second[1], second[2]))
        if s.plane == "random":
            return random_plane(net, s.directions)
        return pca_plane(self.recording.path.thetas, net.theta.copy())

    def _finding_theta(self, k: int, frame: int) -> Slices[Array]:
        """The parameters of path k at a frame: as recorded, or else from the timeline."""
        path, race = self._paths[k], self._finished
        place = np.searchsorted(path.frames, frame)
        if place < len(path.frames) and path.frames[place] == frame:
            theta: Array = path.thetas[place]
            return theta
        return (
            yield from finding_theta(self.recording.timeline if race is None else race.timelines[k], frame)
        )

    def _show_frame(self) -> Slices[None]:
        """Move every path's mark to the current frame, or to its last one if it ended earlier."""
        picture, tracks = self.picture, list[Track]()
        norms = list[float]()
        for k, (path, track) in enumerate(zip(picture.paths, picture.tracks, strict=True)):
            frame = min(self.frame, path.last)
            theta = yield from self._finding_theta(k, frame)
            norms.append(float(np.linalg.norm(theta)))
            if frame != track.now.frame:
                seen = yield from self.recording.following(theta[None], picture.plane)
                track = replace(track, now=moment(seen, 0, frame))
            tracks.append(track)
        picture.tracks, self._norms = tuple(tracks), norms

    # The numbers beside it

    def ground(self, grid: Grid) -> Ground:
        """A measured grid, with axes and scale, as the figures take it."""
        log = self.settings.levels == "log"
        losses = np.concatenate([track.plane_losses for track in self.picture.tracks])
        scale = scale_of(grid.losses, losses, log=log)
        return Ground(grid.alphas, grid.betas, grid.losses, self._axes, scale, log)

    @property
    def leader(self) -> Track:
        """The path whose numbers are shown: the only one, or in a race the one with the lowest loss now."""
        tracks = self.picture.tracks
        return min(tracks, key=lambda track: np.nan_to_num(track.now.true_loss, nan=np.inf))

    @property
    def norm(self) -> float:
        """‖θ‖ of the leader at the current frame."""
        return self._norms[self.picture.tracks.index(self.leader)]

    @property
    def threshold(self) -> float:
        """The loss to reach in the race: the chosen one, or a tenth of the loss at the start."""
        return self.settings.threshold or 0.1 * float(self.picture.tracks[0].true_losses[0])

    def results(self) -> list[dict[str, Any]]:
        """One row per racer as `OptimizerRace.results` gives it; none before the race is over."""
        race = self._finished
        return [] if race is None else race.results(self.picture.tracks, self.threshold)

    @property
    def plane_name(self) -> str:
        """The plane in words, as the provenance line has it."""
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
        """The training, the plane and the moment in one line."""
        parts = [summary(self.recording.experiment)]
        if self.racing:
            parts.append("race of " + ", ".join(path.label for path in self.picture.paths))
        if self.recording.is_edited(self.frame) and not self.racing:
            parts.append("weights edited by hand")
        when = f"epoch {self.epoch:g}" if self.racing else f"frame {self.frame}, epoch {self.epoch:g}"
        parts.append(f"{self.plane_name}, {when}")
        return " · ".join(parts)
