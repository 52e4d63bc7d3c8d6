"""Which figures go into the zip, and in which formats: chosen in the panel, kept in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from engine import Experiment
from pages.playground.link import ZIP
from pages.playground.session import Session


def _is_regression(experiment: Experiment) -> bool:
    return experiment.problem.kind == "regression"


def _parts(user: Session, name: str) -> tuple[str, ...]:
    """The keys of a figure that stands below the player once for each part of the data."""
    return (f"{name}_train", *([f"{name}_test"] if len(user.timeline.trainer.Y_test) else []))


@dataclass(frozen=True)
class Figure:
    """One figure that can be chosen.

    Attributes:
        charts: gives the keys of its charts below the player; none of what the player draws itself.
        suits:  whether an experiment has it.
    """

    label: str
    charts: Callable[[Session], tuple[str, ...]] | None = None
    suits: Callable[[Experiment], bool] = lambda _: True


@dataclass(frozen=True)
class Format:
    """One format of files.

    Attributes:
        drawing, chart: megabytes that a figure takes in it, about: one of the player's, or a chart.
    """

    label: str
    drawing: float
    chart: float


FIGURES = {
    "player": Figure("Player"),
    "map": Figure("Map"),
    "weights": Figure("Weights", lambda _: ("weights",)),
    "losses": Figure("Losses", lambda _: ("losses",)),
    "confusion": Figure(
        "Confusion matrix", lambda user: _parts(user, "confusion"), lambda given: not _is_regression(given)
    ),
    "predicted_true": Figure("Predicted against true", lambda _: ("predicted_true",), _is_regression),
}
FORMATS = {
    "png": Format("PNG ×3", 1.7, 0.25),
    "svg": Format("SVG", 0.45, 0.25),
    "html": Format("HTML", 0.45, 0.01),
}
CHART_CODE = 4.9
"""Megabytes of the code that the pages of charts share."""
BETWEEN, AND_AS = "~", "."
"""What parts two names in the address, and the figures from their formats."""


@dataclass(frozen=True)
class Choice:
    """Names of FIGURES and of FORMATS, in their order."""

    figures: tuple[str, ...] = tuple(FIGURES)
    formats: tuple[str, ...] = ("png", "html")

    def changed(self, figures: list[str] | None = None, formats: list[str] | None = None) -> Choice:
        """The same with other ones."""
        return Choice(
            self.figures if figures is None else tuple(name for name in FIGURES if name in figures),
            self.formats if formats is None else tuple(name for name in FORMATS if name in formats),
        )

    def to_text(self) -> str:
        """As the address has it; "" for what is chosen at first."""
        text = AND_AS.join(BETWEEN.join(names) for names in (self.figures, self.formats))
        return "" if self == Choice() else text

    def of(self, experiment: Experiment) -> tuple[str, ...]:
        """Its figures that an experiment has."""
        return tuple(name for name in self.figures if FIGURES[name].suits(experiment))

    def charts(self, user: Session) -> tuple[str, ...]:
        """Keys of the charts below the player that are among them."""
        rows = (FIGURES[name].charts for name in self.of(user.experiment))
        return tuple(key for keys in rows if keys is not None for key in keys(user))

    def drawn(self) -> tuple[str, ...]:
        """Names of those that the player draws."""
        return tuple(name for name in self.figures if FIGURES[name].charts is None)

    def megabytes(self, user: Session) -> float:
        """What the files of the figures take, about."""
        charts = self.charts(user) if self.formats else ()
        rows = [FORMATS[name] for name in self.formats]
        code = CHART_CODE if charts and "html" in self.formats else 0
        return code + sum(len(self.drawn()) * row.drawing + len(charts) * row.chart for row in rows)


def read_choice(text: str) -> Choice:
    """The choice of an address, which is possibly anything: names that there aren't are left out."""
    if not text:
        return Choice()
    figures, _, formats = text.partition(AND_AS)
    return Choice().changed(figures.split(BETWEEN), formats.split(BETWEEN))


def choice() -> Choice:
    """What is chosen at present."""
    return read_choice(st.query_params.get(ZIP, ""))


def choose(chosen: Choice) -> None:
    """Choose something else, and say so in the address, so that it is the same after a reload."""
    if text := chosen.to_text():
        st.query_params[ZIP] = text
    else:
        st.query_params.pop(ZIP, None)


def listed(labels: list[str]) -> str:
    """Names in a sentence."""
    return " and ".join([part for part in (", ".join(labels[:-1]), *labels[-1:]) if part])
