"""An animated GIF of a run's map, or of its weights as pictures, made in slices of bounded work."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from engine.runs.slices import Slices
from pages.figures.theme import Theme
from pages.playground.below import epoch_text
from pages.playground.session import Session
from pages.playground.take.map_painter import MapPainter
from pages.playground.take.weight_painter import WeightPainter, painter_of

MOST_BYTES = 8_000_000
"""Of an animation; mail programs and slides take no more."""
LAST_LASTS = 1.0
"""Seconds for which the last picture stays, beyond its own."""


@dataclass(frozen=True)
class Wanted:
    """What is wanted of an animation: how many pictures, their side in px, and how many a second."""

    pictures: int = 30
    size: int = 360
    per_second: int = 10


def chosen_frames(last: int, pictures: int) -> list[int]:
    """Frames from 0 to the last one, evenly, at most so many; each once."""
    frames: list[int] = np.unique(np.linspace(0, last, min(last + 1, pictures)).round().astype(int)).tolist()
    return frames


def animation(user: Session, wanted: Wanted, colours: Theme) -> Slices[bytes]:
    """The GIF of the frames up to the shown one; in the end the timeline stands there again.

    Raises: ValueError if it gets larger than MOST_BYTES, or if there is no Pillow to make it.
    """
    if find_spec("PIL") is None:
        raise ValueError("An animation needs Pillow, which is not installed where this page is served.")
    timeline, shown = user.timeline, min(user.shown, user.timeline.last)
    frames = chosen_frames(shown, wanted.pictures)
    plane = user.plane.seen_from(user.probe.point)
    painter = painter_of(user.experiment, user.data, colours, wanted.size, plane)
    net = timeline.run.experiment.network()  # another one: the run's own stays as it is
    yield 0.0
    parts, size = [_head(painter, wanted, f"{user.provenance} · epoch {_epoch(user, shown)}")], 0
    for k, frame in enumerate(frames):
        theta = timeline.kept_theta(frame)
        if theta is None:
            for share in timeline.seeking(frame):
                yield (k + share) / (len(frames) + 1)
            theta = timeline.trainer.net.theta
        net.theta[...] = theta
        caption = f"epoch {_epoch(user, frame)}   train loss {timeline.train_losses[frame]:.4g}"
        seconds = 1 / wanted.per_second + (LAST_LASTS if k == len(frames) - 1 else 0)
        parts.append(_picture(painter, painter.paint(net, caption), seconds))
        if (size := size + len(parts[-1])) > MOST_BYTES:
            rule = f"An animation may have {MOST_BYTES / 1e6:g} MB"
            raise ValueError(f"{rule}: this one needs a smaller size or fewer pictures.")
        yield (k + 1) / (len(frames) + 1)
    yield from timeline.seeking(shown)
    return b"".join([*parts, b";"])


def _epoch(user: Session, frame: int) -> str:
    return epoch_text(user.timeline.progress[frame])


def _encoded(picture: Any, palette: Any) -> bytes:
    """A GIF of one picture."""
    from PIL import Image  # Streamlit brings it, and the app does without

    image = Image.fromarray(picture)
    image = image.convert("P") if image.mode != "P" else image
    image.putpalette(palette.tobytes())
    buffer = io.BytesIO()
    image.save(buffer, "GIF", optimize=False, interlace=False)
    return buffer.getvalue()


def _head(painter: MapPainter | WeightPainter, wanted: Wanted, comment: str) -> bytes:
    """What a GIF begins with: its size and palette, that it runs again and again, and how it was made."""
    first = _encoded(painter.blank(), painter.palette)
    head, _ = _parted(first)
    said = comment.encode()
    blocks = [said[k : k + 255] for k in range(0, len(said), 255)]
    return b"".join([
        b"GIF89a" + head[6:],
        b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00",
        b"!\xfe" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\x00",
    ])  # fmt: skip


def _picture(painter: MapPainter | WeightPainter, picture: Any, seconds: float) -> bytes:
    """One picture, and how long it stays."""
    _, block = _parted(_encoded(picture, painter.palette))
    return b"!\xf9\x04\x04" + struct.pack("<H", round(100 * seconds)) + b"\x00\x00" + block


def _parted(gif: bytes) -> tuple[bytes, bytes]:
    """Head with palette, and the one picture of a GIF; what stands between is left out."""
    palette = 3 * (2 << (gif[10] & 7)) if gif[10] & 0x80 else 0
    at = 13 + palette
    head = gif[:at]
    while gif[at] == ord("!"):
        at += 2
        while gif[at]:
            at += 1 + gif[at]
        at += 1
    return head, gif[at:-1]
