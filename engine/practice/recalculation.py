"""What an exercise's number becomes when some steps before it are done in another way."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.arrays import Array
from engine.practice.exercises import Exercise, right_value
from engine.practice.sentences import Sentence
from engine.worked.expressions import Apply, Symbol, walk
from engine.worked.worked import Step, Worked

Values = Mapping[str, Array]
Recipe = Callable[[Values], Array]
"""How a result is computed from the values before it."""


@dataclass(frozen=True)
class Change:
    """What a slip does to the calculation.

    Attributes:
        results: by the key of a step, how its result is computed in place of its formula.
        factor:  what the loss, or its derivative and so every gradient, is multiplied by.
    """

    results: Mapping[str, Recipe] = field(default_factory=dict)
    factor: float = 1.0

    def together(self, other: "Change") -> "Change | None":
        """Both changes at once; None if they are about the same step."""
        if self.results.keys() & other.results.keys():
            return None
        return Change({**self.results, **other.results}, self.factor * other.factor)


WrongSteps = Iterator[tuple[Change, Sentence]]
"""What a slip changes, and what to do about it; one kind of slip can be made in several places."""


@dataclass(frozen=True)
class Question:
    """An exercise, with what the slips need of its calculation."""

    worked: Worked
    exercise: Exercise

    @property
    def step(self) -> Step:
        """The step whose result is asked for."""
        return self.worked.step(self.exercise.step)

    @property
    def right(self) -> float:
        """The right answer."""
        return right_value(self.worked, self.exercise)

    @property
    def name(self) -> str:
        """The name of the result: "delta", "dW", "new_W" …"""
        return self.step.result.name

    @property
    def layer(self) -> int:
        """From 0; the loss belongs to the last layer."""
        return self.last if self.step.layer is None else self.step.layer

    @property
    def last(self) -> int:
        """The output layer."""
        return len(self.worked.activations) - 1

    @property
    def is_back(self) -> bool:
        """Whether the result is computed from the derivative of the loss."""
        return self.step.phase in ("backward", "update")

    @property
    def errors(self) -> Iterator[tuple[int, Step]]:
        """The steps of delta from the result's layer up to the output, each with its layer."""
        for l in range(self.layer, self.last + 1):
            if self.is_back and (step := self.find(Symbol("delta", l).key)) is not None:
                yield l, step

    def find(self, key: str) -> Step | None:
        """The step with this key, if there is one."""
        return next((step for step in self.worked.steps if step.key == key), None)

    def at(self, value: Array) -> float:
        """The entry that is asked for, in another matrix; NaN if it doesn't have the shape of the result."""
        there = value.shape == self.step.result.value.shape
        return float(value[self.exercise.row, self.exercise.column]) if there else math.nan

    def after(self, change: Change) -> float:
        """The answer with this change, everything after it computed from it; NaN if nothing asked changes."""
        values, dirty, scaled = dict(self.worked.values), set[str](), self._scaled(change)
        for step in self.worked.steps:
            if step.key in change.results or step.key == scaled or dirty.intersection(step.needs):
                try:
                    value = change.results.get(step.key, step.formula.value)(values)
                except (ValueError, KeyError):  # the wrong matrix doesn't fit, or there is none
                    return math.nan
                values[step.key] = value * change.factor if step.key == scaled else value
                dirty.add(step.key)
            if step.key == self.exercise.step:
                break
        return self.at(values[self.exercise.step]) if self.exercise.step in dirty else math.nan

    def with_operand(self, key: str, operand: Symbol, value: Array) -> Change:
        """The change of computing one step with another matrix in the place of an operand."""
        formula = self.worked.step(key).formula
        return Change({key: lambda values: formula.value({**values, operand.key: value})})

    def _scaled(self, change: Change) -> str:
        """Where a factor enters: in the loss, in what is linear in its derivative, or in a gradient."""
        if change.factor == 1 or self.step.phase == "forward":
            return ""
        asked = self.step.result.symbol
        if self.step.phase == "update":
            return Symbol(asked.of or asked.letter, asked.layer, mark="d").key
        return self.exercise.step


def slope_of(error: Step) -> Apply | None:
    """The derivative of the activation in the formula of an error, fused or not."""
    for formula in (error.formula, error.alternative):
        for node in walk(formula) if formula is not None else ():
            match node:
                case Apply(expr=Symbol(letter="z"), derivative=True):
                    return node
    return None
