"""The binary language of the player: what is packed can be read again, aligned, and NaN has a code."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from pages.live.protocol import describe, pack, pack_blocks, tiles
from tests.pages.payloads import read_payload

BLOCKS = [
    ("bytes", np.arange(3, dtype=np.uint8)),
    ("doubles", np.array([[0.5, np.nan], [-np.inf, 1e300]])),
    ("floats", np.arange(5, dtype=np.float32)),
    ("shorts", np.array([[-32768, 32000]], dtype=np.int16)),
    ("integers", np.array([7], dtype=np.int32)),
    ("nothing", np.zeros((0, 3), dtype=np.float32)),
]


def test_a_payload_comes_back_as_it_was_packed():
    frames = [pack_blocks([("scalars", np.full(5, k))]) for k in (1.0, 2.0)]
    scalars = ["a", "frame", "b", "c", "d"]
    header = {"note": "Größe x₁", "scalars": scalars, "frame_blocks": [["scalars", "f8", [5]]]}
    payload = read_payload(pack(header, BLOCKS, frames))
    assert payload.header["version"] == 1
    assert payload.header["note"] == "Größe x₁"
    assert payload.header["blocks"] == describe(BLOCKS)
    for name, array in BLOCKS:
        np.testing.assert_array_equal(payload.blocks[name], array)
        assert payload.blocks[name].dtype == array.dtype
    assert payload.numbers == [1, 2]
    assert payload.raw_frames == frames


@pytest.mark.parametrize("letters", range(9))
def test_every_block_starts_at_a_multiple_of_eight_whatever_the_header_s_length(letters):
    data = pack({"note": "ä" * letters}, BLOCKS, [])
    (length,) = struct.unpack_from("<I", data)
    assert (4 + length) % 8 == 0
    read_payload(data)


def test_blocks_are_packed_in_c_order_whatever_their_memory_order():
    array = np.asfortranarray(np.arange(6, dtype=np.float64).reshape(2, 3))
    assert pack_blocks([("a", array)]) == pack_blocks([("a", np.ascontiguousarray(array))])


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_header_with_a_number_that_json_does_not_know_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        pack({"metric": value}, [], [])


def test_tiles_are_bytes_around_128_and_nan_is_0():
    codes = tiles(np.array([-np.inf, -2, -1, 0, 1, 2, np.inf, np.nan]))
    assert codes.dtype == np.uint8
    assert codes.tolist() == [1, 1, 1, 128, 255, 255, 255, 0]


def test_a_tiles_codes_are_accurate_to_half_a_step():
    values = np.linspace(-1, 1, 1001)
    np.testing.assert_allclose((tiles(values) - 128.0) / 127, values, atol=0.5 / 127 + 1e-12)


def test_the_browser_reads_what_the_server_packs_to_the_bit(node):
    frame = [("scalars", np.array([3.0, np.inf])), ("theta", np.array([0.1, -0.1], np.float32))]
    header = {"note": "Größe x₁", "scalars": ["frame", "epoch"], "frame_blocks": describe(frame)}
    sent = pack(header, BLOCKS, [pack_blocks(frame)] * 2)
    read = json.loads(node(Path(__file__).parent / "kit" / "print_payload.js", given=sent.hex()))
    types = {
        "u1": "Uint8Array",
        "f8": "Float64Array",
        "f4": "Float32Array",
        "i2": "Int16Array",
        "i4": "Int32Array",
    }
    for name, array in BLOCKS:
        kind, *numbers = read["blocks"][name]
        assert kind == types[array.dtype.str[1:]]
        np.testing.assert_array_equal(np.array([float(x) for x in numbers]), array.ravel().astype(float))
    for read_frame in read["frames"]:
        assert read_frame["frame"] == 3
        assert read_frame["epoch"] == "Infinity"
        assert read_frame["theta"] == ["Float32Array", *map(float, np.array([0.1, -0.1], np.float32))]
    assert read["header"]["note"] == "Größe x₁"
