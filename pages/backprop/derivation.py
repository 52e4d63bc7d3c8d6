"""Every step of the calculation, with formula, numbers and result: as a web page and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

import numpy as np

from engine.examples.errata import DECIMALS
from engine.worked.expressions import symbols as symbols_of
from engine.worked.worked import Operand, Step
from pages.backprop.handout import about_html, capital, left_mathml, math_element, network_lines, web_page
from pages.backprop.session import BackpropSession, errata_of
from pages.backprop.steps import PHASES, alternative_agrees
from pages.backprop.written_out import written_out
from pages.formulas.latex import LatexWriter, laid_latex, symbol_latex
from pages.formulas.mathml import MathmlWriter, formula_mathml, numbers_mathml
from pages.formulas.notation import Convention, laid
from pages.formulas.numbers import number_text
from pages.formulas.orientation import laid_out, lying
from pages.formulas.precision import precise, precise_lines
from pages.formulas.writer import FormulaWriter


def derivation_html(user: BackpropSession) -> bytes:
    """Every step with its formula, the numbers in it, and the result: one file that needs no other."""
    parts = [f"<h1>{escape(user.label)}: every step</h1>", *about_html(user)]
    phase = ""
    for number, step in enumerate(user.worked.steps, start=1):
        if step.phase != phase:
            phase = step.phase
            parts.append(f"<h2>{PHASES[phase]}</h2>")
        parts.append(_step_html(user, number, step))
    parts.append(f"<p><strong>{escape(_losses(user))}</strong></p>" if _losses(user) else "")
    return web_page(f"{user.label}: every step", parts)


def derivation_markdown(user: BackpropSession) -> bytes:
    """The same as Markdown, mathematics in LaTeX between dollar signs."""
    about = [*network_lines(user), user.provenance]
    lines = [f"# {_safe(user.label)}: every step", "", *(_safe(line) + "\n" for line in about)]
    phase = ""
    for number, step in enumerate(user.worked.steps, start=1):
        if step.phase != phase:
            phase = step.phase
            lines += [f"## {PHASES[phase]}", ""]
        lines += _step_markdown(user, number, step)
    lines += [f"**{_losses(user)}**", ""] if _losses(user) else []
    return "\n".join(lines).encode()


def _step_html(user: BackpropSession, number: int, step: Step) -> str:
    convention, digits = user.convention, user.settings.digits
    formula, result = laid_out(step, convention), step.result
    left = left_mathml(result, convention)
    writer = MathmlWriter(convention, step.values, numbers=True, digits=digits)
    numbers, between = precise_lines(writer, formula, laid(result.symbol, result.value, convention))
    rows = {
        "Formula": math_element(f"{left}<mo>=</mo>{formula_mathml(formula, convention)}"),
        "Numbers": _breaking(numbers.after_equals(formula)),
    }
    if between is not None:
        rows["In between"] = _breaking(between.after_equals(formula))
    rows["Result"] = math_element(f"{left}<mo>=</mo>{_value_mathml(result, convention, digits)}")
    if step.alternative is not None:
        also = laid_out(replace(step, formula=step.alternative), convention)
        rows[_same(step)] = math_element(f"{left}<mo>=</mo>{formula_mathml(also, convention)}")
    symbols = MathmlWriter(convention, step.values, digits=digits, lights=False)
    for part in written_out(step, symbols, _extra_of_derivative(step, numbers)):
        rows[part.name] = "".join(
            f"<div>{_breaking(pieces)}</div>" + (f'<p class="note">{escape(reason)}</p>' if reason else "")
            for pieces, reason in part.lines
        )
    lines = "".join(f"<dt>{name}</dt><dd>{content}</dd>" for name, content in rows.items())
    note = f'<p class="note">{escape(step.note)}</p>' if step.note else ""
    errata = "".join(
        f'<p class="erratum">{escape(where)}<br><strong>Printed:</strong> {escape(printed)}<br>'
        f"<strong>Right:</strong> {escape(right)}<br>{escape(why)}</p>"
        for where, printed, right, why in _errata(user, step)
    )
    heading = f"<h3>{number}. {escape(capital(step.title))}</h3>"
    return f'<section class="step">{heading}<dl>{lines}</dl>{note}{errata}</section>'


def _step_markdown(user: BackpropSession, number: int, step: Step) -> list[str]:
    convention, digits = user.convention, user.settings.digits
    formula, result = laid_out(step, convention), step.result
    left = _left_latex(result, convention)
    written = LatexWriter(convention).write(formula)
    writer = LatexWriter(convention, step.values, numbers=True, digits=digits)
    numbers = precise(writer, formula, laid(result.symbol, result.value, convention))
    value = laid_latex(result, convention, digits)
    lines = [f"### {number}. {capital(step.title)}", ""]
    for math in (f"{left} = {written}", f"= {numbers.write(formula)}", f"{left} = {value}"):
        lines += _display(math)
    if step.alternative is not None:
        also = laid_out(replace(step, formula=step.alternative), convention)
        lines += [f"{_same(step)}:", "", *_display(f"{left} = {LatexWriter(convention).write(also)}")]
    symbols = LatexWriter(convention, step.values, digits=digits)
    for part in written_out(step, symbols, _extra_of_derivative(step, numbers)):
        lines += [f"{part.name}:", ""]
        for pieces, reason in part.lines:
            lines += [*_display("".join(pieces).strip()), *([_safe(reason), ""] if reason else [])]
    lines += [step.note, ""] if step.note else []
    for where, printed, right, why in _errata(user, step):
        told = [_safe(where), f"**Printed:** {_safe(printed)}", f"**Right:** {_safe(right)}", _safe(why)]
        lines += ["> " + "\\\n> ".join(told), ""]
    return lines


def _same(step: Step) -> str:
    return "The same" if alternative_agrees(step) else "On paper the same"


def _display(math: str) -> list[str]:
    return ["$$", math, "$$", ""]


def _extra_of_derivative(step: Step, numbers: FormulaWriter) -> int:
    """The digits more with which a step's line of numbers prints its g′(z)."""
    return next((numbers.extra_of(z) for z in symbols_of(step.formula) if z.letter == "z"), 0)


def _errata(user: BackpropSession, step: Step) -> Iterator[tuple[str, str, str, str]]:
    """Where the network's source slips at this step, what it prints, what is right, and why."""
    for row in errata_of(user, step):
        printed, right = f"“{row.printed}”", row.right
        if row.numbers is not None:
            printed, right = (
                f"{text} ({number_text(number, DECIMALS)})"
                for text, number in zip((printed, right), row.numbers, strict=True)
            )
        yield f"{row.document}, {row.place}", printed, right, row.why


def _left_latex(part: Operand, convention: Convention) -> str:
    return symbol_latex(lying(part.symbol, convention), convention)


def _value_mathml(part: Operand, convention: Convention, digits: int) -> str:
    if part.name == "L":
        return f"<mn>{number_text(float(part.value[0, 0]), digits)}</mn>"
    return numbers_mathml(laid(part.symbol, part.value, convention), digits)


def _breaking(pieces: Sequence[str]) -> str:
    """A line as several <math>, between which it may break."""
    return " ".join(map(math_element, pieces))


def _losses(user: BackpropSession) -> str:
    before, after = user.worked.loss_before, user.worked.loss_after
    if not user.worked.loss or np.isnan(before):
        return ""
    digits = user.settings.digits
    done = any(step.phase == "update" for step in user.worked.steps)
    text = f"Loss before the update: {number_text(before, digits)}"
    return f"{text}; after it: {number_text(after, digits)}." if done else f"{text}."


def _safe(text: str) -> str:
    """Plain text, escaped so that Markdown shows it as it is."""
    return text.translate(_ESCAPED)


_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_<>[]$|#~"})
