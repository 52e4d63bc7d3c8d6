"""No page names a text by a number of ours: a visitor reads what a network is, and where it is from."""

import json
import re

import pytest
from google.protobuf.json_format import MessageToDict

from engine import DATASETS, SYSTEMS
from pages.playground.presets import PRESETS
from tests.pages.opening import come_to, healthy
from tests.pages.payloads import read_payload

NUMBER_OF_OURS = re.compile(r"(?<!manual_)(?<!=)seeds?[ _]?00\d", re.IGNORECASE)
"""torch.manual_seed(0) is a call, and after "=" it is a value in a link."""
KEYS = {*SYSTEMS, *DATASETS, *PRESETS}
"""What stands in links and in requests; a browser gets them too, and shows none."""
ELEMENT = "$$ID-"
"""How the name of an element begins, by which the browser and the server speak of it."""
OPENED = [
    ("playground", {}),
    ("playground", {"data": "seed_004", "in": "x1~x2~x3~x4~x5", "out": "softmax", "loss": "cce"}),
    ("gradient-descent", {}),
    ("loss-landscape", {}),
    ("experiments", {}),
    ("backprop", {}),
    *(("backprop", {"net": name, "errata": "1"}) for name in SYSTEMS),
]


def said(value):
    """Every text in a value as the browser gets it, but for keys."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in said(part)]
    if isinstance(value, list):
        return [text for part in value for text in said(part)]
    shown = isinstance(value, str) and value not in KEYS and not value.startswith(ELEMENT)
    return [value] if shown else []


def texts(app):
    """All that a page says: in its native elements, and in what its own views are sent."""
    found = []
    for node in (*app.main, *app.sidebar):
        proto = getattr(node, "proto", None)
        if node.type == "bidi_component":
            found += said(json.loads(proto.json)) if proto.json else []
            found += said(read_payload(proto.bytes).header) if proto.bytes else []
        elif proto is not None:
            found += said(MessageToDict(proto))
    return found


@pytest.mark.parametrize(("page", "query"), OPENED)
def test_no_page_names_a_text_by_a_number_of_ours(page, query):
    app = healthy(come_to(page, **query).run())
    found = texts(app)
    assert len(found) > 10
    assert [text for text in found if NUMBER_OF_OURS.search(text)] == []


def test_the_walk_sees_native_elements_and_what_views_are_sent():
    found = texts(come_to("backprop", net="seed004_mlp", errata="1", step="L").run())
    assert any("5-7-4-3 softmax, cross-entropy" in text for text in found), "the select box"
    assert any("5-7-4-3 softmax, cross-entropy · whole batch" in text for text in found), "the board"
    assert "L = 1/N * torch.sum( Y * A3 )" in found, "the board's contents"
