"""The inside views: which of them is open, and what each frame then tells of the network's layers.

Like the probe they belong to how a run is shown, not to the run. A link says them as inside=norms, with
inside_layer=2 the layer, counted from 1, and with inside_batch=1 the mini-batch's gradient.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from engine import Experiment, Timeline, Trace
from engine.analysis.planes import Plane
from engine.arrays import brief
from engine.options import Option, table
from pages.live.protocol import Blocks
from pages.playground.inside_numbers import NUMBERS, Looker

INSIDE, LAYER, BATCH = "inside", "inside_layer", "inside_batch"
"""The parameters of a link for the open view, its layer and the mini-batch's gradient."""


@dataclass(frozen=True)
class InsideView(Option):
    """A row of the table of views.

    Attributes:
        by_layer: whether it shows one layer, which is chosen.
        steps:    whether it needs the last step of each frame.
    """

    by_layer: bool = False
    steps: bool = False


VIEWS = table(
    InsideView("weights", "Weights", by_layer=True, steps=True),
    InsideView("distributions", "Distributions"),
    InsideView("norms", "Norms", steps=True),
    InsideView("hidden-space", "Hidden space", by_layer=True),
)


@dataclass(frozen=True)
class Inside:
    """What is open: a view's name, or "" for none; its layer, from 0; whether the mini-batch's gradient."""

    view: str = ""
    layer: int = 0
    batch: bool = False


class InsidePainter:
    """Adds the numbers of the open view to the frames of one experiment.

    Attributes:
        inside: what is open.
        number: grows with each change, so that frames tell for which view they were made.
    """

    def __init__(
        self,
        experiment: Experiment,
        timeline: Timeline,
        inside: Inside,
        numbers: Iterator[int],
        plane: Plane,
    ) -> None:
        """Begin with a view, or with none; each gets the next of the numbers.

        Args: plane: that the map shows, and the hidden space with it.
        """
        self._experiment, self._timeline, self._plane = experiment, timeline, plane
        self._looker = Looker(experiment, timeline, plane)
        self._numbers = numbers
        self.look_at(inside)

    def look_along(self, plane: Plane) -> None:
        """Show the hidden space of another plane in the frames to come."""
        if plane.same(self._plane):
            return
        self._plane, self._looker = plane, Looker(self._experiment, self._timeline, plane)
        if self.inside.view == "hidden-space":
            self.number = next(self._numbers)

    def look_at(self, inside: Inside) -> None:
        """Add the numbers of another view to the frames to come. Raises: ValueError if there is none such."""
        self.inside = check_inside(inside, len(self._timeline.trainer.net.W))
        self.number = next(self._numbers)
        view = VIEWS.get(inside.view)
        self._timeline.watch(bool(view and view.steps))

    def blocks(self, probe: Trace) -> Blocks:
        """What a frame holds besides, with the network's pass at the probe; nothing while all are closed."""
        if not self.inside.view:
            return []
        return NUMBERS[self.inside.view](self._looker, self.inside.layer, self.inside.batch, probe)

    def header(self) -> dict[str, Any]:
        """What the header tells of the open view."""
        return {"number": self.number, **asdict(self.inside), **self._looker.header(self.inside.view)}


def check_inside(inside: Inside, layers: int) -> Inside:
    """Return what suits a network of so many layers. Raises: ValueError for anything else."""
    if inside.view and inside.view not in VIEWS:
        raise ValueError(f"An inside view must be one of {', '.join(VIEWS)}. Got {brief(inside.view)}.")
    if not 0 <= inside.layer < layers:
        raise ValueError(f"The layer of an inside view must be from 1 to {layers}. Got {inside.layer + 1}.")
    return inside


def fitted_inside(inside: Inside, layers: int) -> Inside:
    """The same view for another network: of its last layer where it has fewer."""
    return replace(inside, layer=min(inside.layer, layers - 1))


def changed_inside(inside: Inside, change: Mapping[str, Any], layers: int) -> Inside:
    """What is open after a change of view, layer or batch. Raises: ValueError for what can't be taken."""
    view, layer, batch = (change.get(name, getattr(inside, name)) for name in ("view", "layer", "batch"))
    if not (isinstance(view, str) and isinstance(layer, int) and isinstance(batch, bool)):
        raise ValueError(f"A change of what is open must be of view, layer or batch. Got {brief(change)}.")
    return check_inside(Inside(view, layer, batch), layers)


def inside_query(inside: Inside) -> dict[str, str]:
    """The parameters that a link has for the open view: none while all are closed."""
    if not inside.view:
        return {}
    layer = {LAYER: str(inside.layer + 1)} if inside.layer else {}
    return {INSIDE: inside.view} | layer | ({BATCH: "1"} if inside.batch else {})


def open_inside(query: Mapping[str, str], experiment: Experiment) -> tuple[Inside, tuple[str, ...]]:
    """The view of a link's parameters, and why any of them was not taken."""
    view, layer = query.get(INSIDE, ""), query.get(LAYER, "1")
    if view and view not in VIEWS:
        return Inside(), (f"{INSIDE} in the link must be one of {', '.join(VIEWS)}. Got {brief(view[:40])}.",)
    most = len(experiment.hidden) + 1
    if not (layer.isascii() and layer.isdigit() and len(layer) < 4 and 1 <= int(layer) <= most):
        refusal = f"{LAYER} in the link must be from 1 to {most}. Got {brief(layer[:40])}."
        return Inside(view, 0, query.get(BATCH) == "1"), (refusal,)
    return Inside(view, int(layer) - 1, query.get(BATCH) == "1"), ()


def read_inside(given: object, experiment: Experiment) -> Inside:
    """The view of a kept run, possibly anything; none where there is none that suits."""
    try:
        return changed_inside(
            Inside(), given if isinstance(given, Mapping) else {}, len(experiment.hidden) + 1
        )
    except ValueError:
        return Inside()
