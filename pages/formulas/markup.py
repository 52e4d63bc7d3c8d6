"""How a markup language writes the parts of a formula: letters, numbers, signs, brackets, fractions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from engine.worked.expressions import Expression

Array = np.ndarray[Any, Any]


class Markup(ABC):
    """The parts of a formula in one markup language; their order is the writer's business."""

    close: ClassVar[str]
    """What stands between two factors side by side."""
    comma: ClassVar[str]
    minus: ClassVar[str]
    total: ClassVar[str]
    """The sign of a sum."""
    far_brackets: ClassVar[tuple[str, str]]
    """Brackets with places to break a line between them."""
    power_level: ClassVar[int]
    """A base that binds less tightly than this gets brackets before its power."""

    @abstractmethod
    def letter(self, letter: str) -> str:
        """A letter, or the word that stands for a constant."""

    @abstractmethod
    def word(self, word: str) -> str:
        """A word below a letter."""

    @abstractmethod
    def aside(self, text: str) -> str:
        """Words beside a formula, on its line."""

    @abstractmethod
    def function(self, function: str, *, derivative: bool = False) -> str:
        """The name of a function."""

    @abstractmethod
    def number(self, x: float, extra: int) -> str:
        """A number with all its decimals, and extra digits where they are not zeros."""

    @abstractmethod
    def constant(self, x: float) -> str:
        """A number without zeros at its end."""

    @abstractmethod
    def matrix(self, array: Array, extra: int) -> str:
        """Numbers in brackets, with extra digits where they are not all zeros."""

    @abstractmethod
    def gradient(self, base: str) -> str:
        """The d of a gradient before its letter."""

    @abstractmethod
    def partial(self, below: str) -> str:
        """∂L over ∂ and a symbol."""

    @abstractmethod
    def hat(self, base: str) -> str:
        """A letter with a hat."""

    @abstractmethod
    def scripts(
        self, base: str, below: Sequence[str], index: str, number: int | None, transposed: bool
    ) -> str:
        """A letter with what stands below it, and above it the number of its layer and a T."""

    @abstractmethod
    def infix(self, sign: str) -> str:
        """A sign between two operands."""

    @abstractmethod
    def times(self, expr: Expression) -> str:
        """What stands between a number and the expression that it multiplies."""

    @abstractmethod
    def row(self, content: str) -> str:
        """What belongs together."""

    @abstractmethod
    def brackets(self, content: str, *, fixed: bool = False) -> str:
        """Brackets, large around large things unless they are fixed."""

    @abstractmethod
    def bars(self, content: str) -> str:
        """An absolute value."""

    @abstractmethod
    def fraction(self, above: str, below: str) -> str:
        """A fraction."""

    @abstractmethod
    def root(self, content: str) -> str:
        """A square root."""

    @abstractmethod
    def power(self, base: str, exponent: int) -> str:
        """A power."""

    @abstractmethod
    def exponential(self, exponent: str) -> str:
        """e to a power."""

    @abstractmethod
    def ones(self, axis: int) -> str:
        """The vector of ones that adds up over an axis: 1ᵀ on the left, 1 on the right."""

    @abstractmethod
    def jacobian(self, function: str, bracketed: str) -> str:
        """The Jacobian of a function at what stands in the brackets."""
