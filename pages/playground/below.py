"""Figures shown while training is paused: the weights, the loss, the confusion matrix."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from engine.data.metrics import confusion, predicted_classes
from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.figures.confusion_matrix import confusion_matrix
from pages.figures.loss_history import loss_history
from pages.figures.predicted_true import predicted_true
from pages.figures.provenance import with_provenance
from pages.figures.theme import Theme
from pages.figures.weight_heatmaps import weight_heatmaps
from pages.playground.description import class_labels
from pages.playground.session import Session
from pages.shell.shell import theme

HALF = 500
"""Width in px of a figure with another one beside it."""


def below_player(user: Session) -> None:
    """Draw the figures of the frame that the player shows; they follow on page load, pause and step."""
    timeline = user.timeline
    timeline.seek(min(user.shown, timeline.last))
    epoch = epoch_text(timeline[timeline.frame].progress)
    with st.container(horizontal=True, vertical_alignment="bottom", key="figure_controls"):
        log = _switch("loss_axis", "Loss axis", {"log": "log", "linear": "linear"})
        picture = _switch("picture_format", "Camera saves", PICTURE_FORMATS)
        tables = st.toggle(
            "Tables", key="tables", help="Show every figure as a table too, for screen readers."
        )
    sheet = _Sheet(f"{user.provenance} · epoch {epoch}", picture, tables, theme())
    _weights(user, sheet, epoch)
    _loss(user, sheet, log == "log")
    if user.experiment.problem.kind == "regression":
        _regression(user, sheet, epoch)
    else:
        _confusion(user, sheet, epoch)


def epoch_text(progress: float) -> str:
    """An epoch: whole, or between two mini-batches with two decimals."""
    return f"{round(progress, 2):.10g}"


def _switch(key: str, label: str, options: dict[str, str]) -> str:
    first = next(iter(options))
    chosen = st.segmented_control(
        label, list(options), default=first, format_func=options.__getitem__, key=key, required=True
    )
    return chosen or first


class _Sheet:
    """Shows every figure of the page in one way: with its provenance line, and as a table if asked for."""

    def __init__(self, provenance: str, picture: str, tables: bool, colours: Theme) -> None:
        self.provenance, self.picture, self.tables, self.colours = provenance, picture, tables, colours

    def show(
        self,
        key: str,
        figure: go.Figure,
        table: pd.DataFrame,
        *,
        width: int | Literal["stretch"] = "stretch",
    ) -> None:
        """Show a figure and, if tables are asked for, its numbers."""
        st.plotly_chart(
            with_provenance(figure, self.provenance, self.colours),
            width=width,
            theme=None,
            key=key,
            config=camera_config(key, self.picture),
        )
        if self.tables:
            st.dataframe(table, key=f"table_{key}", hide_index=True, width=width)


def _weights(user: Session, sheet: _Sheet, epoch: str) -> None:
    net, inputs, table = user.timeline.trainer.net, user.experiment.features, user.experiment.problem.features
    figure = weight_heatmaps(
        net.W,
        net.b,
        [table[name].label for name in inputs],
        sheet.colours,
        title=f"Weights at epoch {epoch}",
    )
    rows: list[dict[str, Any]] = []
    for l, (W, b) in enumerate(zip(net.W, net.b, strict=True)):
        sources = [*(inputs if l == 0 else range(1, len(W) + 1)), *(() if b is None else ("bias",))]
        values = W if b is None else np.vstack((W, b))
        rows += [
            {"layer": l + 1, "from": str(source), "to": j + 1, "value": value}
            for source, row in zip(sources, values, strict=True)
            for j, value in enumerate(row.tolist())
        ]
    sheet.show("weights", figure, pd.DataFrame(rows))


def _loss(user: Session, sheet: _Sheet, log: bool) -> None:
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
    sheet.show("losses", figure, table)


def _confusion(user: Session, sheet: _Sheet, epoch: str) -> None:
    trainer, e = user.timeline.trainer, user.experiment
    labels = class_labels(e.problem)
    with st.container(horizontal=True, key="confusion"):
        for name, outputs, Y in zip(
            ("train", "test"), trainer.outputs(), (trainer.Y, trainer.Y_test), strict=True
        ):
            if not len(Y):
                continue  # a fixed data set has no test points
            predicted, true = (predicted_classes(A, threshold=sum(e.range) / 2) for A in (outputs, Y))
            counts = confusion(predicted, true, len(labels))
            figure = confusion_matrix(
                counts, labels, sheet.colours, title=f"{name.title()} points at epoch {epoch}"
            )
            table = pd.DataFrame(counts, columns=[f"predicted {label}" for label in labels])
            table.insert(0, "true class", labels)
            with st.container(width=HALF):
                sheet.show(f"confusion_{name}", figure, table)


def _regression(user: Session, sheet: _Sheet, epoch: str) -> None:
    trainer = user.timeline.trainer
    predicted = np.concatenate(trainer.outputs())[:, 0]
    true = np.concatenate((trainer.Y, trainer.Y_test))[:, 0]
    is_train = np.arange(len(true)) < trainer.samples
    figure = predicted_true(
        true, predicted, is_train, sheet.colours, title=f"Predicted against true at epoch {epoch}"
    )
    table = pd.DataFrame({"true": true, "predicted": predicted, "training point": is_train})
    with st.container(width=HALF):
        sheet.show("predicted_true", figure, table)
