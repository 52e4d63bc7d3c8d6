"""Figures shown while training is paused: the weights, the loss, the confusion matrix."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal, Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.figures.alternative import Alternative, number_said
from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.figures.confusion_matrix import MANY, confusion_matrix
from pages.figures.loss_history import loss_history
from pages.figures.predicted_true import predicted_true
from pages.figures.provenance import add_provenance, room_of_provenance
from pages.figures.theme import Theme
from pages.figures.weight_heatmaps import weight_heatmaps
from pages.playground.confused import confused_samples
from pages.playground.description import class_labels
from pages.playground.samples import predictions
from pages.playground.session import Session
from pages.playground.take.tables import with_own_units
from pages.shell.chart import chart
from pages.shell.controls import segmented_control, toggle
from pages.shell.plain import unmarked
from pages.shell.shell import theme
from pages.shell.tables import number_table
from pages.shell.widgets import heading

HALF = 500
"""Width in px of a figure with another one beside it."""


def below_player(user: Session) -> None:
    """Draw the figures of the frame that the player shows; they follow on page load, pause and step."""
    timeline = user.timeline
    timeline.seek(min(user.shown, timeline.last))
    epoch = epoch_text(timeline[timeline.frame].progress)
    heading(f"Weights, losses and predictions at epoch {epoch}")
    with st.container(horizontal=True, vertical_alignment="bottom", key="figure_controls"):
        log = _switch("loss_axis", "Loss axis", {"log": "log", "linear": "linear"})
        picture = _switch("picture_format", "Camera saves", PICTURE_FORMATS)
        tables = toggle("Tables", key="tables", help="Show every figure as a table too, for screen readers.")
    sheet = _Page(f"{user.provenance} · epoch {epoch}", picture, tables, theme())
    draw_figures(user, sheet, log=log == "log")
    if user.experiment.problem.kind != "regression":
        confused_samples(user, epoch)
    st.caption(sheet.provenance if user.experiment.table is None else unmarked(sheet.provenance))


def draw_figures(user: Session, sheet: Sheet, *, log: bool) -> None:
    """Draw the figures of the frame at which the timeline stands.

    Args: log: whether the axis of the losses is logarithmic.
    """
    epoch = epoch_text(user.timeline[user.timeline.frame].progress)
    _weights(user, sheet, epoch)
    _loss(user, sheet, log)
    if user.experiment.problem.kind == "regression":
        _regression(user, sheet, epoch)
    else:
        _confusion(user, sheet, epoch)


def epoch_text(progress: float) -> str:
    """An epoch: whole, or between two mini-batches with two decimals."""
    return f"{round(progress, 2):.10g}"


def _switch(key: str, label: str, options: dict[str, str]) -> str:
    first = next(iter(options))
    chosen = segmented_control(
        label, list(options), default=first, format_func=options.__getitem__, key=key, required=True
    )
    return chosen or first


class Sheet(Protocol):
    """Where figures are drawn.

    Attributes:
        colours: in which.
        tables:  whether every figure has all its numbers in a table too.
    """

    colours: Theme
    tables: bool

    def show(
        self,
        key: str,
        figure: go.Figure,
        alternative: Alternative,
        *,
        table: pd.DataFrame | None = None,
        width: int | Literal["stretch"] = "stretch",
    ) -> None:
        """Show a figure with its alternative; table: all its numbers, if they aren't those."""

    def row(self, key: str, *, wide: bool = False) -> AbstractContextManager[Any]:
        """A row for figures beside each other; wide ones are below each other, and scroll."""

    def half(self) -> AbstractContextManager[Any]:
        """Half of a row."""


class _Page:
    """Shows every figure of the page in one way: saved with its provenance, and as a table if asked for."""

    def __init__(self, provenance: str, picture: str, tables: bool, colours: Theme) -> None:
        self.provenance, self.picture, self.tables, self.colours = provenance, picture, tables, colours

    def show(
        self,
        key: str,
        figure: go.Figure,
        alternative: Alternative,
        *,
        table: pd.DataFrame | None = None,
        width: int | Literal["stretch"] = "stretch",
    ) -> None:
        """Show a figure with its alternative and, if tables are asked for, all its numbers, or this table.

        The camera saves its provenance, cut off on the screen: one line below all figures says it there.
        """
        add_provenance(figure, self.provenance, self.colours)
        room = room_of_provenance(figure)
        least = "" if width == "stretch" else f"; min-width: {width}px"
        st.html(
            f"<style>@media screen {{ .st-key-{key} {{ margin-bottom: -{room}px; "
            f"clip-path: inset(0 0 {room}px){least} }} }}</style>"
        )
        chart(
            key,
            figure,
            alternative,
            config=camera_config(key, self.picture),
            width=width,
        )
        if self.tables:
            number_table(f"table_{key}", alternative.table if table is None else table, width=width)

    def row(self, key: str, *, wide: bool = False) -> AbstractContextManager[Any]:
        """Figures beside each other, as far as there is room; wide ones below each other, scrolled."""
        return st.container(horizontal=not wide, key=f"{key}_wide" if wide else key)

    def half(self) -> AbstractContextManager[Any]:
        """Half of a row."""
        return st.container(width=HALF)


def _weights(user: Session, sheet: Sheet, epoch: str) -> None:
    net, inputs, table = user.timeline.trainer.net, user.experiment.features, user.experiment.problem.features
    title = f"Weights at epoch {epoch}"
    classes = user.classes
    labels = [table[name].label for name in inputs]
    figure = weight_heatmaps(net.W, net.b, labels, sheet.colours, title=title, classes=classes)
    most = max(W.shape[1] for W in net.W)
    rows: list[list[Any]] = []  # a shorter layer ends earlier
    for l, (W, b) in enumerate(zip(net.W, net.b, strict=True)):
        sources = [*(inputs if l == 0 else range(1, len(W) + 1)), *(() if b is None else ("bias",))]
        values = W if b is None else np.vstack((W, b))
        for source, row in zip(sources, values.tolist(), strict=True):
            rows.append([l + 1, str(source), *row, *[""] * (most - len(row))])
    matrices = pd.DataFrame(rows, columns=["layer", "from", *(f"to {j + 1}" for j in range(most))])
    theta = net.theta
    ends = f"from {number_said(theta.min())} to {number_said(theta.max())}"
    said = f"{title}: {len(theta)} weights and biases in {len(net.W)} layers, {ends}."
    if classes:
        meant = ", ".join(f"{k} is class {label}" for k, label in enumerate(classes, start=1))
        said += f" In layer {len(net.W)}, the output, {meant}."
    listed = with_own_units(_one_by_one(rows, classes), net, user.own_scales) if sheet.tables else None
    sheet.show("weights", figure, Alternative(title, said, matrices), table=listed)


def _one_by_one(rows: list[list[Any]], classes: list[str]) -> pd.DataFrame:
    """Each weight in a row of its own, so that they can be sorted; an output is called by its class."""
    last = rows[-1][0]
    listed = [
        (layer, source, f"class {classes[j]}" if classes and layer == last else str(j + 1), value)
        for layer, source, *values in rows
        for j, value in enumerate(values)
        if value != ""
    ]
    return pd.DataFrame(listed, columns=["layer", "from", "to", "value"])


def _loss(user: Session, sheet: Sheet, log: bool) -> None:
    timeline, seen = user.timeline, slice(user.reached + 1)
    epochs, train, test, penalties = (
        np.array(series[seen])
        for series in (timeline.progress, timeline.train_losses, timeline.test_losses, timeline.penalties)
    )
    table, title = (
        pd.DataFrame({"epoch": epochs, "train loss": train, "test loss": test}),
        "Loss over the run",
    )
    if penalised := bool(penalties.any()):
        table["penalty"], title = penalties, f"{title}, without the penalty"
    figure = loss_history(
        epochs,
        train,
        test,
        sheet.colours,
        log=log,
        penalty=penalties if penalised else None,
        mark=timeline[timeline.frame].progress,
        title=title,
    )
    courses = [
        f"{name} loss from {number_said(series[0])} to {number_said(series[-1])}"
        for name, series in (("train", train), ("test", test))
        if np.isfinite(series[0])
    ]
    said = f"{title}: {', '.join(courses)} at epoch {epoch_text(epochs[-1])}."
    sheet.show("losses", figure, Alternative(title, said, table))


def _confusion(user: Session, sheet: Sheet, epoch: str) -> None:
    labels = class_labels(user.experiment.problem)
    many = len(labels) > MANY
    with sheet.row("confusion", wide=many):  # a fixed data set has no test points
        for name, said in predictions(user.timeline.trainer, user.experiment).items():
            counts = said.counts(len(labels))
            title = f"{name.title()} points at epoch {epoch}"
            figure = confusion_matrix(counts, labels, sheet.colours, title=title)
            table = pd.DataFrame(counts, columns=[f"predicted {label}" for label in labels])
            table.insert(0, "true class", labels)
            right = f"{title}: {counts.trace()} of {counts.sum()} are predicted in their own class."
            with nullcontext() if many else sheet.half():
                width: int | Literal["stretch"] = figure.layout.width if many else "stretch"
                sheet.show(f"confusion_{name}", figure, Alternative(title, right, table), width=width)


def _regression(user: Session, sheet: Sheet, epoch: str) -> None:
    trainer = user.timeline.trainer
    predicted = np.concatenate(trainer.outputs())[:, 0]
    true = np.concatenate((trainer.Y, trainer.Y_test))[:, 0]
    is_train = np.arange(len(true)) < trainer.samples
    title = f"Predicted against true at epoch {epoch}"
    figure = predicted_true(true, predicted, is_train, sheet.colours, title=title)
    table = pd.DataFrame({"true": true, "predicted": predicted, "training point": is_train})
    with sheet.half():
        said = f"{title}: {len(table)} points, true values across and predicted ones upwards."
        sheet.show("predicted_true", figure, Alternative(title, said, table))
