"""Options are rows in a table: a name, a label for the controls, and the numbers that may be set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from engine.arrays import RefusalError, brief, check_choice, check_flag, check_number


@dataclass(frozen=True)
class Option:
    """A row of one of the engine's tables: its key there, and how a control shows it."""

    name: str
    label: str


@dataclass(frozen=True)
class Code:
    """How a script writes an option of a network, in NumPy and in PyTorch: see engine/export.

    In each text {Z}, {A} and {dA} stand for a layer's arrays and Y for the targets; a text may call what its
    helper defines. A script shows only what its own network needs.
    """

    value: str  # an activation's A, or a loss's L
    slope: str = ""  # an activation's g'(Z), or a loss's dL/dA
    whole: str = ""  # dL/dZ in one piece: of a softmax, or of a loss and its output activation together
    torch: str = ""  # a module for nn.Sequential, or a loss of {A} or, where the output is part of it, {Z}
    helper: str = ""  # NumPy functions
    torch_helper: str = ""


AnyOption = TypeVar("AnyOption", bound=Option)


def table(*rows: AnyOption) -> dict[str, AnyOption]:
    """The rows by name, in the order given."""
    return {row.name: row for row in rows}


@dataclass(frozen=True)
class Parameter(Option):
    """One setting of an option; its control and its check follow from it."""

    default: float
    minimum: float = 0.0
    maximum: float = 1.0

    @property
    def is_bool(self) -> bool:
        """Whether it is a switch."""
        return isinstance(self.default, bool)

    def check(self, value: object) -> float:
        """Return value as a bool or float; ValueError if it is neither, or out of range."""
        try:
            if not self.is_bool:
                return check_number(self.name, value, least=self.minimum, most=self.maximum)
            return check_flag(self.name, value)
        except RefusalError as refusal:
            raise RefusalError(self.name, refusal.said, self.label) from None


def check_parameters(rows: tuple[Parameter, ...], given: Mapping[str, object]) -> dict[str, float]:
    """Check the parameters given to an option, and fill in the defaults of the others."""
    for name in given:
        if not rows:
            raise ValueError(f"parameter must be one of (none). Got {brief(name)}.")
        check_choice("parameter", name, [row.name for row in rows])
    return {row.name: row.check(given.get(row.name, row.default)) for row in rows}
