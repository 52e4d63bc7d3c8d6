"""Tells the player what keeps the network from learning, with the numbers of a frame at which it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import Experiment, Timeline
from engine.analysis.kinds import KINDS, Kind
from engine.analysis.remedies import Remedy, remedy
from engine.analysis.watch import Diagnosis, Watch, look_at
from engine.arrays import brief

MOST_FOUND = 400
"""Most diagnoses that a kept run may bring: more than a network has units and ways to be ill."""
CONTROLS = {"activations": "activation", "hidden": "hidden_layers", "regularization_rate": "rate"}
"""The keys of the controls that aren't named as the field that they change."""


def watch_of(timeline: Timeline) -> Watch:
    """What is found out about a timeline that was made with a watch."""
    assert isinstance(timeline.follower, Watch)
    return timeline.follower


def by_kind(timeline: Timeline) -> dict[str, list[Diagnosis]]:
    """The diagnoses of a run, in the order of KINDS, and by their first frame within a kind."""
    found = watch_of(timeline).diagnoses(timeline)
    groups = {name: [one for one in found if one.kind == name] for name in KINDS}
    return {name: sorted(group, key=lambda one: one.since) for name, group in groups.items() if group}


def suggestion(kind: str, timeline: Timeline, frame: int) -> Remedy:
    """What to try against a diagnosis at a frame. Raises: ValueError if it doesn't hold there."""
    holding = [one for one in by_kind(timeline).get(kind, []) if one.holds_at(frame)]
    if not holding:
        raise ValueError(f"A diagnosis to try something against must hold at this frame. Got {brief(kind)}.")
    return remedy(kind, timeline.experiment, holding[0].since)


def tried(experiment: Experiment, chosen: Remedy) -> tuple[Experiment, bool]:
    """The experiment with a suggestion taken, and whether its run begins again only because that helps."""
    changed = experiment.changed(**chosen.changes)
    return changed, chosen.anew and experiment.same_run(changed)


def cards(timeline: Timeline) -> list[dict[str, Any]]:
    """What the player shows of each kind of diagnosis, from its first frame on."""
    return [_card(KINDS[name], group, timeline) for name, group in by_kind(timeline).items()]


def _card(kind: Kind, group: list[Diagnosis], timeline: Timeline) -> dict[str, Any]:
    chosen = remedy(kind.name, timeline.experiment, group[0].since)
    places = watch_of(timeline).units.places
    return {
        "kind": kind.name,
        "title": kind.title,
        "one": kind.one,
        "short": kind.short,
        "mark": kind.mark,
        "column": kind.column,
        "reason": kind.reason,
        "try": chosen.label,
        "controls": sorted({CONTROLS.get(name, name) for name in chosen.changes}),
        "found": [
            {
                "unit": None if one.unit is None else list(places[one.unit]),
                "since": one.since,
                "until": one.until,
                "epoch": timeline.progress[one.since],
            }
            for one in group
        ],
    }


def evidence(timeline: Timeline) -> dict[str, Any] | None:
    """The numbers behind what holds at the timeline's present frame; None if nothing does.

    A single unit's number stands in the order of the units that are ill then.
    """
    frame, watch = timeline.frame, watch_of(timeline)
    holding = {
        name: [one.unit for one in group if one.holds_at(frame)] for name, group in by_kind(timeline).items()
    }
    holding = {name: units for name, units in holding.items() if units}
    if not holding:
        return None
    seen = look_at(timeline, frame)
    return {
        "frame": frame,
        "epoch": seen.epoch,
        "facts": {
            name: KINDS[name].evidence(seen, watch.units, [unit for unit in units if unit is not None])
            for name, units in holding.items()
        },
    }


def kept_diagnoses(timeline: Timeline) -> list[list[Any]]:
    """What a browser is to keep of the diagnoses up to the present frame."""
    return [
        [one.kind, one.unit, one.since, one.until]
        for one in watch_of(timeline).found_by(timeline.frame)[:MOST_FOUND]
    ]


def read_diagnoses(given: object, units: int, frame: int) -> tuple[Diagnosis, ...]:
    """The diagnoses of a kept run, which come from a browser and so are possibly anything.

    Args:   units: of the network's hidden layers; frame: at which the run was kept.
    Raises: ValueError, in one sentence.
    """
    if not isinstance(given, list) or len(given) > MOST_FOUND:
        raise ValueError("The kept diagnoses must be a list.")
    return tuple(_read(entry, units, frame) for entry in given)


def _read(entry: object, units: int, frame: int) -> Diagnosis:
    if isinstance(entry, list) and len(entry) == 4:
        name, unit, since, until = entry
        kind = KINDS.get(name) if isinstance(name, str) else None
        if (
            kind is not None
            and (_is_count(unit, units - 1) if kind.units else unit is None)
            and _is_count(since, frame)
            and (until is None or (_is_count(until, frame) and until > since))
        ):
            return Diagnosis(kind.name, unit, since, until)
    raise ValueError(f"A kept diagnosis must be a kind, a unit and two frames. Got {brief(entry)}.")


def _is_count(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def told(timeline: Timeline, version: str, known: object) -> Mapping[str, Any]:
    """The part of a header that tells of diagnoses: the cards if the player doesn't know this version."""
    return {
        "diagnosed": version,
        "diagnoses": None if known == version else cards(timeline),
        "evidence": evidence(timeline),
    }
