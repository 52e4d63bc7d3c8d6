"""The symbols of a layer: one notation in figures and in plain text, and nowhere another."""

import re
from pathlib import Path

import pytest

from pages.figures.symbols import indices, plain_symbol, symbol

PAGES = Path(__file__).parents[3] / "pages"
SOURCES = sorted(path for path in PAGES.rglob("*") if path.suffix in (".py", ".js", ".html"))
OTHER_FORMS = {
    "a layer's number above without brackets, which reads as a power": r"[aAzZwWbδ]<sup>(?!\[)",
    "the same in Unicode": r"[azwbAZWBδ][⁰¹²³⁴⁵⁶⁷⁸⁹]+[₀-₉]",
    "a layer's number in round brackets": r"[azwbAZWBδ]⁽",
    "brackets and an index on the line": r"[WbAZ]\[\{[^}]*\}\] [\{\d]",
    "an arrow from index to index": r"\}→\{",
}
"""What would be another way to write the weight from 1 to 2 of layer 1. Quotations stand in the engine."""


def test_a_layer_stands_in_brackets_above_and_indices_below_from_1():
    assert symbol("W", 1, indices(0, 1)) == "W<sup>[1]</sup><sub>12</sub>"
    assert symbol("a", 2, indices(9)) == "a<sup>[2]</sup><sub>10</sub>"
    assert symbol("W", 3) == "W<sup>[3]</sup>"
    assert plain_symbol("b", 2, indices(2)) == "b[2]₃"


def test_indices_of_two_digits_are_parted():
    assert indices(1, 9) == "2,10"
    assert plain_symbol("W", 1, indices(1, 9)) == "W[1]₂,₁₀"


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_no_other_form_remains(form):
    found = {
        str(path.relative_to(PAGES)): lines
        for path in SOURCES
        if (lines := re.findall(f".*{OTHER_FORMS[form]}.*", path.read_text("utf-8")))
    }
    assert found == {}
