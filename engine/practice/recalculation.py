"""What an exercise's number becomes when one step before it is done wrong."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.arrays import Array
from engine.practice.exercises import Exercise, right_value
from engine.worked.expressions import Expression, Symbol
from engine.worked.worked import Step, Worked


@dataclass(frozen=True)
class Question:
    """An exercise, with the recalculations that the slips need."""

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

    def find(self, key: str) -> Step | None:
        """The step with this key, if there is one."""
        return next((step for step in self.worked.steps if step.key == key), None)

    def at(self, value: Array) -> float:
        """The entry that is asked for, in another matrix; NaN if it doesn't have the shape of the result."""
        there = value.shape == self.step.result.value.shape
        return float(value[self.exercise.row, self.exercise.column]) if there else math.nan

    def after(self, changed: Mapping[str, Array]) -> float:
        """The answer if some results are wrong and everything after them is computed from them."""
        values, dirty = {**self.worked.values, **changed}, set(changed)
        for step in self.worked.steps:
            if step.key not in changed and dirty.intersection(step.needs):
                try:
                    values[step.key] = step.formula.value(values)
                except ValueError:  # the wrong matrix doesn't fit into the next product
                    return math.nan
                dirty.add(step.key)
            if step.key == self.exercise.step:
                break
        return self.at(values[self.exercise.step]) if self.exercise.step in dirty else math.nan

    def with_formula(self, key: str, changed: Expression) -> float:
        """The answer if the step of this key is computed by another formula."""
        try:
            value = changed.value(self.worked.values)
        except (ValueError, KeyError):
            return math.nan
        return self.after({key: value}) if value.shape == self.worked.values[key].shape else math.nan

    def scaled(self, factor: float) -> float:
        """The answer if the loss, and so its derivatives, are multiplied by a number."""
        if self.step.key == "L":
            return self.right * factor
        keys = [key for key in ("dL", Symbol("delta", self.last).key) if key in self.worked.values]
        return (
            self.after({key: self.worked.values[key] * factor for key in keys}) if self.is_back else math.nan
        )

    @property
    def errors(self) -> Iterator[tuple[int, Step]]:
        """The steps of delta from the result's layer up to the output, each with its layer."""
        for l in range(self.layer, self.last + 1):
            if self.is_back and (step := self.find(Symbol("delta", l).key)) is not None:
                yield l, step
