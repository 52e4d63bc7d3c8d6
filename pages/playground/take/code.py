"""The run as code to take along: a script in NumPy or in PyTorch, or a notebook that goes on with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from engine import Run, notebook, numpy_script, torch_script
from engine.export.agreement import torch_agreement
from engine.export.notebook import Cell, cells
from pages.playground.session import Session
from pages.shell.controls import segmented_control
from pages.shell.downloads import download
from pages.shell.widgets import heading

FIRST_EPOCHS = 100
"""What a script trains of a run that stands at its first weights."""
FURTHER = 50
"""Frames that a cell of the notebook goes on by."""
MOST_SHOWN = 40_000
"""Most characters on the page; a table of one's own makes a script that is longer."""
HEIGHT = 480
"""px, in which the code scrolls."""


@dataclass(frozen=True)
class Part:
    """What of a run the code repeats: up to how many whole epochs, or up to the frame at which it stands."""

    run: Run
    epochs: int
    extent: str  # the same in a sentence


@dataclass(frozen=True)
class Kind:
    """One way of writing the code. Making it raises ValueError where the run can't be written so."""

    label: str
    saves: str  # what the button says
    text: Callable[[Part], str]  # to look at
    file: Callable[[Part], str]
    ending: str
    media: str
    words: Callable[[Part], str]


UNSTABLE = "Where training is unstable, rounding can grow to more."


def _numpy_words(part: Part) -> str:
    return (
        f"{part.extent} It needs NumPy alone. In tests with {torch_agreement().runs} short runs of every "
        f"activation, loss and optimiser it ends at this engine's loss to 12 digits. {UNSTABLE}"
    )


def _torch_words(part: Part) -> str:
    seen = torch_agreement()
    versions = f"PyTorch {seen.torch}, NumPy {seen.numpy}, {seen.date}"
    return (
        f"{part.extent} It needs PyTorch and NumPy. Over {seen.runs} runs of {seen.epochs} epochs its loss "
        f"differed from this engine's by at most {seen.largest_difference:.0e} of it ({versions}). {UNSTABLE}"
    )


def _notebook_words(part: Part) -> str:
    return (
        "It needs this project's folder engine beside it, trains up to frame "
        f"{part.run.frame:,} to the same bits, and goes on from there."
    )


def _notebook_text(part: Part) -> str:
    """The notebook's cells one below the other, words as comments; the first repeats the panel's own line."""
    return "\n\n".join(_shown(cell) for cell in cells(part.run, FURTHER)[1:])


def _shown(cell: Cell) -> str:
    return cell.text if cell.kind == "code" else "\n".join(f"# {line}" for line in cell.text.splitlines())


def _numpy(part: Part) -> str:
    return numpy_script(part.run, epochs=part.epochs)


def _torch(part: Part) -> str:
    return torch_script(part.run, epochs=part.epochs)


def _notebook(part: Part) -> str:
    return notebook(part.run, further=FURTHER)


KINDS = {
    "numpy": Kind("NumPy", "Save script", _numpy, _numpy, "-numpy.py", "text/x-python", _numpy_words),
    "torch": Kind("PyTorch", "Save script", _torch, _torch, "-pytorch.py", "text/x-python", _torch_words),
    "notebook": Kind(
        "Notebook",
        "Save notebook",
        _notebook_text,
        _notebook,
        ".ipynb",
        "application/x-ipynb+json",
        _notebook_words,
    ),
}


def code_section(user: Session) -> None:
    """Show the code of the run that the player shows, and save it."""
    part = part_of(user)
    heading("Code")
    with st.container(horizontal=True, vertical_alignment="bottom", key="code_controls"):
        chosen = segmented_control(
            "Written for",
            list(KINDS),
            default="numpy",
            format_func=lambda name: KINDS[name].label,
            key="code_kind",
            required=True,
        )
        kind = KINDS[chosen or "numpy"]
        try:
            text = kind.text(part)
        except ValueError as error:
            st.info(str(error))
            return
        name = f"run-{user.experiment.dataset}{kind.ending}"
        download(kind.saves, lambda: kind.file(part), name, kind.media, key="save_code")
    st.caption(kind.words(part))
    if len(text) > MOST_SHOWN:
        text = text[: text.rindex("\n", 0, MOST_SHOWN)]
        st.caption("This is the beginning; the saved file has all of it.")
    # A code block of a height of its own would scroll, but not from the keyboard
    with st.container(height=HEIGHT, border=False):
        st.code(text, language="python", wrap_lines=True)


def part_of(user: Session) -> Part:
    """The run up to the frame that the player shows, or as far as its journal knows it."""
    timeline = user.timeline
    last = timeline.last if timeline.unrecorded is None else min(timeline.last, timeline.unrecorded)
    frame = min(user.shown, last)
    run, moment = timeline.run.standing_at(frame), timeline[frame]
    if moment.step == 0:
        extent = f"It trains {FIRST_EPOCHS} epochs, as this run stands at its first weights."
        return Part(run, FIRST_EPOCHS, extent)
    epochs = "1 epoch" if moment.epoch == 1 else f"{moment.epoch} epochs"
    if moment.progress == moment.epoch:
        return Part(run, moment.epoch, f"It trains {epochs}, up to where this run stands.")
    return Part(run, moment.epoch, f"It trains {epochs}, the last whole one before where this run stands.")
