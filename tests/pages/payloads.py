"""Reads the player's payloads as the player does."""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np


def eight(size: int) -> int:
    return -(-size // 8) * 8


@dataclass(frozen=True)
class Payload:
    """One payload: its header, the numbers of its blocks, and of each frame."""

    header: dict[str, Any]
    blocks: dict[str, np.ndarray]
    frames: list[dict[str, np.ndarray]]
    raw_frames: list[bytes]

    def scalar(self, name: str) -> list[float]:
        """One scalar of every frame, by its name in the header."""
        at = self.header["scalars"].index(name)
        return [float(frame["scalars"][at]) for frame in self.frames]

    @property
    def numbers(self) -> list[int]:
        """The numbers of its frames."""
        return [int(frame) for frame in self.scalar("frame")]


def read_blocks(data: bytes, start: int, layout: list[list[Any]]) -> tuple[dict[str, np.ndarray], int]:
    """The blocks that begin at start, and the position after them."""
    blocks = {}
    for name, kind, shape in layout:
        assert start % 8 == 0, f"{name} starts at {start}"
        count = math.prod(shape)
        blocks[name] = np.frombuffer(data, f"<{kind}", count, start).reshape(shape)
        start += eight(blocks[name].nbytes)
    return blocks, start


def read_payload(data: bytes) -> Payload:
    """Read a whole payload; no byte may be left over. What a header tells of the run stands with the rest."""
    (length,) = struct.unpack_from("<I", data)
    header = json.loads(data[4 : 4 + length].decode(), parse_constant=lambda word: 1 / 0)
    header = header.get("described", {}) | header
    assert (4 + length) % 8 == 0
    blocks, start = read_blocks(data, 4 + length, header["blocks"])
    frames, raw = [], []
    for _ in range(header["count"]):
        frame, end = read_blocks(data, start, header["frame_blocks"])
        assert end - start == header["frame_bytes"]
        frames.append(frame)
        raw.append(data[start:end])
        start = end
    assert start == len(data)
    return Payload(header, blocks, frames, raw)
