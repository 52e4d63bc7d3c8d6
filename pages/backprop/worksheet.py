"""A sheet of exercises to print: what is given, what is asked, with room, and the answers apart."""

from __future__ import annotations

from html import escape

from engine.practice.exercises import Exercise, answer_text, exercises, right_value
from engine.worked.worked import Operand
from pages.backprop.handout import about_html, left_mathml, math_element, web_page
from pages.backprop.questions import question_html, question_mathml
from pages.backprop.session import BackpropSession
from pages.formulas.mathml import formula_mathml, numbers_mathml
from pages.formulas.notation import laid
from pages.formulas.orientation import laid_out, textbook

GIVEN_ROWS, GIVEN_COLUMNS = 40, 16
"""Most rows and columns of a matrix on a worksheet, where the learner needs all numbers."""
MOST_SAMPLES = 6
"""Most samples without the advice to choose one."""


def worksheet_html(user: BackpropSession) -> bytes:
    """A sheet to print: what is given, the exercises with room, and the answers on a page of their own."""
    asked, convention = exercises(user.worked), user.convention
    parts = [f"<h1>{escape(user.label)}: worksheet</h1>", *about_html(user)]
    if user.worked.samples > MOST_SAMPLES:
        parts.append(
            f"<p><strong>{user.worked.samples} samples are a lot to do by hand: choose one.</strong></p>"
        )
    shown = "".join(
        f"<div>{math_element(left_mathml(part, convention) + '<mo>=</mo>' + _given_mathml(part, user))}</div>"
        for part in user.worked.given
    )
    parts.append(f'<h2>Given</h2><div class="given">{shown}</div>')
    questions = "".join(
        f"<li>{question_html(user, exercise)} <span class='answer'>&nbsp;</span></li>" for exercise in asked
    )
    parts.append(f"<h2>Compute</h2><p>Three digits are enough.</p><ol class='questions'>{questions}</ol>")
    solutions = "".join(
        f"<tr><td>{k}</td><td>{math_element(question_mathml(user, exercise))}</td>"
        f'<td class="number">{answer_text(right_value(user.worked, exercise))}</td>'
        f"<td>{math_element(_formula_mathml(user, exercise))}</td></tr>"
        for k, exercise in enumerate(asked, start=1)
    )
    head = "<tr><th></th><th>Asked</th><th>Answer</th><th>From</th></tr>"
    parts.append(f'<div class="key"><h2>Answer key</h2><table>{head}{solutions}</table></div>')
    return web_page(f"{user.label}: worksheet", parts)


def _formula_mathml(user: BackpropSession, exercise: Exercise) -> str:
    step = user.worked.step(exercise.step)
    return formula_mathml(laid_out(textbook(step), user.convention), user.convention)


def _given_mathml(part: Operand, user: BackpropSession) -> str:
    value = laid(part.symbol, part.value, user.convention)
    return numbers_mathml(value, user.settings.digits, rows=GIVEN_ROWS, columns=GIVEN_COLUMNS)
