"""A sweep as tables: a line for each cell, and one for each run."""

from __future__ import annotations

import pandas as pd

from engine import Run
from engine.analysis.spread import spread
from pages.experiments.data import common, judged_by
from pages.experiments.session import SweepSession
from pages.experiments.variables import variables


def cell_table(user: SweepSession) -> pd.DataFrame:
    """Median, quartiles, successes and time of each cell that has runs."""
    rows = []
    judged = common([judged_by(done) for place in range(len(user.cells)) if (done := user.done_of(place))])
    for place, cell in enumerate(user.cells):
        if done := user.done_of(place):
            found = spread(done, user.settings.success)
            low, middle, high = found.quartiles.tolist()
            rows.append(
                _values(user, cell.values)
                | {
                    "runs": len(done),
                    "succeeded": found.successes,
                    f"median {judged}": middle,
                    "lower quartile": low,
                    "upper quartile": high,
                    "median run's seed": done[found.median].experiment.seed,
                    "seconds per run": float(pd.Series([outcome.seconds for outcome in done]).median()),
                }
            )
    return pd.DataFrame(rows)


def run_table(user: SweepSession) -> pd.DataFrame:
    """Every run that is done, its numbers in full, with the link that opens it."""
    rows = []
    for place, cell in enumerate(user.cells):
        for outcome in user.done_of(place):
            rows.append(
                _values(user, cell.values)
                | {
                    "seed": outcome.experiment.seed,
                    "epoch": outcome.epoch,
                    "train_loss": outcome.train_loss,
                    "test_loss": outcome.test_loss,
                    "test_metric": outcome.test_metric,
                    "stopped": outcome.stopped,
                    "seconds": outcome.seconds,
                    "link": Run(outcome.experiment, frame=outcome.epoch).to_link(),
                }
            )
    return pd.DataFrame(rows)


def _values(user: SweepSession, values: tuple[str, ...]) -> dict[str, object]:
    known = variables()
    return {known[name].label: known[name].said(text) for name, text in zip(user.varied, values, strict=True)}
