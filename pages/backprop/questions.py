"""How an exercise is asked: its symbol with an index, and the same in words."""

from __future__ import annotations

from html import escape

from engine.practice.exercises import Exercise
from pages.backprop.handout import math_element
from pages.backprop.session import BackpropSession
from pages.formulas.latex import symbol_latex
from pages.formulas.mathml import symbol_mathml
from pages.formulas.orientation import lying


def question_html(user: BackpropSession, exercise: Exercise) -> str:
    """The question of an exercise, with MathML."""
    where = place_words(user, exercise)
    title = user.worked.step(exercise.step).title
    what = escape("the loss" if title == "loss" else title)
    return f"{math_element(question_mathml(user, exercise))}, {what}{', ' + where if where else ''}:"


def question_mathml(user: BackpropSession, exercise: Exercise) -> str:
    """The asked symbol with its index."""
    symbol = lying(exercise.symbol, user.convention)
    return symbol_mathml(symbol, user.convention, sub=index_of(user, exercise))


def question_latex(user: BackpropSession, exercise: Exercise) -> str:
    """The asked symbol with its index, in LaTeX."""
    symbol = lying(exercise.symbol, user.convention)
    return symbol_latex(symbol, user.convention, sub=index_of(user, exercise))


def index_of(user: BackpropSession, exercise: Exercise) -> str:
    """The index below an asked symbol, from 1, in the convention of the page; empty for the loss."""
    symbol, shape = exercise.symbol, user.worked.step(exercise.step).result.value.shape
    i, j = exercise.row + 1, exercise.column + 1
    if symbol.name == "L":
        return ""
    if shape[0] == 1 and not symbol.is_weights:
        return str(j)
    return f"{j},{i}" if user.convention.turns(symbol) else f"{i},{j}"


def place_words(user: BackpropSession, exercise: Exercise) -> str:
    """The entry in words: which neuron of which sample, or which weight; empty for the loss."""
    symbol, shape = exercise.symbol, user.worked.step(exercise.step).result.value.shape
    if symbol.name == "L":
        return ""
    if symbol.is_weights:
        return f"from {exercise.row + 1} to {exercise.column + 1}"
    sample = f" of sample {exercise.row + 1}" if shape[0] > 1 else ""
    return f"neuron {exercise.column + 1}{sample}"
