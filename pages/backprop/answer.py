"""Check my answer: one entry is asked for, the learner types it, and the likely slip is named."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from engine.practice.answers import Verdict, judge
from engine.practice.exercises import Exercise, exercises
from engine.worked.entries import entry
from pages.backprop.questions import place_words, question_latex
from pages.backprop.session import BackpropSession
from pages.figures.theme import LIGHT
from pages.formulas.latex import LatexWriter, number_latex, sentence_latex, symbol_latex
from pages.formulas.orientation import laid_out, lying, textbook
from pages.shell.shell import theme

KEY = "check_answer_progress"
MOST_KEPT = 50
"""How many networks' progress is kept; a training playground counts as a new one each epoch."""
MOST_TERMS = 6
"""Most terms shown in a hint."""


@dataclass
class Progress:
    """How far a learner has come with one network: what is solved, which exercise is asked, what was said."""

    solved: set[str] = field(default_factory=set)
    at: int = 0
    hints: int = 0
    generation: int = 0
    verdict: Verdict | None = None


@st.fragment
def check_answer(user: BackpropSession) -> None:
    """Draw the panel for the calculation on the page."""
    with st.container(border=True, key="check_answer", gap="small"):
        asked = exercises(user.worked)
        if not asked:
            st.markdown("**Check my answer**")
            st.caption("There is nothing to ask here: no number of this calculation is finite.")
            return
        progress = progress_of(user)
        progress.at %= len(asked)
        _question(user, progress, asked)
        _form(user, progress, asked)
        _answered(user, progress, asked[progress.at])


def progress_of(user: BackpropSession) -> Progress:
    """The learner's progress with this network, sample and loss, kept as long as the visit lasts."""
    settings = user.settings
    of: Hashable = (settings.network, user.example_key, settings.sample, user.worked.loss)
    kept: dict[Hashable, Progress] = st.session_state.setdefault(KEY, {})
    progress = kept.pop(of, None) or Progress()
    kept[of] = progress  # the newest comes last
    while len(kept) > MOST_KEPT:
        del kept[next(iter(kept))]
    if progress.generation != user.generation:
        progress.generation, progress.verdict, progress.hints = user.generation, None, 0
    return progress


def _question(user: BackpropSession, progress: Progress, asked: tuple[Exercise, ...]) -> None:
    """The heading, how many are solved, and what is asked."""
    exercise, solved = asked[progress.at], sum(one.step in progress.solved for one in asked)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown("**Check my answer**", width="content")
        st.caption(f"{solved} of {len(asked)} solved", width="content")
    where, title = place_words(user, exercise), user.worked.step(exercise.step).title
    what = f" ({title}, {where})" if where else f" ({title})" if title != "loss" else ""
    done = " ✓ solved" if exercise.step in progress.solved else ""
    symbol = question_latex(user, exercise)
    st.markdown(f"**{progress.at + 1}.** What is ${symbol}${what}? Three digits are enough.{done}")


def _form(user: BackpropSession, progress: Progress, asked: tuple[Exercise, ...]) -> None:
    """The field for the answer and three buttons; Enter presses Check."""
    exercise, settings = asked[progress.at], user.settings
    key = f"answer_{settings.network}_{settings.sample}_{exercise.step}"
    # Streamlit writes white on any primary colour
    kind: Literal["primary", "secondary"] = "primary" if theme() is LIGHT else "secondary"
    with st.form("answer_form", border=False), st.container(horizontal=True, key="answer_row"):
        st.text_input(
            "Your answer",
            label_visibility="collapsed",
            placeholder="e.g. −1.234",
            max_chars=60,
            width=180,
            key=key,
        )
        st.form_submit_button(
            "Check", type=kind, key="answer_check", on_click=_check, args=(user, progress, exercise, key)
        )
        st.form_submit_button("Hint", key="answer_hint", on_click=_hint, args=(progress,))
        st.form_submit_button("Next question", key="answer_next", on_click=_next, args=(progress, asked))


def _check(user: BackpropSession, progress: Progress, exercise: Exercise, key: str) -> None:
    progress.verdict = judge(user.worked, exercise, st.session_state[key])
    if progress.verdict.right:
        progress.solved.add(exercise.step)


def _hint(progress: Progress) -> None:
    progress.hints += 1


def _next(progress: Progress, asked: tuple[Exercise, ...]) -> None:
    """Go to the next question that is not solved; when all are, to the next one."""
    still_open = [k for k, one in enumerate(asked) if one.step not in progress.solved and k != progress.at]
    later = [k for k in still_open if k > progress.at] or still_open
    progress.at = later[0] if later else (progress.at + 1) % len(asked)
    progress.hints, progress.verdict = 0, None


def _answered(user: BackpropSession, progress: Progress, exercise: Exercise) -> None:
    """The verdict, in words and with an icon, and the hints that were asked for."""
    verdict = progress.verdict
    if verdict is not None and verdict.right:
        st.success(sentence_latex(verdict.parts), icon=":material/check:")
    elif verdict is not None and verdict.value is None:
        st.warning(verdict.sentence, icon=":material/edit:")
    elif verdict is not None:
        st.error(f"**Not yet.** {sentence_latex(verdict.parts)}", icon=":material/close:")
    for hint in hints(user, exercise)[: progress.hints]:
        st.markdown(hint)


def hints(user: BackpropSession, exercise: Exercise) -> tuple[str, ...]:
    """First the formula of the step, then the terms that make up the asked entry, as Markdown."""
    step, digits = user.worked.step(exercise.step), user.settings.digits
    formula = LatexWriter(user.convention).write(laid_out(textbook(step), user.convention))
    left = symbol_latex(lying(exercise.symbol, user.convention), user.convention)
    terms = entry(step, exercise.row, exercise.column).terms
    products = [
        r" \cdot ".join(
            f"({number_latex(number, digits)})" if number < 0 else number_latex(number, digits)
            for _, number in term
        )
        for term in terms[:MOST_TERMS]
    ]
    more = r" + \dots" if len(terms) > MOST_TERMS else ""
    found = [f"**Hint:** ${left} = {formula}$"]
    if sum(len(term) for term in terms) > 1:
        found.append(
            f"**With the numbers:** ${question_latex(user, exercise)} = {' + '.join(products)}{more}$"
        )
    return tuple(found)
