"""The binary protocol from a session to its view: a header in JSON, then blocks of numbers, then frames.

    u32      length n of the header (little-endian, like everything that follows)
    n bytes  header, JSON in UTF-8, padded with spaces so that 4 + n is a multiple of 8
    blocks   as header["blocks"] lists them: name, type and shape; each padded to a multiple of 8 bytes
    frames   header["count"] of them, each header["frame_bytes"] long; header["frame_blocks"] lists its blocks

Types are NumPy's: f8 f4 i4 i2 u1; arrays are stored row by row. A payload is a state, not an event: it may
arrive twice. A frame's block "scalars" holds one number for each name in header["scalars"].
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

VERSION = 1
MAP = 100
"""Pixels along one side of the big map."""
TILE = 20
"""Pixels along one side of a neuron's map: every fifth pixel of the big one."""

Blocks = Sequence[tuple[str, np.ndarray[Any, Any]]]


def describe(blocks: Blocks) -> list[list[Any]]:
    """The header's description of blocks: [name, type, shape] for each."""
    return [[name, array.dtype.str[1:], list(array.shape)] for name, array in blocks]


def pack_blocks(blocks: Blocks) -> bytes:
    """The numbers of the blocks one after the other, each padded to a multiple of 8 bytes."""
    parts: list[bytes] = []
    for _, array in blocks:
        raw = np.ascontiguousarray(array).tobytes()
        parts.append(raw + bytes(-len(raw) % 8))
    return b"".join(parts)


def pack(header: dict[str, Any], blocks: Blocks, frames: Sequence[bytes]) -> bytes:
    """One payload; version, blocks, count and frame_bytes are added to the header.

    Raises: ValueError for NaN or infinity in the header, for which JSON has no word.
    """
    header = header | {
        "version": VERSION,
        "blocks": describe(blocks),
        "count": len(frames),
        "frame_bytes": len(frames[0]) if frames else 0,
    }
    text = json.dumps(header, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 4) % 8)
    return b"".join([struct.pack("<I", len(text)), text, pack_blocks(blocks), *frames])


def single(values: object) -> np.ndarray[Any, Any]:
    """Numbers in single precision; those too large for it become infinite."""
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(values, dtype=np.float32)


def tiles(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Values in −1 … 1 as bytes 1 … 255 with 128 for zero, clipped; 0 stands for NaN."""
    with np.errstate(invalid="ignore"):
        codes: np.ndarray[Any, Any] = (np.clip(values, -1, 1) * 127 + 128.5).astype(np.uint8)
    codes[np.isnan(values)] = 0
    return codes
