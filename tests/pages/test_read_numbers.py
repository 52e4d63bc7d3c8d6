"""Numbers as they are read: on no page a minus before a zero, a hyphen for a minus, or a float's own text."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import come_to, healthy
from tests.pages.test_names import texts

WRITTEN_BADLY = {
    "a minus before a zero": r"[−-]0(?:[.]0*)?(?![\d.])",
    "a hyphen as a minus": r"(?:^|[\s(=,;:·|])-\d",
    "a power of ten as a float has it": r"\d[eE][−-]\d",
    "Python's nothing": r"^(?:None|nan|NaT|inf)$",
}
CODE = re.compile(r"^\s*[{\[<]|</?(?:style|svg|math)|[?&=~]|https?:|px|^[\w.~-]*$|^\w+ \(\d\.0, ")
"""What is no text to read: JSON, markup, links, names, the key of a grid. A number alone is looked at."""
NUMBER = re.compile(r"^[−-]?[\d.]+(?:e[−-]?\d+)?$")
PAGES = [
    ("playground", {}),
    ("playground", {"data": "hills", "out": "linear"}),
    ("gradient-descent", {}),
    ("gradient-descent", {"on": "saddle"}),
    ("gradient-descent", {"on": "double_well"}),
    ("backprop", {}),
    ("backprop", {"net": "seed004_mlp", "errata": "1"}),
    ("loss-landscape", {}),
    ("experiments", {}),
]


def read(app: AppTest) -> list[str]:
    return [text for text in texts(app) if NUMBER.match(text) or not CODE.search(text)]


@pytest.mark.parametrize(("page", "query"), PAGES)
def test_no_number_on_a_page_is_written_badly(page, query):
    found = read(healthy(come_to(page, **query).run()))
    assert len(found) > 10
    for what, pattern in WRITTEN_BADLY.items():
        assert (what, [text for text in found if re.search(pattern, text)]) == (what, [])


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a minus before a zero", "the weight is −0.00"),
        ("a minus before a zero", "-0"),
        ("a hyphen as a minus", "from -1.2 to 3"),
        ("a power of ten as a float has it", "−4.44089e-16"),
        ("Python's nothing", "None"),
    ],
)
def test_what_is_written_badly_is_found(what, text):
    assert re.search(WRITTEN_BADLY[what], text)


def test_what_is_written_well_is_left_alone():
    for text in ("−0.05", "0.00", "−4.4·10⁻¹⁶", "2-4-2-1", "10-fold", "0.5"):
        assert not any(re.search(pattern, text) for pattern in WRITTEN_BADLY.values())
