"""One entry of a matrix in MathML: its layer raised, its indices lowered."""

from __future__ import annotations

import re

from engine.worked.expressions import Symbol
from pages.formulas.mathml import symbol_mathml
from pages.formulas.mathml_letters import label_mathml, tokens_mathml
from pages.formulas.notation import OWN, Convention

DOUBLE = re.compile(r"\(\(([^()]*)\)\)")
REFERENCE = re.compile(r"([A-Za-z_]+?)(\d*)\[(\d+)(?:,(\d+))?\]")


def indexed_mathml(label: str, convention: Convention = OWN) -> str:
    """A factor of one entry, as "W3[1,2]" or "σ′(z2[1])", with its layer raised and its indices lowered."""
    if not REFERENCE.search(label):
        return label_mathml(label)
    label = DOUBLE.sub(r"(\1)", label)
    found, at = [], 0
    for match in REFERENCE.finditer(label):
        found.append(_plain(label[at : match.start()]))
        name, layer, row, column = match.groups()
        found.append(entry_mathml(name, int(layer) if layer else None, row, column, convention))
        at = match.end()
    return f"<mrow>{''.join([*found, _plain(label[at:])])}</mrow>"


def entry_mathml(
    name: str, layer: int | None, row: str, column: str | None, convention: Convention = OWN
) -> str:
    """One entry of a matrix; its indices count from 1 in the engine's order and are turned with it."""
    if column is not None and convention.turns(name):
        row, column = column, row
    comma = "," if column and len(row + column) > 2 else ""
    symbol = Symbol(name, layer, transposed=convention.turns(name))
    return symbol_mathml(symbol, convention, sub=row + comma + (column or ""))


def keys_in(label: str) -> list[str]:
    """The keys of the matrices that a factor's label names."""
    return [match[1] + match[2] for match in REFERENCE.finditer(label)]


def _plain(text: str) -> str:
    return tokens_mathml(text) if text.strip() else ""
