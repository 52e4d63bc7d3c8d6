"""A network with numbers of one's own on the page: where it begins, and its matrices as text and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine import ACTIVATIONS, Network
from engine.arrays import Array
from engine.examples.own import OwnNetwork, one_hot
from engine.examples.own_changes import with_matrix, with_widths
from engine.examples.typed import read_classes, read_matrix, read_widths
from engine.losses import Loss
from engine.runs.link_values import NUMBER
from pages.formulas.notation import Convention

BEGINS = "Begun with the smallest example."
WEIGHTS_ARE = {"in×out": "a row per input", "out×in": "a row per neuron"}
"""How weights that lie like this are typed, in words."""
MEANING = {
    "X": ("sample", "input"),
    "Y": ("sample", "output"),
    "W": ("input of the layer", "neuron of the layer"),
    "b": ("layer", "neuron of the layer"),
}
"""What the rows and the columns of a matrix stand for, as the engine has them."""


def named(own: OwnNetwork) -> str:
    """What the network is called: Own numbers, 2-2-3 ReLU, softmax."""
    activations = ", ".join(ACTIVATIONS[name].label for name in own.activations)
    return f"Own numbers, {'-'.join(map(str, own.widths))} {activations}"


def begun(
    own: OwnNetwork, label: str, net: Network, X: Array, Y: Array, loss: Loss | None, learning_rate: float
) -> tuple[OwnNetwork, str]:
    """The network to begin with after another was shown, and where its numbers are from.

    Args:
        own:   stays if the other one is too large, or has numbers that are.
        label: what the other one is called; the rest as in OwnNetwork.from_network.
    """
    try:
        taken = OwnNetwork.from_network(net, X, Y, loss, learning_rate)
    except ValueError as refusal:
        return own, f"{label} can't be taken over. {refusal}"
    few = f", its first {taken.samples} of {len(X)} samples" if len(X) > taken.samples else ""
    return taken, f"Begun with the numbers of {label}{few}."


@dataclass(frozen=True)
class Field:
    """A field for numbers that are typed.

    Attributes:
        label, hint: what is above it, and what its question mark says.
        text:   the numbers in force as they could be typed, without rounding.
        change: change(text) is the network with what was typed; it raises ValueError, in one sentence.
    """

    label: str
    hint: str
    text: str
    change: Callable[[str], OwnNetwork]


def text_fields(own: OwnNetwork, convention: Convention) -> dict[str, Field]:
    """The fields of a network: "widths", and its matrices by name, typed as the convention has them."""
    dims = "-".join(map(str, own.widths))
    widths = Field("Widths, inputs first", "", dims, lambda text: with_widths(own, read_widths(text)))
    return {"widths": widths} | {name: _matrix_field(own, name, convention) for name in own.matrices()}


def _matrix_field(own: OwnNetwork, name: str, convention: Convention) -> Field:
    matrix, turns = own.matrices()[name], turned(name, convention)
    lying = matrix.T if turns else matrix
    rows, columns = lying.shape
    what, across = MEANING[name[0]][::-1] if turns else MEANING[name[0]]
    hint = f"A row per {what}, a column per {across}." if name[0] != "b" else f"A number per {across}."
    if name == "Y" and columns > 1:
        hint += " Or class numbers from 1, like “class 2”."
    text = "\n".join(", ".join(NUMBER.write(float(x)) for x in row) for row in lying)

    def change(typed: str) -> OwnNetwork:
        return with_matrix(own, name, from_text(own, name, typed, convention))

    return Field(
        f"{name}, {rows} × {columns}" if name[0] != "b" else f"{name}, {columns}", hint, text, change
    )


def turned(name: str, convention: Convention) -> bool:
    """Whether a matrix is typed the other way round than in the engine; a bias is always typed as one row."""
    if name.startswith("W"):
        return convention.weights_are == "out×in"
    return name in ("X", "Y") and convention.samples_are == "columns"


def from_text(own: OwnNetwork, name: str, text: str, convention: Convention) -> Array:
    """A typed matrix, shaped as in OwnNetwork.matrices.

    Targets may be class numbers, as "class 2"; samples and biases may be a row or a column where only one
    way fits.

    Raises: ValueError, in one sentence, with the cell or the shape that is wrong.
    """
    if name == "Y" and (classes := read_classes(text, name, own.samples)) is not None:
        return one_hot(classes, own.widths[-1])
    rows, columns = own.matrices()[name].shape
    shape, turns = (None if name == "X" else rows, columns), turned(name, convention)
    otherwise = ""
    if name.startswith("W"):
        otherwise = f"choose “{WEIGHTS_ARE['in×out' if turns else 'out×in']}”"
    elif name in ("X", "Y"):
        otherwise = f"choose “Samples are {'rows' if turns else 'columns'}”"
    vector = not name.startswith("W")
    matrix = read_matrix(text, name, *(shape[::-1] if turns else shape), vector=vector, otherwise=otherwise)
    return np.array(matrix).T if turns else np.array(matrix)
