"""The whole calculation to take along: as a web page, as Markdown with LaTeX, as a sheet of exercises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from engine import LOSSES, OPTIMIZERS, answers
from engine.answers import Exercise, exercises, right_value
from engine.expressions import Expression, Symbol, transpose
from engine.worked import Operand, Step
from pages.figures.theme import FONT_STACKS, LIGHT
from pages.live.mathml import (
    Convention,
    Writer,
    formula_mathml,
    has_in_between,
    laid,
    numbers_mathml,
    oriented,
    symbol_mathml,
    written,
)
from pages.ui.latex import LatexWriter, laid_latex, symbol_latex
from pages.ui.state import popover

PHASES = {"forward": "Forward", "loss": "Loss", "backward": "Backward", "update": "Update"}
GIVEN_ROWS, GIVEN_COLUMNS = 40, 16
"""Of a matrix on a worksheet, where it is needed whole."""
MOST_SAMPLES = 6
"""With more, a worksheet advises to choose one."""

STYLE = f"""
body {{ font: 16px/1.5 {FONT_STACKS["sans"]}; color: {LIGHT.ink}; background: {LIGHT.ground};
  max-width: 60em; margin: 2em auto; padding: 0 1em; }}
h1 {{ font-size: 26px; margin: 0; }}
h2 {{ font-size: 20px; margin: 2em 0 0.5em; }}
h3 {{ font-size: 16px; margin: 0 0 0.4em; }}
p {{ margin: 0.4em 0; }}
.made, .note {{ color: {LIGHT.ink2}; font-size: 14px; }}
section.step {{ border-top: 1px solid {LIGHT.line}; padding: 0.8em 0; overflow-x: auto; }}
section.step {{ break-inside: avoid; }}
dl {{ display: grid; grid-template-columns: 6em 1fr; gap: 0.5em 1em; margin: 0; align-items: center; }}
dt {{ color: {LIGHT.ink3}; font-size: 14px; }}
dd {{ margin: 0; }}
math {{ font-family: {FONT_STACKS["math"]}; font-size: 18px; }}
mtable.numbers mtd {{ padding: 0.25em 0.5em; text-align: right; font-variant-numeric: tabular-nums; }}
.erratum {{ background: {LIGHT.warn_soft}; border-radius: 8px; padding: 0.5em 1em; margin-top: 0.6em; }}
.given {{ display: flex; flex-wrap: wrap; gap: 0.8em 2em; align-items: center; }}
.given > div {{ max-width: 100%; overflow-x: auto; padding: 4px 0; }}
ol.questions > li {{ padding-bottom: 7em; break-inside: avoid; }}
.answer {{ display: inline-block; min-width: 9em; border-bottom: 1.5px solid {LIGHT.ink}; }}
.key {{ break-before: page; page-break-before: always; overflow-x: auto; }}
td, th {{ padding: 0.3em 1.2em 0.3em 0; text-align: left; border-bottom: 1px solid {LIGHT.hairline}; }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
@media print {{ body {{ margin: 0; max-width: none; font-size: 12pt; }} }}
""".strip()


def exports(user: Any) -> None:
    """A popover with three files; each is written when its button is pressed."""
    name = "backprop-" + "".join(letter if letter.isalnum() else "-" for letter in user.settings.network)
    files: dict[str, tuple[str, Callable[[Any], bytes], str, str]] = {
        "derivation_html": ("Derivation as a web page", derivation_html, ".html", "text/html"),
        "derivation_markdown": (
            "Derivation as Markdown with LaTeX",
            derivation_markdown,
            ".md",
            "text/markdown",
        ),
        "worksheet_html": ("Worksheet with answer key", worksheet_html, "-worksheet.html", "text/html"),
    }
    with popover("Export", "export", width=112):
        for key, (label, make, ending, kind) in files.items():
            st.download_button(
                label, partial(make, user), name + ending, kind, key=key, on_click="ignore", width="stretch"
            )


# Derivation


def derivation_html(user: Any) -> bytes:
    """Every step with its formula, the numbers in it, and the result: one file that needs no other."""
    parts = [f"<h1>{escape(user.label)}: every step</h1>", *_about(user)]
    phase = ""
    for number, step in enumerate(user.worked.steps, start=1):
        if step.phase != phase:
            phase = step.phase
            parts.append(f"<h2>{PHASES[phase]}</h2>")
        parts.append(_step_html(user, number, step))
    parts.append(f"<p><strong>{escape(_losses(user))}</strong></p>" if _losses(user) else "")
    return _page(f"{user.label}: every step", parts)


def derivation_markdown(user: Any) -> bytes:
    """The same as Markdown, mathematics in LaTeX between dollar signs."""
    about = [*_network(user), user.provenance]
    lines = [f"# {_safe(user.label)}: every step", "", *(_safe(line) + "\n" for line in about)]
    phase = ""
    for number, step in enumerate(user.worked.steps, start=1):
        if step.phase != phase:
            phase = step.phase
            lines += [f"## {PHASES[phase]}", ""]
        lines += _step_markdown(user, number, step)
    lines += [f"**{_losses(user)}**", ""] if _losses(user) else []
    return "\n".join(lines).encode()


def laid_out(step: Step, convention: Convention) -> Expression:
    """A step's formula in a convention; under the sum of a loss all that is turned is turned back."""
    if step.result.name == "L" and convention.samples_are == "columns":
        return transpose(step.formula)
    return oriented(step.formula, step.result.name, convention)


def textbook(step: Step) -> Step:
    """The step as the textbook has it: the error of a hidden layer in one line, without da in between."""
    reads_da = any(part.name == "da" for part in step.operands)
    return replace(step, formula=step.alternative) if reads_da and step.alternative is not None else step


def _step_html(user: Any, number: int, step: Step) -> str:
    convention, digits = user.convention, user.settings.digits
    formula, result = laid_out(step, convention), step.result
    left = _left_mathml(result, convention)
    writer = Writer(convention, step.values, numbers=True, digits=digits)
    rows = {
        "Formula": _math(f"{left}<mo>=</mo>{formula_mathml(formula, convention)}"),
        "Numbers": _breaking(writer.pieces(formula)),
    }
    if has_in_between(formula):
        deep = Writer(convention, step.values, numbers=True, deep=True, digits=digits)
        rows["In between"] = _breaking(deep.pieces(formula))
    rows["Result"] = _math(f"{left}<mo>=</mo>{_value_mathml(result, convention, digits)}")
    if step.alternative is not None:
        also = laid_out(replace(step, formula=step.alternative), convention)
        rows["The same"] = _math(f"{left}<mo>=</mo>{formula_mathml(also, convention)}")
    lines = "".join(f"<dt>{name}</dt><dd>{content}</dd>" for name, content in rows.items())
    note = f'<p class="note">{escape(step.note)}</p>' if step.note else ""
    errata = "".join(
        f'<p class="erratum"><strong>Printed:</strong> {escape(printed)}<br><strong>Right:</strong> '
        f"{escape(right)}<br>{escape(why)}</p>"
        for printed, right, why in _errata(user, step)
    )
    heading = f"<h3>{number}. {escape(_capital(step.title))}</h3>"
    return f'<section class="step">{heading}<dl>{lines}</dl>{note}{errata}</section>'


def _step_markdown(user: Any, number: int, step: Step) -> list[str]:
    convention, digits = user.convention, user.settings.digits
    formula, result = laid_out(step, convention), step.result
    left = _left_latex(result, convention)
    symbols = LatexWriter(convention).write(formula)
    numbers = LatexWriter(convention, step.values, numbers=True, digits=digits).write(formula)
    value = laid_latex(result.name, result.value, convention, digits)
    lines = [f"### {number}. {_capital(step.title)}", ""]
    for math in (f"{left} = {symbols}", f"= {numbers}", f"{left} = {value}"):
        lines += ["$$", math, "$$", ""]
    lines += [step.note, ""] if step.note else []
    for printed, right, why in _errata(user, step):
        quoted = [f"**Printed:** {_safe(printed)}", f"**Right:** {_safe(right)}", _safe(why)]
        lines += ["> " + "\\\n> ".join(quoted), ""]
    return lines


def _errata(user: Any, step: Step) -> Iterator[tuple[str, str, str]]:
    """What the source of the network prints at this step, what is right, and why."""
    if user.system is None or user.settings.loss:
        return
    for row in user.system.errata:
        if row.step == step.key:
            printed, right = row.printed, row.right
            if row.numbers is not None and user.settings.sample is None:
                printed, right = (
                    f"{text} ({written(number, 4)})"
                    for text, number in zip((printed, right), row.numbers, strict=True)
                )
            yield printed, right, row.why


def _safe(text: str) -> str:
    """Plain text for Markdown, in which nothing is marked up."""
    return re.sub(r"([\\`*_<>\[\]$|#~])", r"\\\1", text)


# Worksheet


def worksheet_html(user: Any) -> bytes:
    """A sheet to print: what is given, the exercises with room, and the answers on a page of their own."""
    asked, convention = exercises(user.worked), user.convention
    parts = [f"<h1>{escape(user.label)}: worksheet</h1>", *_about(user)]
    if user.worked.samples > MOST_SAMPLES:
        parts.append(
            f"<p><strong>{user.worked.samples} samples are much by hand: choose one of them.</strong></p>"
        )
    given = [Operand(key, *_named(key), value) for key, value in user.worked.values.items() if _is_given(key)]
    shown = "".join(
        f"<div>{_math(_left_mathml(part, convention) + '<mo>=</mo>' + _given_mathml(part, user))}</div>"
        for part in given
    )
    parts.append(f'<h2>Given</h2><div class="given">{shown}</div>')
    questions = "".join(
        f"<li>{question_html(user, exercise)} <span class='answer'>&nbsp;</span></li>" for exercise in asked
    )
    parts.append(f"<h2>Compute</h2><p>Three digits are enough.</p><ol class='questions'>{questions}</ol>")
    solutions = "".join(
        f"<tr><td>{k}</td><td>{_math(_asked_mathml(user, exercise))}</td>"
        f'<td class="number">{answers.written(right_value(user.worked, exercise))}</td>'
        f"<td>{_math(_formula_mathml(user, exercise))}</td></tr>"
        for k, exercise in enumerate(asked, start=1)
    )
    head = "<tr><th></th><th>Asked</th><th>Answer</th><th>From</th></tr>"
    parts.append(f'<div class="key"><h2>Answer key</h2><table>{head}{solutions}</table></div>')
    return _page(f"{user.label}: worksheet", parts)


def question_html(user: Any, exercise: Exercise) -> str:
    """The question of an exercise, with MathML."""
    where = place_words(user, exercise)
    title = user.worked.step(exercise.step).title
    what = escape("the loss" if title == "loss" else title)
    return f"{_math(_asked_mathml(user, exercise))}, {what}{', ' + where if where else ''}:"


def index_of(user: Any, exercise: Exercise) -> str:
    """The index below an asked symbol, from 1, in the convention of the page; empty for the loss."""
    name, shape = exercise.symbol.name, user.worked.step(exercise.step).result.value.shape
    i, j = exercise.row + 1, exercise.column + 1
    if name == "L":
        return ""
    if shape[0] == 1 and not name.endswith("W"):
        return str(j)
    return f"{j},{i}" if user.convention.turns(name) else f"{i},{j}"


def place_words(user: Any, exercise: Exercise) -> str:
    """The same in words: which neuron, of which sample; empty for the loss."""
    name, shape = exercise.symbol.name, user.worked.step(exercise.step).result.value.shape
    if name == "L":
        return ""
    if name.endswith("W"):
        return f"from {exercise.row + 1} to {exercise.column + 1}"
    sample = f" of sample {exercise.row + 1}" if shape[0] > 1 else ""
    return f"neuron {exercise.column + 1}{sample}"


def question_latex(user: Any, exercise: Exercise) -> str:
    """The asked symbol with its index."""
    symbol = exercise.symbol
    turned = Symbol(symbol.name, symbol.layer, transposed=user.convention.turns(symbol.name))
    return symbol_latex(turned, user.convention, sub=index_of(user, exercise))


def _formula_mathml(user: Any, exercise: Exercise) -> str:
    step = user.worked.step(exercise.step)
    return formula_mathml(laid_out(textbook(step), user.convention), user.convention)


def _asked_mathml(user: Any, exercise: Exercise) -> str:
    symbol = exercise.symbol
    turned = Symbol(symbol.name, symbol.layer, transposed=user.convention.turns(symbol.name))
    return symbol_mathml(turned, user.convention, sub=index_of(user, exercise))


def _is_given(key: str) -> bool:
    return key in ("a0", "y") or (key[0] in "Wb" and key[1:].isdigit())


def _named(key: str) -> tuple[str, int | None]:
    return (key, None) if key == "y" else (key[0], int(key[1:]))


def _given_mathml(part: Operand, user: Any) -> str:
    value = laid(part.name, part.value, user.convention)
    return numbers_mathml(value, user.settings.digits, rows=GIVEN_ROWS, columns=GIVEN_COLUMNS)


# Shared


def _about(user: Any) -> Iterator[str]:
    for line in _network(user):
        yield f"<p>{escape(line)}</p>"
    yield f'<p class="made">{escape(user.provenance)}</p>'


def _network(user: Any) -> Iterator[str]:
    worked, convention = user.worked, user.convention
    widths, names = "-".join(map(str, worked.net_dims)), ", ".join(worked.activations)
    loss = "no loss: forward only"
    if worked.loss:
        formula = LOSSES[worked.loss].formula
        loss = f"loss: {formula}{', r = a − y' if 'r' in formula else ''}"
    yield f"Network {widths}; activations: {names}; {loss}."
    rule = user.optimizer
    if rule is not None and worked.loss:
        label = next(row.label for row in OPTIMIZERS.values() if type(rule) is row.make)
        yield f"Update: {label}, learning rate η = {rule.learning_rate:g}."
    yield f"{_capital(convention.label)}."


def _losses(user: Any) -> str:
    before, after = user.worked.loss_before, user.worked.loss_after
    if not user.worked.loss or np.isnan(before):
        return ""
    digits = user.settings.digits
    done = any(step.phase == "update" for step in user.worked.steps)
    text = f"Loss before the update: {written(before, digits)}"
    return f"{text}; after it: {written(after, digits)}." if done else f"{text}."


def _left_mathml(part: Operand, convention: Convention) -> str:
    return symbol_mathml(Symbol(part.name, part.layer, transposed=convention.turns(part.name)), convention)


def _left_latex(part: Operand, convention: Convention) -> str:
    return symbol_latex(Symbol(part.name, part.layer, transposed=convention.turns(part.name)), convention)


def _value_mathml(part: Operand, convention: Convention, digits: int) -> str:
    if part.name == "L":
        return f"<mn>{written(float(part.value[0, 0]), digits)}</mn>"
    return numbers_mathml(laid(part.name, part.value, convention), digits)


def _breaking(pieces: Sequence[str]) -> str:
    """The right-hand side as several <math>, between which a line may break."""
    return " ".join(_math(("" if k else "<mo>=</mo>") + piece) for k, piece in enumerate(pieces))


def _math(content: str) -> str:
    return f"<math>{content}</math>"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _page(title: str, parts: list[str]) -> bytes:
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
    ]
    lines = ["<!doctype html>", '<html lang="en"><head>', *head, "</head><body>", *filter(None, parts)]
    return "\n".join([*lines, "</body></html>", ""]).encode()
