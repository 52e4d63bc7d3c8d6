"""Marks a typed answer: whether it is right, and if not, which slip gives exactly that number."""

import math
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from engine.numbers import TypedNumber, read_typed
from engine.practice.carrying import close_within
from engine.practice.exercises import ZERO, Exercise, answer_text, exercises, right_value
from engine.practice.recalculation import Question
from engine.practice.sentences import Sentence, as_text
from engine.practice.slips import SLIPS, TWO
from engine.worked.worked import Worked

__all__ = ["Verdict", "Wrong", "answer_text", "exercises", "judge", "same", "wrong_values"]

DIGITS = 3
"""Significant digits to which an answer must agree."""
ROUNDING = 1 + 1e-9
"""Allows for the last bit, where half a unit is compared."""
EMPTY = "Type a number, for example −1.234."
UNCLEAR = (
    "I can't tell which number this is. Type it like −1.234, 1.2e-3 or 1/3: a point before the decimals, "
    "nothing between the thousands."
)
"""The reply to an answer that can't be read, or can be read in two ways."""
SO_FAR = "That is right so far: give three digits."
CLOSE = "That is close: carry more digits in between."
CLOSE_SO_FAR = "That is close so far: carry more digits in between, and give three."
CLOSE_IF_ROUNDED = "That is close, if the zeros at its end are rounded: give the digits in their place."
OTHERWISE = " Or, if you did: "
"""Leads from CLOSE to a slip that gives the same number."""
NOT_ZERO = "It is not 0. Check the formula again."
LOOKS_ZERO = "With so few decimals it looks like 0: give three digits, counted from the first that is not 0."
UNKNOWN = "That matches no common mistake I know. Check the formula again."
TOO_SHORT = "That is not it. With three digits I could look for the mistake."


@dataclass(frozen=True)
class Verdict:
    """The reply to an answer.

    Args:
        right: whether it agrees to three significant digits.
        slip:  a name in SLIPS if the number shows that slip, otherwise None.
        parts: what to tell the learner, a sentence whose symbols are still symbols.
        value: the number that was read, None if there was none.
        near:  whether it is not right yet, but only for want of digits.
    """

    right: bool
    slip: str | None
    parts: Sentence
    value: float | None
    near: bool = False

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
    """Mark a typed answer: right, right as far as it goes, close, one of the slips, or none of these.

    An answer is right if it agrees to three significant digits, and right so far if it is the right one
    rounded to the one or two digits that were typed. It is close within carrying.close_within. Only what is
    further off can show a slip.

    Args:
        worked:   the calculation that the exercise is from.
        exercise: one of exercises(worked).
        text:     what was typed; engine.numbers.read_number says how a number may be written.
    Returns: Verdict; no text raises an error.
    """
    right = right_value(worked, exercise)
    if not text.strip():
        return Verdict(False, None, (EMPTY,), None)
    try:
        typed = _read(text, right)
    except ValueError:  # its sentence repeats what was typed, which must not be shown as Markdown
        return Verdict(False, None, (UNCLEAR,), None)
    value = typed.value
    if same(value, right):
        return Verdict(True, None, (f"Right, it is {answer_text(right)}.",), value)
    close, fits = close_within(worked, exercise), _fits(worked, exercise, value)
    far = [wrong for wrong in fits if abs(wrong.value - right) > close]
    if near := _near(typed, right, close):
        shown = (far or fits)[:1] if near == CLOSE else []
        also = (OTHERWISE, *shown[0].sentence) if shown else ()
        return Verdict(False, far[0].slip if shown and far else None, (near, *also), value, near=True)
    if abs(value) < ZERO:
        return Verdict(False, None, (NOT_ZERO,), value)
    if far:
        first = far[0]
        twin = next((w for w in far if w.slip not in (first.slip, TWO) and same(w.value, first.value)), None)
        also = (" Or, with the same number: ", *twin.sentence) if twin else ()
        return Verdict(False, first.slip, (*first.sentence, *also), value)
    return Verdict(False, None, (TOO_SHORT if _is_short(typed) else UNKNOWN,), value)


def _is_short(typed: TypedNumber) -> bool:
    """Whether fewer digits were typed than an answer must have."""
    return typed.digits is not None and typed.digits < DIGITS


def _near(typed: TypedNumber, right: float, close: float) -> str:
    """What to say of an answer that may lack nothing but digits; "" for any other."""
    off, short = abs(typed.value - right), _is_short(typed)
    # What is coarser than the first digit of the right answer is no rounding of it
    unit, filled = (min(unit, _place(right)) / 2 * ROUNDING for unit in (typed.unit, typed.filled))
    if not typed.value and 2 * off <= typed.unit * ROUNDING:
        return LOOKS_ZERO
    if typed.value and off <= filled and short:
        return SO_FAR
    if typed.value and off <= filled and typed.filled > typed.unit:
        return CLOSE_IF_ROUNDED
    if off <= close + unit:
        return CLOSE_SO_FAR if short else CLOSE
    return ""


def _fits(worked: Worked, exercise: Exercise, value: float) -> list[Wrong]:
    """The slips that give this number, the best first; two at once come after those that do it alone."""
    fits = [wrong for wrong in wrong_values(worked, exercise) if same(value, wrong.value)]

    def rank(wrong: Wrong) -> tuple[bool, float]:
        return wrong.slip == TWO, round(abs(value - wrong.value) / abs(wrong.value), 9)

    return sorted(fits, key=rank)


@lru_cache(maxsize=16)
def wrong_values(worked: Worked, exercise: Exercise) -> tuple[Wrong, ...]:
    """The number that each slip of the table gives, where it is finite, not the right one and not 0."""
    question, right = Question(worked, exercise), right_value(worked, exercise)
    found = []
    for name, row in SLIPS.items():
        for change, sentence in row.changes(question):
            value = question.after(change)
            if math.isfinite(value) and abs(value) >= ZERO and not same(value, right):
                found.append(Wrong(name, value, sentence))
    return tuple(found)


def _read(text: str, right: float) -> TypedNumber:
    """The number that was typed; "1,375" has two readings, and is taken for 1.375 if that is right."""
    try:
        return read_typed(text)
    except ValueError:
        with suppress(ValueError):
            typed = read_typed(text.replace(",", "."))
            if same(typed.value, right):
                return typed
        raise


def same(value: float, expected: float) -> bool:
    """Whether a value agrees with the expected one to three significant digits, rounded or not."""
    if abs(expected) < ZERO or not math.isfinite(expected):
        return abs(value) < ZERO and abs(expected) < ZERO
    last = _place(expected) / 10.0 ** (DIGITS - 1)
    return abs(value - expected) <= last / 2 * ROUNDING


def _place(value: float) -> float:
    """The place of a number's first digit that is not 0: 0.01 for 0.0413; 0 for 0."""
    return 10.0 ** math.floor(math.log10(abs(value))) if abs(value) >= ZERO else 0.0
