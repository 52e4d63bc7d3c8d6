"""Check my answer: one entry is asked for, the learner types it, and the likely slip is named."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from engine.numbers import EXACT
from engine.practice.answers import Verdict, judge, same
from engine.practice.exercises import Exercise, answer_text, exercises, right_value
from engine.runs.experiment import MAX_SEED
from engine.worked.entries import entry
from engine.worked.worked import Worked
from pages.backprop.questions import place_words, question_latex
from pages.backprop.session import BackpropSession
from pages.backprop.settings import PLAYGROUND
from pages.figures.theme import LIGHT
from pages.formulas.latex import LatexWriter, number_latex, sentence_latex, symbol_latex
from pages.formulas.orientation import laid_out, lying, textbook
from pages.shell.binding import number
from pages.shell.controls import button, form_submit_button, text_input
from pages.shell.number_field import take_typed
from pages.shell.shell import theme
from pages.shell.widgets import heading

KEY = "check_answer_progress"
MOST_KEPT = 50
"""How many networks' progress is kept; a training playground counts as a new one each epoch."""
VERSIONS = (
    "Version 0 has the network's own numbers, every other one new numbers with few digits: the same for "
    "everybody who opens the link, and on the worksheet."
)
PLAYGROUND_VERSIONS = " The link doesn't hold the playground's layers: everybody must have the same there."
MOST_TERMS = 6
"""Most terms shown in a hint."""


@dataclass
class Progress:
    """How far a learner has come with one network: what is solved, which exercise is asked, what was said.

    An exercise is solved with an answer: another update rule asks for another one.
    """

    solved: set[tuple[Exercise, str]] = field(default_factory=set)
    at: int = 0
    hints: int = 0
    generation: int = 0
    verdict: Verdict | None = None

    def has_solved(self, worked: Worked, exercise: Exercise) -> bool:
        """Whether the answer that is right now has been given."""
        return (exercise, answer_text(right_value(worked, exercise))) in self.solved

    def take(self, worked: Worked, exercise: Exercise, text: str) -> None:
        """Mark what was typed."""
        self.verdict = judge(worked, exercise, text)
        if self.verdict.right:
            self.solved.add((exercise, answer_text(right_value(worked, exercise))))


def check_answer(user: BackpropSession) -> None:
    """Draw the panel for the calculation on the page, and the choice of other numbers below it."""
    _exercises(user)
    _version(user)


@st.fragment
def _exercises(user: BackpropSession) -> None:
    with st.container(border=True, key="check_answer", gap="small"):
        asked = exercises(user.worked)
        if not asked:
            heading("Check my answer")
            st.caption("There is nothing to ask here: no number of this calculation is finite.")
            return
        progress = progress_of(user)
        progress.at %= len(asked)
        _question(user, progress, asked)
        _form(user, progress, asked)
        _answered(user, progress, asked[progress.at])


def _version(user: BackpropSession) -> None:
    """The seed of other numbers; outside the fragment, because the whole page shows them."""
    version = user.settings.version

    def take(seed: int) -> None:
        user.change(user.settings.changed(version=seed))

    def draw() -> None:
        take_typed()  # a version that is being typed comes first
        user.set(version=(user.settings.version + 1) % (MAX_SEED + 1))

    with st.container(border=True, horizontal=True, vertical_alignment="bottom", gap="small", key="versions"):
        number("version", "Version", version, 0, MAX_SEED, 1, write=take, width=116)
        button("New numbers", key="new_version", on_click=draw)
        of_playground = PLAYGROUND_VERSIONS if user.settings.network == PLAYGROUND else ""
        st.caption(VERSIONS + of_playground, width=620)


def progress_of(user: BackpropSession) -> Progress:
    """The learner's progress with this network, sample and loss, kept as long as the visit lasts."""
    settings = user.settings
    of: Hashable = (
        settings.network,
        user.example_key,
        settings.version,
        settings.sample,
        user.worked.loss,
    )
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
    exercise, solved = asked[progress.at], sum(progress.has_solved(user.worked, one) for one in asked)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        heading("Check my answer", width="content")
        st.caption(f"{solved} of {len(asked)} solved", width="content")
    where, title = place_words(user, exercise), user.worked.step(exercise.step).title
    what = f" ({title}, {where})" if where else f" ({title})" if title != "loss" else ""
    wrong = progress.verdict is not None and not progress.verdict.right
    done = " ✓ solved" if progress.has_solved(user.worked, exercise) and not wrong else ""
    symbol = question_latex(user, exercise)
    st.markdown(f"**{progress.at + 1}.** What is ${symbol}${what}? Three digits are enough.{done}")


def _form(user: BackpropSession, progress: Progress, asked: tuple[Exercise, ...]) -> None:
    """The field for the answer and three buttons; Enter presses Check."""
    exercise, settings = asked[progress.at], user.settings
    key = f"answer_{settings.network}_{settings.version}_{settings.sample}_{exercise.step}"
    # Streamlit writes white on any primary colour
    kind: Literal["primary", "secondary"] = "primary" if theme() is LIGHT else "secondary"
    with st.form("answer_form", border=False), st.container(horizontal=True, key="answer_row"):
        text_input(
            "Your answer",
            label_visibility="collapsed",
            placeholder="e.g. −1.234",
            max_chars=60,
            width=180,
            key=key,
            name="answer",
        )
        form_submit_button(
            "Check", type=kind, key="answer_check", on_click=_check, args=(user, progress, exercise, key)
        )
        form_submit_button("Hint", key="answer_hint", on_click=_hint, args=(progress,))
        form_submit_button("Next question", key="answer_next", on_click=_next, args=(user, progress, asked))


def _check(user: BackpropSession, progress: Progress, exercise: Exercise, key: str) -> None:
    user.chosen = True
    progress.take(user.worked, exercise, st.session_state[key])


def _hint(progress: Progress) -> None:
    progress.hints += 1


def _next(user: BackpropSession, progress: Progress, asked: tuple[Exercise, ...]) -> None:
    """Go to the next question that is not solved; when all are, to the next one."""
    solved = [progress.has_solved(user.worked, one) for one in asked]
    still_open = [k for k in range(len(asked)) if not solved[k] and k != progress.at]
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
    elif verdict is not None and verdict.near:
        st.info(sentence_latex(verdict.parts), icon=":material/more_horiz:")
    elif verdict is not None:
        st.error(f"**Not yet.** {sentence_latex(verdict.parts)}", icon=":material/close:")
    for hint in hints(user, exercise)[: progress.hints]:
        st.markdown(hint)


def hints(user: BackpropSession, exercise: Exercise) -> tuple[str, ...]:
    """First the formula of the step, then the terms that make up the asked entry, as Markdown.

    The terms have as many digits as it takes to find the right answer from them.
    """
    step = user.worked.step(exercise.step)
    formula = LatexWriter(user.convention).write(laid_out(textbook(step), user.convention))
    left = symbol_latex(lying(exercise.symbol, user.convention), user.convention)
    terms = tuple(
        tuple(number for _, number in term) for term in entry(step, exercise.row, exercise.column).terms
    )
    digits = _enough(terms, right_value(user.worked, exercise), user.settings.digits)
    products = [
        r" \cdot ".join(
            f"({number_latex(number, digits)})" if number < 0 else number_latex(number, digits)
            for number in term
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


def _enough(terms: tuple[tuple[float, ...], ...], right: float, digits: int) -> int:
    """The fewest decimals, from `digits` on, with which the printed terms give the right answer."""

    def gives(decimals: int) -> bool:
        printed = (math.prod(round(number, decimals) for number in term) for term in terms)
        return same(math.fsum(printed), right)

    return next(filter(gives, range(digits, EXACT)), digits)
