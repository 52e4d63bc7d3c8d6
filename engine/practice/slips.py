"""The slips that learners make in backpropagation, each known by the wrong number that it gives.

Each row of SLIPS changes some steps of the calculation; the steps after them are computed again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from engine.options import Option, table
from engine.practice import chain_slips, order_slips, scale_slips
from engine.practice.recalculation import Question, WrongSteps

Kind = Literal["scale", "part", "whole"]
TWO = "two"
"""The row of two slips at once."""


@dataclass(frozen=True)
class Slip(Option):
    """One slip.

    Attributes:
        changes: changes(question) gives what it does to the calculation, and what to do about it.
        kind:    what it may be joined with: "scale" multiplies the answer and goes with a scale or a part;
                 "part" goes wrong in one step and goes with another part too; "whole" stands for itself.
    """

    changes: Callable[[Question], WrongSteps]
    kind: Kind = "whole"


def _two(q: Question) -> WrongSteps:
    """Two slips at once: a wrong scale with another or with a wrong part, or two wrong parts."""
    made = [
        (row, change, said)
        for row in SLIPS.values()
        if row.kind != "whole"
        for change, said in row.changes(q)
    ]
    for (one, first, does), (other, second, also) in combinations(made, 2):
        both = None if one is other and one.kind == "scale" else first.together(second)
        if both is not None:
            yield both, ("Two slips at once give this number. ", *does, " ", *also)


SLIPS = table(
    Slip("sign", "the sign", scale_slips.sign, "scale"),
    Slip("derivative", "σ′ is missing", chain_slips.derivative, "part"),
    Slip("average", "1/N", scale_slips.average, "scale"),
    Slip("factor", "a factor of 2 or ½", scale_slips.factor, "scale"),
    Slip("logarithm", "log₁₀ in place of log", scale_slips.logarithm, "scale"),
    Slip("transposed", "not transposed", order_slips.transposed, "part"),
    Slip("activation", "before or after the activation", order_slips.activation),
    Slip("update", "gradient or update", order_slips.update),
    Slip("weights", "W is missing", chain_slips.weights, "part"),
    Slip("inputs", "the input or the bias is missing", chain_slips.inputs, "part"),
    Slip("neighbour", "another neuron's δ", chain_slips.neighbour),
    Slip("other_slope", "another neuron's σ′", chain_slips.other_slope),
    Slip(TWO, "two slips at once", _two),
)
