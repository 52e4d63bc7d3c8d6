"""A run as a script that needs NumPy alone: forward, backward and update written out for its own network."""

from itertools import groupby

from engine.export.data_code import data_lines
from engine.export.loop_code import Setup, loop_lines
from engine.export.network_code import (
    backward_lines,
    codes,
    forward_lines,
    layer_names,
    mask_line,
    weight_lines,
)
from engine.export.plan import plan
from engine.export.text import heading, indented, number, once
from engine.export.update_code import Update, update
from engine.initializers import INITIALIZERS
from engine.runs.run import Run
from engine.runs.settings import Settings


def numpy_script(run: Run, *, epochs: int) -> str:
    """A Python script that trains as the run does, with nothing but NumPy.

    It draws the same samples, weights and mini-batches, and applies the run's journal at the same steps. The
    last line that it prints is "train_loss" and the loss over all training samples, as repr writes it: the
    engine's up to rounding, which differs because sums are made in another order.

    Args:
        run:    its journal is applied up to the epoch, also beyond the frame at which the run stands.
        epochs: to train, from frame 0; the run's stop conditions don't end the script.
    Raises: ValueError, in one sentence, for a run that can't be written as a script.
    """
    p = plan(run, epochs)
    e = p.experiment
    activations, loss = codes(e)
    updates = [(step, settings, update(settings)) for step, settings in p.legs]
    helpers = [code.helper for code in (*activations, loss)]
    names, last = ", ".join(layer_names(e)), len(activations)
    penalised = any({"l1", "l2"} & made.values.keys() for _, _, made in updates)
    setups, parts = _spans(updates)
    lines = [
        *heading(run, p, "NumPy alone"),
        *(["import math", ""] if any("math." in text for text in helpers) else []),
        "import numpy as np",
        *data_lines(e),
        *once([INITIALIZERS[e.initializer].helper]),
        "",
        *weight_lines(e),
        *(f"theta[{index}] = {number(value)}  # set by hand" for index, value in p.first),
        *([mask_line(e)] if penalised else []),
        *once(helpers),
        "",
        "",
        "def forward(X):",
        *indented([*forward_lines(e, activations), f"return {names}"]),
        "",
        "",
        "def loss(X, Y):",
        f"    {names} = forward(X)",
        f"    return {loss.value.format(Z=f'Z{last}', A=f'A{last}')}",
        "",
        "",
        "def gradient(X, Y):",
        f"    {names} = forward(X)",
        *indented(backward_lines(e, activations, loss)),
        "",
        "",
        *loop_lines(
            p,
            setups=setups,
            parts=parts,
            step=["g = gradient(X[batch], Y[batch])"],
            write=lambda index, value: [f"theta[{index}] = {number(value)}  # set by hand"],
        ),
        "",
        'print("train_loss", repr(float(loss(X, Y))))',
    ]
    return "\n".join(lines) + "\n"


def _spans(
    updates: list[tuple[int, Settings, Update]],
) -> tuple[list[tuple[int, Setup]], list[tuple[int, list[str]]]]:
    """What each setting needs, where an optimiser's memory begins at 0 and stays as long as its kind does."""
    setups: list[tuple[int, Setup]] = []
    parts: list[tuple[int, list[str]]] = []
    for _, group in groupby(updates, key=lambda row: row[1].optimizer):
        span = list(group)
        letters = dict.fromkeys(letter for _, _, made in span for letter in made.memory)
        counts = any(made.counts for _, _, made in span)
        begin = [*(f"{letter} = np.zeros_like(theta)" for letter in letters), *(["t = 0"] if counts else [])]
        for i, (step, _, made) in enumerate(span):
            setups.append((step, ([] if i else begin, made.values)))
            parts.append((step, [*(["t += 1"] if counts else []), *made.lines]))
    return setups, parts
