"""The norms of frames that were trained while no view asked for them: found anew, a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine import Timeline
from pages.live.protocol import Blocks
from pages.live.turns import Turn
from pages.playground.inside_numbers import Looker

MOST = 120
"""Most frames of the past whose norms are told: the line through them has a corner every few pixels."""


def told_frames(timeline: Timeline, upto: int) -> list[int]:
    """The frames up to one whose norms can be found by training one frame again: at most MOST, evenly apart.

    Of a long run those between its keyframes are left out, and so are those that this server hasn't trained.
    """
    known = [frame for frame in range(1, upto + 1) if timeline.has_state(frame - 1)]
    if len(known) > MOST:
        known = [known[k * (len(known) - 1) // (MOST - 1)] for k in range(MOST)]
    return known


def past_norms(
    timeline: Timeline, upto: int, after: int, reach: Callable[[int], bool], turn: Turn
) -> tuple[dict[str, Any], Blocks]:
    """The norms of some frames of the past, as many as a turn has time for.

    Args:
        upto:  the newest frame that is asked for.
        after: those up to it are known already.
        reach: has the timeline go to a frame, and says whether it stands there.
    Returns: a record {"upto", "next"} with the frame after which to ask again, or None if nothing is left;
             and blocks: the frames' numbers (n,), their epochs (n,) and the norms (n, 2 L).
    """
    frames: list[int] = []
    rows, left = [], [frame for frame in told_frames(timeline, upto) if frame > after]
    looker = Looker(timeline.experiment_at(0), timeline)
    for frame in left:
        if (frames and turn.over) or not reach(frame):
            break
        frames.append(frame)
        rows.append(looker.norms_and_ratios())
    done = len(frames) == len(left)
    blocks: Blocks = [
        ("norms.frame", np.array(frames, dtype=np.int32)),
        ("norms.epoch", np.array([timeline.progress[frame] for frame in frames])),
        ("norms.values", np.array(rows).reshape(len(frames), -1)),
    ]
    return {"upto": upto, "next": None if done else (frames or [after])[-1]}, blocks
