"""The probe: the point at which a run is looked at, and the target that its output is measured against.

It belongs to how a run is shown, not to the run: two sessions with other probes train alike. A link says it
as probe=1.6~-2.2, and as probe_target=1 the class by its index or, for a regression, the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine import Experiment
from engine.arrays import Array, brief, check_number
from engine.data.datasets import Dataset, DataSplit
from engine.data.features import DOMAIN
from engine.numbers import read_number
from engine.runs.link_values import NUMBER, NUMBERS
from pages.playground.input_axes import input_axes
from pages.playground.map_plane import MapPlane

PROBE, TARGET = "probe", "probe_target"
"""The parameters of a link for its coordinates and its target."""
USUAL = (1.6, -2.2)
"""Where it stands until it is moved: any place off the axes and the symmetries will do."""
FURTHEST = 1e6
"""Largest absolute coordinate and target, so that no feature of the point overflows."""


@dataclass(frozen=True)
class Probe:
    """A point (x1, x2, …) and a target: the index of a class or, for a regression, a value."""

    point: tuple[float, ...]
    target: float = 0.0


def usual_probe(experiment: Experiment, plane: MapPlane | None = None) -> Probe:
    """Where the probe stands until it is moved: on the map, and on the slice that it shows.

    Args:
        plane: that the map shows of more than two inputs; None for the first two. The others are at their
               means over the training rows.
    """
    problem = experiment.problem
    if problem.held:
        axes, shown = input_axes(experiment, experiment.data()), plane or MapPlane()
        point = axes.usual.tolist()
        for k, usual in zip((shown.across, shown.up), USUAL, strict=True):
            low, high = axes.reach[k]
            place = axes.in_own_units(k, (low + high) / 2 + usual / DOMAIN * (high - low) / 2)
            point[k] = axes.as_seen(k, float(f"{place:.2g}"))
        if problem.own_features is None:
            point[shown.across], point[shown.up] = USUAL
        return Probe(tuple(point))
    if problem.own_features is None:
        return Probe(USUAL)
    x1, x2 = (float(f"{value * problem.domain / DOMAIN:.2g}") for value in USUAL)
    return Probe((x1, x2 if len(problem.coordinates) > 1 else 0.0))


def check_probe(probe: Probe, experiment: Experiment) -> Probe:
    """Return a probe that suits an experiment. Raises: ValueError for a coordinate or target that doesn't."""
    problem, count = experiment.problem, 2 + len(experiment.problem.held)
    if len(probe.point) != count:
        raise ValueError(f"The probe must have {count} coordinates. Got {len(probe.point)}.")
    table = experiment.table
    furthest = FURTHEST if table is None else max(FURTHEST, 10 * float(abs(table.X).max()))
    for label, value in zip(_labels(problem), probe.point, strict=True):
        check_number(f"The probe's {label}", value, least=-furthest, most=furthest)
    check_number("The probe's target", probe.target, least=-FURTHEST, most=FURTHEST)
    if problem.kind != "regression" and probe.target not in range(problem.classes):
        raise ValueError(f"The probe's target must be the index of a class. Got {brief(probe.target)}.")
    return probe


def fitted_probe(probe: Probe, experiment: Experiment, plane: MapPlane | None = None) -> Probe:
    """What stays of a probe when another experiment comes: its point, its target, or neither."""
    for candidate in (probe, replace(probe, target=0.0)):
        try:
            return check_probe(candidate, experiment)
        except ValueError:
            continue
    return usual_probe(experiment, plane)


def target_row(probe: Probe, experiment: Experiment) -> Array:
    """(1, K) what the output layer should say at the probe."""
    return experiment.targets(np.array([probe.target]))


def moved_probe(probe: Probe, change: Mapping[str, Any], experiment: Experiment, data: DataSplit) -> Probe:
    """The probe after a change: to a data point ("at"), to coordinates ("values"), to a target ("target").

    A coordinate or a target is a number, or text as it was typed: a coordinate then in the data's own units.
    None leaves it as it is.

    Raises: ValueError, in one sentence, for what can't be read or doesn't suit the experiment.
    """
    at, values = change.get("at"), change.get("values")
    if isinstance(at, int):
        probe = _data_point(at, data)
    if isinstance(values, list) and len(values) == len(probe.point):
        labels, axes = _labels(experiment.problem), input_axes(experiment, data)
        point = [_number(v, old, label) for v, old, label in zip(values, probe.point, labels, strict=True)]
        for k, given in enumerate(values):
            if isinstance(given, str):
                point[k] = axes.as_seen(k, point[k])
        probe = replace(probe, point=tuple(point))
    elif values is not None:
        raise ValueError(f"The probe must have {len(probe.point)} coordinates. Got {brief(values)}.")
    target = _number(change.get("target"), probe.target, "The target")
    return check_probe(replace(probe, target=target), experiment)


def probe_query(probe: Probe, experiment: Experiment, plane: MapPlane | None = None) -> dict[str, str]:
    """The parameters that a link has for a probe: none for what it is by itself, with that plane."""
    usual = usual_probe(experiment, plane)
    said = {PROBE: NUMBERS.write(probe.point)} if probe.point != usual.point else {}
    return said | ({TARGET: NUMBER.write(probe.target)} if probe.target != usual.target else {})


def open_probe(
    query: Mapping[str, str], experiment: Experiment, plane: MapPlane | None = None
) -> tuple[Probe, tuple[str, ...]]:
    """The probe of a link's parameters, and why any of them was not taken."""
    probe, refusals = usual_probe(experiment, plane), []
    for name, field, link_format in ((PROBE, "point", NUMBERS), (TARGET, "target", NUMBER)):
        if name not in query:
            continue
        try:
            value = link_format.read(query[name])
        except ValueError:
            refusals.append(f"{name} in the link can't be read. Got {query[name][:40]!r}.")
            continue
        try:
            probe = check_probe(replace(probe, **{field: value}), experiment)
        except ValueError as error:
            refusals.append(str(error))
    return probe, tuple(refusals)


def read_probe(given: object, experiment: Experiment) -> Probe:
    """The probe of a kept run, possibly anything; the usual one where there is none that suits."""
    usual = usual_probe(experiment)
    if not isinstance(given, Mapping) or not isinstance(point := given.get("point"), list):
        return usual
    target = given.get("target")
    numbers = [value for value in (*point, target) if isinstance(value, int | float)]
    if len(numbers) != len(point) + 1:
        return usual
    return fitted_probe(Probe(tuple(map(float, point)), float(numbers[-1])), experiment)


def _labels(problem: Dataset) -> list[str]:
    return list(problem.coordinate_labels)


def _data_point(at: int, data: DataSplit) -> Probe:
    """A point of the data with its target: those for training are counted first."""
    train = len(data.X)
    if not 0 <= at < train + len(data.X_test):
        raise ValueError(f"The data must have the point that the probe goes to. Got {at}.")
    X, target, n = (data.X, data.target, at) if at < train else (data.X_test, data.target_test, at - train)
    return Probe(tuple(map(float, X[n])), float(target[n]))


def _number(value: object, otherwise: float, name: str) -> float:
    if value is None:
        return otherwise
    if isinstance(value, str):
        return read_number(value, name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} must be a number. Got {brief(value)}.")
    return float(value)
