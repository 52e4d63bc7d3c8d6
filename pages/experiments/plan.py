"""The cells of a sweep: each combination of values with the experiments of its seeds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine import Experiment
from engine.runs.experiment import MAX_SEED
from engine.runs.rows import in_words
from engine.runs.sweep import checked
from pages.experiments.settings import NOTHING, SweepSettings
from pages.experiments.variables import varied


@dataclass(frozen=True)
class Cell:
    """One combination of values.

    Attributes:
        row, column: its place; values: the texts of its values, first and second.
        experiments: one for each seed; none if the values don't suit each other.
        refusal:     why not, in one sentence, or "".
    """

    row: int
    column: int
    values: tuple[str, ...]
    experiments: tuple[Experiment, ...]
    refusal: str = ""


def planned(base: Experiment, settings: SweepSettings) -> tuple[Cell, ...]:
    """The cells in reading order. One setting alone goes across; of two, the first goes down.

    Raises: ValueError, in one sentence, if the sweep is too long.
    """
    s = settings
    plain = replace(base, speed=1, unit="epoch", frozen=())
    places: list[tuple[int, int, tuple[str, ...]]] = [
        (row, column, (text, other))
        for row, text in enumerate(s.values)
        for column, other in enumerate(s.values_2)
    ]
    if s.vary_2 == NOTHING:
        places = [(0, column, (text,)) for column, text in enumerate(s.values)]
    cells = tuple(_cell(plain, s, *place) for place in places)
    checked((experiment for cell in cells for experiment in cell.experiments), s.epochs)
    return cells


def _cell(base: Experiment, s: SweepSettings, row: int, column: int, values: tuple[str, ...]) -> Cell:
    try:
        experiment = varied(base, *zip((s.vary, s.vary_2), values, strict=False))
        seeds = ((base.seed + k) % (MAX_SEED + 1) for k in range(s.seeds))
        runs = tuple(replace(experiment, seed=seed, speed=1) for seed in seeds)
        return Cell(row, column, values, runs)
    except ValueError as error:
        return Cell(row, column, values, (), in_words(error, Experiment))
