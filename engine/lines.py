"""How an optimiser writes its step line by line, once for arrays and for formulas."""

from typing import Protocol, Self, TypeVar


class Quantity(Protocol):
    """What lines calculate with: arrays, or formulas that know how to be written."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...


T = TypeVar("T", bound=Quantity)
Line = tuple[str, T, str]
"""A letter, its value, and what it is in words; "decayed" is θ after its decay, "new" θ after the step."""


class Symbols(Protocol[T]):
    """The quantities and functions in the lines of one step; each works element by element."""

    @property
    def theta(self) -> T:
        """The parameters θ before the step."""

    @property
    def g(self) -> T:
        """Their gradient."""

    def own(self, letter: str) -> T:
        """The result of an earlier line with this letter: the new memory, or an intermediate value."""

    def old(self, letter: str) -> T:
        """The memory of this letter before the step."""

    def number(self, value: float, label: str = "") -> T:
        """A constant; label is how a formula with symbols writes it, such as "β₁"."""

    def rest(self, x: T) -> T:
        """1 − x of a constant x, itself a constant: (1 − β₁)."""

    def power(self, x: T, exponent: int) -> T:
        """A constant to a whole power: β₁ᵗ."""

    def sqrt(self, x: T) -> T:
        """√x."""

    def square(self, x: T) -> T:
        """x²."""

    def sign(self, x: T) -> T:
        """−1, 0 or 1."""

    def maximum(self, a: T, b: T) -> T:
        """The larger of two."""
