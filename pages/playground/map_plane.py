"""Which plane the map shows of points with more than two inputs: two of these, or two principal components.

Like the probe it belongs to how a run is shown, not to the run. The other inputs are the probe's: the map is
the slice through the probe. A link says the plane as map=x3~x4, or as map=pca.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine import Experiment, apply_features
from engine.analysis.components import Components, principal_components
from engine.analysis.planes import Plane, components_plane, slice_plane
from engine.arrays import brief
from engine.data.datasets import Dataset, DataSplit
from engine.numbers import significant
from engine.runs.link_values import TEXT, listed
from pages.playground.input_axes import InputAxes

MAP, PCA = "map", "pca"
"""The parameter of a link for the plane, and its word for the components."""
NAMES = listed(TEXT)
MOST_NAMED = 4
"""Most inputs whose values stand under a picture; of more it says how many there are."""


@dataclass(frozen=True)
class MapPlane:
    """Two inputs, counted from 0, and whether the components are shown instead."""

    across: int = 0
    up: int = 1
    components: bool = False


USUAL_PLANE = MapPlane()


def check_plane(plane: MapPlane, problem: Dataset) -> MapPlane:
    """Return a plane that suits the data. Raises: ValueError for anything else."""
    count = 2 + len(problem.held)
    if not (0 <= plane.across < count and 0 <= plane.up < count and plane.across != plane.up):
        axes = brief((plane.across + 1, plane.up + 1))
        raise ValueError(f"The map must show two of the {count} inputs. Got {axes}.")
    if plane != USUAL_PLANE and not problem.held:
        raise ValueError("The map of two inputs shows these two.")
    return plane


def fitted_plane(plane: MapPlane, problem: Dataset) -> MapPlane:
    """The same plane for other data, or the usual one where there is none such."""
    try:
        return check_plane(plane, problem)
    except ValueError:
        return USUAL_PLANE


def changed_plane(plane: MapPlane, change: object, problem: Dataset) -> MapPlane:
    """The plane after a change of across, up or components; an axis that is chosen twice swaps the two.

    Raises: ValueError for what can't be taken.
    """
    known = change if isinstance(change, Mapping) else {"across": None}
    across, up = known.get("across", plane.across), known.get("up", plane.up)
    components = known.get("components", plane.components)
    if not (type(across) is type(up) is int and isinstance(components, bool)):
        raise ValueError(f"A change of the map must be of across, up or components. Got {brief(change)}.")
    if across == up:
        across, up = (plane.up, up) if "up" in known else (across, plane.across)
    return check_plane(MapPlane(across, up, components), problem)


def plane_query(plane: MapPlane, problem: Dataset) -> dict[str, str]:
    """The parameter that a link has for the plane: none for the usual one."""
    if plane.components:
        return {MAP: PCA}
    names = problem.coordinates
    return {} if plane == USUAL_PLANE else {MAP: NAMES.write((names[plane.across], names[plane.up]))}


def open_plane(query: Mapping[str, str], experiment: Experiment) -> tuple[MapPlane, tuple[str, ...]]:
    """The plane of a link's parameter, and why it was not taken."""
    problem, text = experiment.problem, query.get(MAP)
    if text is None:
        return USUAL_PLANE, ()
    names, known = problem.coordinates, text.split("~")
    if text == PCA and problem.held:
        return MapPlane(components=True), ()
    if problem.held and len(known) == 2 and known[0] != known[1] and set(known) <= set(names):
        return MapPlane(names.index(known[0]), names.index(known[1])), ()
    rule = f"must name two of several inputs, or be {PCA}"
    return USUAL_PLANE, (f"{MAP} in the link {rule}. Got {brief(text[:40])}.",)


def read_plane(given: object, experiment: Experiment) -> MapPlane:
    """The plane of a kept run, possibly anything; the usual one where there is none that suits."""
    try:
        return changed_plane(USUAL_PLANE, given if given is not None else {}, experiment.problem)
    except ValueError:
        return USUAL_PLANE


class PlaneView:
    """The plane of one run's map, with the components of its training inputs once they are asked for."""

    def __init__(self, experiment: Experiment, data: DataSplit, axes: InputAxes, plane: MapPlane) -> None:
        """Nothing is computed before the components are shown."""
        self._experiment, self._data, self.axes = experiment, data, axes
        self.plane = plane
        self._components: Components | None = None
        self._reach: Plane | None = None

    def showing(self, plane: MapPlane) -> PlaneView:
        """Another plane of the same run's map."""
        other = copy(self)
        other.plane = plane
        return other

    @property
    def components(self) -> Components:
        """Those of the inputs that the network has; others have loading 0 and are held at their means."""
        if self._components is None:
            names = self._experiment.problem.coordinates
            used = np.array([names.index(name) for name in self._experiment.features])
            found = principal_components(apply_features(self._data.X, self._experiment.features))
            mean, basis = self.axes.usual.copy(), np.zeros((len(names), 2))
            mean[used], basis[used] = found.mean, found.basis
            self._components = Components(mean, basis, found.shares)
        return self._components

    def seen_from(self, point: tuple[float, ...]) -> Plane:
        """The plane itself, where the probe is at this point."""
        if not self.plane.components:
            return slice_plane(point, self.plane.across, self.plane.up, self.axes.reach)
        if self._reach is None:
            rows = np.concatenate((self._data.X, self._data.X_test))
            self._reach = components_plane(self.components, rows)
        return self._reach

    def header(self) -> dict[str, Any]:
        """What the player is told of it; the components only where they are shown."""
        plane, shown = self.plane, None
        if plane.components:
            seen, found = self.seen_from(()), self.components
            shown = {
                "mean": found.mean.tolist(),
                "across": seen.across.tolist(),
                "up": seen.up.tolist(),
                "shares": found.shares.tolist(),
                "ranges": [list(seen.x), list(seen.y)],
            }
        return {"across": plane.across, "up": plane.up, "components": shown}

    def words(self, point: tuple[float, ...]) -> str:
        """What the map shows, in words; "" for points in the plane, and for pictures, which have no map."""
        problem, plane = self._experiment.problem, self.plane
        if not problem.held or problem.picture:
            return ""
        if plane.components:
            first, second = (f"{100 * share:.0f} %" for share in self.components.shares)
            return f"map of the first two principal components ({first} and {second} of the variance)"
        labels = problem.coordinate_labels
        held = [k for k in range(len(labels)) if k not in (plane.across, plane.up)]
        said = [f"{labels[k]} {significant(self.axes.in_own_units(k, point[k]))}" for k in held[:MOST_NAMED]]
        more = [f"{len(held) - MOST_NAMED} more inputs held"] if len(held) > MOST_NAMED else []
        return f"map of {labels[plane.up]} over {labels[plane.across]} at {', '.join(said + more)}"
