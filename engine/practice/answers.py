"""Marks a typed answer: whether it is right, and if not, which slip gives exactly that number."""

import math
from contextlib import suppress
from dataclasses import dataclass

from engine.numbers import read_number
from engine.practice.exercises import ZERO, Exercise, answer_text, exercises, right_value
from engine.practice.recalculation import Question
from engine.practice.sentences import Sentence, as_text
from engine.practice.slips import SLIPS
from engine.worked.worked import Worked

__all__ = ["Verdict", "Wrong", "answer_text", "exercises", "judge", "same", "wrong_values"]

DIGITS = 3
"""Significant digits to which an answer must agree."""
UNCLEAR = (
    "I can't tell which number this is. Type it like −1.234, 1.2e-3 or 1/3: a point before the decimals, "
    "nothing between the thousands."
)
"""The reply to an answer that can't be read, or can be read in two ways."""


@dataclass(frozen=True)
class Verdict:
    """The reply to an answer.

    Args:
        right: whether it agrees to three significant digits.
        slip:  a name in SLIPS if one gives this number, otherwise None.
        parts: what to tell the learner, a sentence whose symbols are still symbols.
        value: the number that was read, None if there was none.
    """

    right: bool
    slip: str | None
    parts: Sentence
    value: float | None

    @property
    def sentence(self) -> str:
        """What to tell the learner, in plain characters."""
        return as_text(self.parts)


@dataclass(frozen=True)
class Wrong:
    """A number that a slip gives in place of the right one, and a sentence on what to do about it."""

    slip: str
    value: float
    sentence: Sentence


def judge(worked: Worked, exercise: Exercise, text: str) -> Verdict:
    """Mark a typed answer and name the slip that it shows.

    Args:
        worked:   the calculation that the exercise is from.
        exercise: one of exercises(worked).
        text:     what was typed; engine.numbers.read_number says how a number may be written.
    Returns: Verdict; no text raises an error.
    """
    right = right_value(worked, exercise)
    if not text.strip():
        return Verdict(False, None, ("Type a number, for example −1.234.",), None)
    try:
        value = _read(text, right)
    except ValueError:  # its sentence repeats what was typed, which must not be shown as Markdown
        return Verdict(False, None, (UNCLEAR,), None)
    if same(value, right):
        return Verdict(True, None, (f"Right, it is {answer_text(right)}.",), value)
    near = [wrong for wrong in wrong_values(worked, exercise) if same(value, wrong.value)]
    if near:
        ranked = sorted(
            near, key=lambda wrong: round(abs(value - wrong.value) / max(abs(wrong.value), ZERO), 9)
        )
        first = ranked[0]
        twin = next((w for w in ranked if w.slip != first.slip and same(w.value, first.value)), None)
        also = (" Or, with the same number: ", *twin.sentence) if twin else ()
        return Verdict(False, first.slip, (*first.sentence, *also), value)
    if value and right and value in (float(f"{right:.1e}"), float(f"{right:.0e}")):
        return Verdict(False, None, ("So far so good: give three digits.",), value)
    said = "That matches no common mistake I know. Check the formula again."
    return Verdict(False, None, (said,), value)


def wrong_values(worked: Worked, exercise: Exercise) -> tuple[Wrong, ...]:
    """The number that each slip of the table gives, where it is finite and not the right one."""
    right = right_value(worked, exercise)
    found = []
    for name, row in SLIPS.items():
        for value, sentence in row.wrong(Question(worked, exercise)):
            if math.isfinite(value) and not same(value, right):
                found.append(Wrong(name, value, sentence))
    return tuple(found)


def _read(text: str, right: float) -> float:
    """The number that was typed; "1,375" has two readings, and is taken for 1.375 if that is right."""
    try:
        return read_number(text)
    except ValueError:
        with suppress(ValueError):
            value = read_number(text.replace(",", "."))
            if same(value, right):
                return value
        raise


def same(value: float, expected: float) -> bool:
    """Whether a value agrees with the expected one to three significant digits, rounded or not."""
    if abs(expected) < ZERO or not math.isfinite(expected):
        return abs(value) < ZERO and abs(expected) < ZERO
    last = 10.0 ** (math.floor(math.log10(abs(expected))) - DIGITS + 1)
    return abs(value - expected) <= last / 2 * (1 + 1e-9)
