"""A learner types a number; this says whether it is right, and if not, which slip gives just that number."""

import math
import re
from dataclasses import dataclass

from engine.practice.exercises import ZERO, Exercise, exercises, right_value, written
from engine.practice.recalculation import Question
from engine.practice.slips import SLIPS
from engine.worked.worked import Worked

__all__ = [
    "Verdict", "Wrong", "exercises", "judge", "read_number", "same", "written", "wrong_values",
]  # fmt: skip

DIGITS = 3
"""So many significant digits are enough."""
LONGEST = 60
"""No number needs more letters."""


@dataclass(frozen=True)
class Verdict:
    """What is said to an answer.

    Args:
        right:    whether it agrees to three significant digits.
        slip:     a name in SLIPS if one gives this number, otherwise None.
        sentence: what to tell the learner.
        value:    the number that was read, None if there was none.
    """

    right: bool
    slip: str | None
    sentence: str
    value: float | None


@dataclass(frozen=True)
class Wrong:
    """A number that a slip gives in place of the right one, and what to do about it."""

    slip: str
    value: float
    sentence: str


def judge(worked: Worked, exercise: Exercise, text: str) -> Verdict:
    """Mark a typed answer and name the slip that it shows.

    Args:
        worked:   the calculation that the exercise is from.
        exercise: one of exercises(worked).
        text:     whatever was typed: a number with comma or point, "−" or "-", spaces, "1.3e-4", "1.3·10^-4".
    Returns: Verdict; it never raises for any text.
    """
    value = read_number(text)
    if value is None:
        said = "I can't read this as a number. Type it like −1.234 or 1.2e-3; a comma is fine too."
        return Verdict(False, None, said if text.strip() else "Type a number, for example −1.234.", None)
    right = right_value(worked, exercise)
    if same(value, right):
        return Verdict(True, None, f"Right, it is {written(right)}.", value)
    near = [wrong for wrong in wrong_values(worked, exercise) if same(value, wrong.value)]
    if near:
        ranked = sorted(
            near, key=lambda wrong: round(abs(value - wrong.value) / max(abs(wrong.value), ZERO), 9)
        )
        first = ranked[0]
        twin = next((w for w in ranked if w.slip != first.slip and same(w.value, first.value)), None)
        also = f" Or, with the same number: {twin.sentence}" if twin else ""
        return Verdict(False, first.slip, first.sentence + also, value)
    if value and right and value in (float(f"{right:.1e}"), float(f"{right:.0e}")):
        return Verdict(False, None, "So far so good: give three digits.", value)
    return Verdict(False, None, "This number fits no slip that I know. Look at the formula once more.", value)


def wrong_values(worked: Worked, exercise: Exercise) -> tuple[Wrong, ...]:
    """What each slip of the table would give, where that is another finite number than the right one."""
    right = right_value(worked, exercise)
    found = []
    for name, row in SLIPS.items():
        for value, sentence in row.wrong(Question(worked, exercise)):
            if math.isfinite(value) and not same(value, right):
                found.append(Wrong(name, value, sentence))
    return tuple(found)


def read_number(text: str) -> float | None:
    """A finite number out of what was typed, or None. Nothing is run as code."""
    if len(text) > LONGEST:
        return None
    text = re.sub(
        r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda raised: "^" + raised[0].translate(_RAISED), text.strip().lower()
    )
    text = re.sub(r"\s*[*x]\s*10\s*\^\s*(?=[+-]?\s*\d)", "e", text.translate(_PLAIN))
    text = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))|(?<=[+e-])\s+|\s+(?=e)", "", text)
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", text, re.ASCII):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_PLAIN = str.maketrans({**dict.fromkeys("−–—‒‐‑﹣－", "-"), **dict.fromkeys("·×⋅∙", "*")})


def same(value: float, expected: float) -> bool:
    """Whether a value agrees with the expected one to three significant digits, rounded or not."""
    if abs(expected) < ZERO or not math.isfinite(expected):
        return abs(value) < ZERO and abs(expected) < ZERO
    last = 10.0 ** (math.floor(math.log10(abs(expected))) - DIGITS + 1)
    return abs(value - expected) <= last / 2 * (1 + 1e-9)
