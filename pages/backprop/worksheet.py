"""A sheet of exercises to print: what is given, what is asked, with room, and the answers apart."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np

from engine.arrays import Array
from engine.numbers import significant
from engine.practice.exercises import ZERO, Exercise, answer_text, exercises, right_value
from engine.practice.versions import DECIMALS
from engine.worked.worked import Operand, Worked
from pages.backprop.handout import about_html, left_mathml, math_element, web_page
from pages.backprop.questions import question_html, question_mathml
from pages.backprop.session import BackpropSession
from pages.backprop.written_out import entry_lines
from pages.formulas.mathml import MathmlWriter, formula_mathml, numbers_mathml
from pages.formulas.notation import laid
from pages.formulas.numbers import as_printed
from pages.formulas.orientation import laid_out, textbook

GIVEN_ROWS, GIVEN_COLUMNS = 40, 16
"""Most rows and columns of a matrix on a worksheet, where the learner needs all numbers."""
MOST_DECIMALS = 10
"""A given number is printed in full if it has no more decimals than these."""
MOST_SAMPLES = 6
"""Most samples without the advice to choose one."""


def worksheet_html(user: BackpropSession) -> bytes:
    """A sheet to print: what is given, the exercises with room, and the answers on a page of their own."""
    asked, convention = exercises(user.worked), user.convention
    parts = [f"<h1>{escape(user.label)}: worksheet</h1>", *about_html(user)]
    if version := user.settings.version:
        parts.append(f"<p>Version {version}: its numbers are drawn with the seed {version}.</p>")
    if user.worked.samples > MOST_SAMPLES:
        parts.append(
            f"<p><strong>{user.worked.samples} samples are a lot to do by hand: choose one.</strong></p>"
        )
    digits = DECIMALS if user.settings.version else user.settings.digits
    extras, shown = extra_digits(user.worked, digits), ""
    for part in user.worked.given:
        value = laid(part.symbol, part.value, convention)
        numbers = numbers_mathml(
            value, digits, extra=extras[part.key], rows=GIVEN_ROWS, columns=GIVEN_COLUMNS
        )
        shown += f"<div>{math_element(left_mathml(part, convention) + '<mo>=</mo>' + numbers)}</div>"
    parts.append(f'<h2>Given</h2><div class="given">{shown}</div>')
    questions = "".join(
        f"<li>{question_html(user, exercise)} <span class='answer'>&nbsp;</span></li>" for exercise in asked
    )
    parts.append(f"<h2>Compute</h2><p>Three digits are enough.</p><ol class='questions'>{questions}</ol>")
    solutions = "".join(
        f"<tr><td>{k}</td><td>{math_element(question_mathml(user, exercise))}</td>"
        f'<td class="number">{answer_text(right_value(user.worked, exercise))}</td>'
        f"<td>{_from(user, exercise)}</td></tr>"
        for k, exercise in enumerate(asked, start=1)
    )
    head = "<tr><th></th><th>Asked</th><th>Answer</th><th>From</th></tr>"
    parts.append(f'<div class="key"><h2>Answer key</h2><table>{head}{solutions}</table></div>')
    return web_page(f"{user.label}: worksheet", parts)


def _from(user: BackpropSession, exercise: Exercise) -> str:
    """The formula of an answer, and below it the activation or its derivative with the entry's numbers."""
    step, convention = user.worked.step(exercise.step), user.convention
    writer = MathmlWriter(convention, step.values, digits=user.settings.digits, lights=False)
    entry = "".join(entry_lines(step, exercise.row, exercise.column, writer, 0))
    formula = math_element(formula_mathml(laid_out(textbook(step), convention), convention))
    return formula + (f"<br>{math_element(entry)}" if entry else "")


def extra_digits(worked: Worked, digits: int) -> dict[str, int]:
    """By the key of what is given how many digits more it gets, so that the answers follow from the sheet.

    Typed numbers get all they have. A trained weight would fill the sheet with its digits, so such a matrix
    gets the fewest with which every answer has its three digits.
    """
    most = max(0, MOST_DECIMALS - digits)
    full = {part.key for part in worked.given if np.array_equal(_printed(part, digits, most), part.value)}
    for fewest in range(most + 1):
        extras = {part.key: most if part.key in full else fewest for part in worked.given}
        if _gives_answers(worked, {p.key: _printed(p, digits, extras[p.key]) for p in worked.given}):
            break
    return extras


def _printed(part: Operand, digits: int, extra: int) -> Array:
    return np.reshape([as_printed(float(x), digits, extra) for x in part.value.flat], part.value.shape)


def _gives_answers(worked: Worked, given: Mapping[str, Array]) -> bool:
    """Whether every exercise, worked from these numbers, has the first three digits of its answer."""
    values = {**worked.values, **given}
    with np.errstate(all="ignore"):
        for step in worked.steps:
            values[step.key] = step.formula.value(values)
    pairs = [(right_value(worked, e), float(values[e.step][e.row, e.column])) for e in exercises(worked)]
    return all(
        abs(found - right) <= ZERO or significant(found, 3) == significant(right, 3) for right, found in pairs
    )
