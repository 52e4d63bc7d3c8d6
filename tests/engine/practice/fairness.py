"""Counts how the judge treats right answers, honest ones, slips, and numbers that are none of these."""

import math
from collections import Counter
from decimal import Decimal

import numpy as np

from engine.practice.answers import judge, same, wrong_values
from engine.practice.carrying import close_within
from engine.practice.exercises import exercises, right_value
from tests.engine.practice.students import STUDENTS

APART = 0.02
"""A stray number is at least this share away from every slip."""


def written(value, digits):
    """As a learner writes it who gives so many significant digits: 0.00410, 1.7, 1.7e+03."""
    text = f"{value:.{digits - 1}e}"
    return text if abs(value) >= 10**digits else f"{Decimal(text):f}"


class Fairness:
    """Judges answers to every exercise of tasks.

    Attributes:
        count: how often each thing happened, such as "3 digits carried: close".
        cases: where each happened.
    """

    def __init__(self, seed=0):
        self.count, self.cases, self.rng = Counter(), {}, np.random.default_rng(seed)

    def note(self, what, *case):
        self.count[what] += 1
        self.cases.setdefault(what, []).append(case)

    def take(self, task, strays, slip_digits):
        """Judge all kinds of answers to a task: so many strays an exercise, slips with so many digits."""
        worked = task.worked()
        answers = {which: student.answers(task) for which, student in STUDENTS.items()}
        for exercise in exercises(worked):
            where = worked, exercise, task.name
            self.rounded(*where)
            for (digits, *_), found in answers.items():
                self.carried(*where, found[exercise.step][exercise.row, exercise.column], digits)
            for wrong in wrong_values(worked, exercise):
                for digits in slip_digits:
                    self.slip(*where, wrong, written(wrong.value, digits))
            self.strays(*where, strays)

    def rounded(self, worked, exercise, name):
        """The right answer with few digits or many."""
        right = right_value(worked, exercise)
        for digits in (1, 2, 3, 4, 6, 12):
            verdict = judge(worked, exercise, written(right, digits))
            fair = verdict.slip is None and (verdict.right or (digits < 3 and verdict.near))
            self.note(f"rounded: {'fair' if fair else 'unfair'}", name, exercise.step, right, digits)

    def carried(self, worked, exercise, name, value, digits):
        """An honest answer; where rounding leads to an infinite one, there is none."""
        if math.isfinite(value):
            verdict = judge(worked, exercise, written(value, digits))
            end = "accused" if verdict.slip else "close" if verdict.near else "unknown"
            end = "right" if verdict.right else end
            self.note(f"{digits} digits carried: {end}", name, exercise.step, value)

    def slip(self, worked, exercise, name, made, text):
        """A slip: named, or another one with the same digits; one that is close is never named alone."""
        right, close = right_value(worked, exercise), close_within(worked, exercise)
        verdict, typed = judge(worked, exercise, text), float(text)
        named = [wrong for wrong in wrong_values(worked, exercise) if wrong.slip == verdict.slip]
        far = [w.slip for w in named if same(typed, w.value) and abs(w.value - right) > close]
        if abs(made.value - right) > close:
            end = "slip: named" if verdict.slip in far else "slip: not named"
        else:
            fair = verdict.slip is None or "close" in verdict.sentence or verdict.slip in far
            end = "near slip: fair" if fair else "near slip: named alone"
        self.note(end, name, exercise.step, made, text)

    def strays(self, worked, exercise, name, count):
        """Numbers up to ten times as large or small, of either sign, away from every slip."""
        right = right_value(worked, exercise)
        slips = [0.0, *(wrong.value for wrong in wrong_values(worked, exercise))]
        for value in right * self.rng.choice([-1, 1], count) * 10 ** self.rng.uniform(-1, 1, count):
            if all(abs(value - other) >= APART * abs(other) for other in slips):
                accused = judge(worked, exercise, f"{value:.4g}").slip
                self.note(f"stray: {'accused' if accused else 'fair'}", name, exercise.step, value)
