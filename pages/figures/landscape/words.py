"""What a landscape says in words: where the plane misleads, how its axes are scaled, each path's losses."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pages.figures.landscape.records import Ground, Track, loss_text
from pages.figures.numbers import power_in_words, significant

APART = 2.0
"""The plane misleads where its loss and the true one differ by more than this factor."""
ALIKE = 1.1
"""Two axes whose spans differ by no more than this factor look equally scaled."""


def apart(true: float, seen: float) -> float:
    """How many times the larger of two losses is the smaller: 1 for two NaN, ∞ if only one of them is 0."""
    if true == seen or (math.isnan(true) and math.isnan(seen)):
        return 1.0
    if not (math.isfinite(true) and math.isfinite(seen)) or min(true, seen) <= 0:
        return math.inf
    return max(true / seen, seen / true)


def misleading(tracks: Sequence[Track], unit: str) -> str:
    """One sentence if true loss and loss on the plane part by more than APART anywhere; otherwise empty.

    A path is named with both losses at its mark or, if they are near each other there, at its worst point.
    """
    said = []
    for track in tracks:
        places = [(track.now.frame, track.now.true_loss, track.now.plane_loss)]
        if apart(*places[0][1:]) <= APART:
            places = list(
                zip(
                    track.frames.tolist(),
                    track.true_losses.tolist(),
                    track.plane_losses.tolist(),
                    strict=True,
                )
            )
        frame, true, seen = max(places, key=lambda place: apart(*place[1:]))
        if apart(true, seen) > APART:
            said.append(
                f"at {unit} {frame} {_whose(track, len(tracks))} true loss is {plain(true)}, "
                f"the plane shows {plain(seen)}"
            )
    return f"The plane misleads where a path leaves it: {'; '.join(said)}." if said else ""


def scaling(ground: Ground) -> str:
    """One sentence on axes that are drawn to different scales; empty if they are alike."""
    spans = [float(f"{np.ptp(np.asarray(values, dtype=float)):.3g}") for values in (ground.x, ground.y)]
    (small, short), (large, long) = sorted(zip(spans, (axis.short for axis in ground.axes), strict=True))
    if large <= ALIKE * small:
        return ""
    return (
        f"The axes have different scales, 1 : {significant(large / small, 2)}: {long} spans "
        f"{significant(large, 3)}, {short} only {significant(small, 3)}, and both fill the picture."
    )


def cut_off(ground: Ground, tracks: Sequence[Track]) -> str:
    """One sentence on the losses that are too high to be drawn in space; empty if none are."""
    plane = np.concatenate([np.ravel(ground.losses), *(track.plane_losses for track in tracks)])
    true = np.concatenate([np.append(track.true_losses, track.now.true_loss) for track in tracks])
    said = [
        f"{what} at {plain(limit)}"
        for what, values, limit in (("the plane", plane, ground.scale[1]), ("true losses", true, ground.top))
        if np.max(values[np.isfinite(values)], initial=-math.inf) > limit
    ]
    return f"Cut off at the top: {', '.join(said)}." if said else ""


def losses(tracks: Sequence[Track], unit: str) -> str:
    """The picture in words: of every path the true losses at its start and mark, and what the plane shows."""
    said = []
    for track in tracks:
        now, first = track.now, int(track.frames[0])
        who = track.label if len(tracks) > 1 else "The path"
        at_start = "" if now.frame == first else f"{plain(track.true_losses[0])} at {unit} {first}, "
        said.append(
            f"{who}: true loss {at_start}{plain(now.true_loss)} at {unit} {now.frame}, "
            f"where the plane, {significant(now.distance, 3)} away, shows {plain(now.plane_loss)}."
        )
    return " ".join(said)


def plain(loss: float) -> str:
    """A loss as the figures write it, but with no markup: 0.0054, 6.164·10⁻⁴."""
    return loss_text(loss, power_in_words)


def _whose(track: Track, paths: int) -> str:
    return "the path's" if paths == 1 else f"{track.name}'s"
